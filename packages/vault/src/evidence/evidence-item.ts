/**
 * An evidence item: what a manifest says of one thing that somebody saw, took or received. Every field of
 * the manifest is there in every item; `null` means "not known", so that nothing is left out by mistake and read as "no".
 *
 * No picture is needed: a link with what was seen around it is an item. What may show somebody under 18 is an item of its
 * own kind, which has a link, a handle and a time and can have nothing else: no file, no digest, no fingerprint, no words
 * about it. That is the shape of the type and of the reader, not a rule that a page must remember.
 * @module
 */

import * as z from 'zod/mini';

/** Kinds of items that can hold files. */
export const ITEM_KINDS = Object.freeze([
  'screenshot',
  'page-capture',
  'message-export',
  'email',
  'link',
  'notice',
  'reply',
  'note',
] as const);

/** What a file of an item is. */
export const FILE_ROLES = Object.freeze([
  'original',
  'shielded',
  'page',
  'headers',
  'sent',
  'proof-of-delivery',
  'ticket',
  'reply',
] as const);

/** Files of one item, at most. */
export const MAX_ITEM_FILES = 8;

/** Bytes of one file, at most: what an archive of the plain form can hold beside its directory. */
export const MAX_FILE_BYTES = 4_000_000_000;

const lone = z.refine<string>((text) => text.isWellFormed());
const words = (most: number) => z.string().check(z.maxLength(most), lone);
const line = (most: number) =>
  z.string().check(z.minLength(1), z.maxLength(most), z.regex(/^[^\p{Cc}]*$/u), lone);
const maybe = <T extends z.ZodMiniType>(schema: T) => z.nullable(schema);
const hex64 = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const count = z.int().check(z.gte(0));
const instant = z.string().check(
  z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  z.refine((text) => !Number.isNaN(Date.parse(text)) && new Date(text).toJSON() === text),
);

/** An item's id: 8 random bytes as 16 lower-case hex digits. */
export const itemId = z.string().check(z.regex(/^[0-9a-f]{16}$/));

/** A link as somebody typed it: whatever it is, up to 2,000 characters of one line. */
const link = line(2_000);

/** A file of an item, by its digest; where its bytes are is not said here. */
export const itemFile = z.strictObject({
  role: z.enum(FILE_ROLES),
  /** Its name on the device of whoever took it. */
  name: line(200),
  mediaType: z.string().check(z.regex(/^[a-z0-9][a-z0-9.+-]{0,60}\/[a-z0-9][a-z0-9.+-]{0,80}$/)),
  bytes: z.int().check(z.gte(1), z.lte(MAX_FILE_BYTES)),
  sha256: hex64,
  sha512: maybe(z.string().check(z.regex(/^[0-9a-f]{128}$/))),
  /** Of a copy: which file it was made from, and how. */
  derivedFrom: maybe(z.strictObject({ sha256: hex64, transform: line(200) })),
});

