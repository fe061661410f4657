/**
 * What every screen of a visit is given: the words, the way, the pictures and the case. All of it is in the memory of
 * this one page; nothing is written to the browser.
 * @module
 */

import type { ParsedPaste } from '@reclaim/law/link/link';
import { createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';
import type { Language } from '../ui/language.ts';
import type { Words } from '../ui/words/words.ts';
import type { EvidenceView } from './core/evidence-state.ts';
import type { Sent, SessionView } from './core/session-state.ts';
import type { Desk } from './desk.ts';
import type { Journey, Screen, Step } from './journey.ts';
import type { Picks } from './picks.ts';

/** What was sent, or what was taken back and when (milliseconds UTC). */
export type Last =
  | { readonly kind: 'sent'; readonly signals: Extract<Sent, { ok: true }>['signals'] }
  | {
      readonly kind: 'withdrawn';
      readonly count: number;
      readonly at: number;
      readonly threads: number;
      readonly recovery: boolean;
    };

/** A visit, as the screens see it. */
export type Visit = {
  readonly words: Words;
  readonly language: Language;
  readonly journey: Journey;
  readonly step: (step: Step) => void;
  readonly go: (to: Screen) => void;
  readonly picks: Picks;
  readonly desk: Desk;
  /** The case; `undefined` until something of it was needed. */
  readonly view: SessionView | undefined;
  /** Evidence; `undefined` until something of it was needed. */
  readonly evidence: EvidenceView | undefined;
  /** What the last sending or withdrawal did, for its receipt. */
  readonly last: Last | undefined;
  readonly setLast: (last: Last) => void;
  /** Links that were pasted in this visit; gone when it is locked or left. */
  readonly pasted: ParsedPaste | undefined;
  readonly setPasted: (pasted: ParsedPaste | undefined) => void;
  /** When the page was drawn, milliseconds UTC. */
  readonly now: number;
};

/** Where the visit stands in the tree. */
export const VisitContext = createContext<Visit | undefined>(undefined);

/** The visit; only below its provider. */
export function useVisit(): Visit {
  const visit = useContext(VisitContext);
  if (visit === undefined) throw new TypeError('a screen stands outside of a visit');
  return visit;
}

/** Screens on which something may be there that a code could keep. */
const SAVABLE: ReadonlySet<Screen> = new Set([
  'needs',
  'protect',
  'crop',
  'leaves',
  'evidence',
  'links',
  'plan',
  'notice',
  'link',
]);

/** What stands in the head of a step: back, and save where there is something that can be saved. */
export function useHeader(): {
  readonly back: { readonly words: string; readonly onPress: () => void } | undefined;
  readonly save: { readonly words: string; readonly onPress: () => void } | undefined;
  readonly focus: boolean;
} {
  const { words, journey, view, step, go } = useVisit();
  const savable = SAVABLE.has(journey.screen);
  return {
    back:
      journey.trail.length === 0
        ? undefined
        : { words: words.frame.back, onPress: () => step({ kind: 'back' }) },
    save:
      savable &&
      journey.under18 === 'no' &&
      view?.kind === 'draft' &&
      view.pictures.length + view.takedowns.length > 0
        ? { words: words.frame.save, onPress: () => go('code') }
        : undefined,
    focus: journey.moved,
  };
}

/** One thing going on at a time: whether it does, and what to say when it did not work. */
export function useTask(): {
  readonly busy: boolean;
  readonly trouble: string | undefined;
  readonly clear: () => void;
  /** Runs `work`; it answers the sentence to show, or nothing when all went well. */
  readonly run: (work: () => Promise<string | undefined>) => void;
} {
  const { words } = useVisit();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | undefined>();
  return {
    busy,
    trouble,
    clear: () => setTrouble(undefined),
    run: (work) => {
      if (busy) return;
      setBusy(true);
      setTrouble(undefined);
      // A chunk that did not load is the network's doing too: what was typed is still here.
      work()
        .catch(() => words.frame.offline)
        .then((sentence) => {
          setTrouble(sentence);
          setBusy(false);
        });
    },
  };
}
