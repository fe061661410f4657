/**
 * The search of tests for what was planted: in everything that somebody holds who has the database, in every encoding in
 * which a program could have put it there. Words are looked for in UTF-8 and UTF-16, as they are and in other cases; words
 * and bytes in hex, in base64 and base64url (in all three ways in which a text can lie in it, lines broken or not),
 * percent-encoded and as escapes of JSON; all of it also inside of gzip, zlib, raw deflate, Brotli and Zstandard, and behind
 * one more layer of base64 or hex. `planted.test.ts` plants each and finds it.
 *
 * What it does not see: what is encrypted, which is the point, and what somebody disguised with care.
 * @module
 */

import { brotliDecompressSync, constants, inflateRawSync, zstdDecompressSync } from 'node:zlib';
import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** A place where something could lie: a cell of a table, a file, a log line. */
export type Place = { readonly where: string; readonly bytes: Uint8Array };

/** Something that was planted: a text, or bytes. */
export type Planted = string | Uint8Array;

/** What was found: which one, by its name, how it was written, and where. Never the planted text itself. */
export type Found = { readonly what: string; readonly encoding: string; readonly where: string };

/** The shortest that is looked for: anything shorter lies in noise by chance. */
export const MIN_PLANTED_BYTES = 6;

/** How much a compressed stream may grow, in bytes. */
const MAX_UNPACKED = 64 * 1024 * 1024;

type Needle = { readonly what: string; readonly encoding: string; readonly bytes: Buffer };

/**
 * Everything of `planted` that lies in `places`.
 * @throws {RangeError} for something planted that is too short to be told from noise
 */
export function findPlanted(
  places: Iterable<Place>,
  planted: Readonly<Record<string, Planted>>,
): readonly Found[] {
  const needles = Object.entries(planted).flatMap(([what, each]) => needlesOf(what, each));
  const found: Found[] = [];
  for (const { where, bytes } of places)
    for (const [layer, view] of viewsOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), 2))
      for (const { what, encoding, bytes: needle } of needles)
        if (view.includes(needle)) found.push({ what, encoding: `${layer}${encoding}`, where });
  return found;
}

/** Every cell of every table of a database: bytes as they are, everything else as JSON. */
export async function databasePlaces(db: Kysely<Tables>): Promise<readonly Place[]> {
  const places: Place[] = [];
  for (const { name, schema } of await db.introspection.getTables()) {
    if (schema !== 'public') continue;
    const rows = await db
      .selectFrom(name as 'job')
      .selectAll()
      .execute();
    for (const row of rows)
      for (const [column, value] of Object.entries(row) as [string, unknown][]) {
        if (value === null) continue;
        const bytes = Buffer.isBuffer(value)
          ? value
          : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
        places.push({ where: `${name}.${column}`, bytes });
      }
  }
  return places;
}

function needlesOf(what: string, planted: Planted): readonly Needle[] {
  const needles: Needle[] = [];
  const add = (encoding: string, bytes: Buffer | string) =>
    needles.push({ what, encoding, bytes: Buffer.from(bytes as string, 'utf8') });
  const all = (name: string, bytes: Buffer) => {
    if (bytes.length < MIN_PLANTED_BYTES) throw new RangeError(`${what}: too short to be told from noise`);
    needles.push({ what, encoding: name, bytes });
    const hex = bytes.toString('hex');
    add(`${name}, hex`, hex);
    add(`${name}, upper hex`, hex.toUpperCase());
    for (const by of [0, 1, 2]) {
      const inner = base64At(bytes, by);
      add(`${name}, base64 at ${by}`, inner);
      add(`${name}, base64url at ${by}`, inner.replaceAll('+', '-').replaceAll('/', '_'));
    }
    const percent = hex.replace(/../g, '%$&');
    add(`${name}, every byte percent-encoded`, percent);
    add(`${name}, every byte percent-encoded, upper`, percent.toUpperCase());
    add(`${name}, \\x escapes`, hex.replace(/../g, '\\x$&'));
  };
  if (typeof planted !== 'string') {
    all('bytes', Buffer.from(planted));
    return needles;
  }
  for (const [name, text] of [
    ['', planted],
    ['lower ', planted.toLowerCase()],
    ['upper ', planted.toUpperCase()],
  ] as const) {
    if (name !== '' && text === planted) continue;
    all(`${name}UTF-8`, Buffer.from(text, 'utf8'));
    const little = Buffer.from(text, 'utf16le');
    all(`${name}UTF-16LE`, little);
    all(`${name}UTF-16BE`, Buffer.from(little).swap16());
  }
  const percent = encodeURIComponent(planted);
  add('percent-encoded', percent);
  add(
    'percent-encoded, lower',
    percent.replace(/%../g, (each) => each.toLowerCase()),
  );
  add('form-encoded', percent.replaceAll('%20', '+'));
  const json = JSON.stringify(planted).slice(1, -1);
  add('JSON', json);
  add('JSON in JSON', JSON.stringify(json).slice(1, -1));
  for (const [name, whole, upper] of [
    ['JSON, escapes', false, false],
    ['JSON, upper escapes', false, true],
    ['JSON, all escapes', true, false],
    ['JSON, all upper escapes', true, true],
  ] as const)
    add(name, escaped(whole ? planted : json, whole, upper));
  return needles;
}

