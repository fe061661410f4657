/**
 * Who may ask: the key in `Authorization: Bearer`, its scopes, and how many requests it may have in flight.
 *
 * Denied by default: a route without `config.scopes` cannot be registered. Missing, malformed, unknown, expired and
 * revoked keys get one answer. A key that was found is trusted for two seconds, so that a check needs no query; a
 * revocation on this node forgets it at once, on other nodes within those two seconds.
 * @module
 */

import type { Scope, WireKey } from '@reclaim/casework/wire';
import { findKey, readToken } from '@reclaim/store/keys';
import type { Store } from '@reclaim/store/store';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { NodeLimits } from './limits.ts';
import { HttpProblem } from './problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Any of these scopes opens the route; `public` needs no key. */
    readonly scopes?: readonly Scope[] | 'public';
  }
  interface FastifyRequest {
    /** The key of this request; `undefined` on public routes. */
    apiKey: WireKey | undefined;
  }
}

/** How long a key that was found is trusted without asking again, milliseconds. */
const TRUST_MS = 2_000;

/** Keys remembered at most; beyond it all are forgotten, which costs a query each and nothing else. */
const REMEMBERED = 10_000;

/** Guards every route of a server. */
export class KeyGuard {
  readonly #store: Store;
  readonly #limits: NodeLimits;
  readonly #known = new Map<string, { readonly key: WireKey; readonly until: number }>();
  readonly #inFlight = new Map<string, number>();

  constructor(store: Store, limits: NodeLimits) {
    this.#store = store;
    this.#limits = limits;
  }

  /** Adds the hooks. Must come before any route. */
  install(server: FastifyInstance): void {
    server.decorateRequest('apiKey', undefined);
    server.addHook('onRoute', (route) => {
      if (route.config?.scopes === undefined)
        throw new TypeError(`route ${route.url}: expected config.scopes`);
    });
    // Before the body is read: nobody without a key can make this node take 64 MiB.
    server.addHook('onRequest', async (request, reply) => this.#admit(request, reply));
  }

  /** Forgets what is remembered, after a key was changed here. */
  forget(): void {
    this.#known.clear();
  }

  async #admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { scopes } = request.routeOptions.config;
    if (scopes === undefined || scopes === 'public') return;
    const key = await this.#find(request.headers.authorization);
    if (!scopes.some((scope) => key.scopes.includes(scope))) throw new HttpProblem('forbidden');
    const running = this.#inFlight.get(key.id) ?? 0;
    if (running >= this.#limits.inFlightPerKey) throw new HttpProblem('too-many-in-flight');
    this.#inFlight.set(key.id, running + 1);
    // `close` comes whether the answer was sent or the caller went away; counting answers alone would leak places.
    reply.raw.once('close', () => {
      const left = (this.#inFlight.get(key.id) ?? 1) - 1;
      if (left > 0) this.#inFlight.set(key.id, left);
      else this.#inFlight.delete(key.id);
    });
    request.apiKey = key;
  }

  async #find(header: string | undefined): Promise<WireKey> {
    const token = readToken(/^Bearer (\S+)$/i.exec(header ?? '')?.[1] ?? '');
    if (token === undefined) throw new HttpProblem('unauthorized');
    const now = this.#store.now();
    // The secret is part of the name under which a key is remembered: a wrong secret finds nothing here.
    const name = `${token.id}:${token.secretSha256.toString('base64')}`;
    const known = this.#known.get(name);
    if (known !== undefined && known.until > now && (known.key.expiresAt ?? Infinity) > now) return known.key;
    const key = await findKey(this.#store, token);
    if (key === undefined) throw new HttpProblem('unauthorized');
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.set(name, { key, until: now + TRUST_MS });
    return key;
  }
}
