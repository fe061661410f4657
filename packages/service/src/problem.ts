/**
 * Problems on the wire (RFC 9457): the only place where something that went wrong becomes an HTTP answer.
 *
 * Nothing of the request is echoed, not even the value that was invalid: a hash or a link in an error body ends in
 * somebody's log. Unknown errors answer 500 without detail; what is logged of them is name, code and where in the
 * source, never the message (a database's message quotes values).
 * @module
 */

import { REFUSALS, type Refusal } from '@reclaim/casework/refusal';
import type { Problem } from '@reclaim/casework/wire';
import type { DecodeRefusal } from '@reclaim/decode/decode-image';
import type { RecordFault } from '@reclaim/law/statement/record-check';

type Kind = { readonly status: number; readonly title: string; readonly retryAfterSeconds?: number };

const KINDS = {
  'invalid-request': { status: 400, title: 'The request does not have the form that this route expects.' },
  'malformed-json': { status: 400, title: 'The body is not valid JSON.' },
  'sign-in-failed': {
    status: 401,
    title:
      'This did not let anybody in. Begin again; a code or a passkey may be used up, unknown or out of date.',
  },
  unauthorized: {
    status: 401,
    title: 'A valid key is needed (Authorization: Bearer rk_…), or a session of the console.',
  },
  forbidden: { status: 403, title: 'This key or this session may not do that.' },
  'not-found': { status: 404, title: 'There is nothing here.' },
  'name-taken': { status: 409, title: 'Another bank has this name.' },
  'pseudonym-taken': { status: 409, title: 'Another member of the staff has this name.' },
  'last-people': { status: 409, title: 'Nobody else may manage people: give that to somebody first.' },
  'passkey-refused': { status: 409, title: 'This passkey is known already, or there are twenty of them.' },
  'link-expired': { status: 410, title: 'This link was used or is too old. Ask for a new one.' },
  'last-admin': { status: 409, title: 'This is the last key that can make keys; make another one first.' },
  'unknown-signal': { status: 409, title: 'The ruling confirms a signal that this job did not match.' },
  'refused-minor': {
    status: 409,
    title: 'Somebody in the picture may have been under 18: this road is not for it. Nothing was kept.',
  },
  'refused-blackout': {
    status: 409,
    title:
      'The item may show a minor: nobody looks at it, and only the lane for minors takes the ruling back.',
  },
  'no-preview': { status: 409, title: 'The platform named no preview of this item, or it was erased.' },
  'refused-proof': {
    status: 409,
    title: 'The proof of work is wrong, used or too old. Ask for a new challenge.',
  },
  'refused-version': { status: 409, title: 'This was changed elsewhere meanwhile: open it again first.' },
  'no-watching': { status: 409, title: 'This node watches no addresses. Nothing was kept.' },
  'watch-address': {
    status: 422,
    title:
      'This address is not one that this node opens: expected a public page on http or https, no search, no short link.',
  },
  'watch-full': { status: 409, title: 'There are as many watches as there may be. Nothing was kept.' },
  'case-full': { status: 409, title: 'One case holds 32 signals. Nothing was kept.' },
  'thread-full': {
    status: 409,
    title: 'A thread holds 500 entries, 20 shares and 120 MB of files. Nothing was kept.',
  },
  'refused-original': {
    status: 409,
    title:
      'An original opens where two people with the permission agree, and all of it has arrived: not yet.',
  },
  'no-helper': { status: 409, title: 'This helper takes no new thread at present. Nothing was kept.' },
  'statement-faults': {
    status: 422,
    title:
      'The statement of reasons could not be given as it is, so nothing was decided: what is wrong is named by place.',
  },
  'too-large': { status: 413, title: 'The body is larger than this route takes.' },
  'unsupported-media-type': { status: 415, title: 'This route does not take this content type.' },
  'not-an-image': { status: 422, title: 'The bytes are not those of a picture.' },
  'unsupported-format': { status: 422, title: 'Expected a JPEG, PNG, WebP, AVIF, GIF or TIFF picture.' },
  'image-damaged': { status: 422, title: 'The picture is too damaged to be decoded.' },
  'too-many-pixels': { status: 422, title: 'The picture has more pixels than this node decodes.' },
  'too-slow': { status: 422, title: 'The picture could not be decoded in the time that this node gives it.' },
  'not-bankable': { status: 422, title: 'A signal is of too low quality to be banked.' },
  'webhook-address': {
    status: 422,
    title: 'Expected https, a host that is not of a private network, and no name or password in the address.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests arrive at this door. Try again in a minute.',
    retryAfterSeconds: 60,
  },
  'too-many-attempts': {
    status: 429,
    title: 'Too many attempts. Try again in an hour.',
    retryAfterSeconds: 3_600,
  },
  'door-full': {
    status: 429,
    title: 'More arrived this hour than this door takes. Nothing was kept; try again later.',
    retryAfterSeconds: 3_600,
  },
  'views-used-up': {
    status: 429,
    title: "Today's looks are used up. Somebody who leads may go on, and should have a word with you.",
  },
  'parts-used-up': {
    status: 429,
    title: 'You have fetched as many parts of recoveries as a helper may in a day (UTC). The log says so.',
  },
  'too-many-in-flight': {
    status: 429,
    title: 'This key or this session has too many requests in flight.',
    retryAfterSeconds: 1,
  },
  internal: { status: 500, title: 'Something went wrong here. It was noted without your data.' },
  'preview-unavailable': {
    status: 502,
    title: "The platform's picture could not be fetched, or is none. Decide by the facts, or try later.",
  },
  'too-busy': {
    status: 503,
    title: 'This node is decoding as many pictures as it can.',
    retryAfterSeconds: 1,
  },
  'storage-full': {
    status: 503,
    title: 'The disk of this node is full: nothing was taken. It goes on when there is room.',
    retryAfterSeconds: 30,
  },
  unavailable: { status: 503, title: 'The database of this node is away. Try again.', retryAfterSeconds: 2 },
} as const satisfies Record<string, Kind>;

