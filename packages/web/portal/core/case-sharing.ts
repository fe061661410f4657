/**
 * What is open to a helper: texts of the case and files of the evidence, given, closed, and sealed anew for a helper's new
 * key; and a thread that goes to another helper, since that ends what was open.
 *
 * The order of a giving, so that what is at the node can always be closed from here: the line in the case, the share with
 * the names of its files, the pieces, and the entry that says so. Where the net goes in the middle the share is closed
 * again; where even that does not arrive it stays in the case's list, with its button. Of a file whose pieces are not all
 * there the node gives nobody anything.
 * @module
 */

import { FILE_PIECE_BYTES, MAX_FILE_PIECES, type WireHelper } from '@reclaim/casework/wire-thread';
import { closeGrant, type GrantRefusal, giveGrant } from '@reclaim/vault/messages/grants';
import { MAX_SHARED_FILE, type SharedFile, type SharedItem } from '@reclaim/vault/messages/shared-items';
import { base64url } from '@reclaim/vault/text-bytes';
import { saveCase } from './case-sending.ts';
import { append, keep, readOne, say } from './case-threads.ts';
import { threadsOf } from './session-memory.ts';
import type { Done, Refused } from './session-state.ts';
import type { Work } from './session-work.ts';

/** A file to be opened to a helper. `second`: who else must agree before it opens; for originals, and always for them. */
export type FileToOpen = Pick<SharedFile, 'part' | 'mediaType' | 'sha256'> & {
  readonly content: Blob;
  readonly second?: WireHelper;
};

/** Something to be opened: a text, and where there is one its file. */
export type ItemToOpen = Omit<SharedItem, 'file'> & { readonly file?: FileToOpen };

type SealedOne = {
  readonly name: string;
  readonly sealed: Blob;
  readonly pieces: number;
  readonly second: { readonly id: WireHelper['id']; readonly half: string } | undefined;
};

/** Opens items to the helper of a thread until a moment. */
export async function share(
  work: Work,
  id: string,
  items: readonly ItemToOpen[],
  until: number,
): Promise<Done> {
  const { parts, vault, memory, alive } = work;
  const kept = threadsOf(memory).find((each) => each.id === id);
  const known = memory.threads.get(id);
  if (kept === undefined || known?.kind !== 'read' || !known.opened.ok)
    return { ok: false, reason: 'not-open' };
  const { helper } = known.opened;
  const files = items.flatMap(({ file }) => (file === undefined ? [] : [file]));
  // S40: no file where anyone may be under 18, whoever calls.
  if (files.length > 0 && memory.under18 !== 'no') return { ok: false, reason: 'under-18' };
  if (files.some(({ content }) => content.size > MAX_SHARED_FILE)) return { ok: false, reason: 'too-long' };
  const name = drawName(work, 's');
  const line = { share: name, items: items.map((item) => item.id), until };
  const given = giveGrant(kept.shares, line, parts.now());
  if (!given.ok) return { ok: false, reason: REFUSALS[given.reason] };

  const sealedFiles: SealedOne[] = [];
  const shown: SharedItem[] = [];
  for (const { file, ...item } of items) {
    if (file === undefined) {
      shown.push(item);
      continue;
    }
    if ((file.part === 'original') !== (file.second !== undefined)) return { ok: false, reason: 'no-helper' };
    const place = { thread: id, share: name, file: drawName(work, 'f') };
    const { sealed, halves } = await vault.sealFile(place, helper, file.content, file.second?.party as never);
    alive();
    const pieces = Math.ceil(sealed.size / FILE_PIECE_BYTES);
    if (pieces > MAX_FILE_PIECES) return { ok: false, reason: 'too-long' };
    const second =
      halves === undefined || file.second === undefined
        ? undefined
        : { id: file.second.id, half: halves.second };
    sealedFiles.push({ name: place.file, sealed, pieces, second });
    shown.push({
      ...item,
      file: {
        name: place.file,
        part: file.part,
        mediaType: file.mediaType,
        bytes: file.content.size,
        sha256: file.sha256,
        ...(halves === undefined ? {} : { half: halves.half }),
      },
    });
  }
  const sealing = await vault.sealShare(kept, helper, shown);
  alive();
  if (!sealing.ok) return sealing;

  keep(work, { ...kept, shares: given.grants });
  const saved = await saveCase(work);
  if (!saved.ok) return saved;
  const answer = await parts.api.shareThread({
    secret: kept.secret,
    share: name,
    sealed: sealing.sealed,
    until,
    files: sealedFiles.map(({ name: file, pieces, second }) => ({
      file,
      pieces,
      ...(second === undefined ? {} : { second }),
    })),
  });
  alive();
  const brought = answer.ok ? await bringFiles(work, kept.secret, name, sealedFiles) : answer;
  if (!brought.ok) {
    const closed = await unshare(work, id, name);
    // Nothing of it can be there where the node refused it; otherwise the line stays, to be closed from the list.
    if (!closed.ok && !answer.ok && answer.reason !== 'offline') forget(work, id, name);
    await saveCase(work);
    return brought;
  }
  return say(work, id, { kind: 'share', grant: name, items: items.length, until });
}

