/**
 * The text of a notice, from the superset draft, for one channel: in the language and the wording of the regime that leads, and
 * once more in the person's language beside it.
 *
 * What stands in it: what it is under each regime and what it asks for, with the number of hours of the row in force (none
 * where none may be said); exact addresses; what is shown and that there was no consent; who asks and on what authority; the
 * declarations as they were ticked, word for word of the version stored; how to be reached; the request to preserve; the
 * request for a number, an outcome and silence towards the uploader; the signature. Of a picture of somebody under 18 the
 * notice is text only, names nobody, and asks for the child-safety procedure.
 *
 * Plain text: nothing typed can change the order of the lines, hide, or pass for markup (`plain-text.ts`).
 * @module
 */

import type { Day } from '../day.ts';
import { DECLARATIONS, type Ticked } from '../duty/declaration.ts';
import { isAboutMinor, type NoticeDraft } from '../duty/notice-draft.ts';
import { versionOn } from '../duty/rule.ts';
import { rulesOf } from '../duty/rules.ts';
import type { OfficeLanguage } from './office-sentences.ts';
import { harmlessBlock, harmlessLine, harmlessLink } from './plain-text.ts';
import type { NoticeLanguage, NoticeRegime, Sentences, Voice } from './sentences.ts';

/** What the notice is sent by: the legal or safety form and mail alike; the officer; a search engine; who hosts; the agent. */
export type Addressed = 'service' | 'index' | 'host' | 'copyright-agent';

/** What to write. */
export interface NoticeRequest {
  readonly draft: NoticeDraft;
  /** The host that shows it, as in the link: of it the notice speaks. */
  readonly host: string;
  /** The leading regime first; empty for none, and for a search engine none. */
  readonly regimes: readonly NoticeRegime[];
  readonly addressed: Addressed;
  readonly day: Day;
  /** Whether the facts are the sentence that was offered: it is said in the language of the text then. */
  readonly factsSuggested: boolean;
}

/** A text that can be copied, saved or mailed. */
export interface NoticeText {
  readonly language: NoticeLanguage | OfficeLanguage;
  readonly subject: string;
  readonly body: string;
  /** False until a lawyer read its sentences. */
  readonly reviewed: boolean;
}

/** A notice and its translation; null where the person reads the language of the notice. */
export interface NoticePair {
  readonly notice: NoticeText;
  readonly translation: NoticeText | null;
}

/**
 * The language of the notice: that of the leading regime. The Digital Services Act speaks all languages of the Union, so a
 * person who reads Spanish sends it in Spanish; every other regime is English, and so is a notice without one.
 */
export function noticeLanguage(regimes: readonly NoticeRegime[], person: NoticeLanguage): NoticeLanguage {
  return regimes[0] === 'eu-dsa' && person === 'es' ? 'es' : 'en';
}

/** The notice in its language, and beside it in the person's. `tables` holds both languages. */
export function writeNotice(
  request: NoticeRequest,
  person: NoticeLanguage,
  tables: Readonly<Partial<Record<NoticeLanguage, Sentences>>>,
): NoticePair {
  const language = noticeLanguage(request.regimes, person);
  const sentences = tables[language] ?? tables.en;
  if (sentences === undefined) throw new RangeError('notice: expected the sentences of its language');
  const beside = person === sentences.language ? undefined : tables[person];
  return {
    notice: renderNotice(request, sentences),
    translation: beside === undefined ? null : renderNotice(request, beside),
  };
}

/** The notice in the language of the table. */
export function renderNotice(request: NoticeRequest, say: Sentences): NoticeText {
  const { draft, addressed } = request;
  const minor = isAboutMinor(draft);
  const voice: Voice = draft.standing === 'depicted' ? 'self' : 'for-another';
  const copyright = addressed === 'copyright-agent';
  const parts = [
    `${say.to(harmlessLine(request.host))},`,
    ...(minor ? [say.minor.what, say.minor.ask, say.minor.nothingAttached] : asks(request, say)),
    section(say.headings.where, draft.locations.map(harmlessLink).join('\n')),
    minor
      ? ''
      : copyright
        ? section(say.headings.work, harmlessBlock(draft.work))
        : what(request, voice, say),
    minor ? '' : section(say.headings.who, who(draft, say)),
    minor ? '' : section(say.headings.declared, declared(request, say)),
    section(say.headings.contact, contact(draft, say)),
    section(say.headings.keep, say.preserve),
    section(say.headings.answer, answer(request, say)),
    minor ? '' : section(say.headings.signed, signature(request, say)),
  ];
  return {
    language: say.language,
    subject: minor ? say.minor.subject : say.subject(subjectOf(request)),
    body: `${parts.filter((part) => part !== '').join('\n\n')}\n`,
    reviewed: say.reviewed,
  };
}

