/**
 * Photo board: a small photo-sharing site that checks its uploads the way a platform would.
 *
 * Who sees what
 *   everybody       published pictures, their words
 *   the uploader    one page at an unguessable address: waits (never why), published, or not shown, then with the rule
 *                   that was applied and nothing of who asked for it
 *   the reviewer    a picture that waits or was reported, by a signed preview address that ends
 *
 * A reply to an upload that is published and one that is held are both a redirect to the uploader's own page, and that
 * page is the same to the byte for every picture that waits: matched, in doubt, or not asked because the node is away.
 * @module
 */

import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import multipart, { type MultipartFile } from '@fastify/multipart';
import type { Standing } from '@reclaim/client/client';
import { UPLOAD_MAX_BYTES } from '@reclaim/client/guarded-request';
import { shownMediaType } from '@reclaim/client/picture-media-type';
import type { GuardAnswer } from '@reclaim/client/upload-guard';
import { parseWebhookSecret, verifyWebhook } from '@reclaim/client/webhook';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type BoardClient, type Door, openDoor } from './door.ts';
import {
  addPage,
  busyPage,
  CAPTION_MAX,
  COMPLAINT_MAX,
  COMPLAINT_MIN,
  complainedPage,
  missingPage,
  picturePage,
  publishedPage,
  removedPage,
  reportedPage,
  standingPage,
  troublePage,
  type UploadProblem,
  WALL_PAGE,
  waitingPage,
  wallPage,
} from './pages.ts';
import { type Photo, REPORT_REASONS } from './photo.ts';
import { accountOf, openPhotoStore, type PhotoStore, RANDOM_NAME } from './photo-store.ts';
import { signPreview, verifyPreview } from './preview-token.ts';

/** What a board is made from. */
export type PhotoBoardOptions = {
  readonly client: BoardClient;
  readonly dataDir: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** `127.0.0.1` unless said otherwise. */
  readonly host?: string;
  /** The board's own address as a reviewer reaches it; `http://localhost:PORT` unless said otherwise. */
  readonly publicUrl?: string;
  /** The node's public form for notices, `https://…/notice`; without it there is no link to one. */
  readonly noticeUrl?: string;
  /** Where an uploader may write to; shown as text. */
  readonly contact?: string;
  /** How long a preview address lasts, ms; 24 hours unless said otherwise. It is renewed while the picture waits. */
  readonly previewTtlMs?: number;
  /** Days for which the node keeps the hashes of what is published, 1 to 366; 180 unless said otherwise. */
  readonly keepDays?: number;
  /** Between two looks at the node, ms; 5,000 unless said otherwise. */
  readonly intervalMs?: number;
  /** The secret of the node's webhook, `whsec_…`; without it the board learns of outcomes by asking alone. */
  readonly hookSecret?: string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Random bytes, for ids and the uploaders' addresses. */
  readonly random?: (bytes: number) => Uint8Array;
  /** Told of problems with the node, as closed codes. */
  readonly log?: (line: string) => void;
};

/** A running board. */
export type PhotoBoard = {
  readonly url: string;
  /** Tries again now what the node has not answered yet. */
  readonly retry: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Uploads in hand at once: each may hold one file in memory. */
const UPLOADS_AT_ONCE = 8;

/** The longest body of any other form, bytes: a complaint of its most characters, each as four bytes, each written %XX. */
const FORM_BYTES = 64 * 1024;

/** Where an uploader may write to, where the operator did not say. */
const CONTACT = 'the operator of this board';

const PAGE_HEADERS = Object.freeze({
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; img-src 'self' data:; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  // The address of an uploader's own page must not travel to where a link leads.
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
});

/** A stranger's file: shown as a picture and as nothing else, wherever it is opened. */
const FILE_HEADERS = Object.freeze({
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'content-disposition': 'inline',
});

/** The token of a browser that has put a picture here before: the board has no accounts, so a browser stands for its person. */
function browserOf(cookies: string | undefined): string | undefined {
  const found = /(?:^|; )board=([^;]*)/.exec(cookies ?? '')?.[1];
  return found !== undefined && RANDOM_NAME.test(found) ? found : undefined;
}

function cookieOf(browser: string): string {
  return `board=${browser}; Path=/pictures; Max-Age=31536000; HttpOnly; SameSite=Strict`;
}

function isSuspended(standings: readonly Standing[], misuse: Standing['misuse']): boolean {
  return standings.some((each) => each.measure === 'suspension' && each.misuse === misuse);
}

function sendPage(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).headers(PAGE_HEADERS).send(text);
}

