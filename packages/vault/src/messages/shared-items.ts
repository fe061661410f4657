/**
 * What a person opens to a helper for a time: texts of the case and files of the evidence, chosen one by one, sealed apart
 * from the thread's entries, so that the node can let go of it at its day and the person earlier.
 *
 * As JSON, `{"version":1,"items":[{"id","title","text"}]}`, padded with spaces like a case, in an age file to the person's
 * and the helper's party. With files it is version 2, and an item has `file` beside its text: what the file is, and its
 * SHA-256 as the record of evidence has it. The file itself is an age file of its own:
 *
 *     part shielded   to the helper's party: the covered copy, or what is no picture
 *     part original   to a key of its own, split between the helper (`half`) and a second person (`two-person.ts`)
 *
 * Neither is sealed to the person: the original stays on their device, and a code that is found opens no picture here.
 * A share that ends is deleted at the node with its files; one whose helper changed keys is sealed anew.
 * @module
 */

import { base64urlnopad, hex } from '@scure/base';
import type { AgeIdentity, AgeRecipient } from '../sealing/age-key.ts';
import { openBytes } from '../sealing/open.ts';
import { sealBytes } from '../sealing/seal.ts';
import { joinHalves } from './two-person.ts';

/** Items in a share, at most, and characters of a title and of a text. */
export const MAX_SHARED_ITEMS = 100;
/** Characters of a title, at most. */
export const MAX_SHARED_TITLE = 200;
/** Characters of a text, at most. */
export const MAX_SHARED_TEXT = 8_000;

/** Characters of a sealed share in base64url, at most. */
export const MAX_SEALED_SHARE = 87_400;

const SIZES = [4_096, 16_384, 63_488];

/** Bytes of a file that is opened to a helper, at most. Larger ones go into a package, by hand. */
export const MAX_SHARED_FILE = 60 * 1024 * 1024;

/** A file that is opened to a helper. `name`: what it is called at the node; `half`: the helper's, of an original. */
export type SharedFile = {
  readonly name: string;
  readonly part: 'shielded' | 'original';
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly half?: string;
};

/** Something of the case, as the helper sees it. */
export type SharedItem = {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly file?: SharedFile;
};

/** Sealed items in base64url, or why not: they are longer than the greatest size. */
export type SealedShare =
  | { readonly ok: true; readonly sealed: string }
  | { readonly ok: false; readonly reason: 'too-long' };

/**
 * Seals items to the person and the helper.
 * @throws {TypeError} (as a rejection) for items that have not the form
 */
export async function sealShared(
  items: readonly SharedItem[],
  to: readonly AgeRecipient[],
): Promise<SealedShare> {
  const version = items.some(({ file }) => file !== undefined) ? 2 : 1;
  const plain = new TextEncoder().encode(JSON.stringify({ version, items: parseItems(items) }));
  const size = SIZES.find((each) => plain.length <= each);
  if (size === undefined) return { ok: false, reason: 'too-long' };
  const padded = new Uint8Array(size).fill(0x20);
  padded.set(plain);
  const sealed = base64urlnopad.encode(await sealBytes(padded, to));
  padded.fill(0);
  return { ok: true, sealed };
}

/** The items of a share, or undefined for one of somebody else or none of ours. Never throws for what it is. */
export async function openShared(
  sealed: string,
  identity: AgeIdentity,
): Promise<readonly SharedItem[] | undefined> {
  if (sealed.length > MAX_SEALED_SHARE || !/^[A-Za-z0-9_-]+$/.test(sealed)) return undefined;
  try {
    const opened = await openBytes(base64urlnopad.decode(sealed), [identity]);
    if (!opened.ok) return undefined;
    const text = new TextDecoder('utf-8', { fatal: true }).decode(opened.plain);
    const value = JSON.parse(text) as { readonly version?: unknown; readonly items?: unknown };
    return value.version === 1 || value.version === 2 ? parseItems(value.items) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Opens a file of a share. `second`: the half that the second person gave, for an original. Undefined where it does not
 * open, or is not the file whose SHA-256 the share names: a node that gives another file is found out.
 */
export async function openSharedFile(
  sealed: Uint8Array,
  file: SharedFile,
  identity: AgeIdentity,
  second?: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (file.half !== undefined && second === undefined) return undefined;
  const key = file.half === undefined ? identity : joinHalves(file.half, second!);
  const opened = await openBytes(sealed, [key]);
  if (!opened.ok) return undefined;
  const digest = new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', opened.plain));
  return hex.encode(digest) === file.sha256 ? opened.plain : undefined;
}

function parseItems(value: unknown): readonly SharedItem[] {
  if (!Array.isArray(value) || value.length < 1 || value.length > MAX_SHARED_ITEMS)
    throw new TypeError(`share: expected 1 to ${MAX_SHARED_ITEMS} items`);
  return value.map((item) => {
    const { id, title, text, file, ...more } = (item ?? {}) as Record<string, unknown>;
    if (Object.keys(more).length > 0) throw new TypeError('share: unknown field');
    return {
      id: bounded(id, 100),
      title: bounded(title, MAX_SHARED_TITLE),
      text: bounded(text, MAX_SHARED_TEXT),
      ...(file === undefined ? {} : { file: parseFile(file) }),
    };
  });
}

function parseFile(value: unknown): SharedFile {
  const { name, part, mediaType, bytes, sha256, half, ...more } = (value ?? {}) as Record<string, unknown>;
  if (Object.keys(more).length > 0) throw new TypeError('share: unknown field');
  if (typeof name !== 'string' || !/^[a-z0-9-]{1,40}$/.test(name))
    throw new TypeError('share: expected the name of a file');
  if (part !== 'shielded' && part !== 'original') throw new TypeError('share: expected part');
  // An original without a second half would be open to one person alone.
  if ((part === 'original') !== (half !== undefined))
    throw new TypeError('share: expected a half of an original');
  if (typeof mediaType !== 'string' || !/^[a-z0-9.+-]{1,80}\/[a-z0-9.+-]{1,80}$/.test(mediaType))
    throw new TypeError('share: expected mediaType');
  if (typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes < 1 || bytes > MAX_SHARED_FILE)
    throw new TypeError('share: expected bytes');
  return {
    name,
    part,
    mediaType,
    bytes,
    sha256: hex64(sha256),
    ...(half === undefined ? {} : { half: hex64(half) }),
  };
}

function hex64(value: unknown): string {
  if (typeof value !== 'string' || !/^[0-9a-f]{64}$/.test(value))
    throw new TypeError('share: expected 64 lower-case hex digits');
  return value;
}

function bounded(value: unknown, most: number): string {
  if (typeof value !== 'string' || value.length > most || !value.isWellFormed())
    throw new TypeError(`share: expected well-formed text of at most ${most} characters`);
  return value;
}
