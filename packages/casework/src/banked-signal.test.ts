/**
 * The signal's machine: every state with every command, and random lives.
 * @module
 */

import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  type BankedSignal,
  CONFIRMING_ORGANISATIONS,
  decideSignal,
  evolveSignal,
  isLive,
  NO_SIGNAL,
  SIGNAL_STATES,
  type SignalCommand,
  type SignalEvent,
} from './banked-signal.ts';
import { makeId } from './id.ts';
import { parseUtcMs } from './instant.ts';
import { REFUSALS, type Refusal } from './refusal.ts';

const signalId = makeId('signal', new Uint8Array(16).fill(1));
const bankId = makeId('bank', new Uint8Array(16).fill(2));
const decisionId = makeId('decision', new Uint8Array(16).fill(3));
const DUE = parseUtcMs(1_000_000);

const STATES: readonly BankedSignal[] = [
  NO_SIGNAL,
  ...SIGNAL_STATES.map(
    (kind): BankedSignal =>
      kind === 'disputed'
        ? { kind, bankId, expiresAt: DUE, disputedFrom: 'confirmed' }
        : { kind, bankId, expiresAt: DUE },
  ),
];

const COMMANDS = {
  bank: { kind: 'bank', signalId, bankId, expiresAt: DUE },
  confirm: { kind: 'confirm', signalId, basis: { kind: 'reviewed-match', decisionId } },
  deconfirm: { kind: 'deconfirm', signalId, decisionId },
  dispute: { kind: 'dispute', signalId, reason: 'wrong-picture' },
  'resolve-dispute': { kind: 'resolve-dispute', signalId, outcome: 'confirmed' },
  expire: { kind: 'expire', signalId, now: DUE },
  withdraw: { kind: 'withdraw', signalId },
} as const satisfies { readonly [Kind in SignalCommand['kind']]: SignalCommand };

type Answer = BankedSignal['kind'] | `! ${Refusal}`;

/** Rows: the state before. Columns: the command. Cells: the state after, or `!` and the reason of the refusal. */
const TABLE: { readonly [State in BankedSignal['kind']]: { readonly [K in keyof typeof COMMANDS]: Answer } } =
  {
    none: {
      bank: 'unconfirmed',
      confirm: '! not-found',
      deconfirm: '! not-found',
      dispute: '! not-found',
      'resolve-dispute': '! not-found',
      expire: '! not-found',
      withdraw: '! not-found',
    },
    unconfirmed: {
      bank: '! already-exists',
      confirm: 'confirmed',
      deconfirm: '! wrong-state',
      dispute: 'disputed',
      'resolve-dispute': '! wrong-state',
      expire: 'expired',
      withdraw: 'withdrawn',
    },
    confirmed: {
      bank: '! already-exists',
      confirm: '! wrong-state',
      deconfirm: 'unconfirmed',
      dispute: 'disputed',
      'resolve-dispute': '! wrong-state',
      expire: '! wrong-state',
      withdraw: 'withdrawn',
    },
    disputed: {
      bank: '! already-exists',
      confirm: '! wrong-state',
      deconfirm: '! wrong-state',
      dispute: '! wrong-state',
      'resolve-dispute': 'confirmed',
      expire: '! wrong-state',
      withdraw: 'withdrawn',
    },
    withdrawn: {
      bank: '! already-exists',
      confirm: '! wrong-state',
      deconfirm: '! wrong-state',
      dispute: '! wrong-state',
      'resolve-dispute': '! wrong-state',
      expire: '! wrong-state',
      withdraw: '! wrong-state',
    },
    expired: {
      bank: '! already-exists',
      confirm: '! wrong-state',
      deconfirm: '! wrong-state',
      dispute: '! wrong-state',
      'resolve-dispute': '! wrong-state',
      expire: '! wrong-state',
      withdraw: '! wrong-state',
    },
  };

function answer(state: BankedSignal, command: SignalCommand): Answer {
  const decided = decideSignal(state, command);
  return decided.ok ? decided.events.reduce(evolveSignal, state).kind : `! ${decided.reason}`;
}

test('every command in every state leads where the table says, or is refused for the reason it gives', () => {
  for (const state of STATES) {
    for (const command of Object.values(COMMANDS)) {
      assert.equal(
        answer(state, command),
        TABLE[state.kind][command.kind],
        `${command.kind} in ${state.kind}`,
      );
    }
  }
});

