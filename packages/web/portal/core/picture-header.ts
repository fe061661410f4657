/**
 * What a picture file says of itself before anything is decoded: its format, its size in pixels, and whether it holds
 * more than one frame. A picture of 300 megapixels is refused here, on a phone that could not hold it.
 *
 * Formats are told by content, never by name. JPEG: ITU-T T.81 (SOF markers). PNG: ISO/IEC 15948 (IHDR, acTL). WebP:
 * RFC 9649 (VP8, VP8L, VP8X). AVIF and HEIC: ISO/IEC 23008-12 (`ispe`). GIF89a. The size is that of the stored rows and
 * columns: an orientation may swap the two, and the area is the same.
 * @module
 */

/** The formats that the portal reads. */
export type HeaderFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'heic' | 'gif';

/** What the header says; `size` is absent where it could not be found: the decoder will judge. */
export type PictureHeader =
  | {
      readonly ok: true;
      readonly format: HeaderFormat;
      readonly size?: { readonly width: number; readonly height: number };
      /** Another frame or picture is in the file, which the fingerprint will not see. */
      readonly frames: boolean;
    }
  | { readonly ok: false; readonly reason: 'empty' | 'not-an-image' | 'unsupported-format' };

/** Media types for the browser's decoder, which is told what the content is and not what the name says. */
export const MEDIA_TYPES: Readonly<Record<HeaderFormat, string>> = Object.freeze({
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  avif: 'image/avif',
  heic: 'image/heic',
  gif: 'image/gif',
});

/** Brands of an ISO `ftyp` box. */
const AVIF_BRANDS = ['avif', 'avis'];
const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs'];

/** Other kinds of files that a person might take for a picture, as Latin-1 at byte 0. */
const KNOWN_OTHERS: readonly string[] = [
  'BM',
  'II*\0',
  'MM\0*',
  '8BPS',
  '%PDF-',
  '\xff\x0a',
  '\0\0\0\x0cJXL ',
  '\0\0\0\x0cjP  ',
  'PK\x03\x04',
  '\x1aE\xdf\xa3',
  '\0\0\x01\0',
  'RIFF',
];

/** Reads the header of a file. Never throws for what the bytes are. */
export function readHeader(bytes: Uint8Array): PictureHeader {
  if (bytes.length === 0) return { ok: false, reason: 'empty' };
  const head = latin1(bytes, 0, 40);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (head.startsWith('\xff\xd8\xff')) return found('jpeg', jpegSize(view));
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return found('png', pngSize(view), pngMoves(view));
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a'))
    return found('gif', gifSize(view), gifMoves(bytes));
  if (head.startsWith('RIFF') && head.startsWith('WEBP', 8))
    return found(
      'webp',
      webpSize(view),
      head.startsWith('VP8X', 12) && bytes.length > 20 && (bytes[20]! & 2) !== 0,
    );
  if (head.startsWith('ftyp', 4)) {
    const end = Math.min(view.getUint32(0), bytes.length, 256);
    const brands = [head.slice(8, 12)];
    for (let at = 16; at + 4 <= end; at += 4) brands.push(latin1(bytes, at, at + 4));
    if (brands.some((brand) => AVIF_BRANDS.includes(brand)))
      return found('avif', isoSize(view), brands.includes('avis'));
    if (brands.some((brand) => HEIC_BRANDS.includes(brand)))
      return found('heic', isoSize(view), brands.includes('hevc'));
    return { ok: false, reason: 'unsupported-format' };
  }
  const known =
    KNOWN_OTHERS.some((start) => head.startsWith(start)) || /^\W*<(\?xml|svg|!doctype|html)/i.test(head);
  return { ok: false, reason: known ? 'unsupported-format' : 'not-an-image' };
}

type Size = { readonly width: number; readonly height: number } | undefined;

function found(format: HeaderFormat, size: Size, frames = false): PictureHeader {
  return { ok: true, format, frames, ...(size === undefined ? {} : { size }) };
}

