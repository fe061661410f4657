/**
 * The elements of a notice, regime by regime, as rows; `element.ts` says what a notice still lacks of them.
 * @module
 */

import type { Day } from '../day.ts';
import type { Sureness } from '../source.ts';
import type { Part } from './notice-draft.ts';
import { ROWS_CHECKED } from './row.ts';
import type { RegimeId } from './rule.ts';

/** One element that a regime names. */
export interface Element {
  readonly regime: RegimeId;
  /** Unique within the regime. */
  readonly id: string;
  readonly part: Part;
  readonly need: 'must' | 'should';
  /** Not asked for where the notice is about a child sexual abuse offence. */
  readonly exceptChild: boolean;
  readonly cite: string;
  readonly sureness: Sureness;
  /** The last day on which somebody compared the row with its source. */
  readonly lastChecked: Day;
}

type Row = readonly [
  id: string,
  part: Part,
  cite: string,
  sureness: Sureness,
  need?: 'should',
  child?: 'except-child',
];

const TIDA: readonly Row[] = [
  ['signature', 'signature', '47 U.S.C. 223a(a)(1)(B)(i)', 'official-text'],
  ['location', 'location', '47 U.S.C. 223a(a)(1)(B)(ii)', 'official-text'],
  ['facts', 'facts', '47 U.S.C. 223a(a)(1)(B)(iii), relevant information', 'official-text'],
  ['not-consensual', { declared: 'not-consensual' }, '47 U.S.C. 223a(a)(1)(B)(iii)', 'official-text'],
  ['good-faith', { declared: 'good-faith' }, '47 U.S.C. 223a(a)(1)(B)(iii)', 'official-text'],
  ['contact', 'contact', '47 U.S.C. 223a(a)(1)(B)(iv)', 'official-text'],
  ['standing', 'standing', '47 U.S.C. 223a(a)(1)(A)', 'official-text'],
];

const ROWS: Readonly<Partial<Record<RegimeId, readonly Row[]>>> = {
  'us-tida': TIDA,
  // The Utah section repeats the federal elements, so its rows are the same under its own citation.
  'us-ut': TIDA.map((row): Row => [row[0], row[1], 'Utah Code 13-72b-302', 'official-text']),
  'uk-osa': [
    ['location', 'location', 'Online Safety Act 2023 s.20A', 'official-text'],
    ['declared-content', { declared: 'intimate-image-content' }, 's.20A(2)(a)', 'official-text'],
    ['standing', 'standing', 's.20A(2)(b)', 'official-text'],
    ['declared-standing', { declared: 'standing' }, 's.20A(2)(b)', 'official-text'],
    ['good-faith', { declared: 'good-faith' }, 's.20A(2)(c)', 'official-text'],
    ['truth', { declared: 'true-to-knowledge' }, 's.20A(2)(c)', 'official-text'],
    ['contact', 'contact', 's.20A, after (2)(c)', 'secondary'],
  ],
  'eu-dsa': [
    ['explanation', 'facts', 'Regulation (EU) 2022/2065 Art. 16(2)(a)', 'official-text'],
    ['exact-link', 'exact-link', 'Art. 16(2)(b)', 'official-text'],
    ['name-and-email', 'name-and-email', 'Art. 16(2)(c)', 'official-text', 'should', 'except-child'],
    ['bona-fide', { declared: 'good-faith' }, 'Art. 16(2)(d)', 'official-text'],
    ['accuracy', { declared: 'accurate-and-complete' }, 'Art. 16(2)(d)', 'official-text'],
  ],
  'us-dmca': [
    ['signature', 'signature', '17 U.S.C. 512(c)(3)(A)(i)', 'official-text'],
    ['work', 'work', '17 U.S.C. 512(c)(3)(A)(ii)', 'official-text'],
    ['location', 'location', '17 U.S.C. 512(c)(3)(A)(iii)', 'official-text'],
    ['contact', 'contact', '17 U.S.C. 512(c)(3)(A)(iv)', 'official-text'],
    ['good-faith', { declared: 'good-faith' }, '17 U.S.C. 512(c)(3)(A)(v)', 'official-text'],
    ['accuracy', { declared: 'accurate-and-complete' }, '17 U.S.C. 512(c)(3)(A)(vi)', 'official-text'],
    ['authority', { declared: 'authority-under-perjury' }, '17 U.S.C. 512(c)(3)(A)(vi)', 'official-text'],
  ],
  'au-osa': [
    ['location', 'location', 'Online Safety Act 2021: identified so as to enable removal', 'secondary'],
    [
      'not-consensual',
      { declared: 'not-consensual' },
      'Online Safety Act 2021 s.75, lack of consent',
      'official-text',
    ],
    ['standing', 'standing', 'Online Safety Act 2021: person, authorised person or parent', 'secondary'],
  ],
  'in-rules': [
    ['location', 'location', 'IT Rules 2021 r.3(2)(b)', 'official-text'],
    ['facts', 'facts', 'IT Rules 2021 r.3(2)(b), prima facie', 'official-text'],
    ['standing', 'standing', 'IT Rules 2021 r.3(2)(b), individual or on behalf', 'official-text'],
  ],
  'us-ca': [
    ['location', 'location', 'California Business and Professions Code 22671', 'official-text'],
    ['contact', 'contact', 'California Business and Professions Code 22671(b)', 'official-text'],
    [
      'resident',
      { declared: 'california-resident' },
      'California Business and Professions Code 22671',
      'official-text',
    ],
  ],
};

/** Every element of every regime that has a notice of its own. */
export const ELEMENTS: readonly Element[] = Object.entries(ROWS).flatMap(([regime, rows]) =>
  rows.map(([id, part, cite, sureness, need, child]) => ({
    regime: regime as RegimeId,
    id,
    part,
    need: need ?? 'must',
    exceptChild: child === 'except-child',
    cite,
    sureness,
    lastChecked: ROWS_CHECKED,
  })),
);
