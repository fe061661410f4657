/**
 * The case routes of the node, for the portal: nothing in any URL, nothing cached, no cookie, no referrer, this origin
 * only. Every answer is checked against the wire's own schema before it is believed.
 *
 * Nothing throws for what the network or the node does: an answer is a value or one of a closed set of reasons. What a
 * problem says beside its type is not read.
 * @module
 */

import type {
  Challenge,
  Kept,
  MoveCase,
  NewCase,
  Proof,
  SaveCase,
  SignalReceipt,
} from '@reclaim/casework/wire-case';
import type {
  Authorities,
  KeptRecord,
  SaveRecord,
  SealedRecord,
  StampAnswers,
  StampQuestion,
} from '@reclaim/casework/wire-evidence';
import type {
  AskedRecovery,
  NewLinePart,
  NewRecovery,
  WatchedRecovery,
} from '@reclaim/casework/wire-recovery';
import type {
  NewThread,
  ThreadAppend,
  WireHelper,
  WireShareFile,
  WireThread,
} from '@reclaim/casework/wire-thread';
import type { NewWatch, WatchOffer, WireWatch } from '@reclaim/casework/wire-watch';

/**
 * Why there is no answer. `offline`: nothing came back, and the request may or may not have arrived. `not-found`: also
 * a wrong code. `version`: somebody saved the case in between. `taken`: there is a case under this code.
 * `too-many`: the case or the thread holds as much as it may. `no-helper`: this
 * helper takes nobody new. `no-watching`, `watch-address`, `watch-full`: the node watches nothing, not this address, or no
 * more. `proof`: the
 * puzzle was too old. `refused`: the node did not accept the form; `bad-answer`: the portal did not accept the node's.
 */
export type ApiRefusal =
  | 'offline'
  | 'refused-minor'
  | 'not-found'
  | 'version'
  | 'taken'
  | 'proof'
  | 'limited'
  | 'storage-full'
  | 'unavailable'
  | 'too-large'
  | 'too-many'
  | 'no-helper'
  | 'no-watching'
  | 'watch-address'
  | 'watch-full'
  | 'refused'
  | 'bad-answer';

/** An answer of the node, or why there is none. `retryAfterSeconds` where the node said when to come back. */
export type ApiResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: ApiRefusal; readonly retryAfterSeconds?: number };

/** What opens a case. */
export type OpenRequest = { readonly proof: Proof; readonly lookupId: string; readonly authKey: string };

/** The node, as the portal asks it. */
export type NodeApi = HelpingApi & {
  /** The node's clock minus the device's, in milliseconds, as the last answer had it; `undefined` before the first. */
  readonly clockOffset: () => number | undefined;
  readonly challenge: () => Promise<ApiResult<Challenge>>;
  readonly newCase: (request: NewCase) => Promise<ApiResult<Kept>>;
  readonly openCase: (
    request: OpenRequest,
  ) => Promise<ApiResult<{ readonly sealed: string; readonly version: number }>>;
  readonly saveCase: (request: SaveCase) => Promise<ApiResult<Kept>>;
  readonly moveCase: (request: MoveCase) => Promise<ApiResult<{ readonly version: number }>>;
  readonly deleteCase: (request: Omit<OpenRequest, 'proof'>) => Promise<ApiResult<undefined>>;
  readonly askSignal: (capability: string) => Promise<ApiResult<SignalReceipt>>;
  readonly withdraw: (capability: string) => Promise<ApiResult<undefined>>;
  readonly saveRecord: (request: SaveRecord) => Promise<ApiResult<KeptRecord>>;
  readonly openRecord: (request: {
    readonly proof: Proof;
    readonly capability: string;
  }) => Promise<ApiResult<SealedRecord>>;
  readonly deleteRecord: (capability: string) => Promise<ApiResult<undefined>>;
  readonly authorities: () => Promise<ApiResult<Authorities>>;
  readonly stamps: (question: StampQuestion) => Promise<ApiResult<StampAnswers>>;
  readonly watchOffer: () => Promise<ApiResult<WatchOffer>>;
  readonly newWatch: (request: NewWatch) => Promise<ApiResult<WireWatch>>;
  readonly readWatch: (capability: string) => Promise<ApiResult<WireWatch>>;
  readonly deleteWatch: (capability: string) => Promise<ApiResult<undefined>>;
};

