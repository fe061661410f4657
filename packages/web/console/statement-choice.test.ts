import assert from 'node:assert/strict';
import test from 'node:test';
import { UNSAID_PLATFORM } from '@reclaim/casework/notice-terms';
import { wireDecideRequest } from '@reclaim/casework/wire-decide';
import { type Accountability, NO_ACCOUNTABILITY } from '@reclaim/casework/wire-statement';
import { CHOICE_KEYS, outcomeOf } from './decision-draft.ts';
import { fixtureJob } from './job.fixture.ts';
import {
  FINDINGS_OF,
  mayGive,
  previewOf,
  type Reasons,
  reasonsFor,
  statementOf,
} from './statement-choice.ts';

const SET: Accountability = {
  ...NO_ACCOUNTABILITY,
  language: 'es',
  lawCite: 'Código Penal 197.7',
  termsClause: 'Section 4',
  termsUrl: 'https://site.example/terms',
};
const FACTS = 'The picture is the same as a protected one, and a person looked.';
const NOW = Date.UTC(2026, 10, 21, 12);
const job = fixtureJob(1);
const preview = (reasons: Reasons, facts = FACTS) => previewOf(reasons, job, facts, UNSAID_PLATFORM, NOW);

test('a removal begins with what a lead set; where nothing is set no law is guessed and none is written', () => {
  for (const choice of Object.values(CHOICE_KEYS)) {
    const reasons = reasonsFor(choice, SET);
    assert.equal(reasons !== undefined, outcomeOf(choice) === 'remove', choice);
  }
  assert.equal(reasonsFor('intimate-image-law', SET)!.on, true);
  assert.equal(reasonsFor('terms-intimate-image', SET)!.groundUrl, 'https://site.example/terms');
  const other = reasonsFor('other-law', SET)!;
  assert.deepEqual([other.on, other.cite], [false, '']);
  const unset = reasonsFor('intimate-image-law', NO_ACCOUNTABILITY)!;
  assert.equal(unset.on, false);
  assert.equal(mayGive(unset, undefined), true, 'a decision never waits for a setting');
});

test('the statement is composed as the node composes it, in the language chosen', () => {
  const ready = preview(reasonsFor('intimate-image-law', SET)!);
  assert.equal(ready.kind, 'ready');
  assert.ok(ready.kind === 'ready');
  assert.equal(ready.text.language, 'es');
  assert.match(JSON.stringify(ready.text), /Código Penal 197\.7/);
  assert.match(JSON.stringify(ready.text), /por iniciativa propia/);
  const noticed = previewOf(
    reasonsFor('intimate-image-law', SET)!,
    { ...job, notices: 2 },
    FACTS,
    UNSAID_PLATFORM,
    NOW,
  );
  assert.match(JSON.stringify(noticed), /después de una notificación/);
});

test('what is lacking is named, and what cannot be given is faulty with its place', () => {
  const reasons = { ...reasonsFor('other-law', SET)!, on: true };
  assert.deepEqual(preview(reasons), { kind: 'lacking', what: 'ground' });
  const law = reasonsFor('intimate-image-law', SET)!;
  assert.deepEqual(preview(law, ' '), { kind: 'lacking', what: 'facts' });
  assert.deepEqual(preview({ ...law, contentDay: '2026-02-30' }), { kind: 'lacking', what: 'day' });
  assert.deepEqual(preview({ ...law, groundUrl: 'javascript:x' }), { kind: 'lacking', what: 'address' });
  const faulty = preview(law, 'Asked for by rosa@mail.example, who is shown.');
  assert.ok(faulty.kind === 'faulty');
  assert.deepEqual(
    faulty.faults.map(({ field, reason }) => [field, reason]),
    [['decision_facts', 'personal-data']],
  );
  assert.equal(mayGive(law, faulty), false);
  assert.equal(mayGive({ ...law, on: false }, faulty), true);
});

test('every finding of each ground makes a request that the wire takes', () => {
  for (const ground of ['law', 'terms'] as const) {
    for (const finding of FINDINGS_OF[ground]) {
      const reasons = {
        ...reasonsFor(ground === 'law' ? 'intimate-image-law' : 'terms-intimate-image', SET)!,
        finding,
      };
      const ruling = { outcome: 'remove', ground: 'intimate-image-law', confirms: [] };
      const request = { ruling, facts: FACTS, statement: statementOf(reasons) };
      assert.equal(wireDecideRequest.safeParse(request).success, true, finding);
      assert.equal(preview(reasons).kind, 'ready', finding);
    }
  }
});
