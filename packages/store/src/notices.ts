/**
 * Notices: receiving one, adding to it, and asking by code. Each is one transaction: the notice, its job, its clocks and
 * its records in the chain are durable together, or nothing is.
 *
 * What a notice says and who says it are sealed by the store's key, in two tables; the chain has ids, names of regimes, and
 * a commitment to a keyed hash of the text, so that whoever holds the key can show that it was not changed.
 * @module
 */

import { randomBytes, randomInt } from 'node:crypto';
import { makeId, type NoticeId } from '@reclaim/casework/id';
import { decideJob } from '@reclaim/casework/job';
import { decideNotice, evolveNotice, NO_NOTICE } from '@reclaim/casework/notice';
import {
  asksToHold,
  completenessOf,
  isCompleteSomewhere,
  noticeTerms,
  type PlatformFacts,
  supplementedTerms,
  UNSAID_PLATFORM,
} from '@reclaim/casework/notice-terms';
import type { Refusal } from '@reclaim/casework/refusal';
import {
  draftOfNotice,
  isAgeInDoubt,
  MAX_LOCATIONS,
  type NoticeContent,
  type NoticeStatus,
  type NoticeSupplement,
  type Notifier,
  type Receipt,
} from '@reclaim/casework/wire-notice';
import type { Transaction } from 'kysely';
import { noteErasure } from './erasure.ts';
import { appendEvents, draftOf, lockChain } from './event-log.ts';
import { jobOf } from './job-rows.ts';
import { addLocations, openJobIn } from './jobs.ts';
import { locationTags } from './location-tags.ts';
import { turnsAwayNotifier } from './misuse-objection.ts';
import { noteSent } from './misuse-sent.ts';
import { notifierTag } from './misuse-standing.ts';
import { addFacts, clockRows, rewriteClocks } from './notice-clocks.ts';
import { tellNotice } from './notice-effects.ts';
import {
  codeTag,
  type NoticeRow,
  noticeByCode,
  noticeOf,
  openContent,
  openNotifier,
  receiptOf,
  sealContent,
  sealNotifier,
  statusOf,
} from './notice-rows.ts';
import { addOutcome } from './outcomes.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** Letters of a number: no vowels, no letter that looks like another or like a digit (Crockford's base 32, less vowels). */
const NUMBER_LETTERS = '0123456789BCDFGHJKMNPQRSTVWXYZ';

/** The outcome of receiving a notice. */
export type Received =
  | { readonly ok: true; readonly receipt: Receipt; readonly again: boolean }
  | { readonly ok: false; readonly reason: 'contradictory-place' | 'no-place' | 'suspended' };

/** Whose notices are taken whatever they sent before: of the person shown, and of who acts for them. */
const ALWAYS_HEARD: readonly NoticeContent['standing'][] = ['depicted', 'authorised', 'parent'];

/** Three groups of four: 3e17 numbers, so that none tells of another. */
function drawNumber(): string {
  const letters = Array.from({ length: 12 }, () => NUMBER_LETTERS[randomInt(NUMBER_LETTERS.length)]);
  return [0, 4, 8].map((at) => letters.slice(at, at + 4).join('')).join('-');
}

