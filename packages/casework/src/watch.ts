/**
 * A watch: one address that the node looks at again and again, on the wish of the person who gave it, to see whether a picture
 * of theirs is there. What a look is allowed to fetch, and how it compares, is the service's; here is what its results mean and
 * when the next one is due.
 *
 * A look ends in one of these, and says as much as it saw and no more:
 *
 *   there           a picture on the page matches a signal that the watch names
 *   gone            the page answers 404 or 410
 *   media-replaced  the address that showed the picture shows another one, and nothing else on the page matches
 *   absent          the page answers, every picture that it names was compared, and none matches
 *   unclear         the page answers, and not everything that it names could be compared
 *   blocked         the page is there and not for us: 401 or 403, a log-in, 451, or a robots.txt that asks not to look
 *   unreachable     no answer, a broken one, 429, 5xx
 *
 * Standings of a watch, and what leads from one to the next:
 *
 *   waiting, unseen, there, back --gone, media-replaced-->  away       not seen any more, told once
 *   there, back                  --absent-->                away
 *   waiting                      --absent-->                unseen     the page is there; the picture never was, as far as we saw
 *   away     --gone, media-replaced, absent, 24 h or more after the first of these-->  removed
 *   away     --absent, where no look ever saw the picture-->  unseen   a page that came back empty shows nothing of the picture
 *   waiting, unseen, away, there --there-->                 there
 *   removed, back                --there-->                 back
 *   removed  --gone, media-replaced, absent-->              removed
 *   any      --unclear, blocked, unreachable-->             the same   nothing was learnt of the picture
 *
 * So `removed` is never said after one look, never where the page only refused us (451 too: docs/decisions/0010), and never of
 * a page on which the picture was not seen before, unless the page itself is gone.
 *
 * When the next look is due is data (`SCHEDULE`), counted from the beginning of the watch. Two things are looked at sooner: what
 * was `away` once, after 24 hours, so that it is not a month until the second look; and what was unreachable, after six hours,
 * twice at most. Looks that a node missed while it was down are made up for by one. After the last the watch ends by itself.
 * @module
 */

import { DAY_MS, type UtcMs } from './instant.ts';

const HOUR_MS = DAY_MS / 24;

/** Days of a month of the schedule. */
const MONTH_DAYS = 30;

/** When to look, in milliseconds from the beginning: 1 h, 6 h, 24 h, 48 h, 3 d, 7 d, then 8 weeks and 12 months. */
export const SCHEDULE: readonly number[] = Object.freeze([
  HOUR_MS,
  6 * HOUR_MS,
  DAY_MS,
  2 * DAY_MS,
  3 * DAY_MS,
  7 * DAY_MS,
  ...Array.from({ length: 8 }, (_, week) => (14 + 7 * week) * DAY_MS),
  ...Array.from({ length: 12 }, (_, month) => (63 + MONTH_DAYS * (month + 1)) * DAY_MS),
]);

/** How far the two looks lie apart, at least, that make `removed`. */
export const CONFIRM_MS = DAY_MS;

/** When a look that learnt nothing is made again, and how often in a row. */
export const RETRY_MS = 6 * HOUR_MS;
/** Looks in a row that learnt nothing and are made again sooner than the schedule says. */
export const MOST_RETRIES = 2;

/** A look comes late by up to this, drawn by chance, so that nobody's server sees a clock: milliseconds. */
export const MOST_JITTER_MS = HOUR_MS;

/** How a picture was found: the same bytes, the whole picture, or a part of one (a screenshot, a collage). */
export const FOUND_BY = ['exact', 'full', 'window'] as const;

/** A picture that matches. `distance` is in bits of 256; 0 where the bytes are the same. */
export type Found = { readonly by: (typeof FOUND_BY)[number]; readonly distance: number };

/** What refused us. `law` is 451 (RFC 7725), `robots` the site's robots.txt (RFC 9309). */
export const BLOCKED_BY = ['law', 'login', 'refused', 'robots'] as const;

/** What a look ended in. */
export type LookResult =
  | ({ readonly kind: 'there' } & Found)
  | { readonly kind: 'gone' | 'media-replaced' | 'absent' | 'unclear' | 'unreachable' }
  | { readonly kind: 'blocked'; readonly by: (typeof BLOCKED_BY)[number] };

