/**
 * The plan for pasted links: for each, what to do before asking, the ways in order, the regimes that a notice can rest on and
 * the first limit that they set, what usually goes wrong, and the search engines to ask at the same time.
 *
 * Order of the ways: `channel-order.ts` (the form made for a law first, the report in the app after it, copyright last and only
 * for who made the picture, with its warning and the way through an agent). A site that nobody listed has its own route, found
 * by the thirteen steps. Everything depends on the platform, the kind of item and the facts, never on the rest of the link: so
 * ten thousand links are as many plans as they have kinds, and no link is asked of any network.
 *
 * A picture of somebody under 18: only the ways made for that, a text-only notice to the site itself, no search for more.
 * @module
 */

import type { Channel } from '../channel/channel.ts';
import { channelsFor, type OfferedChannel } from '../channel/channel-order.ts';
import { REGULATORS, type Regulator } from '../channel/regulator.ts';
import type { Trap } from '../channel/trap.ts';
import { trapsOf, trapsOfPlatform } from '../channel/traps-of.ts';
import { type SiteStep, unknownSiteSteps } from '../channel/unknown-site.ts';
import type { Day } from '../day.ts';
import { applicableRegimes, type ItemFacts } from '../duty/applicable.ts';
import type { ParsedPaste, Target } from '../link/link.ts';
import type { LinkKind } from '../link/pattern.ts';
import { noticeRegimes } from '../notice/asked.ts';
import { type Addressed, hoursOf } from '../notice/notice-text.ts';
import type { NoticeRegime } from '../notice/sentences.ts';
import { isSearchEngine, linksPerNotice, platformFacts } from './platform-facts.ts';

/** What is known of the person and the picture, for all links at once. */
export interface PlanFacts {
  /** ISO 3166-1 alpha-2 in capitals of where the person lives. */
  readonly country: string | 'unknown';
  /** ISO 3166-2 within it, such as `US-CA`. */
  readonly subdivision: string | 'unknown';
  readonly kind: ItemFacts['kind'];
  /** Whether somebody shown is or was under 18, or may be: who is not sure is on the same road. */
  readonly minor: boolean;
  readonly madeByPerson: boolean | 'unknown';
}

/** What comes before asking. */
export type FirstThing =
  /** A short link is opened by the person, who pastes the address it leads to. */
  | 'open-and-paste-again'
  /** The address of a bare file expires: the page that shows it is what a notice names. */
  | 'find-the-page'
  /** It vanishes by itself: keep what is needed first. */
  | 'keep-first'
  /** The copy is the search engine's: ask the engine. */
  | 'ask-the-engine'
  /** A container: report each item in it too. */
  | 'name-each-item'
  /** The original is on another server, which is asked too. */
  | 'ask-the-origin-too';

/** A way to ask. */
export interface Way {
  /** Null for the own route of a site that nobody listed. */
  readonly channel: Channel | null;
  readonly addressed: Addressed;
  readonly warning: OfferedChannel['warning'];
  /** True where nobody of the project has opened the address yet. */
  readonly unconfirmed: boolean;
  /** What a notice sent this way can rest on, the leading regime first. */
  readonly regimes: readonly NoticeRegime[];
  /** The shortest limit of those that surely apply, in hours from arrival; null where the law names no number. */
  readonly hours: number | null;
  /** How many addresses one notice may hold. */
  readonly linksPerNotice: number;
  readonly traps: readonly Trap[];
}

/** The plan of one platform and kind. */
export interface LinkPlan {
  readonly platform: string;
  readonly kind: LinkKind;
  readonly guessed: boolean;
  readonly first: readonly FirstThing[];
  /** The ways in order; the first is the one to begin with. Empty only where nothing can be asked (Signal). */
  readonly ways: readonly Way[];
  /** Steps of an unlisted site, in order; empty for a listed one. */
  readonly steps: readonly SiteStep[];
  /** Search engines to ask on the same day, one way each; empty for a link of an engine. */
  readonly engines: readonly { readonly engine: string; readonly way: Way }[];
  /** Offices that act at once and can order removal, by where the person lives. */
  readonly offices: readonly Regulator[];
}

/** Links that share a plan, of one host. */
export interface PlannedGroup {
  readonly plan: LinkPlan;
  readonly host: string;
  readonly otherScript: boolean;
  readonly targets: readonly Target[];
}

/** A whole paste, planned. */
export type PlannedPaste =
  | {
      readonly ok: true;
      readonly groups: readonly PlannedGroup[];
      readonly duplicates: number;
      readonly refused: ParsedPaste['refused'];
      readonly cut: boolean;
    }
  | { readonly ok: false; readonly reason: 'contradictory-place' | 'malformed-place' };

