import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import { type AgeRecipient, drawAgeIdentity, recipientOf } from './age-key.ts';
import {
  changeRecipient,
  extendGrant,
  type Grant,
  giveGrant,
  grantState,
  MAX_GRANTS,
  recipientsOf,
  resealPlan,
  revokeGrant,
  type SealedItem,
  withCase,
} from './grants.ts';
import { openBytes } from './open.ts';
import { sealBytes } from './seal.ts';

const DAY = 86_400_000;
const NOW = DAY * 20_000;
const keys = await Promise.all(
  Array.from({ length: 4 }, async () => {
    const identity = drawAgeIdentity(randomBytes(32));
    return { identity, recipient: await recipientOf(identity) };
  }),
);
const [own, amal, bea, cleo] = keys as [
  (typeof keys)[0],
  (typeof keys)[0],
  (typeof keys)[0],
  (typeof keys)[0],
];

const draft = (more: Partial<Grant> = {}) => ({
  id: 'g-1',
  helper: 'Amal',
  recipient: amal.recipient,
  items: ['i-1'],
  reach: 'shielded' as const,
  until: NOW + 30 * DAY,
  ...more,
});
const given = (more: Partial<Grant> = {}) => {
  const outcome = giveGrant([], draft(more), NOW);
  assert.ok(outcome.ok);
  return outcome.grant;
};

test('a grant stands until its end or its revocation, and never wakes up again', () => {
  const grant = given();
  assert.equal(grantState(grant, NOW), 'given');
  assert.equal(grantState(grant, grant.until - 1), 'given');
  assert.equal(grantState(grant, grant.until), 'expired');
  const revoked = revokeGrant(grant, NOW + DAY);
  assert.equal(grantState(revoked, NOW), 'revoked');
  assert.equal(revokeGrant(revoked, NOW + 2 * DAY), revoked);
  assert.deepEqual(revokeGrant(grant, grant.until), grant);
  for (const ended of [revoked, given({ until: NOW + 1 })])
    assert.deepEqual(extendGrant(ended, NOW + 9 * DAY, NOW + DAY), { ok: false, reason: 'ended' });
  const longer = extendGrant(grant, NOW + 90 * DAY, NOW + DAY);
  assert.ok(longer.ok);
  assert.equal(longer.grant.until, NOW + 90 * DAY);
});

test('a grant without items, without an end or beyond a year is not given', () => {
  const refusals: readonly (readonly [Partial<Grant>, string])[] = [
    [{ items: [] }, 'no-items'],
    [{ until: NOW }, 'in-the-past'],
    [{ until: Number.POSITIVE_INFINITY }, 'in-the-past'],
    [{ until: NOW + 366 * DAY }, 'too-long'],
  ];
  for (const [more, reason] of refusals)
    assert.deepEqual(giveGrant([], draft(more), NOW), { ok: false, reason });
  const many = Array.from({ length: MAX_GRANTS }, () => given());
  assert.deepEqual(giveGrant(many, draft(), NOW), { ok: false, reason: 'too-many' });
  assert.throws(() => giveGrant([], draft({ recipient: 'age1x' as AgeRecipient }), NOW), TypeError);
  assert.deepEqual(given({ items: ['i-1', 'i-1', 'i-2'] }).items, ['i-1', 'i-2']);
});

test('a grant of the shielded copy never reaches an original', () => {
  const grants = [given(), given({ id: 'g-2', recipient: bea.recipient, reach: 'original' })];
  assert.deepEqual(recipientsOf('i-1', 'original', grants, NOW), [bea.recipient]);
  assert.deepEqual(recipientsOf('i-1', 'shielded', grants, NOW), [amal.recipient, bea.recipient].sort());
  assert.deepEqual(recipientsOf('i-2', 'shielded', grants, NOW), []);
});

test('given, expired, revoked and changed keys all show up as re-sealing, and done work does not', () => {
  const item = (shieldedTo: readonly AgeRecipient[]): SealedItem => ({
    id: 'i-1',
    shieldedTo,
    originalTo: [],
  });
  const grant = given();
  assert.deepEqual(resealPlan([item([])], [grant], NOW), [
    { item: 'i-1', part: 'shielded', to: [amal.recipient] },
  ]);
  assert.deepEqual(resealPlan([item([amal.recipient])], [grant], NOW), []);
  const gone = [{ item: 'i-1', part: 'shielded', to: [] }];
  assert.deepEqual(resealPlan([item([amal.recipient])], [grant], grant.until), gone);
  assert.deepEqual(resealPlan([item([amal.recipient])], [revokeGrant(grant, NOW)], NOW), gone);
  const changed = changeRecipient([grant, revokeGrant(grant, NOW)], amal.recipient, cleo.recipient);
  assert.deepEqual(resealPlan([item([amal.recipient])], changed, NOW), [
    { item: 'i-1', part: 'shielded', to: [cleo.recipient] },
  ]);
  // The revoked one keeps the key it had: what it says of the past stays true.
  assert.equal(changed[1]?.recipient, amal.recipient);
});

test('after the plan is carried out nothing is left to do, whatever the grants were', () => {
  const someGrant = fc.record({
    recipient: fc.constantFrom(amal.recipient, bea.recipient, cleo.recipient),
    items: fc.uniqueArray(fc.constantFrom('i-1', 'i-2', 'i-3'), { minLength: 1 }),
    reach: fc.constantFrom('shielded' as const, 'original' as const),
    until: fc.integer({ min: NOW + 1, max: NOW + 60 * DAY }),
    revoked: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(someGrant, { maxLength: 6 }),
      fc.integer({ min: NOW, max: NOW + 70 * DAY }),
      (drafts, now) => {
        const grants = drafts.map(({ revoked, ...each }) =>
          revoked ? revokeGrant(given(each), NOW) : given(each),
        );
        const items = ['i-1', 'i-2', 'i-3'].map(
          (id): SealedItem => ({ id, shieldedTo: [], originalTo: [bea.recipient] }),
        );
        const plan = resealPlan(items, grants, now);
        const done = items.map((each) => {
          const to = (part: string, before: readonly AgeRecipient[]) =>
            plan.find((one) => one.item === each.id && one.part === part)?.to ?? before;
          return {
            ...each,
            shieldedTo: to('shielded', each.shieldedTo),
            originalTo: to('original', each.originalTo),
          };
        });
        assert.deepEqual(resealPlan(done, grants, now), []);
        for (const each of done)
          for (const recipient of each.originalTo)
            assert.ok(
              grants.some(
                (grant) =>
                  grant.recipient === recipient &&
                  grantState(grant, now) === 'given' &&
                  grant.reach === 'original',
              ),
            );
      },
    ),
    { numRuns: 300 },
  );
});

test('an expired grant and a revoked key open nothing that was sealed after', async () => {
  const grant = given();
  const sealAt = async (now: number, grants: readonly Grant[]) =>
    sealBytes(new Uint8Array(9), withCase(own.recipient, recipientsOf('i-1', 'shielded', grants, now)));
  assert.ok((await openBytes(await sealAt(NOW, [grant]), [amal.identity])).ok);
  for (const sealed of [await sealAt(grant.until, [grant]), await sealAt(NOW, [revokeGrant(grant, NOW)])]) {
    assert.ok((await openBytes(sealed, [own.identity])).ok);
    assert.deepEqual(await openBytes(sealed, [amal.identity]), { ok: false, reason: 'not-for-this-key' });
  }
});
