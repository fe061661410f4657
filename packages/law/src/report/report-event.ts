/**
 * What a transparency report is counted from: events with an id, a moment and closed words. No text, no name, no link.
 *
 * Regulation (EU) 2022/2065, Art. 15 and 24; Implementing Regulation (EU) 2024/2835, Annex II. Whoever keeps a log turns
 * its records into these (`store/report-log.ts`); the sheets know nothing of the log.
 * @module
 */

import { CATEGORIES, type CategoryId, categoryById, type SpecificationId } from '../statement/category.ts';

/** One column of the restrictions of sheets 5 and 6, in their order. */
export const RESTRICTIONS = [
  'removed',
  'disabled',
  'demoted',
  'age-restricted',
  'interaction-restricted',
  'labelled',
  'visibility-other',
  'money-suspended',
  'money-terminated',
  'money-other',
  'service-suspended',
  'service-terminated',
  'account-suspended',
  'account-terminated',
] as const;

/** A restriction. */
export type Restriction = (typeof RESTRICTIONS)[number];

/** What a complaint is about, in the order of sheet 7. */
export const COMPLAINTS_ABOUT = [
  'visibility',
  'service',
  'account',
  'money',
  'no-action',
  'no-action-trusted-flagger',
] as const;

/** One subject of complaints. */
export type ComplaintAbout = (typeof COMPLAINTS_ABOUT)[number];

/** How a complaint or a dispute ends. `omitted`: without a decision, as when it is withdrawn. */
export type ChallengeOutcome = 'upheld' | 'partially-reversed' | 'reversed' | 'omitted';

/** How far something was automated; `undeclared` where nobody said, which is counted under neither. */
export type Automated = 'no' | 'partly' | 'fully' | 'undeclared';

interface Filed {
  readonly category: CategoryId;
  /** Null where nobody said: it is counted under "other". */
  readonly specification: SpecificationId | null;
}

/** An event. `at` is in milliseconds since 1970. */
export type ReportEvent =
  | (Filed & {
      readonly kind: 'order-received';
      readonly id: string;
      readonly at: number;
      readonly memberState: string;
      readonly act: 'against-content' | 'information';
      readonly items: number;
    })
  | { readonly kind: 'order-confirmed' | 'order-carried-out'; readonly id: string; readonly at: number }
  | (Filed & {
      readonly kind: 'notice-received';
      readonly id: string;
      readonly at: number;
      readonly trustedFlagger: boolean;
      readonly items: number;
    })
  | {
      readonly kind: 'notice-decided';
      readonly id: string;
      readonly at: number;
      readonly action: 'law' | 'terms' | 'none';
      readonly processed: Automated;
    }
  | (Filed & {
      readonly kind: 'measure-taken';
      readonly id: string;
      readonly at: number;
      /** What preceded it. A match with a bank is own initiative, unless the search itself was caused by a notice. */
      readonly cause: 'order' | 'notice' | 'own-initiative';
      readonly ground: 'law' | 'terms';
      readonly restrictions: readonly Restriction[];
      readonly automatedDetection: boolean;
      readonly automatedDecision: Automated;
    })
  | {
      readonly kind: 'complaint-received';
      readonly id: string;
      readonly at: number;
      readonly about: ComplaintAbout;
    }
  | {
      readonly kind: 'complaint-answered';
      readonly id: string;
      /** When the decision was told, not when it was taken. */
      readonly at: number;
      readonly outcome: ChallengeOutcome;
      /** Restrictions that the answer newly imposed. */
      readonly imposed: number;
    }
  | { readonly kind: 'dispute-received'; readonly id: string; readonly at: number }
  | {
      readonly kind: 'dispute-ended';
      readonly id: string;
      readonly at: number;
      readonly outcome: ChallengeOutcome;
      /** Whether a reversal was carried out; null where there is none to carry out. */
      readonly implemented: boolean | null;
    }
  | {
      readonly kind: 'suspended';
      readonly id: string;
      readonly at: number;
      readonly because: 'illegal-content' | 'unfounded-notices' | 'unfounded-complaints';
    }
  /** A person checked what the automated means had said of one item. */
  | {
      readonly kind: 'quality-checked';
      readonly id: string;
      readonly at: number;
      readonly scope: 'own-initiative' | 'notice' | 'trusted-flagger';
      readonly said: 'restrict' | 'leave';
      readonly right: 'restrict' | 'leave';
    };

/** An event of one kind. */
export type EventOf<K extends ReportEvent['kind']> = Extract<ReportEvent, { readonly kind: K }>;

