/**
 * Bytes and their lower-case hexadecimal form, by the library that this room stands on: for its callers in a browser.
 * @module
 */

import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';

/** Bytes as lower-case hex. */
export const hexOfBytes: (bytes: Uint8Array) => string = bytesToHex;

/** Bytes of a hex text. @throws {Error} for a text that is none */
export const bytesOfHex: (text: string) => Uint8Array = hexToBytes;
