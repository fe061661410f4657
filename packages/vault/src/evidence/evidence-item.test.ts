import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { bytesOf, fullRecord } from '../package/package.fixture.ts';
import { filesOf, readItem } from './evidence-item.ts';
import { readRecord } from './evidence-record.ts';
import { newMinorItem } from './new-item.ts';
import { eraseItem, rotateKey } from './record-changes.ts';

const { record } = await fullRecord();
const minor = newMinorItem(
  { age: 'under-18', link: 'https://x.example/1' },
  { random: bytesOf('m', 8), at: '2026-01-01T00:00:00.000Z' },
);

test('every item of every kind is read back as it was', () => {
  for (const item of record.items)
    assert.deepEqual(readItem(JSON.parse(JSON.stringify(item))), { ok: true, item });
  assert.equal(new Set(record.items.map(({ kind }) => kind)).size, 8);
});

test('an item that may show somebody under 18 has a link, a handle and a time and can have nothing else', () => {
  assert.ok(readItem(minor).ok);
  assert.deepEqual(Object.keys(minor).sort(), ['age', 'at', 'handle', 'id', 'kind', 'link']);
  const screenshot = record.items[0]!;
  for (const field of Object.keys(screenshot)) {
    if (field in minor) continue;
    const value = (screenshot as unknown as Record<string, unknown>)[field];
    assert.equal(readItem({ ...minor, [field]: value }).ok, false, field);
  }
  for (const age of ['under-18', 'not-sure', 'unknown', null])
    assert.equal(readItem({ ...screenshot, age }).ok, false, String(age));
  assert.deepEqual(filesOf(minor), []);
});

test('a field unknown, missing or of another form refuses the item and is named', () => {
  const good = record.items[0]! as unknown as Record<string, unknown>;
  for (const [field, value] of [
    ['id', 'x'],
    ['kind', 'video'],
    ['consent', 'maybe'],
    ['views', -1],
    ['notes', 'x'.repeat(4_001)],
    ['notes', '\ud800'],
    ['handle', 'two\nlines'],
    ['fingerprints', ['short']],
  ] as const)
    assert.deepEqual(readItem({ ...good, [field]: value }), {
      ok: false,
      field: field === 'fingerprints' ? 'fingerprints.0' : field,
    });
  assert.equal(readItem({ ...good, more: 1 }).ok, false);
  for (const field of Object.keys(good)) {
    const { [field]: _, ...without } = good;
    assert.equal(readItem(without).ok, false, field);
  }
  const files = good['files'] as readonly Record<string, unknown>[];
  assert.equal(readItem({ ...good, shielded: false }).ok, false);
  assert.equal(readItem({ ...good, files: [files[1]] }).ok, false, 'a covered copy without its original');
  assert.equal(readItem({ ...good, files: [files[0], files[0]], shielded: false }).ok, false);
});

test('what is no item is refused without an error', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.equal(readItem(value).ok, false);
    }),
    { numRuns: 200 },
  );
});

test('a record is read back as it was, and one of a later version is told apart from damage', () => {
  assert.deepEqual(readRecord(JSON.stringify(record)), { ok: true, record });
  assert.deepEqual(readRecord('{"version":2}'), { ok: false, reason: 'newer' });
  for (const text of ['', 'null', '[]', '{}', JSON.stringify({ ...record, more: 1 })])
    assert.deepEqual(readRecord(text), { ok: false, reason: 'malformed' });
});

test('an erased item is gone with its texts, and the log knows only that it was there', () => {
  const [, , messages] = record.items;
  const hand = { actor: { role: 'owner', pseudonym: 'owner' }, at: '2026-12-01T00:00:00.000Z' } as const;
  const erased = eraseItem(record, messages!.id, hand);
  assert.ok(erased.ok);
  assert.ok(!JSON.stringify(erased.record).includes('send it or I post it'));
  assert.ok(JSON.stringify(record).includes('send it or I post it'));
  assert.deepEqual(erased.record.custody.at(-1)?.items, [messages!.id]);
  assert.deepEqual(eraseItem(erased.record, messages!.id, hand), { ok: false, reason: 'erased-item' });
});

test('a key that was replaced stays in the history', () => {
  const rotated = rotateKey(record, bytesOf('another seed', 32));
  assert.equal(rotated.keys.length, 2);
  assert.equal(rotated.keys[1]?.from, record.custody.length);
});
