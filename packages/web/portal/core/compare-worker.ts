/**
 * The worker that looks for the person's own picture in another file: both are read, laid over each other, and forgotten.
 *
 * Nothing leaves the device, not even a fingerprint. One decoded picture is in memory at a time: each is brought down to
 * what is compared before the next is read.
 * @module
 */

import { lumaPlane, type Plane } from '@reclaim/raster/plane';
import { fitPlane } from '@reclaim/raster/resample';
import { alterationOf, isWhole } from '@reclaim/registration/alteration';
import { drawAlignment } from '@reclaim/registration/draw-alignment';
import { findCopy, LOOK_SIDE } from '@reclaim/registration/find-copy';
import { LIKENESS_OF_WHOLE } from '@reclaim/registration/register';
import type { CompareMessage, CompareOutcome, ComparePhase, CompareTask } from './compare-task.ts';
import type { FingerprintRefusal } from './fingerprint-task.ts';
import { pngOf } from './grey-png.ts';
import { readFile, readPicture } from './read-picture.ts';

type Scope = {
  onmessage: ((event: MessageEvent<CompareTask>) => void) | null;
  postMessage: (message: CompareMessage) => void;
};
const scope = globalThis as unknown as Scope;

scope.onmessage = async ({ data: task }) => {
  scope.postMessage({ kind: 'done', outcome: await compare(task) });
};

async function compare(task: CompareTask): Promise<CompareOutcome> {
  const onPhase = (phase: ComparePhase) => scope.postMessage({ kind: 'phase', phase });
  const planes: Plane[] = [];
  for (const file of ['mine', 'suspect'] as const) {
    onPhase(file);
    const plane = await planeOf(task[file]);
    if (typeof plane === 'string') return { kind: 'stopped', file, reason: plane };
    planes.push(plane);
  }
  onPhase('comparing');
  const [mine, suspect] = planes as [Plane, Plane];
  const found = findCopy(mine, suspect);
  if (found.kind === 'none') return found;
  const alteration = alterationOf(found.map, mine, suspect);
  return {
    kind: 'copy',
    whole: isWhole(alteration),
    differs: found.agreement < LIKENESS_OF_WHOLE,
    alteration,
    drawing: await pngOf(drawAlignment(mine, suspect, found.map)),
  };
}

/** The picture's brightness at the size that is looked at, or why there is none. */
async function planeOf(file: Blob): Promise<Plane | FingerprintRefusal> {
  const read = await readFile(file);
  if (!read.ok) return read.reason;
  const picture = await readPicture(read.bytes, () => undefined);
  if (!picture.ok) return picture.reason;
  try {
    return fitPlane(lumaPlane(picture.pixels), LOOK_SIDE);
  } catch {
    return 'no-memory';
  } finally {
    picture.pixels.data.fill(0);
  }
}
