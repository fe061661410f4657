import assert from 'node:assert/strict';
import { createPublicKey, verify as nodeVerify, randomBytes } from 'node:crypto';
import test from 'node:test';
import {
  drawSigningKey,
  isSignedBy,
  parseSignature,
  parseSigningKey,
  parseVerifyKey,
  type Signature,
  sign,
  verifyKeyOf,
} from './signing.ts';

test('the second vector of RFC 8032, section 7.1, comes out', () => {
  const key = parseSigningKey('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb');
  assert.equal(verifyKeyOf(key), '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
  assert.equal(
    sign(Uint8Array.of(0x72), key),
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  );
});

test('another implementation verifies what we sign', () => {
  const key = drawSigningKey(randomBytes(32));
  const message = randomBytes(200);
  const der = Buffer.concat([
    Buffer.from('302a300506032b6570032100', 'hex'),
    Buffer.from(verifyKeyOf(key), 'hex'),
  ]);
  const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' });
  assert.ok(nodeVerify(undefined, message, publicKey, Buffer.from(sign(message, key), 'hex')));
});

test('a changed message, signature or key does not verify, and nothing throws for it', () => {
  const key = drawSigningKey(randomBytes(32));
  const message = randomBytes(40);
  const signature = sign(message, key);
  assert.ok(isSignedBy(message, signature, verifyKeyOf(key)));
  assert.ok(!isSignedBy(message.subarray(1), signature, verifyKeyOf(key)));
  assert.ok(!isSignedBy(message, 'f'.repeat(128) as Signature, verifyKeyOf(key)));
  assert.ok(!isSignedBy(message, signature, parseVerifyKey('f'.repeat(64))));
  // A key of small order would sign everything for everybody.
  const zero = `01${'00'.repeat(31)}`;
  assert.ok(!isSignedBy(message, parseSignature(zero + '00'.repeat(32)), parseVerifyKey(zero)));
  for (const parse of [parseSigningKey, parseVerifyKey, parseSignature])
    assert.throws(
      () => parse('nonsense'),
      (error: Error) => !error.message.includes('nonsense'),
    );
  assert.throws(() => drawSigningKey(new Uint8Array(16)), RangeError);
});
