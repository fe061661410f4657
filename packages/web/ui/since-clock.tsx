/**
 * A clock that looks back: how long something waits, in its largest telling unit; the instant itself for the pointer and
 * the screen reader. It is never soon or past and so never changes its colour.
 * @module
 */

import { readClock } from './clock-state.ts';
import { Icon } from './icon.tsx';

// Formatters cost a hundred times what they format; a list of rows shares them.
const spans = new Map<string, Intl.NumberFormat>();
const instants = new Map<string, Intl.DateTimeFormat>();

function spanFormat(language: string, unit: string): Intl.NumberFormat {
  const key = `${language} ${unit}`;
  let format = spans.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' });
    spans.set(key, format);
  }
  return format;
}

/** A span since `since` in words of a language, "3 hours"; both instants in milliseconds UTC. */
export function sinceWords(since: number, now: number, language: string): string {
  const { amount, unit } = readClock(Math.max(now, since), since);
  return spanFormat(language, unit).format(amount);
}

/** An instant in words of a language, to the minute, in the reader's own time zone. */
export function instantWords(at: number, language: string): string {
  let format = instants.get(language);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
    instants.set(language, format);
  }
  return format.format(at);
}

/** How long something waits. `sentence` holds `{time}`. */
export function SinceClock(props: {
  readonly since: number;
  readonly now: number;
  readonly language: string;
  readonly sentence: string;
}) {
  const absolute = instantWords(props.since, props.language);
  return (
    <time class="clock calm" dateTime={new Date(props.since).toISOString()} title={absolute}>
      <Icon name="clock" />
      <span>{props.sentence.replace('{time}', sinceWords(props.since, props.now, props.language))}</span>
      <span class="visually-hidden">, {absolute}</span>
    </time>
  );
}
