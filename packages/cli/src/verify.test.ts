import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { readWhole } from '@reclaim/vault/package/file-digest';
import { fullWish } from '@reclaim/vault/package/package.fixture';
import { type BuiltPackage, buildPackage, packagePieces } from '@reclaim/vault/package/package-build';
import { localAuthority } from '@reclaim/vault/timestamp/authority.fixture';
import { documentOf, World } from './terminal.fixture.ts';

const authority = localAuthority('Local Root');
const stranger = localAuthority('Stranger Root');
test.after(() => [authority, stranger].forEach((each) => void each.close()));
const building = await buildPackage(await fullWish(authority, {}, 1));
assert.ok(building.ok);
const made: BuiltPackage = building;
const pieces = await Promise.all(
  packagePieces(made).map(async (piece) => (piece instanceof Uint8Array ? piece : readWhole(piece))),
);
const archive = Buffer.concat(pieces);

async function world(): Promise<World> {
  const there = await World.make();
  await there.put('p.zip', archive);
  await there.put('root.pem', authority.rootPem);
  await there.put('stranger.pem', stranger.rootPem);
  return there;
}

test('a package verifies, in lines for a person and as one document', async () => {
  await using here = await world();
  const ran = await here.run(['verify', 'p.zip', '--trust', 'root.pem']);
  assert.equal(ran.status, 0);
  assert.equal(ran.stderr, '');
  assert.match(ran.stdout, /^verifies: nothing was changed\n/);
  assert.match(ran.stdout, new RegExp(`manifest {3}${made.digest}`));
  assert.match(ran.stdout, /Local Root stamps\), trusted/);
  const document = documentOf(await here.run(['verify', 'p.zip', '--json']));
  assert.deepEqual(
    [document['ok'], document['digest'], (document['items'] as readonly unknown[]).length],
    [true, made.digest, 8],
  );
  const findings = document['findings'] as readonly { readonly level: string; readonly kind: string }[];
  assert.ok(findings.some(({ level, kind }) => level === 'note' && kind === 'stamp-unknown-root'));
});

test('a changed byte is status 1 and names item and damage', async () => {
  await using here = await world();
  const place = made.layout.places.find(({ entry }) => entry.path.endsWith('shielded.png'))!;
  const changed = Buffer.from(archive);
  changed[place.data + 7]! ^= 1;
  await here.put('changed.zip', changed);
  const ran = await here.run(['verify', 'changed.zip']);
  assert.equal(ran.status, 1);
  assert.match(ran.stdout, /^does NOT verify: /);
  const item = made.manifest.items[0]!.item.id;
  assert.match(ran.stdout, new RegExp(`items/${item}/shielded.png, item ${item}: the file is not the one`));
  const cut = await here.put('cut.zip', archive.subarray(0, 9_000));
  assert.match((await here.run(['verify', cut])).stdout, /the archive is cut short/);
});

test('a stamp of an authority that is not trusted is status 1', async () => {
  await using here = await world();
  const ran = await here.run(['verify', 'p.zip', '--trust', 'stranger.pem']);
  assert.equal(ran.status, 1);
  assert.match(ran.stdout, /an authority that you do not trust/);
});

test('a folder in which a package was unpacked verifies; a link in it is refused', async () => {
  await using here = await world();
  for (const [name, source] of made.files) {
    const path = join(here.cwd, 'there', name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, await readWhole(source));
  }
  assert.equal((await here.run(['verify', 'there'])).status, 0);
  await writeFile(join(here.cwd, 'there/custody.jsonl'), '');
  assert.equal((await here.run(['verify', 'there'])).status, 1);
  await symlink('/etc', join(here.cwd, 'there/etc'));
  const ran = await here.run(['verify', 'there']);
  assert.deepEqual(
    [ran.status, ran.stderr],
    [2, 'reclaim: there: this folder holds a link; a package holds plain files only\n'],
  );
});

test('bad use and what cannot be read are status 2', async () => {
  await using here = await world();
  for (const argv of [
    ['verify'],
    ['verify', 'a', 'b'],
    ['verify', 'none.zip'],
    ['verify', 'p.zip', '--trust', 'p.zip'],
  ])
    assert.equal((await here.run(argv)).status, 2, argv.join(' '));
  const other = await here.put('other.zip', 'this is no archive at all, it is a text');
  assert.equal((await here.run(['verify', other])).status, 1);
});
