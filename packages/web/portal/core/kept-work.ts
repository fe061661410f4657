/**
 * Unsent work of a session that locks: a document of its own, which is sealed to the case's code and kept in memory until
 * the code is typed again. Without a code there is no key to seal it with, and it is gone.
 * @module
 */

import { type CaseDocument, EMPTY_CASE } from '@reclaim/vault/case-document';
import { NO_CHANGES } from './case-changes.ts';
import { prepare } from './case-sending.ts';
import { documentOf } from './session-memory.ts';
import type { PictureView } from './session-state.ts';
import type { Work } from './session-work.ts';

/** The name under which a locked session remembers that the notes were changed; no question has it. */
const NOTES_CHANGED = '-notes-changed';

/** The name under which a locked session remembers that something was answered for notices; no question has it. */
const NOTICE_CHANGED = '-notice-changed';

/** Unsent work as a document of its own: new signals and links, changed answers, and the notes and the list of copies where they changed. */
export async function unsentOf(work: Pick<Work, 'vault' | 'memory' | 'parts'>): Promise<CaseDocument> {
  const { signals } = await prepare(work);
  const { notes, answers, takedowns, sentTexts, notice, threads, copies } = work.memory.changes;
  return {
    ...EMPTY_CASE,
    signals,
    answers: {
      ...answers,
      ...(notes === undefined ? {} : { [NOTES_CHANGED]: 'yes' }),
      ...(notice === undefined ? {} : { [NOTICE_CHANGED]: 'yes' }),
    },
    notes: notes?.now ?? '',
    takedowns,
    sentTexts,
    notice: { ...documentOf(work.memory).notice, ...notice },
    threads,
    ...(copies === undefined ? {} : { copies }),
  };
}

/** Puts unsent work back, with the capabilities that an unanswered sending may already have used. */
export async function restore(
  { vault, memory }: Pick<Work, 'vault' | 'memory'>,
  { signals, answers, notes, takedowns, sentTexts, notice, threads, copies }: CaseDocument,
): Promise<void> {
  const owned = await vault.reown(signals.map(({ capability }) => capability));
  const { [NOTES_CHANGED]: changed, [NOTICE_CHANGED]: answered, ...others } = answers;
  const before = documentOf(memory).notes;
  memory.changes = {
    ...NO_CHANGES,
    answers: others,
    takedowns,
    sentTexts,
    threads,
    ...(copies === undefined ? {} : { copies }),
    ...(changed === undefined ? {} : { notes: { before, now: notes } }),
    ...(answered === undefined ? {} : { notice }),
  };
  const pictures = new Map<string, PictureView>();
  for (const [at, { picture, label, kind, signal }] of signals.entries()) {
    if (signal === undefined) continue;
    memory.owned.set(`${picture} ${kind}`, owned[at]!);
    const before = pictures.get(picture) ?? { id: picture, label };
    pictures.set(picture, signal.kind === 'pdq' ? { ...before, pdq: signal } : { ...before, sha256: signal });
  }
  memory.pictures = [...pictures.values(), ...memory.pictures];
  memory.kept = undefined;
  memory.locked = false;
}
