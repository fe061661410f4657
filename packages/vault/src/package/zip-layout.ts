/**
 * The zip archive of a package, laid out so that one list of files has exactly one form: files in the order of their
 * names, stored and never compressed, one fixed time, no extra fields, no comments (APPNOTE 6.3.10, §4.3).
 *
 * Stored, because nothing can then unfold into more than it is, a verifier needs no decompressor, and the browser joins
 * the archive from the files of the disk without reading them into memory. The bytes of the head of each file and of the
 * directory follow from names, sizes and CRC-32 alone; so a verifier lays the archive out anew and compares.
 * @module
 */

import type { PackagePath } from './package-path.ts';

/** A file of the archive. */
export type ZipEntry = { readonly path: PackagePath; readonly bytes: number; readonly crc32: number };

/** Files in a package, at most. */
export const MAX_ENTRIES = 4_000;

/** Bytes of a package, at most: beyond it the archive would need the longer form that old programs cannot read. */
export const MAX_PACKAGE_BYTES = 0xffff_0000;

/** Bytes of the head before a file, its name aside; of its record in the directory; of the end of the archive. */
export const LOCAL_BYTES = 30;
/** Bytes of a record in the directory, its name aside. */
export const RECORD_BYTES = 46;
/** Bytes of the end of the archive. */
export const END_BYTES = 22;

/** 1 January 1980, midnight: the first moment that the format knows (§4.4.6). */
const DOS_DATE = 0x0021;

/** Where a file's head begins, and where its bytes do. */
export type ZipPlace = { readonly entry: ZipEntry; readonly head: number; readonly data: number };

/** A layout: the places of the files, the directory, and the size of the whole. */
export type ZipLayout = {
  readonly places: readonly ZipPlace[];
  readonly directory: number;
  readonly size: number;
};

/** Files in the order in which a package has them: by the code units of their paths. */
export function inOrder<T extends { readonly path: string }>(entries: readonly T[]): readonly T[] {
  return [...entries].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/**
 * Lays the archive out.
 * @throws {RangeError} for more than 4,000 files, more than 4 GiB, or two files whose names differ by case alone
 */
export function layOut(entries: readonly ZipEntry[]): ZipLayout {
  if (entries.length > MAX_ENTRIES) throw new RangeError(`package: expected at most ${MAX_ENTRIES} files`);
  if (new Set(entries.map(({ path }) => path.toLowerCase())).size !== entries.length)
    throw new RangeError('package: expected every name once');
  const places: ZipPlace[] = [];
  let at = 0;
  for (const entry of inOrder(entries)) {
    const data = at + LOCAL_BYTES + entry.path.length;
    places.push({ entry, head: at, data });
    at = data + entry.bytes;
  }
  const directory = at;
  const size = places.reduce((sum, { entry }) => sum + RECORD_BYTES + entry.path.length, at) + END_BYTES;
  if (size > MAX_PACKAGE_BYTES) throw new RangeError('package: expected less than 4 GiB');
  return { places, directory, size };
}

/** The head that stands before a file's bytes. */
export function localHead({ entry }: ZipPlace): Uint8Array<ArrayBuffer> {
  const { bytes, view, name } = begin(LOCAL_BYTES, entry);
  view.setUint32(0, 0x04034b50, true);
  common(view, 4, entry);
  view.setUint16(26, name.length, true);
  bytes.set(name, LOCAL_BYTES);
  return bytes;
}

/** The directory and the end of the archive. */
export function directoryBytes({ places, directory, size }: ZipLayout): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(size - directory);
  let at = 0;
  for (const { entry, head } of places) {
    const { bytes, view, name } = begin(RECORD_BYTES, entry);
    view.setUint32(0, 0x02014b50, true);
    // Made by version 2.0, on a system whose attributes mean nothing (0: FAT).
    view.setUint16(4, 20, true);
    common(view, 6, entry);
    view.setUint16(28, name.length, true);
    view.setUint32(42, head, true);
    bytes.set(name, RECORD_BYTES);
    all.set(bytes, at);
    at += bytes.length;
  }
  const end = new DataView(all.buffer, at);
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, places.length, true);
  end.setUint16(10, places.length, true);
  end.setUint32(12, at, true);
  end.setUint32(16, directory, true);
  return all;
}

function begin(fixed: number, entry: ZipEntry) {
  const name = new TextEncoder().encode(entry.path);
  const bytes = new Uint8Array(fixed + name.length);
  return { bytes, view: new DataView(bytes.buffer), name };
}

/** The fields that head and record share, from "version needed" to the sizes (§4.3.7, §4.3.12). */
function common(view: DataView, at: number, { bytes, crc32 }: ZipEntry): void {
  view.setUint16(at, 20, true);
  view.setUint16(at + 2, 0, true);
  view.setUint16(at + 4, 0, true);
  view.setUint16(at + 6, 0, true);
  view.setUint16(at + 8, DOS_DATE, true);
  view.setUint32(at + 10, crc32, true);
  view.setUint32(at + 14, bytes, true);
  view.setUint32(at + 18, bytes, true);
}
