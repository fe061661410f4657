/**
 * Deadline rules of the European Union: the Digital Services Act, Regulation (EU) 2022/2065 ("DSA"), and Directive (EU)
 * 2024/1385. The DSA names almost no number of hours; a clock without a number runs and is never called breached by us.
 *
 * The DSA applies to all services since 2024-02-17 (Art. 93, general knowledge).
 * @module
 */

import type { Sureness } from '../source.ts';
import { parseZone } from '../zone.ts';
import { months, rule, version, words } from './row.ts';
import type { Limit, Rule } from './rule.ts';

const DSA_SINCE = '2024-02-17';

/** The rows. */
export const RULES_EU: readonly Rule[] = [
  rule({
    id: 'EU-DSA-ACK',
    regime: 'eu-dsa',
    jurisdiction: 'EU',
    duty: 'Confirm receipt of the notice to whoever sent it.',
    starts: 'notice-received',
    ends: 'receipt-confirmed',
    needsContact: true,
    versions: [dsa('Art. 16(4)', words('without undue delay'), 'general-knowledge')],
  }),
  rule({
    id: 'EU-DSA-DECIDE',
    regime: 'eu-dsa',
    jurisdiction: 'EU',
    duty: 'Decide, tell the notifier with the ways of redress, and say if means were automated.',
    starts: 'notice-received',
    ends: 'decision-told',
    versions: [
      dsa(
        'Art. 16(5), (6)',
        words('in a timely, diligent, non-arbitrary and objective manner'),
        'general-knowledge',
      ),
    ],
  }),
  rule({
    id: 'EU-DSA-TF',
    regime: 'eu-dsa',
    jurisdiction: 'EU',
    actor: 'online-platform',
    duty: 'Process and decide a notice of a trusted flagger with priority.',
    starts: 'trusted-flagger-notice-received',
    ends: 'decision-told',
    versions: [dsa('Art. 22(1)', words('with priority and without undue delay'), 'official-text')],
  }),
  rule({
    id: 'EU-DSA-SOR',
    regime: 'eu-dsa',
    jurisdiction: 'EU',
    duty: 'Give the affected user a statement of reasons.',
    starts: 'restriction-imposed',
    ends: 'reasons-given',
    versions: [dsa('Art. 17(1), (2)', { kind: 'same-day' }, 'official-text')],
  }),
  rule({
    id: 'EU-DSA-COMPLAINT-OPEN',
    regime: 'eu-dsa',
    jurisdiction: 'EU',
    actor: 'online-platform',
    duty: 'Keep a free electronic complaint channel open to the user and the notifier.',
    sense: 'stays-open',
    starts: 'decision-told',
    ends: null,
    versions: [dsa('Art. 20(1), (2)', months(6), 'official-text')],
  }),
  rule({
    id: 'EU-DSA-TDB',
    regime: 'eu-dsa',
    jurisdiction: 'EU',
    actor: 'online-platform',
    duty: "Submit the statement of reasons to the Commission's database, without personal data.",
    starts: 'reasons-given',
    ends: 'reasons-recorded',
    versions: [dsa('Art. 24(5); documents of the database', words('without undue delay'), 'own-page')],
  }),
  rule({
    id: 'EU-DSA-CRIME',
    regime: 'eu-dsa',
    jurisdiction: 'EU',
    duty: "Tell the Member State's law enforcement of a suspected crime that threatens life or safety.",
    starts: 'crime-suspected',
    ends: 'crime-reported',
    versions: [dsa('Art. 18', words('promptly'), 'general-knowledge')],
  }),
  rule({
    id: 'EU-DSA-ORDER',
    regime: 'eu-dsa',
    jurisdiction: 'EU',
    duty: 'Act on an order of an authority, tell it the effect, and report the median hours.',
    starts: 'order-received',
    ends: 'order-carried-out',
    versions: [dsa('Art. 9, 10, 15(1)(a)', { kind: 'per-order' }, 'official-text')],
  }),
  rule({
    id: 'EU-VAW',
    regime: 'eu-vaw',
    jurisdiction: 'EU',
    duty: 'Remove or disable access on a national order; the order falls if no offence is found.',
    starts: 'order-received',
    ends: 'order-carried-out',
    versions: [
      version({
        limit: { kind: 'per-order' },
        from: '2027-06-14',
        cite: 'Directive (EU) 2024/1385 Art. 23',
        sureness: 'secondary',
        note: 'Art. 23 was read in Spanish; the day is the last for national law and was read in secondary sources.',
      }),
    ],
  }),
  rule({
    id: 'IT-GARANTE',
    regime: 'it-garante',
    jurisdiction: 'IT',
    actor: 'authority',
    duty: 'The data protection authority decides and orders removal.',
    starts: 'authority-complaint-received',
    ends: 'authority-ordered',
    zone: parseZone('Europe/Rome'),
    versions: [
      version({
        limit: { kind: 'hours', count: 48 },
        from: 'unknown',
        cite: 'Italian Privacy Code (d.lgs. 196/2003) Art. 144-bis',
        sureness: 'secondary',
        note: 'Read in a source of 2022; the day it came into force was not read.',
      }),
    ],
  }),
];

function dsa(article: string, limit: Limit, sureness: Sureness): Rule['versions'][number] {
  return version({
    limit,
    from: DSA_SINCE,
    fromSureness: 'general-knowledge',
    cite: `Regulation (EU) 2022/2065 ${article}`,
    sureness,
  });
}
