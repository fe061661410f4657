/**
 * Refusals: why a command was not carried out. A closed set, so that the HTTP rim can map each to a problem and the
 * console to a sentence. No free text: what a person wrote never travels in a refusal.
 * @module
 */

/** The reasons for which `decide` refuses a command. */
export const REFUSALS = Object.freeze([
  'already-exists',
  'not-found',
  'wrong-state',
  'claimed-by-another',
  'not-claimed',
  'same-reviewer',
  'reason-required',
  'complaint-window-over',
  'not-yet-due',
  'too-few-organisations',
  'not-reviewed',
  'not-manifest',
  'too-few-acts',
  'facts-missing',
  'not-warned',
  'no-act-since-warning',
  'too-long',
  'sender-unknown',
  'suspended',
  'not-in-lane',
  'blackout',
  'no-export',
] as const);

/** One reason. */
export type Refusal = (typeof REFUSALS)[number];

/** The outcome of a command: events to append, or the reason of the refusal. */
export type Decided<E> =
  | { readonly ok: true; readonly events: readonly E[] }
  | { readonly ok: false; readonly reason: Refusal };

/** A command carried out. */
export function accept<E>(...events: E[]): Decided<E> {
  return { ok: true, events };
}

/** A command refused. */
export function refuse<E>(reason: Refusal): Decided<E> {
  return { ok: false, reason };
}
