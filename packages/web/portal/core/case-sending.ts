/**
 * A case to the node and back: prepared, sent as a new one, read, and saved again.
 *
 * What may happen twice: a request whose answer was lost. `sendCase` repeats the very same capabilities, and where the
 * node says that there is a case under this code it reads that and lays what is missing upon it; `saveCase` lays its
 * changes upon whatever the node holds. So nothing is banked twice and nothing is lost between two tabs.
 * @module
 */

import type { Kept, NewCase } from '@reclaim/casework/wire-case';
import type { Signal } from '@reclaim/fingerprint/signal';
import { type CaseDocument, type CaseSignal, EMPTY_CASE, MAX_SIGNALS } from '@reclaim/vault/case-document';
import { applyChanges, NO_CHANGES } from './case-changes.ts';
import { type ReadCase, signalsOfPicture } from './session-memory.ts';
import type { Refused, Sent } from './session-state.ts';
import { proved, type Work } from './session-work.ts';
import { VaultGone } from './vault-client.ts';

/** How often a saving that met another one is laid anew upon the other's result. */
const SAVE_TRIES = 4;

const DAY_MS = 86_400_000;

/** Sends the pictures, or a list of links without any, as a new case; into an open one it saves them. */
export async function sendCase(work: Work): Promise<Sent> {
  const { parts, vault, memory, alive } = work;
  if (memory.under18 !== 'no') return { ok: false, reason: 'under-18' };
  if (memory.case !== undefined) return saveCase(work);
  if (memory.code !== 'checked') return { ok: false, reason: 'code-not-checked' };
  // Links alone make a case too, and a list of marked copies, and so does evidence, whose record is kept once there is a case. What was typed besides alone makes none: nobody would look for it.
  const { takedowns, answers, copies } = memory.changes;
  const alone = takedowns.length > 0 || answers['evidence'] !== undefined || copies !== undefined;
  if (memory.pictures.length === 0 && !alone) return { ok: false, reason: 'nothing-to-send' };
  const names = await vault.names();
  const { signals, owned } = await prepare(work);
  const document = applyChanges(EMPTY_CASE, { ...memory.changes, added: signals });
  const sealing = await vault.seal(document);
  if (!sealing.ok) return sealing;
  const kept = await proved(work, (proof) =>
    parts.api.newCase({
      proof,
      under18: 'no',
      lookupId: names.lookupId,
      authSha256: names.authSha256,
      sealed: sealing.sealed,
      signals: owned,
    }),
  );
  alive();
  if (!kept.ok && kept.reason === 'taken') {
    // An earlier sending arrived and its answer was lost: what is missing is laid upon it.
    const read = await readCase(work);
    if (!read.ok) return read;
    memory.case = read;
    return saveCase(work);
  }
  if (!kept.ok) return kept;
  return settle(work, document, signals, kept.value);
}

/** The case as the node holds it now. */
export async function readCase(work: Work): Promise<({ readonly ok: true } & ReadCase) | Refused> {
  const { parts, vault, alive } = work;
  const { lookupId, authKey } = await vault.names();
  const answer = await proved(work, (proof) => parts.api.openCase({ proof, lookupId, authKey }));
  if (!answer.ok) return answer;
  const opening = await vault.unseal(answer.value.sealed);
  alive();
  if (!opening.ok) return { ok: false, reason: opening.reason === 'newer' ? 'newer' : 'unreadable' };
  return { ok: true, document: opening.document, version: answer.value.version };
}

/** The signals of the pictures that wait, with their capabilities; drawn once, whatever happens to the sending. */
export async function prepare({ parts, vault, memory }: Pick<Work, 'parts' | 'vault' | 'memory'>): Promise<{
  readonly signals: readonly CaseSignal[];
  readonly owned: NewCase['signals'];
}> {
  const bankedAt = Math.floor(parts.now() / DAY_MS) * DAY_MS;
  const drafts = memory.pictures.flatMap((picture) =>
    signalsOfPicture(picture).map((signal) => ({ picture, signal, name: `${picture.id} ${signal.kind}` })),
  );
  const missing = drafts.filter(({ name }) => !memory.owned.has(name));
  const drawn = await vault.own(missing.length);
  for (const [at, { name }] of missing.entries()) {
    const capability = drawn[at];
    if (capability !== undefined) memory.owned.set(name, capability);
  }
  const signals: CaseSignal[] = [];
  const owned: { signal: Signal; capabilitySha256: string }[] = [];
  for (const { picture, signal, name } of drafts) {
    const own = memory.owned.get(name);
    if (own === undefined) throw new VaultGone('stopped');
    const { capability, sha256 } = own;
    signals.push({
      kind: signal.kind,
      label: picture.label,
      picture: picture.id,
      bankedAt,
      capability,
      signal,
    });
    owned.push({ signal, capabilitySha256: sha256 });
  }
  return { signals, owned };
}

/** Lays all changes upon the case and saves it; where somebody saved in between, upon what they saved. */
export async function saveCase(work: Work): Promise<Sent> {
  const { parts, vault, memory, alive } = work;
  if (memory.case === undefined) return { ok: false, reason: 'not-open' };
  if (memory.pictures.length > 0 && memory.under18 !== 'no') return { ok: false, reason: 'under-18' };
  const { signals, owned } = await prepare(work);
  const names = await vault.names();
  for (let tries = 1; ; tries++) {
    const { document: base, version }: ReadCase = memory.case;
    const document = applyChanges(base, { ...memory.changes, added: signals });
    if (document.signals.length > MAX_SIGNALS) return { ok: false, reason: 'too-many' };
    const there = new Set(base.signals.map(({ capability }) => capability));
    const fresh = owned.filter((_, at) => !there.has(signals[at]!.capability));
    const sealing = await vault.seal(document);
    if (!sealing.ok) return sealing;
    const kept = await proved(work, (proof) =>
      parts.api.saveCase({
        proof,
        under18: 'no',
        lookupId: names.lookupId,
        authKey: names.authKey,
        sealed: sealing.sealed,
        signals: fresh,
        version,
      }),
    );
    alive();
    if (kept.ok) {
      const sent = signals.filter(({ capability }) => !there.has(capability));
      const settled = await settle(work, document, sent, kept.value);
      if (!settled.ok) return settled;
      const before = signals.filter(({ capability }) => there.has(capability));
      const again = before.map(({ picture, kind }) => ({ picture, kind, result: 'sent-before' as const }));
      return { ok: true, signals: [...again, ...settled.signals] };
    }
    if (kept.reason === 'not-found') memory.elsewhere = true;
    if (kept.reason !== 'version' || tries === SAVE_TRIES) return kept;
    const read = await readCase(work);
    if (!read.ok) return read;
    memory.case = { document: read.document, version: read.version };
  }
}

/** Takes over what the node kept. Signals that it did not bank are taken out of the case again. */
async function settle(
  work: Work,
  document: CaseDocument,
  sent: readonly CaseSignal[],
  kept: Kept,
): Promise<Sent> {
  const { memory } = work;
  if (kept.signals.length !== sent.length) return { ok: false, reason: 'bad-answer' };
  const results = sent.map(({ picture, kind }, at) => ({ picture, kind, result: kept.signals[at]! }));
  memory.case = { document, version: kept.version };
  memory.pictures = [];
  memory.owned.clear();
  const refused = sent.filter((_, at) => kept.signals[at] !== 'banked').map(({ capability }) => capability);
  memory.changes = { ...NO_CHANGES, withdrawn: new Set(refused) };
  // Should this saving not succeed, the next one takes them out.
  if (refused.length > 0) await saveCase(work);
  return { ok: true, signals: results };
}
