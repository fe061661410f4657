/**
 * From the text of a link to the platform and the kind of item, without asking any network.
 *
 * A link is a secret: it may hold a decryption key (MEGA, after `#`), a telephone number (`wa.me`) or a signed address. So
 * refusals carry a reason and nothing else, nothing is thrown that repeats input, and nothing is logged here or may be.
 *
 * The host is compared by whole labels after the URL parser has lower-cased it and turned other scripts into punycode, so
 * look-alikes stay unknown sites. Links inside links are opened at most three deep.
 * @module
 */

import { hostMatches, type LinkKind, type PatternRow } from './pattern.ts';
import { PATTERNS } from './patterns.ts';
import { innerLinks, queryWithout } from './unwrap.ts';

/** One place that a pasted link leads to. */
export interface Target {
  /** As in the table; `unknown-site` for every page that nobody listed. */
  readonly platform: string;
  readonly kind: LinkKind;
  /** True where the software is guessed from the shape: name it only after its API confirmed it. */
  readonly guessed: boolean;
  readonly note: string;
  /** Lower case, punycode. */
  readonly host: string;
  /** The address to put in a notice; for an outermost link as it was copied, without what surrounded it. */
  readonly link: string;
  /** The address without tracking parameters: equal for two copies of one link. */
  readonly key: string;
  /** True where the host is written in another script than Latin: show it and the punycode side by side. */
  readonly otherScript: boolean;
}

/** Why a piece of text is no link that can be used. */
export type LinkRefusal = 'empty' | 'too-long' | 'not-a-link' | 'not-web' | 'not-public';

/** The places that a link leads to, the outermost first, or why it cannot be used. */
export type ParsedLink =
  | { readonly ok: true; readonly targets: readonly Target[] }
  | { readonly ok: false; readonly reason: LinkRefusal };

const LONGEST = 8192;
const DEEPEST = 3;

/** Marks that change how text looks and not what it says: zero width, direction, soft hyphen, controls. */
const INVISIBLE = /[\p{Cf}\p{Cc}]/gu;

/** What people copy along with a link, before and after it. */
const BEFORE = /^[\s<>()[\]"'“”‘’«»,;]+/u;
const AFTER = /[\s<>)\]"'“”‘’«»,;.!]$/u;

/** Endings of file names that a bare name without scheme or path would otherwise be read as a host. */
const FILE_NAME = /\.(jpe?g|png|gif|webp|heic|avif|mp4|mov|webm|avi|pdf|docx?|txt|zip|rar)$/i;

/** What `text` leads to. Never throws, whatever the text. */
export function parseLink(text: string): ParsedLink {
  if (text.length > LONGEST) return { ok: false, reason: 'too-long' };
  const cleaned = withoutSurroundings(text.replace(INVISIBLE, ''));
  if (cleaned === '') return { ok: false, reason: 'empty' };
  const read = readUrl(cleaned);
  if (typeof read === 'string') return { ok: false, reason: read };
  return { ok: true, targets: targetsOf(read.url, read.text, DEEPEST) };
}

/** Every link of a paste in order, each target once, and how many pieces were refused and why. */
export interface ParsedPaste {
  readonly links: readonly Target[];
  /** How many further copies of a link were left out. */
  readonly duplicates: number;
  /** The place of each refused piece among the pieces, from 0, and the reason. Never the piece. */
  readonly refused: readonly { readonly index: number; readonly reason: LinkRefusal }[];
  /** True if the paste held more pieces than are read. */
  readonly cut: boolean;
}

/** How many pieces of a paste are read. */
export const MOST_LINKS = 10_000;

/** The links of a text in which they stand apart by white space. */
export function parsePaste(text: string): ParsedPaste {
  const reading = readPaste(text, Number.POSITIVE_INFINITY);
  for (let step = reading.next(); ; step = reading.next()) if (step.done === true) return step.value;
}

/**
 * The same in slices of `slice` pieces: it yields how many were read after each, so that a page that reads ten thousand can
 * let the person's next press through. Takes no time and touches nothing between two slices.
 */
export function* readPaste(text: string, slice: number): Generator<number, ParsedPaste, void> {
  const pieces = text.split(/\s+/u).filter((piece) => piece !== '');
  const links = new Map<string, Target>();
  const refused: { index: number; reason: LinkRefusal }[] = [];
  let duplicates = 0;
  for (const [index, piece] of pieces.slice(0, MOST_LINKS).entries()) {
    if (index > 0 && index % slice === 0) yield index;
    const parsed = parseLink(piece);
    if (!parsed.ok) {
      refused.push({ index, reason: parsed.reason });
      continue;
    }
    for (const target of parsed.targets) {
      if (links.has(target.key)) duplicates += 1;
      else links.set(target.key, target);
    }
  }
  return { links: [...links.values()], duplicates, refused, cut: pieces.length > MOST_LINKS };
}

/** A closing bracket that was opened inside the link belongs to it: a shortened link would be another place. */
function withoutSurroundings(text: string): string {
  const rest = text.replace(BEFORE, '');
  let surplus = { ')': surplusOf(rest, '(', ')'), ']': surplusOf(rest, '[', ']') };
  let end = rest.length;
  for (; end > 0 && AFTER.test(rest[end - 1]!); end--) {
    const last = rest[end - 1]!;
    if (last !== ')' && last !== ']') continue;
    if (surplus[last] <= 0) break;
    surplus = { ...surplus, [last]: surplus[last] - 1 };
  }
  return rest.slice(0, end);
}

