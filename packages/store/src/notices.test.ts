import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { type ActorId, makeId, parseId } from '@reclaim/casework/id';
import { parseUtcMs } from '@reclaim/casework/instant';
import { UNSAID_PLATFORM } from '@reclaim/casework/notice-terms';
import type { NoticeContent, Notifier } from '@reclaim/casework/wire-notice';
import fc from 'fast-check';
import { findJob } from './job-rows.ts';
import { commandJob } from './jobs.ts';
import { sweepBreaches } from './notice-clocks.ts';
import { jobNotices } from './notice-rows.ts';
import { noticeStatus, receiveNotice, supplementNotice } from './notices.ts';
import { freshStore, INSTALLED_SERVERS } from './store.fixture.ts';

const HOUR = 3_600_000;
const by = parseId('key', `key_${'a'.repeat(32)}`) as ActorId;
const tick = (id: 'not-consensual' | 'good-faith' | 'accurate-and-complete') => ({ id, version: '1' });
const CONTENT: NoticeContent = {
  age: 'adult',
  locations: [],
  standing: 'depicted',
  authorityBasis: '',
  kind: 'authentic',
  facts: 'Planted facts.',
  declarations: [tick('not-consensual'), tick('good-faith'), tick('accurate-and-complete')],
  country: 'unknown',
  subdivision: 'unknown',
  language: 'en',
};
const NOTIFIER: Notifier = {
  name: 'Planted Name',
  email: 'planted@example.org',
  otherContact: '',
  signature: { text: 'Planted Name', pseudonym: false },
};
let drawn = 0;
const nextCode = () => (++drawn).toString(16).padStart(64, '0');

