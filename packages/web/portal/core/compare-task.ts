/**
 * What the page and the worker say to each other that tells whether a file is a copy of the person's own picture.
 * @module
 */

import type { Alteration } from '@reclaim/registration/alteration';
import type { NoFitReason } from '@reclaim/registration/register';
import type { FingerprintRefusal } from './fingerprint-task.ts';

/** What is going on: each of the two is read, then they are laid over each other. */
export const COMPARE_PHASES = Object.freeze(['mine', 'suspect', 'comparing'] as const);

/** One of them. */
export type ComparePhase = (typeof COMPARE_PHASES)[number];

/** What came of two files. Nothing of either is kept; the drawing is the worker's own and lies in the page's memory. */
export type CompareOutcome =
  | {
      readonly kind: 'copy';
      /** Whether it is the whole picture and nothing else: only the size or the encoding changed. */
      readonly whole: boolean;
      /** Whether a part of it is covered or drawn over. */
      readonly differs: boolean;
      readonly alteration: Alteration;
      /** A PNG, grey: squares of the person's picture and of the other file in turn, laid over each other. */
      readonly drawing: Blob;
    }
  | { readonly kind: 'none'; readonly reason: NoFitReason }
  | { readonly kind: 'stopped'; readonly file: 'mine' | 'suspect'; readonly reason: FingerprintRefusal };

/** Two files, as they cross to the worker. */
export type CompareTask = { readonly mine: Blob; readonly suspect: Blob };

/** What crosses back. */
export type CompareMessage =
  | { readonly kind: 'phase'; readonly phase: ComparePhase }
  | { readonly kind: 'done'; readonly outcome: CompareOutcome };
