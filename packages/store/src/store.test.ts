import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { Ruling } from '@reclaim/casework/decision';
import { EMPTY_HEAD, verifyChain } from '@reclaim/casework/event-chain';
import { type BankId, makeId, parseId } from '@reclaim/casework/id';
import { parseUtcMs } from '@reclaim/casework/instant';
import { CLAIM_MS } from '@reclaim/casework/job';
import { UTC } from '@reclaim/law/zone';
import { sql } from 'kysely';
import { changeBank, listBanks, makeBank } from './banks.ts';
import { complainOfItem } from './complaints.ts';
import { chainHead, recordsAfter, valuesBetween } from './event-log.ts';
import { findJob, listJobs } from './job-rows.ts';
import { commandJob, judgedSignals, openJob } from './jobs.ts';
import {
  findKeys,
  type KeyToken,
  listKeys,
  makeFirstKey,
  makeKey,
  readToken,
  revokeKey,
  rotateKey,
} from './keys.ts';
import { outcomesAfter } from './outcomes.ts';
import { bankPosition, changesAfter, liveSignals } from './signal-feed.ts';
import { bankSignals, commandSignal, expireDueSignals, findSignal, withdrawByCapability } from './signals.ts';
import { freshStore, INSTALLED_SERVERS, PATIENT_MS, pdqOfSeed } from './store.fixture.ts';
import { Store } from './store.ts';

const alice = makeId('key', new Uint8Array(16).fill(1));
const bea = makeId('key', new Uint8Array(16).fill(2));

