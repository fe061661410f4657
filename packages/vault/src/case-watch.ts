/**
 * Watches as they lie in the case: which address the node opens again and again, and the capability that reads and ends that.
 * @module
 */

import { type Capability, parseCapability } from './capability.ts';

/** Addresses that one case watches, at most: the node takes twenty for one signal. */
export const MAX_CASE_WATCHES = 20;

/** An address that is watched. */
export type CaseWatch = {
  readonly link: string;
  readonly capability: Capability;
  /** The day it began (UTC), as its first millisecond. */
  readonly begunAt: number;
};

/**
 * Checks the watches of a case.
 * @throws {TypeError} naming what was expected; never what stood there
 */
export function parseCaseWatches(value: unknown): readonly CaseWatch[] {
  if (!Array.isArray(value) || value.length > MAX_CASE_WATCHES)
    throw new TypeError(`case: expected at most ${MAX_CASE_WATCHES} watches`);
  const watches = value.map(parseWatch);
  if (new Set(watches.map((each) => each.capability)).size !== watches.length)
    throw new TypeError('case: expected every watch once');
  return watches;
}

function parseWatch(value: unknown): CaseWatch {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 3)
    throw new TypeError('case watch: expected its fields and no other');
  const { link, capability, begunAt } = value as Readonly<Record<string, unknown>>;
  if (typeof link !== 'string' || link.length > 2_000 || !/^https?:\/\/./i.test(link) || !link.isWellFormed())
    throw new TypeError('case watch: expected a web address');
  if (typeof capability !== 'string') throw new TypeError('case watch: expected a capability');
  if (typeof begunAt !== 'number' || !Number.isSafeInteger(begunAt) || begunAt < 0 || begunAt > 8.64e15)
    throw new TypeError('case watch: expected begunAt in milliseconds');
  if (begunAt % 86_400_000 !== 0) throw new TypeError('case watch: expected begunAt at the start of a day');
  return { link, capability: parseCapability(capability), begunAt };
}
