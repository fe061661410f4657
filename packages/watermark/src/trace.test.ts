import assert from 'node:assert/strict';
import test from 'node:test';
import { landscape, seededRandom } from '@reclaim/raster/landscape.fixture';
import { turnPixels } from '@reclaim/raster/orientation';
import { type Pixels, parsePixels } from '@reclaim/raster/pixels';
import { emptyPlane, type Plane } from '@reclaim/raster/plane';
import { resizePlane } from '@reclaim/raster/resample';
import { type Frame, frameOf } from './canonical.ts';
import { codeKey, orderKey, orderOf } from './code.ts';
import { markCopy, PSNR_RANGE } from './mark.ts';
import { expectedScore } from './residual.ts';
import { LEAST_SIMILARITY, similarityWith } from './similarity.ts';
import { looksFor, traceTogether } from './together.ts';
import { type Candidate, type Traced, traceFeatures, traceSuspect } from './trace.ts';

const secret = new Uint8Array(32).fill(21);
const originalId = new Uint8Array(32).fill(22);
const recipientId = (n: number) => new Uint8Array(16).fill(n);
const keyOf = (n: number) => codeKey(secret, originalId, recipientId(n));

const original = landscape(11, 640, 480);
const traced = tracedOf(original);
const copies = [1, 2, 3, 4, 5].map((n) => markCopy(original, traced.frame, keyOf(n), traced.order));
const candidates: readonly Candidate<number>[] = Array.from({ length: 40 }, (_, i) => ({
  recipient: i + 1,
  key: keyOf(i + 1),
  strength: copies[0]!.strength,
}));

function tracedOf(pixels: Pixels): Traced {
  const made = frameOf(pixels);
  assert.ok(made.ok);
  const { frame } = made;
  const order = orderOf(orderKey(secret, originalId), frame.strength.length);
  return { frame, features: traceFeatures(frame), order };
}

/** The picture with each channel worked on as a plane. */
function reworked(pixels: Pixels, work: (plane: Plane) => Plane): Pixels {
  const planes = [0, 1, 2].map((channel) => {
    const plane = emptyPlane(pixels.width, pixels.height);
    for (let i = 0; i < plane.data.length; i++) plane.data[i] = pixels.data[i * pixels.channels + channel]!;
    return work(plane);
  });
  const { width, height } = planes[0]!;
  const data = new Uint8ClampedArray(width * height * 3);
  for (let i = 0; i < width * height; i++) for (let c = 0; c < 3; c++) data[3 * i + c] = planes[c]!.data[i]!;
  return parsePixels(data, width, height, 3);
}

function cut(pixels: Pixels, x0: number, y0: number, width: number, height: number): Pixels {
  return reworked(pixels, (plane) => {
    const part = emptyPlane(width, height);
    for (let y = 0; y < height; y++)
      part.data.set(
        plane.data.subarray((y0 + y) * plane.width + x0, (y0 + y) * plane.width + x0 + width),
        y * width,
      );
    return part;
  });
}

const named = (suspect: Pixels) => {
  const outcome = traceSuspect(traced, suspect, candidates);
  return outcome.kind === 'match' ? outcome.copies.map(({ recipient }) => recipient) : outcome.kind;
};

test('a copy comes out at 48 dB or better, and its own recipient alone is named', () => {
  for (const [i, copy] of copies.entries()) {
    assert.ok(copy.psnrDb >= 47.95, String(copy.psnrDb));
    assert.deepEqual(named(copy.pixels), [i + 1]);
  }
});

