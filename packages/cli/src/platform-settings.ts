/**
 * What an operator says of the platform that the node serves, from the environment: by which law its notices are judged,
 * and where its days are counted. What is not said stays as `casework/notice-terms` has it: a platform for user content, of
 * unknown size, offered everywhere, days in UTC.
 * @module
 */

import { type PlatformFacts, UNSAID_PLATFORM } from '@reclaim/casework/notice-terms';
import type { ServiceFacts } from '@reclaim/law/duty/obligation-profile';
import { parseZone } from '@reclaim/law/zone';
import { Problem } from './problem.ts';
import type { Environment } from './terminal.ts';

const KINDS: readonly ServiceFacts['kind'][] = [
  'user-content',
  'search',
  'hosting',
  'preselected',
  'broadband',
  'mail',
  'unknown',
];
const SIZES = ['small', 'larger', 'very-large'] as const;

/**
 * The facts; `undefined` where nothing was said.
 * @throws {Problem} for a setting that cannot be meant; its value is not repeated
 */
export function platformOf(env: Environment): PlatformFacts | undefined {
  const zone = env.RECLAIM_PLATFORM_ZONE;
  const kind = env.RECLAIM_PLATFORM_KIND;
  const size = env.RECLAIM_PLATFORM_SIZE;
  const places = env.RECLAIM_OFFERED_IN;
  const holds = env.RECLAIM_CALIFORNIA_HOLD;
  if (!zone && !kind && !size && !places && !holds) return undefined;
  const { service } = UNSAID_PLATFORM;
  return {
    zone: zone ? zoneOf(zone) : UNSAID_PLATFORM.zone,
    service: {
      kind: kind ? kindOf(kind) : service.kind,
      ...(size ? sizeOf(size) : { smallEnterprise: service.smallEnterprise, veryLarge: service.veryLarge }),
    },
    offeredIn: places ? placesOf(places) : UNSAID_PLATFORM.offeredIn,
    ...(holds ? { holdsForCalifornia: yesOf(holds) } : {}),
  };
}

function zoneOf(name: string): PlatformFacts['zone'] {
  try {
    return parseZone(name);
  } catch {
    throw new Problem('RECLAIM_PLATFORM_ZONE expects an IANA time zone, such as Europe/Berlin');
  }
}

function kindOf(text: string): ServiceFacts['kind'] {
  const kind = KINDS.find((each) => each === text);
  if (kind === undefined) throw new Problem(`RECLAIM_PLATFORM_KIND expects one of ${KINDS.join(', ')}`);
  return kind;
}

function sizeOf(text: string): Pick<ServiceFacts, 'smallEnterprise' | 'veryLarge'> {
  const size = SIZES.find((each) => each === text);
  if (size === undefined) throw new Problem(`RECLAIM_PLATFORM_SIZE expects one of ${SIZES.join(', ')}`);
  return { smallEnterprise: size === 'small', veryLarge: size === 'very-large' };
}

function yesOf(text: string): boolean {
  if (text === 'yes' || text === 'no') return text === 'yes';
  throw new Problem('RECLAIM_CALIFORNIA_HOLD expects yes or no');
}

function placesOf(text: string): PlatformFacts['offeredIn'] {
  if (text === 'world') return 'world';
  const places = text.split(',').map((each) => each.trim());
  if (places.every((each) => /^[A-Z]{2}$/.test(each))) return places;
  throw new Problem('RECLAIM_OFFERED_IN expects world, or countries such as DE,FR in capitals');
}
