import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  hammingDistance,
  isSignalHex,
  parsePdqHash,
  parsePipeline,
  parseSha256,
  signalBytes,
  signalHex,
} from './signal.ts';

const SECRET = 'F8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22';

test('a malformed signal is refused and never repeated in the message', () => {
  for (const parse of [parsePdqHash, parseSha256, signalBytes])
    for (const text of [SECRET, SECRET.slice(1), `${SECRET.toLowerCase()}0`, `${SECRET.toLowerCase()}\n`, ''])
      assert.throws(
        () => parse(text),
        (error: Error) =>
          error instanceof TypeError && (text === '' || !error.message.includes(text.slice(0, 8))),
      );
  assert.equal(isSignalHex(SECRET), false);
  assert.equal(isSignalHex(SECRET.toLowerCase()), true);
});

test('hex to bytes and back is the same signal, and the first byte is the first two digits', () => {
  const hex = SECRET.toLowerCase();
  assert.equal(signalHex(signalBytes(hex)), hex);
  assert.equal(signalBytes(hex)[0], 0xf8);
  assert.throws(() => signalHex(new Uint8Array(31)), RangeError);
});

test('distance counts the bits that differ', () => {
  const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      let bits = 0;
      for (let i = 0; i < 256; i++) if (((a[i >> 3]! ^ b[i >> 3]!) >> (i & 7)) & 1) bits++;
      assert.equal(hammingDistance(a, b), bits);
      assert.equal(hammingDistance(b, a), bits);
      assert.equal(hammingDistance(a, a), 0);
    }),
    { numRuns: 100 },
  );
  assert.throws(() => hammingDistance(new Uint8Array(32), new Uint8Array(31)), RangeError);
});

test('the name of a pipeline is short and plain', () => {
  assert.equal(parsePipeline('reclaim-pdq-1'), 'reclaim-pdq-1');
  for (const text of ['', 'Pdq', 'a b', 'x'.repeat(41)]) assert.throws(() => parsePipeline(text), TypeError);
});
