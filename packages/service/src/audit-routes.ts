/**
 * The hash chain for auditors, and the two questions that machines ask: do you live, are you ready.
 * @module
 */

import { wireAuditPage } from '@reclaim/casework/wire';
import { chainHead, recordsAfter } from '@reclaim/store/event-log';
import * as z from 'zod/mini';
import { type NodeParts, problems, type Server } from './route.ts';

/** Records in one page of the chain. */
export const AUDIT_PAGE = 500;

/** Registers `/v1/audit`, `/health` and `/ready`. */
export function auditRoutes(server: Server, { store, keeper }: NodeParts): void {
  // Anybody may ask whether the node is ready, as often as they like: at any moment that costs one query and no more.
  let asking: Promise<unknown> | undefined;
  const databaseAnswers = (): Promise<unknown> => {
    asking ??= chainHead(store.db).finally(() => {
      asking = undefined;
    });
    return asking;
  };

  server.route({
    method: 'GET',
    url: '/v1/audit',
    config: { scopes: ['audit'] },
    schema: {
      summary: 'The hash chain of all events, in order',
      querystring: z.strictObject({
        after: z._default(z.coerce.number().check(z.int(), z.gte(0)), 0),
      }),
      response: { 200: wireAuditPage, ...problems },
    },
    handler: async (request) => {
      // The head first: records that come meanwhile are then after it and belong to the next question.
      const head = await chainHead(store.db);
      const records = await recordsAfter(store.db, request.query.after, AUDIT_PAGE);
      return { records: records.filter(({ seq }) => seq <= head.seq).map((record) => ({ ...record })), head };
    },
  });

  server.route({
    method: 'GET',
    url: '/health',
    config: { scopes: 'public' },
    schema: {
      summary: 'Whether the process lives',
      response: { 200: z.object({ status: z.literal('ok') }) },
    },
    handler: async () => ({ status: 'ok' as const }),
  });

  server.route({
    method: 'GET',
    url: '/ready',
    config: { scopes: 'public' },
    schema: {
      summary: 'Whether the database answers and the bank is in memory',
      response: { 200: z.object({ status: z.literal('ok'), logPosition: z.int() }), ...problems },
    },
    handler: async () => {
      await databaseAnswers();
      return { status: 'ok' as const, logPosition: keeper.position };
    },
  });
}
