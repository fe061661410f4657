/**
 * A clock: how far off, by word and shape; the instant itself for the pointer and the screen reader. It never ticks by itself: who shows
 * it says what time it is.
 * @module
 */

import { clockWords, readClock } from './clock-state.ts';
import { Icon } from './icon.tsx';

/** A clock for `dueAt` at `now`, both in milliseconds UTC. `words.soon` and `words.past` say the state. */
export function Clock(props: {
  readonly dueAt: number;
  readonly now: number;
  readonly language: string;
  readonly words: { readonly soon: string; readonly past: string };
}) {
  const reading = readClock(props.dueAt, props.now);
  const exact = new Intl.DateTimeFormat(props.language, { dateStyle: 'medium', timeStyle: 'short' });
  const absolute = exact.format(props.dueAt);
  return (
    <time class={`clock ${reading.state}`} dateTime={new Date(props.dueAt).toISOString()} title={absolute}>
      <Icon name={reading.state === 'calm' ? 'clock' : reading.state === 'soon' ? 'attention' : 'danger'} />
      <span>{clockWords(reading, props.language)}</span>
      {reading.state !== 'calm' && <span>· {props.words[reading.state]}</span>}
      <span class="visually-hidden">{absolute}</span>
    </time>
  );
}
