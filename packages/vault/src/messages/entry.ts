/**
 * Entries of a thread: what one side says to the other, as versioned JSON that is signed, padded and sealed.
 *
 *     body    JSON in UTF-8: version, thread, seq, prev, at, by, and one of the kinds below
 *     signed  the Ed25519 signature over "reclaim thread 1\n" ‖ body, 128 hex digits ‖ "\n" ‖ body
 *     digest  SHA-256 of `signed`: the next entry's `prev`
 *     sealed  `signed` and spaces up to 1, 4 or 16 KiB, as an age file to the thread's key
 *
 * The exact bytes of the body are signed, so nobody has to agree on a canonical JSON. The digest is of the signed plain
 * text: the node never sees it, and an entry that is sealed anew stays the same entry.
 *
 * Read strictly, as a case is: an unknown field or kind refuses the entry, and a higher version is told from damage.
 * @module
 */

import type { Brand } from '@reclaim/fingerprint/brand';
import { hex } from '@scure/base';
import { type AgeRecipient, parseAgeRecipient } from '../sealing/age-key.ts';
import {
  isSignedBy,
  parseSignature,
  parseVerifyKey,
  type SigningKey,
  sign,
  type VerifyKey,
} from '../sealing/signing.ts';
import { type Party, parseParty } from './party.ts';

/** 32 random bytes as 64 lower-case hex digits: what a thread is called, to the node too. */
export type ThreadId = Brand<string, 'ThreadId'>;

/** SHA-256 of a signed entry, 64 lower-case hex digits. */
export type EntryDigest = Brand<string, 'EntryDigest'>;

/** Characters of a message, at most. */
export const MAX_MESSAGE = 4_000;

/** Characters of a short text: a name, a note to a date, a way to be reached. */
export const MAX_SHORT = 200;

/** Sizes of the padded entry, in bytes. */
export const ENTRY_SIZES: readonly number[] = Object.freeze([1_024, 4_096, 16_384]);

/** What an entry says. Days are `YYYY-MM-DD`, UTC; instants are milliseconds. */
export type EntryWords =
  /** The first entry: both sides, and what the thread is sealed to. By the person. */
  | { readonly kind: 'begin'; readonly person: Party; readonly helper: Party; readonly key: AgeRecipient }
  | { readonly kind: 'text'; readonly text: string }
  /** Something of the case was opened to the helper until a day, under a grant. By the person. */
  | { readonly kind: 'share'; readonly grant: string; readonly items: number; readonly until: number }
  /** That grant has ended. By the person. */
  | { readonly kind: 'unshare'; readonly grant: string }
  /** A look at a file that was opened, before it is shown: of which share, what, and for what. By the helper. */
  | {
      readonly kind: 'looked';
      readonly grant: string;
      readonly item: string;
      readonly part: 'shielded' | 'original';
      readonly reason: string;
    }
  /** A day on which somebody looks again, and who. */
  | {
      readonly kind: 'follow-up';
      readonly day: string;
      readonly who: 'person' | 'helper';
      readonly note: string;
    }
  /** That day's matter is done: `of` is the entry that set it. */
  | { readonly kind: 'done'; readonly of: number }
  /** Another way to reach the person, who said that it is safe to be reached there. By the person. */
  | { readonly kind: 'contact'; readonly way: string; readonly safe: 'yes' }
  /** Another helper takes over. By the helper who leaves, or by the person. */
  | { readonly kind: 'hand-over'; readonly to: Party }
  /** From the next entry on, the thread is sealed to another key. */
  | { readonly kind: 'rekey'; readonly key: AgeRecipient }
  | { readonly kind: 'close' };

/** An entry: where it stands in the thread, who wrote it, and what it says. */
export type Entry = EntryWords & {
  readonly version: 1;
  readonly thread: ThreadId;
  readonly seq: number;
  /** Of the entry before; 64 zeros in the first. */
  readonly prev: EntryDigest;
  /** When it was written, by the writer's clock. */
  readonly at: number;
  readonly by: VerifyKey;
};

