/**
 * What to do for a site that nobody listed: thirteen steps, which of them count for a case, and when each may begin.
 *
 * Order. Age comes before anything else, and a picture of somebody under 18 ends the list there. A site that mocks or
 * extorts is not written to: its own route and its own notice are skipped, and a support worker is asked in. Waiting times are ours, not
 * the law's: own route and search engines at once, host after 24 hours of silence, registrar and money after 72 hours.
 * @module
 */

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

const STEPS: readonly Omit<SiteStep, 'number' | 'withSupport'>[] = [
  step(
    'read-link',
    'Read the link, unwrap redirects and archives; both are targets while both are there.',
    0,
  ),
  step(
    'age',
    'Ask about age. Under 18 in the picture: stop here and go to the hotline; nothing is archived.',
    0,
  ),
  step(
    'keep',
    'Keep what disappears. Never save the page to a public archive: that makes another public copy.',
    0,
  ),
  step('risk', 'Is the site hostile, or does it extort? Then it is not written to.', 0),
  step(
    'own-route',
    "The site's own route, in this order: the report link on the item; words in the footer (content removal, complaint, report, abuse, NCII, TIDA, 2257, DMCA, contact, imprint, Impressum, notice and action, grievance); /.well-known/security.txt as a last resort; the terms for the name of the operator. In the United States look for the notice that the law demands on the home page.",
    0,
  ),
  step(
    'agent-directory',
    "The copyright office's directory of agents (copyright.gov/dmca-directory) by operator or domain: it gives a name that can be reached, even if no copyright notice is sent.",
    0,
  ),
  step(
    'domain',
    'The registration of the domain (RDAP): registrar, its abuse contact, name servers, dates. A blank owner is normal.',
    24,
  ),
  step(
    'network',
    'The network of the address (RDAP): its abuse contact. If it belongs to a content delivery network, that is not the host: report there and ask who hosts.',
    24,
  ),
  step(
    'host',
    "Mail to the host's abuse contact: the law of its country in one line, addresses of the items, no attachment, the relay address. Then the network above it.",
    24,
  ),
  step('search', 'Search engines, on the same day as the own route.', 0),
  step('registrar', 'The registrar, only for sites made for abuse; expect little.', 72),
  step(
    'money',
    'Payment processor, advertising network, application store, link shortener. Most addresses are unknown here.',
    72,
  ),
  step('authority', 'Regulator or police. Look again by schedule.', null),
];

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
export const ALL_SITE_STEPS: readonly SiteStep[] = STEPS.map((each, at) => ({
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

function step(id: string, text: string, afterHours: number | null): Omit<SiteStep, 'number' | 'withSupport'> {
  return { id, text, afterHours };
}
