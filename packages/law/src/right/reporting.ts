/**
 * Where to report in each place, and whether the person's name stays out of public. Telephones and forms of the services are
 * in the directory.
 * @module
 */

import type { Cell } from './right.ts';

/** Where to report. */
export interface Reporting {
  readonly id: string;
  /** ISO 3166 codes of countries or parts. */
  readonly places: readonly string[];
  readonly report: Cell;
  readonly anonymity: 'automatic' | 'on-request' | 'none-seen' | 'unknown';
  readonly anonymityText: Cell;
  /** Where it was read; absent where nobody noted it, and then no person is shown it. */
  readonly read?: string;
}

/** Every row. */
export const REPORTING: readonly Reporting[] = [
  {
    id: 'REP-GB-EW',
    places: ['GB-EW'],
    report: ['local police online, 101, in person; Report Harmful Content after the platform', 'A'],
    anonymity: 'automatic',
    anonymityText: [
      'automatic, lifelong, for offences in the 2003 Act since 2024-01-31; older conduct (2015–Jan 2024) under the 2015 Act; a helpline page still says not guaranteed',
      '2',
    ],
  },
  {
    id: 'REP-GB-SCT',
    places: ['GB-SCT'],
    report: ['Police Scotland 101', 'K'],
    anonymity: 'on-request',
    anonymityText: [
      'enacted (2025 Act s.104), prospective in the text read; until then court order, rarely made',
      'A',
    ],
  },
  {
    id: 'REP-IE',
    places: ['IE'],
    report: ['Garda station; Hotline.ie', 'K'],
    anonymity: 'automatic',
    anonymityText: ['automatic, s.5', 'T'],
    read: 'irishstatutebook.ie Act 32/2020',
  },
  {
    id: 'REP-US',
    places: ['US'],
    report: ['FBI/IC3, local police; FTC if a platform ignored 48 h', 'K'],
    anonymity: 'on-request',
    anonymityText: ['federal civil: pseudonym; criminal: unknown', 'T'],
    read: '15 USC 6851, 2024 text',
  },
  {
    id: 'REP-CA',
    places: ['CA'],
    report: ['local police; Cybertip for under-18; BC service and tribunal', 'K'],
    anonymity: 'on-request',
    anonymityText: [
      'no automatic ban by s.486.4 list (2020 decision); tribunal need not publish damages decisions since 2026',
      '2',
    ],
  },
  {
    id: 'REP-AU',
    places: ['AU'],
    report: ['eSafety, state police', 'K'],
    anonymity: 'on-request',
    anonymityText: ['name optional at eSafety; court: unknown', 'K'],
  },
  {
    id: 'REP-NZ',
    places: ['NZ'],
    report: ['Netsafe and police together: content must be captured before removal', 'A'],
    anonymity: 'unknown',
    anonymityText: ['', '?'],
    read: 'netsafe.org.nz',
  },
  {
    id: 'REP-DE',
    places: ['DE'],
    report: ['police or online station of the Land; prosecutor; HateAid', 'K'],
    anonymity: 'on-request',
    anonymityText: ['not automatic; address can be withheld on request', 'K'],
  },
  {
    id: 'REP-FR',
    places: ['FR'],
    report: ['police, gendarmerie, prosecutor by letter, 3018', 'K'],
    anonymity: 'unknown',
    anonymityText: ['', '?'],
  },
  {
    id: 'REP-ES',
    places: ['ES'],
    report: ['Policía, Guardia Civil; AEPD channel', 'K'],
    anonymity: 'unknown',
    anonymityText: ['', '?'],
  },
  {
    id: 'REP-IT',
    places: ['IT'],
    report: ['Polizia Postale, prosecutor; Garante', 'K'],
    anonymity: 'unknown',
    anonymityText: ['', '?'],
  },
  {
    id: 'REP-NL-BE-SE-DK-PL-PT-CH',
    places: ['NL', 'BE', 'SE', 'DK', 'PL', 'PT', 'CH'],
    report: ['police; Helpwanted (NL), IGVM/IEFH (BE)', 'K'],
    anonymity: 'unknown',
    anonymityText: [
      "SE: spreading the person's identity from a sex-crime case is itself covered; else unknown",
      'A',
    ],
  },
  {
    id: 'REP-JP',
    places: ['JP'],
    report: ['police (any prefecture has a desk); PAPS', 'A'],
    anonymity: 'unknown',
    anonymityText: ['', '?'],
  },
  {
    id: 'REP-KR',
    places: ['KR'],
    report: ['police 112; support centre 1366', 'K'],
    anonymity: 'unknown',
    anonymityText: ['disclosure of identity prohibited (art. 24)', 'K'],
  },
  {
    id: 'REP-TW',
    places: ['TW'],
    report: ['police; Sexual Image Processing Centre', 'K'],
    anonymity: 'unknown',
    anonymityText: ['identity protected by the Sexual Assault Crime Prevention Act', 'K'],
  },
  {
    id: 'REP-SG',
    places: ['SG'],
    report: [
      'police; Online Safety Commission, osc.gov.sg report form, for citizens, residents and listed passes',
      'A',
    ],
    anonymity: 'unknown',
    anonymityText: ['', '?'],
    read: 'osc.gov.sg',
  },
  {
    id: 'REP-IN',
    places: ['IN'],
    report: [
      'cybercrime.gov.in (named or anonymous for women/children), 1930, police, One Stop Centres (help with the complaint, legal aid, counselling) (SOP 2025-11-11)',
      '2',
    ],
    anonymity: 'unknown',
    anonymityText: ['BNS identity rule covers other offences: unknown', 'K'],
  },
  {
    id: 'REP-PK',
    places: ['PK'],
    report: ['NCCIA, helpline 1799; DRF helpline', '2'],
    anonymity: 'unknown',
    anonymityText: ['', '?'],
  },
  {
    id: 'REP-BR',
    places: ['BR'],
    report: ["any police, women's station; SaferNet", 'K'],
    anonymity: 'unknown',
    anonymityText: ['secrecy of sex-crime cases', 'K'],
  },
  {
    id: 'REP-MX-AR',
    places: ['MX', 'AR'],
    report: ["prosecutor's cyber unit, women's justice centre; AR: family or competent judge, any", 'K'],
    anonymity: 'unknown',
    anonymityText: ['', '?'],
  },
  {
    id: 'REP-ZA',
    places: ['ZA'],
    report: ['SAPS station, then magistrate', 'K'],
    anonymity: 'unknown',
    anonymityText: ['', '?'],
  },
  {
    id: 'REP-NG',
    places: ['NG'],
    report: ['police cybercrime centre (NPF-NCCC)', 'K'],
    anonymity: 'unknown',
    anonymityText: ['', '?'],
  },
  { id: 'REP-KE', places: ['KE'], report: ['DCI', 'K'], anonymity: 'unknown', anonymityText: ['', '?'] },
];
