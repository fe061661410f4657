/**
 * The order in which regimes are told.
 * @module
 */

import type { RegimeId } from './rule.ts';

/** The regimes in the order in which they are told: the shortest numbered limit first. */
export const REGIMES: readonly RegimeId[] = [
  'in-rules',
  'au-osa',
  'us-tida',
  'us-ut',
  'uk-osa',
  'it-garante',
  'us-ca',
  'kr-tba',
  'eu-dsa',
  'eu-vaw',
  'us-dmca',
  'us-2258a',
  'uk-nca',
];
