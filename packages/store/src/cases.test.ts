import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { makeId, type SignalId } from '@reclaim/casework/id';
import { DAY_MS } from '@reclaim/casework/instant';
import { CLAIM_MS } from '@reclaim/casework/job';
import { MAX_CASE_SIGNALS } from '@reclaim/casework/wire-case';
import { sql } from 'kysely';
import { listBanks, makeBank, OWNERS_BANK_NAME } from './banks.ts';
import {
  authHash,
  type CaseContent,
  deleteCase,
  keepCase,
  openCase,
  SIGNAL_LIFE_DAYS,
  saveCase,
} from './cases.ts';
import { erasurePendingSince } from './erasure.ts';
import { recordsAfter } from './event-log.ts';
import { forgetLapsedOutcomes, LAPSED_OUTCOMES_KEPT_MS } from './job-closing.ts';
import { findJob } from './job-rows.ts';
import { commandJob, lapseJobs, openJob } from './jobs.ts';
import { outcomesAfter } from './outcomes.ts';
import { databasePlaces, findPlanted } from './planted.fixture.ts';
import { roundedCount, signalReceipt } from './receipts.ts';
import { capabilityHash, expireDueSignals, withdrawByCapability } from './signals.ts';
import { freshStore, INSTALLED_SERVERS, pdqOfSeed } from './store.fixture.ts';

const rita = makeId('key', new Uint8Array(16).fill(7));
const START = Date.UTC(2027, 2, 10, 13, 37);

function person() {
  const lookupId = randomBytes(32).toString('hex');
  const authKey = randomBytes(32).toString('base64url');
  return { lookupId, authKey, names: { lookupId, authSha256: authHash(authKey) } };
}

function owned(seed: number) {
  const capability = randomBytes(32).toString('base64url');
  return { capability, draft: { signal: pdqOfSeed(seed), capabilitySha256: capabilityHash(capability) } };
}

const content = (sealed: string, ...signals: CaseContent['signals']): CaseContent => ({ sealed, signals });

