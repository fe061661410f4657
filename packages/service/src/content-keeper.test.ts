import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { keptHashes, packOrientations } from '@reclaim/fingerprint/orientation-pack';
import { pdqOrientations } from '@reclaim/fingerprint/pdq';
import { turnedHashBytes } from '@reclaim/fingerprint/pdq-dihedral';
import { signalBytes } from '@reclaim/fingerprint/signal';
import { permutedWords } from '@reclaim/matching/bit-permutation';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { makeBank } from '@reclaim/store/banks';
import { contentSums, forgetContent, keepContent, keptUntil } from '@reclaim/store/content';
import { filesHolding } from '@reclaim/store/embedded-scratch.fixture';
import { compactErased } from '@reclaim/store/erasure';
import { turnedContent } from '@reclaim/store/migration-turned-content';
import { readSealedFile } from '@reclaim/store/sealed-file';
import { freshStore, pdqOfSeed, runRaw } from '@reclaim/store/store.fixture';
import { ContentKeeper } from './content-keeper.ts';
import { readContentSnapshot } from './content-snapshot.ts';

const { store, end } = await freshStore();
after(end);
// Something in the chain of events that is this database's alone.
await makeBank(store, 'system', {
  ...{ name: 'b', kind: 'positive', confidentBits: 31, possibleBits: 31 },
});
const folder = join(store.embedded!.dataDir, 'index-test');
mkdirSync(folder);
const path = join(folder, 'content.sealed');
const logged: string[] = [];

const keeperOf = () =>
  new ContentKeeper(store, { snapshotPath: path, snapshotFrom: 1, log: (line) => logged.push(line) });

const hashOf = (seed: number) => signalBytes(pdqOfSeed(seed).value);

async function keep(items: readonly (readonly [string, number])[]): Promise<void> {
  await keepContent(
    store,
    items.map(([id, seed]) => ({
      ...{ item: { id }, pdq: hashOf(seed), sha256: seed % 2 === 0 ? hashOf(seed + 5_000) : undefined },
      ...{ expiresAt: keptUntil(store, 1), lookedTo: 0 },
    })),
  );
}

const SEEDS = Array.from({ length: 60 }, (_, i) => 400 + i);

/** What a keeper answers for every hash that was ever kept here. */
function answersOf(keeper: ContentKeeper) {
  const pdq = keeper.search('pdq', SEEDS.map(hashOf), 31);
  return [
    pdq,
    keeper.search(
      'sha256',
      SEEDS.map((seed) => hashOf(seed + 5_000)),
      0,
    ),
    keeper.size,
  ];
}

async function wholeAnswers() {
  const whole = new ContentKeeper(store);
  await whole.catchUp();
  return answersOf(whole);
}

async function booted(): Promise<ContentKeeper> {
  const keeper = keeperOf();
  await keeper.catchUp();
  return keeper;
}

await keep(SEEDS.slice(0, 40).map((seed, i) => [`item-${i}`, seed]));
const first = await booted();
await first.save();

test('a keeper loads from its snapshot and the changes since, and answers as one that read every item', async () => {
  await forgetContent(store, ['item-3', 'item-4']);
  // In place of what was kept under that id, and one more.
  await keep([
    ['item-5', 455],
    ['item-40', 456],
  ]);
  const again = await booted();
  assert.deepEqual(logged, []);
  assert.deepEqual(answersOf(again), await wholeAnswers());
  assert.deepEqual(again.search('pdq', [hashOf(403)], 31), [[]]);
  assert.equal(again.search('pdq', [hashOf(456)], 31)[0]!.length, 1);
});

test('a file that is cut or has a byte changed is refused with a line, and the items are read', async () => {
  const good = readFileSync(path);
  const refusedFor = async (bytes: Uint8Array) => {
    writeFileSync(path, bytes);
    logged.length = 0;
    const keeper = await booted();
    assert.deepEqual(answersOf(keeper), await wholeAnswers());
    assert.equal(logged.length, 1);
    assert.doesNotMatch(logged[0]!, /[0-9a-f]{64}/);
    return /refused \((.*)\)/.exec(logged[0]!)?.[1];
  };
  assert.equal(await refusedFor(good.subarray(0, good.length - 1)), 'cut');
  for (const at of [0, 9, Math.floor(good.length / 2), good.length - 1]) {
    const changed = Uint8Array.from(good);
    changed[at]! ^= 1;
    assert.ok(await refusedFor(changed));
  }
  writeFileSync(path, good);
});

test('a log that went on differently, one with a gap, and one whose traces are gone make it refused, never an item missed', async () => {
  const keeper = await booted();
  await keep([['item-41', 457]]);
  await keeper.catchUp();
  await keeper.save();
  const refused = async () => {
    logged.length = 0;
    assert.deepEqual(answersOf(await booted()), await wholeAnswers());
    return logged.join();
  };
  // An item comes, or goes, and the log does not say so.
  await keep([['item-42', 458]]);
  await runRaw(store, "update content set position = 1 where item_id = 'item-42'");
  assert.match(await refused(), /a gap in the log/);
  await runRaw(
    store,
    "update content set position = (select position from content_head) where item_id = 'item-42'",
  );
  assert.equal(await refused(), '');
  await runRaw(store, "delete from content where item_id = 'item-41'");
  assert.match(await refused(), /a gap in the log/);

  // What was forgotten while nobody looked is known to none but the traces, and these are gone.
  await runRaw(store, 'update content_head set pruned_to = position');
  assert.match(await refused(), /too old/);
  await runRaw(store, 'update content_head set pruned_to = 0');

  // The file names a record that this chain does not have.
  const whole = await booted();
  await keep([['item-43', 459]]);
  await whole.catchUp();
  await whole.save();
  assert.equal(await refused(), '');
  await runRaw(store, 'alter table event disable trigger event_grows');
  await runRaw(store, 'update event set hash = reverse(hash)');
  assert.match(await refused(), /another log/);
  await runRaw(store, 'update event set hash = reverse(hash)');
});

