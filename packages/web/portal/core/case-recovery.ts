/**
 * Recovery of a case: set up by the person, watched and stopped at each opening, asked for by who holds two shares.
 *
 * The capability that watches and stops is put into the case before the node keeps the envelope: an envelope that nobody
 * could stop never exists.
 * @module
 */

import { MAX_PART_HELPERS } from '@reclaim/casework/recovery';
import type { WireHelper } from '@reclaim/casework/wire-thread';
import type { Party } from '@reclaim/vault/messages/party';
import { saveCase } from './case-sending.ts';
import { documentOf } from './session-memory.ts';
import type { Done, Refused } from './session-state.ts';
import { proved, type Work } from './session-work.ts';
import type { CallWords, SharesCheck, ShownShare } from './vault-desk-threads.ts';

/** The three shares, to be put on paper; they are nowhere else. */
export type SharesMade = { readonly ok: true; readonly shares: readonly ShownShare[] } | Refused;

/** What two typed shares lead to: until when it waits, or the code's words. */
export type RecoveryAsked =
  | { readonly ok: true; readonly kind: 'waiting'; readonly dueAt: number }
  | { readonly ok: true; readonly kind: 'open'; readonly words: readonly string[] }
  | Exclude<SharesCheck, { ok: true }>
  | Refused;

/** Who may open a helpline's part, or why nobody knows. */
export type PartHelpers = { readonly ok: true; readonly helpers: readonly WireHelper[] } | Refused;

const DAY_MS = 86_400_000;

/** Sets recovery up; one that was there before is taken back, and its shares are paper. */
export async function setUpRecovery(work: Work): Promise<SharesMade> {
  const { parts, vault, memory, alive } = work;
  if (memory.case === undefined) return { ok: false, reason: 'not-open' };
  const before = documentOf(memory).recovery;
  const { shares, cancel, request } = await vault.drawShares();
  alive();
  const madeAt = Math.floor(parts.now() / DAY_MS) * DAY_MS;
  memory.changes = { ...memory.changes, recovery: { cancel, madeAt } };
  const saved = await saveCase(work);
  if (!saved.ok) return saved;
  const kept = await proved(work, (proof) => parts.api.newRecovery({ proof, ...request }));
  alive();
  if (!kept.ok) {
    memory.changes = { ...memory.changes, recovery: before ?? 'off' };
    await saveCase(work);
    return kept;
  }
  if (before !== undefined) await parts.api.deleteRecovery({ cancel: before.cancel });
  alive();
  memory.recovery = { kind: 'watched', watched: { standing: 'quiet', asked: 0, givenOut: false } };
  return { ok: true, shares };
}

/** Helpers who may open a helpline's part, none where this node's helpline takes no parts. */
export async function askPartHelpers({ parts, alive }: Work): Promise<PartHelpers> {
  const answer = await parts.api.helpers();
  alive();
  if (!answer.ok) return answer;
  const helpers = answer.value.helpers.filter(({ recovery }) => recovery).slice(0, MAX_PART_HELPERS);
  return { ok: true, helpers };
}

/** Gives the third share to the helpline of this node, sealed to `helpers`: neither the node nor who listens reads it. */
export async function giveLinePart(
  work: Work,
  shares: readonly ShownShare[],
  helpers: readonly WireHelper[],
): Promise<Done> {
  const { parts, vault, memory, alive } = work;
  const recovery = documentOf(memory).recovery;
  if (recovery === undefined) return { ok: false, reason: 'not-open' };
  const part = await vault.sealLinePart(
    shares,
    helpers.map(({ party: { recipient, verifyKey } }) => ({ recipient, verifyKey }) as Party),
  );
  alive();
  const kept = await parts.api.keepLinePart({ cancel: recovery.cancel, ...part });
  alive();
  return kept.ok ? watchRecovery(work) : kept;
}

/** The words that call for the part at the helpline, from a typed part. Nothing leaves the device. */
export async function callForPart({ vault, alive }: Work, typed: string): Promise<CallWords> {
  const words = await vault.callFor(typed);
  alive();
  return words;
}

/** Whether anybody asked for the recovery of this case. */
export async function watchRecovery(work: Work): Promise<Done> {
  const { parts, memory, alive } = work;
  const recovery = documentOf(memory).recovery;
  if (recovery === undefined) return { ok: true };
  const answer = await parts.api.watchRecovery({ cancel: recovery.cancel });
  alive();
  if (answer.ok) memory.recovery = { kind: 'watched', watched: answer.value };
  else if (answer.reason === 'not-found') memory.recovery = { kind: 'gone' };
  else return answer;
  return { ok: true };
}

/** Stops a request that stands; the shares stay good. */
export async function cancelRecovery(work: Work): Promise<Done> {
  const recovery = documentOf(work.memory).recovery;
  if (recovery === undefined) return { ok: false, reason: 'not-open' };
  const answer = await work.parts.api.cancelRecovery({ cancel: recovery.cancel });
  work.alive();
  return answer.ok ? watchRecovery(work) : answer;
}

/** Takes recovery back at the node, for a case that is about to go. Answers whether there was one. */
export async function endRecoveryAtNode(
  work: Work,
): Promise<{ readonly ok: true; readonly ended: boolean } | Refused> {
  const recovery = documentOf(work.memory).recovery;
  if (recovery === undefined) return { ok: true, ended: false };
  const answer = await work.parts.api.deleteRecovery({ cancel: recovery.cancel });
  work.alive();
  return answer.ok ? { ok: true, ended: true } : answer;
}

/** Takes recovery back for good. */
export async function endRecovery(work: Work): Promise<Done> {
  const { parts, memory, alive } = work;
  const recovery = documentOf(memory).recovery;
  if (recovery === undefined) return { ok: true };
  const answer = await parts.api.deleteRecovery({ cancel: recovery.cancel });
  alive();
  if (!answer.ok) return answer;
  memory.changes = { ...memory.changes, recovery: 'off' };
  memory.recovery = { kind: 'unasked' };
  const saved = await saveCase(work);
  return saved.ok ? { ok: true } : saved;
}

/** Asks with two typed shares, or with all three. After seven days the answer is the code, to be opened like any other. */
export async function askRecovery(work: Work, typed: readonly string[]): Promise<RecoveryAsked> {
  const { parts, vault, alive } = work;
  const check = await vault.combine(typed);
  alive();
  if (!check.ok) return check;
  const { lookupId, authKey } = check;
  const answer = await proved(work, (proof) => parts.api.askRecovery({ proof, lookupId, authKey }));
  alive();
  if (!answer.ok) return answer;
  if (answer.value.kind === 'waiting') return { ok: true, ...answer.value };
  const words = await vault.openEnvelope(answer.value.sealed);
  alive();
  return words === undefined ? { ok: false, reason: 'unreadable' } : { ok: true, kind: 'open', words };
}
