/**
 * What the page and the worker say to each other that marks copies and traces them. Names, secret and pictures stay
 * between these two; nothing of it is sent anywhere.
 * @module
 */

import type { CannotTell } from '@reclaim/watermark/trace';
import type { FingerprintRefusal } from './fingerprint-task.ts';

/** What is asked of the worker. `registry` is the text of a registry; absent where a new one is to be made. */
export type CopiesTask =
  | {
      readonly kind: 'mark';
      readonly original: Blob;
      readonly names: readonly string[];
      readonly registry: string | undefined;
    }
  | {
      readonly kind: 'trace';
      readonly original: Blob;
      readonly registry: string;
      /** One to `MOST_PICTURES`. */
      readonly suspects: readonly Blob[];
    };

/** Pictures that got out, looked at together, at most. */
export const MOST_PICTURES = 8;

/** A file that was made: its neutral name, for whom, and its bytes. */
export type MadeCopy = { readonly file: string; readonly name: string; readonly blob: Blob };

/** Why something was not done. */
export type CopiesRefusal =
  | FingerprintRefusal
  | 'too-small'
  | 'too-plain'
  | 'not-a-registry'
  | 'registry-changed'
  | 'not-registered';

/** The copies, and the registry that knows them. `line` and `seq` are of the entry that a witness is to stamp. */
export type MarkOutcome =
  | {
      readonly kind: 'marked';
      readonly copies: readonly MadeCopy[];
      readonly registry: string;
      readonly line: string;
      readonly seq: number;
    }
  | { readonly kind: 'stopped'; readonly file: 'original'; readonly reason: CopiesRefusal };

/** A copy that was found: who got it and when, with the entry's line for its witness, and what a third party checks. */
export type FoundCopy = {
  readonly name: string;
  readonly at: string;
  readonly line: string;
  readonly stamps: readonly { readonly authority: string; readonly token: string }[];
  readonly bundle: string;
};

/** A match: of one picture, or of several that were added up. */
export type FoundMatch = {
  readonly kind: 'match';
  readonly copies: readonly FoundCopy[];
  /** log10 of the chance, over all comparisons, that any other picture would have been taken for one of these. */
  readonly log10: number;
  readonly comparisons: number;
  /** SHA-256 of the files that it is of; with several, at least one of them derives from each copy. */
  readonly suspectSha256s: readonly string[];
};

/** What came of one picture. `drawing`: both laid over each other, a grey PNG. `unread`: the file could not be read. */
export type PictureAnswer =
  | (FoundMatch & { readonly drawing: Blob | undefined })
  | { readonly kind: 'no-match'; readonly drawing: Blob | undefined }
  | { readonly kind: 'cannot-tell'; readonly reason: CannotTell }
  | { readonly kind: 'unread'; readonly reason: CopiesRefusal };

/** What came of a trace. `together`: what pictures say added up of which none says anything alone; their places. */
export type TraceOutcome =
  | {
      readonly kind: 'answered';
      readonly pictures: readonly PictureAnswer[];
      readonly together: (FoundMatch & { readonly pictures: readonly number[] }) | undefined;
    }
  | {
      readonly kind: 'stopped';
      readonly file: 'original' | 'registry' | 'suspect';
      readonly reason: CopiesRefusal;
    };

/** What crosses back. `part` is 0..1. */
export type CopiesMessage =
  | { readonly kind: 'phase'; readonly phase: 'original' | 'copies' | 'suspect'; readonly part: number }
  | { readonly kind: 'done'; readonly outcome: MarkOutcome | TraceOutcome };
