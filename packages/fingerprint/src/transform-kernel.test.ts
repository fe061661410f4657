import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { webAssembly } from '@reclaim/raster/kernel-module';
import { landscape, seededRandom } from '@reclaim/raster/landscape.fixture';
import { reduceToGrid } from '@reclaim/raster/reduce';
import { transformKernelSource } from '../assembly/transform-kernel.ts';
import { gradientSum64, plainDct64, plainRoom, sharedRoom } from './pdq-transform.ts';
import { compileTransform, kernelRoom } from './transform-kernel.ts';

const api = webAssembly()!;

test('the transform kernel in the source is the one that its assembly makes', () => {
  const kept = readFileSync(path.join(import.meta.dirname, 'transform-kernel-bytes.ts'), 'utf8');
  assert.equal(kept, transformKernelSource(), 'run node tools/build-wasm.ts');
});

test('kernel and TypeScript have the same coefficients and gradients to the last bit', () => {
  const random = seededRandom(4);
  const planes = [
    ...Array.from({ length: 12 }, (_, seed) => reduceToGrid(landscape(seed, 150, 110))),
    ...Array.from({ length: 6 }, () => new Float64Array(4096).map(() => 255 * random())),
    new Float64Array(4096).map((_, at) => (at % 2 === 0 ? 255 : 0)),
    new Float64Array(4096).fill(77.7),
    new Float64Array(4096),
  ];
  const room = sharedRoom();
  for (const plane of planes) {
    room.grid.set(plane);
    assert.equal(room.gradients(), gradientSum64(plane, 0).sum);
    assert.deepEqual(room.transform(), plainDct64(plane));
  }
  room.clear();
});

test('a room keeps nothing of a plane once it is cleared, and the plain room has the same answers', () => {
  const plane = reduceToGrid(landscape(3, 120, 90));
  for (const room of [sharedRoom(), plainRoom()]) {
    room.grid.set(plane);
    assert.equal(room.gradients(), gradientSum64(plane, 0).sum);
    const coefficients = room.transform();
    assert.deepEqual(coefficients, plainDct64(plane));
    room.clear();
    assert.ok(room.grid.every((value) => value === 0));
    if (room === sharedRoom()) assert.ok(coefficients.every((value) => value === 0));
  }
});

test('without WebAssembly there is no kernel for the transform, and nobody is told off', () => {
  class Forbidden {
    constructor() {
      throw new Error('blocked by Content Security Policy');
    }
  }
  assert.equal(compileTransform(undefined), 'none');
  assert.equal(kernelRoom(new Float64Array(512), 1, { ...api, Module: Forbidden }), undefined);
});
