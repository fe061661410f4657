/**
 * Threads with helpers, from the page to the node and back: begun, read, written, shared in, handed over, erased.
 *
 * What can happen in between: a thread is put into the case before it is begun at the node, so that a broken network
 * leaves at worst a thread of the case that the node does not know (it is begun again or erased). Of two tabs that write at
 * once the second is refused, reads, and signs its words anew behind the first's, four times at most. What was seen of a
 * thread stands in the case; a node that shows less, or something else, is found out (`cut`, `rewritten`).
 * @module
 */

import type { NewThread, WireHelper, WireThread } from '@reclaim/casework/wire-thread';
import type { CaseThread } from '@reclaim/vault/case-thread';
import type { EntryWords } from '@reclaim/vault/messages/entry';
import type { SharedItem } from '@reclaim/vault/messages/shared-items';
import { saveCase } from './case-sending.ts';
import { threadsOf } from './session-memory.ts';
import type { Done, Refused } from './session-state.ts';
import { proved, type Work } from './session-work.ts';
import type { WrittenEntry } from './vault-desk-threads.ts';

/** How often words that met another tab's are signed anew behind them. */
const WRITE_TRIES = 4;

/** The helpers who can be written to, or why nobody knows. */
export type Helpers = { readonly ok: true; readonly helpers: readonly WireHelper[] } | Refused;

/** Who can be written to. */
export async function askHelpers({ parts, memory, alive }: Work): Promise<Helpers> {
  const answer = await parts.api.helpers();
  alive();
  if (!answer.ok) return answer;
  memory.helpers = answer.value.helpers;
  return { ok: true, helpers: answer.value.helpers };
}

/** Begins a thread with a helper and says the first words. */
export async function startThread(work: Work, helper: WireHelper, text: string): Promise<Done> {
  const { parts, vault, memory, alive } = work;
  if (memory.case === undefined) return { ok: false, reason: 'not-open' };
  const { kept, request } = await vault.drawThread(helper, parts.now());
  alive();
  keep(work, kept);
  const saved = await saveCase(work);
  if (!saved.ok) return drop(work, kept.id, saved);
  const begun = await beginAtNode(work, request);
  if (!begun.ok) {
    drop(work, kept.id, begun);
    // The case lets go of it at its next saving, too, where this one does not succeed.
    await saveCase(work);
    return begun;
  }
  return say(work, kept.id, { kind: 'text', text });
}

async function beginAtNode(work: Work, request: Omit<NewThread, 'proof'>): Promise<Done> {
  const send = () => proved(work, (proof) => work.parts.api.newThread({ proof, ...request }));
  const answer = await send();
  // It may have arrived: the same request again is answered like the first time, and begins nothing twice.
  const settled = !answer.ok && answer.reason === 'offline' ? await send() : answer;
  work.alive();
  return settled.ok ? { ok: true } : settled;
}

/** Reads every thread of the case. The first refusal of the net ends it. */
export async function readThreads(work: Work): Promise<Done> {
  if (work.memory.case === undefined) return { ok: false, reason: 'not-open' };
  for (const kept of threadsOf(work.memory)) {
    const read = await readOne(work, kept);
    if (!read.ok && read.reason !== 'not-found') return read;
  }
  // How far was seen is kept at once: it is what finds out a node that shows less the next time.
  if (work.memory.changes.threads.length === 0) return { ok: true };
  const saved = await saveCase(work);
  return saved.ok ? { ok: true } : saved;
}

async function readOne(
  work: Work,
  kept: CaseThread,
): Promise<{ readonly ok: true; readonly wire: WireThread } | Refused> {
  const { parts, vault, memory, alive } = work;
  const answer = await parts.api.readThread({ secret: kept.secret, after: 0 });
  alive();
  if (!answer.ok) {
    if (answer.reason === 'not-found') memory.threads.set(kept.id, { kind: 'gone' });
    return answer;
  }
  const opened = await vault.openThread(kept, answer.value);
  alive();
  memory.threads.set(kept.id, { kind: 'read', opened, helper: answer.value.helper });
  if (opened.ok && opened.head.seq !== kept.head.seq) keep(work, { ...kept, head: opened.head });
  return { ok: true, wire: answer.value };
}

/** Notes that the person read a thread up to its end; saved with whatever is saved next. */
export function markRead(work: Pick<Work, 'memory'>, id: string): void {
  const kept = threadsOf(work.memory).find((each) => each.id === id);
  if (kept === undefined || kept.read >= kept.head.seq) return;
  keep(work, { ...kept, read: kept.head.seq });
}

/** Says something in a thread, and saves the case with where the thread now is. */
export async function say(work: Work, id: string, words: EntryWords): Promise<Done> {
  const said = await append(work, id, (kept, wire) =>
    work.vault.writeEntry(kept, wire, words, work.parts.now()),
  );
  if (!said.ok) return said;
  const saved = await saveCase(work);
  return saved.ok ? { ok: true } : saved;
}

