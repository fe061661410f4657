/**
 * Reads the archive of a package, and nothing else: only the one form that `zip-layout.ts` writes is accepted, and each
 * way in which a file differs from it is named. No byte of a file is trusted before its place was checked, nothing is
 * unfolded, and what is read is never more than the directory and the file that is asked for.
 *
 * A package that somebody unpacked and packed again with another program is not damaged; its folder can be verified.
 * @module
 */

import type { ByteSource } from './file-digest.ts';
import { isPackagePath, MAX_PATH } from './package-path.ts';
import {
  directoryBytes,
  END_BYTES,
  inOrder,
  LOCAL_BYTES,
  layOut,
  localHead,
  MAX_ENTRIES,
  MAX_PACKAGE_BYTES,
  RECORD_BYTES,
  type ZipEntry,
  type ZipLayout,
} from './zip-layout.ts';

/**
 * What is wrong with an archive. `not-a-zip`: no end of an archive where it belongs. `truncated`: it points to bytes that
 * are not there. `too-large`, `too-many`: beyond the limits. `bad-path`: a name that no package has (`..`, a slash in
 * front, a device). `repeated-path`. `compressed`: packed again by another program. `out-of-order`. `record-damaged`,
 * `head-damaged`: bytes of the directory, or before a file, are not what they must be. `slack`: bytes that belong to
 * nothing.
 */
export type ZipFault = {
  readonly kind:
    | 'not-a-zip'
    | 'truncated'
    | 'too-large'
    | 'too-many'
    | 'bad-path'
    | 'repeated-path'
    | 'compressed'
    | 'out-of-order'
    | 'record-damaged'
    | 'head-damaged'
    | 'slack';
  /** The file it is about, where there is one with a good name. */
  readonly path?: string;
};

/** The archive's layout, with every fault that does not keep it from being read; or the one that does. */
export type ZipOpening =
  | { readonly ok: true; readonly layout: ZipLayout; readonly faults: readonly ZipFault[] }
  | { readonly ok: false; readonly fault: ZipFault };

/** Opens an archive. Never throws for what the bytes are. */
export async function openZip(source: ByteSource): Promise<ZipOpening> {
  if (source.size > MAX_PACKAGE_BYTES) return refuse('too-large');
  if (source.size < END_BYTES) return refuse('not-a-zip');
  const end = view(await source.read(source.size - END_BYTES, source.size));
  if (end.byteLength !== END_BYTES) return refuse('truncated');
  // Cut at the end, or comments after it: the end is not where a package has it.
  if (end.getUint32(0, true) !== 0x06054b50)
    return refuse((await beginsAsZip(source)) ? 'truncated' : 'not-a-zip');
  const count = end.getUint16(10, true);
  const length = end.getUint32(12, true);
  const start = end.getUint32(16, true);
  if (count > MAX_ENTRIES || length > MAX_ENTRIES * (RECORD_BYTES + MAX_PATH)) return refuse('too-many');
  if (start + length + END_BYTES > source.size) return refuse('truncated');
  if (start + length + END_BYTES < source.size) return refuse('slack');
  const records = readDirectory(await source.read(start, start + length), count);
  if (!records.ok) return records;
  const { entries } = records;
  const faults: ZipFault[] = [];
  const names = entries.map(({ path }) => path.toLowerCase());
  const repeated = entries.find((_, at) => names.indexOf(names[at]!) !== at);
  if (repeated !== undefined) return refuse('repeated-path', repeated.path);
  const sorted = inOrder(entries);
  const moved = entries.find((entry, at) => sorted[at] !== entry);
  if (moved !== undefined) return refuse('out-of-order', moved.path);
  const total = entries.reduce((sum, { bytes, path }) => sum + bytes + LOCAL_BYTES + path.length, 0);
  if (total > start) return refuse('truncated');
  if (total < start) return refuse('slack');
  const layout = layOut(entries);
  // Everything that a package may say in its directory follows from names, sizes and sums: one comparison finds the rest.
  const wanted = directoryBytes(layout);
  const found = await source.read(layout.directory, layout.size);
  let at = 0;
  for (const { entry } of layout.places) {
    const size = RECORD_BYTES + entry.path.length;
    if (!same(wanted, found, at, at + size)) faults.push({ kind: 'record-damaged', path: entry.path });
    at += size;
  }
  if (!same(wanted, found, at, wanted.length)) faults.push({ kind: 'record-damaged' });
  for (const place of layout.places) {
    const head = localHead(place);
    const there = await source.read(place.head, place.data);
    if (!same(head, there, 0, head.length)) faults.push({ kind: 'head-damaged', path: place.entry.path });
  }
  return { ok: true, layout, faults };
}

/** The bytes of one file of an archive, as a source of its own. */
export function entrySource(
  source: ByteSource,
  { data, entry }: { readonly data: number; readonly entry: ZipEntry },
): ByteSource {
  return {
    size: entry.bytes,
    read: (start, end) => source.read(data + start, data + Math.min(end, entry.bytes)),
  };
}

function readDirectory(
  bytes: Uint8Array,
  count: number,
):
  | { readonly ok: true; readonly entries: readonly ZipEntry[] }
  | { readonly ok: false; readonly fault: ZipFault } {
  const fields = view(bytes);
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let n = 0; n < count; n++) {
    if (at + RECORD_BYTES > bytes.length) return refuse('truncated');
    if (fields.getUint32(at, true) !== 0x02014b50) return refuse('record-damaged');
    const named = fields.getUint16(at + 28, true);
    const next = at + RECORD_BYTES + named;
    if (next > bytes.length) return refuse('truncated');
    const path = new TextDecoder('latin1').decode(bytes.subarray(at + RECORD_BYTES, next));
    if (!isPackagePath(path)) return refuse('bad-path');
    if (fields.getUint16(at + 10, true) !== 0) return refuse('compressed', path);
    const size = fields.getUint32(at + 24, true);
    if (fields.getUint32(at + 20, true) !== size) return refuse('record-damaged', path);
    entries.push({ path, bytes: size, crc32: fields.getUint32(at + 16, true) });
    at = next;
  }
  return at === bytes.length ? { ok: true, entries } : refuse('slack');
}

async function beginsAsZip(source: ByteSource): Promise<boolean> {
  const head = await source.read(0, 4);
  return head.length === 4 && view(head).getUint32(0, true) === 0x04034b50;
}

function same(a: Uint8Array, b: Uint8Array, from: number, to: number): boolean {
  if (b.length < to) return false;
  for (let at = from; at < to; at++) if (a[at] !== b[at]) return false;
  return true;
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function refuse(kind: ZipFault['kind'], path?: string): { readonly ok: false; readonly fault: ZipFault } {
  return { ok: false, fault: path === undefined ? { kind } : { kind, path } };
}
