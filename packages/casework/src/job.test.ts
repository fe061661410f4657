/**
 * The job's machine: every state with every command, who may do what, and random lives.
 * @module
 */

import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type Decision, FACTS_MIN, type Ruling } from './decision.ts';
import { makeId } from './id.ts';
import { parseUtcMs } from './instant.ts';
import {
  CLAIM_MS,
  decideJob,
  effectOf,
  evolveJob,
  isOpen,
  JOB_CAUSES,
  JOB_STATES,
  type Job,
  type JobCommand,
  type JobEvent,
  NO_JOB,
} from './job.ts';
import { REFUSALS, type Refusal } from './refusal.ts';

const jobId = makeId('job', new Uint8Array(16).fill(1));
const anna = makeId('key', new Uint8Array(16).fill(2));
const ben = makeId('key', new Uint8Array(16).fill(3));
const NOW = parseUtcMs(1_800_000_000_000);
const LATER = parseUtcMs(NOW + CLAIM_MS);
const facts = 'The picture is the one.';

function decision(fill: number, ruling: Ruling): Decision {
  return { decisionId: makeId('decision', new Uint8Array(16).fill(fill)), ruling, automated: 'no' };
}
const removal = decision(4, { outcome: 'remove', ground: 'terms-intimate-image', confirms: [] });
const reversal = decision(5, { outcome: 'keep', ground: 'not-a-match' });

const STATES: { readonly [State in Job['kind']]: Job } = {
  none: NO_JOB,
  incomplete: { kind: 'incomplete', interim: 'none' },
  queued: { kind: 'queued', interim: 'held' },
  claimed: { kind: 'claimed', interim: 'held', by: anna, until: LATER },
  decided: { kind: 'decided', interim: 'held', by: anna, decision: removal },
  'complaint-open': { kind: 'complaint-open', interim: 'held', by: anna, decision: removal },
  closed: { kind: 'closed', interim: 'held', by: anna, decision: removal },
};

/** Each command as it succeeds where it can: by the holder in time, the complaint by somebody else. */
const COMMANDS = {
  open: { kind: 'open', jobId, cause: 'upload-check', interim: 'held', complete: true },
  complete: { kind: 'complete', jobId },
  'add-cause': { kind: 'add-cause', jobId, cause: 'report' },
  claim: { kind: 'claim', jobId, by: anna, now: NOW },
  hold: { kind: 'hold', jobId, by: anna },
  release: { kind: 'release', jobId, by: anna },
  decide: { kind: 'decide', jobId, by: anna, now: NOW, decision: removal, facts },
  undo: { kind: 'undo', jobId, by: anna, facts },
  complain: { kind: 'complain', jobId, side: 'uploader' },
  'answer-complaint': { kind: 'answer-complaint', jobId, by: ben, facts, decision: reversal },
  lapse: { kind: 'lapse', jobId, now: LATER },
  close: { kind: 'close', jobId },
} as const satisfies { readonly [Kind in JobCommand['kind']]: JobCommand };

type Answer = Job['kind'] | `! ${Refusal}`;
type Row = { readonly [K in keyof typeof COMMANDS]: Answer };

/** A row in which everything is refused alike, but for what is named. */
function row(refusal: Refusal, allowed: Partial<Row>): Row {
  const all = Object.keys(COMMANDS).map((kind) => [kind, `! ${refusal}`]);
  return { ...(Object.fromEntries(all) as Row), ...allowed };
}
const opened: Partial<Row> = { open: '! already-exists' };

