import assert from 'node:assert/strict';
import test from 'node:test';
import { parseDay } from '@reclaim/law/day';
import { pinVersions } from '@reclaim/law/duty/rule';
import { RULES } from '@reclaim/law/duty/rules';
import { UTC } from '@reclaim/law/zone';
import fc from 'fast-check';
import { DAY_MS } from '../instant.ts';
import { nextStep } from './due-steps.ts';
import {
  decideTakedown,
  type Sending,
  type TakedownCommand,
  type TakedownEvent,
  TRACK_STATES,
  type TrackName,
  type Tracks,
  tracksOf,
} from './takedown.ts';
import { MAX_TAKEDOWNS, parseTakedowns } from './takedown-record.ts';

const START = Date.UTC(2026, 10, 20, 9);
const HOUR = 3_600_000;

const SEND: { readonly kind: 'send' } & Omit<Sending, 'at'> = {
  kind: 'send',
  channel: 'x-tida',
  regimes: ['us-tida', 'eu-dsa'],
  complete: ['us-tida', 'eu-dsa'],
  pins: pinVersions(RULES, parseDay('2026-11-20')),
  proof: 'receipt',
  number: '',
  contact: true,
};

/** The events of the commands given in order, an hour apart; fails if one is refused. */
function walk(...commands: readonly (TakedownCommand | TakedownCommand['kind'])[]): readonly TakedownEvent[] {
  const events: TakedownEvent[] = [];
  for (const [at, given] of commands.entries()) {
    const command = (typeof given === 'string' ? { kind: given } : given) as TakedownCommand;
    const when = START + at * HOUR;
    const decided = decideTakedown(tracksOf(events), 'host', command, when, when);
    assert.ok(decided.ok, `${command.kind} after ${events.at(-1)?.type}`);
    events.push(decided.event);
  }
  return events;
}

const hostOf = (events: readonly TakedownEvent[]) => tracksOf(events).find((each) => each.name === 'host')!;
const look = (there: boolean): TakedownCommand => ({ kind: 'look', there });
const escalate: TakedownCommand = { kind: 'escalate', office: 'ftc' };
const acknowledge: TakedownCommand = { kind: 'acknowledge', number: 'N-1' };

/** Every transition of the prose, as a path and where it ends. */
const PATHS: readonly (readonly [
  path: readonly (TakedownCommand | TakedownCommand['kind'])[],
  state: string,
])[] = [
  [['add'], 'open'],
  [['add', SEND], 'sent'],
  [['add', SEND, acknowledge], 'acknowledged'],
  [['add', SEND, 'be-silent'], 'silent'],
  [['add', SEND, 'be-silent', acknowledge], 'acknowledged'],
  [['add', SEND, 'refuse'], 'refused'],
  [['add', SEND, 'refuse', 'appeal', 'remove'], 'removed'],
  [['add', SEND, 'refuse', SEND], 'sent'],
  [['add', 'remove'], 'removed'],
  [['add', SEND, 'remove', look(false)], 'removed'],
  [['add', SEND, 'remove', look(true)], 'reappeared'],
  [['add', SEND, 'remove', look(true), SEND], 'sent'],
  [['add', SEND, look(false)], 'removed'],
  [['add', SEND, look(true)], 'sent'],
  [['add', SEND, 'remind', escalate], 'sent'],
  [['add', SEND, 'drop'], 'dropped'],
  [['add', SEND, 'drop', 'take-back'], 'sent'],
  [['add', SEND, 'remove', 'take-back'], 'sent'],
];

for (const [path, state] of PATHS) {
  const names = path.map((each) => (typeof each === 'string' ? each : each.kind));
  test(`a takedown: ${names.join(', ')} ends ${state}`, () => {
    assert.equal(hostOf(walk(...path)).state, state);
  });
}

/** Commands that a state refuses; whatever is not listed here stands in a path above. */
const REFUSED: readonly (readonly [
  path: readonly (TakedownCommand | TakedownCommand['kind'])[],
  refused: string,
])[] = [
  [[], 'send remove refuse acknowledge be-silent remind appeal escalate drop take-back look'],
  [['add'], 'add refuse acknowledge be-silent remind appeal escalate take-back'],
  [['add', SEND], 'add appeal'],
  [['add', SEND, acknowledge], 'add appeal acknowledge'],
  [['add', SEND, 'be-silent'], 'add appeal be-silent'],
  [['add', SEND, 'refuse'], 'add refuse acknowledge be-silent'],
  [['add', SEND, 'remove'], 'add send remove refuse acknowledge be-silent remind appeal escalate'],
  [['add', SEND, 'remove', look(true)], 'add refuse acknowledge be-silent remind appeal escalate look'],
  [['add', 'drop'], 'add send remove refuse acknowledge be-silent remind appeal escalate drop look'],
];

