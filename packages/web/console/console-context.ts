/**
 * What every screen of the console shares: the client, who is signed in, the words, and the preferences of this tab.
 * @module
 */

import type { WireStaff } from '@reclaim/casework/wire-staff';
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { fill } from '../ui/language.ts';
import type { Api, Trouble } from './api.ts';
import type { Command, KeyContext } from './keys.ts';
import type { FirstRung } from './looking.ts';
import type { WordName } from './words/en.ts';
import type { ConsoleLanguage } from './words/words.ts';

/** Says a sentence. */
export type Say = (name: WordName, values?: Readonly<Record<string, string | number>>) => string;

/** The shared things. */
export type Console = {
  readonly api: Api;
  readonly me: WireStaff;
  readonly say: Say;
  readonly language: ConsoleLanguage;
  readonly setLanguage: (language: ConsoleLanguage) => void;
  readonly firstRung: FirstRung;
  readonly setFirstRung: (rung: FirstRung) => void;
  /** Shows a message for a while; `undo` makes it one that can be taken back. */
  readonly toast: (words: string, undo?: () => void) => void;
  /** The screen takes the commands that the frame does not carry out itself, and says where its keys stand. */
  readonly listen: (take: (command: Command) => void, card: () => KeyContext['card']) => () => void;
};

/** The context itself; only the frame provides it. */
export const ConsoleContext = createContext<Console | undefined>(undefined);

/** The shared things, inside the frame. */
export function useConsole(): Console {
  const shared = useContext(ConsoleContext);
  if (shared === undefined) throw new Error('console: used outside its frame');
  return shared;
}

/** The present time, read anew every `everyMs`. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** A table's sentences filled in. */
export function sayIn(words: Readonly<Record<WordName, string>>): Say {
  return (name, values) => (values === undefined ? words[name] : fill(words[name], values));
}

const TROUBLES: Readonly<Record<string, WordName>> = {
  offline: 'trouble.offline',
  unreadable: 'trouble.unreadable',
  passkey: 'trouble.passkey',
  unauthorized: 'trouble.unauthorized',
  forbidden: 'trouble.forbidden',
  'not-found': 'trouble.not-found',
  'refused-claimed-by-another': 'trouble.refused-claimed-by-another',
  'refused-not-claimed': 'trouble.refused-not-claimed',
  'refused-wrong-state': 'trouble.refused-wrong-state',
  'refused-reason-required': 'trouble.refused-reason-required',
  'refused-already-exists': 'trouble.refused-already-exists',
  'refused-not-reviewed': 'trouble.refused-not-reviewed',
  'refused-sender-unknown': 'trouble.refused-sender-unknown',
  'refused-minor': 'trouble.refused-minor',
  'refused-blackout': 'trouble.refused-minor',
  'refused-same-reviewer': 'complaint.notYours',
  'statement-faults': 'trouble.statement-faults',
  'refused-original': 'trouble.refused-original',
};

/** What a trouble is called. */
export function sayTrouble(say: Say, trouble: Trouble): string {
  if (trouble.status === 429) return say('trouble.too-many', { n: trouble.retryAfterSeconds ?? 60 });
  const name = TROUBLES[trouble.kind];
  return name === undefined ? say('trouble.other', { kind: trouble.kind }) : say(name);
}