/** Starts a board. */
export async function startPhotoBoard(options: PhotoBoardOptions): Promise<PhotoBoard> {
  const { now = Date.now, random = randomBytes, previewTtlMs = 24 * 3_600_000 } = options;
  if (options.hookSecret !== undefined) parseWebhookSecret(options.hookSecret);
  const store = await openPhotoStore(options.dataDir, random);
  const css = await readFile(new URL('./board.css', import.meta.url));
  let publicUrl = options.publicUrl ?? '';
  let door: Door | undefined;

  const app = fastify({
    logger: false,
    bodyLimit: FORM_BYTES,
    // A slow upload may take its time, a sender that says nothing may not.
    requestTimeout: 300_000,
    connectionTimeout: 60_000,
  });
  app.register(multipart, {
    throwFileSizeLimit: false,
    limits: { fileSize: UPLOAD_MAX_BYTES, files: 1, fields: 1, fieldSize: 4 * CAPTION_MAX + 1, parts: 4 },
  });
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: FORM_BYTES },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
  app.setNotFoundHandler((_request, reply) => sendPage(reply, 404, missingPage()));
  app.setErrorHandler((error: { readonly statusCode?: number; readonly name?: string }, _request, reply) => {
    const status = error.statusCode !== undefined && error.statusCode < 500 ? error.statusCode : 500;
    if (status === 500) options.log?.(`board: ${error.name ?? 'unknown'}`);
    return sendPage(reply, status, troublePage());
  });
  // A form on another site must not make a visitor's browser report or upload. Browsers since 2023 say where from.
  app.addHook('onRequest', async (request, reply) => {
    const from = request.headers['sec-fetch-site'];
    if (request.method === 'POST' && from !== undefined && from !== 'same-origin' && from !== 'none') {
      return sendPage(reply, 403, troublePage());
    }
  });

  wallRoutes(app, store, css, options.noticeUrl);
  ownerRoutes(app, store, options.contact ?? CONTACT);

  app.get('/preview/:id/:token', async (request, reply) => {
    const { id, token } = request.params as { readonly id: string; readonly token: string };
    const photo = store.photo(id);
    const shown = photo?.state === 'waiting' || photo?.state === 'published';
    if (!shown || !verifyPreview(store.secret, id, token, now())) return sendPage(reply, 404, missingPage());
    return reply
      .headers({ ...FILE_HEADERS, 'content-type': photo.mediaType, 'cache-control': 'no-store' })
      .header('x-robots-tag', 'noindex')
      .send(await store.bytes(id));
  });

  /** The picture is kept by now: what goes wrong from here on is tried again, and its uploader is told as of any that waits. */
  const askOrWait = async (photo: Photo, bytes: Uint8Array): Promise<GuardAnswer> => {
    try {
      return await door!.ask(photo, bytes);
    } catch (error) {
      options.log?.(`board: ${error instanceof Error ? error.name : 'unknown'}`);
      return { kind: 'hold', retry: true };
    }
  };

  let uploads = 0;
  app.post('/pictures', {
    onRequest: async (_request, reply) => {
      if (uploads >= UPLOADS_AT_ONCE) return sendPage(reply.header('retry-after', '30'), 503, busyPage());
      uploads += 1;
      reply.raw.once('close', () => {
        uploads -= 1;
      });
    },
    handler: async (request, reply) => {
      const upload = await readUpload(request);
      if (typeof upload === 'string') {
        return sendPage(reply, upload === 'too-large' ? 413 : 422, addPage(upload));
      }
      const known = browserOf(request.headers.cookie);
      const browser = known ?? Buffer.from(random(16)).toString('base64url');
      if (known === undefined) reply.header('set-cookie', cookieOf(browser));
      // Suspended by a person's decision, after a warning: told with the reasons, and nothing of the picture is kept.
      const standings = known === undefined ? [] : await door!.standings(accountOf(known));
      if (isSuspended(standings, 'illegal-content')) return sendPage(reply, 403, standingPage(standings));
      const { photo, token } = await store.take({ ...upload, account: accountOf(browser) }, now());
      const answer = await askOrWait(photo, upload.bytes);
      if (answer.kind === 'refuse') {
        return sendPage(reply, answer.reason === 'too-large' ? 413 : 422, addPage(answer.reason));
      }
      return reply.headers(PAGE_HEADERS).redirect(`/mine/${token}`, 303);
    },
  });

  // Under `/pictures`, where the browser's token is sent to. No picture is named so: their names are 22 characters long.
  app.get('/pictures/standing', async (request, reply) => {
    const known = browserOf(request.headers.cookie);
    const standings = known === undefined ? [] : await door!.standings(accountOf(known));
    return sendPage(reply, 200, standingPage(standings));
  });
  app.post('/pictures/standing', async (request, reply) => {
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    const words = (form.get('words') ?? '').trim();
    const known = browserOf(request.headers.cookie);
    const standings = known === undefined ? [] : await door!.standings(accountOf(known));
    const against = standings.find((each) => each.objection === 'open' && each.misuse === form.get('misuse'));
    if (known === undefined || against === undefined || against.misuse === 'unfounded-notices')
      return sendPage(reply, 409, standingPage(standings, 'no'));
    if (words.length < COMPLAINT_MIN || words.length > COMPLAINT_MAX || !words.isWellFormed())
      return sendPage(reply, 422, standingPage(standings, 'length'));
    const sent = await door!.object(accountOf(known), against.misuse, words);
    if (sent === 'taken') return reply.headers(PAGE_HEADERS).redirect('/pictures/standing', 303);
    return sendPage(reply, sent === 'no' ? 409 : 503, standingPage(standings, sent));
  });

  app.post('/pictures/:id/report', async (request, reply) => {
    const photo = store.photo((request.params as { readonly id: string }).id);
    const asked = request.body instanceof URLSearchParams ? request.body.get('reason') : null;
    const reason = REPORT_REASONS.find((known) => known === asked);
    if (photo?.state !== 'published') return sendPage(reply, 404, missingPage());
    if (reason === undefined) return reply.redirect(`/pictures/${photo.id}#report`, 303);
    await door!.report(photo, reason);
    return reply.headers(PAGE_HEADERS).redirect('/reported', 303);
  });
  // The node calls here. In a scope of its own, since a signature is over the bytes as they came.
  app.register(async (hooks) => {
    const { hookSecret } = options;
    if (hookSecret === undefined) return;
    hooks.removeAllContentTypeParsers();
    hooks.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    hooks.post('/hooks/reclaim', async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const heard = verifyWebhook(request.headers, body, hookSecret, now());
      // One answer for every call that is not the node's: what was wrong with it is nobody's business.
      if (!heard.ok) return reply.code(401).send();
      await door!.hear(heard.outcome);
      return reply.code(204).send();
    });
  });
  app.post('/mine/:token/complaint', async (request, reply) => {
    const { token } = request.params as { readonly token: string };
    const photo = RANDOM_NAME.test(token) ? store.photoOfOwner(token) : undefined;
    const facts = request.body instanceof URLSearchParams ? (request.body.get('facts') ?? '').trim() : '';
    const contact = options.contact ?? CONTACT;
    if (photo?.state !== 'removed') return sendPage(reply, 404, missingPage());
    if (facts.length < COMPLAINT_MIN || facts.length > COMPLAINT_MAX || !facts.isWellFormed()) {
      return sendPage(reply, 422, removedPage(contact, photo.ground, token, 'length'));
    }
    const standings = photo.account === undefined ? [] : await door!.standings(photo.account);
    if (isSuspended(standings, 'unfounded-complaints')) return sendPage(reply, 403, standingPage(standings));
    const sent = await door!.complain(photo, facts);
    if (sent === 'taken') return reply.headers(PAGE_HEADERS).redirect('/complained', 303);
    return sendPage(reply, sent === 'no' ? 409 : 503, removedPage(contact, photo.ground, token, sent));
  });
  app.get('/complained', (_request, reply) => sendPage(reply, 200, complainedPage()));
  app.get('/reported', (_request, reply) => sendPage(reply, 200, reportedPage()));

  try {
    await app.listen({ port: options.port, host: options.host ?? '127.0.0.1' });
  } catch (error) {
    await store.close();
    throw error;
  }
  const { port } = app.server.address() as AddressInfo;
  const url = `http://localhost:${port}`;
  publicUrl ||= url;
  door = openDoor({
    client: options.client,
    store,
    intervalMs: options.intervalMs ?? 5_000,
    renewMs: previewTtlMs / 2,
    now,
    log: options.log ?? (() => {}),
    keepDays: options.keepDays ?? 180,
    publicUrl: ({ id }) => `${publicUrl}/pictures/${id}/file`,
    pageUrl: ({ id }) => `${publicUrl}/pictures/${id}`,
    previewUrl: (photo) =>
      `${publicUrl}/preview/${photo.id}/${signPreview(store.secret, photo.id, now() + previewTtlMs)}`,
  });
  return {
    url,
    retry: door.retry,
    stop: async () => {
      // First the door, so that an upload in hand ends as a hold; then the pages, then the disk.
      await door.stop();
      await app.close();
      await store.close();
    },
  };
}

