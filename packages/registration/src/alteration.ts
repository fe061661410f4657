/**
 * What a map says in words a person has: mirrored, turned by so much, at such a size, so much of it cut away.
 *
 * For showing, never for deciding: the angle goes through the machine's arctangent, and all is rounded.
 * @module
 */

import type { Plane } from '@reclaim/raster/plane';
import { apply, derivative, type Homography, inverse } from './homography.ts';

/** How a copy differs in shape from its original. */
export type Alteration = {
  /** Left and right changed (before the turn). */
  readonly mirrored: boolean;
  /** Clockwise, −180..180, to a tenth. */
  readonly turnDegrees: number;
  /** Samples of the copy for one of the original, along a side; to three digits after the point. */
  readonly scale: number;
  /** How much wider than high one sample of the original has become; 1 where its shape was kept. */
  readonly aspect: number;
  /** 0..1: how much of the original the copy shows. */
  readonly shown: number;
  /** 0..1: how much of the copy is the original; the rest is bars, a page, other pictures. */
  readonly covers: number;
  /** 0..1: how far perspective moves a point at most, as a share of the copy's diagonal; 0 for a flat copy. */
  readonly perspective: number;
};

/** The least difference that is one: below it a codec's rounding or a missing row of pixels explains it. */
const SLIGHT = { turnDegrees: 0.3, aspect: 0.01, share: 0.985, perspective: 0.004 } as const;

/** Points along each side of the grid on which shares are counted. */
const GRID = 160;

/** Describes a map from `original` to `suspect`, two sizes. */
export function alterationOf(
  map: Homography,
  original: Pick<Plane, 'width' | 'height'>,
  suspect: Pick<Plane, 'width' | 'height'>,
): Alteration {
  const back = inverse(map) ?? map;
  const shown = insideOf(map, original, suspect);
  const covers = insideOf(back, suspect, original);
  const [x, y] = shown.middle;
  const [p, b, q, d] = derivative(map, x, y);
  const mirrored = p * d - b * q < 0;
  const [a, c] = mirrored ? [-p, -q] : [p, q];
  const turn = (Math.atan2(c - b, a + d) * 180) / Math.PI;
  const [u, v] = apply(map, x, y);
  let bent = 0;
  for (const [px, py] of shown.points) {
    const [mu, mv] = apply(map, px, py);
    const [fu, fv] = [u + p * (px - x) + b * (py - y), v + q * (px - x) + d * (py - y)];
    bent = Math.max(bent, Math.hypot(mu - fu, mv - fv));
  }
  return {
    mirrored,
    turnDegrees: rounded(turn, 10),
    scale: rounded(Math.sqrt(Math.abs(p * d - b * q)), 1000),
    aspect: rounded(Math.hypot(p, q) / Math.hypot(b, d), 1000),
    shown: rounded(shown.share, 1000),
    covers: rounded(covers.share, 1000),
    perspective: rounded(bent / Math.hypot(suspect.width, suspect.height), 1000),
  };
}

/** Whether the copy shows the whole original upright and nothing else: at most the size and the encoding changed. */
export function isWhole(alteration: Alteration): boolean {
  return (
    !alteration.mirrored &&
    Math.abs(alteration.turnDegrees) <= SLIGHT.turnDegrees &&
    Math.abs(alteration.aspect - 1) <= SLIGHT.aspect &&
    alteration.shown >= SLIGHT.share &&
    alteration.covers >= SLIGHT.share &&
    alteration.perspective <= SLIGHT.perspective
  );
}

type Size = Pick<Plane, 'width' | 'height'>;

type Inside = {
  readonly share: number;
  readonly middle: readonly [number, number];
  readonly points: readonly (readonly [number, number])[];
};

/** The points of a grid over `from` that land in `to`, their share and their middle. */
function insideOf(map: Homography, from: Size, to: Size): Inside {
  const points: (readonly [number, number])[] = [];
  let [sumX, sumY] = [0, 0];
  for (let j = 0; j < GRID; j++)
    for (let i = 0; i < GRID; i++) {
      const x = ((i + 0.5) * from.width) / GRID;
      const y = ((j + 0.5) * from.height) / GRID;
      const w = map[6]! * x + map[7]! * y + map[8]!;
      const [u, v] = apply(map, x, y);
      if (!(w > 0 && u >= 0 && v >= 0 && u <= to.width && v <= to.height)) continue;
      points.push([x, y]);
      sumX += x;
      sumY += y;
    }
  const middle =
    points.length === 0
      ? ([from.width / 2, from.height / 2] as const)
      : ([sumX / points.length, sumY / points.length] as const);
  return { share: points.length / (GRID * GRID), middle, points };
}

function rounded(value: number, per: number): number {
  // + 0 makes a plain zero of a negative one.
  return Math.round(value * per) / per + 0;
}
