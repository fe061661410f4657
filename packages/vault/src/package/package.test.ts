import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import { localAuthority } from '../timestamp/authority.fixture.ts';
import { memorySource, readWhole } from './file-digest.ts';
import { findingSentence } from './finding-words.ts';
import { bytesOf, fullWish } from './package.fixture.ts';
import { type BuiltPackage, buildPackage, type PackageWish, packagePieces } from './package-build.ts';
import { verifyFiles, verifyPackage } from './package-verify.ts';

const authority = localAuthority('Local Root');
const stranger = localAuthority('Stranger Root');
test.after(() => [authority, stranger].forEach((each) => void each.close()));

async function built(wish: PackageWish): Promise<BuiltPackage> {
  const building = await buildPackage(wish);
  assert.ok(building.ok, JSON.stringify(building));
  return building;
}

async function bytesOfPackage(made: BuiltPackage): Promise<Uint8Array<ArrayBuffer>> {
  const pieces = await Promise.all(
    packagePieces(made).map(async (piece) => (piece instanceof Uint8Array ? piece : readWhole(piece))),
  );
  return new Uint8Array(Buffer.concat(pieces));
}

const wish = await fullWish(authority);
const made = await built(wish);
const bytes = await bytesOfPackage(made);
const roots = [authority.root];
const verify = (given: Uint8Array) => verifyPackage(memorySource(given), { roots });

test('a package verifies, and says what was left to others', async () => {
  const found = await verify(bytes);
  assert.deepEqual(
    found.findings.map(({ level, kind }) => `${level} ${kind}`),
    ['warning stamp-pending'],
  );
  assert.equal(found.ok, true);
  assert.equal(found.digest, made.digest);
  assert.equal(found.stamps.length, 8);
  assert.ok(found.stamps.every(({ trusted }) => trusted));
  assert.match(made.name, /^case-[0-9a-f]{8}-\d{8}\.zip$/);
});

test('the same record, files, time and randomness make the same bytes, the stamp aside', async () => {
  const { stamp: _, ...unstamped } = wish;
  const [one, two] = [
    await bytesOfPackage(await built(unstamped)),
    await bytesOfPackage(await built(unstamped)),
  ];
  assert.ok(Buffer.from(one).equals(two));
  const { findings } = await verify(one);
  assert.ok(findings.some(({ kind }) => kind === 'manifest-not-stamped'));
});

