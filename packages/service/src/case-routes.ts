/**
 * The person's door: challenges, cases, and what became of one signal. No key, no account, no cookie.
 *
 * What is refused is refused without a trace: nothing of a refused case is stored, and wrong, unknown and deleted cases
 * have one answer, reached by the same work.
 * @module
 */

import { whyNotBankable } from '@reclaim/casework/bankable';
import {
  type Kept,
  type NewCase,
  wireChallenge,
  wireDeleteCase,
  wireKept,
  wireMoveCase,
  wireMovedCase,
  wireNewCase,
  wireOpenCase,
  wireSaveCase,
  wireSealedCase,
  wireSignalQuestion,
  wireSignalReceipt,
} from '@reclaim/casework/wire-case';
import {
  authHash,
  deleteCase,
  type KeptCase,
  keepCase,
  moveCase,
  openCase,
  saveCase,
} from '@reclaim/store/cases';
import { signalReceipt } from '@reclaim/store/receipts';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { HttpProblem } from './problem.ts';
import { type NodeParts, problems, type Server } from './route.ts';

/** Registers the routes below `/v1/challenges`, `/v1/cases` and `/v1/signal-receipts`. */
export function caseRoutes(server: Server, { store, keeper, anonymous }: NodeParts): void {
  // Before the body is read.
  const onRequest = async (request: FastifyRequest): Promise<void> => anonymous.admit(request.ip);

  const kept = async (outcome: KeptCase, gate: Gate): Promise<Kept> => {
    if (!outcome.ok) {
      if (outcome.reason === 'version') throw new HttpProblem('refused-version');
      throw new HttpProblem(outcome.reason);
    }
    if (gate.drafts.length > 0) await keeper.catchUp();
    return { version: outcome.version, signals: [...gate.answers] };
  };

  server.route({
    method: 'POST',
    url: '/v1/challenges',
    config: { scopes: 'public' },
    onRequest,
    schema: {
      summary: 'Ask for a puzzle, to be solved before an anonymous write',
      body: z.strictObject({}),
      response: { 200: wireChallenge, ...problems },
    },
    handler: async () => anonymous.challenge(),
  });

  server.route({
    method: 'POST',
    url: '/v1/cases',
    config: { scopes: 'public' },
    onRequest,
    schema: {
      summary: 'Keep a new case and bank its signals',
      description:
        'Signals that cannot be banked are named in the answer and left out; the case is kept all the same. Where anyone may have been under 18 nothing is taken.',
      body: wireNewCase,
      response: { 201: wireKept, ...problems },
    },
    handler: async (request, reply) => {
      const { proof, under18, lookupId, authSha256, sealed, signals } = request.body;
      refuseMinor(under18);
      await anonymous.takeProof(proof);
      const gate = gateOf(signals);
      anonymous.takeWrite(request.ip, 1, gate.drafts.length);
      const outcome = await keepCase(store, { lookupId, authSha256 }, { sealed, signals: gate.drafts });
      return reply.code(201).send(await kept(outcome, gate));
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/cases/open',
    config: { scopes: 'public' },
    onRequest,
    schema: {
      summary: 'Open a case by what follows from its receipt code',
      description: 'A wrong code, an unknown case and a deleted one have the same answer.',
      body: wireOpenCase,
      response: { 200: wireSealedCase, ...problems },
    },
    handler: async (request) => {
      const { proof, lookupId, authKey } = request.body;
      await anonymous.takeProof(proof);
      const attempt = anonymous.attempt(lookupId, request.ip);
      const names = { lookupId, authSha256: authHash(authKey) };
      const found = await attempt.judge(() => openCase(store, names));
      if (found === undefined) throw new HttpProblem('not-found');
      attempt.succeeded();
      return found;
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/cases/save',
    config: { scopes: 'public' },
    onRequest,
    schema: {
      summary: 'Change a case, and bank new signals with it',
      description: '`version` is the one that was read: of two tabs the second is refused.',
      body: wireSaveCase,
      response: { 200: wireKept, ...problems },
    },
    handler: async (request) => {
      const { proof, under18, lookupId, authKey, version, sealed, signals } = request.body;
      refuseMinor(under18);
      await anonymous.takeProof(proof);
      const attempt = anonymous.attempt(lookupId, request.ip);
      const gate = gateOf(signals);
      const names = { lookupId, authSha256: authHash(authKey) };
      const outcome = await attempt.judge(async () => {
        anonymous.takeWrite(request.ip, 0, gate.drafts.length);
        return saveCase(store, names, version, { sealed, signals: gate.drafts });
      });
      // Whatever else may be wrong with it, the key was right.
      if (outcome.ok || outcome.reason !== 'not-found') attempt.succeeded();
      return kept(outcome, gate);
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/cases/move',
    config: { scopes: 'public' },
    onRequest,
    schema: {
      summary: 'Put a case under another receipt code; the old one leads to nothing from then on',
      description: 'A wrong code, an unknown case and one that was moved before have the same answer.',
      body: wireMoveCase,
      response: { 200: wireMovedCase, ...problems },
    },
    handler: async (request) => {
      const { proof, lookupId, authKey, version, to } = request.body;
      await anonymous.takeProof(proof);
      const attempt = anonymous.attempt(lookupId, request.ip);
      const outcome = await attempt.judge(async () => {
        anonymous.takeWrite(request.ip, 1, 0);
        return moveCase(store, { lookupId, authSha256: authHash(authKey) }, version, to);
      });
      if (outcome.ok || outcome.reason !== 'not-found') attempt.succeeded();
      if (outcome.ok) return { version: outcome.version };
      throw new HttpProblem(outcome.reason === 'version' ? 'refused-version' : outcome.reason);
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/cases/delete',
    config: { scopes: 'public' },
    onRequest,
    schema: {
      summary: 'Delete a case',
      description:
        'Its signals are withdrawn apart, each by its capability. The answer is the same for a case that is not there.',
      body: wireDeleteCase,
      response: { 204: z.null(), ...problems },
    },
    handler: async (request, reply) => {
      const { lookupId, authKey } = request.body;
      const attempt = anonymous.attempt(lookupId, request.ip);
      const names = { lookupId, authSha256: authHash(authKey) };
      if (await attempt.judge(() => deleteCase(store, names))) attempt.succeeded();
      return reply.code(204).send(null);
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/signal-receipts',
    config: { scopes: 'public' },
    onRequest,
    schema: {
      summary: 'What became of one signal, asked by its capability',
      description:
        'Counts are rounded down to their leading digit. A signal that was withdrawn or has expired is gone: 404, as for a capability that never was.',
      body: wireSignalQuestion,
      response: { 200: wireSignalReceipt, ...problems },
    },
    handler: async (request) => {
      const receipt = await signalReceipt(store, request.body.capability);
      if (receipt === undefined) throw new HttpProblem('not-found');
      return receipt;
    },
  });
}

/** S41: the node refuses too, whatever the page in the browser did. */
function refuseMinor(under18: NewCase['under18']): void {
  if (under18 !== 'no') throw new HttpProblem('refused-minor');
}

type Gate = {
  readonly answers: readonly Kept['signals'][number][];
  readonly drafts: readonly {
    readonly signal: NewCase['signals'][number]['signal'];
    readonly capabilitySha256: Buffer;
  }[];
};

/** What the gate says of each signal, and those that pass. */
function gateOf(signals: NewCase['signals']): Gate {
  const answers = signals.map(({ signal }) => whyNotBankable(signal) ?? ('banked' as const));
  const drafts = signals
    .filter((_, i) => answers[i] === 'banked')
    .map(({ signal, capabilitySha256 }) => ({
      signal,
      capabilitySha256: Buffer.from(capabilitySha256, 'hex'),
    }));
  return { answers, drafts };
}
