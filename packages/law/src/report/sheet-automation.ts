/**
 * Sheet 8: what was done by automated means, and how right they were. Annex II, part II, 1.6.
 *
 * Accuracy, precision and recall come from items that a person checked against what the means had said, and are empty
 * where nobody checked: no figure is made from the means' own word. Of what nobody said whether it was automated no figure
 * speaks; how many those are stands beside. Rows by language are for very large platforms; a
 * picture has no language ("if the infringement does not concern the audio nor the text …"), so they stay empty.
 * @module
 */

import type { Cell, Table } from './csv.ts';
import { APPLICABILITY, inPeriod, isApplicable, periodText, type ReportFrame } from './period.ts';
import type { Automated, EventOf, ReportEvent } from './report-event.ts';
import { share } from './sheet-complaints.ts';

const SECTION = 'Use of automated means for content moderation';
const LANGUAGES = 'bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv'.split(' ');
const INDICATORS = ['Accuracy', 'Precision', 'Recall'] as const;

type Check = EventOf<'quality-checked'>;

/** The sheet. */
export function automationSheet(events: readonly ReportEvent[], frame: ReportFrame): Table {
  const within = inPeriod(frame);
  const measures = events.filter(
    (event): event is EventOf<'measure-taken'> => event.kind === 'measure-taken' && within(event),
  );
  const own = measures.filter(({ cause }) => cause === 'own-initiative');
  const trusted = new Set(
    events.flatMap((event) => (event.kind === 'notice-received' && event.trustedFlagger ? [event.id] : [])),
  );
  const notices = events.filter(
    (event): event is EventOf<'notice-decided'> => event.kind === 'notice-decided' && within(event),
  );
  const checks = events.filter((event): event is Check => event.kind === 'quality-checked' && within(event));
  const block = (
    kind: keyof typeof APPLICABILITY,
    noun: 'measures' | 'notices',
    scope: string,
    automated: readonly Automated[],
    checked: readonly Check[],
  ): readonly (readonly Cell[])[] => {
    const applies = isApplicable(kind, frame);
    const line = (indicator: string, value: Cell): readonly Cell[] => [
      APPLICABILITY[kind],
      frame.service,
      periodText(frame),
      SECTION,
      indicator,
      scope,
      applies ? value : null,
      applies ? contextOf(indicator) : null,
    ];
    const undeclared = automated.filter((each) => each === 'undeclared').length;
    const contextOf = (indicator: string): Cell => {
      if (indicator.startsWith('Number') && undeclared > 0)
        return `Of ${undeclared} more nobody said how far they were automated`;
      return indicator.startsWith('Accuracy') && checked.length > 0
        ? `From ${checked.length} items checked by a person`
        : null;
    };
    const verb = noun === 'measures' ? 'taken' : 'processed';
    return [
      line(
        `Number of ${noun} solely ${verb} by automated means `,
        automated.filter((each) => each === 'fully').length,
      ),
      line(
        `Number of ${noun} not ${verb} by automated means`,
        automated.filter((each) => each === 'no').length,
      ),
      ...INDICATORS.map((each) => line(`Accuracy of the automated means - ${each}`, quality(each, checked))),
    ];
  };
  const of = (scope: Check['scope'][]) => checks.filter((each) => scope.includes(each.scope));
  const processed = (all: typeof notices): readonly Automated[] => all.map((each) => each.processed);
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
    rows: [
      ...block(
        'all',
        'measures',
        'Total number',
        measures.map((each) => each.automatedDecision),
        checks,
      ),
      ...block(
        'all',
        'measures',
        'Own-initiative ',
        own.map((each) => each.automatedDecision),
        of(['own-initiative']),
      ),
      ...block('hosting', 'notices', 'NAM Total', processed(notices), of(['notice', 'trusted-flagger'])),
      ...block(
        'platform',
        'notices',
        'NAM Trusted Flagger',
        processed(notices.filter(({ id }) => trusted.has(id))),
        of(['trusted-flagger']),
      ),
      ...[
        'Number of measures solely taken by automated means ',
        'Number of measures not taken by automated means',
        ...INDICATORS.map((each) => `Accuracy of the automated means - ${each}`),
      ].flatMap((indicator) =>
        LANGUAGES.map((language): readonly Cell[] => [
          APPLICABILITY['very-large'],
          frame.service,
          periodText(frame),
          SECTION,
          indicator,
          language,
          null,
          null,
        ]),
      ),
    ],
  };
}

/** A share of [0,1], or null where nothing was checked that it could be made of. */
function quality(indicator: (typeof INDICATORS)[number], checks: readonly Check[]): number | null {
  const count = (said: Check['said'], right: Check['right']) =>
    checks.filter((each) => each.said === said && each.right === right).length;
  const hit = count('restrict', 'restrict');
  const [part, whole] = {
    Accuracy: [hit + count('leave', 'leave'), checks.length] as const,
    Precision: [hit, hit + count('restrict', 'leave')] as const,
    Recall: [hit, hit + count('leave', 'restrict')] as const,
  }[indicator];
  return whole === 0 ? null : share(part, whole);
}
