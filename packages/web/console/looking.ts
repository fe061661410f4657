/**
 * Looking at an item, as a state machine: covered unless a key or a pointer is held down, and never for long. Pure.
 *
 * States
 *   covered   nothing is shown; `why` says what covered it
 *   asking    held; the look is being written to the log and fetched. Nothing is shown yet
 *   shown     held, and the picture is there
 *   stopped   today's allowance is used: a deliberate "go on" is needed first (once for each job)
 *   locked    a minor is suspected: no further look, whatever is held
 *
 * Transitions
 *   covered  --hold-->      asking | stopped
 *   asking   --came-->      shown      only for the look that was asked last
 *   asking   --failed-->    covered
 *   asking   --over-->      stopped    the day's count came only now, and leaves no look; nothing after "go on"
 *   asking, shown  --release, leave, tick after 10 s-->  covered
 *   stopped  --go-on-->     covered
 *   any      --lock-->      locked
 *
 * The ladder: outline, blurred, full; each rung opens the next. A look starts at the outline, or blurred where the
 * reviewer prefers so, never full. A step is a wish for the next hold and shows nothing by itself.
 * @module
 */

import { LOOKS, type Look } from '@reclaim/casework/wire-staff';

/** How long one hold may show the item, milliseconds. Whoever needs longer holds again, and that is another view. */
export const HOLD_MS = 10_000;

/** What covered the item. */
export type Covering = 'start' | 'released' | 'left' | 'time' | 'trouble';

/** Where a look may start. */
export type FirstRung = Exclude<Look, 'full'>;

type Rungs = {
  /** Where looking at this job starts; open without anything seen. */
  readonly from: FirstRung;
  /** The rung that the next hold shows. */
  readonly rung: Look;
  /** Rungs of this job that were shown. */
  readonly seen: readonly Look[];
  /** Counts holds, so that a late answer cannot uncover a later hold. */
  readonly asked: number;
  /** The reviewer said "go on" after the soft stop. */
  readonly waived: boolean;
};

/** The state of looking. `since`: when the picture appeared. */
export type Looking =
  | (Rungs & { readonly kind: 'covered'; readonly why: Covering; readonly trouble?: string })
  | (Rungs & { readonly kind: 'asking' })
  | (Rungs & { readonly kind: 'shown'; readonly since: number })
  | (Rungs & { readonly kind: 'stopped' })
  | (Rungs & { readonly kind: 'locked' });

/** What can happen. Times in milliseconds since the epoch. */
export type LookEvent =
  | { readonly kind: 'hold'; readonly overAllowance: boolean }
  | { readonly kind: 'came'; readonly asked: number; readonly now: number }
  | { readonly kind: 'failed'; readonly asked: number; readonly trouble: string }
  | { readonly kind: 'over'; readonly asked: number }
  | { readonly kind: 'release' }
  | { readonly kind: 'leave' }
  | { readonly kind: 'tick'; readonly now: number }
  | { readonly kind: 'closer' }
  | { readonly kind: 'further' }
  | { readonly kind: 'go-on' }
  | { readonly kind: 'lock' };

/** A job's item before anybody looked. */
export function startLooking(from: FirstRung = 'outline'): Looking {
  return { kind: 'covered', why: 'start', from, rung: from, seen: [], asked: 0, waived: false };
}

/** The rungs that may be shown now: up to where looking starts, those seen, and the next one above them. */
export function openRungs(looking: Looking): readonly Look[] {
  const highest = LOOKS.findLastIndex((look) => looking.seen.includes(look));
  return LOOKS.slice(0, Math.max(highest + 1, LOOKS.indexOf(looking.from)) + 1);
}

/** The state after `event`. */
export function reduceLooking(state: Looking, event: LookEvent): Looking {
  const { from, rung, seen, asked, waived } = state;
  const rungs: Rungs = { from, rung, seen, asked, waived };
  if (state.kind === 'locked') return state;
  switch (event.kind) {
    case 'hold':
      if (state.kind !== 'covered') return state;
      if (event.overAllowance && !waived) return { ...rungs, kind: 'stopped' };
      return { ...rungs, kind: 'asking', asked: asked + 1 };
    case 'came': {
      if (state.kind !== 'asking' || event.asked !== asked) return state;
      const shown = seen.includes(rung) ? seen : [...seen, rung];
      return { ...rungs, seen: shown, kind: 'shown', since: event.now };
    }
    case 'failed':
      if (state.kind !== 'asking' || event.asked !== asked) return state;
      return { ...rungs, kind: 'covered', why: 'trouble', trouble: event.trouble };
    case 'over':
      if (state.kind !== 'asking' || event.asked !== asked || waived) return state;
      return { ...rungs, kind: 'stopped' };
    case 'release':
    case 'leave':
      if (state.kind !== 'asking' && state.kind !== 'shown') return state;
      return { ...rungs, kind: 'covered', why: event.kind === 'leave' ? 'left' : 'released' };
    case 'tick':
      if (state.kind !== 'shown' || event.now - state.since < HOLD_MS) return state;
      return { ...rungs, kind: 'covered', why: 'time' };
    case 'closer':
    case 'further': {
      // Not while something is shown: the rung says what is on the screen.
      if (state.kind !== 'covered') return state;
      const next = LOOKS[LOOKS.indexOf(rung) + (event.kind === 'closer' ? 1 : -1)];
      return next !== undefined && openRungs(state).includes(next) ? { ...state, rung: next } : state;
    }
    case 'go-on':
      return state.kind === 'stopped' ? { ...rungs, kind: 'covered', why: 'start', waived: true } : state;
    case 'lock':
      return { ...rungs, kind: 'locked' };
    default: {
      const never: never = event;
      return never;
    }
  }
}

/** Whole seconds that a picture was shown, begun ones counted: what the view ledger gets when it is covered. */
export function secondsShown(before: Looking, now: number): number {
  return before.kind === 'shown' ? Math.min(3_600, Math.max(1, Math.ceil((now - before.since) / 1_000))) : 0;
}
