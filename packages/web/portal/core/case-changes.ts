/**
 * What was changed on this device since the case was last read, apart from the case itself: so that a change can be laid
 * upon whatever version the node holds now. Two tabs, two devices or a saving whose answer was lost end in one case with
 * both changes in it.
 *
 * The rules: signals are joined by capability (nothing twice, nothing dropped but what was withdrawn here); of an answer
 * changed on both sides this device's stands, the person gave it last; notes changed on both sides are both kept.
 * @module
 */

import { type CaseDocument, type CaseSignal, MAX_NOTES } from '@reclaim/vault/case-document';

/** Changes since a document was read. */
export type CaseChanges = {
  readonly added: readonly CaseSignal[];
  readonly withdrawn: ReadonlySet<string>;
  readonly answers: Readonly<Record<string, string>>;
  /** `before` is what the notes were when they were read, `now` what they are. */
  readonly notes?: { readonly before: string; readonly now: string };
};

/** No changes. */
export const NO_CHANGES: CaseChanges = Object.freeze({
  added: Object.freeze([]),
  withdrawn: new Set<string>(),
  answers: Object.freeze({}),
});

/** Whether there is anything to save. */
export function hasChanges({ added, withdrawn, answers, notes }: CaseChanges): boolean {
  return added.length > 0 || withdrawn.size > 0 || Object.keys(answers).length > 0 || notes !== undefined;
}

/** The document with the changes laid upon it. Laying them twice is the same as once. */
export function applyChanges(document: CaseDocument, changes: CaseChanges): CaseDocument {
  const there = new Set(document.signals.map((signal) => signal.capability));
  const signals = [...document.signals, ...changes.added.filter((signal) => !there.has(signal.capability))];
  return {
    version: document.version,
    signals: signals.filter((signal) => !changes.withdrawn.has(signal.capability)),
    answers: { ...document.answers, ...changes.answers },
    notes: joinNotes(document.notes, changes.notes),
  };
}

function joinNotes(theirs: string, ours: CaseChanges['notes']): string {
  if (ours === undefined || theirs === ours.now) return theirs;
  // Already there: a saving whose answer was lost is laid upon its own result.
  if (theirs === ours.before || theirs === '') return ours.now;
  if (ours.now === '' || theirs.endsWith(ours.now)) return theirs;
  return `${theirs}\n\n${ours.now}`.slice(0, MAX_NOTES).toWellFormed();
}
