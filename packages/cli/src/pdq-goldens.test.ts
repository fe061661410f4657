/**
 * The published PDQ hashes of Meta's bridge pictures and of python-threatexchange's LA.png, where the pictures are at
 * hand: they are not ours to ship. RECLAIM_PDQ_DATA names their folder; without it, `shared/data/pdq` beside the
 * repository is tried. The repository's own goldens (fingerprint, pdqhash-goldens.fixture.ts) need no picture.
 */

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { decodeImage } from '@reclaim/decode/decode-image';
import { ORIENTATIONS, pdq } from '@reclaim/fingerprint/pdq';
import { pdqDihedral } from '@reclaim/fingerprint/pdq-dihedral';
import { type Turn, turnPixels } from '@reclaim/raster/orientation';
import type { Pixels } from '@reclaim/raster/pixels';

const FOLDER =
  process.env['RECLAIM_PDQ_DATA'] ?? path.join(import.meta.dirname, '../../../../shared/data/pdq');
const there = existsSync(path.join(FOLDER, 'expected.csv'));
const where = there ? 'the pictures are here' : 'NOT RUN: the pictures are not here, set RECLAIM_PDQ_DATA';

/** facebook/ThreatExchange, pdq/data, bridge-1 at full resolution by the C++ reference. */
const BRIDGE = {
  original: 'f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22',
  rot90: '30a10efd71c83f429013d48d0ffffc52e34e0e17ada952a9d29685211ea9e5af',
  rot180: 'adad5a64b5a102e55b62a08856dacd5ae63b847fc337b4b766b319361bc93188',
  rot270: 'a5f0b457a49995e8c1065c275aaa54d8b61ba49df8fcfc0383c32f8b0bfc4f05',
  flipX: 'f8f80f31e0f457b00637f5d5028f980fb36ed12a9622e1e233e64c634e9c64dd',
  flipY: '0dad2599b1a1bd1a5362576752da32a5e63b7380c2374b4866b346c91bc9ce77',
  flipPlus1: 'f0a5e102f1ccc0bd945308720fff038de34ef1e8ada9a956d2967ade5ea91a50',
  flipMinus1: 'a5f04ba8a4996a17c906a3d85aaaa927b61b5b42f8fc03fc87c3d0740bfcb0fa',
} as const;

/** python-threatexchange, the CLI test's hashes of LA.png with its pixels turned. */
const LA: readonly (readonly [Turn, string])[] = [
  ['original', 'accb6d39648035f8125c8ce6ba65007de7b54c67a2d93ef7b8f33b0611306715'],
  ['rot90', '1f70cbbc77edc5f9524faa1b18f3b76cd0a04a833e20f645d229d0acc8499c56'],
  ['rot180', '31ddf2513558de0ae56e4a8c8930cadde2ee084df3aed0a75fa512ea0e41e197'],
  ['rot270', 'c79931968e880f4b97196df4d5ea0fb489b99e2c10af0dceacf572809b815ea5'],
  ['flipX', 'aaca8605440c4a6735dbbf59b947df92e7bf161807e9cd88baf04579523098ab'],
  ['flipY', '559f78de2530abbdc663b131ed78f10072c4bb13f3acd6017d0e69150e413e5a'],
  ['flipPlus1', '86a860c1f2bd1a1ec65cf4d10ab55087b4b89f7857da59bbd9200fd5845cc3f9'],
  ['flipMinus1', '5bb15db9e8a1f03c174a380a55aeaa2985bde9c60abce301bde48df918b5c15b'],
];

async function picture(name: string): Promise<Pixels> {
  const decoded = await decodeImage(readFileSync(path.join(FOLDER, name)), { mode: 'reference' });
  assert.ok(decoded.ok);
  return decoded.pixels;
}

test(`every published hash of a whole picture is ours (${where})`, { skip: !there }, async (t) => {
  const [, ...lines] = readFileSync(path.join(FOLDER, 'expected.csv'), 'utf8').trim().split('\n');
  for (const line of lines) {
    const [name, hash] = line.split(',') as [string, string];
    const found = pdq(await picture(name));
    assert.equal(found.hash, hash, name);
    assert.equal(found.quality, 100, name);
  }
  t.diagnostic(`${lines.length} pictures`);
  assert.ok(lines.length > 0);
});

test(`the eight orientations of bridge-1 are the C++ reference's (${where})`, { skip: !there }, async () => {
  const { hashes } = pdqDihedral(await picture('aaa-orig.jpg'));
  assert.deepEqual(Object.fromEntries(ORIENTATIONS.map((name, i) => [name, hashes[i]])), BRIDGE);
});

test(`LA.png with its pixels turned has the published hashes (${where})`, { skip: !there }, async () => {
  const original = await picture('LA.png');
  for (const [turn, hash] of LA) assert.equal(pdq(turnPixels(original, turn)).hash, hash, turn);
});
