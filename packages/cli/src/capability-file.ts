/**
 * The file in which the withdrawal capabilities of banked signals are kept: JSON lines `{"id":…,"capability":…}`, written
 * as they are answered, readable by its owner alone. A service answers a capability once; whoever has this file can take
 * the signals out again, and whoever reads it can too. It holds no hash.
 * @module
 */

import { type FileHandle, open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readInput } from './input-file.ts';
import { fileProblem, Problem } from './problem.ts';
import type { Terminal } from './terminal.ts';

/** A capability is 43 characters of base64url (32 bytes); a line with its id and punctuation is about 110. */
const LINE = /^\{"id":"(sig_[0-9a-f]{32})","capability":"([A-Za-z0-9_-]{43})"\}$/;

/** A million lines. */
const MOST_BYTES = 128 * 1024 * 1024;

/** A banked signal and what withdraws it. */
export type Capability = { readonly id: string; readonly capability: string };

/** A file that capabilities are added to. */
export class CapabilityFile implements AsyncDisposable {
  readonly #file: FileHandle;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /**
   * Makes the file; with `more`, adds to one that is there.
   * @throws {Problem} where it is there already (without `more`), or cannot be written
   */
  static async open(io: Terminal, name: string, more: boolean): Promise<CapabilityFile> {
    try {
      return new CapabilityFile(await open(resolve(io.cwd, name), more ? 'a' : 'ax', 0o600));
    } catch (error) {
      const there = (error as { code?: unknown }).code === 'EEXIST';
      const sentence = there
        ? 'the file of --capabilities is there already; name a new one, or add to it with --from'
        : `--capabilities: ${fileProblem(error)}`;
      throw new Problem(sentence, { cause: error });
    }
  }

  /**
   * Adds `capabilities`, on the disk when this ends.
   * @throws {Problem} where they cannot be written: their signals are banked all the same
   */
  async add(capabilities: readonly Capability[]): Promise<void> {
    const text = capabilities.map(({ id, capability }) => `${JSON.stringify({ id, capability })}\n`).join('');
    try {
      await this.#file.writeFile(text);
      await this.#file.datasync();
    } catch (error) {
      const lost = `the last ${capabilities.length} are banked, and only a reviewer can withdraw them`;
      throw new Problem(`the file of --capabilities cannot be written: ${lost}`, { cause: error });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close();
  }
}

/**
 * The capabilities in the file.
 * @throws {Problem} for a file of another kind; the sentence names the line, not what stands in it
 */
export async function readCapabilities(io: Terminal, name: string): Promise<readonly Capability[]> {
  const text = new TextDecoder().decode(await readInput(io, name, MOST_BYTES));
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const [, id, capability] = LINE.exec(line.trim()) ?? [];
    if (id === undefined || capability === undefined) {
      throw new Problem(`line ${index + 1} is no capability; expected what reclaim import wrote`);
    }
    return [{ id, capability }];
  });
}
