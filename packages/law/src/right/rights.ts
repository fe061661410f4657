/**
 * How to find the rights of a place.
 * @module
 */

import type { Right } from './right.ts';
import { RIGHTS } from './rights-rows.ts';

/** The rights of a country and of its parts; a part also has those of its country. `GB-EW` has nothing of `GB-SCT`. */
export function rightsOf(place: string): readonly Right[] {
  return RIGHTS.filter((each) => isWithin(each.jurisdiction, place) || isWithin(place, each.jurisdiction));
}

/** @throws {RangeError} if no row has the id */
export function rightById(id: string): Right {
  const found = RIGHTS.find((each) => each.id === id);
  if (found === undefined) throw new RangeError('right: expected the id of a row');
  return found;
}

function isWithin(part: string, whole: string): boolean {
  return part === whole || part.startsWith(`${whole}-`);
}
