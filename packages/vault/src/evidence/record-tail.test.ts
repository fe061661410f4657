import assert from 'node:assert/strict';
import test from 'node:test';
import { custodyText, headOf, verifyCustody } from '../custody/custody-log.ts';
import type { EvidenceRecord } from './evidence-record.ts';
import { newItem } from './new-item.ts';
import { addItem, beginRecord, type Changed, eraseItem, keepAnswer, noteDeed } from './record-changes.ts';
import { layTail } from './record-tail.ts';

const at = (second: number) => `2030-05-05T00:00:${String(second).padStart(2, '0')}.000Z`;
const hand = (second: number) => ({ actor: { role: 'owner', pseudonym: 'owner' }, at: at(second) }) as const;
const bytes = (length: number, fill: number) => new Uint8Array(length).fill(fill);

function took(changed: Changed): EvidenceRecord {
  assert.ok(changed.ok);
  return changed.record;
}

function noted(record: EvidenceRecord, n: number): EvidenceRecord {
  const software = { name: 'test', version: '1', buildSha256: null };
  const about = { random: bytes(8, n), startedAt: at(n), endedAt: at(n), method: 'typed', software } as const;
  const item = newItem({ kind: 'note', notes: `note ${n}`, files: [] }, about);
  return took(addItem(record, item, { how: 'captured', salt: bytes(32, n), hand: hand(n) }));
}

const BEGUN = beginRecord(bytes(32, 1), bytes(4, 1), hand(0));
const notes = ({ items }: EvidenceRecord) =>
  items.map((item) => (item.kind === 'hand-over' ? '' : item.notes));
const actions = ({ custody }: EvidenceRecord) => custody.map(({ action }) => action);

function assertWhole(record: EvidenceRecord): void {
  const claim = { entries: record.custody.length, head: headOf(record.custody), keys: record.keys };
  assert.deepEqual(verifyCustody(custodyText(record.custody), claim).faults, []);
}

test('where nothing happened meanwhile, or all of it arrived already, nothing is done twice', () => {
  const held = noted(BEGUN, 1);
  const apart = noted(held, 2);
  assert.equal(took(layTail(held, apart)), apart);
  const further = noted(apart, 3);
  assert.equal(took(layTail(further, apart)), further);
  assert.equal(took(layTail(apart, apart)), apart);
});

test('what was done apart is done again upon what another saved, in its order, and the log is one chain', () => {
  const held = noted(BEGUN, 1);
  const [first] = held.items;
  const other = noted(held, 2);
  let apart = noted(noted(held, 3), 4);
  const { id: third } = apart.items[1]!;
  const { id: fourth } = apart.items[2]!;
  apart = took(noteDeed(apart, 'viewed-original', [third], hand(5), 'to read the account'));
  const stamp = apart.stamps.find(({ items }) => items.includes(third))!;
  const answer = { authority: 'good', reply: 'AAAA', root: 'AAAA', at: at(6) };
  apart = took(keepAnswer(apart, stamp.subject, answer, hand(6)));
  apart = took(eraseItem(took(eraseItem(apart, fourth, hand(7))), first!.id, hand(8)));
  const laid = took(layTail(other, apart));
  assert.deepEqual(notes(laid), ['note 2', 'note 3']);
  assert.deepEqual(actions(laid).slice(3), ['captured', 'viewed-original', 'erased']);
  assert.equal(
    laid.custody.find(({ action }) => action === 'viewed-original')?.reason,
    'to read the account',
  );
  // The answer was to a stamp of the other chain: the item asks for one anew, and says so.
  assert.deepEqual(laid.stamps.find(({ items }) => items.includes(third))?.answers, []);
  assertWhole(laid);
});

test('a record that was begun apart is laid upon the one that is there, under its name and key', () => {
  const there = noted(beginRecord(bytes(32, 2), bytes(4, 2), hand(0)), 1);
  const laid = took(layTail(there, noted(BEGUN, 2)));
  assert.deepEqual(notes(laid), ['note 1', 'note 2']);
  assert.deepEqual([laid.pseudonym, laid.keys], [there.pseudonym, there.keys]);
  assertWhole(laid);
});

test('what another erased stays erased', () => {
  const held = noted(BEGUN, 1);
  const { id } = held.items[0]!;
  const apart = took(noteDeed(noted(held, 2), 'viewed-shielded', [id], hand(3)));
  const laid = took(layTail(took(eraseItem(held, id, hand(2))), apart));
  assert.deepEqual(notes(laid), ['note 2']);
  assertWhole(laid);
});