for (const server of INSTALLED_SERVERS) {
  describe(server.name, async () => {
    let clock = 1_800_000_000_000;
    const { store, dataDir, end } = await freshStore({ binariesDir: server.binariesDir, now: () => clock });
    after(end);
    let made = 0;
    const newBank = async (): Promise<BankId> => {
      const draft = {
        name: `bank ${++made}`,
        kind: 'positive',
        confidentBits: 31,
        possibleBits: 31,
      } as const;
      const outcome = await makeBank(store, alice, draft);
      assert.ok(outcome.ok);
      return outcome.bank.id;
    };
    const bankOne = async (bankId: BankId, seed: number, expiresAt?: number) => {
      const banked = await bankSignals(
        store,
        alice,
        bankId,
        [pdqOfSeed(seed)],
        expiresAt === undefined ? {} : { expiresAt: parseUtcMs(expiresAt) },
      );
      assert.ok(banked.ok);
      return { ...banked.signals[0]!, position: banked.position };
    };
    const numbersOf = async () => {
      const live = [];
      for await (const page of liveSignals(store, 2)) live.push(...page);
      return live;
    };
    const openFor = (itemId: string, signalId: Parameters<typeof judgedSignals>[2][number], tag = itemId) =>
      openJob(store, alice, {
        item: { id: itemId, previewUrl: 'https://board.example/p' },
        cause: 'upload-check',
        interim: 'held',
        matches: [{ signalId, kind: 'pdq', band: 'confident', orientation: 'original', window: 'full' }],
        contentTag: store.key.tag(Buffer.from(tag)),
      });
    const decide = async (jobId: ReturnType<typeof makeId<'job'>>, ruling: Ruling) => {
      const claimed = await commandJob(store, bea, { kind: 'claim', jobId, by: bea, now: store.now() });
      assert.ok(claimed.ok);
      const decision = {
        decisionId: makeId('decision', crypto.getRandomValues(new Uint8Array(16))),
        ruling,
        automated: 'no',
      } as const;
      return commandJob(store, bea, {
        kind: 'decide',
        jobId,
        by: bea,
        now: store.now(),
        decision,
        facts: 'planted words of a reviewer',
      });
    };

    test('a second opening of the same directory finds the schema and the key in place', async () => {
      const again = await Store.open({
        dataDir,
        floorBytes: 1024 * 1024,
        binariesDir: server.binariesDir,
        connectWithinMs: PATIENT_MS,
      });
      assert.deepEqual(await chainHead(again.db), await chainHead(store.db));
      await again.close();
    });

    test('another store key is refused before it can seal anything', async () => {
      await assert.rejects(
        Store.open({
          dataDir,
          storeKeyText: 'A'.repeat(43),
          floorBytes: 1024 * 1024,
          binariesDir: server.binariesDir,
          connectWithinMs: PATIENT_MS,
        }),
        /sealed with another store key/,
      );
    });

    test('banked signals are fed to the index with their values, and at rest only sealed', async () => {
      const bankId = await newBank();
      const signals = [pdqOfSeed(11), pdqOfSeed(12), pdqOfSeed(13)];
      const banked = await bankSignals(store, alice, bankId, signals);
      assert.ok(banked.ok);
      const live = (await numbersOf()).filter((signal) => signal.live && signal.bankId === bankId);
      assert.deepEqual(
        live.map((signal) => signal.live && signal.value.toString('hex')),
        signals.map(({ value }) => value),
      );
      const raw = await sql<{
        all: string;
      }>`select string_agg(encode(sealed, 'hex'), '') as all from signal`.execute(store.db);
      for (const { value } of signals) assert.equal(raw.rows[0]!.all.includes(value), false);
    });

    test('an unknown bank takes no signals', async () => {
      const nowhere = parseId('bank', `bnk_${'0'.repeat(32)}`);
      assert.deepEqual(await bankSignals(store, alice, nowhere, [pdqOfSeed(1)]), {
        ok: false,
        reason: 'not-found',
      });
    });

    test('a capability withdraws its signal once, empties the row, and an unknown one does nothing', async () => {
      const bankId = await newBank();
      const { id, capability, position } = await bankOne(bankId, 21);
      const at = await withdrawByCapability(store, capability);
      assert.ok(at !== undefined && at > position);
      assert.equal(await withdrawByCapability(store, capability), undefined);
      assert.equal(await withdrawByCapability(store, 'x'.repeat(43)), undefined);
      assert.equal((await findSignal(store, id))?.state, 'withdrawn');
      const row = await store.db
        .selectFrom('signal')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      assert.deepEqual(
        [row.sealed, row.quality, row.pipeline, row.capability_sha256, row.expires_at],
        [null, null, null, null, null],
      );
      const changes = await changesAfter(store, position);
      assert.deepEqual(
        changes.signals.map(({ live }) => live),
        [false],
      );
    });

    test('unconfirmed signals expire when due, confirmed ones do not', async () => {
      const bankId = await newBank();
      const due = await bankOne(bankId, 31, clock + 1_000);
      const kept = await bankOne(bankId, 32, clock + 1_000);
      const basis = { kind: 'organisations', count: 2 } as const;
      assert.ok((await commandSignal(store, alice, { kind: 'confirm', signalId: kept.id, basis })).ok);
      assert.equal(await expireDueSignals(store), 0);
      clock += 1_000;
      assert.equal(await expireDueSignals(store), 1);
      assert.equal((await findSignal(store, due.id))?.state, 'expired');
      assert.equal((await findSignal(store, kept.id))?.state, 'confirmed');
    });

    test('a change of a bank is a position of its own, and names are unique', async () => {
      const bankId = await newBank();
      const before = await bankPosition(store);
      const changed = await changeBank(store, alice, bankId, { enabled: false, confidentBits: 20 });
      assert.ok(changed.ok);
      const changes = await changesAfter(store, before);
      assert.deepEqual(changes.banks, [bankId]);
      assert.equal(changes.position, before + 1);
      const [first] = await listBanks(store);
      assert.deepEqual(await changeBank(store, alice, bankId, { name: first!.name }), {
        ok: false,
        reason: 'name-taken',
      });
    });

    const findKey = async (token: KeyToken) => (await findKeys(store, [token]))[0];

    test('keys: the right secret opens, every other way in which a token can be wrong does not', async () => {
      const { key, token } = await makeKey(store, alice, { name: 'board', scopes: ['check', 'check'] });
      assert.deepEqual(key.scopes, ['check']);
      assert.deepEqual(await findKey(readToken(token)!), key);
      assert.equal(readToken('rk_short'), undefined);
      assert.equal(await findKey(readToken(token.slice(0, -43) + 'A'.repeat(43))!), undefined);
      assert.equal(await findKey(readToken(`rk_${'0'.repeat(32)}_${token.slice(-43)}`)!), undefined);
      const short = await makeKey(store, alice, {
        name: 'short',
        scopes: ['check'],
        expiresAt: parseUtcMs(clock + 10),
      });
      // Asked together each gets its own answer, in the order of the asking.
      const wrong = readToken(token.slice(0, -43) + 'A'.repeat(43))!;
      const together = [short.token, token, short.token].map((each) => readToken(each)!);
      assert.deepEqual(
        (await findKeys(store, [wrong, ...together])).map((found) => found?.id),
        [undefined, short.key.id, key.id, short.key.id],
      );
      clock += 10;
      assert.equal(await findKey(readToken(short.token)!), undefined);
    });

    test('a rotated key goes on for its overlap and then ends; a revoked one ends at once', async () => {
      const { key, token } = await makeKey(store, alice, { name: 'rotating', scopes: ['check'] });
      const next = await rotateKey(store, alice, key.id, parseUtcMs(clock + 1_000));
      assert.ok(next !== undefined);
      assert.ok((await findKey(readToken(token)!)) !== undefined);
      clock += 1_000;
      assert.equal(await findKey(readToken(token)!), undefined);
      assert.equal(await rotateKey(store, alice, key.id, parseUtcMs(clock)), undefined);
      assert.ok((await revokeKey(store, alice, next.key.id)).ok);
      assert.equal(await findKey(readToken(next.token)!), undefined);
    });

    test('a key that ends is replaced by one that ends with it', async () => {
      const expiresAt = parseUtcMs(clock + 60_000);
      const { key } = await makeKey(store, alice, { name: 'for a minute', scopes: ['check'], expiresAt });
      const next = await rotateKey(store, alice, key.id, parseUtcMs(clock + 1_000));
      assert.equal(next?.key.expiresAt, expiresAt);
      const shown = (await listKeys(store)).find(({ id }) => id === next.key.id);
      assert.equal(shown?.expiresAt, expiresAt);
      clock += 60_000;
      assert.equal(await findKey(readToken(next.token)!), undefined);
    });

    test('the first key is made once, even by two at a time, and the last admin stays', async () => {
      await store.db.deleteFrom('api_key').execute();
      const two = await Promise.all([makeFirstKey(store, ['admin']), makeFirstKey(store, ['admin'])]);
      assert.equal(two.filter((each) => each !== undefined).length, 1);
      const [only] = await listKeys(store);
      assert.deepEqual(await revokeKey(store, alice, only!.id), { ok: false, reason: 'last-admin' });
    });

    test('removal confirms the signals it names, undoing takes that back, and the platform reads both', async () => {
      const { id } = await bankOne(await newBank(), 41);
      const { jobId } = await openFor('item-41', id);
      const { position } = await outcomesAfter(store, 0, 500);
      const ruling = { outcome: 'remove', ground: 'terms-intimate-image', confirms: [id] } as const;
      const decided = await decide(jobId, ruling);
      assert.ok(decided.ok);
      assert.equal(decided.job.item?.previewUrl, undefined);
      assert.equal((await findSignal(store, id))?.state, 'confirmed');
      const undone = await commandJob(store, bea, {
        kind: 'undo',
        jobId,
        by: bea,
        facts: 'decided in error',
      });
      assert.ok(undone.ok);
      assert.equal((await findSignal(store, id))?.state, 'unconfirmed');
      const { outcomes } = await outcomesAfter(store, position, 500);
      assert.deepEqual(
        outcomes.map(({ effect, itemId }) => [effect, itemId]),
        [
          ['withhold', 'item-41'],
          ['hold', 'item-41'],
        ],
      );
    });

    test('undoing one decision leaves a signal confirmed that another decision confirmed', async () => {
      const { id } = await bankOne(await newBank(), 42);
      const first = await openFor('item-42a', id);
      const second = await openFor('item-42b', id);
      const ruling = { outcome: 'remove', ground: 'terms-intimate-image', confirms: [id] } as const;
      assert.ok((await decide(first.jobId, ruling)).ok);
      assert.ok((await decide(second.jobId, ruling)).ok);
      assert.ok(
        (
          await commandJob(store, bea, {
            kind: 'undo',
            jobId: second.jobId,
            by: bea,
            facts: 'decided in error',
          })
        ).ok,
      );
      assert.equal((await findSignal(store, id))?.state, 'confirmed');
    });

    test('disputing and resolving does not confirm what nobody looked at', async () => {
      const { id } = await bankOne(await newBank(), 49);
      const command = { signalId: id } as const;
      assert.ok((await commandSignal(store, alice, { ...command, kind: 'dispute', reason: 'other' })).ok);
      const resolved = await commandSignal(store, alice, {
        ...command,
        kind: 'resolve-dispute',
        outcome: 'confirmed',
      });
      assert.deepEqual(resolved, { ok: false, reason: 'wrong-state' });
      const basis = { kind: 'organisations', count: 2 } as const;
      assert.ok(
        (await commandSignal(store, alice, { ...command, kind: 'resolve-dispute', outcome: 'unconfirmed' }))
          .ok,
      );
      assert.ok((await commandSignal(store, alice, { ...command, kind: 'confirm', basis })).ok);
      assert.ok((await commandSignal(store, alice, { ...command, kind: 'dispute', reason: 'other' })).ok);
      assert.ok(
        (await commandSignal(store, alice, { ...command, kind: 'resolve-dispute', outcome: 'confirmed' })).ok,
      );
    });

    test('a ruling cannot confirm a signal that its item did not match', async () => {
      const bankId = await newBank();
      const [matched, other] = [await bankOne(bankId, 43), await bankOne(bankId, 44)];
      const { jobId } = await openFor('item-43', matched.id);
      const ruling = { outcome: 'remove', ground: 'terms-intimate-image', confirms: [other.id] } as const;
      assert.deepEqual(await decide(jobId, ruling), { ok: false, reason: 'unknown-signal' });
      assert.equal((await findSignal(store, other.id))?.state, 'unconfirmed');
      assert.equal((await findJob(store, jobId))?.state, 'claimed');
    });

    test('nor does the answer to a complaint', async () => {
      const bankId = await newBank();
      const [matched, other] = [await bankOne(bankId, 243), await bankOne(bankId, 244)];
      const { jobId } = await openFor('item-243', matched.id);
      assert.ok((await decide(jobId, { outcome: 'keep', ground: 'not-a-match' })).ok);
      assert.ok((await complainOfItem(store, alice, 'item-243', 'it is not so', UTC)).ok);
      const answer = (confirms: readonly (typeof other.id)[]) =>
        commandJob(store, alice, {
          kind: 'answer-complaint',
          jobId,
          by: alice,
          facts: 'looked at it with care',
          decision: {
            decisionId: makeId('decision', crypto.getRandomValues(new Uint8Array(16))),
            ruling: { outcome: 'remove', ground: 'terms-intimate-image', confirms },
            automated: 'no',
          },
        });
      assert.deepEqual(await answer([matched.id, other.id]), { ok: false, reason: 'unknown-signal' });
      assert.equal((await findSignal(store, other.id))?.state, 'unconfirmed');
      assert.ok((await answer([matched.id])).ok);
      assert.equal((await findSignal(store, matched.id))?.state, 'confirmed');
    });

    test('what a reviewer lets stand is remembered for that content and that signal, until it is undone', async () => {
      const { id } = await bankOne(await newBank(), 45);
      const { jobId } = await openFor('item-45', id, 'content-45');
      const tag = store.key.tag(Buffer.from('content-45'));
      assert.ok((await decide(jobId, { outcome: 'keep', ground: 'not-a-match' })).ok);
      assert.deepEqual([...(await judgedSignals(store, tag, [id]))], [id]);
      assert.equal((await judgedSignals(store, store.key.tag(Buffer.from('other')), [id])).size, 0);
      const again = await openFor('item-45', id, 'content-45');
      assert.deepEqual(again, { jobId, settled: 'publish' });
      assert.ok(
        (await commandJob(store, bea, { kind: 'undo', jobId, by: bea, facts: 'decided in error' })).ok,
      );
      assert.equal((await judgedSignals(store, tag, [id])).size, 0);
    });

    test('another signal is another question, of an item that was let stand too; one that was taken down stays down', async () => {
      const bankId = await newBank();
      const [first, second] = [await bankOne(bankId, 145), await bankOne(bankId, 146)];
      const kept = await openFor('item-145', first.id, 'content-145');
      assert.ok((await decide(kept.jobId, { outcome: 'keep', ground: 'not-a-match' })).ok);
      const asked = await openFor('item-145', second.id, 'content-145');
      assert.notEqual(asked.jobId, kept.jobId);
      assert.equal(asked.settled, undefined);
      assert.ok((await decide(asked.jobId, { outcome: 'keep', ground: 'not-intimate' })).ok);
      for (const { id } of [first, second]) {
        assert.deepEqual(await openFor('item-145', id, 'content-145'), {
          jobId: asked.jobId,
          settled: 'publish',
        });
      }
      const gone = await openFor('item-146', first.id, 'content-146');
      assert.ok((await decide(gone.jobId, { outcome: 'remove', ground: 'other-law', confirms: [] })).ok);
      assert.deepEqual(await openFor('item-146', second.id, 'content-146'), {
        jobId: gone.jobId,
        settled: 'withhold',
      });
    });

    test('the same item asked twenty times at once has one job', async () => {
      const { id } = await bankOne(await newBank(), 46);
      const opened = await Promise.all(Array.from({ length: 20 }, () => openFor('item-46', id)));
      assert.equal(new Set(opened.map(({ jobId }) => jobId)).size, 1);
    });

    test('another content under the same item id gets a job of its own', async () => {
      const { id } = await bankOne(await newBank(), 47);
      const first = await openFor('item-47', id, 'one');
      const second = await openFor('item-47', id, 'two');
      assert.notEqual(first.jobId, second.jobId);
    });

    test('a lapsed claim decides nothing and can be taken over', async () => {
      const { id } = await bankOne(await newBank(), 48);
      const { jobId } = await openFor('item-48', id);
      assert.ok((await commandJob(store, alice, { kind: 'claim', jobId, by: alice, now: store.now() })).ok);
      const taken = await commandJob(store, bea, { kind: 'claim', jobId, by: bea, now: store.now() });
      assert.deepEqual(taken, { ok: false, reason: 'claimed-by-another' });
      clock += CLAIM_MS;
      assert.ok((await commandJob(store, bea, { kind: 'claim', jobId, by: bea, now: store.now() })).ok);
    });

    test('jobs are paged oldest first without gap or repetition', async () => {
      const seen: string[] = [];
      let after = 0;
      for (;;) {
        const page = await listJobs(store, { after, limit: 3 });
        seen.push(...page.jobs.map(({ id }) => id));
        if (page.next === undefined) break;
        after = Number(page.next);
      }
      const { count } = await store.db
        .selectFrom('job')
        .select(sql<number>`count(*)`.as('count'))
        .executeTakeFirstOrThrow();
      assert.equal(new Set(seen).size, Number(count));
      assert.equal(seen.length, Number(count));
    });

    test('who follows the change log while thirty writers commit misses none of them', async () => {
      const bankId = await newBank();
      let position = await bankPosition(store);
      const seen = new Set<number>();
      const writers = Promise.all(Array.from({ length: 30 }, (_, i) => bankOne(bankId, 100 + i)));
      let done = false;
      void writers.then(() => {
        done = true;
      });
      for (;;) {
        const last = done;
        const changes = await changesAfter(store, position, 3);
        for (const { num } of changes.signals) seen.add(num);
        if (changes.position === position && last) break;
        position = changes.position;
      }
      await writers;
      assert.equal(seen.size, 30);
    });

    test('the chain verifies from end to end, and no value of it stands in a record', async () => {
      const records = await recordsAfter(store.db, 0, 100_000);
      const verified = await verifyChain(EMPTY_HEAD, records);
      assert.deepEqual(verified, { ok: true, head: await chainHead(store.db) });
      assert.equal(JSON.stringify(records).includes('planted words'), false);
      assert.equal(JSON.stringify(records).includes('item-41'), false);
      const values = await valuesBetween(store.db, 1, records.length);
      assert.ok(values.some(({ value }) => value === 'planted words of a reviewer'));
    });

    test('the database refuses to change the chain, whoever asks', async () => {
      await assert.rejects(
        sql`update event set actor = 'somebody' where seq = 1`.execute(store.db),
        /only grows/,
      );
      await assert.rejects(sql`delete from event`.execute(store.db), /only grows/);
      await assert.rejects(sql`truncate event cascade`.execute(store.db), /only grows/);
    });

    test('a record that was changed behind the triggers is found by its number', async () => {
      const records = (await recordsAfter(store.db, 0, 100_000)).map((record) => ({ ...record }));
      records[4] = { ...records[4]!, actor: 'somebody-else' };
      assert.deepEqual(await verifyChain(EMPTY_HEAD, records), {
        ok: false,
        fault: { kind: 'hash', seq: 5 },
      });
    });
  });
}