/** Receives a notice. The same code again is answered with the receipt of the first, whatever it says. */
export async function receiveNotice(
  store: Store,
  codeSha256: string,
  content: NoticeContent,
  notifier: Notifier,
  platform: PlatformFacts,
  earlierNotMine = false,
): Promise<Received> {
  const now = store.now();
  const draft = draftOfNotice(content, notifier, now);
  const place = { country: content.country, subdivision: content.subdivision };
  const terms = noticeTerms(draft, place, platform, isAgeInDoubt(content.age), now);
  if (terms === undefined) return { ok: false, reason: 'contradictory-place' };
  const tags = locationTags(store, content.locations);
  if (content.item === undefined && tags.length === 0) return { ok: false, reason: 'no-place' };
  const tag = codeTag(store, codeSha256);
  return store.transaction(async (trx): Promise<Received> => {
    await lockChain(trx);
    const known = await noticeByCode(trx, tag);
    if (known !== undefined) {
      return { ok: true, receipt: receiptOf(known, await clockRows(trx, [known.id])), again: true };
    }
    const heard = terms.lane === 'child' || ALWAYS_HEARD.includes(content.standing);
    const sender = notifierTag(store, notifier);
    const said = { alwaysHeard: heard, disowned: earlierNotMine };
    if (await turnsAwayNotifier(store, trx, 'unfounded-notices', sender, said))
      return { ok: false, reason: 'suspended' };
    await noteSent(trx, sender, now);
    const { jobId, settled } = await openJobIn(store, trx, 'notifier', {
      item: content.item,
      locationTags: tags,
      cause: 'notice',
      interim: 'none',
      matches: [],
      contentTag: undefined,
      complete: isCompleteSomewhere(terms),
      lane: terms.lane,
    });
    const before = await trx.selectFrom('notice').select('id').where('job_id', '=', jobId).execute();
    const job = await trx.selectFrom('job').selectAll().where('id', '=', jobId).executeTakeFirstOrThrow();
    const id = makeId('notice', randomBytes(16));
    const decided = decideNotice(NO_NOTICE, {
      kind: 'receive',
      noticeId: id,
      jobId,
      lane: terms.lane,
      items: Math.max(1, content.locations.length),
      joined: before.length > 0 || job.cause !== 'notice',
      completeness: completenessOf(terms),
    });
    if (!decided.ok) throw new Error('notices: a new notice was refused');
    const words = store.key.tag(Buffer.from(JSON.stringify([content, notifier]))).toString('hex');
    const drafts = decided.events.map((event, i) => draftOf(jobId, event, i === 0 ? { words } : {}));
    const [receivedSeq, acknowledgedSeq] = await appendEvents(trx, now, 'notifier', drafts);
    const row: NoticeRow = {
      id,
      number: drawNumber(),
      code_tag: tag,
      job_id: jobId,
      received_seq: receivedSeq!,
      received_at: now,
      state: 'open',
      sealed: sealContent(store, id, content),
      terms,
      decision_id: null,
      told_at: null,
    };
    await trx
      .insertInto('notice')
      .values({ ...row, terms: JSON.stringify(terms) })
      .execute();
    await trx
      .insertInto('notifier')
      .values({ notice_id: id, sealed: sealNotifier(store, id, notifier) })
      .execute();
    await addFacts(trx, id, [
      { kind: 'notice-received', at: now, seq: receivedSeq! },
      { kind: 'receipt-confirmed', at: now, seq: acknowledgedSeq! },
    ]);
    await rewriteClocks(store, trx, row, { refuses: false, at: null });
    const machine = jobOf(job);
    if (settled !== undefined && 'decision' in machine) {
      await tellNotice(store, trx, 'system', row, machine.decision);
    } else if (terms.lane === 'adult' && job.lane === 'adult' && job.preview_url === null) {
      // The platform may send where a reviewer sees it; one word for all notices until it does.
      const [position] = await appendEvents(trx, now, 'system', [
        { type: 'item-noticed', subject: jobId, data: { jobId } },
      ]);
      await addOutcome(trx, job, position!, 'noticed');
    }
    if (platform.holdsForCalifornia === true) await holdNoticed(store, trx, row);
    const fresh = await rowOf(trx, id);
    return { ok: true, receipt: receiptOf(fresh, await clockRows(trx, [id])), again: false };
  });
}