test('an event is refused by the log of a signal that it cannot follow', () => {
  const events = STATES.flatMap((state) =>
    Object.values(COMMANDS).flatMap((command) => {
      const decided = decideSignal(state, command);
      return decided.ok ? decided.events.map((event) => ({ from: state.kind, event })) : [];
    }),
  );
  for (const state of STATES) {
    for (const { event } of events) {
      const allowed = events.some((each) => each.from === state.kind && each.event.type === event.type);
      if (allowed) evolveSignal(state, event);
      else assert.throws(() => evolveSignal(state, event), TypeError, `${event.type} after ${state.kind}`);
    }
  }
});

test('a dispute ends confirmed only for a signal that was confirmed before it', () => {
  const disputed = (disputedFrom: 'confirmed' | 'unconfirmed'): BankedSignal => ({
    kind: 'disputed',
    bankId,
    expiresAt: undefined,
    disputedFrom,
  });
  const resolve = (from: 'confirmed' | 'unconfirmed', outcome: 'confirmed' | 'unconfirmed') =>
    answer(disputed(from), { kind: 'resolve-dispute', signalId, outcome });
  assert.equal(resolve('confirmed', 'confirmed'), 'confirmed');
  assert.equal(resolve('confirmed', 'unconfirmed'), 'unconfirmed');
  assert.equal(resolve('unconfirmed', 'unconfirmed'), 'unconfirmed');
  assert.equal(resolve('unconfirmed', 'confirmed'), '! wrong-state');
});

test('one organisation alone, or a count that is no number, confirms nothing', () => {
  const state: BankedSignal = { kind: 'unconfirmed', bankId, expiresAt: undefined };
  const confirm = (count: number) =>
    answer(state, { kind: 'confirm', signalId, basis: { kind: 'organisations', count } });
  for (const count of [-1, 0, 1, Number.NaN]) assert.equal(confirm(count), '! too-few-organisations');
  assert.equal(confirm(CONFIRMING_ORGANISATIONS), 'confirmed');
});

test('a signal expires from its last millisecond on, and one without a time never', () => {
  const state: BankedSignal = { kind: 'unconfirmed', bankId, expiresAt: DUE };
  assert.equal(answer(state, { kind: 'expire', signalId, now: parseUtcMs(DUE - 1) }), '! not-yet-due');
  assert.equal(answer(state, { kind: 'expire', signalId, now: DUE }), 'expired');
  assert.equal(answer({ ...state, expiresAt: undefined }, COMMANDS.expire), '! not-yet-due');
});

test('a signal remembers its bank and its time through its whole life', () => {
  let state: BankedSignal = NO_SIGNAL;
  for (const kind of ['bank', 'confirm', 'dispute', 'resolve-dispute', 'deconfirm', 'withdraw'] as const) {
    const decided = decideSignal(state, COMMANDS[kind]);
    assert.ok(decided.ok);
    state = decided.events.reduce(evolveSignal, state);
    const from = state.kind === 'disputed' ? { disputedFrom: 'confirmed' as const } : {};
    assert.deepEqual(state, { kind: state.kind, bankId, expiresAt: DUE, ...from });
  }
  assert.equal(state.kind, 'withdrawn');
});

test('exactly the terminal states take no part in matching', () => {
  assert.deepEqual(
    SIGNAL_STATES.filter((state) => !isLive(state)),
    ['withdrawn', 'expired'],
  );
});

test('no sequence of commands throws, leaves a terminal state or makes a log that does not replay', () => {
  const time = fc.integer({ min: 0, max: 2_000_000 }).map(parseUtcMs);
  const command: fc.Arbitrary<SignalCommand> = fc.oneof(
    fc.constantFrom<SignalCommand>(...Object.values(COMMANDS)),
    fc.constant<SignalCommand>({ kind: 'bank', signalId, bankId }),
    fc.record({
      kind: fc.constant('confirm' as const),
      signalId: fc.constant(signalId),
      basis: fc.record({ kind: fc.constant('organisations' as const), count: fc.double() }),
    }),
    fc.record({ kind: fc.constant('expire' as const), signalId: fc.constant(signalId), now: time }),
    fc.record({
      kind: fc.constant('resolve-dispute' as const),
      signalId: fc.constant(signalId),
      outcome: fc.constantFrom('confirmed' as const, 'unconfirmed' as const),
    }),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
      let state: BankedSignal = NO_SIGNAL;
      const log: SignalEvent[] = [];
      for (const each of commands) {
        const decided = decideSignal(state, each);
        const before: BankedSignal = state;
        if (decided.ok) {
          assert.ok(decided.events.length > 0);
          assert.ok(before.kind === 'none' || isLive(before.kind), 'a terminal state was left');
          log.push(...decided.events);
          state = decided.events.reduce(evolveSignal, before);
        } else {
          assert.ok(REFUSALS.includes(decided.reason));
        }
      }
      assert.deepEqual(log.reduce(evolveSignal, NO_SIGNAL), state);
    }),
  );
});
