/**
 * All shapes of links in the order in which they are tried. The first that fits wins, and shapes of any host come last.
 * @module
 */

import type { PatternRow } from './pattern.ts';
import { PATTERNS_ANY_HOST } from './pattern-any-host.ts';
import { PATTERNS_FILES_ADULT_REGIONAL } from './pattern-files-adult-regional.ts';
import { PATTERNS_GOOGLE_SEARCH_CHAT } from './pattern-google-search-chat.ts';
import { PATTERNS_REDDIT_YOUTUBE } from './pattern-reddit-youtube.ts';
import { PATTERNS_RENTED_SPACE } from './pattern-rented-space.ts';
import { PATTERNS_TWITCH_TO_FLICKR } from './pattern-twitch-to-flickr.ts';
import { PATTERNS_WRAPPERS_META_X_SNAP } from './pattern-wrappers-meta-x-snap.ts';

/** Every row. */
export const PATTERNS: readonly PatternRow[] = [
  ...PATTERNS_WRAPPERS_META_X_SNAP,
  ...PATTERNS_REDDIT_YOUTUBE,
  ...PATTERNS_GOOGLE_SEARCH_CHAT,
  ...PATTERNS_TWITCH_TO_FLICKR,
  ...PATTERNS_FILES_ADULT_REGIONAL,
  ...PATTERNS_RENTED_SPACE,
  ...PATTERNS_ANY_HOST,
];
