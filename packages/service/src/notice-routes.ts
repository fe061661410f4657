/**
 * Notices: the public door for somebody who asks that an item be taken down (no account, no key, no cookie), and what the
 * staff read and do about them. A complaint against a ruling comes by the same two ways: from the notifier by code, from
 * the uploader through the platform.
 *
 * Guarded as the other doors without a key: a proof of work for each write, counts by address that are never stored, short
 * limits on every text. An answer never repeats what was written, and a code that is wrong, unknown or erased has one
 * answer.
 * @module
 */

import { createHash, randomBytes } from 'node:crypto';
import { makeId } from '@reclaim/casework/id';
import { wireJob, wireJobId, wirePreview } from '@reclaim/casework/wire';
import {
  type Notifier,
  wireAnswered,
  wireComplaintAnswer,
  wireComplaintId,
  wireJobNotices,
  wireNewNotice,
  wireNoticeAct,
  wireNoticeComplaint,
  wireNoticeForm,
  wireNoticeId,
  wireNoticeQuestion,
  wireNoticeStatus,
  wireNoticeSupplement,
  wireNoticeWithdrawal,
  wireNotifier,
  wireReceipt,
  wireRegimeApplied,
  wireUnsealing,
  wireUploaderComplaint,
} from '@reclaim/casework/wire-notice';
import { findPersonalData } from '@reclaim/law/statement/personal-data';
import { answerOf, type Complained, complainByCode, complainOfItem } from '@reclaim/store/complaints';
import { findJob } from '@reclaim/store/job-rows';
import { commandJob } from '@reclaim/store/jobs';
import { applyRegime, recordAct } from '@reclaim/store/notice-effects';
import { jobNotices } from '@reclaim/store/notice-rows';
import { withdrawNotice } from '@reclaim/store/notice-withdrawal';
import { noticeStatus, receiveNotice, supplementNotice } from '@reclaim/store/notices';
import {
  agreeUnsealing,
  askUnsealing,
  type Lead,
  unsealingsOf,
  unsealNotifier,
} from '@reclaim/store/notifier-unsealing';
import { keepPreview } from '@reclaim/store/previews';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { readerOf } from './job-routes.ts';
import { HttpProblem, jobProblem } from './problem.ts';
import { actorOf, type NodeParts, problems, type Server } from './route.ts';
import { staffOf } from './sessions.ts';

/** Bytes of a notice: fifty links of 2,048 characters, the facts, and room for letters of four bytes. */
const NOTICE_BYTES = 512 * 1024;

const OPEN = { scopes: 'public' } as const;
const REVIEW = { session: 'required', permissions: ['review', 'lead', 'minor-lane'] } as const;
const jobPath = z.strictObject({ id: wireJobId });

/** What is kept of a notifier's code: its SHA-256, 64 hex digits. */
function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}

