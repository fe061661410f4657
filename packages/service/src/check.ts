/**
 * The upload check: signals or a picture in, a verdict out.
 *
 * The lookup is a function call on memory. Only when something matched is the database asked (was this content judged
 * before?) and written to (a job), and the answer waits for that commit: a hold that was answered has its job.
 * Pictures are decoded, fingerprinted and dropped; nothing of them is stored.
 * @module
 */

import type { ActorId } from '@reclaim/casework/id';
import type { Verdict } from '@reclaim/casework/policy';
import { strongestMatches } from '@reclaim/casework/strongest-matches';
import {
  type CheckResponse,
  COVERAGE_NOTES,
  ITEM_ID,
  MOST_TOLD_MATCHES,
  type QuerySignal,
  type UploadItem,
  wireCheckRequest,
  wireCheckResponse,
  wireUploadItem,
} from '@reclaim/casework/wire';
import type { DecodeLimits } from '@reclaim/decode/decode-limits';
import { signalsOfFile } from '@reclaim/decode/signals-of-file';
import type { Pixels } from '@reclaim/raster/pixels';
import { openJob } from '@reclaim/store/jobs';
import type { FastifyRequest } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import * as z from 'zod/mini';
import { onceEnded } from './answer-end.ts';
import { answerSerializer } from './check-answer.ts';
import { hashesOf, keepFor } from './content-routes.ts';
import type { Lookup } from './index-keeper.ts';
import { decodeProblem, HttpProblem } from './problem.ts';
import { ReadyCheck, type ReadyUpload, readReadyText } from './ready-check.ts';
import { actorOf, type NodeParts, problems, type Server } from './route.ts';
import { type UploadQuery, uploadQueryOf } from './upload-query.ts';
import { verdictOf } from './verdict.ts';

type Result = CheckResponse['results'][number];
type Note = Result['notes'][number];

/** Registers `POST /v1/check`, for whose JSON there is a parser of its own. */
export async function checkRoutes(outer: Server, parts: NodeParts): Promise<void> {
  const places = new PicturePlaces(parts.limits.picturesInFlight);

  // A picture is the whole body: whatever an image type or no particular type is sent as.
  for (const type of ['application/octet-stream', /^image\//]) {
    outer.addContentTypeParser(
      type,
      { parseAs: 'buffer', bodyLimit: parts.limits.fileBytes },
      (_request, body, done) => done(null, body),
    );
  }

  await outer.register(async (scope) => {
    const server = scope as Server;
    const parseJson = server.getDefaultJsonParser('error', 'error');
    server.removeContentTypeParser('application/json');
    server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
      const ready = readReadyText(text as string);
      if (ready === undefined) parseJson(request, text as string, done);
      else done(null, ready);
    });

    server.route({
      method: 'POST',
      url: '/v1/check',
      config: { scopes: ['check'] },
      schema: {
        summary: 'Check uploads against the bank',
        description:
          'JSON with ready signals, one picture as the body (headers reclaim-item-id, reclaim-preview-url, ' +
          'reclaim-account, reclaim-keep-days), or ' +
          'multipart/form-data with pairs of a field `item` and a file `file`.',
        consumes: ['application/json', 'application/octet-stream', 'multipart/form-data'],
        response: { 200: wireCheckResponse, ...problems },
      },
      serializerCompiler: (route) => {
        // The framework does not know that the schemas of this server are zod's.
        const bySchema = serializerCompiler(route as unknown as Parameters<typeof serializerCompiler>[0]);
        return route.httpStatus === '200' ? answerSerializer(bySchema) : bySchema;
      },
      onRequest: (request, reply, done) => {
        if (/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
          done();
          return;
        }
        try {
          places.take();
        } catch (error) {
          done(error as Error);
          return;
        }
        onceEnded(reply, () => places.give());
        done();
      },
      handler: (request) => {
        const { body } = request;
        return body instanceof ReadyCheck
          ? checkReady(parts, request, body.uploads)
          : checkOthers(parts, request);
      },
    });
  });
}

/**
 * Uploads whose signals are ready: what is not held is answered where it stands, and nobody waits for a promise. They are
 * looked at one after the other, also where one waits for the database.
 */
function checkReady(
  parts: NodeParts,
  request: FastifyRequest,
  uploads: readonly ReadyUpload[],
): CheckResponse | Promise<CheckResponse> {
  const results: Result[] = [];
  for (const [i, upload] of uploads.entries()) {
    const { item, signals, query } = upload;
    const result = checkUpload(parts, request, { item, signals, query, notes: [] });
    if (result instanceof Promise) return finishReady(parts, request, results, result, uploads.slice(i + 1));
    results.push(result);
  }
  return { logPosition: parts.keeper.position, results };
}

