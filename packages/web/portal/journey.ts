/**
 * Where the person is on the way, as a pure reducer: one address for everything, so this and not the browser's history
 * is what "back" walks along. Nothing that was typed or chosen is kept here; going back loses nothing.
 *
 * The one gate is age: screens that lead to a file, a fingerprint or a case open only after "no, all were 18 or older".
 * Every other answer, and no answer yet, leads to the age question or to the road made for minors. Changing the answer
 * to anything but "no" walks back out of those screens at once.
 * @module
 */

import type { Country } from './directory.ts';

/** Every screen of the portal. */
export const SCREENS = Object.freeze([
  'start',
  'safety',
  'age',
  'minor',
  'needs',
  'protect',
  'crop',
  'leaves',
  'code',
  'typeback',
  'kept',
  'open',
  'status',
  'withdraw',
  'erased',
  'links',
  'plan',
  'notice',
  'link',
  'evidence',
  'copies',
  'marking',
  'tracing',
  'mine',
  'talk',
  'threads',
  'thread',
  'recovery',
  'newcode',
  'history',
  'recover',
  'blackmail',
  'helper',
  'prepare',
  'proof',
  'proofadd',
  'prooflook',
  'proofopen',
  'proofpackage',
  'rights',
  'watch',
  'watches',
  'guides',
  'guide',
] as const);

/** One of them. */
export type Screen = (typeof SCREENS)[number];

/** The answer to the age question; `undefined` before it was given. */
export type Under18 = 'no' | 'yes' | 'not-sure' | undefined;

/** A screen, and what it was about. */
export type Place = Pick<Journey, 'screen' | 'picked'>;

/** Where the person is, and how they got there. */
export type Journey = {
  readonly screen: Screen;
  /** The places behind, the latest last. */
  readonly trail: readonly Place[];
  readonly under18: Under18;
  /** Whether the safety page was read: it comes before the first sensitive screen, once. */
  readonly warned: boolean;
  readonly country: Country;
  /** Which picture, place or link the screen is about. A secret, as all of this: it stands in no address. */
  readonly picked: string | undefined;
  /** Whether anybody moved yet: on the first screen of a visit nothing takes the focus. */
  readonly moved: boolean;
};

/** What the person did. */
export type Step =
  | { readonly kind: 'go'; readonly to: Screen; readonly picked?: string }
  | { readonly kind: 'back' }
  | { readonly kind: 'home' }
  /** The session locked itself: nothing behind it can be walked back into. */
  | { readonly kind: 'locked'; readonly to: 'open' | 'start' }
  | { readonly kind: 'age'; readonly under18: Exclude<Under18, undefined> }
  | { readonly kind: 'country'; readonly country: Country };

/** Screens behind the age question. */
const GATED: ReadonlySet<Screen> = new Set([
  'protect',
  'crop',
  'leaves',
  'code',
  'typeback',
  'kept',
  'mine',
  'marking',
  'tracing',
  // No row of these laws is for a minor: the road made for them has people instead.
  'rights',
]);

/** Screens behind the age question, whatever its answer is: what they offer follows from it. */
const ASKED: ReadonlySet<Screen> = new Set(['proof', 'proofadd', 'prooflook', 'proofopen', 'proofpackage']);

/** Screens that are for nobody under 18: the road made for minors has people instead. */
const GROWN: ReadonlySet<Screen> = new Set(['watch', 'watches']);

/** Screens that end something: back from what follows does not lead into the middle of it again. */
const ENDINGS: ReadonlySet<Screen> = new Set(['kept', 'erased', 'status']);

/** The first screen. */
export function beginJourney(country: Country): Journey {
  return {
    screen: 'start',
    trail: [],
    under18: undefined,
    warned: false,
    country,
    picked: undefined,
    moved: false,
  };
}

/** The next place. */
export function walk(journey: Journey, step: Step): Journey {
  switch (step.kind) {
    case 'go':
      return enter(journey, step.to, step.picked);
    case 'back': {
      const place = journey.trail.at(-1);
      if (place === undefined) return journey;
      return { ...journey, ...place, trail: journey.trail.slice(0, -1), moved: true };
    }
    case 'home':
      return { ...journey, screen: 'start', trail: [], moved: true };
    case 'locked':
      return { ...journey, screen: step.to, trail: [], picked: undefined, moved: true };
    case 'age': {
      const next = { ...journey, under18: step.under18 };
      if (step.under18 === 'no') return enter(next, 'needs');
      // Whatever was behind the gate is not to be walked back into.
      const there = enter(next, 'minor');
      return {
        ...there,
        trail: there.trail.filter(({ screen }) => !GATED.has(screen) && !GROWN.has(screen)),
      };
    }
    case 'country':
      return { ...journey, country: step.country };
    default: {
      const never: never = step;
      return never;
    }
  }
}

function enter(journey: Journey, wanted: Screen, picked?: string): Journey {
  const to = gate(journey, wanted);
  const { screen, picked: before } = journey;
  const trail = ENDINGS.has(to) ? [] : [...journey.trail, { screen, picked: before }];
  return {
    ...journey,
    screen: to,
    trail,
    warned: journey.warned || journey.screen === 'safety',
    picked: picked ?? journey.picked,
    moved: true,
  };
}

function gate(journey: Journey, wanted: Screen): Screen {
  if (GROWN.has(wanted) && (journey.under18 === 'yes' || journey.under18 === 'not-sure')) return 'minor';
  if (ASKED.has(wanted) && journey.under18 === undefined) return gate(journey, 'age');
  if (wanted === 'age' && !journey.warned && journey.screen !== 'safety') return 'safety';
  if (!GATED.has(wanted) || journey.under18 === 'no') return wanted;
  if (journey.under18 === undefined) return journey.warned ? 'age' : 'safety';
  return 'minor';
}
