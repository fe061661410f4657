/**
 * What the police will ask for, and what to know before going there. From a helpline's page written with an officer, the
 * Singapore Commission, New Zealand police, the German federal police (their own pages) and Indian guides.
 * @module
 */

import type { Cell } from './right.ts';

/** Whose pages were read for what follows. */
export const POLICE_READ =
  'Revenge Porn Helpline (with an officer), Online Safety Commission of Singapore, New Zealand Police';

/** What to know before, and where: `places` are ISO 3166 codes, empty for everywhere. */
export interface PoliceWarning {
  readonly places: readonly string[];
  readonly text: Cell;
  /** Where it was read; empty for general knowledge. */
  readonly read: string;
}

/** What will be asked, in the order in which it helps to prepare it. */
export const POLICE_ASK: readonly Cell[] = [
  ['What happened, in order: a timeline with dates and times.', 'A'],
  [
    'Where: the platform, the exact address of each post, the account name, the link of the profile and its number, since names change.',
    'A',
  ],
  [
    'Who: anything about the offender and the relation, and when you learned it, because times to complain run from there.',
    'A',
  ],
  [
    'Proof: screenshots with address, account, date and time; messages with threats, not deleted; an export of the chat; a screen recording of what vanishes.',
    'A',
  ],
  ['How to reach you, and a written statement or a recorded interview; you get a reference number.', 'A'],
  [
    "The platform's report numbers and answers; in writing that you wish a prosecution, where a complaint is needed (Germany, France, Switzerland, Italy, Japan, Poland, Portugal).",
    '2',
  ],
  [
    'Often sight of the images. You may ask for an officer of a gender you choose, for few viewers, and for hashes or stills to be enough.',
    'K',
  ],
];

/** What to know before. */
export const POLICE_WARNINGS: readonly PoliceWarning[] = [
  {
    places: [],
    text: ['Capture before removal; then ask for preservation and for removal together.', 'A'],
    read: 'netsafe.org.nz',
  },
  {
    places: [],
    text: [
      'If anyone in the image may be under 18: no screenshots, no copies, no forwarding. Ask the police first.',
      'A',
    ],
    read: 'German federal police',
  },
  {
    places: [],
    text: [
      'Police and platform may each take the device or the account as evidence: think of your safety first.',
      'K',
    ],
    read: '',
  },
  {
    places: ['GB'],
    text: ['Police of the United Kingdom act only on a link to it.', 'A'],
    read: 'Revenge Porn Helpline (with an officer)',
  },
  {
    places: ['JP', 'AU'],
    text: [
      "Japan punishes its nationals abroad (art. 3(5)); Australia's s.75 needs one of the two to live there.",
      'T',
    ],
    read: 'iuris.jp copy of the statute; austlii s.75',
  },
];
