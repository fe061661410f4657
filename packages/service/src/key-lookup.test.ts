import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, test } from 'node:test';
import { makeKey, readToken, revokeKey } from '@reclaim/store/keys';
import { freshStore } from '@reclaim/store/store.fixture';
import { KeyLookup } from './key-lookup.ts';

const clock = Date.UTC(2027, 4, 4);
const { store, end } = await freshStore({ now: () => clock });
after(end);

const wrong = () =>
  readToken(`rk_${randomBytes(16).toString('hex')}_${randomBytes(32).toString('base64url')}`)!;

test('among a thousand wrong tokens that wait together each good one finds its own key', async () => {
  const made = await Promise.all(
    ['one', 'two', 'three'].map((name) => makeKey(store, 'system', { name, scopes: ['check'] })),
  );
  const lookup = new KeyLookup(store);
  const flood = Array.from({ length: 1_200 }, wrong);
  const asked = flood.map((token) => lookup.find(token));
  const good = made.map(({ token }) => lookup.find(readToken(token)!));
  assert.deepEqual(
    (await Promise.all(good)).map((key) => key?.id),
    made.map(({ key }) => key.id),
  );
  assert.deepEqual(new Set(await Promise.all(asked)), new Set([undefined]));
});

test('when as many wait as may, others are told to come again, and who waits is answered', async () => {
  const lookup = new KeyLookup(store, 50);
  // The first is asked for at once and waits no more.
  const asked = Array.from({ length: 61 }, () => lookup.find(wrong()).catch(({ kind }) => kind));
  const answers = await Promise.all(asked);
  assert.deepEqual(answers.slice(0, 51), Array(51).fill(undefined));
  assert.deepEqual(answers.slice(51), Array(10).fill('too-many-requests'));
  assert.equal(await lookup.find(wrong()), undefined);
});

test('a query that fails is told to those who waited for it, and who asks then is answered', async () => {
  const { key, token } = await makeKey(store, 'system', { name: 'later', scopes: ['check'] });
  let away = true;
  const db = () => {
    if (away) throw new Error('away');
    return store.db;
  };
  const lookup = new KeyLookup({
    ...{ now: () => store.now() },
    get db() {
      return db();
    },
  } as never);
  const together = [lookup.find(readToken(token)!), lookup.find(wrong())];
  for (const each of together) await assert.rejects(each, /away/);
  away = false;
  assert.equal((await lookup.find(readToken(token)!))?.id, key.id);
  // An error is no word about the token.
  await revokeKey(store, 'system', key.id);
  assert.equal(await lookup.find(readToken(token)!), undefined);
});
