/**
 * A record to the node and back: sealed to the case's own key in the vault's worker, under the capability that follows from
 * it. A saving that met another one is laid anew upon the other's result, so that nothing is lost between two tabs.
 * @module
 */

import type { EvidenceRecord } from '@reclaim/vault/evidence/evidence-record';
import type { Refused } from './session-state.ts';
import { proved, type Work } from './session-work.ts';

/** A record as the node holds it. */
export type HeldRecord = { readonly record: EvidenceRecord; readonly version: number };

/** How often a saving that met another one is laid anew upon the other's result. */
const TRIES = 4;

/** The record of the open case; `undefined` where there is none yet. */
export async function readHeld(
  work: Work,
): Promise<{ readonly ok: true; readonly held: HeldRecord | undefined } | Refused> {
  const { parts, vault, alive } = work;
  const capability = await vault.recordCapability();
  const answer = await proved(work, (proof) => parts.api.openRecord({ proof, capability }));
  if (!answer.ok) return answer;
  const { sealed, version } = answer.value;
  if (sealed === null) return { ok: true, held: undefined };
  const opening = await vault.unsealRecord(sealed);
  alive();
  if (!opening.ok) return { ok: false, reason: opening.reason === 'newer' ? 'newer' : 'unreadable' };
  return { ok: true, held: { record: opening.record, version } };
}

/**
 * Saves what `lay` makes of the record that the node holds now. `held` is how it was last read; while that is so, it is not
 * read again.
 */
export async function saveHeld(
  work: Work,
  held: HeldRecord | undefined,
  lay: (onto: EvidenceRecord | undefined) => EvidenceRecord | undefined,
): Promise<{ readonly ok: true; readonly held: HeldRecord } | Refused> {
  const { parts, vault } = work;
  const capability = await vault.recordCapability();
  let known = held;
  for (let tries = 1; ; tries++) {
    const record = lay(known?.record);
    if (record === undefined) return { ok: false, reason: 'too-long' };
    const sealed = await vault.sealRecord(record);
    if (sealed === undefined) return { ok: false, reason: 'too-long' };
    const version = known?.version ?? 0;
    const saved = await proved(work, (proof) => parts.api.saveRecord({ proof, capability, version, sealed }));
    if (saved.ok) return { ok: true, held: { record, version: saved.value.version } };
    if (saved.reason !== 'version' || tries === TRIES) return saved;
    const read = await readHeld(work);
    if (!read.ok) return read;
    // It was there and is not any more: erased, or moved with its case to another code. It is not begun again under this one.
    if (known !== undefined && read.held === undefined) return { ok: false, reason: 'not-found' };
    known = read.held;
  }
}

/** Erases the record of the open case. */
export async function eraseHeld({ parts, vault, alive }: Work): Promise<{ readonly ok: true } | Refused> {
  const answer = await parts.api.deleteRecord(await vault.recordCapability());
  alive();
  return answer.ok ? { ok: true } : answer;
}
