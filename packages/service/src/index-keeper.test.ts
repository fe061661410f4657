import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { BankId } from '@reclaim/casework/id';
import { signalBytes } from '@reclaim/fingerprint/signal';
import { makeBank } from '@reclaim/store/banks';
import { bankSignals, commandSignal, withdrawByCapability } from '@reclaim/store/signals';
import { freshStore, pdqOfSeed, runRaw } from '@reclaim/store/store.fixture';
import { readBankSnapshot } from './bank-snapshot.ts';
import { IndexKeeper } from './index-keeper.ts';
import { IndexThreads } from './index-threads.ts';

const { store, dataDir, end } = await freshStore();
const threads = new IndexThreads((error) => assert.fail(String(error)));
after(async () => {
  await threads.close();
  await end();
});
const snapshotPath = join(dataDir, 'index', 'bank.sealed');
let logged: string[] = [];
const load = async () => {
  logged = [];
  const log = (line: string) => void logged.push(line);
  return IndexKeeper.load(store, { threads, snapshotPath, snapshotFrom: 1, log });
};
const made = await makeBank(store, 'system', {
  ...{ name: 'b', kind: 'positive', confidentBits: 31, possibleBits: 31 },
});
assert.ok(made.ok);
const bankId: BankId = made.bank.id;
let seeds = 0;

async function bankMore(count: number) {
  const pdqs = Array.from({ length: count }, () => pdqOfSeed(++seeds));
  const banked = await bankSignals(store, 'system', bankId, pdqs);
  assert.ok(banked.ok);
  return banked.signals.map(({ id, capability }, i) => ({
    id,
    capability,
    value: signalBytes(pdqs[i]!.value),
  }));
}

const found = (keeper: IndexKeeper, value: Uint8Array) =>
  keeper.lookup({ pdq: [[value]], sha256: undefined }).matches.map(({ signalId }) => signalId);

test('a keeper boots from its snapshot and the changes since, and answers as one that read the whole bank', async () => {
  const first = await load();
  const signals = await bankMore(60);
  await first.catchUp();
  await first.save();
  const confirm = { kind: 'organisations', count: 2 } as const;
  await commandSignal(store, 'system', { kind: 'confirm', signalId: signals[3]!.id, basis: confirm });
  await withdrawByCapability(store, signals[5]!.capability);
  const later = await bankMore(7);
  const booted = await load();
  assert.deepEqual(logged, []);
  const whole = await IndexKeeper.load(store);
  assert.deepEqual([booted.size, booted.position], [whole.size, whole.position]);
  for (const { value } of [...signals, ...later]) {
    const query = { pdq: [[value]], sha256: undefined };
    assert.deepEqual(booted.lookup(query), whole.lookup(query));
  }
  assert.equal(
    booted.lookup({ pdq: [[signals[3]!.value]], sha256: undefined }).matches[0]!.state,
    'confirmed',
  );
  assert.deepEqual(found(booted, signals[5]!.value), []);
});

test('what is cut short, has a byte changed, or is of another key is refused with a line, and the bank is read instead', async () => {
  const keeper = await load();
  const [signal] = await bankMore(1);
  await keeper.catchUp();
  await keeper.save();
  const whole = readFileSync(snapshotPath);
  const damages: readonly (readonly [RegExp, Buffer])[] = [
    [/cut/, whole.subarray(0, whole.length - 1)],
    [/cut/, whole.subarray(0, 200)],
    [/not-sealed/, whole.subarray(0, 9)],
    [/not-sealed/, Buffer.from('something else altogether, long enough to be one')],
    ...[30, 60, Math.floor(whole.length / 2), whole.length - 3].map((at): [RegExp, Buffer] => {
      const changed = Buffer.from(whole);
      changed[at]! ^= 1;
      return [/foreign|damaged|cut/, changed];
    }),
  ];
  for (const [reason, bytes] of damages) {
    writeFileSync(snapshotPath, bytes);
    const booted = await load();
    assert.match(logged.join(), reason);
    assert.match(logged.join(), /reading the whole bank/);
    assert.deepEqual(found(booted, signal!.value), [signal!.id]);
  }
  writeFileSync(snapshotPath, whole);
  await load();
  assert.deepEqual(logged, []);
});

