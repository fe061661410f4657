/**
 * The ten questions that people ask first, and how an answer is put together from rows: which rows speak, which clock runs,
 * one next step, and "unknown" wherever the rows do not know.
 *
 * If the person is or was under 18 in the picture there is no answer here but the child lane. In a country without rows the
 * answer is neutral and says nothing of its law. Where a risk notice must come first, the answer carries it.
 * @module
 */

import type { Day } from '../day.ts';
import { type Audience, type ShownRow, showRight } from './display.ts';
import { type PersonEvents, personClocksOf, type ShownClocks, showPersonClocks } from './person-clock.ts';
import { covers, type Deed, type Right } from './right.ts';
import { RIGHTS } from './rights-rows.ts';
import { RISK_NOTICE_FIRST, type SelfRisk, selfRisksOf } from './self-risk.ts';

/** The questions. */
export type QuestionId =
  | 'threatened'
  | 'fake'
  | 'sent-it-myself'
  | 'how-long'
  | 'unknown-poster'
  | 'my-name'
  | 'police'
  | 'fast-order'
  | 'money'
  | 'only-kept-or-made';

/** A question as it is asked, and what its answer rests on. */
export interface GoldenQuestion {
  readonly id: QuestionId;
  readonly asked: string;
  /** Ids of rights, remedies and reporting rows, and of clocks. */
  readonly rows: readonly string[];
  /** The deed whose coverage answers it, where there is one. */
  readonly deed: Deed | null;
  readonly mustSay: readonly string[];
  readonly nextStep: string;
}

/** The ten. */
export const GOLDEN_QUESTIONS: readonly GoldenQuestion[] = [
  {
    id: 'threatened',
    asked: 'They threaten to post it unless I pay or come back. Is that already a crime?',
    rows: [
      'GB-EW-66B4',
      'GB-SCT-2',
      'IE-2',
      'US-F-223H',
      'US-NY-52B',
      'CA-162',
      'CA-BC',
      'AU-OSA75',
      'AU-NSW',
      'KR-143',
      'SG-377BE',
      'AR-27736',
      'NG-24',
      'EU-VAW5',
    ],
    deed: 'threat',
    mustSay: [
      'Where the rows say so, the threat alone is an offence; elsewhere it can be extortion, coercion or a threat in general law.',
      'Do not pay, and do not delete the messages.',
    ],
    nextStep: 'Keep the messages as they are, then report the threat.',
  },
  {
    id: 'fake',
    asked: 'It is fake, made with AI. Does the law cover it?',
    rows: [
      'FR-22681',
      'IT-612Q',
      'GB-EW-66EF',
      'KR-142',
      'TW-319',
      'AU-474',
      'US-CA-170886',
      'US-TX-21165',
      'US-FL-836',
      'SG-377BE',
    ],
    deed: 'synthetic',
    mustSay: ['Where it is not known, removal by the platform and data protection are still open.'],
    nextStep: 'Ask the platform for removal: its form takes fakes too.',
  },
  {
    id: 'sent-it-myself',
    asked: 'I took it and sent it myself. Have I lost my rights?',
    rows: [
      'US-F-6851',
      'FR-22621',
      'ES-1977',
      'BE-4179',
      'IE-3',
      'GB-EW-66B1',
      'KR-14',
      'ZA-18F',
      'US-NY-52B',
      'CA-BC',
    ],
    deed: 'share',
    mustSay: ['No. To agree to the making or the sending is not to agree to the sharing.'],
    nextStep: 'Start with the links: removal asks nothing about who took it.',
  },
  {
    id: 'how-long',
    asked: 'How long do I have?',
    rows: [
      'CL-DE',
      'CL-CH',
      'CL-IT-Q',
      'CL-IT-T',
      'CL-PT',
      'CL-JP',
      'CL-TW',
      'CL-GB',
      'CL-CA-SUM',
      'CL-US-CA',
      'CL-AU-TORT',
      'CL-US-NY',
      'CL-IE',
      'CL-GB-CR',
      'CL-US-F',
      'CL-FR',
      'CL-ES',
      'CL-EVID',
    ],
    deed: null,
    mustSay: ['The shortest time comes first, and sooner is better.'],
    nextStep: 'Write down the day on which you learned of it and the day on which you learned who did it.',
  },
  {
    id: 'unknown-poster',
    asked: "I don't know who did it; the account is anonymous or abroad.",
    rows: ['CL-DE', 'CL-CH', 'CL-JP', 'CL-TW', 'US-NY-52B', 'SG-377BE', 'ZA-18F', 'MX-199', 'CA-BC'],
    deed: null,
    mustSay: [
      'Report now, and ask the platform to preserve its logs.',
      'Write down the day on which the name becomes known: some times start only then.',
    ],
    nextStep: 'Ask for preservation and removal in one notice.',
  },
  {
    id: 'my-name',
    asked: 'Will my name or the pictures become public? Will my family or employer hear?',
    rows: ['REP-GB-EW', 'REP-GB-SCT', 'REP-IE', 'REP-US', 'US-F-6851'],
    deed: null,
    mustSay: ['Anonymity is automatic in few places; elsewhere it must be asked for, or is not known.'],
    nextStep: 'Ask for anonymity in the first sentence of a report.',
  },
  {
    id: 'police',
    asked: 'Do I have to show the pictures to the police, and what do I bring?',
    rows: [],
    deed: null,
    mustSay: [
      'Capture before removal.',
      'If anyone in the image may be under 18, make no copies and ask the police first.',
    ],
    nextStep: 'Write the timeline first; it is what every officer asks for.',
  },
  {
    id: 'fast-order',
    asked: 'Can a court or office make them take it down fast, and what does it cost?',
    rows: [
      'CIV-BE',
      'CIV-CA-BC',
      'CIV-SG',
      'AU-OSA75',
      'CIV-ES-IT',
      'CIV-NZ-19',
      'CIV-ZA-20',
      'CIV-MX',
      'CIV-AR',
      'CIV-US-NY',
      'CIV-JP',
      'CIV-BR',
    ],
    deed: null,
    mustSay: ['Use the platform’s route at the same time.', 'Some of these need no lawyer.'],
    nextStep: 'Send the notice to the platform today, and ask the office in parallel.',
  },
  {
    id: 'money',
    asked: 'Can I get money for this?',
    rows: ['US-F-6851', 'US-CA-170886', 'CA-BC', 'CIV-AU', 'US-FL-784', 'CIV-DK', 'CIV-SE', 'EU-GDPR79/82'],
    deed: null,
    mustSay: ['There is a limit and a cost, and the person who did it must be found.'],
    nextStep: 'Keep every bill and every hour; ask a lawyer or a legal aid office.',
  },
  {
    id: 'only-kept-or-made',
    asked: 'He has not posted it, he only keeps it, made it, or forwarded it to one friend.',
    rows: [
      'KR-14',
      'KR-142',
      'FR-2262',
      'NL-254',
      'SG-377BE',
      'GB-EW-66EF',
      'TW-319',
      'DK-264E',
      'US-TX-21165',
      'MX-199',
      'GB-EW-66B1',
      'FR-22621',
      'BE-4179',
      'CH-197A',
    ],
    deed: 'possess',
    mustSay: [
      'Not covered where few people saw it: Sweden, and Article 5 of the EU directive.',
      'Demand deletion in writing; a time to complain may run from now.',
    ],
    nextStep: 'Write down what he has and since when you know, then demand deletion in writing.',
  },
];

