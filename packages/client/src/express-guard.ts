/**
 * The guard as a middleware of Express (4 or 5), and of anything else that speaks `(request, response, next)` over
 * Node's own HTTP. Structural types: Express itself is not needed here.
 *
 * Where the file comes from, unless the site says: multer's `request.file.buffer`, a body that a raw parser has left
 * as bytes, or, for a body of `image/*` or `application/octet-stream` that nobody has read, the request itself.
 * @module
 */

import { type GuardSite, guardRequest, UPLOAD_MAX_BYTES } from './guarded-request.ts';

/** What is used of a request. */
export type ExpressRequest = AsyncIterable<unknown> & {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly readableEnded?: boolean;
  readonly body?: unknown;
  readonly file?: unknown;
  resume?(): unknown;
};

/** What is used of a response. */
export type ExpressResponse = {
  readonly headersSent: boolean;
  writeHead(status: number, headers: Record<string, string>): unknown;
  end(body: string): unknown;
};

/** The middleware's own shape. */
export type ExpressMiddleware<Request> = (
  request: Request,
  response: ExpressResponse,
  next: (error?: unknown) => void,
) => Promise<void>;

/**
 * A middleware that lets through only uploads that may be published; the handler after it finds the upload by
 * `checkedUpload(request)`. Held and refused uploads are answered here. Its own mistakes go to `next(error)`.
 * @example
 * app.post('/photos', expressUploadGuard({ client, keep }), async (request, response) => {
 *   const { item, bytes } = checkedUpload(request);
 *   await publish(item.id, bytes);
 *   response.status(201).json({ state: 'published' });
 * });
 */
export function expressUploadGuard<Request extends ExpressRequest = ExpressRequest>(
  site: GuardSite<Request>,
): ExpressMiddleware<Request> {
  return async (request, response, next) => {
    try {
      const bytes = site.bytes === undefined ? await bytesOf(request) : await site.bytes(request);
      const reply = await guardRequest(site, request, bytes);
      if (reply === undefined) return next();
      response.writeHead(reply.status, { ...reply.headers });
      response.end(reply.body);
    } catch (error) {
      next(error);
    }
  };
}

async function bytesOf(request: ExpressRequest): Promise<Uint8Array | 'too-large' | undefined> {
  const { file, body } = request;
  if (typeof file === 'object' && file !== null && 'buffer' in file && file.buffer instanceof Uint8Array) {
    return file.buffer;
  }
  if (body instanceof Uint8Array) return body;
  const type = String(request.headers['content-type'] ?? '');
  if (request.readableEnded === true || !/^(image\/|application\/octet-stream\b)/i.test(type))
    return undefined;
  return readBody(request);
}

/** The body, held in memory. Past the limit nothing more is kept; the rest is read away so that the reply arrives. */
async function readBody(request: ExpressRequest): Promise<Uint8Array | 'too-large'> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > UPLOAD_MAX_BYTES) {
    request.resume?.();
    return 'too-large';
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('upload guard: expected a body of bytes');
    length += chunk.length;
    if (length <= UPLOAD_MAX_BYTES) chunks.push(chunk);
    else chunks.length = 0;
  }
  return length > UPLOAD_MAX_BYTES ? 'too-large' : Buffer.concat(chunks);
}
