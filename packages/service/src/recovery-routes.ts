/**
 * The doors of recovery: set up, asked for by who holds two shares, watched and stopped by who opens the case.
 *
 * No key, no account, no cookie. Wrong, unknown and deleted have one answer, and asking counts like an attempt to open a
 * case, so that nobody tries keys; with 128 random bits it would be of no use, and it costs nothing to refuse it.
 *
 * The helpline's part is fetched by a member of the staff with the permission `recovery`, never by a key.
 * @module
 */

import { PART_FETCHES_A_DAY } from '@reclaim/casework/recovery';
import {
  wireAskedRecovery,
  wireAskLinePart,
  wireAskRecovery,
  wireLinePart,
  wireNewLinePart,
  wireNewRecovery,
  wireRecoveryOwner,
  wireWatchedRecovery,
} from '@reclaim/casework/wire-recovery';
import {
  askForRecovery,
  cancelRecovery,
  deleteRecovery,
  keepRecovery,
  watchRecovery,
} from '@reclaim/store/recoveries';
import { fetchLinePart, keepLinePart } from '@reclaim/store/recovery-parts';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { HttpProblem } from './problem.ts';
import { type NodeParts, problems, type Server } from './route.ts';
import { staffOf } from './sessions.ts';

/** Registers the routes below `/v1/recoveries`. */
export function recoveryRoutes(server: Server, { store, anonymous }: NodeParts): void {
  // Before the body is read.
  const onRequest = async (request: FastifyRequest): Promise<void> => anonymous.admit(request.ip);
  const config = { scopes: 'public' } as const;

  server.route({
    method: 'POST',
    url: '/v1/recoveries',
    config,
    onRequest,
    schema: {
      summary: 'Keep a recovery: an envelope that this node cannot read',
      body: wireNewRecovery,
      response: { 201: z.null(), ...problems },
    },
    handler: async (request, reply) => {
      const { proof, ...draft } = request.body;
      await anonymous.takeProof(proof);
      anonymous.takeWrite(request.ip, 1, 0);
      const outcome = await keepRecovery(store, draft);
      if (outcome !== 'kept') throw new HttpProblem(outcome);
      return reply.code(201).send(null);
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/recoveries/ask',
    config,
    onRequest,
    schema: {
      summary: 'Ask for a recovery with what follows from two shares; again after seven days',
      description:
        'The first asking begins seven days, which the case shows and can stop. Asking again changes nothing until then.',
      body: wireAskRecovery,
      response: { 200: wireAskedRecovery, ...problems },
    },
    handler: async (request) => {
      const { proof, lookupId, authKey } = request.body;
      await anonymous.takeProof(proof);
      const attempt = anonymous.attempt(lookupId, request.ip);
      const answer = await attempt.judge(() => askForRecovery(store, { lookupId, authKey }));
      if (answer === undefined) throw new HttpProblem('not-found');
      attempt.succeeded();
      return answer;
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/recoveries/watch',
    config,
    onRequest,
    schema: {
      summary: 'Whether anybody asked for the recovery of this case',
      body: wireRecoveryOwner,
      response: { 200: wireWatchedRecovery, ...problems },
    },
    handler: async (request) => {
      const answer = await watchRecovery(store, request.body.cancel);
      if (answer === undefined) throw new HttpProblem('not-found');
      return answer;
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/recoveries/cancel',
    config,
    onRequest,
    schema: {
      summary: 'Stop a request that stands; the shares stay good',
      body: wireRecoveryOwner,
      response: { 204: z.null(), ...problems },
    },
    handler: async (request, reply) => {
      await cancelRecovery(store, request.body.cancel);
      return reply.code(204).send(null);
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/recoveries/delete',
    config,
    onRequest,
    schema: {
      summary: 'Take a recovery back for good; the answer is the same where there is none',
      body: wireRecoveryOwner,
      response: { 204: z.null(), ...problems },
    },
    handler: async (request, reply) => {
      await deleteRecovery(store, request.body.cancel);
      return reply.code(204).send(null);
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/recoveries/part',
    config,
    onRequest,
    schema: {
      summary:
        'Keep the helpline’s part of a recovery, sealed to helpers; it takes the place of the one before',
      body: wireNewLinePart,
      response: { 204: z.null(), ...problems },
    },
    handler: async (request, reply) => {
      anonymous.takeWrite(request.ip, 1, 0);
      const outcome = await keepLinePart(store, request.body);
      if (outcome !== 'kept') throw new HttpProblem(outcome);
      return reply.code(204).send(null);
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/helper/recovery-parts/fetch',
    config: { session: 'required', permissions: ['recovery'] },
    schema: {
      summary: 'Fetch the helpline’s part that three words call for; each fetching is in the log',
      description: `The case that it is of shows that it was fetched. ${PART_FETCHES_A_DAY} a helper and day (UTC).`,
      body: wireAskLinePart,
      response: { 200: wireLinePart, ...problems },
    },
    handler: async (request) => {
      const { call, cause } = request.body;
      const part = await fetchLinePart(store, staffOf(request).staff.id, call, cause);
      if (!part.ok) throw new HttpProblem(part.reason === 'used-up' ? 'parts-used-up' : part.reason);
      return { sealed: part.sealed };
    },
  });
}