for (const [path, refused] of REFUSED) {
  const events = walk(...path);
  test(`a takedown that is ${hostOf(events)?.state ?? 'not there'} refuses ${refused}`, () => {
    const at = START + 100 * HOUR;
    for (const kind of refused.split(' ')) {
      const command = { ...SEND, office: 'ftc', there: true, kind } as unknown as TakedownCommand;
      const decided = decideTakedown(tracksOf(events), 'host', command, at, at);
      assert.deepEqual(decided, { ok: false, reason: 'wrong-state' }, kind);
    }
  });
}

test('a mark in the future or before the last one is refused, and what is no time too', () => {
  const events = walk('add', SEND);
  const yesterday = decideTakedown(tracksOf(walk('add')), 'host', SEND, START - 24 * HOUR, START);
  assert.ok(yesterday.ok, 'what was asked for before it was put on the list');
  const tracks = tracksOf(events);
  const now = START + 5 * HOUR;
  const reason = (at: number) => {
    const decided = decideTakedown(tracks, 'host', { kind: 'remove' }, at, now);
    return decided.ok ? '' : decided.reason;
  };
  assert.equal(reason(now + 2 * HOUR), 'in-future');
  assert.equal(reason(START), 'out-of-order');
  assert.equal(reason(Number.NaN), 'malformed-time');
  assert.equal(reason(START + 2 * HOUR), '');
});

test('the host and each search engine stand apart: neither moves the other', () => {
  const google: TrackName = 'engine-google-search';
  let events = walk('add', SEND, 'remove');
  const give = (track: TrackName, command: TakedownCommand) => {
    const at = START + (events.length + 10) * HOUR;
    const decided = decideTakedown(tracksOf(events), track, command, at, at);
    assert.ok(decided.ok, command.kind);
    events = [...events, decided.event];
  };
  assert.equal(decideTakedown(tracksOf(events), google, { kind: 'add' }, START, START).ok, false);
  give(google, look(true));
  give(google, { ...SEND, channel: 'google-explicit', regimes: [], complete: [] });
  assert.deepEqual(
    tracksOf(events).map((each) => [each.name, each.state]),
    [
      ['host', 'removed'],
      [google, 'sent'],
    ],
  );
  give(google, { kind: 'remove' });
  give('host', look(true));
  assert.deepEqual(
    tracksOf(events).map((each) => each.state),
    ['reappeared', 'removed'],
  );
});

const at = (events: readonly TakedownEvent[], hours: number) =>
  nextStep(hostOf(events), START + hours * HOUR, UTC);

test('a complete request waits for 48 hours of the law, then a reminder is due, then a complaint, then the office acts', () => {
  const sent = walk('add', SEND);
  const waiting = at(sent, 2);
  assert.equal(waiting.kind, 'wait');
  assert.ok(waiting.kind === 'wait' && waiting.basis === 'law' && waiting.untilMs === START + 49 * HOUR);
  assert.equal(at(sent, 49).kind, 'wait');
  const late = at(sent, 50);
  assert.deepEqual(late, { kind: 'remind', who: 'person', lateMs: HOUR });
  const mark = (events: readonly TakedownEvent[], command: TakedownCommand, hours: number) => {
    const when = START + hours * HOUR;
    const decided = decideTakedown(tracksOf(events), 'host', command, when, when);
    assert.ok(decided.ok);
    return [...events, decided.event];
  };
  const reminded = mark(sent, { kind: 'remind' }, 50);
  assert.deepEqual(at(reminded, 51), { kind: 'complain', who: 'person', breached: true });
  const complained = mark(reminded, escalate, 52);
  assert.equal(at(complained, 60).kind, 'wait-office');
});

test('an incomplete request has no clock of the law: the waiting time is ours, and nothing is called a breach', () => {
  const sent = walk('add', { ...SEND, complete: ['eu-dsa'] });
  const waiting = at(sent, 60);
  assert.ok(waiting.kind === 'wait' && waiting.basis === 'ours');
  assert.deepEqual(at(sent, 8 * 24), { kind: 'remind', who: 'person', lateMs: null });
  const reminded = walk('add', { ...SEND, complete: [] }, 'remind');
  assert.deepEqual(at(reminded, 9 * 24), { kind: 'complain', who: 'person', breached: false });
});

test('India: two hours under the version that the sending kept, whatever the rule says later', () => {
  const now: TakedownCommand = { ...SEND, regimes: ['in-rules'], complete: ['in-rules'] };
  const step = at(walk('add', now), 1.5);
  assert.ok(step.kind === 'wait' && step.untilMs === START + 3 * HOUR);
  const old: TakedownCommand = { ...now, pins: pinVersions(RULES, parseDay('2026-02-01')) };
  const before = at(walk('add', old), 1.5);
  assert.ok(before.kind === 'wait' && before.untilMs === START + 25 * HOUR);
});

