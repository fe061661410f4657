/**
 * A board on a free port beside a node that answers as a test says.
 * @module
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Outcome, Standing } from '@reclaim/client/client';
import { waves } from '@reclaim/client/picture.fixture';
import { ReclaimError, type ReclaimErrorCode } from '@reclaim/client/reclaim-error';
import type { BoardClient } from './door.ts';
import { type PhotoBoard, type PhotoBoardOptions, startPhotoBoard } from './photo-board.ts';

/** What a node says of one picture. */
export type Result = Awaited<ReturnType<BoardClient['check']>>['results'][number];
/** What a check comes to: an answer, or an error of the client. */
export type Cause = Partial<Result> | ReclaimErrorCode;

/** The job of every outcome. */
export const JOB = `job_${'0'.repeat(32)}` as Outcome['jobId'];
/** The bytes of a picture. */
export const BYTES = waves(1);

/** A node that answers as the test says, and whose outcomes the test writes. */
export class FakeNode {
  cause: Cause = {};
  reportCause: ReclaimErrorCode | undefined;
  readonly checked: {
    readonly id: string;
    readonly previewUrl?: string | undefined;
    readonly account?: string | undefined;
  }[] = [];
  readonly reports: string[] = [];
  complaintCause: ReclaimErrorCode | undefined;
  readonly complaints: string[] = [];
  readonly standings = new Map<string, readonly Standing[]>();
  standingCause: ReclaimErrorCode | undefined;
  readonly objections: string[] = [];
  readonly previews: {
    readonly id: string;
    readonly previewUrl: string;
    readonly location?: string | undefined;
  }[] = [];
  readonly kept: { readonly id: string; readonly previewUrl?: string | undefined }[] = [];
  keepCause: ReclaimErrorCode | undefined;
  /** Until when it says that it keeps. */
  keptUntil = Date.now() + 180 * 24 * 3_600_000;
  /** The position up to which the board has acted on outcomes: it asks for the next ones from there. */
  followed = 0;
  readonly #outcomes: Outcome[] = [];
  readonly client: BoardClient;

  constructor() {
    this.client = {
      checkFileRemote: () => Promise.reject(new Error('the board hashes here')),
      check: async ([first]) => {
        const { item } = first!;
        this.checked.push(item);
        if (typeof this.cause === 'string') throw new ReclaimError(this.cause, { retryAfterSeconds: 1 });
        const result = { itemId: item.id, verdict: 'pass' as const, coverage: 'full' as const, notes: [] };
        return { logPosition: 1, results: [{ ...result, ...this.cause }] };
      },
      keepFile: async (_bytes, item) => {
        if (this.keepCause !== undefined) throw new ReclaimError(this.keepCause);
        this.kept.push(item);
        return { kind: 'kept', until: this.keptUntil };
      },
      report: async ({ item, reason }) => {
        if (this.reportCause !== undefined) throw new ReclaimError(this.reportCause);
        this.reports.push(`${item.id} ${reason}`);
        return JOB;
      },
      complain: async ({ item, facts }) => {
        if (this.complaintCause !== undefined) throw new ReclaimError(this.complaintCause);
        this.complaints.push(`${item.id} ${facts}`);
        return `cpl_${'0'.repeat(32)}` as never;
      },
      preview: async (item) => {
        this.previews.push(item);
      },
      standings: async (account) => {
        if (this.standingCause !== undefined) throw new ReclaimError(this.standingCause);
        return this.standings.get(account) ?? [];
      },
      object: async ({ account, misuse, words }) => {
        this.objections.push(`${misuse} ${words}`);
        const now = this.standings.get(account) ?? [];
        this.standings.set(
          account,
          now.map((each) => ({ ...each, objection: 'waits' })),
        );
      },
      outcomes: async (after) => {
        this.followed = after;
        const outcomes = this.#outcomes.filter(({ position }) => position > after);
        return { outcomes, position: Math.max(after, this.#outcomes.length) };
      },
    };
  }

  say(itemId: string, effect: Outcome['effect'], ground?: Outcome['ground']): Outcome {
    const outcome = { position: this.#outcomes.length + 1, jobId: JOB, itemId, effect, ground };
    this.#outcomes.push(outcome);
    return outcome;
  }
}

/** A board, its node, and where it keeps what it has. */
export type Site = { readonly board: PhotoBoard; readonly node: FakeNode; readonly dataDir: string };

/** A folder that goes with the test. */
export async function makeFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'board-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts a board beside a node of its own; both end with the test. */
export async function startSite(t: TestContext, more: Partial<PhotoBoardOptions> = {}): Promise<Site> {
  const dataDir = more.dataDir ?? (await makeFolder(t));
  const node = new FakeNode();
  const board = await startPhotoBoard({ client: node.client, dataDir, port: 0, intervalMs: 5, ...more });
  t.after(() => board.stop());
  return { board, node, dataDir };
}

/** Puts a picture there, as a browser that was never there before. */
export function upload(board: PhotoBoard, bytes: Uint8Array = BYTES, caption = ''): Promise<Response> {
  const form = new FormData();
  form.set('caption', caption);
  form.set('picture', new Blob([bytes as Uint8Array<ArrayBuffer>]), '<b>name.png');
  return fetch(`${board.url}/pictures`, { method: 'POST', body: form, redirect: 'manual' });
}

/** The uploader's page that an upload led to. */
export async function ownPage(board: PhotoBoard, reply: Response): Promise<string> {
  const response = await fetch(board.url + reply.headers.get('location'));
  return response.text();
}

/** Looks until `seen` says yes; fails by the run's own time limit, never by a clock of its own. */
export async function until(seen: () => Promise<boolean>): Promise<void> {
  while (!(await seen())) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Whether that page says these words, to be looked at again and again. */
export const says = (board: PhotoBoard, reply: Response, words: string) => () =>
  ownPage(board, reply).then((page) => page.includes(words));
