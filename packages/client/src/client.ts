/**
 * The typed client of a node's HTTP API (docs/api.md): one function for each route, requests and answers checked
 * against the wire's schemas on both ways.
 *
 * Every function rejects with a `ReclaimError` and nothing else, but for the reason of the caller's own abort signal.
 * The object holds no field with the key, so that a client that is printed by accident tells nothing.
 * @module
 */

import type { BankId, ComplaintId, JobId, KeyId, SignalId } from '@reclaim/casework/id';
import {
  type CheckResponse,
  type Item,
  type OutcomePage,
  type UploadItem,
  type WireBank,
  type WireBankedSignal,
  type WireJob,
  type WireKey,
  wireAuditPage,
  wireBank,
  wireBankedSignal,
  wireBankId,
  wireBankPatch,
  wireBankRequest,
  wireBankSignalsRequest,
  wireBankSignalsResponse,
  wireCheckRequest,
  wireCheckResponse,
  wireJob,
  wireJobId,
  wireJobPage,
  wireKey,
  wireKeyId,
  wireKeyRequest,
  wireNewKey,
  wireOutcomePage,
  wirePreview,
  wireReport,
  wireRotateRequest,
  wireSignalCommand,
  wireSignalId,
  wireUndoRequest,
  wireUploadItem,
  wireWithdrawal,
} from '@reclaim/casework/wire';
import {
  type ContentState,
  wireContentState,
  wireForgetRequest,
  wireKeepRequest,
  wireKeepResponse,
} from '@reclaim/casework/wire-content';
import { wireDecideRequest } from '@reclaim/casework/wire-decide';
import { wireAccountObjection, wireAccountQuestion, wireStanding } from '@reclaim/casework/wire-misuse';
import { wireComplaintId, wireUploaderComplaint } from '@reclaim/casework/wire-notice';
import {
  type WireWebhook,
  wireNewWebhook,
  wireWebhook,
  wireWebhookRequest,
} from '@reclaim/casework/wire-staff';
import { type WireStatement, wireStatement } from '@reclaim/casework/wire-statement';
import { inField, listOf } from './answer-shape.ts';
import { type CheckResult, resultFor } from './check-result.ts';
import { hashFile, type LocalRefusal, type SeenFile } from './local-signals.ts';
import { parseApiKey, parseNodeUrl } from './node-address.ts';
import { NO_CONTENT, parseRequest, type Schema, sendCall, TAKEN, type Wire } from './node-call.ts';
import { ReclaimError } from './reclaim-error.ts';

/** What a client is made from. */
export type ClientOptions = {
  /** The node's address, http(s). Over anything but a private network: https, the key travels in every call. */
  readonly url: string;
  /** The key's token, `rk_…`. */
  readonly key: string;
  /** In place of Node's own `fetch`. */
  readonly fetch?: typeof fetch;
  /** For a whole call, repeats included, ms; 10,000 unless said otherwise. */
  readonly timeoutMs?: number;
  /** How often a call that changes nothing is sent at most; 3 unless said otherwise. */
  readonly attempts?: number;
  /** 0..1 (exclusive), for jitter; `Math.random` unless said otherwise. */
  readonly random?: () => number;
};

/** What every call takes beside its own arguments. */
export type CallOptions = { readonly signal?: AbortSignal };

/** What a function takes where a schema fills in defaults. */
type InputOf<S extends { readonly _zod: { readonly input: unknown } }> = S['_zod']['input'];

/** What is kept of a schema's answer. */
type OutputOf<S extends { readonly _zod: { readonly output: unknown } }> = S['_zod']['output'];

/** One item with its ready signals. */
export type CheckItem = InputOf<typeof wireCheckRequest>['items'][number];

/**
 * A file that was checked, or why it could not be. `seen` is there when the file was hashed here: how far the check
 * could see, and what was odd.
 */
export type FileCheck =
  | { readonly kind: 'checked'; readonly result: CheckResult; readonly seen?: SeenFile }
  | { readonly kind: 'not-checked'; readonly reason: LocalRefusal };

/** One hosted item with its ready signals, and for how many days to keep it. */
export type KeepItem = InputOf<typeof wireKeepRequest>['items'][number];