/** Registers the doors without a key: the form, a notice, its status, what is added to it, a complaint. */
export function noticeRoutes(server: Server, parts: NodeParts): void {
  const { store, anonymous, platform } = parts;
  // Before the body is read.
  const onRequest = async (request: FastifyRequest): Promise<void> => anonymous.admit(request.ip);

  server.route({
    method: 'GET',
    url: '/v1/notice-form',
    config: OPEN,
    onRequest,
    schema: {
      summary: 'What a form has to know of the platform, to say what a notice still lacks',
      response: { 200: wireNoticeForm, ...problems },
    },
    handler: async () => ({
      zone: platform.zone,
      service: platform.service,
      offeredIn: platform.offeredIn === 'world' ? ('world' as const) : [...platform.offeredIn],
    }),
  });

  server.route({
    method: 'POST',
    url: '/v1/notices',
    config: OPEN,
    onRequest,
    bodyLimit: NOTICE_BYTES,
    schema: {
      summary: 'Give notice of an item',
      description:
        'Taken with whatever it lacks; the answer is the receipt, and says under which regime what is lacking and which clock runs. Sent again with the same code it is answered again, and not received twice. Where a minor may be shown it goes to the lane for minors, where nobody looks.',
      body: wireNewNotice,
      response: { 200: wireReceipt, 201: wireReceipt, ...problems },
    },
    handler: async (request, reply) => {
      const { proof, codeSha256, notifier, earlierNotMine, ...content } = request.body;
      await anonymous.takeProof(proof);
      anonymous.takeNotice(request.ip);
      const sender = identity(notifier);
      const received = await receiveNotice(store, codeSha256, content, sender, platform, earlierNotMine);
      if (!received.ok) {
        if (received.reason === 'suspended') throw new HttpProblem('suspended');
        throw new HttpProblem('invalid-request', [PLACES[received.reason]]);
      }
      return reply.code(received.again ? 200 : 201).send(received.receipt);
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/notices/status',
    config: OPEN,
    onRequest,
    schema: {
      summary: 'What became of a notice, asked by its code',
      description: 'It names nobody: not who decided, not who else gave notice, not the uploader.',
      body: wireNoticeQuestion,
      response: { 200: wireNoticeStatus, ...problems },
    },
    handler: async (request) => {
      const codeSha256 = hashOf(request.body.code);
      const attempt = anonymous.attempt(codeSha256, request.ip);
      const status = await attempt.judge(() => noticeStatus(store, codeSha256));
      if (status === undefined) throw new HttpProblem('not-found');
      attempt.succeeded();
      return status;
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/notices/supplement',
    config: OPEN,
    onRequest,
    bodyLimit: NOTICE_BYTES,
    schema: {
      summary: 'Add to a notice what it lacked',
      description: 'A clock that asks for everything starts when everything is there.',
      body: wireNoticeSupplement,
      response: { 200: wireNoticeStatus, ...problems },
    },
    handler: async (request) => {
      const { proof, code, ...more } = request.body;
      await anonymous.takeProof(proof);
      const attempt = anonymous.attempt(hashOf(code), request.ip);
      const outcome = await attempt.judge(() => supplementNotice(store, hashOf(code), more, platform));
      if (outcome.ok || outcome.reason !== 'not-found') attempt.succeeded();
      if (!outcome.ok) throw new HttpProblem(outcome.reason);
      return outcome.status;
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/notices/withdrawal',
    config: OPEN,
    onRequest,
    schema: {
      summary: 'Take a notice back, before it is decided',
      description:
        'What it says and who gave it are erased at once. The platform may go on looking at the item where something else speaks for it. What may show a minor is not taken back.',
      body: wireNoticeWithdrawal,
      response: { 200: wireNoticeStatus, ...problems },
    },
    handler: async (request) => {
      const { proof, code } = request.body;
      await anonymous.takeProof(proof);
      const attempt = anonymous.attempt(hashOf(code), request.ip);
      const outcome = await attempt.judge(() => withdrawNotice(store, hashOf(code)));
      if (outcome.ok || outcome.reason !== 'not-found') attempt.succeeded();
      if (!outcome.ok) throw new HttpProblem(outcome.reason);
      return outcome.status;
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/notices/complaint',
    config: OPEN,
    onRequest,
    schema: {
      summary: 'Complain of the decision on a notice, within six months',
      description: 'Another reviewer than who decided answers it, and never a machine.',
      body: wireNoticeComplaint,
      response: { 202: z.object({ complaintId: wireComplaintId }), ...problems },
    },
    handler: async (request, reply) => {
      const { proof, code, facts, earlierNotMine } = request.body;
      await anonymous.takeProof(proof);
      const attempt = anonymous.attempt(hashOf(code), request.ip);
      const sent = await attempt.judge(() => complainByCode(store, hashOf(code), facts, earlierNotMine));
      if (sent.ok || sent.reason !== 'not-found') attempt.succeeded();
      return reply.code(202).send(complained(sent));
    },
  });
}

/** Registers what a platform and its staff ask and say about notices. */
export function noticeDeskRoutes(server: Server, { store, keeper, platform }: NodeParts): void {
  /** @throws {HttpProblem} `not-found` for a job in the lane for minors, to whoever is not of it */
  const mayRead = async (request: FastifyRequest, id: z.infer<typeof wireJobId>): Promise<void> => {
    const job = await findJob(store, id, readerOf(request));
    const ruling = job?.decision?.ruling;
    const dark =
      job?.lane === 'child' || (ruling?.outcome === 'refer' && ruling.ground === 'minor-suspected');
    if (job === undefined) throw new HttpProblem('not-found');
    if (dark && readerOf(request) !== 'minor-lane') throw new HttpProblem('refused-blackout');
  };

  server.route({
    method: 'GET',
    url: '/v1/jobs/:id/notices',
    config: REVIEW,
    schema: {
      summary: 'The notices on a job, what each lacks, its clocks, and the complaints against the ruling',
      description: 'Who the notifiers are is in none of it.',
      params: jobPath,
      response: { 200: wireJobNotices, ...problems },
    },
    handler: async (request) => {
      await mayRead(request, request.params.id);
      const read = await jobNotices(store, request.params.id);
      if (request.staffSession?.staff.permissions.includes('lead') !== true) return read;
      const seals = await unsealingsOf(
        store,
        read.notices.map(({ id }) => id),
      );
      return {
        ...read,
        notices: read.notices.map((each) => {
          const unsealing = seals.get(each.id);
          return unsealing === undefined ? each : { ...each, unsealing };
        }),
      };
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/jobs/:id/acts',
    config: { scopes: ['review'] },
    schema: {
      summary: 'Say that something was done which this node cannot see: clocks of the notices read it',
      params: jobPath,
      body: wireNoticeAct,
      response: { 200: wireJob, ...problems },
    },
    handler: async (request) => {
      const { id } = request.params;
      await mayRead(request, id);
      if (!(await recordAct(store, actorOf(request), id, request.body.act)))
        throw new HttpProblem('not-found');
      return (await findJob(store, id, readerOf(request)))!;
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/jobs/:id/notices/:notice/applies',
    config: REVIEW,
    schema: {
      summary:
        'Hold that a law which only may apply to a notice does: its clocks are owed from the event that started them',
      params: z.strictObject({ id: wireJobId, notice: wireNoticeId }),
      body: wireRegimeApplied,
      response: { 200: wireJob, ...problems },
    },
    handler: async (request) => {
      const { id, notice } = request.params;
      await mayRead(request, id);
      const { regime, reason } = request.body;
      const applied = await applyRegime(store, actorOf(request), id, notice, regime, reason);
      if (!applied.ok) throw new HttpProblem(applied.reason);
      return (await findJob(store, id, readerOf(request)))!;
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/jobs/:id/answer-complaint',
    // Persons alone: a complaint is not answered by automated means (Regulation (EU) 2022/2065 Article 20(6)).
    config: REVIEW,
    schema: {
      summary: 'Answer the complaints against a ruling: uphold it, or rule anew',
      description:
        'By somebody else than who ruled. A new ruling takes effect with the answer. The facts are the reasons that whoever complained reads, so nothing in them may lead to a person.',
      params: jobPath,
      body: wireComplaintAnswer,
      response: { 200: wireJob, ...problems },
    },
    handler: async (request) => {
      const { ruling, facts, statement: choice } = request.body;
      // Whoever complained reads it: what could lead to a person is not sent.
      if (findPersonalData(facts).length > 0)
        throw new HttpProblem('statement-faults', [{ pointer: '/facts', rule: 'personal-data' }]);
      const by = actorOf(request);
      const { id: jobId } = request.params;
      const decision =
        ruling === undefined
          ? undefined
          : ({ decisionId: makeId('decision', randomBytes(16)), ruling, automated: 'no' } as const);
      const command = { kind: 'answer-complaint', jobId, by, facts, decision } as const;
      const statement = choice === undefined ? undefined : { choice, platform };
      const outcome = await commandJob(store, by, command, readerOf(request), statement);
      if (!outcome.ok) throw jobProblem(outcome);
      await keeper.catchUp();
      return outcome.job;
    },
  });

  const leadOf = (request: FastifyRequest): Lead => {
    const { staff } = staffOf(request);
    return { id: staff.id, inLane: staff.permissions.includes('minor-lane') };
  };
  const noticePath = z.strictObject({ id: wireNoticeId });

  server.route({
    method: 'POST',
    url: '/v1/notices/:id/unsealing',
    config: { session: 'required', permissions: ['lead'] },
    schema: {
      summary: 'Ask to read who gave a notice: with a reason, and another lead has to agree within a day',
      params: noticePath,
      body: wireUnsealing,
      response: { 202: z.object({}), ...problems },
    },
    handler: async (request, reply) => {
      const asked = await askUnsealing(store, leadOf(request), request.params.id, request.body.reason);
      if (!asked.ok) throw new HttpProblem(asked.reason);
      return reply.code(202).send({});
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/notices/:id/unsealing/agree',
    config: { session: 'required', permissions: ['lead'] },
    schema: {
      summary: 'Agree to what another lead asked: they may read it for an hour',
      params: noticePath,
      body: z.strictObject({}),
      response: { 202: z.object({}), ...problems },
    },
    handler: async (request, reply) => {
      const agreed = await agreeUnsealing(store, leadOf(request), request.params.id);
      if (!agreed.ok) throw new HttpProblem(agreed.reason);
      return reply.code(202).send({});
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/notices/:id/notifier',
    config: { session: 'required', permissions: ['lead'] },
    schema: {
      summary:
        'Who gave a notice, for the lead who asked and was agreed with: written to the log before it is answered',
      params: noticePath,
      body: z.strictObject({}),
      response: { 200: wireNotifier, ...problems },
    },
    handler: async (request) => {
      const read = await unsealNotifier(store, leadOf(request), request.params.id);
      if (!read.ok) throw new HttpProblem(read.reason);
      return read.notifier;
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/previews',
    config: { scopes: ['report', 'check'] },
    schema: {
      summary: 'Where a reviewer may see an item that somebody gave notice of',
      description: 'The same answer whether a job waits for it or none.',
      body: wirePreview,
      response: { 204: z.null(), ...problems },
    },
    handler: async (request, reply) => {
      const { id, previewUrl, location, account } = request.body.item;
      await keepPreview(store, id, previewUrl, location, account);
      return reply.code(204).send(null);
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/complaints',
    config: { scopes: ['report'] },
    schema: {
      summary: "Pass on an uploader's complaint against the newest ruling on their item",
      body: wireUploaderComplaint,
      response: { 202: z.object({ complaintId: wireComplaintId }), ...problems },
    },
    handler: async (request, reply) => {
      const { item, facts } = request.body;
      const sent = await complainOfItem(store, actorOf(request), item.id, facts, platform.zone);
      return reply.code(202).send(complained(sent));
    },
  });

  server.route({
    method: 'GET',
    url: '/v1/complaints/:id',
    config: { scopes: ['report'] },
    schema: {
      summary: 'What a complaint that was passed on was answered with, for the uploader',
      params: z.strictObject({ id: wireComplaintId }),
      response: { 200: wireAnswered, ...problems },
    },
    handler: async (request) => {
      const answer = await answerOf(store, request.params.id);
      if (answer === undefined) throw new HttpProblem('not-found');
      return answer;
    },
  });
}

/** Where in a request the place is wrong; never what was written there. */
const PLACES = {
  'contradictory-place': { pointer: '/subdivision', rule: 'part-of-country' },
  'no-place': { pointer: '/locations', rule: 'item-or-location' },
} as const;

function identity({ name, email, otherContact, signature }: Notifier): Notifier {
  const typed = signature === undefined || signature.text.trim() === '' ? {} : { signature };
  return { name, email, otherContact, ...typed };
}

function complained(sent: Complained) {
  if (!sent.ok) throw new HttpProblem(sent.reason);
  return { complaintId: sent.complaintId };
}
