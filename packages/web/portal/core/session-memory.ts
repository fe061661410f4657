/**
 * What a visit remembers, and what the screens see of it. One value that changes, owned by the session: a wipe puts an
 * empty one in its place, so that work which began before writes into what nobody looks at.
 * @module
 */

import { hasRoomFor, type SentText } from '@reclaim/casework/takedown/sent-text';
import type { TakedownEvent } from '@reclaim/casework/takedown/takedown';
import {
  type KeptNotice,
  MAX_TAKEDOWNS,
  type TakedownRecord,
} from '@reclaim/casework/takedown/takedown-record';
import type { WireHelper } from '@reclaim/casework/wire-thread';
import type { PdqSignal, Sha256Signal, Signal } from '@reclaim/fingerprint/signal';
import {
  type CaseDocument,
  EMPTY_CASE,
  MAX_ANSWER,
  MAX_COPIES,
  MAX_LABEL,
  MAX_NOTES,
  MAX_SIGNALS,
} from '@reclaim/vault/case-document';
import type { CaseThread } from '@reclaim/vault/case-thread';
import type { EvidenceRecord } from '@reclaim/vault/evidence/evidence-record';
import { applyChanges, type CaseChanges, hasChanges, NO_CHANGES } from './case-changes.ts';
import type {
  Busy,
  PictureView,
  ReceiptView,
  RecoveryView,
  Refused,
  SessionView,
  SignalView,
  ThreadKnown,
  ThreadView,
  Under18,
  WatchKnown,
} from './session-state.ts';
import type { OwnedCapability } from './vault-desk.ts';

/** A picture to be added: at least one of its signals. */
export type NewPicture = {
  readonly label: string;
  readonly pdq?: PdqSignal;
  readonly sha256?: Sha256Signal;
};

/** A case as it was last read, and the version it had. */
export type ReadCase = { readonly document: CaseDocument; readonly version: number };

/** The memory of one visit. */
export type SessionMemory = {
  under18: Under18;
  /** Not sent yet. */
  pictures: readonly PictureView[];
  code: SessionView['code'];
  changes: CaseChanges;
  case: ReadCase | undefined;
  /** What is known of each signal, by its capability. */
  readonly receipts: Map<string, ReceiptView>;
  /** The capabilities drawn for pictures not sent yet, by picture and kind: a repeated sending repeats them. */
  readonly owned: Map<string, OwnedCapability>;
  /** Unsent work of a locked session, sealed. */
  kept: string | undefined;
  /** The same of evidence: the record with what was not kept yet, sealed. */
  keptRecord: string | undefined;
  /** That record once the code opened it, until the desk of evidence takes it. */
  record: EvidenceRecord | undefined;
  /** What is being typed and is of nothing yet, by the name of its form. */
  readonly drafts: Map<string, string>;
  /** The same of a locked session, sealed. */
  keptDrafts: string | undefined;
  /** A lock forgot changes of the evidence alone, or what was being typed: they could not be sealed. */
  lostProof: boolean;
  locked: boolean;
  /** A lock forgot unsent work, since there was no code to keep it with. */
  lost: boolean;
  /** While a lock seals what is unsent, the view shows nothing any more. */
  hiding: boolean;
  withdrawn: boolean;
  busy: Busy | undefined;
  lockWarning: boolean;
  /** A saving found nothing under this code any more: it was changed, or all was erased, somewhere else. */
  elsewhere: boolean;
  /** What is known of each thread, by its id. */
  readonly threads: Map<string, ThreadKnown>;
  helpers: readonly WireHelper[] | undefined;
  recovery: RecoveryView;
  /** What is known of each watch, by its capability. */
  readonly watches: Map<string, WatchKnown>;
};

/** The memory of a visit that has not begun. */
export function emptyMemory(): SessionMemory {
  return {
    under18: 'unasked',
    pictures: [],
    code: 'none',
    changes: NO_CHANGES,
    case: undefined,
    receipts: new Map(),
    owned: new Map(),
    kept: undefined,
    keptRecord: undefined,
    record: undefined,
    drafts: new Map(),
    keptDrafts: undefined,
    lostProof: false,
    locked: false,
    lost: false,
    hiding: false,
    withdrawn: false,
    busy: undefined,
    lockWarning: false,
    elsewhere: false,
    threads: new Map(),
    helpers: undefined,
    recovery: { kind: 'unasked' },
    watches: new Map(),
  };
}

/** Empties a memory that is put away, for work that still holds it. */
export function empty(memory: SessionMemory): void {
  memory.drafts.clear();
  memory.receipts.clear();
  memory.owned.clear();
  memory.threads.clear();
  memory.watches.clear();
  Object.assign(memory, emptyMemory());
}

/** Whether something is not in the case yet. */
export function isDraft({ pictures, changes }: SessionMemory): boolean {
  return pictures.length > 0 || hasChanges(changes);
}

function isBegun(memory: SessionMemory): boolean {
  return memory.case !== undefined || memory.code !== 'none' || isDraft(memory);
}

/** Characters of what is being typed, at most; more is not kept through a lock. */
const MAX_DRAFT = 70_000;

