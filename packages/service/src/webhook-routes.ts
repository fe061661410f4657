/**
 * Webhooks: telling a platform what became of its items without being asked.
 * @module
 */

import { wireNewWebhook, wireWebhook, wireWebhookRequest } from '@reclaim/casework/wire-staff';
import { deleteWebhook, listWebhooks, makeWebhook, WEBHOOK_ID } from '@reclaim/store/webhooks';
import * as z from 'zod/mini';
import { HttpProblem } from './problem.ts';
import { reachOf } from './public-address.ts';
import { actorOf, type NodeParts, problems, type Server } from './route.ts';
import { webhookSecretText } from './webhook-sender.ts';

const webhookPath = z.strictObject({ id: z.string().check(z.regex(WEBHOOK_ID)) });

/** Registers the routes below `/v1/webhooks`. */
export function webhookRoutes(server: Server, { store, webhookHosts }: NodeParts): void {
  server.route({
    method: 'GET',
    url: '/v1/webhooks',
    config: { scopes: ['admin'] },
    schema: {
      summary: 'List webhooks, without addresses and secrets',
      response: { 200: z.object({ webhooks: z.array(wireWebhook) }), ...problems },
    },
    handler: async () => ({ webhooks: [...(await listWebhooks(store))] }),
  });

  server.route({
    method: 'POST',
    url: '/v1/webhooks',
    config: { scopes: ['admin'] },
    schema: {
      summary: 'Make a webhook; its secret is in this answer and never again',
      description:
        'It is told of what happens from now on. https, or http to localhost; other private addresses only where the operator named them.',
      body: wireWebhookRequest,
      response: { 201: wireNewWebhook, ...problems },
    },
    handler: async (request, reply) => {
      const known = reachOf(request.body.url, webhookHosts);
      if (known === undefined) throw new HttpProblem('webhook-address');
      const { webhook, secret } = await makeWebhook(store, actorOf(request), known.url);
      return reply.code(201).send({ webhook, secret: webhookSecretText(secret) });
    },
  });

  server.route({
    method: 'DELETE',
    url: '/v1/webhooks/:id',
    config: { scopes: ['admin'] },
    schema: {
      summary: 'Delete a webhook',
      params: webhookPath,
      response: { 204: z.null(), ...problems },
    },
    handler: async (request, reply) => {
      if (!(await deleteWebhook(store, actorOf(request), request.params.id)))
        throw new HttpProblem('not-found');
      return reply.code(204).send(null);
    },
  });
}