async function finishReady(
  parts: NodeParts,
  request: FastifyRequest,
  results: Result[],
  waiting: Promise<Result>,
  rest: readonly ReadyUpload[],
): Promise<CheckResponse> {
  results.push(await waiting);
  for (const { item, signals, query } of rest)
    results.push(await checkUpload(parts, request, { item, signals, query, notes: [] }));
  return { logPosition: parts.keeper.position, results };
}

async function checkOthers(parts: NodeParts, request: FastifyRequest): Promise<CheckResponse> {
  const results: Result[] = [];
  for await (const upload of uploadsOf(request, parts)) {
    results.push(await checkUpload(parts, request, upload));
  }
  return { logPosition: parts.keeper.position, results };
}

type Upload = {
  readonly item: UploadItem;
  readonly signals: readonly QuerySignal[];
  readonly query: UploadQuery;
  readonly notes: readonly Note[];
  /** The small grey plane of it, where the upload came as a picture. */
  readonly plane?: Pixels;
};

/** The uploads of a request, one at a time: of a multipart body only one file is in memory. */
async function* uploadsOf(request: FastifyRequest, parts: NodeParts): AsyncGenerator<Upload> {
  if (Buffer.isBuffer(request.body)) {
    const item = parsed(wireUploadItem, itemOfHeaders(request));
    yield { item, ...(await signalsOfPicture(request.body, parts)) };
    return;
  }
  if (request.isMultipart()) {
    yield* uploadsOfMultipart(request, parts);
    return;
  }
  for (const { item, signals } of parsed(wireCheckRequest, request.body).items)
    yield { item, signals, query: uploadQueryOf(signals), notes: [] };
}

async function* uploadsOfMultipart(request: FastifyRequest, parts: NodeParts): AsyncGenerator<Upload> {
  let item: UploadItem | undefined;
  let count = 0;
  for await (const part of request.parts({
    limits: { fileSize: parts.limits.fileBytes, files: parts.limits.items },
  })) {
    if (part.type === 'field') {
      if (part.fieldname !== 'item' || item !== undefined || typeof part.value !== 'string') {
        throw new HttpProblem('invalid-request', [
          { pointer: `/${count}`, rule: 'one item before each file' },
        ]);
      }
      item = parsed(wireUploadItem, parsedJson(part.value));
    } else {
      if (part.fieldname !== 'file' || item === undefined) {
        throw new HttpProblem('invalid-request', [
          { pointer: `/${count}`, rule: 'one item before each file' },
        ]);
      }
      const bytes = await part.toBuffer();
      yield { item, ...(await signalsOfPicture(bytes, parts)) };
      item = undefined;
      count++;
    }
  }
  if (count === 0 || item !== undefined) {
    throw new HttpProblem('invalid-request', [{ pointer: `/${count}`, rule: 'a file after each item' }]);
  }
}

function itemOfHeaders(request: FastifyRequest): unknown {
  const id = request.headers['reclaim-item-id'];
  const previewUrl = request.headers['reclaim-preview-url'];
  if (typeof id !== 'string' || !ITEM_ID.test(id)) {
    throw new HttpProblem('invalid-request', [{ pointer: '/headers/reclaim-item-id', rule: 'pattern' }]);
  }
  const keepDays = request.headers['reclaim-keep-days'];
  const account = request.headers['reclaim-account'];
  return {
    id,
    ...(previewUrl === undefined ? {} : { previewUrl }),
    ...(account === undefined ? {} : { account }),
    ...(keepDays === undefined ? {} : { keepDays: Number(keepDays) }),
  };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpProblem('malformed-json');
  }
}

