/**
 * What every route gets: the node's parts, and the typed server that the schemas of `casework` serve.
 * @module
 */

import type { ActorId } from '@reclaim/casework/id';
import { wireProblem } from '@reclaim/casework/wire';
import type { Store } from '@reclaim/store/store';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { IndexKeeper } from './index-keeper.ts';
import type { KeyGuard } from './key-guard.ts';
import type { NodeLimits } from './limits.ts';
import { HttpProblem } from './problem.ts';

/** The parts of a node that routes use. */
export type NodeParts = {
  readonly store: Store;
  readonly keeper: IndexKeeper;
  readonly guard: KeyGuard;
  readonly limits: NodeLimits;
};

/** A server whose routes are typed by their schemas. */
export type Server = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression<RawServerDefault>,
  RawReplyDefaultExpression<RawServerDefault>,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** The problems that a route can answer, for OpenAPI. */
export const problems = { '4xx': wireProblem, '5xx': wireProblem } as const;

/** The key of a request on a route that needs one. */
export function actorOf(request: FastifyRequest): ActorId {
  if (request.apiKey === undefined) throw new HttpProblem('unauthorized');
  return request.apiKey.id;
}
