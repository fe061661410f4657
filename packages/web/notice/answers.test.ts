import assert from 'node:assert/strict';
import test from 'node:test';
import { UNSAID_PLATFORM } from '@reclaim/casework/notice-terms';
import { wireNewNotice, wireNoticeSupplement } from '@reclaim/casework/wire-notice';
import {
  type Answers,
  contentOf,
  hasPlace,
  lacksOf,
  NOTHING_ADDED,
  noAnswers,
  notifierOf,
  placesOf,
  stillLacking,
  supplementOf,
  ticksFor,
} from './answers.ts';
import { itemOfFragment } from './item-link.ts';
import { makeNoticeApi } from './notice-api.ts';

const NOW = Date.parse('2026-11-20T10:00Z');
const EMPTY: Answers = { ...noAnswers('photo-7'), age: 'adult' };
const FULL: Answers = {
  ...EMPTY,
  standing: 'depicted',
  facts: 'It was taken in private.',
  ticks: ['not-consensual', 'good-faith', 'accurate-and-complete'],
  email: 'a@example.org',
  signature: 'A. Person',
};
const lacks = (answers: Answers, regime: string) =>
  lacksOf(answers, UNSAID_PLATFORM, NOW).find((each) => each.regime === regime);

test('while somebody types, what each law lacks grows shorter, and what it says is what the node will say', () => {
  assert.deepEqual(lacks(EMPTY, 'us-tida')?.lacking, [
    'signature',
    'facts',
    'not-consensual',
    'good-faith',
    'contact',
    'standing',
  ]);
  assert.deepEqual(lacks({ ...EMPTY, facts: 'x', signature: 'A' }, 'us-tida')?.lacking, [
    'not-consensual',
    'good-faith',
    'contact',
    'standing',
  ]);
  assert.equal(lacks(FULL, 'us-tida')?.complete, true);
  assert.equal(lacks(FULL, 'eu-dsa')?.complete, true);
});

test('a notice of answers is one that the wire takes, with the sentences that were shown', () => {
  const notice = {
    ...contentOf(FULL, 'es', NOW),
    notifier: notifierOf(FULL),
    proof: { challenge: 'x', nonce: '0' },
    codeSha256: '0'.repeat(64),
  };
  const parsed = wireNewNotice.safeParse(notice);
  assert.ok(parsed.success, JSON.stringify(parsed.error?.issues));
  assert.deepEqual(parsed.data?.declarations[0], { id: 'not-consensual', version: '1' });
  assert.deepEqual(parsed.data?.item, { id: 'photo-7' });
});

test('places are lines, each once; an item from the link is a place by itself', () => {
  assert.deepEqual(placesOf(' https://a.example/1 \r\n\n https://a.example/1\nthe pinned post'), [
    'https://a.example/1',
    'the pinned post',
  ]);
  assert.equal(hasPlace(EMPTY), true);
  assert.equal(hasPlace(noAnswers(undefined)), false);
  assert.equal(hasPlace({ ...noAnswers(undefined), places: ' \n ' }), false);
});

test('the Californian sentence is asked of Californians alone, and a tick that is no longer asked is not sent', () => {
  assert.equal(ticksFor(EMPTY).includes('california-resident'), false);
  const moved: Answers = { ...FULL, country: 'US', part: 'US-CA', ticks: ['california-resident'] };
  assert.equal(ticksFor(moved).includes('california-resident'), true);
  assert.equal(lacks(moved, 'us-ca')?.complete, true);
  assert.deepEqual(contentOf({ ...moved, country: 'DE', part: 'unknown' }, 'en', NOW).declarations, []);
});

test('what is added is only what was answered, and is counted against what was lacking', () => {
  assert.equal(supplementOf(noAnswers(undefined), NOW), undefined);
  const more = supplementOf({ ...noAnswers(undefined), signature: 'A. Person' }, NOW);
  assert.deepEqual(more, { notifier: { signature: { text: 'A. Person', pseudonym: false } } });
  const proof = { challenge: 'x', nonce: '0' };
  assert.ok(wireNoticeSupplement.safeParse({ ...more, proof, code: 'A'.repeat(43) }).success);
  const sent = [
    { regime: 'us-tida' as const, lacking: ['signature', 'facts'], wanting: [], complete: false },
  ];
  const left = stillLacking(sent, { ...noAnswers(undefined), signature: 'A. Person' }, NOW);
  assert.deepEqual(left[0]?.lacking, ['facts']);
});

test('the form to add with starts as one in which nothing is answered, whatever the notice was answered with', () => {
  const sent = {
    ...noAnswers('photo-7'),
    places: 'https://example.org/1',
    standing: 'authorised' as const,
    authority: 'They asked me.',
    kind: 'forgery' as const,
    facts: 'It was made by a computer.',
    ticks: ['good-faith' as const],
    name: 'A. Person',
    email: 'a@mail.example',
    other: '+34 600 000 000',
    signature: 'A. Person',
    pseudonym: true,
  };
  assert.notEqual(supplementOf(sent, NOW), undefined);
  assert.equal(supplementOf({ ...sent, ...NOTHING_ADDED }, NOW), undefined);
});

test('the fragment of the address is an id or nothing', () => {
  assert.equal(itemOfFragment('#item=photo-7'), 'photo-7');
  assert.equal(itemOfFragment('#item=%C3%A9'), undefined);
  for (const hash of ['', '#', '#item=', '#item=a b', '#other=x', `#item=${'a'.repeat(200)}`, '#item=%']) {
    assert.equal(itemOfFragment(hash), undefined, hash);
  }
});

test('whatever the node or the network does, the form gets one of a closed set of reasons and never throws', async () => {
  const answers: readonly (readonly [() => Promise<Response>, object])[] = [
    [() => Promise.reject(new TypeError('offline')), { ok: false, reason: 'offline' }],
    [async () => new Response('{', { status: 200 }), { ok: false, reason: 'bad-answer' }],
    [async () => new Response('{}', { status: 404 }), { ok: false, reason: 'not-found' }],
    [
      async () =>
        new Response('{"type":"/problems/too-many-attempts","retryAfterSeconds":61}', { status: 429 }),
      { ok: false, reason: 'limited', minutes: 2 },
    ],
    [async () => new Response('gone', { status: 503 }), { ok: false, reason: 'busy' }],
  ];
  for (const [carry, said] of answers) {
    const api = makeNoticeApi((() => carry()) as typeof fetch);
    assert.deepEqual(await api.status('A'.repeat(43)), said);
  }
});