/** Until when an item is kept; without `until` it has no usable signal and is not. */
export type KeptItem = OutputOf<typeof wireKeepResponse>['kept'][number];

/** A hosted file that is kept, or why it could not be. */
export type FileKept =
  | { readonly kind: 'kept'; readonly until: number }
  | { readonly kind: 'not-kept'; readonly reason: LocalRefusal };

/** One outcome: what became of an item. */
export type Outcome = OutcomePage['outcomes'][number];

/** A page of the review queue. */
export type JobPage = OutputOf<typeof wireJobPage>;

/** A page of the hash chain. */
export type AuditPage = OutputOf<typeof wireAuditPage>;

/** Ids and withdrawal capabilities of what was banked. */
export type BankedSignals = OutputOf<typeof wireBankSignalsResponse>;

/** A key with its secret, shown once. */
export type NewKey = OutputOf<typeof wireNewKey>;

/** A webhook with its secret, shown once. */
export type NewWebhook = OutputOf<typeof wireNewWebhook>;

/** A warning or a suspension of an account, with the facts that it is judged on. */
export type Standing = OutputOf<typeof wireStanding>;

/** The reviewer's ruling as it is sent. */
export type RulingRequest = InputOf<typeof wireDecideRequest>['ruling'];

/** The functions of a node. */
export type ReclaimClient = {
  /** Checks 1–64 items by ready signals. Scope `check`. */
  readonly check: (items: readonly CheckItem[], options?: CallOptions) => Promise<CheckResponse>;
  /** Hashes the file here and sends only its signals. Scope `check`. */
  readonly checkFile: (bytes: Uint8Array, item: UploadItem, options?: CallOptions) => Promise<FileCheck>;
  /** Sends the file itself, for the node to hash and drop. Scope `check`. */
  readonly checkFileRemote: (
    bytes: Uint8Array,
    item: UploadItem,
    options?: CallOptions,
  ) => Promise<FileCheck>;
  /** Keeps 1–64 hosted items by ready signals, to be searched now and when signals join the bank. Scope `check`. */
  readonly keep: (items: readonly KeepItem[], options?: CallOptions) => Promise<readonly KeptItem[]>;
  /** The same for a hosted file, which is hashed here; for `days` (1 to 366). Scope `check`. */
  readonly keepFile: (
    bytes: Uint8Array,
    item: Item,
    days: number,
    options?: CallOptions,
  ) => Promise<FileKept>;
  /** Forgets 1–64 items; the same answer where they are not kept. Scope `check`. */
  readonly forget: (itemIds: readonly string[], options?: CallOptions) => Promise<void>;
  /** How many items are kept, and how far the search of them is. Scope `check`. */
  readonly content: (options?: CallOptions) => Promise<ContentState>;
  /** The statement of reasons that stands for a job, for its uploader; `undefined` where none was written. Scope `check`. */
  readonly statement: (jobId: JobId, options?: CallOptions) => Promise<WireStatement | undefined>;
  /** What became of items after the cursor `after` (0 from the start). Scope `check`. */
  readonly outcomes: (after: number, options?: CallOptions & { limit?: number }) => Promise<OutcomePage>;
  /** Passes a user's report on; answers the job's id. Scope `report`. */
  readonly report: (report: InputOf<typeof wireReport>, options?: CallOptions) => Promise<JobId>;
  /** Says where a reviewer may see an item that an outcome `noticed` speaks of. Scope `report` or `check`. */
  readonly preview: (item: InputOf<typeof wirePreview>['item'], options?: CallOptions) => Promise<void>;
  /** Passes an uploader's complaint on, against the newest ruling on their item. Scope `report`. */
  readonly complain: (
    complaint: InputOf<typeof wireUploaderComplaint>,
    options?: CallOptions,
  ) => Promise<ComplaintId>;
  /**
   * How an account of your own stands, by your id of it: the warnings and suspensions of Regulation (EU) 2022/2065 Art. 23 that you
   * tell it of and carry out; none where nothing is held against it. Scope `check` or `report`.
   */
  readonly standings: (account: string, options?: CallOptions) => Promise<readonly Standing[]>;
  /** Passes on that an account objects to its suspension. Scope `report`. */
  readonly object: (objection: InputOf<typeof wireAccountObjection>, options?: CallOptions) => Promise<void>;
  /** All banks. Scope `bank` or `review`. */
  readonly banks: (options?: CallOptions) => Promise<readonly WireBank[]>;
  /** Makes a bank. Scope `bank`. */
  readonly addBank: (bank: InputOf<typeof wireBankRequest>, options?: CallOptions) => Promise<WireBank>;
  /** Changes what is named of a bank. Scope `bank`. */
  readonly changeBank: (
    id: BankId,
    patch: InputOf<typeof wireBankPatch>,
    options?: CallOptions,
  ) => Promise<WireBank>;
  /**
   * Banks 1–64 signals. The capabilities are answered this once: keep them. With an `idempotencyKey` (1–200 visible ASCII
   * characters) it is sent again where an answer was lost, and may be called again: what stands is answered as it was, and
   * not banked twice. Scope `bank`.
   */
  readonly addSignals: (
    id: BankId,
    signals: InputOf<typeof wireBankSignalsRequest>['signals'],
    options?: CallOptions & { readonly idempotencyKey?: string },
  ) => Promise<BankedSignals>;
  /** A banked signal's state, never its value. Scope `bank` or `review`. */
  readonly signal: (id: SignalId, options?: CallOptions) => Promise<WireBankedSignal>;
  /** Disputes, resolves or withdraws a signal. Scope `review`. */
  readonly commandSignal: (
    id: SignalId,
    command: InputOf<typeof wireSignalCommand>,
    options?: CallOptions,
  ) => Promise<WireBankedSignal>;
  /** Withdraws the signal that the capability belongs to; the same answer where it belongs to none. */
  readonly withdraw: (capability: string, options?: CallOptions) => Promise<void>;
  /** A page of jobs, oldest first. Scope `review`. */
  readonly jobs: (
    options?: CallOptions & { state?: WireJob['state']; after?: string; limit?: number },
  ) => Promise<JobPage>;
  /** One job. Scope `review`. */
  readonly job: (id: JobId, options?: CallOptions) => Promise<WireJob>;
  /** Takes a job, or renews one's own claim. Scope `review`. */
  readonly claim: (id: JobId, options?: CallOptions) => Promise<WireJob>;
  /** Gives a job back. Scope `review`. */
  readonly release: (id: JobId, options?: CallOptions) => Promise<WireJob>;
  /** Rules on a claimed job, with the reason in words; `automated`: how far it was, as the platform declares it. Scope `review`. */
  readonly decide: (
    id: JobId,
    ruling: RulingRequest,
    facts: string,
    options?: CallOptions & { readonly automated?: 'no' | 'partly' | 'fully' },
  ) => Promise<WireJob>;
  /** Takes a ruling back, with the reason in words. Scope `review`. */
  readonly undo: (id: JobId, facts: string, options?: CallOptions) => Promise<WireJob>;
  /** All keys, without their secrets. Scope `admin`. */
  readonly keys: (options?: CallOptions) => Promise<readonly WireKey[]>;
  /** Makes a key; its token is answered this once. Scope `admin`. */
  readonly addKey: (key: InputOf<typeof wireKeyRequest>, options?: CallOptions) => Promise<NewKey>;
  /** Makes a successor; the old key ends after `overlapMinutes` (0 to 7 days). Scope `admin`. */
  readonly rotateKey: (id: KeyId, overlapMinutes: number, options?: CallOptions) => Promise<NewKey>;
  /** Ends a key now. Scope `admin`. */
  readonly revokeKey: (id: KeyId, options?: CallOptions) => Promise<WireKey>;
  /** All webhooks, without addresses and secrets. Scope `admin`. */
  readonly webhooks: (options?: CallOptions) => Promise<readonly WireWebhook[]>;
  /** Makes a webhook; its secret is answered this once (`webhook.ts` verifies with it). Scope `admin`. */
  readonly addWebhook: (url: string, options?: CallOptions) => Promise<NewWebhook>;
  /** Deletes a webhook. Scope `admin`. */
  readonly removeWebhook: (id: string, options?: CallOptions) => Promise<void>;
  /** Up to 500 records of the hash chain after `after` (0 from the start). Scope `audit`. */
  readonly audit: (after: number, options?: CallOptions) => Promise<AuditPage>;
  /** Whether the node can answer checks now. */
  readonly ready: (options?: CallOptions) => Promise<boolean>;
};

