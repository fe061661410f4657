/**
 * The interface of the index: exact Hamming-range search over 256-bit signals.
 *
 * "Exact" is a promise: `search` answers the same set as a full scan, always (an approximate index may never stand
 * behind a protective decision). Ids are unsigned 32-bit numbers chosen by the caller; several ids may bear the same
 * signal. `insert` and `remove` are visible to the next call. Plain data in and out, no I/O, no clock.
 * @module
 */

/** Bits of a signal. */
export const SIGNAL_BITS = 256;

/** The largest threshold that an index accepts, in bits. */
export const MAX_THRESHOLD_BITS = 63;

/** One hit: the caller's id and its distance from the query, in bits 0..`MAX_THRESHOLD_BITS`. */
export type Hit = { readonly id: number; readonly distance: number };

/** The nearest of several queries (orientations, windows): `query` is the index of that query in the list given. */
export type HitOfMany = Hit & { readonly query: number };

/** An index in memory. */
export interface MatchIndex {
  /** How many ids are searchable. */
  readonly size: number;

  /**
   * Makes `signal` (32 bytes, copied) searchable under `id`.
   * @throws {RangeError} for an id that is present already or not a u32, or bytes of another length
   */
  insert(id: number, signal: Uint8Array): void;

  /** Takes `id` out at once; its bytes are overwritten. Answers whether it was there. */
  remove(id: number): boolean;

  /** Whether `id` is searchable. */
  has(id: number): boolean;

  /**
   * Every id within `threshold` bits (inclusive) of `query`, nearest first, then by id.
   * @throws {RangeError} for a query of another length or a threshold outside 0..63
   */
  search(query: Uint8Array, threshold: number): Hit[];

  /**
   * Every id within `threshold` bits of any of `queries` (1..64 of them), each id once with its nearest query.
   * One upload's eight orientations are asked this way.
   */
  searchAny(queries: readonly Uint8Array[], threshold: number): HitOfMany[];
}

/** An index that also answers many queries at once, at less cost each. */
export interface BatchIndex extends MatchIndex {
  /**
   * What `search` answers for each of `queries` (any number of them), in their order.
   * @throws {RangeError} for a query of another length or a threshold outside 0..63
   */
  searchBatch(queries: readonly Uint8Array[], threshold: number): Hit[][];
}
