/**
 * The wire of watches: an address that the node opens again and again on a person's wish. Unlike almost everything else that a
 * person gives, the node has to know the address in clear: it asks for it. It keeps it sealed under its own key.
 *
 * A watch is named by a capability of 32 random bytes that is in the person's sealed case alone; the node keeps a keyed hash of it.
 * The signals that are looked for are named by theirs, which shows that they are the person's own; the node keeps their hashes
 * inside the sealed row, so that a signal that is withdrawn is no longer looked for. No case is named.
 * @module
 */

import * as z from 'zod/mini';
import { BLOCKED_BY, FOUND_BY, PAGE_STATES, STANDINGS } from './watch.ts';
import { wireInstant } from './wire.ts';
import { MAX_CASE_SIGNALS, wireProof, wireUnder18 } from './wire-case.ts';

/** Characters of an address that is watched, at most. */
export const MAX_WATCH_ADDRESS = 2_000;

const bytes32 = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));

/** Whether this node watches addresses, and what it tells a site of itself. */
export const wireWatchOffer = z.object({
  offered: z.boolean(),
  /** What the site reads as the name of who asks; empty where nothing is offered. */
  userAgent: z.string().check(z.maxLength(400)),
});

/** A watch that is begun. */
export const wireNewWatch = z.strictObject({
  proof: wireProof,
  under18: wireUnder18,
  capability: bytes32,
  address: z.string().check(z.minLength(8), z.maxLength(MAX_WATCH_ADDRESS), z.regex(/^https?:\/\//i)),
  signals: z.array(bytes32).check(z.minLength(1), z.maxLength(MAX_CASE_SIGNALS)),
});

/** The capability of a watch: to read it, or to end it. */
export const wireWatchOwner = z.strictObject({ capability: bytes32 });

/** A watch as it stands. Never a picture, a part of one or a hash of what was there. */
export const wireWatch = z.object({
  standing: z.enum(STANDINGS),
  /** Since when it stands so. */
  since: wireInstant,
  page: z.enum(PAGE_STATES),
  looks: z.int(),
  begunAt: wireInstant,
  /** The last look; `null` before the first. */
  last: z.nullable(
    z.object({
      at: wireInstant,
      /** The status of the page's answer; `null` where there was none. */
      status: z.nullable(z.int()),
      bytes: z.int(),
      contentType: z.string(),
      /** Where it was found: how, and how far the hash lay away, in bits of 256. */
      found: z.optional(z.object({ by: z.enum(FOUND_BY), distance: z.int() })),
      blockedBy: z.optional(z.enum(BLOCKED_BY)),
    }),
  ),
  /** When the next look is due; `null` once the watch has ended. */
  nextAt: z.nullable(wireInstant),
});

/** Whether this node watches, parsed. */
export type WatchOffer = z.infer<typeof wireWatchOffer>;
/** A watch that is begun, parsed. */
export type NewWatch = z.infer<typeof wireNewWatch>;
/** A watch as it stands, parsed. */
export type WireWatch = z.infer<typeof wireWatch>;
