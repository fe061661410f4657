/**
 * All support services.
 * @module
 */

import type { Service } from './service.ts';
import { SERVICES_ASIA_OCEANIA } from './services-asia-oceania.ts';
import { SERVICES_EUROPE } from './services-europe.ts';
import { SERVICES_WORLD_AMERICAS } from './services-world-americas.ts';

/** Every row. */
export const SERVICES: readonly Service[] = [
  ...SERVICES_WORLD_AMERICAS,
  ...SERVICES_EUROPE,
  ...SERVICES_ASIA_OCEANIA,
];
