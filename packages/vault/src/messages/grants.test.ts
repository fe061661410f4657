import assert from 'node:assert/strict';
import test from 'node:test';
import type { CaseShare } from '../case-thread.ts';
import { closeGrant, giveGrant, MAX_GRANT_DAYS, MAX_GRANTS, stands } from './grants.ts';

const DAY = 86_400_000;
const NOW = DAY * 20_000;
const draft = (more: Partial<CaseShare> = {}): CaseShare => ({
  share: 's-1',
  items: ['notes'],
  until: NOW + 30 * DAY,
  ...more,
});

test('a grant stands up to its first moment without it, and one that is over makes room at the next giving', () => {
  const old = draft({ share: 's-old', until: NOW });
  assert.ok(!stands(old, NOW));
  assert.ok(stands(old, NOW - 1));
  assert.deepEqual(giveGrant([old], draft(), NOW), { ok: true, grants: [draft()] });
});

test('a grant without things, without an end or beyond a year is not given', () => {
  const refused = (more: Partial<CaseShare>) => {
    const outcome = giveGrant([], draft(more), NOW);
    return outcome.ok ? 'given' : outcome.reason;
  };
  assert.equal(refused({ items: [] }), 'no-items');
  assert.equal(refused({ until: NOW }), 'in-the-past');
  assert.equal(refused({ until: Number.POSITIVE_INFINITY }), 'in-the-past');
  assert.equal(refused({ until: NOW + MAX_GRANT_DAYS * DAY }), 'given');
  assert.equal(refused({ until: NOW + MAX_GRANT_DAYS * DAY + 1 }), 'too-long');
  const many = Array.from({ length: MAX_GRANTS }, (_, at) => draft({ share: `s-${at}x` }));
  assert.deepEqual(giveGrant(many, draft(), NOW), { ok: false, reason: 'too-many' });
});

test('a thing that is named twice is in a grant once, and a closed grant leaves the others as they are', () => {
  const given = giveGrant([draft({ share: 's-2' })], draft({ items: ['notes', 'notes', 'links'] }), NOW);
  assert.ok(given.ok);
  assert.deepEqual(given.grants[1]?.items, ['notes', 'links']);
  assert.deepEqual(closeGrant(given.grants, 's-1'), [draft({ share: 's-2' })]);
});
