/**
 * What the Express and the Fastify guard share: an upload goes through `guardUpload`, and the request is answered
 * (held, refused) or given on to the site's own handler (published).
 *
 * The site says where the bytes are, how its items are called, and how it keeps a held picture. The picture is kept
 * *before* the uploader is told that it waits, so that no held picture is ever lost.
 * @module
 */

import { randomUUID } from 'node:crypto';
import { DECODE_LIMITS } from '@reclaim/decode/decode-limits';
import { type FixedReply, HOLD_REPLY } from './hold-reply.ts';
import {
  type GuardAnswer,
  type GuardClient,
  type GuardItem,
  type GuardOptions,
  type GuardRefusal,
  guardUpload,
} from './upload-guard.ts';

/** The longest upload that is taken, bytes. */
export const UPLOAD_MAX_BYTES = DECODE_LIMITS.fileBytes;

/** A held upload, as the site keeps it. */
export type HeldUpload = {
  readonly item: GuardItem;
  readonly bytes: Uint8Array;
  /** Nobody was asked yet: call `guardUpload` again with this item and these bytes. */
  readonly retry: boolean;
};

/** An upload that may be published, as the site's handler finds it. */
export type CheckedUpload = {
  readonly item: GuardItem;
  readonly bytes: Uint8Array;
  readonly coverage: 'full' | 'exact-only';
};

/** What a site tells the guard. `Request` is its framework's own. */
export type GuardSite<Request> = Omit<GuardOptions, 'signal'> & {
  readonly client: GuardClient;
  /** Keeps a held picture, unpublished. Awaited; when it rejects the upload fails. */
  readonly keep: (held: HeldUpload, request: Request) => void | Promise<void>;
  /** The file, where it is not found by itself. */
  readonly bytes?: (request: Request) => Uint8Array | undefined | Promise<Uint8Array | undefined>;
  /** The item; a random id unless said otherwise. */
  readonly item?: (request: Request) => GuardItem | Promise<GuardItem>;
};

const checked = new WeakMap<object, CheckedUpload>();

/**
 * The upload that the guard has let through, for the site's handler.
 * @throws {TypeError} for a request that did not come through a guard: publishing it would go past the door
 */
export function checkedUpload(request: object): CheckedUpload {
  const upload = checked.get(request);
  if (upload === undefined) throw new TypeError('checkedUpload: this request did not come through the guard');
  return upload;
}

function problem(status: number, type: string, title: string): FixedReply {
  const body = JSON.stringify({ type: `/problems/${type}`, title, status });
  return Object.freeze({
    status,
    headers: Object.freeze({
      'content-type': 'application/problem+json; charset=utf-8',
      'content-length': String(Buffer.byteLength(body)),
      'cache-control': 'no-store',
    }),
    body,
  });
}

/** The reply to each refusal: what is wrong with the file, and what to do. */
export const REFUSE_REPLIES: Readonly<Record<GuardRefusal, FixedReply>> = Object.freeze({
  'not-an-image': problem(422, 'not-an-image', 'This file is not a picture. Choose a JPEG, PNG or WebP.'),
  'unsupported-format': problem(
    422,
    'unsupported-format',
    'This kind of picture is not taken here. Save it as JPEG, PNG or WebP.',
  ),
  'image-damaged': problem(422, 'image-damaged', 'The picture breaks off. Save it again and choose it anew.'),
  'too-many-pixels': problem(422, 'too-many-pixels', 'The picture has too many pixels. Make it smaller.'),
  'too-slow': problem(
    422,
    'too-slow',
    'The picture took too long to open. Try again later or make it smaller.',
  ),
  'several-pictures': problem(
    422,
    'several-pictures',
    'The file holds several pictures. Save one of them by itself.',
  ),
  'too-large': problem(413, 'too-large', 'The file is larger than 64 MiB. Make it smaller.'),
});

/** `undefined`: go on to the handler, which finds the upload by `checkedUpload`. Otherwise: send this reply. */
export async function guardRequest<Request extends object>(
  site: GuardSite<Request>,
  request: Request,
  bytes: Uint8Array | 'too-large' | undefined,
): Promise<FixedReply | undefined> {
  if (bytes === 'too-large') return REFUSE_REPLIES['too-large'];
  if (bytes === undefined) return REFUSE_REPLIES['not-an-image'];
  const item = (await site.item?.(request)) ?? { id: randomUUID() };
  const answer: GuardAnswer = await guardUpload(site.client, bytes, item, site);
  switch (answer.kind) {
    case 'publish':
      checked.set(request, { item, bytes, coverage: answer.coverage });
      return undefined;
    case 'hold':
      await site.keep({ item, bytes, retry: answer.retry }, request);
      return HOLD_REPLY;
    case 'refuse':
      return REFUSE_REPLIES[answer.reason];
    default: {
      const never: never = answer;
      return never;
    }
  }
}
