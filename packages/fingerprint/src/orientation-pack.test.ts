import assert from 'node:assert/strict';
import { test } from 'node:test';
import { landscape } from '@reclaim/raster/landscape.fixture';
import fc from 'fast-check';
import { keptHashes, packOrientations, unpackOrientations } from './orientation-pack.ts';
import { pdqOrientations } from './pdq.ts';
import { turnedHashBytes } from './pdq-dihedral.ts';
import { hammingDistance, signalBytes } from './signal.ts';

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });

test('any eight hashes come out of a pack as they went in, the upright one is kept first', () => {
  const turnOf = (turn: number) => (bytes: Uint8Array) => turnedHashBytes(bytes)[turn]!;
  // Eight of which some are turns of others, as those of pictures are.
  const eight = fc
    .tuple(
      fc.array(hash, { minLength: 8, maxLength: 8 }),
      fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { minLength: 8, maxLength: 8 }),
    )
    .map(([hashes, from]) => from.map(([which, turn]) => turnOf(turn)(hashes[which]!)));
  fc.assert(
    fc.property(eight, (hashes) => {
      const pack = packOrientations(hashes);
      assert.deepEqual(unpackOrientations(pack), hashes);
      const kept = keptHashes(pack);
      assert.deepEqual(Buffer.from(kept[0]!), Buffer.from(hashes[0]!));
      // No kept hash is a turn of another one.
      const turns = kept.map(
        (each) => new Set(turnedHashBytes(each).map((bytes) => Buffer.from(bytes).toString('hex'))),
      );
      for (const [i, own] of turns.entries())
        for (const [j, each] of kept.entries())
          assert.equal(own.has(Buffer.from(each).toString('hex')), i === j);
    }),
  );
});

test('the nearest of eight hashes is as near to a kept one, asked with the turns of the question', () => {
  fc.assert(
    fc.property(fc.array(hash, { minLength: 8, maxLength: 8 }), hash, (hashes, asked) => {
      const least = (some: readonly Uint8Array[], others: readonly Uint8Array[]) =>
        Math.min(...some.flatMap((one) => others.map((other) => hammingDistance(one, other))));
      const kept = keptHashes(packOrientations(hashes));
      assert.ok(least(kept, turnedHashBytes(asked)) <= least(hashes, [asked]));
    }),
  );
});

test('of a picture at most four hashes are kept, of one hash that one', () => {
  for (const [seed, width, height] of [
    [1, 256, 256],
    [2, 320, 240],
    [3, 97, 160],
    [4, 640, 480],
  ] as const) {
    const hashes = pdqOrientations(landscape(seed, width, height)).hashes.map(signalBytes);
    const pack = packOrientations(hashes);
    assert.ok(keptHashes(pack).length <= 4);
    assert.deepEqual(unpackOrientations(pack), hashes);
    const one = packOrientations(hashes.slice(0, 1));
    assert.deepEqual([one.length, keptHashes(one)], [32, [one]]);
    assert.deepEqual(unpackOrientations(one), turnedHashBytes(hashes[0]!));
  }
});

test('what is no pack is refused', () => {
  const one = new Uint8Array(32);
  for (const hashes of [[], [one, one], Array(9).fill(one), Array(8).fill(new Uint8Array(31))])
    assert.throws(() => packOrientations(hashes), RangeError);
  for (const length of [0, 8, 31, 33, 39, 41, 8 + 9 * 32])
    assert.throws(() => keptHashes(new Uint8Array(length)), RangeError);
  const pack = packOrientations(Array(8).fill(one));
  pack[3] = 8;
  assert.throws(() => unpackOrientations(pack), RangeError);
});
