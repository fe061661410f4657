/**
 * The routes of watches: an address that the node opens again and again on a person's wish. No key, no account, no cookie, no case.
 *
 * Reading and ending a watch work on a node that takes no new ones, too: whoever began one can end it.
 * @module
 */

import { pageState } from '@reclaim/casework/watch';
import {
  type WireWatch,
  wireNewWatch,
  wireWatch,
  wireWatchOffer,
  wireWatchOwner,
} from '@reclaim/casework/wire-watch';
import { parseLink } from '@reclaim/law/link/link';
import type { LinkKind } from '@reclaim/law/link/pattern';
import { deleteWatch, keepWatch, readWatch, type StoredWatch } from '@reclaim/store/watches';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { HttpProblem } from '../problem.ts';
import { type NodeParts, problems, type Server } from '../route.ts';
import { isFetchable } from './guarded-fetch.ts';

/**
 * Kinds of links that are not opened: to open them makes somebody else's machine search or fetch, and what it then shows is not
 * what somebody published. A monitor of the field once reported search sites to their hosts that way.
 */
const NOT_OPENED: ReadonlySet<LinkKind> = new Set([
  'search_result',
  'search_thumb',
  'short_link',
  'redirect',
]);

/** Registers the routes below `/v1/watches`. */
export function watchRoutes(server: Server, { store, anonymous, limits, monitor, site }: NodeParts): void {
  // Before the body is read.
  const onRequest = async (request: FastifyRequest): Promise<void> => anonymous.admit(request.ip);

  server.route({
    method: 'POST',
    url: '/v1/watches/offer',
    config: { scopes: 'public' },
    onRequest,
    schema: {
      summary: 'Whether this node watches addresses, and under which name',
      body: z.strictObject({}),
      response: { 200: wireWatchOffer, ...problems },
    },
    handler: async () => ({ offered: monitor !== undefined, userAgent: monitor?.userAgent ?? '' }),
  });

  server.route({
    method: 'POST',
    url: '/v1/watches',
    config: { scopes: 'public' },
    onRequest,
    schema: {
      summary: 'Have an address looked at again and again for signals of one’s own',
      description:
        'The node keeps the address sealed and opens it by the schedule of docs/operator.md. It names no case. Where anyone may have been under 18 nothing is taken.',
      body: wireNewWatch,
      response: { 201: wireWatch, ...problems },
    },
    handler: async (request, reply) => {
      const { proof, under18, capability, address, signals } = request.body;
      if (under18 !== 'no') throw new HttpProblem('refused-minor');
      if (monitor === undefined) throw new HttpProblem('no-watching');
      await anonymous.takeProof(proof);
      const opened = openable(address, new URL(site.origin()).hostname, monitor.testHosts);
      if (opened === undefined) throw new HttpProblem('watch-address');
      anonymous.takeWatch(request.ip);
      const begun = await keepWatch(store, { capability, address: opened, signals }, limits, Math.random());
      if (!begun.ok) throw new HttpProblem(begun.reason);
      return reply.code(201).send(told(begun));
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/watches/read',
    config: { scopes: 'public' },
    onRequest,
    schema: {
      summary: 'How a watch stands: never what was seen, only whether',
      body: wireWatchOwner,
      response: { 200: wireWatch, ...problems },
    },
    handler: async (request) => {
      const found = await readWatch(store, request.body.capability);
      if (found === undefined) throw new HttpProblem('not-found');
      return told(found);
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/watches/delete',
    config: { scopes: 'public' },
    onRequest,
    schema: {
      summary: 'End a watch and erase it',
      description: 'The answer is the same for a watch that is not there.',
      body: wireWatchOwner,
      response: { 204: z.null(), ...problems },
    },
    handler: async (request, reply) => {
      await deleteWatch(store, request.body.capability);
      return reply.code(204).send(null);
    },
  });
}

/** The address as it is opened, or `undefined` where this node does not go. Without its fragment, which no server is told. */
function openable(
  address: string,
  ownHost: string,
  testHosts: readonly string[] | undefined,
): string | undefined {
  const url = URL.parse(address);
  if (url === null || !isFetchable(address, testHosts)) return undefined;
  url.hash = '';
  if (testHosts?.includes(url.host) === true) return url.href;
  if (url.hostname === ownHost) return undefined;
  // An address inside the address is fetched by whoever is there.
  if ([...url.searchParams.values()].some((value) => /^\s*https?:\/\//i.test(value))) return undefined;
  const link = parseLink(address);
  if (!link.ok || link.targets.some((each) => NOT_OPENED.has(each.kind))) return undefined;
  return url.href;
}

function told({ watch, nextAt }: StoredWatch): WireWatch {
  const { standing, since, looks, begunAt, last } = watch;
  return {
    standing,
    since,
    page: pageState(watch),
    looks,
    begunAt,
    last:
      last === null
        ? null
        : {
            at: last.at,
            status: last.status,
            bytes: last.bytes,
            contentType: last.contentType,
            ...(last.result.kind === 'there'
              ? { found: { by: last.result.by, distance: last.result.distance } }
              : {}),
            ...(last.result.kind === 'blocked' ? { blockedBy: last.result.by } : {}),
          },
    nextAt,
  };
}
