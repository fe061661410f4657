import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { FACTS_MAX, FACTS_MIN } from './decision.ts';
import { makeId } from './id.ts';
import { DAY_MS, parseUtcMs, type UtcMs } from './instant.ts';
import {
  actsInWindow,
  decideMisuse,
  evolveMisuse,
  isTurnedAway,
  MISUSE_POLICY,
  type MisuseCommand,
  type MisuseEvent,
  type MisuseState,
  misuseKind,
  NO_MISUSE,
} from './misuse.ts';

const misuseId = makeId('misuse', new Uint8Array(16));
const by = makeId('staff', new Uint8Array(16).fill(1));
const other = makeId('staff', new Uint8Array(16).fill(2));
const decisionId = (n: number) => makeId('decision', new Uint8Array(16).fill(n));
const day = (n: number): UtcMs => parseUtcMs(Date.UTC(2026, 0, 1) + n * DAY_MS);
const WORDS = {
  gravity: 'Intimate images of others, each time.',
  intention: 'Posted again after each removal.',
};

type Part<K extends MisuseCommand['kind']> = Omit<
  Extract<MisuseCommand, { readonly kind: K }>,
  'kind' | 'misuseId' | 'misuse' | 'now'
>;
const command = <K extends MisuseCommand['kind']>(kind: K, at: number, part: Part<K>): MisuseCommand =>
  ({ kind, misuseId, misuse: 'illegal-content', now: day(at), ...part }) as unknown as MisuseCommand;
const count = (n: number, at: number, more: Partial<Part<'count'>> = {}) =>
  command('count', at, { decisionId: decisionId(n), basis: 'reviewed', manifest: true, ...more });
const warn = (at: number, n = 3, all = 4) => command('warn', at, { by, facts: { count: n, all, ...WORDS } });
const suspend = (at: number, n = 4, days = 30, all = 6) =>
  command('suspend', at, { by, days, facts: { count: n, all, ...WORDS } });

/** What comes of commands, one after the other: the state, and the refusals in their order. */
function run(...commands: readonly MisuseCommand[]): {
  readonly state: MisuseState;
  readonly refused: readonly string[];
} {
  let state: MisuseState = NO_MISUSE;
  const refused: string[] = [];
  for (const each of commands) {
    const decided = decideMisuse(state, each);
    if (decided.ok) state = decided.events.reduce(evolveMisuse, state);
    else refused.push(decided.reason);
  }
  return { state, refused };
}
const THREE = [count(1, 1), count(2, 2), count(3, 3)];
const SUSPENDED = [...THREE, warn(4), count(4, 5), suspend(6)];
const OBJECTION = 'None of it was mine: the account was taken over.';
const REASON = 'Nothing shows that it was somebody else.';

test('the ladder: three manifest acts, a warning, one more act, a suspension, its end', () => {
  const { state, refused } = run(...THREE, warn(4), count(4, 10), suspend(11));
  assert.deepEqual(refused, []);
  assert.equal(misuseKind(state, day(11)), 'suspended');
  assert.equal(state.suspendedUntil, day(41));
  const after = run(...THREE, warn(4), count(4, 10), suspend(11), command('expire', 41, {}));
  assert.deepEqual(after.refused, []);
  assert.equal(misuseKind(after.state, day(41)), 'warned');
});

