/**
 * What every route gets: the node's parts, and the typed server that the schemas of `casework` serve.
 * @module
 */

import type { ActorId } from '@reclaim/casework/id';
import type { PlatformFacts } from '@reclaim/casework/notice-terms';
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
import type { AnonymousGuard } from './anonymous-guard.ts';
import type { CopyKeeper } from './copy-keeper.ts';
import type { FeatureKeeper } from './feature-keeper.ts';
import type { IndexKeeper } from './index-keeper.ts';
import type { KeyGuard } from './key-guard.ts';
import type { NodeLimits } from './limits.ts';
import { HttpProblem } from './problem.ts';
import type { RetroactiveSearch } from './retroactive-search.ts';
import type { TimestampAuthority } from './timestamp-authorities.ts';
import type { Monitor } from './watch/monitor.ts';
import type { WebFiles } from './web-files.ts';

/** The parts of a node that routes use. */
export type NodeParts = {
  readonly store: Store;
  readonly keeper: IndexKeeper;
  readonly retroactive: RetroactiveSearch;
  /** Local features of confirmed copies: empty while their switch is off. */
  readonly features: FeatureKeeper;
  readonly copies: CopyKeeper;
  readonly guard: KeyGuard;
  readonly anonymous: AnonymousGuard;
  readonly limits: NodeLimits;
  readonly site: Site;
  /** Proxies in front whose word on who asks is taken (X-Forwarded-For); 0 takes none. */
  readonly trustProxy: number;
  /** What the operator says of the platform that this node serves: by which law its notices are judged. */
  readonly platform: PlatformFacts;
  /** `host:port` of private addresses that webhooks may be sent to. */
  readonly webhookHosts: readonly string[];
  /** Authorities that stamps are asked of; none unless the operator named them. */
  readonly timestampAuthorities: readonly TimestampAuthority[];
  /** Looks at addresses that persons gave; `undefined` unless the operator switched it on. */
  readonly monitor: Monitor | undefined;
};

/** The node as a site: what its pages and its staff need to know of where it is. */
export type Site = {
  /** Where browsers reach it, without a path: known once it listens. Passkeys and sessions are bound to it. */
  readonly origin: () => string;
  /** Where `/exit` leads. */
  readonly exitUrl: string;
  /** The built pages, or `undefined` where there are none. */
  readonly web: WebFiles | undefined;
  /** `host:port` of private addresses that previews may be fetched from all the same. */
  readonly previewHosts: readonly string[];
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

/** Who acts: the key, or the member of the staff, of a request on a route that needs one. */
export function actorOf(request: FastifyRequest): ActorId {
  const actor = request.apiKey?.id ?? request.staffSession?.staff.id;
  if (actor === undefined) throw new HttpProblem('unauthorized');
  return actor;
}