/** Notes what is being typed into a form; nothing of it where it is empty. */
export function keepDraft(memory: SessionMemory, form: string, text: string): void {
  if (text === '' || text.length > MAX_DRAFT) memory.drafts.delete(form);
  else memory.drafts.set(form, text);
}

/** Whether there is anything that a lock would hide. */
export function holdsAnything(memory: SessionMemory): boolean {
  return isBegun(memory) || memory.drafts.size > 0;
}

/** The case as it was last read; an empty one before. */
export function documentOf(memory: SessionMemory): CaseDocument {
  return memory.case?.document ?? EMPTY_CASE;
}

/** The threads of the case, with what changed here. */
export function threadsOf(memory: SessionMemory): readonly CaseThread[] {
  return applyChanges(documentOf(memory), memory.changes).threads;
}

function threadView(memory: SessionMemory, { id, helper, read, shares, head }: CaseThread): ThreadView {
  const known = memory.threads.get(id) ?? { kind: 'unasked' as const };
  const entries = known.kind === 'read' ? known.opened.entries : [];
  const unread = entries.filter((entry) => !entry.mine && entry.seq > read).length;
  return { id, helper, shares, unread, began: head.seq > 0, known };
}

/** What the screens see of a memory. */
export function viewOf(memory: SessionMemory): SessionView {
  const document = applyChanges(documentOf(memory), memory.changes);
  const signals = documentOf(memory).signals.map(({ capability, ...signal }): SignalView => {
    return { ...signal, receipt: memory.receipts.get(capability) ?? { kind: 'unasked' } };
  });
  const hidden = {
    kind: 'locked',
    pictures: [],
    signals: [],
    answers: {},
    notes: '',
    takedowns: [],
    sentTexts: [],
    notice: EMPTY_CASE.notice,
    threads: [],
    watches: [],
    recovery: { kind: 'unasked' },
    recoveryMadeAt: undefined,
    copies: undefined,
  } as const;
  return Object.freeze({
    kind: kindOf(memory),
    under18: memory.under18,
    pictures: memory.pictures,
    signals,
    answers: document.answers,
    notes: document.notes,
    takedowns: document.takedowns,
    sentTexts: document.sentTexts,
    notice: document.notice,
    threads: document.threads.map((thread) => threadView(memory, thread)),
    watches: (document.watches ?? []).map(({ link, capability, begunAt }) => {
      return { link, begunAt, known: memory.watches.get(capability) ?? { kind: 'unasked' } };
    }),
    helpers: memory.helpers,
    recovery: memory.recovery,
    recoveryMadeAt: document.recovery?.madeAt,
    copies: document.copies,
    code: memory.code,
    busy: memory.busy,
    unsaved: isDraft(memory),
    elsewhere: memory.elsewhere,
    lockWarning: memory.lockWarning,
    lost: memory.lost,
    lostProof: memory.lostProof,
    ...(memory.hiding ? hidden : {}),
  });
}

function kindOf(memory: SessionMemory): SessionView['kind'] {
  if (memory.case !== undefined) return 'open';
  if (memory.locked) return 'locked';
  if (memory.withdrawn) return 'withdrawn';
  return isBegun(memory) ? 'draft' : 'empty';
}

/** Takes a picture in; `random` (0 to 1) is of its id. */
export function addPicture(
  memory: SessionMemory,
  picture: NewPicture,
  random: number,
): { readonly ok: true; readonly id: string } | Refused<'under-18' | 'too-many' | 'nothing-to-send'> {
  if (memory.under18 !== 'no') return { ok: false, reason: 'under-18' };
  const fresh = signalsOfPicture(picture);
  if (fresh.length === 0) return { ok: false, reason: 'nothing-to-send' };
  const waiting = memory.pictures.flatMap(signalsOfPicture);
  const there = documentOf(memory).signals.length;
  if (there + waiting.length + fresh.length > MAX_SIGNALS) return { ok: false, reason: 'too-many' };
  const id = `p-${Math.floor(random * 2 ** 48).toString(16)}-${memory.pictures.length}`;
  memory.pictures = [...memory.pictures, { ...picture, id, label: shortened(picture.label, MAX_LABEL) }];
  memory.withdrawn = false;
  memory.lost = false;
  return { ok: true, id };
}

/** Takes a picture out that was not sent, with its capabilities. */
export function removePicture(memory: SessionMemory, id: string): void {
  memory.pictures = memory.pictures.filter((picture) => picture.id !== id);
  for (const kind of ['pdq', 'sha256']) memory.owned.delete(`${id} ${kind}`);
}

/**
 * Keeps an answer for the case, its first 400 characters.
 * @throws {TypeError} unless `name` is 1 to 40 of `a-z 0-9 -`
 */
export function keepAnswer(memory: SessionMemory, name: string, value: string): void {
  if (!/^[a-z0-9-]{1,40}$/.test(name)) throw new TypeError('answer: expected a name of a-z 0-9 -');
  const answers = { ...memory.changes.answers, [name]: shortened(value, MAX_ANSWER) };
  memory.changes = { ...memory.changes, answers };
}

