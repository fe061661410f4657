/**
 * Nothing that was researched may go missing, row by row: each list here was read off the research once, and names what has to be
 * there. A row that is taken out, or renamed, has to be taken out here too, where somebody sees it. Laws are listed in
 * `right/right.test.ts`, rules in `duty/rules.test.ts`, elements in `duty/reference.test.ts`, shapes of links in `link/link.test.ts`.
 * @module
 */

import assert from 'node:assert/strict';
import test from 'node:test';
import { CHANNELS } from './channel/channels.ts';
import { KEEP_FIRST } from './channel/keep-first.ts';
import { REGULATORS } from './channel/regulator.ts';
import { TRAPS } from './channel/trap.ts';
import { PERSON_CLOCKS } from './right/person-clock-rows.ts';
import { REMEDIES, REMEDIES_EU } from './right/remedy.ts';
import { REPORTING } from './right/reporting.ts';
import { SELF_RISKS } from './right/self-risk-rows.ts';

/** Channels, by the part of the research in which they stood. */
const CHANNELS_READ = {
  social:
    'meta-ncii facebook-inapp instagram-inapp meta-direct threads-inapp whatsapp-inapp whatsapp-india meta-india x-tida x-global x-india x-dmca tiktok-inapp tiktok-privacy tiktok-tida snapchat-inapp snapchat-web snapchat-india reddit-form reddit-inapp reddit-india youtube-privacy youtube-ncii discord-tida discord-general telegram-inapp telegram-mail telegram-minor telegram-dmca telegram-support signal twitch-inapp kick pinterest-inapp tumblr-privacy tumblr-mail linkedin bluesky-ncii bluesky-law mastodon-admin mastodon-report lemmy-admin vimeo-privacy',
  search:
    'google-explicit google-fake google-form google-form2 google-all google-eu bing-ncii bing-eu bing-gone microsoft-hosted duckduckgo yandex-explicit baidu-cache yahoo-search brave-search ecosia naver-search',
  files:
    'google-hosted dropbox mega icloud apple-hosted imgur flickr github-abuse github-india wordpress-com pastebin internet-archive archive-today apple-appstore google-play',
  adult:
    'pornhub-removal aylo-network pornhub-flagger xvideos xnxx xhamster redgifs onlyfans onlyfans-dmca chaturbate spankbang patreon fansly fanvue other-cam-sites',
  'dating-games-regional':
    'match-group pof match-copyright bumble roblox grindr naver kakao line weibo vk ok sharechat-moj',
  boards: '4chan imageboards forum-software',
  infrastructure:
    'cloudflare-ncsei cloudflare-registrar aws google-cloud azure ovh hetzner digitalocean hostinger namecheap godaddy tucows namesilo porkbun dynadot newfold gandi any-registrar any-network',
} as const;

const OFFICES_READ =
  'ftc esafety ofcom dsc aepd garante cnil pharos kr-center kcsc gac bc-crt ncrp safernet cn-12377';

const TRAPS_READ =
  'message-inside whatsapp-last-five snap-ip-form reddit-moderators youtube-tells-first telegram-private remote-copy discord-link-expires discord-legal-name shared-device google-only-submitted yandex-turkish thumb-is-engine index-not-page bing-first pastebin-english archive-no-promise github-private-route made-with-wordpress mega-key withdraw-consent identity-paper embedded-twice no-item-link korea-public-only thread-expires reblogs stay-anonymous registrar-terms mail-passed-on marker-address pay-to-remove repost-mockery software-maker';

const KEEP_READ = 'vanishing chat group image-address file-share imageboard dating search report';

const CLOCKS_READ =
  'CL-EVID CL-DE CL-CH CL-IT-Q CL-IT-T CL-PT CL-JP CL-TW CL-GB CL-CA-SUM CL-US-CA CL-AU-TORT CL-US-NY CL-IE CL-GB-CR CL-US-F CL-ES CL-FR';

const REMEDIES_READ =
  'CIV-GB-EW CIV-GB-SCT CIV-IE CIV-US-F-6851 CIV-US-CA CIV-US-NY CIV-US-TX-US-FL CIV-CA-BC CIV-CA-federal CIV-AU CIV-NZ-19 CIV-DE CIV-FR CIV-ES-IT CIV-BE CIV-SE CIV-DK CIV-SG CIV-JP CIV-IN CIV-MX CIV-AR CIV-BR CIV-ZA-20 CIV-NG-KE-PK-PL-PT-CH-NL-KR-TW';

const UNION_READ = 'EU-VAW5 EU-VAW-PEN EU-VAW-DATE EU-GDPR17 EU-GDPR77 EU-GDPR79/82 EU-DSA';

const REPORTING_READ =
  'GB-EW GB-SCT IE US CA AU NZ DE FR ES IT NL+BE+SE+DK+PL+PT+CH JP KR TW SG IN PK BR MX+AR ZA NG KE';

const RISKS_READ =
  'obscenity-ng obscenity-ke obscenity-in complaint-final-it police-act-alone-br person-decides-de own-threat';

/** The ids in any order, each once. */
function same(found: readonly string[], read: string, what: string): void {
  assert.deepEqual(found.toSorted(), read.split(' ').toSorted(), what);
}

test('every channel of the research is there, in its part', () => {
  for (const [group, read] of Object.entries(CHANNELS_READ))
    same(
      CHANNELS.filter((each) => each.group === group).map((each) => each.id),
      read,
      group,
    );
  assert.equal(CHANNELS.length, Object.values(CHANNELS_READ).join(' ').split(' ').length);
});

test('every office, trap and thing to keep of the research is there', () => {
  same(
    REGULATORS.map((each) => each.id),
    OFFICES_READ,
    'offices',
  );
  same(
    TRAPS.map((each) => each.id),
    TRAPS_READ,
    'traps',
  );
  same(
    KEEP_FIRST.map((each) => each.id),
    KEEP_READ,
    'keep',
  );
});

test('every clock of a person, order, claim, place to report and risk of the research is there', () => {
  same(
    PERSON_CLOCKS.map((each) => each.id),
    CLOCKS_READ,
    'clocks',
  );
  same(
    REMEDIES.map((each) => each.id),
    REMEDIES_READ,
    'remedies',
  );
  same(
    REMEDIES_EU.map((each) => each.id),
    UNION_READ,
    'European Union',
  );
  same(
    REPORTING.map((each) => each.places.join('+')),
    REPORTING_READ,
    'reporting',
  );
  same(
    SELF_RISKS.map((each) => each.id),
    RISKS_READ,
    'risks',
  );
});
