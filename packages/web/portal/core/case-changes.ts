/**
 * What was changed on this device since the case was last read, apart from the case itself: so that a change can be laid
 * upon whatever version the node holds now. Two tabs, two devices or a saving whose answer was lost end in one case with
 * both changes in it.
 *
 * The rules: signals are joined by capability (nothing twice, nothing dropped but what was withdrawn here); of an answer
 * changed on both sides this device's stands, the person gave it last; notes changed on both sides are both kept. Events of a
 * link are joined: what both sides marked stands once, in the order of its time; what was answered for all notices is this
 * device's where it was answered here. Of a thread the later place that was seen and read stands, and what is shared is as
 * this device left it. A list of marked copies that was kept here stands in place of the one before, which it goes on from.
 * @module
 */

import { hasRoomFor, type SentText } from '@reclaim/casework/takedown/sent-text';
import {
  type KeptNotice,
  MAX_TAKEDOWN_EVENTS,
  MAX_TAKEDOWNS,
  type TakedownRecord,
} from '@reclaim/casework/takedown/takedown-record';
import { type CaseDocument, type CaseSignal, MAX_NOTES } from '@reclaim/vault/case-document';
import { type CaseRecovery, type CaseThread, MAX_CASE_THREADS } from '@reclaim/vault/case-thread';
import { type CaseWatch, MAX_CASE_WATCHES } from '@reclaim/vault/case-watch';

/** Changes since a document was read. */
export type CaseChanges = {
  readonly added: readonly CaseSignal[];
  readonly withdrawn: ReadonlySet<string>;
  readonly answers: Readonly<Record<string, string>>;
  /** `before` is what the notes were when they were read, `now` what they are. */
  readonly notes?: { readonly before: string; readonly now: string };
  /** Links added or marked here: each with its new events alone. */
  readonly takedowns: readonly TakedownRecord[];
  /** Links that the person took off the list. */
  readonly forgotten: ReadonlySet<string>;
  /** Notices as they were sent from here. */
  readonly sentTexts: readonly SentText[];
  /** Texts that the person took out of the case. */
  readonly textsDropped: ReadonlySet<string>;
  /** What was answered here for all notices. */
  readonly notice?: Partial<KeptNotice>;
  /** Threads begun here, or in which something was read, written or shared. */
  readonly threads: readonly CaseThread[];
  /** Threads that were erased here. */
  readonly ended: ReadonlySet<string>;
  /** A recovery that was set up here, or that one was taken back. */
  readonly recovery?: CaseRecovery | 'off';
  /** The list of marked copies that was kept here. */
  readonly copies?: string;
  /** Watches begun here, and the capabilities of those that were ended here. */
  readonly watched?: readonly CaseWatch[];
  readonly unwatched?: ReadonlySet<string>;
};

/** No changes. */
export const NO_CHANGES: CaseChanges = Object.freeze({
  added: Object.freeze([]),
  withdrawn: new Set<string>(),
  answers: Object.freeze({}),
  takedowns: Object.freeze([]),
  forgotten: new Set<string>(),
  sentTexts: Object.freeze([]),
  textsDropped: new Set<string>(),
  threads: Object.freeze([]),
  ended: new Set<string>(),
});

/** Whether there is anything to save. */
export function hasChanges(changes: CaseChanges): boolean {
  const { added, withdrawn, answers, notes, takedowns, forgotten, notice, threads, ended, recovery, copies } =
    changes;
  const texts = changes.sentTexts.length + changes.textsDropped.size;
  const { watched = [], unwatched = new Set() } = changes;
  const sets =
    added.length +
    withdrawn.size +
    Object.keys(answers).length +
    takedowns.length +
    forgotten.size +
    texts +
    threads.length +
    ended.size +
    watched.length +
    unwatched.size;
  return sets > 0 || [notes, notice, recovery, copies].some((each) => each !== undefined);
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
    takedowns: joinTakedowns(document.takedowns, changes),
    sentTexts: joinTexts(document.sentTexts, changes),
    notice: { ...document.notice, ...changes.notice },
    threads: joinThreads(document.threads, changes),
    ...recoveryOf(document, changes),
    ...copiesOf(document, changes),
    ...watchesOf(document, changes),
  };
}

