/**
 * Reads what a person named: a file, a pipe, or `-` for standard input. Never more than the limit, so that `/dev/zero`
 * or a film by mistake ends in a sentence and not in a full memory.
 * @module
 */

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileProblem, Problem } from './problem.ts';
import type { Terminal } from './terminal.ts';

/** Bytes of a picture's file, at most: what every door of the system takes (docs/api.md, "Limits"). */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

/**
 * The bytes of the file, whole.
 * @throws {Problem} for a directory, a file that is not there or may not be read, or more than `maxBytes`; the sentence
 *   does not repeat the name
 */
export async function readInput(
  io: Terminal,
  name: string,
  maxBytes: number = MAX_FILE_BYTES,
): Promise<Uint8Array<ArrayBuffer>> {
  if (name === '-') return collect(io.stdin(), maxBytes);
  // An unset variable of a shell: resolved it would be the folder itself.
  if (name === '') throw new Problem('this is no name of a file: it is empty');
  if (name.includes('\0')) throw new Problem('there is no such file');
  const path = resolve(io.cwd, name);
  try {
    // Asked before it is opened: a directory opens well and fails only when read.
    if ((await stat(path)).isDirectory()) {
      throw new Problem('this is a directory; name the files in it');
    }
    return await collect(createReadStream(path, { end: maxBytes }), maxBytes);
  } catch (error) {
    throw error instanceof Problem ? error : new Problem(fileProblem(error), { cause: error });
  }
}

async function collect(
  pieces: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const kept: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > maxBytes) throw new Problem(`this is larger than ${sizeInWords(maxBytes)}`);
    kept.push(piece);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of kept) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function sizeInWords(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${Math.floor(bytes / (1024 * 1024))} MiB` : `${bytes} bytes`;
}
