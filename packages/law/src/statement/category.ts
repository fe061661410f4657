/**
 * The categories of illegal content and of breaches of terms, with their sub-categories.
 *
 * Source: Commission Implementing Regulation (EU) 2024/2835, Annex I (sheet 2) and Annex II, part I, section 7; the same
 * names are the values of the Commission's Transparency Database. Numbers and words are the Regulation's. The list of
 * categories is closed; a provider adds sub-categories under `KEYWORD_OTHER` with a description of its own.
 * @module
 */

/** A sub-category, `KEYWORD_` and a name. */
interface SpecificationRow {
  readonly id: string;
  readonly words: string;
}

/** A category with its sub-categories, in the Regulation's order; `KEYWORD_OTHER` follows the last, where `other`. */
interface CategoryRow {
  /** 1 to 17. */
  readonly number: number;
  readonly id: string;
  readonly words: string;
  readonly specifications: readonly SpecificationRow[];
  readonly other: boolean;
}

/** Every category. 16 is for orders alone, 17 for notices alone, 15 for terms alone. */
export const CATEGORIES = [
  {
    number: 1,
    id: 'STATEMENT_CATEGORY_ANIMAL_WELFARE',
    words: 'Animal welfare',
    other: true,
    specifications: [
      { id: 'KEYWORD_ANIMAL_HARM', words: 'Animal harm' },
      { id: 'KEYWORD_UNLAWFUL_SALE_ANIMALS', words: 'Unlawful sale of animals' },
    ],
  },
  {
    number: 2,
    id: 'STATEMENT_CATEGORY_CONSUMER_INFORMATION',
    words: 'Consumer information infringements',
    other: true,
    specifications: [
      {
        id: 'KEYWORD_HIDDEN_ADVERTISEMENT',
        words: 'Hidden advertisement or commercial communication, including by influencers',
      },
      { id: 'KEYWORD_INSUFFICIENT_INFORMATION_ON_TRADERS', words: 'Insufficient information on traders' },
      {
        id: 'KEYWORD_MISLEADING_INFO_GOODS_SERVICES',
        words: 'Misleading information about the characteristics of the goods and services',
      },
      {
        id: 'KEYWORD_MISLEADING_INFO_CONSUMER_RIGHTS',
        words: 'Misleading information about the consumer’s rights',
      },
      { id: 'KEYWORD_NONCOMPLIANCE_PRICING', words: 'Non-compliance with pricing regulations' },
    ],
  },
  {
    number: 3,
    id: 'STATEMENT_CATEGORY_CYBER_VIOLENCE',
    words: 'Cyber violence',
    other: true,
    specifications: [
      { id: 'KEYWORD_CYBER_BULLYING_INTIMIDATION', words: 'Cyber bullying and intimidation' },
      { id: 'KEYWORD_CYBER_HARASSMENT', words: 'Cyber harassment' },
      { id: 'KEYWORD_CYBER_INCITEMENT', words: 'Cyber incitement to hatred or violence' },
      { id: 'KEYWORD_CYBER_STALKING', words: 'Cyber stalking' },
      {
        id: 'KEYWORD_NON_CONSENSUAL_IMAGE_SHARING',
        words:
          'Non-consensual (intimate) material sharing, including (image-based) sexual abuse (excluding content depicting minors)',
      },
      {
        id: 'KEYWORD_NON_CONSENSUAL_MATERIAL_DEEPFAKE',
        words:
          'Non-consensual sharing of material containing deepfake or similar technology using a third party’s features (excluding content depicting minors)',
      },
    ],
  },
  {
    number: 4,
    id: 'STATEMENT_CATEGORY_CYBER_VIOLENCE_AGAINST_WOMEN',
    words: 'Cyber violence against women',
    other: true,
    specifications: [
      { id: 'KEYWORD_BULLYING_AGAINST_GIRLS', words: 'Cyber bullying and intimidation against girls' },
      { id: 'KEYWORD_CYBER_HARASSMENT_AGAINST_WOMEN', words: 'Cyber harassment against women' },
      { id: 'KEYWORD_CYBER_STALKING_AGAINST_WOMEN', words: 'Cyber stalking against women' },
      { id: 'KEYWORD_FEMALE_GENDERED_DISINFORMATION', words: 'Gendered disinformation' },
      {
        id: 'KEYWORD_INCITEMENT_AGAINST_WOMEN',
        words: 'Illegal incitement to violence and hatred against women',
      },
      {
        id: 'KEYWORD_NON_CONSENSUAL_IMAGE_SHARING_AGAINST_WOMEN',
        words:
          'Non-consensual (intimate) material sharing against women, including (image-based) sexual abuse against women (excluding content depicting minors)',
      },
      {
        id: 'KEYWORD_NON_CONSENSUAL_MATERIAL_DEEPFAKE_AGAINST_WOMEN',
        words:
          'Non-consensual sharing of material containing deepfake or similar technology using a third party’s features against women (excluding content depicting minors)',
      },
    ],
  },
  {
    number: 5,
    id: 'STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS',
    words: 'Data protection and privacy violations',
    other: true,
    specifications: [
      { id: 'KEYWORD_BIOMETRIC_DATA_BREACH', words: 'Biometric data breach' },
      { id: 'KEYWORD_DATA_FALSIFICATION', words: 'Data falsification' },
      { id: 'KEYWORD_MISSING_PROCESSING_GROUND', words: 'Missing processing ground for data' },
      { id: 'KEYWORD_RIGHT_TO_BE_FORGOTTEN', words: 'Right to be forgotten' },
    ],
  },
  {
    number: 6,
    id: 'STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH',
    words: 'Illegal or harmful speech',
    other: true,
    specifications: [
      { id: 'KEYWORD_DEFAMATION', words: 'Defamation' },
      { id: 'KEYWORD_DISCRIMINATION', words: 'Discrimination' },
      {
        id: 'KEYWORD_HATE_SPEECH',
        words: 'Illegal incitement to violence and hatred based on protected characteristics (hate speech)',
      },
    ],
  },
  {
    number: 7,
    id: 'STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS',
    words: 'Intellectual property infringements',
    other: true,
    specifications: [
      { id: 'KEYWORD_COPYRIGHT_INFRINGEMENT', words: 'Copyright infringements' },
      { id: 'KEYWORD_DESIGN_INFRINGEMENT', words: 'Design infringements' },
      { id: 'KEYWORD_GEOGRAPHIC_INDICATIONS_INFRINGEMENT', words: 'Geographical indications infringements' },
      { id: 'KEYWORD_PATENT_INFRINGEMENT', words: 'Patent infringements' },
      { id: 'KEYWORD_TRADE_SECRET_INFRINGEMENT', words: 'Trade secret infringements' },
      { id: 'KEYWORD_TRADEMARK_INFRINGEMENT', words: 'Trademark infringements' },
    ],
  },
  {
    number: 8,
    id: 'STATEMENT_CATEGORY_NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS',
    words: 'Negative effects on civic discourse or elections',
    other: true,
    specifications: [
      {
        id: 'KEYWORD_MISINFORMATION_DISINFORMATION',
        words: 'Misinformation, disinformation, foreign information manipulation and interference',
      },
      {
        id: 'KEYWORD_VIOLATION_EU_LAW',
        words: 'Violation of EU law relevant to civic discourse or elections',
      },
      {
        id: 'KEYWORD_VIOLATION_NATIONAL_LAW',
        words: 'Violation of national law relevant to civic discourse or elections',
      },
    ],
  },
  {
    number: 9,
    id: 'STATEMENT_CATEGORY_PROTECTION_OF_MINORS',
    words: 'Protection of minors',
    other: true,
    specifications: [
      {
        id: 'KEYWORD_AGE_SPECIFIC_RESTRICTIONS_MINORS',
        words: 'Age-specific restrictions concerning minors',
      },
      { id: 'KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL', words: 'Child sexual abuse material' },
      {
        id: 'KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE',
        words: 'Child sexual abuse material containing deepfake or similar technology',
      },
      { id: 'KEYWORD_GROOMING_SEXUAL_ENTICEMENT_MINORS', words: 'Grooming/sexual enticement of minors' },
      { id: 'KEYWORD_UNSAFE_CHALLENGES', words: 'Unsafe challenges' },
    ],
  },
  {
    number: 10,
    id: 'STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY',
    words: 'Risk for public security',
    other: true,
    specifications: [
      { id: 'KEYWORD_ILLEGAL_ORGANIZATIONS', words: 'Illegal organizations' },
      { id: 'KEYWORD_RISK_ENVIRONMENTAL_DAMAGE', words: 'Risk for environmental damage' },
      { id: 'KEYWORD_RISK_PUBLIC_HEALTH', words: 'Risk for public health' },
      { id: 'KEYWORD_TERRORIST_CONTENT', words: 'Terrorist content' },
    ],
  },
  {
    number: 11,
    id: 'STATEMENT_CATEGORY_SCAMS_AND_FRAUD',
    words: 'Scams and/or fraud',
    other: true,
    specifications: [
      { id: 'KEYWORD_IMPERSONATION_ACCOUNT_HIJACKING', words: 'Impersonation or account hijacking' },
      { id: 'KEYWORD_INAUTHENTIC_ACCOUNTS', words: 'Inauthentic accounts' },
      { id: 'KEYWORD_INAUTHENTIC_LISTINGS', words: 'Inauthentic listings' },
      { id: 'KEYWORD_INAUTHENTIC_USER_REVIEWS', words: 'Inauthentic user reviews' },
      { id: 'KEYWORD_PHISHING', words: 'Phishing' },
      { id: 'KEYWORD_PYRAMID_SCHEMES', words: 'Pyramid schemes' },
    ],
  },
  {
    number: 12,
    id: 'STATEMENT_CATEGORY_SELF_HARM',
    words: 'Self-harm',
    other: true,
    specifications: [
      { id: 'KEYWORD_CONTENT_PROMOTING_EATING_DISORDERS', words: 'Content promoting eating disorders' },
      { id: 'KEYWORD_SELF_MUTILATION', words: 'Self-mutilation' },
      { id: 'KEYWORD_SUICIDE', words: 'Suicide' },
    ],
  },
  {
    number: 13,
    id: 'STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS',
    words: 'Unsafe, non-compliant or prohibited products',
    other: true,
    specifications: [
      { id: 'KEYWORD_PROHIBITED_PRODUCTS', words: 'Prohibited or restricted products' },
      { id: 'KEYWORD_UNSAFE_PRODUCTS', words: 'Unsafe or non-compliant products' },
    ],
  },
  {
    number: 14,
    id: 'STATEMENT_CATEGORY_VIOLENCE',
    words: 'Violence',
    other: true,
    specifications: [
      { id: 'KEYWORD_COORDINATED_HARM', words: 'Coordinated harm' },
      {
        id: 'KEYWORD_INCITEMENT_VIOLENCE_HATRED',
        words: 'General calls or incitement to violence and/or hatred',
      },
      { id: 'KEYWORD_HUMAN_EXPLOITATION', words: 'Human exploitation' },
      { id: 'KEYWORD_HUMAN_TRAFFICKING', words: 'Human trafficking' },
      { id: 'KEYWORD_TRAFFICKING_WOMEN_GIRLS', words: 'Trafficking in women and girls' },
    ],
  },
  {
    number: 15,
    id: 'STATEMENT_CATEGORY_OTHER_VIOLATION_TC',
    words: 'Other violation of provider’s terms and conditions',
    other: true,
    specifications: [
      { id: 'KEYWORD_ADULT_SEXUAL_MATERIAL', words: 'Adult sexual material' },
      { id: 'KEYWORD_AGE_SPECIFIC_RESTRICTIONS', words: 'Age-specific restrictions' },
      { id: 'KEYWORD_GEOGRAPHICAL_REQUIREMENTS', words: 'Geographical requirements' },
      {
        id: 'KEYWORD_GOODS_SERVICES_NOT_PERMITTED',
        words: 'Goods/services not permitted to be offered on the platform',
      },
      { id: 'KEYWORD_LANGUAGE_REQUIREMENTS', words: 'Language requirements' },
      { id: 'KEYWORD_NUDITY', words: 'Nudity' },
    ],
  },
  {
    number: 16,
    id: 'STATEMENT_CATEGORY_NOT_SPECIFIED_ORDER',
    words: 'Type of illegal content not specified by the public authority',
    other: false,
    specifications: [],
  },
  {
    number: 17,
    id: 'STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE',
    words: 'Type of alleged illegal content not specified by the notifier',
    other: false,
    specifications: [],
  },
] as const satisfies readonly CategoryRow[];

