/**
 * The question to a timestamping authority: a TimeStampReq (RFC 3161 §2.4.1) for one SHA-256, with a nonce, asking for the
 * authority's certificates in the answer.
 *
 * Written by hand, since all but 64 bytes of it never change: the service that passes questions on then needs no reader
 * of foreign ASN.1, and no question of a stranger's making ever reaches an authority.
 * @module
 */

import { hex } from '@scure/base';

/** Media type of a question and of an answer (RFC 3161 §3.4). */
export const QUERY_TYPE = 'application/timestamp-query';
/** Media type of an answer. */
export const REPLY_TYPE = 'application/timestamp-reply';

/** Bytes of an answer, at most: a token with four certificates has some 6,000. */
export const MAX_REPLY_BYTES = 65_536;

/** SEQUENCE { AlgorithmIdentifier { sha256, NULL }, OCTET STRING of 32 bytes } up to the digest. */
const IMPRINT_HEAD = hex.decode('3031300d060960864801650304020105000420');

/**
 * The question in DER. `imprint`: 64 hex digits. `nonce`: 8 bytes, which the caller draws.
 * @throws {RangeError} for another length
 */
export function timestampQuery(imprint: string, nonce: Uint8Array): Uint8Array<ArrayBuffer> {
  const digest = hex.decode(imprint);
  if (digest.length !== 32) throw new RangeError('timestamp query: expected a SHA-256');
  if (nonce.length !== 8) throw new RangeError('timestamp query: expected a nonce of 8 bytes');
  // A positive INTEGER of exactly 8 bytes: the first bit 0, and the first byte not 0 (X.690 §8.3).
  const first = (nonce[0]! & 0x3f) | 0x40;
  const body = Uint8Array.of(
    ...[0x02, 0x01, 0x01],
    ...IMPRINT_HEAD,
    ...digest,
    ...[0x02, 0x08, first],
    ...nonce.subarray(1),
    // certReq TRUE
    ...[0x01, 0x01, 0xff],
  );
  return Uint8Array.of(0x30, body.length, ...body);
}
