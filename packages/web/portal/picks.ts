/**
 * The pictures that were chosen in this visit and how far each is, as a pure reducer. The files themselves stay in the
 * caller's hands; a pick carries only what a screen shows.
 *
 * States of a pick: working (a phase) -> done | stopped (a reason). A done one may go back to working when its part is
 * chosen anew; then its earlier fingerprint stands until the new one is there.
 * @module
 */

/** What a file dialog offers first; whatever is chosen is judged by its bytes. */
export const ACCEPT = 'image/jpeg,image/png,image/webp,image/avif,image/heic,image/heif';

/** A rectangle in pixels of the upright picture. */
export type Part = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** The phases of a fingerprint, in order. */
export const PHASES = Object.freeze(['reading', 'decoder', 'decoding', 'measuring'] as const);

/** One of them. */
export type Phase = (typeof PHASES)[number];

/** What came of a picture. */
export type Fingerprinted = {
  /** The id that the case gave it. */
  readonly pictureId: string;
  /** 64 hex digits. */
  readonly hash: string;
  readonly width: number;
  readonly height: number;
  /** The part that looks like the picture in a screenshot, if it does. */
  readonly proposed: Part | undefined;
  /** The part that was measured; `undefined` for the whole. */
  readonly part: Part | undefined;
};

/** A pick. `number` counts from 1 and stays when others are taken away. */
export type Pick = {
  readonly id: string;
  readonly number: number;
  readonly state:
    | { readonly kind: 'working'; readonly phase: Phase }
    | { readonly kind: 'done' }
    | { readonly kind: 'stopped'; readonly reason: string };
  readonly made: Fingerprinted | undefined;
};

/** All picks, and the number of the next. */
export type Picks = { readonly list: readonly Pick[]; readonly next: number };

/** What happens to picks. */
export type PickEvent =
  | { readonly kind: 'chosen'; readonly ids: readonly string[] }
  | { readonly kind: 'phase'; readonly id: string; readonly phase: Phase }
  | { readonly kind: 'done'; readonly id: string; readonly made: Fingerprinted }
  | { readonly kind: 'stopped'; readonly id: string; readonly reason: string }
  | { readonly kind: 'removed'; readonly id: string }
  | { readonly kind: 'cleared' };

/** None chosen. */
export const NO_PICKS: Picks = Object.freeze({ list: [], next: 1 });

/** The next state. Events about a pick that was taken away meanwhile change nothing. */
export function pick(picks: Picks, event: PickEvent): Picks {
  const change = (id: string, to: (before: Pick) => Pick): Picks => ({
    ...picks,
    list: picks.list.map((each) => (each.id === id ? to(each) : each)),
  });
  switch (event.kind) {
    case 'chosen': {
      const added = event.ids.map(
        (id, at): Pick => ({
          id,
          number: picks.next + at,
          state: { kind: 'working', phase: 'reading' },
          made: undefined,
        }),
      );
      return { list: [...picks.list, ...added], next: picks.next + added.length };
    }
    case 'phase':
      return change(event.id, (before) => ({ ...before, state: { kind: 'working', phase: event.phase } }));
    case 'done':
      return change(event.id, (before) => ({ ...before, state: { kind: 'done' }, made: event.made }));
    case 'stopped':
      return change(event.id, (before) => ({ ...before, state: { kind: 'stopped', reason: event.reason } }));
    case 'removed':
      return { ...picks, list: picks.list.filter((each) => each.id !== event.id) };
    case 'cleared':
      return NO_PICKS;
    default: {
      const never: never = event;
      return never;
    }
  }
}

/** The picks that have a fingerprint. */
export function made(picks: Picks): readonly (Pick & { readonly made: Fingerprinted })[] {
  return picks.list.filter(
    (each): each is Pick & { readonly made: Fingerprinted } => each.made !== undefined,
  );
}

/** How far a phase is, 0 to 1: steps, since a decoder does not tell how far it is. */
export function progressOf(phase: Phase): number {
  return (PHASES.indexOf(phase) + 1) / (PHASES.length + 1);
}
