/**
 * The wire of the sealed path: whether this node keeps local features of confirmed copies, and who agreed to it.
 *
 * Local features find crops, stickers and screenshots that no hash finds, and are as telling as a thumbnail. So they are
 * off until two members of the staff agree: one proposes, with for how many days, and another confirms. One alone may
 * switch them off at any time, which erases them all.
 *
 *   off --propose (A)--> proposed --confirm (not A)--> on
 *   proposed, on --switch off (anybody)--> off
 * @module
 */

import * as z from 'zod/mini';
import type { StaffId } from './id.ts';
import { wireInstant } from './wire.ts';

/** Days that features are kept, at most. */
export const MOST_RETENTION_DAYS = 365;

/** The states of the switch. */
export const LOCAL_FEATURE_STATES = Object.freeze(['off', 'proposed', 'on'] as const);

/** One state. */
export type LocalFeatureState = (typeof LOCAL_FEATURE_STATES)[number];

const staffId = z.string().check(z.regex(/^stf_[0-9a-f]{32}$/)) as unknown as z.ZodMiniType<StaffId, string>;

/** The switch as it stands. */
export const wireLocalFeatures = z.object({
  state: z.enum(LOCAL_FEATURE_STATES),
  /** For how many days; of the last proposal while it is off. */
  retentionDays: z.number(),
  proposedBy: z.optional(staffId),
  confirmedBy: z.optional(staffId),
  /** When the state was reached. */
  since: z.optional(wireInstant),
  /** Confirmed copies whose features are kept now. */
  kept: z.number(),
});

/** The switch. */
export type WireLocalFeatures = z.infer<typeof wireLocalFeatures>;

/** A proposal to switch it on. */
export const wireLocalFeaturesProposal = z.strictObject({
  retentionDays: z.number().check(z.int(), z.gte(1), z.lte(MOST_RETENTION_DAYS)),
});
