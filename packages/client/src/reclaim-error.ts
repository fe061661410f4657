/**
 * The one error of the client, with a closed code: what a node answered as a problem (RFC 9457), or what went wrong
 * on the way to it.
 *
 * An error ends in a platform's log. So it holds a code, an HTTP status and JSON pointers into the caller's own
 * request, and never a key, an address, an item id, a signal or a person's words: not in the message, not in `cause`.
 * @module
 */

import { REFUSALS, type Refusal } from '@reclaim/casework/refusal';
import { type Problem, wireProblem } from '@reclaim/casework/wire';

const PLAIN_CODES = [
  'invalid-request',
  'malformed-json',
  'sign-in-failed',
  'unauthorized',
  'forbidden',
  'not-found',
  'name-taken',
  'pseudonym-taken',
  'last-people',
  'passkey-refused',
  'link-expired',
  'last-admin',
  'unknown-signal',
  'refused-minor',
  'refused-blackout',
  'no-preview',
  'refused-proof',
  'refused-version',
  'no-watching',
  'watch-address',
  'watch-full',
  'case-full',
  'thread-full',
  'refused-original',
  'no-helper',
  'statement-faults',
  'too-large',
  'unsupported-media-type',
  'not-an-image',
  'unsupported-format',
  'image-damaged',
  'too-many-pixels',
  'too-slow',
  'not-bankable',
  'webhook-address',
  'too-many-requests',
  'too-many-attempts',
  'door-full',
  'views-used-up',
  'parts-used-up',
  'too-many-in-flight',
  'internal',
  'preview-unavailable',
  'too-busy',
  'storage-full',
  'unavailable',
  'network',
  'timeout',
  'bad-answer',
] as const;

/**
 * What can go wrong: a problem type of the node without `/problems/`; `network` (no connection, or it broke),
 * `timeout` (no answer within the client's time), `bad-answer` (an answer that does not follow the contract).
 */
export type ReclaimErrorCode = (typeof PLAIN_CODES)[number] | `refused-${Refusal}`;

/** Every code there is. */
export const RECLAIM_ERROR_CODES: readonly ReclaimErrorCode[] = Object.freeze([
  // A few are both: a refusal of the domain, and a problem that a route has by itself.
  ...new Set([...PLAIN_CODES, ...REFUSALS.map((refusal) => `refused-${refusal}` as const)]),
]);

/** Where a request broke a rule: a JSON pointer (RFC 6901) into it, and the rule's name. */
export type InvalidField = { readonly pointer: string; readonly rule: string };

/** What is known beside the code. */
export type ReclaimErrorDetail = {
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  readonly invalid?: readonly InvalidField[];
  readonly cause?: unknown;
};

/** A call that brought no answer that can be used. */
export class ReclaimError extends Error {
  /** What went wrong, from a closed set. */
  readonly code: ReclaimErrorCode;
  /** The HTTP status, where a node answered. */
  readonly status: number | undefined;
  /** When asking again may help, in seconds from the answer; 0..86,400. */
  readonly retryAfterSeconds: number | undefined;
  /** The fields at fault, for `invalid-request`. */
  readonly invalid: readonly InvalidField[];

  /** An error of `code`; the message is made from the code alone. */
  constructor(code: ReclaimErrorCode, detail: ReclaimErrorDetail = {}) {
    super(`Reclaim: ${code}`, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = 'ReclaimError';
    this.code = code;
    this.status = detail.status;
    this.retryAfterSeconds = detail.retryAfterSeconds;
    this.invalid = detail.invalid ?? [];
  }
}

/** A day: no node has a reason to send a platform away for longer, and a broken clock must not stop it for ever. */
const RETRY_AFTER_MAX_SECONDS = 86_400;

/** `Retry-After` in its form as seconds (RFC 9110, section 10.2.3), cut to a day; `undefined` for anything else. */
export function parseRetryAfter(text: string | null): number | undefined {
  if (text === null || !/^\d{1,9}$/.test(text)) return undefined;
  return Math.min(Number(text), RETRY_AFTER_MAX_SECONDS);
}

/** What a status means where the body does not say: a proxy's own page, or a problem that a newer node knows. */
function codeOfStatus(status: number): ReclaimErrorCode {
  switch (status) {
    case 400:
      return 'invalid-request';
    case 401:
      return 'unauthorized';
    case 403:
      return 'forbidden';
    case 404:
      return 'not-found';
    case 413:
      return 'too-large';
    case 415:
      return 'unsupported-media-type';
    case 429:
      return 'too-many-in-flight';
    default:
      return status >= 500 && status < 600 ? 'unavailable' : 'bad-answer';
  }
}

function codeOfProblem(problem: Problem): ReclaimErrorCode | undefined {
  // The type may come as a path or as a whole URI below the node's own address: only its end is ours.
  const name = problem.type.slice(problem.type.lastIndexOf('/problems/') + '/problems/'.length);
  return problem.type.includes('/problems/') ? RECLAIM_ERROR_CODES.find((code) => code === name) : undefined;
}

/** The error for an answer of `status` that is no success. `body` is its JSON, or `undefined` where it had none. */
export function errorOfAnswer(status: number, body: unknown, retryAfter: string | null): ReclaimError {
  const problem = wireProblem.safeParse(body);
  const told = problem.success ? problem.data : undefined;
  const seconds = told?.retryAfterSeconds ?? parseRetryAfter(retryAfter);
  const usable = seconds !== undefined && seconds >= 0 && seconds <= RETRY_AFTER_MAX_SECONDS;
  return new ReclaimError((told && codeOfProblem(told)) ?? codeOfStatus(status), {
    status,
    ...(usable && { retryAfterSeconds: seconds }),
    ...(told?.invalid && { invalid: told.invalid }),
  });
}
