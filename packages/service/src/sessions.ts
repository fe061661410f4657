/**
 * A staff session on its way through a request: who it is, its cookie, and which routes it opens.
 *
 * Two ways in never mix: a key is for programs and is told by `config.scopes` alone; a session is a person at the
 * console. A route says with `config.session` that only persons come in, and with `config.permissions` which ones.
 *
 * The cookie (RFC 6265bis) is HttpOnly and SameSite=Strict and ends with the browser. Under https its name begins with
 * `__Host-`, so that no neighbour on the domain can plant one. SameSite does not tell ports and subdomains apart;
 * therefore whatever changes something must also come from a page of this very origin (Fetch Metadata, or `Origin` from
 * browsers that do not send it).
 * @module
 */

import type { Permission, WireStaff } from '@reclaim/casework/wire-staff';
import type { Session } from '@reclaim/store/staff-credentials';
import type { FastifyReply, FastifyRequest } from 'fastify';
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

/** A session of the store, as requests carry it. */
export function staffSessionOf({ secretSha256, staff, recovered }: Session): StaffSession {
  return { id: secretSha256.toString('hex'), staff, recovered };
}

/** The secret in a request's cookie, if it has one. */
export function cookieSecret(request: FastifyRequest, origin: string): string | undefined {
  return request.cookies[cookieName(origin)];
}

/** Puts a session's secret into the browser. */
export function giveCookie(reply: FastifyReply, origin: string, secret: string): void {
  reply.setCookie(cookieName(origin), secret, attributes(origin));
}

/** Takes the secret out of the browser. */
export function takeCookie(reply: FastifyReply, origin: string): void {
  reply.clearCookie(cookieName(origin), attributes(origin));
}

function cookieName(origin: string): string {
  return origin.startsWith('https:') ? '__Host-reclaim_staff' : 'reclaim_staff';
}

function attributes(origin: string) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: origin.startsWith('https:') } as const;
}

/**
 * Whether a request comes from a page of this origin. `unsaid` is the answer for a request that does not say where it
 * comes from, as programs and very old browsers do.
 */
export function isOwnPage({ headers }: FastifyRequest, origin: string, unsaid: boolean): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return headers.origin === undefined ? unsaid : headers.origin === origin;
}
