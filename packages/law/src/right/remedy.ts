/**
 * What a person can ask a court or an office for: orders, money, erasure. One row a place, and the rows of the European Union.
 * @module
 */

import { type Cell, RIGHTS_CHECKED } from './right.ts';

/** A civil or administrative way. */
export interface Remedy {
  readonly id: string;
  /** ISO 3166 codes of countries or parts, or `EU`. */
  readonly places: readonly string[];
  readonly ask: Cell;
  /** Where it was read; absent where nobody noted it, and then no person is shown it. */
  readonly read?: string;
}

/** The day on which the rows were last compared with their sources. */
export const REMEDIES_CHECKED: typeof RIGHTS_CHECKED = RIGHTS_CHECKED;

/** Every row by place. */
export const REMEDIES: readonly Remedy[] = [
  {
    id: 'CIV-GB-EW',
    places: ['GB-EW'],
    ask: [
      'injunction, damages for misuse of private information, harassment, data protection; deletion orders on conviction (2026 Act); police cannot force deletion, courts can',
      'K',
    ],
  },
  { id: 'CIV-GB-SCT', places: ['GB-SCT'], ask: ['interdict, non-harassment order', 'K'] },
  {
    id: 'CIV-IE',
    places: ['IE'],
    ask: [
      'civil action for privacy; safety or barring order under the Domestic Violence Act 2018 (the 2020 Act amends its s.40)',
      'K',
    ],
  },
  {
    id: 'CIV-US-F-6851',
    places: ['US'],
    ask: [
      "actual damages or $150,000, costs, lawyer's fees; temporary, preliminary, permanent injunction; pseudonym. Consent to the making, or having sent it to someone, is not consent to disclosure",
      'T',
    ],
    read: '15 USC 6851, 2024 text',
  },
  {
    id: 'CIV-US-CA',
    places: ['US-CA'],
    ask: [
      '1708.85: damages, injunction, pseudonym with a confidential form. 1708.86: $1,500–50,000, malicious $250,000, punitive, fees; service providers 30 days after evidence',
      '2',
    ],
  },
  {
    id: 'CIV-US-NY',
    places: ['US-NY'],
    ask: [
      'compensatory and punitive damages, fees, injunction; separate action or special proceeding against a website to take down (52-b(4)); Family Court order of protection (family offence); names from platforms',
      '2',
    ],
  },
  {
    id: 'CIV-US-TX-US-FL',
    places: ['US-TX', 'US-FL'],
    ask: [
      'damages, injunction, fees; confidentiality of identity (TX bill 98B.008); FL $10,000 or actual',
      'K',
    ],
  },
  {
    id: 'CIV-CA-BC',
    places: ['CA-BC'],
    ask: [
      'order to delete, de-index, remove, without notice to the sharer, no fee; damages to C$75,000 (fee C$100–150 in 2024); penalty for non-compliance; court for more',
      '2',
    ],
  },
  {
    id: 'CIV-CA-federal',
    places: ['CA'],
    ask: ['seizure and deletion order for the image, cost of removal on sentence, peace bond', 'K'],
  },
  {
    id: 'CIV-AU',
    places: ['AU'],
    ask: [
      'eSafety notice; state court order to delete; privacy tort since 2025-06-10: damages to A$478,550, injunction, apology',
      '2',
    ],
  },
  {
    id: 'CIV-NZ-19',
    places: ['NZ'],
    ask: [
      'District Court take-down, cease, correction, apology, interim order; Netsafe must have had the complaint first',
      '2',
    ],
  },
  {
    id: 'CIV-DE',
    places: ['DE'],
    ask: [
      'cease and desist with penalty clause, injunction (BGB 1004, 823; KUG 22), deletion of copies, damages for pain; destruction (KUG 37); account block and disclosure claims are only announced (2026 draft)',
      'K',
    ],
  },
  {
    id: 'CIV-FR',
    places: ['FR'],
    ask: ['emergency judge (référé), Code civil art. 9; civil party in the criminal case', 'K'],
  },
  {
    id: 'CIV-ES-IT',
    places: ['ES', 'IT'],
    ask: ['AEPD priority channel; Garante 48 h order; civil damages', '2'],
  },
  {
    id: 'CIV-BE',
    places: ['BE'],
    ask: [
      'president of the court of first instance: removal within 6 h, fine €1,600–120,000 on those who do not comply',
      '2',
    ],
  },
  {
    id: 'CIV-SE',
    places: ['SE'],
    ask: [
      'state compensation for violation (Brottsoffermyndigheten); published examples SEK 5,000 and 10,000',
      'A',
    ],
    read: 'Brottsoffermyndigheten',
  },
  {
    id: 'CIV-DK',
    places: ['DK'],
    ask: [
      'tort compensation (§26), DKK 10,000–75,000 with a tripling adopted; likeness right in the Copyright Act (bill; adoption not seen)',
      '2',
    ],
  },
  {
    id: 'CIV-SG',
    places: ['SG'],
    ask: [
      'Online Safety Commission directions to stop; user information for legal action; civil claim under the Act',
      '2',
    ],
  },
  {
    id: 'CIV-JP',
    places: ['JP'],
    ask: [
      'provider asks the uploader; no answer in 2 days → may delete (7 in other cases); relatives may ask if the person died',
      '2',
    ],
  },
  {
    id: 'CIV-IN',
    places: ['IN'],
    ask: ['High Court writ or injunction (Madras order of 2025-07-15 led to the SOP)', 'K'],
  },
  {
    id: 'CIV-MX',
    places: ['MX'],
    ask: [
      'protection measures by the authority: platform told to interrupt, block, destroy or remove; hearing within 5 days; provider identified',
      '2',
    ],
  },
  {
    id: 'CIV-AR',
    places: ['AR'],
    ask: [
      "judge's urgent measure: no contact, removal by platforms (written or electronic notice, also abroad), data secured; free of cost",
      '2',
    ],
  },
  {
    id: 'CIV-BR',
    places: ['BR'],
    ask: ['notice by the person to the provider (Marco Civil art. 21: nudity, no court needed)', 'K'],
  },
  {
    id: 'CIV-ZA-20',
    places: ['ZA'],
    ask: [
      "with a charge laid: without notice, magistrate's interim order on sharer or provider; final order s.22. The start of ss.20–23 must be checked: they were left out of the 2021 commencement; Protection from Harassment Act 2011 as fallback",
      'K',
    ],
  },
  {
    id: 'CIV-NG-KE-PK-PL-PT-CH-NL-KR-TW',
    places: ['NG', 'KE', 'PK', 'PL', 'PT', 'CH', 'NL', 'KR', 'TW'],
    ask: [
      'unknown or general personality law; KR state centre asks for deletion; PK request to the Authority to remove (s.20(2))',
      'K',
    ],
  },
];

