/**
 * What goes wrong at a channel, learnt from those who used it. Shown before the person acts.
 * @module
 */

import type { SourceCode } from './channel-source.ts';

/** A trap: for which platforms (of the link table) or channels, what happens, by which source. */
export interface Trap {
  /** By which its text is found in another language. */
  readonly id: string;
  /** Platform ids, channel ids, or `all`. */
  readonly at: readonly string[];
  readonly text: string;
  readonly sources: readonly SourceCode[];
  /** False where it is practice and general knowledge only: say it as advice, never as what a service states. */
  readonly read: boolean;
}

const GOOGLE = ['google-explicit', 'google-fake', 'google-form', 'google-form2', 'google-all'];

/** Every trap. */
export const TRAPS: readonly Trap[] = [
  trap(
    'message-inside',
    ['meta-direct', 'messenger'],
    'A link to a message does not open for outsiders: report inside the chat. Up to the 30 newest messages may be looked at, and deleted ones too if the whole chat is reported.',
    'M1',
  ),
  trap(
    'whatsapp-last-five',
    ['whatsapp'],
    'A report sends the last five messages of the other side. Deleting the chat first removes what can be reported. Nothing reaches copies that others saved.',
    'W1',
  ),
  trap(
    'snap-ip-form',
    ['snapchat'],
    'Do not use the intellectual property form for a Snap of you: such reports are said to be ignored.',
    'S4',
  ),
  trap(
    'reddit-moderators',
    ['reddit'],
    'Moderators of a community are volunteers and may be those who allow it: use the form of the whole site, not a message to them.',
    'GENERAL',
  ),
  trap(
    'youtube-tells-first',
    ['youtube-privacy'],
    'In its older text this route tells the uploader first. For intimate content take the request made for it.',
    'Y1',
  ),
  trap(
    'telegram-private',
    ['telegram'],
    'Links of private groups open for members only: add the invite link and the name of the channel.',
    'GENERAL',
  ),
  trap('remote-copy', ['mastodon', 'lemmy'], 'A copy on another server needs its own request there.', 'MA1'),
  trap(
    'discord-link-expires',
    ['discord', 'discord-cdn'],
    'Links to files expire: keep the link of the message, which has the numbers of server, channel and message.',
    'GENERAL',
  ),
  trap(
    'discord-legal-name',
    ['discord-tida'],
    'One report for each piece of media, and the legal name of the person shown is asked for.',
    'D1',
  ),
  trap(
    'shared-device',
    ['all'],
    'A report from the account that the person is known by can show up in notifications of shared devices.',
    'GENERAL',
  ),
  trap(
    'google-only-submitted',
    GOOGLE,
    'Only the addresses submitted are reviewed: both the address of the result and of the page. Whoever is being paid for the content is excluded.',
    'G1',
  ),
  trap(
    'yandex-turkish',
    ['yandex-explicit'],
    "The Turkish page limits removal to searches that contain the person's name, and wants it settled elsewhere that the content is unlawful.",
    'YA1',
  ),
  trap(
    'thumb-is-engine',
    ['google-thumb', 'bing-thumb', 'yandex-thumb'],
    'A preview picture is the copy of the search engine: ask the engine, not the site.',
    'GENERAL',
  ),
  trap(
    'index-not-page',
    ['google-search', 'bing', 'duckduckgo', 'yandex', 'yahoo-search', 'brave-search'],
    'Removal from results never removes the page, and what was removed can return under a new address: look again by schedule.',
    'GENERAL',
  ),
  trap(
    'bing-first',
    ['duckduckgo'],
    'Ask Bing first; several engines use its results, and each must be looked at again.',
    'DD1',
  ),
  trap(
    'pastebin-english',
    ['pastebin'],
    'Reports of paying users are handled first. Write in English.',
    'PB1',
  ),
  trap(
    'archive-no-promise',
    ['wayback', 'archive-org'],
    'Nothing is promised in advance; exact addresses and the period are asked for, and identity papers in complex cases.',
    'IA1',
  ),
  trap(
    'github-private-route',
    ['github'],
    'The route for private information is for passwords and asks the uploader first: use the abuse form. Forks do not follow.',
    'GH1',
  ),
  trap(
    'made-with-wordpress',
    ['wordpress-com'],
    'Made with WordPress is not hosted by WordPress.com: check before asking.',
    'WP1',
  ),
  trap(
    'mega-key',
    ['mega'],
    'The link holds the key after the hash mark: without it the service cannot see the file, and with it everyone can.',
    'ME1',
  ),
  trap(
    'withdraw-consent',
    ['onlyfans'],
    'Anyone who appears in content made with others may withdraw consent at any time; that needs no proof of theft.',
    'CH4',
  ),
  trap(
    'identity-paper',
    ['pornhub', 'xvideos', 'xnxx', 'xhamster', 'redgifs', 'spankbang'],
    'Adult sites often ask for a picture of an identity paper: offer a redacted one first, and never send the intimate file. Quote the time that the site itself promises, often 7 business days.',
    'GENERAL',
  ),
  trap('embedded-twice', ['redgifs'], 'A video embedded elsewhere is two places: ask both.', 'GENERAL'),
  trap(
    'no-item-link',
    ['tinder', 'match-group', 'pof', 'grindr', 'bumble'],
    'Dating services mostly have no link to an item: note the name shown, age, distance and time, and keep a screenshot of the profile.',
    'GENERAL',
  ),
  trap(
    'korea-public-only',
    ['naver', 'kakao'],
    'The Korean duty to delete covers what is open to the public, not private conversations.',
    'KR1',
  ),
  trap(
    'thread-expires',
    ['4chan'],
    'Threads expire within hours to days; copies live on in outside archives.',
    'GENERAL',
  ),
  trap('reblogs', ['tumblr'], 'Reblogs are separate copies: list each.', 'TU1'),
  trap(
    'stay-anonymous',
    ['cloudflare-ncsei'],
    'Choose to be anonymous towards host and site owner. Even then the report may go to a public archive.',
    'CF1',
  ),
  trap(
    'registrar-terms',
    ['any-registrar', 'cloudflare-registrar'],
    'The duty of registrars names malware, botnets, phishing, pharming and spam, not intimate images: they act by their own terms.',
    'IN2',
  ),
  trap(
    'mail-passed-on',
    ['aws', 'ovh', 'hetzner', 'any-network'],
    'An abuse mail is normally passed to the customer: write from the relay address of the case, without a personal name and without a file.',
    'GENERAL',
  ),
  trap(
    'marker-address',
    ['any-network'],
    'Some regional registries answer with one marker address for all networks: do not use it.',
    'RD2',
  ),
  trap(
    'pay-to-remove',
    ['unknown-site'],
    'A page that wants money to remove: do not pay and do not write from a personal address. Keep it as evidence of extortion.',
    'GENERAL',
  ),
  trap(
    'repost-mockery',
    ['unknown-site'],
    'Sites that re-post leaked content often answer a notice with mockery or a new post: go by search engines, host and police.',
    'AS1',
  ),
  trap(
    'software-maker',
    ['xenforo', 'phpbb', 'vbulletin', 'smf', 'discourse'],
    'Who makes the software of a forum cannot remove anything from it.',
    'GENERAL',
  ),
];

function trap(id: string, at: readonly string[], text: string, ...sources: SourceCode[]): Trap {
  return { id, at, text, sources, read: sources.some((each) => each !== 'GENERAL') };
}