for (const server of INSTALLED_SERVERS) {
  describe(server.name, async () => {
    let clock = Date.UTC(2026, 10, 20, 10);
    const { store, end } = await freshStore({ binariesDir: server.binariesDir, now: () => clock });
    after(end);
    const give = async (content: Partial<NoticeContent>, notifier = NOTIFIER, code = nextCode()) => {
      const received = await receiveNotice(
        store,
        code,
        { ...CONTENT, ...content },
        notifier,
        UNSAID_PLATFORM,
      );
      assert.ok(received.ok);
      return { code, receipt: received.receipt };
    };
    const jobsOn = (itemId: string) =>
      store.db.selectFrom('job').selectAll().where('item_id', '=', itemId).execute();
    const rule = async (jobId: Awaited<ReturnType<typeof jobsOn>>[number]['id'], keep = false) => {
      assert.ok((await commandJob(store, by, { kind: 'claim', jobId, by, now: store.now() })).ok);
      const ruling = keep
        ? ({ outcome: 'keep', ground: 'not-intimate' } as const)
        : ({ outcome: 'remove', ground: 'intimate-image-law', confirms: [] } as const);
      const decision = {
        decisionId: makeId('decision', crypto.getRandomValues(new Uint8Array(16))),
        ruling,
        automated: 'no',
      } as const;
      const facts = 'It is what the notice says.';
      return commandJob(store, by, { kind: 'decide', jobId, by, now: store.now(), decision, facts });
    };

    test('twenty notices on one item at the same moment are one job with twenty notices', async () => {
      await Promise.all(Array.from({ length: 20 }, () => give({ item: { id: 'at-once' } })));
      const jobs = await jobsOn('at-once');
      assert.equal(jobs.length, 1);
      assert.equal((await findJob(store, jobs[0]!.id, 'staff'))?.notices, 20);
      const answer = await rule(jobs[0]!.id);
      assert.ok(answer.ok);
      const { notices } = await jobNotices(store, jobs[0]!.id);
      assert.ok(notices.every(({ state }) => state === 'decided'));
    });

    test('one code sent twice at the same moment is one notice', async () => {
      const code = nextCode();
      const both = await Promise.all([1, 2].map(() => give({ item: { id: 'twice' } }, NOTIFIER, code)));
      assert.deepEqual(both[0]!.receipt, both[1]!.receipt);
      assert.equal((await findJob(store, (await jobsOn('twice'))[0]!.id, 'staff'))?.notices, 1);
    });

    test('a place that is added later finds the same job for the next who names it', async () => {
      const { code } = await give({ locations: ['the pinned post of an account'] });
      const more = await supplementNotice(store, code, { locations: ['https://board.example/p/9'] });
      assert.ok(more.ok);
      const { receipt } = await give({ locations: ['https://board.example/p/9?utm_source=a'] });
      const rows = await store.db.selectFrom('notice').select(['number', 'job_id']).execute();
      const jobOf = (number: string) => rows.find((row) => row.number === number)?.job_id;
      assert.equal(jobOf(receipt.number), jobOf(more.status.number));
    });

    test('a clock that runs is pinned to the law and the settings of its day, whatever they are later', async () => {
      const { code } = await give({ item: { id: 'pinned' } });
      const before = (await noticeStatus(store, code))!.clocks;
      clock += HOUR;
      await supplementNotice(store, code, { facts: 'More words.' });
      const later = (await noticeStatus(store, code))!.clocks;
      assert.deepEqual(
        later.map(({ ruleId, version, dueAt }) => [ruleId, version, dueAt]),
        before.map(({ ruleId, version, dueAt }) => [ruleId, version, dueAt]),
      );
    });

    test('whatever happens in whatever order, a breach is recorded once and stays, and nothing owed is forgotten', async () => {
      const step = fc.constantFrom('remove', 'keep', 'undo', 'hours', 'days', 'sweep', 'supplement');
      const { signature: _, ...unsigned } = NOTIFIER;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 9 }), fc.boolean(), async (steps, signed) => {
          const id = `walk-${++drawn}`;
          const { code } = await give({ item: { id } }, signed ? NOTIFIER : unsigned);
          const [job] = await jobsOn(id);
          const jobId = job!.id;
          const seen = new Map<string, number>();
          for (const each of steps) {
            if (each === 'hours') clock += 7 * HOUR;
            else if (each === 'days') clock += 50 * HOUR;
            else if (each === 'sweep') await sweepBreaches(store);
            else if (each === 'undo')
              await commandJob(store, by, { kind: 'undo', jobId, by, facts: 'Taken back again.' });
            else if (each === 'supplement')
              await supplementNotice(store, code, { notifier: { signature: NOTIFIER.signature } });
            else if ((await findJob(store, jobId, 'staff'))?.state === 'queued')
              await rule(jobId, each === 'keep');
            const rows = await store.db
              .selectFrom('notice_clock')
              .selectAll()
              .where('job_id', '=', jobId)
              .execute();
            for (const row of rows) {
              const known = seen.get(row.rule_id);
              if (known !== undefined) assert.equal(row.breached_seq, known, 'a breach stays what it was');
              if (row.breached_seq === null) continue;
              seen.set(row.rule_id, row.breached_seq);
              assert.ok(row.state === 'breached' || row.state === 'met-late', row.state);
              assert.ok(row.owed);
            }
          }
          await sweepBreaches(store);
          const overdue = await store.db
            .selectFrom('notice_clock')
            .select('rule_id')
            .where('job_id', '=', jobId)
            .where('owed', '=', true)
            .where('state', '=', 'running')
            .where('due_at', '<', parseUtcMs(clock))
            .execute();
          assert.deepEqual(overdue, []);
          const records = await store.db
            .selectFrom('event')
            .select('data')
            .where('type', '=', 'clock-breached')
            .execute();
          const mine = records
            .map(({ data }) => data as { readonly jobId?: string; readonly ruleId?: string })
            .filter((data) => data.jobId === jobId);
          assert.equal(new Set(mine.map(({ ruleId }) => ruleId)).size, mine.length, 'each once');
        }),
        { numRuns: 25 },
      );
    });
  });
}
