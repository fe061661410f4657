import assert from 'node:assert/strict';
import test from 'node:test';
import { parseZone } from '@reclaim/law/zone';
import { complaintOutcome, complaintUntil } from './complaint.ts';
import { parseId } from './id.ts';
import { parseUtcMs } from './instant.ts';
import { normalLocation } from './location.ts';
import {
  actsOfRuling,
  decideNotice,
  evolveNotice,
  NO_NOTICE,
  type Notice,
  type NoticeCommand,
  noticeOutcome,
} from './notice.ts';

const noticeId = parseId('notice', `ntc_${'1'.repeat(32)}`);
const jobId = parseId('job', `job_${'2'.repeat(32)}`);
const decisionId = parseId('decision', `dec_${'3'.repeat(32)}`);
const complaintId = parseId('complaint', `cpl_${'4'.repeat(32)}`);
const completeness = { complete: ['us-tida'], lacking: ['uk-osa'] } as const;

const STATES: { readonly [K in Notice['kind']]: Notice } = {
  none: NO_NOTICE,
  open: { kind: 'open' },
  decided: { kind: 'decided', decisionId },
  complained: { kind: 'complained', decisionId },
  withdrawn: { kind: 'withdrawn' },
};
const COMMANDS: { readonly [K in NoticeCommand['kind']]: NoticeCommand } = {
  receive: { kind: 'receive', noticeId, jobId, lane: 'adult', items: 1, joined: false, completeness },
  supplement: { kind: 'supplement', noticeId, jobId, completeness },
  decide: { kind: 'decide', noticeId, jobId, decisionId, outcome: 'removed' },
  reopen: { kind: 'reopen', noticeId, jobId, decisionId },
  complain: { kind: 'complain', noticeId, jobId, complaintId },
  withdraw: { kind: 'withdraw', noticeId, jobId, lane: 'adult' },
};
/** Rows: the state before. Columns: the command. Cells: the state after, or `!` and the reason. */
const TABLE: Record<Notice['kind'], Record<NoticeCommand['kind'], string>> = {
  none: {
    receive: 'open',
    supplement: '! not-found',
    decide: '! not-found',
    reopen: '! not-found',
    complain: '! not-found',
    withdraw: '! not-found',
  },
  open: {
    receive: '! already-exists',
    supplement: 'open',
    decide: 'decided',
    reopen: '! wrong-state',
    complain: '! wrong-state',
    withdraw: 'withdrawn',
  },
  decided: {
    receive: '! already-exists',
    supplement: '! wrong-state',
    decide: 'decided',
    reopen: 'open',
    complain: 'complained',
    withdraw: '! wrong-state',
  },
  complained: {
    receive: '! already-exists',
    supplement: '! wrong-state',
    decide: 'decided',
    reopen: '! wrong-state',
    complain: '! wrong-state',
    withdraw: '! wrong-state',
  },
  withdrawn: {
    receive: '! already-exists',
    supplement: '! wrong-state',
    decide: '! wrong-state',
    reopen: '! wrong-state',
    complain: '! wrong-state',
    withdraw: '! wrong-state',
  },
};

test('every command in every state leads where the table says, or is refused for the reason it gives', () => {
  for (const state of Object.values(STATES)) {
    for (const command of Object.values(COMMANDS)) {
      const decided = decideNotice(state, command);
      const found = decided.ok ? decided.events.reduce(evolveNotice, state).kind : `! ${decided.reason}`;
      assert.equal(found, TABLE[state.kind][command.kind], `${command.kind} in ${state.kind}`);
    }
  }
});

test('receiving is acknowledged in the same moment, and the events name regimes and ids alone', () => {
  const decided = decideNotice(NO_NOTICE, COMMANDS.receive);
  assert.ok(decided.ok);
  assert.deepEqual(
    decided.events.map(({ type }) => type),
    ['notice-received', 'notice-acknowledged'],
  );
  assert.deepEqual(decided.events[0], {
    type: 'notice-received',
    noticeId,
    jobId,
    lane: 'adult',
    items: 1,
    joined: false,
    complete: ['us-tida'],
    lacking: ['uk-osa'],
  });
});

test('a log that cannot be is refused', () => {
  const decided = { type: 'notice-decided', noticeId, jobId, decisionId, outcome: 'removed' } as const;
  assert.throws(() => evolveNotice(NO_NOTICE, decided), TypeError);
  assert.throws(() => evolveNotice(STATES.open, { ...decided, type: 'notice-reopened' }), TypeError);
  const answered = {
    type: 'complaint-answered',
    complaintId,
    jobId,
    decisionId,
    side: 'notifier',
    outcome: 'upheld',
  } as const;
  assert.throws(() => evolveNotice(STATES.open, answered), TypeError);
  assert.equal(evolveNotice(STATES.complained, answered).kind, 'decided');
});

test('what the notifier is told says nothing of whom a job was referred to', () => {
  for (const ground of ['minor-suspected', 'law-enforcement', 'legal-counsel'] as const) {
    assert.deepEqual(noticeOutcome({ outcome: 'refer', ground }), { outcome: 'withheld' });
  }
  const removal = { outcome: 'remove', ground: 'intimate-image-law', confirms: [] } as const;
  assert.deepEqual(noticeOutcome(removal), { outcome: 'removed', ground: 'intimate-image-law' });
  assert.deepEqual(actsOfRuling(removal), ['removed', 'decision-told', 'status-told']);
  assert.deepEqual(actsOfRuling({ outcome: 'keep', ground: 'not-intimate' }), [
    'decision-told',
    'status-told',
  ]);
});

test('a complaint is in time to the end of the day six months later, where the platform is', () => {
  const told = parseUtcMs(Date.parse('2026-08-31T22:30Z'));
  // In Berlin it is 1 September already, so the day is 1 March; in UTC it is 31 August, and February ends on the 28th.
  assert.equal(complaintUntil(told, parseZone('Europe/Berlin')), Date.parse('2027-03-01T23:00Z') - 1);
  assert.equal(complaintUntil(told, parseZone('UTC')), Date.parse('2027-03-01T00:00Z') - 1);
});

test('a complaint is upheld, partially reversed or reversed by what happens to the item and on what ground', () => {
  const removal = { outcome: 'remove', ground: 'intimate-image-law', confirms: [] } as const;
  assert.equal(complaintOutcome(removal, undefined), 'upheld');
  assert.equal(complaintOutcome(removal, removal), 'upheld');
  assert.equal(
    complaintOutcome(removal, { ...removal, ground: 'terms-intimate-image' }),
    'partially-reversed',
  );
  assert.equal(
    complaintOutcome(removal, { outcome: 'refer', ground: 'law-enforcement' }),
    'partially-reversed',
  );
  assert.equal(complaintOutcome(removal, { outcome: 'keep', ground: 'not-intimate' }), 'reversed');
});

test('two ways of writing one place are one place, and two places are two', () => {
  const same = [
    'https://board.example/pictures/7',
    ' https://BOARD.example/pictures/7?utm_source=mail ',
    '<https://board.example/pictures/7>',
    'board.example/pictures/7',
  ];
  assert.deepEqual([...new Set(same.map(normalLocation))].length, 1);
  assert.notEqual(normalLocation('https://board.example/pictures/8'), normalLocation(same[0]!));
  assert.equal(normalLocation('The  pinned\u200b post'), normalLocation('the pinned  post'));
  assert.doesNotThrow(() => normalLocation('\u202e\u0000%%%'));
});
