import assert from 'node:assert/strict';
import { createCipheriv, createHash, hkdfSync } from 'node:crypto';
import test from 'node:test';
import { codeKey, orderKey, orderOf, signsOf } from './code.ts';

const secret = Uint8Array.from({ length: 32 }, (_, i) => i);
const original = new Uint8Array(createHash('sha256').update('an original').digest());
const recipient = Uint8Array.from({ length: 16 }, (_, i) => 200 + i);

test('keys are HKDF’s and signs are ChaCha20’s, as OpenSSL has them', () => {
  const info = Buffer.concat([Buffer.from('reclaim mark 1 code'), recipient]);
  const key = codeKey(secret, original, recipient);
  assert.deepEqual(key, new Uint8Array(hkdfSync('sha256', secret, original, info, 32)));
  assert.deepEqual(
    orderKey(secret, original),
    new Uint8Array(hkdfSync('sha256', secret, original, 'reclaim mark 1 order', 32)),
  );
  // OpenSSL's initial vector is the 32-bit counter followed by the 96-bit nonce.
  const stream = createCipheriv('chacha20', key, new Uint8Array(16)).update(new Uint8Array(1000));
  assert.deepEqual(signsOf(key, 8000), new Uint8Array(stream));
});

test('another secret, original or recipient is another code, half of whose signs differ', () => {
  const base = signsOf(codeKey(secret, original, recipient), 40_000);
  for (const key of [
    codeKey(secret.toReversed(), original, recipient),
    codeKey(secret, original.toReversed(), recipient),
    codeKey(secret, original, recipient.toReversed()),
  ]) {
    const other = signsOf(key, 40_000);
    const differing = base.reduce((sum, byte, i) => sum + bitsOf(byte ^ other[i]!), 0);
    // Six deviations of a fair coin: 6 × 100.
    assert.ok(Math.abs(differing - 20_000) < 600, String(differing));
  }
});

test('the order has every place once, and is as good as shuffled', () => {
  const order = orderOf(orderKey(secret, original), 10_000);
  assert.deepEqual(
    [...order].sort((a, b) => a - b),
    Array.from({ length: 10_000 }, (_, i) => i),
  );
  const fixed = order.filter((place, i) => place === i).length;
  assert.ok(fixed < 12, `${fixed} places stayed`);
  const neighbours = order.filter((place, i) => i > 0 && Math.abs(place - order[i - 1]!) === 1).length;
  assert.ok(neighbours < 20, `${neighbours} neighbours stayed so`);
  assert.equal(orderOf(orderKey(secret, original), 1).length, 1);
});

test('lengths are held to at the door', () => {
  assert.throws(() => codeKey(secret.subarray(1), original, recipient), /secret: expected 32 bytes, got 31/);
  assert.throws(() => codeKey(secret, original, secret), /recipient: expected 16 bytes, got 32/);
  assert.throws(() => orderKey(secret, recipient), /original: expected 32 bytes, got 16/);
  assert.throws(() => signsOf(recipient, 8), /key: expected 32 bytes, got 16/);
});

function bitsOf(byte: number): number {
  let bits = 0;
  for (let rest = byte; rest > 0; rest &= rest - 1) bits++;
  return bits;
}
