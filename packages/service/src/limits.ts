/**
 * The limits of a node, in one place; docs/api.md shows them as a table and a test compares the two.
 * @module
 */

import { MAX_ITEMS } from '@reclaim/casework/wire';
import { DECODE_LIMITS } from '@reclaim/decode/decode-limits';

/** What a node takes. */
export type NodeLimits = {
  /** Bytes of one file. */
  readonly fileBytes: number;
  /** Pixels of one picture. */
  readonly pixels: number;
  /** Milliseconds that decoding one picture may take, waiting for a free decoder included. */
  readonly decodeMs: number;
  /** Items of one request. */
  readonly items: number;
  /** Bytes of a JSON body. */
  readonly jsonBytes: number;
  /** Requests in flight of one key. */
  readonly inFlightPerKey: number;
  /** Requests with pictures in flight on the whole node: each may hold one file in memory. */
  readonly picturesInFlight: number;
  /** Zero bits that a proof of work must have while the anonymous doors are calm: 65,000 hashes, under a second. */
  readonly proofBits: number;
  /** Requests at the anonymous doors a minute: all together, and from one address. */
  readonly doorRequestsPerMinute: number;
  readonly addressRequestsPerMinute: number;
  /** Requests a minute of one address that are let in although the door had as many as it takes; as many again in all. */
  readonly quietRequestsPerMinute: number;
  /** Writes at these doors that one address may have in flight: each may hold a body in memory for as long as it is sent. */
  readonly addressRequestsInFlight: number;
  /** New cases an hour: all together, and from one address. */
  readonly doorCasesPerHour: number;
  readonly addressCasesPerHour: number;
  /** Signals that persons bank an hour, all together. */
  readonly doorSignalsPerHour: number;
  /** Notices an hour: all together, and from one address. */
  readonly doorNoticesPerHour: number;
  readonly addressNoticesPerHour: number;
  /** Watches that are begun an hour: all together, and from one address. */
  readonly doorWatchesPerHour: number;
  readonly addressWatchesPerHour: number;
  /** Watches that go on: all together, of one host, and that name one signal. */
  readonly watches: number;
  readonly watchesPerHost: number;
  readonly watchesPerSignal: number;
  /** Jobs that one unconfirmed signal opens for what is hosted already. */
  readonly retroactiveJobs: number;
  /** Failed openings an hour: of one case, and from one address. */
  readonly failedOpeningsPerHour: number;
};

/** The limits unless a test narrows them. */
export const NODE_LIMITS: NodeLimits = Object.freeze({
  fileBytes: DECODE_LIMITS.fileBytes,
  pixels: DECODE_LIMITS.pixels,
  decodeMs: DECODE_LIMITS.timeMs,
  items: MAX_ITEMS,
  jsonBytes: 1024 * 1024,
  inFlightPerKey: 20,
  picturesInFlight: 34,
  proofBits: 16,
  doorRequestsPerMinute: 3_000,
  addressRequestsPerMinute: 300,
  quietRequestsPerMinute: 30,
  addressRequestsInFlight: 20,
  doorCasesPerHour: 500,
  addressCasesPerHour: 20,
  doorSignalsPerHour: 4_000,
  doorNoticesPerHour: 1_000,
  addressNoticesPerHour: 30,
  doorWatchesPerHour: 200,
  addressWatchesPerHour: 20,
  watches: 5_000,
  watchesPerHost: 500,
  watchesPerSignal: 20,
  retroactiveJobs: 500,
  failedOpeningsPerHour: 5,
});