function parsed<T>(schema: z.ZodMiniType<T>, value: unknown): T {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  throw new HttpProblem(
    'invalid-request',
    result.error.issues.slice(0, 20).map(({ path, code }) => ({ pointer: pointerOf(path), rule: code })),
  );
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step)}`).join('');
}

async function signalsOfPicture(bytes: Buffer, { limits }: NodeParts): Promise<Omit<Upload, 'item'>> {
  const own: Partial<DecodeLimits> = {
    fileBytes: limits.fileBytes,
    pixels: limits.pixels,
    timeMs: limits.decodeMs,
  };
  const { decoded, sha256, pdq, windows, plane } = await signalsOfFile(bytes, { limits: own });
  if (!decoded.ok) throw decodeProblem(decoded.reason);
  const notes: Note[] = [];
  if (!pdq.ok && isNote(pdq.reason)) notes.push(pdq.reason);
  if (decoded.damaged) notes.push('damaged');
  if (decoded.pages > 1) notes.push('first-frame-only');
  const signals: QuerySignal[] = sha256 === undefined ? [] : [sha256];
  if (pdq.ok) signals.push({ ...pdq.signal, orientations: [...pdq.orientations] });
  signals.push(...windows);
  return { signals, query: uploadQueryOf(signals), notes, ...(plane === undefined ? {} : { plane }) };
}

function isNote(reason: string): reason is Note {
  return (COVERAGE_NOTES as readonly string[]).includes(reason);
}

/** The result of one upload: at once where it passes by what is in memory, or as soon as the database has answered. */
function checkUpload(parts: NodeParts, request: FastifyRequest, upload: Upload): Result | Promise<Result> {
  const { item, query, plane } = upload;
  const lookup = parts.keeper.lookup(query);
  const features = plane !== undefined && parts.features.on;
  if (lookup.matches.length > 0 || features || item.keepDays !== undefined)
    return judged(parts, request, upload, lookup);
  return resultOf(request, upload, lookup, 'pass');
}

async function judged(
  parts: NodeParts,
  request: FastifyRequest,
  upload: Upload,
  seen: Lookup,
): Promise<Result> {
  const { item, signals, query, plane } = upload;
  const lookup = await withLocalFeatures(parts, seen, plane);
  const { verdict, jobId } = await judge(parts, actorOf(request), item, lookup, query.sha256);
  const keptUntil =
    verdict === 'pass' && item.keepDays !== undefined
      ? await keepFor(parts, item, item.keepDays, hashesOf(signals), lookup.position)
      : undefined;
  const result = resultOf(request, upload, lookup, verdict);
  return {
    ...result,
    ...(jobId === undefined ? {} : { jobId }),
    ...(keptUntil === undefined ? {} : { keptUntil }),
  };
}

function resultOf(
  request: FastifyRequest,
  { item, query, notes: given }: Upload,
  { matches }: Lookup,
  verdict: Verdict,
): Result {
  const full = query.pdq.length > 0;
  const notes =
    full || given.length > 0
      ? [...new Set(given)]
      : [query.hashes === 0 ? ('no-pdq' as const) : ('low-quality' as const)];
  const mayReview = request.apiKey?.scopes.includes('review') === true;
  return {
    itemId: item.id,
    verdict,
    coverage: full ? 'full' : 'exact-only',
    notes,
    ...(mayReview ? toldOf(matches) : {}),
  };
}

/** What a key that reviews is told of the matches. */
function toldOf(matches: Lookup['matches']): Pick<Result, 'matches' | 'truncated'> {
  const told = strongestMatches(matches, MOST_TOLD_MATCHES);
  return {
    matches: told.map((match) => ({ ...match })),
    ...(told.length < matches.length ? { truncated: true } : {}),
  };
}

/**
 * With what local features of confirmed copies find in a picture, where the staff have switched them on. They are asked
 * whatever else matched: something weaker beside the picture must not silence them. A hit opens a review and never more.
 */
async function withLocalFeatures(
  { features }: NodeParts,
  lookup: Lookup,
  plane: Pixels | undefined,
): Promise<Lookup> {
  if (plane === undefined || !features.on) return lookup;
  const known = new Set(lookup.matches.map(({ signalId }) => signalId));
  const more = (await features.lookup(plane)).filter(({ signalId }) => !known.has(signalId));
  return more.length === 0 ? lookup : { ...lookup, matches: [...lookup.matches, ...more] };
}

async function judge(
  { store }: NodeParts,
  actor: ActorId,
  { keepDays: _, ...item }: UploadItem,
  lookup: Lookup,
  sha256: Uint8Array | undefined,
): Promise<{ readonly verdict: Verdict; readonly jobId?: NonNullable<Result['jobId']> }> {
  if (lookup.matches.length === 0) return { verdict: 'pass' };
  const contentTag = sha256 === undefined ? undefined : store.key.tag(sha256);
  const { verdict, kept } = await verdictOf(store, lookup, contentTag);
  if (verdict === 'pass') return { verdict };
  const opened = await openJob(store, actor, {
    item,
    cause: 'upload-check',
    interim: 'held',
    matches: kept,
    contentTag,
  });
  // This very content of this item was ruled on before: the ruling answers, nobody is asked twice.
  if (opened.settled === 'publish') return { verdict: 'pass', jobId: opened.jobId };
  return { verdict, jobId: opened.jobId };
}

/**
 * Places for requests that carry pictures. Taken before the body is read and given back when the answer is out or the
 * caller is gone, so that a crowd of uploads is refused at once and not after it has filled the memory.
 */
class PicturePlaces {
  readonly #most: number;
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  take(): void {
    if (this.#taken >= this.#most) throw new HttpProblem('too-busy');
    this.#taken++;
  }

  give(): void {
    this.#taken--;
  }
}
