/**
 * The doors as pages: portal at `/`, console at `/console`, the notice form at `/notice`, help at `/help`, and the way out at `/exit`.
 *
 * Headers (Content Security Policy Level 3, Trusted Types, Fetch, Permissions Policy): only files of this host, scripts
 * only as files, no frame around us and none inside, no device, no referrer, nothing kept by a cache but the assets,
 * whose names are the hash of what is in them. Workers take the policy of their own file, so all files bear it.
 *
 * `/exit` is where a person who must leave quickly goes. It clears what this origin left in the browser and leads on
 * to a page that says nothing about them. A request from another site gets the way on without the clearing, so that
 * nobody can sign a reviewer out by a link.
 * @module
 */

import type { FastifyReply, FastifyRequest } from 'fastify';
import { HttpProblem } from './problem.ts';
import type { NodeParts, Server } from './route.ts';
import { encodingFor, type WebFile } from './web-files.ts';

/** Where `/exit` leads unless the operator says otherwise: a page about the weather, which says nothing of who reads it. */
export const NEUTRAL_PAGE = 'https://www.bbc.com/weather';

const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types reclaim',
].join('; ');

/**
 * Every feature that a page could ask the device for, as Chromium 156 knows them (a name it does not know is a warning
 * in its console). None is used; passkeys are allowed to this origin alone.
 */
const FEATURES_OFF = [
  'accelerometer',
  'autoplay',
  'browsing-topics',
  'camera',
  'compute-pressure',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'interest-cohort',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'otp-credentials',
  'payment',
  'picture-in-picture',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'sync-xhr',
  'usb',
  'window-management',
  'xr-spatial-tracking',
] as const;

/** The headers of every page and asset. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = Object.freeze({
  'content-security-policy': POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': [
    ...FEATURES_OFF.map((feature) => `${feature}=()`),
    'publickey-credentials-create=(self)',
    'publickey-credentials-get=(self)',
  ].join(', '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex',
});

/** A grey square: an icon that says nothing, where the web brings none. */
const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" fill="#767676"/></svg>';

/** What `/` says where the web was not built. It speaks to whoever set the node up. */
const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Not built yet</title>
<h1>The pages were not built yet</h1>
<p>The interface answers. To build the pages as well, run <code>npm start</code> in the repository's folder.</p>
</html>
`;

const open = { scopes: 'public' } as const;
const hidden = { hide: true } as const;

/** Registers the pages. */
export function webRoutes(server: Server, { site }: NodeParts): void {
  const files = site.web;
  const page = (url: string, ...names: readonly string[]): void => {
    server.route({
      method: 'GET',
      url,
      config: open,
      schema: hidden,
      handler: (request, reply) => {
        const file = first(names);
        return file === undefined ? notBuilt(reply) : sendFile(request, reply, file, 'no-store');
      },
    });
  };
  const first = (names: readonly string[]): WebFile | undefined => {
    for (const name of names) {
      const file = files?.get(name);
      if (file !== undefined) return file;
    }
    return undefined;
  };

  page('/', 'portal/index.html', 'index.html');
  page('/console', 'console/index.html', 'console.html');
  page('/notice', 'notice/index.html');
  page('/help', 'help/index.html', 'help.html');

  server.route({
    method: 'GET',
    url: '/help/*',
    config: open,
    schema: hidden,
    handler: (request, reply) => {
      const name = wildcard(request).replace(/\/$/, '');
      const file = first([`help/${name}.html`, `help/${name}/index.html`, `help/${name}`]);
      if (file === undefined) throw new HttpProblem('not-found');
      return sendFile(request, reply, file, 'no-store');
    },
  });

  server.route({
    method: 'GET',
    url: '/assets/*',
    config: open,
    schema: hidden,
    handler: (request, reply) => {
      const file = files?.get(`assets/${wildcard(request)}`);
      if (file === undefined) throw new HttpProblem('not-found');
      return sendFile(request, reply, file, 'public, max-age=31536000, immutable');
    },
  });

  // What the build puts beside its pages: an icon, robots.txt.
  for (const [name, file] of files ?? []) {
    if (name.includes('/') || name.endsWith('.html')) continue;
    server.route({
      method: 'GET',
      url: `/${name}`,
      config: open,
      schema: hidden,
      handler: (request, reply) => sendFile(request, reply, file, 'no-store'),
    });
  }
  if (files?.has('favicon.ico') !== true) {
    server.route({
      method: 'GET',
      url: '/favicon.ico',
      config: open,
      schema: hidden,
      handler: (_request, reply) => reply.headers(PAGE_HEADERS).type('image/svg+xml').send(ICON),
    });
  }

  const leave = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    reply.headers(PAGE_HEADERS);
    if (request.headers['sec-fetch-site'] === 'cross-site') return;
    reply.header('clear-site-data', '"cache", "cookies", "storage"');
  };
  server.route({
    method: 'GET',
    url: '/exit',
    config: open,
    schema: hidden,
    handler: async (request, reply) => {
      await leave(request, reply);
      return reply.redirect(site.exitUrl, 303);
    },
  });
  // The beacon of a page that is going away. Its body, if any, is nobody's business and is not read.
  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => {
      payload.resume();
      done(null);
    });
    scope.route({
      method: 'POST',
      url: '/exit',
      config: open,
      schema: hidden,
      handler: async (request, reply) => {
        await leave(request, reply);
        return reply.code(204).send();
      },
    });
  });
}

function wildcard(request: FastifyRequest): string {
  return (request.params as { readonly '*': string })['*'];
}

async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: WebFile,
  cacheControl: string,
): Promise<FastifyReply> {
  const encoding = file.dense ? 'identity' : encodingFor(request.headers['accept-encoding']);
  reply.headers(PAGE_HEADERS).header('cache-control', cacheControl).header('vary', 'accept-encoding');
  if (encoding !== 'identity') reply.header('content-encoding', encoding);
  return reply.type(file.type).send(await file.bytes(encoding));
}

function notBuilt(reply: FastifyReply): FastifyReply {
  return reply
    .headers(PAGE_HEADERS)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(NOT_BUILT);
}