/** How many more closing brackets there are than opening ones. */
function surplusOf(text: string, open: string, close: string): number {
  return text.split(close).length - text.split(open).length;
}

function readUrl(text: string): { url: URL; text: string } | LinkRefusal {
  const schemed = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^/:]+:\d+(\/|$)/.test(text);
  if (schemed && !/^https?:/i.test(text)) return 'not-web';
  if (schemed && !/^https?:\/\/[^/]/i.test(text)) return 'not-a-link';
  if (!schemed && (!/^[^\s/?#]+\.[^\s/?#.]/u.test(text) || (text.includes('@') && !text.includes('/'))))
    return 'not-a-link';
  if (!schemed && FILE_NAME.test(text) && !text.includes('/')) return 'not-a-link';
  const full = schemed ? text : `https://${text}`;
  let url: URL;
  try {
    url = new URL(full);
  } catch {
    return 'not-a-link';
  }
  const hadPassword = url.username !== '' || url.password !== '';
  url.username = '';
  url.password = '';
  url.hostname = url.hostname.replace(/\.$/, '');
  // A password in a link is nothing that a notice should carry on.
  return isPublicHost(url.hostname) ? { url, text: hadPassword ? url.href : full } : 'not-public';
}

/** A name with a dot that is not reserved for private use, or an address outside the private ranges. */
function isPublicHost(host: string): boolean {
  // Names are at most 253 characters long (RFC 1035); without the bound a hostile name costs time.
  if (host.length > 253) return false;
  if (host.startsWith('[')) return !/^\[(::1?\]|f[cd]|fe[89ab])/i.test(host);
  if (/^\d+(\.\d+){3}$/.test(host)) {
    return !/^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(host);
  }
  return host.includes('.') && !/\.(local|localhost|internal|lan|home|onion|invalid)$/.test(host);
}

function targetsOf(url: URL, text: string, deep: number): readonly Target[] {
  const row = rowOf(url);
  const [platform, , , kind, note] = row;
  const own: Target = {
    platform: platform.replace(' ?', ''),
    kind,
    guessed: platform.endsWith(' ?'),
    note: note ?? '',
    host: url.hostname,
    link: text,
    key: keyOf(url, platform),
    otherScript: /(^|\.)xn--/.test(url.hostname),
  };
  const inner = deep === 0 ? [] : innerLinks(url, platform, kind);
  const within = inner.flatMap((each) => {
    const read = readUrl(each);
    return typeof read === 'string' ? [] : targetsOf(read.url, read.text, deep - 1);
  });
  // A wrapper is no place of its own: what it leads to is. An archive, a result page and a copy are.
  const isWrapper = kind === 'redirect' || (within.length > 0 && platform === 'unknown-site');
  return isWrapper && within.length > 0 ? within : [own, ...within];
}

/** The rows by host, those of any host apart: 10,000 links are read against a handful of rows each. */
const BY_HOST = new Map<string, PatternRow[]>();
const ANY_HOST = PATTERNS.filter((row) => row[1] === 'any');
const COUNTRY_HOSTS = PATTERNS.filter((row) => row[1].includes('.*'));
for (const row of PATTERNS) {
  for (const host of row[1].split(' ')) BY_HOST.set(host, [...(BY_HOST.get(host) ?? []), row]);
}
const ORDER = new Map(PATTERNS.map((row, at) => [row, at]));

function rowOf(url: URL): PatternRow {
  const found = new Set<PatternRow>();
  const labels = url.hostname.split('.');
  for (let at = 0; at < labels.length; at++) {
    for (const row of BY_HOST.get(labels.slice(at).join('.')) ?? []) found.add(row);
  }
  for (const row of COUNTRY_HOSTS) {
    if (row[1].split(' ').some((each) => hostMatches(url.hostname, each))) found.add(row);
  }
  const path = url.pathname + url.search;
  const inOrder = [...[...found].sort((a, b) => ORDER.get(a)! - ORDER.get(b)!), ...ANY_HOST];
  return (
    inOrder.find((row) => row[2].test(row[0] === 'mega' ? path + url.hash : path)) ??
    ANY_HOST[ANY_HOST.length - 1]!
  );
}

const TRACKING = /^(utm_.*|fbclid|igsh|igshid|si)$/;
const TRACKING_X = /^(utm_.*|fbclid|igsh|igshid|si|s|t)$/;
const KEEPS_FRAGMENT: ReadonlySet<string> = new Set(['mega', 'signal', '4chan', 'imageboard ?']);

function keyOf(url: URL, platform: string): string {
  const query = queryWithout(url, platform === 'x' ? TRACKING_X : TRACKING);
  const host = url.hostname.replace(/^(www|m|mobile)\./, '');
  const path = url.pathname.replace(/\/+$/, '');
  return `${host}${url.port === '' ? '' : `:${url.port}`}${path}${query}${KEEPS_FRAGMENT.has(platform) ? url.hash : ''}`;
}
