import assert from 'node:assert/strict';
import test from 'node:test';
import { noticeKey, noticeKeySha256 } from './notice-code.ts';
import { drawReceiptCode, parseReceiptCode, receiptDigits } from './receipt-code.ts';

test('words and digits of one code give one key, and two codes give two', async () => {
  const code = drawReceiptCode(Uint8Array.from({ length: 12 }, (_, i) => i * 7));
  const digits = parseReceiptCode(receiptDigits(code).join(' '));
  assert.ok(digits.ok);
  assert.match(await noticeKey(code), /^[A-Za-z0-9_-]{43}$/);
  assert.equal(await noticeKey(digits.code), await noticeKey(code));
  const other = drawReceiptCode(Uint8Array.from({ length: 12 }, (_, i) => i * 5));
  assert.notEqual(await noticeKey(other), await noticeKey(code));
  assert.match(await noticeKeySha256(code), /^[0-9a-f]{64}$/);
});
