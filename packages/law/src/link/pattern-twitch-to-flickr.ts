/**
 * Shapes of links, in the order in which they are tried: Twitch to Flickr.
 *
 * General knowledge, checked against invented examples, except Bluesky's shape, which its own page shows (2026).
 * @module
 */

import type { PatternRow } from './pattern.ts';

/** Platform, hosts, expression over path and query, kind, and a note for the person where there is one. */
export const PATTERNS_TWITCH_TO_FLICKR: readonly PatternRow[] = [
  ['twitch', 'clips.twitch.tv', /^\/.+/, 'video', 'clip'],
  ['twitch', 'twitch.tv', /^\/(videos\/\d+|[^/]+\/(clip|v)\/)/, 'video'],
  ['twitch', 'twitch.tv', /^\/\w+\/?$/, 'profile'],
  ['kick', 'kick.com', /^\/[^/]+\/(videos|clips)\//, 'video'],
  ['kick', 'kick.com', /^\/[\w-]+\/?$/, 'profile'],
  ['pinterest', 'pin.it', /^\/.+/, 'short_link'],
  ['pinterest-cdn', 'pinimg.com', /^\//, 'image_cdn'],
  ['pinterest', 'pinterest.com pinterest.co.uk pinterest.de', /^\/pin\//, 'post'],
  ['pinterest', 'pinterest.com', /^\/[^/]+\/[^/]+\/?$/, 'group', 'board'],
  ['pinterest', 'pinterest.com', /^\/[^/]+\/?$/, 'profile'],
  ['tumblr-cdn', 'media.tumblr.com', /^\//, 'image_cdn'],
  ['tumblr', 'tumblr.com', /^\/(post\/\d+|[a-z0-9-]+\/\d{9,})/, 'post', 'reblogs are separate copies'],
  ['tumblr', 'tumblr.com', /^\//, 'profile'],
  ['linkedin', 'linkedin.com', /^\/(posts\/|feed\/update\/urn:li:)/, 'post'],
  ['linkedin', 'linkedin.com', /^\/(in|company)\/[^/]+/, 'profile'],
  [
    'bluesky',
    'bsky.app',
    /^\/profile\/[^/]+\/post\/[a-z0-9]+/,
    'post',
    "shape named on the service's own page",
  ],
  ['bluesky', 'bsky.app', /^\/profile\/[^/]+\/?$/, 'profile'],
  ['bluesky-cdn', 'cdn.bsky.app', /^\/img\//, 'image_cdn', 'carries the account DID'],
  ['wordpress-com', 'wordpress.com', /^\//, 'page'],
  ['imgur', 'i.imgur.com', /^\/[A-Za-z0-9]+\./, 'image_cdn', 'same id as the page'],
  ['imgur', 'imgur.com', /^\/(a|gallery|t\/[^/]+)\//, 'post', 'album'],
  ['imgur', 'imgur.com', /^\/[A-Za-z0-9]{5,}$/, 'post'],
  ['flickr', 'flic.kr', /^\/p\//, 'short_link'],
  ['flickr-cdn', 'staticflickr.com', /^\//, 'image_cdn', 'photo id is the number before the first _'],
  ['flickr', 'flickr.com', /^\/photos\/[^/]+\/\d+/, 'post'],
  ['flickr', 'flickr.com', /^\/(photos|people)\/[^/]+\/?$/, 'profile'],
];
