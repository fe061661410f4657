import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import test from 'node:test';
import { drawAgeIdentity, recipientOf } from '../sealing/age-key.ts';
import { sealBytes } from '../sealing/seal.ts';
import { lockHelperKey, MIN_PASSPHRASE, unlockHelperKey } from './helper-file.ts';
import {
  MAX_SHARED_ITEMS,
  openShared,
  openSharedFile,
  type SharedFile,
  type SharedItem,
  sealShared,
} from './shared-items.ts';
import { drawSplitKey } from './two-person.ts';

const person = drawAgeIdentity(randomBytes(32));
const helper = drawAgeIdentity(randomBytes(32));
const stranger = drawAgeIdentity(randomBytes(32));
const both = [await recipientOf(person), await recipientOf(helper)];
const items: readonly SharedItem[] = [{ id: 'notes', title: 'Notes', text: 'línea, صورة 🙂' }];

test('shared items open for both sides and for nobody else', async () => {
  const share = await sealShared(items, both);
  assert.ok(share.ok);
  assert.deepEqual(await openShared(share.sealed, person), items);
  assert.deepEqual(await openShared(share.sealed, helper), items);
  assert.equal(await openShared(share.sealed, stranger), undefined);
  for (const wrong of ['', 'é', 'AAAA', share.sealed.slice(2)])
    assert.equal(await openShared(wrong, helper), undefined);
});

test('a share that is too long says so, and one with other fields is refused', async () => {
  const many = Array.from({ length: 9 }, (_, n) => ({ id: `${n}`, title: 't', text: 'x'.repeat(8_000) }));
  assert.deepEqual(await sealShared(many, both), { ok: false, reason: 'too-long' });
  const wrong: unknown[] = [
    [],
    Array(MAX_SHARED_ITEMS + 1).fill(items[0]),
    [{ ...items[0], picture: 'x' }],
    [null],
  ];
  for (const each of wrong) await assert.rejects(sealShared(each as readonly SharedItem[], both), TypeError);
});

test('a helper’s file opens with its passphrase alone, in whatever form the accents were typed', async () => {
  const file = await lockHelperKey(helper, 'crème brûlée twelve', 4);
  assert.match(file, /^-----BEGIN AGE ENCRYPTED FILE-----\n/);
  assert.equal(await unlockHelperKey(`\n${file}\n`, 'crème brûlée twelve'.normalize('NFD')), helper);
  assert.equal(await unlockHelperKey(file, 'creme brulee twelve'), undefined);
  for (const wrong of ['', 'x', file.replace('A', 'B'), `${file}${'x'.repeat(9_000)}`])
    assert.equal(await unlockHelperKey(wrong, 'crème brûlée twelve'), undefined);
  await assert.rejects(lockHelperKey(helper, 'x'.repeat(MIN_PASSPHRASE - 1), 4), RangeError);
});

test('a shared file opens for its helper alone, and another file in its place is found out', async () => {
  const plain = randomBytes(70_000);
  const file: SharedFile = {
    name: 'f-1',
    part: 'shielded',
    mediaType: 'image/png',
    bytes: plain.length,
    sha256: createHash('sha256').update(plain).digest('hex'),
  };
  const helper = drawAgeIdentity(randomBytes(32));
  const other = drawAgeIdentity(randomBytes(32));
  const sealed = await sealBytes(plain, [await recipientOf(helper)]);
  assert.deepEqual(Buffer.from((await openSharedFile(sealed, file, helper))!), plain);
  assert.equal(await openSharedFile(sealed, file, other), undefined);
  assert.equal(await openSharedFile(sealed.subarray(0, sealed.length - 1), file, helper), undefined);
  const swapped = await sealBytes(randomBytes(70_000), [await recipientOf(helper)]);
  assert.equal(await openSharedFile(swapped, file, helper), undefined);
});

test('S72: an original does not open without the second half, and no share holds an original without one', async () => {
  const plain = randomBytes(500);
  const { whole, first, second } = drawSplitKey(randomBytes(64));
  const helper = drawAgeIdentity(randomBytes(32));
  const file: SharedFile = {
    name: 'f-1',
    part: 'original',
    mediaType: 'image/jpeg',
    bytes: plain.length,
    sha256: createHash('sha256').update(plain).digest('hex'),
    half: first,
  };
  const sealed = await sealBytes(plain, [await recipientOf(whole)]);
  assert.equal(await openSharedFile(sealed, file, helper), undefined);
  assert.equal(await openSharedFile(sealed, file, helper, first), undefined);
  assert.deepEqual(Buffer.from((await openSharedFile(sealed, file, helper, second))!), plain);
  const to = [await recipientOf(helper)];
  const item = { id: 'a', title: 'A', text: '' };
  const share = await sealShared([{ ...item, file }], to);
  assert.ok(share.ok);
  assert.deepEqual(await openShared(share.sealed, helper), [{ ...item, file }]);
  const { half: _, ...bare } = file;
  await assert.rejects(sealShared([{ ...item, file: bare }], to), TypeError);
  await assert.rejects(sealShared([{ ...item, file: { ...file, part: 'shielded' } }], to), TypeError);
});
