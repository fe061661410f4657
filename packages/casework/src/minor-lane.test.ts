import assert from 'node:assert/strict';
import test from 'node:test';
import { parseZone } from '@reclaim/law/zone';
import { makeId } from './id.ts';
import { parseUtcMs } from './instant.ts';
import {
  decideLane,
  evolveLane,
  type Finding,
  type KnownOfItem,
  type LaneActor,
  type LaneCommand,
  type LaneEvent,
  type LaneState,
  laneReportDraft,
  NO_LANE,
} from './minor-lane.ts';

const jobId = makeId('job', new Uint8Array(16));
const who = (n: number, inLane: boolean): LaneActor => ({
  id: makeId('staff', new Uint8Array(16).fill(n)),
  inLane,
});
const rowan = who(1, false);
const alder = who(2, true);
const birch = who(3, true);
const zone = parseZone('America/New_York');
const at = (text: string) => parseUtcMs(Date.parse(text));
const T0 = '2026-11-02T09:00:00-05:00';
const FINDING: Finding = {
  incident: 'possession-production-distribution',
  class: 'B2',
  annotations: ['viral'],
};

const lock = (by = rowan, now = T0): LaneCommand => ({ kind: 'lock', jobId, by, now: at(now) });
const clear = (by = alder, reason = 'An adult known from the notice.', now = T0): LaneCommand => ({
  kind: 'clear',
  jobId,
  by,
  now: at(now),
  reason,
});
const find = (by = alder): LaneCommand => ({ kind: 'find', jobId, by, now: at(T0), finding: FINDING });
const report = (
  by = alder,
  now = T0,
  reference = 'CT-1234',
  authority: 'ncmec' | 'nca' = 'ncmec',
): LaneCommand => ({
  kind: 'report',
  jobId,
  by,
  now: at(now),
  reference,
  authority,
  zone,
});
const erase = (now: string): LaneCommand => ({ kind: 'erase', jobId, now: at(now) });

function run(...commands: readonly LaneCommand[]): {
  readonly state: LaneState;
  readonly refused: readonly string[];
  readonly events: readonly LaneEvent[];
} {
  let state: LaneState = NO_LANE;
  const refused: string[] = [];
  const events: LaneEvent[] = [];
  for (const each of commands) {
    const decided = decideLane(state, each);
    if (decided.ok) {
      events.push(...decided.events);
      state = decided.events.reduce(evolveLane, state);
    } else refused.push(decided.reason);
  }
  return { state, refused, events };
}

test('from the key to the erasure: locked, found, reported, kept for a year, gone', () => {
  const { state, refused } = run(lock(), find(), report(), erase('2027-11-03T00:00:00-04:00'));
  assert.deepEqual(refused, []);
  assert.equal(state.kind, 'erased');
});

test('the year runs from the report to the end of its last day, and a late report makes no shorter hold', () => {
  const late = run(lock(), find(), report(alder, '2027-03-01T12:00:00-05:00')).state;
  assert.ok(late.kind === 'reported');
  assert.equal(new Date(late.holdUntil).toISOString(), '2028-03-02T04:59:59.999Z');
  const table: readonly (readonly [string, string, readonly string[]])[] = [
    ['a day before', '2027-11-01T12:00:00-04:00', ['not-yet-due']],
    ['the last millisecond', '2027-11-02T23:59:59.999-04:00', ['not-yet-due']],
    ['the moment after', '2027-11-03T00:00:00-04:00', []],
  ];
  for (const [said, now, refused] of table) {
    assert.deepEqual(run(lock(), find(), report(), erase(now)).refused, refused, said);
  }
  // Reported on a leap day: the last day of February of the next year.
  const leap = run(lock(), find(), report(alder, '2028-02-29T12:00:00-05:00')).state;
  assert.ok(leap.kind === 'reported');
  assert.equal(new Date(leap.holdUntil).toISOString(), '2029-03-01T04:59:59.999Z');
});

test('a second authority keeps the longer hold', () => {
  const both = run(lock(), find(), report(), report(birch, '2026-12-01T09:00:00-05:00', 'NCA-9', 'nca'));
  assert.deepEqual(both.refused, []);
  assert.ok(both.state.kind === 'reported');
  assert.equal(new Date(both.state.holdUntil).toISOString(), '2027-12-02T04:59:59.999Z');
  // Whichever was written down first.
  const turned = run(lock(), find(), report(birch, '2026-12-01T09:00:00-05:00', 'NCA-9', 'nca'), report());
  assert.deepEqual(turned.state, both.state);
});

