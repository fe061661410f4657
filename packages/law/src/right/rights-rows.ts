/**
 * All rights of the person, as rows.
 * @module
 */

import type { Right } from './right.ts';
import { RIGHTS_ASIA } from './rights-asia.ts';
import { RIGHTS_CANADA_OCEANIA } from './rights-canada-oceania.ts';
import { RIGHTS_EUROPE } from './rights-europe.ts';
import { RIGHTS_EUROPE_NORTH_EAST } from './rights-europe-north-east.ts';
import { RIGHTS_LATIN_AMERICA_AFRICA } from './rights-latin-america-africa.ts';
import { RIGHTS_UK_IRELAND } from './rights-uk-ireland.ts';
import { RIGHTS_UNITED_STATES } from './rights-united-states.ts';

/** Every row. */
export const RIGHTS: readonly Right[] = [
  ...RIGHTS_UK_IRELAND,
  ...RIGHTS_UNITED_STATES,
  ...RIGHTS_CANADA_OCEANIA,
  ...RIGHTS_EUROPE,
  ...RIGHTS_EUROPE_NORTH_EAST,
  ...RIGHTS_ASIA,
  ...RIGHTS_LATIN_AMERICA_AFRICA,
];
