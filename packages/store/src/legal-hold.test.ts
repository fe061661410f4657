import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { JobId } from '@reclaim/casework/id';
import { parseZone } from '@reclaim/law/zone';
import { makeBank } from './banks.ts';
import { recordsAfter } from './event-log.ts';
import { findJob, type JobReader, listJobs } from './job-rows.ts';
import { commandJob, openJob } from './jobs.ts';
import { endDueHolds, HOLD_BASIS, HOLD_MS } from './legal-hold.ts';
import { claimedJob, rule, staffMember, undo } from './looking.fixture.ts';
import { laneOfJob, recordMinorReport } from './minor-reports.ts';
import { bankSignals } from './signals.ts';
import { freshStore, pdqOfSeed } from './store.fixture.ts';

const clock = { now: 1_900_000_000_000 };
const { store, end } = await freshStore({ now: () => clock.now });
after(end);

const MINOR = { outcome: 'refer', ground: 'minor-suspected' } as const;
const READERS: readonly JobReader[] = ['key', 'staff', 'minor-lane'];

async function rowOf(jobId: JobId) {
  return store.db.selectFrom('job').selectAll().where('id', '=', jobId).executeTakeFirstOrThrow();
}

async function matchedJob(by: Awaited<ReturnType<typeof staffMember>>['id'], seed: number) {
  const draft = { name: `bank ${seed}`, kind: 'positive', confidentBits: 31, possibleBits: 31 } as const;
  const bank = await makeBank(store, 'system', draft);
  assert.ok(bank.ok);
  const banked = await bankSignals(store, 'system', bank.bank.id, [pdqOfSeed(seed)]);
  assert.ok(banked.ok);
  const { jobId } = await openJob(store, 'system', {
    item: { id: `item-${seed}`, previewUrl: 'https://photos.example/p' },
    cause: 'upload-check',
    interim: 'held',
    matches: [
      {
        signalId: banked.signals[0]!.id,
        kind: 'pdq',
        band: 'confident',
        orientation: 'original',
        window: 'full',
      },
    ],
    contentTag: store.key.tag(Buffer.from(`content-${seed}`)),
  });
  assert.ok((await commandJob(store, by, { kind: 'claim', jobId, by, now: store.now() })).ok);
  return jobId;
}

test('what may show a minor is answered without item and matches, but for the lane; the preview to nobody', async () => {
  const ada = await staffMember(store, ['review']);
  const jobId = await matchedJob(ada.id, 901);
  for (const reader of READERS) {
    const job = (await findJob(store, jobId, reader))!;
    assert.equal(job.item?.id, 'item-901');
    assert.equal(job.matches.length, 1);
    const address = reader === 'key' ? undefined : `/v1/jobs/${jobId}/look`;
    assert.equal(job.item?.previewUrl, address, `${reader} before the ruling`);
  }
  const ruled = await rule(store, ada.id, jobId, MINOR);
  assert.ok(ruled.ok);
  assert.equal(ruled.job.item, undefined, 'who ruled reads it no more either');
  assert.deepEqual(ruled.job.matches, []);
  for (const reader of READERS) {
    const page = await listJobs(store, { after: 0, limit: 200 }, reader);
    for (const job of [(await findJob(store, jobId, reader))!, page.jobs.find(({ id }) => id === jobId)!]) {
      assert.equal(job.state, 'decided');
      assert.deepEqual(job.decision?.ruling, MINOR);
      assert.deepEqual(job.item, reader === 'minor-lane' ? { id: 'item-901' } : undefined, reader);
      assert.equal(job.matches.length, reader === 'minor-lane' ? 1 : 0, reader);
    }
  }
});

test('only the lane for minors takes it back, and its hold goes with it', async () => {
  const ada = await staffMember(store, ['review', 'lead']);
  const jobId = await claimedJob(store, ada.id, 'https://photos.example/p');
  assert.ok((await rule(store, ada.id, jobId, MINOR)).ok);
  for (const reader of ['key', 'staff'] as const) {
    assert.deepEqual(await undo(store, ada.id, jobId, reader), { ok: false, reason: 'refused-blackout' });
  }
  assert.equal((await rowOf(jobId)).state, 'decided');
  assert.deepEqual(
    await undo(store, ada.id, jobId, 'minor-lane'),
    { ok: false, reason: 'same-reviewer' },
    'who locked it would else have a way to look again',
  );
  const noor = await staffMember(store, ['minor-lane']);
  const undone = await undo(store, noor.id, jobId, 'minor-lane');
  assert.ok(undone.ok);
  assert.equal(undone.job.state, 'queued');
  const { type } = await store.db
    .selectFrom('event')
    .select('type')
    .where('type', '=', 'minor-cleared')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  assert.equal(type, 'minor-cleared');
  const held = await store.db.selectFrom('legal_hold').selectAll().where('job_id', '=', jobId).execute();
  assert.deepEqual(held, []);
});

test('another referral is taken back by any reviewer, and is answered as it was', async () => {
  const ada = await staffMember(store, ['review']);
  const jobId = await claimedJob(store, ada.id);
  const ruled = await rule(store, ada.id, jobId, { outcome: 'refer', ground: 'legal-counsel' });
  assert.ok(ruled.ok);
  assert.ok(ruled.job.item !== undefined);
  assert.ok((await undo(store, ada.id, jobId, 'staff')).ok);
});