/** Anything at all: for answers of which only the status counts. */
const ANYTHING: Schema<unknown> = Object.freeze({
  safeParse: (value: unknown) => ({ success: true as const, data: value }),
});

function wireOf(options: ClientOptions): Wire {
  const { timeoutMs = 10_000, attempts = 3 } = options;
  if (!Number.isSafeInteger(timeoutMs) || timeoutMs < 1 || timeoutMs > 600_000) {
    throw new RangeError('Reclaim client: expected timeoutMs from 1 to 600,000');
  }
  if (!Number.isSafeInteger(attempts) || attempts < 1 || attempts > 10) {
    throw new RangeError('Reclaim client: expected attempts from 1 to 10');
  }
  return {
    url: parseNodeUrl(options.url),
    key: parseApiKey(options.key),
    fetch: options.fetch ?? fetch,
    timeoutMs,
    attempts,
    random: options.random ?? Math.random,
  };
}

function queryOf(fields: Readonly<Record<string, string | number | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) query.set(name, String(value));
  }
  return query.size === 0 ? '' : `?${query}`;
}

function headersOfItem(item: UploadItem): Record<string, string> {
  return {
    'reclaim-item-id': item.id,
    ...(item.previewUrl !== undefined && { 'reclaim-preview-url': item.previewUrl }),
    ...(item.account !== undefined && { 'reclaim-account': item.account }),
    ...(item.keepDays !== undefined && { 'reclaim-keep-days': String(item.keepDays) }),
  };
}