/** The plan of a platform and kind, or why the facts cannot be used. */
export type Planned =
  | { readonly ok: true; readonly plan: LinkPlan }
  | { readonly ok: false; readonly reason: 'contradictory-place' | 'malformed-place' };

/** Plans a paste: links of one host, platform and kind together, in the order in which they came. */
export function planPaste(paste: ParsedPaste, facts: PlanFacts, day: Day): PlannedPaste {
  const planning = planInSlices(paste, facts, day, Number.POSITIVE_INFINITY);
  for (let step = planning.next(); ; step = planning.next()) if (step.done === true) return step.value;
}

/** The same in slices of `slice` links, yielding how many were planned: a page that plans ten thousand stays at hand. */
export function* planInSlices(
  paste: ParsedPaste,
  facts: PlanFacts,
  day: Day,
  slice: number,
): Generator<number, PlannedPaste, void> {
  const plans = new Map<string, LinkPlan>();
  const groups = new Map<string, { plan: LinkPlan; target: Target; targets: Target[] }>();
  for (const [index, target] of paste.links.entries()) {
    if (index > 0 && index % slice === 0) yield index;
    const kind = `${target.platform} ${target.kind} ${target.guessed}`;
    let plan = plans.get(kind);
    if (plan === undefined) {
      const planned = planLink(target, facts, day);
      if (!planned.ok) return planned;
      plan = planned.plan;
      plans.set(kind, plan);
    }
    const key = `${target.host} ${kind}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { plan, target, targets: [target] });
    else known.targets.push(target);
  }
  return {
    ok: true,
    groups: [...groups.values()].map(({ plan, target, targets }) => ({
      plan,
      host: target.host,
      otherScript: target.otherScript,
      targets,
    })),
    duplicates: paste.duplicates,
    refused: paste.refused,
    cut: paste.cut,
  };
}

/** Plans one platform and kind. */
export function planLink(
  target: Pick<Target, 'platform' | 'kind' | 'guessed'>,
  facts: PlanFacts,
  day: Day,
): Planned {
  const item = itemFacts(target.platform, target.guessed, facts);
  const applies = applicableRegimes(item, day);
  if (!applies.ok) return applies;
  const regimes = noticeRegimes(applies.regimes, item);
  // The limit that is promised to a person: of regimes that apply for sure, whatever may apply beside them.
  const sure = regimes.filter((regime) =>
    applies.regimes.some((each) => each.regime === regime && each.answer === 'applies'),
  );
  const engine = isSearchEngine(target.platform);
  const make = (offered: OfferedChannel) => wayOf(offered, regimes, sure, facts.minor, day);
  const own = channelsFor(channelFacts(target.platform, facts), day)
    .map(make)
    // A form of a search engine that covers hosted content too is asked about results here.
    .map((way) => (engine && way.addressed === 'service' ? { ...way, ...indexOnly(regimes) } : way));
  const ways = needsOwnRoute(target.platform, own, facts)
    ? [ownRoute(target.platform, regimes, sure, facts, day), ...own]
    : own;
  return {
    ok: true,
    plan: {
      platform: target.platform,
      kind: target.kind,
      guessed: target.guessed,
      first: firstThings(target.kind),
      ways,
      steps: isUnlisted(target.platform, own)
        ? unknownSiteSteps({
            minor: facts.minor,
            hostile: false,
            madeForAbuse: false,
            country: facts.country,
          })
        : [],
      engines: engine || facts.minor || facts.kind === 'threatened' ? [] : engineWays(facts, day, make),
      offices: facts.minor ? [] : officesAtOnce(facts),
    },
  };
}

/** The facts of an item on the platform, for the law. */
export function itemFacts(platform: string, guessed: boolean, facts: PlanFacts): ItemFacts {
  return {
    country: facts.country,
    subdivision: facts.subdivision,
    ...platformFacts(platform, guessed),
    kind: facts.kind,
    minor: facts.minor,
    madeByPerson: facts.madeByPerson,
    accountHolder: 'unknown',
  };
}

/** Engines that take requests, in the order in which to ask: DuckDuckGo shows what Bing shows. */
const ENGINES = ['google-search', 'bing', 'duckduckgo', 'yandex'] as const;

function engineWays(facts: PlanFacts, day: Day, make: (offered: OfferedChannel) => Way): LinkPlan['engines'] {
  return ENGINES.flatMap((engine) => {
    const offered = channelsFor(channelFacts(engine, facts), day).filter(
      (each) => each.channel.effect === 'index',
    );
    // Google has one form for what is real and one for what is fake.
    const fits = offered.find((each) => (each.channel.id === 'google-fake') === (facts.kind === 'forgery'));
    const best = fits ?? offered[0];
    return best === undefined ? [] : [{ engine, way: make(best) }];
  });
}

function channelFacts(platform: string, facts: PlanFacts): Parameters<typeof channelsFor>[0] {
  return {
    platform,
    country: facts.country,
    minor: facts.minor,
    hasAccount: 'unknown',
    madeByPerson: facts.madeByPerson,
    partner: false,
  };
}

function wayOf(
  { channel, warning, unconfirmed }: OfferedChannel,
  regimes: readonly NoticeRegime[],
  sure: readonly NoticeRegime[],
  minor: boolean,
  day: Day,
): Way {
  const addressed = addressedBy(channel);
  const fitting = fittingRegimes(addressed, regimes).filter((regime) => !minor || regime === 'eu-dsa');
  return {
    channel,
    addressed,
    warning,
    unconfirmed,
    regimes: fitting,
    hours: minor
      ? null
      : shortest(
          fitting.filter((regime) => sure.includes(regime)),
          day,
        ),
    linksPerNotice: linksPerNotice(channel),
    traps: trapsOf(channel),
  };
}

function indexOnly(regimes: readonly NoticeRegime[]): Pick<Way, 'addressed' | 'regimes' | 'hours'> {
  return { addressed: 'index', regimes: fittingRegimes('index', regimes), hours: null };
}

function ownRoute(
  platform: string,
  regimes: readonly NoticeRegime[],
  sure: readonly NoticeRegime[],
  facts: PlanFacts,
  day: Day,
): Way {
  return {
    channel: null,
    addressed: 'service',
    warning: 'none',
    unconfirmed: false,
    regimes: facts.minor ? regimes.filter((regime) => regime === 'eu-dsa') : regimes,
    hours: facts.minor ? null : shortest(sure, day),
    linksPerNotice: linksPerNotice(null),
    traps: trapsOfPlatform(platform),
  };
}

function addressedBy(channel: Channel): Addressed {
  if (channel.effect === 'copyright') return 'copyright-agent';
  if (channel.effect === 'index') return 'index';
  return channel.effect === 'infrastructure' ? 'host' : 'service';
}

/**
 * Which regimes fit who is addressed: a search engine has a duty of its own in the United Kingdom only; whoever merely hosts
 * takes notices under the Digital Services Act; copyright is alone.
 */
function fittingRegimes(addressed: Addressed, regimes: readonly NoticeRegime[]): readonly NoticeRegime[] {
  switch (addressed) {
    case 'copyright-agent':
      return ['us-dmca'];
    case 'index':
      return regimes.filter((regime) => regime === 'uk-osa');
    case 'host':
      return regimes.filter((regime) => regime === 'eu-dsa');
    case 'service':
      return regimes;
    default:
      return addressed satisfies never;
  }
}

function shortest(regimes: readonly NoticeRegime[], day: Day): number | null {
  // California's 48 hours are for confirming receipt, not for removal.
  const hours = regimes
    .filter((regime) => regime !== 'us-ca')
    .map((regime) => hoursOf(regime, day))
    .filter((each) => each !== null);
  return hours.length === 0 ? null : Math.min(...hours);
}

/** A site that no row serves: every unlisted page, and software that was only guessed from its shape. */
function isUnlisted(platform: string, ways: readonly Way[]): boolean {
  return platform === 'unknown-site' || platform === 'image-file' || ways.length === 0;
}

function needsOwnRoute(platform: string, ways: readonly Way[], facts: PlanFacts): boolean {
  if (platform === 'signal' || platform === 'short-link') return false;
  return isUnlisted(platform, ways) || facts.minor;
}

function firstThings(kind: LinkKind): readonly FirstThing[] {
  switch (kind) {
    case 'short_link':
    case 'redirect':
      return ['open-and-paste-again'];
    case 'image_cdn':
    case 'file':
      return ['find-the-page'];
    case 'search_thumb':
      return ['ask-the-engine'];
    case 'story':
    case 'live':
    case 'message':
      return ['keep-first'];
    case 'group':
    case 'invite':
      return ['keep-first', 'name-each-item'];
    case 'profile':
      return ['name-each-item'];
    case 'post_remote_copy':
      return ['ask-the-origin-too'];
    default:
      return [];
  }
}

/** Offices that take the matter at once, without waiting for the service. */
const AT_ONCE: ReadonlySet<string> = new Set(['esafety', 'aepd', 'garante', 'kr-center', 'bc-crt']);

function officesAtOnce({ country, subdivision }: PlanFacts): readonly Regulator[] {
  return REGULATORS.filter(
    (each) =>
      AT_ONCE.has(each.id) &&
      each.addresses.length > 0 &&
      (each.place === country || each.place === subdivision),
  );
}
