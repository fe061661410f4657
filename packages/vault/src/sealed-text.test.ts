import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import { drawReceiptCode } from './receipt-code.ts';
import { deriveReceiptKeys } from './receipt-keys.ts';
import { openText, sealText } from './sealed-text.ts';

const keys = () =>
  deriveReceiptKeys(drawReceiptCode(randomBytes(12)), { memoryKiB: 64, passes: 1, lanes: 1 });

test('a text comes back with its own case alone, and its length is one of four', async () => {
  const [mine, theirs] = await Promise.all([keys(), keys()]);
  const lengths = new Set<number>();
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), async (text) => {
      const sealed = await sealText(text, mine.recipient);
      assert.ok(sealed !== undefined);
      lengths.add(sealed.length);
      assert.equal(await openText(sealed, mine.caseKey), text.trimEnd());
      assert.equal(await openText(sealed, theirs.caseKey), undefined);
    }),
    { numRuns: 30 },
  );
  assert.ok(lengths.size <= 2);
});

test('a text that is too long is refused, and what is none of ours opens as nothing', async () => {
  const mine = await keys();
  assert.equal(await sealText('x'.repeat(253_953), mine.recipient), undefined);
  for (const wrong of ['', 'AAAA', 'no base64!'])
    assert.equal(await openText(wrong, mine.caseKey), undefined);
});
