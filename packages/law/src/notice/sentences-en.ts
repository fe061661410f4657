/**
 * The sentences of notices in English: the language of the regimes of the United States, the United Kingdom and India, and
 * one of those of the European Union. The words follow the statutes named in them; no lawyer has read them.
 * @module
 */

import { DECLARATIONS, type DeclarationId } from '../duty/declaration.ts';
import type { NoticeRegime, Sentences, Voice } from './sentences.ts';

const mine = (voice: Voice): string => (voice === 'self' ? 'me' : 'the person for whom I act');

function ask(regime: NoticeRegime, hours: number | null): string {
  const within = hours === null ? '' : `, and not later than ${hours} hours after you receive this`;
  switch (regime) {
    case 'us-tida':
      return `This is a request for removal under the TAKE IT DOWN Act, 47 U.S.C. 223a(a)(1). Please remove the depiction as soon as possible${within}, and make reasonable efforts to identify and remove any known identical copies (47 U.S.C. 223a(a)(3)).`;
    case 'us-ut':
      return `It is also a request under Utah Code 13-72b-302, with the same elements.`;
    case 'uk-osa':
      return `This is an intimate image content report under section 20A of the Online Safety Act 2023, as far as that section is in force. Please take down this content, and content that is the same or substantially the same, as soon as possible (section 10(3A) and (3B)).`;
    case 'in-rules':
      return `This is a complaint under rule 3(2)(b) of the Information Technology (Intermediary Guidelines and Digital Media Ethics Code) Rules 2021, as amended. Please take all reasonable and practicable measures to remove or disable access to this content${hours === null ? '' : ` within ${hours} hours`}, and acknowledge this complaint (rule 3(2)(a)(i)).`;
    case 'us-ca':
      return `This is a report under California Business and Professions Code section 22671. Please confirm receipt${hours === null ? '' : ` within ${hours} hours`}, block the content while you look into it, and tell me the status in writing.`;
    case 'kr-tba':
      return `This is a request to delete or block illegally filmed or faked sexual content under Article 22-5 of the Telecommunications Business Act of the Republic of Korea, without delay.`;
    case 'eu-dsa':
      return `This is a notice under Article 16 of Regulation (EU) 2022/2065 (Digital Services Act). Please confirm receipt without undue delay, decide in a timely, diligent, non-arbitrary and objective manner, and tell me your decision and how it can be challenged.`;
    case 'us-dmca':
      return `This is a notification of claimed infringement under 17 U.S.C. 512(c)(3), sent to your designated agent. Please remove the material, or disable access to it, expeditiously.`;
    default:
      return regime satisfies never;
  }
}

/** English. */
export const SENTENCES_EN: Sentences = {
  language: 'en',
  reviewed: false,
  subject: (regime) => {
    if (regime === 'us-tida') return 'Request for removal under the TAKE IT DOWN Act (47 U.S.C. 223a)';
    if (regime === 'uk-osa') return 'Intimate image content report (Online Safety Act 2023, section 20A)';
    if (regime === 'eu-dsa') return 'Notice under Article 16 of the Digital Services Act: intimate image';
    if (regime === 'in-rules') return 'Complaint under rule 3(2)(b) of the IT Rules 2021: intimate image';
    if (regime === 'us-ca')
      return 'Report under California Business and Professions Code 22671: intimate image';
    if (regime === 'index') return 'Request to take an intimate image out of search results';
    if (regime === 'us-dmca' || regime === 'copyright')
      return 'Notification of claimed infringement (17 U.S.C. 512)';
    return 'Request to remove an intimate image shared without consent';
  },
  to: (host) => `To those who handle removal requests for ${host}`,
  ask,
  askOwnRules:
    'Please remove this intimate image under your own rules on intimate images shared without consent.',
  askIndex:
    'Please take these addresses, and the preview pictures of them, out of your search results. I ask the sites themselves at the same time.',
  askHost: (host) =>
    `You provide a service to ${host}. Please see to it that this content is removed, and tell me who else can remove it.`,
  headings: {
    where: 'Where it is',
    what: 'What it shows',
    who: 'Who asks',
    work: 'The work',
    declared: 'What I declare',
    contact: 'How to reach me',
    keep: 'Please preserve',
    answer: 'Your answer',
    signed: 'Signature',
  },
  what: (kind, voice) => {
    if (kind === 'forgery')
      return `It is an image or video, made or altered by software, that appears to show ${mine(voice)} in an intimate state. It is a digital forgery.`;
    if (kind === 'threatened')
      return `Somebody threatens to publish an intimate image or video of ${mine(voice)}.`;
    return `It is an image or video that shows ${mine(voice)} in an intimate state.`;
  },
  noConsent: (voice) =>
    voice === 'self'
      ? 'I did not consent to its publication.'
      : 'The person shown did not consent to its publication.',
  ownWords: 'In my own words:',
  suggested: (kind, voice) => {
    const who = voice === 'self' ? 'I' : 'The person shown';
    if (kind === 'forgery')
      return `${who} did not agree to its making, nor that it is shown at these addresses.`;
    if (kind === 'threatened') return `${who} did not agree that it is shown to anyone.`;
    return `It is private. ${who} did not agree that it is shown at these addresses.`;
  },
  who: (standing) => {
    if (standing === 'depicted') return 'I am the person shown.';
    if (standing === 'authorised') return 'I am authorised to act for the person shown.';
    if (standing === 'parent') return 'I am a parent or guardian of the person shown.';
    return 'I report this as somebody who saw it.';
  },
  authority: 'My authority rests on:',
  declared: Object.fromEntries(DECLARATIONS.map((each) => [each.id, each.texts.at(-1)!.text])) as Readonly<
    Record<DeclarationId, string>
  >,
  name: (name) => `Name: ${name}`,
  email: (email) => `E-mail: ${email}`,
  other: (contact) => `Other way to reach me: ${contact}`,
  contactOnly: 'Please use this only for this request.',
  preserve:
    'Please preserve, for the police and the courts, the content, the data of the account, and the records of upload and access for each address above. Removal must not wait for this.',
  answer:
    'Please send me a number for this request, and tell me the outcome with your reasons if you refuse.',
  notTheUploader: 'Please do not tell whoever posted it who sent this.',
  copies: 'Please also look for copies of the same file, and stop new uploads of it where you can.',
  signed: (name, day) => `Signed electronically: ${name}, ${day}`,
  pseudonym: 'This is the name under which I am known there; it is not my legal name.',
  minor: {
    subject: 'Urgent: intimate image of a person under 18',
    what: 'Somebody in this image or video is, or may be, under 18, or was when it was taken.',
    ask: 'Please stop showing it now, handle it by your procedure for child safety, preserve the records, and report it to the body that your law names. Nobody needs to send the image to anyone else for that.',
    nothingAttached: 'This notice is text only: no image, no copy and no fingerprint of it is attached.',
  },
};
