/**
 * The state machine of misuse: when an account, a notifier or a complainant may be suspended, and never before a warning.
 *
 * Regulation (EU) 2022/2065, Art. 23: who *frequently* posts manifestly illegal content, or sends manifestly unfounded
 * notices or complaints, is suspended for a reasonable time, after a prior warning, judged on at least four facts: how
 * many, in which proportion, how grave, with what intention. "Manifestly" is what is evident to a layperson without
 * analysis (recital 63). The numbers of `MisusePolicy` are ours, not the law's: an operator states its own in its terms.
 *
 * States
 *   clear      nothing counts, or what counted is too old
 *   counted    manifest acts within the window, no warning stands
 *   warned     told what counts and what follows; a warning stands for `warningDays`
 *   suspended  until a day; the machine itself ends it
 *
 * Transitions
 *   clear, counted, warned, suspended --count--> (the same, one act more)
 *                                   only what a person reviewed and found manifest; a perceptual match alone never counts,
 *                                   and no more does an act whose decision was undone (`discount`)
 *   counted    --warn-->            warned      with the four facts, and at least `leastActs` in the window
 *   warned     --suspend-->         suspended   only for an act after the warning and after the last suspension, while the
 *                                   warning stands; with the four facts; at most `longestDays`; by a person
 *   suspended  --object-->          suspended   whoever is suspended says why they should not be, once against one suspension
 *   suspended  --uphold-->          suspended   answers an objection: with a reason, and never by who suspended
 *   suspended  --lift-->            warned      with a reason (an objection that was right, a mistake); answers an objection too
 *   warned     --lift-->            counted     the warning is taken back, with a reason
 *   suspended  --disown-->          suspended   somebody says that what was counted under this address was another's; once against
 *                                   one suspension, so that a lead reads it
 *   suspended  --expire-->          warned      once `until` has passed; the warning goes on as long as it would have
 *   any        --discount-->        an act whose decision was undone or reversed no longer counts; what rests on it too
 *                                   few is not taken back by itself: a person lifts it
 *
 * A suspension of notices never reaches a notice of the person shown, of somebody who acts for them, or of what may show a
 * minor: its legal clock runs whatever they sent before (`isTurnedAway`). Nobody learns from a suspension who gave notice.
 *
 * Nobody verifies the e-mail address of a notifier, so anybody can send unfounded notices under another's. A suspension by an
 * address may therefore bar nobody who says that what was counted was not theirs: it turns away what comes without that word. Who
 * misuses could as well type another address; a harder bar would reach the one person alone who is honest with theirs.
 * @module
 */

import { FACTS_MAX, FACTS_MIN } from './decision.ts';
import type { ActorId, DecisionId, MisuseId } from './id.ts';
import { DAY_MS, parseUtcMs, type UtcMs } from './instant.ts';
import { accept, type Decided, refuse } from './refusal.ts';

/** What is misused: posting, notices, complaints. Suspensions are counted by it (sheet 7 of the harmonised report). */
export const MISUSES = Object.freeze([
  'illegal-content',
  'unfounded-notices',
  'unfounded-complaints',
] as const);

/** One kind of misuse. */
export type Misuse = (typeof MISUSES)[number];

/** An operator's numbers, as its terms have to state them (Art. 23(4)). */
export type MisusePolicy = {
  /** Days in which acts count. */
  readonly windowDays: number;
  /** Manifest acts in the window before a warning: "frequently". */
  readonly leastActs: number;
  /** Days for which a warning stands. */
  readonly warningDays: number;
  /** The longest suspension, days. */
  readonly longestDays: number;
};

/** Numbers to begin with. */
export const MISUSE_POLICY: MisusePolicy = Object.freeze({
  windowDays: 180,
  leastActs: 3,
  warningDays: 365,
  longestDays: 90,
});

/** The facts that a warning and a suspension are judged on: the four of Art. 23(3), the last two in words. */
export type MisuseFacts = {
  /** Manifest acts in the window. */
  readonly count: number;
  /** All acts of the kind in the window, manifest or not: the proportion is `count` of `all`. */
  readonly all: number;
  readonly gravity: string;
  readonly intention: string;
};

