/**
 * A file of somebody else's page against the few signals that a watch names: never the bank. The same measures as at the door of
 * uploads (fingerprint, `windows.ts`): equal bytes; the whole picture in its eight orientations within 31 bits of 256; a part of
 * it, or its mirror, within 24.
 *
 * The bytes are the caller's to drop; nothing of them is kept here, and no hash of them is answered.
 * @module
 */

import type { Found } from '@reclaim/casework/watch';
import type { DecodeLimits } from '@reclaim/decode/decode-limits';
import { signalsOfFile } from '@reclaim/decode/signals-of-file';
import { MAX_DISTANCE_BITS } from '@reclaim/fingerprint/pdq';
import { hammingDistance, type SignalKind, signalBytes } from '@reclaim/fingerprint/signal';
import { WINDOW_DISTANCE_BITS } from '@reclaim/fingerprint/windows';

/** A signal that a watch names. */
export type NamedSignal = { readonly kind: SignalKind; readonly bytes: Uint8Array };

/**
 * What a file is to the signals: it matches one, it was compared and matches none, or it is a picture that could not be compared.
 * What is no picture at all was compared: there is nothing in it to be seen.
 */
export type Comparison =
  | { readonly kind: 'found'; readonly found: Found }
  | { readonly kind: 'other' | 'uncompared' };

/** Compares a file. The nearest find is answered, equal bytes before all. */
export async function compareFile(
  bytes: Uint8Array,
  signals: readonly NamedSignal[],
  limits: Partial<DecodeLimits>,
): Promise<Comparison> {
  const file = await signalsOfFile(bytes, { limits });
  const named = (kind: SignalKind) => signals.filter((each) => each.kind === kind);
  if (file.sha256 !== undefined) {
    const digest = signalBytes(file.sha256.value);
    const same = named('sha256').some((each) => hammingDistance(each.bytes, digest) === 0);
    if (same) return { kind: 'found', found: { by: 'exact', distance: 0 } };
  }
  const nearest = (hashes: readonly string[], most: number): number | undefined => {
    let best: number | undefined;
    for (const hash of hashes) {
      const asked = signalBytes(hash);
      for (const each of named('pdq')) {
        const distance = hammingDistance(each.bytes, asked);
        if (distance <= most && (best === undefined || distance < best)) best = distance;
      }
    }
    return best;
  };
  const full = nearest(file.pdq.ok ? file.pdq.orientations : [], MAX_DISTANCE_BITS);
  if (full !== undefined) return { kind: 'found', found: { by: 'full', distance: full } };
  const part = nearest(
    file.windows.flatMap((each) => [each.value, each.mirror]),
    WINDOW_DISTANCE_BITS,
  );
  if (part !== undefined) return { kind: 'found', found: { by: 'window', distance: part } };
  if (file.decoded.ok) return { kind: 'other' };
  const { reason } = file.decoded;
  const nothing = reason === 'empty' || reason === 'not-an-image' || isMarkup(bytes);
  return { kind: nothing ? 'other' : 'uncompared' };
}

/** A page where a picture was asked for, or a drawing in SVG: no photograph. */
function isMarkup(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 512)).toString('latin1');
  return /^(\u00ef\u00bb\u00bf)?\s*</.test(head);
}
