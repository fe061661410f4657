/**
 * The state machine of a banked signal.
 *
 * States
 *   (none)        not banked yet
 *   unconfirmed   somebody said that this content must not be shared; nobody has looked yet. Matches go to review.
 *   confirmed     a human decision, or two independent organisations, stand behind it. Exact matches may be blocked.
 *   disputed      somebody with standing says it is wrong. Matches go to review until the dispute is resolved.
 *   withdrawn     its owner took it back. Terminal: the value is erased from rows, index and snapshots within 24 hours.
 *   expired       nobody confirmed it in its time. Terminal, erased like a withdrawal.
 *
 * Transitions
 *   (none)       --bank-->             unconfirmed
 *   unconfirmed  --confirm-->          confirmed      basis: a reviewed match, or two organisations (a flood of
 *                                                     submissions by one must never promote its own signal)
 *   confirmed    --deconfirm-->        unconfirmed    the decision that confirmed it was undone or reversed
 *   unconfirmed  --dispute-->          disputed
 *   confirmed    --dispute-->          disputed
 *   disputed     --resolve-dispute-->  unconfirmed; or confirmed, where it was that before (or disputing and resolving
 *                                                     would confirm what nobody has looked at)
 *   unconfirmed  --expire-->           expired        only once `expiresAt` has passed
 *   unconfirmed, confirmed, disputed --withdraw--> withdrawn    always, at once, without a reason
 *
 * Everything else is refused with `wrong-state`. The events carry ids and closed codes only; the signal's value lives
 * in a row of its own that can be erased.
 * @module
 */

import type { BankId, DecisionId, SignalId } from './id.ts';
import type { UtcMs } from './instant.ts';
import { accept, type Decided, refuse } from './refusal.ts';

/** The states a banked signal can be in. */
export const SIGNAL_STATES = Object.freeze([
  'unconfirmed',
  'confirmed',
  'disputed',
  'withdrawn',
  'expired',
] as const);

/** The state of a banked signal. */
export type SignalState = (typeof SIGNAL_STATES)[number];

/** What the machine knows of a signal; `none` before it was banked. */
export type BankedSignal =
  | { readonly kind: 'none' }
  | {
      readonly kind: SignalState;
      readonly bankId: BankId;
      /** What a disputed signal was before; `undefined` in every other state. */
      readonly disputedFrom?: 'unconfirmed' | 'confirmed' | undefined;
      /** The time from which an unconfirmed signal expires; `undefined` for one that does not. */
      readonly expiresAt: UtcMs | undefined;
    };

/** Why a signal may be promoted to confirmed (reference: review-console section 6, poisoning). */
export type ConfirmationBasis =
  | { readonly kind: 'reviewed-match'; readonly decisionId: DecisionId }
  | { readonly kind: 'organisations'; readonly count: number };

/** What can be asked of the machine. */
export type SignalCommand =
  | {
      readonly kind: 'bank';
      readonly signalId: SignalId;
      readonly bankId: BankId;
      readonly expiresAt?: UtcMs;
    }
  | { readonly kind: 'confirm'; readonly signalId: SignalId; readonly basis: ConfirmationBasis }
  | { readonly kind: 'deconfirm'; readonly signalId: SignalId; readonly decisionId: DecisionId }
  | { readonly kind: 'dispute'; readonly signalId: SignalId; readonly reason: DisputeReason }
  | {
      readonly kind: 'resolve-dispute';
      readonly signalId: SignalId;
      readonly outcome: 'confirmed' | 'unconfirmed';
    }
  | { readonly kind: 'expire'; readonly signalId: SignalId; readonly now: UtcMs }
  | { readonly kind: 'withdraw'; readonly signalId: SignalId };

/** Why somebody disputes a signal. */
export const DISPUTE_REASONS = Object.freeze([
  'not-intimate',
  'shared-with-consent',
  'wrong-picture',
  'other',
] as const);

/** One reason of a dispute. */
export type DisputeReason = (typeof DISPUTE_REASONS)[number];

/** What happened to a signal. */
export type SignalEvent =
  | {
      readonly type: 'signal-banked';
      readonly signalId: SignalId;
      readonly bankId: BankId;
      readonly expiresAt?: UtcMs;
    }
  | { readonly type: 'signal-confirmed'; readonly signalId: SignalId; readonly basis: ConfirmationBasis }
  | { readonly type: 'signal-deconfirmed'; readonly signalId: SignalId; readonly decisionId: DecisionId }
  | { readonly type: 'signal-disputed'; readonly signalId: SignalId; readonly reason: DisputeReason }
  | {
      readonly type: 'signal-dispute-resolved';
      readonly signalId: SignalId;
      readonly outcome: 'confirmed' | 'unconfirmed';
    }
  | { readonly type: 'signal-expired'; readonly signalId: SignalId }
  | { readonly type: 'signal-withdrawn'; readonly signalId: SignalId };

