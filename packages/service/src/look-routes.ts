/**
 * Looking at an item: a member of the staff, never a key; a record in the chain first, then a token, then the picture.
 *
 * The picture comes from the platform, through this node, at the rung that was asked for: whoever looks never learns the
 * address, and the platform never learns who looks. Nothing of a picture is kept. Whether the job may still be looked at
 * is asked before the fetch and again before the answer: a ruling made meanwhile covers it.
 * @module
 */

import type { StaffId } from '@reclaim/casework/id';
import { wireJobId, wireProblem } from '@reclaim/casework/wire';
import { wireLook, wireLookEnd, wireLookRequest, wireViews } from '@reclaim/casework/wire-staff';
import { decodeImage } from '@reclaim/decode/decode-image';
import { endView, previewFor, recordView, VIEW_ALLOWANCE, viewsToday } from '@reclaim/store/views';
import * as z from 'zod/mini';
import { lookPicture } from './look-picture.ts';
import { type LookGrant, LookTokens } from './look-tokens.ts';
import { fetchPreview } from './preview-fetch.ts';
import { HttpProblem } from './problem.ts';
import { type NodeParts, problems, type Server } from './route.ts';
import { staffOf } from './sessions.ts';
import { markOf } from './watermark.ts';

/** Pictures that are fetched and drawn at once: each may be 64 MiB and its pixels 300. */
const AT_ONCE = 4;

const jobPath = z.strictObject({ id: wireJobId });
const REVIEW = { session: 'required', permissions: ['review'] } as const;

/** Registers the routes that show pictures. */
export function lookRoutes(server: Server, { store, site }: NodeParts): void {
  const tokens = new LookTokens();
  let running = 0;

  /** The address to fetch from, as long as the one who asks may look. */
  const sight = async (staffId: StaffId, { jobId }: LookGrant): Promise<string> => {
    const seen = await previewFor(store, staffId, jobId);
    if (!seen.ok) throw new HttpProblem(seen.reason);
    return seen.previewUrl;
  };

  server.route({
    method: 'POST',
    url: '/v1/jobs/:id/look',
    config: REVIEW,
    schema: {
      summary: 'Look at the item of a claimed job: written to the log before anything is shown',
      params: jobPath,
      body: wireLookRequest,
      response: { 200: wireLook, ...problems },
    },
    handler: async (request) => {
      const { id: session, staff } = staffOf(request);
      const { id: jobId } = request.params;
      const { look } = request.body;
      const recorded = await recordView(store, staff, jobId, look);
      if (!recorded.ok) throw new HttpProblem(recorded.reason);
      const { token, expiresAt } = tokens.give({ session, jobId, look }, store.now());
      return { url: `/v1/looks/${token}`, expiresAt };
    },
  });

  server.route({
    method: 'GET',
    url: '/v1/looks/:token',
    config: { ...REVIEW, answers: 'image/jpeg' },
    schema: {
      summary: 'The picture of a look, as a JPEG: 30 seconds, one session, once',
      params: z.strictObject({ token: z.string() }),
      response: { 200: z.any(), '4xx': wireProblem, '5xx': wireProblem },
    },
    handler: async (request, reply) => {
      const { id: session, staff } = staffOf(request);
      // Before the token is spent: a look is written down and counted, and must not be lost to a crowd.
      if (running >= AT_ONCE) throw new HttpProblem('too-busy');
      const grant = tokens.take(request.params.token, session, store.now());
      if (grant === undefined) throw new HttpProblem('not-found');
      running++;
      try {
        const fetched = await fetchPreview(await sight(staff.id, grant), { hosts: site.previewHosts });
        if (!fetched.ok) throw new HttpProblem('preview-unavailable');
        const decoded = await decodeImage(fetched.bytes);
        if (!decoded.ok) throw new HttpProblem('preview-unavailable');
        const file = await lookPicture(decoded.pixels, grant.look, markOf(staff, store.now()));
        await sight(staff.id, grant);
        return reply
          .type('image/jpeg')
          .header('cache-control', 'no-store')
          .header('cross-origin-resource-policy', 'same-origin')
          .send(Buffer.from(file));
      } finally {
        running--;
      }
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/jobs/:id/look-end',
    config: REVIEW,
    schema: {
      summary: 'How long the last look at a job was, in seconds',
      params: jobPath,
      body: wireLookEnd,
      response: { 204: z.null(), ...problems },
    },
    handler: async (request, reply) => {
      await endView(store, staffOf(request).staff.id, request.params.id, request.body.seconds);
      return reply.code(204).send(null);
    },
  });

  server.route({
    method: 'GET',
    url: '/v1/views',
    config: REVIEW,
    schema: {
      summary: "One's own looks of today (UTC), and how many there should be at most",
      response: { 200: wireViews, ...problems },
    },
    handler: async (request) => {
      const { count, seconds } = await viewsToday(store, staffOf(request).staff.id);
      return { count, seconds, allowance: VIEW_ALLOWANCE };
    },
  });
}