const REFUSALS: Readonly<Record<GrantRefusal, Refused['reason']>> = {
  'no-items': 'nothing-to-send',
  'too-many': 'too-many',
  'too-long': 'too-long',
  'in-the-past': 'too-long',
};

async function bringFiles(
  { parts, alive, progress }: Work,
  secret: string,
  share: string,
  files: readonly SealedOne[],
): Promise<Done> {
  const of = files.reduce((sum, { pieces }) => sum + pieces, 0);
  let done = 0;
  for (const { name, sealed, pieces } of files) {
    for (let piece = 0; piece < pieces; piece++) {
      progress(done, of);
      const part = sealed.slice(piece * FILE_PIECE_BYTES, (piece + 1) * FILE_PIECE_BYTES);
      const bytes = new Uint8Array(await part.arrayBuffer());
      const request = { secret, share, file: name, piece, sealed: base64url.encode(bytes) };
      const answer = await parts.api.bringPiece(request);
      alive();
      // It may have arrived: the same piece again is answered like the first time.
      const settled =
        !answer.ok && answer.reason === 'offline' ? await parts.api.bringPiece(request) : answer;
      alive();
      if (!settled.ok) return settled;
      done += 1;
    }
  }
  return { ok: true };
}

/** Ends a share now. */
export async function endShare(work: Work, id: string, name: string): Promise<Done> {
  const ended = await unshare(work, id, name);
  return ended.ok ? say(work, id, { kind: 'unshare', grant: name }) : ended;
}

async function unshare(work: Work, id: string, name: string): Promise<Done> {
  const kept = threadsOf(work.memory).find((each) => each.id === id);
  if (kept === undefined) return { ok: false, reason: 'not-open' };
  const answer = await work.parts.api.unshareThread({ secret: kept.secret, share: name });
  work.alive();
  if (!answer.ok) return answer;
  forget(work, id, name);
  return { ok: true };
}

function forget(work: Work, id: string, name: string): void {
  const kept = threadsOf(work.memory).find((each) => each.id === id);
  if (kept !== undefined) keep(work, { ...kept, shares: closeGrant(kept.shares, name) });
}

/** Ends a thread: what is open in it is closed first, then nothing follows. */
export async function closeThread(work: Work, id: string): Promise<Done> {
  const kept = threadsOf(work.memory).find((each) => each.id === id);
  for (const { share: name } of kept?.shares ?? []) {
    const closed = await unshare(work, id, name);
    if (!closed.ok) return closed;
  }
  return say(work, id, { kind: 'close' });
}

/** Gives the thread to another helper, or to the same one's new key, and changes the thread's key. */
export async function moveThread(work: Work, id: string, helper: WireHelper): Promise<Done> {
  const { vault, parts } = work;
  const before = threadsOf(work.memory).find((each) => each.id === id);
  const moved = await append(work, id, (kept, wire) => vault.moveThread(kept, wire, helper, parts.now()));
  if (!moved.ok) return moved;
  const kept = threadsOf(work.memory).find((each) => each.id === id);
  if (kept !== undefined) keep(work, { ...kept, helper: { id: helper.id, name: helper.name } });
  const rekeyed = await append(work, id, (each, wire) => vault.rekeyThread(each, wire, parts.now()));
  await settleShares(work, id, helper, before?.helper.id === helper.id);
  const saved = await saveCase(work);
  if (!rekeyed.ok) return rekeyed;
  return saved.ok ? { ok: true } : saved;
}

/**
 * What was open after the thread moved. To the same helper's new key, which the person just agreed to, texts are sealed
 * anew. Files are closed, and so is everything where another helper took over: the person opens it anew.
 */
async function settleShares(work: Work, id: string, helper: WireHelper, same: boolean): Promise<void> {
  const kept = threadsOf(work.memory).find((each) => each.id === id);
  if (kept === undefined || kept.shares.length === 0) return;
  const read = same ? await readOne(work, kept) : undefined;
  for (const { share: name, until } of kept.shares) {
    const there = read?.ok === true ? read.wire.shares.find((each) => each.share === name) : undefined;
    const again =
      there === undefined || there.files.length > 0
        ? undefined
        : await work.vault.resealShare(kept, helper.party as never, there.sealed);
    work.alive();
    const done =
      again !== undefined &&
      (await work.parts.api.shareThread({ secret: kept.secret, share: name, sealed: again, until }));
    work.alive();
    if (done === false || !done.ok) await unshare(work, id, name);
  }
}

function drawName({ parts }: Pick<Work, 'parts'>, kind: 's' | 'f'): string {
  return `${kind}-${Math.floor(parts.random() * 2 ** 48).toString(16)}`;
}
