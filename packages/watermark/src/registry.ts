/**
 * The registry: an owner's secret, and for each sharing an entry that commits to it before anything can leak.
 *
 * With a hundred thousand free signs, whoever picks codes after a leak can make anybody match. So an entry fixes them at
 * sharing: its *line* is public, names nobody, and holds salted digests only; its *digest* is what a witness stamps (an
 * RFC 3161 authority). Lines are chained: each bears the digest of the one before.
 *
 *     leaf   = SHA-256("reclaim mark 1 copy" ‖ 0 ‖ salt ‖ SHA-256(code key) ‖ recipient ‖ SHA-256 of the copy's file ‖ name)
 *     line   = {"format","seq","prev","at","original","frame","order","copies"} in that order, JSON without spaces
 *     digest = SHA-256(line)
 *
 * `order` is SHA-256 of the order key, `copies` the leaves in their order. Whoever is shown one copy's salt, code key,
 * recipient, file and name can check its leaf, and learns nothing of the others. The registry itself holds the secret and
 * the names: it belongs on the owner's device, and in a sealed case, nowhere else. Who loses it cannot trace any more.
 *
 * States of a registry that is read: *whole*, or refused with what is wrong and at which entry. A line, a name, a code or
 * an order of entries changed afterwards does not go with the digests. Whoever holds the file can make all digests anew,
 * and that is what the witness is for: a stamp does not go with the new line, and without one no probability is given to
 * anybody. No code stands under two names, in whichever entries. Not committed to: `strength` and `psnrDb`, which tell
 * "no match" from "cannot tell" and never name anybody.
 * @module
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import * as z from 'zod/mini';
import { codeKey, orderKey, SECRET_BYTES } from './code.ts';

/** The format of a registry's file, and of a line. */
export const REGISTRY_FORMAT = 'reclaim registry 1';
/** The format of a line. */
export const LINE_FORMAT = 'reclaim mark commitment 1';

/** The most copies of one entry, entries of one registry, stamps of one entry, and characters of a name and of a text. */
export const REGISTRY_LIMITS = Object.freeze({
  copies: 10_000,
  entries: 10_000,
  stamps: 16,
  nameCharacters: 120,
  characters: 64 * 1024 * 1024,
});

