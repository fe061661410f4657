/**
 * Foreign image bytes to pixels, inside limits.
 *
 * Mode `oriented` (every door): the EXIF orientation is applied; colours are brought to 8-bit sRGB by the embedded ICC
 * profile (CMYK without one by a generic press profile); palettes are expanded; alpha is laid over white, as a page
 * shows it; of an animation or a many-paged file the first frame is taken. Mode `reference` (conformance only) is what
 * PDQ's reference programs see: no EXIF orientation, no colour management, alpha dropped. Either way RGB comes out,
 * three channels, never fewer. AVIF's own `irot`/`imir` boxes are applied in both: they are part of the picture.
 *
 * On damage: a browser still shows a JPEG or PNG whose tail is missing, so refusing it would open a way past the door.
 * It is decoded strictly first; when that fails, tolerantly, with `damaged: true`. `truncated-or-damaged` is left for
 * what gives no picture at all. No refusal means "clean": a caller who cannot see a picture must not let it through.
 * @module
 */

import { availableParallelism } from 'node:os';
import { type Pixels, parsePixels } from '@reclaim/raster/pixels';
import sharp, { type Metadata } from 'sharp';
import { type DecodeLimits, parseDecodeLimits } from './decode-limits.ts';
import { DecodeSlots, TOO_SLOW } from './decode-slots.ts';
import { countFrames } from './frame-count.ts';
import { type PictureFormat, sniffPicture } from './picture-format.ts';

// libvips can open SVG, PDF and more, each a parser of hostile input: only these six may run in this process.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegBuffer',
    'VipsForeignLoadPngBuffer',
    'VipsForeignLoadWebpBuffer',
    'VipsForeignLoadHeifBuffer',
    'VipsForeignLoadNsgifBuffer',
    'VipsForeignLoadTiffBuffer',
  ],
});
// No picture of a person may linger in a cache of the process; and one decode takes one core.
sharp.cache(false);
sharp.concurrency(1);

/** How many pictures are decoded at once in this process; at the default limits each may need 300 MB for its pixels. */
export const DECODES_AT_ONCE = Math.min(4, availableParallelism());

/** How many more may wait for a decoder; beyond it the answer is `too-slow` at once. */
export const DECODES_WAITING = 64;

const slots = new DecodeSlots(DECODES_AT_ONCE, DECODES_WAITING);

/** What is laid under transparent pixels. */
const PAPER = '#ffffff';

/** The EXIF orientation, 1 = as stored (also when the file states none, or garbage). */
export type ExifOrientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** Why there is no picture. `too-many-pixels` speaks of the area, of a side and of the frames alike. */
export type DecodeRefusal =
  | 'empty'
  | 'not-an-image'
  | 'unsupported-format'
  | 'truncated-or-damaged'
  | 'too-many-bytes'
  | 'too-many-pixels'
  | 'too-slow';

/** A decoded picture and what its file said of itself. */
export type DecodedImage = {
  readonly ok: true;
  /** RGB, in the orientation that the mode asks for. */
  readonly pixels: Pixels;
  readonly format: PictureFormat;
  /** What EXIF stated; applied already in mode `oriented`. */
  readonly orientation: ExifOrientation;
  /**
   * Frames or pages in the file, of which only the first was decoded. Above 1 the file can show something else than
   * `pixels`, so a door must not take it for checked.
   */
  readonly pages: number;
  /** The file broke off or has errors, and programs may disagree about what it shows: hold it for review. */
  readonly damaged: boolean;
};

/** A picture, or the reason why not. */
export type DecodeOutcome = DecodedImage | { readonly ok: false; readonly reason: DecodeRefusal };

/** How to decode. */
export type DecodeOptions = {
  /** `oriented` unless said otherwise. */
  readonly mode?: 'oriented' | 'reference';
  /** In place of single numbers of `DECODE_LIMITS`. */
  readonly limits?: Partial<DecodeLimits>;
};

function refuse(reason: DecodeRefusal): DecodeOutcome {
  return { ok: false, reason };
}

/**
 * Decodes a file of unknown origin. Never rejects because of what the bytes are; the answer comes within
 * `limits.timeMs` even when the decoder hangs. `bytes` must not be changed before the answer (they are not copied).
 * @throws {TypeError} (as a rejection) for bytes that are not a Uint8Array
 * @throws {RangeError} (as a rejection) for limits that are not positive integers
 */
