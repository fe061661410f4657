/**
 * From the records of the chain to what a transparency report and the clock sheet of the United States are counted from.
 * Pure: a fold over records in their order.
 *
 * What the records do not say is not invented. Notices of trusted flaggers and orders of Member States are not told apart
 * yet, so their figures are zero only where no such notice or order can arrive here; a notice's category is that of
 * intimate images without consent (3e), since whether a picture is authentic stands in sealed words alone; of a notice in
 * the child lane it is 9b. A measure without a statement of ours is counted by its ground.
 *
 * An objection to a suspension for illegal content is a complaint about the provision of the service (Art. 20(1)(b)); one to
 * the suspension of notices or complaints is none of those that the sheet lists. It is answered by being upheld or lifted, and
 * omitted where the suspension ended first.
 *
 * A decision that was undone takes its notice's answer back, and the notice is open again; the measure was taken, and stays
 * counted. A referral withholds an item and decides nothing: it is no measure.
 * @module
 */

import type { EventOf, ReportEvent } from '@reclaim/law/report/report-event';
import type { UsRequest } from '@reclaim/law/report/us-clock-sheet';
import type { CategoryId, SpecificationId } from '@reclaim/law/statement/category';
import type { Decision } from './decision.ts';

/** A record of the chain, as far as it is read here. */
export type LogRecord = {
  readonly seq: number;
  readonly at: number;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
};

/** The types of records that are read; whoever fetches leaves the others where they are. */
export const REPORT_RECORDS = Object.freeze([
  'job-opened',
  'job-decided',
  'job-complaint-answered',
  'statement-made',
  'notice-received',
  'notice-supplemented',
  'notice-decided',
  'notice-reopened',
  'notice-withdrawn',
  'complaint-received',
  'complaint-answered',
  'misuse-suspended',
  'misuse-objected',
  'misuse-upheld',
  'misuse-lifted',
  'misuse-expired',
] as const);

/** What the records give. */
export type CountedLog = {
  readonly events: readonly ReportEvent[];
  readonly requests: readonly UsRequest[];
};

type Measure = EventOf<'measure-taken'>;
type Answer = EventOf<'notice-decided'>;
type Filed = { readonly category: CategoryId; readonly specification: SpecificationId | null };

const INTIMATE: Filed = {
  category: 'STATEMENT_CATEGORY_CYBER_VIOLENCE',
  specification: 'KEYWORD_NON_CONSENSUAL_IMAGE_SHARING',
};
const OF_MINORS: Filed = {
  category: 'STATEMENT_CATEGORY_PROTECTION_OF_MINORS',
  specification: 'KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL',
};

