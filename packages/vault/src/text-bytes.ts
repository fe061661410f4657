/**
 * Bytes as text, as the formats here write them: one place to take the codecs from, for rooms that have no codec of their own.
 * @module
 */

import { hex as lower, base64 as standard } from '@scure/base';

/** Bytes to text and back. `decode` throws for a text that is not of the alphabet. */
export type TextCodec = {
  readonly encode: (bytes: Uint8Array) => string;
  readonly decode: (text: string) => Uint8Array;
};

/** Base64 of RFC 4648 §4, with padding. */
export const base64: TextCodec = standard;

/** Lower-case hex digits. */
export const hex: TextCodec = lower;
