/**
 * The guard as a `preHandler` of Fastify (4 or 5). Structural types: Fastify itself is not needed here.
 *
 * Where the file comes from, unless the site says: the first file of `@fastify/multipart`, or a body that a content
 * type parser has left as bytes (`app.addContentTypeParser(/^image\//, { parseAs: 'buffer' }, …)`).
 * @module
 */

import { type GuardSite, guardRequest, UPLOAD_MAX_BYTES } from './guarded-request.ts';

/** What is used of a request; `isMultipart` and `file` are there where `@fastify/multipart` is registered. */
export type FastifyGuardRequest = {
  readonly body?: unknown;
  readonly isMultipart?: unknown;
  readonly file?: unknown;
};

/** What is used of a reply. */
export type FastifyGuardReply = {
  code(status: number): unknown;
  headers(headers: Record<string, string>): unknown;
  send(body: string): unknown;
};

/**
 * A `preHandler` that lets through only uploads that may be published; the handler finds the upload by
 * `checkedUpload(request)`. Held and refused uploads are answered here. Its own mistakes reject, as Fastify expects.
 * @example
 * app.post('/photos', { preHandler: fastifyUploadGuard({ client, keep }) }, async (request, reply) => {
 *   const { item, bytes } = checkedUpload(request);
 *   await publish(item.id, bytes);
 *   return reply.code(201).send({ state: 'published' });
 * });
 */
export function fastifyUploadGuard<Request extends FastifyGuardRequest = FastifyGuardRequest>(
  site: GuardSite<Request>,
): (request: Request, reply: FastifyGuardReply) => Promise<unknown> {
  return async (request, reply) => {
    const bytes = site.bytes === undefined ? await bytesOf(request) : await site.bytes(request);
    const answer = await guardRequest(site, request, bytes);
    if (answer === undefined) return undefined;
    reply.code(answer.status);
    reply.headers({ ...answer.headers });
    reply.send(answer.body);
    // Returned from a preHandler, a reply that was sent ends the request: the handler does not run.
    return reply;
  };
}

/** `request.file()` of @fastify/multipart: the first file, whose stream says at its end whether it was cut. */
type MultipartFile = { readonly file: AsyncIterable<unknown> & { readonly truncated: boolean } };

async function bytesOf(request: FastifyGuardRequest): Promise<Uint8Array | 'too-large' | undefined> {
  if (request.body instanceof Uint8Array) return request.body;
  const { file, isMultipart } = request;
  if (typeof file !== 'function' || typeof isMultipart !== 'function') return undefined;
  if (isMultipart.call(request) !== true) return undefined;
  const part: MultipartFile | undefined = await file.call(request, {
    limits: { fileSize: UPLOAD_MAX_BYTES, files: 1 },
    throwFileSizeLimit: false,
  });
  if (part === undefined) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of part.file) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return part.file.truncated ? 'too-large' : Buffer.concat(chunks);
}