/** An entry with its digest. */
export type SignedEntry = {
  readonly entry: Entry;
  readonly digest: EntryDigest;
  readonly bytes: Uint8Array<ArrayBuffer>;
};

/** A read entry, or why there is none. */
export type EntryReading =
  | { readonly ok: true; readonly entry: Entry; readonly digest: EntryDigest }
  | { readonly ok: false; readonly reason: 'malformed' | 'newer' | 'signature' };

/** The `prev` of a first entry. */
export const NO_ENTRY = '0'.repeat(64) as EntryDigest;

const DOMAIN = 'reclaim thread 1\n';
const NAME = /^[a-z0-9-]{1,40}$/;
const SIGNATURE_LENGTH = 128;

/**
 * A thread's name of 32 random bytes, which the caller draws.
 * @throws {RangeError} unless there are 32
 */
export function drawThreadId(random: Uint8Array): ThreadId {
  if (random.length !== 32) throw new RangeError(`thread: expected 32 random bytes, got ${random.length}`);
  return hex.encode(random) as ThreadId;
}

/** @throws {TypeError} unless `text` is 64 lower-case hex digits */
export function parseThreadId(text: string): ThreadId {
  if (!/^[0-9a-f]{64}$/.test(text)) throw new TypeError('thread: expected 64 lower-case hex digits');
  return text as ThreadId;
}

/** @throws {TypeError} unless `text` is 64 lower-case hex digits */
export function parseEntryDigest(text: string): EntryDigest {
  if (!/^[0-9a-f]{64}$/.test(text)) throw new TypeError('entry digest: expected 64 lower-case hex digits');
  return text as EntryDigest;
}

/**
 * Signs an entry.
 * @throws {TypeError} for one that has not the form; RangeError for one that is longer than the greatest size
 */
export async function signEntry(entry: Entry, key: SigningKey): Promise<SignedEntry> {
  const checked = parseEntry(JSON.parse(JSON.stringify(entry)));
  const body = new TextEncoder().encode(JSON.stringify(checked));
  const signature = sign(concat(new TextEncoder().encode(DOMAIN), body), key);
  const bytes = concat(new TextEncoder().encode(`${signature}\n`), body);
  if (bytes.length > ENTRY_SIZES.at(-1)!) throw new RangeError('entry: longer than a thread takes');
  return { entry: checked, digest: await digestOf(bytes), bytes };
}

/** The signed entry with spaces behind it, up to the next size: what is sealed. */
export function padEntry({ bytes }: SignedEntry): Uint8Array<ArrayBuffer> {
  const size = ENTRY_SIZES.find((each) => bytes.length <= each) ?? bytes.length;
  const padded = new Uint8Array(size).fill(0x20);
  padded.set(bytes);
  return padded;
}

/** Reads what was sealed. Whether its writer may say this here is the thread's part (`thread.ts`). */
export async function readEntry(padded: Uint8Array): Promise<EntryReading> {
  if (padded.length > ENTRY_SIZES.at(-1)!) return { ok: false, reason: 'malformed' };
  let end = padded.length;
  while (end > 0 && padded[end - 1] === 0x20) end -= 1;
  const bytes = padded.slice(0, end);
  const body = bytes.subarray(SIGNATURE_LENGTH + 1);
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (text[SIGNATURE_LENGTH] !== '\n') return { ok: false, reason: 'malformed' };
    const signature = parseSignature(text.slice(0, SIGNATURE_LENGTH));
    const value: unknown = JSON.parse(text.slice(SIGNATURE_LENGTH + 1));
    const by = parseVerifyKey(String((value as { by?: unknown } | null)?.by));
    if (!isSignedBy(concat(new TextEncoder().encode(DOMAIN), body), signature, by))
      return { ok: false, reason: 'signature' };
    const { version } = value as { version?: unknown };
    if (typeof version === 'number' && version > 1) return { ok: false, reason: 'newer' };
    return { ok: true, entry: parseEntry(value), digest: await digestOf(bytes) };
  } catch {
    // What was thrown may quote the text: it goes no further.
    return { ok: false, reason: 'malformed' };
  }
}

/**
 * Checks an entry, whoever made it.
 * @throws {TypeError} naming the field that has not the form; never what stood there
 */
