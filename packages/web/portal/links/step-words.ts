/**
 * The state of a track and its next step in words: who acts, and by when.
 * @module
 */

import type { NextStep } from '@reclaim/casework/takedown/due-steps';
import type { Track } from '@reclaim/casework/takedown/takedown';
import type { Zone } from '@reclaim/law/zone';
import { fill, type Language } from '../../ui/language.ts';
import type { LinkWords } from '../../ui/words/links/words.ts';

/** The state in a word or two. */
export function stateTag(say: LinkWords, track: Track): string {
  return say.follow.states[track.state];
}

/** A moment as the clocks of a zone show it, or that of the device. */
export function momentWords(language: Language, ms: number, timeZone?: Zone): string {
  const parts = { dateStyle: 'medium', timeStyle: 'short', timeZone } as const;
  return new Intl.DateTimeFormat(language, parts).format(ms);
}

/** The next step as a sentence, its moment by the clocks of a zone, or that of the device. */
export function stepWords(say: LinkWords, language: Language, step: NextStep, zone?: Zone): string {
  const { next } = say.follow;
  const until = (sentence: string, ms: number) => fill(sentence, { when: momentWords(language, ms, zone) });
  switch (step.kind) {
    case 'send':
      return next.send;
    case 'wait':
      return until(step.basis === 'law' ? next['wait-law'] : next['wait-ours'], step.untilMs);
    case 'remind':
      return step.lateMs === null ? next.remind : next['remind-late'];
    case 'complain':
      return step.breached ? next['complain-late'] : next.complain;
    case 'appeal':
      return step.untilMs === null ? next.appeal : until(next['appeal-until'], step.untilMs);
    case 'wait-office':
      return next['wait-office'];
    case 'look':
      return next.look;
    case 'wait-look':
      return until(next['wait-look'], step.untilMs);
    case 'nothing':
      return next.nothing;
    default:
      return step satisfies never;
  }
}
