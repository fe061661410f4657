/**
 * Who may ask: the key in `Authorization: Bearer` or the staff session in a cookie, what it opens, and how many
 * requests it may have in flight.
 *
 * Denied by default: a route without `config.scopes` or `config.session` cannot be registered. Missing, malformed,
 * unknown, expired and revoked keys get one answer, and so do sessions. A key that was found (`key-lookup.ts`) is trusted
 * for two seconds, so that a check needs no query; a revocation on this node forgets it at once, on other nodes within those
 * two seconds.
 * A session is asked for at each request: what ends it ends it now.
 *
 * Where both are sent the key counts and the cookie is not looked at, so that a program behaves the same everywhere. A
 * session opens the routes whose scopes its permissions are; it is refused wherever another site's page could have sent
 * its cookie along, and, begun by a recovery code, wherever the route does not say `session: 'any'`.
 * @module
 */

import type { Scope, WireKey } from '@reclaim/casework/wire';
import { scopesOf } from '@reclaim/casework/wire-staff';
import { readToken } from '@reclaim/store/keys';
import { findSession } from '@reclaim/store/staff-credentials';
import type { Store } from '@reclaim/store/store';
import type { FastifyContextConfig, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { onceEnded } from './answer-end.ts';
import { KeyLookup } from './key-lookup.ts';
import type { NodeLimits } from './limits.ts';
import { HttpProblem } from './problem.ts';
import { cookieSecret, isOwnPage, type StaffSession, staffSessionOf } from './sessions.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Any of these scopes opens the route; `public` needs no key. */
    readonly scopes?: readonly Scope[] | 'public';
  }
  interface FastifyRequest {
    /** The key of this request; `undefined` on public routes and where a session asks. */
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
  readonly #origin: () => string;
  /**
   * By the whole header, which holds the secret: a wrong secret finds nothing here. How long that takes tells nothing of a
   * right one: texts are compared only where their hashes agree, and these are seeded anew in each process.
   */
  readonly #known = new Map<string, { readonly key: WireKey; readonly until: number }>();
  /** How often it was forgotten: what the database said before a key was changed is not remembered after. */
  #forgotten = 0;
  readonly #lookup: KeyLookup;
  readonly #inFlight = new Map<string, number>();

  /** `origin` is where browsers reach the node. */
  constructor(store: Store, limits: NodeLimits, origin: () => string) {
    this.#store = store;
    this.#lookup = new KeyLookup(store);
    this.#limits = limits;
    this.#origin = origin;
  }

  /** Adds the hooks. Must come before any route. */
  install(server: FastifyInstance): void {
    server.decorateRequest('apiKey', undefined);
    server.decorateRequest('staffSession', undefined);
    server.addHook('onRoute', (route) => {
      if (route.config?.scopes === undefined && route.config?.session === undefined)
        throw new TypeError(`route ${route.url}: expected config.scopes or config.session`);
    });
    // Before the body is read: nobody without a key can make this node take 64 MiB.
    server.addHook('onRequest', (request, reply, done) => {
      let waits: Promise<void> | undefined;
      try {
        waits = this.#admit(request, reply);
      } catch (error) {
        done(error as Error);
        return;
      }
      // Nobody waits for a promise where there is nothing to wait for: most requests bear a key that is known.
      if (waits === undefined) done();
      else waits.then(() => done(), done);
    });
  }

  /** Forgets what is remembered, after a key was changed here. */
  forget(): void {
    this.#known.clear();
    this.#forgotten += 1;
  }

  /** Lets a request in, now or when the database has answered; throws or rejects where it may not enter. */
  #admit(request: FastifyRequest, reply: FastifyReply): Promise<void> | undefined {
    const { config } = request.routeOptions;
    if (config.session === undefined && (config.scopes === undefined || config.scopes === 'public')) return;
    const { authorization } = request.headers;
    if (authorization === undefined) return this.#admitSession(request, reply);
    const known = this.#remembered(authorization);
    if (known === undefined)
      return this.#find(authorization).then((key) => this.#admitKey(request, reply, key));
    this.#admitKey(request, reply, known);
    return;
  }

  #admitKey(request: FastifyRequest, reply: FastifyReply, key: WireKey): void {
    const { config } = request.routeOptions;
    if (config.session !== undefined || !opens(config, key.scopes)) throw new HttpProblem('forbidden');
    this.#takePlace(key.id, reply);
    request.apiKey = key;
  }

  async #admitSession(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const session = await this.#findSession(request);
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (
      !mayEnter(request.routeOptions.config, session) ||
      !(reads || isOwnPage(request, this.#origin(), false))
    ) {
      throw new HttpProblem('forbidden');
    }
    this.#takePlace(session.id, reply);
    request.staffSession = session;
  }

  #takePlace(name: string, reply: FastifyReply): void {
    const running = this.#inFlight.get(name) ?? 0;
    if (running >= this.#limits.inFlightPerKey) throw new HttpProblem('too-many-in-flight');
    this.#inFlight.set(name, running + 1);
    // Whether the answer was sent or the caller went away, before this too; counting answers alone would leak places.
    onceEnded(reply, () => {
      const left = (this.#inFlight.get(name) ?? 1) - 1;
      if (left > 0) this.#inFlight.set(name, left);
      else this.#inFlight.delete(name);
    });
  }

  async #findSession(request: FastifyRequest): Promise<StaffSession> {
    const secret = cookieSecret(request, this.#origin());
    const session = secret === undefined ? undefined : await findSession(this.#store, secret);
    if (session === undefined) throw new HttpProblem('unauthorized');
    return staffSessionOf(session);
  }

  /** The key of a header that was found to be good a moment ago. */
  #remembered(header: string): WireKey | undefined {
    const known = this.#known.get(header);
    const now = this.#store.now();
    if (known === undefined || known.until <= now || (known.key.expiresAt ?? Infinity) <= now)
      return undefined;
    return known.key;
  }

  async #find(header: string): Promise<WireKey> {
    const token = readToken(/^Bearer (\S+)$/i.exec(header)?.[1] ?? '');
    if (token === undefined) throw new HttpProblem('unauthorized');
    const now = this.#store.now();
    const forgotten = this.#forgotten;
    const key = await this.#lookup.find(token);
    if (key === undefined) throw new HttpProblem('unauthorized');
    if (forgotten !== this.#forgotten) return key;
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.set(header, { key, until: now + TRUST_MS });
    return key;
  }
}

function opens({ scopes }: FastifyContextConfig, held: readonly Scope[]): boolean {
  return scopes === 'public' || (scopes ?? []).some((scope) => held.includes(scope));
}

function mayEnter(config: FastifyContextConfig, { staff, recovered }: StaffSession): boolean {
  if (recovered && config.session !== 'any') return false;
  if (
    config.permissions !== undefined &&
    !config.permissions.some((each) => staff.permissions.includes(each))
  ) {
    return false;
  }
  // A route for sessions alone may leave the scopes out.
  return config.scopes === undefined || opens(config, scopesOf(staff.permissions));
}
