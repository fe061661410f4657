/**
 * Banks, the signals in them, and their withdrawal.
 * @module
 */

import { whyNotBankable } from '@reclaim/casework/bankable';
import {
  MAX_ITEMS,
  wireBank,
  wireBankedSignal,
  wireBankId,
  wireBankPatch,
  wireBankRequest,
  wireBankSignalsRequest,
  wireBankSignalsResponse,
  wireSignalCommand,
  wireSignalId,
  wireWithdrawal,
} from '@reclaim/casework/wire';
import { changeBank, findBank, listBanks, makeBank } from '@reclaim/store/banks';
import { bankSignals, commandSignal, findSignal, withdrawByCapability } from '@reclaim/store/signals';
import * as z from 'zod/mini';
import { HttpProblem } from './problem.ts';
import { actorOf, type NodeParts, problems, type Server } from './route.ts';

const bankPath = z.strictObject({ id: wireBankId });
const signalPath = z.strictObject({ id: wireSignalId });

/** Registers the routes below `/v1/banks`, `/v1/signals` and `/v1/withdrawals`. */
export function bankRoutes(server: Server, { store, keeper, anonymous }: NodeParts): void {
  server.route({
    method: 'GET',
    url: '/v1/banks',
    config: { scopes: ['bank', 'review'] },
    schema: { summary: 'List banks', response: { 200: z.object({ banks: z.array(wireBank) }), ...problems } },
    handler: async () => ({ banks: [...(await listBanks(store))] }),
  });

  server.route({
    method: 'POST',
    url: '/v1/banks',
    config: { scopes: ['bank'] },
    schema: { summary: 'Make a bank', body: wireBankRequest, response: { 201: wireBank, ...problems } },
    handler: async (request, reply) => {
      checkBits(request.body.confidentBits, request.body.possibleBits);
      const made = await makeBank(store, actorOf(request), request.body);
      if (!made.ok) throw new HttpProblem(made.reason);
      await keeper.catchUp();
      return reply.code(201).send({ ...made.bank, signals: 0 });
    },
  });

  server.route({
    method: 'PATCH',
    url: '/v1/banks/:id',
    config: { scopes: ['bank'] },
    schema: {
      summary: 'Rename a bank, switch it on or off, change its thresholds',
      params: bankPath,
      body: wireBankPatch,
      response: { 200: wireBank, ...problems },
    },
    handler: async (request) => {
      const { id } = request.params;
      const before = await findBank(store, id);
      if (before === undefined) throw new HttpProblem('not-found');
      const { confidentBits = before.confidentBits, possibleBits = before.possibleBits } = request.body;
      checkBits(confidentBits, possibleBits);
      const changed = await changeBank(store, actorOf(request), id, request.body);
      if (!changed.ok) throw new HttpProblem(changed.reason);
      await keeper.catchUp();
      const bank = (await listBanks(store)).find((each) => each.id === id);
      if (bank === undefined) throw new HttpProblem('not-found');
      return bank;
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/banks/:id/signals',
    config: { scopes: ['bank'] },
    schema: {
      summary: 'Bank signals',
      description:
        'They start unconfirmed: their matches go to review. The capability in the answer withdraws the signal. Sent again ' +
        'with the same `idempotency-key`, a signal that stands is answered as it was; without one it is banked once more.',
      params: bankPath,
      body: wireBankSignalsRequest,
      response: { 201: wireBankSignalsResponse, ...problems },
    },
    handler: async (request, reply) => {
      const { signals } = request.body;
      const invalid = signals.flatMap((signal, i) => {
        const rule = whyNotBankable(signal);
        return rule === undefined ? [] : [{ pointer: `/signals/${i}`, rule }];
      });
      if (invalid.length > 0) throw new HttpProblem('not-bankable', invalid.slice(0, MAX_ITEMS));
      const banked = await bankSignals(store, actorOf(request), request.params.id, signals, {
        ...onceOf(request.headers['idempotency-key']),
      });
      if (!banked.ok) throw new HttpProblem(banked.reason);
      await keeper.catchUp();
      return reply.code(201).send({ logPosition: banked.position, signals: [...banked.signals] });
    },
  });

  server.route({
    method: 'GET',
    url: '/v1/signals/:id',
    config: { scopes: ['bank', 'review'] },
    schema: {
      summary: 'The state of a banked signal, never its value',
      params: signalPath,
      response: { 200: wireBankedSignal, ...problems },
    },
    handler: async (request) => {
      const signal = await findSignal(store, request.params.id);
      if (signal === undefined) throw new HttpProblem('not-found');
      return signal;
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/signals/:id/commands',
    config: { scopes: ['review'] },
    schema: {
      summary: 'Dispute a signal, resolve its dispute, or withdraw it',
      params: signalPath,
      body: wireSignalCommand,
      response: { 200: wireBankedSignal, ...problems },
    },
    handler: async (request) => {
      const { id } = request.params;
      const outcome = await commandSignal(store, actorOf(request), { ...request.body, signalId: id });
      if (!outcome.ok) throw new HttpProblem(outcome.reason);
      await keeper.catchUp();
      const signal = await findSignal(store, id);
      if (signal === undefined) throw new HttpProblem('not-found');
      return signal;
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/withdrawals',
    config: { scopes: 'public' },
    // No proof of work: taking something back must never cost.
    onRequest: async (request) => anonymous.admit(request.ip),
    schema: {
      summary: 'Withdraw a signal by its capability',
      description: 'No key is needed. The answer is the same for a capability that opens nothing.',
      body: wireWithdrawal,
      response: { 204: z.null(), ...problems },
    },
    handler: async (request, reply) => {
      await withdrawByCapability(store, request.body.capability);
      await keeper.catchUp();
      return reply.code(204).send(null);
    },
  });
}

/** By what a request is known when it is sent again: a header of at most 200 visible characters, or nothing. */
function onceOf(header: string | readonly string[] | undefined): { readonly once?: string } {
  if (header === undefined) return {};
  if (typeof header === 'string' && /^[\x21-\x7e]{1,200}$/.test(header)) return { once: header };
  throw new HttpProblem('invalid-request', [{ pointer: '/headers/idempotency-key', rule: 'pattern' }]);
}

/** A possible band that ends before the confident one would be no band. */
function checkBits(confidentBits: number, possibleBits: number): void {
  if (possibleBits < confidentBits) {
    throw new HttpProblem('invalid-request', [{ pointer: '/possibleBits', rule: 'at least confidentBits' }]);
  }
}
