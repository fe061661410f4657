/**
 * Deadline rules of India, Australia and the Republic of Korea. India's were cut on 2026-02-20; the rows keep what held
 * before. (Old text of the IT Rules 2021 in force since 2021-02-25, general knowledge.)
 * @module
 */

import type { Sureness } from '../source.ts';
import { parseZone } from '../zone.ts';
import { days, hours, rule, version, words } from './row.ts';
import type { Limit, Rule } from './rule.ts';

const INDIA = parseZone('Asia/Kolkata');
const AMENDED = '2026-02-20';
const INDIA_2021 = 'IT (Intermediary Guidelines and Digital Media Ethics Code) Rules 2021';
const AUSTRALIA_SINCE = '2022-01-23';

/** The rows. */
export const RULES_ASIA_PACIFIC: readonly Rule[] = [
  rule({
    id: 'IN-INTIMATE',
    regime: 'in-rules',
    jurisdiction: 'IN',
    duty: 'Take all reasonable and practicable measures to remove or disable access.',
    starts: 'notice-received',
    ends: 'removed',
    needsCompleteNotice: true,
    zone: INDIA,
    versions: amended('r.3(2)(b)', hours(24), hours(2), 'official-text'),
  }),
  rule({
    id: 'IN-ACK',
    regime: 'in-rules',
    jurisdiction: 'IN',
    duty: 'Acknowledge the complaint.',
    starts: 'notice-received',
    ends: 'receipt-confirmed',
    zone: INDIA,
    versions: [
      version({
        limit: hours(24),
        from: '2021-02-25',
        fromSureness: 'general-knowledge',
        cite: `${INDIA_2021} r.3(2)(a)(i)`,
        sureness: 'official-text',
      }),
    ],
  }),
  rule({
    id: 'IN-GRIEVANCE',
    regime: 'in-rules',
    jurisdiction: 'IN',
    duty: 'Dispose of other grievances.',
    starts: 'notice-received',
    ends: 'decision-told',
    zone: INDIA,
    versions: amended('r.3(2)(a)(i)', days(15), days(7), 'official-text'),
  }),
  rule({
    id: 'IN-ORDER',
    regime: 'in-rules',
    jurisdiction: 'IN',
    duty: 'Remove on an order of a court or the government.',
    starts: 'order-received',
    ends: 'removed',
    zone: INDIA,
    versions: amended('r.3(1)(d)', hours(36), hours(3), 'secondary'),
  }),
  australian('AU-IMG-PROVIDER', 's.77', 'platform', 'Take all reasonable steps to remove.', 'official-text'),
  australian('AU-IMG-USER', 's.78', 'poster', 'Take all reasonable steps to remove.', 'official-text'),
  australian('AU-IMG-HOST', 's.79', 'hosting-provider', 'Cease hosting.', 'general-knowledge'),
  australian(
    'AU-ABUSE',
    's.88, s.89',
    'platform',
    'Remove adult cyber-abuse, after a complaint to the provider went unanswered for 48 hours.',
    'official-text',
  ),
  rule({
    id: 'KR-22-5',
    regime: 'kr-tba',
    jurisdiction: 'KR',
    duty: 'Delete or block; compare before publication; offer a report function; restrict search; warn; report yearly.',
    starts: 'notice-received',
    ends: 'removed',
    zone: parseZone('Asia/Seoul'),
    versions: [
      version({
        limit: words('without delay'),
        from: 'unknown',
        cite: 'Telecommunications Business Act Art. 22-5 and its decree',
        sureness: 'secondary',
        note: 'Services with at least 100,000 daily users or KRW 1 billion; the day it came into force was not read.',
      }),
    ],
  }),
];

function amended(part: string, before: Limit, since: Limit, oldText: Sureness): Rule['versions'] {
  return [
    version({
      limit: before,
      from: '2021-02-25',
      fromSureness: 'general-knowledge',
      to: AMENDED,
      cite: `${INDIA_2021} ${part}`,
      sureness: oldText,
    }),
    version({
      limit: since,
      from: AMENDED,
      cite: `${INDIA_2021} ${part} as amended by G.S.R. 120(E) of 2026-02-10`,
      sureness: 'secondary',
      note: 'Several secondary sources agree; the consolidated text was not read. A procedure of 2025-11-11 still says 24 hours.',
    }),
  ];
}

function australian(
  id: string,
  section: string,
  actor: Rule['actor'],
  duty: string,
  sureness: Sureness,
): Rule {
  return rule({
    id,
    regime: 'au-osa',
    jurisdiction: 'AU',
    actor,
    duty,
    starts: 'authority-notice-received',
    ends: 'removed',
    zone: parseZone('Australia/Sydney'),
    versions: [
      version({
        limit: hours(24),
        from: AUSTRALIA_SINCE,
        fromSureness: 'general-knowledge',
        cite: `Online Safety Act 2021 ${section}`,
        sureness,
        note: 'Or longer, if the Commissioner allows.',
      }),
    ],
  });
}
