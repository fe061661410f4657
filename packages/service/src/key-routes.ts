/**
 * Keys: making, listing, rotating and revoking them.
 * @module
 */

import { parseUtcMs } from '@reclaim/casework/instant';
import { wireKey, wireKeyId, wireKeyRequest, wireNewKey, wireRotateRequest } from '@reclaim/casework/wire';
import { listKeys, makeKey, revokeKey, rotateKey } from '@reclaim/store/keys';
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
    handler: async (request, reply) =>
      reply.code(201).send(await makeKey(store, actorOf(request), request.body)),
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
