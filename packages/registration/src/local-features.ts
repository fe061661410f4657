/**
 * Features of a copy that a platform may keep, and what they find: 128 keypoints of a confirmed copy, looked for among
 * the 400 of an upload, plain and mirrored, verified by geometry.
 *
 * 128 places and descriptors are as telling as a thumbnail. So they are made only where the picture is already and a
 * person has confirmed it, are sealed at rest, and serve one purpose: to open a review. As bytes they have one form:
 * a head (format "rf2", the sizes, the count) and 40 bytes a keypoint, little-endian.
 * @module
 */

import type { Pixels } from '@reclaim/raster/pixels';
import { emptyPlane, lumaPlane, type Plane } from '@reclaim/raster/plane';
import { shrinkLuma } from '@reclaim/raster/shrink';
import type { Ambition } from './consensus.ts';
import {
  emptyFeatures,
  FEATURES_FORMAT,
  type FeatureOptions,
  type Features,
  featuresOf,
} from './features.ts';
import { apply, type Homography } from './homography.ts';
import { DESCRIPTOR_WORDS } from './pattern.ts';
import { proposalsOf } from './register.ts';

/** Keypoints kept of a confirmed copy, at most. */
export const KEPT_KEYPOINTS = 128;

/**
 * Keypoints of one original that must agree on one way to lie in the upload. Of photographs, altered in the hardest ways,
 * nearly all have 17 or more and strangers 7; drawn landscapes, whose trees are alike, had up to 15 with each other.
 */
export const LOCAL_VOTES = 16;

/** Longest side of the grey plane that local features are made of: the one that windows are read from. */
export const LOCAL_SIDE = 512;

/** Keypoints that must support a way loosely before it is looked at closely: votes are found among them and a few more. */
const WANTED: Ambition = { least: 10, enough: LOCAL_VOTES };

/** Votes below which a way is no trace of the copy. */
const LEAST_VOTES = 8;

/** Around the frame that is looked at again: samples, a share of its longer side; its least side; its most of the upload. */
const FRAME_ROOM = { samples: 8, share: 0.03, least: 48, most: 0.8 } as const;

/** A part of an upload's `localPlane`, in whole samples. */
export type Frame = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** What `findKept` saw of a kept copy. */
export type Sighting =
  | { readonly kind: 'found'; readonly votes: number; readonly mirrored: boolean }
  | { readonly kind: 'faint'; readonly votes: number; readonly frame: Frame };

const KEPT: FeatureOptions = { side: LOCAL_SIDE, most: KEPT_KEYPOINTS, mirrored: false };
const ASKED: FeatureOptions = { side: LOCAL_SIDE, most: 400, mirrored: true };

/** The plane that local features are made of: of a picture, or of its small grey plane (fingerprint's `windowPlane`). */
export function localPlane(picture: Pixels): Plane {
  return lumaPlane(shrinkLuma(picture, LOCAL_SIDE));
}

/** The features of a confirmed copy, of its `localPlane`; undefined where it has too few to be found by. */
export function keptFeatures(plane: Plane): Features | undefined {
  const features = featuresOf(plane, KEPT);
  return features.count < 2 * LOCAL_VOTES ? undefined : features;
}

/** The features of an upload, of its `localPlane`. */
export function askedFeatures(plane: Plane): Features {
  return featuresOf(plane, ASKED);
}

/** The features of what a frame of an upload's `localPlane` shows: as many as the whole upload gave, all of them in there. */
export function featuresInside(plane: Plane, { x, y, width, height }: Frame): Features {
  const part = emptyPlane(width, height);
  for (let row = 0; row < height; row++) {
    const from = (y + row) * plane.width + x;
    part.data.set(plane.data.subarray(from, from + width), row * width);
  }
  return askedFeatures(part);
}

/**
 * What the upload shows of the kept copy: the copy; or where it may be, too faintly to say so (`LEAST_VOTES` and more
 * agree): a small picture in a page full of letters has few of the upload's keypoints. `featuresInside` of that frame
 * have more of them, and are asked by the same measure. Undefined where there is nothing.
 */
export function findKept(kept: Features, upload: Features): Sighting | undefined {
  const best = proposalsOf(kept, upload, WANTED)[0];
  if (best === undefined) return undefined;
  const { votes, mirrored } = best;
  if (votes >= LOCAL_VOTES) return { kind: 'found', votes, mirrored };
  if (votes < LEAST_VOTES) return undefined;
  const frame = frameOf(kept, upload, best.map);
  return frame === undefined ? undefined : { kind: 'faint', votes, frame };
}

