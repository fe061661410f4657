/**
 * Is this suspect a copy of this original, and how does the original lie in it?
 *
 * Features propose (plain and mirrored, always both: a scene that is nearly its own mirror image fits wrongly first),
 * their consensus gives a map, and the pictures themselves decide: the map is refined brightness against brightness, and
 * the patches must be alike. Where features say too little (a thumbnail, a plain wall) the whole frame is tried in its
 * eight turns. The verdict is made of products, sums and square roots alone: the same in a browser and in Node.
 *
 * Limits: what is shared must show some detail; a copy below about 80 samples, drawn anew, or bent as by a page in a
 * book is not found.
 * @module
 */

import { TURNS, type Turn } from '@reclaim/raster/orientation';
import type { Plane } from '@reclaim/raster/plane';
import { ALL_THERE_IS, type Ambition, type Consensus, consensusOf } from './consensus.ts';
import type { Features } from './features.ts';
import type { MapKind } from './fit-map.ts';
import { type Homography, isMirroring } from './homography.ts';
import { matchFeatures } from './match-features.ts';
import { type Refined, refineMap } from './refine.ts';

/** How the original lies in the suspect, or that it does not, and why. */
export type Registration =
  | {
      readonly kind: 'fit';
      /** From the original's samples to the suspect's. */
      readonly map: Homography;
      readonly mapKind: MapKind;
      readonly mirrored: boolean;
      /** Keypoints that agree; 0 where the whole frame was laid over without them. */
      readonly votes: number;
      /** −1..1: how alike the two are where they overlap. */
      readonly agreement: number;
      /** Median of what single patches would still move, in the original's samples. */
      readonly residual: number;
    }
  | { readonly kind: 'none'; readonly reason: NoFitReason };

/**
 * Why there is no fit: a side of under 32 samples; one of the two shows too little to hold on to; nothing that holds.
 */
export type NoFitReason = 'too-small' | 'no-detail' | 'no-fit';

/** The shortest side that is looked at. */
export const SHORTEST_SIDE = 32;

/** Bits that a match may differ by: the design's measured figure. */
export const MATCH_WITHIN = 44;

/** Votes that are enough where the pictures agree at all, and votes below which nothing is looked at. */
const VOTES = { enough: 16, least: 6 } as const;

/** Agreement that is asked: with enough votes, with fewer, with none (the whole frame), and there at a first glance. */
const AGREEMENT = { enoughVotes: 0.3, fewVotes: 0.6, noVotes: 0.75, glance: 0.5 } as const;

/**
 * Agreement below which a part of the copy is covered or drawn over: codecs, filters and noise of the usual attacks were
 * measured at 0.89 and more.
 */
export const LIKENESS_OF_WHOLE = 0.85;

/** Keypoints below which a picture "shows too little". */
const FEWEST_KEYPOINTS = 8;

/**
 * Looks for `original` in `suspect`. The features are those of the same planes; the suspect's were made with
 * `mirrored: true`.
 * @throws {RangeError} where features and planes differ in size, or the suspect's mirrored features are missing
 */
export function register(
  originalFeatures: Features,
  original: Plane,
  suspectFeatures: Features,
  suspect: Plane,
): Registration {
  for (const [plane, features] of [
    [original, originalFeatures],
    [suspect, suspectFeatures],
  ] as const)
    if (plane.width !== features.width || plane.height !== features.height)
      throw new RangeError('register: expected the features of these planes');
  if (Math.min(original.width, original.height, suspect.width, suspect.height) < SHORTEST_SIDE)
    return { kind: 'none', reason: 'too-small' };
  let best: { readonly refined: Refined; readonly votes: number } | undefined;
  for (const { map, votes } of proposalsOf(originalFeatures, suspectFeatures)) {
    const refined = refineMap(original, suspect, map);
    if (refined === undefined) continue;
    const asked = votes >= VOTES.enough ? AGREEMENT.enoughVotes : AGREEMENT.fewVotes;
    if (refined.agreement < asked) continue;
    if (best === undefined || refined.agreement > best.refined.agreement) best = { refined, votes };
  }
  best ??= wholeFrame(original, suspect);
  if (best === undefined) {
    const few = Math.min(originalFeatures.count, suspectFeatures.count) < FEWEST_KEYPOINTS;
    return { kind: 'none', reason: few ? 'no-detail' : 'no-fit' };
  }
  const { refined, votes } = best;
  return {
    kind: 'fit',
    map: refined.map,
    mapKind: refined.kind,
    mirrored: isMirroring(refined.map, original.width / 2, original.height / 2),
    votes,
    agreement: refined.agreement,
    residual: refined.residual,
  };
}

/** What the features propose, the most votes first. Needs no pictures: this is all that a sealed path has. */
export function proposalsOf(
  original: Features,
  suspect: Features,
  ambition: Ambition = ALL_THERE_IS,
): readonly Consensus[] {
  const found: Consensus[] = [];
  for (const mirrored of [false, true]) {
    const matches = matchFeatures(original, suspect, { within: MATCH_WITHIN, ratio: 1, mirrored });
    const consensus = consensusOf(original, suspect, matches, mirrored, ambition);
    if (consensus !== undefined && consensus.votes >= VOTES.least) found.push(consensus);
    if (found.some(({ votes }) => votes >= ambition.enough)) break;
  }
  return found.sort((a, b) => b.votes - a.votes);
}

/** The whole original over the whole suspect, in the turn that is most alike. */
function wholeFrame(
  original: Plane,
  suspect: Plane,
): { readonly refined: Refined; readonly votes: 0 } | undefined {
  let glanced: Refined | undefined;
  for (const turn of TURNS) {
    const glance = refineMap(original, suspect, turnMap(turn, original, suspect), 'glance');
    if (glance !== undefined && glance.agreement > (glanced?.agreement ?? AGREEMENT.glance)) glanced = glance;
  }
  const refined = glanced === undefined ? undefined : refineMap(original, suspect, glanced.map);
  return refined === undefined || refined.agreement < AGREEMENT.noVotes ? undefined : { refined, votes: 0 };
}

/** The map that lays a frame over another, turned. */
function turnMap(turn: Turn, from: Plane, to: Plane): Homography {
  // Where the unit square's axes go: x′ = a·x + b·y + c, y′ = d·x + e·y + f.
  const [a, b, c, d, e, f] = (
    {
      original: [1, 0, 0, 0, 1, 0],
      rot90: [0, 1, 0, -1, 0, 1],
      rot180: [-1, 0, 1, 0, -1, 1],
      rot270: [0, -1, 1, 1, 0, 0],
      flipX: [1, 0, 0, 0, -1, 1],
      flipY: [-1, 0, 1, 0, 1, 0],
      flipPlus1: [0, 1, 0, 1, 0, 0],
      flipMinus1: [0, -1, 1, -1, 0, 1],
    } as const
  )[turn];
  const { width, height } = to;
  return Float64Array.of(
    (a * width) / from.width,
    (b * width) / from.height,
    c * width,
    (d * height) / from.width,
    (e * height) / from.height,
    f * height,
    0,
    0,
    1,
  );
}
