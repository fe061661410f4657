/**
 * A file of unknown origin to everything that a door asks the index: its SHA-256, its PDQ signal, the hashes of the
 * picture turned and mirrored in eight ways, and those of its windows (fingerprint, `windows.ts`).
 *
 * The SHA-256 is made whatever the decoder says: equal bytes are equal bytes, also of a format that we cannot read.
 * Only the signal of the upright picture may be banked; the other seven and the windows are for asking.
 * @module
 */

import { type NoPdqReason, signalsOf } from '@reclaim/fingerprint/fingerprint';
import { pdqOrientations, REFERENCE_PIPELINE } from '@reclaim/fingerprint/pdq';
import { sha256 } from '@reclaim/fingerprint/sha256';
import type { PdqHash, PdqSignal, Sha256Signal } from '@reclaim/fingerprint/signal';
import { type WindowSignal, windowPlane, windowsOfPlane } from '@reclaim/fingerprint/windows';
import type { Pixels } from '@reclaim/raster/pixels';
import { type DecodeOptions, type DecodeOutcome, type DecodeRefusal, decodeImage } from './decode-image.ts';

/** The PDQ of a file, or why it has none: no picture could be had, or the picture has too little in it. */
export type FilePdq =
  | {
      readonly ok: true;
      readonly signal: PdqSignal;
      /** Eight hashes in the order of fingerprint's `ORIENTATIONS`, the first being the signal's own. */
      readonly orientations: readonly PdqHash[];
    }
  | { readonly ok: false; readonly reason: DecodeRefusal | NoPdqReason };

/** What one file gave. */
export type FileSignals = {
  /** The picture, or why there is none; `damaged` and `pages` must be heeded here too. */
  readonly decoded: DecodeOutcome;
  /** Of the bytes as they came; undefined for no bytes at all, whose digest every empty file shares. */
  readonly sha256: Sha256Signal | undefined;
  readonly pdq: FilePdq;
  /** Hashes of parts of the picture, for asking alone; they may be there although the whole has no PDQ. */
  readonly windows: readonly WindowSignal[];
  /** The small grey plane that the windows were read from: enough for local features, too. */
  readonly plane?: Pixels;
};

/**
 * Decodes a file and makes its signals. `options` and errors as in `decodeImage`; the time limit is the decoder's, the
 * signals come on top (some 30 ms at 12 megapixels). In mode `reference` the signal bears the reference pipeline's name.
 */
export async function signalsOfFile(bytes: Uint8Array, options: DecodeOptions = {}): Promise<FileSignals> {
  const decoded = await decodeImage(bytes, options);
  if (!decoded.ok) {
    const digest = decoded.reason === 'empty' ? undefined : await sha256(unshared(bytes));
    return {
      decoded,
      sha256: digest && { kind: 'sha256', value: digest },
      pdq: { ok: false, reason: decoded.reason },
      windows: [],
    };
  }
  const plane = options.mode === 'reference' ? undefined : windowPlane(decoded.pixels);
  const seen = plane === undefined ? { windows: [] } : { windows: windowsOfPlane(plane), plane };
  const signals = await signalsOf({ pixels: decoded.pixels, bytes: unshared(bytes) });
  if (!signals.pdq.ok) {
    return { decoded, sha256: signals.sha256, pdq: { ok: false, reason: signals.pdq.reason }, ...seen };
  }
  const { signal } = signals.pdq;
  return {
    decoded,
    sha256: signals.sha256,
    pdq: {
      ok: true,
      signal: options.mode === 'reference' ? { ...signal, pipeline: REFERENCE_PIPELINE } : signal,
      orientations: pdqOrientations(decoded.pixels).hashes,
    },
    ...seen,
  };
}

/** WebCrypto refuses bytes in shared memory, which could change while it reads. */
function unshared(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}
