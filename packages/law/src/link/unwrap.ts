/**
 * What a link carries inside: redirects, search results, archives, translations, AMP copies. Only the text is read; nothing
 * is ever asked of a network, so a short link stays closed until the person opens it.
 * @module
 */

import type { LinkKind } from './pattern.ts';

/** The links inside, in order; empty where there is none. `kind` is what the outer link was recognised as. */
export function innerLinks(url: URL, platform: string, kind: LinkKind): readonly string[] {
  const translated = translatedPage(url);
  if (translated !== undefined) return [translated];
  const amp = ampPage(url);
  if (amp !== undefined) return [amp];
  const yahoo = yahooRedirect(url);
  if (yahoo !== undefined) return [yahoo];
  if (kind === 'redirect') return parameters(url, ['u', 'url', 'q', 'to', 'uddg']).slice(0, 1);
  if (kind === 'search_result') return parameters(url, ['imgrefurl', 'imgurl']);
  if (platform === 'wayback') return archived(url);
  return [];
}

/** The query with its question mark and without the parameters whose names match; empty where none is left. */
export function queryWithout(url: URL, names: RegExp): string {
  const search = new URLSearchParams(url.search);
  for (const name of [...search.keys()]) if (names.test(name)) search.delete(name);
  return search.size === 0 ? '' : `?${search}`;
}

function parameters(url: URL, names: readonly string[]): readonly string[] {
  return names
    .map((name) => url.searchParams.get(name))
    .filter((value) => value !== null)
    .filter((value) => /^https?:\/\//i.test(value));
}

/** `web.archive.org/web/20300101000000/https://…`; the inner link may have lost one of its slashes. */
function archived(url: URL): readonly string[] {
  const found = /^\/web\/\d{4,14}[a-z_]*\/(.+)$/.exec(url.pathname + url.search);
  if (found === null) return [];
  const inner = found[1]!;
  return [/^https?:/i.test(inner) ? inner.replace(/^(https?:)\/*/i, '$1//') : `http://${inner}`];
}

/** `example-org.translate.goog`: a hyphen is a dot, two are one hyphen. */
function translatedPage(url: URL): string | undefined {
  if (!url.hostname.endsWith('.translate.goog')) return undefined;
  const label = url.hostname.slice(0, -'.translate.goog'.length);
  const host = label
    .split('--')
    .map((part) => part.replaceAll('-', '.'))
    .join('-');
  return `https://${host}${url.pathname}${queryWithout(url, /^_x_tr_/)}`;
}

function ampPage(url: URL): string | undefined {
  const viewer = /(^|\.)google\.com$/.test(url.hostname) ? /^\/amp\/(s\/)?(.+)$/ : undefined;
  const cache = url.hostname.endsWith('.cdn.ampproject.org') ? /^\/[cv]\/(s\/)?(.+)$/ : undefined;
  const found = (viewer ?? cache)?.exec(url.pathname);
  if (found === null || found === undefined) return undefined;
  return `${found[1] === undefined ? 'http' : 'https'}://${found[2]}${url.search}`;
}

function yahooRedirect(url: URL): string | undefined {
  if (!/(^|\.)search\.yahoo\.com$/.test(url.hostname)) return undefined;
  const found = /\/RU=([^/]+)/.exec(url.pathname);
  if (found === null) return undefined;
  try {
    const inner = decodeURIComponent(found[1]!);
    return /^https?:\/\//i.test(inner) ? inner : undefined;
  } catch {
    return undefined;
  }
}
