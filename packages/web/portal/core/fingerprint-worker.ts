/**
 * The worker that reads a picture: bytes → header → pixels of the upright picture in sRGB → PDQ → forgotten.
 *
 * What crosses back is one outcome. The file's bytes, the decoded picture and the canvas are emptied before it is sent;
 * a worker that ends takes the rest with it.
 *
 * How the pixels come about, and that they are the service's, is in `read-picture.ts`.
 * @module
 */

import { pdqSignalOf } from '@reclaim/fingerprint/fingerprint';
import { sha256 } from '@reclaim/fingerprint/sha256';
import type { Sha256Signal } from '@reclaim/fingerprint/signal';
import type { Pixels } from '@reclaim/raster/pixels';
import { type CropProposal, clampRect, proposeCrop, type Rect, smallLuma } from './crop.ts';
import type {
  FingerprintMessage,
  FingerprintOutcome,
  FingerprintPhase,
  FingerprintTask,
} from './fingerprint-task.ts';
import { readFile, readPicture } from './read-picture.ts';

type Scope = {
  onmessage: ((event: MessageEvent<FingerprintTask>) => void) | null;
  postMessage: (message: FingerprintMessage) => void;
};
const scope = globalThis as unknown as Scope;

scope.onmessage = async ({ data: task }) => {
  const onPhase = (phase: FingerprintPhase) => scope.postMessage({ id: task.id, kind: 'phase', phase });
  const outcome = await fingerprintOf(task, onPhase);
  scope.postMessage({ id: task.id, kind: 'done', outcome });
};

async function fingerprintOf(
  task: FingerprintTask,
  onPhase: (phase: FingerprintPhase) => void,
): Promise<FingerprintOutcome> {
  const { file, exact, crop } = task;
  onPhase('reading');
  const read = await readFile(file);
  if (!read.ok) return read;
  const digest: { readonly sha256?: Sha256Signal } = exact
    ? { sha256: { kind: 'sha256', value: await sha256(read.bytes) } }
    : {};
  const picture = await readPicture(read.bytes, onPhase);
  if (!picture.ok) return { ...picture, ...digest };
  const { pixels, frames } = picture;

  onPhase('measuring');
  const { width, height } = pixels;
  const proposal: CropProposal = crop ? { kind: 'none' } : proposeCrop(smallLuma(pixels));
  const part = crop ? cut(pixels, clampRect(crop, width, height)) : pixels;
  const pdq = pdqSignalOf(part);
  part.data.fill(0);
  pixels.data.fill(0);
  if (!pdq.ok) return { ok: false, reason: pdq.reason, ...digest };
  return {
    ok: true,
    pdq: pdq.signal,
    ...digest,
    width,
    height,
    crop: proposal,
    notes: frames ? ['first-frame-only'] : [],
  };
}

function cut(pixels: Pixels, rect: Rect): Pixels {
  const { channels, data } = pixels;
  const part = new Uint8ClampedArray(rect.width * rect.height * channels);
  for (let y = 0; y < rect.height; y++) {
    const from = ((rect.y + y) * pixels.width + rect.x) * channels;
    part.set(data.subarray(from, from + rect.width * channels), y * rect.width * channels);
  }
  return { width: rect.width, height: rect.height, channels, data: part };
}
