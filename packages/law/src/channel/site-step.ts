/**
 * The thirteen steps for a site that nobody listed, as rows: what to do, and how long after the first step it may begin.
 * @module
 */

/** A step as a row. */
export interface SiteStepRow {
  readonly id: string;
  readonly text: string;
  /** Hours after the first step at which it may begin, if nothing answered; 0 at once; null at the limit that the law sets. */
  readonly afterHours: number | null;
}

/** Every step, in order. */
export const SITE_STEPS: readonly SiteStepRow[] = [
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

function step(id: string, text: string, afterHours: number | null): SiteStepRow {
  return { id, text, afterHours };
}
