import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { base64urlnopad } from '@scure/base';
import fc from 'fast-check';
import { drawReceiptCode } from '../receipt-code.ts';
import { openWithProgram } from '../sealing/age-program.fixture.ts';
import { invert, multiply } from './field.ts';
import { openEnvelope, recoveryKeys, sealEnvelope } from './recovery-keys.ts';
import { readShare, SHARE_WORDS, shareDigits, shareWords } from './share-paper.ts';
import { combineShares, drawRecovery, type RecoveryShare } from './shares.ts';

const draw = () => drawRecovery(randomBytes(50));
const PAIRS = [
  [0, 1],
  [1, 0],
  [0, 2],
  [1, 2],
  [2, 1],
] as const;

test('the field multiplies as FIPS 197 says, and every byte but zero has an inverse', () => {
  assert.equal(multiply(0x57, 0x83), 0xc1);
  assert.equal(multiply(0x57, 0x13), 0xfe);
  for (let a = 1; a < 256; a++) assert.equal(multiply(a, invert(a)), 1);
  assert.throws(() => invert(0), RangeError);
});

test('any two of three shares give the key back, in any order, and all three too', async () => {
  for (let turn = 0; turn < 40; turn++) {
    const { key, shares } = await draw();
    for (const [a, b] of PAIRS) {
      const combined = await combineShares([shares[a], shares[b]]);
      assert.deepEqual(combined, { ok: true, key });
    }
    assert.deepEqual(await combineShares([shares[2], shares[0], shares[1]]), { ok: true, key });
  }
});

test('one share says nothing: for each value of a share every secret has exactly one slope', () => {
  // Exhaustive for one byte, and bytes are shared apart from one another: y = s + a·n. Were one secret to fit a share
  // more often than another, the share would speak for it.
  for (const n of [1, 2, 3]) {
    const counts = new Uint16Array(256 * 256);
    for (let secret = 0; secret < 256; secret++)
      for (let slope = 0; slope < 256; slope++) counts[secret * 256 + (secret ^ multiply(slope, n))]! += 1;
    assert.ok(counts.every((count) => count === 1));
  }
});

test('the check beside a share is made without the recovery key: another key gives the same share and check', async () => {
  const random = randomBytes(50);
  const { key, shares } = await drawRecovery(random);
  for (const share of shares) {
    // Any other key, with the one slope that leads through this share; the check key and its slope as they are.
    const other = Buffer.from(random);
    for (let at = 0; at < 16; at++) {
      other[at] = random[at]! ^ (at + 1);
      other[24 + at] = multiply(other[at]! ^ share.y[at]!, invert(share.number));
    }
    const again = await drawRecovery(other);
    assert.notDeepEqual(again.key, key);
    assert.deepEqual(again.shares[share.number - 1], share);
  }
});

test('one share twice, one alone and a share of another case are each told apart', async () => {
  const mine = await draw();
  let theirs = await draw();
  while (theirs.shares[0].set === mine.shares[0].set) theirs = await draw();
  assert.deepEqual(await combineShares([]), { ok: false, reason: 'too-few' });
  assert.deepEqual(await combineShares([mine.shares[0]]), { ok: false, reason: 'too-few' });
  assert.deepEqual(await combineShares([mine.shares[0], mine.shares[0]]), {
    ok: false,
    reason: 'same-share',
  });
  const other = { ok: false, reason: 'other-set', at: 1 };
  assert.deepEqual(await combineShares([mine.shares[0], theirs.shares[1]]), other);
  assert.deepEqual(await combineShares([mine.shares[0], theirs.shares[1], mine.shares[2]]), other);
  assert.deepEqual(await combineShares([theirs.shares[0], mine.shares[1], mine.shares[2]]), {
    ...other,
    at: 0,
  });
  // Also where the sets have the same name by chance: the keyed check refuses it.
  const twin: RecoveryShare = { ...theirs.shares[1], set: mine.shares[0].set };
  assert.deepEqual(await combineShares([mine.shares[0], twin]), { ok: false, reason: 'does-not-fit' });
  // Three of which no two belong together: nobody can say which is wrong, and there is no key.
  const third: RecoveryShare = { ...(await draw()).shares[2], set: mine.shares[0].set };
  assert.deepEqual(await combineShares([mine.shares[0], twin, third]), { ok: false, reason: 'does-not-fit' });
});

