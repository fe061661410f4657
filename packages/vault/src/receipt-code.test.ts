import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { wordAt } from './code-words.ts';
import {
  drawReceiptCode,
  parseReceiptCode,
  type ReceiptCode,
  receiptDigits,
  receiptSecret,
  receiptWords,
} from './receipt-code.ts';

const bytes12 = fc.uint8Array({ minLength: 12, maxLength: 12 });
const code = bytes12.map(drawReceiptCode);
const known = drawReceiptCode(Uint8Array.from({ length: 12 }, (_, i) => i + 1));

function parsed(text: string): ReceiptCode {
  const outcome = parseReceiptCode(text);
  assert.ok(outcome.ok, `refused: ${outcome.ok || outcome.reason}`);
  return outcome.code;
}

test('a known secret has a known code in both forms', () => {
  assert.equal(known, 'gabifo fegefi bupago benodi bamese nimimu fesisi');
  assert.deepEqual(receiptDigits(known), ['031191', '710270', '898378', '199073', '050897']);
  // ISO/IEC 7064 MOD 97-10, by its definition.
  assert.equal(BigInt(receiptDigits(known).join('')) % 97n, 1n);
});

test('ninety bits of what was drawn are in the code, and both forms lead back to them', () => {
  fc.assert(
    fc.property(bytes12, (random) => {
      const made = drawReceiptCode(random);
      const expected = Uint8Array.from(random);
      expected[0]! &= 3;
      assert.deepEqual(receiptSecret(made), expected);
      assert.equal(parsed(made), made);
      assert.equal(parsed(receiptDigits(made).join(' ')), made);
      assert.equal(receiptWords(made).length, 7);
    }),
    { numRuns: 200 },
  );
});

test('S22: a code is read back however it was typed', () => {
  const words = receiptWords(known);
  const digits = receiptDigits(known).join('');
  const arabic = digits.replace(/[0-9]/g, (digit) => String.fromCharCode(0x660 + Number(digit)));
  const persian = digits.replace(/[0-9]/g, (digit) => String.fromCharCode(0x6f0 + Number(digit)));
  for (const typed of [
    known.toUpperCase(),
    `  ${words.join('-')}\n`,
    words.join(', '),
    words.join('\u00a0\u200b '),
    words.join(''),
    known.replace('gabifo', 'gábìfō'),
    known.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
    known.toUpperCase().replaceAll('I', 'İ'),
    digits,
    digits.replace(/(.{5})/g, '$1-'),
    arabic,
    persian,
    `${digits.slice(0, 10)} ${arabic.slice(10)}`,
  ])
    assert.equal(parsed(typed), known, JSON.stringify(typed));
});

test('every wrong digit and every swap of neighbouring digits is found', () => {
  fc.assert(
    fc.property(code, fc.nat(29), fc.integer({ min: 1, max: 9 }), (made, at, by) => {
      const digits = receiptDigits(made).join('');
      const wrong = digits.slice(0, at) + ((Number(digits[at]) + by) % 10) + digits.slice(at + 1);
      assert.deepEqual(parseReceiptCode(wrong), { ok: false, reason: 'does-not-add-up', form: 'digits' });
      const next = digits[at + 1];
      if (next === undefined || next === digits[at]) return;
      const swapped = digits.slice(0, at) + next + digits[at] + digits.slice(at + 2);
      assert.equal(parseReceiptCode(swapped).ok, false);
    }),
  );
});

test('digits that add up but are beyond ninety bits, or have other check digits of the same rest, are refused', () => {
  const beyond = (1n << 90n) * 100n;
  const check = 98n - (((beyond / 100n) * 100n) % 97n);
  assert.equal(parseReceiptCode((beyond + check).toString()).ok, false);
  let seen = 0;
  for (let i = 0; i < 256; i++) {
    const digits = receiptDigits(drawReceiptCode(new Uint8Array(12).fill(i))).join('');
    for (const check of [Number(digits.slice(28)) - 97, Number(digits.slice(28)) + 97]) {
      if (check < 0 || check > 99) continue;
      seen++;
      assert.equal(parseReceiptCode(digits.slice(0, 28) + String(check).padStart(2, '0')).ok, false);
    }
  }
  assert.ok(seen > 0);
});

test('a slip in one word is found before any key is made, with its place and the word that was meant', () => {
  fc.assert(
    fc.property(
      code,
      fc.nat(6),
      fc.nat(5),
      fc.constantFrom(...'abcdefgiklmnoprstu'),
      (made, at, letter, slip) => {
        const words = receiptWords(made);
        const word = words[at]!;
        if (word[letter] === slip) return;
        const wrong = word.slice(0, letter) + slip + word.slice(letter + 1);
        const outcome = parseReceiptCode(words.with(at, wrong).join(' '));
        assert.ok(!outcome.ok && outcome.reason === 'unknown-word');
        assert.equal(outcome.at, at);
        assert.ok(outcome.suggestions.includes(word));
      },
    ),
  );
});

test('another list word in place of one passes about one time in 256', () => {
  let passed = 0;
  const words = receiptWords(known);
  for (let place = 0; place < 16_384; place++) {
    const other = wordAt(place);
    if (other !== words[3] && parseReceiptCode(words.with(3, other).join(' ')).ok) passed++;
  }
  // 2^14 words, 2^8 checks: CRC is linear, so it is exactly 64 with the right word among them.
  assert.equal(passed, 63);
});

test('what is missing or too much is counted', () => {
  const words = receiptWords(known);
  const refusal = (text: string) => {
    const outcome = parseReceiptCode(text);
    assert.ok(!outcome.ok);
    return outcome;
  };
  assert.deepEqual(refusal(''), { ok: false, reason: 'empty' });
  assert.deepEqual(refusal(' -- '), { ok: false, reason: 'empty' });
  const few = { ok: false, reason: 'too-few', form: 'words', count: 6 };
  assert.deepEqual(refusal(words.slice(1).join(' ')), few);
  assert.deepEqual(refusal(`${known} ${words[0]}`), { ...few, reason: 'too-many', count: 8 });
  assert.deepEqual(refusal('123456'), { ok: false, reason: 'too-few', form: 'digits', count: 6 });
  assert.equal(refusal(`${known} `.repeat(100_000)).reason, 'too-many');
  assert.equal(refusal('1'.repeat(1_000_000)).reason, 'too-many');
});

test('whatever is typed gets an answer, and no answer holds what was typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (typed) => {
      const outcome = parseReceiptCode(typed);
      if (outcome.ok) return;
      const said = JSON.stringify(outcome);
      for (const part of typed.split(/\s+/)) if (part.length > 14) assert.ok(!said.includes(part));
    }),
  );
  assert.throws(() => drawReceiptCode(new Uint8Array(11)), RangeError);
});