test('what happens to pictures on their way does not hide the recipient', () => {
  const { pixels } = copies[1]!;
  const half = reworked(pixels, (plane) => resizePlane(plane, 320, 240));
  assert.deepEqual(named(half), [2], 'half size');
  assert.deepEqual(named(cut(pixels, 130, 90, 400, 300)), [2], 'a crop of 40 %');
  assert.deepEqual(named(turnPixels(pixels, 'flipX')), [2], 'mirrored');
  assert.deepEqual(named(turnPixels(pixels, 'rot90')), [2], 'turned');
  const brighter = reworked(pixels, (plane) => ({
    ...plane,
    data: plane.data.map((value) => 255 * (value / 255) ** 0.7 + 12),
  }));
  assert.deepEqual(named(brighter), [2], 'brighter, by a curve');
  const covered = reworked(pixels, (plane) => ({
    ...plane,
    data: plane.data.map((value, i) => (i % plane.width < 250 && i < plane.data.length / 2 ? 90 : value)),
  }));
  assert.deepEqual(named(covered), [2], 'a sticker');
});

test('five who average their copies are all named', () => {
  const average = parsePixels(
    Uint8ClampedArray.from(original.data, (_, i) =>
      Math.round(copies.reduce((sum, { pixels }) => sum + pixels.data[i]!, 0) / copies.length),
    ),
    original.width,
    original.height,
    original.channels,
  );
  const found = named(average);
  assert.ok(Array.isArray(found));
  assert.deepEqual(found.toSorted(), [1, 2, 3, 4, 5]);
});

test('the unmarked original, and a copy of somebody who is not listed, name nobody and say so', () => {
  assert.equal(named(original), 'no-match');
  const stranger = markCopy(original, traced.frame, keyOf(99), traced.order);
  assert.equal(named(stranger.pixels), 'no-match');
});

test('another owner’s secret names nobody', () => {
  const theirs = orderOf(orderKey(new Uint8Array(32).fill(1), originalId), traced.order.length);
  const outcome = traceSuspect({ ...traced, order: theirs }, copies[0]!.pixels, candidates);
  assert.equal(outcome.kind, 'no-match');
});

test('an unrelated picture, a plain one and a tiny one end in "cannot tell", each with its reason', () => {
  const reason = (suspect: Pixels) => {
    const outcome = traceSuspect(traced, suspect, candidates);
    return outcome.kind === 'cannot-tell' ? outcome.reason : outcome.kind;
  };
  assert.equal(reason(landscape(500, 640, 480)), 'no-fit');
  assert.equal(reason(parsePixels(new Uint8Array(640 * 480).fill(128), 640, 480, 1)), 'no-detail');
  assert.equal(reason(cut(original, 0, 0, 20, 20)), 'too-small');
});

/** The copy at a quarter of its area under noise: too little of its mark is left for one picture to tell. */
const weak = (seed: number, of: Pixels) => {
  const random = seededRandom(seed);
  return reworked(of, (plane) => {
    const small = resizePlane(plane, 320, 240);
    return {
      ...small,
      data: small.data.map((value) => value + 120 * (random() + random() + random() - 1.5)),
    };
  });
};

test('several pictures of which none tells anything name the copy together, and say that they are several', () => {
  const looks = looksFor(3);
  const traces = [1, 2, 3].map((seed) =>
    traceSuspect(traced, weak(seed, copies[2]!.pixels), candidates, looks),
  );
  for (const trace of traces)
    assert.equal(trace.kind === 'cannot-tell' ? trace.reason : trace.kind, 'too-altered');
  const together = traceTogether(traced.order, traces, candidates);
  assert.ok(together !== undefined);
  assert.deepEqual(
    together.copies.map(({ recipient }) => recipient),
    [3],
  );
  assert.deepEqual(together.suspects, [0, 1, 2]);
  assert.equal(together.trials, 200, 'forty copies, looked at in three pictures and in the two sums of them');
  assert.equal(traceTogether(traced.order, traces.slice(0, 1), candidates), undefined);
});

test('which pictures are added up follows their order alone: what is too altered for one strength is for all below it', () => {
  const residuals = [1, 2, 3].map((seed) => {
    const weights = { squares: 50 * seed, fourths: 900 / seed };
    return { values: new Float32Array(0), weights, covered: 1 };
  });
  for (const residual of residuals)
    for (let strength = 0.05; strength < 2; strength += 0.05)
      assert.ok(expectedScore(residual, strength) < expectedScore(residual, strength + 0.05));
  assert.deepEqual([1, 2, 3, 50].map(looksFor), [1, 3, 5, 99]);
});

