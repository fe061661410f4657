/**
 * Which of the matches agree on one way to lay the original over the suspect, and which way that is.
 *
 * 1. Every match alone proposes a similarity, from its two places, sizes and directions; the matches that loosely agree
 *    are its supporters. The proposals with the most are followed (no chance is involved: all are counted).
 * 2. Among the supporters RANSAC (Fischler and Bolles, 1981) looks for an affine map from three and a homography from
 *    four, with samples drawn from a fixed seed, so that every machine draws the same.
 * 3. Least squares over those that agree, again and with less room each time. The votes are the keypoints of the
 *    original, each counted once, that end within the tolerance.
 *
 * Matches without geometry say nothing: 468 of 501 innocent pictures share eight descriptors with some picture.
 * @module
 */

import { drawFrom } from './draw.ts';
import type { Features } from './features.ts';
import { emptyPairs, FEWEST_PAIRS, fitMap, type MapKind, type PointPairs } from './fit-map.ts';
import { apply, compose, type Homography, isPlausible, mirroring } from './homography.ts';
import type { FeatureMatch } from './match-features.ts';

/** What the matches agree on. */
export type Consensus = {
  /** Keypoints of the original that vote, each once. */
  readonly votes: number;
  readonly kind: MapKind;
  /** Whether the suspect was taken as the mirror image. */
  readonly mirrored: boolean;
  /** From the original's samples to the suspect's; a mirrored one for a mirrored suspect. */
  readonly map: Homography;
};

/** How much is wanted. */
export type Ambition = {
  /** Keypoints that must support a proposal, loosely, for it to be followed. */
  readonly least: number;
  /** Votes with which one may stop: whether there is a copy is then said, how it lies only nearly. */
  readonly enough: number;
};

/** The greatest agreement, and the best map. */
export const ALL_THERE_IS: Ambition = { least: 3, enough: Number.POSITIVE_INFINITY };

/** Proposals that are followed to the end, at most. One whose matches another has taken along already is not. */
const FOLLOWED = 5;

/** Samples that RANSAC draws for each model. */
const DRAWS = 60;

/** How far a vote may end from its place: samples of its own level, and a share of the suspect's long side. */
const TOLERANCE = { samples: 2.5, share: 0.004 } as const;

/**
 * The greatest agreement among matches of `original` with `suspect`; undefined where not even three agree. `mirrored`
 * says that the matches were made with the suspect's mirror image.
 */
export function consensusOf(
  original: Features,
  suspect: Features,
  matches: readonly FeatureMatch[],
  mirrored: boolean,
  { least, enough }: Ambition = ALL_THERE_IS,
): Consensus | undefined {
  if (matches.length < Math.max(3, least)) return undefined;
  const ends = endsOf(original, suspect, matches, mirrored);
  let best: Followed | undefined;
  const seen = new Set<number>();
  let left = FOLLOWED;
  for (const { seed, count, supporters } of proposalsOf(ends)) {
    // The most first: what supports these even loosely is less than what was found already.
    const votes = best?.votes ?? 0;
    if (left === 0 || count < least || count <= votes || votes >= enough) break;
    if (seen.has(seed)) continue;
    left--;
    const followed = follow(ends, supporters(), original, enough);
    if (followed === undefined) continue;
    // A supporter's own proposal would end at the same place.
    for (const at of followed.voters) seen.add(at);
    if (best === undefined || followed.votes > best.votes) best = followed;
  }
  if (best === undefined) return undefined;
  return {
    votes: best.votes,
    kind: best.kind,
    mirrored,
    map: mirrored ? compose(mirroring(suspect.width), best.map) : best.map,
  };
}

/**
 * How many keypoints of the original at most support one way to lie in the suspect, loosely: a glance at matches, a
 * hundredth of what a consensus costs.
 */
