/**
 * What to do for a site that nobody listed: thirteen steps, which of them count for a case, and when each may begin.
 *
 * Order. Age comes before anything else, and a picture of somebody under 18 ends the list there. A site that mocks or
 * extorts is not written to: its own route and its own notice are skipped, and a support worker is asked in. Waiting times are ours, not
 * the law's: own route and search engines at once, host after 24 hours of silence, registrar and money after 72 hours.
 * @module
 */

import { SITE_STEPS } from './site-step.ts';

/** What is known of the site and the case. */
export interface UnknownSiteFacts {
  readonly minor: boolean | 'unknown';
  /** Whether the site is known to mock, re-post or extort. */
  readonly hostile: boolean;
  /** Whether the site exists for abuse. */
  readonly madeForAbuse: boolean;
  readonly country: string | 'unknown';
}

/** A step. */
export interface SiteStep {
  /** 1 to 13. */
  readonly number: number;
  readonly id: string;
  readonly text: string;
  /** Hours after the first step at which it may begin, if nothing answered; 0 at once; null at the limit that the law sets. */
  readonly afterHours: number | null;
  /** True where a support worker should be there. */
  readonly withSupport: boolean;
}

/** What the footer of a site may call its route, in the order in which to look. */
export const FOOTER_WORDS: readonly string[] = [
  'content removal',
  'complaint',
  'report',
  'abuse',
  'NCII',
  'TIDA',
  '2257',
  'DMCA',
  'contact',
  'imprint',
  'Impressum',
  'notice and action',
  'grievance',
];

/** All thirteen steps, for a reader. */
export const ALL_SITE_STEPS: readonly SiteStep[] = SITE_STEPS.map((each, at) => ({
  ...each,
  number: at + 1,
  withSupport: false,
}));

/** The steps that count for the case, in order. */
export function unknownSiteSteps(facts: UnknownSiteFacts): readonly SiteStep[] {
  if (facts.minor === true) return ALL_SITE_STEPS.slice(0, 2);
  return ALL_SITE_STEPS.filter((each) => {
    if (facts.hostile && (each.id === 'own-route' || each.id === 'agent-directory')) return false;
    return each.id !== 'registrar' || facts.madeForAbuse;
  }).map((each) => {
    if (!facts.hostile || each.number < 7) return each;
    // Nothing of the site's own is waited for, so what came after its silence comes at once.
    return { ...each, withSupport: true, afterHours: each.afterHours === 24 ? 0 : each.afterHours };
  });
}
