/**
 * Reminders as a calendar file (RFC 5545), made on the device: one entry for each day on which something of the list is due, with
 * a title that tells nothing, no link, no place, no name and no description. Nothing is due more often than once a day: a calendar
 * full of entries would tell what its titles do not.
 *
 * A calendar is often shared, copied to a company or shown on a lock screen: that is why an entry says "Reminder" and no more, and
 * why the file asks for no alarm of its own; the calendar's own setting stands.
 * @module
 */

import { nextStep } from '@reclaim/casework/takedown/due-steps';
import type { Zone } from '@reclaim/law/zone';
import type { ListedLink } from './link-list.ts';

/** Entries of one file, at most. */
export const MAX_REMINDERS = 100;

/** Moments at which somebody may have to do something, the first of each day of the zone, in order; milliseconds since 1970. */
export function reminderMoments(links: readonly ListedLink[], nowMs: number, zone: Zone): readonly number[] {
  const moments = links
    .flatMap((each) => each.tracks)
    .flatMap((track) => {
      const step = nextStep(track, nowMs, zone);
      return step.kind === 'wait' || step.kind === 'wait-look' ? [step.untilMs] : [];
    })
    .filter((moment) => moment > nowMs)
    .sort((a, b) => a - b);
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
  const days = new Set<string>();
  return moments
    .filter((moment) => {
      const of = day.format(moment);
      if (days.has(of)) return false;
      days.add(of);
      return true;
    })
    .slice(0, MAX_REMINDERS);
}

/** The file. `ids` are random, one for each moment; `title` is a word that tells nothing. */
export function calendarOf(
  moments: readonly number[],
  title: string,
  nowMs: number,
  ids: readonly string[],
): string {
  const entries = moments.flatMap((moment, at) => [
    'BEGIN:VEVENT',
    `UID:${ids[at] ?? at}`,
    `DTSTAMP:${stamp(nowMs)}`,
    // A minute after: what is due then has passed, and the list says what to do.
    `DTSTART:${stamp(moment + 60_000)}`,
    'DURATION:PT15M',
    `SUMMARY:${escaped(title)}`,
    'CLASS:PRIVATE',
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ]);
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//calendar//1//EN', ...entries, 'END:VCALENDAR'];
  return lines.map((line) => `${line}\r\n`).join('');
}

/** RFC 5545 section 3.3.5, form 2: UTC. */
function stamp(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** RFC 5545 section 3.3.11. */
function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, ' ');
}
