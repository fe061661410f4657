/**
 * The media type to serve a stored picture with, by its bytes and never by what its sender claimed.
 * @module
 */

import { sniffPicture } from '@reclaim/decode/picture-format';

/** The types that browsers show in an `img`, of those that can be checked at all (TIFF can, and is not shown). */
export const SHOWN_MEDIA_TYPES = Object.freeze([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/avif',
  'image/gif',
] as const);

/** One of them. */
export type ShownMediaType = (typeof SHOWN_MEDIA_TYPES)[number];

/** The media type of a picture that browsers show; `undefined` for any other file. */
export function shownMediaType(bytes: Uint8Array): ShownMediaType | undefined {
  const sniffed = sniffPicture(bytes);
  if (sniffed.kind !== 'readable') return undefined;
  return SHOWN_MEDIA_TYPES.find((type) => type === `image/${sniffed.format}`);
}