/** A category's id. */
export type CategoryId = (typeof CATEGORIES)[number]['id'];

/** A sub-category's id; `KEYWORD_OTHER` may stand under any. */
export type SpecificationId =
  | (typeof CATEGORIES)[number]['specifications'][number]['id']
  | 'KEYWORD_STALKING'
  | 'KEYWORD_OTHER';

/** A category, as a plain row. */
export type Category = CategoryRow & { readonly id: CategoryId };

/** What a sub-category that has no name of its own is called. */
export const OTHER: SpecificationId = 'KEYWORD_OTHER';

/** The sub-categories that the database takes: those of the Regulation, and one of its own that no category lists. */
export const SPECIFICATIONS: readonly string[] = [
  ...CATEGORIES.flatMap((each): readonly SpecificationRow[] => each.specifications).map(({ id }) => id),
  'KEYWORD_STALKING',
  OTHER,
];

/** The category of an id, or `undefined`. */
export function categoryById(id: string): Category | undefined {
  return CATEGORIES.find((each) => each.id === id);
}

/** Whether the sub-category may stand under the category. */
export function belongsTo(specification: string, category: string): boolean {
  const found = categoryById(category);
  if (found === undefined) return false;
  if (specification === OTHER) return found.other;
  return found.specifications.some(({ id }) => id === specification);
}
