/**
 * The HTTP server of a node: plugins, the guard, the routes, and the one place where errors become problems.
 *
 * Every answer is `no-store`, but for the web's hashed assets. Every 413 closes its connection: the rest of an oversize body is still on its way, and a
 * client that reused the connection would hang behind it for good.
 * @module
 */

import type { IncomingMessage, ServerResponse } from 'node:http';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import swagger from '@fastify/swagger';
import { storageProblem } from '@reclaim/store/embedded-problem';
import fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify';
import {
  hasZodFastifySchemaValidationErrors,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod';
import helmet from 'helmet';
import { auditRoutes } from './audit-routes.ts';
import { bankRoutes } from './bank-routes.ts';
import { caseRoutes } from './case-routes.ts';
import { checkRoutes } from './check.ts';
import { contentRoutes } from './content-routes.ts';
import { evidenceRoutes } from './evidence-routes.ts';
import { exchangeRoutes } from './exchange-routes.ts';
import { jobRoutes } from './job-routes.ts';
import { keyRoutes } from './key-routes.ts';
import { localFeatureRoutes } from './local-feature-routes.ts';
import { lookRoutes } from './look-routes.ts';
import { minorRoutes } from './minor-routes.ts';
import { misuseRoutes } from './misuse-routes.ts';
import { noticeDeskRoutes, noticeRoutes } from './notice-routes.ts';
import { describeRoute, SECURITY_SCHEMES } from './openapi.ts';
import { HttpProblem, problemBody } from './problem.ts';
import { recoveryRoutes } from './recovery-routes.ts';
import { reportRoutes } from './report-routes.ts';
import type { NodeParts, Server } from './route.ts';
import { staffRoutes } from './staff-routes.ts';
import { threadRoutes } from './thread-routes.ts';
import { watchRoutes } from './watch/watch-routes.ts';
import { webRoutes } from './web-routes.ts';
import { webhookRoutes } from './webhook-routes.ts';

/** Makes the server; the caller listens. `log` gets lines without anything of a request but method, route and status. */
export async function makeServer(parts: NodeParts, log: (line: string) => void): Promise<Server> {
  const server = fastify({
    logger: false,
    bodyLimit: parts.limits.jsonBytes,
    // A slow sender may not hold a place for ever: 64 MiB in this time is 0.5 MiB/s.
    requestTimeout: 120_000,
    routerOptions: { maxParamLength: 200 },
    return503OnClosing: true,
    // Without a proxy in front anybody could write X-Forwarded-For and be somebody else at each request. Counted from the
    // nearest.
    trustProxy: (_address: string, hop: number) => hop < parts.trustProxy,
  }) as unknown as Server;
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = problemOf(error);
    if (problem.kind === 'internal') log(describe(error, request));
    if (problem.kind === 'unavailable') void parts.store.ensureRunning().catch(() => undefined);
    return sendProblem(reply, problem);
  });
  // Before the guard, so that refusals bear these headers too; a route that lets an answer be kept says so itself.
  const headers = { ...safetyHeaders(), 'cache-control': 'no-store' };
  server.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
  // Before the guard, which reads them.
  await server.register(cookie);
  parts.guard.install(server as never);
  parts.anonymous.install(server as never);
  await server.register(multipart, {
    limits: {
      fields: parts.limits.items,
      parts: parts.limits.items * 2,
      fieldSize: 8_192,
      fieldNameSize: 32,
    },
  });
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Reclaim', version: '1', description: 'Match, decide and account: see docs/api.md.' },
      components: { securitySchemes: { ...SECURITY_SCHEMES } },
    },
    transform: describeRoute,
  });
  server.setNotFoundHandler((_request, reply) => sendProblem(reply, new HttpProblem('not-found')));
  await checkRoutes(server, parts);
  contentRoutes(server, parts);
  bankRoutes(server, parts);
  caseRoutes(server, parts);
  recoveryRoutes(server, parts);
  threadRoutes(server, parts);
  evidenceRoutes(server, parts);
  watchRoutes(server, parts);
  jobRoutes(server, parts);
  noticeRoutes(server, parts);
  noticeDeskRoutes(server, parts);
  lookRoutes(server, parts);
  keyRoutes(server, parts);
  staffRoutes(server, parts);
  localFeatureRoutes(server, parts);
  webhookRoutes(server, parts);
  exchangeRoutes(server, parts);
  reportRoutes(server, parts);
  minorRoutes(server, parts);
  misuseRoutes(server, parts);
  auditRoutes(server, parts);
  webRoutes(server, parts);
  // Written once: it is long, and nobody has to show who they are to ask for it.
  let document: string | undefined;
  server.route({
    method: 'GET',
    url: '/openapi.json',
    config: { scopes: 'public' },
    schema: { hide: true },
    handler: (_request, reply) => {
      document ??= JSON.stringify(server.swagger());
      return reply.type('application/json; charset=utf-8').send(document);
    },
  });
  await server.ready();
  return server;
}

