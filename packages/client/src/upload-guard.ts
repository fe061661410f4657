/**
 * The guard at the upload door of a platform: publish, hold or refuse.
 *
 * It fails closed. `publish` has one way only: the file was decoded whole, the node answered, and its verdict on this
 * item is `pass`. Everything else that the node or the network does, is `hold`.
 *
 * | what happened                                           | answer                                        |
 * |---------------------------------------------------------|-----------------------------------------------|
 * | no picture, or one that our decoder cannot judge        | refuse: says what is wrong with the file       |
 * | more than 64 MiB                                        | refuse `too-large`                            |
 * | broken off or damaged                                   | refuse `image-damaged`                        |
 * | several frames or pages                                 | refuse `several-pictures`, unless allowed     |
 * | verdict `pass`                                          | publish                                       |
 * | verdict `review` or `block`                             | hold                                          |
 * | node away, slow, busy, full, key refused, answer absurd | hold with `retry: true`: ask again later      |
 *
 * A refusal speaks of the file alone and, with local hashing, falls before anything is asked about matches: it tells an
 * uploader nothing of them. `review` and `block` are one answer on purpose.
 * @module
 */

import { type UploadItem, wireUploadItem } from '@reclaim/casework/wire';
import { DECODE_LIMITS } from '@reclaim/decode/decode-limits';
import { type CheckResult, resultFor } from './check-result.ts';
import type { CallOptions, ReclaimClient } from './client.ts';
import { hashFile, type LocalRefusal } from './local-signals.ts';
import { ReclaimError } from './reclaim-error.ts';

/** Why a file is not taken. */
export type GuardRefusal = LocalRefusal | 'several-pictures';

/** What a platform does with an upload. */
export type GuardAnswer =
  | {
      readonly kind: 'publish';
      readonly coverage: 'full' | 'exact-only';
      /** Where the item said `keepDays`: when the node forgets it, milliseconds since 1970. */
      readonly keptUntil?: number;
    }
  | {
      readonly kind: 'hold';
      /** The review job, where the key may know it. Never for the uploader. */
      readonly jobId?: string;
      /** Nobody was asked yet: call again with the same item and bytes. Never for the uploader. */
      readonly retry: boolean;
    }
  | { readonly kind: 'refuse'; readonly reason: GuardRefusal };

/** How the guard works. */
export type GuardOptions = {
  /** `local` (unless said otherwise): only signals travel. `remote`: the node is sent the file. */
  readonly hashing?: 'local' | 'remote';
  /**
   * What to do with animations and many-paged files, of which only the first picture is looked at. `first-only` lets
   * them pass by that one: whoever hides a picture behind it is not found.
   */
  readonly severalPictures?: 'refuse' | 'first-only';
  /** Told of what went wrong when the answer is a hold with `retry`; for the platform's log, never for the uploader. */
  readonly onProblem?: (error: ReclaimError) => void;
  /** Ends the wait early: the answer is then a hold with `retry`. */
  readonly signal?: AbortSignal;
};

/** The part of the client that the guard needs. */
export type GuardClient = Pick<ReclaimClient, 'check' | 'checkFileRemote'>;

/**
 * The item of an upload; `id` is the platform's own, 1 to 128 visible ASCII characters, the same on every retry. With
 * `keepDays` the node keeps the signals of what passes for so long, and searches them when signals join its bank.
 */
export type GuardItem = UploadItem;

const WAITS: GuardAnswer = Object.freeze({ kind: 'hold', retry: true });

function refuse(reason: GuardRefusal): GuardAnswer {
  return { kind: 'refuse', reason };
}

/**
 * Decides over one upload. Never rejects for what the file, the node or the network do.
 * @throws {TypeError} (as a rejection) for bytes that are no Uint8Array and for an item of another form: the
 *   platform's own mistakes, which no retry would mend
 */
export async function guardUpload(
  client: GuardClient,
  bytes: Uint8Array,
  item: GuardItem,
  options: GuardOptions = {},
): Promise<GuardAnswer> {
  if (!(bytes instanceof Uint8Array)) throw new TypeError('upload guard: expected bytes as Uint8Array');
  if (!wireUploadItem.safeParse(item).success) {
    throw new TypeError(
      'upload guard: expected an item id of 1 to 128 visible ASCII characters, and keepDays from 1 to 366',
    );
  }
  if (bytes.length > DECODE_LIMITS.fileBytes) return refuse('too-large');
  const { severalPictures = 'refuse' } = options;
  const call = options.signal === undefined ? {} : { signal: options.signal };
  try {
    return options.hashing === 'remote'
      ? await askWithFile(client, bytes, item, severalPictures, call)
      : await askWithSignals(client, bytes, item, severalPictures, call);
  } catch (error) {
    if (options.signal?.aborted) return WAITS;
    if (!(error instanceof ReclaimError)) throw error;
    options.onProblem?.(error);
    return WAITS;
  }
}

async function askWithSignals(
  client: GuardClient,
  bytes: Uint8Array,
  item: GuardItem,
  severalPictures: 'refuse' | 'first-only',
  call: CallOptions,
): Promise<GuardAnswer> {
  const hashed = await hashFile(bytes);
  if (!hashed.ok) return refuse(hashed.reason);
  const { seen } = hashed;
  const signals = [...hashed.signals, ...hashed.windows];
  // Judged before the node is asked: were it the other way round, a refusal would say "no match".
  if (seen.damaged) return refuse('image-damaged');
  if (seen.pages > 1 && severalPictures === 'refuse') return refuse('several-pictures');
  const result = resultFor(await client.check([{ item, signals: [...signals] }], call), item.id);
  return answerOf(result, seen.coverage);
}

async function askWithFile(
  client: GuardClient,
  bytes: Uint8Array,
  item: GuardItem,
  severalPictures: 'refuse' | 'first-only',
  call: CallOptions,
): Promise<GuardAnswer> {
  const checked = await client.checkFileRemote(bytes, item, call);
  if (checked.kind === 'not-checked') return refuse(checked.reason);
  const { result } = checked;
  if (result.verdict === 'pass') {
    if (result.notes.includes('damaged')) return refuse('image-damaged');
    if (severalPictures === 'refuse' && result.notes.includes('first-frame-only')) {
      return refuse('several-pictures');
    }
  }
  return answerOf(result, result.coverage);
}

function answerOf(result: CheckResult, coverage: 'full' | 'exact-only'): GuardAnswer {
  switch (result.verdict) {
    case 'pass':
      return {
        kind: 'publish',
        coverage,
        ...(result.keptUntil !== undefined && { keptUntil: result.keptUntil }),
      };
    case 'review':
    case 'block':
      return { kind: 'hold', retry: false, ...(result.jobId !== undefined && { jobId: result.jobId }) };
    default: {
      const never: never = result.verdict;
      return never;
    }
  }
}
