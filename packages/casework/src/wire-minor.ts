/**
 * The wire of the lane for minors.
 * @module
 */

import * as z from 'zod/mini';
import { ANNOTATIONS, AUTHORITIES, CLASSES, INCIDENTS } from './minor-lane.ts';
import { wireInstant } from './wire.ts';

/** A report that was made at an authority's door: what was found, to whom, and the authority's number. No description. */
export const wireMinorReport = z.strictObject({
  finding: z.strictObject({
    incident: z.enum(INCIDENTS),
    class: z._default(z.enum([...CLASSES, 'not-classified']), 'not-classified'),
    annotations: z._default(z.array(z.enum(ANNOTATIONS)).check(z.maxLength(ANNOTATIONS.length)), []),
  }),
  authority: z.enum(AUTHORITIES),
  reference: z
    .string()
    .check(z.minLength(1), z.maxLength(200), z.regex(/^[^\p{Cc}\p{Cs}]*$/u), z.regex(/\S/)),
});

/** Until when what was reported is kept. */
export const wireMinorReported = z.object({ holdUntil: wireInstant });