function wallRoutes(
  app: FastifyInstance,
  store: PhotoStore,
  css: Buffer,
  noticeUrl: string | undefined,
): void {
  app.get('/board.css', (_request, reply) =>
    reply
      .headers({ 'content-type': 'text/css; charset=utf-8', 'x-content-type-options': 'nosniff' })
      .header('cache-control', 'no-cache')
      .send(css),
  );
  app.get('/', (request, reply) => {
    const asked = Number((request.query as { readonly page?: unknown }).page ?? 1);
    const number = Number.isSafeInteger(asked) && asked >= 1 && asked <= 1e6 ? asked : 1;
    const published = store.all().filter(({ state }) => state === 'published');
    const from = (number - 1) * WALL_PAGE;
    const newest = published.reverse();
    const more = newest.length > from + WALL_PAGE;
    return sendPage(reply, 200, wallPage(newest.slice(from, from + WALL_PAGE), number, more, noticeUrl));
  });
  app.get('/add', (_request, reply) => sendPage(reply, 200, addPage()));

  const published = (request: FastifyRequest): Photo | undefined => {
    const photo = store.photo((request.params as { readonly id: string }).id);
    return photo?.state === 'published' ? photo : undefined;
  };
  app.get('/pictures/:id', (request, reply) => {
    const photo = published(request);
    return photo === undefined
      ? sendPage(reply, 404, missingPage())
      : sendPage(reply, 200, picturePage(photo, noticeUrl));
  });
  app.get('/pictures/:id/file', async (request, reply) => {
    const photo = published(request);
    if (photo === undefined) return sendPage(reply, 404, missingPage());
    // Asked again each time: a picture that is taken down must not live on in a browser's or a proxy's cache.
    reply.headers({ ...FILE_HEADERS, 'cache-control': 'no-cache', etag: `"${photo.id}"` });
    if (request.headers['if-none-match'] === `"${photo.id}"`) return reply.code(304).send();
    return reply.header('content-type', photo.mediaType).send(await store.bytes(photo.id));
  });
}

