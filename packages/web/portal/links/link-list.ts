/**
 * The links of a visit as one list: those just pasted and those of the open case, each once, with what happened to it. Plain
 * functions; the addresses stay in the memory of the page.
 * @module
 */

import { type NextStep, nextStep } from '@reclaim/casework/takedown/due-steps';
import { type TrackName, type Tracks, tracksOf } from '@reclaim/casework/takedown/takedown';
import type { KeptNotice, TakedownRecord } from '@reclaim/casework/takedown/takedown-record';
import { MAX_TAKEDOWN_LINK } from '@reclaim/casework/takedown/takedown-record';
import type { Day } from '@reclaim/law/day';
import { type ParsedPaste, parseLink, type Target } from '@reclaim/law/link/link';
import { type PlanFacts, type PlannedGroup, planInSlices } from '@reclaim/law/plan/link-plan';
import { dayAt, parseZone, UTC, type Zone } from '@reclaim/law/zone';

/** A link with what is known of it; no tracks for one that no case keeps. */
export type ListedLink = { readonly target: Target; readonly tracks: Tracks };

/** Links that share a plan. */
export type ListedGroup = {
  readonly key: string;
  readonly group: PlannedGroup;
  readonly links: readonly ListedLink[];
};

/** The whole list, or why the place cannot be used. */
export type LinkList =
  | { readonly ok: true; readonly groups: readonly ListedGroup[] }
  | { readonly ok: false; readonly reason: string };

/** The zone of the device; UTC where the browser does not tell (Tor Browser says UTC itself). */
export function deviceZone(): Zone {
  try {
    return parseZone(Intl.DateTimeFormat().resolvedOptions().timeZone);
  } catch {
    return UTC;
  }
}

/** Today, where the device is. */
export function today(nowMs: number): Day {
  return dayAt(nowMs, deviceZone());
}

/** The place of a kept link in the link table; undefined for one that is no link any more. */
export function targetOf(link: string): Target | undefined {
  const parsed = parseLink(link);
  return parsed.ok ? parsed.targets[0] : undefined;
}

/** Links handled in one go: about a millisecond on a slow phone. */
const SLICE = 100;

/** What is pasted and what the case keeps, planned together. */
export function listLinks(
  pasted: ParsedPaste | undefined,
  records: readonly TakedownRecord[],
  facts: PlanFacts,
  day: Day,
): LinkList {
  const listing = listInSlices(pasted, records, facts, day);
  for (let step = listing.next(); ; step = listing.next()) if (step.done === true) return step.value;
}

/** The same in slices, so that a list of ten thousand never holds a press up. */
export function* listInSlices(
  pasted: ParsedPaste | undefined,
  records: readonly TakedownRecord[],
  facts: PlanFacts,
  day: Day,
): Generator<undefined, LinkList, void> {
  const all = new Map<string, Target>();
  const events = new Map<string, TakedownRecord['events']>();
  for (const [at, record] of records.entries()) {
    if (at % SLICE === SLICE - 1) yield;
    events.set(record.link, record.events);
    const target = targetOf(record.link);
    // What the case keeps stands as it is kept, even if another paste wrote it differently.
    if (target !== undefined) all.set(target.key, { ...target, link: record.link });
  }
  for (const [at, target] of (pasted?.links ?? []).entries()) {
    if (at % SLICE === SLICE - 1) yield;
    if (!all.has(target.key)) all.set(target.key, target);
  }
  const paste = { links: [...all.values()], duplicates: 0, refused: [], cut: false };
  const planning = planInSlices(paste, facts, day, SLICE);
  let step = planning.next();
  for (; step.done !== true; step = planning.next()) yield;
  const planned = step.value;
  if (!planned.ok) return planned;
  const groups: ListedGroup[] = [];
  let done = 0;
  for (const group of planned.groups) {
    const links: ListedLink[] = [];
    for (const target of group.targets) {
      links.push({ target, tracks: tracksOf(events.get(target.link) ?? []) });
      done += 1;
      if (done % SLICE === 0) yield;
    }
    groups.push({ key: `${group.host} ${group.plan.platform} ${group.plan.kind}`, group, links });
  }
  return { ok: true, groups };
}

/** The facts that decide a plan, from what was answered; `country` is the guess of the visit. */
export function planFacts(notice: KeptNotice, country: string, minor: boolean): PlanFacts {
  const lives = notice.country === 'unknown' ? country : notice.country;
  return {
    country: /^[A-Z]{2}$/.test(lives) ? lives : 'unknown',
    subdivision: notice.subdivision.startsWith(`${lives}-`) ? notice.subdivision : 'unknown',
    kind: notice.kind === 'not-said' ? 'authentic' : notice.kind,
    minor,
    madeByPerson: notice.madeByPerson,
  };
}

/** Which links of a paste a case can keep: those short enough. */
export function keepable(targets: readonly Target[]): readonly string[] {
  return targets.map((each) => each.link).filter((link) => link.length <= MAX_TAKEDOWN_LINK);
}

/** The next step of a link over its tracks: what the person has to do comes first, then what is waited for. */
export function linkStep({ tracks }: ListedLink, nowMs: number, zone: Zone): NextStep {
  const steps = tracks.map((each) => nextStep(each, nowMs, zone));
  return (
    steps.find((each) => each.who === 'person') ??
    steps.find((each) => each.who !== 'nobody') ??
    steps[0] ?? { kind: 'send', who: 'person' }
  );
}

/**
 * The links that a notice on the track is about: those that nobody asked for yet, or that came back; where there are none, those
 * that were asked for and are still there, for another way or another try. What is gone or no longer followed is not asked for.
 */
export function linksToAsk(links: readonly ListedLink[], track: TrackName): readonly ListedLink[] {
  const stateOf = (each: ListedLink) => each.tracks.find(({ name }) => name === track)?.state ?? 'open';
  const fresh = links.filter((each) => ['open', 'reappeared'].includes(stateOf(each)));
  if (fresh.length > 0) return fresh;
  const asked = links.filter((each) => !['removed', 'not-there', 'dropped'].includes(stateOf(each)));
  return asked.length > 0 ? asked : links;
}

/** Every country that the browser has a name for, by name: the place where one lives is no list of ours. */
export function countryNames(language: string): readonly (readonly [code: string, name: string])[] {
  const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  // Not countries of the list: groupings, and codes that are set aside.
  const others = new Set([
    'EU',
    'EZ',
    'UN',
    'XA',
    'XB',
    'QO',
    'ZZ',
    'AC',
    'CP',
    'CQ',
    'DG',
    'EA',
    'IC',
    'TA',
    'UK',
  ]);
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => !others.has(code))
    .flatMap((code) => {
      const name = names.of(code);
      return name === undefined ? [] : [[code, name] as const];
    })
    .sort((a, b) => a[1].localeCompare(b[1], language));
}