/** A manifest act. */
export type MisuseAct = { readonly decisionId: DecisionId; readonly at: UtcMs };

/** What the machine knows. `acts` in the order in which they came. */
export type MisuseState = {
  readonly acts: readonly MisuseAct[];
  readonly warnedAt: UtcMs | undefined;
  /** When the last suspension began, also once it is over: what it was for is not suspended a second time. */
  readonly suspendedAt: UtcMs | undefined;
  readonly suspendedUntil: UtcMs | undefined;
  /** Who suspended last: they do not answer the objection. */
  readonly suspendedBy: ActorId | undefined;
  /** Whether the present suspension was objected to, and whether that was answered. */
  readonly objection: 'none' | 'waits' | 'answered';
  /** When somebody said, against the present suspension, that what was counted under the address was another's. */
  readonly disownedAt: UtcMs | undefined;
};

/** Nothing counted. */
export const NO_MISUSE: MisuseState = Object.freeze({
  acts: [],
  warnedAt: undefined,
  suspendedAt: undefined,
  suspendedUntil: undefined,
  suspendedBy: undefined,
  objection: 'none',
  disownedAt: undefined,
});

type Common = { readonly misuseId: MisuseId; readonly misuse: Misuse; readonly now: UtcMs };

/** What can be asked of the machine. `basis`: what shows the act. */
export type MisuseCommand =
  | (Common & {
      readonly kind: 'count';
      readonly decisionId: DecisionId;
      readonly basis: 'reviewed' | 'perceptual-match';
      readonly manifest: boolean;
    })
  | (Common & { readonly kind: 'discount'; readonly decisionId: DecisionId })
  | (Common & { readonly kind: 'warn'; readonly by: ActorId; readonly facts: MisuseFacts })
  | (Common & {
      readonly kind: 'suspend';
      readonly by: ActorId;
      readonly days: number;
      readonly facts: MisuseFacts;
    })
  | (Common & { readonly kind: 'object'; readonly words: string })
  | (Common & { readonly kind: 'uphold'; readonly by: ActorId; readonly reason: string })
  | (Common & { readonly kind: 'lift'; readonly by: ActorId; readonly reason: string })
  | (Common & { readonly kind: 'disown' })
  | (Common & { readonly kind: 'expire' });

type Told = { readonly misuseId: MisuseId; readonly misuse: Misuse; readonly at: UtcMs };

/** What happened. Words are erasable; numbers stand in the chain. */
export type MisuseEvent =
  | (Told & { readonly type: 'misuse-counted' | 'misuse-discounted'; readonly decisionId: DecisionId })
  | (Told & {
      readonly type: 'misuse-warned';
      readonly by: ActorId;
      readonly count: number;
      readonly all: number;
      readonly values: { readonly gravity: string; readonly intention: string };
    })
  | (Told & {
      readonly type: 'misuse-suspended';
      readonly by: ActorId;
      readonly until: UtcMs;
      readonly count: number;
      readonly all: number;
      readonly values: { readonly gravity: string; readonly intention: string };
    })
  | (Told & { readonly type: 'misuse-objected'; readonly values: { readonly words: string } })
  | (Told & {
      readonly type: 'misuse-upheld';
      readonly by: ActorId;
      readonly values: { readonly reason: string };
    })
  | (Told & {
      readonly type: 'misuse-lifted';
      readonly by: ActorId;
      /** What was taken back. */
      readonly measure: 'warning' | 'suspension';
      readonly values: { readonly reason: string };
    })
  | (Told & { readonly type: 'misuse-disowned' | 'misuse-expired' });

