import assert from 'node:assert/strict';
import { argon2Sync, createHash, createPrivateKey, createPublicKey, hkdfSync } from 'node:crypto';
import test from 'node:test';
import { bech32 } from '@scure/base';
import { argon2id } from 'hash-wasm';
import { drawReceiptCode, receiptSecret } from './receipt-code.ts';
import { deriveReceiptKeys, KEY_COST, type KeyCost } from './receipt-keys.ts';

const SMALL: KeyCost = { memoryKiB: 64, passes: 1, lanes: 1 };
const known = drawReceiptCode(Uint8Array.from({ length: 12 }, (_, i) => i + 1));

/** The same derivation by OpenSSL, and the age recipient by its X25519. */
function byOpenSsl(cost: KeyCost) {
  const seed = argon2Sync('argon2id', {
    message: receiptSecret(known),
    nonce: Buffer.from('reclaim receipt code 1'),
    parallelism: cost.lanes,
    tagLength: 32,
    memory: cost.memoryKiB,
    passes: cost.passes,
  });
  const part = (use: string) =>
    Buffer.from(hkdfSync('sha256', seed, new Uint8Array(0), `reclaim receipt code 1 ${use}`, 32));
  const scalar = part('case');
  // RFC 8410: PKCS #8 of an X25519 private key.
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), scalar]);
  const spki = createPublicKey(createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }));
  const point = spki.export({ format: 'der', type: 'spki' }).subarray(-32);
  const authKey = part('auth').toString('base64url');
  return {
    lookupId: part('lookup').toString('hex'),
    authKey,
    authSha256: createHash('sha256').update(authKey).digest('hex'),
    caseKey: bech32.encodeFromBytes('AGE-SECRET-KEY-', scalar).toUpperCase(),
    recipient: bech32.encodeFromBytes('age', point),
  };
}

test('with several lanes too, Argon2id is the one of RFC 9106 as OpenSSL has it', async () => {
  const password = new Uint8Array(32).fill(1);
  const salt = new Uint8Array(16).fill(2);
  const ours = await argon2id({
    password,
    salt,
    memorySize: 32,
    iterations: 3,
    parallelism: 4,
    hashLength: 32,
    outputType: 'hex',
  });
  const theirs = argon2Sync('argon2id', {
    message: password,
    nonce: salt,
    parallelism: 4,
    tagLength: 32,
    memory: 32,
    passes: 3,
  });
  assert.equal(ours, theirs.toString('hex'));
});

test('the keys of a known code are known, and OpenSSL derives the same', async () => {
  const keys = await deriveReceiptKeys(known, SMALL);
  assert.deepEqual(keys, byOpenSsl(SMALL));
  assert.equal(keys.lookupId, '6be37d4674047d4a12b48f6e53d855aa05bfe51879eb031e1878217e14e09ba1');
});

test('the keys of a known code at the real cost are those that every case was sealed with', async () => {
  assert.deepEqual(KEY_COST, { memoryKiB: 65_536, passes: 3, lanes: 1 });
  const keys = await deriveReceiptKeys(known);
  assert.deepEqual(keys, byOpenSsl(KEY_COST));
  assert.deepEqual(keys, {
    lookupId: '047857445a6a980e5d77982e28e735be8d4f1e73afdc4d8466ef9745a6d3c2b6',
    authKey: 'FWLECVOPf_WKq2cMZLqJdf1Nd-RFmUp8K6UvcLRsXus',
    authSha256: '83c72ab1c0d5fead2034c298f27ec40529f82faf8c94f0f2f039456e127acf27',
    caseKey: 'AGE-SECRET-KEY-13ZPG77FDWKL7HTGJ5GDN090DD9XJJSN5KAY87SENWW6C0CGDJTJQ4XMRAW',
    recipient: 'age1dhmu0pug44u0e2da57f7f5ayrj8fwsluzk4tgvt394ecruq0xdhqy4wc4f',
  });
});

test('codes that differ in one bit share no key', async () => {
  const bytes = Uint8Array.from({ length: 12 }, (_, i) => i + 1);
  bytes[11]! ^= 1;
  const [one, other] = await Promise.all([
    deriveReceiptKeys(known, SMALL),
    deriveReceiptKeys(drawReceiptCode(bytes), SMALL),
  ]);
  for (const name of ['lookupId', 'authKey', 'authSha256', 'caseKey', 'recipient'] as const)
    assert.notEqual(one[name], other[name]);
});
