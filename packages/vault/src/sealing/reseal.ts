/**
 * Re-sealing: the same content to other recipients, under a fresh file key, without the plain text ever being whole in
 * memory. It is how a grant ends and how a key is changed for another: who is no longer among the recipients cannot open
 * the new file, even with the old file's key in hand.
 *
 * What it cannot do: take back what somebody opened while they could. The old sealed file must be deleted, or the
 * re-sealing was for nothing; the interface says both.
 * @module
 */

import type { Identity, Recipient } from './age-key.ts';
import { type OpenedStream, type OpenOptions, openStream } from './open.ts';
import { sealStream } from './seal.ts';

/** The re-sealed stream, or why the old one stays shut. It errors with `SealBroken` where the old one breaks off. */
export type Resealed =
  | { readonly ok: true; readonly sealed: ReadableStream<Uint8Array> }
  | Extract<OpenedStream, { ok: false }>;

/** Seals what `identities` open to `recipients` anew. Throws like `openStream` and `sealStream`. */
export async function resealStream(
  sealed: ReadableStream<Uint8Array>,
  identities: readonly Identity[],
  recipients: readonly Recipient[],
  options: OpenOptions = {},
): Promise<Resealed> {
  const opened = await openStream(sealed, identities, options);
  if (!opened.ok) return opened;
  return { ok: true, sealed: await sealStream(opened.plain, recipients) };
}
