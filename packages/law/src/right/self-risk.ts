/**
 * Where the law can turn against the person. The notice of it comes before a report is drafted, and stands by itself even
 * where the rows behind it were not all read in official texts: to hold a warning back would be the greater harm. What nobody
 * has read in any text yet is no notice: it has no source.
 * @module
 */

import type { Cell } from './right.ts';

/** A risk. */
export interface SelfRisk {
  readonly id: string;
  /** ISO 3166 codes; empty for everywhere. */
  readonly places: readonly string[];
  readonly text: Cell;
  /** What to do instead, or first. */
  readonly instead: string;
  /** Where it was read; empty where it is general knowledge. */
  readonly read: string;
}

/** Every risk. */
export const SELF_RISKS: readonly SelfRisk[] = [
  {
    id: 'obscenity-ng',
    places: ['NG'],
    text: [
      'Section 24 punishes sending pornographic messages with no word on consent: whoever first sent the image may fear a charge.',
      'T',
    ],
    instead:
      'Speak to the helpline first; where there is a threat, report the threat (section 24(2)(c), extortion).',
    read: 'lawglobalhub.com',
  },
  {
    id: 'obscenity-ke',
    places: ['KE'],
    text: [
      'Section 37, in the text read, punishes sharing intimate images with no word on consent: whoever first sent the image may fear a charge.',
      '2',
    ],
    instead: 'Speak to the helpline first; where there is a threat, report the threat.',
    read: 'quoted text',
  },
  {
    id: 'obscenity-in',
    places: ['IN'],
    text: [
      'Sections 67 and 67A of the Information Technology Act have no element of consent: whoever first sent the image may fear a charge.',
      '2',
    ],
    instead: 'Speak to the helpline or a One Stop Centre first; where there is a threat, report the threat.',
    read: 'law guides',
  },
  {
    id: 'complaint-final-it',
    places: ['IT'],
    text: ['A complaint can be withdrawn only in court.', 'K'],
    instead: 'Decide with a support worker before filing.',
    read: '',
  },
  {
    id: 'police-act-alone-br',
    places: ['BR'],
    text: ['The police act without the person, and go on even if the person no longer wants it.', '2'],
    instead: 'Ask a support service before reporting if you are not sure.',
    read: 'quoted texts',
  },
  {
    id: 'person-decides-de',
    places: ['DE'],
    text: ['Without the complaint there is no prosecution under KUG section 33: the person decides.', 'T'],
    instead: 'Take advice within the three months.',
    read: 'bundestag/gesetze, March 2022',
  },
  {
    id: 'own-threat',
    places: [],
    text: ['A letter that says "pay or I report" can be an offence itself.', 'K'],
    instead: 'Never link money and reporting in one message.',
    read: '',
  },
];

/** Countries in which a risk notice must be read before a report is drafted. */
export const RISK_NOTICE_FIRST: readonly string[] = ['NG', 'KE', 'IN'];

/**
 * The risks of a place that its people are told of before everything else: those that were read somewhere, even in a secondary
 * source. `place` is an ISO 3166 code of a country or a part of it.
 */
export function risksToTell(place: string): readonly SelfRisk[] {
  const country = place.slice(0, 2);
  return SELF_RISKS.filter((each) => each.places.includes(country) && each.read !== '');
}

/** The risks of a place, those of everywhere last. */
export function selfRisksOf(country: string): readonly SelfRisk[] {
  return SELF_RISKS.filter((each) => each.places.length === 0 || each.places.includes(country));
}
