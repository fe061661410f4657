/**
 * A file that only the store's key opens, and that is read whole or not at all: what a node writes of its memory to disk.
 *
 * Layout: `reclseal`; format version (u32, little-endian, 1); salt (16 bytes); mark of the key (8 bytes: HMAC of the salt);
 * then frames: length of the sealed content (u32, little-endian), kind (u8: 0 content, 1 end of a section, 2 end of the
 * file), content sealed by AES-256-GCM (NIST SP 800-38D) under a key of this file alone, derived from the store's key and
 * the salt. A frame's nonce is its number, and its kind is authenticated with it: so a frame that is changed, left out,
 * moved or taken from another file does not open, and a file that ends before its last frame is seen to be cut (the STREAM
 * construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015). Unlike a checksum this also finds malice.
 *
 * Written beside and renamed into place once it is on the disk, so a crash leaves the old file or the new one.
 * @module
 */

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { StoreKey } from './store-key.ts';

/** Why a sealed file was not read: there is none, it is something else, of another version or key, cut short, or changed. */
export type RefusedFile = 'missing' | 'not-sealed' | 'version' | 'foreign' | 'cut' | 'damaged';

/** What reading ends with where the file is refused. */
export class SealedFileError extends Error {
  readonly reason: RefusedFile;

  constructor(reason: RefusedFile) {
    super(`sealed file: ${reason}`);
    this.name = 'SealedFileError';
    this.reason = reason;
  }
}

const MAGIC = Buffer.from('reclseal');
const VERSION = 1;
const SALT_BYTES = 16;
const MARK_BYTES = 8;
const HEAD_BYTES = MAGIC.length + 4 + SALT_BYTES + MARK_BYTES;
const TAG_BYTES = 16;

/** Bytes of one frame's content, at most. */
const MOST = 1 << 20;

const CONTENT = 0;
const SECTION_END = 1;
const FILE_END = 2;

/** One part of a file; `undefined` is a pause. */
export type SectionBytes = Iterable<Uint8Array | undefined>;

function markOf(key: StoreKey, salt: Uint8Array): Buffer {
  return key.tag(Buffer.concat([Buffer.from('sealed-file'), salt])).subarray(0, MARK_BYTES);
}

function nonceOf(frame: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(frame), 4);
  return nonce;
}

