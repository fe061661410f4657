/**
 * The signals of one picture's file as the commands show them, and the words for why there are fewer than hoped.
 *
 * `oriented` is what is banked and asked (EXIF orientation applied, sRGB). `reference` decodes as PDQ's own programs
 * do and is for comparing with published hashes: such a hash is shown whatever its quality, and must not be banked.
 * @module
 */

import { type DecodeRefusal, decodeImage } from '@reclaim/decode/decode-image';
import { type NoPdqReason, pdqSignalOf } from '@reclaim/fingerprint/fingerprint';
import { MIN_QUALITY, MIN_SIDE, pdq, pdqOrientations, REFERENCE_PIPELINE } from '@reclaim/fingerprint/pdq';
import { sha256 } from '@reclaim/fingerprint/sha256';
import type { PdqHash, Sha256 } from '@reclaim/fingerprint/signal';
import type { Pixels } from '@reclaim/raster/pixels';

/** How the picture is decoded. */
export type PictureMode = 'oriented' | 'reference';

/** A PDQ hash to use, or why a decoded picture has none. `quality` is 0..100. */
export type PicturePdq =
  | { readonly kind: 'hash'; readonly value: PdqHash; readonly quality: number; readonly pipeline: string }
  | { readonly kind: 'none'; readonly reason: NoPdqReason; readonly quality: number };

/** What one file gave. `sha256` is there whatever the file is. */
export type PictureSignals = {
  readonly sha256: Sha256;
  readonly pdq: PicturePdq | { readonly kind: 'not-decoded'; readonly reason: DecodeRefusal };
  /** What was odd about the file: it broke off, or it holds further frames that were not looked at. */
  readonly oddities: readonly ('damaged' | 'more-frames')[];
  /** The hashes of all eight ways to turn the picture, upright first; none without a PDQ hash. */
  readonly orientations: () => readonly PdqHash[];
  /** The decoded picture; none where it could not be decoded. */
  readonly pixels: Pixels | undefined;
};

/** The signals of a file's bytes. Never rejects for what the bytes are. */
export async function pictureSignals(
  bytes: Uint8Array<ArrayBuffer>,
  mode: PictureMode,
): Promise<PictureSignals> {
  const digest = await sha256(bytes);
  const decoded = await decodeImage(bytes, { mode });
  if (!decoded.ok) {
    const pdq = { kind: 'not-decoded', reason: decoded.reason } as const;
    return { sha256: digest, pdq, oddities: [], orientations: () => [], pixels: undefined };
  }
  const found = pdqOf(decoded.pixels, mode);
  return {
    sha256: digest,
    pdq: found,
    oddities: [
      ...(decoded.damaged ? (['damaged'] as const) : []),
      ...(decoded.pages > 1 ? (['more-frames'] as const) : []),
    ],
    orientations: () => (found.kind === 'hash' ? pdqOrientations(decoded.pixels).hashes : []),
    pixels: decoded.pixels,
  };
}

function pdqOf(pixels: Pixels, mode: PictureMode): PicturePdq {
  // The doors' own rules: what is shown here as usable is what a service would take.
  const outcome = pdqSignalOf(pixels);
  if (mode === 'reference' && (outcome.ok || outcome.reason !== 'too-small')) {
    const { hash, quality } = pdq(pixels);
    return { kind: 'hash', value: hash, quality, pipeline: REFERENCE_PIPELINE };
  }
  if (!outcome.ok) return { kind: 'none', reason: outcome.reason, quality: outcome.quality };
  const { value, quality, pipeline } = outcome.signal;
  return { kind: 'hash', value, quality, pipeline };
}

/** Why there is no PDQ hash, as the end of a sentence. */
export function reasonInWords(reason: NoPdqReason | DecodeRefusal): string {
  switch (reason) {
    case 'too-small':
      return `the picture is smaller than ${MIN_SIDE} by ${MIN_SIDE} pixels`;
    case 'blank':
      return 'the picture is blank, or mere stripes or symmetry';
    case 'low-quality':
      return `the picture has too little detail (quality under ${MIN_QUALITY})`;
    case 'empty':
      return 'the file is empty';
    case 'not-an-image':
      return 'this is not an image';
    case 'unsupported-format':
      return 'this format is not read (JPEG, PNG, WebP, AVIF, GIF and TIFF are)';
    case 'truncated-or-damaged':
      return 'the image is cut off or damaged';
    case 'too-many-bytes':
      return 'the file is larger than 64 MiB';
    case 'too-many-pixels':
      return 'the picture has more pixels or frames than are decoded';
    case 'too-slow':
      return 'decoding took too long';
    default: {
      const never: never = reason;
      return never;
    }
  }
}

/** What was odd about a file, as a sentence. */
export function oddityInWords(oddity: PictureSignals['oddities'][number]): string {
  return oddity === 'damaged'
    ? 'the file is damaged: other programs may show something else'
    : 'the file holds further frames or pages that were not looked at';
}
