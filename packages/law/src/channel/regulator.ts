/**
 * The second step: offices to go to when a service did not act, or at once where they can order.
 * @module
 */

import { CHANNELS_CHECKED, type Confidence } from './channel.ts';
import type { SourceCode } from './channel-source.ts';

/** An office. */
export interface Regulator {
  readonly id: string;
  /** ISO 3166 code, or `EU`. */
  readonly place: string;
  /** For whom, or against what. */
  readonly forWhat: string;
  /** As seen; empty where none was seen. */
  readonly addresses: readonly string[];
  readonly when: string;
  readonly does: string;
  readonly confidence: Confidence;
  readonly sources: readonly SourceCode[];
  readonly lastChecked: typeof CHANNELS_CHECKED;
}

/** Every office. */
export const REGULATORS: readonly Regulator[] = [
  office(
    'ftc',
    'US',
    'a platform that ignored a valid request',
    ['takeitdown.ftc.gov/get-started'],
    'after 48 hours',
    'collects for enforcement and removes nothing itself; for oneself, for a child, or for someone with their consent',
    'B',
    'FT1',
  ),
  office(
    'esafety',
    'AU',
    'a link to Australia',
    ['esafety.gov.au/key-topics/image-based-abuse/report-image-based-abuse'],
    'at once',
    'can order removal',
    'A',
    'OWN',
  ),
  office(
    'ofcom',
    'GB',
    'systems of a service, not single items',
    ['reportharmfulcontent.com'],
    'after a refusal or a week',
    'takes no complaint about an item: the Revenge Porn Helpline first, then Report Harmful Content',
    'C',
    'BODY',
  ),
  office(
    'dsc',
    'EU',
    'a platform that broke its duty to handle notices',
    ['digital-strategy.ec.europa.eu/en/policies/dsa-contact-points'],
    'after the decision, or silence',
    "complaint to the coordinator of the person's own country (Digital Services Act Art. 53)",
    'C',
    'RT1',
    'DA53',
  ),
  office(
    'aepd',
    'ES',
    'people in Spain',
    ['aepd.es/canalprioritario'],
    'at once; others may report for the person',
    'urgent orders',
    'B',
    'BODY',
  ),
  office(
    'garante',
    'IT',
    'people in Italy',
    ['gpdp.it/revengeporn'],
    'at once',
    'orders; it asks for the file itself',
    'B',
    'BODY',
  ),
  office(
    'cnil',
    'FR',
    'search results',
    [],
    'after the search engine',
    'complaint about delisting',
    'K',
    'GENERAL',
  ),
  office(
    'pharos',
    'FR',
    'people in France',
    ['internet-signalement.gouv.fr'],
    '3018 first',
    'report to the police',
    'C',
    'MANY',
  ),
  office(
    'kr-center',
    'KR',
    'people in Korea',
    ['d4u.stop.or.kr'],
    'at once; telephone 1366',
    'files for the person and watches',
    'C',
    'KR2',
  ),
  office('kcsc', 'KR', 'digital sex crime', [], 'at once', 'orders to block', 'B', 'KR3'),
  office(
    'gac',
    'IN',
    'a grievance officer who did not act',
    ['gac.gov.in'],
    "after the officer's limit",
    'appeal',
    'C',
    'RT1',
  ),
  office(
    'bc-crt',
    'CA-BC',
    'people in British Columbia',
    ['www2.gov.bc.ca/gov/content/safety/public-safety/intimate-images/image-removal-reporting'],
    'at once',
    'a tribunal may order removal',
    'C',
    'RT1',
  ),
  office(
    'ncrp',
    'IN',
    'people in India',
    ['cybercrime.gov.in'],
    'with the notice to the platform; telephone 1930',
    'report to the police',
    'C',
    'BODY',
  ),
  office('safernet', 'BR', 'people in Brazil', ['helpline.org.br'], 'at once', 'advice', 'C', 'BODY'),
  office('cn-12377', 'CN', 'people in China', ['12377.cn'], 'last', 'reports of illegal content', 'C', 'CN1'),
];

function office(
  id: string,
  place: string,
  forWhat: string,
  addresses: readonly string[],
  when: string,
  does: string,
  confidence: Confidence,
  ...sources: SourceCode[]
): Regulator {
  return { id, place, forWhat, addresses, when, does, confidence, sources, lastChecked: CHANNELS_CHECKED };
}