test('unzip, sha256sum and openssl alone accept a package in an empty directory', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'reclaim-package-'));
  const run = (program: string, ...args: readonly string[]) =>
    execFileSync(program, [...args], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    writeFileSync(path.join(folder, 'p.zip'), bytes);
    run('unzip', '-q', 'p.zip', '-d', 'there');
    rmSync(path.join(folder, 'p.zip'));
    const inThere = (program: string, ...args: readonly string[]) =>
      execFileSync(program, [...args], {
        cwd: path.join(folder, 'there'),
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    assert.doesNotMatch(inThere('sha256sum', '-c', 'SHA256SUMS'), /FAILED/);
    const names = readdirSync(path.join(folder, 'there/timestamps'));
    const replies = names.filter((name) => name.endsWith('.tsr'));
    assert.equal(replies.length, 8);
    for (const reply of replies) {
      const base = `timestamps/${reply.slice(0, -4)}`;
      const said = inThere(
        'openssl',
        ...['ts', '-verify', '-data', `timestamps/${reply.split('-')[0]}.json`, '-in', `timestamps/${reply}`],
        ...['-untrusted', `${base}-chain.pem`, '-CAfile', `${base}-root.pem`],
      );
      assert.match(said, /Verification: OK/);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

// A package of fewer stamps, so that a hundred verifications take seconds.
const small = await built(await fullWish(authority, {}, 1));
const smallBytes = await bytesOfPackage(small);

/** The part of the archive that a byte lies in: its own file, the head before one, or the directory. */
function placeOf(at: number): { readonly path?: string; readonly item?: string } {
  const place = small.layout.places.find(({ head, data, entry }) => at >= head && at < data + entry.bytes);
  const item = small.manifest.files.find((file) => file.path === place?.entry.path)?.item;
  return { ...(place && { path: place.entry.path }), ...(item ? { item } : {}) };
}

test('a changed byte anywhere is named, with its file and its item', async () => {
  const starts = small.layout.places.flatMap(({ head, data, entry }) => [head, data, data + entry.bytes - 1]);
  const anywhere = fc.oneof(fc.nat(smallBytes.length - 1), fc.constantFrom(...starts));
  await fc.assert(
    fc.asyncProperty(anywhere, fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const changed = Uint8Array.from(smallBytes);
      changed[at]! ^= by;
      const { ok, findings } = await verify(changed);
      const damage = findings.filter(({ level }) => level === 'damage');
      assert.equal(ok, false);
      assert.ok(damage.length > 0);
      const { path: file, item } = placeOf(at);
      if (file !== undefined && at < small.layout.directory) {
        const about = damage.filter((each) => each.path === file);
        assert.ok(
          about.length > 0,
          `${file}: ${damage.map((finding) => findingSentence(finding)).join('; ')}`,
        );
        if (item !== undefined) assert.ok(about.some((each) => each.item === item));
      }
    }),
    { numRuns: 120 },
  );
});

test('an archive that is cut, lengthened, put in another order or made of tricks is named', async () => {
  const kindOf = async (given: Uint8Array) =>
    (await verify(given)).findings.find((f) => f.level === 'damage')?.kind;
  assert.equal(await kindOf(bytes.subarray(0, bytes.length - 1)), 'archive-truncated');
  assert.equal(await kindOf(bytes.subarray(0, 5_000)), 'archive-truncated');
  assert.equal(await kindOf(new Uint8Array(0)), 'archive-not-a-zip');
  assert.equal(await kindOf(bytesOf('noise', 4_000)), 'archive-not-a-zip');
  assert.equal(await kindOf(new Uint8Array(Buffer.concat([bytes, Buffer.from('x')]))), 'archive-truncated');
  assert.equal(await kindOf(new Uint8Array(Buffer.concat([Buffer.from('x'), bytes]))), 'archive-slack');
  // Two records of the directory in each other's place.
  const moved = Uint8Array.from(bytes);
  const [a, b] = made.layout.places;
  const at = made.layout.directory;
  const [la, lb] = [46 + a!.entry.path.length, 46 + b!.entry.path.length];
  moved.set(bytes.subarray(at + la, at + la + lb), at);
  moved.set(bytes.subarray(at, at + la), at + lb);
  assert.equal(await kindOf(moved), 'archive-out-of-order');
  const renamed = (to: string) => {
    const changed = Uint8Array.from(bytes);
    changed.set(new TextEncoder().encode(to), at + 46);
    return changed;
  };
  assert.equal(a!.entry.path, 'MANIFEST.json');
  assert.equal(await kindOf(renamed('../../../../x')), 'archive-bad-path');
  assert.equal(await kindOf(renamed('/etc/passwd/x')), 'archive-bad-path');
  assert.equal(await kindOf(renamed('C:\\windows\\x')), 'archive-bad-path');
  assert.equal(await kindOf(renamed('MANIFEST\u0000json')), 'archive-bad-path');
  // A file that would unfold into more than it is.
  const packed = Uint8Array.from(bytes);
  packed[at + 10] = 8;
  new DataView(packed.buffer).setUint32(at + 24, 0xfffffff0, true);
  assert.equal(await kindOf(packed), 'archive-compressed');
  const many = Uint8Array.from(bytes);
  new DataView(many.buffer).setUint16(bytes.length - 12, 65_535, true);
  assert.equal(await kindOf(many), 'archive-too-many');
});

test('a folder in which a package was unpacked verifies too, and what is missing, added or changed in it is named', async () => {
  const kinds = async (change: (files: Map<string, Uint8Array>) => void) => {
    const files = new Map<string, Uint8Array>();
    for (const [name, source] of made.files) files.set(name, await readWhole(source));
    change(files);
    const { findings } = await verifyFiles(new Map([...files].map(([name, b]) => [name, memorySource(b)])), {
      roots,
    });
    return findings
      .filter(({ level }) => level === 'damage')
      .map(({ kind, path: file }) => `${kind} ${file}`);
  };
  assert.deepEqual(await kinds(() => {}), []);
  assert.deepEqual(await kinds((files) => files.delete('custody.jsonl')), ['missing-file custody.jsonl']);
  assert.deepEqual(await kinds((files) => files.set('items/x.txt', bytesOf('x', 9))), [
    'unexpected-file items/x.txt',
    'sums-wrong items/x.txt',
  ]);
  assert.ok((await kinds((files) => files.delete('MANIFEST.json'))).includes('missing-file MANIFEST.json'));
});

test('a stamp of an authority that the verifier does not trust is named, and one of other bytes', async () => {
  const other = await verifyPackage(memorySource(bytes), { roots: [stranger.root] });
  assert.equal(other.ok, false);
  assert.equal(other.findings.filter(({ kind }) => kind === 'stamp-untrusted').length, 8);
  const none = await verifyPackage(memorySource(bytes));
  assert.equal(none.ok, true);
  assert.equal(none.findings.filter(({ kind }) => kind === 'stamp-unknown-root').length, 8);
});

test('a clock an hour off is named with its minutes and is no damage', async () => {
  // From now, not from when the file was loaded: the stamp is of now.
  const ahead = new Date(Date.now() + 3_600_000).toJSON();
  const late = await built({ ...wish, hand: { ...wish.hand, at: ahead } });
  const { ok, findings } = await verify(await bytesOfPackage(late));
  assert.equal(ok, true);
  const clock = findings.find(({ kind }) => kind === 'stamp-clock');
  assert.equal(clock?.level, 'warning');
  assert.ok(clock?.number !== undefined && clock.number >= -60 && clock.number < -40);
});

test('a picture is left out unless it is asked for, and its digest stays', async () => {
  const without = await built({ ...wish, originals: 'left-out' });
  const there = [...without.files.keys()];
  assert.ok(!there.some((name) => /original\.png/.test(name)));
  assert.ok(there.some((name) => /shielded\.png/.test(name)));
  const { ok, findings } = await verify(await bytesOfPackage(without));
  assert.equal(ok, true);
  assert.ok(findings.some(({ kind, level }) => kind === 'file-left-out' && level === 'note'));
});

test('a referral names to whom, what and that it was agreed, and the log says it was handed over', async () => {
  const items = wish.record.items.slice(0, 2).map(({ id }) => id);
  const handed = await built({ ...wish, items, to: 'Police, station 4' });
  const text = Buffer.from(await readWhole(handed.files.get('referral.txt')!)).toString();
  assert.match(text, /To: {8}Police, station 4/);
  for (const id of items) assert.ok(text.includes(id));
  assert.equal(handed.record.custody.at(-1)?.action, 'shared-with');
  assert.equal(handed.record.custody.at(-1)?.reason, 'to: Police, station 4');
  assert.deepEqual(handed.record.exports.at(-1)?.items, items);
  assert.equal((await verify(await bytesOfPackage(handed))).ok, true);
});

test('a file that is not the one whose digest was taken is refused', async () => {
  const [sha256] = [...wish.files.plain.keys()];
  const plain = new Map([...wish.files.plain, [sha256!, memorySource(bytesOf('other', 3_000))]]);
  const building = await buildPackage({ ...wish, files: { ...wish.files, plain } });
  assert.deepEqual(building, { ok: false, reason: 'changed-file', item: wish.record.items[0]!.id });
});

test('what a person wrote is escaped in every page, and no page can fetch or run anything', async () => {
  for (const [name, source] of made.files) {
    if (!name.endsWith('.html') || name === 'verify.html') continue;
    const page = Buffer.from(await readWhole(source)).toString();
    assert.match(page, /default-src 'none'/, name);
    assert.doesNotMatch(page, /<b>with|<script|https?:\/\/(?!photos|board|other)[^ <"]*"|\u202e/, name);
  }
});

test('the key that signs is in no file of a package', () => {
  const { seed } = wish.record;
  for (const form of [
    Buffer.from(seed),
    Buffer.from(seed, 'hex'),
    Buffer.from(Buffer.from(seed, 'hex').toString('base64')),
  ])
    assert.equal(Buffer.from(bytes).indexOf(form), -1);
});

test('every path of a package is plain, and says nothing of how a file was called', () => {
  for (const name of made.files.keys()) {
    assert.match(name, /^[A-Za-z0-9][A-Za-z0-9._/-]*$/);
    assert.doesNotMatch(name, /Screenshot/);
  }
});