for (const server of INSTALLED_SERVERS) {
  describe(server.name, async () => {
    let clock = START;
    let seed = 1000;
    const { store, end } = await freshStore({ binariesDir: server.binariesDir, now: () => clock });
    after(end);

    const signalOf = (capability: string) =>
      store.db
        .selectFrom('signal')
        .selectAll()
        .where('capability_sha256', '=', capabilityHash(capability))
        .executeTakeFirst();
    const protect = async (...signals: CaseContent['signals']) => {
      const who = person();
      assert.deepEqual(await keepCase(store, who.names, content('c2VhbGVk', ...signals)), {
        ok: true,
        version: 1,
      });
      return who;
    };
    const hold = (itemId: string, signalIds: readonly SignalId[], reason?: 'other') =>
      openJob(store, rita, {
        item: { id: itemId, previewUrl: 'https://board.example/p' },
        cause: 'upload-check',
        interim: 'held',
        matches: signalIds.map((signalId) => ({
          signalId,
          kind: 'pdq' as const,
          band: 'confident' as const,
          orientation: 'original' as const,
          window: 'full' as const,
        })),
        contentTag: store.key.tag(Buffer.from(itemId)),
        reason,
      });
    const bankOwn = async () => {
      const mine = owned(seed++);
      await protect(mine.draft);
      return { ...mine, id: (await signalOf(mine.capability))!.id };
    };

    test('a case opens with its own key, and wrong, unknown and deleted are one answer', async () => {
      const who = await protect();
      assert.deepEqual(await openCase(store, who.names), { sealed: 'c2VhbGVk', version: 1 });
      const wrong = { ...who.names, authSha256: authHash('x') };
      assert.equal(await openCase(store, wrong), undefined);
      assert.equal(await openCase(store, person().names), undefined);
      assert.equal(await deleteCase(store, wrong), false);
      assert.equal(await deleteCase(store, who.names), true);
      assert.equal(await openCase(store, who.names), undefined);
      assert.notEqual(await erasurePendingSince(store), undefined);
    });

    test('of two tabs that read one version the second is refused, and nothing of it is banked', async () => {
      const who = await protect();
      const late = owned(seed++);
      assert.deepEqual(await saveCase(store, who.names, 1, content('Zmlyc3Q')), { ok: true, version: 2 });
      assert.deepEqual(await saveCase(store, who.names, 1, content('c2Vjb25k', late.draft)), {
        ok: false,
        reason: 'version',
      });
      assert.equal(await signalOf(late.capability), undefined);
      assert.deepEqual(await openCase(store, who.names), { sealed: 'Zmlyc3Q', version: 2 });
      const wrong = { ...who.names, authSha256: authHash('x') };
      assert.deepEqual(await saveCase(store, wrong, 2, content('eA')), { ok: false, reason: 'not-found' });
    });

    test('what is sent again after its answer was lost is done once', async () => {
      const who = person();
      const mine = owned(seed++);
      const first = content('c2VhbGVk', mine.draft);
      assert.deepEqual(await keepCase(store, who.names, first), { ok: true, version: 1 });
      const before = await signalOf(mine.capability);
      assert.deepEqual(await keepCase(store, who.names, first), { ok: true, version: 1 });
      assert.deepEqual(await signalOf(mine.capability), before);
      assert.deepEqual(await keepCase(store, who.names, content('b3RoZXI')), {
        ok: false,
        reason: 'already-exists',
      });
      const second = content('bmV4dA', owned(seed++).draft);
      assert.deepEqual(await saveCase(store, who.names, 1, second), { ok: true, version: 2 });
      assert.deepEqual(await saveCase(store, who.names, 1, second), { ok: true, version: 2 });
    });

    test('a case banks no more signals than its limit, over all its changes', async () => {
      const who = await protect(...Array.from({ length: MAX_CASE_SIGNALS - 1 }, () => owned(seed++).draft));
      const two = [owned(seed++).draft, owned(seed++).draft];
      assert.deepEqual(await saveCase(store, who.names, 1, content('eA', ...two)), {
        ok: false,
        reason: 'case-full',
      });
      assert.deepEqual(await saveCase(store, who.names, 1, content('eA', two[0]!)), { ok: true, version: 2 });
    });

    test('a capability that is in use is not banked again, by whomever', async () => {
      const mine = owned(seed++);
      await protect(mine.draft);
      await protect({ ...mine.draft, signal: pdqOfSeed(seed++) });
      const rows = await store.db
        .selectFrom('signal')
        .select('id')
        .where('capability_sha256', '=', capabilityHash(mine.capability))
        .execute();
      assert.equal(rows.length, 1);
    });

    test('signals of persons stand in one bank of their own, beside a bank that has its name', async () => {
      const banks = (await listBanks(store)).filter(({ name }) => name.startsWith(OWNERS_BANK_NAME));
      assert.equal(banks.length, 1);
      assert.equal(banks[0]!.kind, 'positive');
      const other = await freshStore({ binariesDir: server.binariesDir });
      try {
        const draft = {
          name: OWNERS_BANK_NAME,
          kind: 'negative',
          confidentBits: 31,
          possibleBits: 31,
        } as const;
        assert.ok((await makeBank(other.store, rita, draft)).ok);
        await keepCase(other.store, person().names, content('eA', owned(1).draft));
        const found = await listBanks(other.store);
        assert.deepEqual(
          found.map(({ name, kind, signals }) => [name, kind, signals]),
          [
            [OWNERS_BANK_NAME, 'negative', 0],
            [`${OWNERS_BANK_NAME} (2)`, 'positive', 1],
          ],
        );
      } finally {
        await other.end();
      }
    });

    test('a signal that nobody asks for ends after its year, and each question moves the end on by days', async () => {
      const kept = owned(seed++);
      const left = owned(seed++);
      await protect(kept.draft, left.draft);
      clock += 200 * DAY_MS;
      assert.deepEqual(await signalReceipt(store, kept.capability), {
        state: 'unconfirmed',
        held: 0,
        removed: 0,
      });
      const { expires_at: moved } = (await signalOf(kept.capability))!;
      assert.equal(moved! % DAY_MS, 0);
      assert.ok(moved! > clock + SIGNAL_LIFE_DAYS * DAY_MS);
      clock -= DAY_MS * 10;
      await signalReceipt(store, kept.capability);
      assert.equal((await signalOf(kept.capability))!.expires_at, moved, 'only forward');
      clock += 176 * DAY_MS;
      await expireDueSignals(store);
      assert.equal(await signalReceipt(store, left.capability), undefined);
      assert.equal((await signalReceipt(store, kept.capability))?.state, 'unconfirmed');
    });

    test('asking for a receipt leaves nothing in the log', async () => {
      const mine = await bankOwn();
      const records = async () => (await recordsAfter(store.db, 0, 100_000)).length;
      const before = await records();
      clock += DAY_MS;
      await signalReceipt(store, mine.capability);
      assert.equal(await records(), before);
    });

    test('a receipt counts what was held and removed, and forgets both with the signal', async () => {
      const mine = await bankOwn();
      for (let i = 0; i < 12; i++) await hold(`counted-${i}-${mine.id}`, [mine.id]);
      const { jobId } = await hold(`removed-${mine.id}`, [mine.id]);
      await commandJob(store, rita, { kind: 'claim', jobId, by: rita, now: store.now() });
      const decision = {
        decisionId: makeId('decision', randomBytes(16)),
        ruling: { outcome: 'remove', ground: 'terms-intimate-image', confirms: [mine.id] },
        automated: 'no',
      } as const;
      await commandJob(store, rita, {
        kind: 'decide',
        jobId,
        by: rita,
        now: store.now(),
        decision,
        facts: 'The picture is the one.',
      });
      assert.deepEqual(await signalReceipt(store, mine.capability), {
        state: 'confirmed',
        held: 10,
        removed: 1,
      });
      const { outcomes } = await outcomesAfter(store, 0, 100_000);
      const mineOnly = outcomes.filter((each) => each.jobId === jobId);
      assert.deepEqual(
        mineOnly.map(({ effect, ground }) => [effect, ground]),
        [['withhold', 'terms-intimate-image']],
      );
      await withdrawByCapability(store, mine.capability);
      assert.equal(await signalReceipt(store, mine.capability), undefined);
    });

    test('when its last signal goes, a held upload is published and what was known of it is erased', async () => {
      const one = await bankOwn();
      const two = await bankOwn();
      const { jobId } = await hold(`waits-${one.id}`, [one.id, two.id]);
      await withdrawByCapability(store, one.capability);
      assert.equal((await findJob(store, jobId))!.state, 'queued', 'another signal still matches');
      await withdrawByCapability(store, two.capability);
      const job = (await findJob(store, jobId))!;
      assert.equal(job.state, 'closed');
      assert.equal(job.item, undefined);
      assert.equal(job.decision, undefined);
      const { outcomes } = await outcomesAfter(store, 0, 100_000);
      assert.deepEqual(
        outcomes.filter((each) => each.jobId === jobId).map(({ effect, itemId }) => [effect, itemId]),
        [['publish', `waits-${one.id}`]],
      );
      const again = await hold(`waits-${one.id}`, []);
      assert.notEqual(again.jobId, jobId, 'the same item later is a matter of its own');
    });

    test('thirty days after a job lapsed nothing names its item any more, and what stands is told on', async () => {
      const one = await bankOwn();
      const two = await bankOwn();
      const itemId = `forgotten-${one.id}`;
      const lapsed = await hold(itemId, [one.id]);
      const stays = await hold(`stays-${two.id}`, [two.id]);
      await commandJob(store, rita, { kind: 'claim', jobId: stays.jobId, by: rita, now: store.now() });
      await commandJob(store, rita, {
        ...{ kind: 'decide', jobId: stays.jobId, by: rita, now: store.now(), facts: 'As the terms say.' },
        decision: {
          decisionId: makeId('decision', randomBytes(16)),
          ruling: { outcome: 'remove', ground: 'terms-intimate-image', confirms: [] },
          automated: 'no',
        },
      } as const);
      await withdrawByCapability(store, one.capability);
      const told = async () =>
        (await outcomesAfter(store, 0, 100_000)).outcomes
          .filter(({ jobId }) => jobId === lapsed.jobId || jobId === stays.jobId)
          .map(({ effect }) => effect);
      clock += LAPSED_OUTCOMES_KEPT_MS;
      await forgetLapsedOutcomes(store);
      assert.deepEqual(await told(), ['withhold', 'publish']);
      clock += 1;
      await forgetLapsedOutcomes(store);
      assert.deepEqual(await told(), ['withhold']);
      assert.deepEqual(findPlanted(await databasePlaces(store.db), { itemId }), []);
    });

    test('a signal that expires lets its uploads go like one that is withdrawn', async () => {
      const mine = await bankOwn();
      const { jobId } = await hold(`expires-${mine.id}`, [mine.id]);
      clock += (SIGNAL_LIFE_DAYS + 2) * DAY_MS;
      await expireDueSignals(store);
      assert.equal((await findJob(store, jobId))!.state, 'closed');
    });

    test('a reported item waits for its ruling although its signals are gone', async () => {
      const mine = await bankOwn();
      const { jobId } = await hold(`reported-${mine.id}`, [mine.id]);
      await openJob(store, rita, {
        item: { id: `reported-${mine.id}` },
        cause: 'report',
        interim: 'none',
        matches: [],
        contentTag: undefined,
        reason: 'threat',
      });
      await withdrawByCapability(store, mine.capability);
      await lapseJobs(store);
      assert.equal((await findJob(store, jobId))!.state, 'queued');
    });

    test('who holds a claim may finish; when the claim has lapsed the sweep lets the job go', async () => {
      const mine = await bankOwn();
      const { jobId } = await hold(`claimed-${mine.id}`, [mine.id]);
      await commandJob(store, rita, { kind: 'claim', jobId, by: rita, now: store.now() });
      await withdrawByCapability(store, mine.capability);
      await lapseJobs(store);
      assert.equal((await findJob(store, jobId))!.state, 'claimed');
      clock += CLAIM_MS;
      await lapseJobs(store);
      assert.equal((await findJob(store, jobId))!.state, 'closed');
    });

    test('a check that was under way while its signal went does not hold an upload for ever', async () => {
      const mine = await bankOwn();
      await withdrawByCapability(store, mine.capability);
      const { jobId } = await hold(`late-${mine.id}`, [mine.id]);
      assert.equal(await lapseJobs(store), 1);
      assert.equal((await findJob(store, jobId))!.state, 'closed');
    });

    test('a job that was ruled on once waits for a person', async () => {
      const mine = await bankOwn();
      const { jobId } = await hold(`ruled-${mine.id}`, [mine.id]);
      await commandJob(store, rita, { kind: 'claim', jobId, by: rita, now: store.now() });
      const decision = {
        decisionId: makeId('decision', randomBytes(16)),
        ruling: { outcome: 'refer', ground: 'minor-suspected' },
        automated: 'no',
      } as const;
      const facts = 'Looks younger than eighteen.';
      await commandJob(store, rita, { kind: 'decide', jobId, by: rita, now: store.now(), decision, facts });
      const { outcomes } = await outcomesAfter(store, 0, 100_000);
      const [referred] = outcomes.filter((each) => each.jobId === jobId);
      assert.equal(referred!.ground, undefined, 'a referral tells nobody why');
      // Who locked it never takes the lock back.
      const other = makeId('staff', randomBytes(16));
      assert.ok((await commandJob(store, other, { kind: 'undo', jobId, by: other, facts }, 'minor-lane')).ok);
      await withdrawByCapability(store, mine.capability);
      await lapseJobs(store);
      assert.equal((await findJob(store, jobId))!.state, 'queued');
    });

    test('every table as text shows nothing that a person sent, and no case beside a signal', async () => {
      const who = person();
      const planted = `planted-${randomBytes(8).toString('hex')}`;
      const sealed = Buffer.from(planted).toString('base64url');
      const mine = owned(seed++);
      await keepCase(store, who.names, content(sealed, mine.draft));
      await openCase(store, who.names);
      const signal = (await signalOf(mine.capability))!;
      const row = await store.db
        .selectFrom('sealed_case')
        .selectAll()
        .orderBy('day', 'desc')
        .where('lookup_tag', '=', store.key.tag(Buffer.from(`case-lookup:${who.lookupId}`)))
        .executeTakeFirstOrThrow();
      const tables = await sql<{ name: string }>`
        select table_name as name from information_schema.tables where table_schema = 'public'`.execute(
        store.db,
      );
      const hidden = [
        planted,
        sealed,
        who.lookupId,
        who.authKey,
        who.names.authSha256,
        mine.capability,
        pdqOfSeed(seed - 1).value,
        createHash('sha256').update(who.lookupId).digest('hex'),
      ];
      let seen = 0;
      for (const { name } of tables.rows) {
        const dump = await sql<{ line: string }>`select t::text as line from ${sql.table(name)} t`.execute(
          store.db,
        );
        for (const { line } of dump.rows) {
          seen++;
          for (const word of hidden) {
            assert.equal(line.includes(word), false, `${name} shows what was sent`);
            const bytes = Buffer.from(word).toString('hex');
            assert.equal(line.includes(bytes), false, `${name} shows the bytes of what was sent`);
          }
          // What names the case stands in its own row and nowhere else, and what names the signal never there.
          if (name === 'sealed_case') {
            assert.equal(line.includes(signal.id), false);
            assert.equal(line.includes(signal.capability_sha256!.toString('hex')), false);
          } else {
            assert.equal(line.includes(row.lookup_tag.toString('hex')), false, name);
            assert.equal(line.includes(row.auth_tag.toString('hex')), false, name);
          }
        }
      }
      assert.ok(seen > 20);
      assert.equal(row.day % DAY_MS, 0);
    });
  });
}

test('counts keep their leading digit alone', () => {
  const pairs = [0, 1, 9, 10, 19, 20, 99, 100, 199, 1234, 9999].map((count) => [count, roundedCount(count)]);
  assert.deepEqual(Object.fromEntries(pairs), {
    0: 0,
    1: 1,
    9: 9,
    10: 10,
    19: 10,
    20: 20,
    99: 90,
    100: 100,
    199: 100,
    1234: 1000,
    9999: 9000,
  });
});
