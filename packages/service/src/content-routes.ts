/**
 * The content index from outside: keeping what is hosted, forgetting it, and how far the search is.
 *
 * Nothing is kept that a platform did not ask to be kept, nor for longer than it said: of an item the SHA-256 and the PDQ
 * hash of usable quality, in all the orientations that it came with. Those of really turned pixels cannot be made of the
 * upright hash, and without them a small picture that is hosted turned would be missed. Windows are not kept: many hashes
 * of one picture would be the picture.
 * @module
 */

import type { UtcMs } from '@reclaim/casework/instant';
import type { Item, QuerySignal } from '@reclaim/casework/wire';
import {
  wireContentState,
  wireForgetRequest,
  wireKeepRequest,
  wireKeepResponse,
} from '@reclaim/casework/wire-content';
import { packOrientations } from '@reclaim/fingerprint/orientation-pack';
import { MIN_QUALITY } from '@reclaim/fingerprint/pdq';
import { signalBytes } from '@reclaim/fingerprint/signal';
import {
  type ContentHashes,
  contentCount,
  forgetContent,
  keepContent,
  keptUntil,
} from '@reclaim/store/content';
import { searchedTo } from '@reclaim/store/content-search';
import { bankPosition } from '@reclaim/store/signal-feed';
import * as z from 'zod/mini';
import { type NodeParts, problems, type Server } from './route.ts';

/** What of an item's signals is kept; `undefined` where there is nothing to be found by. */
export function hashesOf(signals: readonly QuerySignal[]): ContentHashes | undefined {
  const pdq = signals.find(
    (signal): signal is Extract<QuerySignal, { kind: 'pdq' }> =>
      signal.kind === 'pdq' && signal.quality >= MIN_QUALITY,
  );
  const sha256 = signals.find(({ kind }) => kind === 'sha256');
  if (pdq === undefined && sha256 === undefined) return undefined;
  return {
    pdq: pdq && packOrientations((pdq.orientations ?? [pdq.value]).map(signalBytes)),
    sha256: sha256 === undefined ? undefined : signalBytes(sha256.value),
  };
}

/**
 * Keeps one item that was looked for up to `lookedTo`, 0 for never. Answers until when, or `undefined` where there was
 * nothing to keep.
 */
export async function keepFor(
  { store, retroactive }: Pick<NodeParts, 'store' | 'retroactive'>,
  { id, previewUrl }: Item,
  days: number,
  hashes: ContentHashes | undefined,
  lookedTo: number,
): Promise<UtcMs | undefined> {
  if (hashes === undefined) return undefined;
  const item = { id, ...(previewUrl === undefined ? {} : { previewUrl }) };
  const expiresAt = keptUntil(store, days);
  await keepContent(store, [{ item, ...hashes, expiresAt, lookedTo }]);
  retroactive.wake();
  return expiresAt;
}

/** Registers the routes below `/v1/content`. */
export function contentRoutes(server: Server, { store, retroactive }: NodeParts): void {
  server.route({
    method: 'POST',
    url: '/v1/content',
    config: { scopes: ['check'] },
    schema: {
      summary: 'Keep hosted items, to be searched now and when signals join the bank',
      body: wireKeepRequest,
      response: { 200: wireKeepResponse, ...problems },
    },
    handler: async (request) => {
      const drafts = request.body.items.map(({ item, signals }) => {
        const { keepDays, ...rest } = item;
        const hashes = hashesOf(signals);
        return hashes && { ...hashes, item: rest, expiresAt: keptUntil(store, keepDays), lookedTo: 0 };
      });
      await keepContent(
        store,
        drafts.filter((draft) => draft !== undefined),
      );
      retroactive.wake();
      return {
        kept: request.body.items.map(({ item }, i) => {
          const until = drafts[i]?.expiresAt;
          return { itemId: item.id, ...(until === undefined ? {} : { until }) };
        }),
      };
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/content/forget',
    config: { scopes: ['check'] },
    schema: {
      summary: 'Forget items; the same answer for those that are not kept',
      body: wireForgetRequest,
      response: { 204: z.undefined(), ...problems },
    },
    handler: async (request, reply) => {
      await forgetContent(store, request.body.items);
      retroactive.wake();
      return reply.code(204).send(undefined);
    },
  });

  server.route({
    method: 'GET',
    url: '/v1/content',
    config: { scopes: ['check'] },
    schema: {
      summary: 'How many items are kept, and how far the search of them is',
      response: { 200: wireContentState, ...problems },
    },
    handler: async () => ({
      items: await contentCount(store),
      searchedTo: await searchedTo(store),
      logPosition: await bankPosition(store),
    }),
  });
}