test('what is refused, with its reason: a table', () => {
  const table: readonly (readonly [
    said: string,
    commands: readonly MisuseCommand[],
    refused: readonly string[],
  ])[] = [
    ['a perceptual match alone never counts', [count(1, 1, { basis: 'perceptual-match' })], ['not-reviewed']],
    ['what needs analysis is not manifest', [count(1, 1, { manifest: false })], ['not-manifest']],
    ['one decision counts once', [count(1, 1), count(1, 2)], ['already-exists']],
    ['twice is not frequently', [count(1, 1), count(2, 2), warn(3, 2)], ['too-few-acts']],
    ['old acts do not count', [...THREE, warn(200)], ['too-few-acts']],
    ['no suspension without a warning', [...THREE, count(4, 4), suspend(5)], ['not-warned']],
    [
      'who stopped after the warning is not suspended',
      [...THREE, warn(4), suspend(5, 3)],
      ['no-act-since-warning'],
    ],
    [
      'a warning of a year ago stands no more',
      [...THREE, warn(4), count(4, 400), suspend(401, 1)],
      ['not-warned'],
    ],
    ['a number that the acts do not bear out', [...THREE, warn(4, 7, 9)], ['facts-missing']],
    ['fewer acts in all than manifest ones', [...THREE, warn(4, 3, 2)], ['facts-missing']],
    [
      'gravity without words',
      [
        ...THREE,
        command('warn', 4, { by, facts: { count: 3, all: 3, gravity: ' ', intention: WORDS.intention } }),
      ],
      ['facts-missing'],
    ],
    ['longer than the policy allows', [...THREE, warn(4), count(4, 5), suspend(6, 4, 91)], ['too-long']],
    ['no time at all', [...THREE, warn(4), count(4, 5), suspend(6, 4, 0)], ['too-long']],
    ['a second warning beside the first', [...THREE, warn(4), count(4, 5), warn(6, 4)], ['wrong-state']],
    [
      'a suspension beside a suspension',
      [...THREE, warn(4), count(4, 5), suspend(6), count(5, 7), suspend(8, 5)],
      ['wrong-state'],
    ],
    [
      'no end before its time',
      [...THREE, warn(4), count(4, 5), suspend(6), command('expire', 35, {})],
      ['not-yet-due'],
    ],
    [
      'no lifting without a reason',
      [...THREE, warn(4), count(4, 5), suspend(6), command('lift', 7, { by, reason: 'no' })],
      ['reason-required'],
    ],
    ['nothing to lift', [...THREE, command('lift', 7, { by, reason: 'It was a mistake.' })], ['wrong-state']],
    [
      'nothing to object to while there is only a warning',
      [...THREE, warn(4), command('object', 5, { words: 'I did not do this.' })],
      ['wrong-state'],
    ],
    [
      'one objection against one suspension',
      [...SUSPENDED, command('object', 7, { words: OBJECTION }), command('object', 8, { words: OBJECTION })],
      ['already-exists'],
    ],
    [
      'who suspended does not answer the objection',
      [
        ...SUSPENDED,
        command('object', 7, { words: OBJECTION }),
        command('uphold', 8, { by, reason: REASON }),
      ],
      ['same-reviewer'],
    ],
    [
      'nothing to uphold',
      [...SUSPENDED, command('uphold', 8, { by: other, reason: REASON })],
      ['wrong-state'],
    ],
    ['nothing to discount', [command('discount', 7, { decisionId: decisionId(9) })], ['not-found']],
    ['nothing to disown or to end', [command('expire', 7, {})], ['wrong-state']],
    [
      'a suspension counts the acts that still count',
      // Of four only the one after the warning lies inside the window.
      [...THREE, warn(4), count(4, 190), suspend(190, 1)],
      ['too-few-acts'],
    ],
    [
      'a suspension on a number that is not theirs',
      [...THREE, warn(4), count(4, 5), suspend(6, 3)],
      ['facts-missing'],
    ],
    [
      'an act at the very moment of the warning',
      [...THREE, count(4, 4), warn(4, 4), suspend(6)],
      ['no-act-since-warning'],
    ],
    [
      'no objection without words',
      [...SUSPENDED, command('object', 7, { words: 'Not me.' })],
      ['reason-required'],
    ],
    [
      'an objection is upheld with a reason',
      [
        ...SUSPENDED,
        command('object', 7, { words: OBJECTION }),
        command('uphold', 8, { by: other, reason: 'No.' }),
      ],
      ['reason-required'],
    ],
    [
      'an objection is answered once',
      [
        ...SUSPENDED,
        command('object', 7, { words: OBJECTION }),
        command('uphold', 8, { by: other, reason: REASON }),
        command('uphold', 9, { by: other, reason: REASON }),
      ],
      ['wrong-state'],
    ],
    [
      'what a suspension was for is not suspended again',
      [...THREE, warn(4), count(4, 5), suspend(6), command('expire', 36, {}), suspend(37)],
      ['no-act-since-warning'],
    ],
  ];
  for (const [said, commands, refused] of table) assert.deepEqual(run(...commands).refused, refused, said);
});

