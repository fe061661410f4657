import assert from 'node:assert/strict';
import test from 'node:test';
import { parseZone } from '../zone.ts';
import { type ClockEvent, readClock } from './clock.ts';
import { clockReading, NOT_STARTED_WORDS } from './clock-words.ts';
import { RULES, ruleById } from './rules.ts';

const BERLIN = parseZone('Europe/Berlin');
const KOLKATA = parseZone('Asia/Kolkata');
const START = Date.parse('2026-11-20T10:00Z');

function reading(id: string, afterMinutes: number) {
  const nowMs = START + afterMinutes * 60_000;
  const event: ClockEvent = {
    kind: 'notice-received',
    atMs: START,
    proof: { kind: 'receipt', record: 'r1' },
  };
  const input = { events: [event], noticeComplete: true, hasContact: true, nowMs, platformZone: BERLIN };
  return clockReading(readClock(ruleById(id), input), nowMs, BERLIN, KOLKATA);
}

test('the due moment is told in both zones, and the minutes left are rounded down', () => {
  const read = reading('IN-INTIMATE', 30.5);
  assert.deepEqual(read.duePlatform, { day: '2026-11-20', time: '13:00' });
  assert.deepEqual(read.dueNotifier, { day: '2026-11-20', time: '17:30' });
  assert.equal(read.minutesLeft, 89);
  assert.equal(read.limit, '2 hours');
  assert.equal(read.sureness, 'read in a secondary source');
});

test('a breached clock counts the minutes since', () => {
  const read = reading('IN-INTIMATE', 125);
  assert.equal(read.state, 'breached');
  assert.equal(read.minutesLeft, -5);
});

test('what is unknown prints "unconfirmed" and has no due moment', () => {
  const read = reading('UK-OSA-IIC', 60);
  assert.equal(read.limit, 'unconfirmed');
  assert.equal(read.state, NOT_STARTED_WORDS.unconfirmed);
  assert.equal(read.sureness, 'unconfirmed');
  assert.equal(read.duePlatform, null);
  assert.equal(read.minutesLeft, null);
});

test('a clock without a number says so', () => {
  assert.equal(reading('EU-DSA-ACK', 60).state, 'running, without a number in the law');
});

test('every rule can be read out, with its citation and the day it was checked', () => {
  for (const { id } of RULES) {
    const read = reading(id, 10);
    assert.ok(read.cite.length > 5 && read.state.length > 2 && read.limit.length > 2, id);
    assert.match(read.checkedOn, /^\d{4}-\d\d-\d\d$/);
  }
});
