/**
 * The doors of threads: the person's by the thread's secret, the helper's by a session with the permission `helper`.
 *
 * Whoever is not the thread's present helper gets the same answer as for a thread that is not there, a lead and an
 * administrator too: who helps whom is nobody else's business, and nobody but the two can read it anyway.
 * @module
 */

import { parseUtcMs } from '@reclaim/casework/instant';
import {
  wireAppended,
  wireHelperAppend,
  wireHelperKey,
  wireHelperRead,
  wireHelpers,
  wireInbox,
  wireNewThread,
  wireThread,
  wireThreadAppend,
  wireThreadRead,
  wireThreadSecret,
  wireThreadShare,
  wireThreadUnshare,
} from '@reclaim/casework/wire-thread';
import { helperKeyOf, listHelpers, putHelperKey, removeHelperKey } from '@reclaim/store/helper-keys';
import {
  type AppendedEntry,
  appendEntry,
  deleteThread,
  endShare,
  keepShare,
  keepThread,
  readThread,
  type ThreadRefusal,
  threadsOfHelper,
} from '@reclaim/store/threads';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { HttpProblem, type ProblemKind } from './problem.ts';
import { type NodeParts, problems, type Server } from './route.ts';
import { staffOf } from './sessions.ts';
import { threadFileRoutes } from './thread-file-routes.ts';

const nothing = z.strictObject({});

const PROBLEM_OF: Readonly<Record<ThreadRefusal, ProblemKind | 'already-exists'>> = {
  'not-found': 'not-found',
  'already-exists': 'already-exists',
  version: 'refused-version',
  full: 'thread-full',
  'no-helper': 'no-helper',
  until: 'invalid-request',
};

function counted(outcome: AppendedEntry): { readonly count: number } {
  if (!outcome.ok) throw new HttpProblem(PROBLEM_OF[outcome.reason]);
  return { count: outcome.count };
}

/** Registers the routes below `/v1/threads`, `/v1/helpers` and `/v1/helper`. */
export function threadRoutes(server: Server, parts: NodeParts): void {
  personRoutes(server, parts);
  helperRoutes(server, parts);
  threadFileRoutes(server, parts);
}

function personRoutes(server: Server, { store, anonymous }: NodeParts): void {
  // Before the body is read.
  const onRequest = async (request: FastifyRequest): Promise<void> => anonymous.admit(request.ip);
  const config = { scopes: 'public' } as const;

  server.route({
    method: 'POST',
    url: '/v1/helpers/list',
    config,
    onRequest,
    schema: {
      summary: 'The helpers of this organisation who can be written to',
      body: nothing,
      response: { 200: wireHelpers, ...problems },
    },
    handler: async () => ({ helpers: [...(await listHelpers(store))] }),
  });

  server.route({
    method: 'POST',
    url: '/v1/threads',
    config,
    onRequest,
    schema: {
      summary: 'Begin a thread with a helper',
      body: wireNewThread,
      response: { 201: wireAppended, ...problems },
    },
    handler: async (request, reply) => {
      const { proof, ...draft } = request.body;
      await anonymous.takeProof(proof);
      anonymous.takeWrite(request.ip, 1, 0);
      return reply.code(201).send(counted(await keepThread(store, draft)));
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/threads/read',
    config,
    onRequest,
    schema: {
      summary: 'Read a thread from a place on, as the person',
      body: wireThreadRead,
      response: { 200: wireThread, ...problems },
    },
    handler: async (request) => {
      const { secret, after } = request.body;
      const thread = await readThread(store, { kind: 'person', secret }, after);
      if (thread === undefined) throw new HttpProblem('not-found');
      return thread;
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/threads/append',
    config,
    onRequest,
    schema: {
      summary: 'Add an entry, as the person',
      description: 'Of two entries for one place the second is refused with `refused-version`.',
      body: wireThreadAppend,
      response: { 200: wireAppended, ...problems },
    },
    handler: async (request) => {
      const { secret, ...draft } = request.body;
      return counted(await appendEntry(store, { kind: 'person', secret }, draft));
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/threads/share',
    config,
    onRequest,
    schema: {
      summary: 'Open something to the helper until a day; the pieces of its files follow',
      body: wireThreadShare,
      response: { 204: z.null(), ...problems },
    },
    handler: async (request, reply) => {
      const { secret, ...draft } = request.body;
      // Files are an anonymous write like a case: so many an hour from one address.
      if ((draft.files ?? []).length > 0) anonymous.takeWrite(request.ip, 1, 0);
      const outcome = await keepShare(store, secret, draft);
      if (outcome !== 'kept') throw new HttpProblem(PROBLEM_OF[outcome]);
      return reply.code(204).send(null);
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/threads/unshare',
    config,
    onRequest,
    schema: {
      summary: 'End a share now; the answer is the same where there is none',
      body: wireThreadUnshare,
      response: { 204: z.null(), ...problems },
    },
    handler: async (request, reply) => {
      await endShare(store, request.body.secret, request.body.share);
      return reply.code(204).send(null);
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/threads/delete',
    config,
    onRequest,
    schema: {
      summary: 'Erase a thread for both sides; the answer is the same where there is none',
      body: wireThreadSecret,
      response: { 204: z.null(), ...problems },
    },
    handler: async (request, reply) => {
      await deleteThread(store, request.body.secret);
      return reply.code(204).send(null);
    },
  });
}

function helperRoutes(server: Server, { store }: NodeParts): void {
  const config = { session: 'required', permissions: ['helper'] } as const;

  server.route({
    method: 'PUT',
    url: '/v1/helper/key',
    config,
    schema: {
      summary: "Set one's own public key, and whether one takes new threads",
      body: wireHelperKey,
      response: { 204: z.null(), ...problems },
    },
    handler: async (request, reply) => {
      await putHelperKey(store, staffOf(request).staff.id, request.body);
      return reply.code(204).send(null);
    },
  });

  server.route({
    method: 'DELETE',
    url: '/v1/helper/key',
    config,
    schema: {
      summary: "Take one's own public key back: nothing new is sealed to it",
      response: { 204: z.null(), ...problems },
    },
    handler: async (request, reply) => {
      await removeHelperKey(store, staffOf(request).staff.id);
      return reply.code(204).send(null);
    },
  });

  server.route({
    method: 'GET',
    url: '/v1/helper/threads',
    config,
    schema: {
      summary: "One's own threads, the latest first",
      response: { 200: wireInbox, ...problems },
    },
    handler: async (request) => {
      const { id } = staffOf(request).staff;
      const [key, threads] = await Promise.all([helperKeyOf(store, id), threadsOfHelper(store, id)]);
      return {
        ...(key === undefined ? {} : { key }),
        threads: threads.map((each) => ({ ...each, day: parseUtcMs(each.day) })),
      };
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/helper/threads/read',
    config,
    schema: {
      summary: "Read one of one's own threads from a place on",
      body: wireHelperRead,
      response: { 200: wireThread, ...problems },
    },
    handler: async (request) => {
      const { thread, after } = request.body;
      const side = { kind: 'helper', helper: staffOf(request).staff.id, thread } as const;
      const found = await readThread(store, side, after);
      if (found === undefined) throw new HttpProblem('not-found');
      return found;
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/helper/threads/append',
    config,
    schema: {
      summary: 'Add an entry as the helper; with it, hand over or change the key',
      body: wireHelperAppend,
      response: { 200: wireAppended, ...problems },
    },
    handler: async (request) => {
      const { thread, ...draft } = request.body;
      const side = { kind: 'helper', helper: staffOf(request).staff.id, thread } as const;
      return counted(await appendEntry(store, side, draft));
    },
  });
}
