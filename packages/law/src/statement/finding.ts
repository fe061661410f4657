/**
 * From what a reviewer found to the category and sub-category that a record bears.
 *
 * The more specific category takes precedence (Implementing Regulation (EU) 2024/2835, Annex II, part I, section 7): what
 * is gender-based against women stands in category 4. Whether it is, a person chooses; no model and no rule infers it. The
 * sub-categories of intimate images exclude pictures that show minors, so those have a row of their own.
 * @module
 */

import type { CategoryId, SpecificationId } from './category.ts';
import type { CONTENT_TYPES } from './record.ts';

/** What was found in an item that was restricted. */
export const FINDINGS = [
  'authentic',
  'deepfake',
  'with-private-data',
  'with-threat',
  'sexual-against-terms',
  'nudity-against-terms',
  'minor',
] as const;

/** One finding. */
export type Finding = (typeof FINDINGS)[number];

/** Where a finding is recorded. */
export interface Recorded {
  readonly category: CategoryId;
  readonly specification: SpecificationId;
  /** Content types beside the medium. */
  readonly contentType: readonly (typeof CONTENT_TYPES)[number][];
}

const VIOLENCE = 'STATEMENT_CATEGORY_CYBER_VIOLENCE';
const AGAINST_WOMEN = 'STATEMENT_CATEGORY_CYBER_VIOLENCE_AGAINST_WOMEN';
const TERMS = 'STATEMENT_CATEGORY_OTHER_VIOLATION_TC';

/** Sub-categories 3e and 4f, 3f and 4g, 3b and 4b, 3d and 4c, 15a, 15f, 9b. */
export function recorded(finding: Finding, againstWomen: boolean): Recorded {
  const row = (
    general: SpecificationId,
    women: SpecificationId,
    contentType: Recorded['contentType'] = [],
  ): Recorded =>
    againstWomen
      ? { category: AGAINST_WOMEN, specification: women, contentType }
      : { category: VIOLENCE, specification: general, contentType };
  switch (finding) {
    case 'authentic':
      return row(
        'KEYWORD_NON_CONSENSUAL_IMAGE_SHARING',
        'KEYWORD_NON_CONSENSUAL_IMAGE_SHARING_AGAINST_WOMEN',
      );
    case 'deepfake':
      return row(
        'KEYWORD_NON_CONSENSUAL_MATERIAL_DEEPFAKE',
        'KEYWORD_NON_CONSENSUAL_MATERIAL_DEEPFAKE_AGAINST_WOMEN',
        ['CONTENT_TYPE_SYNTHETIC_MEDIA'],
      );
    case 'with-private-data':
      return row('KEYWORD_CYBER_HARASSMENT', 'KEYWORD_CYBER_HARASSMENT_AGAINST_WOMEN');
    case 'with-threat':
      return row('KEYWORD_CYBER_STALKING', 'KEYWORD_CYBER_STALKING_AGAINST_WOMEN');
    case 'sexual-against-terms':
      return { category: TERMS, specification: 'KEYWORD_ADULT_SEXUAL_MATERIAL', contentType: [] };
    case 'nudity-against-terms':
      return { category: TERMS, specification: 'KEYWORD_NUDITY', contentType: [] };
    case 'minor':
      return {
        category: 'STATEMENT_CATEGORY_PROTECTION_OF_MINORS',
        specification: 'KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL',
        contentType: [],
      };
    default:
      return finding satisfies never;
  }
}
