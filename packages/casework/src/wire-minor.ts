/**
 * The wire of the lane for minors.
 * @module
 */

import * as z from 'zod/mini';
import { ANNOTATIONS, AUTHORITIES, CLASSES, INCIDENTS } from './minor-lane.ts';
import { wireActorId, wireInstant } from './wire.ts';

const finding = z.strictObject({
  incident: z.enum(INCIDENTS),
  class: z._default(z.enum([...CLASSES, 'not-classified']), 'not-classified'),
  annotations: z._default(z.array(z.enum(ANNOTATIONS)).check(z.maxLength(ANNOTATIONS.length)), []),
});

/** A report that was made at an authority's door: what was found, to whom, and the authority's number. No description. */
export const wireMinorReport = z.strictObject({
  finding,
  authority: z.enum(AUTHORITIES),
  reference: z
    .string()
    .check(z.minLength(1), z.maxLength(200), z.regex(/^[^\p{Cc}\p{Cs}]*$/u), z.regex(/\S/)),
});

/** Until when what was reported is kept. */
export const wireMinorReported = z.object({ holdUntil: wireInstant });

/** Where the lane is with a locked job: who locked it and when, what it is held for and until when, what was reported. */
export const wireMinorLane = z.object({
  state: z.enum(['locked', 'apparent', 'reported']),
  lockedAt: wireInstant,
  lockedBy: wireActorId,
  holdUntil: wireInstant,
  holdBasis: z.string(),
  finding: z.optional(finding),
  reports: z.array(z.object({ authority: z.enum(AUTHORITIES), at: wireInstant })),
  views: z.int(),
});

/** The lane's view of a job, parsed. */
export type WireMinorLane = z.infer<typeof wireMinorLane>;
/** A report as it is written down. */
export type MinorReportRequest = z.input<typeof wireMinorReport>;
