/**
 * The two strings that a platform configures: where its organisation's node is, and the key to it.
 *
 * Both are secrets to a log: the messages here say what was expected and never what was given.
 * @module
 */

import type { Brand } from '@reclaim/fingerprint/brand';

/** A key's token, `rk_`, 32 hex digits of its public id, `_`, 43 base64url characters of secret. */
export type ApiKey = Brand<string, 'ApiKey'>;

/** The address of a node: http(s), no query, no fragment, no user, no `/` at its end. */
export type NodeUrl = Brand<string, 'NodeUrl'>;

/** @throws {TypeError} unless `text` has the form of a key; the message never holds the text */
export function parseApiKey(text: string): ApiKey {
  if (!/^rk_[0-9a-f]{32}_[A-Za-z0-9_-]{43}$/.test(text)) {
    throw new TypeError('Reclaim key: expected rk_, 32 hex digits, _ and 43 characters');
  }
  return text as ApiKey;
}

/**
 * A path before the API's own is kept (`https://example.org/reclaim`), for nodes behind a proxy.
 * @throws {TypeError} unless `text` is an http or https address; the message never holds the text
 */
export function parseNodeUrl(text: string): NodeUrl {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new TypeError('Reclaim url: expected an http or https address');
  }
  // A key belongs into the header: what stands in a URL ends in the logs of every proxy on the way.
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new TypeError('Reclaim url: expected no user, password, query or fragment');
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}` as NodeUrl;
}
