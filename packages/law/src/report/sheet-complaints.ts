/**
 * Sheet 7: internal complaints, disputes out of court, suspensions for misuse. Annex II, part II, 1.5.
 *
 * Complaints count when they are made, outcomes and medians when they are told; the median runs until the complainant is
 * told, and a complaint without a decision enters none. Suspensions count when they are enacted, warnings never.
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
import {
  type ChallengeOutcome,
  COMPLAINTS_ABOUT,
  type ComplaintAbout,
  type EventOf,
  type ReportEvent,
} from './report-event.ts';

const COMPLAINTS = 'Internal complaints mechanism';
const DISPUTES = 'Out-of-court dispute settlement bodies';
const SUSPENSIONS = 'Suspensions imposed on repeated offenders';
const SUBMITTED = 'Number of complaints submitted to the internal-complaints mechanism';

const ABOUT: Readonly<Record<ComplaintAbout, string>> = {
  visibility:
    'Complaint regarding a decision to remove or disable access to or restrict visibility of information',
  service: 'Complaint regarding a decision to suspend or terminate the provision of the service',
  account: 'Complaint regarding a decision to suspend or terminate an account ',
  money: 'Complaint regarding a decision to restrict the ability to monetise information',
  'no-action':
    'Complaint regarding a decision not to take action on a notice submitted in accordance with Article 16',
  'no-action-trusted-flagger':
    'Complaint regarding a decision not to take action on a notice submitted by a Trusted Flagger in accordance with Article 16',
};

const SUSPENDED_FOR: Readonly<Record<EventOf<'suspended'>['because'], string>> = {
  'illegal-content': 'Number of suspensions enacted for the provision of manifestly illegal content ',
  'unfounded-notices': 'Number of suspensions enacted for the provision of manifestly unfounded notices',
  'unfounded-complaints':
    'Number of suspensions enacted for the provision of manifestly unfounded complaints',
};

type Row = readonly [
  kind: keyof typeof APPLICABILITY,
  section: string,
  indicator: string,
  scope: string,
  value: Cell,
];
type Challenge = {
  readonly at: number;
  readonly end: { readonly at: number; readonly outcome: ChallengeOutcome } | undefined;
};

/** The sheet. */
export function complaintsSheet(events: readonly ReportEvent[], frame: ReportFrame): Table {
  const within = inPeriod(frame);
  const of = <K extends ReportEvent['kind']>(kind: K): readonly EventOf<K>[] =>
    events.filter((event): event is EventOf<K> => event.kind === kind);
  const answers = new Map(of('complaint-answered').map((each) => [each.id, each]));
  const complaints = of('complaint-received').map((each) => ({ ...each, end: answers.get(each.id) }));
  const ends = new Map(of('dispute-ended').map((each) => [each.id, each]));
  const disputes = of('dispute-received').map((each) => ({ ...each, end: ends.get(each.id) }));
  const settled = of('dispute-ended').filter((each) => within(each) && each.implemented !== null);
  const imposed = of('complaint-answered')
    .filter(within)
    .reduce((sum, each) => sum + each.imposed, 0);

  const rows: readonly Row[] = [
    ...counts('all', COMPLAINTS, SUBMITTED, complaints, within, 'last'),
    [
      'platform',
      COMPLAINTS,
      'Number of restrictions newly imposed as a result of an internal complaint',
      'Total number',
      imposed,
    ],
    ...COMPLAINTS_ABOUT.flatMap((about) =>
      counts(
        'platform',
        COMPLAINTS,
        ABOUT[about],
        complaints.filter((each) => each.about === about),
        within,
        'none',
      ),
    ),
    ...counts(
      'platform',
      DISPUTES,
      'Number of disputes submitted to out-of-court dispute settlement bodies',
      disputes,
      within,
      'last',
    ),
    [
      'platform',
      DISPUTES,
      'Number of disputes submitted to out-of-court dispute settlement bodies',
      'Percentage of outcomes implemented',
      settled.length === 0
        ? null
        : share(settled.filter(({ implemented }) => implemented === true).length, settled.length),
    ],
    ...(['illegal-content', 'unfounded-notices', 'unfounded-complaints'] as const).map((because): Row => {
      const count = of('suspended').filter((each) => within(each) && each.because === because).length;
      return ['platform', SUSPENSIONS, SUSPENDED_FOR[because], 'Total number', count];
    }),
  ];
  return {
    header: [
      'Applicability',
      'Service',
      'Reporting period',
      'Section',
      'Indicator',
      'Scope',
      'Value',
      'Contextual Information',
    ],
    rows: rows.map(([kind, section, indicator, scope, value]) => [
      APPLICABILITY[kind],
      frame.service,
      periodText(frame),
      section,
      indicator,
      scope,
      isApplicable(kind, frame) ? value : null,
      null,
    ]),
  };
}

/** The rows of one indicator. Only the first is for every provider (Art. 15(1)(d)); the rest is for online platforms. */
function counts(
  first: 'all' | 'platform',
  section: string,
  indicator: string,
  challenges: readonly Challenge[],
  within: (event: { readonly at: number }) => boolean,
  omitted: 'last' | 'none',
): readonly Row[] {
  const ended = challenges.flatMap(({ at, end }) =>
    end !== undefined && within(end) ? [{ outcome: end.outcome, took: end.at - at }] : [],
  );
  const outcome = (wanted: ChallengeOutcome) => ended.filter((each) => each.outcome === wanted).length;
  const decided = ended.filter((each) => each.outcome !== 'omitted').map(({ took }) => took);
  return [
    [first, section, indicator, 'Total number', challenges.filter(within).length],
    ['platform', section, indicator, 'Decisions upheld', outcome('upheld')],
    ['platform', section, indicator, 'Decisions partially reversed', outcome('partially-reversed')],
    ['platform', section, indicator, 'Decisions reversed', outcome('reversed')],
    ['platform', section, indicator, 'Median time', medianHours(decided)],
    ...(omitted === 'last'
      ? [['platform', section, indicator, 'Decision omitted', outcome('omitted')] as const]
      : []),
  ];
}

/** A share between 0 and 1, to four places. */
export function share(part: number, whole: number): number {
  return Math.round((part / whole) * 10_000) / 10_000;
}
