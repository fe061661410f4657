/**
 * Builds a package: the same record, files, time and randomness give the same bytes.
 *
 * Order of what is made: the entry *exported* (or *shared-with*, where it is handed over) ends the custody log; then
 * every file that the manifest names; the manifest; its signature; the stamp of it, where an authority can be reached;
 * the PDF; the list of sums. The archive is a list of pieces, heads made here and files by reference: a film of two
 * gigabytes is never in memory.
 * @module
 */

import { hex } from '@scure/base';
import { custodyText, headOf } from '../custody/custody-log.ts';
import { keyFingerprint, recordSigner } from '../custody/record-signer.ts';
import type { EvidenceItem } from '../evidence/evidence-item.ts';
import type { EvidenceRecord, StampAnswer } from '../evidence/evidence-record.ts';
import { enter, type Hand, itemDigest, keepExport } from '../evidence/record-changes.ts';
import { drawSubject, type StampSubject, subjectBytes } from '../timestamp/stamp-subject.ts';
import { declarations } from './declarations.ts';
import { type ByteSource, digestSource, memorySource, sha256Hex } from './file-digest.ts';
import {
  CUSTODY_PATH,
  MANIFEST_PATH,
  MANIFEST_SCHEMA,
  MANIFEST_STAMP,
  type Manifest,
  manifestBytes,
  PDF_PATH,
  SIGNATURE_PATH,
  type Stored,
  SUMS_PATH,
  signatureBytes,
  sumsText,
} from './manifest.ts';
import { type PackagePath, parsePackagePath } from './package-path.ts';
import { type FilesAtHand, type PlannedFile, planFiles } from './package-plan.ts';
import { readmeHtml, readmeText } from './readme.ts';
import { referralText } from './referral.ts';
import { type ReportFacts, reportHtml } from './report.ts';
import { answerFiles, stampFiles } from './stamp-files.ts';
import { timelineCsv, timelineHtml } from './timeline.ts';
import { directoryBytes, layOut, localHead, type ZipLayout } from './zip-layout.ts';

/** What a package is made of. */
export type PackageWish = {
  readonly record: EvidenceRecord;
  /** Ids of the items that go in; all of them where it is absent. */
  readonly items?: readonly string[];
  readonly files: FilesAtHand;
  readonly originals: 'left-out' | 'open';
  /** To whom it is handed over with the person's consent, in their words; absent for a package that they keep. */
  readonly to?: string;
  readonly language: string;
  readonly jurisdictions: readonly string[];
  readonly contactRoute?: string;
  /** The zone in which the timeline shows local time (IANA). */
  readonly zone: string;
  readonly generator: { readonly name: string; readonly version: string };
  readonly hand: Hand;
  /** 40 random bytes: 8 for the package's id, 32 to blind the stamp of the manifest. */
  readonly random: Uint8Array;
  /** The page that verifies without a network, where it was built. */
  readonly verifyPage?: Uint8Array;
  /** Asks authorities to stamp; answers those that could be reached. */
  readonly stamp?: (subject: StampSubject) => Promise<readonly StampAnswer[]>;
  /** Draws the report as PDF. */
  readonly pdf?: (facts: ReportFacts) => Promise<Uint8Array>;
  /** Told how many of the bytes are read. */
  readonly onProgress?: (done: number, of: number) => void | Promise<void>;
};

/** A package: its name, its pieces in order, and the record with what was done. */
export type BuiltPackage = {
  readonly name: string;
  readonly size: number;
  readonly layout: ZipLayout;
  readonly files: ReadonlyMap<string, ByteSource>;
  readonly manifest: Manifest;
  /** SHA-256 of the manifest: what a person writes down. */
  readonly digest: string;
  readonly record: EvidenceRecord;
  /** Whether an authority stamped the manifest. */
  readonly stamped: boolean;
};

/** A package, or why there is none. `changed-file`: a file is not the one whose digest was taken. */
export type Building =
  | ({ readonly ok: true } & BuiltPackage)
  | {
      readonly ok: false;
      readonly reason: 'nothing' | 'unknown-item' | 'changed-file' | 'too-large' | 'log-full';
      readonly item?: string;
    };

