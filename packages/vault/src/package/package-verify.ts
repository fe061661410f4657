/**
 * Verifies a package, with nothing but the package: what it says of itself, and whether that is so. Every fault is named
 * by what it is and where: the file, and the item that the file is of.
 *
 * Levels: *damage* (something is not as it was when the package was made), *warning* (nothing was changed, and somebody
 * should know: a clock that was off, a stamp that never came, a root that nobody vouched for), *note*.
 *
 * What it can show: that nothing was changed since the manifest was signed, and, where a stamp is of a root that the
 * verifier trusts, that it was there at that time. What it cannot: who holds the key, that a page showed what a picture
 * shows, and that nothing was left out.
 * @module
 */

import { type CustodyReading, verifyCustody } from '../custody/custody-log.ts';
import { isSignedBy, keyFingerprint } from '../custody/record-signer.ts';
import { filesOf } from '../evidence/evidence-item.ts';
import { itemDigest, itemsDigest } from '../evidence/record-changes.ts';
import { type ByteSource, digestSource, readWhole, sha256Hex } from './file-digest.ts';
import type { Finding, Note, Verification, VerifiedStamp } from './finding.ts';
import {
  CUSTODY_PATH,
  MANIFEST_PATH,
  MANIFEST_STAMP,
  MAX_MANIFEST,
  type Manifest,
  PDF_PATH,
  readManifest,
  readSignature,
  SIGNATURE_PATH,
  STAMPS_FOLDER,
  SUMS_PATH,
} from './manifest.ts';
import { isPackagePath, plainExtension } from './package-path.ts';
import { verifyStamps } from './verify-stamps.ts';
import { entrySource, openZip, type ZipFault } from './zip-reading.ts';

/** How to verify. */
export type VerifyOptions = {
  /** Roots that the verifier trusts, in DER. Without them no root is trusted and none is refused. */
  readonly roots?: readonly Uint8Array[];
  /** Told how many of the files are done. */
  readonly onProgress?: (done: number, of: number) => void | Promise<void>;
};

/** Verifies an archive. Never throws for what the bytes are; rejects where the source cannot be read. */
export async function verifyPackage(source: ByteSource, options: VerifyOptions = {}): Promise<Verification> {
  const opening = await openZip(source);
  if (!opening.ok) {
    const { kind, path } = opening.fault;
    const finding: Finding = {
      level: 'damage',
      kind: `archive-${kind}`,
      ...(path === undefined ? {} : { path }),
    };
    return { ok: false, findings: [finding], stamps: [] };
  }
  const files = new Map<string, ByteSource>();
  const crcs = new Map<string, number>();
  for (const place of opening.layout.places) {
    files.set(place.entry.path, entrySource(source, place));
    crcs.set(place.entry.path, place.entry.crc32);
  }
  return verifyFiles(files, options, { faults: opening.faults, crcs });
}