function headersOfKey(key: string | undefined): Record<string, string> {
  if (key === undefined) return {};
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new ReclaimError('invalid-request', {
      invalid: [{ pointer: '/headers/idempotency-key', rule: 'pattern' }],
    });
  }
  return { 'idempotency-key': key };
}

/** What the node says of a file, as the client's own decoder says it. */
const REFUSED_BY_NODE: Readonly<Partial<Record<ReclaimError['code'], LocalRefusal>>> = Object.freeze({
  'not-an-image': 'not-an-image',
  'unsupported-format': 'unsupported-format',
  'unsupported-media-type': 'unsupported-format',
  'image-damaged': 'image-damaged',
  'too-many-pixels': 'too-many-pixels',
  'too-slow': 'too-slow',
  'too-large': 'too-large',
});

/**
 * A client of the node at `options.url`.
 * @throws {TypeError} for an address or a key of another form (neither is repeated)
 * @throws {RangeError} for `timeoutMs` or `attempts` out of range
 * @example
 * const client = createClient({ url: 'http://localhost:8080', key: process.env.RECLAIM_KEY });
 * const { kind } = await guardUpload(client, bytes, { id: 'photo-17' });
 */
export function createClient(options: ClientOptions): ReclaimClient {
  const wire = wireOf(options);

  const get = <T>(path: string, answer: Schema<T>, { signal }: CallOptions = {}): Promise<T> =>
    sendCall(wire, { method: 'GET', path, answer, repeatable: true, signal });
  const send = <T>(
    method: 'POST' | 'PATCH',
    path: string,
    json: unknown,
    answer: Schema<T>,
    { signal }: CallOptions = {},
    repeatable = false,
  ): Promise<T> => sendCall(wire, { method, path, json, answer, repeatable, signal });

  const jobPath = (id: JobId, verb = '') => `/v1/jobs/${parseRequest(wireJobId, id)}${verb}`;
  const bankPath = (id: BankId, rest = '') => `/v1/banks/${parseRequest(wireBankId, id)}${rest}`;
  const signalPath = (id: SignalId, rest = '') => `/v1/signals/${parseRequest(wireSignalId, id)}${rest}`;
  const keyPath = (id: KeyId, verb: string) => `/v1/keys/${parseRequest(wireKeyId, id)}${verb}`;

  // The verdict on an item id is given once and repeated from the same job: a check may safely arrive twice.
  const check = async (items: readonly CheckItem[], call?: CallOptions): Promise<CheckResponse> => {
    const request = parseRequest(wireCheckRequest, { items });
    const response = await send('POST', '/v1/check', request, wireCheckResponse, call, true);
    if (response.results.length !== items.length) throw new ReclaimError('bad-answer');
    return response;
  };

  // Keeping what is kept already renews it: it may arrive twice.
  const keep = async (items: readonly KeepItem[], call?: CallOptions): Promise<readonly KeptItem[]> => {
    const request = parseRequest(wireKeepRequest, { items });
    const { kept } = await send('POST', '/v1/content', request, wireKeepResponse, call, true);
    if (kept.length !== items.length || kept.some(({ itemId }, i) => itemId !== items[i]!.item.id)) {
      throw new ReclaimError('bad-answer');
    }
    return kept;
  };

  return Object.freeze<ReclaimClient>({
    check,
    keep,
    keepFile: async (bytes, item, keepDays, call) => {
      const hashed = await hashFile(bytes);
      if (!hashed.ok) return { kind: 'not-kept', reason: hashed.reason };
      const [kept] = await keep([{ item: { ...item, keepDays }, signals: [...hashed.signals] }], call);
      if (kept?.until === undefined) throw new ReclaimError('bad-answer');
      return { kind: 'kept', until: kept.until };
    },
    forget: async (itemIds, call) => {
      const request = parseRequest(wireForgetRequest, { items: [...itemIds] });
      await send('POST', '/v1/content/forget', request, NO_CONTENT, call, true);
    },
    content: (call) => get('/v1/content', wireContentState, call),
    checkFile: async (bytes, item, call) => {
      const known = parseRequest(wireUploadItem, item);
      const hashed = await hashFile(bytes);
      if (!hashed.ok) return { kind: 'not-checked', reason: hashed.reason };
      const response = await check([{ item: known, signals: [...hashed.signals, ...hashed.windows] }], call);
      return { kind: 'checked', result: resultFor(response, known.id), seen: hashed.seen };
    },
    checkFileRemote: async (bytes, item, call) => {
      const known = parseRequest(wireUploadItem, item);
      try {
        const response = await sendCall(wire, {
          method: 'POST',
          path: '/v1/check',
          file: bytes,
          headers: headersOfItem(known),
          answer: wireCheckResponse,
          repeatable: true,
          signal: call?.signal,
        });
        return { kind: 'checked', result: resultFor(response, known.id) };
      } catch (error) {
        const reason = error instanceof ReclaimError ? REFUSED_BY_NODE[error.code] : undefined;
        if (reason === undefined) throw error;
        return { kind: 'not-checked', reason };
      }
    },
    outcomes: async (after, { limit, ...call } = {}) => {
      const page = await get(`/v1/outcomes${queryOf({ after, limit })}`, wireOutcomePage, call);
      // A cursor that goes back would make a platform act on old decisions again, over newer ones.
      let last = after;
      for (const { position } of page.outcomes) {
        if (position <= last) throw new ReclaimError('bad-answer');
        last = position;
      }
      if (page.position < last) throw new ReclaimError('bad-answer');
      return page;
    },
    statement: async (jobId, call) => {
      try {
        return await get(jobPath(jobId, '/statement'), wireStatement, call);
      } catch (error) {
        if (error instanceof ReclaimError && error.code === 'not-found') return undefined;
        throw error;
      }
    },
    report: async (report, call) =>
      send('POST', '/v1/reports', parseRequest(wireReport, report), inField('jobId', wireJobId), call),
    preview: async (item, call) => {
      await send('POST', '/v1/previews', parseRequest(wirePreview, { item }), NO_CONTENT, call, true);
    },
    complain: async (complaint, call) =>
      send(
        'POST',
        '/v1/complaints',
        parseRequest(wireUploaderComplaint, complaint),
        inField('complaintId', wireComplaintId),
        call,
      ),
    standings: async (account, call) =>
      send(
        'POST',
        '/v1/accounts/standing',
        parseRequest(wireAccountQuestion, { account }),
        inField('standings', listOf(wireStanding)),
        call,
        true,
      ),
    object: async (objection, call) => {
      await send(
        'POST',
        '/v1/accounts/objection',
        parseRequest(wireAccountObjection, objection),
        TAKEN,
        call,
      );
    },
    banks: (call) => get('/v1/banks', inField('banks', listOf(wireBank)), call),
    addBank: async (bank, call) =>
      send('POST', '/v1/banks', parseRequest(wireBankRequest, bank), wireBank, call),
    changeBank: async (id, patch, call) =>
      send('PATCH', bankPath(id), parseRequest(wireBankPatch, patch), wireBank, call),
    addSignals: async (id, signals, { signal, idempotencyKey } = {}) => {
      const answer = await sendCall(wire, {
        method: 'POST',
        path: bankPath(id, '/signals'),
        json: parseRequest(wireBankSignalsRequest, { signals }),
        headers: headersOfKey(idempotencyKey),
        answer: wireBankSignalsResponse,
        repeatable: idempotencyKey !== undefined,
        signal,
      });
      if (answer.signals.length !== signals.length) throw new ReclaimError('bad-answer');
      return answer;
    },
    signal: async (id, call) => get(signalPath(id), wireBankedSignal, call),
    commandSignal: async (id, command, call) =>
      send(
        'POST',
        signalPath(id, '/commands'),
        parseRequest(wireSignalCommand, command),
        wireBankedSignal,
        call,
      ),
    withdraw: async (capability, call) => {
      const request = parseRequest(wireWithdrawal, { capability });
      await send('POST', '/v1/withdrawals', request, NO_CONTENT, call, true);
    },
    jobs: ({ signal, ...query } = {}) =>
      get(`/v1/jobs${queryOf(query)}`, wireJobPage, signal === undefined ? {} : { signal }),
    job: async (id, call) => get(jobPath(id), wireJob, call),
    claim: async (id, call) => send('POST', jobPath(id, '/claim'), {}, wireJob, call),
    release: async (id, call) => send('POST', jobPath(id, '/release'), {}, wireJob, call),
    decide: async (id, ruling, facts, { automated, ...call } = {}) => {
      const declared = automated === undefined ? {} : { automated };
      const request = parseRequest(wireDecideRequest, { ruling, facts, ...declared });
      return send('POST', jobPath(id, '/decide'), request, wireJob, call);
    },
    undo: async (id, facts, call) =>
      send('POST', jobPath(id, '/undo'), parseRequest(wireUndoRequest, { facts }), wireJob, call),
    keys: (call) => get('/v1/keys', inField('keys', listOf(wireKey)), call),
    addKey: async (key, call) =>
      send('POST', '/v1/keys', parseRequest(wireKeyRequest, key), wireNewKey, call),
    rotateKey: async (id, overlapMinutes, call) =>
      send(
        'POST',
        keyPath(id, '/rotate'),
        parseRequest(wireRotateRequest, { overlapMinutes }),
        wireNewKey,
        call,
      ),
    revokeKey: async (id, call) => send('POST', keyPath(id, '/revoke'), {}, wireKey, call),
    webhooks: (call) => get('/v1/webhooks', inField('webhooks', listOf(wireWebhook)), call),
    addWebhook: async (url, call) =>
      send('POST', '/v1/webhooks', parseRequest(wireWebhookRequest, { url }), wireNewWebhook, call),
    removeWebhook: async (id, { signal } = {}) => {
      const path = `/v1/webhooks/${encodeURIComponent(id)}`;
      await sendCall(wire, { method: 'DELETE', path, answer: NO_CONTENT, repeatable: false, signal });
    },
    audit: (after, call) => get(`/v1/audit${queryOf({ after })}`, wireAuditPage, call),
    ready: async (call) => {
      try {
        await sendCall(wire, {
          method: 'GET',
          path: '/ready',
          answer: ANYTHING,
          repeatable: false,
          signal: call?.signal,
        });
        return true;
      } catch (error) {
        if (error instanceof ReclaimError) return false;
        throw error;
      }
    },
  });
}