/** Which state it is in at `now`. */
export function misuseKind(
  state: MisuseState,
  now: UtcMs,
  policy: MisusePolicy = MISUSE_POLICY,
): 'clear' | 'counted' | 'warned' | 'suspended' {
  if (state.suspendedUntil !== undefined) return 'suspended';
  if (state.warnedAt !== undefined && now < state.warnedAt + policy.warningDays * DAY_MS) return 'warned';
  return actsInWindow(state, now, policy).length === 0 ? 'clear' : 'counted';
}

/** The acts that count at `now`. */
export function actsInWindow(
  { acts }: MisuseState,
  now: UtcMs,
  policy: MisusePolicy = MISUSE_POLICY,
): readonly MisuseAct[] {
  return acts.filter(({ at }) => at <= now && at > now - policy.windowDays * DAY_MS);
}

/**
 * Whether something that somebody sends is turned away because they are suspended. `alwaysHeard`: a notice of the person
 * shown, for them, or of what may show a minor. `disowned`: its sender says that what was counted under their address was not theirs.
 */
export function isTurnedAway(
  state: MisuseState,
  now: UtcMs,
  sent: { readonly misuse: Misuse; readonly alwaysHeard: boolean; readonly disowned?: boolean },
): boolean {
  if (sent.misuse === 'unfounded-notices' && sent.alwaysHeard) return false;
  if (sent.misuse !== 'illegal-content' && sent.disowned === true) return false;
  return state.suspendedUntil !== undefined && now < state.suspendedUntil;
}

/** Answers the events that carry out `command`, or why it is refused. */
export function decideMisuse(
  state: MisuseState,
  command: MisuseCommand,
  policy: MisusePolicy = MISUSE_POLICY,
): Decided<MisuseEvent> {
  const { misuseId, misuse, now } = command;
  const told: Told = { misuseId, misuse, at: now };
  const kind = misuseKind(state, now, policy);
  switch (command.kind) {
    case 'count':
      // A hash can be made to collide: nobody is counted among wrongdoers by it (review-console, section 6).
      if (command.basis !== 'reviewed') return refuse('not-reviewed');
      if (!command.manifest) return refuse('not-manifest');
      if (state.acts.some(({ decisionId }) => decisionId === command.decisionId))
        return refuse('already-exists');
      return accept({ ...told, type: 'misuse-counted', decisionId: command.decisionId });
    case 'discount':
      return state.acts.some(({ decisionId }) => decisionId === command.decisionId)
        ? accept({ ...told, type: 'misuse-discounted', decisionId: command.decisionId })
        : refuse('not-found');
    case 'warn': {
      if (kind === 'warned' || kind === 'suspended') return refuse('wrong-state');
      const acts = actsInWindow(state, now, policy);
      if (acts.length < policy.leastActs) return refuse('too-few-acts');
      if (!areFacts(command.facts, acts.length)) return refuse('facts-missing');
      return accept({ ...told, type: 'misuse-warned', by: command.by, ...factsOf(command.facts) });
    }
    case 'suspend': {
      if (kind === 'suspended') return refuse('wrong-state');
      if (kind !== 'warned' || state.warnedAt === undefined) return refuse('not-warned');
      const since = Math.max(state.warnedAt, state.suspendedAt ?? 0);
      const acts = actsInWindow(state, now, policy);
      // Who was warned, or suspended, and stopped is not suspended for what came before.
      if (!acts.some(({ at }) => at > since)) return refuse('no-act-since-warning');
      if (acts.length < policy.leastActs) return refuse('too-few-acts');
      if (!areFacts(command.facts, acts.length)) return refuse('facts-missing');
      if (!(Number.isSafeInteger(command.days) && command.days >= 1 && command.days <= policy.longestDays)) {
        return refuse('too-long');
      }
      const until = parseUtcMs(now + command.days * DAY_MS);
      return accept({ ...told, type: 'misuse-suspended', by: command.by, until, ...factsOf(command.facts) });
    }
    case 'object':
      if (state.suspendedUntil === undefined) return refuse('wrong-state');
      if (state.objection !== 'none') return refuse('already-exists');
      if (!isWords(command.words)) return refuse('reason-required');
      return accept({ ...told, type: 'misuse-objected', values: { words: command.words.trim() } });
    case 'disown':
      if (state.suspendedUntil === undefined || misuse === 'illegal-content') return refuse('wrong-state');
      if (state.disownedAt !== undefined) return refuse('already-exists');
      return accept({ ...told, type: 'misuse-disowned' });
    case 'uphold':
      if (state.suspendedUntil === undefined || state.objection !== 'waits') return refuse('wrong-state');
      if (state.suspendedBy === command.by) return refuse('same-reviewer');
      if (!isWords(command.reason)) return refuse('reason-required');
      return accept({ ...told, type: 'misuse-upheld', by: command.by, values: { reason: command.reason } });
    case 'lift': {
      // Anybody may take it back, also who imposed it: it is in favour of the one concerned.
      if (kind !== 'suspended' && kind !== 'warned') return refuse('wrong-state');
      if (!isWords(command.reason)) return refuse('reason-required');
      const measure = kind === 'suspended' ? 'suspension' : 'warning';
      const values = { reason: command.reason };
      return accept({ ...told, type: 'misuse-lifted', by: command.by, measure, values });
    }
    case 'expire':
      if (state.suspendedUntil === undefined) return refuse('wrong-state');
      return now < state.suspendedUntil ? refuse('not-yet-due') : accept({ ...told, type: 'misuse-expired' });
    default: {
      const never: never = command;
      return never;
    }
  }
}

