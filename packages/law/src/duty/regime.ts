/**
 * The regimes themselves: what each is called, who enforces it, what a breach costs, which words of it decide, and what of it
 * nobody has read yet. One page of documentation each is written from these rows and the rules.
 * @module
 */

import type { Day } from '../day.ts';
import type { Sureness } from '../source.ts';
import { ROWS_CHECKED } from './row.ts';
import type { RegimeId } from './rule.ts';

/** A statement about a regime, with how it was read. */
export interface Fact {
  readonly text: string;
  readonly sureness: Sureness;
}

/** A regime. */
export interface Regime {
  readonly id: RegimeId;
  readonly title: string;
  readonly cite: string;
  /** ISO 3166 code of the country or part, or `EU`. */
  readonly jurisdiction: string;
  /** Who enforces it; empty where nothing was read. */
  readonly authority: string;
  /** Which copies it reaches beside the item: this decides what a match may be used for. */
  readonly copies: 'identical' | 'substantially-the-same' | 'none-named';
  readonly facts: readonly Fact[];
  /** What has to be read before anyone relies on it. */
  readonly open: readonly string[];
  /** The last day on which somebody compared the row with its sources. */
  readonly lastChecked: Day;
}

/** A regime as it is written down: all rows were checked on the same day. */
type Row = Omit<Regime, 'lastChecked'>;