/** The node's part for helpers and recovery, as the portal asks it. */
export type HelpingApi = {
  readonly helpers: () => Promise<ApiResult<{ readonly helpers: readonly WireHelper[] }>>;
  readonly newThread: (request: NewThread) => Promise<ApiResult<{ readonly count: number }>>;
  readonly readThread: (request: {
    readonly secret: string;
    readonly after: number;
  }) => Promise<ApiResult<WireThread>>;
  readonly appendThread: (request: ThreadAppend) => Promise<ApiResult<{ readonly count: number }>>;
  readonly shareThread: (request: {
    readonly secret: string;
    readonly share: string;
    readonly sealed: string;
    readonly until: number;
    readonly files?: readonly WireShareFile[];
  }) => Promise<ApiResult<undefined>>;
  readonly bringPiece: (request: {
    readonly secret: string;
    readonly share: string;
    readonly file: string;
    readonly piece: number;
    readonly sealed: string;
  }) => Promise<ApiResult<undefined>>;
  readonly unshareThread: (request: {
    readonly secret: string;
    readonly share: string;
  }) => Promise<ApiResult<undefined>>;
  readonly deleteThread: (request: { readonly secret: string }) => Promise<ApiResult<undefined>>;
  readonly newRecovery: (request: NewRecovery) => Promise<ApiResult<undefined>>;
  readonly askRecovery: (request: OpenRequest) => Promise<ApiResult<AskedRecovery>>;
  readonly keepLinePart: (request: NewLinePart) => Promise<ApiResult<undefined>>;
  readonly watchRecovery: (request: { readonly cancel: string }) => Promise<ApiResult<WatchedRecovery>>;
  readonly cancelRecovery: (request: { readonly cancel: string }) => Promise<ApiResult<undefined>>;
  readonly deleteRecovery: (request: { readonly cancel: string }) => Promise<ApiResult<undefined>>;
};

/** How the node is reached. */
export type NodeApiOptions = {
  readonly fetch?: typeof globalThis.fetch;
  /** From call to answer, in milliseconds. */
  readonly timeoutMs?: number;
  /** The device's clock, in milliseconds since 1970. */
  readonly now?: () => number;
};

type Schema<T> = {
  readonly safeParse: (
    value: unknown,
  ) => { readonly success: true; readonly data: T } | { readonly success: false };
};

/** An answer longer than this is not read: a sealed case is the longest but for threads. */
const MAX_ANSWER = 200_000;

/** A thread with all its entries and shares. */
const MAX_THREAD_ANSWER = 14_000_000;
/** The longest answer about evidence: a sealed record of the greatest size, or six authorities with many roots. */
const MAX_RECORD_ANSWER = 2_500_000;

/** Problem types whose names say what to do; the rest goes by status. */
const BY_TYPE: Readonly<Record<string, ApiRefusal>> = Object.freeze({
  'refused-minor': 'refused-minor',
  'refused-version': 'version',
  'refused-already-exists': 'taken',
  'refused-proof': 'proof',
  'case-full': 'too-many',
  'thread-full': 'too-many',
  'no-helper': 'no-helper',
  'no-watching': 'no-watching',
  'watch-address': 'watch-address',
  'watch-full': 'watch-full',
  'not-found': 'not-found',
  'storage-full': 'storage-full',
});

