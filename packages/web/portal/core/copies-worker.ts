/**
 * The worker that marks copies of a picture, and that tells which copy another picture derives from.
 *
 * Original, secret, names and copies are in its memory alone, and it lives for one task. Copies are written anew from the
 * pixels, so no place, camera or date of the original is in them.
 * @module
 */

import { sha256 } from '@reclaim/fingerprint/sha256';
import { flattenAlpha } from '@reclaim/raster/alpha';
import type { Pixels } from '@reclaim/raster/pixels';
import { lumaPlane } from '@reclaim/raster/plane';
import { drawAlignment } from '@reclaim/registration/draw-alignment';
import { bundleOf } from '@reclaim/watermark/bundle';
import { frameOf } from '@reclaim/watermark/canonical';
import { codeKey, orderKey, orderOf, RECIPIENT_BYTES, SECRET_BYTES } from '@reclaim/watermark/code';
import { bytesOfHex, hexOfBytes } from '@reclaim/watermark/hex';
import { markCopy } from '@reclaim/watermark/mark';
import { questionOf, type Registered } from '@reclaim/watermark/question';
import {
  lineOf,
  newRegistry,
  parseRegistry,
  type Registry,
  type RegistryCopy,
  type RegistryEntry,
  registryText,
  withEntry,
} from '@reclaim/watermark/registry';
import { logBound } from '@reclaim/watermark/score';
import { looksFor, type Together, traceTogether } from '@reclaim/watermark/together';
import { FEWEST_KEYPOINTS, type Trace, traceFeatures, traceSuspect } from '@reclaim/watermark/trace';
import type {
  CopiesMessage,
  CopiesRefusal,
  CopiesTask,
  FoundMatch,
  MadeCopy,
  MarkOutcome,
  PictureAnswer,
  TraceOutcome,
} from './copies-task.ts';
import { pngOf } from './grey-png.ts';
import { readFile, readPicture } from './read-picture.ts';

type Scope = {
  onmessage: ((event: MessageEvent<CopiesTask>) => void) | null;
  postMessage: (message: CopiesMessage) => void;
};
const scope = globalThis as unknown as Scope;

const say = (phase: 'original' | 'copies' | 'suspect', part: number) =>
  scope.postMessage({ kind: 'phase', phase, part });
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));

/** How copies are written: what is lost at this quality a mark survives with ease. */
const JPEG_QUALITY = 0.95;

scope.onmessage = async ({ data: task }) => {
  const outcome = task.kind === 'mark' ? await mark(task) : await trace(task);
  scope.postMessage({ kind: 'done', outcome });
};

type Read =
  | { readonly ok: true; readonly pixels: Pixels; readonly sha256: string }
  | { readonly ok: false; readonly reason: CopiesRefusal };

async function read(file: Blob): Promise<Read> {
  const bytes = await readFile(file);
  if (!bytes.ok) return bytes;
  const digest = await sha256(bytes.bytes);
  const picture = await readPicture(bytes.bytes, () => undefined);
  if (!picture.ok) return picture;
  return { ok: true, pixels: flattenAlpha(picture.pixels), sha256: digest };
}

async function mark(task: CopiesTask & { kind: 'mark' }): Promise<MarkOutcome> {
  const stop = (reason: CopiesRefusal): MarkOutcome => ({ kind: 'stopped', file: 'original', reason });
  say('original', 0);
  const before =
    task.registry === undefined
      ? ({ ok: true, registry: newRegistry(random(SECRET_BYTES)) } as const)
      : parseRegistry(task.registry);
  if (!before.ok) return stop(before.reason === 'not-a-registry' ? 'not-a-registry' : 'registry-changed');
  const original = await read(task.original);
  if (!original.ok) return stop(original.reason);
  const framed = frameOf(original.pixels);
  if (!framed.ok) return stop('too-small');
  const { frame } = framed;
  if (traceFeatures(frame).count < FEWEST_KEYPOINTS) return stop('too-plain');
  const secret = bytesOfHex(before.registry.secret);
  const id = bytesOfHex(original.sha256);
  const order = orderOf(orderKey(secret, id), frame.strength.length);
  const made: MadeCopy[] = [];
  const copies: RegistryCopy[] = [];
  const digits = Math.max(2, String(task.names.length).length);
  for (const [at, name] of task.names.entries()) {
    say('copies', at / task.names.length);
    const recipient = random(RECIPIENT_BYTES);
    const { pixels, psnrDb, strength } = markCopy(
      original.pixels,
      frame,
      codeKey(secret, id, recipient),
      order,
    );
    const blob = await jpegOf(pixels);
    made.push({ file: `copy-${String(at + 1).padStart(digits, '0')}.jpg`, name, blob });
    copies.push({
      recipient: hexOfBytes(recipient),
      name,
      salt: hexOfBytes(random(32)),
      file: await sha256(new Uint8Array(await blob.arrayBuffer())),
      strength,
      psnrDb: Number.isFinite(psnrDb) ? psnrDb : null,
    });
  }
  const registry = withEntry(before.registry, {
    at: new Date().toISOString(),
    original: original.sha256,
    frame: [frame.width, frame.height],
    copies,
  });
  const entry = lastEntry(registry);
  const line = lineOf(registry.secret, entry);
  return { kind: 'marked', copies: made, registry: registryText(registry), line, seq: entry.seq };
}

