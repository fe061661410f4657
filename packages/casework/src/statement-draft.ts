/**
 * From a removal, a reviewer's choices and what the job knows to the draft of a statement of reasons (`law/statement`).
 *
 * What preceded a decision counts by the Regulation's words: a notice wins over a report, a report over our own search; a
 * match with a bank alone is own initiative (Implementing Regulation (EU) 2024/2835, Annex II, 1.4). Found by automated
 * means is what a comparison brought up, not what a person pointed at.
 * @module
 */

import { parseDay } from '@reclaim/law/day';
import { profileOf } from '@reclaim/law/duty/obligation-profile';
import type { StatementDraft, StatementSource } from '@reclaim/law/statement/statement';
import { dayAt } from '@reclaim/law/zone';
import type { UtcMs } from './instant.ts';
import type { JobCause } from './job.ts';
import type { PlatformFacts } from './notice-terms.ts';
import type { StatementChoice } from './wire-statement-choice.ts';

/** What the job knows. */
export type StatementGiven = {
  readonly decisionId: string;
  readonly facts: string;
  readonly automated: 'no' | 'partly' | 'fully';
  readonly cause: JobCause;
  readonly noticed: boolean;
  readonly reported: boolean;
  readonly openedAt: UtcMs;
  readonly now: UtcMs;
};

/** The draft. @throws {RangeError} for a day that the calendar does not have */
export function statementDraft(
  choice: StatementChoice,
  given: StatementGiven,
  platform: PlatformFacts,
): StatementDraft {
  const { id } = profileOf(platform.service);
  const opened = dayAt(given.openedAt, platform.zone);
  return {
    finding: choice.finding,
    againstWomen: choice.againstWomen,
    ground: choice.ground,
    groundUrl: choice.groundUrl ?? '',
    facts: given.facts,
    source: statementSource(given),
    automatedDetection: isFoundByComparison(given.cause),
    automatedDecision: given.automated,
    restriction:
      choice.restriction === 'removed'
        ? 'DECISION_VISIBILITY_CONTENT_REMOVED'
        : 'DECISION_VISIBILITY_CONTENT_DISABLED',
    medium: choice.medium,
    territory: choice.territory,
    // Where nobody said since when the item was there: it was there when the job came, and no earlier day is known.
    contentDay: choice.contentDay === undefined ? opened : parseDay(choice.contentDay),
    appliedDay: dayAt(given.now, platform.zone),
    endDay: null,
    puid: given.decisionId,
    language: choice.language,
    redress: id === 'platform' || id === 'very-large-platform' ? 'platform' : 'hosting',
  };
}

/** What preceded a decision. */
export function statementSource(given: {
  readonly cause: JobCause;
  readonly noticed: boolean;
  readonly reported: boolean;
}): StatementSource {
  if (given.noticed || given.cause === 'notice') return 'notice';
  return given.reported || given.cause === 'report' ? 'report' : 'own-initiative';
}

/** Whether a comparison brought the item up, and not a person. */
export function isFoundByComparison(cause: JobCause): boolean {
  return cause === 'upload-check' || cause === 'retroactive' || cause === 'monitor';
}
