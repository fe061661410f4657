/**
 * Shapes of links, in the order in which they are tried: Google, search engines, messengers.
 *
 * General knowledge, checked against invented examples, except Bluesky's shape, which its own page shows (2026).
 * @module
 */

import type { PatternRow } from './pattern.ts';

/** Platform, hosts, expression over path and query, kind, and a note for the person where there is one. */
export const PATTERNS_GOOGLE_SEARCH_CHAT: readonly PatternRow[] = [
  ['google-drive', 'drive.google.com', /^\/(file\/d\/|drive\/folders\/|open\?)/, 'file_share'],
  ['google-docs', 'docs.google.com', /^\/(document|presentation|spreadsheets|forms)\/d\//, 'file_share'],
  ['google-photos', 'photos.app.goo.gl photos.google.com', /^\//, 'file_share'],
  ['google-sites', 'sites.google.com', /^\/(view|site)\//, 'page'],
  ['blogger', 'blogspot.com blogspot.*', /^\//, 'page', 'any country suffix too'],
  [
    'google-search',
    'google.com google.co.uk google.de',
    /^\/(search|imgres)\?/,
    'search_result',
    'imgres: inner addresses are imgurl and imgrefurl',
  ],
  ['google-thumb', 'gstatic.com', /^\/images/, 'search_thumb', 'search engine copy'],
  ['google-usercontent', 'googleusercontent.com ggpht.com', /^\//, 'image_cdn', 'find the page'],
  ['onedrive', '1drv.ms onedrive.live.com', /^\//, 'file_share'],
  ['bing-thumb', 'mm.bing.net th.bing.com', /^\//, 'search_thumb'],
  ['bing', 'bing.com', /^\/(images\/|videos\/)?search\?/, 'search_result'],
  ['yahoo-search', 'search.yahoo.com', /^\/search/, 'search_result'],
  ['duckduckgo', 'duckduckgo.com', /^\/\?.*q=/, 'search_result'],
  ['brave-search', 'search.brave.com', /^\/(search|images|videos)\?/, 'search_result'],
  ['yandex', 'yandex.com yandex.ru yandex.com.tr ya.ru', /^\/(search|images|video)/, 'search_result'],
  ['yandex-thumb', 'avatars.mds.yandex.net', /^\//, 'search_thumb'],
  ['baidu', 'baidu.com', /^\/(s\?|search\/)/, 'search_result'],
  ['naver-search', 'search.naver.com', /^\/search\.naver/, 'search_result'],
  [
    'discord',
    'discord.com discordapp.com',
    /^\/channels\/(@me|\d+)\/\d+\/\d+/,
    'message',
    '@me = private message',
  ],
  ['discord', 'discord.gg discord.com', /^\/(invite\/)?[A-Za-z0-9-]+\/?$/, 'invite', 'server'],
  [
    'discord-cdn',
    'cdn.discordapp.com media.discordapp.net',
    /^\/(attachments|ephemeral-attachments)\//,
    'image_cdn',
    'first two numbers = channel and message',
  ],
  ['telegram', 't.me telegram.me', /^\/c\/\d+\/\d+/, 'message', 'private group: opens for members only'],
  ['telegram', 't.me telegram.me', /^\/(\+|joinchat\/)/, 'invite'],
  ['telegram', 't.me telegram.me', /^\/(s\/)?[A-Za-z]\w{3,}\/\d+/, 'post', 'public channel or group'],
  ['telegram', 't.me telegram.me', /^\/addstickers\//, 'post', 'sticker set'],
  ['telegram', 't.me telegram.me', /^\/(s\/)?[A-Za-z]\w{3,}\/?$/, 'group', 'channel, group, bot or person'],
  ['telegraph', 'telegra.ph graph.org', /^\//, 'page'],
  ['signal', 'signal.group signal.me', /^\//, 'invite'],
  ['line', 'line.me', /^\//, 'profile'],
  ['kakao', 'open.kakao.com', /^\/o\//, 'invite', 'open chat'],
];
