import assert from 'node:assert/strict';
import test from 'node:test';
import { KEEP_GROUNDS, REFERRALS, REMOVE_GROUNDS } from '@reclaim/casework/decision';
import { parseId } from '@reclaim/casework/id';
import { wireDecideRequest } from '@reclaim/casework/wire-decide';
import {
  CHOICE_KEYS,
  type DraftEvent,
  isReason,
  NO_DRAFT,
  outcomeOf,
  reduceDraft,
  rulingOf,
} from './decision-draft.ts';
import { fixtureId, fixtureJob, fixtureMatch } from './job.fixture.ts';

const job = fixtureJob(1, {
  matches: [
    fixtureMatch(1),
    fixtureMatch(2, { band: 'possible' }),
    fixtureMatch(3, { state: 'confirmed' }),
    fixtureMatch(4, { state: 'disputed' }),
  ],
});
const run = (...events: DraftEvent[]) => events.reduce(reduceDraft, NO_DRAFT);
const choose = (choice: Parameters<typeof outcomeOf>[0], looked = false): DraftEvent => ({
  kind: 'choose',
  choice,
  job,
  looked,
});
const template: DraftEvent = {
  kind: 'template',
  index: 0,
  text: 'The bytes are equal to a confirmed signal.',
};

test('the usual decision is three events: a digit, a template, send', () => {
  const draft = run(choose(CHOICE_KEYS['1']!), template, { kind: 'send' });
  assert.equal(draft.kind, 'sending');
});

test('nothing is sent without a reason that the node takes', () => {
  for (const text of ['', 'too short', '          ', ' a b c d e ', 'x'.repeat(5_001)]) {
    assert.equal(run(choose('not-a-match'), { kind: 'write', text }, { kind: 'send' }).kind, 'drafting');
  }
  assert.equal(isReason('ten chars!'), true);
});

test('whoever has not looked confirms no signal by removing; whoever has, confirms the near unconfirmed ones', () => {
  const blind = run(choose('intimate-image-law'));
  assert.deepEqual(blind.kind !== 'none' && blind.confirms, []);
  const seen = run(choose('intimate-image-law', true));
  assert.deepEqual(seen.kind !== 'none' && seen.confirms, [fixtureId('sig', 1)]);
  const kept = run(choose('not-a-match', true));
  assert.deepEqual(kept.kind !== 'none' && kept.confirms, []);
});

test('a confirmation can be ticked and unticked', () => {
  const signalId = parseId('signal', fixtureId('sig', 2));
  const on = run(choose('other-law'), { kind: 'confirm', signalId, on: true });
  assert.deepEqual(on.kind !== 'none' && on.confirms, [signalId]);
  const off = reduceDraft(on, { kind: 'confirm', signalId, on: false });
  assert.deepEqual(off.kind !== 'none' && off.confirms, []);
});

test('own words survive a change of mind about the ground; a template’s words do not', () => {
  const own = run(choose('not-a-match'), { kind: 'write', text: 'another beach' }, choose('not-intimate'));
  assert.equal(own.kind !== 'none' && own.facts, 'another beach');
  const given = run(choose('not-a-match'), template, choose('not-intimate'));
  assert.equal(given.kind !== 'none' && given.facts, '');
});

test('a refused decision comes back with nothing lost, and nothing changes it on its way', () => {
  const sending = run(choose('not-a-match'), template, { kind: 'send' });
  assert.equal(reduceDraft(sending, { kind: 'write', text: 'changed meanwhile' }), sending);
  assert.equal(reduceDraft(sending, choose('not-intimate')), sending);
  const back = reduceDraft(sending, { kind: 'refused' });
  assert.equal(back.kind === 'drafting' && isReason(back.facts), true);
});

test('every ground makes a ruling that the wire takes', () => {
  for (const choice of [...REMOVE_GROUNDS, ...KEEP_GROUNDS, ...REFERRALS]) {
    const ruling = rulingOf(choice, []);
    assert.equal(ruling.outcome, outcomeOf(choice));
    assert.equal(wireDecideRequest.safeParse({ ruling, facts: 'plain facts here' }).success, true);
  }
});

test('every digit decides something different, and no digit suspects a minor', () => {
  const choices = Object.values(CHOICE_KEYS);
  assert.equal(new Set(choices).size, 10);
  assert.equal(choices.includes('minor-suspected'), false);
});
