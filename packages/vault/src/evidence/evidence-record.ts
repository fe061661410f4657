/**
 * The record: everything that a person keeps as evidence beside the files themselves, as one versioned JSON document. In
 * the clear it exists only on their device; what they keep elsewhere is this text, sealed.
 *
 * It holds the items, the custody log, the stamps that were asked for with their answers, short texts (a pasted message,
 * a notice), what was exported, and the seed of the key that signs. Files of pictures are not in it: they stay where they
 * are, and are told apart by their SHA-256.
 *
 * A stamp: *pending* (asked for at a capture, and again whenever there is a connection) → *stamped* (with one answer or
 * several). Nothing makes a pending one disappear; a package names it.
 * @module
 */

import * as z from 'zod/mini';
import { type CustodyEntry, parseCustodyEntry } from '../custody/custody-entry.ts';
import { MAX_CUSTODY_ENTRIES } from '../custody/custody-log.ts';
import type { StampSubject } from '../timestamp/stamp-subject.ts';
import { anyItem, type EvidenceItem, itemId } from './evidence-item.ts';

/** The version that this file writes. */
export const RECORD_VERSION = 1;

/** Items in a record, at most. */
export const MAX_ITEMS = 300;

/** Characters of all short texts together, and of one. */
export const MAX_TEXTS = 300_000;
/** Characters of one short text. */
export const MAX_TEXT = 60_000;

const hex64 = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const instant = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/));
const base64 = z.string().check(z.regex(/^[A-Za-z0-9+/]+=*$/), z.maxLength(90_000));

/** The id of an authority as an operator names it. */
export const authorityId = z.string().check(z.regex(/^[a-z0-9-]{1,40}$/));

const entry = z.custom<CustodyEntry>((value) => {
  try {
    parseCustodyEntry(value);
    return true;
  } catch {
    return false;
  }
});

const answer = z.strictObject({
  authority: authorityId,
  /** The whole answer in DER, and the root that it was held against, as base64. */
  reply: base64,
  root: base64,
  /** The time in the token. */
  at: instant,
});

const stamp = z.strictObject({
  subject: z.custom<StampSubject>(isSubject),
  items: z.array(itemId).check(z.maxLength(500)),
  requestedAt: instant,
  answers: z.array(answer).check(z.maxLength(8)),
});

const exported = z.strictObject({
  id: z.string().check(z.regex(/^[0-9a-f]{16}$/)),
  digest: hex64,
  at: instant,
  /** To whom it was handed over, with the person's consent; `null` where they keep it themselves. */
  to: z.nullable(z.string().check(z.minLength(1), z.maxLength(200))),
  items: z.array(itemId).check(z.maxLength(MAX_ITEMS)),
});

const record = z
  .strictObject({
    version: z.literal(RECORD_VERSION),
    /** A name for the case that means nothing: 8 hex digits. */
    pseudonym: z.string().check(z.regex(/^[0-9a-f]{8}$/)),
    seed: hex64,
    keys: z
      .array(z.strictObject({ publicKey: hex64, from: z.int().check(z.gte(0)) }))
      .check(z.minLength(1), z.maxLength(20)),
    items: z.array(anyItem).check(z.maxLength(MAX_ITEMS)),
    custody: z.array(entry).check(z.minLength(1), z.maxLength(MAX_CUSTODY_ENTRIES)),
    stamps: z.array(stamp).check(z.maxLength(1_000)),
    /** Short texts by the SHA-256 of their UTF-8 bytes. */
    texts: z.record(hex64, z.string().check(z.maxLength(MAX_TEXT))),
    exports: z.array(exported).check(z.maxLength(200)),
  })
  .check(z.refine(({ items }) => new Set(items.map(({ id }) => id)).size === items.length));

/** A record. */
export type EvidenceRecord = {
  readonly version: typeof RECORD_VERSION;
  readonly pseudonym: string;
  readonly seed: string;
  readonly keys: readonly { readonly publicKey: string; readonly from: number }[];
  readonly items: readonly EvidenceItem[];
  readonly custody: readonly CustodyEntry[];
  readonly stamps: readonly Stamp[];
  readonly texts: Readonly<Record<string, string>>;
  readonly exports: readonly Exported[];
};

/** A stamp that was asked for; without answers it is pending. */
export type Stamp = {
  readonly subject: StampSubject;
  readonly items: readonly string[];
  readonly requestedAt: string;
  readonly answers: readonly StampAnswer[];
};

/** An authority's answer, checked when it came. `reply` and `root` are base64. */
export type StampAnswer = z.infer<typeof answer>;

/** A package that was made. */
export type Exported = z.infer<typeof exported>;

/** A record, or why there is none: `newer` was written by a later version. */
export type RecordReading =
  | { readonly ok: true; readonly record: EvidenceRecord }
  | { readonly ok: false; readonly reason: 'newer' | 'malformed' };

/** Reads a record from its JSON text. Never throws for what the text is. */
export function readRecord(text: string): RecordReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'malformed' };
  }
  const { version } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  if (typeof version === 'number' && version > RECORD_VERSION) return { ok: false, reason: 'newer' };
  const parsed = record.safeParse(value);
  return parsed.success ? { ok: true, record: parsed.data } : { ok: false, reason: 'malformed' };
}

function isSubject(value: unknown): boolean {
  const { kind, digest, salt, ...more } = (value ?? {}) as Record<string, unknown>;
  return (
    (kind === 'custody' || kind === 'manifest') &&
    [digest, salt].every((each) => typeof each === 'string' && /^[0-9a-f]{64}$/.test(each)) &&
    Object.keys(more).length === 0
  );
}
