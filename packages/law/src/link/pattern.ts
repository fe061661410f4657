/**
 * What a row of the link table is, and how a host matches it.
 * @module
 */

/** What a link points at. */
export type LinkKind =
  | 'post'
  | 'comment'
  | 'video'
  | 'story'
  | 'live'
  | 'message'
  | 'profile'
  | 'group'
  | 'invite'
  | 'page'
  | 'paste'
  | 'file'
  | 'file_share'
  | 'forum_thread'
  | 'app'
  | 'image_cdn'
  | 'search_result'
  | 'search_thumb'
  | 'archive_copy'
  | 'redirect'
  | 'short_link'
  | 'rented_space'
  | 'post_remote_copy';

/**
 * A row: the platform (with ` ?` where its software is only guessed from the shape and its API has to confirm it), the
 * hosts separated by spaces or `any`, the expression over path and query, the kind, a note.
 */
export type PatternRow = readonly [
  platform: string,
  hosts: string,
  expression: RegExp,
  kind: LinkKind,
  note?: string,
];

const COUNTRY_SUFFIX = /^(com?\.)?[a-z]{2}$/;

/**
 * Whether the host is the pattern's or lies under it, by whole labels: `x.com` takes `mobile.x.com` and neither
 * `notx.com` nor `x.com.evil.example`. A pattern that ends in `.*` takes country suffixes (`de`, `co.uk`) there.
 */
export function hostMatches(host: string, pattern: string): boolean {
  if (pattern === 'any') return true;
  if (!pattern.endsWith('.*')) return host === pattern || host.endsWith(`.${pattern}`);
  const name = pattern.slice(0, -1);
  const at = `.${host}`.lastIndexOf(`.${name}`);
  return at >= 0 && COUNTRY_SUFFIX.test(host.slice(at + name.length));
}
