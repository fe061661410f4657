/**
 * The transparency report of Regulation (EU) 2022/2065, Art. 15 and 24: sheets 1 to 8 and 11 of Annex I of Implementing
 * Regulation (EU) 2024/2835, as CSV files under the names of the Commission's templates.
 *
 * Sheets 9 (staff) and 10 (monthly recipients) are of very large platforms and are not made here. The texts of sheet 11
 * are the provider's own; a report without them is incomplete, and `missingTexts` says which are.
 * @module
 */

import { CATEGORIES } from '../statement/category.ts';
import { findPersonalData, type PersonalData } from '../statement/personal-data.ts';
import { csvText, type Table } from './csv.ts';
import { APPLICABILITY, inPeriod, isApplicable, periodText, type ReportFrame } from './period.ts';
import { checkEvents, type EventFault, type ReportEvent } from './report-event.ts';
import { automationSheet } from './sheet-automation.ts';
import { complaintsSheet } from './sheet-complaints.ts';
import { noticesSheet } from './sheet-notices.ts';
import { ordersSheet } from './sheet-orders.ts';
import { ownInitiativeSheet } from './sheet-own-initiative.ts';

/** The free texts of sheet 11, in its order, with who has to write them. */
export const QUALITATIVE = [
  [
    'own-initiative-summary',
    'all',
    'Summary of the content moderation engaged in at the providers’ own initiative',
  ],
  [
    'own-initiative-information',
    'all',
    "Meaningful and comprehensible information regarding content moderation engaged in at the providers' own initiative",
  ],
  ['automated-means', 'all', 'Qualitative description of the automated means'],
  [
    'accuracy',
    'all',
    'Qualitative description of indicators of accuracy and possible rate of error of automated means',
  ],
  ['purposes', 'all', 'Specification of the precise purposes to apply automated means'],
  ['safeguards', 'all', 'Safeguards applied to the use of automated means'],
  ['governance', 'very-large', 'High-level description of the content moderation governance structure'],
  ['qualifications', 'very-large', 'Qualifications of the human resources dedicated to content moderation'],
  ['training', 'very-large', 'Training given to human resources dedicated to content moderation'],
  ['support', 'very-large', 'Support given to human resources dedicated to content moderation '],
  [
    'staff-method',
    'very-large',
    'Methodology used to compute the number of human resources dedicated to content moderation  ',
  ],
] as const satisfies readonly (readonly [string, keyof typeof APPLICABILITY, string])[];

/** One text. */
export type QualitativeId = (typeof QUALITATIVE)[number][0];

/** The texts that a provider wrote; each 1 to 5,000 characters. */
export type QualitativeTexts = Readonly<Partial<Record<QualitativeId, string>>>;

/** Characters of one text, at most. */
export const QUALITATIVE_MOST = 5_000;

/** The sheets by the names of their files, without `.csv`. */
export type SheetName =
  | '1_summary'
  | '2_categories_names'
  | '3_member_states_orders'
  | '4_notices'
  | '5_own_initiative_illegal'
  | '6_own_initiative_TC'
  | '7_appeals_and_recidivism'
  | '8_automated_means'
  | '11_qualitative';

/** The sheets that are made, in their order; 9 and 10 are of very large platforms. */
export const SHEETS_MADE: readonly SheetName[] = [
  '1_summary',
  '2_categories_names',
  '3_member_states_orders',
  '4_notices',
  '5_own_initiative_illegal',
  '6_own_initiative_TC',
  '7_appeals_and_recidivism',
  '8_automated_means',
  '11_qualitative',
];

/** Why there is no report: events that cannot be counted, or texts that cannot stand in it. */
export type ReportFault =
  | { readonly kind: 'event'; readonly index: number; readonly fault: EventFault }
  | { readonly kind: 'text'; readonly id: QualitativeId; readonly fault: 'too-long' | 'empty' }
  | {
      readonly kind: 'text';
      readonly id: QualitativeId;
      readonly fault: 'personal-data';
      readonly found: readonly PersonalData[];
    };

