/**
 * The misuse ladder over HTTP (Regulation (EU) 2022/2065 Article 23): a reviewer counts, a lead warns, suspends and lifts,
 * another lead answers an objection; whoever is concerned reads how they stand and objects.
 *
 * Persons alone count and impose: no key opens those routes. Who is concerned is in no answer. How an account stands its own
 * platform asks, by its own id of it; a notifier reads it with the code of any notice of theirs (`/v1/notices/status`).
 * @module
 */

import { createHash } from 'node:crypto';
import { MISUSE_POLICY } from '@reclaim/casework/misuse';
import { wireJobId } from '@reclaim/casework/wire';
import {
  wireAccountObjection,
  wireAccountQuestion,
  wireMisuse,
  wireMisuseAct,
  wireMisuseId,
  wireMisuseList,
  wireMisuseReason,
  wireMisuseSuspension,
  wireMisuseWarning,
  wireNoticeObjection,
  wireStandings,
} from '@reclaim/casework/wire-misuse';
import { countMisuse, type MisuseMeasure, type MisuseOutcome, measureMisuse } from '@reclaim/store/misuse';
import { listMisuse } from '@reclaim/store/misuse-list';
import { objectByCode, objectForAccount } from '@reclaim/store/misuse-objection';
import { accountTag, standingsOf } from '@reclaim/store/misuse-standing';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { HttpProblem } from './problem.ts';
import { actorOf, type NodeParts, problems, type Server } from './route.ts';
import { staffOf } from './sessions.ts';

const LEAD = { session: 'required', permissions: ['lead'] } as const;
const path = z.strictObject({ id: wireMisuseId });
const answers = { 200: wireMisuse, ...problems };

/** Registers `/v1/jobs/{id}/misuse`, `/v1/misuse`, `/v1/accounts` and the objection of a notifier. */
export function misuseRoutes(server: Server, { store, anonymous }: NodeParts): void {
  const answered = (outcome: MisuseOutcome) => {
    if (!outcome.ok) throw new HttpProblem(outcome.reason);
    return outcome.misuse;
  };
  const measure = async (request: FastifyRequest<{ Params: z.infer<typeof path> }>, wanted: MisuseMeasure) =>
    answered(await measureMisuse(store, staffOf(request).staff.id, request.params.id, wanted));

  server.route({
    method: 'POST',
    url: '/v1/jobs/:id/misuse',
    config: { session: 'required', permissions: ['review', 'lead'] },
    schema: {
      summary: 'Count what a ruling of a person stands for as manifest misuse by its sender',
      description:
        'An item only where somebody looked at it, a notice only where the item stands, a complaint only where it was not upheld. It goes with the ruling: undone, it counts no more. Nobody is told before a lead warns.',
      params: z.strictObject({ id: wireJobId }),
      body: wireMisuseAct,
      response: answers,
    },
    handler: async (request) =>
      answered(await countMisuse(store, staffOf(request).staff.id, request.params.id, request.body)),
  });

  server.route({
    method: 'GET',
    url: '/v1/misuse',
    config: LEAD,
    schema: {
      summary: 'The misuse ladder: acts, warnings, suspensions, objections; who needs an answer first',
      response: { 200: wireMisuseList, ...problems },
    },
    handler: async () => ({ ladder: await listMisuse(store), policy: { ...MISUSE_POLICY } }),
  });

  server.route({
    method: 'POST',
    url: '/v1/misuse/:id/warn',
    config: LEAD,
    schema: {
      summary: 'Warn, with the four facts of Article 23(3)',
      description: 'Number and proportion are counted here; gravity and intention are yours to write.',
      params: path,
      body: wireMisuseWarning,
      response: answers,
    },
    handler: (request) => measure(request, { kind: 'warn', ...request.body }),
  });

  server.route({
    method: 'POST',
    url: '/v1/misuse/:id/suspend',
    config: LEAD,
    schema: {
      summary: 'Suspend for some days: only after a warning that stands, and an act since then',
      description:
        'Notices of the person shown, for them, and of what may show a minor are taken all the same. Suspending an account is carried out by its platform, which asks how it stands.',
      params: path,
      body: wireMisuseSuspension,
      response: answers,
    },
    handler: (request) => measure(request, { kind: 'suspend', ...request.body }),
  });

  server.route({
    method: 'POST',
    url: '/v1/misuse/:id/lift',
    config: LEAD,
    schema: {
      summary: 'Lift a suspension, or take a warning back, with a reason',
      params: path,
      body: wireMisuseReason,
      response: answers,
    },
    handler: (request) => measure(request, { kind: 'lift', ...request.body }),
  });

  server.route({
    method: 'POST',
    url: '/v1/misuse/:id/uphold',
    config: LEAD,
    schema: {
      summary: 'Answer an objection: the suspension stands. By another lead than who suspended',
      params: path,
      body: wireMisuseReason,
      response: answers,
    },
    handler: (request) => measure(request, { kind: 'uphold', ...request.body }),
  });

  server.route({
    method: 'POST',
    url: '/v1/accounts/standing',
    config: { scopes: ['check', 'report'] },
    schema: {
      summary: 'How an account of the platform stands: warnings and suspensions that it must be told of',
      body: wireAccountQuestion,
      response: { 200: wireStandings, ...problems },
    },
    handler: async (request) => ({
      standings: [...(await standingsOf(store, store.db, accountTag(store, request.body.account)))],
    }),
  });

  server.route({
    method: 'POST',
    url: '/v1/accounts/objection',
    config: { scopes: ['report'] },
    schema: {
      summary: 'Pass on that an account objects to its suspension',
      body: wireAccountObjection,
      response: { 202: z.object({}), ...problems },
    },
    handler: async (request, reply) => {
      const { account, misuse, words } = request.body;
      const sent = await objectForAccount(store, actorOf(request), account, misuse, words);
      if (!sent.ok) throw new HttpProblem(sent.reason);
      return reply.code(202).send({});
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/notices/objection',
    config: { scopes: 'public' },
    onRequest: async (request) => anonymous.admit(request.ip),
    schema: {
      summary: 'Object to a suspension, with the code of one of the notices that one sent',
      description: 'Another lead than who suspended answers; the answer stands with the status.',
      body: wireNoticeObjection,
      response: { 202: z.object({}), ...problems },
    },
    handler: async (request, reply) => {
      const { proof, code, misuse, words } = request.body;
      await anonymous.takeProof(proof);
      const codeSha256 = createHash('sha256').update(code).digest('hex');
      const attempt = anonymous.attempt(codeSha256, request.ip);
      const sent = await attempt.judge(() => objectByCode(store, codeSha256, misuse, words));
      if (sent.ok || sent.reason !== 'not-found') attempt.succeeded();
      if (!sent.ok) throw new HttpProblem(sent.reason);
      return reply.code(202).send({});
    },
  });
}
