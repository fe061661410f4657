/**
 * Opening a case by its typed code, with what a lock kept of unsent work.
 * @module
 */

import { clearLeftovers } from './case-moving.ts';
import { readCase } from './case-sending.ts';
import { restore } from './kept-work.ts';
import { keepDraft } from './session-memory.ts';
import type { Opened } from './session-state.ts';
import type { Work } from './session-work.ts';

/** Opens the case of a typed code. A wrong code, a lost case and a deleted one are all `not-found`. */
export async function openCase(work: Work, typed: string): Promise<Opened> {
  const { vault, memory, alive } = work;
  // A case whose code was changed elsewhere is opened again with the new one; what was typed here comes along.
  if (memory.case !== undefined && !memory.elsewhere) return { ok: false, reason: 'already-open' };
  const entered = await vault.enter(typed);
  if (!entered.ok) return entered;
  // The vault has the typed code now: nothing may be sent under it as if it were the one that was shown.
  memory.code = 'none';
  const read = await readCase(work);
  alive();
  // A session that was locked before its first sending has no case yet; what was kept opens with its code.
  const kept = memory.kept === undefined ? undefined : await vault.unseal(memory.kept);
  alive();
  const drafts = memory.keptDrafts === undefined ? undefined : await vault.openText(memory.keptDrafts);
  alive();
  if (!read.ok && !(read.reason === 'not-found' && (kept?.ok || drafts !== undefined))) return read;
  memory.case = read.ok ? { document: read.document, version: read.version } : undefined;
  memory.code = 'checked';
  memory.elsewhere = false;
  memory.receipts.clear();
  memory.withdrawn = false;
  memory.lost = false;
  memory.lostProof = false;
  if (kept?.ok) {
    await restore(work, kept.document);
    alive();
  }
  if (drafts !== undefined) {
    for (const [form, text] of JSON.parse(drafts) as [string, string][]) keepDraft(memory, form, text);
    memory.keptDrafts = undefined;
    memory.locked = false;
  }
  if (memory.keptRecord !== undefined) {
    const opened = await vault.unsealRecord(memory.keptRecord);
    alive();
    if (opened.ok) {
      memory.record = opened.record;
      memory.keptRecord = undefined;
    }
  }
  // What a change of the code could not erase is tried again; an opening does not fail for it.
  if (memory.case !== undefined) await clearLeftovers(work);
  return { ok: true };
}
