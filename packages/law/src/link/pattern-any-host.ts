/**
 * Shapes of links, in the order in which they are tried: Shapes on any host: software guessed from its paths, then bare files, then every other page.
 *
 * General knowledge, checked against invented examples, except Bluesky's shape, which its own page shows (2026).
 * @module
 */

import type { PatternRow } from './pattern.ts';

/** Platform, hosts, expression over path and query, kind, and a note for the person where there is one. */
export const PATTERNS_ANY_HOST: readonly PatternRow[] = [
  [
    'mastodon ?',
    'any',
    /^\/@\w+@[a-z0-9.-]+\/\d+/,
    'post_remote_copy',
    'copy on this server; origin server is after the second @',
  ],
  [
    'mastodon ?',
    'any',
    /^\/(@\w+\/\d{15,}|users\/[^/]+\/statuses\/\d+)/,
    'post',
    'confirm with /api/v2/instance',
  ],
  ['lemmy ?', 'any', /^\/pictrs\/image\//, 'image_cdn'],
  ['xenforo ?', 'any', /^\/(index\.php\?)?\/?threads\/[^/]+\.\d+/, 'forum_thread'],
  ['phpbb ?', 'any', /\/viewtopic\.php\?/, 'forum_thread'],
  ['vbulletin ?', 'any', /\/showthread\.php/, 'forum_thread'],
  ['smf ?', 'any', /\/index\.php\?topic=/, 'forum_thread'],
  ['imageboard ?', 'any', /^\/[a-z0-9]{1,10}\/(res|thread)\/\d+(\.html)?/, 'post'],
  ['lemmy ?', 'any', /^\/(post|comment)\/\d+\/?$/, 'post', 'confirm with /api/v3/site'],
  ['discourse ?', 'any', /^\/t\/[^/]+\/\d+/, 'forum_thread'],
  ['image-file', 'any', /\.(jpe?g|png|gif|webp|avif|mp4|webm|mov)$/, 'file', 'bare file: find the page too'],
  ['unknown-site', 'any', /^\//, 'page', 'use the unknown-site steps'],
];