/** Where the kept copy's corners end in the upload, with some room; undefined where a closer look shows nothing new. */
function frameOf(kept: Features, { width, height }: Features, map: Homography): Frame | undefined {
  const corners = [0, kept.width].flatMap((x) => [0, kept.height].map((y) => apply(map, x, y)));
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const room =
    FRAME_ROOM.samples +
    FRAME_ROOM.share * Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
  const x = Math.max(0, Math.floor(Math.min(...xs) - room));
  const y = Math.max(0, Math.floor(Math.min(...ys) - room));
  const frame = {
    x,
    y,
    width: Math.min(width, Math.ceil(Math.max(...xs) + room)) - x,
    height: Math.min(height, Math.ceil(Math.max(...ys) + room)) - y,
  };
  const seen = Math.min(frame.width, frame.height) >= FRAME_ROOM.least;
  return seen && frame.width * frame.height <= FRAME_ROOM.most * width * height ? frame : undefined;
}

const HEAD = FEATURES_FORMAT.length + 2 * 4 + 2;
const EACH = 8 + 4 * DESCRIPTOR_WORDS;

/** Sizes are kept in sixteenths of a sample. */
const SIZE_STEP = 1 / 16;

/** The features as bytes, about 5 KB for 128. Places to a fiftieth of a sample, directions to a degree. */
export function featureBytes(features: Features): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEAD + features.count * EACH);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < FEATURES_FORMAT.length; i++) bytes[i] = FEATURES_FORMAT.charCodeAt(i);
  let at = FEATURES_FORMAT.length;
  view.setUint32(at, features.width, true);
  view.setUint32(at + 4, features.height, true);
  view.setUint16(at + 8, features.count, true);
  at = HEAD;
  for (let i = 0; i < features.count; i++, at += EACH) {
    view.setUint16(at, Math.round((features.x[i]! / features.width) * 65_535), true);
    view.setUint16(at + 2, Math.round((features.y[i]! / features.height) * 65_535), true);
    view.setInt8(at + 4, Math.round(features.cosine[i]! * 127));
    view.setInt8(at + 5, Math.round(features.sine[i]! * 127));
    view.setUint16(at + 6, Math.min(65_535, Math.round(features.size[i]! / SIZE_STEP)), true);
    for (let word = 0; word < DESCRIPTOR_WORDS; word++)
      view.setUint32(at + 8 + 4 * word, features.bits[i * DESCRIPTOR_WORDS + word]!, true);
  }
  return bytes;
}

/**
 * The features that `featureBytes` wrote; undefined for anything else, also for another format: what an earlier version
 * kept is not compared with what this one sees.
 */
export function parseFeatures(bytes: Uint8Array): Features | undefined {
  if (bytes.length < HEAD) return undefined;
  const format = String.fromCharCode(...bytes.subarray(0, FEATURES_FORMAT.length));
  if (format !== FEATURES_FORMAT) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = FEATURES_FORMAT.length;
  const width = view.getUint32(at, true);
  const height = view.getUint32(at + 4, true);
  const count = view.getUint16(at + 8, true);
  if (width === 0 || height === 0 || count > KEPT_KEYPOINTS || bytes.length !== HEAD + count * EACH)
    return undefined;
  const features = emptyFeatures(width, height, count, false);
  at = HEAD;
  for (let i = 0; i < count; i++, at += EACH) {
    features.x[i] = (view.getUint16(at, true) / 65_535) * width;
    features.y[i] = (view.getUint16(at + 2, true) / 65_535) * height;
    const [c, s] = [view.getInt8(at + 4), view.getInt8(at + 5)];
    const length = Math.sqrt(c * c + s * s);
    const size = view.getUint16(at + 6, true) * SIZE_STEP;
    if (length === 0 || size === 0) return undefined;
    features.cosine[i] = c / length;
    features.sine[i] = s / length;
    features.size[i] = size;
    for (let word = 0; word < DESCRIPTOR_WORDS; word++)
      features.bits[i * DESCRIPTOR_WORDS + word] = view.getUint32(at + 8 + 4 * word, true);
  }
  return features;
}