/** Rows: the state before. Columns: the command. Cells: the state after, or `!` and the reason of the refusal. */
const TABLE: { readonly [State in Job['kind']]: Row } = {
  none: row('not-found', { open: 'queued' }),
  incomplete: row('wrong-state', {
    ...opened,
    complete: 'queued',
    'add-cause': 'incomplete',
    hold: 'incomplete',
    claim: 'claimed',
    decide: '! wrong-state',
    lapse: 'closed',
  }),
  queued: row('wrong-state', {
    ...opened,
    'add-cause': 'queued',
    hold: '! already-exists',
    claim: 'claimed',
    decide: '! not-claimed',
    lapse: 'closed',
  }),
  claimed: row('wrong-state', {
    ...opened,
    'add-cause': 'claimed',
    hold: '! already-exists',
    claim: 'claimed',
    release: 'queued',
    decide: 'decided',
    lapse: 'closed',
  }),
  decided: row('wrong-state', { ...opened, undo: 'queued', complain: 'complaint-open', close: 'closed' }),
  'complaint-open': row('wrong-state', { ...opened, 'answer-complaint': 'decided' }),
  closed: row('wrong-state', opened),
};

function carryOut(state: Job, command: JobCommand): Job {
  const decided = decideJob(state, command);
  assert.ok(decided.ok, `expected ${command.kind} to be accepted`);
  return decided.events.reduce(evolveJob, state);
}

function refusal(state: Job, command: JobCommand): Refusal | undefined {
  const decided = decideJob(state, command);
  return decided.ok ? undefined : decided.reason;
}

test('every command in every state leads where the table says, or is refused for the reason it gives', () => {
  assert.deepEqual(Object.keys(STATES), ['none', ...JOB_STATES]);
  for (const state of Object.values(STATES)) {
    for (const command of Object.values(COMMANDS)) {
      const decided = decideJob(state, command);
      const found = decided.ok ? decided.events.reduce(evolveJob, state).kind : `! ${decided.reason}`;
      assert.equal(found, TABLE[state.kind][command.kind], `${command.kind} in ${state.kind}`);
    }
  }
});

test('an event is refused by the log of a job that it cannot follow', () => {
  // What is held already is not held again: whether it is says nothing of the state.
  const free = Object.values(STATES).map((state): Job => {
    return state.kind === 'none' ? state : { ...state, interim: 'none' };
  });
  const events = [...Object.values(STATES), ...free].flatMap((state) =>
    Object.values(COMMANDS).flatMap((command) => {
      const decided = decideJob(state, command);
      return decided.ok ? decided.events.map((event) => ({ from: state.kind, event })) : [];
    }),
  );
  for (const state of Object.values(STATES)) {
    for (const { event } of events) {
      const allowed = events.some((each) => each.from === state.kind && each.event.type === event.type);
      if (allowed) evolveJob(state, event);
      else assert.throws(() => evolveJob(state, event), TypeError, `${event.type} after ${state.kind}`);
    }
  }
});

test('a published item is held once, by a reviewer or by the node, and the claim stands', () => {
  const open = carryOut(NO_JOB, { ...COMMANDS.open, cause: 'notice', interim: 'none' });
  const claimed = carryOut(open, COMMANDS.claim);
  const held = carryOut(claimed, { ...COMMANDS.hold, by: 'system' });
  assert.deepEqual(held, { ...claimed, interim: 'held' });
  assert.equal(refusal(held, COMMANDS.hold), 'already-exists');
});

test('an incomplete notice opens a job that waits to be completed, and that a reviewer may take up all the same', () => {
  const job = carryOut(NO_JOB, { ...COMMANDS.open, cause: 'notice', interim: 'none', complete: false });
  assert.deepEqual(job, { kind: 'incomplete', interim: 'none' });
  assert.equal(carryOut(job, COMMANDS.claim).kind, 'claimed');
  assert.deepEqual(carryOut(job, COMMANDS.complete), { kind: 'queued', interim: 'none' });
});

