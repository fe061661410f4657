/**
 * A takedown: one address that the person wants gone, followed on every track apart: the place that shows it, and each search
 * engine. What a search engine lists says nothing of the page, so neither track ever moves the other.
 *
 * States of a track, and what leads from one to the next:
 *
 *   (nothing)      --add-->          open           the host's track begins so; a track of an engine begins with a look
 *   (nothing)      --look: there-->  open           the engine lists it
 *   (nothing)      --look: gone-->   not-there      the engine did not list it when looked
 *   open           --send-->         sent           with proof: the receipt, a reply, a copy of the mail, or the person's word
 *   sent           --acknowledge-->  acknowledged   the service said that it has it, perhaps with a number
 *   sent, acknowledged, refused, silent --send--> sent     once more, or by another way: each sending keeps its own clocks
 *   sent, acknowledged, silent  --remove--> removed        also where nobody answered: it is gone, that is what counts
 *   sent, acknowledged, silent  --refuse--> refused        a decision, which can be appealed
 *   refused        --remove-->       removed        after an appeal, a complaint, or by itself
 *   sent, acknowledged --be-silent--> silent        the person says that no answer came; no clock is touched by it
 *   open           --remove-->       removed        gone before anybody asked
 *   removed, not-there --look: gone--> same state   looked again: still gone
 *   removed, not-there --look: there--> reappeared  it is back; sendings before that no longer count
 *   reappeared     --send-->         sent
 *   sent, acknowledged, silent, refused --remind, appeal, escalate--> same state   noted, with the office of an escalation
 *   any            --drop-->         dropped        the person no longer wants this; nothing is owed
 *   any but the first --take-back--> the state before     one step: what was marked by mistake
 *
 * A mark is never in the future, and never before the mark that it follows: both are refused, the second so that a clock does
 * not run backwards. When something is due is never stored: `due-steps.ts` computes it from the law, under the versions of the
 * rules that each sending kept, whenever somebody looks.
 * @module
 */

import type { RegimeId, VersionPins } from '@reclaim/law/duty/rule';

/** The place that shows it, or a search engine by its name in the link table. */
export type TrackName = 'host' | `engine-${string}`;

/** The states of a track. */
export const TRACK_STATES = [
  'open',
  'sent',
  'acknowledged',
  'removed',
  'refused',
  'silent',
  'reappeared',
  'not-there',
  'dropped',
] as const;

/** One of them. */
export type TrackState = (typeof TRACK_STATES)[number];

/** What shows that a notice was sent. */
export const SENDING_PROOFS = ['receipt', 'reply', 'mail-log', 'capture', 'own-statement'] as const;

/** One of them. */
export type SendingProof = (typeof SENDING_PROOFS)[number];

/** A notice as it was sent. */
export interface Sending {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The channel's id; empty for the site's own route. */
  readonly channel: string;
  /** The regimes that the notice rested on. */
  readonly regimes: readonly RegimeId[];
  /** Those of them under which it held every element. */
  readonly complete: readonly RegimeId[];
  /** The versions of their rules that hold for this sending. */
  readonly pins: VersionPins;
  readonly proof: SendingProof;
  /** The number that the service gave; empty for none. A secret: it leads to the report. */
  readonly number: string;
  /** Whether the notice left an electronic contact. */
  readonly contact: boolean;
  /** The id of the text as it was sent, where the case keeps it (`sent-text.ts`). */
  readonly text?: string;
}

/** Events that carry nothing but their moment. */
type PlainType =
  | 'removed'
  | 'refused'
  | 'silent'
  | 'reappeared'
  | 'seen-gone'
  | 'reminded'
  | 'appealed'
  | 'dropped'
  | 'taken-back';

/** One member for each type, so that a switch can tell them apart. */
type Plain<T> = T extends PlainType
  ? { readonly type: T; readonly track: TrackName; readonly at: number }
  : never;

/** What happened on a track. Moments in milliseconds since 1970. */
export type TakedownEvent =
  | { readonly type: 'added'; readonly track: TrackName; readonly at: number }
  | ({ readonly type: 'sent'; readonly track: TrackName } & Sending)
  | {
      readonly type: 'acknowledged';
      readonly track: TrackName;
      readonly at: number;
      readonly number: string;
    }
  | Plain<PlainType>
  | {
      readonly type: 'escalated';
      readonly track: TrackName;
      readonly at: number;
      /** The office's id. */
      readonly office: string;
    };