function lastEntry({ entries }: Registry): RegistryEntry {
  return entries[entries.length - 1]!;
}

async function trace(task: CopiesTask & { kind: 'trace' }): Promise<TraceOutcome> {
  say('original', 0);
  const stop = (file: 'original' | 'registry' | 'suspect', reason: CopiesRefusal): TraceOutcome => ({
    kind: 'stopped',
    file,
    reason,
  });
  const known = parseRegistry(task.registry);
  if (!known.ok)
    return stop('registry', known.reason === 'not-a-registry' ? 'not-a-registry' : 'registry-changed');
  const original = await read(task.original);
  if (!original.ok) return stop('original', original.reason);
  const framed = frameOf(original.pixels);
  if (!framed.ok) return stop('original', 'too-small');
  const question = questionOf(known.registry, original.sha256, framed.frame);
  if (!question.ok) return stop('original', 'not-registered');
  original.pixels.data.fill(0);
  const { traced, candidates } = question;
  const count = task.suspects.length;
  const traces: Trace<Registered>[] = [];
  const digests: string[] = [];
  const pictures: PictureAnswer[] = [];
  for (const [at, file] of task.suspects.entries()) {
    say('suspect', at / count);
    const suspect = await read(file);
    digests.push(suspect.ok ? suspect.sha256 : '');
    if (!suspect.ok) {
      // In its place, so that the places of the others stay what they are: nothing could be laid over anything.
      traces.push({ kind: 'cannot-tell', reason: 'no-fit' });
      pictures.push({ kind: 'unread', reason: suspect.reason });
      continue;
    }
    const found = traceSuspect(traced, suspect.pixels, candidates, looksFor(count));
    traces.push(found);
    if (found.kind === 'cannot-tell') {
      pictures.push({ kind: 'cannot-tell', reason: found.reason });
      continue;
    }
    const { luma } = framed.frame;
    const drawing = await pngOf(drawAlignment(luma, lumaPlane(suspect.pixels), found.lay.map));
    pictures.push(
      found.kind === 'match'
        ? { ...matchOf(known.registry, found, [suspect.sha256]), drawing }
        : { kind: 'no-match', drawing },
    );
  }
  const together = traceTogether(traced.order, traces, candidates);
  return {
    kind: 'answered',
    pictures,
    together:
      together === undefined
        ? undefined
        : {
            ...matchOf(
              known.registry,
              together,
              together.suspects.map((at) => digests[at]!),
            ),
            pictures: together.suspects,
          },
  };
}

/** A match as the page is told of it. */
function matchOf(
  registry: Registry,
  found: Pick<Together<Registered>, 'copies' | 'trials' | 'row'>,
  suspectSha256s: readonly string[],
): FoundMatch {
  const lowest = Math.min(...found.copies.map(({ score }) => score));
  const [suspect, ...also] = suspectSha256s;
  return {
    kind: 'match',
    copies: found.copies.map(({ recipient: { copy, entry }, score }) => ({
      name: copy.name,
      at: entry.at,
      line: lineOf(registry.secret, entry),
      stamps: entry.stamps,
      bundle: JSON.stringify(
        bundleOf(registry, entry.seq, {
          recipient: copy.recipient,
          score,
          trials: found.trials,
          row: found.row,
          suspect: suspect!,
          also,
        }),
      ),
    })),
    log10: logBound(lowest, found.trials) / Math.LN10,
    comparisons: found.trials,
    suspectSha256s,
  };
}

async function jpegOf({ width, height, data }: Pixels): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { colorSpace: 'srgb' });
  if (context === null) throw new RangeError('copies: expected room for a canvas');
  const image = context.createImageData(width, height);
  for (let from = 0, to = 0; from < data.length; from += 3, to += 4) {
    image.data[to] = data[from]!;
    image.data[to + 1] = data[from + 1]!;
    image.data[to + 2] = data[from + 2]!;
    image.data[to + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: JPEG_QUALITY });
  canvas.width = 1;
  canvas.height = 1;
  return blob;
}
