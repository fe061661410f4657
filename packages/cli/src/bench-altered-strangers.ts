/**
 * How many strangers `reclaim bench altered` takes for a protected picture, and how surely.
 *
 * The bank has 100,000 signals: of the photographs, and of random parts of them (30 to 100 % of each side, as a bank takes
 * them: quality from 50, not blank) to fill it up, so that it has the statistics of pictures, plain skies included. A
 * stranger counts as a false match where anything in the bank is near enough, whole or by a window; for the sealed path,
 * where any kept picture is found in it. The bound is that of Clopper and Pearson (1934), one-sided, 95 %.
 * @module
 */

import { isBlank } from '@reclaim/fingerprint/fingerprint';
import { MAX_DISTANCE_BITS, pdq, pdqOrientations } from '@reclaim/fingerprint/pdq';
import { dct64, gradientSum64, hashOf, medianOf, qualityOf } from '@reclaim/fingerprint/pdq-transform';
import { signalBytes } from '@reclaim/fingerprint/signal';
import { MIN_WINDOW_QUALITY, windowPlane, windowsOfPlane } from '@reclaim/fingerprint/windows';
import { createExactIndex, type SealableIndex } from '@reclaim/matching/ring-index';
import { seededRandom } from '@reclaim/raster/landscape.fixture';
import { withWindows } from '@reclaim/raster/window-grid';
import { keptFeatures, localPlane } from '@reclaim/registration/local-features';
import { CopyIndex } from '@reclaim/service/copy-index';
import type { Load } from './bench-altered-pictures.ts';
import type { Figure } from './bench-figure.ts';

/** Signals of the bank that strangers are looked up in. */
const BANK = 100_000;

/** Queries that the index takes at once. */
const QUERIES_AT_ONCE = 64;

/** Looks the strangers up among the photographs, by every scheme. */
export async function falseMatches(
  photographs: readonly Load[],
  strangers: readonly Load[],
  report: (doing: string) => void,
): Promise<readonly Figure[]> {
  report('filling the bank');
  const { index, kept } = await fill(photographs);
  const matched = { plain: 0, orientations: 0, windows24: 0, windows28: 0, windows31: 0, sealed: 0 };
  let asked = 0;
  for (const load of strangers) {
    const picture = await load();
    if (++asked % 100 === 0) report(`strangers: ${asked} of ${strangers.length}`);
    const { quality, hashes } = pdqOrientations(picture);
    const own = quality >= MIN_WINDOW_QUALITY ? hashes.map(signalBytes) : [];
    if (own.length > 0 && index.search(own[0]!, MAX_DISTANCE_BITS).length > 0) matched.plain++;
    const whole = own.length > 0 && index.searchAny(own, MAX_DISTANCE_BITS).length > 0;
    if (whole) matched.orientations++;
    const plane = windowPlane(picture);
    const queries = windowsOfPlane(plane).flatMap(({ value, mirror }) => [
      signalBytes(value),
      signalBytes(mirror),
    ]);
    let nearest = 256;
    for (let from = 0; from < queries.length; from += QUERIES_AT_ONCE)
      for (const { distance } of index.searchAny(queries.slice(from, from + QUERIES_AT_ONCE), 31))
        nearest = Math.min(nearest, distance);
    if (whole || nearest <= 24) matched.windows24++;
    if (whole || nearest <= 28) matched.windows28++;
    if (whole || nearest <= 31) matched.windows31++;
    if (kept.find(localPlane(plane)).length > 0) matched.sealed++;
  }
  if (asked === 0) return [];
  const row = (kind: string, count: number): readonly Figure[] => [
    { id: 'altered.false_matches', value: (100 * count) / asked, unit: '%', size: asked, kind },
    {
      id: 'altered.false_matches_bound',
      value: 100 * upperBound(count, asked),
      unit: '%',
      size: asked,
      kind,
    },
  ];
  return [
    ...row('plain PDQ at 31 bits', matched.plain),
    ...row('eight orientations at 31', matched.orientations),
    ...row('and windows at 24, the shared path', matched.windows24),
    ...row('and windows at 28', matched.windows28),
    ...row('and windows at 31', matched.windows31),
    ...row('the sealed path, all photographs kept', matched.sealed),
  ];
}

async function fill(
  photographs: readonly Load[],
): Promise<{ readonly index: SealableIndex; readonly kept: CopyIndex }> {
  const index = createExactIndex({ seed: 7 });
  const kept = new CopyIndex(13);
  const random = seededRandom(99);
  const room = new Float64Array(64 * 64);
  let id = 0;
  for (const [n, load] of photographs.entries()) {
    const picture = await load();
    index.insert(id++, signalBytes(pdq(picture).hash));
    const plane = windowPlane(picture);
    const features = keptFeatures(localPlane(plane));
    if (features !== undefined) kept.add(n, features);
    // As many of each photograph, so far as it has that many which a bank would take.
    const most = Math.ceil(((n + 1) * BANK) / photographs.length);
    withWindows(plane, (read) => {
      for (let i = 0; id < most && i < (4 * BANK) / photographs.length; i++) {
        const width = plane.width * (0.3 + 0.7 * random());
        const height = plane.height * (0.3 + 0.7 * random());
        const [x, y] = [(plane.width - width) * random(), (plane.height - height) * random()];
        read({ x, y, width, height }, room);
        if (qualityOf(gradientSum64(room, 0).sum) < MIN_WINDOW_QUALITY) continue;
        const coefficients = dct64(room);
        const { median } = medianOf(coefficients);
        if (!isBlank(coefficients, median)) index.insert(id++, signalBytes(hashOf(coefficients, median)));
      }
    });
  }
  index.seal();
  kept.seal();
  return { index, kept };
}

/** The largest rate under which at most `count` of `total` would still be seen in one run of twenty (Clopper, Pearson 1934). */
export function upperBound(count: number, total: number): number {
  let [low, high] = [count / total, 1];
  for (let i = 0; i < 60; i++) {
    const rate = (low + high) / 2;
    // P(X <= count) by logarithms: totals are thousands.
    let term = total * Math.log1p(-rate);
    let sum = Math.exp(term);
    for (let k = 1; k <= count; k++) {
      term += Math.log((total - k + 1) / k) + Math.log(rate / (1 - rate));
      sum += Math.exp(term);
    }
    if (sum > 0.05) low = rate;
    else high = rate;
  }
  return high;
}
