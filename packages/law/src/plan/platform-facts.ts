/**
 * What the platform of a link is to the law: what kind of service, where it is offered, and how many addresses one notice to a
 * channel may hold.
 *
 * The kinds are general knowledge: of a file store, a code host or an archive nobody read whether it is a covered platform, so
 * it is `unknown`, which starts no duty and rules none out. A service of one country is offered to nobody knows whom.
 * @module
 */

import type { Channel } from '../channel/channel.ts';
import { RELAY_LIMITS } from '../channel/relay-report.ts';
import type { ItemFacts } from '../duty/applicable.ts';
import type { ServiceFacts } from '../duty/obligation-profile.ts';

const set = (names: string): ReadonlySet<string> => new Set(names.split(' '));

const SEARCH = set(
  'google-search google-thumb bing bing-thumb yahoo-search duckduckgo brave-search yandex yandex-thumb baidu naver-search',
);
const HOSTS = set('aws cloudflare-hosted digitalocean azure vercel netlify');
const UNSURE = set(
  'wayback archive-org archive-today google-drive google-docs google-photos google-sites google-usercontent blogger onedrive dropbox mega icloud github github-raw wordpress-com pastebin rentry telegraph signal app-store play-store wrapper short-link image-file unknown-site',
);
const ONE_COUNTRY = set('weibo baidu naver-blog naver-search kakao vk ok line');

/** The kind of service and the places, as far as anybody may say. `guessed` is true where the software is a guess. */
export function platformFacts(
  platform: string,
  guessed: boolean,
): { readonly service: ServiceFacts; readonly offeredIn: ItemFacts['offeredIn'] } {
  const unsure = guessed || UNSURE.has(platform);
  const kind = SEARCH.has(platform)
    ? 'search'
    : HOSTS.has(platform)
      ? 'hosting'
      : unsure
        ? 'unknown'
        : 'user-content';
  const anywhere = platform !== 'unknown-site' && platform !== 'image-file' && !guessed;
  return {
    service: { kind, smallEnterprise: 'unknown', veryLarge: false },
    offeredIn: anywhere && !ONE_COUNTRY.has(platform) ? 'world' : 'unknown',
  };
}

/** Whether the link is of a search engine: a result, or a preview that is the engine's own copy. */
export function isSearchEngine(platform: string): boolean {
  return SEARCH.has(platform);
}

/** Limits that a service states itself, by channel. */
const STATED: Readonly<Record<string, number>> = {
  // "One report for each piece of media" (D1).
  'discord-tida': 1,
  // Up to 1,000 addresses in 2023 (G4).
  'google-form': 1_000,
  'cloudflare-ncsei': RELAY_LIMITS.links,
};

/**
 * How many addresses one notice to the channel may hold. Where the service states nothing: one for a form, a report in an app
 * and whatever else tracks items one by one; many for mail, which a person would otherwise write forty times.
 */
export function linksPerNotice(channel: Channel | null): number {
  if (channel === null) return 20;
  const stated = STATED[channel.id];
  if (stated !== undefined) return stated;
  if (channel.kinds.includes('mail')) return 50;
  if (channel.effect === 'index' || channel.needs.some((need) => need.startsWith('URLs'))) return 20;
  return 1;
}
