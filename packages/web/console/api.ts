/**
 * The console's way to the node: one function a route, each answering `{ ok: true, value }` or a refusal of a closed kind.
 *
 * The session is a cookie that this code cannot read. Nothing is cached and nothing is kept: every answer is parsed by
 * the schema of the wire, so that a screen never meets a shape it does not know.
 * @module
 */

import type { Ruling } from '@reclaim/casework/decision';
import type { NoticeAct } from '@reclaim/casework/notice';
import {
  type Scope,
  wireAuditPage,
  wireBank,
  wireJob,
  wireJobPage,
  wireKey,
  wireNewKey,
  wireProblem,
} from '@reclaim/casework/wire';
import { wireLocalFeatures } from '@reclaim/casework/wire-local-features';
import { type MinorReportRequest, wireMinorLane, wireMinorReported } from '@reclaim/casework/wire-minor';
import { type MisuseActRequest, wireMisuse, wireMisuseList } from '@reclaim/casework/wire-misuse';
import { wireJobNotices, wireNoticeForm, wireNotifier } from '@reclaim/casework/wire-notice';
import {
  wirePublication,
  type wirePublicationRequest,
  wirePublications,
} from '@reclaim/casework/wire-publication';
import { type PartCause, wireLinePart } from '@reclaim/casework/wire-recovery';
import {
  type Look,
  type Permission,
  wireCeremony,
  wireInvitation,
  wireLook,
  wireMe,
  wireRegistered,
  wireStaff,
  wireViews,
} from '@reclaim/casework/wire-staff';
import {
  type Accountability,
  wireAccountability,
  wireReportFiles,
  type wireReportRequest,
} from '@reclaim/casework/wire-statement';
import type { StatementChoiceInput } from '@reclaim/casework/wire-statement-choice';
import {
  type WireHelperKey,
  wireAppended,
  wireHelpers,
  wireInbox,
  wireOriginalAsks,
  wirePiece,
  wireThread,
} from '@reclaim/casework/wire-thread';
import type { SharedPlace } from '@reclaim/vault/messages/two-person';
import * as z from 'zod/mini';

/**
 * Why nothing came of a question. `kind` is the problem's path without `/problems/`, or `offline` (no answer came) or
 * `unreadable` (an answer that is not of the wire).
 */
export type Trouble = { readonly kind: string; readonly status: number; readonly retryAfterSeconds?: number };

/** An answer. */
export type Asked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly trouble: Trouble };

/** What carries a request: `fetch`, or a test's own. */
export type Carrier = (path: string, init: RequestInit) => Promise<Response>;

/** A WebAuthn answer on its way to the node. */
export type CeremonyAnswer = { readonly ceremony: string; readonly response: object };

/** Which jobs to list. `after` is a cursor that the node gave; limit 1 to 200. */
export type JobQuery = {
  readonly state: string;
  readonly after?: string | undefined;
  readonly limit: number;
};

/** Which report is to be drawn. */
export type ReportWish = z.input<typeof wireReportRequest>;

/** A version to be written down. */
export type PublicationWish = z.input<typeof wirePublicationRequest>;

const nothing = z.unknown();