/** Verifies files by their paths: a package that was unpacked. */
export async function verifyFiles(
  files: ReadonlyMap<string, ByteSource>,
  options: VerifyOptions = {},
  archive: { readonly faults: readonly ZipFault[]; readonly crcs: ReadonlyMap<string, number> } = {
    faults: [],
    crcs: new Map(),
  },
): Promise<Verification> {
  const findings: Finding[] = [];
  const note: Note = (level, kind, about = {}) => findings.push({ level, kind, ...about });
  const stamps: VerifiedStamp[] = [];
  const answer = (more: Pick<Verification, 'digest' | 'manifest'> = {}): Verification => ({
    ok: !findings.some(({ level }) => level === 'damage'),
    findings,
    stamps,
    ...more,
  });

  const sums = new Map<string, string>();
  let done = 0;
  for (const [path, source] of files) {
    if (!isPackagePath(path)) note('damage', 'bad-path');
    const { sha256, crc32 } = await digestSource(source);
    sums.set(path, sha256);
    const stated = archive.crcs.get(path);
    if (stated !== undefined && stated !== crc32 && !archive.faults.some((fault) => fault.path === path))
      note('damage', 'archive-record-damaged', { path });
    done++;
    await options.onProgress?.(done, files.size);
  }

  const manifestFile = files.get(MANIFEST_PATH);
  const small = manifestFile !== undefined && manifestFile.size <= MAX_MANIFEST;
  const bytes = small ? await readWhole(manifestFile) : undefined;
  const manifest = bytes === undefined ? undefined : readManifest(bytes);
  const itemOf = new Map(manifest?.files.map(({ path, item }) => [path as string, item]) ?? []);
  const about = (path: string) => {
    const item = itemOf.get(path) ?? undefined;
    return item === undefined || item === null ? { path } : { path, item };
  };
  for (const { kind, path } of archive.faults)
    note('damage', `archive-${kind}`, path === undefined ? {} : about(path));
  if (bytes === undefined || manifest === undefined) {
    note('damage', manifestFile === undefined ? 'missing-file' : 'manifest-unreadable', {
      path: MANIFEST_PATH,
    });
    verifySums(files, sums, note, about, await textOf(files.get(SUMS_PATH)), new Set());
    return answer();
  }
  const digest = sha256Hex(bytes);

  await verifySignature(files.get(SIGNATURE_PATH), bytes, manifest, note);
  verifyNamed(files, sums, manifest, note, about);
  verifyItems(manifest, note);
  const log = await verifyLog(files.get(CUSTODY_PATH), manifest, note);
  await verifyStamps({ files, manifest, digest, log, roots: options.roots, note, stamps });
  const named = new Set(manifest.files.map(({ path }) => path as string));
  verifySums(files, sums, note, about, await textOf(files.get(SUMS_PATH)), named);
  if (files.has(PDF_PATH)) note('note', 'pdf-outside', { path: PDF_PATH });
  return answer({ digest, manifest });
}

async function verifySignature(
  file: ByteSource | undefined,
  bytes: Uint8Array,
  manifest: Manifest,
  note: Note,
): Promise<void> {
  const path = SIGNATURE_PATH;
  if (file === undefined) {
    note('damage', 'missing-file', { path });
    return;
  }
  const found = file.size > 100_000 ? undefined : readSignature(await readWhole(file));
  if (found === undefined) {
    note('damage', 'signature-unreadable', { path });
    return;
  }
  const { signer } = manifest;
  const same =
    found.publicKey === signer.publicKey &&
    found.fingerprint === signer.fingerprint &&
    JSON.stringify(found.keys) === JSON.stringify(signer.keys);
  const text = new TextDecoder().decode(bytes);
  const good =
    signer.keys.at(-1)?.publicKey === signer.publicKey &&
    signer.fingerprint === keyFingerprint(signer.publicKey) &&
    isSignedBy(found.publicKey, found.signature, 'reclaim manifest 1', text);
  if (!same || !good) note('damage', 'signature-wrong', { path });
}

/** Every file that the manifest names is there and as it was; nothing else is, but what can only be made after it. */
function verifyNamed(
  files: ReadonlyMap<string, ByteSource>,
  sums: ReadonlyMap<string, string>,
  manifest: Manifest,
  note: Note,
  about: (path: string) => { readonly path: string; readonly item?: string },
): void {
  const later = new Set<string>([MANIFEST_PATH, SIGNATURE_PATH, SUMS_PATH, PDF_PATH]);
  for (const { path, bytes, sha256 } of manifest.files) {
    const file = files.get(path);
    if (file === undefined) note('damage', 'missing-file', about(path));
    else if (sums.get(path) !== sha256 || file.size !== bytes) note('damage', 'changed-file', about(path));
    later.add(path);
  }
  for (const path of files.keys()) {
    const ofManifest = path.startsWith(`${STAMPS_FOLDER}${MANIFEST_STAMP}`);
    if (!later.has(path) && !ofManifest) note('damage', 'unexpected-file', { path });
  }
}

