/**
 * Shapes of links, in the order in which they are tried: Reddit and YouTube.
 *
 * General knowledge, checked against invented examples, except Bluesky's shape, which its own page shows (2026).
 * @module
 */

import type { PatternRow } from './pattern.ts';

/** Platform, hosts, expression over path and query, kind, and a note for the person where there is one. */
export const PATTERNS_REDDIT_YOUTUBE: readonly PatternRow[] = [
  ['reddit', 'reddit.com', /^\/(r|user|u)\/[^/]+\/comments\/[a-z0-9]+\/[^/]*\/[a-z0-9]+/, 'comment'],
  ['reddit', 'reddit.com', /^\/((r|user|u)\/[^/]+\/)?(comments|gallery)\/[a-z0-9]+/, 'post'],
  ['reddit', 'reddit.com', /^\/r\/[^/]+\/s\//, 'short_link', 'share link'],
  ['reddit', 'reddit.com', /^\/(user|u)\/[^/]+\/?$/, 'profile'],
  ['reddit', 'reddit.com', /^\/r\/[^/]+\/?$/, 'group', 'community'],
  ['reddit', 'i.redd.it preview.redd.it v.redd.it', /^\//, 'image_cdn', 'report post and file address'],
  ['reddit', 'redd.it', /^\/[a-z0-9]+/, 'short_link'],
  [
    'youtube',
    'youtube.com',
    /^\/(watch\?.*v=|shorts\/|live\/|embed\/)/,
    'video',
    'keep t = moment in the video',
  ],
  ['youtube', 'youtu.be', /^\/[\w-]+/, 'video'],
  ['youtube', 'youtube.com', /^\/(post\/|channel\/[^/]+\/community)/, 'post', 'community post'],
  ['youtube', 'youtube.com', /^\/(@[^/]+|channel\/[^/]+|c\/[^/]+|user\/[^/]+)\/?$/, 'profile'],
  ['youtube-cdn', 'ytimg.com', /^\//, 'image_cdn', 'thumbnail; carries the video id'],
];
