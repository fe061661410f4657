/**
 * Every channel as it was researched, and what the research said of it: what asking sets in motion, whether an account is needed,
 * whether somebody may ask for another, who learns the name, the elements of a law that it needs, the hours that it or the law names,
 * how sure the row is, and which traps are told beside it. A cell that changes in a row has to change here too, where somebody
 * compares it with the source.
 *
 * Name: P the platform only, F the uploader is told of a complaint, N of the name, L a public archive may get it, H the host or
 * customer, V volunteer moderators. T4 are the four elements of the United States, D6 the six of copyright. `?` was not found.
 * @module
 */

import assert from 'node:assert/strict';
import test from 'node:test';
import { parseDay } from '../day.ts';
import type { Channel, NameSeenBy } from './channel.ts';
import { channelsFor } from './channel-order.ts';
import { CHANNELS } from './channels.ts';
import { TRAPS } from './trap.ts';
import { trapsOf, trapsOfPlatform } from './traps-of.ts';

/** id, effect, account, representative, name, elements, hours, confidence, traps. */
const READ = `
  meta-ncii legal-form no yes P - - A message-inside+shared-device
  facebook-inapp in-app yes ? P - - B shared-device
  instagram-inapp in-app yes ? P - - A shared-device
  meta-direct in-app yes yes P - - A message-inside+shared-device
  threads-inapp in-app yes ? P - - A shared-device
  whatsapp-inapp in-app yes no P - - B whatsapp-last-five+shared-device
  whatsapp-india grievance-officer no ? ? - - C whatsapp-last-five+shared-device
  meta-india grievance-officer ? ? ? - - C message-inside+whatsapp-last-five+shared-device
  x-tida legal-form no yes ? T4 48 A shared-device
  x-global safety-form ? ? ? - - A shared-device
  x-india grievance-officer ? ? ? - - C shared-device
  x-dmca copyright no yes NL D6 - C shared-device
  tiktok-inapp in-app yes ? P - - A shared-device
  tiktok-privacy safety-form ? ? ? - - A shared-device
  tiktok-tida legal-form no yes ? T4 48 C shared-device
  snapchat-inapp in-app yes ? ? - 24 A snap-ip-form+shared-device
  snapchat-web unknown no ? ? T4 - C snap-ip-form+shared-device
  snapchat-india grievance-officer no ? ? - - C snap-ip-form+shared-device
  reddit-form safety-form no ? ? - - C reddit-moderators+shared-device
  reddit-inapp in-app yes ? ? - - A reddit-moderators+shared-device
  reddit-india grievance-officer ? ? ? - - C reddit-moderators+shared-device
  youtube-privacy safety-form ? limited F - - A youtube-tells-first+shared-device
  youtube-ncii legal-form no yes ? T4 48 C shared-device
  discord-tida legal-form no yes P T4 48 A discord-link-expires+discord-legal-name+shared-device
  discord-general safety-form no yes ? - - A discord-link-expires+shared-device
  telegram-inapp in-app yes no ? - - C telegram-private+shared-device
  telegram-mail mail no ? ? - - C telegram-private+shared-device
  telegram-minor child no ? ? - - C telegram-private+shared-device
  telegram-dmca copyright no yes N D6 - C telegram-private+shared-device
  telegram-support safety-form no ? ? - - C telegram-private+shared-device
  signal none ? ? ? - - K shared-device
  twitch-inapp in-app yes ? ? - - C shared-device
  kick unknown ? ? ? - - C shared-device
  pinterest-inapp safety-form ? ? ? - - A shared-device
  tumblr-privacy safety-form ? ? ? - - B shared-device+reblogs
  tumblr-mail mail no ? ? - - B shared-device+reblogs
  linkedin safety-form ? ? ? - - C shared-device
  bluesky-ncii legal-form no yes ? - 48 A shared-device
  bluesky-law legal-form ? ? ? - - A shared-device
  mastodon-admin mail no yes ? - - A remote-copy+shared-device
  mastodon-report in-app yes ? V - - A remote-copy+shared-device
  lemmy-admin in-app ? ? V - - K remote-copy+shared-device
  vimeo-privacy safety-form ? ? N - - A shared-device
  google-explicit index ? yes P - - A shared-device+google-only-submitted+thumb-is-engine+index-not-page
  google-fake index ? yes P - - A shared-device+google-only-submitted+thumb-is-engine+index-not-page
  google-form index ? yes P - - C shared-device+google-only-submitted+thumb-is-engine+index-not-page
  google-form2 index ? ? ? - - C shared-device+google-only-submitted+thumb-is-engine+index-not-page
  google-all legal-form ? ? ? - 48 C shared-device+google-only-submitted+thumb-is-engine+index-not-page
  google-eu index ? yes P - - C shared-device+index-not-page
  bing-ncii index ? ? ? - - B shared-device+thumb-is-engine+index-not-page
  bing-eu index ? ? ? - - B shared-device+index-not-page
  bing-gone index ? ? ? - - C shared-device+thumb-is-engine+index-not-page
  microsoft-hosted safety-form ? ? ? - - C shared-device
  duckduckgo index ? ? ? - - A shared-device+index-not-page+bing-first
  yandex-explicit index ? ? ? - - A shared-device+yandex-turkish+thumb-is-engine+index-not-page
  baidu-cache index ? ? ? - - C shared-device
  yahoo-search unknown ? ? ? - - C shared-device+index-not-page
  brave-search unknown ? ? ? - - C shared-device+index-not-page
  ecosia unknown ? ? ? - - C shared-device
  naver-search unknown ? ? ? - - C shared-device
  google-hosted safety-form ? ? L - - A shared-device
  dropbox mail no ? ? - - C shared-device
  mega mail no ? ? - - B shared-device+mega-key
  icloud unknown ? ? ? - - C shared-device
  apple-hosted unknown ? ? ? - - C shared-device
  imgur safety-form ? ? ? - - C shared-device
  flickr unknown ? ? ? - - C shared-device
  github-abuse safety-form ? ? ? - - A shared-device+github-private-route
  github-india grievance-officer ? ? ? - - A shared-device+github-private-route
  wordpress-com safety-form no ? ? - - A shared-device+made-with-wordpress
  pastebin mail no ? ? - - A shared-device+pastebin-english
  internet-archive mail no ? ? - - A shared-device+archive-no-promise
  archive-today unknown ? ? ? - - C shared-device
  apple-appstore unknown ? ? ? - - C shared-device
  google-play unknown ? ? ? - - C shared-device
  pornhub-removal safety-form ? ? ? - - A shared-device+identity-paper
  aylo-network safety-form ? ? ? - - C shared-device
  pornhub-flagger partner ? ? ? - - A shared-device+identity-paper
  xvideos mail ? ? ? - - C shared-device+identity-paper
  xnxx safety-form ? ? ? - - C shared-device+identity-paper
  xhamster safety-form ? ? ? - - C shared-device+identity-paper
  redgifs mail ? yes ? - - A shared-device+identity-paper+embedded-twice
  onlyfans mail ? ? ? - - C shared-device+withdraw-consent
  onlyfans-dmca copyright ? ? N D6 - C shared-device+withdraw-consent
  chaturbate copyright ? ? N D6 - C shared-device
  spankbang in-app ? ? ? - - B shared-device+identity-paper
  patreon copyright ? ? N D6 - C shared-device
  fansly unknown ? ? ? - - C shared-device
  fanvue unknown ? ? ? - - C shared-device
  other-cam-sites unknown ? ? ? - - C shared-device
  match-group safety-form ? yes ? - - A shared-device+no-item-link
  pof in-app ? ? ? - - A shared-device+no-item-link
  match-copyright copyright ? yes ? D6 - A shared-device+no-item-link
  bumble unknown ? ? ? - - C shared-device+no-item-link
  roblox unknown ? ? ? - - C shared-device
  grindr in-app ? ? ? - - C shared-device+no-item-link
  naver legal-form ? yes ? - - B shared-device+korea-public-only
  kakao unknown ? yes ? - - B shared-device+korea-public-only
  line safety-form ? ? ? - - C shared-device
  weibo in-app ? ? ? - - C shared-device
  vk unknown ? ? ? - - C shared-device
  ok unknown ? ? ? - - C shared-device
  sharechat-moj grievance-officer ? ? ? - - C shared-device
  4chan in-app ? ? ? - - C shared-device+thread-expires
  imageboards in-app ? ? ? - - K shared-device
  forum-software in-app yes ? ? - - K shared-device+software-maker
  cloudflare-ncsei infrastructure ? ? HL - - A shared-device+stay-anonymous
  cloudflare-registrar infrastructure ? ? H - - C shared-device+registrar-terms
  aws infrastructure ? ? H - - C shared-device+mail-passed-on
  google-cloud infrastructure ? ? ? - - C shared-device
  azure infrastructure ? ? ? - - C shared-device
  ovh infrastructure ? ? H - - C shared-device+mail-passed-on
  hetzner infrastructure ? ? H - - C shared-device+mail-passed-on
  digitalocean infrastructure ? ? ? - - C shared-device
  hostinger infrastructure ? ? ? - - C shared-device
  namecheap infrastructure ? ? ? - - C shared-device
  godaddy infrastructure ? ? ? - - C shared-device
  tucows infrastructure ? ? ? - - C shared-device
  namesilo infrastructure ? ? ? - - C shared-device
  porkbun infrastructure ? ? ? - - C shared-device
  dynadot infrastructure ? ? ? - - C shared-device
  newfold infrastructure ? ? ? - - C shared-device
  gandi infrastructure ? ? ? - - C shared-device
  any-registrar infrastructure ? ? H - - A shared-device+registrar-terms
  any-network infrastructure ? ? H - - C shared-device+mail-passed-on+marker-address
`;

