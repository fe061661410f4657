/**
 * Bytes as text, as the formats here write them: one place to take the codecs from, for rooms that have no codec of their own.
 * @module
 */

import { hex as lower, base64 as standard, base64urlnopad as url } from '@scure/base';

/** Bytes to text and back. `decode` throws for a text that is not of the alphabet. */
export type TextCodec = {
  readonly encode: (bytes: Uint8Array) => string;
  readonly decode: (text: string) => Uint8Array;
};

/** Base64 of RFC 4648 §4, with padding. */
export const base64: TextCodec = standard;

/** Base64 of RFC 4648 §5, without padding. */
export const base64url: TextCodec = url;

/** Lower-case hex digits. */
export const hex: TextCodec = lower;