export function supportOf(
  original: Features,
  suspect: Features,
  matches: readonly FeatureMatch[],
  mirrored: boolean,
): number {
  return proposalsOf(endsOf(original, suspect, matches, mirrored))[0]?.count ?? 0;
}

/** The two ends of each match; the suspect's as in its mirror image where that was matched. */
type Ends = PointPairs & {
  readonly from: Int32Array;
  /** Scale and turn that the match alone says: scale·cosine, scale·sine. */
  readonly turnX: Float64Array;
  readonly turnY: Float64Array;
  /** How far the suspect's end may be off. */
  readonly room: Float64Array;
  readonly long: number;
};

function endsOf(
  original: Features,
  suspect: Features,
  matches: readonly FeatureMatch[],
  mirrored: boolean,
): Ends {
  const pairs = emptyPairs(matches.length);
  const [turnX, turnY] = [new Float64Array(pairs.count), new Float64Array(pairs.count)];
  const room = new Float64Array(pairs.count);
  const froms = new Int32Array(pairs.count);
  const long = Math.max(suspect.width, suspect.height);
  matches.forEach(({ from, to }, at) => {
    froms[at] = from;
    pairs.x[at] = original.x[from]!;
    pairs.y[at] = original.y[from]!;
    pairs.u[at] = mirrored ? suspect.width - suspect.x[to]! : suspect.x[to]!;
    pairs.v[at] = suspect.y[to]!;
    const [c, s] = [original.cosine[from]!, original.sine[from]!];
    const [e, f] = [mirrored ? -suspect.cosine[to]! : suspect.cosine[to]!, suspect.sine[to]!];
    const scale = suspect.size[to]! / original.size[from]!;
    turnX[at] = scale * (c * e + s * f);
    turnY[at] = scale * (c * f - s * e);
    room[at] = TOLERANCE.samples * suspect.size[to]! + TOLERANCE.share * long;
  });
  return { ...pairs, from: froms, turnX, turnY, room, long };
}

type Proposal = {
  readonly seed: number;
  /** Keypoints of the original that support it, each once. */
  readonly count: number;
  readonly supporters: () => readonly number[];
};

function proposalsOf(ends: Ends): readonly Proposal[] {
  const { count, x, y, u, v, turnX, turnY, room, from } = ends;
  const counts = new Int32Array(count);
  const sizes = turnX.map((a, at) => a * a + turnY[at]! * turnY[at]!);
  const supports = (seed: number, at: number): boolean => {
    // Sizes within a factor 1.6 of each other, directions within 37 degrees.
    const own = sizes[seed]!;
    const other = sizes[at]!;
    if (other > 2.56 * own || own > 2.56 * other) return false;
    const [a, b] = [turnX[seed]!, turnY[seed]!];
    const dot = a * turnX[at]! + b * turnY[at]!;
    if (dot <= 0 || dot * dot < 0.64 * own * other) return false;
    const [dx, dy] = [x[at]! - x[seed]!, y[at]! - y[seed]!];
    const offX = u[seed]! + a * dx - b * dy - u[at]!;
    const offY = v[seed]! + b * dx + a * dy - v[at]!;
    // One match knows scale and turn to a tenth or two: the further, the more room.
    const reach = 2 * room[at]! + 0.2 * Math.sqrt(own * (dx * dx + dy * dy));
    return offX * offX + offY * offY <= reach * reach;
  };
  const voted = new Int32Array(1 + from.reduce((most, at) => Math.max(most, at), 0)).fill(-1);
  for (let seed = 0; seed < count; seed++)
    for (let at = 0; at < count; at++)
      if (voted[from[at]!] !== seed && supports(seed, at)) {
        voted[from[at]!] = seed;
        counts[seed]!++;
      }
  return Array.from({ length: count }, (_, at) => at)
    .filter((at) => counts[at]! >= 3)
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .map((seed) => ({
      seed,
      count: counts[seed]!,
      supporters: () => Array.from({ length: count }, (_, at) => at).filter((at) => supports(seed, at)),
    }));
}

