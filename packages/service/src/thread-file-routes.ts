/**
 * The doors of files that a person opened to a helper: the person brings the pieces, the helper fetches them, and of an
 * original the second person is asked first.
 *
 * A file of a thread that is not one's own answers like one that is not there. A look is not written down here: the
 * helper's browser writes it into the thread, signed, before it asks for the first piece (`looked`).
 * @module
 */

import {
  PIECE_BODY_BYTES,
  wireHelperPiece,
  wireOriginalAnswer,
  wireOriginalAsk,
  wireOriginalAsks,
  wirePiece,
  wireThreadPiece,
} from '@reclaim/casework/wire-thread';
import {
  answerOriginal,
  askOriginal,
  type FileRefusal,
  keepPiece,
  originalsAsked,
  readPiece,
} from '@reclaim/store/thread-files';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { HttpProblem, type ProblemKind } from './problem.ts';
import { type NodeParts, problems, type Server } from './route.ts';
import { staffOf } from './sessions.ts';

const PROBLEM_OF: Readonly<Record<FileRefusal, ProblemKind>> = {
  'not-found': 'not-found',
  state: 'refused-original',
  version: 'refused-version',
  full: 'thread-full',
};

/** Registers the routes of files below `/v1/threads` and `/v1/helper`. */
export function threadFileRoutes(server: Server, { store, anonymous }: NodeParts): void {
  server.route({
    method: 'POST',
    url: '/v1/threads/piece',
    config: { scopes: 'public' },
    bodyLimit: PIECE_BODY_BYTES,
    // Before the body is read.
    onRequest: async (request: FastifyRequest): Promise<void> => anonymous.admit(request.ip),
    schema: {
      summary: 'Bring one piece of a sealed file of a share',
      body: wireThreadPiece,
      response: { 204: z.null(), ...problems },
    },
    handler: async (request, reply) => {
      const { secret, ...draft } = request.body;
      const outcome = await keepPiece(store, secret, draft);
      if (outcome !== 'kept') throw new HttpProblem(PROBLEM_OF[outcome]);
      return reply.code(204).send(null);
    },
  });

  const helper = { session: 'required', permissions: ['helper'] } as const;
  const originals = { session: 'required', permissions: ['originals'] } as const;

  server.route({
    method: 'POST',
    url: '/v1/helper/threads/piece',
    config: helper,
    schema: {
      summary: 'Fetch one piece of a file that is open to oneself',
      description: 'Of an original 409 `refused-original` until the second person agreed.',
      body: wireHelperPiece,
      response: { 200: wirePiece, ...problems },
    },
    handler: async (request) => {
      const { piece, ...place } = request.body;
      const found = await readPiece(store, staffOf(request).staff.id, place, piece);
      if (!found.ok) throw new HttpProblem(PROBLEM_OF[found.reason]);
      return { sealed: found.sealed };
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/helper/originals/ask',
    config: originals,
    schema: {
      summary: 'Ask the second person for their half of an original',
      body: wireOriginalAsk,
      response: { 204: z.null(), ...problems },
    },
    handler: async (request, reply) => {
      const { ask, ...place } = request.body;
      const outcome = await askOriginal(store, staffOf(request).staff.id, place, ask);
      if (outcome !== 'asked') throw new HttpProblem(PROBLEM_OF[outcome]);
      return reply.code(204).send(null);
    },
  });

  server.route({
    method: 'GET',
    url: '/v1/helper/originals',
    config: originals,
    schema: {
      summary: 'What one is asked as the second person',
      response: { 200: wireOriginalAsks, ...problems },
    },
    handler: async (request) => ({ asks: [...(await originalsAsked(store, staffOf(request).staff.id))] }),
  });

  server.route({
    method: 'POST',
    url: '/v1/helper/originals/answer',
    config: originals,
    schema: {
      summary: 'Answer as the second person: with one’s half, sealed to the helper, or with no',
      body: wireOriginalAnswer,
      response: { 204: z.null(), ...problems },
    },
    handler: async (request, reply) => {
      const { answer, ...place } = request.body;
      const outcome = await answerOriginal(store, staffOf(request).staff.id, place, answer);
      if (outcome !== 'answered') throw new HttpProblem(PROBLEM_OF[outcome]);
      return reply.code(204).send(null);
    },
  });
}