test('pictures of nobody’s copy, however many, name nobody together; one that was told already is not added', () => {
  const looks = looksFor(4);
  const innocent = [4, 5, 6].map((seed) => traceSuspect(traced, weak(seed, original), candidates, looks));
  const told = traceSuspect(traced, copies[0]!.pixels, candidates, looks);
  assert.equal(told.kind, 'match');
  assert.equal(traceTogether(traced.order, [...innocent, told], candidates), undefined);
});

test('a copy that lost nearly everything is "too altered", and no name is said', () => {
  const speck = reworked(copies[2]!.pixels, (plane) => resizePlane(plane, 64, 48));
  const outcome = traceSuspect(traced, speck, candidates);
  assert.equal(outcome.kind, 'cannot-tell');
});

test('a ratio at which rounding leaves nothing of a mark is refused; at the highest that is not, the mark is there', () => {
  const [key] = candidates.map((candidate) => candidate.key);
  const { least, most } = PSNR_RANGE;
  for (const ratio of [least - 1, most + 1, Number.NaN])
    assert.throws(() => markCopy(original, traced.frame, key!, traced.order, ratio), /expected 36 to 56 dB/);
  const faintest = markCopy(original, traced.frame, key!, traced.order, most);
  assert.ok(faintest.strength > 0 && Number.isFinite(faintest.psnrDb));
  assert.deepEqual(named(faintest.pixels), [1]);
});

test('an original with a side under 160 pixels has no frame', () => {
  assert.deepEqual(frameOf(landscape(1, 400, 159)), { ok: false, reason: 'too-small' });
});

test('a nearly plain original is marked more faintly than 48 dB, so that it stays as alike as is held, and is traced', () => {
  const plain = parsePixels(
    Uint8ClampedArray.from(landscape(31, 640, 480).data, (value) => 120 + (value - 120) * 0.12),
    640,
    480,
    3,
  );
  const own = tracedOf(plain);
  const asked = markCopy(plain, own.frame, keyOf(3), own.order);
  assert.ok(asked.psnrDb > 48.5, String(asked.psnrDb));
  const added = emptyPlane(640, 480);
  for (let i = 0; i < added.data.length; i++) added.data[i] = asked.pixels.data[3 * i]! - plain.data[3 * i]!;
  assert.ok(similarityWith(plain, added)(1) >= LEAST_SIMILARITY);
  const outcome = traceSuspect(own, asked.pixels, candidates);
  assert.ok(outcome.kind === 'match');
  assert.deepEqual(
    outcome.copies.map(({ recipient }) => recipient),
    [3],
  );
  // Whoever asks for more gets more.
  assert.ok(markCopy(plain, own.frame, keyOf(3), own.order, 44).psnrDb < asked.psnrDb);
});

test('grey and transparent originals are marked in their own channels, alpha untouched', () => {
  const grey = parsePixels(
    Uint8Array.from(
      { length: 320 * 240 },
      (_, i) => original.data[3 * (Math.floor(i / 320) * 640 + (i % 320))]!,
    ),
    320,
    240,
    1,
  );
  const frame: Frame = tracedOf(grey).frame;
  const order = orderOf(orderKey(secret, originalId), frame.strength.length);
  const marked = markCopy(grey, frame, keyOf(1), order);
  assert.equal(marked.pixels.channels, 1);
  assert.ok(marked.psnrDb > 47.9);
  const clear = parsePixels(
    Uint8Array.from({ length: 320 * 240 * 4 }, (_, i) => (i % 4 === 3 ? 77 : grey.data[i >> 2]!)),
    320,
    240,
    4,
  );
  const { pixels } = markCopy(clear, frame, keyOf(1), order);
  assert.ok(pixels.data.every((value, i) => i % 4 !== 3 || value === 77));
});
