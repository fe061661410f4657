/**
 * Keys: making, listing, rotating and revoking them.
 * @module
 */

import { parseUtcMs } from '@reclaim/casework/instant';
import {
  SCOPES,
  type Scope,
  wireKey,
  wireKeyId,
  wireKeyRequest,
  wireNewKey,
  wireRotateRequest,
} from '@reclaim/casework/wire';
import { PERMISSIONS, scopesOf } from '@reclaim/casework/wire-staff';
import { listKeys, makeKey, revokeKey, rotateKey } from '@reclaim/store/keys';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { HttpProblem } from './problem.ts';
import { actorOf, type NodeParts, problems, type Server } from './route.ts';

const keyPath = z.strictObject({ id: wireKeyId });

/** Registers the routes below `/v1/keys`. */
export function keyRoutes(server: Server, { store, guard }: NodeParts): void {
  server.route({
    method: 'GET',
    url: '/v1/keys',
    config: { scopes: ['admin'] },
    schema: {
      summary: 'List keys, without secrets',
      response: { 200: z.object({ keys: z.array(wireKey) }), ...problems },
    },
    handler: async () => ({ keys: [...(await listKeys(store))] }),
  });

  server.route({
    method: 'POST',
    url: '/v1/keys',
    config: { scopes: ['admin'] },
    schema: {
      summary: 'Make a key; its token is in this answer and never again',
      body: wireKeyRequest,
      response: { 201: wireNewKey, ...problems },
    },
    handler: async (request, reply) => {
      if (!mayGive(request, request.body.scopes)) throw new HttpProblem('forbidden');
      return reply.code(201).send(await makeKey(store, actorOf(request), request.body));
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/keys/:id/rotate',
    config: { scopes: ['admin'] },
    schema: {
      summary: 'Replace a key; the old one goes on for the overlap',
      params: keyPath,
      body: wireRotateRequest,
      response: { 201: wireNewKey, ...problems },
    },
    handler: async (request, reply) => {
      const old = (await listKeys(store)).find(({ id }) => id === request.params.id);
      if (old !== undefined && !mayGive(request, old.scopes)) throw new HttpProblem('forbidden');
      const endsAt = parseUtcMs(store.now() + request.body.overlapMinutes * 60_000);
      const made = await rotateKey(store, actorOf(request), request.params.id, endsAt);
      guard.forget();
      if (made === undefined) throw new HttpProblem('not-found');
      return reply.code(201).send(made);
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/keys/:id/revoke',
    config: { scopes: ['admin'] },
    schema: { summary: 'End a key at once', params: keyPath, response: { 200: wireKey, ...problems } },
    handler: async (request) => {
      const revoked = await revokeKey(store, actorOf(request), request.params.id);
      guard.forget();
      if (!revoked.ok) throw new HttpProblem(revoked.reason);
      return revoked.key;
    },
  });
}

/** What programs alone do: no permission opens it to a person, and whoever manages keys gives it. */
const OF_PROGRAMS = new Set<Scope>(SCOPES.filter((scope) => !scopesOf(PERMISSIONS).includes(scope)));

/**
 * Whether a token with these scopes may come of this request. A key may do what it always could; a person must not come
 * by way of a key to what they were not given.
 */
function mayGive({ staffSession }: FastifyRequest, scopes: readonly Scope[]): boolean {
  if (staffSession === undefined) return true;
  const held = scopesOf(staffSession.staff.permissions);
  return scopes.every((scope) => OF_PROGRAMS.has(scope) || held.includes(scope));
}
