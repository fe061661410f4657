/**
 * The preview address of a picture that waits: for the reviewer alone, unguessable, for a limited time.
 *
 * A token is `<end>.<mac>`: the end in milliseconds since 1970, base 36, and HMAC-SHA-256 (RFC 2104) over the picture's
 * id and that end, base64url. It says nothing to who does not hold the board's secret; the board also stops showing the
 * preview at once when the picture is decided (photo-board.ts), whatever the token says.
 * @module
 */

import { createHmac, timingSafeEqual } from 'node:crypto';

function macOf(secret: Uint8Array, photoId: string, end: string): Buffer {
  return createHmac('sha256', secret).update(`preview\0${photoId}\0${end}`).digest();
}

/** A token for `photoId` that ends at `endMs` (milliseconds since 1970). */
export function signPreview(secret: Uint8Array, photoId: string, endMs: number): string {
  const end = Math.floor(endMs).toString(36);
  return `${end}.${macOf(secret, photoId, end).toString('base64url')}`;
}

/** Whether `token` was made for `photoId` by who holds `secret`, and has not ended at `nowMs`. */
export function verifyPreview(secret: Uint8Array, photoId: string, token: string, nowMs: number): boolean {
  const parts = /^([0-9a-z]{1,11})\.([A-Za-z0-9_-]{43})$/.exec(token);
  if (parts === null) return false;
  const [, end, mac] = parts;
  // The comparison takes the same time wherever the two differ, so that a token cannot be found byte by byte.
  if (!timingSafeEqual(macOf(secret, photoId, end!), Buffer.from(mac!, 'base64url'))) return false;
  return nowMs < Number.parseInt(end!, 36);
}