test('nobody looks and nothing leaves, in every state and for everybody', () => {
  const states = [[], [lock()], [lock(), find()], [lock(), find(), report()], [lock(), clear()]] as const;
  for (const before of states) {
    for (const by of [rowan, alder]) {
      const look: LaneCommand = { kind: 'look', jobId, by, now: at(T0) };
      assert.deepEqual(run(...before, look).refused, ['blackout']);
      assert.deepEqual(run(...before, { ...look, kind: 'export' }).refused, ['no-export']);
    }
  }
});

test('what is refused, with its reason: a table', () => {
  const table: readonly (readonly [
    said: string,
    commands: readonly LaneCommand[],
    refused: readonly string[],
  ])[] = [
    ['only the lane clears', [lock(), clear(rowan)], ['not-in-lane']],
    ['and never who locked', [lock(alder), clear(alder)], ['same-reviewer']],
    ['and not without a reason', [lock(), clear(alder, 'no')], ['reason-required']],
    ['only the lane finds', [lock(), find(rowan)], ['not-in-lane']],
    ['only the lane reports', [lock(), find(), report(rowan)], ['not-in-lane']],
    ['no report before something was found', [lock(), report()], ['wrong-state']],
    ['no report without its number', [lock(), find(), report(alder, T0, ' ')], ['reason-required']],
    ['what is apparent is not cleared', [lock(), find(), clear(birch)], ['wrong-state']],
    ['what was reported is not cleared', [lock(), find(), report(), clear(birch)], ['wrong-state']],
    ['no erasure without a report', [lock(), find(), erase('2040-01-01T00:00:00Z')], ['wrong-state']],
    ['locked once', [lock(), lock(alder)], ['wrong-state']],
    ['nothing to clear', [clear()], ['wrong-state']],
    ['nothing is found that was not locked', [find()], ['wrong-state']],
    ['nor a second time', [lock(), find(), find()], ['wrong-state']],
    ['nor once it was cleared', [lock(), clear(), find()], ['wrong-state']],
  ];
  for (const [said, commands, refused] of table) assert.deepEqual(run(...commands).refused, refused, said);
});

test('a lock needs no word, and no event of the lane bears one outside its erasable values', () => {
  const { events } = run(lock(), clear(), lock(birch), find(), report());
  for (const event of events) {
    const { values: _, ...open } = event as LaneEvent & { readonly values?: unknown };
    assert.doesNotMatch(JSON.stringify(open), /An adult known|CT-1234/);
  }
});

const KNOWN: KnownOfItem = {
  views: 1,
  publiclyAvailable: undefined,
  addressEvents: undefined,
  hasExif: false,
  hasHashes: true,
  connectedAccounts: 0,
};

test('the draft of a report says whether a person viewed the file, and names what has to be added', () => {
  const { state } = run(lock(), find());
  assert.deepEqual(laneReportDraft(state, KNOWN), {
    incident: 'possession-production-distribution',
    class: 'B2',
    annotations: ['viral'],
    fileViewedByProvider: true,
    publiclyAvailable: undefined,
    toAdd: ['address-events', 'hashes'],
  });
  assert.equal(laneReportDraft(state, { ...KNOWN, views: 0 })!.fileViewedByProvider, false);
  assert.equal(laneReportDraft(run(lock()).state, KNOWN), undefined);
  const unclassified = run(lock(), {
    ...find(),
    finding: { ...FINDING, class: 'not-classified' },
  } as LaneCommand);
  assert.ok(laneReportDraft(unclassified.state, KNOWN)!.toAdd.includes('class'));
});

test('an event that cannot follow is a damaged log', () => {
  const { events } = run(lock(), find(), report());
  for (const event of events.slice(1)) assert.throws(() => evolveLane(NO_LANE, event), TypeError);
  const [locked] = events;
  const { state: reported } = run(lock(), find(), report());
  const cleared = run(lock(), clear()).events[1]!;
  for (const event of [locked!, cleared]) assert.throws(() => evolveLane(reported, event), TypeError);
  assert.throws(() => evolveLane(NO_LANE, { type: 'minor-erased', jobId }), TypeError);
});
