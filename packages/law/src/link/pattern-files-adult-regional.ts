/**
 * Shapes of links, in the order in which they are tried: File shares, code, adult and creator sites, boards, apps, regional networks.
 *
 * General knowledge, checked against invented examples, except Bluesky's shape, which its own page shows (2026).
 * @module
 */

import type { PatternRow } from './pattern.ts';

/** Platform, hosts, expression over path and query, kind, and a note for the person where there is one. */
export const PATTERNS_FILES_ADULT_REGIONAL: readonly PatternRow[] = [
  ['dropbox', 'dropbox.com dropboxusercontent.com', /^\/(s|sh|scl\/(fi|fo)|t)\//, 'file_share'],
  [
    'mega',
    'mega.nz mega.io',
    /^\/((file|folder)\/|#)/,
    'file_share',
    'the part after # is the decryption key: never log or show it',
  ],
  ['icloud', 'share.icloud.com icloud.com', /^\/(photos|sharedalbum|iclouddrive|attachment)/, 'file_share'],
  ['github', 'gist.github.com', /^\//, 'paste'],
  [
    'github-raw',
    'raw.githubusercontent.com user-images.githubusercontent.com githubusercontent.com',
    /^\//,
    'image_cdn',
  ],
  ['github', 'github.io', /^\//, 'page'],
  ['github', 'github.com', /^\/[^/]+\/[^/]+/, 'page', 'forks are separate copies'],
  [
    'pornhub',
    'pornhub.com pornhub.org pornhubpremium.com',
    /^\/(view_video\.php\?.*viewkey=|embed\/|shorties\/)/,
    'video',
  ],
  ['pornhub', 'pornhub.com pornhub.org', /^\/(photo|album|gif)\/\d+/, 'post'],
  ['pornhub', 'pornhub.com pornhub.org', /^\/(users|model|pornstar|channels)\/[^/]+/, 'profile'],
  ['pornhub-cdn', 'phncdn.com', /^\//, 'image_cdn', 'Aylo sites share it'],
  ['redtube', 'redtube.com', /^\/\d+/, 'video', 'Aylo'],
  ['youporn', 'youporn.com', /^\/watch\/\d+/, 'video', 'Aylo'],
  [
    'xvideos',
    'xvideos.com xvideos2.com xvideos3.com',
    /^\/video[.\d]/,
    'video',
    'mirrors on numbered domains',
  ],
  ['xvideos', 'xvideos.com', /^\/(profiles|models|channels)\//, 'profile'],
  ['xnxx', 'xnxx.com', /^\/video-/, 'video'],
  ['xvideos-cdn', 'xvideos-cdn.com xnxx-cdn.com', /^\//, 'image_cdn'],
  [
    'xhamster',
    'xhamster.com xhamster.desi xhamster2.com',
    /^\/videos\/.+/,
    'video',
    'mirrors and language hosts',
  ],
  ['xhamster', 'xhamster.com', /^\/(users|creators)\//, 'profile'],
  ['redgifs', 'redgifs.com', /^\/(watch|ifr)\//, 'video', 'often embedded in Reddit: two targets'],
  ['redgifs', 'redgifs.com', /^\/users\//, 'profile'],
  ['onlyfans', 'onlyfans.com', /^\/\d+\/[^/]+/, 'post'],
  ['onlyfans', 'onlyfans.com', /^\/[\w.-]+\/?$/, 'profile'],
  ['fansly', 'fansly.com', /^\/post\/\d+/, 'post'],
  ['fansly', 'fansly.com', /^\/[^/]+/, 'profile'],
  ['patreon', 'patreon.com', /^\/posts\//, 'post'],
  ['patreon', 'patreon.com', /^\/(c\/)?[^/]+\/?$/, 'profile'],
  ['fanvue', 'fanvue.com', /^\/[^/]+/, 'profile'],
  ['chaturbate', 'chaturbate.com', /^\/[a-z0-9_]+\/?$/, 'live', 'room'],
  [
    '4chan',
    'boards.4chan.org boards.4channel.org',
    /^\/[a-z0-9]+\/thread\/\d+/,
    'post',
    'expires; outside archives keep copies',
  ],
  ['4chan-cdn', 'i.4cdn.org is2.4chan.org', /^\//, 'image_cdn'],
  ['pastebin', 'pastebin.com', /^\/(raw\/)?[A-Za-z0-9]{6,}$/, 'paste'],
  ['rentry', 'rentry.co rentry.org', /^\/.+/, 'paste'],
  ['vimeo', 'vimeo.com', /^\/(\d+|manage\/videos\/\d+)/, 'video'],
  ['roblox', 'roblox.com', /^\/([a-z]{2}\/)?(users\/\d+|games\/\d+)/, 'profile'],
  [
    'tinder',
    'tinder.com',
    /^\/@/,
    'profile',
    'dating apps mostly have no item links: use name, age, time, screenshot',
  ],
  ['vk', 'vk.com vk.ru', /^\/(wall|photo|video|clip)-?\d+_\d+/, 'post'],
  ['vk', 'vk.com vk.ru', /^\/(id\d+|club\d+|[\w.]+)\/?$/, 'profile'],
  ['ok', 'ok.ru', /^\/(profile\/\d+|video\/\d+|group\/)/, 'post'],
  ['weibo', 'weibo.com weibo.cn', /^\/(status\/|detail\/|\d+\/)[A-Za-z0-9]+/, 'post'],
  ['naver-blog', 'blog.naver.com cafe.naver.com', /^\/[^/]+(\/\d+)?/, 'post'],
  ['app-store', 'apps.apple.com', /\/id\d+/, 'app'],
  ['play-store', 'play.google.com', /^\/store\/apps\/details\?/, 'app'],
];