/** What the manifest says of its items agrees with itself: digests, counts, and where the bytes of each file are. */
function verifyItems(manifest: Manifest, note: Note): void {
  const named = new Map(manifest.files.map((file) => [file.path as string, file]));
  if (manifest.itemCount !== manifest.items.length) note('damage', 'count-wrong', { path: MANIFEST_PATH });
  if (manifest.totalBytes !== manifest.files.reduce((sum, { bytes }) => sum + bytes, 0))
    note('damage', 'count-wrong', { path: MANIFEST_PATH });
  for (const { digest, item, stored } of manifest.items) {
    if (itemDigest(item) !== digest) note('damage', 'item-changed', { item: item.id });
    const places = new Map(stored.map((each) => [each.sha256, each]));
    for (const { sha256, bytes, name, role } of filesOf(item)) {
      const place = places.get(sha256);
      if (place === undefined) {
        note('damage', 'item-changed', { item: item.id });
        continue;
      }
      if (place.form === 'left-out') {
        if (role !== 'original') note('warning', 'file-left-out', { item: item.id });
        else note('note', 'file-left-out', { item: item.id });
        continue;
      }
      const file = named.get(place.path);
      const wanted = place.form === 'plain' ? sha256 : place.sealedSha256;
      const end = place.form === 'plain' ? plainExtension(name) : '.age';
      const fits =
        file?.sha256 === wanted &&
        file.item === item.id &&
        place.path.endsWith(end) &&
        (place.form === 'age' || file.bytes === bytes);
      if (!fits) note('damage', 'item-changed', { item: item.id, path: place.path });
    }
    if (places.size !== filesOf(item).length) note('damage', 'item-changed', { item: item.id });
  }
}

async function verifyLog(
  file: ByteSource | undefined,
  manifest: Manifest,
  note: Note,
): Promise<CustodyReading | undefined> {
  if (file === undefined || file.size > MAX_MANIFEST) return undefined;
  const text = await textOf(file);
  const reading = verifyCustody(text ?? '', { ...manifest.custody, keys: manifest.signer.keys });
  for (const { kind, line, items } of reading.faults) {
    const level = kind === 'backwards' ? 'warning' : 'damage';
    const [item] = items;
    const where = { path: CUSTODY_PATH, number: line + 1 };
    note(level, `custody-${kind}`, item === undefined ? where : { ...where, item });
  }
  const state = itemsDigest(manifest.items.map(({ item }) => item));
  if (reading.faults.length === 0 && reading.entries.at(-1)?.state !== state)
    note('damage', 'custody-state', { path: CUSTODY_PATH, number: reading.entries.length });
  return reading;
}

/** The sums are what `sha256sum` would write; a line that differs is the file's fault or the list's. */
function verifySums(
  files: ReadonlyMap<string, ByteSource>,
  sums: ReadonlyMap<string, string>,
  note: Note,
  about: (path: string) => { readonly path: string; readonly item?: string },
  text: string | undefined,
  named: ReadonlySet<string>,
): void {
  const path = SUMS_PATH;
  if (text === undefined) {
    note('damage', files.has(path) ? 'sums-unreadable' : 'missing-file', { path });
    return;
  }
  const lines = text.split('\n');
  if (lines.pop() !== '' || lines.some((line) => !/^[0-9a-f]{64} {2}\S+$/.test(line))) {
    note('damage', 'sums-unreadable', { path });
    return;
  }
  const stated = new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
  for (const [file, sum] of sums) {
    if (file === path || stated.get(file) === sum) continue;
    // What the manifest vouches for was held against it already; of the rest the list is all there is.
    if (named.has(file) || !stated.has(file)) note('damage', 'sums-wrong', about(file));
    else note('damage', 'changed-file', about(file));
  }
  for (const file of stated.keys())
    if (!sums.has(file) && !named.has(file)) note('damage', 'missing-file', about(file));
  if (stated.size !== lines.length) note('damage', 'sums-unreadable', { path });
}

async function textOf(file: ByteSource | undefined): Promise<string | undefined> {
  if (file === undefined || file.size > MAX_MANIFEST) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readWhole(file));
  } catch {
    return undefined;
  }
}