/** Hours that the regime gives for removal (for California, to confirm receipt), on the day; null where no number holds. */
export function hoursOf(regime: NoticeRegime, day: Day): number | null {
  const id = HOURS_RULE[regime];
  const rule = id === undefined ? undefined : rulesOf(regime).find((each) => each.id === id);
  if (rule === undefined) return null;
  const found = versionOn(rule, day);
  return found.kind === 'in-force' && found.version.limit.kind === 'hours' ? found.version.limit.count : null;
}

/** The rule of a regime whose hours a notice names; a regime without a rule here names none. */
export const HOURS_RULE: Readonly<Partial<Record<NoticeRegime, string>>> = {
  'us-tida': 'US-TIDA-REMOVE',
  'uk-osa': 'UK-OSA-IIC',
  'in-rules': 'IN-INTIMATE',
  'us-ca': 'US-CA-CONFIRM',
};

/** The sentence of a tick as it was shown; in another language its translation. */
export function declaredText(ticked: Ticked, say: Sentences): string {
  if (say.language !== 'en') return say.declared[ticked.id];
  const texts = DECLARATIONS.find((each) => each.id === ticked.id)?.texts ?? [];
  return texts.find((each) => each.version === ticked.version)?.text ?? '';
}

function subjectOf({ addressed, regimes }: NoticeRequest): Parameters<Sentences['subject']>[0] {
  if (addressed === 'copyright-agent') return 'copyright';
  return addressed === 'index' ? 'index' : (regimes[0] ?? 'none');
}

function asks({ addressed, regimes, day, host }: NoticeRequest, say: Sentences): readonly string[] {
  const legal = regimes.map((regime) => say.ask(regime, hoursOf(regime, day)));
  switch (addressed) {
    case 'copyright-agent':
      return [say.ask('us-dmca', null)];
    case 'index':
      return [say.askIndex, ...legal];
    case 'host':
      return [say.askHost(harmlessLine(host)), ...legal];
    case 'service':
      return legal.length === 0 ? [say.askOwnRules] : legal;
    default:
      return addressed satisfies never;
  }
}

function what({ draft, factsSuggested }: NoticeRequest, voice: Voice, say: Sentences): string {
  const own = harmlessBlock(factsSuggested ? say.suggested(draft.kind, voice) : draft.facts);
  const consent = draft.kind === 'threatened' ? '' : ` ${say.noConsent(voice)}`;
  return section(
    say.headings.what,
    `${say.what(draft.kind, voice)}${consent}${own === '' ? '' : `\n${say.ownWords}\n${own}`}`,
  );
}

function who(draft: NoticeDraft, say: Sentences): string {
  const basis = harmlessBlock(draft.authorityBasis);
  const others = draft.standing !== 'depicted' && basis !== '';
  return `${say.who(draft.standing)}${others ? `\n${say.authority}\n${basis}` : ''}`;
}

function declared({ draft }: NoticeRequest, say: Sentences): string {
  return draft.declarations
    .map((each) => declaredText(each, say))
    .filter((text) => text !== '')
    .map((text) => `- ${text}`)
    .join('\n');
}

function contact(draft: NoticeDraft, say: Sentences): string {
  const minor = isAboutMinor(draft);
  const lines = [
    // A notice about a child sexual abuse offence asks nobody for a name (DSA Art. 16(2)(c)).
    minor ? '' : filled(draft.name, say.name),
    filled(draft.email, say.email),
    filled(draft.otherContact, say.other),
  ].filter((line) => line !== '');
  return lines.length === 0 ? '' : [...lines, say.contactOnly].join('\n');
}

function answer({ addressed, draft }: NoticeRequest, say: Sentences): string {
  const copies = addressed === 'service' && !isAboutMinor(draft);
  // Whoever claims copyright is named to the uploader by the law itself: no false comfort.
  const silence = addressed === 'copyright-agent' ? '' : say.notTheUploader;
  return [say.answer, silence, copies ? say.copies : ''].filter((line) => line !== '').join('\n');
}

function signature({ draft, day }: NoticeRequest, say: Sentences): string {
  const text = harmlessLine(draft.signature?.text ?? '');
  if (draft.signature === null || text === '') return '';
  return `${say.signed(text, day)}${draft.signature.pseudonym ? `\n${say.pseudonym}` : ''}`;
}

function filled(value: string, say: (value: string) => string): string {
  const clean = harmlessLine(value);
  return clean === '' ? '' : say(clean);
}

function section(heading: string, text: string): string {
  return text === '' ? '' : `${heading.toUpperCase()}\n${text}`;
}
