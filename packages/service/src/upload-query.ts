/**
 * What the signals of one upload ask the index.
 * @module
 */

import type { QuerySignal } from '@reclaim/casework/wire';
import { MIN_QUALITY } from '@reclaim/fingerprint/pdq';
import { signalBytes } from '@reclaim/fingerprint/signal';
import { MIN_WINDOW_QUALITY } from '@reclaim/fingerprint/windows';
import type { KeeperQuery, WindowQuery } from './index-keeper.ts';

/** A query, and how many hashes of the whole picture there were, also those of a quality too low to ask with. */
export type UploadQuery = KeeperQuery & { readonly hashes: number };

/** What is asked for these signals: of several SHA-256 the first, of PDQ hashes and windows those of enough quality. */
export function uploadQueryOf(signals: readonly QuerySignal[]): UploadQuery {
  const pdq: (readonly Uint8Array[])[] = [];
  const windows: WindowQuery[] = [];
  let hashes = 0;
  let sha256: Uint8Array | undefined;
  for (const signal of signals) {
    switch (signal.kind) {
      case 'sha256':
        sha256 ??= signalBytes(signal.value);
        break;
      case 'pdq':
        hashes += 1;
        if (signal.quality >= MIN_QUALITY) pdq.push((signal.orientations ?? [signal.value]).map(signalBytes));
        break;
      case 'window':
        if (signal.quality >= MIN_WINDOW_QUALITY) {
          const [value, mirror] = [signalBytes(signal.value), signalBytes(signal.mirror)];
          windows.push({ window: signal.window, value, mirror });
        }
        break;
      default:
        signal satisfies never;
    }
  }
  return { pdq, sha256, windows, hashes };
}