test('an objection is answered by another: the suspension stands, or is lifted; the next one can be objected to again', () => {
  const objected = [...SUSPENDED, command('object', 7, { words: OBJECTION })];
  const upheld = run(...objected, command('uphold', 8, { by: other, reason: REASON }));
  assert.deepEqual([upheld.refused, upheld.state.objection], [[], 'answered']);
  assert.equal(misuseKind(upheld.state, day(8)), 'suspended');
  const lifted = run(...objected, command('lift', 8, { by, reason: REASON }));
  assert.deepEqual([lifted.refused, lifted.state.objection], [[], 'none']);
  assert.equal(misuseKind(lifted.state, day(8)), 'warned');
  const again = run(
    ...objected,
    command('lift', 8, { by, reason: REASON }),
    count(5, 9),
    suspend(10, 5),
    command('object', 11, { words: OBJECTION }),
  );
  assert.deepEqual(again.refused, []);
});

test('a warning can be taken back: the acts go on counting, and a suspension needs a new one', () => {
  const { state, refused } = run(
    ...THREE,
    warn(4),
    command('lift', 5, { by, reason: REASON }),
    count(4, 6),
    suspend(7),
  );
  assert.deepEqual(refused, ['not-warned']);
  assert.equal(misuseKind(state, day(7)), 'counted');
});

test('the ends of the times are the days that the policy says, and so are those of words and days', () => {
  const { windowDays, warningDays, longestDays } = MISUSE_POLICY;
  const { state } = run(...THREE, warn(4));
  assert.equal(actsInWindow(state, day(3)).length, 3, 'an act counts from its own moment on');
  assert.equal(actsInWindow(state, parseUtcMs(day(3) - 1)).length, 2);
  assert.equal(actsInWindow(state, parseUtcMs(day(1 + windowDays) - 1)).length, 3);
  assert.equal(actsInWindow(state, day(1 + windowDays)).length, 2);
  assert.equal(misuseKind(state, parseUtcMs(day(4 + warningDays) - 1)), 'warned');
  assert.equal(misuseKind(state, day(4 + warningDays)), 'clear');
  for (const days of [1, longestDays]) {
    const { refused } = run(...THREE, warn(4), count(4, 5), suspend(6, 4, days, 4));
    assert.deepEqual(refused, [], `${days} days, and every upload of theirs was one`);
  }
  const objected = (words: string) => run(...SUSPENDED, command('object', 7, { words })).refused;
  assert.deepEqual(objected('x'.repeat(FACTS_MIN)), []);
  assert.deepEqual(objected(`  ${'x'.repeat(FACTS_MIN - 1)}  `), ['reason-required']);
  assert.deepEqual(objected('x'.repeat(FACTS_MAX)), []);
  assert.deepEqual(objected('x'.repeat(FACTS_MAX + 1)), ['reason-required']);
});

test('an act whose decision was undone counts no more, and the others do', () => {
  const { state } = run(...THREE, command('discount', 4, { decisionId: decisionId(2) }));
  assert.deepEqual(
    state.acts.map((act) => act.decisionId),
    [decisionId(1), decisionId(3)],
  );
});

test('who is left with too few acts is not warned', () => {
  const { state, refused } = run(...THREE, command('discount', 4, { decisionId: decisionId(2) }), warn(5));
  assert.deepEqual(refused, ['too-few-acts']);
  assert.equal(actsInWindow(state, day(5)).length, 2);
});

test('a notice of the person shown is never turned away, whatever they sent before', () => {
  const { state } = run(...THREE, warn(4), count(4, 10), suspend(11));
  const sent = { misuse: 'unfounded-notices', alwaysHeard: true } as const;
  assert.equal(isTurnedAway(state, day(12), sent), false);
  assert.equal(isTurnedAway(state, day(12), { ...sent, alwaysHeard: false }), true);
  assert.equal(isTurnedAway(state, day(12), { misuse: 'illegal-content', alwaysHeard: true }), true);
  assert.equal(isTurnedAway(state, day(41), { ...sent, alwaysHeard: false }), false, 'its end needs nobody');
});