async function rowOf(trx: Transaction<Tables>, id: NoticeId): Promise<NoticeRow> {
  return trx.selectFrom('notice').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

/** What the notifier reads by code; `undefined` for a code that never was. */
export async function noticeStatus(store: Store, codeSha256: string): Promise<NoticeStatus | undefined> {
  const row = await noticeByCode(store.db, codeTag(store, codeSha256));
  return row === undefined ? undefined : statusOf(store, store.db, row);
}

/** Adds to a notice that waits for its decision. What is there already stays unless it is written anew. */
export async function supplementNotice(
  store: Store,
  codeSha256: string,
  more: Omit<NoticeSupplement, 'proof' | 'code'>,
  platform: PlatformFacts = UNSAID_PLATFORM,
): Promise<
  { readonly ok: true; readonly status: NoticeStatus } | { readonly ok: false; readonly reason: Refusal }
> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const row = await noticeByCode(trx, codeTag(store, codeSha256));
    const content = row === undefined ? undefined : openContent(store, row);
    if (row === undefined || content === undefined) return { ok: false, reason: 'not-found' };
    const notifier = (await openNotifier(store, trx, row.id)) ?? { name: '', email: '', otherContact: '' };
    const now = store.now();
    const fuller = merged(content, more);
    const known = { ...notifier, ...defined(more.notifier ?? {}) };
    // An address that was not there before makes it a notice of that sender.
    const sender = notifierTag(store, known);
    if (sender !== undefined && notifierTag(store, notifier)?.equals(sender) !== true)
      await noteSent(trx, sender, row.received_at);
    const terms = supplementedTerms(row.terms, draftOfNotice(fuller, known, now), now);
    const decided = decideNotice(noticeOf(row), {
      kind: 'supplement',
      noticeId: row.id,
      jobId: row.job_id,
      completeness: completenessOf(terms),
    });
    if (!decided.ok) return decided;
    const words = store.key.tag(Buffer.from(JSON.stringify([fuller, known]))).toString('hex');
    await appendEvents(
      trx,
      now,
      'notifier',
      decided.events.map((event) => draftOf(row.job_id, event, { words })),
    );
    decided.events.reduce(evolveNotice, noticeOf(row));
    await trx
      .updateTable('notice')
      .set({ sealed: sealContent(store, row.id, fuller), terms: JSON.stringify(terms) })
      .where('id', '=', row.id)
      .execute();
    await trx
      .updateTable('notifier')
      .set({ sealed: sealNotifier(store, row.id, known) })
      .where('notice_id', '=', row.id)
      .execute();
    await noteErasure(store, trx);
    const { item_id: item } = await trx
      .selectFrom('job')
      .select('item_id')
      .where('id', '=', row.job_id)
      .executeTakeFirstOrThrow();
    // Where a job's item is, its platform says, and no notifier: see `keepPreview`.
    if (fuller.item === undefined && item === null)
      await addLocations(trx, row.job_id, locationTags(store, fuller.locations));
    if (isCompleteSomewhere(terms)) await completeJob(store, trx, row);
    await rewriteClocks(store, trx, { ...row, terms }, { refuses: false, at: null });
    if (platform.holdsForCalifornia === true) await holdNoticed(store, trx, { ...row, terms });
    return { ok: true, status: await statusOf(store, trx, await rowOf(trx, row.id)) };
  });
}

/** Holds the item of a notice until it is decided, where the law of the notice asks for that and it stands published. */
async function holdNoticed(
  store: Store,
  trx: Transaction<Tables>,
  row: Pick<NoticeRow, 'id' | 'job_id' | 'terms'>,
): Promise<void> {
  if (!asksToHold(row.terms)) return;
  const job = await trx
    .selectFrom('job')
    .selectAll()
    .where('id', '=', row.job_id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  // Of a place that nobody named by its id the platform hears of no outcome: there is nothing to hold.
  if (job.item_id === null || job.lane === 'child') return;
  const decided = decideJob(jobOf(job), { kind: 'hold', jobId: job.id, by: 'system' });
  if (!decided.ok) return;
  const now = store.now();
  const [position] = await appendEvents(
    trx,
    now,
    'system',
    decided.events.map((event) => draftOf(job.id, event)),
  );
  await trx.updateTable('job').set({ interim: 'held' }).where('id', '=', job.id).execute();
  await addFacts(trx, row.id, [{ kind: 'blocked', at: now, seq: position! }]);
  await addOutcome(trx, job, position!, 'hold');
}

async function completeJob(store: Store, trx: Transaction<Tables>, row: NoticeRow): Promise<void> {
  const job = await trx
    .selectFrom('job')
    .select('state')
    .where('id', '=', row.job_id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (job.state !== 'incomplete') return;
  await appendEvents(trx, store.now(), 'notifier', [
    { type: 'job-completed', subject: row.job_id, data: { jobId: row.job_id } },
  ]);
  await trx.updateTable('job').set({ state: 'queued' }).where('id', '=', row.job_id).execute();
}

/** The notice with what was added: places and ticks are joined, words and choices written anew where they were sent. */
function merged(content: NoticeContent, more: Omit<NoticeSupplement, 'proof' | 'code'>): NoticeContent {
  const { notifier: _, locations = [], declarations = [], ...rest } = more;
  const ticks = new Map([...content.declarations, ...declarations].map((tick) => [tick.id, tick]));
  return {
    ...content,
    ...defined(rest),
    // No more than one notice may name: else somebody could add to it without an end.
    locations: [...new Set([...content.locations, ...locations])].slice(0, MAX_LOCATIONS),
    declarations: [...ticks.values()],
  };
}

/** Without the members that were not sent, which would otherwise take away what is there. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as never;
}