test('one byte of one share changed is refused, and with three shares it is named', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(2),
      fc.nat(27),
      fc.integer({ min: 1, max: 255 }),
      fc.boolean(),
      async (which, at, by, withThird) => {
        const { shares } = await draw();
        const bad = { ...shares[which]!, y: shares[which]!.y.slice(), check: shares[which]!.check.slice() };
        if (at < 24) bad.y[at]! ^= by;
        else bad.check[at - 24]! ^= by;
        const held = shares.map((share, place) => (place === which ? bad : share));
        const given = withThird ? held : [bad, held[(which + 1) % 3]!];
        const combined = await combineShares(given);
        assert.deepEqual(
          combined,
          withThird
            ? { ok: false, reason: 'does-not-fit', at: which }
            : { ok: false, reason: 'does-not-fit' },
        );
      },
    ),
    { numRuns: 100 },
  );
});

test('a share comes back from its words and from its digits, however it was typed', async () => {
  for (let turn = 0; turn < 30; turn++) {
    const { shares } = await draw();
    for (const share of shares) {
      const words = shareWords(share);
      const digits = shareDigits(share);
      assert.equal(words.length, 18);
      assert.equal(digits.join('').length, 75);
      for (const typed of [
        words.join(' '),
        words.join('\n').toUpperCase(),
        digits.join(' '),
        digits.join(''),
        digits.join('-').replace(/[0-9]/g, (digit) => String.fromCharCode(0x660 + Number(digit))),
      ])
        assert.deepEqual(readShare(typed), { ok: true, share });
    }
  }
});

test('a slip in a typed share is found before it is mistaken for another share', async () => {
  const { shares } = await draw();
  const words = shareWords(shares[0]);
  const digits = shareDigits(shares[0]).join('');
  const reasonOf = (typed: string) => {
    const outcome = readShare(typed);
    return outcome.ok ? 'ok' : outcome.reason;
  };
  for (let at = 0; at < SHARE_WORDS; at++) {
    const slip = readShare(words.with(at, `${words[at]!.slice(0, 5)}x`).join(' '));
    assert.ok(
      !slip.ok && slip.reason === 'unknown-word' && slip.at === at && slip.suggestions.includes(words[at]!),
    );
  }
  for (let at = 0; at < 75; at++)
    assert.notEqual(
      reasonOf(digits.slice(0, at) + ((Number(digits[at]) + 1) % 10) + digits.slice(at + 1)),
      'ok',
    );
  for (let at = 0; at < 74; at++) {
    if (digits[at] === digits[at + 1]) continue;
    const swapped = digits.slice(0, at) + digits[at + 1] + digits[at] + digits.slice(at + 2);
    assert.notEqual(reasonOf(swapped), 'ok');
  }
  assert.equal(reasonOf(''), 'empty');
  assert.equal(reasonOf(words.slice(1).join(' ')), 'too-few');
  assert.equal(reasonOf(`${words.join(' ')} ${words[0]}`), 'too-many');
  // Two words changed places: one time in 4,096 the check would not see it.
  let unseen = 0;
  for (let at = 0; at < SHARE_WORDS - 1; at++) {
    if (words[at] === words[at + 1]) continue;
    const swapped = words.with(at, words[at + 1]!).with(at + 1, words[at]!);
    if (reasonOf(swapped.join(' ')) === 'ok') unseen += 1;
  }
  assert.ok(unseen <= 1);
  fc.assert(
    fc.property(fc.string(), (text) => assert.notEqual(reasonOf(text), 'ok')),
    { numRuns: 100 },
  );
});

test('an envelope gives the code back to its own key alone, and the plain age program opens it', async () => {
  const code = drawReceiptCode(randomBytes(12));
  const keys = await recoveryKeys((await draw()).key);
  const others = await recoveryKeys((await draw()).key);
  const envelope = await sealEnvelope(code, keys);
  assert.equal(await openEnvelope(envelope, keys), code);
  assert.equal(await openEnvelope(envelope, others), undefined);
  assert.equal((await sealEnvelope(drawReceiptCode(randomBytes(12)), keys)).length, envelope.length);
  const opened = openWithProgram(base64urlnopad.decode(envelope), keys.identity);
  assert.equal(Buffer.from(opened).toString(), `reclaim recovery 1\n${code}\n`);
  for (const wrong of ['', 'AAAA', 'not base64!', envelope.slice(0, -4), 'A'.repeat(10_000)])
    assert.equal(await openEnvelope(wrong, keys), undefined);
  assert.notEqual(keys.lookupId, others.lookupId);
  await assert.rejects(recoveryKeys(new Uint8Array(8)), RangeError);
});
