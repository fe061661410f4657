import assert from 'node:assert/strict';
import test from 'node:test';
import { type TakedownEvent, tracksOf } from '@reclaim/casework/takedown/takedown';
import { parseLink } from '@reclaim/law/link/link';
import { parseZone, UTC } from '@reclaim/law/zone';
import { calendarOf, MAX_REMINDERS, reminderMoments } from './calendar.ts';
import type { ListedLink } from './link-list.ts';

const DAY = 86_400_000;
const SENT = Date.UTC(2026, 10, 20, 9, 30);

/** A link that was asked for at a moment, under the law of the United States or under none. */
function asked(n: number, at: number, law = true): ListedLink {
  const parsed = parseLink(`https://planted${n}.example/secret/${n}`);
  assert.ok(parsed.ok);
  const events: readonly TakedownEvent[] = [
    { type: 'added', track: 'host', at: at - 1 },
    {
      type: 'sent',
      track: 'host',
      at,
      channel: 'planted-channel',
      regimes: law ? ['us-tida'] : [],
      complete: law ? ['us-tida'] : [],
      pins: {},
      proof: 'receipt',
      number: 'PLANTED-7',
      contact: true,
    },
  ];
  return { target: parsed.targets[0]!, tracks: tracksOf(events) };
}

test('a day has one reminder, however many links are due on it, and what has passed has none', () => {
  const now = SENT + DAY;
  const moments = reminderMoments(
    [asked(1, SENT), asked(2, SENT + 60_000), asked(3, SENT, false), asked(4, SENT - 10 * DAY)],
    now,
    UTC,
  );
  assert.deepEqual(moments, [SENT + 2 * DAY, SENT + 7 * DAY]);
  // The day is that of the person: 23:30 and 00:30 are one day in one zone and two in another.
  const late = [asked(1, SENT + 14 * 3_600_000), asked(2, SENT + 15 * 3_600_000)];
  assert.equal(reminderMoments(late, now, UTC).length, 2);
  assert.equal(reminderMoments(late, now, parseZone('Asia/Kolkata')).length, 1);
});

test('a calendar file tells nothing but when: no link, place, number, law or name of this page (S16)', () => {
  const moments = reminderMoments([asked(1, SENT)], SENT, UTC);
  const file = calendarOf(moments, 'Reminder', SENT, ['3f0c1d5e-0000-4000-8000-000000000000']);
  assert.equal(
    file,
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//calendar//1//EN',
      'BEGIN:VEVENT',
      'UID:3f0c1d5e-0000-4000-8000-000000000000',
      'DTSTAMP:20261120T093000Z',
      'DTSTART:20261122T093100Z',
      'DURATION:PT15M',
      'SUMMARY:Reminder',
      'CLASS:PRIVATE',
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
  );
  assert.doesNotMatch(file, /planted|reclaim|tida|http/i);
});

test('a thousand links make a file of bounded length, and a title cannot break out of its line', () => {
  const many = Array.from({ length: 1_000 }, (_, n) => asked(n, SENT + n * DAY));
  const moments = reminderMoments(many, SENT - DAY, UTC);
  assert.equal(moments.length, MAX_REMINDERS);
  const file = calendarOf([SENT], 'a\nEND:VEVENT;b,c\\', SENT, ['x']);
  assert.match(file, /\r\nSUMMARY:a END:VEVENT\\;b\\,c\\\\\r\n/);
});
