/**
 * The manifest of a package: canonical JSON (RFC 8785) that one digest covers, and that in turn names the digest of
 * everything else, so that whoever holds the digest of the manifest can tell whether a single byte was changed.
 *
 * Outside of it stand only what can be made after it (its signature, the stamps of itself, the list of sums) and the PDF,
 * whose bytes are another program's affair; the report in HTML says the same and is inside.
 * @module
 */

import * as z from 'zod/mini';
import { anyItem, type EvidenceItem, itemId } from '../evidence/evidence-item.ts';
import { authorityId } from '../evidence/evidence-record.ts';
import { canonicalBytes, type Json, readCanonical } from './canonical-json.ts';
import { isPackagePath } from './package-path.ts';
import { MAX_ENTRIES } from './zip-layout.ts';

/** The form that this file writes. */
export const MANIFEST_SCHEMA = 'reclaim-evidence 1';

/** Characters of a manifest, at most. */
export const MAX_MANIFEST = 8_000_000;

/** Names of the files that every package has. */
export const MANIFEST_PATH = 'MANIFEST.json';
/** Its signature. */
export const SIGNATURE_PATH = 'MANIFEST.sig';
/** The custody log. */
export const CUSTODY_PATH = 'custody.jsonl';
/** Sums of all files, for `sha256sum -c`. */
export const SUMS_PATH = 'SHA256SUMS';
/** The report as PDF, which no digest of the manifest covers. */
export const PDF_PATH = 'report.pdf';
/** Where stamps lie. */
export const STAMPS_FOLDER = 'timestamps/';

const hex64 = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const hex16 = z.string().check(z.regex(/^[0-9a-f]{16}$/));
const instant = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/));
const text = (most: number) => z.string().check(z.minLength(1), z.maxLength(most));
const path = z.string().check(z.refine(isPackagePath));
const count = z.int().check(z.gte(0));
const keys = z
  .array(z.strictObject({ publicKey: hex64, from: count }))
  .check(z.minLength(1), z.maxLength(20));

/**
 * Where the bytes of an item's file are. `plain`: here, exactly as they were. `age`: here, sealed to recipients.
 * `left-out`: with whoever made the package; the digest stands for them.
 */
const stored = z.discriminatedUnion('form', [
  z.strictObject({ form: z.literal('plain'), sha256: hex64, path }),
  z.strictObject({ form: z.literal('age'), sha256: hex64, path, sealedSha256: hex64 }),
  z.strictObject({ form: z.literal('left-out'), sha256: hex64 }),
]);

const manifest = z.strictObject({
  schema: z.literal(MANIFEST_SCHEMA),
  package: z.strictObject({
    id: hex16,
    /** The manifest digest of the package made before this one. */
    previous: z.nullable(hex64),
    created: instant,
    purpose: z.enum(['own', 'referral']),
    /** To whom it is handed over. */
    to: z.nullable(text(200)),
    language: text(20),
    jurisdictions: z.array(text(20)).check(z.maxLength(20)),
    contactRoute: z.nullable(text(400)),
  }),
  case: z.string().check(z.regex(/^[0-9a-f]{8}$/)),
  generator: z.strictObject({ name: text(80), version: text(40) }),
  timeSource: z.literal('device clock'),
  hashAlgorithms: z.tuple([z.literal('sha256')]),
  itemCount: count,
  totalBytes: count,
  signer: z.strictObject({ publicKey: hex64, fingerprint: text(80), keys }),
  custody: z.strictObject({ entries: count, head: hex64, sha256: hex64 }),
  stamps: z
    .array(
      z.strictObject({
        name: z.string().check(z.regex(/^\d{4}$/)),
        subjectSha256: hex64,
        items: z.array(itemId).check(z.maxLength(500)),
        requestedAt: instant,
        state: z.enum(['pending', 'stamped']),
        authorities: z.array(authorityId).check(z.maxLength(8)),
      }),
    )
    .check(z.maxLength(1_000)),
  items: z
    .array(z.strictObject({ digest: hex64, stored: z.array(stored).check(z.maxLength(8)), item: anyItem }))
    .check(z.maxLength(300)),
  files: z
    .array(z.strictObject({ path, bytes: count, sha256: hex64, item: z.nullable(itemId) }))
    .check(z.maxLength(MAX_ENTRIES)),
});

const signature = z.strictObject({
  algorithm: z.literal('Ed25519'),
  publicKey: hex64,
  fingerprint: text(80),
  keys,
  signature: z.string().check(z.regex(/^[0-9a-f]{128}$/)),
});

/** A manifest. */
export type Manifest = Omit<z.infer<typeof manifest>, 'items'> & {
  readonly items: readonly {
    readonly digest: string;
    readonly stored: readonly Stored[];
    readonly item: EvidenceItem;
  }[];
};
/** Where the bytes of a file are. */
export type Stored = z.infer<typeof stored>;
/** A manifest's signature with the key and its history. */
export type ManifestSignature = z.infer<typeof signature>;

/** The bytes of a manifest. */
export function manifestBytes(value: Manifest): Uint8Array<ArrayBuffer> {
  return canonicalBytes(value as unknown as Json);
}

/** The bytes of a signature. */
export function signatureBytes(value: ManifestSignature): Uint8Array<ArrayBuffer> {
  return canonicalBytes(value as unknown as Json);
}

/** Reads a manifest; `undefined` for what is not canonical or has not the form. Never throws. */
export function readManifest(bytes: Uint8Array): Manifest | undefined {
  const found = manifest.safeParse(canonicalOf(bytes));
  return found.success ? found.data : undefined;
}

/** Reads a signature; `undefined` for what has not the form. Never throws. */
export function readSignature(bytes: Uint8Array): ManifestSignature | undefined {
  const found = signature.safeParse(canonicalOf(bytes));
  return found.success ? found.data : undefined;
}

/** The files of a stamp: what was stamped, an authority's answer, the certificates in it, and the root. */
export function stampPaths(name: string, authority = '') {
  return {
    subject: `${STAMPS_FOLDER}${name}.json`,
    reply: `${STAMPS_FOLDER}${name}-${authority}.tsr`,
    chain: `${STAMPS_FOLDER}${name}-${authority}-chain.pem`,
    root: `${STAMPS_FOLDER}${name}-${authority}-root.pem`,
  } as const;
}

/** The name of the stamp that is of the manifest itself. */
export const MANIFEST_STAMP = 'manifest';

/** The sums as `sha256sum` writes and reads them: digest, two spaces, path, in the order of the paths. */
export function sumsText(sums: ReadonlyMap<string, string>): string {
  return [...sums]
    .filter(([file]) => file !== SUMS_PATH)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, digest]) => `${digest}  ${file}\n`)
    .join('');
}

function canonicalOf(bytes: Uint8Array): Json | undefined {
  if (bytes.length > MAX_MANIFEST) return undefined;
  try {
    return readCanonical(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