async function append(
  work: Work,
  id: string,
  write: (kept: CaseThread, wire: WireThread) => Promise<WrittenEntry>,
): Promise<Done> {
  const { parts, alive } = work;
  for (let tries = 1; ; tries++) {
    const kept = threadsOf(work.memory).find((each) => each.id === id);
    if (kept === undefined) return { ok: false, reason: 'not-open' };
    const read = await readOne(work, kept);
    if (!read.ok) return read;
    const written = await write(kept, read.wire);
    alive();
    if (!written.ok) return { ok: false, reason: 'unreadable' };
    const answer = await parts.api.appendThread({ secret: kept.secret, ...written.request });
    alive();
    if (answer.ok) {
      const now = threadsOf(work.memory).find((each) => each.id === id) ?? kept;
      keep(work, { ...now, head: written.head, read: written.head.seq });
      await readOne(work, { ...now, head: written.head });
      return { ok: true };
    }
    if (answer.reason !== 'version' || tries === WRITE_TRIES) return answer;
  }
}

/** Gives the thread to another helper, or to the same one's new key, and changes the thread's key. */
export async function moveThread(work: Work, id: string, helper: WireHelper): Promise<Done> {
  const { vault, parts } = work;
  const moved = await append(work, id, (kept, wire) => vault.moveThread(kept, wire, helper, parts.now()));
  if (!moved.ok) return moved;
  const kept = threadsOf(work.memory).find((each) => each.id === id);
  if (kept !== undefined) keep(work, { ...kept, helper: { id: helper.id, name: helper.name } });
  const rekeyed = await append(work, id, (each, wire) => vault.rekeyThread(each, wire, parts.now()));
  // What was opened to the one before is sealed to them alone; the person opens it anew to the next one.
  for (const { share } of kept?.shares ?? []) await unshare(work, id, share);
  const saved = await saveCase(work);
  if (!rekeyed.ok) return rekeyed;
  return saved.ok ? { ok: true } : saved;
}

/** Opens items to the helper of a thread until a moment. */
export async function share(
  work: Work,
  id: string,
  items: readonly SharedItem[],
  until: number,
): Promise<Done> {
  const { parts, vault, memory, alive } = work;
  const kept = threadsOf(memory).find((each) => each.id === id);
  const known = memory.threads.get(id);
  if (kept === undefined || known?.kind !== 'read' || !known.opened.ok)
    return { ok: false, reason: 'not-open' };
  const sealing = await vault.sealShare(kept, known.opened.helper, items);
  alive();
  if (!sealing.ok) return sealing;
  const name = `s-${Math.floor(parts.random() * 2 ** 48).toString(16)}`;
  // Into the case first: what is open at the node can always be ended from here.
  const shares = [...kept.shares, { share: name, items: items.map((item) => item.id), until }];
  keep(work, { ...kept, shares });
  const saved = await saveCase(work);
  if (!saved.ok) return saved;
  const { sealed } = sealing;
  const answer = await parts.api.shareThread({ secret: kept.secret, share: name, sealed, until });
  alive();
  if (!answer.ok) {
    const now = threadsOf(memory).find((each) => each.id === id) ?? kept;
    keep(work, { ...now, shares: now.shares.filter((each) => each.share !== name) });
    return answer;
  }
  return say(work, id, { kind: 'share', grant: name, items: items.length, until });
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
  keep(work, { ...kept, shares: kept.shares.filter((each) => each.share !== name) });
  return { ok: true };
}

/** Erases a thread for both sides. */
export async function eraseThread(work: Work, id: string): Promise<Done> {
  const kept = threadsOf(work.memory).find((each) => each.id === id);
  if (kept === undefined) return { ok: false, reason: 'not-open' };
  const answer = await work.parts.api.deleteThread({ secret: kept.secret });
  work.alive();
  if (!answer.ok) return answer;
  drop(work, id, answer);
  const saved = await saveCase(work);
  return saved.ok ? { ok: true } : saved;
}

/** Erases every thread, for a case that is about to go. Answers how many. */
export async function eraseThreads(
  work: Work,
): Promise<{ readonly ok: true; readonly erased: number } | Refused> {
  let erased = 0;
  for (const { secret } of threadsOf(work.memory)) {
    const answer = await work.parts.api.deleteThread({ secret });
    work.alive();
    if (!answer.ok) return answer;
    erased += 1;
  }
  return { ok: true, erased };
}

function keep({ memory }: Pick<Work, 'memory'>, thread: CaseThread): void {
  const others = memory.changes.threads.filter((each) => each.id !== thread.id);
  memory.changes = { ...memory.changes, threads: [...others, thread] };
}

function drop<T>({ memory }: Pick<Work, 'memory'>, id: string, answer: T): T {
  const threads = memory.changes.threads.filter((each) => each.id !== id);
  memory.changes = { ...memory.changes, threads, ended: new Set([...memory.changes.ended, id]) };
  memory.threads.delete(id);
  return answer;
}