type Made = {
  readonly path: PackagePath;
  readonly source: ByteSource;
  readonly bytes: number;
  readonly sha256: string;
  readonly crc32: number;
  readonly item: string | null;
};

/** Builds a package. Rejects only where a source cannot be read. */
export async function buildPackage(wish: PackageWish): Promise<Building> {
  const { random, hand } = wish;
  if (random.length !== 40) throw new RangeError('package: expected 40 random bytes');
  const chosen = wish.items === undefined ? undefined : new Set(wish.items);
  const items = wish.record.items.filter(({ id }) => chosen === undefined || chosen.has(id));
  if (items.length === 0) return { ok: false, reason: 'nothing' };
  if (chosen !== undefined && chosen.size !== items.length) return { ok: false, reason: 'unknown-item' };
  const ids = items.map(({ id }) => id);
  const entered =
    wish.to === undefined
      ? enter(wish.record, 'exported', ids, hand, undefined, items)
      : enter(wish.record, 'shared-with', ids, hand, `to: ${wish.to}`, items);
  if (!entered.ok) return { ok: false, reason: 'log-full' };
  const { record } = entered;

  const planned = planFiles(record, items, wish.files, wish.originals);
  const stamps = await stampFiles(record);
  const fixed = new Map<string, { readonly bytes: Uint8Array; readonly item: string | null }>();
  const put = (path: string, text: string | Uint8Array, item: string | null = null) =>
    fixed.set(path, { bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text, item });
  const custody = custodyText(record.custody);
  put(CUSTODY_PATH, custody);
  for (const [path, bytes] of stamps.files) put(path, bytes);

  let done = 0;
  const of = planned.reduce(
    (sum, { placed, file }) => sum + (placed.form === 'left-out' ? 0 : file.bytes),
    0,
  );
  const made: Made[] = [];
  for (const { item, file, placed } of planned) {
    if (placed.form === 'left-out') continue;
    const { path, source } = placed;
    const digest = await digestSource(source, (at) => wish.onProgress?.(done + at, of));
    if (placed.form === 'plain' && digest.sha256 !== file.sha256)
      return { ok: false, reason: 'changed-file', item: item.id };
    done += source.size;
    made.push({ path, source, ...digest, item: item.id });
  }

  const described = describe(items, planned, made);
  const facts = { wish, record, items: described, planned, stamps: stamps.stated, custody };
  put('timeline.csv', timelineCsv(items, record, wish.zone));
  put('timeline.html', timelineHtml(items, record, wish.zone, wish.language));
  for (const [path, text] of declarations({ pseudonym: record.pseudonym, items, created: hand.at }))
    put(path, text);
  if (wish.to !== undefined) put('referral.txt', referralText(planned, record, wish.to, hand.at));
  put('report.html', reportHtml({ record, items: described, wish }));
  const publicKey = recordSigner(hex.decode(record.seed)).publicKey;
  const readme = { pseudonym: record.pseudonym, fingerprint: keyFingerprint(publicKey), created: hand.at };
  put('README.txt', readmeText(readme));
  put('README.html', readmeHtml(readme, wish.language));
  if (wish.verifyPage !== undefined) put('verify.html', wish.verifyPage);
  for (const [path, { bytes, item }] of fixed) made.push(await fromMemory(path, bytes, item));

  const manifest = manifestOf(facts, made, publicKey);
  const inJson = manifestBytes(manifest);
  const digest = sha256Hex(inJson);
  made.push(await fromMemory(MANIFEST_PATH, inJson, null));
  made.push(await fromMemory(SIGNATURE_PATH, signManifest(record, manifest, inJson), null));
  const subject = drawSubject('manifest', digest, random.subarray(8));
  const answers = wish.stamp === undefined ? [] : await wish.stamp(subject);
  for (const [path, bytes] of await manifestStampFiles(subject, answers))
    made.push(await fromMemory(path, bytes, null));
  if (wish.pdf !== undefined)
    made.push(await fromMemory(PDF_PATH, await wish.pdf({ record, items: described, wish }), null));
  const sums = sumsText(new Map(made.map(({ path, sha256 }) => [path, sha256])));
  made.push(await fromMemory(SUMS_PATH, new TextEncoder().encode(sums), null));

  let layout: ZipLayout;
  try {
    layout = layOut(made);
  } catch (error) {
    if (error instanceof RangeError) return { ok: false, reason: 'too-large' };
    throw error;
  }
  return {
    ok: true,
    name: `case-${record.pseudonym}-${hand.at.slice(0, 10).replaceAll('-', '')}.zip`,
    size: layout.size,
    layout,
    files: new Map(made.map(({ path, source }) => [path, source])),
    manifest,
    digest,
    record: keepExport(record, {
      id: manifest.package.id,
      digest,
      at: hand.at,
      to: wish.to ?? null,
      items: ids,
    }),
    stamped: answers.length > 0,
  };
}