test('the United Kingdom: enacted and not known to be in force, so no moment of the law is promised', () => {
  const step = at(walk('add', { ...SEND, regimes: ['uk-osa'], complete: ['uk-osa'] }), 1.5);
  assert.ok(step.kind === 'wait' && step.basis === 'ours');
});

test('a refusal is appealed inside six months of the Digital Services Act, then goes to an office', () => {
  const refused = walk('add', SEND, 'refuse');
  const step = at(refused, 3);
  assert.ok(step.kind === 'appeal' && step.untilMs !== null);
  assert.equal(new Date(step.untilMs).toISOString(), '2027-05-20T23:59:59.999Z');
  const other = at(walk('add', { ...SEND, regimes: ['us-tida'], complete: [] }, 'refuse'), 3);
  assert.deepEqual(other, { kind: 'appeal', who: 'person', untilMs: null });
  assert.equal(at(walk('add', SEND, 'refuse', 'appeal'), 4 + 8 * 24).kind, 'complain');
});

test('what is gone is looked at again after 7, 30 and 90 days, each look putting the next one off', () => {
  const gone = walk('add', SEND, 'remove');
  const removedAt = START + 2 * HOUR;
  assert.deepEqual(at(gone, 3), { kind: 'wait-look', who: 'nobody', untilMs: removedAt + 7 * DAY_MS });
  assert.equal(at(gone, 8 * 24).kind, 'look');
  const seen = (events: readonly TakedownEvent[], days: number): readonly TakedownEvent[] => [
    ...events,
    { type: 'seen-gone', track: 'host', at: START + days * DAY_MS },
  ];
  const once = seen(gone, 8);
  assert.deepEqual(at(once, 9 * 24), { kind: 'wait-look', who: 'nobody', untilMs: removedAt + 30 * DAY_MS });
  const late = seen(once, 100);
  const step = at(late, 101 * 24);
  assert.ok(step.kind === 'wait-look' && step.untilMs === START + 190 * DAY_MS);
});

test('what came back is asked for anew: earlier sendings no longer count', () => {
  const back = hostOf(walk('add', SEND, 'remove', look(true)));
  assert.deepEqual([back.sendings.length, back.returns], [0, 1]);
  assert.deepEqual(nextStep(back, START + 500 * HOUR, UTC), { kind: 'send', who: 'person' });
});

test('any order of events, damaged ones too, ends in a state that has a next step, and survives the sealed case', () => {
  const types = [
    'added',
    'removed',
    'refused',
    'silent',
    'reappeared',
    'seen-gone',
    'reminded',
    'appealed',
    'dropped',
    'taken-back',
  ] as const;
  const track = fc.constantFrom<TrackName>('host', 'engine-bing');
  const when = fc.integer({ min: START, max: START + 400 * DAY_MS });
  const event: fc.Arbitrary<TakedownEvent> = fc.oneof(
    fc.record({ type: fc.constantFrom(...types), track, at: when }),
    fc.record({
      type: fc.constant('acknowledged' as const),
      track,
      at: when,
      number: fc.string({ maxLength: 9 }),
    }),
    fc.record({ type: fc.constant('escalated' as const), track, at: when, office: fc.constant('ftc') }),
    when.chain((moment) =>
      track.map((on): TakedownEvent => {
        const { kind: _, ...sending } = SEND;
        return { type: 'sent', track: on, at: moment, ...sending };
      }),
    ),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 20 }), when, (events, now) => {
      const tracks: Tracks = tracksOf(events);
      for (const each of tracks) {
        assert.ok(TRACK_STATES.includes(each.state));
        assert.ok(nextStep(each, now, UTC).kind.length > 0);
      }
      const kept = JSON.parse(JSON.stringify([{ link: 'https://x.com/a/status/1', events }]));
      assert.deepEqual(parseTakedowns(kept), kept);
    }),
    { numRuns: 300 },
  );
});

test('records are read strictly, with limits, and no refusal repeats what stood there', () => {
  const good = { link: 'https://x.com/secret', events: [] };
  const bad: readonly unknown[] = [
    null,
    'text',
    [{ ...good, more: 1 }],
    [{ link: 'javascript:secret', events: [] }],
    [{ link: `https://x.com/${'a'.repeat(3_000)}`, events: [] }],
    [good, good],
    [{ ...good, events: [{ type: 'secret', track: 'host', at: 1 }] }],
    [{ ...good, events: [{ type: 'added', track: 'secret', at: 1 }] }],
    [{ ...good, events: [{ type: 'added', track: 'host', at: 1.5 }] }],
    [{ ...good, events: [{ type: 'sent', track: 'host', at: 1 }] }],
    Array.from({ length: MAX_TAKEDOWNS + 1 }, (_, n) => ({ link: `https://x.com/${n}`, events: [] })),
  ];
  for (const value of bad) {
    assert.throws(
      () => parseTakedowns(value),
      (error: unknown) => error instanceof TypeError && !/secret|javascript/.test(error.message),
    );
  }
});