/**
 * The state after `event`.
 * @throws {TypeError} for an event that cannot follow this state (a damaged log, never a user's doing)
 */
export function evolveMisuse(state: MisuseState, event: MisuseEvent): MisuseState {
  switch (event.type) {
    case 'misuse-counted':
      return { ...state, acts: [...state.acts, { decisionId: event.decisionId, at: event.at }] };
    case 'misuse-discounted':
      return { ...state, acts: state.acts.filter(({ decisionId }) => decisionId !== event.decisionId) };
    case 'misuse-warned':
      return { ...state, warnedAt: event.at };
    case 'misuse-suspended':
      if (state.warnedAt === undefined) throw new TypeError('misuse log: suspended without a warning');
      return {
        ...state,
        suspendedAt: event.at,
        suspendedUntil: event.until,
        suspendedBy: event.by,
        objection: 'none',
        disownedAt: undefined,
      };
    case 'misuse-objected':
    case 'misuse-upheld':
      if (state.suspendedUntil === undefined) throw new TypeError('misuse log: objected to no suspension');
      return { ...state, objection: event.type === 'misuse-objected' ? 'waits' : 'answered' };
    case 'misuse-disowned':
      if (state.suspendedUntil === undefined) throw new TypeError('misuse log: disowned no suspension');
      return { ...state, disownedAt: event.at };
    case 'misuse-lifted':
      if (event.measure === 'warning') return { ...state, warnedAt: undefined };
      if (state.suspendedUntil === undefined) throw new TypeError('misuse log: an end without a suspension');
      return { ...state, suspendedUntil: undefined, objection: 'none', disownedAt: undefined };
    case 'misuse-expired':
      if (state.suspendedUntil === undefined) throw new TypeError('misuse log: an end without a suspension');
      return { ...state, suspendedUntil: undefined, objection: 'none', disownedAt: undefined };
    default: {
      const never: never = event;
      return never;
    }
  }
}

/** All four facts, and the first as it is: a number that the acts do not bear out is no fact. */
function areFacts(facts: MisuseFacts, count: number): boolean {
  return (
    facts.count === count &&
    Number.isSafeInteger(facts.all) &&
    facts.all >= facts.count &&
    isWords(facts.gravity) &&
    isWords(facts.intention)
  );
}

function factsOf({ count, all, gravity, intention }: MisuseFacts) {
  return { count, all, values: { gravity: gravity.trim(), intention: intention.trim() } };
}

function isWords(text: string): boolean {
  const { length } = text.trim();
  return length >= FACTS_MIN && length <= FACTS_MAX;
}
