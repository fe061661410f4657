import assert from 'node:assert/strict';
import test from 'node:test';
import { signPreview, verifyPreview } from './preview-token.ts';

const SECRET = new Uint8Array(32).fill(7);
const ID = 'a'.repeat(22);
const TOKEN = signPreview(SECRET, ID, 1_000_000);

test('a token opens its own picture until its end, and not from then on', () => {
  assert.equal(verifyPreview(SECRET, ID, TOKEN, 999_999), true);
  assert.equal(verifyPreview(SECRET, ID, TOKEN, 1_000_000), false);
});

test('a token opens no other picture, with no other secret, and with no later end', () => {
  assert.equal(verifyPreview(SECRET, 'b'.repeat(22), TOKEN, 0), false);
  assert.equal(verifyPreview(new Uint8Array(32).fill(8), ID, TOKEN, 0), false);
  const [, mac] = TOKEN.split('.');
  assert.equal(verifyPreview(SECRET, ID, `${(9_000_000).toString(36)}.${mac}`, 0), false);
});

test('no changed character of a token leaves it standing', () => {
  for (let at = 0; at < TOKEN.length; at++) {
    const other = TOKEN[at] === 'A' ? 'B' : 'A';
    const changed = TOKEN.slice(0, at) + other + TOKEN.slice(at + 1);
    // The last character of base64url carries four bits: one of its neighbours stands for the same bytes.
    if (at === TOKEN.length - 1) continue;
    assert.equal(verifyPreview(SECRET, ID, changed, 0), false);
  }
  for (const wrong of ['', '.', 'x', `${TOKEN}A`, `${TOKEN}\n`, ` ${TOKEN}`, '../../journal.jsonl']) {
    assert.equal(verifyPreview(SECRET, ID, wrong, 0), false);
  }
});