/** The rows that hold in every Member State of the European Union. */
export const REMEDIES_EU: readonly Remedy[] = [
  {
    id: 'EU-VAW5',
    places: ['EU'],
    ask: [
      'Directive 2024/1385 art. 5: (a) making accessible to the public, by ICT, of images of sexually explicit acts or intimate parts without consent, likely to cause serious harm; (b) producing, manipulating or altering and then making public; (c) threatening (a) or (b) to coerce. Not covered: sending to one person, making without publishing',
      'T',
    ],
  },
  {
    id: 'EU-VAW-PEN',
    places: ['EU'],
    ask: [
      'maximum at least 1 year (art. 10); limitation long enough (art. 13); reporting online, with evidence (art. 14); removal orders (art. 23)',
      'K',
    ],
  },
  {
    id: 'EU-VAW-DATE',
    places: ['EU'],
    ask: [
      'to be in national law by 2027-06-14; a directive by itself gives no claim against the poster',
      'K',
    ],
  },
  {
    id: 'EU-GDPR17',
    places: ['EU'],
    ask: ['erasure against uploader, site, search engine; answer in 1 month (art. 12(3)), extendable', 'K'],
  },
  {
    id: 'EU-GDPR77',
    places: ['EU'],
    ask: ['complaint to the authority where the person lives, works or where it happened; free', 'K'],
  },
  {
    id: 'EU-GDPR79/82',
    places: ['EU'],
    ask: ['court against the controller where the person lives; compensation for non-material harm', 'K'],
  },
  { id: 'EU-DSA', places: ['EU'], ask: ['complaint ≥ 6 months after a decision, out-of-court body', '2'] },
];
