/**
 * One look at an address: its page, and the pictures that the page names, compared with the signals of one watch. Everything that
 * was fetched is dropped when this returns; what is answered is a result, a status, a length and a type.
 *
 * How a look goes: the page is fetched (`guarded-fetch.ts`), its robots.txt first. A page that is a picture is compared itself; of
 * HTML the pictures are compared one after the other, with a pause before each, until one matches. `absent` is answered only
 * where every picture that the page names was compared; where one was not (too large, another robots.txt, a format that is not
 * read, more pictures than a look takes), the look is `unclear`.
 *
 * Where the last look saw the picture, the page is asked for with its validators first, then the picture at its old address with
 * its own: two answers of 304 are the same sight as before, at the cost of two headers (RFC 9110 section 13). Any other answer
 * leads to a whole look.
 * @module
 */

import type { Found, LookResult } from '@reclaim/casework/watch';
import type { DecodeLimits } from '@reclaim/decode/decode-limits';
import { sniffPicture } from '@reclaim/decode/picture-format';
import type { Resolve } from '../preview-fetch.ts';
import { type Comparison, compareFile, type NamedSignal } from './compare-file.ts';
import {
  type Answered,
  type Fetched,
  type GuardedRules,
  guardedFetch,
  type Leave,
  type Validators,
} from './guarded-fetch.ts';
import { type PagePicture, picturesOfPage } from './page-pictures.ts';

/** Bytes of a page, of one picture, and of all that one look reads. */
export const PAGE_BYTES = 5 * 1024 * 1024;
/** Bytes of one picture. */
export const PICTURE_BYTES = 20 * 1024 * 1024;
/** Bytes of everything that one look reads. */
export const LOOK_BYTES = 60 * 1024 * 1024;

/** Pixels of one picture of a page, and the time to decode it, milliseconds. */
export const LOOK_DECODE: Partial<DecodeLimits> = Object.freeze({
  fileBytes: PICTURE_BYTES,
  pixels: 30_000_000,
  timeMs: 5_000,
});

/** What a look needs of the world. */
export type LookParts = {
  readonly userAgent: string;
  readonly robots: (url: URL) => Promise<Leave>;
  /** Waits between two requests of one look. */
  readonly pause: () => Promise<void>;
  readonly stop?: AbortSignal | undefined;
  readonly resolve?: Resolve | undefined;
  /** For tests alone: see `GuardedRules`. */
  readonly testHosts?: readonly string[] | undefined;
  readonly timeMs?: number | undefined;
  readonly decode?: Partial<DecodeLimits> | undefined;
};

/** Where and as what the picture was last seen: as secret as the address itself. */
export type Sight = {
  readonly page: Validators;
  readonly media: string;
  readonly mediaSince: Validators;
  readonly found: Found;
};

/** What a look answers. */
export type LookSeen = {
  readonly result: LookResult;
  readonly status: number | null;
  readonly bytes: number;
  readonly contentType: string;
  /** The sight to remember for the next look; where nothing was seen, the one before. */
  readonly sight: Sight | undefined;
  /** How long the server asked to be left alone, milliseconds. */
  readonly waitMs: number;
};

/** A last path segment that says that one has to sign in first. */
const SIGN_IN =
  /\/(log-?in|sign-?in|accounts\/login|auth|checkpoint|age-?(gate|check|verification))(\/|\.\w{2,5})?$/i;

/** Looks at `address` for any of `signals`. Never rejects because of what is there. */
export async function lookAt(
  address: string,
  signals: readonly NamedSignal[],
  before: Sight | undefined,
  parts: LookParts,
): Promise<LookSeen> {
  const since = before === undefined || !hasAny(before.page) ? undefined : before.page;
  const first = await fetchPage(address, parts, since);
  if (first.ok && first.status === 304 && since !== undefined && before !== undefined) {
    const same = await sameSight(first, before, parts);
    if (same !== undefined) return same;
    await parts.pause();
    return judge(address, await fetchPage(address, parts, undefined), signals, before, parts);
  }
  return judge(address, first, signals, before, parts);
}