test('a claim belongs to one reviewer until it lapses, and its holder renews it', () => {
  const claimed = carryOut(STATES.queued, COMMANDS.claim);
  assert.deepEqual(claimed, { kind: 'claimed', interim: 'held', by: anna, until: LATER });
  const lastMoment = parseUtcMs(LATER - 1);
  assert.equal(refusal(claimed, { ...COMMANDS.claim, by: ben, now: lastMoment }), 'claimed-by-another');
  assert.equal(refusal(claimed, { ...COMMANDS.release, by: ben }), 'claimed-by-another');
  const taken = carryOut(claimed, { ...COMMANDS.claim, by: ben, now: LATER });
  assert.deepEqual(taken, { ...claimed, by: ben, until: LATER + CLAIM_MS });
  const renewed = carryOut(claimed, { ...COMMANDS.claim, now: lastMoment });
  assert.deepEqual(renewed, { ...claimed, until: lastMoment + CLAIM_MS });
});

test('only the holder decides, while the claim stands', () => {
  assert.equal(refusal(STATES.claimed, { ...COMMANDS.decide, by: ben }), 'claimed-by-another');
  assert.equal(refusal(STATES.claimed, { ...COMMANDS.decide, now: LATER }), 'not-claimed');
  const decided = carryOut(STATES.claimed, { ...COMMANDS.decide, now: parseUtcMs(LATER - 1) });
  assert.deepEqual(decided, STATES.decided);
});

test('a decision, an undo and an answer need a reason in words, and blanks are no words', () => {
  const tooShort = [``, ' '.repeat(FACTS_MIN), `\n${'x'.repeat(FACTS_MIN - 1)}\t`];
  for (const words of tooShort) {
    assert.equal(refusal(STATES.claimed, { ...COMMANDS.decide, facts: words }), 'reason-required');
    assert.equal(refusal(STATES.decided, { ...COMMANDS.undo, facts: words }), 'reason-required');
    const answer = { ...COMMANDS['answer-complaint'], facts: words };
    assert.equal(refusal(STATES['complaint-open'], answer), 'reason-required');
  }
  carryOut(STATES.claimed, { ...COMMANDS.decide, facts: 'x'.repeat(FACTS_MIN) });
});

test('words travel only as erasable values of an event', () => {
  const speaking: readonly (readonly [Job, JobCommand])[] = [
    [STATES.claimed, COMMANDS.decide],
    [STATES.decided, COMMANDS.undo],
    [STATES['complaint-open'], COMMANDS['answer-complaint']],
  ];
  for (const [state, command] of speaking) {
    const decided = decideJob(state, command);
    assert.ok(decided.ok);
    for (const event of decided.events) {
      assert.ok('values' in event);
      const { values, ...rest } = event;
      assert.deepEqual(values, { facts });
      assert.doesNotMatch(JSON.stringify(rest), /picture/);
    }
    assert.doesNotMatch(JSON.stringify(decided.events.reduce(evolveJob, state)), /picture/);
  }
});

test('undoing names the decision that is undone and keeps the item as it was held', () => {
  const undone = decideJob(STATES.decided, { ...COMMANDS.undo, by: ben });
  assert.ok(undone.ok);
  assert.deepEqual(undone.events, [
    { type: 'job-undone', jobId, by: ben, decisionId: removal.decisionId, values: { facts } },
  ]);
  assert.deepEqual(carryOut(STATES.decided, COMMANDS.undo), { kind: 'queued', interim: 'held' });
});

test('nobody answers a complaint against their own ruling, not even after somebody else upheld it', () => {
  const complained = STATES['complaint-open'];
  assert.equal(refusal(complained, { ...COMMANDS['answer-complaint'], by: anna }), 'same-reviewer');
  const upheld = carryOut(complained, { ...COMMANDS['answer-complaint'], decision: undefined });
  assert.deepEqual(upheld, { kind: 'decided', interim: 'held', by: anna, decision: removal });
  const again = carryOut(upheld, { ...COMMANDS.complain, side: 'notifier' });
  assert.equal(refusal(again, { ...COMMANDS['answer-complaint'], by: anna }), 'same-reviewer');
});

test('a complaint that was right carries a new ruling, which is its author’s', () => {
  const answered = carryOut(STATES['complaint-open'], COMMANDS['answer-complaint']);
  assert.deepEqual(answered, { kind: 'decided', interim: 'held', by: ben, decision: reversal });
  const again = carryOut(answered, COMMANDS.complain);
  assert.equal(refusal(again, COMMANDS['answer-complaint']), 'same-reviewer');
});

