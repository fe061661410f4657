import assert from 'node:assert/strict';
import test from 'node:test';
import { FIXTURE_START, fixtureId, fixtureJob, fixtureMatch } from './job.fixture.ts';
import { confirmable, holderOf, matchesForReading, withoutLooking } from './job-card.ts';

const withMatches = (...matches: Record<string, unknown>[]) => fixtureJob(1, { matches });
const pdq = (parts: Record<string, unknown>) => fixtureMatch(1, parts);
const sha = (parts: Record<string, unknown>) => fixtureMatch(2, { kind: 'sha256', band: 'exact', ...parts });

test('equal bytes with a confirmed signal need no look', () => {
  assert.deepEqual(withoutLooking(withMatches(sha({ state: 'confirmed' }))), {
    kind: 'settled',
    by: 'equal-bytes',
  });
});

test('two confirmed families need no look; one family, a possible band or an unconfirmed signal does', () => {
  const both = withMatches(pdq({ state: 'confirmed' }), sha({ state: 'confirmed', band: 'confident' }));
  assert.deepEqual(withoutLooking(both), { kind: 'settled', by: 'two-families' });
  const cases = [
    [[pdq({ state: 'confirmed' })], 'one-family'],
    [[pdq({ state: 'confirmed', band: 'possible' })], 'possible-only'],
    [[pdq({}), sha({})], 'unconfirmed'],
    [[pdq({ state: 'disputed' })], 'disputed'],
    // Two hashes of one family fail together: they are no second witness.
    [[pdq({ state: 'confirmed' }), fixtureMatch(3, { state: 'confirmed' })], 'one-family'],
    // A PDQ hash that is equal bit for bit is not equal bytes.
    [[pdq({ state: 'confirmed', band: 'exact' })], 'one-family'],
    // A confirmed match beside an unconfirmed one of another family is still alone.
    [[pdq({ state: 'confirmed' }), sha({})], 'one-family'],
  ] as const;
  for (const [matches, because] of cases) {
    assert.deepEqual(withoutLooking(withMatches(...matches)), { kind: 'open', because });
  }
});

test('withdrawn and expired signals settle nothing', () => {
  assert.deepEqual(withoutLooking(withMatches(sha({ state: 'withdrawn' }), pdq({ state: 'expired' }))), {
    kind: 'no-match',
  });
  assert.deepEqual(withoutLooking(fixtureJob(1, { matches: [] })), { kind: 'no-match' });
});

test('matches are read nearest first, and what can be confirmed is live, unconfirmed and named once', () => {
  const job = withMatches(
    fixtureMatch(5, { band: 'possible' }),
    fixtureMatch(4, { state: 'confirmed' }),
    sha({}),
    fixtureMatch(5, { orientation: 'flipX' }),
    fixtureMatch(6, { state: 'withdrawn' }),
  );
  assert.deepEqual(
    matchesForReading(job).map(({ band }) => band),
    ['exact', 'confident', 'confident', 'confident', 'possible'],
  );
  assert.deepEqual(
    confirmable(job).map(({ signalId }) => signalId),
    [fixtureId('sig', 2), fixtureId('sig', 5)],
  );
});

test('a claim is mine, another’s, or nobody’s once it lapsed', () => {
  const job = fixtureJob(1, {
    state: 'claimed',
    claimedBy: fixtureId('stf', 7),
    claimedUntil: FIXTURE_START + 10,
  });
  assert.equal(holderOf(job, fixtureId('stf', 7), FIXTURE_START), 'mine');
  assert.equal(holderOf(job, fixtureId('stf', 8), FIXTURE_START), 'another');
  assert.equal(holderOf(job, fixtureId('stf', 8), FIXTURE_START + 10), 'nobody');
});
