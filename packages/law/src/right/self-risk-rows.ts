/**
 * Where the law can turn against the person, as rows (`self-risk.ts` reads them).
 * @module
 */

import type { SelfRisk } from './self-risk.ts';

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
