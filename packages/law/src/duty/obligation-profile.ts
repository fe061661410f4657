/**
 * Which duties bind which kind of service. An operator says what it is; the profile says which rules count for it.
 *
 * Digital Services Act: Arts. 16–18 bind every hosting service; Arts. 20–24 bind online platforms that are not micro or
 * small enterprises (Art. 19; general knowledge and secondary sources). TAKE IT DOWN Act: a covered platform primarily
 * offers a forum for user-generated content, or publishes non-consensual intimate depictions as its regular business; not
 * broadband, not electronic mail, not mainly preselected content (general knowledge and secondary sources).
 * @module
 */

import type { Sureness } from '../source.ts';
import type { Rule } from './rule.ts';

/** What an operator says of its service. */
export interface ServiceFacts {
  readonly kind: 'user-content' | 'search' | 'hosting' | 'preselected' | 'broadband' | 'mail' | 'unknown';
  /** Fewer than 50 staff and at most EUR 10 million: Recommendation 2003/361/EC. */
  readonly smallEnterprise: boolean | 'unknown';
  /** Designated as very large (Art. 33). */
  readonly veryLarge: boolean;
}

/** A named set of duties. */
export interface ObligationProfile {
  readonly id: 'hosting' | 'small-platform' | 'platform' | 'very-large-platform' | 'search';
  /** Articles of the Digital Services Act that count. */
  readonly dsaArticles: readonly number[];
  /** Yearly or half-yearly report; none for small enterprises (Art. 15(2)). */
  readonly transparencyReport: 'none' | 'yearly' | 'half-yearly';
  readonly sureness: Sureness;
}

const HOSTING = [9, 10, 14, 15, 16, 17, 18];
const PLATFORM = [...HOSTING, 20, 21, 22, 23, 24];

/** Every profile. */
export const OBLIGATION_PROFILES: readonly ObligationProfile[] = [
  { id: 'hosting', dsaArticles: HOSTING, transparencyReport: 'yearly', sureness: 'general-knowledge' },
  { id: 'small-platform', dsaArticles: HOSTING, transparencyReport: 'none', sureness: 'general-knowledge' },
  { id: 'platform', dsaArticles: PLATFORM, transparencyReport: 'yearly', sureness: 'general-knowledge' },
  {
    id: 'very-large-platform',
    dsaArticles: PLATFORM,
    transparencyReport: 'half-yearly',
    sureness: 'general-knowledge',
  },
  { id: 'search', dsaArticles: [9, 10, 14, 15], transparencyReport: 'yearly', sureness: 'general-knowledge' },
];

/** The profile of a service; an enterprise of unknown size is treated as bound by everything. */
export function profileOf(facts: ServiceFacts): ObligationProfile {
  const id = profileId(facts);
  return OBLIGATION_PROFILES.find((each) => each.id === id)!;
}

/** Whether a rule of the Digital Services Act binds the profile; rules of other regimes always do here. */
export function binds(profile: ObligationProfile, rule: Rule): boolean {
  if (rule.regime !== 'eu-dsa') return true;
  const article = /Art\. (\d+)/.exec(rule.versions[0]!.source.cite);
  return article !== null && profile.dsaArticles.includes(Number(article[1]));
}

/** Whether the service is a covered platform of the TAKE IT DOWN Act. */
export function isCoveredPlatform(facts: ServiceFacts): boolean | 'unknown' {
  switch (facts.kind) {
    case 'user-content':
      return true;
    case 'unknown':
      return 'unknown';
    case 'search':
    case 'hosting':
    case 'preselected':
    case 'broadband':
    case 'mail':
      return false;
    default:
      return facts.kind satisfies never;
  }
}

function profileId(facts: ServiceFacts): ObligationProfile['id'] {
  if (facts.kind === 'search') return 'search';
  if (facts.veryLarge) return 'very-large-platform';
  if (facts.kind !== 'user-content' && facts.kind !== 'unknown') return 'hosting';
  return facts.smallEnterprise === true ? 'small-platform' : 'platform';
}
