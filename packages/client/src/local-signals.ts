/**
 * Hashing at the platform's own door: a file to the signals that are sent in its place. The picture does not travel.
 *
 * SHA-256 (of the bytes as they came), PDQ in its eight orientations (of the decoded, oriented picture), and PDQ of the
 * picture's windows, so that a screenshot or a collage that holds a protected picture is found. Where PDQ
 * says nothing (under 5 pixels a side, blank, or of a quality below 50), SHA-256 goes alone and `coverage` says so:
 * then only the very same file is found, or what a window shows.
 * @module
 */

import type { COVERAGE_NOTES, OwnSignal } from '@reclaim/casework/wire';
import type { DecodeRefusal } from '@reclaim/decode/decode-image';
import type { PictureFormat } from '@reclaim/decode/picture-format';
import { signalsOfFile } from '@reclaim/decode/signals-of-file';
import type { WindowSignal } from '@reclaim/fingerprint/windows';

/** Why a file brought no signals, in the names of the node's problems. `too-slow` may pass, the rest will not. */
export type LocalRefusal =
  | 'not-an-image'
  | 'unsupported-format'
  | 'image-damaged'
  | 'too-large'
  | 'too-many-pixels'
  | 'too-slow';

/** What the hashing saw of the file. */
export type SeenFile = {
  readonly format: PictureFormat;
  /** `exact-only`: no usable PDQ hash, so only the same bytes are found. */
  readonly coverage: 'full' | 'exact-only';
  readonly notes: readonly (typeof COVERAGE_NOTES)[number][];
  /** The file broke off or has errors: other programs may show something else than what was hashed. */
  readonly damaged: boolean;
  /** Frames or pages; only the first was hashed. */
  readonly pages: number;
};

/** A file's signals, or why there are none. */
export type HashedFile =
  | {
      readonly ok: true;
      /** Those of the whole picture. */
      readonly signals: readonly OwnSignal[];
      /** Those of its windows: for asking alone, a bank takes none. */
      readonly windows: readonly WindowSignal[];
      readonly seen: SeenFile;
    }
  | { readonly ok: false; readonly reason: LocalRefusal };

function reasonOf(refusal: DecodeRefusal): LocalRefusal {
  switch (refusal) {
    case 'empty':
    case 'not-an-image':
      return 'not-an-image';
    case 'too-many-bytes':
      return 'too-large';
    case 'truncated-or-damaged':
      return 'image-damaged';
    case 'unsupported-format':
    case 'too-many-pixels':
    case 'too-slow':
      return refusal;
    default: {
      const never: never = refusal;
      return never;
    }
  }
}

/**
 * The signals of a file of unknown origin, at most 64 MiB and 100 megapixels, within 5 seconds (decode's limits).
 * `bytes` must not change before the answer.
 */
export async function hashFile(bytes: Uint8Array): Promise<HashedFile> {
  const { decoded, sha256, pdq, windows } = await signalsOfFile(bytes);
  if (!decoded.ok) return { ok: false, reason: reasonOf(decoded.reason) };
  if (sha256 === undefined) return { ok: false, reason: 'not-an-image' };
  const { format, damaged, pages } = decoded;
  const notes: SeenFile['notes'][number][] = [];
  // The decoder's own refusals were answered above; here only the picture can have too little in it.
  if (!pdq.ok && (pdq.reason === 'too-small' || pdq.reason === 'blank' || pdq.reason === 'low-quality')) {
    notes.push(pdq.reason);
  }
  if (damaged) notes.push('damaged');
  if (pages > 1) notes.push('first-frame-only');
  const signals: OwnSignal[] = [sha256];
  if (pdq.ok) signals.push({ ...pdq.signal, orientations: [...pdq.orientations] });
  return {
    ok: true,
    signals,
    windows,
    seen: { format, coverage: pdq.ok ? 'full' : 'exact-only', notes, damaged, pages },
  };
}
