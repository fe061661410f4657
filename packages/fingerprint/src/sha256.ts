/**
 * SHA-256 (FIPS 180-4) of a file's bytes, by the platform's WebCrypto: equal bytes, equal signal, and nothing else.
 *
 * In a browser this needs a secure context (https or localhost), as everything of ours does.
 * @module
 */

import { parseSha256, type Sha256, signalHex } from './signal.ts';

/** The digest of `bytes`. The bytes are read once and not kept. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Sha256> {
  return parseSha256(signalHex(new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes))));
}
