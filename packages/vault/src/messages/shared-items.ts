/**
 * What a person opens to a helper for a time: texts of the case, chosen one by one, sealed to both of them apart from the
 * thread's entries, so that the node can let go of it at its day and the person earlier.
 *
 * As JSON, `{"version":1,"items":[{"id","title","text"}]}`, padded with spaces like a case, in an age file to the person's
 * and the helper's party. A share that ends is deleted; one that is renewed, or whose helper changed, is sealed anew.
 * @module
 */

import { base64urlnopad } from '@scure/base';
import type { AgeIdentity, AgeRecipient } from '../sealing/age-key.ts';
import { openBytes } from '../sealing/open.ts';
import { sealBytes } from '../sealing/seal.ts';

/** Items in a share, at most, and characters of a title and of a text. */
export const MAX_SHARED_ITEMS = 100;
/** Characters of a title, at most. */
export const MAX_SHARED_TITLE = 200;
/** Characters of a text, at most. */
export const MAX_SHARED_TEXT = 8_000;

/** Characters of a sealed share in base64url, at most. */
export const MAX_SEALED_SHARE = 87_400;

const SIZES = [4_096, 16_384, 63_488];

/** Something of the case, as the helper sees it. */
export type SharedItem = { readonly id: string; readonly title: string; readonly text: string };

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
  const plain = new TextEncoder().encode(JSON.stringify({ version: 1, items: parseItems(items) }));
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
    return value.version === 1 ? parseItems(value.items) : undefined;
  } catch {
    return undefined;
  }
}

function parseItems(value: unknown): readonly SharedItem[] {
  if (!Array.isArray(value) || value.length < 1 || value.length > MAX_SHARED_ITEMS)
    throw new TypeError(`share: expected 1 to ${MAX_SHARED_ITEMS} items`);
  return value.map((item) => {
    const { id, title, text, ...more } = (item ?? {}) as Record<string, unknown>;
    if (Object.keys(more).length > 0) throw new TypeError('share: unknown field');
    return {
      id: bounded(id, 100),
      title: bounded(title, MAX_SHARED_TITLE),
      text: bounded(text, MAX_SHARED_TEXT),
    };
  });
}

function bounded(value: unknown, most: number): string {
  if (typeof value !== 'string' || value.length > most || !value.isWellFormed())
    throw new TypeError(`share: expected well-formed text of at most ${most} characters`);
  return value;
}
