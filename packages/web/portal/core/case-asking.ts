/**
 * Asking for the signals of a case and taking them back: each by its own capability, one after another, in a random
 * order, with short pauses. So the node is never told which signals belong together beyond the moment of sending.
 * @module
 */

import type { CaseSignal } from '@reclaim/vault/case-document';
import { endRecoveryAtNode } from './case-recovery.ts';
import { readCase, saveCase } from './case-sending.ts';
import { eraseThreads } from './case-threads.ts';
import { endWatches } from './case-watches.ts';
import { eraseHeld } from './evidence-keeping.ts';
import { documentOf } from './session-memory.ts';
import type { ReceiptView, Refused, Withdrawn } from './session-state.ts';
import { pause, shuffled, type Work } from './session-work.ts';

/** How an asking ends: everything was asked for, the net refused, or it gave way to what a person pressed. */
export type Asked = { readonly ok: true; readonly gaveWay: boolean } | Refused;

/**
 * Asks for each signal that is not in `asked`, and puts it there; what is answered is in the memory at once. The first
 * refusal of the net ends it. What a person presses meanwhile does not wait for all of them: it gives way between two.
 */
export async function askSignals(work: Work, asked: Set<string>): Promise<Asked> {
  const { parts, memory, alive, progress } = work;
  const { signals } = documentOf(memory);
  if (memory.case === undefined) return { ok: false, reason: 'not-open' };
  const left = signals.filter(({ capability }) => !asked.has(capability));
  let done = signals.length - left.length;
  for (const { capability } of shuffled(left, parts.random)) {
    if (work.isInTheWay()) return { ok: true, gaveWay: true };
    if (done > 0) await pause(parts);
    if (work.isInTheWay()) return { ok: true, gaveWay: true };
    const answer = await parts.api.askSignal(capability);
    alive();
    const at = parts.now();
    const view: ReceiptView = answer.ok
      ? { kind: 'answered', receipt: answer.value, at }
      : answer.reason === 'not-found'
        ? { kind: 'gone', at }
        : { kind: 'unknown', reason: answer.reason };
    memory.receipts.set(capability, view);
    asked.add(capability);
    done += 1;
    progress(done, signals.length);
    if (!answer.ok && (answer.reason === 'offline' || answer.reason === 'limited')) return answer;
  }
  return { ok: true, gaveWay: false };
}

/** How far a withdrawal came, also where it ended early. */
export type WithdrawalCount = { done: number; of: number };

/**
 * Withdraws the signals that `which` names and takes them out of the case; with `all` the case is deleted after them.
 * `count` is kept up to date throughout.
 */
export async function withdrawSignals(
  work: Work,
  which: (signal: CaseSignal) => boolean,
  all: boolean,
  count: WithdrawalCount,
): Promise<Withdrawn> {
  const { parts, vault, memory, alive, progress } = work;
  if (memory.case === undefined) return { ok: false, reason: 'not-open', withdrawn: 0, of: 0 };
  // What another tab or device added since must be withdrawn too.
  const read = await readCase(work);
  if (read.ok) memory.case = { document: read.document, version: read.version };
  else if (read.reason !== 'not-found') return { ...read, withdrawn: 0, of: 0 };
  let erased = { threads: 0, recovery: false };
  const signals = documentOf(memory).signals.filter(which);
  count.of = signals.length;
  for (const { capability } of shuffled(signals, parts.random)) {
    if (count.done > 0) await pause(parts);
    alive();
    const answer = await parts.api.withdraw(capability);
    alive();
    // What is not there any more is withdrawn.
    if (!answer.ok && answer.reason !== 'not-found')
      return { ...answer, withdrawn: count.done, of: count.of };
    memory.receipts.set(capability, { kind: 'gone', at: parts.now() });
    count.done += 1;
    progress(count.done, count.of);
  }
  if (all) {
    const record = await eraseHeld(work);
    alive();
    if (!record.ok) return { ...record, withdrawn: count.done, of: count.of };
    const watches = await endWatches(work);
    if (!watches.ok) return { ...watches, withdrawn: count.done, of: count.of };
    // Threads and recovery first: once the case is gone, nobody can erase them any more.
    const threads = await eraseThreads(work);
    if (!threads.ok) return { ...threads, withdrawn: count.done, of: count.of };
    const recovery = await endRecoveryAtNode(work);
    if (!recovery.ok) return { ...recovery, withdrawn: count.done, of: count.of };
    erased = { threads: threads.erased, recovery: recovery.ended };
    const { lookupId, authKey } = await vault.names();
    const deleted = await parts.api.deleteCase({ lookupId, authKey });
    alive();
    if (!deleted.ok && deleted.reason !== 'not-found')
      return { ...deleted, withdrawn: count.done, of: count.of };
  } else {
    const withdrawn = new Set([...memory.changes.withdrawn, ...signals.map(({ capability }) => capability)]);
    memory.changes = { ...memory.changes, withdrawn };
    const saved = await saveCase(work);
    if (!saved.ok) return { ...saved, withdrawn: count.done, of: count.of };
  }
  return { ok: true, withdrawn: count.done, caseDeleted: all, ...erased, at: parts.now() };
}