function sizeOf(width: number, height: number): Size {
  return width > 0 && height > 0 ? { width, height } : undefined;
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (const byte of bytes.subarray(from, to)) text += String.fromCharCode(byte);
  return text;
}

/** Walks the segments to the first frame header. A thumbnail lies inside an APP segment and is passed over with it. */
function jpegSize(view: DataView): Size {
  for (let at = 2; at + 9 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at++;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return sizeOf(view.getUint16(at + 7), view.getUint16(at + 5));
    else if (marker === 0xda || marker === 0xd9) return undefined;
    else at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

function gifSize(view: DataView): Size {
  return view.byteLength >= 10 ? sizeOf(view.getUint16(6, true), view.getUint16(8, true)) : undefined;
}

/** Whether there is a second graphic control block: seen by its signature, so now and then where there is none. */
function gifMoves(bytes: Uint8Array): boolean {
  let blocks = 0;
  for (let at = bytes.indexOf(0x21); at >= 0 && at + 2 < bytes.length; at = bytes.indexOf(0x21, at + 1))
    if (bytes[at + 1] === 0xf9 && bytes[at + 2] === 4 && ++blocks > 1) return true;
  return false;
}

function pngSize(view: DataView): Size {
  return view.byteLength >= 24 ? sizeOf(view.getUint32(16), view.getUint32(20)) : undefined;
}

/** Whether the file is an animated PNG: an acTL chunk stands before the first IDAT. */
function pngMoves(view: DataView): boolean {
  for (let at = 8; at + 12 <= view.byteLength; ) {
    const name = view.getUint32(at + 4);
    if (name === 0x6163544c) return true;
    if (name === 0x49444154) return false;
    at += 12 + view.getUint32(at);
  }
  return false;
}

function webpSize(view: DataView): Size {
  if (view.byteLength < 30) return undefined;
  const kind = view.getUint32(12);
  const three = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536;
  if (kind === 0x56503858) return sizeOf(three(24) + 1, three(27) + 1);
  if (kind === 0x5650384c) {
    const bits = view.getUint32(21, true);
    return sizeOf((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
  }
  if (kind === 0x56503820)
    return sizeOf(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
  return undefined;
}

/** The largest `ispe` in the item properties: a grid's own size and not that of its tiles. */
function isoSize(view: DataView): Size {
  let largest: Size;
  // meta is a full box: four bytes of version and flags precede its children.
  for (const meta of boxes(view, 0, view.byteLength, 'meta'))
    for (const iprp of boxes(view, meta.from + 4, meta.to, 'iprp'))
      for (const ipco of boxes(view, iprp.from, iprp.to, 'ipco'))
        for (const ispe of boxes(view, ipco.from, ipco.to, 'ispe')) {
          if (ispe.from + 12 > ispe.to) continue;
          const size = sizeOf(view.getUint32(ispe.from + 4), view.getUint32(ispe.from + 8));
          if (size && (!largest || size.width * size.height > largest.width * largest.height)) largest = size;
        }
  return largest;
}

/** The boxes of one name between two places, with where their content begins and ends. Stops at the first odd length. */
function boxes(view: DataView, start: number, end: number, name: string): { from: number; to: number }[] {
  const met: { from: number; to: number }[] = [];
  for (let at = start; at + 8 <= end; ) {
    const stated = view.getUint32(at);
    let from = at + 8;
    let length = stated === 0 ? end - at : stated;
    if (stated === 1) {
      if (at + 16 > end) break;
      length = Number(view.getBigUint64(at + 8));
      from += 8;
    }
    if (length < from - at || length > end - at) break;
    let called = '';
    for (let i = 4; i < 8; i++) called += String.fromCharCode(view.getUint8(at + i));
    if (called === name) met.push({ from, to: at + length });
    at += length;
  }
  return met;
}