/** Makes the client. `lost` is called whenever the node says that the session is over (401). */
export function makeApi(carry: Carrier, lost: () => void) {
  async function ask<T>(
    schema: z.ZodMiniType<T>,
    method: string,
    path: string,
    body?: object,
    keepalive = false,
  ): Promise<Asked<T>> {
    let answer: Response;
    try {
      answer = await carry(path, {
        method,
        credentials: 'same-origin',
        cache: 'no-store',
        keepalive,
        ...(body === undefined
          ? {}
          : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
    } catch {
      return { ok: false, trouble: { kind: 'offline', status: 0 } };
    }
    const said: unknown = await answer.json().catch(() => undefined);
    if (answer.ok) {
      const parsed = schema.safeParse(said);
      if (parsed.success) return { ok: true, value: parsed.data };
      return { ok: false, trouble: { kind: 'unreadable', status: answer.status } };
    }
    if (answer.status === 401) lost();
    return { ok: false, trouble: troubleOf(answer.status, said) };
  }
  const job = (id: string, step: string, body: object = {}, keepalive = false) =>
    ask(wireJob, 'POST', `/v1/jobs/${id}/${step}`, body, keepalive);
  return {
    me: () => ask(wireMe, 'GET', '/v1/staff/me'),
    registerStart: (token: string, pseudonym: string) =>
      ask(wireCeremony, 'POST', '/v1/staff/register/start', { token, pseudonym }),
    registerFinish: (answer: CeremonyAnswer) =>
      ask(wireRegistered, 'POST', '/v1/staff/register/finish', answer),
    signInStart: () => ask(wireCeremony, 'POST', '/v1/staff/sign-in/start', {}),
    signInFinish: (answer: CeremonyAnswer) => ask(wireStaff, 'POST', '/v1/staff/sign-in/finish', answer),
    recover: (code: string) => ask(wireStaff, 'POST', '/v1/staff/recover', { code }),
    passkeyStart: () => ask(wireCeremony, 'POST', '/v1/staff/passkeys/start', {}),
    passkeyFinish: (answer: CeremonyAnswer) => ask(wireStaff, 'POST', '/v1/staff/passkeys/finish', answer),
    signOut: () => ask(nothing, 'POST', '/v1/staff/sign-out', {}),
    staff: () => ask(z.object({ staff: z.array(wireStaff) }), 'GET', '/v1/staff'),
    invite: (permissions: readonly Permission[]) =>
      ask(wireInvitation, 'POST', '/v1/staff/invitations', { permissions }),
    changeStaff: (id: string, patch: { permissions?: readonly Permission[]; disabled?: boolean }) =>
      ask(wireStaff, 'PATCH', `/v1/staff/${id}`, patch),
    jobs: ({ state, after, limit }: JobQuery) => {
      const query = new URLSearchParams({ state, limit: String(limit) });
      if (after !== undefined) query.set('after', after);
      return ask(wireJobPage, 'GET', `/v1/jobs?${query}`);
    },
    job: (id: string) => ask(wireJob, 'GET', `/v1/jobs/${id}`),
    claim: (id: string) => job(id, 'claim'),
    /** Goes out even while the page is being left. */
    release: (id: string) => job(id, 'release', {}, true),
    decide: (id: string, ruling: Ruling, facts: string, statement?: StatementChoiceInput) =>
      job(id, 'decide', { ruling, facts, ...(statement === undefined ? {} : { statement }) }),
    accountability: () => ask(wireAccountability, 'GET', '/v1/accountability'),
    setAccountability: (value: Accountability) => ask(wireAccountability, 'PUT', '/v1/accountability', value),
    /** What the operator says of the platform: zone, kind, where it is offered. */
    platform: () => ask(wireNoticeForm, 'GET', '/v1/notice-form'),
    drawReport: (wish: ReportWish) => ask(wireReportFiles, 'POST', '/v1/transparency-reports', wish),
    /** The records of a period, JSON lines. */
    records: async (from: string, to: string): Promise<Asked<Blob>> => {
      try {
        const answer = await carry(`/v1/statements?${new URLSearchParams({ from, to })}`, {
          method: 'GET',
          credentials: 'same-origin',
          cache: 'no-store',
        });
        if (answer.ok) return { ok: true, value: await answer.blob() };
        const said: unknown = await answer.json().catch(() => undefined);
        return { ok: false, trouble: troubleOf(answer.status, said) };
      } catch {
        return { ok: false, trouble: { kind: 'offline', status: 0 } };
      }
    },
    undo: (id: string, facts: string) => job(id, 'undo', { facts }),
    /** Holds a published item until it is decided. */
    hold: (id: string) => job(id, 'hold'),
    publications: () => ask(wirePublications, 'GET', '/v1/publications'),
    notePublication: (publication: PublicationWish) =>
      ask(wirePublication, 'POST', '/v1/publications', publication),
    notices: (id: string) => ask(wireJobNotices, 'GET', `/v1/jobs/${id}/notices`),
    applyRegime: (id: string, notice: string, regime: string, reason: string) =>
      job(id, `notices/${notice}/applies`, { regime, reason }),
    act: (id: string, act: NoticeAct) => job(id, 'acts', { act }),
    answerComplaint: (
      id: string,
      facts: string,
      ruling: Ruling | undefined,
      statement?: StatementChoiceInput,
    ) =>
      job(id, 'answer-complaint', {
        facts,
        ...(ruling === undefined ? {} : { ruling }),
        ...(statement === undefined ? {} : { statement }),
      }),
    minorLane: (id: string) => ask(wireMinorLane, 'GET', `/v1/jobs/${id}/minor-lane`),
    minorReport: (id: string, report: MinorReportRequest) =>
      ask(wireMinorReported, 'POST', `/v1/jobs/${id}/minor-report`, report),
    misuse: () => ask(wireMisuseList, 'GET', '/v1/misuse'),
    countMisuse: (jobId: string, act: MisuseActRequest) =>
      ask(wireMisuse, 'POST', `/v1/jobs/${jobId}/misuse`, act),
    warnMisuse: (id: string, facts: { readonly gravity: string; readonly intention: string }) =>
      ask(wireMisuse, 'POST', `/v1/misuse/${id}/warn`, facts),
    suspendMisuse: (
      id: string,
      facts: { readonly gravity: string; readonly intention: string; readonly days: number },
    ) => ask(wireMisuse, 'POST', `/v1/misuse/${id}/suspend`, facts),
    /** Upholds against an objection, or lifts what was imposed. */
    answerMisuse: (id: string, step: 'uphold' | 'lift', reason: string) =>
      ask(wireMisuse, 'POST', `/v1/misuse/${id}/${step}`, { reason }),
    askUnsealing: (id: string, reason: string) =>
      ask(nothing, 'POST', `/v1/notices/${id}/unsealing`, { reason }),
    agreeUnsealing: (id: string) => ask(nothing, 'POST', `/v1/notices/${id}/unsealing/agree`, {}),
    /** Who gave a notice, for who asked and was agreed with: it is in the log before this answers. */
    notifier: (id: string) => ask(wireNotifier, 'POST', `/v1/notices/${id}/notifier`, {}),
    look: (id: string, look: Look) => ask(wireLook, 'POST', `/v1/jobs/${id}/look`, { look }),
    lookEnd: (id: string, seconds: number) =>
      ask(nothing, 'POST', `/v1/jobs/${id}/look-end`, { seconds }, true),
    views: () => ask(wireViews, 'GET', '/v1/views'),
    /** The bytes of a look: good once, for this session, for seconds. Never cached. */
    picture: async (url: string): Promise<Asked<Blob>> => {
      try {
        const answer = await carry(url, { method: 'GET', credentials: 'same-origin', cache: 'no-store' });
        if (answer.ok) return { ok: true, value: await answer.blob() };
        const said: unknown = await answer.json().catch(() => undefined);
        return { ok: false, trouble: troubleOf(answer.status, said) };
      } catch {
        return { ok: false, trouble: { kind: 'offline', status: 0 } };
      }
    },
    inbox: () => ask(wireInbox, 'GET', '/v1/helper/threads'),
    helpers: () => ask(wireHelpers, 'POST', '/v1/helpers/list', {}),
    putHelperKey: (key: WireHelperKey) => ask(nothing, 'PUT', '/v1/helper/key', key),
    readHelperThread: (thread: string) =>
      ask(wireThread, 'POST', '/v1/helper/threads/read', { thread, after: 0 }),
    appendHelperThread: (request: object) => ask(wireAppended, 'POST', '/v1/helper/threads/append', request),
    /** One piece of a file that a person opened. */
    helperPiece: (place: SharedPlace, piece: number) =>
      ask(wirePiece, 'POST', '/v1/helper/threads/piece', { ...place, piece }),
    askOriginal: (place: SharedPlace, sealed: string) =>
      ask(nothing, 'POST', '/v1/helper/originals/ask', { ...place, ask: sealed }),
    originalsAsked: () => ask(wireOriginalAsks, 'GET', '/v1/helper/originals'),
    /** The helpline's part that three words call for. */
    fetchPart: (call: string, cause: PartCause) =>
      ask(wireLinePart, 'POST', '/v1/helper/recovery-parts/fetch', { call, cause }),
    answerOriginal: (place: SharedPlace, answer: string | undefined) =>
      ask(
        nothing,
        'POST',
        '/v1/helper/originals/answer',
        answer === undefined ? place : { ...place, answer },
      ),
    banks: () => ask(z.object({ banks: z.array(wireBank) }), 'GET', '/v1/banks'),
    localFeatures: () => ask(wireLocalFeatures, 'GET', '/v1/local-features'),
    proposeLocalFeatures: (retentionDays: number) =>
      ask(wireLocalFeatures, 'POST', '/v1/local-features/propose', { retentionDays }),
    confirmLocalFeatures: () => ask(wireLocalFeatures, 'POST', '/v1/local-features/confirm', {}),
    switchLocalFeaturesOff: () => ask(wireLocalFeatures, 'POST', '/v1/local-features/off', {}),
    switchBank: (id: string, enabled: boolean) => ask(wireBank, 'PATCH', `/v1/banks/${id}`, { enabled }),
    keys: () => ask(z.object({ keys: z.array(wireKey) }), 'GET', '/v1/keys'),
    makeKey: (name: string, scopes: readonly Scope[]) =>
      ask(wireNewKey, 'POST', '/v1/keys', { name, scopes }),
    rotateKey: (id: string, overlapMinutes: number) =>
      ask(wireNewKey, 'POST', `/v1/keys/${id}/rotate`, { overlapMinutes }),
    revokeKey: (id: string) => ask(wireKey, 'POST', `/v1/keys/${id}/revoke`, {}),
    audit: (after: number) => ask(wireAuditPage, 'GET', `/v1/audit?after=${after}`),
  };
}

/** The client, as the screens hold it. */
export type Api = ReturnType<typeof makeApi>;

function troubleOf(status: number, said: unknown): Trouble {
  const problem = wireProblem.safeParse(said);
  if (!problem.success) return { kind: 'unreadable', status };
  const kind = problem.data.type.replace(/^\/problems\//, '');
  const { retryAfterSeconds } = problem.data;
  return retryAfterSeconds === undefined ? { kind, status } : { kind, status, retryAfterSeconds };
}