/** Writes sections, each of any number of chunks, in pauses. What stood at `path` is replaced once the new file is whole. */
export async function writeSealedFile(
  path: string,
  key: StoreKey,
  sections: readonly SectionBytes[],
  pause: () => Promise<void>,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.draft`;
  const file = await open(draft, 'wx', 0o600);
  try {
    const salt = randomBytes(SALT_BYTES);
    const secret = key.fileKey(salt);
    const version = Buffer.alloc(4);
    version.writeUInt32LE(VERSION);
    await file.write(Buffer.concat([MAGIC, version, salt, markOf(key, salt)]));
    let frame = 0;
    const write = async (kind: number, content: Uint8Array) => {
      const head = Buffer.alloc(5);
      head.writeUInt32LE(content.length + TAG_BYTES);
      head[4] = kind;
      const cipher = createCipheriv('aes-256-gcm', secret, nonceOf(frame)).setAAD(head);
      frame += 1;
      await file.write(Buffer.concat([head, cipher.update(content), cipher.final(), cipher.getAuthTag()]));
    };
    for (const section of sections) {
      for (const chunk of section) {
        if (chunk === undefined) await pause();
        else
          for (let at = 0; at < chunk.length; at += MOST) await write(CONTENT, chunk.subarray(at, at + MOST));
      }
      await write(SECTION_END, Buffer.alloc(0));
    }
    await write(FILE_END, Buffer.alloc(0));
    await file.sync();
    await file.close();
    await rename(draft, path);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(draft, { force: true });
    throw error;
  }
  const folder = await open(dirname(path));
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Removes a sealed file and the drafts of it that a crash left. */
export async function removeSealedFile(path: string): Promise<void> {
  await rm(path, { force: true });
  const names = await readdir(dirname(path)).catch(() => []);
  for (const name of names) {
    if (name.startsWith(`${basename(path)}.`) && name.endsWith('.draft')) {
      await rm(join(dirname(path), name), { force: true });
    }
  }
}

/**
 * Reads a file of `count` sections, each handed to its own reader in turn. A reader may see the beginning of what turns
 * out to be cut or changed further on, so nothing that it made counts before this resolves.
 * @throws {SealedFileError} (as a rejection) where the file is refused; what a reader throws is passed on
 */
export async function readSealedFile(
  path: string,
  key: StoreKey,
  readers: readonly ((chunks: AsyncIterable<Uint8Array>) => Promise<void>)[],
): Promise<void> {
  const stream = createReadStream(path, { highWaterMark: 1 << 18 });
  try {
    const reader = new FileBytes(stream);
    const head = await reader.take(HEAD_BYTES).catch((error: unknown) => {
      // Too short to be one, or not there.
      throw refusalOf(error, 'not-sealed');
    });
    if (!head.subarray(0, 8).equals(MAGIC)) throw new SealedFileError('not-sealed');
    if (head.readUInt32LE(8) !== VERSION) throw new SealedFileError('version');
    const salt = head.subarray(12, 12 + SALT_BYTES);
    if (!markOf(key, salt).equals(head.subarray(12 + SALT_BYTES))) throw new SealedFileError('foreign');
    const secret = key.fileKey(salt);
    let frame = 0;
    const next = async () => {
      const head = await reader.take(5);
      const length = head.readUInt32LE();
      const kind = head[4]!;
      if (length < TAG_BYTES || length > MOST + TAG_BYTES) throw new SealedFileError('damaged');
      const sealed = await reader.take(length);
      const decipher = createDecipheriv('aes-256-gcm', secret, nonceOf(frame), { authTagLength: TAG_BYTES });
      decipher.setAAD(head).setAuthTag(sealed.subarray(length - TAG_BYTES));
      frame += 1;
      try {
        const content = Buffer.concat([
          decipher.update(sealed.subarray(0, length - TAG_BYTES)),
          decipher.final(),
        ]);
        return { kind, content };
      } catch {
        throw new SealedFileError('damaged');
      }
    };
    for (const read of readers) {
      let ended = false;
      const chunks = async function* () {
        while (!ended) {
          const { kind, content } = await next();
          if (kind === FILE_END) throw new SealedFileError('damaged');
          if (kind === SECTION_END) ended = true;
          else yield content;
        }
      };
      await read(chunks());
      // What a reader left over is read all the same: the file must be whole.
      for await (const _ of chunks());
    }
    if ((await next()).kind !== FILE_END || (await reader.hasMore())) throw new SealedFileError('damaged');
  } finally {
    stream.destroy();
  }
}

function refusalOf(error: unknown, short: RefusedFile): unknown {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new SealedFileError('missing');
  return error instanceof SealedFileError && error.reason === 'cut' ? new SealedFileError(short) : error;
}

/** Bytes of a stream in the lengths that are asked for. */
class FileBytes {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(stream: AsyncIterable<Buffer>) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  async hasMore(): Promise<boolean> {
    while (this.#rest.length === 0) {
      const { done, value } = await this.#chunks.next();
      if (done) return false;
      this.#rest = value;
    }
    return true;
  }

  /** @throws {SealedFileError} `cut` where there are not as many */
  async take(length: number): Promise<Buffer> {
    const taken = Buffer.allocUnsafe(length);
    for (let at = 0; at < length; ) {
      if (!(await this.hasMore())) throw new SealedFileError('cut');
      const part = this.#rest.subarray(0, length - at);
      taken.set(part, at);
      this.#rest = this.#rest.subarray(part.length);
      at += part.length;
    }
    return taken;
  }
}