/** A look, with what may be kept of it. Never a byte of what was there. */
export type Look = {
  readonly at: UtcMs;
  readonly result: LookResult;
  /** The status of the page's answer; `null` where there was none. */
  readonly status: number | null;
  /** Length of the page, in bytes as they came. */
  readonly bytes: number;
  /** The page's content type without its parameters, where it is a plain one; else empty. */
  readonly contentType: string;
};

/** Where a watch stands; see the head. */
export const STANDINGS = ['waiting', 'unseen', 'there', 'away', 'removed', 'back'] as const;

/** One of them. */
export type Standing = (typeof STANDINGS)[number];

/** A watch. */
export type Watch = {
  readonly begunAt: UtcMs;
  readonly standing: Standing;
  /** Since when; for `away` and `removed` the first look that no longer saw it. */
  readonly since: UtcMs;
  /** Whether any look ever saw the picture. */
  readonly seen: boolean;
  /** Looks made. */
  readonly looks: number;
  /** Looks in a row that learnt nothing. */
  readonly idle: number;
  readonly last: Look | null;
};

/** What the page was at the last look, as a person is told it. */
export const PAGE_STATES = [
  'not-looked',
  'gone',
  'blocked',
  'media-gone',
  'media-replaced',
  'unseen',
  'unclear',
  'unreachable',
  'there',
  'back',
] as const;

/** One of them. */
export type PageState = (typeof PAGE_STATES)[number];

/** A watch that begins at `now`. */
export function beginWatch(now: UtcMs): Watch {
  return { begunAt: now, standing: 'waiting', since: now, seen: false, looks: 0, idle: 0, last: null };
}

/** The watch after a look. A look before the last one changes nothing: two nodes may have looked at once. */
export function evolveWatch(watch: Watch, look: Look): Watch {
  if (watch.last !== null && look.at < watch.last.at) return watch;
  const looked = { ...watch, looks: watch.looks + 1, last: look };
  const { kind } = look.result;
  switch (kind) {
    case 'unclear':
    case 'blocked':
    case 'unreachable':
      return { ...looked, idle: watch.idle + 1 };
    case 'there': {
      const standing = watch.standing === 'removed' || watch.standing === 'back' ? 'back' : 'there';
      const since = standing === watch.standing ? watch.since : look.at;
      return { ...looked, idle: 0, seen: true, standing, since };
    }
    case 'gone':
    case 'media-replaced':
      return { ...looked, idle: 0, ...notThere(watch, look.at) };
    case 'absent': {
      if (watch.seen || watch.standing === 'removed')
        return { ...looked, idle: 0, ...notThere(watch, look.at) };
      const since = watch.standing === 'unseen' ? watch.since : look.at;
      return { ...looked, idle: 0, standing: 'unseen', since };
    }
    default:
      return kind satisfies never;
  }
}

function notThere({ standing, since }: Watch, at: UtcMs): Pick<Watch, 'standing' | 'since'> {
  if (standing === 'removed') return { standing, since };
  if (standing !== 'away') return { standing: 'away', since: at };
  return at - since >= CONFIRM_MS ? { standing: 'removed', since } : { standing, since };
}

/**
 * When to look next, or `null` where the watch has ended. `random` is from 0 to 1: a look may come later than the schedule
 * says, by an hour or a tenth of the way at most, and never sooner.
 */
export function nextLookAt(watch: Watch, random: number): UtcMs | null {
  const { begunAt, standing, since, idle, last } = watch;
  const from = last?.at ?? begunAt;
  const due: number[] = [];
  const step = SCHEDULE.find((ms) => begunAt + ms > from);
  if (step !== undefined) due.push(begunAt + step);
  if (standing === 'away' && since + CONFIRM_MS > from) due.push(since + CONFIRM_MS);
  const again = last?.result.kind === 'unreachable' || standing === 'away';
  if (again && idle > 0 && idle <= MOST_RETRIES) due.push(from + RETRY_MS);
  if (due.length === 0) return null;
  const at = Math.min(...due);
  return Math.round(at + random * Math.min(MOST_JITTER_MS, (at - from) / 10)) as UtcMs;
}

/** What the page was at the last look. */
export function pageState({ last, standing, seen }: Watch): PageState {
  if (last === null) return 'not-looked';
  const { kind } = last.result;
  if (kind === 'there') return standing === 'back' ? 'back' : 'there';
  if (kind === 'absent') return seen ? 'media-gone' : 'unseen';
  return kind;
}
