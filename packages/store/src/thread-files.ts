/**
 * Files of shares: age ciphertext in pieces, kept until the share ends, and the second person before an original.
 *
 * A file is named with its share, then its pieces come in any order; until all are there nobody gets any of them. Of an
 * original no piece is given out before the second person answered, and what they answer with is a half that is no good
 * without the helper's. States of a file and what leads from one to the next:
 *
 *     open                                          (no second person is needed)
 *     sealed ──ask (the thread's helper)──▶ asked ──answer (the second person)──▶ agreed | refused
 *     refused ──ask──▶ asked
 *
 * Asking again while it is `asked` puts the new question in the place of the old one; what was agreed stays so. Whoever
 * lost the permission `originals`, as the helper or as the second person, is refused at the next step.
 * @module
 */

import type { StaffId } from '@reclaim/casework/id';
import {
  MAX_THREAD_PIECES,
  type WireOriginalAsks,
  type WireShareFile,
  type WireShownFile,
} from '@reclaim/casework/wire-thread';
import type { Transaction } from 'kysely';
import { listHelpers } from './helper-keys.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';
import { findThread, sealed, type ThreadRow, type ThreadSide, unsealed } from './thread-rows.ts';

/** Pieces that lie here of all files of all threads, at most: some 26 GB in the database. */
export const MAX_NODE_PIECES = 50_000;

/** Which file of which share of which thread. */
export type FilePlace = { readonly thread: string; readonly share: string; readonly file: string };

/** Why a step of a file is not done. `state`: not now, or not by them. `full`: the node keeps no more pieces. */
export type FileRefusal = 'not-found' | 'state' | 'version' | 'full';

/** Why a share cannot have these files. */
export async function checkFiles(
  trx: Transaction<Tables>,
  row: ThreadRow,
  share: string,
  files: readonly WireShareFile[],
): Promise<'full' | 'no-helper' | undefined> {
  if (files.length === 0) return undefined;
  if (new Set(files.map(({ file }) => file)).size !== files.length) return 'full';
  if (files.some(({ second }) => second !== undefined)) {
    const may = new Set(
      (await listHelpers({ db: trx })).filter((each) => each.originals).map(({ id }) => id),
    );
    // Two people, and both with the permission: who is both would open it alone.
    for (const { second } of files)
      if (
        second !== undefined &&
        (row.helper_id === null ||
          second.id === row.helper_id ||
          !may.has(second.id) ||
          !may.has(row.helper_id))
      )
        return 'no-helper';
  }
  const wanted = files.reduce((sum, { pieces }) => sum + pieces, 0);
  const sum = (rows: readonly { readonly pieces: number }[]) =>
    rows.reduce((all, { pieces }) => all + pieces, 0);
  const mine = await trx
    .selectFrom('thread_file')
    .select('pieces')
    .where('thread_id', '=', row.id)
    .where('share', '!=', share)
    .execute();
  if (sum(mine) + wanted > MAX_THREAD_PIECES) return 'full';
  return (await piecesHere(trx)) + wanted > MAX_NODE_PIECES ? 'full' : undefined;
}

/** Names the files of a share, in place of those that it had. */
export async function nameFiles(
  store: Store,
  trx: Transaction<Tables>,
  thread: string,
  share: string,
  files: readonly WireShareFile[],
): Promise<void> {
  await trx.deleteFrom('thread_file').where('thread_id', '=', thread).where('share', '=', share).execute();
  for (const { file, pieces, second } of files)
    await trx
      .insertInto('thread_file')
      .values({
        thread_id: thread,
        share,
        file,
        pieces,
        kept: 0,
        state: second === undefined ? 'open' : 'sealed',
        second_id: second?.id ?? null,
        half:
          second === undefined ? null : sealed(store, second.half, context({ thread, share, file }, 'half')),
        ask: null,
        answer: null,
      })
      .execute();
}