/** A track as it stands. */
export interface Track {
  readonly name: TrackName;
  readonly state: TrackState;
  /** When this state began. */
  readonly since: number;
  /** The last mark, whatever it was: none may come before it. */
  readonly lastAt: number;
  /** Sendings that count: since the beginning, or since it came back. The latest last. */
  readonly sendings: readonly Sending[];
  /** The number that the service gave last; empty for none. */
  readonly number: string;
  readonly acknowledgedAt: number | null;
  readonly refusedAt: number | null;
  /** When it was last seen gone. */
  readonly goneAt: number | null;
  readonly remindedAt: number | null;
  readonly appealedAt: number | null;
  readonly escalated: readonly { readonly at: number; readonly office: string }[];
  /** How often it came back. */
  readonly returns: number;
  /** The track before the last mark; null where there is nothing to take back. */
  readonly before: Track | null;
}

/** All tracks of an address, the host's first. */
export type Tracks = readonly Track[];

/** What a person can mark. */
export type TakedownCommand =
  | { readonly kind: 'add' }
  | ({ readonly kind: 'send' } & Omit<Sending, 'at'>)
  | { readonly kind: 'acknowledge'; readonly number: string }
  | { readonly kind: 'escalate'; readonly office: string }
  | { readonly kind: 'look'; readonly there: boolean }
  | { readonly kind: 'remove' }
  | { readonly kind: 'refuse' }
  | { readonly kind: 'be-silent' }
  | { readonly kind: 'remind' }
  | { readonly kind: 'appeal' }
  | { readonly kind: 'drop' }
  | { readonly kind: 'take-back' };

/** Why a mark is not taken. */
export type TakedownRefusal = 'wrong-state' | 'in-future' | 'out-of-order' | 'malformed-time';

/** The event to keep, or why there is none. */
export type TakedownDecided =
  | { readonly ok: true; readonly event: TakedownEvent }
  | { readonly ok: false; readonly reason: TakedownRefusal };

/** A clock of a device may be a little ahead of itself between two reads; no more. */
const AHEAD_MS = 60_000;

const ASKED: readonly TrackState[] = ['sent', 'acknowledged', 'silent', 'refused'];

/** From which states each command may be given; `null` is the track that does not exist yet. */
const FROM: Readonly<Record<TakedownCommand['kind'], readonly (TrackState | null)[]>> = {
  add: [null],
  look: [null, 'open', 'removed', 'not-there', ...ASKED],
  send: ['open', 'reappeared', ...ASKED],
  acknowledge: ['sent', 'silent'],
  remove: ['open', 'reappeared', ...ASKED],
  refuse: ['sent', 'acknowledged', 'silent'],
  'be-silent': ['sent', 'acknowledged'],
  remind: ASKED,
  appeal: ['refused'],
  escalate: ASKED,
  drop: TRACK_STATES.filter((state) => state !== 'dropped'),
  'take-back': TRACK_STATES,
};

/** The event that carries out `command` on the track at `at`, told at `nowMs`, or why it is refused. */
export function decideTakedown(
  tracks: Tracks,
  track: TrackName,
  command: TakedownCommand,
  at: number,
  nowMs: number,
): TakedownDecided {
  if (!Number.isSafeInteger(at) || at < 0) return { ok: false, reason: 'malformed-time' };
  if (at > nowMs + AHEAD_MS) return { ok: false, reason: 'in-future' };
  const now = tracks.find((each) => each.name === track);
  const state = now?.state ?? null;
  if (!FROM[command.kind].includes(state)) return { ok: false, reason: 'wrong-state' };
  if (command.kind === 'add' && track !== 'host') return { ok: false, reason: 'wrong-state' };
  if (command.kind === 'look' && state === null && track === 'host')
    return { ok: false, reason: 'wrong-state' };
  if (command.kind === 'take-back')
    return now?.before == null
      ? { ok: false, reason: 'wrong-state' }
      : { ok: true, event: { type: 'taken-back', track, at: Math.max(at, now.lastAt) } };
  if (now !== undefined && at < now.lastAt) return { ok: false, reason: 'out-of-order' };
  return { ok: true, event: eventOf(track, command, at, state) };
}