/** The node at this page's own origin. */
export function createNodeApi(options: NodeApiOptions = {}): NodeApi {
  const { timeoutMs = 30_000 } = options;
  const send = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const now = options.now ?? Date.now;
  let offset: number | undefined;

  const post = async <T>(
    path: string,
    body: unknown,
    schema: () => Promise<Schema<T>>,
    longest = MAX_ANSWER,
  ): Promise<ApiResult<T>> => {
    let response: Response;
    let text: string;
    const asked = now();
    try {
      response = await send(path, {
        method: 'POST',
        mode: 'same-origin',
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(timeoutMs),
      });
      offset = clockOffsetOf(response.headers.get('date'), asked, now()) ?? offset;
      text = await response.text();
    } catch {
      return { ok: false, reason: 'offline' };
    }
    if (!response.ok) return refusalOf(response, text);
    try {
      if (text.length > longest) return { ok: false, reason: 'bad-answer' };
      const parsed = (await schema()).safeParse(text === '' ? undefined : JSON.parse(text));
      return parsed.success ? { ok: true, value: parsed.data } : { ok: false, reason: 'bad-answer' };
    } catch {
      return { ok: false, reason: 'bad-answer' };
    }
  };

  return Object.freeze<NodeApi>({
    clockOffset: () => offset,
    challenge: () => post('/v1/challenges', {}, async () => (await wire()).wireChallenge),
    newCase: (request) => post('/v1/cases', request, async () => (await wire()).wireKept),
    openCase: (request) => post('/v1/cases/open', request, async () => (await wire()).wireSealedCase),
    saveCase: (request) => post('/v1/cases/save', request, async () => (await wire()).wireKept),
    moveCase: (request) => post('/v1/cases/move', request, async () => (await wire()).wireMovedCase),
    deleteCase: (request) => post('/v1/cases/delete', request, nothing),
    askSignal: (capability) =>
      post('/v1/signal-receipts', { capability }, async () => (await wire()).wireSignalReceipt),
    withdraw: (capability) => post('/v1/withdrawals', { capability }, nothing),
    helpers: () => post('/v1/helpers/list', {}, async () => (await threads()).wireHelpers),
    newThread: (request) => post('/v1/threads', request, async () => (await threads()).wireAppended),
    readThread: (request) =>
      post('/v1/threads/read', request, async () => (await threads()).wireThread, MAX_THREAD_ANSWER),
    appendThread: (request) =>
      post('/v1/threads/append', request, async () => (await threads()).wireAppended),
    shareThread: (request) => post('/v1/threads/share', request, nothing),
    bringPiece: (request) => post('/v1/threads/piece', request, nothing),
    unshareThread: (request) => post('/v1/threads/unshare', request, nothing),
    deleteThread: (request) => post('/v1/threads/delete', request, nothing),
    newRecovery: (request) => post('/v1/recoveries', request, nothing),
    askRecovery: (request) =>
      post('/v1/recoveries/ask', request, async () => (await recovery()).wireAskedRecovery),
    keepLinePart: (request) => post('/v1/recoveries/part', request, nothing),
    watchRecovery: (request) =>
      post('/v1/recoveries/watch', request, async () => (await recovery()).wireWatchedRecovery),
    cancelRecovery: (request) => post('/v1/recoveries/cancel', request, nothing),
    deleteRecovery: (request) => post('/v1/recoveries/delete', request, nothing),
    saveRecord: (request) =>
      post('/v1/evidence/save', request, async () => (await evidence()).wireKeptRecord),
    openRecord: (request) =>
      post('/v1/evidence/open', request, async () => (await evidence()).wireSealedRecord, MAX_RECORD_ANSWER),
    watchOffer: () => post('/v1/watches/offer', {}, async () => (await watches()).wireWatchOffer),
    newWatch: (request) => post('/v1/watches', request, async () => (await watches()).wireWatch),
    readWatch: (capability) =>
      post('/v1/watches/read', { capability }, async () => (await watches()).wireWatch),
    deleteWatch: (capability) => post('/v1/watches/delete', { capability }, nothing),
    deleteRecord: (capability) => post('/v1/evidence/delete', { capability }, nothing),
    authorities: () =>
      post(
        '/v1/timestamps/authorities',
        {},
        async () => (await evidence()).wireAuthorities,
        MAX_RECORD_ANSWER,
      ),
    stamps: (question) =>
      post('/v1/timestamps', question, async () => (await evidence()).wireStampAnswers, MAX_RECORD_ANSWER),
  });
}

/**
 * The node's clock minus the device's, in milliseconds, from the `Date` of an answer (RFC 9110 §6.6.1: whole seconds, so the
 * middle of the second is taken, against the middle of the way there and back). Good to about a second; undefined where
 * the answer was so long on its way that it says nothing.
 */
export function clockOffsetOf(date: string | null, asked: number, answered: number): number | undefined {
  const stated = date === null ? Number.NaN : Date.parse(date);
  const way = answered - asked;
  if (Number.isNaN(stated) || way < 0 || way > 10_000) return undefined;
  return Math.round(stated + 500 - (asked + way / 2));
}

/** The schemas are a third of the portal's first load, and nobody sends anything on the first page. */
function wire() {
  return import('@reclaim/casework/wire-case');
}

function threads() {
  return import('@reclaim/casework/wire-thread');
}

function recovery() {
  return import('@reclaim/casework/wire-recovery');
}

function watches() {
  return import('@reclaim/casework/wire-watch');
}

function evidence() {
  return import('@reclaim/casework/wire-evidence');
}

async function nothing(): Promise<Schema<undefined>> {
  return { safeParse: () => ({ success: true, data: undefined }) };
}

function refusalOf(response: Response, text: string): ApiResult<never> {
  const { status } = response;
  const problem = problemOf(text);
  const stated = problem.retryAfterSeconds ?? Number(response.headers.get('retry-after') ?? Number.NaN);
  const wait = Number.isFinite(stated) && stated >= 0 ? { retryAfterSeconds: Math.min(stated, 86_400) } : {};
  const reason = BY_TYPE[problem.kind] ?? byStatus(status);
  return { ok: false, reason, ...wait };
}

function byStatus(status: number): ApiRefusal {
  if (status === 404) return 'not-found';
  if (status === 413) return 'too-large';
  if (status === 429) return 'limited';
  return status >= 500 ? 'unavailable' : 'refused';
}

/** The last part of the problem's type and its wait; nothing where the body is none of ours. */
function problemOf(text: string): { readonly kind: string; readonly retryAfterSeconds?: number } {
  try {
    const value = JSON.parse(text.slice(0, 10_000)) as { type?: unknown; retryAfterSeconds?: unknown } | null;
    const kind = typeof value?.type === 'string' ? value.type.replace('/problems/', '') : '';
    const wait = value?.retryAfterSeconds;
    return typeof wait === 'number' ? { kind, retryAfterSeconds: wait } : { kind };
  } catch {
    return { kind: '' };
  }
}
