import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { CATEGORIES, categoryById, SPECIFICATIONS } from './category.ts';
import { rightRecord, WAYS, wrongRecord } from './record.fixture.ts';
import { FIELDS, RECORD_CATEGORIES, type StatementRecord } from './record.ts';
import { checkRecord, type FaultReason } from './record-check.ts';

const RUNS = 10_000;

test('10,000 records made to the schema are all taken', () => {
  fc.assert(
    fc.property(rightRecord, (record) => {
      const checked = checkRecord(record);
      assert.deepEqual(checked.ok ? [] : checked.faults, []);
    }),
    { numRuns: RUNS },
  );
});

test('10,000 records with one fault are all refused, with that fault and no other', () => {
  const reasons = new Map<FaultReason, number>();
  fc.assert(
    fc.property(wrongRecord, ({ record, field, reason }) => {
      const checked = checkRecord(record);
      assert.ok(!checked.ok, `${field} ${reason} was taken`);
      assert.deepEqual(
        checked.faults.map((fault) => [fault.field, fault.reason]),
        [[field, reason]],
      );
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }),
    { numRuns: RUNS },
  );
  // Each way of being wrong was tried hundreds of times, and every reason of the closed set but none is one of them.
  assert.ok(WAYS >= 20);
  assert.equal(reasons.size, 16);
});

test('the schema has 16 categories for records, 69 sub-categories and 35 fields', () => {
  assert.equal(RECORD_CATEGORIES.length, 16);
  assert.equal(CATEGORIES.length, 17);
  assert.equal(SPECIFICATIONS.length, 69);
  assert.equal(new Set(SPECIFICATIONS).size, 69);
  assert.equal(FIELDS.length, 35);
  assert.equal(new Set(FIELDS.map(({ name }) => name)).size, 35);
});

test('the sub-categories of intimate images without consent stand where the Regulation has them', () => {
  const third = categoryById('STATEMENT_CATEGORY_CYBER_VIOLENCE')!;
  assert.equal(third.number, 3);
  assert.equal(third.specifications[4]?.id, 'KEYWORD_NON_CONSENSUAL_IMAGE_SHARING');
  const fourth = categoryById('STATEMENT_CATEGORY_CYBER_VIOLENCE_AGAINST_WOMEN')!;
  assert.equal(fourth.specifications[6]?.id, 'KEYWORD_NON_CONSENSUAL_MATERIAL_DEEPFAKE_AGAINST_WOMEN');
});

const SMALL: StatementRecord = {
  decision_visibility: ['DECISION_VISIBILITY_CONTENT_REMOVED'],
  decision_ground: 'DECISION_GROUND_ILLEGAL_CONTENT',
  illegal_content_legal_ground: 'Código Penal 197.7',
  illegal_content_explanation: 'It shows a person in an intimate state and was shared without consent.',
  content_type: ['CONTENT_TYPE_IMAGE'],
  category: 'STATEMENT_CATEGORY_CYBER_VIOLENCE',
  category_specification: ['KEYWORD_NON_CONSENSUAL_IMAGE_SHARING'],
  content_date: '2026-11-20',
  application_date: '2026-11-21',
  decision_facts: 'The picture is the same as one that its owner protected, and a person looked.',
  source_type: 'SOURCE_VOLUNTARY',
  automated_detection: 'Yes',
  automated_decision: 'AUTOMATED_DECISION_NOT_AUTOMATED',
  puid: 'dec_00',
};

test('lengths are counted in characters, so that a language is not cut shorter than another', () => {
  const long = (count: number): StatementRecord => ({ ...SMALL, decision_facts: '画'.repeat(count) });
  assert.ok(checkRecord(long(5000)).ok);
  assert.ok(checkRecord({ ...SMALL, decision_facts: '🂡'.repeat(5000) }).ok);
  const over = checkRecord(long(5001));
  assert.deepEqual(over.ok ? [] : over.faults, [{ field: 'decision_facts', reason: 'too-long' }]);
});

test('a fault names field, reason and place, and repeats nothing of the record', () => {
  const checked = checkRecord({ ...SMALL, decision_facts: 'Asked for by rosa@mail.example in a notice.' });
  assert.deepEqual(checked, {
    ok: false,
    faults: [
      { field: 'decision_facts', reason: 'personal-data', found: [{ kind: 'email', start: 13, end: 30 }] },
    ],
  });
});

test('several faults come together, in the order of the schema', () => {
  const { puid: _, ...rest } = SMALL;
  const checked = checkRecord({
    ...rest,
    category: 'STATEMENT_CATEGORY_NOT_SPECIFIED_ORDER',
    content_date: '20.11.2026',
  });
  assert.deepEqual(checked.ok ? [] : checked.faults.map(({ field, reason }) => `${field}: ${reason}`), [
    'category: unknown-value',
    'content_date: not-a-day',
    'puid: missing',
  ]);
});