/**
 * The headers that helmet sets, by name in lower case. They are the same for every answer: it is asked once, since setting
 * them one by one takes longer than many an answer.
 */
function safetyHeaders(): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  const response = {
    setHeader: (name: string, value: string) => {
      headers[name.toLowerCase()] = value;
    },
    removeHeader: () => undefined,
  };
  helmet({
    contentSecurityPolicy: {
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
      useDefaults: false,
    },
    xFrameOptions: { action: 'deny' },
  })({} as IncomingMessage, response as unknown as ServerResponse, (error) => {
    if (error !== undefined) throw error;
  });
  return headers;
}

function sendProblem(reply: FastifyReply, problem: HttpProblem): FastifyReply {
  const body = problemBody(problem);
  if (body.status === 413) reply.header('connection', 'close');
  if (body.retryAfterSeconds !== undefined) reply.header('retry-after', body.retryAfterSeconds);
  if (body.status === 401) reply.header('www-authenticate', 'Bearer');
  return reply
    .code(body.status)
    .type('application/problem+json')
    .serializer((value: unknown) => JSON.stringify(value))
    .send(body);
}

function problemOf(error: FastifyError | undefined): HttpProblem {
  if (error instanceof HttpProblem) return error;
  // Something that is no error was thrown: a mistake of ours, which must not become a mistake in telling of it.
  if (!(error instanceof Error)) return new HttpProblem('internal');
  if (hasZodFastifySchemaValidationErrors(error)) {
    const invalid = error.validation.slice(0, 20).map(({ instancePath, keyword }) => ({
      pointer: instancePath,
      rule: keyword,
    }));
    return new HttpProblem('invalid-request', invalid);
  }
  switch (storageProblem(error)) {
    case 'storage-full':
      return new HttpProblem('storage-full');
    case 'database-gone':
      return new HttpProblem('unavailable');
    case undefined:
      break;
  }
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return new HttpProblem('malformed-json');
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE':
      return new HttpProblem('too-large');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new HttpProblem('unsupported-media-type');
    case 'FST_ERR_NOT_FOUND':
      return new HttpProblem('not-found');
    default:
  }
  // Whatever else the framework refuses (broken multipart, a wrong content length) is the request's doing.
  const { statusCode = 500 } = error;
  return new HttpProblem(statusCode >= 400 && statusCode < 500 ? 'invalid-request' : 'internal');
}

/** Name, code and source lines: what is needed to mend it, and nothing of whoever met it. */
function describe(error: FastifyError | undefined, request: FastifyRequest): string {
  const frames = (error?.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 6)
    .map((line) => line.trim().replace(/file:\/\/\S*\/(packages|node_modules)\//g, '$1/'));
  const where = `${request.method} ${request.routeOptions.url ?? '(no route)'}`;
  return `500 on ${where}: ${error?.name ?? 'no error'} ${error?.code ?? ''} ${frames.join(' ')}`;
}
