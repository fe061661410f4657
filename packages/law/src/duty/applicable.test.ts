import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseDay } from '../day.ts';
import { applicableRegimes, type ItemFacts } from './applicable.ts';
import { binds, OBLIGATION_PROFILES, profileOf } from './obligation-profile.ts';
import { REGIMES } from './regime-order.ts';
import type { RegimeId } from './rule.ts';
import { ruleById } from './rules.ts';

const TODAY = parseDay('2026-11-22');
const FACTS: ItemFacts = {
  country: 'US',
  subdivision: 'US-CA',
  offeredIn: 'world',
  service: { kind: 'user-content', smallEnterprise: false, veryLarge: false },
  kind: 'authentic',
  minor: false,
  madeByPerson: true,
  accountHolder: true,
};

function answer(regime: RegimeId, facts: Partial<ItemFacts> = {}, day = TODAY): string {
  const found = applicableRegimes({ ...FACTS, ...facts }, day);
  assert.ok(found.ok);
  const one = found.regimes.find((each) => each.regime === regime)!;
  return `${one.answer}: ${one.because}`;
}

test('a Californian on a service for the world has the federal, the state, the EU and the copyright route', () => {
  assert.equal(answer('us-tida'), 'applies: person-lives-there');
  assert.equal(answer('us-ca'), 'applies: person-lives-there');
  assert.equal(answer('eu-dsa'), 'applies: service-offered-there');
  assert.equal(answer('us-dmca'), 'applies: person-lives-there');
  assert.equal(answer('us-ut'), 'does-not-apply: not-linked');
});

test('what was not asked stays unknown, never "does not apply"', () => {
  const nothing: ItemFacts = {
    country: 'unknown',
    subdivision: 'unknown',
    offeredIn: 'unknown',
    service: { kind: 'unknown', smallEnterprise: 'unknown', veryLarge: false },
    kind: 'unknown',
    minor: 'unknown',
    madeByPerson: 'unknown',
    accountHolder: 'unknown',
  };
  const found = applicableRegimes(nothing, TODAY);
  assert.ok(found.ok);
  for (const each of found.regimes) {
    const expected = each.regime === 'eu-vaw' ? 'does-not-apply' : 'unknown';
    assert.equal(each.answer, expected, each.regime);
  }
});

test('before a rule was in force it does not apply, and the UK duty is open', () => {
  assert.equal(answer('us-tida', {}, parseDay('2026-05-18')), 'does-not-apply: not-in-force');
  assert.equal(answer('eu-vaw', { country: 'FR', subdivision: 'unknown' }), 'does-not-apply: not-in-force');
  assert.equal(
    answer('uk-osa', { country: 'GB', subdivision: 'unknown' }),
    'unknown: commencement-unconfirmed',
  );
});

test('a threat is no depiction that the US duty could remove', () => {
  assert.equal(answer('us-tida', { kind: 'threatened' }), 'does-not-apply: only-threatened');
});

test('copyright only for who made the picture', () => {
  assert.equal(answer('us-dmca', { madeByPerson: false }), 'does-not-apply: not-made-by-person');
  assert.equal(answer('us-dmca', { madeByPerson: 'unknown' }), 'unknown: maker-unknown');
});

test('a picture of a minor opens the child lane with its duties to report', () => {
  const found = applicableRegimes({ ...FACTS, minor: true }, TODAY);
  assert.ok(found.ok && found.lane === 'child');
  assert.equal(answer('us-2258a', { minor: true }), 'applies: minor');
  assert.equal(answer('us-2258a', { minor: false }), 'does-not-apply: not-about-minor');
});

test('places that contradict each other or are none are refused', () => {
  assert.deepEqual(applicableRegimes({ ...FACTS, country: 'FR' }, TODAY), {
    ok: false,
    reason: 'contradictory-place',
  });
  for (const country of ['us', 'USA', '', 'U\u202eS']) {
    assert.deepEqual(applicableRegimes({ ...FACTS, country, subdivision: 'unknown' }, TODAY), {
      ok: false,
      reason: 'malformed-place',
    });
  }
  assert.deepEqual(applicableRegimes({ ...FACTS, offeredIn: ['Europe'] }, TODAY), {
    ok: false,
    reason: 'malformed-place',
  });
});

test('every regime gets exactly one answer, whatever the facts', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('US', 'GB', 'IN', 'AU', 'FR', 'BR', 'unknown'),
      fc.constantFrom(true, false, 'unknown' as const),
      fc.constantFrom('world' as const, 'unknown' as const),
      (country, minor, offeredIn) => {
        const found = applicableRegimes(
          { ...FACTS, country, subdivision: 'unknown', minor, offeredIn },
          TODAY,
        );
        assert.ok(found.ok);
        assert.deepEqual(
          found.regimes.map((each) => each.regime),
          REGIMES,
        );
      },
    ),
    { numRuns: 40 },
  );
});

test('small enterprises are free of the duties of Articles 20 to 24 and of no others', () => {
  const small = profileOf({ kind: 'user-content', smallEnterprise: true, veryLarge: false });
  assert.equal(small.id, 'small-platform');
  assert.equal(binds(small, ruleById('EU-DSA-ACK')), true);
  assert.equal(binds(small, ruleById('EU-DSA-SOR')), true);
  assert.equal(binds(small, ruleById('EU-DSA-TF')), false);
  assert.equal(binds(small, ruleById('EU-DSA-COMPLAINT-OPEN')), false);
  assert.equal(binds(small, ruleById('EU-DSA-TDB')), false);
  assert.equal(binds(small, ruleById('US-TIDA-REMOVE')), true);
  const large = profileOf({ kind: 'user-content', smallEnterprise: 'unknown', veryLarge: false });
  assert.equal(binds(large, ruleById('EU-DSA-TDB')), true);
  assert.equal(OBLIGATION_PROFILES.length, 5);
});
