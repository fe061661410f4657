/**
 * Deadline rules of the United States: the TAKE IT DOWN Act and the state laws beside it, California, copyright, and the
 * duty to report child sexual abuse material.
 * @module
 */

import { parseZone } from '../zone.ts';
import { days, hours, months, rule, version, words } from './row.ts';
import type { Rule } from './rule.ts';

const CALIFORNIA = parseZone('America/Los_Angeles');

/** The rows. */
export const RULES_US: readonly Rule[] = [
  rule({
    id: 'US-TIDA-REMOVE',
    regime: 'us-tida',
    jurisdiction: 'US',
    duty: 'Remove the depiction.',
    starts: 'notice-received',
    ends: 'removed',
    asSoonAsPossible: true,
    needsCompleteNotice: true,
    versions: [
      version({
        limit: hours(48),
        from: '2026-05-19',
        cite: '47 U.S.C. 223a(a)(3) (Pub. L. 119-12 section 3, 139 Stat. 55)',
        sureness: 'secondary',
        note: 'Paragraphs (a)(1)–(2), with the elements, were read in the text; (a)(3), with the 48 hours, in summaries.',
      }),
    ],
  }),
  rule({
    id: 'US-TIDA-COPIES',
    regime: 'us-tida',
    jurisdiction: 'US',
    duty: 'Make reasonable efforts to identify and remove known identical copies.',
    starts: 'notice-received',
    ends: 'copies-removed',
    asSoonAsPossible: true,
    needsCompleteNotice: true,
    versions: [
      version({
        limit: hours(48),
        from: '2026-05-19',
        cite: '47 U.S.C. 223a(a)(3) (Pub. L. 119-12 section 3, 139 Stat. 55)',
        sureness: 'secondary',
        note: 'Identical copies only: near copies and later uploads are not in the text.',
      }),
    ],
  }),
  rule({
    id: 'US-UT',
    regime: 'us-ut',
    jurisdiction: 'US-UT',
    duty: 'Remove the depiction (state law with the same rule as the TAKE IT DOWN Act).',
    starts: 'notice-received',
    ends: 'removed',
    asSoonAsPossible: true,
    needsCompleteNotice: true,
    versions: [
      version({
        limit: hours(48),
        from: 'unknown',
        cite: 'Utah Code 13-72b-302',
        sureness: 'official-text',
        note: 'The day it came into force was not found. Pennsylvania SB 568 would copy the rule; its status is to be checked.',
      }),
    ],
  }),
  rule({
    id: 'US-CA-CONFIRM',
    regime: 'us-ca',
    jurisdiction: 'US-CA',
    duty: 'Confirm receipt of the report.',
    starts: 'notice-received',
    ends: 'receipt-confirmed',
    needsCompleteNotice: true,
    zone: CALIFORNIA,
    versions: [californian('(b)(1)', hours(48))],
  }),
  rule({
    id: 'US-CA-UPDATE',
    regime: 'us-ca',
    jurisdiction: 'US-CA',
    duty: 'Tell the status in writing.',
    starts: 'receipt-confirmed',
    ends: 'status-told',
    zone: CALIFORNIA,
    versions: [californian('(b)(2)', days(7))],
  }),
  rule({
    id: 'US-CA-DECIDE',
    regime: 'us-ca',
    jurisdiction: 'US-CA',
    duty: 'Determine whether there is a reasonable basis to believe the report.',
    starts: 'receipt-confirmed',
    ends: 'decision-told',
    zone: CALIFORNIA,
    outer: { from: 'notice-received', limit: days(60) },
    extendedBy: 'delay-told',
    versions: [californian('(c)', days(30))],
  }),
  rule({
    id: 'US-CA-BLOCK',
    regime: 'us-ca',
    jurisdiction: 'US-CA',
    duty: 'Block the content for the time being; remove it at once if there is a reasonable basis.',
    starts: 'notice-received',
    ends: 'decision-told',
    needsCompleteNotice: true,
    zone: CALIFORNIA,
    versions: [californian('(d)', { kind: 'until-event' })],
  }),
  rule({
    id: 'US-DMCA-REMOVE',
    regime: 'us-dmca',
    jurisdiction: 'US',
    duty: 'Remove or disable access to the material.',
    starts: 'notice-received',
    ends: 'removed',
    needsCompleteNotice: true,
    versions: [
      version({
        limit: words('expeditiously'),
        from: '1998-10-28',
        fromSureness: 'general-knowledge',
        cite: '17 U.S.C. 512(c)(1)(C)',
        sureness: 'general-knowledge',
      }),
    ],
  }),
  rule({
    id: 'US-DMCA-PUTBACK',
    regime: 'us-dmca',
    jurisdiction: 'US',
    duty: 'Put the material back after a counter-notice, unless court action was filed.',
    starts: 'counter-notice-received',
    ends: 'restored',
    cancelledBy: 'court-action-told',
    versions: [
      version({
        limit: { kind: 'business-days', notBefore: 10, count: 14, calendar: 'us-federal' },
        from: '1998-10-28',
        fromSureness: 'general-knowledge',
        cite: '17 U.S.C. 512(g)(2)(C)',
        sureness: 'official-text',
        note: 'The statute does not define business days; federal holidays are left out of the count by assumption.',
      }),
    ],
  }),
  rule({
    id: 'US-2258A',
    regime: 'us-2258a',
    jurisdiction: 'US',
    duty: 'Report apparent child sexual abuse material to the CyberTipline.',
    starts: 'child-abuse-known',
    ends: 'child-abuse-reported',
    asSoonAsPossible: true,
    versions: [
      version({
        limit: words('as soon as reasonably possible'),
        from: '2024-05-07',
        fromSureness: 'general-knowledge',
        cite: '18 U.S.C. 2258A(a)(1)',
        sureness: 'official-text',
        note: 'The present text is of Pub. L. 118-59.',
      }),
    ],
  }),
  rule({
    id: 'US-2258A-HOLD',
    regime: 'us-2258a',
    jurisdiction: 'US',
    duty: 'Preserve the contents of the report; longer is allowed.',
    sense: 'keep',
    starts: 'child-abuse-reported',
    ends: null,
    versions: [
      version({
        limit: months(12),
        from: '2024-05-07',
        fromSureness: 'general-knowledge',
        cite: '18 U.S.C. 2258A(h)(1), (5), (6)',
        sureness: 'secondary',
        note: 'Read partly in the notes of the text, which is of Pub. L. 118-59.',
      }),
    ],
  }),
];

function californian(part: string, limit: Rule['versions'][number]['limit']): Rule['versions'][number] {
  return version({
    limit,
    from: '2025-01-01',
    cite: `California Business and Professions Code 22671${part}`,
    sureness: 'official-text',
  });
}
