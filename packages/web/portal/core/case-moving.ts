/**
 * An open case under another receipt code: everything is sealed anew, and the old code leads to nothing.
 *
 * The new code has a vault of its own (`next`), so the keys of both are never in one desk and the old ones go with theirs.
 * The order, so that at every moment one of the two codes opens everything:
 *
 *     1  what is unsaved is saved under the old code
 *     2  the record of evidence is copied to where the new key keeps it, with a fresh key that signs
 *     3  the case moves: one step at the node, all or nothing
 *     4  what another tab added to the old record meanwhile is taken over, and the old record is erased
 *     5  a way back by paper is ended: what it gives back is the old code
 *
 * Gone network: before 3 the old code is as good as ever, and trying again goes on. An answer to 3 that was lost is found
 * out by asking under the new names. A record that 4 could not erase stands in the case (`LEFTOVER`), and every opening
 * tries again. Two tabs: the other one is refused at its next saving (`not-found`), keeps what was typed, and opens with the
 * new code. What nobody can do: take back what the old code had opened before.
 * @module
 */

import type { Capability } from '@reclaim/vault/capability';
import type { EvidenceRecord } from '@reclaim/vault/evidence/evidence-record';
import { endRecovery } from './case-recovery.ts';
import { readCase, saveCase } from './case-sending.ts';
import { documentOf, isDraft } from './session-memory.ts';
import type { Done, Refused } from './session-state.ts';
import { proved, type Work } from './session-work.ts';
import type { Vault } from './vault-client.ts';

/** The answer under which a case remembers a record that is still to be erased; empty once it is. */
export const LEFTOVER = 'old-record';

/** How often a moving that met another tab's saving begins anew. */
const TRIES = 4;

/** Keys that one record may have had, at most: the manifest lists them all. */
const MAX_KEYS = 20;

/** Moves the open case to the code of `next`. Afterwards only `next` opens it, and the session must go on with that vault. */
export async function moveCase(work: Work, next: Vault, seed: Uint8Array): Promise<Done> {
  const { vault, memory, parts, alive } = work;
  if (memory.case === undefined) return { ok: false, reason: 'not-open' };
  if (isDraft(memory)) {
    const saved = await saveCase(work);
    if (!saved.ok) return saved;
  }
  const [old, names] = [await vault.names(), await next.names()];
  alive();
  for (let tries = 1; ; tries++) {
    const copied = await copyRecord(work, next, seed);
    if (!copied.ok) return copied;
    const { document, version } = memory.case;
    const answers =
      copied.from === undefined ? document.answers : { ...document.answers, [LEFTOVER]: copied.from };
    const sealing = await next.seal({ ...document, answers });
    alive();
    if (!sealing.ok) return sealing;
    const moved = await proved(work, (proof) =>
      parts.api.moveCase({
        proof,
        lookupId: old.lookupId,
        authKey: old.authKey,
        version,
        to: { lookupId: names.lookupId, authSha256: names.authSha256, sealed: sealing.sealed },
      }),
    );
    if (moved.ok) {
      memory.case = { document: { ...document, answers }, version: moved.value.version };
      return finish(work, next, copied);
    }
    // It may have arrived before, and its answer not: then the case lies under the new names.
    if (moved.reason === 'not-found' || moved.reason === 'offline') {
      const read = await readCase({ ...work, vault: next });
      if (!read.ok) return moved;
      memory.case = { document: read.document, version: read.version };
      return finish(work, next, copied);
    }
    if (moved.reason !== 'version' || tries === TRIES) return moved;
    const read = await readCase(work);
    if (!read.ok) return read;
    memory.case = { document: read.document, version: read.version };
  }
}

/** What is done once the case lies under the new code. Nothing of it can undo that: what does not succeed is left for later. */
async function finish(work: Work, next: Vault, copied: Extract<Copied, { ok: true }>): Promise<Done> {
  const there = { ...work, vault: next };
  if (copied.from !== undefined && (await takeOver(work, next, copied.from, copied.version)))
    await clearLeftovers(there);
  if (documentOf(work.memory).recovery !== undefined) await endRecovery(there);
  return { ok: true };
}

/** Erases what a move left, in a case that is open. Tried again at each opening. */
export async function clearLeftovers(work: Work): Promise<Done> {
  const { parts, memory, alive } = work;
  const old = documentOf(memory).answers[LEFTOVER];
  if (old === undefined || old === '') return { ok: true };
  const erased = await parts.api.deleteRecord(old);
  alive();
  if (!erased.ok) return erased;
  memory.changes = { ...memory.changes, answers: { ...memory.changes.answers, [LEFTOVER]: '' } };
  const saved = await saveCase(work);
  return saved.ok ? { ok: true } : saved;
}

type Copied =
  | { readonly ok: true; readonly from: undefined }
  | { readonly ok: true; readonly from: Capability; readonly version: number }
  | Refused;

type Found = { readonly ok: true; readonly record: EvidenceRecord | undefined; readonly version: number };

/** Copies the record to where the new key keeps it; `from` is where it was, where there is one. */
async function copyRecord(work: Work, next: Vault, seed: Uint8Array): Promise<Copied> {
  const from = await work.vault.recordCapability();
  const found = await openAt(work, work.vault, from);
  if (!found.ok) return found;
  const { record, version } = found;
  if (record === undefined) return { ok: true, from: undefined };
  const { rotateKey } = await import('@reclaim/vault/evidence/record-changes');
  // Who had the old code had the key that signs, too: what is written from now on is signed by another.
  const kept = await keepAt(work, next, record.keys.length < MAX_KEYS ? rotateKey(record, seed) : record);
  return kept.ok ? { ok: true, from, version } : kept;
}

/** Lays what the old record got since it was copied upon the copy. Answers whether the old one may be erased. */
async function takeOver(work: Work, next: Vault, from: Capability, version: number): Promise<boolean> {
  const old = await openAt(work, work.vault, from);
  if (!old.ok) return false;
  if (old.record === undefined || old.version === version) return true;
  const copy = await openAt(work, next, await next.recordCapability());
  if (!copy.ok || copy.record === undefined) return false;
  const { layTail } = await import('@reclaim/vault/evidence/record-tail');
  const laid = layTail(copy.record, old.record);
  return laid.ok && (await keepAt(work, next, laid.record)).ok;
}

async function openAt(work: Work, vault: Vault, capability: Capability): Promise<Found | Refused> {
  const answer = await proved(work, (proof) => work.parts.api.openRecord({ proof, capability }));
  if (!answer.ok) return answer;
  const { sealed, version } = answer.value;
  if (sealed === null) return { ok: true, record: undefined, version: 0 };
  const opening = await vault.unsealRecord(sealed);
  work.alive();
  if (!opening.ok) return { ok: false, reason: opening.reason === 'newer' ? 'newer' : 'unreadable' };
  return { ok: true, record: opening.record, version };
}

/** Keeps a record at its vault's own place, over what an earlier try left there. */
async function keepAt(work: Work, vault: Vault, record: EvidenceRecord): Promise<Done> {
  const { parts, alive } = work;
  const capability = await vault.recordCapability();
  const sealed = await vault.sealRecord(record);
  alive();
  if (sealed === undefined) return { ok: false, reason: 'too-long' };
  const there = await proved(work, (proof) => parts.api.openRecord({ proof, capability }));
  if (!there.ok) return there;
  const { version } = there.value;
  const saved = await proved(work, (proof) => parts.api.saveRecord({ proof, capability, version, sealed }));
  return saved.ok ? { ok: true } : saved;
}
