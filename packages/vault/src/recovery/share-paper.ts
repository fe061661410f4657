/**
 * A share on paper: its 30 bytes as 18 words or as 75 digits, each with a check, so that a slip of the pen is found when
 * the share is typed and is not mistaken for somebody else's share.
 *
 *     30 bytes:  head (2) ‖ y (24) ‖ check (4)                                     (`shares.ts`)
 *     words:     240 bits ‖ CRC-12 (polynomial 0x80F, start 0, as in DECT), 14 bits a word of `code-words.ts`
 *     digits:    the 240 bits as 73 decimal digits ‖ two check digits by ISO/IEC 7064 MOD 97-10, in groups of five
 *
 * Typed shares are read as receipt codes are: any case, spaces, accents, and Arabic-Indic digits. What was typed is never
 * put into an error.
 * @module
 */

import { placeOfWord, WORD_BITS, wordAt, wordsNear } from '../code-words.ts';
import { typedParts } from '../receipt-code.ts';
import { CHECK_BYTES, headOf, type RecoveryShare, SHARED_BYTES, type ShareNumber } from './shares.ts';

/** Words of a share on paper. */
export const SHARE_WORDS = 18;

/** Digits of a share on paper, the two check digits with them. */
export const SHARE_DIGITS = 75;

/** Digits written together. */
export const SHARE_DIGIT_GROUP = 5;

const SHARE_BYTES = 2 + SHARED_BYTES + CHECK_BYTES;
const CRC_BITS = 12;
const LIMIT = 1n << BigInt(8 * SHARE_BYTES);

/**
 * What was typed, understood. `newer`: a share that a later version wrote. `at`: the first word that is not in the list,
 * from 0, with the words one slip away.
 */
export type ShareOutcome =
  | { readonly ok: true; readonly share: RecoveryShare }
  | { readonly ok: false; readonly reason: 'empty' | 'newer' }
  | {
      readonly ok: false;
      readonly reason: 'too-few' | 'too-many';
      readonly form: 'words' | 'digits';
      readonly count: number;
    }
  | {
      readonly ok: false;
      readonly reason: 'unknown-word';
      readonly at: number;
      readonly suggestions: readonly string[];
    }
  | { readonly ok: false; readonly reason: 'does-not-add-up'; readonly form: 'words' | 'digits' };

/** The share's 18 words. */
export function shareWords(share: RecoveryShare): readonly string[] {
  const bits = numberOf(share);
  const all = (bits << BigInt(CRC_BITS)) | BigInt(crc12(bits));
  return Array.from({ length: SHARE_WORDS }, (_, at) =>
    wordAt(Number((all >> BigInt((SHARE_WORDS - 1 - at) * WORD_BITS)) & 0x3fffn)),
  );
}

/** The share as 15 groups of five digits. */
export function shareDigits(share: RecoveryShare): readonly string[] {
  const bits = numberOf(share);
  const digits = (bits * 100n + 98n - ((bits * 100n) % 97n)).toString().padStart(SHARE_DIGITS, '0');
  return Array.from({ length: SHARE_DIGITS / SHARE_DIGIT_GROUP }, (_, group) =>
    digits.slice(group * SHARE_DIGIT_GROUP, (group + 1) * SHARE_DIGIT_GROUP),
  );
}

/** Reads a share as it was typed or pasted. */
export function readShare(text: string): ShareOutcome {
  const parts = typedParts(text);
  if (parts.length === 0) return { ok: false, reason: 'empty' };
  return parts.every((part) => /^[0-9]+$/.test(part)) ? readDigits(parts.join('')) : readWords(parts);
}

function readDigits(digits: string): ShareOutcome {
  const count = digits.length;
  if (count !== SHARE_DIGITS)
    return { ok: false, reason: count < SHARE_DIGITS ? 'too-few' : 'too-many', form: 'digits', count };
  const number = BigInt(digits);
  const bits = number / 100n;
  if (number % 100n !== 98n - ((bits * 100n) % 97n) || bits >= LIMIT)
    return { ok: false, reason: 'does-not-add-up', form: 'digits' };
  return shareOf(bits, 'digits');
}

function readWords(words: readonly string[]): ShareOutcome {
  const count = words.length;
  const at = words.findIndex((word) => placeOfWord(word) === undefined);
  if (at >= 0 && count <= SHARE_WORDS)
    return { ok: false, reason: 'unknown-word', at, suggestions: wordsNear(words[at] ?? '') };
  if (count !== SHARE_WORDS)
    return { ok: false, reason: count < SHARE_WORDS ? 'too-few' : 'too-many', form: 'words', count };
  let all = 0n;
  for (const word of words) all = (all << BigInt(WORD_BITS)) | BigInt(placeOfWord(word) ?? 0);
  const bits = all >> BigInt(CRC_BITS);
  if (crc12(bits) !== Number(all & 0xfffn)) return { ok: false, reason: 'does-not-add-up', form: 'words' };
  return shareOf(bits, 'words');
}

function shareOf(bits: bigint, form: 'words' | 'digits'): ShareOutcome {
  const bytes = new Uint8Array(SHARE_BYTES);
  let rest = bits;
  for (let at = SHARE_BYTES - 1; at >= 0; at--, rest >>= 8n) bytes[at] = Number(rest & 0xffn);
  const version = bytes[0]! >> 6;
  if (version > 1) return { ok: false, reason: 'newer' };
  const number = (bytes[0]! >> 4) & 0b11;
  if (version !== 1 || number === 0) return { ok: false, reason: 'does-not-add-up', form };
  return {
    ok: true,
    share: {
      number: number as ShareNumber,
      set: ((bytes[0]! & 0xf) << 8) | bytes[1]!,
      y: bytes.slice(2, 2 + SHARED_BYTES),
      check: bytes.slice(2 + SHARED_BYTES),
    },
  };
}

function numberOf({ number, set, y, check }: RecoveryShare): bigint {
  let bits = 0n;
  for (const byte of [...headOf(number, set), ...y, ...check]) bits = (bits << 8n) | BigInt(byte);
  return bits;
}

/** CRC-12/DECT over the 240 bits, the highest first. */
function crc12(bits: bigint): number {
  let crc = 0;
  for (let bit = 8 * SHARE_BYTES - 1; bit >= 0; bit--) {
    const carry = ((crc >> 11) ^ Number((bits >> BigInt(bit)) & 1n)) & 1;
    crc = ((crc << 1) & 0xfff) ^ (carry === 1 ? 0x80f : 0);
  }
  return crc;
}