/** Keeps the notes for the case, their first 8,000 characters, beside what they were when they were read. */
export function keepNotes(memory: SessionMemory, text: string): void {
  const before = memory.changes.notes?.before ?? documentOf(memory).notes;
  memory.changes = { ...memory.changes, notes: { before, now: shortened(text, MAX_NOTES) } };
}

/** Puts links on the list, with the moment they were added; those that are there stay as they are. Answers how many are new. */
export function keepLinks(memory: SessionMemory, links: readonly string[], at: number): number {
  const there = new Set(viewedTakedowns(memory).map((each) => each.link));
  const room = Math.max(0, MAX_TAKEDOWNS - there.size);
  const fresh = [...new Set(links)].filter((link) => !there.has(link)).slice(0, room);
  const added = fresh.map(
    (link): TakedownRecord => ({ link, events: [{ type: 'added', track: 'host', at }] }),
  );
  const forgotten = new Set([...memory.changes.forgotten].filter((link) => !fresh.includes(link)));
  memory.changes = { ...memory.changes, takedowns: [...memory.changes.takedowns, ...added], forgotten };
  memory.withdrawn = false;
  memory.lost = false;
  return fresh.length;
}

/** Adds an event to a link that is on the list. */
export function keepEvent(memory: SessionMemory, link: string, event: TakedownEvent): void {
  const { takedowns } = memory.changes;
  const at = takedowns.findIndex((each) => each.link === link);
  const changed =
    at < 0
      ? [...takedowns, { link, events: [event] }]
      : takedowns.with(at, { link, events: [...takedowns[at]!.events, event] });
  memory.changes = { ...memory.changes, takedowns: changed };
}

/** Takes a link off the list, with all that happened to it. */
export function forgetLink(memory: SessionMemory, link: string): void {
  const takedowns = memory.changes.takedowns.filter((each) => each.link !== link);
  memory.changes = { ...memory.changes, takedowns, forgotten: new Set([...memory.changes.forgotten, link]) };
}

/**
 * Keeps a notice as it was sent, and answers its id; one that is there word for word is there once. Answers nothing where the
 * case has no room for it.
 */
export function keepSentText(memory: SessionMemory, text: Omit<SentText, 'id'>): string | undefined {
  const there = applyChanges(documentOf(memory), memory.changes).sentTexts;
  const same = there.find((each) => each.subject === text.subject && each.body === text.body);
  if (same !== undefined) return same.id;
  if (!hasRoomFor(there, text)) return undefined;
  const id = `t-${text.at.toString(36)}-${sumOf(text.subject + text.body)}`;
  if (there.some((each) => each.id === id)) return undefined;
  memory.changes = { ...memory.changes, sentTexts: [...memory.changes.sentTexts, { ...text, id }] };
  return id;
}

/** FNV-1a of the UTF-16 units, 32 bits: two tabs that keep two texts of one minute must not give them one name. */
function sumOf(text: string): string {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return (sum >>> 0).toString(36);
}

/** Takes a text out of the case; the marks of its sending stay. */
export function dropSentText(memory: SessionMemory, id: string): void {
  memory.changes = {
    ...memory.changes,
    sentTexts: memory.changes.sentTexts.filter((each) => each.id !== id),
    textsDropped: new Set([...memory.changes.textsDropped, id]),
  };
}

/** Puts a text back that was taken out here, under its own id, so that its sendings find it again. */
export function restoreSentText(memory: SessionMemory, text: SentText): void {
  const textsDropped = new Set([...memory.changes.textsDropped].filter((id) => id !== text.id));
  memory.changes = { ...memory.changes, textsDropped };
  const there = applyChanges(documentOf(memory), memory.changes).sentTexts;
  if (there.some((each) => each.id === text.id)) return;
  memory.changes = { ...memory.changes, sentTexts: [...memory.changes.sentTexts, text] };
}

/** Keeps answers for all notices. */
export function keepNotice(memory: SessionMemory, notice: Partial<KeptNotice>): void {
  memory.changes = { ...memory.changes, notice: { ...memory.changes.notice, ...notice } };
}

/** Keeps the list of marked copies for the case; `false`, and nothing is kept, where it is too long. */
export function keepCopies(memory: SessionMemory, list: string): boolean {
  if (list.length > MAX_COPIES || !list.isWellFormed()) return false;
  memory.changes = { ...memory.changes, copies: list };
  memory.withdrawn = false;
  memory.lost = false;
  return true;
}

function viewedTakedowns(memory: SessionMemory): readonly TakedownRecord[] {
  return applyChanges(documentOf(memory), memory.changes).takedowns;
}

/** The signals of a picture, the perceptual one first. */
export function signalsOfPicture({ pdq, sha256 }: NewPicture): readonly Signal[] {
  return [...(pdq ? [pdq] : []), ...(sha256 ? [sha256] : [])];
}

/** The first `most` UTF-16 units of a text, without half a character at the end. */
export function shortened(text: string, most: number): string {
  return text.slice(0, most).toWellFormed();
}
