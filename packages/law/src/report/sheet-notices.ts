/**
 * Sheet 4: notices under Article 16. Annex II, part II, 1.3.
 *
 * Every notice counts once, also where several speak of one item; items are counted apart, by exact address. An action is
 * counted, and enters the median, in the period in which it was taken; a decision not to act enters no median.
 * @module
 */

import type { Cell, Table } from './csv.ts';
import {
  APPLICABILITY,
  inPeriod,
  isApplicable,
  medianHours,
  periodText,
  type ReportFrame,
} from './period.ts';
import { categoryRows, type EventOf, type ReportEvent } from './report-event.ts';
import { otherWords } from './sheet-orders.ts';

const COLUMNS = [
  'Number of notices received ',
  'Number of notices received from Trusted flaggers',
  'Number of specific items of information included in the total number of notices',
  'Number of specific items of information included in the total number of notices by Trusted Flaggers (Trusted Flagger notices)',
  'Median time to take action',
  'Median time to take action (Trusted Flagger notices)',
  'Number of actions taken on the basis of the law',
  'Number of actions taken on the basis of the law (Trusted Flagger notices)',
  'Number of actions taken on the basis of the terms and conditions of the service',
  'Number of actions taken on the basis of the terms and conditions of the service (Trusted Flagger notices)',
];
const CONTEXT = COLUMNS.map((name) => `Contextual information on ${name}`);

/** The sheet. */
export function noticesSheet(events: readonly ReportEvent[], frame: ReportFrame): Table {
  const within = inPeriod(frame);
  const notices = new Map<string, EventOf<'notice-received'>>();
  for (const event of events) if (event.kind === 'notice-received') notices.set(event.id, event);
  const received = [...notices.values()].filter(within);
  const acted = events.flatMap((event) => {
    const notice =
      event.kind === 'notice-decided' && event.action !== 'none' ? notices.get(event.id) : undefined;
    if (notice === undefined || event.kind !== 'notice-decided' || !within(event)) return [];
    return [{ notice, action: event.action, took: event.at - notice.at }];
  });
  return {
    header: [
      'Applicability',
      'Service',
      'Reporting period',
      'Category of illegal content',
      'Description of the sub-category "Other"',
      ...COLUMNS,
      ...CONTEXT,
    ],
    rows: categoryRows(4).map((row) => {
      const here = received.filter(({ category, specification }) => row.holds(category, specification));
      const done = acted.filter(({ notice }) => row.holds(notice.category, notice.specification));
      const flagged = here.filter(({ trustedFlagger }) => trustedFlagger);
      const flaggedDone = done.filter(({ notice }) => notice.trustedFlagger);
      const items = (all: typeof here) => all.reduce((sum, notice) => sum + notice.items, 0);
      const onGround = (all: typeof done, action: 'law' | 'terms') =>
        all.filter((each) => each.action === action).length;
      const trusted = isApplicable('platform', frame);
      const values: readonly Cell[] = isApplicable('hosting', frame)
        ? [
            here.length,
            trusted ? flagged.length : null,
            items(here),
            trusted ? items(flagged) : null,
            medianHours(done.map(({ took }) => took)),
            trusted ? medianHours(flaggedDone.map(({ took }) => took)) : null,
            onGround(done, 'law'),
            trusted ? onGround(flaggedDone, 'law') : null,
            onGround(done, 'terms'),
            trusted ? onGround(flaggedDone, 'terms') : null,
          ]
        : COLUMNS.map(() => null);
      return [
        APPLICABILITY.hosting,
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
