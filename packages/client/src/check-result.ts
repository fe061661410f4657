/**
 * Picking the verdict on one item out of an answer.
 * @module
 */

import type { CheckResponse } from '@reclaim/casework/wire';
import { ReclaimError } from './reclaim-error.ts';

/** The verdict on one item. */
export type CheckResult = CheckResponse['results'][number];

/**
 * The one result of a check of one item. An answer about another item must never decide over this one.
 * @throws {ReclaimError} `bad-answer` unless there is exactly one result and it is about `itemId`
 */
export function resultFor(response: CheckResponse, itemId: string): CheckResult {
  const [result] = response.results;
  if (response.results.length !== 1 || result?.itemId !== itemId) throw new ReclaimError('bad-answer');
  return result;
}
