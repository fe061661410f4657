/**
 * The times that a person can miss, as rows, the shortest first (`person-clock.ts` reads them).
 * @module
 */

import type { PersonClock, PersonEvent } from './person-clock.ts';
import type { Mark } from './right.ts';

/** Every clock, the shortest first. */
export const PERSON_CLOCKS: readonly PersonClock[] = [
  evidence(),
  clock(
    'CL-DE',
    'DE',
    ['DE-201A', 'DE-184K', 'DE-KUG33'],
    [['act', 'awareness', 'offender-known'], 3],
    'the complaint for §201a, §184k (unless of public interest) and KUG §33',
    'T',
    true,
  ),
  clock(
    'CL-CH',
    'CH',
    ['CH-197A'],
    [['offender-known'], 3],
    'the complaint about forwarding, not about publishing',
    'K',
  ),
  clock(
    'CL-IT-Q',
    'IT',
    ['IT-612Q'],
    [['awareness'], 3],
    'the complaint about a deepfake (three months are assumed)',
    '2',
  ),
  clock('CL-IT-T', 'IT', ['IT-612T'], [['awareness'], 6], 'the complaint about an authentic image', 'K'),
  clock('CL-PT', 'PT', ['PT-193'], [['awareness'], 6], 'the complaint, unless of public interest', 'K'),
  clock('CL-JP', 'JP', ['JP-2014'], [['offender-known'], 6], 'the complaint', 'K'),
  clock('CL-TW', 'TW', ['TW-319'], [['offender-known'], 6], 'the complaint', 'K'),
  clock('CL-GB', 'GB-EW', ['GB-EW-66B1'], [['act'], 6], 'the basic offence of sharing only', '2'),
  clock('CL-CA-SUM', 'CA', ['CA-162'], [['act'], 12], 'the summary route only', '2'),
  {
    ...clock('CL-US-CA', 'US-CA', ['US-CA-647'], [['awareness'], 12], 'the criminal charge', '2'),
    counts: [
      { from: ['awareness'], months: 12 },
      { from: ['act'], months: 48 },
    ],
  },
  {
    ...clock(
      'CL-AU-TORT',
      'AU',
      [],
      [['awareness'], 12],
      'the action for serious invasion of privacy (the outer limit of three years is general knowledge)',
      '2',
    ),
    counts: [
      { from: ['awareness'], months: 12 },
      { from: ['act'], months: 36 },
    ],
  },
  {
    ...clock('CL-US-NY', 'US-NY', ['US-NY-52B'], [['act'], 36], 'the civil action', '2'),
    counts: [
      { from: ['act'], months: 36 },
      { from: ['awareness'], months: 12 },
    ],
    join: 'later',
  },
  clock('CL-IE', 'IE', ['IE-2', 'IE-3'], [['act'], 24], 'section 3, and section 2 by the summary route', 'T'),
  {
    ...clock('CL-GB-CR', 'GB-EW', ['GB-EW-66EF'], [['act'], 36], 'the offence of creating', '2'),
    counts: [
      { from: ['evidence'], months: 6 },
      { from: ['act'], months: 36 },
    ],
  },
  clock('CL-US-F', 'US', ['US-F-6851'], [['act'], 48], 'the federal civil action', 'K'),
  clock('CL-ES', 'ES', ['ES-1977'], [['act'], 60], 'the prosecution', 'K'),
  clock('CL-FR', 'FR', ['FR-2262', 'FR-22621', 'FR-22681'], [['act'], 72], 'the prosecution', 'K'),
];

function clock(
  id: string,
  place: string,
  rights: readonly string[],
  count: readonly [from: readonly PersonEvent[], months: number],
  lost: string,
  mark: Mark,
  eachOffender = false,
): PersonClock {
  const [from, months] = count;
  return { id, place, rights, counts: [{ from, months }], join: 'earlier', eachOffender, lost: [lost, mark] };
}

/** Logs at a platform last days to months: no count, only "now", and a request to preserve comes first. */
function evidence(): PersonClock {
  return {
    id: 'CL-EVID',
    place: 'world',
    rights: [],
    counts: [],
    join: 'earlier',
    eachOffender: false,
    lost: ['logs at the platform, after days to months: ask it to preserve them first', 'K'],
  };
}
