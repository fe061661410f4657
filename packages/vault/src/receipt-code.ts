/**
 * The receipt code: the one thing that a person keeps, and all that opens their case. No account stands behind it.
 *
 * 90 secret bits and a check, written as seven words of `code-words.ts` or as thirty digits:
 *
 * - words: 7 × 14 = 98 bits, the secret followed by its CRC-8 (AUTOSAR: polynomial 0x2F, start and end XOR 0xFF), most
 *   significant bit first. A slip of one letter is found by the list itself; another list word in place of one, or two
 *   words swapped, by the CRC, all but one time in 256.
 * - digits: the secret as 28 decimal digits and two check digits by ISO/IEC 7064 MOD 97-10, which finds every wrong
 *   digit and every swap of two neighbours. For people who do not read Latin letters; Arabic-Indic digits are taken too.
 *
 * Why 90 bits and not fewer: behind Argon2id at 64 MiB every guess costs some 0.3 s of one core; 2^90 of them are out of
 * reach with any number of machines, also for someone who took a copy of the database. Why the check is not cut from
 * the secret: a typo must be found before a wait of a second on a phone, and must not look like a lost case.
 *
 * What was typed is never put into an error or a log: a refusal names the place of the word, and likely words are
 * offered on the device alone.
 * @module
 */

import type { Brand } from '@reclaim/fingerprint/brand';
import { placeOfWord, WORD_BITS, WORD_LETTERS, wordAt, wordsNear } from './code-words.ts';

/** Seven list words with a space between them, whose check is right. Made by `drawReceiptCode` or `parseReceiptCode`. */
export type ReceiptCode = Brand<string, 'ReceiptCode'>;

/** Bits of a code that nobody can know. */
export const SECRET_BITS = 90;

/** Bytes that hold the secret, big-endian; the six highest bits are zero. */
export const SECRET_BYTES = 12;

/** Words in a code. */
export const CODE_WORDS = 7;

/** Digits in a code, the two check digits with them. */
export const CODE_DIGITS = 30;

/** Digits written together. */
export const DIGIT_GROUP = 6;

/** What is read of longer input: enough to see that it is too long. */
const MAX_TYPED = 2_000;

const CHECK_BITS = 8;
const SECRET_LIMIT = 1n << BigInt(SECRET_BITS);

/**
 * What was typed, understood. `count`: how many words (of 7) or digits (of 30) there were. `at`: the first word that is
 * not in the list, from 0, with the words that one slip could have come from (where the check leaves one, only that).
 */
export type CodeOutcome =
  | { readonly ok: true; readonly code: ReceiptCode }
  | { readonly ok: false; readonly reason: 'empty' }
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

/** Why typed text is no code. */
export type CodeRefusal = Extract<CodeOutcome, { ok: false }>['reason'];

/**
 * A new code of 12 random bytes, which the caller draws (`crypto.getRandomValues`); the six highest bits are dropped.
 * @throws {RangeError} unless there are 12
 */
export function drawReceiptCode(random: Uint8Array): ReceiptCode {
  if (random.length !== SECRET_BYTES)
    throw new RangeError(`receipt code: expected ${SECRET_BYTES} random bytes, got ${random.length}`);
  return codeOf(numberOf(random) % SECRET_LIMIT);
}

/**
 * Reads what a person typed or pasted: words or digits, in any case, with any spaces, hyphens, accents and full-width
 * forms, words also without spaces between them.
 */
export function parseReceiptCode(text: string): CodeOutcome {
  const parts = typedParts(text);
  if (parts.length === 0) return { ok: false, reason: 'empty' };
  return parts.every((part) => /^[0-9]+$/.test(part)) ? parseDigits(parts.join('')) : parseWords(parts);
}

/** The code's seven words. */
export function receiptWords(code: ReceiptCode): readonly string[] {
  return code.split(' ');
}

/** The same code as five groups of six digits. */
export function receiptDigits(code: ReceiptCode): readonly string[] {
  const secret = secretOf(code);
  const check = 98n - ((secret * 100n) % 97n);
  const digits = (secret * 100n + check).toString().padStart(CODE_DIGITS, '0');
  return Array.from({ length: CODE_DIGITS / DIGIT_GROUP }, (_, group) =>
    digits.slice(group * DIGIT_GROUP, (group + 1) * DIGIT_GROUP),
  );
}