const NAMES: Readonly<Record<NameSeenBy, string>> = {
  'platform-only': 'P',
  'uploader-told-of-a-complaint': 'F',
  'uploader-told-the-name': 'N',
  'public-archive-lumen': 'L',
  'host-or-customer': 'H',
  'volunteer-moderators': 'V',
  unknown: '?',
};

function lineOf(channel: Channel): string {
  const known = (value: string) => (value === 'unknown' ? '?' : value);
  return [
    channel.id,
    channel.effect,
    known(channel.account),
    known(channel.representative),
    channel.nameSeenBy.map((each) => NAMES[each]).join(''),
    ['T4', 'D6'].find((each) => channel.needs.includes(each)) ?? '-',
    channel.publishedHours ?? '-',
    channel.confidence,
    trapsOf(channel)
      .map(({ id }) => id)
      .join('+') || '-',
  ].join(' ');
}

test('every channel says what was researched of it, cell by cell', () => {
  const read = READ.trim().split(/\n\s*/);
  assert.deepEqual(CHANNELS.map(lineOf).sort(), read.sort());
  assert.equal(read.length, 125);
});

test('every trap is told beside a channel or where somebody asks a place that has none', () => {
  const told = new Set(CHANNELS.flatMap((each) => trapsOf(each).map(({ id }) => id)));
  const elsewhere = TRAPS.filter(({ id }) => !told.has(id)).map(({ id, at }) => `${id} ${at.join('+')}`);
  assert.deepEqual(elsewhere, ['pay-to-remove unknown-site', 'repost-mockery unknown-site']);
  assert.deepEqual(
    trapsOfPlatform('unknown-site').map(({ id }) => id),
    TRAPS.filter(({ at }) => at.includes('unknown-site')).map(({ id }) => id),
  );
});

test('who may not ask is not offered: no account, no copyright, another country, a minor', () => {
  const facts = {
    country: 'DE',
    minor: false,
    hasAccount: 'unknown',
    madeByPerson: false,
    partner: false,
  } as const;
  const day = parseDay('2026-11-22');
  const platforms = [...new Set(CHANNELS.flatMap((each) => each.platforms))];
  let offered = 0;
  for (const platform of platforms) {
    for (const minor of [false, true])
      for (const hasAccount of [false, true])
        for (const { channel } of channelsFor({ ...facts, platform, minor, hasAccount }, day)) {
          offered += 1;
          assert.notEqual(channel.confidence, 'K', channel.id);
          assert.notEqual(channel.effect, 'copyright', channel.id);
          assert.equal(channel.effect === 'child', minor, channel.id);
          if (!hasAccount) assert.notEqual(channel.account, 'yes', channel.id);
          if (channel.onlyFor.length > 0) assert.ok(channel.onlyFor.includes('EU'), channel.id);
        }
  }
  assert.ok(offered > 100);
});