/** Of whom the question is asked. */
export interface Asker {
  /** ISO 3166 code of where the person lives, or of a part of it. */
  readonly place: string;
  /** Who reads the answer; a minor, or somebody who may be one, gets the child lane. */
  readonly audience: Audience;
  readonly events: PersonEvents;
}

/** An answer, or the other road. */
export type Answer =
  | { readonly kind: 'child-lane' }
  | {
      readonly kind: 'answer';
      /** Shown before everything else; empty where nothing turns against the person. */
      readonly riskFirst: readonly SelfRisk[];
      /** False where no law of the place was rowed: say nothing of it. */
      readonly placeKnown: boolean;
      /** Rights of the place that the question touches, as far as the audience may see them. */
      readonly here: readonly ShownRow[];
      /**
       * What the rows of the place say of the deed; `unknown` where they do not know, or where the audience may not be shown
       * what nobody confirmed. Null where the question is not about a deed.
       */
      readonly covered: 'yes' | 'part' | 'no' | 'unknown' | null;
      /** Ids of all rows that answer it, for places that also count (the poster's, the host's). */
      readonly rows: readonly string[];
      readonly clocks: ShownClocks;
      readonly say: readonly string[];
      readonly nextStep: string;
    };

/** The answer to a question on a day. Every place that counts is asked for by itself. */
export function answer(id: QuestionId, asker: Asker, today: Day): Answer {
  if (asker.audience.minor) return { kind: 'child-lane' };
  const question = GOLDEN_QUESTIONS.find((each) => each.id === id)!;
  const country = asker.place.slice(0, 2);
  const rowed = RIGHTS.filter((each) => isRelated(each.jurisdiction, asker.place));
  const named = rowed.filter((each) => question.rows.includes(each.id));
  const touched = named.length > 0 || question.deed === null ? named : rowed;
  return {
    kind: 'answer',
    riskFirst: RISK_NOTICE_FIRST.includes(country)
      ? selfRisksOf(country).filter((each) => each.places.includes(country))
      : [],
    placeKnown: rowed.length > 0,
    here: touched.map((row) => showRight(row, asker.audience, today)),
    covered: question.deed === null ? null : widest(rowed, question.deed, asker.audience, today),
    rows: question.rows,
    clocks: showPersonClocks(personClocksOf(asker.place, asker.events, today), asker.audience),
    say: rowed.length > 0 ? question.mustSay : [...question.mustSay, NO_ROW_WORDS],
    nextStep: question.nextStep,
  };
}

/** What is said where a country has no rows. */
export const NO_ROW_WORDS =
  'Nothing was read of the law of this place, so nothing is said of it here. A support service can tell.';

/** Several rows may cover one deed: of those whose coverage the audience may see, the widest route is the answer. */
function widest(
  rows: readonly Right[],
  deed: Deed,
  audience: Audience,
  today: Day,
): 'yes' | 'part' | 'no' | 'unknown' {
  const found = rows
    .filter((row) => {
      const shown = showRight(row, audience, today);
      const cell = shown.kind === 'row' ? shown.cells.find((each) => each.cell === deed) : undefined;
      return cell?.state === 'shown' || cell?.state === 'marked';
    })
    .map((row) => covers(row, deed));
  if (found.includes('yes')) return 'yes';
  if (found.includes('part')) return 'part';
  return found.length > 0 && found.length === rows.length && found.every((each) => each === 'no')
    ? 'no'
    : 'unknown';
}

function isRelated(own: string, place: string): boolean {
  return own === place || own.startsWith(`${place}-`) || place.startsWith(`${own}-`);
}
