/**
 * Certificates as text (RFC 7468): what `openssl` reads.
 * @module
 */

import { base64 } from '@scure/base';

/** Certificates in one text, at most, and characters of it. */
export const MAX_CERTIFICATES = 50;
const MAX_TEXT = 400_000;

/** A certificate in DER as text. */
export function certificatePem(der: Uint8Array): string {
  const lines = base64
    .encode(der)
    .match(/.{1,64}/g)!
    .join('\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

/**
 * The certificates of a text, in DER.
 * @throws {TypeError} where there is none, or one that is not base64
 */
export function readCertificates(text: string): readonly Uint8Array<ArrayBuffer>[] {
  if (text.length > MAX_TEXT) throw new TypeError('certificates: expected at most 400,000 characters');
  const found = [
    ...text.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g),
  ];
  if (found.length === 0 || found.length > MAX_CERTIFICATES)
    throw new TypeError('certificates: expected 1 to 50 certificates in PEM');
  return found.map(([, body = '']) => {
    try {
      return new Uint8Array(base64.decode(body.replace(/\s/g, '')));
    } catch {
      throw new TypeError('certificates: expected base64');
    }
  });
}
