/**
 * The lane for minors over HTTP: that a report was made, so that what it held is kept for its year and then erased.
 * @module
 */

import { wireJobId } from '@reclaim/casework/wire';
import { wireMinorLane, wireMinorReport, wireMinorReported } from '@reclaim/casework/wire-minor';
import { laneOfJob, recordMinorReport } from '@reclaim/store/minor-reports';
import * as z from 'zod/mini';
import { HttpProblem } from './problem.ts';
import { type NodeParts, problems, type Server } from './route.ts';
import { staffOf } from './sessions.ts';

/** Registers `/v1/jobs/{id}/minor-lane` and `/v1/jobs/{id}/minor-report`. */
export function minorRoutes(server: Server, { store, platform }: NodeParts): void {
  server.route({
    method: 'GET',
    url: '/v1/jobs/:id/minor-lane',
    config: { session: 'required', permissions: ['minor-lane'] },
    schema: {
      summary: 'Where the lane is with a locked job: since when, held until when, what was reported',
      description:
        'A lock is taken back by undoing its ruling: by the lane, never by who locked, and not once something was reported.',
      params: z.strictObject({ id: wireJobId }),
      response: { 200: wireMinorLane, ...problems },
    },
    handler: async (request) => {
      const lane = await laneOfJob(store, request.params.id);
      if (lane === undefined) throw new HttpProblem('not-found');
      const { finding, reports, ...rest } = lane;
      return {
        ...rest,
        reports: [...reports],
        ...(finding === undefined ? {} : { finding: { ...finding, annotations: [...finding.annotations] } }),
      };
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/jobs/:id/minor-report',
    config: { session: 'required', permissions: ['minor-lane'] },
    schema: {
      summary: 'Write down that what may show a minor was reported: its hold runs a year from now',
      params: z.strictObject({ id: wireJobId }),
      body: wireMinorReport,
      response: { 200: wireMinorReported, ...problems },
    },
    handler: async (request) => {
      const { finding, authority, reference } = request.body;
      const recorded = await recordMinorReport(store, {
        jobId: request.params.id,
        by: staffOf(request).staff.id,
        finding,
        authority,
        reference,
        zone: platform.zone,
      });
      if (!recorded.ok) throw new HttpProblem(recorded.reason);
      return { holdUntil: recorded.holdUntil };
    },
  });
}
