/**
 * Reports, jobs, decisions, and the outcomes that platforms read.
 * @module
 */

import { randomBytes } from 'node:crypto';
import type { Decision } from '@reclaim/casework/decision';
import { type ActorId, makeId } from '@reclaim/casework/id';
import { JOB_STATES, type JobCommand } from '@reclaim/casework/job';
import {
  wireJob,
  wireJobId,
  wireJobPage,
  wireOutcomePage,
  wireReport,
  wireUndoRequest,
} from '@reclaim/casework/wire';
import { wireDecideRequest } from '@reclaim/casework/wire-decide';
import type { StatementChoice } from '@reclaim/casework/wire-statement-choice';
import { findJob, type JobReader, listJobs } from '@reclaim/store/job-rows';
import { commandJob, openJob } from '@reclaim/store/jobs';
import { outcomesAfter } from '@reclaim/store/outcomes';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { HttpProblem, jobProblem } from './problem.ts';
import { actorOf, type NodeParts, problems, type Server } from './route.ts';

const jobPath = z.strictObject({ id: wireJobId });
/** A cursor or a limit in a query string. */
const whole = (most: number) => z.coerce.number().check(z.int(), z.gte(0), z.lte(most));

/** As whom a request reads jobs. No scope of a key is the lane for minors. */
export function readerOf({ staffSession }: FastifyRequest): JobReader {
  if (staffSession === undefined) return 'key';
  return staffSession.staff.permissions.includes('minor-lane') ? 'minor-lane' : 'staff';
}

/** Registers the routes below `/v1/jobs`, `/v1/reports` and `/v1/outcomes`. */
export function jobRoutes(server: Server, { store, keeper, copies, platform }: NodeParts): void {
  const command = async (
    request: FastifyRequest,
    jobCommand: JobCommand & { readonly by: ActorId },
    choice?: StatementChoice,
  ) => {
    const statement = choice === undefined ? undefined : { choice, platform };
    const outcome = await commandJob(store, jobCommand.by, jobCommand, readerOf(request), statement);
    if (!outcome.ok) throw jobProblem(outcome);
    // A ruling may have confirmed signals: the next check must already see it.
    await keeper.catchUp();
    return outcome.job;
  };
  const answersJob = { 200: wireJob, ...problems };

  server.route({
    method: 'POST',
    url: '/v1/reports',
    config: { scopes: ['report'] },
    schema: {
      summary: "Pass on a user's report on a published item",
      body: wireReport,
      response: { 202: z.object({ jobId: wireJobId }), ...problems },
    },
    handler: async (request, reply) => {
      const { item, reason } = request.body;
      const { jobId } = await openJob(store, actorOf(request), {
        item,
        cause: 'report',
        interim: 'none',
        matches: [],
        contentTag: undefined,
        reason,
      });
      return reply.code(202).send({ jobId });
    },
  });

  server.route({
    method: 'GET',
    url: '/v1/outcomes',
    config: { scopes: ['check'] },
    schema: {
      summary: 'What became of items, in order',
      querystring: z.strictObject({
        after: z._default(whole(Number.MAX_SAFE_INTEGER), 0),
        limit: z._default(whole(500).check(z.gte(1)), 100),
      }),
      response: { 200: wireOutcomePage, ...problems },
    },
    handler: (request) => outcomesAfter(store, request.query.after, request.query.limit),
  });

  server.route({
    method: 'GET',
    url: '/v1/jobs',
    config: { scopes: ['review'] },
    schema: {
      summary: 'List jobs, oldest first',
      querystring: z.strictObject({
        state: z.optional(z.enum(JOB_STATES)),
        after: z._default(whole(Number.MAX_SAFE_INTEGER), 0),
        limit: z._default(whole(200).check(z.gte(1)), 50),
      }),
      response: { 200: wireJobPage, ...problems },
    },
    handler: (request) => listJobs(store, request.query, readerOf(request)),
  });

  server.route({
    method: 'GET',
    url: '/v1/jobs/:id',
    config: { scopes: ['review'] },
    schema: { summary: 'One job', params: jobPath, response: answersJob },
    handler: async (request) => {
      const job = await findJob(store, request.params.id, readerOf(request));
      if (job === undefined) throw new HttpProblem('not-found');
      return job;
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/jobs/:id/claim',
    config: { scopes: ['review'] },
    schema: {
      summary: 'Claim a job for 15 minutes, or renew the claim',
      params: jobPath,
      response: answersJob,
    },
    handler: (request) =>
      command(request, { kind: 'claim', jobId: request.params.id, by: actorOf(request), now: store.now() }),
  });

  server.route({
    method: 'POST',
    url: '/v1/jobs/:id/hold',
    config: { session: 'required', permissions: ['review', 'lead'] },
    schema: {
      summary: 'Have a published item held until it is decided: an interim measure',
      description: 'The platform hears of the outcome `hold`. A ruling confirms or restores.',
      params: jobPath,
      response: answersJob,
    },
    handler: (request) => command(request, { kind: 'hold', jobId: request.params.id, by: actorOf(request) }),
  });

  server.route({
    method: 'POST',
    url: '/v1/jobs/:id/release',
    config: { scopes: ['review'] },
    schema: { summary: 'Give a claimed job back', params: jobPath, response: answersJob },
    handler: (request) =>
      command(request, { kind: 'release', jobId: request.params.id, by: actorOf(request) }),
  });

  server.route({
    method: 'POST',
    url: '/v1/jobs/:id/decide',
    config: { scopes: ['review'] },
    schema: {
      summary: 'Decide a claimed job',
      description:
        'Of a session of the staff it is known that a person decided. A key may be a program: the platform declares how far the ruling was automated, and a statement of reasons needs that.',
      params: jobPath,
      body: wireDecideRequest,
      response: answersJob,
    },
    handler: async (request) => {
      const { ruling, facts, statement, automated } = request.body;
      const decisionId = makeId('decision', randomBytes(16));
      const byKey = request.apiKey !== undefined;
      if (!byKey && automated !== undefined)
        throw new HttpProblem('invalid-request', [{ pointer: '/automated', rule: 'of-keys-alone' }]);
      // Only a session of the staff shows that a person was there.
      const decision: Decision = byKey
        ? { decisionId, ruling, automated: automated ?? 'undeclared', byKey }
        : { decisionId, ruling, automated: 'no' };
      const { id: jobId } = request.params;
      const confirms = ruling.outcome === 'remove' && ruling.confirms.length > 0;
      // Read before the ruling, which erases it.
      const copy = confirms ? await copies.before(jobId) : undefined;
      const decided = await command(
        request,
        {
          kind: 'decide',
          jobId,
          by: actorOf(request),
          now: store.now(),
          decision,
          facts,
        },
        statement,
      );
      if (copy !== undefined) copies.keep(jobId, copy);
      return decided;
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/jobs/:id/undo',
    config: { scopes: ['review'] },
    schema: { summary: 'Undo a decision', params: jobPath, body: wireUndoRequest, response: answersJob },
    handler: (request) =>
      command(request, {
        kind: 'undo',
        jobId: request.params.id,
        by: actorOf(request),
        facts: request.body.facts,
      }),
  });
}
