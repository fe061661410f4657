/**
 * The switch of the sealed path, for the staff alone: one proposes, another confirms, anybody of them switches off.
 *
 * No route answers features, takes them in, or says of which pictures there are some.
 * @module
 */

import { wireLocalFeatures, wireLocalFeaturesProposal } from '@reclaim/casework/wire-local-features';
import {
  confirmLocalFeatures,
  proposeLocalFeatures,
  readLocalFeatures,
  type SwitchOutcome,
  switchLocalFeaturesOff,
} from '@reclaim/store/local-features';
import * as z from 'zod/mini';
import { HttpProblem } from './problem.ts';
import { type NodeParts, problems, type Server } from './route.ts';
import { staffOf } from './sessions.ts';

const LEAD = { session: 'required', permissions: ['lead'] } as const;
const nothing = z.strictObject({});
const answers = { 200: wireLocalFeatures, ...problems };

/** Registers the routes below `/v1/local-features`. */
export function localFeatureRoutes(server: Server, { store, features }: NodeParts): void {
  const turned = async (outcome: SwitchOutcome) => {
    if (!outcome.ok) throw new HttpProblem(outcome.reason);
    await features.catchUp();
    return outcome.now;
  };

  server.route({
    method: 'GET',
    url: '/v1/local-features',
    config: LEAD,
    schema: { summary: 'Whether local features of confirmed copies are kept', response: answers },
    handler: () => readLocalFeatures(store),
  });

  server.route({
    method: 'POST',
    url: '/v1/local-features/propose',
    config: LEAD,
    schema: {
      summary: 'Propose to keep local features; another member confirms',
      body: wireLocalFeaturesProposal,
      response: answers,
    },
    handler: async (request) =>
      turned(await proposeLocalFeatures(store, staffOf(request).staff.id, request.body.retentionDays)),
  });

  server.route({
    method: 'POST',
    url: '/v1/local-features/confirm',
    config: LEAD,
    schema: { summary: 'Confirm what another member proposed', body: nothing, response: answers },
    handler: async (request) => turned(await confirmLocalFeatures(store, staffOf(request).staff.id)),
  });

  server.route({
    method: 'POST',
    url: '/v1/local-features/off',
    config: LEAD,
    schema: {
      summary: 'Switch off, or take a proposal back: all local features are erased',
      body: nothing,
      response: answers,
    },
    handler: async (request) => turned(await switchLocalFeaturesOff(store, staffOf(request).staff.id)),
  });
}
