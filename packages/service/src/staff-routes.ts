/**
 * The staff: coming by a one-time link, signing in and out, and managing one another.
 *
 * Secrets (links, recovery codes, ceremonies) travel in bodies, never in an address. Whatever is wrong with an attempt
 * to sign in has one answer.
 * @module
 */

import { parseId } from '@reclaim/casework/id';
import {
  wireCeremony,
  wireCeremonyAnswer,
  wireInvitation,
  wireInvitationRequest,
  wireMe,
  wireRecovery,
  wireRegistered,
  wireRegistrationStart,
  wireStaff,
  wireStaffPatch,
} from '@reclaim/casework/wire-staff';
import {
  checkLink,
  drawStaffId,
  invite,
  linkSha256,
  listStaff,
  patchStaff,
  registerStaff,
} from '@reclaim/store/staff';
import {
  addPasskey,
  beginSession,
  endSession,
  passkeysOf,
  recover,
  renewRecoveryCodes,
  signIn,
} from '@reclaim/store/staff-credentials';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { Passkeys } from './passkeys.ts';
import { HttpProblem } from './problem.ts';
import { type NodeParts, problems, type Server } from './route.ts';
import { cookieSecret, giveCookie, isOwnPage, staffOf, takeCookie } from './sessions.ts';

const staffPath = z.strictObject({ id: z.string().check(z.regex(/^stf_[0-9a-f]{32}$/)) });
const nothing = z.strictObject({});
const answersStaff = { 200: wireStaff, ...problems };

/** Registers the routes below `/v1/staff`. */
export function staffRoutes(server: Server, parts: NodeParts): void {
  const passkeys = new Passkeys(parts.store, parts.site.origin);
  doorRoutes(server, parts, passkeys);
  ownRoutes(server, parts, passkeys);
  peopleRoutes(server, parts);
}