/** Reads the records, which come in the order of the chain. */
export function countLog(records: Iterable<LogRecord>): CountedLog {
  const causes = new Map<string, string>();
  const noticed = new Set<string>();
  const rulings = new Map<string, Decision>();
  const measures = new Map<string, Measure>();
  const notices = new Map<string, EventOf<'notice-received'>>();
  const answers = new Map<string, Answer>();
  const challenges: ReportEvent[] = [];
  const objections = new Map<string, string>();
  const imposing = new Set<string>();
  const requests = new Map<
    string,
    {
      readonly receivedAt: number;
      completeAt: number | null;
      removedAt: number | null;
      toldAt: number | null;
      withdrawnAt: number | null;
    }
  >();

  const rule = (record: LogRecord, jobId: string, decision: Decision): void => {
    rulings.set(decision.decisionId, decision);
    const { ruling } = decision;
    if (ruling.outcome !== 'remove') return;
    const cause = causes.get(jobId);
    measures.set(decision.decisionId, {
      kind: 'measure-taken',
      id: decision.decisionId,
      at: record.at,
      cause: noticed.has(jobId) ? 'notice' : 'own-initiative',
      ground: ruling.ground === 'terms-intimate-image' ? 'terms' : 'law',
      ...(ruling.ground === 'other-law' ? { ...INTIMATE, specification: null } : INTIMATE),
      restrictions: ['removed'],
      automatedDetection: cause === 'upload-check' || cause === 'retroactive' || cause === 'monitor',
      automatedDecision: decision.automated,
    });
  };

  for (const record of records) {
    const { at, type, data } = record;
    const text = (name: string): string => String(data[name] ?? '');
    switch (type) {
      case 'job-opened':
        causes.set(text('jobId'), text('cause'));
        break;
      case 'job-decided':
        rule(record, text('jobId'), data['decision'] as Decision);
        break;
      case 'job-complaint-answered':
        if (data['upheld'] === false) {
          const decision = data['decision'] as Decision;
          if (decision.ruling.outcome === 'remove') imposing.add(decision.decisionId);
          rule(record, text('jobId'), decision);
        }
        break;
      case 'statement-made': {
        const measure = measures.get(text('decisionId'));
        if (measure === undefined) break;
        measures.set(measure.id, {
          ...measure,
          ground: data['ground'] === 'terms' ? 'terms' : 'law',
          category: data['category'] as CategoryId,
          specification: data['specification'] as SpecificationId,
          restrictions: [data['restriction'] === 'disabled' ? 'disabled' : 'removed'],
        });
        break;
      }
      case 'notice-received': {
        const id = text('noticeId');
        noticed.add(text('jobId'));
        const items = data['items'];
        notices.set(id, {
          kind: 'notice-received',
          id,
          at,
          trustedFlagger: false,
          // A notice names at least one item, also where it is a place without an address.
          items: typeof items === 'number' && items > 0 ? items : 1,
          ...(data['lane'] === 'child' ? OF_MINORS : INTIMATE),
        });
        if (speaksOf(data, 'us-tida')) {
          requests.set(id, {
            receivedAt: at,
            completeAt: isComplete(data) ? at : null,
            removedAt: null,
            toldAt: null,
            withdrawnAt: null,
          });
        }
        break;
      }
      case 'notice-supplemented': {
        const request = requests.get(text('noticeId'));
        if (request !== undefined && request.completeAt === null && isComplete(data)) request.completeAt = at;
        break;
      }
      case 'notice-decided': {
        const id = text('noticeId');
        const outcome = text('outcome');
        const action = actionOf(rulings.get(text('decisionId')));
        const before = answers.get(id);
        // A later answer counts where it is the first that acts: a complaint that was right changed "no" into "yes".
        if (notices.has(id) && (before === undefined || before.action === 'none')) {
          const processed = rulings.get(text('decisionId'))?.automated ?? 'undeclared';
          answers.set(id, { kind: 'notice-decided', id, at, action, processed });
        }
        const request = requests.get(id);
        if (request !== undefined) {
          request.toldAt ??= at;
          if (outcome === 'removed' || outcome === 'withheld') request.removedAt ??= at;
        }
        break;
      }
      case 'notice-reopened': {
        answers.delete(text('noticeId'));
        const request = requests.get(text('noticeId'));
        if (request !== undefined) {
          request.removedAt = null;
          request.toldAt = null;
        }
        break;
      }
      case 'notice-withdrawn': {
        const request = requests.get(text('noticeId'));
        if (request !== undefined) request.withdrawnAt = at;
        break;
      }
      case 'complaint-received':
        challenges.push({
          kind: 'complaint-received',
          id: text('complaintId'),
          at,
          about: data['side'] === 'notifier' ? 'no-action' : 'visibility',
        });
        break;
      case 'complaint-answered': {
        const decisionId = text('decisionId');
        challenges.push({
          kind: 'complaint-answered',
          id: text('complaintId'),
          at,
          outcome: data['outcome'] as 'upheld',
          // One new restriction, whoever of several asked for it.
          imposed:
            imposing.delete(decisionId) && data['side'] === 'notifier' && data['outcome'] === 'reversed'
              ? 1
              : 0,
        });
        break;
      }
      case 'misuse-suspended':
        // Each suspension counts, also the second of one sender, and one that was lifted: it was enacted.
        challenges.push({
          kind: 'suspended',
          id: `${text('misuseId')}-${record.seq}`,
          at,
          because: data['misuse'] as EventOf<'suspended'>['because'],
        });
        break;
      case 'misuse-objected': {
        if (data['misuse'] !== 'illegal-content') break;
        const id = `${text('misuseId')}-${record.seq}`;
        objections.set(text('misuseId'), id);
        challenges.push({ kind: 'complaint-received', id, at, about: 'service' });
        break;
      }
      case 'misuse-upheld':
      case 'misuse-lifted':
      case 'misuse-expired': {
        const id = objections.get(text('misuseId'));
        objections.delete(text('misuseId'));
        if (id === undefined) break;
        const outcome = {
          'misuse-upheld': 'upheld',
          'misuse-lifted': 'reversed',
          'misuse-expired': 'omitted',
        }[type] as 'upheld';
        challenges.push({ kind: 'complaint-answered', id, at, outcome, imposed: 0 });
        break;
      }
      default:
    }
  }
  return {
    events: [...notices.values(), ...answers.values(), ...measures.values(), ...challenges],
    requests: [...requests].map(([id, each]): UsRequest => {
      const proof = { kind: 'ledger', record: id } as const;
      const receivedAt = each.completeAt ?? each.receivedAt;
      return {
        id,
        complete: each.completeAt !== null,
        ...(each.withdrawnAt === null ? {} : { withdrawnAtMs: each.withdrawnAt }),
        events: [
          { kind: 'notice-received', atMs: receivedAt, proof },
          ...(each.removedAt === null
            ? []
            : [{ kind: 'removed', atMs: Math.max(each.removedAt, receivedAt), proof } as const]),
          ...(each.toldAt === null
            ? []
            : [{ kind: 'decision-told', atMs: Math.max(each.toldAt, receivedAt), proof } as const]),
        ],
      };
    }),
  };
}

function actionOf(decision: Decision | undefined): Answer['action'] {
  if (decision?.ruling.outcome !== 'remove') return 'none';
  return decision.ruling.ground === 'terms-intimate-image' ? 'terms' : 'law';
}

function speaksOf(data: LogRecord['data'], regime: string): boolean {
  return ['complete', 'lacking'].some(
    (name) => Array.isArray(data[name]) && (data[name] as unknown[]).includes(regime),
  );
}

function isComplete(data: LogRecord['data']): boolean {
  return Array.isArray(data['complete']) && data['complete'].includes('us-tida');
}
