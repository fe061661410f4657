/**
 * A picture on the board, as a state machine over the lines of the journal.
 *
 * States
 *   waiting    stored, shown to nobody but by a preview token; `asked` says whether the node has heard of it
 *   published  on the wall
 *   removed    taken down by a decision; kept, since a decision can be undone
 *   dropped    not a picture that the board takes; its file is deleted
 *
 * Transitions
 *   (none)             --taken-->             waiting, not asked     before the node is asked: a crash loses nothing
 *   waiting, not asked --verdict publish-->   published
 *   waiting, not asked --verdict hold-->      waiting, asked
 *   waiting, not asked --verdict drop-->      dropped
 *   any but dropped    --outcome publish-->   published
 *   any but dropped    --outcome withhold-->  removed
 *   any but dropped    --outcome hold-->      waiting, asked         a decision was undone
 *   any                --outcome unchanged--> same
 *   any                --outcome noticed-->   same, noticed          somebody gave notice: a reviewer may want to see it, so
 *                                                                    the node is told where, until the next outcome
 *
 * An outcome comes by webhook, by asking, or both: one that is not newer than the last that was acted on is a repetition
 * or a replay, and changes nothing.
 *
 * A verdict counts only while nobody was asked: the answer to a slow check must not undo a reviewer's decision that
 * was quicker.
 * @module
 */

import type { Outcome } from '@reclaim/client/client';
import type { ShownMediaType } from '@reclaim/client/picture-media-type';

/** Why somebody reported a picture; the wire's own words. */
export const REPORT_REASONS = Object.freeze([
  'intimate-without-consent',
  'minor-suspected',
  'threat',
  'other',
] as const);

/** One reason. */
export type ReportReason = (typeof REPORT_REASONS)[number];

/** Why a picture was removed, in the node's closed words. */
export type RemovalGround = NonNullable<Outcome['ground']>;

/** A line of the journal. */
export type BoardEvent =
  | {
      readonly type: 'taken';
      readonly id: string;
      /** SHA-256 of the token in the uploader's own address: who reads the journal cannot open it. */
      readonly ownerTag: string;
      readonly caption: string;
      readonly mediaType: ShownMediaType;
      /** Who put it there, by the board's own name for them; none in a journal from before there was one. */
      readonly account?: string | undefined;
      readonly at: number;
    }
  | { readonly type: 'verdict'; readonly id: string; readonly verdict: 'publish' | 'hold' | 'drop' }
  | {
      readonly type: 'outcome';
      readonly id: string;
      readonly effect: Outcome['effect'];
      readonly ground?: RemovalGround | undefined;
      readonly position: number;
      /** It was told by webhook: those before it may not be known yet, so the cursor of asking stays where it is. */
      readonly hooked?: true;
    }
  /** The node keeps its hashes until then, to be searched when signals join the bank. */
  | { readonly type: 'kept'; readonly id: string; readonly until: number }
  | { readonly type: 'cursor'; readonly position: number }
  | { readonly type: 'reported'; readonly id: string; readonly reason: ReportReason }
  | { readonly type: 'report-sent'; readonly id: string; readonly reason: ReportReason };

/** A picture as the board knows it. */
export type Photo = {
  readonly id: string;
  readonly ownerTag: string;
  readonly caption: string;
  readonly mediaType: ShownMediaType;
  readonly account?: string | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly state: 'waiting' | 'published' | 'removed' | 'dropped';
  /** The node has given a verdict or an outcome. */
  readonly asked: boolean;
  /** Somebody gave notice of it, and nothing was decided since. */
  readonly noticed: boolean;
  /** The place in the node's log of the last outcome that was acted on; 0 for none. */
  readonly position: number;
  /** Until when the node keeps its hashes, milliseconds since 1970; undefined while it does not. */
  readonly keptUntil?: number | undefined;
  /** Why it was removed, where the node said so. */
  readonly ground?: RemovalGround | undefined;
  /** What it was reported for, and whether the node knows. */
  readonly reports: Readonly<Partial<Record<ReportReason, 'to-send' | 'sent'>>>;
};

/** The picture after `event`; `undefined` for an event that speaks of no picture that is known. */
export function evolvePhoto(photo: Photo | undefined, event: BoardEvent): Photo | undefined {
  if (event.type === 'taken') {
    const { id, ownerTag, caption, mediaType, account, at } = event;
    return (
      photo ?? {
        id,
        ownerTag,
        caption,
        mediaType,
        ...(account === undefined ? {} : { account }),
        at,
        state: 'waiting',
        asked: false,
        noticed: false,
        position: 0,
        reports: {},
      }
    );
  }
  if (photo === undefined || photo.state === 'dropped') return photo;
  switch (event.type) {
    case 'verdict': {
      if (photo.asked) return photo;
      const state = ({ publish: 'published', hold: 'waiting', drop: 'dropped' } as const)[event.verdict];
      return { ...photo, state, asked: true };
    }
    case 'outcome': {
      if (event.position <= photo.position) return photo;
      const { position, ground } = event;
      if (event.effect === 'unchanged') return { ...photo, position };
      if (event.effect === 'noticed') return { ...photo, position, noticed: true };
      const state = ({ publish: 'published', withhold: 'removed', hold: 'waiting' } as const)[event.effect];
      // A picture that is taken down is kept no more: the node forgets it by itself.
      const keptUntil = event.effect === 'withhold' ? undefined : photo.keptUntil;
      return { ...photo, state, asked: true, noticed: false, position, ground, keptUntil };
    }
    case 'kept':
      return { ...photo, keptUntil: event.until };
    case 'reported':
      if (photo.reports[event.reason] !== undefined) return photo;
      return { ...photo, reports: { ...photo.reports, [event.reason]: 'to-send' } };
    case 'report-sent':
      return { ...photo, reports: { ...photo.reports, [event.reason]: 'sent' } };
    case 'cursor':
      return photo;
    default: {
      const never: never = event;
      return never;
    }
  }
}
