/**
 * The board's pictures: a folder of files beside a journal, both under one data directory.
 *
 * A picture is written to a temporary name, flushed, and renamed; only then its line is appended. So a crash leaves
 * either nothing, or a file without a line, which the next start deletes; what a full disk did not take is deleted at once. Files are named by random ids.
 * @module
 */

import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ShownMediaType } from '@reclaim/client/picture-media-type';
import { type Journal, openJournal } from './journal.ts';
import { type BoardEvent, evolvePhoto, type Photo } from './photo.ts';

/** The form of a picture's id and of an owner's token: 16 random bytes as base64url. */
export const RANDOM_NAME = /^[A-Za-z0-9_-]{22}$/;

/** What an upload brings. */
export type NewPhoto = {
  readonly bytes: Uint8Array;
  readonly caption: string;
  readonly mediaType: ShownMediaType;
  /** Whose upload it is, as `accountOf` names them. */
  readonly account: string;
};

/**
 * The board's name for whoever holds a token of a browser: nobody can get from it to the token. It is what a platform tells the node
 * as the account of an item, which keeps a keyed hash of it, for the misuse ladder alone.
 */
export function accountOf(token: string): string {
  return `u_${tagOf(`account:${token}`).slice(0, 32)}`;
}

function tagOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** The pictures, in memory by id and on the disk. Open one with `openPhotoStore`; close it at the end. */
export class PhotoStore {
  readonly #folder: string;
  readonly #journal: Journal;
  readonly #random: (bytes: number) => Uint8Array;
  readonly #photos = new Map<string, Photo>();
  readonly #owners = new Map<string, string>();
  #position = 0;
  /** For signing previews; 32 bytes, made at the first start. */
  readonly secret: Uint8Array;

  /** Use `openPhotoStore`. */
  constructor(
    folder: string,
    journal: Journal,
    secret: Uint8Array,
    events: readonly BoardEvent[],
    random: (bytes: number) => Uint8Array,
  ) {
    this.#folder = folder;
    this.#journal = journal;
    this.#random = random;
    this.secret = secret;
    for (const event of events) this.#apply(event);
  }

  /** The cursor of the outcomes that were acted on. */
  get position(): number {
    return this.#position;
  }

  /** The picture of that id. */
  photo(id: string): Photo | undefined {
    return this.#photos.get(id);
  }

  /** The picture whose uploader holds `token`. */
  photoOfOwner(token: string): Photo | undefined {
    const id = this.#owners.get(tagOf(token));
    return id === undefined ? undefined : this.#photos.get(id);
  }

  /** Every picture, oldest first. */
  all(): readonly Photo[] {
    return [...this.#photos.values()];
  }

  /** Keeps a picture, waiting and not asked. The token is the uploader's only way to it and is not stored. */
  async take(upload: NewPhoto, at: number): Promise<{ readonly photo: Photo; readonly token: string }> {
    const id = Buffer.from(this.#random(16)).toString('base64url');
    const token = Buffer.from(this.#random(16)).toString('base64url');
    const path = this.pathOf(id);
    try {
      const file = await open(`${path}.tmp`, 'wx', 0o600);
      try {
        await file.writeFile(upload.bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${path}.tmp`, path);
      await syncFolder(this.#folder);
      const { caption, mediaType, account } = upload;
      await this.record({ type: 'taken', id, ownerTag: tagOf(token), caption, mediaType, account, at });
    } catch (error) {
      // Else a disk that is full would be filled on by what nobody will ever look for.
      for (const left of [`${path}.tmp`, path]) await rm(left, { force: true }).catch(() => undefined);
      throw error;
    }
    return { photo: this.#photos.get(id)!, token };
  }

  /** Writes an event down, then makes it so. A dropped picture's file is deleted. */
  async record(event: BoardEvent): Promise<void> {
    await this.#journal.append(event);
    this.#apply(event);
    if (event.type === 'verdict' && this.#photos.get(event.id)?.state === 'dropped') {
      await rm(this.pathOf(event.id), { force: true });
    }
  }

  /** The picture's bytes. */
  bytes(id: string): Promise<Buffer> {
    return readFile(this.pathOf(id));
  }

  /** Where the picture's file is. */
  pathOf(id: string): string {
    if (!RANDOM_NAME.test(id)) throw new TypeError('photo store: expected an id of 22 characters');
    return join(this.#folder, id);
  }

  /** Ends writing. */
  close(): Promise<void> {
    return this.#journal.close();
  }

  #apply(event: BoardEvent): void {
    if (event.type === 'cursor' || (event.type === 'outcome' && event.hooked === undefined)) {
      this.#position = Math.max(this.#position, event.position);
    }
    if (event.type === 'cursor') return;
    const photo = evolvePhoto(this.#photos.get(event.id), event);
    if (photo === undefined) return;
    this.#photos.set(photo.id, photo);
    this.#owners.set(photo.ownerTag, photo.id);
  }
}

/** Opens the store in `dataDir`, which is made where it is missing, and clears away what a crash left. */
export async function openPhotoStore(
  dataDir: string,
  random: (bytes: number) => Uint8Array = randomBytes,
): Promise<PhotoStore> {
  const folder = join(dataDir, 'pictures');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const secret = await openSecret(join(dataDir, 'preview-secret'));
  const { journal, lines } = await openJournal(join(dataDir, 'journal.jsonl'));
  await syncFolder(dataDir);
  // The journal is this program's own file: its lines are what `record` wrote.
  const store = new PhotoStore(folder, journal, secret, lines as readonly BoardEvent[], random);
  for (const name of await readdir(folder)) {
    const state = store.photo(name)?.state;
    if (state === undefined || state === 'dropped') await rm(join(folder, name), { force: true });
  }
  return store;
}

async function openSecret(path: string): Promise<Uint8Array> {
  try {
    const secret = await readFile(path);
    if (secret.length === 32) return secret;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  const secret = randomBytes(32);
  await writeFile(path, secret, { mode: 0o600 });
  return secret;
}
