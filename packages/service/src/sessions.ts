/**
 * A staff session on its way through a request: who it is, and which routes it opens.
 *
 * Two ways in never mix: a key is for programs and is told by `config.scopes` alone; a session is a person at the
 * console. A route says with `config.session` that only persons come in, and with `config.permissions` which ones.
 * @module
 */

import type { Permission, WireStaff } from '@reclaim/casework/wire-staff';
import type { FastifyRequest } from 'fastify';
import { HttpProblem } from './problem.ts';

/** Who is signed in. `id` is the SHA-256 of the session's secret, 64 hex digits: it names the session and opens nothing. */
export type StaffSession = {
  readonly id: string;
  readonly staff: WireStaff;
  /** Begun by a recovery code: it may only add a passkey. */
  readonly recovered: boolean;
};

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A session is needed and no key will do; `any` lets in also one that was begun by a recovery code. */
    readonly session?: 'required' | 'any';
    /** Any of these permissions opens the route to a session. */
    readonly permissions?: readonly Permission[];
  }
  interface FastifyRequest {
    /** The session of this request; `undefined` on public routes and where a key asks. */
    staffSession: StaffSession | undefined;
  }
}

/**
 * The session of a request on a route that needs one.
 * @throws {HttpProblem} `unauthorized` where there is none
 */
export function staffOf(request: FastifyRequest): StaffSession {
  if (request.staffSession === undefined) throw new HttpProblem('unauthorized');
  return request.staffSession;
}
