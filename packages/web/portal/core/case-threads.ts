/**
 * Threads with helpers, from the page to the node and back: begun, read, written, handed over, erased.
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

/** Reads one thread. */
export async function readOne(
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

/** Adds an entry that `write` signs behind the last one, however often somebody else was first. */
export async function append(
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

/** Notes a thread as it is now; saved with whatever is saved next. */
export function keep({ memory }: Pick<Work, 'memory'>, thread: CaseThread): void {
  const others = memory.changes.threads.filter((each) => each.id !== thread.id);
  memory.changes = { ...memory.changes, threads: [...others, thread] };
}

function drop<T>({ memory }: Pick<Work, 'memory'>, id: string, answer: T): T {
  const threads = memory.changes.threads.filter((each) => each.id !== id);
  memory.changes = { ...memory.changes, threads, ended: new Set([...memory.changes.ended, id]) };
  memory.threads.delete(id);
  return answer;
}