test('who says that what was counted under their address was another’s is not turned away, and that is written once', () => {
  const notices = (each: MisuseCommand): MisuseCommand => ({ ...each, misuse: 'unfounded-notices' });
  const suspended = SUSPENDED.map(notices);
  const disown = (at: number) => notices(command('disown', at, {}));
  const { state, refused } = run(...suspended, disown(7), disown(8));
  assert.deepEqual([state.disownedAt, refused], [day(7), ['already-exists']]);
  for (const misuse of ['unfounded-notices', 'unfounded-complaints'] as const) {
    const sent = { misuse, alwaysHeard: false };
    assert.equal(isTurnedAway(state, day(9), { ...sent, disowned: true }), false);
    assert.equal(isTurnedAway(state, day(9), sent), true, 'only with that word');
  }
  // An account is what its platform says it is: no word of an uploader takes an upload off it.
  const account = { misuse: 'illegal-content', alwaysHeard: false, disowned: true } as const;
  assert.equal(isTurnedAway(run(...SUSPENDED).state, day(9), account), true);
  assert.deepEqual(run(...SUSPENDED, command('disown', 7, {})).refused, ['wrong-state']);
  assert.deepEqual(run(notices(THREE[0]!), disown(2)).refused, ['wrong-state']);
  const again = run(...suspended, disown(7), ...[count(5, 40), suspend(41, 5)].map(notices), disown(42));
  assert.equal(again.state.disownedAt, day(7), 'one suspension, however long it is asked about');
  const lifted = run(...suspended, disown(7), notices(command('lift', 8, { by, reason: REASON })));
  assert.equal(lifted.state.disownedAt, undefined);
});

test('no words of a warning stand in the public part of an event', () => {
  const decided = decideMisuse(run(...THREE).state, warn(4));
  assert.ok(decided.ok);
  const { values, ...open } = decided.events[0] as Extract<MisuseEvent, { readonly type: 'misuse-warned' }>;
  assert.deepEqual(values, WORDS);
  assert.doesNotMatch(JSON.stringify(open), /Intimate|Posted/);
});

test('whatever is asked in whatever order: a suspension follows a warning and a manifest act after it, and ends in time', () => {
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('count' as const),
      n: fc.integer({ min: 1, max: 20 }),
      reviewed: fc.boolean(),
      manifest: fc.boolean(),
    }),
    fc.record({
      kind: fc.constantFrom('warn' as const, 'suspend' as const),
      n: fc.nat(6),
      days: fc.integer({ min: -1, max: 120 }),
    }),
    fc.record({ kind: fc.constantFrom('expire' as const, 'lift' as const) }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), step), { maxLength: 40 }), (steps) => {
      let state: MisuseState = NO_MISUSE;
      let at = 0;
      const events: MisuseEvent[] = [];
      for (const [wait, each] of steps) {
        at += wait;
        const asked =
          each.kind === 'count'
            ? count(each.n, at, {
                basis: each.reviewed ? 'reviewed' : 'perceptual-match',
                manifest: each.manifest,
              })
            : each.kind === 'warn'
              ? warn(at, each.n, 10)
              : each.kind === 'suspend'
                ? suspend(at, each.n, each.days, 10)
                : each.kind === 'lift'
                  ? command('lift', at, { by, reason: 'It was a mistake of ours.' })
                  : command('expire', at, {});
        const decided = decideMisuse(state, asked);
        if (!decided.ok) continue;
        for (const event of decided.events) {
          if (event.type === 'misuse-suspended') {
            const warned = events.findLast(({ type }) => type === 'misuse-warned');
            assert.ok(warned !== undefined);
            assert.ok(events.some((other) => other.type === 'misuse-counted' && other.at > warned.at));
            assert.ok(event.until - event.at <= MISUSE_POLICY.longestDays * DAY_MS);
            assert.ok(event.at - warned.at < MISUSE_POLICY.warningDays * DAY_MS);
          }
          events.push(event);
        }
        state = decided.events.reduce(evolveMisuse, state);
      }
    }),
    { numRuns: 300 },
  );
});

test('a log that suspends without a warning, or ends what did not begin, is damaged', () => {
  const at = day(1);
  assert.throws(
    () =>
      evolveMisuse(NO_MISUSE, {
        type: 'misuse-suspended',
        misuseId,
        misuse: 'illegal-content',
        at,
        by,
        until: day(2),
        count: 1,
        all: 1,
        values: WORDS,
      }),
    /without a warning/,
  );
  const of = { misuseId, misuse: 'illegal-content', at } as const;
  const ends: readonly MisuseEvent[] = [
    { ...of, type: 'misuse-expired' },
    { ...of, type: 'misuse-disowned' },
    { ...of, type: 'misuse-objected', values: { words: OBJECTION } },
    { ...of, type: 'misuse-upheld', by, values: { reason: REASON } },
    { ...of, type: 'misuse-lifted', by, measure: 'suspension', values: { reason: REASON } },
  ];
  for (const event of ends) assert.throws(() => evolveMisuse(NO_MISUSE, event), TypeError, event.type);
});
