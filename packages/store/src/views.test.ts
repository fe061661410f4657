import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { recordsAfter } from './event-log.ts';
import { claimedJob, rule, staffMember } from './looking.fixture.ts';
import { freshStore } from './store.fixture.ts';
import {
  endView,
  forgetViews,
  previewFor,
  recordView,
  VIEW_ALLOWANCE,
  VIEWS_KEPT_MS,
  viewsToday,
} from './views.ts';

const DAY_MS = 86_400_000;
const clock = { now: 1_900_000_000_000 - (1_900_000_000_000 % DAY_MS) + 1_000 };
const { store, end } = await freshStore({ now: () => clock.now });
after(end);

const address = 'https://photos.example/p';

test('a look is a record in the chain before anything is shown, and it bears no address', async () => {
  const ada = await staffMember(store, ['review']);
  const jobId = await claimedJob(store, ada.id, address);
  const before = (await recordsAfter(store.db, 0, 10_000)).length;
  assert.deepEqual(await recordView(store, ada, jobId, 'outline'), { ok: true });
  const [record, ...rest] = (await recordsAfter(store.db, 0, 10_000)).slice(before);
  assert.deepEqual(rest, []);
  assert.equal(record!.type, 'view');
  assert.deepEqual(record!.data, { by: ada.id, jobId, look: 'outline' });
  assert.equal(JSON.stringify(record).includes('photos.example'), false);
  assert.deepEqual(await previewFor(store, ada.id, jobId), { ok: true, previewUrl: address });
});

test('who looks needs the claim: nobody else, not after it lapsed, not without a preview', async () => {
  const ada = await staffMember(store, ['review']);
  const bo = await staffMember(store, ['review', 'lead', 'minor-lane']);
  const jobId = await claimedJob(store, ada.id, address);
  assert.deepEqual(await recordView(store, bo, jobId, 'outline'), {
    ok: false,
    reason: 'claimed-by-another',
  });
  assert.deepEqual(await previewFor(store, bo.id, jobId), { ok: false, reason: 'claimed-by-another' });
  const bare = await claimedJob(store, ada.id);
  assert.deepEqual(await recordView(store, ada, bare, 'outline'), { ok: false, reason: 'no-preview' });
  clock.now += 16 * 60_000;
  assert.deepEqual(await recordView(store, ada, jobId, 'outline'), { ok: false, reason: 'not-claimed' });
  assert.equal((await viewsToday(store, ada.id)).count, 0, 'what was refused counts for nothing');
});

test('a job that may show a minor is looked at by nobody, between asking and showing as well', async () => {
  const lane = await staffMember(store, ['review', 'lead', 'minor-lane']);
  const jobId = await claimedJob(store, lane.id, address);
  assert.ok((await recordView(store, lane, jobId, 'outline')).ok);
  assert.ok((await rule(store, lane.id, jobId, { outcome: 'refer', ground: 'minor-suspected' })).ok);
  assert.deepEqual(await previewFor(store, lane.id, jobId), { ok: false, reason: 'refused-blackout' });
  assert.deepEqual(await recordView(store, lane, jobId, 'outline'), {
    ok: false,
    reason: 'refused-blackout',
  });
});

test("the day's allowance stops a reviewer, not a lead, and begins anew at midnight UTC", async () => {
  const ada = await staffMember(store, ['review']);
  const lead = await staffMember(store, ['review', 'lead']);
  for (const who of [ada, lead]) {
    const jobId = await claimedJob(store, who.id, address);
    for (let i = 0; i < VIEW_ALLOWANCE; i++) assert.ok((await recordView(store, who, jobId, 'outline')).ok);
    const over = await recordView(store, who, jobId, 'outline');
    assert.deepEqual(over, who === lead ? { ok: true } : { ok: false, reason: 'views-used-up' });
  }
  assert.equal((await viewsToday(store, ada.id)).count, VIEW_ALLOWANCE);
  assert.equal((await viewsToday(store, lead.id)).count, VIEW_ALLOWANCE + 1);
  clock.now += DAY_MS;
  const tomorrow = await claimedJob(store, ada.id, address);
  assert.ok((await recordView(store, ada, tomorrow, 'outline')).ok);
  assert.equal((await viewsToday(store, ada.id)).count, 1);
});

test('the seconds of a look are told once, by who looked, and add up', async () => {
  const ada = await staffMember(store, ['review']);
  const bo = await staffMember(store, ['review']);
  const jobId = await claimedJob(store, ada.id, address);
  assert.equal(await endView(store, ada.id, jobId, 3), false, 'nothing was looked at');
  await recordView(store, ada, jobId, 'outline');
  await recordView(store, ada, jobId, 'blurred');
  assert.equal(await endView(store, bo.id, jobId, 3), false);
  assert.equal(await endView(store, ada.id, jobId, 3), true);
  assert.equal(await endView(store, ada.id, jobId, 4), true);
  assert.equal(await endView(store, ada.id, jobId, 5), false);
  assert.deepEqual(await viewsToday(store, ada.id), { count: 2, seconds: 7 });
});

test('the ledger of views is kept for a year, and that somebody looked stays in the chain', async () => {
  const ada = await staffMember(store, ['review']);
  const jobId = await claimedJob(store, ada.id, address);
  assert.ok((await recordView(store, ada, jobId, 'outline')).ok);
  const rows = async () =>
    (await store.db.selectFrom('view').select('at').where('staff_id', '=', ada.id).execute()).length;
  const looks = async () =>
    (await recordsAfter(store.db, 0, 10_000)).filter(
      ({ type, data }) => type === 'view' && (data as { by?: string }).by === ada.id,
    ).length;
  clock.now += VIEWS_KEPT_MS;
  await forgetViews(store);
  assert.deepEqual([await rows(), await looks()], [1, 1]);
  clock.now += 1;
  await forgetViews(store);
  assert.deepEqual([await rows(), await looks()], [0, 1]);
});
