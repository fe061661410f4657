/**
 * The sentences of notices as typed templates: one table for each language, every place to fill in an argument with a type.
 *
 * A notice is written in the language and the wording of its regime; the same templates in the person's language stand beside
 * it, so that nobody sends what they cannot read. No table but the English one was read by a lawyer or a native reader of legal
 * texts, and the English one was read by no lawyer: every rendering says so through `reviewed`.
 * @module
 */

import type { DeclarationId } from '../duty/declaration.ts';
import type { NoticeDraft } from '../duty/notice-draft.ts';
import type { RegimeId } from '../duty/rule.ts';

/** The languages that have a table. */
export type NoticeLanguage = 'en' | 'es' | 'ar';

/** Regimes under which a person's notice goes to a service. */
export type NoticeRegime = Extract<
  RegimeId,
  'us-tida' | 'us-ut' | 'us-ca' | 'us-dmca' | 'uk-osa' | 'in-rules' | 'kr-tba' | 'eu-dsa'
>;

/** All of them, the shortest numbered limit first. */
export const NOTICE_REGIMES: readonly NoticeRegime[] = [
  'in-rules',
  'us-tida',
  'us-ut',
  'uk-osa',
  'us-ca',
  'kr-tba',
  'eu-dsa',
  'us-dmca',
];

/** Who speaks: the person shown, or somebody for them. */
export type Voice = 'self' | 'for-another';

/** A table of sentences. `hours` is a whole number from a row of the law. */
export interface Sentences {
  readonly language: NoticeLanguage;
  /** False until a lawyer who writes the language read the table. */
  readonly reviewed: boolean;
  readonly subject: (regime: NoticeRegime | 'none' | 'index' | 'copyright') => string;
  readonly to: (host: string) => string;
  /** What the notice is under a regime, and what it asks for; `hours` is null where no number may be said. */
  readonly ask: (regime: NoticeRegime, hours: number | null) => string;
  /** The same without a law. */
  readonly askOwnRules: string;
  /** The same to a search engine. */
  readonly askIndex: string;
  /** The same to whoever hosts, passes or names a site. */
  readonly askHost: (host: string) => string;
  readonly headings: {
    readonly where: string;
    readonly what: string;
    readonly who: string;
    readonly work: string;
    readonly declared: string;
    readonly contact: string;
    readonly keep: string;
    readonly answer: string;
    readonly signed: string;
  };
  readonly what: (kind: NoticeDraft['kind'], voice: Voice) => string;
  readonly noConsent: (voice: Voice) => string;
  readonly ownWords: string;
  /** What a person may say in their own words, offered so that nobody has to find words; never said unless they keep it. */
  readonly suggested: (kind: NoticeDraft['kind'], voice: Voice) => string;
  readonly who: (standing: NoticeDraft['standing']) => string;
  readonly authority: string;
  readonly declared: Readonly<Record<DeclarationId, string>>;
  readonly name: (name: string) => string;
  readonly email: (email: string) => string;
  readonly other: (contact: string) => string;
  readonly contactOnly: string;
  /** The request to preserve, which never delays removal. */
  readonly preserve: string;
  readonly answer: string;
  readonly notTheUploader: string;
  readonly copies: string;
  readonly signed: (name: string, day: string) => string;
  readonly pseudonym: string;
  /** The notice about somebody under 18: text only. */
  readonly minor: {
    readonly subject: string;
    readonly what: string;
    readonly ask: string;
    readonly nothingAttached: string;
  };
}
