/**
 * Sheets 5 and 6: measures at the provider's own initiative, by law (5) and by the terms (6). Annex II, part II, 1.4.
 *
 * Own initiative is what neither a notice nor an order preceded: a match with a bank is, and a search that a notice caused
 * is not. A measure counts once, and in the column of each of its restrictions. A measure that was undone later was taken,
 * and stays counted. A column of a restriction that the service could never impose is empty, which is not zero.
 * @module
 */

import type { Cell, Table } from './csv.ts';
import { APPLICABILITY, inPeriod, isApplicable, periodText, type ReportFrame } from './period.ts';
import { categoryRows, type EventOf, RESTRICTIONS, type ReportEvent } from './report-event.ts';
import { otherWords } from './sheet-orders.ts';

const COLUMNS = [
  "Number of measures taken at the provider's own initiative ",
  'Number of measures taken after detection with solely automated means ',
  'Visibility restriction Removal',
  'Visibility restriction Disable',
  'Visibility restriction Demoted',
  'Visibility restriction Age restricted',
  'Visibility restriction Interaction restricted',
  'Visibility restriction Labelled ',
  'Visibility restriction Other',
  'Monetary restriction Suspension',
  'Monetary restriction Termination',
  'Monetary restriction Other',
  'Provision of the service Suspension',
  'Provision of the service Termination',
  'Account restriction Suspension',
  'Account restriction Termination',
];
const CONTEXT = COLUMNS.map((name) => `Contextual Information on ${name}`);

/** Sheet 5 (`law`) or 6 (`terms`). */
export function ownInitiativeSheet(
  events: readonly ReportEvent[],
  frame: ReportFrame,
  ground: 'law' | 'terms',
): Table {
  const within = inPeriod(frame);
  const measures = events.filter(
    (event): event is EventOf<'measure-taken'> =>
      event.kind === 'measure-taken' &&
      event.cause === 'own-initiative' &&
      event.ground === ground &&
      within(event),
  );
  return {
    header: [
      'Applicability',
      'Service',
      'Reporting period',
      ground === 'law'
        ? 'Category of illegal content'
        : "Category of incompatibility with the provider's terms and conditions",
      'Description of the sub-category "Other"',
      ...COLUMNS,
      ...CONTEXT,
    ],
    rows: categoryRows(ground === 'law' ? 5 : 6).map((row) => {
      const here = measures.filter(({ category, specification }) => row.holds(category, specification));
      const values: readonly Cell[] = isApplicable('all', frame)
        ? [
            here.length,
            here.filter(({ automatedDetection }) => automatedDetection).length,
            ...RESTRICTIONS.map((each) =>
              frame.possible.includes(each)
                ? here.filter(({ restrictions }) => restrictions.includes(each)).length
                : null,
            ),
          ]
        : COLUMNS.map(() => null);
      return [
        APPLICABILITY.all,
        frame.service,
        periodText(frame),
        row.id,
        otherWords(row, values[0] ?? null),
        ...values,
        ...CONTEXT.map(() => null),
      ];
    }),
  };
}
