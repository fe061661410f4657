import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { landscape, seededRandom } from '@reclaim/raster/landscape.fixture';
import { lumaPlane, type Plane } from '@reclaim/raster/plane';
import { resizePlane } from '@reclaim/raster/resample';
import { featureKernelSource } from '../assembly/feature-kernel.ts';
import { compileFeatures, keptFeatureBytes, plainLevels, withLevels } from './feature-kernel.ts';
import { featuresOf } from './features.ts';

function noise(width: number, height: number): Plane {
  const random = seededRandom(3);
  return { width, height, data: new Float32Array(width * height).map(() => 255 * random()) };
}

const LEVELS: readonly Plane[] = [
  lumaPlane(landscape(1, 320, 240)),
  resizePlane(lumaPlane(landscape(2, 320, 240)), 203, 171),
  noise(67, 50),
  { width: 61, height: 44, data: new Float32Array(61 * 44).fill(9) },
];

test('the feature kernel in the source is the one that its assembly makes', () => {
  const kept = readFileSync(path.join(import.meta.dirname, 'feature-kernel-bytes.ts'), 'utf8');
  assert.equal(kept, featureKernelSource(), 'run node tools/build-wasm.ts');
});

test('kernel and TypeScript have the same strengths and the same smoothed levels to the last bit', () => {
  withLevels(320, 240, (fast) => {
    assert.notEqual(fast, plainLevels);
    for (const level of LEVELS) {
      const { width, height } = level;
      const byKernel = fast.strengths(level);
      const byHand = plainLevels.strengths(level);
      for (let y = 3; y < height - 3; y++)
        assert.deepEqual(
          byKernel.slice(y * width + 3, (y + 1) * width - 3),
          byHand.slice(y * width + 3, (y + 1) * width - 3),
        );
      assert.deepEqual(fast.smooth(level).data.slice(), plainLevels.smooth(level).data);
    }
  });
});

test('features are the same where the kernel is taken', () => {
  const options = { side: 256, most: 200, mirrored: true };
  const alone = featuresOf(LEVELS[0]!, options);
  withLevels(64, 64, () => assert.deepEqual(featuresOf(LEVELS[0]!, options), alone));
});

test('nothing of a picture stays in the memory of the feature kernel', () => {
  featuresOf(LEVELS[1]!, { side: 200, most: 50, mirrored: false });
  assert.equal(keptFeatureBytes(), 0);
  assert.equal(compileFeatures(undefined), 'none');
});