export function parseEntry(value: unknown): Entry {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('entry: expected an object');
  const { version, thread, seq, prev, at, by, ...words } = value as Record<string, unknown>;
  if (version !== 1) throw new TypeError('entry: expected version 1');
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 1)
    throw new TypeError('entry: expected seq from 1');
  return {
    version: 1,
    thread: parseThreadId(String(thread)),
    seq,
    prev: parseEntryDigest(String(prev)),
    at: instant(at),
    by: parseVerifyKey(String(by)),
    ...parseWords(words),
  };
}

function parseWords({ kind, ...fields }: Record<string, unknown>): EntryWords {
  const only = (...names: readonly string[]) => {
    if (Object.keys(fields).length !== names.length || !names.every((name) => Object.hasOwn(fields, name)))
      throw new TypeError('entry: expected the fields of its kind and no other');
  };
  switch (kind) {
    case 'begin':
      only('person', 'helper', 'key');
      return {
        kind,
        person: parseParty(fields['person']),
        helper: parseParty(fields['helper']),
        key: parseAgeRecipient(String(fields['key'])),
      };
    case 'text':
      only('text');
      return { kind, text: text(fields['text'], MAX_MESSAGE) };
    case 'share':
      only('grant', 'items', 'until');
      return {
        kind,
        grant: name(fields['grant']),
        items: count(fields['items']),
        until: instant(fields['until']),
      };
    case 'unshare':
      only('grant');
      return { kind, grant: name(fields['grant']) };
    case 'looked': {
      only('grant', 'item', 'part', 'reason');
      const { part } = fields;
      if (part !== 'shielded' && part !== 'original') throw new TypeError('entry: expected part');
      // A look at an original demands a reason, as in the custody log.
      const least = part === 'original' ? 1 : 0;
      return {
        kind,
        grant: name(fields['grant']),
        item: text(fields['item'], 100),
        part,
        reason: text(fields['reason'], MAX_SHORT, least),
      };
    }
    case 'follow-up': {
      only('day', 'who', 'note');
      const { who } = fields;
      if (who !== 'person' && who !== 'helper') throw new TypeError('entry: expected who');
      return { kind, day: day(fields['day']), who, note: text(fields['note'], MAX_SHORT, 0) };
    }
    case 'done':
      only('of');
      return { kind, of: count(fields['of']) };
    case 'contact':
      only('way', 'safe');
      // S15: a way that the person did not call safe is never written down.
      if (fields['safe'] !== 'yes') throw new TypeError('entry: expected a way that is safe');
      return { kind, way: text(fields['way'], MAX_SHORT), safe: 'yes' };
    case 'hand-over':
      only('to');
      return { kind, to: parseParty(fields['to']) };
    case 'rekey':
      only('key');
      return { kind, key: parseAgeRecipient(String(fields['key'])) };
    case 'close':
      only();
      return { kind };
    default:
      throw new TypeError('entry: unknown kind');
  }
}

function text(value: unknown, most: number, least = 1): string {
  if (typeof value !== 'string' || value.length < least || value.length > most || !value.isWellFormed())
    throw new TypeError(`entry: expected well-formed text of at most ${most} characters`);
  return value;
}

function name(value: unknown): string {
  if (typeof value !== 'string' || !NAME.test(value))
    throw new TypeError('entry: expected a name of a-z 0-9 -');
  return value;
}

function count(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1 || value > 100_000)
    throw new TypeError('entry: expected a count from 1');
  return value;
}

function instant(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || value > 8.64e15)
    throw new TypeError('entry: expected milliseconds since 1970');
  return value;
}

function day(value: unknown): string {
  const time = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? Date.parse(value) : Number.NaN;
  // The 31st of a month of 30 days parses in some engines as the day after.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== value)
    throw new TypeError('entry: expected a day as YYYY-MM-DD');
  return value as string;
}

function concat(one: Uint8Array, two: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + two.length);
  both.set(one);
  both.set(two, one.length);
  return both;
}

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<EntryDigest> {
  return hex.encode(new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes))) as EntryDigest;
}