function copiesOf(document: CaseDocument, changes: CaseChanges): Pick<CaseDocument, 'copies'> {
  const copies = changes.copies ?? document.copies;
  return copies === undefined ? {} : { copies };
}

function recoveryOf(document: CaseDocument, { recovery }: CaseChanges): Pick<CaseDocument, 'recovery'> {
  const now = recovery ?? document.recovery;
  return now === undefined || now === 'off' ? {} : { recovery: now };
}

function watchesOf(document: CaseDocument, changes: CaseChanges): Pick<CaseDocument, 'watches'> {
  const { watched = [], unwatched = new Set<string>() } = changes;
  const joined = new Map([...(document.watches ?? []), ...watched].map((each) => [each.capability, each]));
  const watches = [...joined.values()].filter(({ capability }) => !unwatched.has(capability));
  return watches.length === 0 ? {} : { watches: watches.slice(0, MAX_CASE_WATCHES) };
}

function joinThreads(theirs: readonly CaseThread[], changes: CaseChanges): readonly CaseThread[] {
  const joined = new Map(theirs.map((each) => [each.id as string, each] as const));
  for (const mine of changes.threads) {
    const known = joined.get(mine.id);
    const head = known !== undefined && known.head.seq > mine.head.seq ? known.head : mine.head;
    joined.set(mine.id, { ...mine, head, read: Math.max(known?.read ?? 0, mine.read) });
  }
  return [...joined.values()].filter(({ id }) => !changes.ended.has(id)).slice(0, MAX_CASE_THREADS);
}

/** Links with the events of both sides; an event that is there already (a repeated saving) is there once. */
function joinTakedowns(
  theirs: readonly TakedownRecord[],
  { takedowns, forgotten }: CaseChanges,
): readonly TakedownRecord[] {
  const joined = new Map(theirs.map((each) => [each.link, each.events] as const));
  for (const { link, events } of takedowns) {
    const known = joined.get(link) ?? [];
    const there = new Set(known.map(sameness));
    const all = [...known, ...events.filter((event) => !there.has(sameness(event)))];
    // By time; events of one moment stay in the order in which they were marked. A beginning comes first, whenever it was.
    const sorted = all.toSorted((a, b) => orderOf(a) - orderOf(b));
    const begins = sorted.filter((each) => each.type === 'added');
    const rest = sorted.filter((each) => each.type !== 'added');
    joined.set(link, [...begins, ...rest.slice(begins.length - MAX_TAKEDOWN_EVENTS)]);
  }
  return [...joined]
    .filter(([link]) => !forgotten.has(link))
    .map(([link, events]) => ({ link, events }))
    .slice(0, MAX_TAKEDOWNS);
}

/** Texts of both sides, each once; where two tabs filled the room together, the later ones are not kept. */
function joinTexts(
  theirs: readonly SentText[],
  { sentTexts, textsDropped }: CaseChanges,
): readonly SentText[] {
  const joined: SentText[] = [];
  for (const text of [...theirs, ...sentTexts]) {
    if (textsDropped.has(text.id) || joined.some(({ id }) => id === text.id)) continue;
    if (hasRoomFor(joined, text)) joined.push(text);
  }
  return joined;
}

function orderOf({ type, at }: TakedownRecord['events'][number]): number {
  return type === 'added' ? 0 : at;
}

function sameness({ type, track, at }: TakedownRecord['events'][number]): string {
  return `${type} ${track} ${at}`;
}

function joinNotes(theirs: string, ours: CaseChanges['notes']): string {
  if (ours === undefined || theirs === ours.now) return theirs;
  // Already there: a saving whose answer was lost is laid upon its own result.
  if (theirs === ours.before || theirs === '') return ours.now;
  if (ours.now === '' || theirs.endsWith(ours.now)) return theirs;
  return `${theirs}\n\n${ours.now}`.slice(0, MAX_NOTES).toWellFormed();
}