test('closing keeps what is held for its year, and the end of the year erases it', async () => {
  const ada = await staffMember(store, ['review']);
  const jobId = await claimedJob(store, ada.id, 'https://photos.example/p');
  assert.ok((await rule(store, ada.id, jobId, MINOR)).ok);
  const [hold] = await store.db.selectFrom('legal_hold').selectAll().where('job_id', '=', jobId).execute();
  assert.deepEqual(hold, {
    job_id: jobId,
    basis: HOLD_BASIS,
    made_at: clock.now,
    until: clock.now + HOLD_MS,
  });
  assert.ok((await commandJob(store, 'system', { kind: 'close', jobId })).ok);
  await endDueHolds(store);
  const kept = await rowOf(jobId);
  assert.ok(kept.item_id !== null && kept.content_tag !== null);
  assert.equal(kept.preview_url, null);
  assert.equal((await findJob(store, jobId, 'staff'))!.item, undefined, 'closed is as dark as decided');
  clock.now += HOLD_MS;
  await endDueHolds(store);
  const gone = await rowOf(jobId);
  assert.deepEqual([gone.item_id, gone.content_tag], [null, null]);
  assert.deepEqual(
    await store.db.selectFrom('event_value').select('name').where('subject', '=', jobId).execute(),
    [],
  );
});

test('closing without a hold erases at once', async () => {
  const ada = await staffMember(store, ['review']);
  const jobId = await claimedJob(store, ada.id);
  assert.ok((await rule(store, ada.id, jobId, { outcome: 'keep', ground: 'not-a-match' })).ok);
  assert.ok((await commandJob(store, 'system', { kind: 'close', jobId })).ok);
  assert.equal((await rowOf(jobId)).item_id, null);
});

test('a held job that nobody closed closes by itself when the hold is over, and is erased', async () => {
  const ada = await staffMember(store, ['review']);
  const jobId = await claimedJob(store, ada.id, 'https://photos.example/p');
  assert.ok((await rule(store, ada.id, jobId, MINOR)).ok);
  clock.now += HOLD_MS - 1;
  await endDueHolds(store);
  assert.ok((await rowOf(jobId)).item_id !== null);
  clock.now += 1;
  await endDueHolds(store);
  const gone = await rowOf(jobId);
  assert.deepEqual([gone.state, gone.item_id, gone.content_tag], ['closed', null, null]);
});

const FINDING = { incident: 'possession-production-distribution', class: 'B2', annotations: [] } as const;

test('a report that is written down makes the hold run a year from it, and its number is erased with the job', async () => {
  const ada = await staffMember(store, ['review']);
  const lane = await staffMember(store, ['review', 'minor-lane']);
  const jobId = await claimedJob(store, ada.id, 'https://photos.example/p');
  const report = {
    jobId,
    by: lane.id,
    finding: FINDING,
    authority: 'ncmec',
    reference: 'CT-planted-77',
    zone: parseZone('UTC'),
  } as const;
  assert.deepEqual(await recordMinorReport(store, report), { ok: false, reason: 'wrong-state' });
  assert.ok((await rule(store, ada.id, jobId, MINOR)).ok);
  clock.now += 100 * 86_400_000;
  assert.deepEqual(await recordMinorReport(store, { ...report, reference: ' ' }), {
    ok: false,
    reason: 'reason-required',
  });
  const first = await recordMinorReport(store, report);
  assert.ok(first.ok);
  assert.ok(first.holdUntil >= clock.now + 365 * 86_400_000);
  const again = await recordMinorReport(store, { ...report, authority: 'nca', reference: 'NCA-1' });
  assert.ok(again.ok && again.holdUntil >= first.holdUntil);
  const records = await recordsAfter(store.db, 0, 10_000);
  const mine = records
    .filter(({ type, data }) => type.startsWith('minor-') && (data as { jobId: string }).jobId === jobId)
    .map(({ type }) => type);
  assert.deepEqual(mine, ['minor-apparent', 'minor-reported', 'minor-reported']);
  assert.doesNotMatch(JSON.stringify(records), /CT-planted-77/);
  const seen = await laneOfJob(store, jobId);
  assert.deepEqual(
    [
      seen?.state,
      seen?.lockedBy,
      seen?.finding,
      seen?.views,
      seen?.reports.map(({ authority }) => authority),
    ],
    ['reported', ada.id, FINDING, 0, ['ncmec', 'nca']],
  );
  assert.equal(seen?.holdUntil, again.holdUntil);
  assert.deepEqual(
    await undo(store, lane.id, jobId, 'minor-lane'),
    { ok: false, reason: 'wrong-state' },
    'what was reported is kept, whoever thinks better of it',
  );
  // The first year would be over by now; the report's is not.
  clock.now += 300 * 86_400_000;
  await endDueHolds(store);
  assert.ok((await rowOf(jobId)).item_id !== null);
  clock.now = again.holdUntil;
  await endDueHolds(store);
  assert.equal((await rowOf(jobId)).item_id, null);
  const values = await store.db
    .selectFrom('event_value')
    .select('name')
    .where('subject', '=', jobId)
    .execute();
  assert.deepEqual(values, []);
});