/** An item as an adult's case has it. */
export const adultItem = z
  .strictObject({
    id: itemId,
    kind: z.enum(ITEM_KINDS),
    age: z.literal('adult'),
    files: z.array(itemFile).check(z.maxLength(MAX_ITEM_FILES)),
    /** The address as it was typed, as it was finally resolved, and what lay between. */
    source: maybe(
      z.strictObject({
        typed: link,
        resolved: maybe(link),
        redirects: z.array(link).check(z.maxLength(20)),
      }),
    ),
    platform: maybe(line(80)),
    postId: maybe(line(200)),
    /** The handle as shown, and the account's stable id, which stays when the handle changes. */
    handle: maybe(line(200)),
    accountId: maybe(line(200)),
    displayName: maybe(line(200)),
    /** The time that the platform shows: as it stands there, and as it was read. */
    shownTime: maybe(z.strictObject({ verbatim: line(120), at: maybe(instant), zone: maybe(line(60)) })),
    capture: z.strictObject({
      startedAt: instant,
      endedAt: instant,
      /** The server's clock minus the device's, in milliseconds, where it was asked. */
      clockOffsetMs: maybe(z.int()),
      method: z.enum(['taken-here', 'file-chosen', 'typed', 'pasted', 'fetched']),
      software: z.strictObject({ name: line(80), version: line(40), buildSha256: maybe(hex64) }),
      browser: maybe(line(300)),
      viewport: maybe(z.string().check(z.regex(/^\d{1,5}x\d{1,5}$/))),
    }),
    /** What a server said, only where a server of ours looked. */
    server: maybe(
      z.strictObject({
        status: z.int().check(z.gte(100), z.lte(599)),
        headers: z.array(z.strictObject({ name: line(80), value: words(2_000) })).check(z.maxLength(40)),
        remoteAddress: maybe(line(60)),
        tlsLeafSha256: maybe(hex64),
      }),
    ),
    capturedBy: z.strictObject({
      role: z.enum(['owner', 'helper', 'representative', 'program']),
      pseudonym: z.string().check(z.regex(/^[\p{L}\p{N} .-]{1,40}$/u)),
    }),
    depicted: z.discriminatedUnion('who', [
      z.strictObject({ who: z.literal('me') }),
      z.strictObject({ who: z.literal('represented'), authority: line(200) }),
      z.strictObject({ who: z.literal('nobody') }),
    ]),
    consent: z.enum(['none', 'withdrawn', 'limited', 'given', 'unknown']),
    /** Fingerprints of the picture: PDQ hashes as 64 hex digits. Of adults alone. */
    fingerprints: z.array(hex64).check(z.maxLength(32)),
    visibility: maybe(z.enum(['public', 'needs-login', 'private-chat'])),
    views: maybe(count),
    likes: maybe(count),
    threats: maybe(z.boolean()),
    /** Items of kind `notice` that speak of this one; of a reply, the notice it answers. */
    notices: z.array(itemId).check(z.maxLength(50)),
    /** Whether there is a covered copy beside the original. */
    shielded: z.boolean(),
    notes: words(4_000),
  })
  .check(
    z.refine((item) => item.capture.startedAt <= item.capture.endedAt),
    z.refine((item) => item.shielded === item.files.some(({ role }) => role === 'shielded')),
    // A covered copy without what it covers proves nothing: both are hashed before anything is kept.
    z.refine((item) => !item.shielded || item.files.some(({ role }) => role === 'original')),
    z.refine((item) =>
      item.files.every(
        ({ derivedFrom }) =>
          derivedFrom === null || item.files.some(({ sha256 }) => sha256 === derivedFrom.sha256),
      ),
    ),
    z.refine((item) => new Set(item.files.map(({ sha256 }) => sha256)).size === item.files.length),
    z.refine((item) => item.kind !== 'link' || (item.source !== null && item.files.length === 0)),
  );

/** What may show somebody under 18: a link, a handle and a time. Nothing else has a place here. */
export const minorItem = z.strictObject({
  id: itemId,
  kind: z.literal('hand-over'),
  age: z.enum(['under-18', 'not-sure']),
  link,
  handle: maybe(line(200)),
  at: instant,
});

const evidenceItem = z.union([adultItem, minorItem]);

/** A file of an item. */
export type ItemFile = z.infer<typeof itemFile>;
/** An item of an adult. */
export type AdultItem = z.infer<typeof adultItem>;
/** A link that may lead to somebody under 18. */
export type MinorItem = z.infer<typeof minorItem>;
/** An item. */
export type EvidenceItem = AdultItem | MinorItem;

/** An item, or which field has not the form (`files.0.bytes`). Values are never repeated. */
export type ItemReading =
  | { readonly ok: true; readonly item: EvidenceItem }
  | { readonly ok: false; readonly field: string };

/** Checks an item, whoever made it. Never throws. */
export function readItem(value: unknown): ItemReading {
  const minor = isMinor(value);
  // Asked by age first, so that the answer names the field of the right shape.
  const parsed = minor ? minorItem.safeParse(value) : adultItem.safeParse(value);
  if (parsed.success) return { ok: true, item: parsed.data };
  return { ok: false, field: parsed.error.issues[0]?.path.map(String).join('.') || 'item' };
}

/** @throws {TypeError} naming the field, for what is no item */
export function parseItem(value: unknown): EvidenceItem {
  const reading = readItem(value);
  if (!reading.ok) throw new TypeError(`evidence item: expected ${reading.field} to have its form`);
  return reading.item;
}

function isMinor(value: unknown): boolean {
  const { age, kind } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  return kind === 'hand-over' || age === 'under-18' || age === 'not-sure';
}

/** The schema of any item, for records and manifests. */
export const anyItem: z.ZodMiniType<EvidenceItem> = evidenceItem;

/** The files of an item; none of one that may show somebody under 18. */
export function filesOf(item: EvidenceItem): readonly ItemFile[] {
  return item.kind === 'hand-over' ? [] : item.files;
}