const REFUSAL_TITLES: Record<Refusal, string> = {
  'already-exists': 'It exists already.',
  'not-found': 'There is nothing here.',
  'wrong-state': 'Its present state does not allow this.',
  'claimed-by-another': 'Another reviewer has claimed this job.',
  'not-claimed': 'Claim the job first; a claim lasts 15 minutes.',
  'same-reviewer': 'Somebody else than who did this before must do it.',
  'reason-required': 'A reason of at least ten characters is needed.',
  'complaint-window-over':
    'Six months have passed since this decision was told: it cannot be complained of here.',
  'not-yet-due': 'Its time has not come.',
  'too-few-organisations': 'At least two organisations must agree.',
  'not-reviewed': 'Only what a person reviewed counts as misuse; a perceptual match alone never does.',
  'not-manifest': 'Only what is evident without analysis counts as misuse.',
  'too-few-acts': 'There are too few such acts in the time that the policy names.',
  'facts-missing': 'Number, proportion, gravity and intention are needed, the number as it is.',
  'not-warned': 'Nobody is suspended without a warning that still stands.',
  'no-act-since-warning': 'Nothing happened since the warning.',
  'too-long': 'A suspension lasts at least a day and no longer than the policy allows.',
  'sender-unknown': 'Nobody is known behind this: no account was named, or no e-mail address was given.',
  suspended:
    'What this sender sends of this kind is not taken for a time. An earlier notice, asked by its code, says why, until when, and how to object.',
  'not-in-lane': 'This is for the lane for minors.',
  blackout:
    'The item may show a minor: nobody looks at it, and only the lane for minors takes the ruling back.',
  'no-export': 'The item may show a minor: nothing of it leaves.',
};

/** The closed set of problems beside the refusals of `casework`. */
export type ProblemKind = keyof typeof KINDS;

/** All of them. */
export const PROBLEM_KINDS: readonly ProblemKind[] = Object.freeze(Object.keys(KINDS) as ProblemKind[]);

/** A problem on its way to the HTTP rim. `invalid` names places in the request (JSON pointers), never values. */
export class HttpProblem extends Error {
  readonly kind: ProblemKind | Refusal;
  readonly invalid: Problem['invalid'];

  constructor(kind: ProblemKind | Refusal, invalid?: Problem['invalid']) {
    super(kind);
    this.name = 'HttpProblem';
    this.kind = kind;
    this.invalid = invalid;
  }
}

function isRefusal(kind: ProblemKind | Refusal): kind is Exclude<Refusal, 'not-found'> {
  return kind !== 'not-found' && (REFUSALS as readonly string[]).includes(kind);
}

/** The body of a problem. */
export function problemBody(problem: HttpProblem): Problem {
  const { kind, invalid } = problem;
  if (isRefusal(kind)) return { type: `/problems/refused-${kind}`, title: REFUSAL_TITLES[kind], status: 409 };
  const { status, title, ...rest }: Kind = KINDS[kind as ProblemKind];
  return {
    type: `/problems/${kind}`,
    title,
    status,
    ...(invalid === undefined ? {} : { invalid }),
    ...rest,
  };
}

/** Where in a request the fields of a statement's record come from. */
const STATEMENT_POINTERS: Readonly<Partial<Record<RecordFault['field'], string>>> = {
  decision_facts: '/facts',
  illegal_content_legal_ground: '/statement/ground/cite',
  incompatible_content_ground: '/statement/ground/clause',
  decision_ground_reference_url: '/statement/groundUrl',
  content_date: '/statement/contentDay',
  application_date: '/statement/contentDay',
  territorial_scope: '/statement/territory',
  automated_decision: '/automated',
};

/** The problem that a command on a job ends in. */
export function jobProblem(
  refused:
    | { readonly reason: 'statement-faults'; readonly faults: readonly RecordFault[] }
    | { readonly reason: Exclude<ProblemKind, 'statement-faults'> | Refusal },
): HttpProblem {
  if (refused.reason !== 'statement-faults') return new HttpProblem(refused.reason);
  const invalid = refused.faults.slice(0, 20).map(({ field, reason }) => {
    return { pointer: STATEMENT_POINTERS[field] ?? '/statement', rule: reason };
  });
  return new HttpProblem('statement-faults', invalid);
}

/** The problem that a picture's refusal is. */
export function decodeProblem(reason: DecodeRefusal): HttpProblem {
  switch (reason) {
    case 'empty':
    case 'not-an-image':
      return new HttpProblem('not-an-image');
    case 'unsupported-format':
    case 'too-many-pixels':
    case 'too-slow':
      return new HttpProblem(reason);
    case 'truncated-or-damaged':
      return new HttpProblem('image-damaged');
    case 'too-many-bytes':
      return new HttpProblem('too-large');
    default: {
      const never: never = reason;
      return never;
    }
  }
}
