import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { windowKernelSource } from '../assembly/window-kernel.ts';
import { bestRuns, edgeMasks, edgeSums, plainEdges } from './edge-masks.ts';
import { landscape, seededRandom } from './landscape.fixture.ts';
import { greyPixels } from './luma.ts';
import { turnPixels } from './orientation.ts';
import { type Pixels, parsePixels } from './pixels.ts';
import { withWindows } from './window-grid.ts';
import { compileWindows, keptWindowBytes, kernelEdges } from './window-kernel.ts';

const PLANES: readonly Pixels[] = [
  greyPixels(landscape(1, 512, 384)),
  greyPixels(landscape(2, 333, 500)),
  greyPixels(landscape(3, 130, 61)),
  parsePixels(noise(301 * 207), 301, 207, 1),
  parsePixels(new Uint8Array(400 * 300).fill(255), 400, 300, 1),
];

function noise(count: number): Uint8Array {
  const random = seededRandom(8);
  return Uint8Array.from({ length: count }, () => Math.floor(256 * random()));
}

test('the window kernel in the source is the one that its assembly makes', () => {
  const kept = readFileSync(path.join(import.meta.dirname, 'window-kernel-bytes.ts'), 'utf8');
  assert.equal(kept, windowKernelSource(), 'run node tools/build-wasm.ts');
});

test('kernel and TypeScript read the same windows to the last bit, inside the plane and out of it', () => {
  const random = seededRandom(6);
  const [fast, plain] = [new Float64Array(4096), new Float64Array(4096)];
  for (const plane of PLANES)
    withWindows(plane, (byKernel) =>
      // The kernel takes one plane at a time: a second reader does without.
      withWindows(plane, (byHand) => {
        const { width, height } = plane;
        const places = Array.from({ length: 30 }, () => {
          const [wide, tall] = [width * (0.1 + 0.9 * random()), height * (0.2 + 0.8 * random())];
          return { x: (width - wide) * random(), y: (height - tall) * random(), width: wide, height: tall };
        });
        places.push(
          { x: 0, y: 0, width, height },
          { x: -9.5, y: -7, width: 1.05 * width, height: 1.05 * height },
          { x: 0, y: 0, width: 16, height: 16 },
          { x: width - 32, y: height - 40, width: 32, height: 40 },
        );
        for (const place of places) assert.deepEqual(byKernel(place, fast), byHand(place, plain));
      }),
    );
});

test('kernel and TypeScript see the same edges', () => {
  for (const plane of PLANES) {
    const { width, height, data } = plane;
    const { rows, columns } = kernelEdges(data, width, height, 3)!;
    assert.deepEqual(rows, plainEdges(data, height, width, 3));
    assert.deepEqual(columns, plainEdges(turnPixels(plane, 'flipPlus1').data, width, height, 3));
  }
});

test('the best run of a line is that of its bits one by one', () => {
  const masks = edgeMasks(PLANES[3]!, 40).rows;
  const runs = bestRuns(masks);
  for (let line = 1; line < masks.count; line++) {
    const sums = edgeSums(masks, line);
    let [run, best] = [0, 0];
    for (let i = 0; i < masks.length; i++) {
      run = Math.max(0, run + (sums[i + 1]! > sums[i]! ? 1 : -1));
      best = Math.max(best, run);
    }
    assert.equal(runs[line], best);
  }
});

test('nothing of a plane stays in the kernel that outlives the call, whatever happens in it', () => {
  for (const plane of PLANES) {
    withWindows(plane, (read) => read({ x: 0, y: 0, width: 40, height: 40 }, new Float64Array(4096)));
    assert.equal(keptWindowBytes(), 0);
    assert.throws(() =>
      withWindows(plane, () => {
        throw new Error('in between');
      }),
    );
    edgeMasks(plane, 3);
    assert.equal(keptWindowBytes(), 0);
  }
});

test('planes that windows cannot be read of are refused, and windows too wide', () => {
  assert.throws(() => withWindows(parsePixels(new Uint8Array(15 * 40), 15, 40, 1), () => 0), /sides >= 16/);
  assert.throws(
    () =>
      withWindows(PLANES[0]!, (read) => read({ x: 0, y: 0, width: 641, height: 9 }, new Float64Array(4096))),
    /sides <= 640/,
  );
  assert.equal(compileWindows(undefined), 'none');
});