const ROWS: readonly Row[] = [
  {
    id: 'us-tida',
    title: 'TAKE IT DOWN Act, duty to remove',
    cite: '47 U.S.C. 223a, Pub. L. 119-12 section 3',
    jurisdiction: 'US',
    authority: 'Federal Trade Commission',
    copies: 'identical',
    facts: [
      fact('secondary', 'A civil penalty of up to $53,088 for each violation, also for non-profit services.'),
      fact(
        'secondary',
        'No counter-notice, no penalty for a false notice, no proof of identity; who removes in good faith is immune, who leaves it up is not.',
      ),
      fact(
        'secondary',
        'The notice of the process is clear, conspicuous, in plain language; a link is allowed.',
      ),
      fact(
        'official-text',
        'A digital forgery depicts an identifiable individual, was made or altered by technology, and a reasonable person would find it indistinguishable from authentic.',
      ),
      fact(
        'secondary',
        'An identifiable individual appears in whole or in part, and a face, a likeness or another distinguishing characteristic (such as a birthmark) is shown.',
      ),
      fact(
        'secondary',
        'Consent is affirmative, conscious and voluntary, free of force, fraud, duress, misrepresentation and coercion.',
      ),
      fact(
        'secondary',
        'Letters of the Commission (May 2026) expect: no account, a request reachable from the picture itself, a number for each request, its status and its outcome explained.',
      ),
      fact('secondary', 'Only known identical copies are in the text; later uploads are not.'),
    ],
    open: [
      'Paragraphs (a)(3)–(4), (b) and (c) were read in summaries: copy the exact wording before a notice is sent.',
    ],
  },
  {
    id: 'us-ut',
    title: 'Utah, duty to remove',
    cite: 'Utah Code 13-72b-302',
    jurisdiction: 'US-UT',
    authority: '',
    copies: 'identical',
    facts: [],
    open: ['The day it came into force.', 'Pennsylvania SB 568 would copy it: its status.'],
  },
  {
    id: 'us-ca',
    title: 'California, reports of sexually explicit digital identity theft',
    cite: 'California Business and Professions Code 22671',
    jurisdiction: 'US-CA',
    authority: '',
    copies: 'none-named',
    facts: [
      fact('official-text', 'The content is blocked for the time being until it is decided.'),
      fact(
        'official-text',
        'A delay beyond thirty days has to be told within 48 hours of knowing of it, and never goes beyond sixty days from the report.',
      ),
    ],
    open: [],
  },
  {
    id: 'us-dmca',
    title: 'Digital Millennium Copyright Act, notice and counter-notice',
    cite: '17 U.S.C. 512',
    jurisdiction: 'US',
    authority: '',
    copies: 'none-named',
    facts: [
      fact(
        'general-knowledge',
        'Only for who holds the right in the picture; the uploader is told who complains.',
      ),
      fact('official-text', 'After a counter-notice the material comes back, unless court action is filed.'),
    ],
    open: ['Whether business days leave out federal holidays.'],
  },
  {
    id: 'us-2258a',
    title: 'United States, report of child sexual abuse material',
    cite: '18 U.S.C. 2258A',
    jurisdiction: 'US',
    authority: 'CyberTipline of the National Center for Missing and Exploited Children',
    copies: 'none-named',
    facts: [
      fact(
        'official-text',
        'The duty begins with actual knowledge of an apparent violation; what the report contains is for the provider to choose.',
      ),
      fact(
        'official-text',
        'Fines of up to $850,000 (100 million monthly users or more) or $600,000 the first time, $1 million or $850,000 later.',
      ),
      fact('general-knowledge', 'There is no duty to search.'),
    ],
    open: [],
  },
  {
    id: 'uk-osa',
    title: 'Online Safety Act, intimate image content report',
    cite: 'Online Safety Act 2023 s.10(3A), (3B), s.20A, s.27',
    jurisdiction: 'GB',
    authority: 'Ofcom',
    copies: 'substantially-the-same',
    facts: [
      fact('secondary', 'Penalties of up to 10 % of worldwide revenue.'),
      fact(
        'official-text',
        'Sharing, or threatening to share, an intimate image (Sexual Offences Act 2003 s.66B) is a priority offence.',
      ),
      fact(
        'secondary',
        'A draft measure of Ofcom (May 2026) asks services of high risk to match hashes against a database equivalent to or better than StopNCII; expected in autumn 2026.',
      ),
    ],
    open: [
      'The day on which the duty begins.',
      'The section number in the Act of 2026, the wording after s.20A(2)(c), any regulations under it.',
      "The text of Ofcom's measure: its scope, the share of human review.",
    ],
  },
  {
    id: 'uk-nca',
    title: 'United Kingdom, report of child sexual abuse content',
    cite: 'Online Safety Act 2023 s.66; SI 2026/268',
    jurisdiction: 'GB',
    authority: 'National Crime Agency',
    copies: 'none-named',
    facts: [
      fact(
        'official-text',
        'The report holds EXIF data, hash values, address and port, connected accounts, where they are there.',
      ),
      fact(
        'secondary',
        'Who already reports abroad, as to the National Center in the United States, is exempt.',
      ),
    ],
    open: ['The time frames and the retention in the regulations.'],
  },
  {
    id: 'in-rules',
    title: 'India, IT Rules',
    cite: 'IT (Intermediary Guidelines and Digital Media Ethics Code) Rules 2021, amended by G.S.R. 120(E) of 2026-02-10',
    jurisdiction: 'IN',
    authority: 'grievance officer of the service, then the Grievance Appellate Committee',
    copies: 'none-named',
    facts: [
      fact(
        'secondary',
        'Two hours since 2026-02-20, as several sources agree; a procedure of 2025-11-11 says 24.',
      ),
    ],
    open: ['The consolidated text after the amendment.'],
  },
  {
    id: 'au-osa',
    title: 'Australia, image-based abuse scheme',
    cite: 'Online Safety Act 2021 ss.75–79, 88, 89',
    jurisdiction: 'AU',
    authority: 'eSafety Commissioner',
    copies: 'none-named',
    facts: [
      fact(
        'official-text',
        'The clock starts with the removal notice of the Commissioner, not with a notice of the person.',
      ),
    ],
    open: ['The wording of ss.79–80.'],
  },
  {
    id: 'eu-dsa',
    title: 'Digital Services Act',
    cite: 'Regulation (EU) 2022/2065',
    jurisdiction: 'EU',
    authority: "the Digital Services Coordinator of the person's country",
    copies: 'none-named',
    facts: [
      fact(
        'official-text',
        'The statement of reasons names the restriction, the facts, the automated means, the ground and the ways of redress.',
      ),
      fact(
        'official-text',
        'Suspension for misuse only after a warning, for a reasonable time, judged on number, proportion, gravity and intention.',
      ),
      fact(
        'official-text',
        'A trusted flagger is an entity with an area of expertise, named by a coordinator; its notices come first (Art. 22).',
      ),
      fact(
        'secondary',
        'A notice form enables identification and does not require it (European Data Protection Board, Guidelines 3/2025, consultation version).',
      ),
    ],
    open: ['Art. 16(4)–(6), 17(3)(f), 18, 19, 20(3)–(6), 21 and 24(5) are not yet read in the text.'],
  },
  {
    id: 'eu-vaw',
    title: 'Directive on combating violence against women',
    cite: 'Directive (EU) 2024/1385',
    jurisdiction: 'EU',
    authority: 'the authority that national law names',
    copies: 'none-named',
    facts: [
      fact(
        'official-text',
        'Orders meet Art. 9(2) of the Digital Services Act, and fall if no offence is found (Art. 23, read in Spanish).',
      ),
    ],
    open: ['Art. 5 in English; one source gives another day in June 2027.'],
  },
  {
    id: 'kr-tba',
    title: 'Korea, illegally filmed content',
    cite: 'Telecommunications Business Act Art. 22-5',
    jurisdiction: 'KR',
    authority: 'Korea Communications Commission',
    copies: 'none-named',
    facts: [
      fact(
        'secondary',
        'Comparison with a public database before publication; a fine of up to 3 % of revenue. In March 2025 seven of 91 providers were fined for not comparing.',
      ),
    ],
    open: ['The text of the statute, and the day it came into force.'],
  },
  {
    id: 'it-garante',
    title: 'Italy, order of the data protection authority',
    cite: 'Italian Privacy Code Art. 144-bis',
    jurisdiction: 'IT',
    authority: 'Garante per la protezione dei dati personali',
    copies: 'none-named',
    facts: [fact('secondary', 'The authority decides within 48 hours; it asks for the image itself.')],
    open: ['The day it came into force.'],
  },
];

/** Every regime. */
export const REGIME_ROWS: readonly Regime[] = ROWS.map((row) => ({ ...row, lastChecked: ROWS_CHECKED }));

/** @throws {RangeError} if no row has the id */
export function regimeById(id: RegimeId): Regime {
  const found = REGIME_ROWS.find((each) => each.id === id);
  if (found === undefined) throw new RangeError('regime: expected the id of a row');
  return found;
}

function fact(sureness: Sureness, text: string): Fact {
  return { text, sureness };
}