/** The report, sheet by sheet, or what is wrong. @throws {RangeError} if the period ends before it begins */
export function makeReport(
  events: readonly ReportEvent[],
  frame: ReportFrame,
  texts: QualitativeTexts,
):
  | { readonly ok: true; readonly sheets: Readonly<Record<SheetName, Table>> }
  | { readonly ok: false; readonly faults: readonly ReportFault[] } {
  inPeriod(frame);
  const faults: readonly ReportFault[] = [
    ...checkEvents(events).map((each) => ({ kind: 'event', ...each }) as const),
    ...QUALITATIVE.flatMap(([id]): readonly ReportFault[] => textFaults(id, texts[id])),
  ];
  if (faults.length > 0) return { ok: false, faults };
  return {
    ok: true,
    sheets: {
      '1_summary': summarySheet(frame),
      '2_categories_names': categoriesSheet(),
      '3_member_states_orders': ordersSheet(events, frame),
      '4_notices': noticesSheet(events, frame),
      '5_own_initiative_illegal': ownInitiativeSheet(events, frame, 'law'),
      '6_own_initiative_TC': ownInitiativeSheet(events, frame, 'terms'),
      '7_appeals_and_recidivism': complaintsSheet(events, frame),
      '8_automated_means': automationSheet(events, frame),
      '11_qualitative': qualitativeSheet(frame, texts),
    },
  };
}

/** The texts that this provider has to write and has not: with one of them missing the report counts as incomplete. */
export function missingTexts(frame: ReportFrame, texts: QualitativeTexts): readonly QualitativeId[] {
  return QUALITATIVE.filter(([id, kind]) => isApplicable(kind, frame) && texts[id] === undefined).map(
    ([id]) => id,
  );
}

/** Every sheet as a file: its name and its CSV. */
export function reportFiles(
  sheets: Readonly<Record<SheetName, Table>>,
): readonly { readonly name: string; readonly text: string }[] {
  return Object.entries(sheets).map(([name, table]) => ({ name: `${name}.csv`, text: csvText(table) }));
}

function textFaults(id: QualitativeId, text: string | undefined): readonly ReportFault[] {
  if (text === undefined) return [];
  if (text.trim() === '') return [{ kind: 'text', id, fault: 'empty' }];
  if ([...text].length > QUALITATIVE_MOST) return [{ kind: 'text', id, fault: 'too-long' }];
  // The provider's own pages may be named; a person may not.
  const found = findPersonalData(text).filter(({ kind }) => kind !== 'link');
  return found.length === 0 ? [] : [{ kind: 'text', id, fault: 'personal-data', found }];
}

function summarySheet(frame: ReportFrame): Table {
  const line = (indicator: string, value: string | null) => [
    APPLICABILITY.all,
    frame.service,
    indicator,
    value,
  ];
  return {
    header: ['Applicability', 'Service', 'Indicator', 'Value'],
    rows: [
      line('Name of the service provider', frame.provider),
      line('Date of the publication of the report', frame.publishedOn),
      line('Date of the publication of the latest previous report', frame.previousOn),
      line('Starting date of reporting period', frame.from),
      line('Ending date of reporting period', frame.to),
    ],
  };
}

function categoriesSheet(): Table {
  const rows: (readonly (string | null)[])[] = [['TOTAL', 'All the entries', 'TOTAL', null]];
  for (const { number, id, words, specifications, other } of CATEGORIES) {
    const below = [
      ...specifications,
      ...(other ? [{ id: 'KEYWORD_OTHER', words: 'Not captured by any other sub-category' }] : []),
    ];
    rows.push([`Category ${number}`, words, id, null]);
    below.forEach((each, at) => {
      rows.push([`Category ${number}${String.fromCharCode(97 + at)}`, each.words, each.id, null]);
    });
  }
  return {
    header: [
      'Category label',
      'Category description',
      'Category of illegal content / incompatible with the terms and conditions',
      'Contextual information',
    ],
    rows,
  };
}

function qualitativeSheet(frame: ReportFrame, texts: QualitativeTexts): Table {
  return {
    header: ['Applicability', 'Service', 'Reporting period', 'Indicator', 'Value'],
    rows: QUALITATIVE.map(([id, kind, indicator]) => [
      APPLICABILITY[kind],
      frame.service,
      periodText(frame),
      indicator,
      isApplicable(kind, frame) ? (texts[id] ?? null) : null,
    ]),
  };
}