function hasAny({ etag, modified }: Validators): boolean {
  return etag !== '' || modified !== '';
}

function rulesOf(
  parts: LookParts,
  accept: string,
  mostBytes: number,
  since: Validators | undefined,
): GuardedRules {
  const { userAgent, robots, stop, resolve, testHosts, timeMs } = parts;
  return { userAgent, accept, mostBytes, allowed: robots, since, stop, resolve, testHosts, timeMs };
}

function fetchPage(address: string, parts: LookParts, since: Validators | undefined): Promise<Fetched> {
  const accept = 'text/html,application/xhtml+xml;q=0.9,image/*;q=0.8';
  // A picture at the address itself may be as large as any.
  return guardedFetch(address, rulesOf(parts, accept, PICTURE_BYTES, since));
}

function fetchPicture(address: string, parts: LookParts, since: Validators | undefined): Promise<Fetched> {
  return guardedFetch(address, rulesOf(parts, 'image/*', PICTURE_BYTES, since));
}

/** The same sight as before, where page and picture both say that nothing changed. */
async function sameSight(page: Answered, before: Sight, parts: LookParts): Promise<LookSeen | undefined> {
  const seen: LookSeen = {
    result: { kind: 'there', ...before.found },
    status: page.status,
    bytes: 0,
    contentType: page.contentType,
    sight: before,
    waitMs: page.waitMs,
  };
  // A picture that is the page itself.
  if (before.media === '') return seen;
  if (!hasAny(before.mediaSince)) return undefined;
  await parts.pause();
  const media = await fetchPicture(before.media, parts, before.mediaSince);
  return media.ok && media.status === 304 ? seen : undefined;
}

async function judge(
  address: string,
  page: Fetched,
  signals: readonly NamedSignal[],
  before: Sight | undefined,
  parts: LookParts,
): Promise<LookSeen> {
  if (!page.ok) {
    const none = { status: null, bytes: 0, contentType: '', sight: before, waitMs: 0 };
    return { ...none, result: resultOfRefusal(page.reason) };
  }
  const { status, received, contentType, waitMs } = page;
  const told = { status, bytes: received, contentType, waitMs };
  const early = resultOfStatus(status) ?? (asksToSignIn(address, page.url) ? LOGIN : undefined);
  if (early !== undefined) return { ...told, result: early, sight: before };
  const { result, sight } = await comparePage(page, signals, before, parts);
  return { ...told, result, sight: sight ?? before };
}

const LOGIN: LookResult = { kind: 'blocked', by: 'login' };

function resultOfRefusal(reason: Exclude<Fetched, Answered>['reason']): LookResult {
  switch (reason) {
    case 'disallowed':
      return { kind: 'blocked', by: 'robots' };
    case 'too-large':
    case 'coded':
      return { kind: 'unclear' };
    case 'address':
    case 'unreachable':
    case 'redirects':
    case 'too-slow':
      return { kind: 'unreachable' };
    default:
      return reason satisfies never;
  }
}

/** What the status of the page says by itself; `undefined` where the page is to be read. */
function resultOfStatus(status: number): LookResult | undefined {
  switch (status) {
    case 200:
    case 203:
      return undefined;
    case 404:
    case 410:
      return { kind: 'gone' };
    case 451:
      return { kind: 'blocked', by: 'law' };
    case 401:
    case 407:
      return LOGIN;
    case 403:
      return { kind: 'blocked', by: 'refused' };
    default:
      return { kind: status >= 200 && status < 400 ? 'unclear' : 'unreachable' };
  }
}

/** Whether the way led from a page to a log-in that was not asked for. */
function asksToSignIn(address: string, url: URL): boolean {
  return SIGN_IN.test(url.pathname) && !SIGN_IN.test(URL.parse(address)?.pathname ?? '');
}

type Compared = { readonly result: LookResult; readonly sight?: Sight };

