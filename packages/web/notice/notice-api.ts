/**
 * The node's doors for notices, as the form asks them: nothing in an address, no cookie, no referrer, this origin alone. An
 * answer is a value or one of a closed set of reasons; what a problem says beside its type is not read.
 * @module
 */

import type { Challenge, Proof } from '@reclaim/casework/wire-case';
import {
  type NewNotice,
  type NoticeForm,
  type NoticeStatus,
  type NoticeSupplement,
  type Receipt,
  wireNoticeForm,
  wireNoticeStatus,
  wireReceipt,
} from '@reclaim/casework/wire-notice';

/** Why there is no answer. `offline`: none came, and what was sent may or may not have arrived. */
export type NoticeTrouble =
  | 'offline'
  | 'not-found'
  | 'limited'
  | 'busy'
  | 'refused'
  | 'state'
  | 'window-over'
  | 'suspended'
  | 'bad-answer';

/** An answer. */
export type Said<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: NoticeTrouble; readonly minutes?: number };

type Schema<T> = {
  readonly safeParse: (
    value: unknown,
  ) => { readonly success: true; readonly data: T } | { readonly success: false };
};

/** The doors. Each write solves a puzzle first, which takes about a second of the device. */
export type NoticeApi = {
  readonly form: () => Promise<Said<NoticeForm>>;
  readonly give: (notice: Omit<NewNotice, 'proof'>) => Promise<Said<Receipt>>;
  readonly status: (code: string) => Promise<Said<NoticeStatus>>;
  readonly supplement: (more: Omit<NoticeSupplement, 'proof'>) => Promise<Said<NoticeStatus>>;
  readonly complain: (code: string, facts: string, earlierNotMine?: true) => Promise<Said<unknown>>;
  /** Takes the notice back; the status is then that of one that was taken back. */
  readonly withdraw: (code: string) => Promise<Said<NoticeStatus>>;
  /** Says what is not right about a suspension. */
  readonly object: (
    code: string,
    misuse: 'unfounded-notices' | 'unfounded-complaints',
    words: string,
  ) => Promise<Said<unknown>>;
};

/** The longest answer that is read, characters. */
const MAX_ANSWER = 200_000;

/** The node at this page's own origin; `carry` is `fetch` or a test's own. */
export function makeNoticeApi(
  carry: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init),
): NoticeApi {
  async function ask<T>(schema: Schema<T>, method: string, path: string, body?: object): Promise<Said<T>> {
    let response: Response;
    let text: string;
    try {
      response = await carry(path, {
        method,
        mode: 'same-origin',
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
        signal: AbortSignal.timeout(30_000),
        ...(body === undefined
          ? {}
          : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
      text = await response.text();
    } catch {
      return { ok: false, reason: 'offline' };
    }
    const said = read(text);
    if (!response.ok) return refusalOf(response.status, said);
    const parsed = schema.safeParse(said);
    return parsed.success ? { ok: true, value: parsed.data } : { ok: false, reason: 'bad-answer' };
  }

  async function solved(): Promise<Said<Proof>> {
    const { wireChallenge } = await import('@reclaim/casework/wire-case');
    const asked: Said<Challenge> = await ask(wireChallenge, 'POST', '/v1/challenges', {});
    if (!asked.ok) return asked;
    const { challenge, bits } = asked.value;
    const { solve } = await import('@reclaim/vault/proof-of-work');
    // A moment for the page between two stretches of work, so that it can be left and scrolled meanwhile.
    const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
    return { ok: true, value: { challenge, nonce: await solve(challenge, bits, { pause }) } };
  }

  const write = async <T>(schema: Schema<T>, path: string, body: object): Promise<Said<T>> => {
    const proof = await solved();
    return proof.ok ? ask(schema, 'POST', path, { proof: proof.value, ...body }) : proof;
  };
  return {
    form: async () => ask(wireNoticeForm, 'GET', '/v1/notice-form'),
    give: async (notice) => write(wireReceipt, '/v1/notices', notice),
    status: async (code) => ask(wireNoticeStatus, 'POST', '/v1/notices/status', { code }),
    supplement: async (more) => write(wireNoticeStatus, '/v1/notices/supplement', more),
    withdraw: async (code) => write(wireNoticeStatus, '/v1/notices/withdrawal', { code }),
    object: async (code, misuse, words) =>
      write({ safeParse: (value) => ({ success: true, data: value }) }, '/v1/notices/objection', {
        code,
        misuse,
        words,
      }),
    complain: async (code, facts, earlierNotMine) =>
      write({ safeParse: (value) => ({ success: true, data: value }) }, '/v1/notices/complaint', {
        code,
        facts,
        ...(earlierNotMine === undefined ? {} : { earlierNotMine }),
      }),
  };
}

function read(text: string): unknown {
  try {
    return text.length > MAX_ANSWER ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refusalOf(status: number, said: unknown): Said<never> {
  const problem = (said ?? {}) as { readonly type?: unknown; readonly retryAfterSeconds?: unknown };
  const kind = typeof problem.type === 'string' ? problem.type.replace('/problems/', '') : '';
  if (kind === 'refused-complaint-window-over') return { ok: false, reason: 'window-over' };
  if (kind === 'refused-suspended') return { ok: false, reason: 'suspended' };
  if (kind === 'refused-wrong-state' || kind === 'refused-already-exists')
    return { ok: false, reason: 'state' };
  if (status === 404) return { ok: false, reason: 'not-found' };
  if (status === 429) {
    const wait = Number(problem.retryAfterSeconds);
    return { ok: false, reason: 'limited', minutes: Number.isFinite(wait) ? Math.ceil(wait / 60) : 1 };
  }
  return { ok: false, reason: status >= 500 ? 'busy' : 'refused' };
}