test('after an erasure neither memory nor file holds what was forgotten, and a small index leaves no file', async () => {
  const keeper = await booted();
  await keeper.save();
  const { num } = keeper.search('pdq', [hashOf(410)], 31)[0]![0]!;
  await forgetContent(store, ['item-10']);
  await keeper.erase();
  const read = await readContentSnapshot(path, store.key);
  assert.ok(read.ok);
  const all = [...read.indexes.pdq, ...read.indexes.sha256];
  assert.ok(all.length === 9 && all.every((index) => !index.has(num)));
  assert.equal(read.indexes.pdq[0]!.size, keeper.search('pdq', SEEDS.map(hashOf), 0).flat().length);

  // One that has loaded nothing cannot tell what its file holds: the file goes.
  await new ContentKeeper(store, { snapshotPath: path, snapshotFrom: 1 }).erase();
  assert.equal(existsSync(path), false);
  await keep([['item-44', 455]]);
  await keeper.catchUp();
  await keeper.save();
  assert.ok(existsSync(path));
  const small = new ContentKeeper(store, { snapshotPath: path, snapshotFrom: 1_000 });
  await small.catchUp();
  await small.save();
  assert.equal(existsSync(path), false);
});

test('an item is found by every hash that it is kept with, from rows and from a snapshot, and forgotten with all of them', async () => {
  const hashes = pdqOrientations(landscape(31, 256, 256)).hashes.map(signalBytes);
  const pack = packOrientations(hashes);
  assert.equal(keptHashes(pack).length, 4);
  const draft = { item: { id: 'turned' }, sha256: undefined, expiresAt: keptUntil(store, 1), lookedTo: 0 };
  await keepContent(store, [{ ...draft, pdq: pack }]);
  const keeper = await booted();
  await keeper.save();
  const again = await booted();
  assert.deepEqual([again.size, answersOf(again)], [keeper.size, await wholeAnswers()]);
  const nearest = (asked: ContentKeeper, hash: Uint8Array) =>
    asked
      .search('pdq', turnedHashBytes(hash), 0)
      .flat()
      .map(({ num }) => num);
  const [num] = nearest(keeper, hashes[0]!);
  for (const hash of hashes) {
    assert.ok(nearest(keeper, hash).includes(num!));
    assert.ok(nearest(again, hash).includes(num!));
  }
  // As it came, and as the bits of an index lie.
  const forms = keptHashes(pack).flatMap((hash) => [
    Buffer.from(hash),
    Buffer.from(permutedWords(hash).buffer),
  ]);
  const held = () =>
    forms.filter((form) => keeper.memories.some((memory) => Buffer.from(memory).includes(form))).length;
  const saved = async () => {
    const parts: Uint8Array[] = [];
    const take = async (chunks: AsyncIterable<Uint8Array>) => {
      for await (const chunk of chunks) parts.push(Buffer.from(chunk));
    };
    await readSealedFile(path, store.key, Array(10).fill(take));
    const bytes = Buffer.concat(parts);
    return forms.filter((form) => bytes.includes(form)).length;
  };
  assert.ok(held() >= 4, 'the search of memory finds nothing');
  assert.ok((await saved()) >= 4, 'the search of the file finds nothing');
  const sealed = async () => {
    const rows = await store.db
      .selectFrom('content')
      .select(['sealed_pdq', 'pdq_hashes'])
      .where('num', '=', num!)
      .execute();
    return rows[0]!;
  };
  const row = await sealed();
  assert.equal(row.pdq_hashes, 4);
  await forgetContent(store, ['turned']);
  await keeper.catchUp();
  assert.deepEqual([held(), await sealed()], [0, { sealed_pdq: null, pdq_hashes: 0 }]);
  await keeper.erase();
  assert.deepEqual([held(), await saved()], [0, 0]);
  const compaction = await compactErased(store);
  assert.ok(compaction?.ok && compaction.reach === 'every-file');
  assert.deepEqual(filesHolding(store.embedded!.dataDir, [row.sealed_pdq!, ...forms]), []);
});

test('what an earlier version kept with one hash is found after the update, and counted', async (t) => {
  const earlier = await freshStore();
  t.after(earlier.end);
  const item = { item: { id: 'earlier' }, sha256: undefined, expiresAt: keptUntil(earlier.store, 1) };
  await keepContent(earlier.store, [{ ...item, pdq: hashOf(1), lookedTo: 0 }]);
  await runRaw(earlier.store, 'alter table content drop column pdq_hashes');
  await turnedContent.up(earlier.store.db as unknown as Parameters<typeof turnedContent.up>[0]);
  const keeper = new ContentKeeper(earlier.store);
  await keeper.catchUp();
  assert.equal(keeper.search('pdq', [hashOf(1)], 0)[0]!.length, 1);
  assert.deepEqual([(await contentSums(earlier.store)).pdq, keeper.size], [1, 1]);
});