/** A signal that was never banked. */
export const NO_SIGNAL: BankedSignal = Object.freeze({ kind: 'none' });

/** Whether a signal in this state takes part in matching. */
export function isLive(state: SignalState): boolean {
  return state === 'unconfirmed' || state === 'confirmed' || state === 'disputed';
}

/** Organisations that must agree before a signal is confirmed without a reviewed match. */
export const CONFIRMING_ORGANISATIONS = 2;

/** Answers the events that carry out `command`, or why it is refused. */
export function decideSignal(state: BankedSignal, command: SignalCommand): Decided<SignalEvent> {
  const { signalId } = command;
  if (command.kind === 'bank') {
    if (state.kind !== 'none') return refuse('already-exists');
    const { bankId, expiresAt } = command;
    return accept({
      type: 'signal-banked',
      signalId,
      bankId,
      ...(expiresAt === undefined ? {} : { expiresAt }),
    });
  }
  if (state.kind === 'none') return refuse('not-found');
  switch (command.kind) {
    case 'confirm':
      if (state.kind !== 'unconfirmed') return refuse('wrong-state');
      // Asked this way round, a count that is no number is too few.
      if (command.basis.kind === 'organisations' && !(command.basis.count >= CONFIRMING_ORGANISATIONS)) {
        return refuse('too-few-organisations');
      }
      return accept({ type: 'signal-confirmed', signalId, basis: command.basis });
    case 'deconfirm':
      if (state.kind !== 'confirmed') return refuse('wrong-state');
      return accept({ type: 'signal-deconfirmed', signalId, decisionId: command.decisionId });
    case 'dispute':
      if (state.kind !== 'unconfirmed' && state.kind !== 'confirmed') return refuse('wrong-state');
      return accept({ type: 'signal-disputed', signalId, reason: command.reason });
    case 'resolve-dispute':
      if (state.kind !== 'disputed') return refuse('wrong-state');
      if (command.outcome === 'confirmed' && state.disputedFrom !== 'confirmed') return refuse('wrong-state');
      return accept({ type: 'signal-dispute-resolved', signalId, outcome: command.outcome });
    case 'expire':
      if (state.kind !== 'unconfirmed') return refuse('wrong-state');
      if (state.expiresAt === undefined || command.now < state.expiresAt) return refuse('not-yet-due');
      return accept({ type: 'signal-expired', signalId });
    case 'withdraw':
      if (!isLive(state.kind)) return refuse('wrong-state');
      return accept({ type: 'signal-withdrawn', signalId });
    default: {
      const never: never = command;
      return never;
    }
  }
}

/** From which states each event can follow: the transitions above, read by their arrows. */
const FOLLOWS: {
  readonly [Type in Exclude<SignalEvent['type'], 'signal-banked'>]: readonly SignalState[];
} = {
  'signal-confirmed': ['unconfirmed'],
  'signal-deconfirmed': ['confirmed'],
  'signal-disputed': ['unconfirmed', 'confirmed'],
  'signal-dispute-resolved': ['disputed'],
  'signal-expired': ['unconfirmed'],
  'signal-withdrawn': ['unconfirmed', 'confirmed', 'disputed'],
};

/**
 * The state after `event`.
 * @throws {TypeError} for an event that cannot follow this state (a damaged log, never a user's doing)
 */
export function evolveSignal(state: BankedSignal, event: SignalEvent): BankedSignal {
  if (event.type === 'signal-banked') {
    if (state.kind !== 'none') throw new TypeError('signal log: banked twice');
    return { kind: 'unconfirmed', bankId: event.bankId, expiresAt: event.expiresAt };
  }
  if (state.kind === 'none') throw new TypeError('signal log: an event before the signal was banked');
  // A withdrawn signal must not come back to life through a log that was replayed wrongly.
  if (!FOLLOWS[event.type].includes(state.kind)) {
    throw new TypeError(`signal log: ${event.type} cannot follow ${state.kind}`);
  }
  const rest = { bankId: state.bankId, expiresAt: state.expiresAt };
  switch (event.type) {
    case 'signal-confirmed':
      return { ...rest, kind: 'confirmed' };
    case 'signal-deconfirmed':
      return { ...rest, kind: 'unconfirmed' };
    case 'signal-disputed':
      return {
        ...rest,
        kind: 'disputed',
        disputedFrom: state.kind === 'confirmed' ? 'confirmed' : 'unconfirmed',
      };
    case 'signal-dispute-resolved':
      return { ...rest, kind: event.outcome };
    case 'signal-expired':
      return { ...rest, kind: 'expired' };
    case 'signal-withdrawn':
      return { ...rest, kind: 'withdrawn' };
    default: {
      const never: never = event;
      return never;
    }
  }
}
