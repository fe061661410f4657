/**
 * Watches of a case: begun, asked for and ended, each by its own capability.
 *
 * The capability is in the case before the node hears of it: a watch that nobody could end never exists. Where the node then
 * refuses, it is taken out of the case again.
 * @module
 */

import type { WatchOffer } from '@reclaim/casework/wire-watch';
import { type CaseWatch, MAX_CASE_WATCHES } from '@reclaim/vault/case-watch';
import { applyChanges } from './case-changes.ts';
import { saveCase } from './case-sending.ts';
import { documentOf, type SessionMemory } from './session-memory.ts';
import type { Done, Refused } from './session-state.ts';
import { pause, proved, shuffled, type Work } from './session-work.ts';

/** Whether the node watches addresses, or why that is not known. */
export type Offer = { readonly ok: true; readonly offer: WatchOffer } | Refused;

const DAY_MS = 86_400_000;

/** The watches of the case, with what changed here. */
export function watchesOf(memory: SessionMemory): readonly CaseWatch[] {
  return applyChanges(documentOf(memory), memory.changes).watches ?? [];
}

/** Asks whether the node watches addresses. */
export async function askOffer({ parts, alive }: Work): Promise<Offer> {
  const answer = await parts.api.watchOffer();
  alive();
  return answer.ok ? { ok: true, offer: answer.value } : answer;
}

/** Begins to watch a link for the signals of these pictures. */
export async function startWatch(work: Work, link: string, pictures: readonly string[]): Promise<Done> {
  const { parts, vault, memory, alive } = work;
  if (memory.under18 === 'yes' || memory.under18 === 'not-sure') return { ok: false, reason: 'under-18' };
  if (memory.case === undefined) return { ok: false, reason: 'not-open' };
  const watched = watchesOf(memory);
  if (watched.some((each) => each.link === link)) return { ok: true };
  if (watched.length >= MAX_CASE_WATCHES) return { ok: false, reason: 'too-many' };
  const signals = documentOf(memory)
    .signals.filter(({ picture }) => pictures.includes(picture))
    .map(({ capability }) => capability);
  if (signals.length === 0) return { ok: false, reason: 'nothing-to-send' };
  const [drawn] = await vault.own(1);
  alive();
  if (drawn === undefined) return { ok: false, reason: 'stopped' };
  const { capability } = drawn;
  const begunAt = Math.floor(parts.now() / DAY_MS) * DAY_MS;
  memory.changes = { ...memory.changes, watched: [{ link, capability, begunAt }] };
  const saved = await saveCase(work);
  if (!saved.ok) {
    memory.changes = { ...memory.changes, watched: [] };
    return saved;
  }
  const begun = await proved(work, (proof) =>
    parts.api.newWatch({
      proof,
      under18: 'no',
      capability,
      address: link,
      signals: [...shuffled(signals, parts.random)],
    }),
  );
  alive();
  if (begun.ok) {
    memory.watches.set(capability, { kind: 'known', watch: begun.value, at: parts.now() });
    return { ok: true };
  }
  // Its answer may have been lost on the way back: then it is ended where it may have begun, and the case forgets it.
  if (begun.reason === 'offline') await parts.api.deleteWatch(capability);
  alive();
  memory.changes = { ...memory.changes, unwatched: new Set([capability]) };
  await saveCase(work);
  return begun;
}

/** Asks for each watch apart, in a random order. The first refusal of the net ends it. */
export async function readWatches({ parts, memory, alive, progress }: Work): Promise<Done> {
  const watches = watchesOf(memory);
  let done = 0;
  for (const { capability } of shuffled(watches, parts.random)) {
    if (done > 0) await pause(parts);
    const answer = await parts.api.readWatch(capability);
    alive();
    const at = parts.now();
    if (answer.ok) memory.watches.set(capability, { kind: 'known', watch: answer.value, at });
    else if (answer.reason === 'not-found') memory.watches.set(capability, { kind: 'gone' });
    else return answer;
    done += 1;
    progress(done, watches.length);
  }
  return { ok: true };
}

/** Ends the watch of a link: at the node first, then in the case. */
export async function endWatch(work: Work, link: string): Promise<Done> {
  const { parts, memory, alive } = work;
  const mine = watchesOf(memory).filter((each) => each.link === link);
  for (const { capability } of mine) {
    const answer = await parts.api.deleteWatch(capability);
    alive();
    if (!answer.ok) return answer;
    memory.watches.delete(capability);
  }
  const unwatched = new Set([...(memory.changes.unwatched ?? []), ...mine.map((each) => each.capability)]);
  memory.changes = { ...memory.changes, unwatched };
  const saved = await saveCase(work);
  return saved.ok ? { ok: true } : saved;
}

/** Ends every watch at the node, for a case that is about to go. */
export async function endWatches(work: Work): Promise<Done> {
  for (const { capability } of watchesOf(work.memory)) {
    const answer = await work.parts.api.deleteWatch(capability);
    work.alive();
    if (!answer.ok) return answer;
  }
  return { ok: true };
}