test('a job whose claim lapsed may lapse itself, one that is claimed or was ruled on may not', () => {
  assert.deepEqual(carryOut(STATES.queued, COMMANDS.lapse), { kind: 'closed', interim: 'held' });
  assert.equal(
    refusal(STATES.claimed, { ...COMMANDS.lapse, now: parseUtcMs(LATER - 1) }),
    'claimed-by-another',
  );
  const lapsed = carryOut(STATES.claimed, { ...COMMANDS.lapse, now: LATER });
  assert.deepEqual(lapsed, { kind: 'closed', interim: 'held' });
  for (const command of Object.values(COMMANDS)) assert.ok(refusal(lapsed, command), command.kind);
});

test('what is referred stays down like what is removed, and a duplicate changes nothing', () => {
  assert.equal(effectOf(removal.ruling), 'withhold');
  assert.equal(effectOf({ outcome: 'refer', ground: 'minor-suspected' }), 'withhold');
  assert.equal(effectOf(reversal.ruling), 'publish');
  assert.equal(effectOf({ outcome: 'duplicate', of: jobId }), 'unchanged');
});

test('exactly the jobs without a ruling are open', () => {
  const open = Object.values(STATES).filter(isOpen);
  assert.deepEqual(
    open.map((job) => job.kind),
    ['incomplete', 'queued', 'claimed'],
  );
});

test('no sequence of commands throws, leaves a closed job or makes a log that does not replay', () => {
  const by = fc.constantFrom(anna, ben);
  const now = fc.integer({ min: 0, max: 4 * CLAIM_MS }).map((ms) => parseUtcMs(NOW + ms));
  const words = fc.constantFrom(facts, '', '          ');
  const ruling = fc.constantFrom(removal, reversal);
  const of = <K extends JobCommand['kind']>(kind: K) => ({
    kind: fc.constant(kind),
    jobId: fc.constant(jobId),
  });
  const command: fc.Arbitrary<JobCommand> = fc.oneof(
    fc.record({
      ...of('open'),
      cause: fc.constantFrom(...JOB_CAUSES),
      interim: fc.constantFrom('held' as const, 'none' as const),
      complete: fc.boolean(),
    }),
    fc.record(of('complete')),
    fc.record({ ...of('add-cause'), cause: fc.constantFrom(...JOB_CAUSES) }),
    fc.record({ ...of('claim'), by, now }),
    fc.record({ ...of('hold'), by }),
    fc.record({ ...of('release'), by }),
    fc.record({ ...of('decide'), by, now, decision: ruling, facts: words }),
    fc.record({ ...of('undo'), by, facts: words }),
    fc.record({ ...of('complain'), side: fc.constantFrom('uploader' as const, 'notifier' as const) }),
    fc.record({
      ...of('answer-complaint'),
      by,
      facts: words,
      decision: fc.option(ruling, { nil: undefined }),
    }),
    fc.record({ ...of('lapse'), now }),
    fc.record(of('close')),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
      let job: Job = NO_JOB;
      const log: JobEvent[] = [];
      for (const each of commands) {
        const before: Job = job;
        const decided = decideJob(before, each);
        if (decided.ok) {
          assert.ok(decided.events.length > 0);
          assert.notEqual(before.kind, 'closed');
          log.push(...decided.events);
          job = decided.events.reduce(evolveJob, before);
          // What was held stays held to the end: only a ruling says what becomes of it.
          if (before.kind !== 'none' && job.kind !== 'none') {
            assert.equal(job.interim, each.kind === 'hold' ? 'held' : before.interim);
          }
        } else {
          assert.ok(REFUSALS.includes(decided.reason));
        }
      }
      assert.deepEqual(log.reduce(evolveJob, NO_JOB), job);
    }),
  );
});