/** A text as escapes of JSON: of what is not ASCII alone, or of every sign. */
function escaped(text: string, whole: boolean, upper: boolean): string {
  return [...Array(text.length).keys()]
    .map((at) => text.charCodeAt(at))
    .map((code) => {
      if (!whole && code < 0x80) return String.fromCharCode(code);
      const digits = code.toString(16).padStart(4, '0');
      return `\\u${upper ? digits.toUpperCase() : digits}`;
    })
    .join('');
}

/** What of the base64 of a longer text is the same whatever stands around, where it begins `by` bytes into a group. */
function base64At(bytes: Buffer, by: number): string {
  const whole = Buffer.concat([Buffer.alloc(by), bytes]).toString('base64');
  const first = [0, 2, 3][by] ?? 0;
  const over = (by + bytes.length) % 3;
  // Of a last group that is not full the last sign also bears bits of what follows.
  return whole.slice(first, over === 0 ? undefined : whole.length - (over === 1 ? 3 : 2));
}

/** A place as it is, and as what it could be a wrapping of. */
function* viewsOf(bytes: Buffer, depth: number): Generator<readonly [layer: string, view: Buffer]> {
  yield ['', bytes];
  if (bytes.includes(0x0a)) {
    const unbroken = Buffer.from(bytes.toString('latin1').replace(/\r?\n/g, ''), 'latin1');
    yield ['lines joined, ', unbroken];
  }
  if (depth === 0) return;
  for (const [name, inner] of unpackedFrom(bytes))
    for (const [layer, view] of viewsOf(inner, depth - 1)) yield [`${name}, ${layer}`, view];
  if (bytes.length < 12) return;
  const text = bytes.toString('latin1').replace(/[\r\n"]/g, '');
  const wrapped = /^[0-9a-f]+$/i.test(text)
    ? (['hex', Buffer.from(text, 'hex')] as const)
    : /^[A-Za-z0-9+/_-]+={0,2}$/.test(text)
      ? (['base64', Buffer.from(text, 'base64')] as const)
      : undefined;
  if (wrapped !== undefined)
    for (const [layer, view] of viewsOf(wrapped[1], depth - 1)) yield [`${wrapped[0]}, ${layer}`, view];
}

/** How long the header of a gzip member is (RFC 1952, section 2.3). */
function gzipHeader(member: Buffer): number {
  const flags = member[3] ?? 0;
  let at = 10;
  if ((flags & 4) !== 0) at += 2 + (member[at] ?? 0) + 256 * (member[at + 1] ?? 0);
  for (const named of [8, 16]) if ((flags & named) !== 0) at = member.indexOf(0, at) + 1;
  return (flags & 2) !== 0 ? at + 2 : at;
}

/** Every compressed stream that begins somewhere in these bytes, unpacked; also one that ends too early. */
function* unpackedFrom(bytes: Buffer): Generator<readonly [name: string, inner: Buffer]> {
  const cut = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MAX_UNPACKED };
  const attempt = (unpack: () => Buffer): Buffer | undefined => {
    try {
      const inner = unpack();
      return inner.length === 0 ? undefined : inner;
    } catch {
      // It only looked like one.
      return undefined;
    }
  };
  for (let at = 0; at + 4 < bytes.length; at++) {
    const first = bytes[at]!;
    const rest = bytes.subarray(at);
    if (first === 0x1f && bytes[at + 1] === 0x8b && bytes[at + 2] === 8) {
      // By its deflated part alone: what stands behind a member would be read as the next one, and refused.
      const inner = attempt(() => inflateRawSync(rest.subarray(gzipHeader(rest)), cut));
      if (inner !== undefined) yield ['gzip', inner];
    } else if ((first & 0x0f) === 8 && first <= 0x78 && ((first << 8) | bytes[at + 1]!) % 31 === 0) {
      const inner = attempt(() => inflateRawSync(rest.subarray(2), cut));
      if (inner !== undefined) yield ['zlib', inner];
      // Only where it ends the place: what stands behind a frame is refused.
    } else if (first === 0x28 && rest.readUInt32LE(0) === 0xfd2fb528) {
      const inner = attempt(() => zstdDecompressSync(rest, { maxOutputLength: MAX_UNPACKED }));
      if (inner !== undefined) yield ['zstd', inner];
    }
  }
  // These have no sign of their own: only where a place is nothing else.
  const raw = attempt(() => inflateRawSync(bytes, cut));
  if (raw !== undefined) yield ['deflate', raw];
  const brotli = attempt(() => brotliDecompressSync(bytes, { maxOutputLength: MAX_UNPACKED }));
  if (brotli !== undefined) yield ['brotli', brotli];
}