/** The files of a thread's shares as one side sees them. */
export async function shownFiles(
  store: Store,
  trx: Transaction<Tables>,
  thread: string,
  side: ThreadSide['kind'],
): Promise<readonly (WireShownFile & { readonly share: string })[]> {
  const rows = await trx.selectFrom('thread_file').selectAll().where('thread_id', '=', thread).execute();
  return rows
    .map((row) => {
      const place = { thread, share: row.share, file: row.file };
      const given = side === 'helper' && row.answer !== null ? row.answer : undefined;
      return {
        share: row.share,
        file: row.file,
        pieces: row.pieces,
        whole: row.kept === row.pieces,
        state: row.state,
        ...(row.second_id === null ? {} : { second: row.second_id }),
        ...(given === undefined ? {} : { answer: unsealed(store, given, context(place, 'answer')) }),
      };
    })
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** Keeps a piece. The same again is answered alike. */
export async function keepPiece(
  store: Store,
  secret: string,
  draft: { readonly share: string; readonly file: string; readonly piece: number; readonly sealed: string },
): Promise<'kept' | FileRefusal> {
  return store.transaction(async (trx) => {
    const row = await findThread(store, trx, { kind: 'person', secret }, true);
    if (row === undefined) return 'not-found';
    const place = { thread: row.id, share: draft.share, file: draft.file };
    const file = await fileAt(trx, place);
    if (file === undefined || draft.piece >= file.pieces) return 'not-found';
    const there = await pieceAt(store, trx, place, draft.piece);
    if (there !== undefined) return there === draft.sealed ? 'kept' : 'version';
    if ((await piecesHere(trx)) >= MAX_NODE_PIECES) return 'full';
    await trx
      .insertInto('thread_piece')
      .values({
        thread_id: row.id,
        share: draft.share,
        file: draft.file,
        piece: draft.piece,
        sealed: sealed(store, draft.sealed, context(place, String(draft.piece))),
      })
      .execute();
    await update(trx, place, { kept: file.kept + 1 });
    return 'kept';
  });
}

/** A piece of a whole file for the thread's helper; of an original only after the second person agreed. */
export async function readPiece(
  store: Store,
  helper: StaffId,
  place: FilePlace,
  piece: number,
): Promise<
  { readonly ok: true; readonly sealed: string } | { readonly ok: false; readonly reason: FileRefusal }
> {
  return store.transaction(async (trx) => {
    const file = await helperFile(store, trx, helper, place);
    if (file === undefined || piece >= file.pieces) return { ok: false, reason: 'not-found' };
    const mine = file.second_id === null || (await mayBeOneOfTwo(trx, helper));
    const open = file.state === 'open' || file.state === 'agreed';
    if (file.kept !== file.pieces || !open || !mine) return { ok: false, reason: 'state' };
    const found = await pieceAt(store, trx, place, piece);
    return found === undefined ? { ok: false, reason: 'not-found' } : { ok: true, sealed: found };
  });
}

/** The helper asks the second person. */
export async function askOriginal(
  store: Store,
  helper: StaffId,
  place: FilePlace,
  ask: string,
): Promise<'asked' | FileRefusal> {
  return store.transaction(async (trx) => {
    const file = await helperFile(store, trx, helper, place);
    if (file === undefined) return 'not-found';
    if (file.state === 'open' || file.state === 'agreed' || file.kept !== file.pieces) return 'state';
    if (!(await mayBeOneOfTwo(trx, helper))) return 'state';
    await update(trx, place, { state: 'asked', ask: sealed(store, ask, context(place, 'ask')) });
    return 'asked';
  });
}

/** What a second person is asked, each with their half and the question. */
export async function originalsAsked(store: Store, second: StaffId): Promise<WireOriginalAsks['asks']> {
  const rows = await store.db
    .selectFrom('thread_file')
    .innerJoin('thread', 'thread.id', 'thread_file.thread_id')
    .innerJoin('thread_share', (join) =>
      join
        .onRef('thread_share.thread_id', '=', 'thread_file.thread_id')
        .onRef('thread_share.share', '=', 'thread_file.share'),
    )
    .innerJoin('staff', 'staff.id', 'thread.helper_id')
    .select(['thread_file.thread_id', 'thread_file.share', 'file', 'half', 'ask', 'staff.id', 'pseudonym'])
    .where('second_id', '=', second)
    .where('state', '=', 'asked')
    .where('until', '>', store.now())
    .orderBy('thread_file.thread_id')
    .orderBy('file')
    .limit(200)
    .execute();
  return rows.flatMap(({ thread_id: thread, share, file, half, ask, id, pseudonym }) => {
    const place = { thread, share, file };
    if (half === null || ask === null) return [];
    return [
      {
        ...place,
        half: unsealed(store, half, context(place, 'half')),
        ask: unsealed(store, ask, context(place, 'ask')),
        by: { id, name: pseudonym },
      },
    ];
  });
}

/** The second person answers: with their half, sealed to the helper, or with no. */
export async function answerOriginal(
  store: Store,
  second: StaffId,
  place: FilePlace,
  answer: string | undefined,
): Promise<'answered' | FileRefusal> {
  return store.transaction(async (trx) => {
    const file = await fileAt(trx, place, true);
    if (file?.second_id !== second) return 'not-found';
    if (file.state !== 'asked' || !(await mayBeOneOfTwo(trx, second))) return 'state';
    await update(trx, place, {
      state: answer === undefined ? 'refused' : 'agreed',
      ask: null,
      answer: answer === undefined ? null : sealed(store, answer, context(place, 'answer')),
    });
    return 'answered';
  });
}

async function mayBeOneOfTwo(trx: Transaction<Tables>, who: StaffId): Promise<boolean> {
  const staff = await trx.selectFrom('staff').selectAll().where('id', '=', who).executeTakeFirst();
  return staff?.disabled_at === null && staff.permissions.includes('originals');
}

async function helperFile(store: Store, trx: Transaction<Tables>, helper: StaffId, place: FilePlace) {
  const row = await findThread(store, trx, { kind: 'helper', helper, thread: place.thread });
  if (row === undefined) return undefined;
  const share = await trx
    .selectFrom('thread_share')
    .select('until')
    .where('thread_id', '=', place.thread)
    .where('share', '=', place.share)
    .executeTakeFirst();
  return share === undefined || share.until <= store.now() ? undefined : fileAt(trx, place, true);
}

function fileAt(trx: Transaction<Tables>, { thread, share, file }: FilePlace, forUpdate = false) {
  const query = trx
    .selectFrom('thread_file')
    .selectAll()
    .where('thread_id', '=', thread)
    .where('share', '=', share)
    .where('file', '=', file);
  return (forUpdate ? query.forUpdate() : query).executeTakeFirst();
}

async function update(
  trx: Transaction<Tables>,
  { thread, share, file }: FilePlace,
  values: Partial<Tables['thread_file']>,
): Promise<void> {
  await trx
    .updateTable('thread_file')
    .set(values)
    .where('thread_id', '=', thread)
    .where('share', '=', share)
    .where('file', '=', file)
    .execute();
}

async function pieceAt(
  store: Store,
  trx: Transaction<Tables>,
  place: FilePlace,
  piece: number,
): Promise<string | undefined> {
  const row = await trx
    .selectFrom('thread_piece')
    .select('sealed')
    .where('thread_id', '=', place.thread)
    .where('share', '=', place.share)
    .where('file', '=', place.file)
    .where('piece', '=', piece)
    .executeTakeFirst();
  return row === undefined ? undefined : unsealed(store, row.sealed, context(place, String(piece)));
}

/** What lies here, not what was announced: who only announces must not shut others out. */
async function piecesHere(trx: Transaction<Tables>): Promise<number> {
  const { all } = await trx
    .selectFrom('thread_file')
    .select(({ fn }) => fn.sum<string | null>('kept').as('all'))
    .executeTakeFirstOrThrow();
  return Number(all ?? 0);
}

/** What binds a sealed part to its place. */
function context({ thread, share, file }: FilePlace, part: string): string {
  return `${thread}:file:${share}:${file}:${part}`;
}