function eventOf(
  track: TrackName,
  command: Exclude<TakedownCommand, { kind: 'take-back' }>,
  at: number,
  state: TrackState | null,
): TakedownEvent {
  switch (command.kind) {
    case 'add':
      return { type: 'added', track, at };
    case 'send': {
      const { kind: _, ...sending } = command;
      return { type: 'sent', track, at, ...sending };
    }
    case 'acknowledge':
      return { type: 'acknowledged', track, at, number: command.number };
    case 'escalate':
      return { type: 'escalated', track, at, office: command.office };
    case 'look': {
      if (!command.there) return { type: 'seen-gone', track, at };
      const first = state === null || state === 'open';
      return { type: first ? 'added' : 'reappeared', track, at };
    }
    case 'remove':
      return { type: 'removed', track, at };
    case 'refuse':
      return { type: 'refused', track, at };
    case 'be-silent':
      return { type: 'silent', track, at };
    case 'remind':
      return { type: 'reminded', track, at };
    case 'appeal':
      return { type: 'appealed', track, at };
    case 'drop':
      return { type: 'dropped', track, at };
    default:
      return command satisfies never;
  }
}

/** The tracks after an event. An event that cannot follow changes nothing: a case is read even where one was damaged. */
export function evolveTakedown(tracks: Tracks, event: TakedownEvent): Tracks {
  const now = tracks.find((each) => each.name === event.track);
  const next = evolveTrack(now, event);
  if (next === undefined) return tracks;
  return now === undefined ? [...tracks, next] : tracks.map((each) => (each === now ? next : each));
}

/** The tracks that the events lead to. */
export function tracksOf(events: readonly TakedownEvent[]): Tracks {
  return events.reduce<Tracks>(evolveTakedown, []);
}

function evolveTrack(now: Track | undefined, event: TakedownEvent): Track | undefined {
  if (now === undefined) {
    const begins = event.type === 'added' || event.type === 'seen-gone';
    return begins ? beginTrack(event) : undefined;
  }
  if (event.type === 'taken-back') return now.before ?? now;
  const before = { ...now, before: null };
  const at = event.at;
  const moved = (state: TrackState, over: Partial<Track> = {}): Track => ({
    ...now,
    state,
    since: at,
    lastAt: at,
    before,
    ...over,
  });
  switch (event.type) {
    case 'added':
      return now.state === 'open' ? { ...now, before } : undefined;
    case 'sent': {
      const { type: _, track: __, ...sending } = event;
      return moved('sent', {
        sendings: [...now.sendings, sending],
        number: sending.number === '' ? now.number : sending.number,
        // An answer to what was sent before is no answer to this.
        acknowledgedAt: null,
        refusedAt: null,
        remindedAt: null,
        appealedAt: null,
      });
    }
    case 'acknowledged':
      return moved('acknowledged', {
        acknowledgedAt: at,
        number: event.number === '' ? now.number : event.number,
      });
    case 'removed':
      return moved('removed', { goneAt: at });
    case 'refused':
      return moved('refused', { refusedAt: at });
    case 'silent':
      return moved('silent');
    case 'seen-gone':
      // Looked and gone: of an open or asked one that is its removal, of a removed one it stays so.
      return now.state === 'removed' || now.state === 'not-there'
        ? { ...now, lastAt: at, goneAt: at, before }
        : moved('removed', { goneAt: at });
    case 'reappeared':
      // Of something that was asked for and never went, it says only that it is still there.
      return now.state === 'removed' || now.state === 'not-there'
        ? moved('reappeared', {
            sendings: [],
            acknowledgedAt: null,
            refusedAt: null,
            goneAt: null,
            remindedAt: null,
            appealedAt: null,
            escalated: [],
            returns: now.returns + 1,
          })
        : { ...now, lastAt: at, before };
    case 'reminded':
      return { ...now, lastAt: at, remindedAt: at, before };
    case 'appealed':
      return { ...now, lastAt: at, appealedAt: at, before };
    case 'escalated':
      return { ...now, lastAt: at, escalated: [...now.escalated, { at, office: event.office }], before };
    case 'dropped':
      return moved('dropped');
    default:
      return event satisfies never;
  }
}

function beginTrack({ type, track, at }: TakedownEvent): Track {
  return {
    name: track,
    state: type === 'added' ? 'open' : 'not-there',
    since: at,
    // Put on the list today, asked for yesterday: the beginning bounds no mark.
    lastAt: type === 'added' ? 0 : at,
    sendings: [],
    number: '',
    acknowledgedAt: null,
    refusedAt: null,
    goneAt: type === 'added' ? null : at,
    remindedAt: null,
    appealedAt: null,
    escalated: [],
    returns: 0,
    before: null,
  };
}