async function comparePage(
  page: Answered,
  signals: readonly NamedSignal[],
  before: Sight | undefined,
  parts: LookParts,
): Promise<Compared> {
  const limits = { ...LOOK_DECODE, ...parts.decode };
  if (sniffPicture(page.bytes).kind === 'readable') {
    const compared = await compareFile(page.bytes, signals, limits);
    if (compared.kind === 'found') return found(compared.found, page, '', NO_VALIDATORS);
    // The address of the picture itself: another one in its place is a replaced one where ours was seen there.
    if (compared.kind === 'other')
      return { result: { kind: before?.media === '' ? 'media-replaced' : 'absent' } };
    return { result: { kind: 'unclear' } };
  }
  if (!isHtml(page) || page.bytes.length > PAGE_BYTES) return { result: { kind: 'unclear' } };
  const { pictures, left } = picturesOfPage(textOf(page), page.url);
  const spent = { bytes: page.received };
  let uncompared = left;
  let replaced = false;
  // The one that matched before comes first: most looks then end with it.
  const first = (each: PagePicture) => (each.kind === 'address' && each.address === before?.media ? 0 : 1);
  for (const picture of pictures.toSorted((a, b) => first(a) - first(b))) {
    if (parts.stop?.aborted === true) {
      // Out of time: what was not reached was not compared.
      uncompared += 1;
      break;
    }
    const one = await comparePicture(picture, signals, parts, spent, limits);
    if (one.kind === 'found')
      return found(one.found, page, picture.kind === 'address' ? picture.address : page.url.href, one.since);
    if (one.kind === 'uncompared') uncompared += 1;
    if (one.kind === 'other' && one.answered && first(picture) === 0) replaced = true;
  }
  if (uncompared > 0) return { result: { kind: 'unclear' } };
  return { result: { kind: replaced ? 'media-replaced' : 'absent' } };
}

const NO_VALIDATORS: Validators = Object.freeze({ etag: '', modified: '' });

function found(match: Found, page: Answered, media: string, mediaSince: Validators): Compared {
  return {
    result: { kind: 'there', ...match },
    sight: { page: page.validators, media, mediaSince, found: match },
  };
}

type OneCompared =
  | { readonly kind: 'found'; readonly found: Found; readonly since: Validators }
  | { readonly kind: 'other'; readonly answered: boolean }
  | { readonly kind: 'uncompared' };

async function comparePicture(
  picture: PagePicture,
  signals: readonly NamedSignal[],
  parts: LookParts,
  spent: { bytes: number },
  limits: Partial<DecodeLimits>,
): Promise<OneCompared> {
  if (picture.kind === 'inline')
    return told(await compareFile(picture.bytes, signals, limits), NO_VALIDATORS);
  if (spent.bytes > LOOK_BYTES) return { kind: 'uncompared' };
  await parts.pause();
  const answer = await fetchPicture(picture.address, parts, undefined);
  if (!answer.ok) return { kind: 'uncompared' };
  spent.bytes += answer.received;
  if (answer.status === 404 || answer.status === 410) return { kind: 'other', answered: false };
  if (answer.status !== 200 && answer.status !== 203) return { kind: 'uncompared' };
  return told(await compareFile(answer.bytes, signals, limits), answer.validators);
}

function told(compared: Comparison, since: Validators): OneCompared {
  switch (compared.kind) {
    case 'found':
      return { kind: 'found', found: compared.found, since };
    case 'other':
      return { kind: 'other', answered: true };
    case 'uncompared':
      return { kind: 'uncompared' };
    default:
      return compared satisfies never;
  }
}

/** By what it says, and where it says nothing by its beginning (WHATWG MIME Sniffing, section 7.1, in short). */
function isHtml({ contentType, bytes }: Answered): boolean {
  const head = Buffer.from(bytes.subarray(0, 1_024)).toString('latin1');
  if (head.includes('\0')) return false;
  if (contentType === 'text/html' || contentType === 'application/xhtml+xml') return true;
  return (
    contentType === '' && /^[\s\u00ef\u00bb\u00bf]*<(!doctype html|html|head|body|!--)[\s>-]/i.test(head)
  );
}

function textOf({ bytes, charset }: Answered): string {
  try {
    return new TextDecoder(charset === '' ? 'utf-8' : charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
