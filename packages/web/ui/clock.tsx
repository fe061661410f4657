/**
 * A clock: how far off, by word and shape; the instant itself for the pointer and the screen reader. It never ticks by itself: who shows
 * it says what time it is.
 * @module
 */

import { clockWords, readClock } from './clock-state.ts';
import { Icon } from './icon.tsx';

// Formatters cost a hundred times what they format; a list of rows shares them.
const formats = new Map<string, Intl.DateTimeFormat>();

function exactFormat(language: string, timeZone: string | undefined): Intl.DateTimeFormat {
  const key = `${language} ${timeZone ?? ''}`;
  let format = formats.get(key);
  if (format === undefined) {
    const zone = timeZone === undefined ? {} : { timeZone, timeZoneName: 'short' as const };
    // `timeStyle` and a zone's name exclude each other.
    format = new Intl.DateTimeFormat(language, {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      ...zone,
    });
    formats.set(key, format);
  }
  return format;
}

/** A clock for `dueAt` at `now`, both in milliseconds UTC. `words.soon` and `words.past` say the state. */
export function Clock(props: {
  readonly dueAt: number;
  readonly now: number;
  readonly language: string;
  /** Where the instant is told in; the reader's own zone unless said otherwise. */
  readonly timeZone?: string;
  readonly words: { readonly soon: string; readonly past: string };
}) {
  const reading = readClock(props.dueAt, props.now);
  const absolute = exactFormat(props.language, props.timeZone).format(props.dueAt);
  return (
    <time class={`clock ${reading.state}`} dateTime={new Date(props.dueAt).toISOString()} title={absolute}>
      <Icon name={reading.state === 'calm' ? 'clock' : reading.state === 'soon' ? 'attention' : 'danger'} />
      <span>{clockWords(reading, props.language)}</span>
      {reading.state !== 'calm' && <span>· {props.words[reading.state]}</span>}
      <span class="visually-hidden">{absolute}</span>
    </time>
  );
}
