import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseDay } from '../day.ts';
import { DECLARATIONS, type DeclarationId, declarationOn } from './declaration.ts';
import { isComplete, lackingElements, signatureDoubt } from './element.ts';
import { ELEMENTS } from './element-row.ts';
import { EMPTY_DRAFT, type NoticeDraft } from './notice-draft.ts';
import type { RegimeId } from './rule.ts';

const tick = (id: DeclarationId) => ({ id, version: '1', atMs: 0 });

const FULL: NoticeDraft = {
  locations: ['https://example.org/a'],
  standing: 'depicted',
  authorityBasis: '',
  kind: 'authentic',
  facts: 'It was taken in private.',
  work: 'A photograph that I took.',
  declarations: DECLARATIONS.map((each) => tick(each.id)),
  signature: { kind: 'typed', text: 'A. Person', pseudonym: false },
  name: 'A. Person',
  email: 'a@example.org',
  otherContact: '',
  age: 'adult',
};

const REGIMES: readonly RegimeId[] = [
  'us-tida',
  'us-ut',
  'uk-osa',
  'eu-dsa',
  'us-dmca',
  'au-osa',
  'in-rules',
  'us-ca',
];

function lacks(regime: RegimeId, draft: NoticeDraft): string {
  return lackingElements(regime, draft)
    .map((each) => (each.blocks ? each.element.id : `(${each.element.id})`))
    .join(' ');
}

test('a full notice is complete under every regime, and an empty one under none', () => {
  for (const regime of REGIMES) {
    assert.equal(lacks(regime, FULL), '', regime);
    assert.equal(isComplete(regime, EMPTY_DRAFT), false, regime);
  }
});

test('what an empty notice lacks is every element, in the order of the law', () => {
  assert.equal(
    lacks('us-tida', EMPTY_DRAFT),
    'signature location facts not-consensual good-faith contact standing',
  );
  assert.equal(
    lacks('uk-osa', EMPTY_DRAFT),
    'location declared-content standing declared-standing good-faith truth contact',
  );
  assert.equal(lacks('eu-dsa', EMPTY_DRAFT), 'explanation exact-link (name-and-email) bona-fide accuracy');
  assert.equal(
    lacks('us-dmca', EMPTY_DRAFT),
    'signature work location contact good-faith accuracy authority',
  );
  assert.equal(lacks('au-osa', EMPTY_DRAFT), 'location not-consensual standing');
  assert.equal(lacks('in-rules', EMPTY_DRAFT), 'location facts standing');
  assert.equal(lacks('us-ca', EMPTY_DRAFT), 'location contact resident');
});

test('the EU notice may come without a name, and is not asked for one about a child', () => {
  assert.equal(lacks('eu-dsa', { ...FULL, name: '' }), '(name-and-email)');
  assert.equal(isComplete('eu-dsa', { ...FULL, name: '', email: '' }), true);
  assert.equal(lacks('eu-dsa', { ...FULL, name: '', age: 'under-18-when-taken' }), '');
});

test('invisible marks and spaces are no content', () => {
  for (const empty of ['', '   ', '\u200b\u200d', '\u202e\u2066', '\u0000\n']) {
    assert.equal(lacks('us-tida', { ...FULL, facts: empty }), 'facts');
    assert.equal(
      lacks('us-tida', { ...FULL, signature: { kind: 'typed', text: empty, pseudonym: false } }),
      'signature',
    );
    assert.equal(lacks('us-tida', { ...FULL, locations: ['https://example.org/a', empty] }), 'location');
  }
});

test('a tick of a sentence that was never shown is no declaration', () => {
  const forged = FULL.declarations.map((each) =>
    each.id === 'good-faith' ? { ...each, version: '99' } : each,
  );
  assert.equal(lacks('us-tida', { ...FULL, declarations: forged }), 'good-faith');
});

test('the EU asks for exact links where others take a description', () => {
  const described = { ...FULL, locations: ['the pinned post of the account example'] };
  assert.equal(lacks('us-tida', described), '');
  assert.equal(lacks('eu-dsa', described), 'exact-link');
});

test('a pseudonym signs nothing beyond doubt where a signature is an element', () => {
  const draft: NoticeDraft = { ...FULL, signature: { kind: 'typed', text: 'Moon', pseudonym: true } };
  assert.equal(signatureDoubt('us-tida', draft), true);
  assert.equal(signatureDoubt('eu-dsa', draft), false);
});

test('every declaration has a text on the day its rows were checked, and none before', () => {
  for (const { id } of DECLARATIONS) {
    assert.ok((declarationOn(id, parseDay('2026-11-22'))?.text.length ?? 0) > 20);
    assert.equal(declarationOn(id, parseDay('2026-10-31')), undefined);
  }
});

test('filling a part in never adds to what is lacking, and no result repeats the content', () => {
  const secret = 'https://example.org/secret-path';
  fc.assert(
    fc.property(
      fc.constantFrom(...REGIMES),
      fc.subarray(Object.keys(FULL) as (keyof NoticeDraft)[]),
      (regime, keys) => {
        const draft = {
          ...EMPTY_DRAFT,
          ...Object.fromEntries(keys.map((key) => [key, FULL[key]])),
        } as NoticeDraft;
        const before = lackingElements(regime, draft).length;
        const after = lackingElements(regime, { ...draft, locations: [secret], facts: secret });
        assert.ok(after.length <= before);
        assert.ok(!JSON.stringify(after).includes(secret));
      },
    ),
    { numRuns: 60 },
  );
});

test('all elements of the comparison are rows', () => {
  const count = (regime: RegimeId) => ELEMENTS.filter((each) => each.regime === regime).length;
  assert.deepEqual(REGIMES.map(count), [7, 7, 7, 5, 7, 3, 3, 3]);
});
