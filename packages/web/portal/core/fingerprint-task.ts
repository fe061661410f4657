/**
 * What the page and the fingerprint worker say to each other.
 * @module
 */

import type { PdqSignal, Sha256Signal } from '@reclaim/fingerprint/signal';
import type { CropProposal, Rect } from './crop.ts';

/** Bytes of a file, at most: the service's own limit. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** Pixels of a picture, at most: the service's own limit. */
export const MAX_PIXELS = 100_000_000;

/** Pixels of AVIF and HEIC, at most: their decoders are tens of times slower (the service's limit for AVIF). */
export const MAX_SLOW_PIXELS = 32_000_000;

/** What is going on with a file. `decoder`: the HEIC decoder is on its way, once a visit (about 0.5 MB). */
export type FingerprintPhase = 'reading' | 'decoder' | 'decoding' | 'measuring';

/** Why there is no perceptual fingerprint. `pixels-hidden`: this browser gives pages noise in place of a picture. */
export type FingerprintRefusal =
  | 'empty'
  | 'not-an-image'
  | 'unsupported-format'
  | 'too-many-bytes'
  | 'too-many-pixels'
  | 'damaged'
  | 'too-small'
  | 'blank'
  | 'low-quality'
  | 'no-memory'
  | 'decoder-unavailable'
  | 'pixels-hidden'
  | 'stopped';

/** What was made of a file. Nothing else of the file is kept: bytes and pixels are gone when this is answered. */
export type FingerprintOutcome =
  | {
      readonly ok: true;
      readonly pdq: PdqSignal;
      /** Only where `exact` was asked for. */
      readonly sha256?: Sha256Signal;
      /** Of the upright picture, in pixels. */
      readonly width: number;
      readonly height: number;
      /** A photo inside a screenshot, where one was seen. Nothing is cropped unless the person says so. */
      readonly crop: CropProposal;
      /** `first-frame-only`: the file moves or holds more pictures; the fingerprint is of the first. */
      readonly notes: readonly 'first-frame-only'[];
    }
  | { readonly ok: false; readonly reason: FingerprintRefusal; readonly sha256?: Sha256Signal };

/** A file to be fingerprinted, as it crosses to the worker. */
export type FingerprintTask = {
  readonly id: number;
  readonly file: Blob;
  readonly exact: boolean;
  readonly crop?: Rect;
};

/** What crosses back. */
export type FingerprintMessage =
  | { readonly id: number; readonly kind: 'phase'; readonly phase: FingerprintPhase }
  | { readonly id: number; readonly kind: 'done'; readonly outcome: FingerprintOutcome };
