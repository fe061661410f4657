/**
 * Opening what was sealed with age (age-encryption.org/v1), by us or by the plain `age` program, as a stream.
 *
 * Nothing is handed on before it was authenticated, 64 KiB at a time. What is wrong is named, because the person must
 * know what to do next:
 *
 *     foreign-format     not an age file, or an armored one, or a header longer than any of ours
 *     not-for-this-key   an age file that none of the identities opens
 *     changed-header     the header was changed since it was sealed
 *     truncated          the file ends before its last chunk: it can be fetched again from where it stopped
 *     reordered          a chunk stands in another place than it was sealed for
 *     appended           something follows the last chunk
 *     changed            a chunk was changed
 *
 * A file cut inside a chunk looks like one whose last chunk was changed, and only who knows the sealed size can tell:
 * with `sealedBytes` it is `truncated`, without `changed`. Chunks given out before a `truncated` were genuine, but who
 * uses them before the end acts on half a file: callers wait for the end (`openBytes` does).
 * @module
 */

import { Decrypter } from 'age-encryption';
import type { Identity } from './age-key.ts';
import { ByteReader } from './byte-reader.ts';
import { openChunk, payloadKey, SEALED_CHUNK_BYTES } from './stream-format.ts';

/** Why a file stays shut. */
export type SealRefusal =
  | 'foreign-format'
  | 'not-for-this-key'
  | 'changed-header'
  | 'truncated'
  | 'reordered'
  | 'appended'
  | 'changed';

/** A file that turned out to be broken while it was read. `chunk`: which, from 0; a chunk is 64 KiB of plain text. */
export class SealBroken extends Error {
  readonly reason: SealRefusal;
  readonly chunk: number;

  constructor(reason: SealRefusal, chunk: number) {
    super(`sealed file: ${reason} at chunk ${chunk}`);
    this.name = 'SealBroken';
    this.reason = reason;
    this.chunk = chunk;
  }
}

/** How a file is opened. `sealedBytes`: how long it is meant to be, where that is known. */
export type OpenOptions = { readonly sealedBytes?: number };

/** An opened stream; it errors with `SealBroken` where the rest is not what was sealed. */
export type OpenedStream =
  | { readonly ok: true; readonly plain: ReadableStream<Uint8Array> }
  | { readonly ok: false; readonly reason: SealRefusal };

/** Opened bytes. */
export type OpenedBytes =
  | { readonly ok: true; readonly plain: Uint8Array<ArrayBuffer> }
  | { readonly ok: false; readonly reason: SealRefusal; readonly chunk?: number };

const FIRST_LINE = 'age-encryption.org/v1\n';

/** Bytes of a header, at most: age writes some 100 a recipient. */
export const MAX_HEADER_BYTES = 65_536;

/** How far a misplaced chunk is looked for, in chunks to either side. */
const SEARCHED = 8;

/**
 * Opens a sealed stream with the first identity that fits.
 * @throws {TypeError} (as a rejection) for something that is no age identity; rejects as the source does
 */
export async function openStream(
  sealed: ReadableStream<Uint8Array>,
  identities: readonly Identity[],
  options: OpenOptions = {},
): Promise<OpenedStream> {
  const reader = new ByteReader(sealed);
  const header = await readHeader(reader);
  if (!header.ok) {
    await reader.leave();
    return header;
  }
  const fileKey = await unwrap(header.bytes, identities);
  if (!fileKey.ok) {
    await reader.leave();
    return fileKey;
  }
  const nonce = await reader.take(16);
  if (nonce.length < 16) return { ok: false, reason: 'truncated' };
  const key = await payloadKey(fileKey.bytes, nonce);
  fileKey.bytes.fill(0);
  return { ok: true, plain: chunksOf(reader, key, options) };
}

