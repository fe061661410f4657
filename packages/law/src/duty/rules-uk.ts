/**
 * Deadline rules of the United Kingdom. Both are enacted; for the first no commencement date was found, and of the second
 * the time frame was not read, so neither starts a clock.
 * @module
 */

import { parseZone } from '../zone.ts';
import { hours, rule, version } from './row.ts';
import type { Rule } from './rule.ts';

const LONDON = parseZone('Europe/London');

/** The rows. */
export const RULES_UK: readonly Rule[] = [
  rule({
    id: 'UK-OSA-IIC',
    regime: 'uk-osa',
    jurisdiction: 'GB',
    duty: 'Take down the content and the same or substantially the same content; a search service stops users from encountering it.',
    starts: 'notice-received',
    ends: 'removed',
    asSoonAsPossible: true,
    needsCompleteNotice: true,
    zone: LONDON,
    versions: [
      version({
        limit: hours(48),
        from: 'unknown',
        cite: 'Online Safety Act 2023 s.10(3A), (3B), s.20A, s.27 for search, as inserted by the Crime and Policing Act 2026 (c. 20)',
        sureness: 'official-text',
        note: 'Enacted 2026-04-29; read as the clause agreed on 2026-04-16. Two law firms give 2026-06-29 as the start of the Act, which need not be the start of this duty.',
      }),
    ],
  }),
  rule({
    id: 'UK-NCA',
    regime: 'uk-nca',
    jurisdiction: 'GB',
    duty: 'Report detected and unreported child sexual exploitation and abuse content to the National Crime Agency.',
    starts: 'child-abuse-known',
    ends: 'child-abuse-reported',
    zone: LONDON,
    versions: [
      version({
        limit: { kind: 'unknown' },
        from: '2026-04-07',
        cite: 'Online Safety Act 2023 s.66; SI 2026/268',
        sureness: 'official-text',
        note: 'The time frame of the regulations was not read. Providers outside the UK: content linked to it; exempt if already reporting abroad (secondary source).',
      }),
    ],
  }),
];