type Followed = Omit<Consensus, 'mirrored'> & { readonly voters: readonly number[] };

function follow(
  ends: Ends,
  supporters: readonly number[],
  original: Features,
  enough: number,
): Followed | undefined {
  let best = polish(ends, supporters, 'similarity', undefined, original);
  for (const kind of ['affine', 'homography'] as const) {
    const needed = FEWEST_PAIRS[kind];
    // A richer map fits a few points by chance: it has to earn its place by votes.
    if (supporters.length < 2 * needed || (best?.votes ?? 0) >= enough) break;
    const margin = best === undefined ? 0 : 2;
    for (const start of [best?.map, draw(ends, supporters, kind, original)]) {
      const polished = polish(ends, supporters, kind, start, original);
      if (polished !== undefined && polished.votes >= (best?.votes ?? 0) + margin) best = polished;
    }
  }
  return best;
}

/** The best of `DRAWS` maps through a few supporters each. */
function draw(ends: Ends, supporters: readonly number[], kind: MapKind, original: Features) {
  const next = drawFrom(supporters.length);
  const needed = FEWEST_PAIRS[kind];
  let most = needed;
  let best: Homography | undefined;
  for (let round = 0; round < DRAWS; round++) {
    const sample = Array.from({ length: needed }, () => supporters[next(supporters.length)]!);
    const map = fitMap(kind, some(ends, sample));
    if (map === undefined || !isPlausible(map, original.width, original.height)) continue;
    const votes = votersOf(ends, map, supporters, 1).length;
    if (votes > most) {
      most = votes;
      best = map;
    }
  }
  return best;
}

/** Least squares over those that agree, with less room each time, from a map or from all supporters. */
function polish(
  ends: Ends,
  supporters: readonly number[],
  kind: MapKind,
  start: Homography | undefined,
  original: Features,
): Followed | undefined {
  let voters = start === undefined ? supporters : votersOf(ends, start, supporters, 3);
  let map = start;
  const all = Array.from({ length: ends.count }, (_, at) => at);
  for (const slack of [4, 2.5, 1.6, 1, 1]) {
    const fitted = voters.length >= FEWEST_PAIRS[kind] ? fitMap(kind, some(ends, voters)) : undefined;
    if (fitted === undefined || !isPlausible(fitted, original.width, original.height)) return undefined;
    map = fitted;
    voters = votersOf(ends, map, slack > 1 ? supporters : all, slack);
  }
  return map === undefined ? undefined : { votes: voters.length, kind, map, voters };
}

/** The pairs of some matches, each weighed by how exactly it is known. */
function some(ends: Ends, which: readonly number[]): PointPairs {
  const pairs = emptyPairs(which.length);
  for (const [to, at] of which.entries()) {
    pairs.x[to] = ends.x[at]!;
    pairs.y[to] = ends.y[at]!;
    pairs.u[to] = ends.u[at]!;
    pairs.v[to] = ends.v[at]!;
    pairs.weight[to] = 1 / (ends.room[at]! * ends.room[at]!);
  }
  return pairs;
}

/** Of each keypoint of the original the nearest match that lands within `slack` times its room. */
function votersOf(ends: Ends, map: Homography, among: readonly number[], slack: number): readonly number[] {
  const nearest = new Map<number, { readonly at: number; readonly off: number }>();
  for (const at of among) {
    const [u, v] = apply(map, ends.x[at]!, ends.y[at]!);
    const [offX, offY] = [u - ends.u[at]!, v - ends.v[at]!];
    const room = slack * ends.room[at]!;
    const off = (offX * offX + offY * offY) / (room * room);
    if (!(off <= 1)) continue;
    const from = ends.from[at]!;
    const known = nearest.get(from);
    if (known === undefined || off < known.off) nearest.set(from, { at, off });
  }
  return [...nearest.values()].map(({ at }) => at);
}
