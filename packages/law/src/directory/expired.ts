/**
 * Services that circulate in lists and must not be given to anybody, and guides that no row of a channel holds.
 * @module
 */

/** A service not to be given. */
export interface Withdrawn {
  readonly name: string;
  readonly why: string;
}

/** Every service that is known to be over. */
export const WITHDRAWN_SERVICES: readonly Withdrawn[] = [
  { name: 'Intimate Images Legal Advice (British Columbia)', why: 'its pilot ended in March 2025' },
];

/** A page that helps to remove without being a channel of its own. */
export interface Guide {
  readonly id: string;
  readonly name: string;
  /** Without scheme, as seen. */
  readonly address: string;
  readonly effect: string;
  /** As in the directory. */
  readonly confidence: 'A' | 'B' | 'C';
  readonly source: string;
}

/** Every such page. */
export const GUIDES: readonly Guide[] = [
  {
    id: 'google-name-tied',
    name: 'Google, a name tied to sexual sites without reason',
    address: 'support.google.com/websearch/answer/11320483',
    effect: 'takes results out of the index',
    confidence: 'A',
    source: "Google's help, read on a mirror",
  },
  {
    id: 'google-overview',
    name: 'Google, overview for people',
    address: 'support.google.com/websearch/answer/13650142',
    effect: 'shows all its routes',
    confidence: 'A',
    source: "Google's help, read on a mirror",
  },
  {
    id: 'meta-safety',
    name: 'Meta, safety pages on intimate images',
    address: 'about.meta.com/actions/safety/topics/bullying-harassment/ncii',
    effect: 'leads to removal and to the block of copies',
    confidence: 'A',
    source: "Meta's own page",
  },
  {
    id: 'ccri-removal-guide',
    name: 'CCRI online removal guide',
    address: 'cybercivilrights.org/online-removal',
    effect: 'an index of routes of platforms, old',
    confidence: 'A',
    source: "the organisation's own page",
  },
];