test('a log with a gap, a database set back, or another one makes the snapshot refused, never a signal missed', async () => {
  const keeper = await load();
  const old = await bankMore(2);
  await keeper.catchUp();
  await keeper.save();
  // A signal joins, and the log does not say so.
  const [hidden] = await bankMore(1);
  const [dropped] = await runRaw(
    store,
    'delete from bank_change where signal_num = (select num from signal where id = $1) returning position',
    [hidden!.id],
  );
  const booted = await load();
  assert.match(logged.join(), /a gap in the log/);
  assert.deepEqual(found(booted, hidden!.value), [hidden!.id]);
  await runRaw(store, 'insert into bank_change select $1, null, num from signal where id = $2', [
    dropped!['position'],
    hidden!.id,
  ]);

  // One leaves unsaid.
  await booted.save();
  await withdrawByCapability(store, old[0]!.capability);
  await runRaw(store, 'delete from bank_change where position = (select max(position) from bank_change)');
  const without = await load();
  assert.match(logged.join(), /a gap in the log/);
  assert.deepEqual(found(without, old[0]!.value), []);

  // The file is of a log that went on differently.
  await bankMore(1);
  await without.catchUp();
  await without.save();
  const saved = await readBankSnapshot(snapshotPath, store.key);
  assert.ok(saved.ok);
  const { position } = saved;
  await runRaw(store, 'alter table event disable trigger event_grows');
  await runRaw(store, 'update event set hash = reverse(hash) where seq = $1', [position]);
  await load();
  assert.match(logged.join(), /another log/);
  await runRaw(store, 'update event set hash = reverse(hash) where seq = $1', [position]);
  await runRaw(store, 'alter table event enable trigger event_grows');
  await load();
  assert.deepEqual(logged, []);
});

test('checks during snapshots, erasures, merges and reloads are exact, and no snapshot written meanwhile is refused', async () => {
  const keeper = await load();
  const living = new Map<string, Uint8Array>();
  const gone: Uint8Array[] = [];
  const capabilities: { readonly id: string; readonly capability: string }[] = [];
  let going = true;
  const housework = (async () => {
    while (going) {
      await keeper.save();
      const booted = await load();
      assert.deepEqual(logged, []);
      assert.equal(booted.lookup({ pdq: [], sha256: undefined }).position, booted.position);
      await keeper.erase();
    }
  })();
  for (let round = 0; round < 12; round++) {
    for (const { id, capability, value } of await bankMore(20)) {
      living.set(id, value);
      capabilities.push({ id, capability });
    }
    for (let i = 0; i < 6; i++) {
      const { id, capability } = capabilities.splice((round * 7 + i * 11) % capabilities.length, 1)[0]!;
      await withdrawByCapability(store, capability);
      gone.push(living.get(id)!);
      living.delete(id);
    }
    await keeper.catchUp();
    for (const [id, value] of living) assert.deepEqual(found(keeper, value), [id]);
    for (const value of gone) assert.deepEqual(found(keeper, value), []);
    await new Promise((resolve) => setImmediate(resolve));
  }
  going = false;
  await housework;
  await keeper.save();
  const booted = await load();
  for (const [id, value] of living) assert.deepEqual(found(booted, value), [id]);
  for (const value of gone) assert.deepEqual(found(booted, value), []);
});

test('where memory ends, a lookup refuses, a start refuses, and neither ever misses', async () => {
  const keeper = await load();
  const api = (globalThis as unknown as { WebAssembly: { Memory: new (limits: object) => object } })
    .WebAssembly;
  const { Memory } = api;
  const { grow } = Memory.prototype as { grow: unknown };
  const none = () => {
    throw new RangeError('WebAssembly.Memory(): could not allocate memory');
  };
  // More than the memory of the tail has room for, so that the next lookup needs more.
  const fresh = await bankMore(80);
  (Memory.prototype as { grow: unknown }).grow = none;
  try {
    await keeper.catchUp();
    assert.throws(() => found(keeper, fresh[79]!.value), RangeError);
    assert.throws(() => found(keeper, fresh[0]!.value), RangeError);
    // No memory for a segment either: nothing takes the snapshot for the bank, or starts without it.
    api.Memory = none as never;
    await assert.rejects(load(), RangeError);
  } finally {
    api.Memory = Memory;
    (Memory.prototype as { grow: unknown }).grow = grow;
  }
  // As soon as there is some again.
  for (const { id, value } of fresh) assert.deepEqual(found(keeper, value), [id]);
  const booted = await load();
  for (const { id, value } of fresh) assert.deepEqual(found(booted, value), [id]);
});