/** The 12 bytes behind the code: the same whether it was written in words or in digits. */
export function receiptSecret(code: ReceiptCode): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(SECRET_BYTES);
  let rest = secretOf(code);
  for (let at = SECRET_BYTES - 1; at >= 0; at--, rest >>= 8n) bytes[at] = Number(rest & 0xffn);
  return bytes;
}

/**
 * Letters and digits in runs, as people type codes: compatibility forms, accents, case and the Arabic-Indic digits brought
 * to ASCII. Nothing is read beyond 2,000 characters.
 */
export function typedParts(text: string): readonly string[] {
  return text
    .slice(0, MAX_TYPED)
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '');
}

function parseDigits(digits: string): CodeOutcome {
  const count = digits.length;
  if (count !== CODE_DIGITS)
    return { ok: false, reason: count < CODE_DIGITS ? 'too-few' : 'too-many', form: 'digits', count };
  const number = BigInt(digits);
  const secret = number / 100n;
  // The check digits 00, 01 and 99 would satisfy the congruence beside 97, 98 and 02: only the canonical ones pass.
  if (number % 100n !== 98n - ((secret * 100n) % 97n) || secret >= SECRET_LIMIT)
    return { ok: false, reason: 'does-not-add-up', form: 'digits' };
  return { ok: true, code: codeOf(secret) };
}

function parseWords(parts: readonly string[]): CodeOutcome {
  const [only = ''] = parts;
  const words =
    parts.length === 1 && only.length === CODE_WORDS * WORD_LETTERS
      ? Array.from({ length: CODE_WORDS }, (_, at) => only.slice(at * WORD_LETTERS, (at + 1) * WORD_LETTERS))
      : parts;
  const at = words.findIndex((word) => placeOfWord(word) === undefined);
  if (at >= 0 && words.length <= CODE_WORDS)
    return { ok: false, reason: 'unknown-word', at, suggestions: suggestionsFor(words, at) };
  const count = words.length;
  if (count !== CODE_WORDS)
    return { ok: false, reason: count < CODE_WORDS ? 'too-few' : 'too-many', form: 'words', count };
  const code = checked(words);
  return code === undefined ? { ok: false, reason: 'does-not-add-up', form: 'words' } : { ok: true, code };
}

/** The likely words; where the rest of the code stands, the check says which of them it was. */
function suggestionsFor(words: readonly string[], at: number): readonly string[] {
  const near = wordsNear(words[at] ?? '');
  const fitting = near.filter((word) => checked(words.with(at, word)) !== undefined);
  return fitting.length > 0 ? fitting : near;
}

/** The code that the words are, or undefined where a word is unknown, missing, too many, or the check is wrong. */
function checked(words: readonly string[]): ReceiptCode | undefined {
  if (words.length !== CODE_WORDS) return undefined;
  let number = 0n;
  for (const word of words) {
    const place = placeOfWord(word);
    if (place === undefined) return undefined;
    number = (number << BigInt(WORD_BITS)) | BigInt(place);
  }
  const secret = number >> BigInt(CHECK_BITS);
  return crc8(secret) === Number(number & 0xffn) ? (words.join(' ') as ReceiptCode) : undefined;
}

function codeOf(secret: bigint): ReceiptCode {
  const number = (secret << BigInt(CHECK_BITS)) | BigInt(crc8(secret));
  return Array.from({ length: CODE_WORDS }, (_, at) =>
    wordAt(Number((number >> BigInt((CODE_WORDS - 1 - at) * WORD_BITS)) & 0x3fffn)),
  ).join(' ') as ReceiptCode;
}

function secretOf(code: ReceiptCode): bigint {
  let number = 0n;
  for (const word of receiptWords(code))
    number = (number << BigInt(WORD_BITS)) | BigInt(placeOfWord(word) ?? 0);
  return number >> BigInt(CHECK_BITS);
}

function numberOf(bytes: Uint8Array): bigint {
  let number = 0n;
  for (const byte of bytes) number = (number << 8n) | BigInt(byte);
  return number;
}

/** CRC-8/AUTOSAR over the 90 bits, the highest first. */
function crc8(secret: bigint): number {
  let crc = 0xff;
  for (let bit = SECRET_BITS - 1; bit >= 0; bit--) {
    const carry = (crc >> 7) ^ Number((secret >> BigInt(bit)) & 1n);
    crc = ((crc << 1) & 0xff) ^ (carry === 1 ? 0x2f : 0);
  }
  return crc ^ 0xff;
}