/** Opens sealed bytes that fit in memory; whole or not at all. Throws like `openStream`. */
export async function openBytes(
  sealed: Uint8Array,
  identities: readonly Identity[],
  options: OpenOptions = {},
): Promise<OpenedBytes> {
  const source = new ReadableStream<Uint8Array>({
    start(controller) {
      if (sealed.length > 0) controller.enqueue(sealed);
      controller.close();
    },
  });
  const opened = await openStream(source, identities, options);
  if (!opened.ok) return opened;
  try {
    return { ok: true, plain: new Uint8Array(await new Response(opened.plain as never).arrayBuffer()) };
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    return { ok: false, reason: error.reason, chunk: error.chunk };
  }
}

type Read = { readonly ok: true; readonly bytes: Uint8Array };
type Refused = { readonly ok: false; readonly reason: SealRefusal };

/** The header's bytes: up to and with the line that begins with `--- `. */
async function readHeader(reader: ByteReader): Promise<Read | Refused> {
  const first = await reader.take(FIRST_LINE.length);
  if (asciiOf(first) !== FIRST_LINE) {
    const begins = FIRST_LINE.startsWith(asciiOf(first)) && first.length > 0;
    return { ok: false, reason: begins ? 'truncated' : 'foreign-format' };
  }
  const lines: Uint8Array[] = [first];
  let length = first.length;
  while (length < MAX_HEADER_BYTES) {
    const line = await reader.takeThrough(0x0a, MAX_HEADER_BYTES - length);
    length += line.length;
    lines.push(line);
    if (line.at(-1) !== 0x0a)
      return { ok: false, reason: length < MAX_HEADER_BYTES ? 'truncated' : 'foreign-format' };
    if (line[0] === 0x2d && line[1] === 0x2d && line[2] === 0x2d) {
      const bytes = new Uint8Array(length);
      let at = 0;
      for (const each of lines) {
        bytes.set(each, at);
        at += each.length;
      }
      return { ok: true, bytes };
    }
  }
  return { ok: false, reason: 'foreign-format' };
}

async function unwrap(header: Uint8Array, identities: readonly Identity[]): Promise<Read | Refused> {
  const decrypter = new Decrypter();
  let missed = false;
  try {
    for (const identity of identities) decrypter.addIdentity(identity);
  } catch {
    throw new TypeError('open: expected age identities');
  }
  // Asked last: that it is asked at all says that no identity before it fitted, which the error alone does not.
  decrypter.addIdentity({
    unwrapFileKey: () => {
      missed = true;
      return null;
    },
  });
  try {
    return { ok: true, bytes: await decrypter.decryptHeader(header) };
  } catch {
    return { ok: false, reason: missed ? 'not-for-this-key' : 'changed-header' };
  }
}

function chunksOf(reader: ByteReader, key: Uint8Array, options: OpenOptions): ReadableStream<Uint8Array> {
  let number = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const sealed = await reader.take(SEALED_CHUNK_BYTES);
        const last = await reader.isAtEnd();
        const plain = openChunk(key, sealed, number, last);
        // Only a file with nothing in it may have an empty last chunk.
        if (plain === undefined || (last && plain.length === 0 && number > 0)) {
          const short = last && reader.taken < (options.sealedBytes ?? 0);
          const reason = whyShut(key, sealed, number, last, short);
          await reader.leave().catch(() => undefined);
          controller.error(new SealBroken(reason, number));
          return;
        }
        controller.enqueue(plain);
        number += 1;
        if (last) {
          key.fill(0);
          controller.close();
        }
      },
      cancel: (reason) => reader.leave(reason),
    },
    { highWaterMark: 0 },
  );
}

function whyShut(
  key: Uint8Array,
  sealed: Uint8Array,
  number: number,
  last: boolean,
  short: boolean,
): SealRefusal {
  if (last && (sealed.length === 0 || openChunk(key, sealed, number, false) !== undefined))
    return 'truncated';
  if (!last && openChunk(key, sealed, number, true) !== undefined) return 'appended';
  for (let at = Math.max(0, number - SEARCHED); at <= number + SEARCHED; at++) {
    if (at === number) continue;
    for (const end of [false, true]) if (openChunk(key, sealed, at, end) !== undefined) return 'reordered';
  }
  return short ? 'truncated' : 'changed';
}

function asciiOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