/** The pieces of the archive, in order: bytes made here, and files by reference. */
export function packagePieces({
  layout,
  files,
}: Pick<BuiltPackage, 'layout' | 'files'>): readonly (Uint8Array<ArrayBuffer> | ByteSource)[] {
  return [
    ...layout.places.flatMap((place) => [localHead(place), files.get(place.entry.path)!]),
    directoryBytes(layout),
  ];
}

function describe(
  items: readonly EvidenceItem[],
  planned: readonly PlannedFile[],
  made: readonly Made[],
): Manifest['items'] {
  const sums = new Map(made.map(({ path, sha256 }) => [path as string, sha256]));
  return items.map((item) => ({
    digest: itemDigest(item),
    item,
    stored: planned
      .filter((each) => each.item === item)
      .map(({ file: { sha256 }, placed }): Stored => {
        if (placed.form === 'left-out') return { form: 'left-out', sha256 };
        const { form, path } = placed;
        return form === 'plain'
          ? { form, sha256, path }
          : { form, sha256, path, sealedSha256: sums.get(path)! };
      }),
  }));
}

function manifestOf(
  facts: {
    readonly wish: PackageWish;
    readonly record: EvidenceRecord;
    readonly items: Manifest['items'];
    readonly stamps: Manifest['stamps'];
    readonly custody: string;
  },
  made: readonly Made[],
  publicKey: string,
): Manifest {
  const { wish, record, items, stamps, custody } = facts;
  return {
    schema: MANIFEST_SCHEMA,
    package: {
      id: hex.encode(wish.random.subarray(0, 8)),
      previous: record.exports.at(-1)?.digest ?? null,
      created: wish.hand.at,
      purpose: wish.to === undefined ? 'own' : 'referral',
      to: wish.to ?? null,
      language: wish.language,
      jurisdictions: [...wish.jurisdictions],
      contactRoute: wish.contactRoute ?? null,
    },
    case: record.pseudonym,
    generator: wish.generator,
    timeSource: 'device clock',
    hashAlgorithms: ['sha256'],
    itemCount: items.length,
    totalBytes: made.reduce((sum, { bytes }) => sum + bytes, 0),
    signer: { publicKey, fingerprint: keyFingerprint(publicKey), keys: [...record.keys] },
    custody: {
      entries: record.custody.length,
      head: headOf(record.custody),
      sha256: sha256Hex(new TextEncoder().encode(custody)),
    },
    stamps,
    items,
    files: [...made]
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .map(({ path, bytes, sha256, item }) => ({ path, bytes, sha256, item })),
  };
}

function signManifest(record: EvidenceRecord, manifest: Manifest, bytes: Uint8Array): Uint8Array {
  const signer = recordSigner(hex.decode(record.seed));
  const { publicKey, fingerprint, keys } = manifest.signer;
  const signature = signer.sign('reclaim manifest 1', new TextDecoder().decode(bytes));
  return signatureBytes({ algorithm: 'Ed25519', publicKey, fingerprint, keys, signature });
}

async function manifestStampFiles(
  subject: StampSubject,
  answers: readonly StampAnswer[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  if (answers.length === 0) return new Map();
  return answerFiles(MANIFEST_STAMP, subjectBytes(subject), answers);
}

async function fromMemory(path: string, bytes: Uint8Array, item: string | null): Promise<Made> {
  const source = memorySource(bytes);
  return { path: parsePackagePath(path), source, ...(await digestSource(source)), item };
}
