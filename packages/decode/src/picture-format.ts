/**
 * Which format a file is, by its first bytes alone. Names and media types are what the sender claims; they are never
 * looked at, so a mislabelled file cannot choose its decoder.
 *
 * Signatures after the WHATWG MIME Sniffing Standard (section 6.1, images) and, for AVIF, ISO/IEC 14496-12 `ftyp`
 * brands with the AV1 Image File Format's `avif` and `avis`.
 * @module
 */

/** The formats that we read. */
export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'tiff';

/** What the first bytes say: a format that we read, a known format that we refuse, or nothing that is a picture. */
export type Sniffed =
  | { readonly kind: 'readable'; readonly format: PictureFormat }
  | { readonly kind: 'unsupported' }
  | { readonly kind: 'unknown' };

const UNSUPPORTED: Sniffed = { kind: 'unsupported' };
const UNKNOWN: Sniffed = { kind: 'unknown' };

/** Signatures at byte 0 of the formats that we read, as Latin-1 text. */
const READABLE: readonly (readonly [string, PictureFormat])[] = [
  ['\xff\xd8\xff', 'jpeg'],
  ['\x89PNG\r\n\x1a\n', 'png'],
  ['GIF87a', 'gif'],
  ['GIF89a', 'gif'],
  ['II*\0', 'tiff'],
  ['MM\0*', 'tiff'],
  ['II+\0', 'tiff'],
  ['MM\0+', 'tiff'],
];

/**
 * Signatures at byte 0 of pictures and documents that we know and refuse: each is either read by no loader that we
 * allow, or is a language (SVG, PDF, PostScript) whose interpreter has no place behind a public door.
 */
const REFUSED: readonly string[] = [
  'BM',
  '\0\0\x01\0',
  '\0\0\x02\0',
  '8BPS',
  '%PDF-',
  '%!PS',
  '\xff\x0a',
  '\0\0\0\x0cJXL ',
  '\0\0\0\x0cjP  ',
  '\xff\x4f\xff\x51',
  'v/1\x01',
  'qoif',
  '#?RADIANCE',
  'SIMPLE  =',
  '\x1aE\xdf\xa3',
];

/** The first bytes of `bytes` as Latin-1, so that signatures read as text. */
export function latin1(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (const byte of bytes.subarray(from, to)) text += String.fromCharCode(byte);
  return text;
}

/** The brands of a leading ISO media `ftyp` box, the major one first; none when there is no such box. */
export function isoBrands(bytes: Uint8Array): string[] {
  if (bytes.length < 12 || latin1(bytes, 4, 8) !== 'ftyp') return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = Math.min(view.getUint32(0), bytes.length, 256);
  const brands = [latin1(bytes, 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(latin1(bytes, at, at + 4));
  return brands;
}

/** Tells the format of a file from its content. */
export function sniffPicture(bytes: Uint8Array): Sniffed {
  const head = latin1(bytes, 0, 16);
  for (const [signature, format] of READABLE) {
    if (head.startsWith(signature)) return { kind: 'readable', format };
  }
  if (head.startsWith('RIFF')) {
    return head.startsWith('WEBP', 8) ? { kind: 'readable', format: 'webp' } : UNSUPPORTED;
  }
  const brands = isoBrands(bytes);
  // An AVIF may put `mif1` or `miaf` first; HEIC and films share the box and bear neither AVIF brand.
  if (brands.includes('avif') || brands.includes('avis')) return { kind: 'readable', format: 'avif' };
  if (brands.length > 0 || REFUSED.some((signature) => head.startsWith(signature))) return UNSUPPORTED;
  // Portable anymaps: 'P1'..'P7' and white space.
  if (/^P[1-7][\s#]/.test(head)) return UNSUPPORTED;
  const opening = latin1(bytes, 0, 512)
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .toLowerCase();
  return /^<(\?xml|svg|!doctype|!--|html)/.test(opening) ? UNSUPPORTED : UNKNOWN;
}