/** Why an event cannot be counted. */
export type EventFault =
  | 'twice'
  | 'without-beginning'
  | 'ends-before-it-begins'
  | 'category-not-on-sheet'
  | 'not-a-count'
  | 'not-a-member-state'
  | 'not-a-moment';

/** What ends with what. */
const BEGINS: Readonly<Partial<Record<ReportEvent['kind'], ReportEvent['kind']>>> = {
  'order-confirmed': 'order-received',
  'order-carried-out': 'order-received',
  'notice-decided': 'notice-received',
  'complaint-answered': 'complaint-received',
  'dispute-ended': 'dispute-received',
};

/** Categories by sheet: 16 is for orders, 17 for notices, 15 for terms alone. */
export function isOnSheet(category: string, sheet: 3 | 4 | 5 | 6): boolean {
  const number = categoryById(category)?.number;
  if (number === undefined) return false;
  if (number <= 14) return true;
  return number === { 3: 16, 4: 17, 5: Number.NaN, 6: 15 }[sheet];
}

/** The first thing wrong with each event that cannot be counted, by its place in the list. */
export function checkEvents(
  events: readonly ReportEvent[],
): readonly { readonly index: number; readonly fault: EventFault }[] {
  const began = new Map<string, number>();
  const seen = new Set<string>();
  for (const event of events) {
    const key = `${event.kind} ${event.id}`;
    if (!began.has(key)) began.set(key, event.at);
  }
  return events.flatMap((event, index) => {
    const fault = faultOf(event, began, seen);
    seen.add(`${event.kind} ${event.id}`);
    return fault === undefined ? [] : [{ index, fault }];
  });
}

function faultOf(
  event: ReportEvent,
  began: ReadonlyMap<string, number>,
  seen: ReadonlySet<string>,
): EventFault | undefined {
  if (!Number.isSafeInteger(event.at) || event.at < 0) return 'not-a-moment';
  if (seen.has(`${event.kind} ${event.id}`)) return 'twice';
  const opening = BEGINS[event.kind];
  if (opening !== undefined) {
    const from = began.get(`${opening} ${event.id}`);
    if (from === undefined) return 'without-beginning';
    if (event.at < from) return 'ends-before-it-begins';
  }
  if ((event.kind === 'order-received' || event.kind === 'notice-received') && !isCount(event.items, 1))
    return 'not-a-count';
  if (event.kind === 'complaint-answered' && !isCount(event.imposed, 0)) return 'not-a-count';
  if (event.kind === 'order-received' && !/^[A-Z]{2}$/.test(event.memberState)) return 'not-a-member-state';
  const sheet = sheetOf(event);
  return sheet !== undefined && 'category' in event && !isOnSheet(event.category, sheet)
    ? 'category-not-on-sheet'
    : undefined;
}

function sheetOf(event: ReportEvent): 3 | 4 | 5 | 6 | undefined {
  if (event.kind === 'order-received') return 3;
  if (event.kind === 'notice-received') return 4;
  if (event.kind !== 'measure-taken' || event.cause !== 'own-initiative') return undefined;
  return event.ground === 'law' ? 5 : 6;
}

function isCount(value: number, least: number): boolean {
  return Number.isSafeInteger(value) && value >= least;
}

/** Rows of a sheet that is broken down by category: TOTAL, then each category and its sub-categories. */
export interface CategoryRow {
  /** What stands in the column of the category. */
  readonly id: string;
  /** Whether an event with this category and sub-category is counted in the row. */
  readonly holds: (category: string, specification: string | null) => boolean;
  readonly isOther: boolean;
}

/** The rows of a sheet, in the order of Annex I. */
export function categoryRows(sheet: 3 | 4 | 5 | 6): readonly CategoryRow[] {
  const total: CategoryRow = { id: 'TOTAL', holds: () => true, isOther: false };
  return [
    total,
    ...CATEGORIES.filter(({ id }) => isOnSheet(id, sheet)).flatMap(
      ({ id, specifications, other }): CategoryRow[] => {
        const known: readonly string[] = specifications.map((each) => each.id);
        return [
          { id, holds: (category) => category === id, isOther: false },
          ...known.map((specification): CategoryRow => {
            return {
              id: specification,
              holds: (category, own) => category === id && own === specification,
              isOther: false,
            };
          }),
          // What has no sub-category of this category stands here: the rows below a category add up to it.
          ...(other
            ? [
                {
                  id: 'KEYWORD_OTHER',
                  holds: (category: string, own: string | null) =>
                    category === id && !known.includes(own ?? ''),
                  isOther: true,
                },
              ]
            : []),
        ];
      },
    ),
  ];
}
