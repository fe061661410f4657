/**
 * The helpline's part of a recovery, given through the node instead of on paper: sealed to the helpers of this helpline who
 * may open such a part, and found again by what the person still holds.
 *
 *     sealed = age file to those helpers: "reclaim recovery part 1\n", the part's 18 words, "\n"
 *     call   = the first 42 bits of SHA-256("reclaim recovery call 1\n" ‖ the 30 bytes of another part), as three words
 *
 * Who lost the code types the part that they have (their own, or that of the person they trust) and gets three words to say
 * to the helpline. A helper finds the sealed part by these words and by nothing else, so no helper can open a part that
 * nobody called for. The words tell nothing of the part that they come from: it has 192 bits that whoever holds the
 * helpline's part does not know. The node keeps ciphertext and never sees a part.
 *
 * A part that a node hands back is checked like a typed one, and fits no other set: exchanged parts are refused when they
 * are put together (`shares.ts`).
 * @module
 */

import { MAX_PART_HELPERS } from '@reclaim/casework/recovery';
import { base64urlnopad } from '@scure/base';
import { placeOfWord, WORD_BITS, wordAt, wordsNear } from '../code-words.ts';
import { typedParts } from '../receipt-code.ts';
import type { Identity, Recipient } from '../sealing/age-key.ts';
import { openBytes } from '../sealing/open.ts';
import { sealBytes } from '../sealing/seal.ts';
import { readShare, shareWords } from './share-paper.ts';
import { headOf, type RecoveryShare } from './shares.ts';

/** Words to be said to the helpline. */
export const CALL_WORDS = 3;

/** Characters of a sealed part in base64url, at most. */
export const MAX_SEALED_PART = 4_000;

const DOMAIN = 'reclaim recovery part 1';
const CALL_DOMAIN = new TextEncoder().encode('reclaim recovery call 1\n');

/** Typed words of a call, understood. `at`: the first word that is not in the list, from 0, with those one slip away. */
export type CallOutcome =
  | { readonly ok: true; readonly call: string }
  | { readonly ok: false; readonly reason: 'count'; readonly count: number }
  | {
      readonly ok: false;
      readonly reason: 'unknown-word';
      readonly at: number;
      readonly suggestions: readonly string[];
    };

/** The three words, one space between them, by which the helpline's part is found by who holds `share`. */
export async function callOf({ number, set, y, check }: RecoveryShare): Promise<string> {
  const bytes = Uint8Array.from([...CALL_DOMAIN, ...headOf(number, set), ...y, ...check]);
  const digest = new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes));
  bytes.fill(0);
  let bits = 0n;
  for (const byte of digest.subarray(0, 6)) bits = (bits << 8n) | BigInt(byte);
  bits >>= BigInt(48 - CALL_WORDS * WORD_BITS);
  return Array.from({ length: CALL_WORDS }, (_, at) =>
    wordAt(Number((bits >> BigInt((CALL_WORDS - 1 - at) * WORD_BITS)) & 0x3fffn)),
  ).join(' ');
}

/** Reads a call as a helper typed it: any case, spaces and accents. */
export function readCall(text: string): CallOutcome {
  const words = typedParts(text);
  if (words.length !== CALL_WORDS) return { ok: false, reason: 'count', count: words.length };
  const at = words.findIndex((word) => placeOfWord(word) === undefined);
  if (at < 0) return { ok: true, call: words.join(' ') };
  return { ok: false, reason: 'unknown-word', at, suggestions: wordsNear(words[at] ?? '') };
}

/**
 * Seals the helpline's part, in base64url.
 * @throws {RangeError} (as a rejection) unless it is for 1 to 12 helpers
 */
export async function sealLinePart(share: RecoveryShare, helpers: readonly Recipient[]): Promise<string> {
  if (helpers.length < 1 || helpers.length > MAX_PART_HELPERS)
    throw new RangeError(`recovery part: expected 1 to ${MAX_PART_HELPERS} helpers`);
  const plain = new TextEncoder().encode(`${DOMAIN}\n${shareWords(share).join(' ')}\n`);
  const sealed = base64urlnopad.encode(await sealBytes(plain, helpers));
  plain.fill(0);
  return sealed;
}

/** The part, or undefined for one that is not sealed to this key, was changed, or is none. Never throws for what it is. */
export async function openLinePart(sealed: string, identity: Identity): Promise<RecoveryShare | undefined> {
  if (sealed.length > MAX_SEALED_PART || !/^[A-Za-z0-9_-]+$/.test(sealed)) return undefined;
  try {
    const opened = await openBytes(base64urlnopad.decode(sealed), [identity]);
    if (!opened.ok) return undefined;
    const [first, words = '', rest, ...more] = new TextDecoder().decode(opened.plain).split('\n');
    opened.plain.fill(0);
    if (first !== DOMAIN || rest !== '' || more.length > 0) return undefined;
    const outcome = readShare(words);
    return outcome.ok ? outcome.share : undefined;
  } catch {
    return undefined;
  }
}
