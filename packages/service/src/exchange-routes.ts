/**
 * Exchanges: the feeds of other organisations that this node follows.
 * @module
 */

import {
  EXCHANGE_ID,
  wireExchange,
  wireExchangePatch,
  wireExchangeRequest,
} from '@reclaim/casework/wire-exchange';
import { changeExchange, deleteExchange, listExchanges, makeExchange } from '@reclaim/store/exchanges';
import * as z from 'zod/mini';
import { HttpProblem } from './problem.ts';
import { reachOf } from './public-address.ts';
import { actorOf, type NodeParts, problems, type Server } from './route.ts';

const exchangePath = z.strictObject({ id: z.string().check(z.regex(EXCHANGE_ID)) });

/** Registers the routes below `/v1/exchanges`. */
export function exchangeRoutes(server: Server, { store, keeper, webhookHosts }: NodeParts): void {
  server.route({
    method: 'GET',
    url: '/v1/exchanges',
    config: { scopes: ['admin'] },
    schema: {
      summary: 'List the feeds that are followed, without addresses and keys',
      response: { 200: z.object({ exchanges: z.array(wireExchange) }), ...problems },
    },
    handler: async () => ({ exchanges: [...(await listExchanges(store))] }),
  });

  server.route({
    method: 'POST',
    url: '/v1/exchanges',
    config: { scopes: ['admin'] },
    schema: {
      summary: 'Follow a feed; its signals go into the bank, unconfirmed',
      body: wireExchangeRequest,
      response: { 201: wireExchange, ...problems },
    },
    handler: async (request, reply) => {
      if (reachOf(request.body.baseUrl, webhookHosts) === undefined) throw new HttpProblem('webhook-address');
      const made = await makeExchange(store, actorOf(request), request.body);
      if (!made.ok) throw new HttpProblem(made.reason);
      return reply.code(201).send(made.exchange);
    },
  });

  server.route({
    method: 'PATCH',
    url: '/v1/exchanges/:id',
    config: { scopes: ['admin'] },
    schema: {
      summary: 'Switch a feed on or off, or ask it for everything anew',
      params: exchangePath,
      body: wireExchangePatch,
      response: { 200: wireExchange, ...problems },
    },
    handler: async (request) => {
      const { id } = request.params;
      const found = await changeExchange(store, actorOf(request), id, request.body);
      const exchange = (await listExchanges(store)).find((each) => each.id === id);
      if (!found || exchange === undefined) throw new HttpProblem('not-found');
      return exchange;
    },
  });

  server.route({
    method: 'DELETE',
    url: '/v1/exchanges/:id',
    config: { scopes: ['admin'] },
    schema: {
      summary: 'Follow a feed no more, and withdraw all that it brought',
      params: exchangePath,
      response: { 204: z.null(), ...problems },
    },
    handler: async (request, reply) => {
      if (!(await deleteExchange(store, actorOf(request), request.params.id))) {
        throw new HttpProblem('not-found');
      }
      await keeper.catchUp();
      return reply.code(204).send(null);
    },
  });
}
