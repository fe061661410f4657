/**
 * Shapes of links, in the order in which they are tried: Space rented by anyone: the host is the channel.
 *
 * General knowledge, checked against invented examples, except Bluesky's shape, which its own page shows (2026).
 * @module
 */

import type { PatternRow } from './pattern.ts';

/** Platform, hosts, expression over path and query, kind, and a note for the person where there is one. */
export const PATTERNS_RENTED_SPACE: readonly PatternRow[] = [
  ['aws', 'amazonaws.com cloudfront.net', /^\//, 'rented_space', 'host channel'],
  ['cloudflare-hosted', 'pages.dev workers.dev r2.dev', /^\//, 'rented_space', 'here Cloudflare IS the host'],
  ['digitalocean', 'digitaloceanspaces.com ondigitalocean.app', /^\//, 'rented_space'],
  ['azure', 'blob.core.windows.net azurewebsites.net', /^\//, 'rented_space'],
  ['vercel', 'vercel.app', /^\//, 'rented_space'],
  ['netlify', 'netlify.app', /^\//, 'rented_space'],
];
