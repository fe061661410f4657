import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DAY_MS } from '@reclaim/casework/instant';
import { keepRecord, RECORD_LIFE_DAYS, readRecord } from '@reclaim/store/evidence-records';
import { freshStore, runRaw } from '@reclaim/store/store.fixture';
import { expireAll } from './chores.ts';

let clock = Date.UTC(2027, 4, 4);
const { store, end } = await freshStore({ now: () => clock });
after(end);

test('what cannot be let go of keeps nothing else beyond its day', async () => {
  const capability = 'A'.repeat(43);
  assert.ok((await keepRecord(store, capability, 0, 'c2VhbGVk')).ok);
  clock += (RECORD_LIFE_DAYS + 2) * DAY_MS;
  let features = 0;
  const followed = { catchUp: async () => void features++ };
  await runRaw(store, 'alter table thread rename to thread_away');
  await assert.rejects(expireAll(store, followed), { code: '42P01' });
  await runRaw(store, 'alter table thread_away rename to thread');
  assert.equal(await readRecord(store, capability), undefined);
  assert.equal(features, 1);
  await expireAll(store, followed);
});
