/**
 * The elements of a notice, regime by regime, and what a notice still lacks.
 *
 * `must`: without it the regime's clock has not started. `should`: the law makes room for it, and a platform may not
 * refuse for its absence (European Data Protection Board, Guidelines 3/2025: a form enables identification, it does not
 * require it). There is no pausing: an incomplete notice has not started its clock, so the check runs before sending.
 * @module
 */

import { ELEMENTS, type Element } from './element-row.ts';
import { hasPart, isAboutMinor, type NoticeDraft } from './notice-draft.ts';
import type { RegimeId } from './rule.ts';

/** How a regime takes its notices, beside the elements. */
export interface NoticeForm {
  readonly regime: RegimeId;
  /** In what form, as the law puts it. */
  readonly form: string;
  /** What follows a false notice; empty where the law names nothing. */
  readonly falseNotice: string;
  /** Whose notices count. */
  readonly who: string;
  /** The BCP 47 language that the notice is written in. */
  readonly language: string;
}

/** How each regime takes its notices. */
export const NOTICE_FORMS: readonly NoticeForm[] = [
  form('us-tida', 'in writing', '', 'the person shown, or someone authorised', 'en-US'),
  form('us-ut', 'in writing', '', 'the person shown, or someone authorised', 'en-US'),
  form(
    'uk-osa',
    'by a way that is easy to use',
    'declared to be true',
    'the subject, or someone acting for them',
    'en-GB',
  ),
  form('eu-dsa', 'by electronic means only', 'suspension of processing, Art. 23', 'anyone', 'en'),
  form(
    'us-dmca',
    "in writing, to the service's agent",
    'damages for misrepresentation, 17 U.S.C. 512(f)',
    'the owner of the right, or an agent',
    'en-US',
  ),
  form('au-osa', "by eSafety's form", '', 'the person, someone authorised, or a parent', 'en-AU'),
  form(
    'in-rules',
    "by the service's complaint mechanism",
    '',
    'the individual, or someone on their behalf',
    'en-IN',
  ),
  form(
    'us-ca',
    'by an accessible mechanism',
    '',
    'an account holder who lives in California and is shown',
    'en-US',
  ),
];

/** What is lacking, and whether its absence keeps the clock from starting. */
export interface Lack {
  readonly element: Element;
  readonly blocks: boolean;
}

/**
 * What the notice still lacks under the regime, in the order of the law; a regime without a notice form lacks nothing.
 * Only names of elements come back, no content.
 */
export function lackingElements(regime: RegimeId, draft: NoticeDraft): readonly Lack[] {
  const child = isAboutMinor(draft);
  return ELEMENTS.filter((each) => each.regime === regime)
    .filter((each) => !(child && each.exceptChild) && !hasPart(draft, each.part))
    .map((element) => ({ element, blocks: element.need === 'must' }));
}

/** Whether the regime's clock can start on this notice. */
export function isComplete(regime: RegimeId, draft: NoticeDraft): boolean {
  return lackingElements(regime, draft).every((each) => !each.blocks);
}

/**
 * Whether the regime may refuse the signature as given. A pseudonym is no signature that the US and UK texts speak of;
 * elsewhere no signature is asked for.
 */
export function signatureDoubt(regime: RegimeId, draft: NoticeDraft): boolean {
  const asks = ELEMENTS.some((each) => each.regime === regime && each.part === 'signature');
  return asks && draft.signature?.pseudonym === true;
}

function form(regime: RegimeId, how: string, falseNotice: string, who: string, language: string): NoticeForm {
  return { regime, form: how, falseNotice, who, language };
}
