/**
 * One call to a node over HTTP: sent, bounded in time and size, checked against its schema, repeated where that is
 * safe. Everything that can go wrong comes out as a `ReclaimError`.
 *
 * Time: `timeoutMs` bounds the whole call, repeats and pauses included, so that an upload never waits longer than its
 * platform said. A `Retry-After` beyond what is left ends the call at once.
 * Repeats: only for calls marked `repeatable`, which change nothing when they arrive twice.
 * Connections are kept alive by Node's own `fetch`.
 * @module
 */

import type { ApiKey, NodeUrl } from './node-address.ts';
import { errorOfAnswer, type InvalidField, ReclaimError } from './reclaim-error.ts';
import { isPassing, pause, retryDelayMs } from './retry-delay.ts';

/** The part of a zod schema that is needed: the wire's schemas fit. */
export type Schema<T> = {
  safeParse(
    value: unknown,
  ):
    | { readonly success: true; readonly data: T }
    | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } };
};

type Issue = { readonly code?: string | undefined; readonly path: readonly PropertyKey[] };

/** What one call is. */
export type NodeCall<T> = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path and query below the node's address, encoded. */
  readonly path: string;
  /** JSON to send. */
  readonly json?: unknown;
  /** A file to send in place of JSON. */
  readonly file?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** What the answer must be. */
  readonly answer: Schema<T>;
  /** Arriving twice is the same as arriving once. */
  readonly repeatable: boolean;
  /** Ends the call early; it then rejects with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
};

/** What all calls of a client share. */
export type Wire = {
  readonly url: NodeUrl;
  readonly key: ApiKey;
  readonly fetch: typeof fetch;
  /** For a whole call, ms. */
  readonly timeoutMs: number;
  /** How often a repeatable call is sent at most. */
  readonly attempts: number;
  /** 0..1, for jitter. */
  readonly random: () => number;
};

/** The longest answer that is read, bytes: 500 audit records stay far below. */
const ANSWER_MAX_BYTES = 16 * 1024 * 1024;

/** The answer of a route that took something and has nothing to say of it (202). */
export const TAKEN: Schema<undefined> = Object.freeze({
  safeParse: (value: unknown) =>
    typeof value === 'object' && value !== null
      ? { success: true as const, data: undefined }
      : { success: false as const, error: { issues: [] } },
});

/** The answer of a route that has none (204). */
export const NO_CONTENT: Schema<undefined> = Object.freeze({
  safeParse: (value: unknown) =>
    value === undefined
      ? { success: true as const, data: undefined }
      : { success: false as const, error: { issues: [] } },
});

/** The fields at fault, as JSON pointers. Keys that the caller invented are not repeated, only their place. */
export function invalidFields(issues: readonly Issue[]): readonly InvalidField[] {
  return issues.slice(0, 20).map((issue) => ({
    pointer: issue.path
      .map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1').slice(0, 60)}`)
      .join(''),
    rule: issue.code ?? 'custom',
  }));
}

/**
 * `value` as `schema` has it.
 * @throws {ReclaimError} `invalid-request`, before anything is sent
 */
export function parseRequest<T>(schema: Schema<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw new ReclaimError('invalid-request', { invalid: invalidFields(parsed.error.issues) });
  }
  return parsed.data;
}

/** Sends `call`, again if need be, and answers what the node said. */
export async function sendCall<T>(wire: Wire, call: NodeCall<T>): Promise<T> {
  call.signal?.throwIfAborted();
  const deadline = performance.now() + wire.timeoutMs;
  const clock = AbortSignal.timeout(wire.timeoutMs);
  const stop = call.signal === undefined ? clock : AbortSignal.any([clock, call.signal]);
  for (let attempt = 1; ; attempt++) {
    const answer = await sendOnce(wire, call, stop, clock);
    if (answer.ok) return answer.value;
    const { error } = answer;
    if (!call.repeatable || attempt >= wire.attempts || !isPassing(error.code)) throw error;
    const delayMs = retryDelayMs(attempt, error.retryAfterSeconds, wire.random());
    // The node's own word is worth more to the caller than a timeout that waiting would end in.
    if (performance.now() + delayMs >= deadline) throw error;
    await pause(delayMs, stop);
    call.signal?.throwIfAborted();
    if (clock.aborted) throw error;
  }
}

type Sent<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ReclaimError };

async function sendOnce<T>(
  wire: Wire,
  call: NodeCall<T>,
  stop: AbortSignal,
  clock: AbortSignal,
): Promise<Sent<T>> {
  let status: number;
  let retryAfter: string | null;
  let text: string;
  try {
    const response = await wire.fetch(`${wire.url}${call.path}`, requestOf(wire, call, stop));
    status = response.status;
    retryAfter = response.headers.get('retry-after');
    text = await readBounded(response);
  } catch (error) {
    if (call.signal?.aborted) throw call.signal.reason;
    if (clock.aborted) return { ok: false, error: new ReclaimError('timeout') };
    if (error instanceof ReclaimError) return { ok: false, error };
    return { ok: false, error: new ReclaimError('network', { cause: causeWithoutAddress(error) }) };
  }
  const body = parseJson(text);
  if (status < 200 || status > 299) return { ok: false, error: errorOfAnswer(status, body, retryAfter) };
  const parsed = call.answer.safeParse(body);
  if (!parsed.success) return { ok: false, error: new ReclaimError('bad-answer', { status }) };
  return { ok: true, value: parsed.data };
}

function requestOf<T>(wire: Wire, call: NodeCall<T>, stop: AbortSignal): RequestInit {
  const headers: Record<string, string> = {
    accept: 'application/json, application/problem+json',
    authorization: `Bearer ${wire.key}`,
    ...call.headers,
  };
  // A redirect could carry the key and the signals to another machine: a node's address is configured, not found.
  const init: RequestInit = { method: call.method, headers, redirect: 'manual', signal: stop };
  if (call.file !== undefined) {
    headers['content-type'] = 'application/octet-stream';
    init.body = call.file as Uint8Array<ArrayBuffer>;
  } else if (call.json !== undefined) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(call.json);
  }
  return init;
}

/** The body as text; past the limit the rest is not read. */
async function readBounded(response: Response): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for await (const chunk of response.body) {
    length += chunk.length;
    if (length > ANSWER_MAX_BYTES) throw new ReclaimError('bad-answer', { status: response.status });
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parseJson(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The system's name of the fault (`ECONNREFUSED`) alone: fetch's own causes spell out host and port. */
function causeWithoutAddress(error: unknown): { readonly code: string } | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++) {
    const code = 'code' in at ? at.code : undefined;
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,40}$/.test(code)) return { code };
  }
  return undefined;
}
