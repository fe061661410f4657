/**
 * Sheet 3: orders of Member States to act against content and to give information. Annex II, part II, 1.2.
 *
 * An order counts once, with its items; times run from its delivery. Each number is counted in the period in which it
 * happened: an order of December that was carried out in January is in one report as received and in the next in a median.
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
import { type CategoryRow, categoryRows, type EventOf, type ReportEvent } from './report-event.ts';

const COLUMNS = [
  'Number of orders to act against illegal content received',
  'Number of specific items of information included in the total number of orders to act against illegal content',
  'Median time to inform the authority of the receipt of the order to act against illegal content',
  'Median time to give effect to the order to act against illegal content',
  'Number of orders to provide information',
  'Median time to inform the authority of the receipt of the order to provide information',
  'Median time to give effect to the order to provide information',
];
const CONTEXT = COLUMNS.map(
  (name, at) => `Contextual information on ${at < 2 ? name.replace('N', 'n') : name}`,
);

type Order = EventOf<'order-received'>;

/** The sheet: all orders, then one block of rows for each Member State that sent any. */
export function ordersSheet(events: readonly ReportEvent[], frame: ReportFrame): Table {
  const within = inPeriod(frame);
  const orders = new Map<string, Order>();
  for (const event of events) if (event.kind === 'order-received') orders.set(event.id, event);
  const received = [...orders.values()].filter(within);
  const ended = events.flatMap((event) => {
    const order =
      event.kind === 'order-confirmed' || event.kind === 'order-carried-out'
        ? orders.get(event.id)
        : undefined;
    return order === undefined || !within(event)
      ? []
      : [{ kind: event.kind, order, took: event.at - order.at }];
  });
  const states = [
    ...new Set([...received, ...ended.map(({ order }) => order)].map(({ memberState }) => memberState)),
  ].sort();
  const cells = (row: CategoryRow, scope: string): readonly Cell[] => {
    const counted = (order: Order): boolean =>
      (scope === 'TOTAL' || order.memberState === scope) && row.holds(order.category, order.specification);
    const of = (act: Order['act']) => received.filter((order) => order.act === act && counted(order));
    const median = (act: Order['act'], kind: 'order-confirmed' | 'order-carried-out') =>
      medianHours(
        ended
          .filter((each) => each.kind === kind && each.order.act === act && counted(each.order))
          .map(({ took }) => took),
      );
    const against = of('against-content');
    return [
      against.length,
      against.reduce((sum, { items }) => sum + items, 0),
      median('against-content', 'order-confirmed'),
      median('against-content', 'order-carried-out'),
      of('information').length,
      median('information', 'order-confirmed'),
      median('information', 'order-carried-out'),
    ];
  };
  return {
    header: [
      'Applicability',
      'Service',
      'Reporting period',
      'Category of illegal content',
      'Description of the sub-category "Other"',
      'Scope',
      ...COLUMNS,
      ...CONTEXT,
    ],
    rows: ['TOTAL', ...states].flatMap((scope) =>
      categoryRows(3).map((row) => {
        const values = isApplicable('all', frame) ? cells(row, scope) : COLUMNS.map(() => null);
        return [
          APPLICABILITY.all,
          frame.service,
          periodText(frame),
          row.id,
          otherWords(row, values[0] ?? null),
          scope,
          ...values,
          ...CONTEXT.map(() => null),
        ];
      }),
    ),
  };
}

/** What stands beside KEYWORD_OTHER: the Regulation asks for a description wherever something is counted there. */
export function otherWords(row: CategoryRow, count: Cell): Cell {
  return row.isOther && typeof count === 'number' && count > 0 ? 'Sub-category not specified further' : null;
}