const hex = (bytes: number) => z.string().check(z.regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`)));

/** A name as its leaf is over it: a lone surrogate would be hashed as U+FFFD, and two names would have one leaf. */
export const registeredName = z.string().check(
  z.minLength(1),
  z.maxLength(REGISTRY_LIMITS.nameCharacters),
  z.refine((name) => name.isWellFormed()),
);

/** A time of an entry: UTC, of a day that there is. */
export const registeredAt = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?Z$/),
  z.refine((at) => {
    const time = Date.parse(at);
    return !Number.isNaN(time) && new Date(time).toISOString().startsWith(at.slice(0, 19));
  }),
);

/** The size of a frame, as `canonical.ts` makes them. */
export const registeredFrame = z.tuple([
  z.int().check(z.gte(16), z.lte(1024)),
  z.int().check(z.gte(16), z.lte(1024)),
]);

/** An answer of an authority in base64, and who it is said to be of; nobody is believed for saying so. */
export const registeredStamp = z.strictObject({
  authority: z.string().check(z.maxLength(200)),
  token: z.string().check(z.maxLength(200_000)),
});

const registryCopy = z.strictObject({
  recipient: hex(16),
  name: registeredName,
  salt: hex(32),
  file: hex(32),
  strength: z.number().check(z.gte(0), z.lte(2)),
  psnrDb: z.nullable(z.number()),
});

const registryEntry = z.strictObject({
  seq: z.int().check(z.gte(0)),
  prev: hex(32),
  at: registeredAt,
  original: hex(32),
  frame: registeredFrame,
  copies: z.array(registryCopy).check(z.minLength(1), z.maxLength(REGISTRY_LIMITS.copies)),
  digest: hex(32),
  stamps: z.array(registeredStamp).check(z.maxLength(REGISTRY_LIMITS.stamps)),
});

const registryFile = z.strictObject({
  format: z.literal(REGISTRY_FORMAT),
  secret: hex(SECRET_BYTES),
  entries: z.array(registryEntry).check(z.maxLength(REGISTRY_LIMITS.entries)),
});

/** A copy in an entry: for whom it was made, and what its leaf is made of. All bytes as lower-case hex. */
export type RegistryCopy = Readonly<z.infer<typeof registryCopy>>;

/** One sharing: an original and the copies made of it at one time. `at` is UTC, ISO 8601. */
export type RegistryEntry = Omit<Readonly<z.infer<typeof registryEntry>>, 'copies' | 'stamps' | 'frame'> & {
  readonly copies: readonly RegistryCopy[];
  readonly frame: readonly [width: number, height: number];
  /** RFC 3161 tokens over `digest`, base64 of their DER. */
  readonly stamps: readonly { readonly authority: string; readonly token: string }[];
};

/** A registry that was checked: its chain holds, and every leaf is that of the secret's code. */
export type Registry = {
  readonly format: typeof REGISTRY_FORMAT;
  readonly secret: string;
  readonly entries: readonly RegistryEntry[];
};

/** Why a text is no registry: its form, its length, or what was changed in which entry. */
export type RegistryRefusal =
  | { readonly reason: 'not-a-registry' | 'too-long' }
  | { readonly reason: 'chain-broken' | 'entry-changed' | 'copy-repeated'; readonly seq: number };

const NO_ENTRY = '0'.repeat(64);

/** A registry without entries. @throws {RangeError} unless there are 32 random bytes */
export function newRegistry(random: Uint8Array): Registry {
  if (random.length !== SECRET_BYTES)
    throw new RangeError(`registry: expected ${SECRET_BYTES} random bytes, got ${random.length}`);
  return { format: REGISTRY_FORMAT, secret: bytesToHex(random), entries: [] };
}

/** The registry with one more entry, which commits to its copies. */
export function withEntry(
  registry: Registry,
  draft: Pick<RegistryEntry, 'at' | 'original' | 'frame' | 'copies'>,
): Registry {
  const { entries } = registry;
  const last = entries.at(-1);
  const { at, original, frame, copies } = draft;
  const entry = {
    seq: entries.length,
    prev: last?.digest ?? NO_ENTRY,
    at,
    original,
    frame,
    copies,
    stamps: [],
  };
  const whole = { ...entry, digest: lineDigest(lineOf(registry.secret, entry)) };
  const made = { ...registry, entries: [...entries, whole] };
  // What is made here must be readable here: a name too long or a time of another form is found now, not at the leak.
  registryFile.parse(made);
  return made;
}

/** The registry with a witness's token on the entry. @throws {RangeError} for an entry that is not there */
export function withStamp(
  registry: Registry,
  seq: number,
  stamp: { readonly authority: string; readonly token: string },
): Registry {
  const { entries: before } = registry;
  if (before[seq] === undefined) throw new RangeError(`registry: expected an entry ${seq}`);
  const entries = before.map((entry) =>
    entry.seq === seq ? { ...entry, stamps: [...entry.stamps, stamp] } : entry,
  );
  return { ...registry, entries };
}

/** Reads and checks a registry. Takes some microseconds a copy. */
export function parseRegistry(
  text: string,
): { readonly ok: true; readonly registry: Registry } | ({ readonly ok: false } & RegistryRefusal) {
  if (text.length > REGISTRY_LIMITS.characters) return { ok: false, reason: 'too-long' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'not-a-registry' };
  }
  const read = registryFile.safeParse(value);
  if (!read.success) return { ok: false, reason: 'not-a-registry' };
  let prev = NO_ENTRY;
  const codes = new Set<string>();
  for (const [seq, entry] of read.data.entries.entries()) {
    if (entry.seq !== seq || entry.prev !== prev) return { ok: false, reason: 'chain-broken', seq };
    if (lineDigest(lineOf(read.data.secret, entry)) !== entry.digest)
      return { ok: false, reason: 'entry-changed', seq };
    // One code under two names: whoever's copy leaks, the other would be named with them. Ids are 16 random bytes each.
    for (const { recipient } of entry.copies) {
      const code = entry.original + recipient;
      if (codes.has(code)) return { ok: false, reason: 'copy-repeated', seq };
      codes.add(code);
    }
    prev = entry.digest;
  }
  return { ok: true, registry: read.data };
}

/** The registry as the text that `parseRegistry` reads. */
export function registryText(registry: Registry): string {
  return `${JSON.stringify(registry, undefined, 1)}\n`;
}

/** The public line of an entry: what its digest is over. */
export function lineOf(secret: string, entry: Omit<RegistryEntry, 'digest' | 'stamps'>): string {
  const original = hexToBytes(entry.original);
  const order = bytesToHex(sha256(orderKey(hexToBytes(secret), original)));
  const copies = entry.copies.map((copy) =>
    leafOf({ ...copy, key: codeKey(hexToBytes(secret), original, hexToBytes(copy.recipient)) }),
  );
  const { seq, prev, at, frame } = entry;
  return JSON.stringify({
    format: LINE_FORMAT,
    seq,
    prev,
    at,
    original: entry.original,
    frame,
    order,
    copies,
  });
}

/** SHA-256 of a line, lower-case hex. */
export function lineDigest(line: string): string {
  return bytesToHex(sha256(utf8ToBytes(line)));
}

/** The leaf of one copy, lower-case hex. */
export function leafOf(
  copy: Pick<RegistryCopy, 'salt' | 'recipient' | 'file' | 'name'> & { readonly key: Uint8Array },
): string {
  return bytesToHex(
    sha256(
      concatBytes(
        utf8ToBytes('reclaim mark 1 copy\0'),
        hexToBytes(copy.salt),
        sha256(copy.key),
        hexToBytes(copy.recipient),
        hexToBytes(copy.file),
        utf8ToBytes(copy.name),
      ),
    ),
  );
}
