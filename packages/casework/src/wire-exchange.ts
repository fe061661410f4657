/**
 * The wire of exchanges: feeds of other organisations whose signals this node looks for.
 *
 * A feed's keys come in once and are never answered; its address is answered as a host alone.
 * @module
 */

import * as z from 'zod/mini';
import { wireBankId, wireInstant } from './wire.ts';

/** The form of an exchange's id. */
export const EXCHANGE_ID = /^exc_[0-9a-f]{32}$/;

/**
 * How a feed failed, from a closed set: what it said is nobody's to log. `shrunk`: it has so little left of what it brought
 * that somebody has to say whether that is right.
 */
export const FEED_FAULTS = Object.freeze([
  'address',
  'unreachable',
  'refused',
  'status',
  'too-large',
  'not-json',
  'not-a-page',
  'too-many-records',
  'no-progress',
  'shrunk',
] as const);

/** One fault. */
export type FeedFault = (typeof FEED_FAULTS)[number];

const key = z.string().check(z.regex(/^[\x21-\x7e]{1,256}$/));

/** A feed in StopNCII's format, and the bank that its signals go into. */
export const wireExchangeRequest = z.strictObject({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(80)),
  format: z.literal('stopncii'),
  bankId: wireBankId,
  baseUrl: z
    .string()
    .check(
      z.maxLength(1024),
      z.regex(/^https?:\/\/[^\s?#]+$/),
      z.meta({ description: "The feed's address without /FetchHashes" }),
    ),
  functionKey: key,
  subscriptionKey: key,
});

/**
 * What of an exchange can be changed. `again`: ask for everything anew, and take out what is not in the feed any more.
 * `acceptGone`: of a feed that has `shrunk`, let go of so many signals, the number that its `gone` says.
 */
export const wireExchangePatch = z.strictObject({
  enabled: z.optional(z.boolean()),
  again: z.optional(z.literal(true)),
  acceptGone: z.optional(z.int().check(z.gte(1), z.lte(2 ** 31 - 1))),
});

/** An exchange as it is answered. */
export const wireExchange = z.object({
  id: z.string(),
  name: z.string(),
  format: z.literal('stopncii'),
  bankId: wireBankId,
  host: z.string(),
  enabled: z.boolean(),
  signals: z.int().check(z.meta({ description: 'Signals of this feed that are in the bank now' })),
  refused: z
    .int()
    .check(z.meta({ description: 'Records of the last whole fetch that gave nothing to bank' })),
  fetchedAt: z.optional(wireInstant).check(z.meta({ description: 'When the last whole fetch ended' })),
  failingSince: z.optional(wireInstant),
  gone: z
    .optional(z.int())
    .check(
      z.meta({ description: 'Signals that the feed has no more: too many to be taken out unless accepted' }),
    ),
  fault: z.optional(z.enum(FEED_FAULTS)),
});

/** An exchange, parsed. */
export type WireExchange = z.infer<typeof wireExchange>;
/** A new exchange, parsed. */
export type ExchangeRequest = z.infer<typeof wireExchangeRequest>;
/** A change of an exchange, parsed. */
export type ExchangePatch = z.infer<typeof wireExchangePatch>;