/** What is asked before anybody is in. */
function doorRoutes(server: Server, { store, anonymous, site }: NodeParts, passkeys: Passkeys): void {
  // Before the body is read. Another site's page may not sign anybody in either: they would work under a name not theirs.
  const onRequest = async (request: FastifyRequest): Promise<void> => {
    anonymous.admit(request.ip);
    if (!isOwnPage(request, site.origin(), true)) throw new HttpProblem('forbidden');
  };
  const config = { scopes: 'public' } as const;

  server.route({
    method: 'POST',
    url: '/v1/staff/register/start',
    config,
    onRequest,
    schema: {
      summary: 'Begin a registration by a one-time link',
      body: wireRegistrationStart,
      response: { 200: wireCeremony, ...problems },
    },
    handler: async (request) => {
      const { token, pseudonym } = request.body;
      const link = await checkLink(store, token, pseudonym);
      if (link !== 'good') throw new HttpProblem(link);
      const staffId = drawStaffId();
      const newcomer = { kind: 'newcomer', staffId, pseudonym, linkSha256: linkSha256(token) } as const;
      return passkeys.beginRegistration(newcomer, newcomer, []);
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/staff/register/finish',
    config,
    onRequest,
    schema: {
      summary: 'End a registration: who one is and ten recovery codes, shown once',
      body: wireCeremonyAnswer,
      response: { 201: wireRegistered, ...problems },
    },
    handler: async (request, reply) => {
      const { ceremony, response } = request.body;
      const finished = await passkeys.finishRegistration('newcomer', ceremony, response);
      if (finished === undefined) throw new HttpProblem('sign-in-failed');
      const { staffId: id, pseudonym, linkSha256: link } = finished.what;
      const draft = { id, pseudonym, linkSha256: link, passkey: finished.passkey };
      const outcome = await registerStaff(store, draft);
      if (!outcome.ok) throw new HttpProblem(outcome.reason);
      const { staff, recoveryCodes } = outcome.registered;
      giveCookie(reply, site.origin(), await beginSession(store, staff.id));
      return reply.code(201).send({ staff, recoveryCodes: [...recoveryCodes] });
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/staff/sign-in/start',
    config,
    onRequest,
    schema: {
      summary: 'Begin to sign in by a passkey',
      body: nothing,
      response: { 200: wireCeremony, ...problems },
    },
    handler: () => passkeys.beginSignIn(),
  });

  server.route({
    method: 'POST',
    url: '/v1/staff/sign-in/finish',
    config,
    onRequest,
    schema: { summary: 'Sign in by a passkey', body: wireCeremonyAnswer, response: answersStaff },
    handler: async (request, reply) => {
      const finished = await passkeys.finishSignIn(request.body.ceremony, request.body.response);
      const secret =
        finished === undefined ? undefined : await signIn(store, finished.passkey, finished.counter);
      if (finished === undefined || secret === undefined) throw new HttpProblem('sign-in-failed');
      giveCookie(reply, site.origin(), secret);
      return finished.passkey.staff;
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/staff/recover',
    config,
    onRequest,
    schema: {
      summary: 'Sign in by a recovery code, good once; the session can only add a passkey',
      body: wireRecovery,
      response: answersStaff,
    },
    handler: async (request, reply) => {
      const recovered = await recover(store, request.body.code);
      if (recovered === undefined) throw new HttpProblem('sign-in-failed');
      giveCookie(reply, site.origin(), recovered.secret);
      return recovered.staff;
    },
  });
}

/** What everybody does for themselves. */
function ownRoutes(server: Server, { store, site }: NodeParts, passkeys: Passkeys): void {
  server.route({
    method: 'GET',
    url: '/v1/staff/me',
    config: { session: 'any' },
    schema: { summary: 'Who is signed in', response: { 200: wireMe, ...problems } },
    handler: async (request) => {
      const { staff, recovered } = staffOf(request);
      return recovered ? { ...staff, recovered } : staff;
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/staff/sign-out',
    config: { session: 'any' },
    schema: { summary: 'End this session', response: { 204: z.null(), ...problems } },
    handler: async (request, reply) => {
      const secret = cookieSecret(request, site.origin());
      if (secret !== undefined) await endSession(store, secret);
      takeCookie(reply, site.origin());
      return reply.code(204).send(null);
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/staff/passkeys/start',
    config: { session: 'any' },
    schema: {
      summary: 'Begin to add a passkey to oneself',
      body: nothing,
      response: { 200: wireCeremony, ...problems },
    },
    handler: async (request) => {
      const { id: sessionId, staff } = staffOf(request);
      const known = await passkeysOf(store, staff.id);
      const { id: staffId, pseudonym } = staff;
      return passkeys.beginRegistration({ kind: 'member', sessionId }, { staffId, pseudonym }, known);
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/staff/passkeys/finish',
    config: { session: 'any' },
    schema: {
      summary: 'Add a passkey to oneself; whoever came by a recovery code may then do everything again',
      body: wireCeremonyAnswer,
      response: answersStaff,
    },
    handler: async (request) => {
      const session = staffOf(request);
      const { ceremony, response } = request.body;
      const finished = await passkeys.finishRegistration('member', ceremony, response);
      if (finished?.what.sessionId !== session.id) throw new HttpProblem('sign-in-failed');
      const held = { ...session, secretSha256: Buffer.from(session.id, 'hex') };
      if (!(await addPasskey(store, held, finished.passkey))) throw new HttpProblem('passkey-refused');
      return session.staff;
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/staff/recovery-codes',
    config: { session: 'required' },
    schema: {
      summary: 'Ten new recovery codes for oneself, shown once; the old ones end',
      body: nothing,
      response: { 201: z.object({ recoveryCodes: z.array(z.string()) }), ...problems },
    },
    handler: async (request, reply) => {
      const recoveryCodes = await renewRecoveryCodes(store, staffOf(request).staff.id);
      return reply.code(201).send({ recoveryCodes: [...recoveryCodes] });
    },
  });
}

/** What those do who manage people. */
function peopleRoutes(server: Server, { store }: NodeParts): void {
  const config = { session: 'required', permissions: ['people'] } as const;

  server.route({
    method: 'POST',
    url: '/v1/staff/invitations',
    config,
    schema: {
      summary: 'Invite somebody, with permissions that one has oneself',
      body: wireInvitationRequest,
      response: { 201: wireInvitation, ...problems },
    },
    handler: async (request, reply) => {
      const link = await invite(store, staffOf(request).staff.id, request.body.permissions);
      if (link === undefined) throw new HttpProblem('forbidden');
      return reply.code(201).send(link);
    },
  });

  server.route({
    method: 'GET',
    url: '/v1/staff',
    config,
    schema: {
      summary: 'Everybody, oldest first',
      response: { 200: z.object({ staff: z.array(wireStaff) }), ...problems },
    },
    handler: async () => ({ staff: await listStaff(store) }),
  });

  server.route({
    method: 'PATCH',
    url: '/v1/staff/:id',
    config,
    schema: {
      summary: 'Change what somebody may, or whether they may come in; their sessions end',
      params: staffPath,
      body: wireStaffPatch,
      response: answersStaff,
    },
    handler: async (request) => {
      const id = parseId('staff', request.params.id);
      const outcome = await patchStaff(store, staffOf(request).staff.id, id, request.body);
      if (!outcome.ok) throw new HttpProblem(outcome.reason);
      return outcome.staff;
    },
  });
}
