import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import { leadingZeroBits, solve, verify } from './proof-of-work.ts';

test('zero bits are counted from the most significant bit of the first byte', () => {
  assert.equal(leadingZeroBits(Uint8Array.of(0x80)), 0);
  assert.equal(leadingZeroBits(Uint8Array.of(0x01)), 7);
  assert.equal(leadingZeroBits(Uint8Array.of(0, 0x10)), 11);
  assert.equal(leadingZeroBits(new Uint8Array(32)), 256);
  assert.equal(leadingZeroBits(new Uint8Array(0)), 0);
});

test('a solution begins with the zero bits asked for, by another implementation of SHA-256', async () => {
  for (const bits of [0, 1, 7, 8, 12]) {
    const nonce = await solve('puzzle.of.the.day', bits);
    const digest = createHash('sha256').update(`puzzle.of.the.day${nonce}`).digest('hex');
    const binary = BigInt(`0x1${digest}`).toString(2).slice(1);
    assert.match(binary, new RegExp(`^0{${bits}}`));
    assert.equal(await verify('puzzle.of.the.day', nonce, bits), true);
  }
});

test('the first nonce of a known challenge is known', async () => {
  let nonce = 0;
  while (
    !createHash('sha256')
      .update(`c${nonce.toString(16)}`)
      .digest('hex')
      .startsWith('00')
  )
    nonce++;
  assert.equal(await solve('c', 8), nonce.toString(16));
});

test('a solution of one challenge does not solve another', async () => {
  const nonce = await solve('first', 14);
  let other = 0;
  while (await verify(`other-${other}`, nonce, 14)) other++;
  assert.ok(other < 3);
});

test('whatever a sender calls a nonce is judged without an error', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), async (nonce) => {
      const answer = await verify('challenge', nonce, 0);
      assert.equal(answer, /^[0-9a-f]{1,16}$/.test(nonce));
    }),
    { numRuns: 60 },
  );
  assert.equal(await verify('spaces are refused', 'a', 0), false);
  assert.equal(await verify('x'.repeat(301), 'a', 0), false);
});

test('bits beyond the range are the caller’s error', async () => {
  for (const bits of [-1, 31, 1.5, Number.NaN]) {
    await assert.rejects(solve('c', bits), RangeError);
    await assert.rejects(verify('c', '0', bits), RangeError);
  }
});

test('a search stops when it is told to', async () => {
  const stop = new AbortController();
  let pauses = 0;
  const search = solve('endless', 30, {
    signal: stop.signal,
    pause: async () => {
      if (++pauses === 2) stop.abort();
    },
  });
  await assert.rejects(search, { name: 'AbortError' });
  assert.equal(pauses, 2);
});