function ownerRoutes(app: FastifyInstance, store: PhotoStore, contact: string): void {
  app.get('/mine/:token', (request, reply) => {
    const { token } = request.params as { readonly token: string };
    const photo = RANDOM_NAME.test(token) ? store.photoOfOwner(token) : undefined;
    switch (photo?.state) {
      case 'waiting':
        return sendPage(reply, 200, waitingPage());
      case 'published':
        return sendPage(reply, 200, publishedPage(photo));
      case 'removed':
        return sendPage(reply, 200, removedPage(contact, photo.ground, token));
      case 'dropped':
      case undefined:
        return sendPage(reply, 404, missingPage());
      default: {
        const never: never = photo?.state as never;
        return never;
      }
    }
  });
}

type ReadUpload = {
  readonly bytes: Uint8Array;
  readonly caption: string;
  readonly mediaType: NonNullable<ReturnType<typeof shownMediaType>>;
};

/**
 * The form's one file and its words, held in memory: what is refused here never touches the disk. A file past the limit
 * is read to its end and thrown away, since a browser shows no reply before it has sent everything.
 */
async function readUpload(request: FastifyRequest): Promise<ReadUpload | UploadProblem> {
  if (!request.isMultipart()) return 'no-file';
  let caption = '';
  let bytes: Uint8Array | undefined;
  let tooLong = false;
  let truncated = false;
  for await (const part of request.parts()) {
    if (part.type === 'file') {
      const read = await readFilePart(part);
      truncated ||= read === 'too-large';
      if (read !== 'too-large' && part.fieldname === 'picture') bytes = read;
    } else if (part.fieldname === 'caption' && typeof part.value === 'string') {
      caption = part.value.normalize('NFC').trim();
      tooLong = part.valueTruncated || [...caption].length > CAPTION_MAX;
    }
  }
  if (truncated) return 'too-large';
  if (bytes === undefined || bytes.length === 0) return 'no-file';
  if (tooLong) return 'caption-too-long';
  const mediaType = shownMediaType(bytes);
  if (mediaType === undefined) return 'unsupported-format';
  return { bytes, caption, mediaType };
}

async function readFilePart(part: MultipartFile): Promise<Uint8Array | 'too-large'> {
  const chunks: Buffer[] = [];
  for await (const chunk of part.file) chunks.push(chunk);
  return part.file.truncated ? 'too-large' : Buffer.concat(chunks);
}
