/**
 * The routes of evidence: a person's sealed record, and stamps passed on to the authorities. No key, no account, no cookie.
 *
 * The node sees ciphertext under a capability, and digests of random bytes. It writes down neither who came nor when.
 * @module
 */

import {
  RECORD_BODY_BYTES,
  wireAuthorities,
  wireDeleteRecord,
  wireKeptRecord,
  wireOpenRecord,
  wireSaveRecord,
  wireSealedRecord,
  wireStampAnswers,
  wireStampQuestion,
} from '@reclaim/casework/wire-evidence';
import { deleteRecord, keepRecord, readRecord } from '@reclaim/store/evidence-records';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { HttpProblem } from './problem.ts';
import { type NodeParts, problems, type Server } from './route.ts';
import { askAuthority } from './timestamp-authorities.ts';

/** Registers the routes below `/v1/evidence` and `/v1/timestamps`. */
export function evidenceRoutes(server: Server, { store, anonymous, timestampAuthorities }: NodeParts): void {
  // Before the body is read.
  const onRequest = async (request: FastifyRequest): Promise<void> => anonymous.admit(request.ip);

  server.route({
    method: 'POST',
    url: '/v1/evidence/save',
    config: { scopes: 'public' },
    bodyLimit: RECORD_BODY_BYTES,
    onRequest,
    schema: {
      summary: 'Keep a sealed record of evidence, new or changed',
      description: '`version` is the one that was read, 0 for a new one: of two tabs the second is refused.',
      body: wireSaveRecord,
      response: { 200: wireKeptRecord, ...problems },
    },
    handler: async (request) => {
      const { proof, capability, version, sealed } = request.body;
      await anonymous.takeProof(proof);
      anonymous.takeWrite(request.ip, version === 0 ? 1 : 0, 0);
      const kept = await keepRecord(store, capability, version, sealed);
      if (!kept.ok) throw new HttpProblem('refused-version');
      return { version: kept.version };
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/evidence/open',
    config: { scopes: 'public' },
    onRequest,
    schema: {
      summary: 'Open a record by its capability',
      description: 'Where there is none, never or no longer, `sealed` is null and `version` 0.',
      body: wireOpenRecord,
      response: { 200: wireSealedRecord, ...problems },
    },
    handler: async (request) => {
      const { proof, capability } = request.body;
      await anonymous.takeProof(proof);
      return (await readRecord(store, capability)) ?? { sealed: null, version: 0 };
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/evidence/delete',
    config: { scopes: 'public' },
    onRequest,
    schema: {
      summary: 'Erase a record',
      description: 'The answer is the same for a record that is not there.',
      body: wireDeleteRecord,
      response: { 204: z.null(), ...problems },
    },
    handler: async (request, reply) => {
      await deleteRecord(store, request.body.capability);
      return reply.code(204).send(null);
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/timestamps/authorities',
    config: { scopes: 'public' },
    onRequest,
    schema: {
      summary: 'The timestamping authorities that this node asks, with their roots',
      body: z.strictObject({}),
      response: { 200: wireAuthorities, ...problems },
    },
    handler: async () => ({
      authorities: timestampAuthorities.map(({ id, name, roots }) => ({ id, name, roots })),
    }),
  });

  server.route({
    method: 'POST',
    url: '/v1/timestamps',
    config: { scopes: 'public' },
    onRequest,
    schema: {
      summary: 'Have a digest stamped by every authority (RFC 3161)',
      description:
        'The digest is of random bytes and a digest (docs/vault.md): neither the node nor an authority learns of what. Nothing is kept.',
      body: wireStampQuestion,
      response: { 200: wireStampAnswers, ...problems },
    },
    handler: async (request) => {
      const { proof, imprint, nonce } = request.body;
      await anonymous.takeProof(proof);
      const answers = await Promise.all(
        timestampAuthorities.map(async (authority) => {
          const reply = await askAuthority(authority, imprint, Buffer.from(nonce, 'hex'));
          return {
            authority: authority.id,
            reply: reply === undefined ? null : Buffer.from(reply).toString('base64'),
          };
        }),
      );
      return { answers };
    },
  });
}
