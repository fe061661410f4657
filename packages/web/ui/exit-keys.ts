/**
 * Shift, three times: the key way out. After GOV.UK's "Exit this page": a press counts when Shift goes down and up
 * alone, the next must follow within five seconds, and every other key starts over, so that writing in capitals never
 * leaves. Escape was left out on purpose: assistive technology uses it.
 *
 * States: 0, 1 or 2 presses counted, and whether Shift is down alone just now.
 *   shift down (not repeated)   -> alone
 *   another key down            -> 0, not alone
 *   shift up while alone        -> one more; the third is `leave`
 *   five seconds since the last -> 0
 * @module
 */

/** Presses that leave. */
export const EXIT_PRESSES = 3;

/** How long the next press may take, in milliseconds. */
export const EXIT_WINDOW_MS = 5000;

/** What was counted. `at` is when the last press was, in milliseconds of any clock that only goes on. */
export type ExitKeys = { readonly presses: number; readonly at: number; readonly alone: boolean };

/** What happened at the keyboard, or the time that went by. */
export type ExitKeyEvent =
  | { readonly kind: 'down'; readonly key: string; readonly repeat: boolean; readonly at: number }
  | { readonly kind: 'up'; readonly key: string; readonly at: number }
  | { readonly kind: 'wait'; readonly at: number };

/** Nothing counted yet. */
export const NO_PRESSES: ExitKeys = Object.freeze({ presses: 0, at: 0, alone: false });

/** The next state; `presses` of `EXIT_PRESSES` means: leave now. */
export function countExitKey(before: ExitKeys, event: ExitKeyEvent): ExitKeys {
  const state =
    before.presses > 0 && event.at - before.at > EXIT_WINDOW_MS ? { ...before, presses: 0 } : before;
  switch (event.kind) {
    case 'wait':
      return state;
    case 'down':
      if (event.key !== 'Shift') return NO_PRESSES;
      return event.repeat ? { ...state, alone: false } : { ...state, alone: true };
    case 'up':
      if (event.key !== 'Shift' || !state.alone) return { ...state, alone: false };
      return { presses: state.presses + 1, at: event.at, alone: false };
    default: {
      const never: never = event;
      return never;
    }
  }
}