export async function decodeImage(bytes: Uint8Array, options: DecodeOptions = {}): Promise<DecodeOutcome> {
  if (!(bytes instanceof Uint8Array)) throw new TypeError('decode: expected bytes as Uint8Array');
  const limits = parseDecodeLimits(options.limits);
  if (bytes.length === 0) return refuse('empty');
  if (bytes.length > limits.fileBytes) return refuse('too-many-bytes');
  const sniffed = sniffPicture(bytes);
  if (sniffed.kind === 'unknown') return refuse('not-an-image');
  if (sniffed.kind === 'unsupported') return refuse('unsupported-format');
  const outcome = await slots.run(limits.timeMs, (leftMs) =>
    decodeSniffed(bytes, sniffed.format, options.mode ?? 'oriented', limits, leftMs),
  );
  return outcome === TOO_SLOW ? refuse('too-slow') : outcome;
}

async function decodeSniffed(
  bytes: Uint8Array,
  format: PictureFormat,
  mode: 'oriented' | 'reference',
  limits: DecodeLimits,
  leftMs: () => number,
): Promise<DecodeOutcome> {
  const frames = countFrames(bytes, format, limits.frames);
  if (frames > limits.frames) return refuse('too-many-pixels');
  let header: Metadata;
  try {
    // The size is judged from the header, by us, before anything of that size is allocated.
    header = await sharp(bytes, { failOn: 'none', limitInputPixels: false }).metadata();
  } catch {
    return refuse('truncated-or-damaged');
  }
  // An `avif` brand around HEVC, or a loader that another magic number led to: not what it claims to be.
  if (header.format !== (format === 'avif' ? 'heif' : format)) return refuse('unsupported-format');
  if (format === 'avif' && header.compression !== 'av1') return refuse('unsupported-format');
  const pixelLimit = format === 'avif' ? Math.min(limits.avifPixels, limits.pixels) : limits.pixels;
  if (Math.max(header.width, header.height) > limits.side) return refuse('too-many-pixels');
  if (header.width * header.height > pixelLimit) return refuse('too-many-pixels');

  for (const failOn of ['error', 'none'] as const) {
    const left = leftMs();
    if (left <= 0) return refuse('too-slow');
    const pixels = await readPixels(bytes, header, mode, failOn, pixelLimit, left);
    if (pixels === undefined) continue;
    return {
      ok: true,
      pixels,
      format,
      orientation: orientationOf(header),
      pages: Math.max(header.pages ?? 1, frames),
      damaged: failOn === 'none',
    };
  }
  return refuse(leftMs() <= 0 ? 'too-slow' : 'truncated-or-damaged');
}

/** One pass of the decoder; undefined when it gives up, be it for the bytes or for the time. */
async function readPixels(
  bytes: Uint8Array,
  header: Metadata,
  mode: 'oriented' | 'reference',
  failOn: 'error' | 'none',
  limitInputPixels: number,
  leftMs: number,
): Promise<Pixels | undefined> {
  const reference = mode === 'reference';
  const image = sharp(bytes, { failOn, limitInputPixels, ignoreIcc: reference, autoOrient: !reference })
    .timeout({ seconds: Math.ceil(leftMs / 1000) })
    .toColourspace('srgb');
  if (reference) image.removeAlpha();
  else image.flatten({ background: PAPER });
  // Of 16-bit RGB with a profile sharp makes Display-P3, not sRGB: one further step brings it home. It must not run
  // without an embedded profile, where the numbers are sRGB already.
  if (!reference && header.space === 'rgb16' && header.hasProfile) image.withIccProfile('srgb');
  try {
    const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
    return parsePixels(
      new Uint8Array(data.buffer, data.byteOffset, data.length),
      info.width,
      info.height,
      info.channels,
    );
  } catch {
    return undefined;
  }
}

/** EXIF may hold any number: what is not 1..8 means "as stored", as libvips and browsers take it. */
function orientationOf(header: Metadata): ExifOrientation {
  const stated = header.orientation;
  return stated !== undefined && Number.isInteger(stated) && stated >= 1 && stated <= 8
    ? (stated as ExifOrientation)
    : 1;
}
