/**
 * A visit to the portal, in memory only: no storage of the browser is touched, and leaving leaves nothing behind.
 *
 * States and what leads from one to the next:
 *
 *     empty ──addPicture, setNotes, setAnswer, makeCode──▶ draft ──send──▶ open
 *     empty, draft, locked ──open──▶ open          (a draft's pictures come along, unsent)
 *     draft, open ──lock (or 10 idle minutes)──▶ locked    (unsent work is kept, sealed to the case's own recipient; so is
 *                                                          evidence that the node has not)
 *     draft without a code ──lock──▶ empty         (there is no key to seal it with: it is gone)
 *     open ──withdrawAll──▶ withdrawn
 *     any ──wipe──▶ empty                          (at once; what is still going on ends as `stopped`)
 *
 * Memory: `session-memory.ts`; idle lock: `idle-clock.ts`, `kept-work.ts`; the node: `case-sending.ts`, `case-opening.ts`,
 * `case-asking.ts`. Here is when each may happen: one piece of work at a time, and none that outlives a wipe.
 * @module
 */

import type { SentText } from '@reclaim/casework/takedown/sent-text';
import type { TakedownEvent } from '@reclaim/casework/takedown/takedown';
import type { KeptNotice } from '@reclaim/casework/takedown/takedown-record';
import type { WireHelper } from '@reclaim/casework/wire-thread';
import { MAX_LABEL } from '@reclaim/vault/case-document';
import type { EvidenceRecord } from '@reclaim/vault/evidence/evidence-record';
import type { EntryWords } from '@reclaim/vault/messages/entry';
import type { Party } from '@reclaim/vault/messages/party';
import { type Asked, askSignals, type WithdrawalCount, withdrawSignals } from './case-asking.ts';
import { moveCase } from './case-moving.ts';
import { openCase } from './case-opening.ts';
import {
  askPartHelpers,
  askRecovery,
  callForPart,
  cancelRecovery,
  endRecovery,
  giveLinePart,
  type PartHelpers,
  type RecoveryAsked,
  type SharesMade,
  setUpRecovery,
  watchRecovery,
} from './case-recovery.ts';
import { saveCase, sendCase } from './case-sending.ts';
import { closeThread, endShare, type ItemToOpen, moveThread, share } from './case-sharing.ts';
import {
  askHelpers,
  eraseThread,
  type Helpers,
  markRead,
  readThreads,
  say,
  startThread,
} from './case-threads.ts';
import { askOffer, endWatch, type Offer, readWatches, startWatch } from './case-watches.ts';
import { IdleClock } from './idle-clock.ts';
import { unsentOf } from './kept-work.ts';
import {
  addPicture,
  dropSentText,
  empty,
  emptyMemory,
  forgetLink,
  holdsAnything,
  keepAnswer,
  keepCopies,
  keepDraft,
  keepEvent,
  keepLinks,
  keepNotes,
  keepNotice,
  keepSentText,
  type NewPicture,
  removePicture,
  restoreSentText,
  type SessionMemory,
  shortened,
  viewOf,
} from './session-memory.ts';
import type {
  Busy,
  CodeMade,
  Done,
  Opened,
  Refused,
  Sent,
  SessionView,
  Under18,
  Withdrawn,
} from './session-state.ts';
import { pause, type SessionParts, type Work } from './session-work.ts';
import { type Vault, VaultGone } from './vault-client.ts';
import type { CodeCheck } from './vault-desk.ts';
import type { CallWords, ShownShare } from './vault-desk-threads.ts';

/** A record with changes that the node has not: the record, `too-long` where it has outgrown its room, or nothing. */
export type UnkeptRecord = EvidenceRecord | 'too-long' | undefined;

/** One visit. Made by `createSession`. */
export class PortalSession {
  readonly #parts: SessionParts;
  readonly #listeners = new Set<(view: SessionView) => void>();
  readonly #clock: IdleClock;
  /** Another one whenever everything is forgotten: work that began before ends without touching what is now. */
  #memory: SessionMemory = emptyMemory();
  #vault: Vault | undefined;
  #view: SessionView;
  #locking: Promise<void> = Promise.resolve();
  /** The end of the work at hand. */
  #work: Promise<void> = Promise.resolve();
  /** How many presses wait for work that goes on by itself. */
  #waiting = 0;
  #unkept: () => UnkeptRecord = () => undefined;
  /** Another code that was drawn for the open case, with its own keys. */
  #next: { readonly vault: Vault; checked: boolean } | undefined;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#clock = new IdleClock(
      parts,
      () => {
        this.#memory.lockWarning = true;
        this.#changed();
      },
      () => void this.lock(),
    );
    this.#view = viewOf(this.#memory);
  }

  /** The visit as it is now; the same object until something changes. */
  get view(): SessionView {
    return this.#view;
  }

  /** Calls `listener` after each change; answers what ends that. */
  subscribe(listener: (view: SessionView) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The person is here: puts the lock off, or locks where the time ran out while the device slept. */
  touch(): void {
    if (holdsAnything(this.#memory) && this.#clock.isOver()) {
      void this.lock();
      return;
    }
    this.#clock.touch();
    if (this.#memory.lockWarning) {
      this.#memory.lockWarning = false;
      this.#changed();
    } else this.#watch();
  }

  /** Sets the answer to the age question. Anything but `no` forgets the pictures that are not sent. */
  setUnder18(answer: Exclude<Under18, 'unasked'>): void {
    this.#memory.under18 = answer;
    if (answer !== 'no') {
      this.#memory.pictures = [];
      this.#memory.owned.clear();
      this.#memory.record = undefined;
      this.#memory.keptRecord = undefined;
      this.#memory.drafts.clear();
      this.#memory.keptDrafts = undefined;
      const { copies: _, ...changes } = this.#memory.changes;
      this.#memory.changes = changes;
    }
    this.#changed();
  }

  /** Adds a picture to what will be sent. */
  addPicture(picture: NewPicture): ReturnType<typeof addPicture> {
    const added = addPicture(this.#memory, picture, this.#parts.random());
    if (added.ok) this.#changed();
    return added;
  }

  /** Takes a picture back that was not sent. */
  removePicture(id: string): void {
    removePicture(this.#memory, id);
    this.#changed();
  }

  /** Names a picture that was not sent; 80 characters are kept. */
  setLabel(id: string, label: string): void {
    this.#memory.pictures = this.#memory.pictures.map((picture) =>
      picture.id === id ? { ...picture, label: shortened(label, MAX_LABEL) } : picture,
    );
    this.#changed();
  }

  /**
   * Keeps an answer for the case; 400 characters are kept.
   * @throws {TypeError} unless `name` is 1 to 40 of `a-z 0-9 -`
   */
  setAnswer(name: string, value: string): void {
    keepAnswer(this.#memory, name, value);
    this.#changed();
  }

  /** Keeps the notes for the case; 8,000 characters are kept. */
  setNotes(text: string): void {
    keepNotes(this.#memory, text);
    this.#changed();
  }

  /** Puts links on the list; those that are there stay as they are. Answers how many are new. */
  keepLinks(links: readonly string[]): number {
    const fresh = keepLinks(this.#memory, links, this.#parts.now());
    this.#changed();
    return fresh;
  }

  /** Adds what happened to a link of the list. */
  keepEvent(link: string, event: TakedownEvent): void {
    keepEvent(this.#memory, link, event);
    this.#changed();
  }

  /** Takes a link off the list, with all that happened to it. */
  forgetLink(link: string): void {
    forgetLink(this.#memory, link);
    this.#changed();
  }

  /** Keeps a notice as it was sent and answers its id; nothing where the case has no room for it. */
  keepSentText(text: Omit<SentText, 'id'>): string | undefined {
    const id = keepSentText(this.#memory, text);
    this.#changed();
    return id;
  }

  /** Takes a sent text out of the case. */
  dropSentText(id: string): void {
    dropSentText(this.#memory, id);
    this.#changed();
  }

  /** Puts a sent text back that was taken out here. */
  restoreSentText(text: SentText): void {
    restoreSentText(this.#memory, text);
    this.#changed();
  }

  /** Keeps what was answered for all notices. */
  setNotice(notice: Partial<KeptNotice>): void {
    keepNotice(this.#memory, notice);
    this.#changed();
  }

  /** Keeps the list of marked copies for the case; `false`, and nothing is kept, where it is too long. */
  keepCopies(list: string): boolean {
    const kept = keepCopies(this.#memory, list);
    if (kept) this.#changed();
    return kept;
  }

  /** Makes a new code to be shown. Its keys are made meanwhile. */
  makeCode(): Promise<CodeMade> {
    return this.#guarded<CodeMade>('keys', async ({ vault, memory }) => {
      if (memory.case !== undefined) return { ok: false, reason: 'already-open' };
      const shown = await vault.draw();
      memory.code = 'shown';
      return { ok: true, ...shown };
    });
  }

  /** Whether the typed code is the one that was shown. Only then is anything sent. */
  async checkCode(typed: string): Promise<CodeCheck | Refused> {
    if (this.#memory.code === 'none') return { ok: false, reason: 'code-not-checked' };
    return this.#guarded('keys', async ({ vault, memory }) => {
      const check = await vault.check(typed);
      if (check.ok) memory.code = 'checked';
      return check;
    });
  }

  /** Sends the pictures as a new case. */
  send(): Promise<Sent> {
    return this.#guarded('sending', sendCase);
  }

  /** Makes another code for the open case, to be shown. Its keys are made meanwhile, in a vault of their own. */
  makeNextCode(): Promise<CodeMade> {
    return this.#guarded<CodeMade>('keys', async ({ memory, alive }) => {
      if (memory.case === undefined) return { ok: false, reason: 'not-open' };
      this.#next?.vault.dispose();
      const vault = this.#parts.startVault();
      this.#next = { vault, checked: false };
      const shown = await vault.draw();
      alive();
      return { ok: true, ...shown };
    });
  }

  /** Whether the typed code is the other one that was shown. Only then is anything moved to it. */
  async checkNextCode(typed: string): Promise<CodeCheck | Refused> {
    const next = this.#next;
    if (next === undefined) return { ok: false, reason: 'code-not-checked' };
    return this.#guarded('keys', async () => {
      const check = await next.vault.check(typed);
      next.checked = check.ok;
      return check;
    });
  }

  /** Puts the open case under the other code. The old one leads to nothing from then on. */
  changeCode(): Promise<Done> {
    return this.#guarded<Done>('saving', async (work) => {
      const next = this.#next;
      if (next?.checked !== true) return { ok: false, reason: 'code-not-checked' };
      const seed = globalThis.crypto.getRandomValues(new Uint8Array(32));
      const moved = await moveCase(work, next.vault, seed);
      work.alive();
      if (!moved.ok) return moved;
      this.#vault = next.vault;
      this.#next = undefined;
      work.vault.dispose();
      return moved;
    });
  }

  /** Opens the case of a typed code. A wrong code, a lost case and a deleted one are all `not-found`. */
  open(typed: string): Promise<Opened> {
    return this.#guarded('opening', (work) => openCase(work, typed));
  }

  /**
   * Asks for each signal of the case apart. The view fills as the answers come; the first refusal of the net ends it. Where
   * it gives way to what a person presses, it goes on afterwards with what is left.
   */
  async ask(): Promise<Done> {
    const asked = new Set<string>();
    const memory = this.#memory;
    for (;;) {
      const answer = await this.#guarded<Asked>('asking', (work) => askSignals(work, asked));
      if (!answer.ok) return answer;
      if (!answer.gaveWay) return { ok: true };
      do {
        await this.#work;
        await pause(this.#parts);
      } while (this.#memory.busy !== undefined);
      // What was pressed may have been the end of it.
      if (memory !== this.#memory) return { ok: false, reason: 'stopped' };
    }
  }

  /** Saves what changed: new pictures (which are banked), answers and notes. */
  save(): Promise<Sent> {
    return this.#guarded('saving', saveCase);
  }

  /** Who can be written to. */
  helpers(): Promise<Helpers> {
    return this.#guarded<Helpers>('helping', askHelpers);
  }

  /** Begins a thread with a helper and says the first words. */
  startThread(helper: WireHelper, text: string): Promise<Done> {
    return this.#guarded<Done>('helping', (work) => startThread(work, helper, text));
  }

  /** Reads every thread of the case. */
  readThreads(): Promise<Done> {
    return this.#guarded<Done>('asking', readThreads);
  }

  /** Notes that a thread was read to its end; saved with what is saved next. */
  markRead(id: string): void {
    markRead({ memory: this.#memory }, id);
    this.#changed();
  }

  /** Says something in a thread. */
  say(id: string, words: EntryWords): Promise<Done> {
    return this.#guarded<Done>('helping', (work) => say(work, id, words));
  }

  /** Opens items to the helper of a thread until a moment (milliseconds). */
  share(id: string, items: readonly ItemToOpen[], until: number): Promise<Done> {
    return this.#guarded<Done>('helping', (work) => share(work, id, items, until));
  }

  /** Ends a share now. */
  endShare(id: string, name: string): Promise<Done> {
    return this.#guarded<Done>('helping', (work) => endShare(work, id, name));
  }

  /** Gives a thread to another helper, or to a new key of the same. */
  moveThread(id: string, helper: WireHelper): Promise<Done> {
    return this.#guarded<Done>('helping', (work) => moveThread(work, id, helper));
  }

  /** Ends a thread and what is open in it; what was written stays readable. */
  closeThread(id: string): Promise<Done> {
    return this.#guarded<Done>('helping', (work) => closeThread(work, id));
  }

  /** Erases a thread for both sides. */
  eraseThread(id: string): Promise<Done> {
    return this.#guarded<Done>('helping', (work) => eraseThread(work, id));
  }

  /** Five words of a helper's key, to be compared aloud; nothing where the key has not the form. */
  async keyWords(party: WireHelper['party']): Promise<readonly string[]> {
    this.#vault ??= this.#parts.startVault();
    try {
      return await this.#vault.keyWords(party as Party);
    } catch {
      return [];
    }
  }

  /** Sets recovery up and answers the three shares, which are nowhere else. */
  setUpRecovery(): Promise<SharesMade> {
    return this.#guarded<SharesMade>('recovering', setUpRecovery);
  }

  /** Whether anybody asked for the recovery of this case. */
  watchRecovery(): Promise<Done> {
    return this.#guarded<Done>('asking', watchRecovery);
  }

  /** Stops a request for recovery that stands. */
  cancelRecovery(): Promise<Done> {
    return this.#guarded<Done>('recovering', cancelRecovery);
  }

  /** Takes recovery back for good. */
  endRecovery(): Promise<Done> {
    return this.#guarded<Done>('recovering', endRecovery);
  }

  /** Who of this node's helpline may open a part. */
  askPartHelpers(): Promise<PartHelpers> {
    return this.#guarded<PartHelpers>('asking', askPartHelpers);
  }

  /** Gives the helpline's part to this node's helpline, sealed to `helpers`. */
  giveLinePart(shares: readonly ShownShare[], helpers: readonly WireHelper[]): Promise<Done> {
    return this.#guarded<Done>('recovering', (work) => giveLinePart(work, shares, helpers));
  }

  /** The words that call for the part at the helpline, from a typed part; no case need be open. */
  callForPart(typed: string): Promise<CallWords | Refused> {
    return this.#guarded<CallWords>('recovering', (work) => callForPart(work, typed));
  }

  /** Asks for a recovery with two typed shares, or all three; no case need be open. */
  askRecovery(typed: readonly string[]): Promise<RecoveryAsked> {
    return this.#guarded<RecoveryAsked>('recovering', (work) => askRecovery(work, typed));
  }

  /** Whether the node watches addresses, and what it tells a site of itself. */
  watchOffer(): Promise<Offer> {
    return this.#guarded<Offer>('asking', askOffer);
  }

  /** Has a link of the case watched for these pictures. */
  startWatch(link: string, pictures: readonly string[]): Promise<Done> {
    return this.#guarded<Done>('watching', (work) => startWatch(work, link, pictures));
  }

  /** Asks how each watch stands. */
  readWatches(): Promise<Done> {
    return this.#guarded<Done>('asking', readWatches);
  }

  /** Ends the watch of a link; the node erases it. */
  endWatch(link: string): Promise<Done> {
    return this.#guarded<Done>('watching', (work) => endWatch(work, link));
  }

  /** Withdraws the signals of one picture, and takes them out of the case. */
  async withdrawPicture(picture: string): Promise<Withdrawn> {
    const count: WithdrawalCount = { done: 0, of: 0 };
    const answer = await this.#guarded<Withdrawn>('withdrawing', (work) =>
      withdrawSignals(work, (signal) => signal.picture === picture, false, count),
    );
    return answer.ok ? answer : { ...answer, withdrawn: count.done, of: count.of };
  }

  /** Withdraws every signal, each by its capability, and then deletes the case. */
  async withdrawAll(): Promise<Withdrawn> {
    const count: WithdrawalCount = { done: 0, of: 0 };
    const answer = await this.#guarded<Withdrawn>('withdrawing', (work) =>
      withdrawSignals(work, () => true, true, count),
    );
    if (!answer.ok) return { ...answer, withdrawn: count.done, of: count.of };
    this.#forget();
    this.#memory.withdrawn = true;
    this.#changed();
    return answer;
  }

  /** Runs work of the evidence desk that needs the keys of the open case, as one piece of work like any other. */
  withRecord<T>(run: (work: Work) => Promise<T | Refused>): Promise<T | Refused> {
    return this.#guarded<T | Refused>('evidence', async (work) =>
      work.memory.case === undefined ? { ok: false, reason: 'not-open' } : run(work),
    );
  }

  /** Has a lock ask `unkept` for what the desk of evidence holds and the node has not. */
  holdEvidence(unkept: () => UnkeptRecord): void {
    this.#unkept = unkept;
  }

  /** Fetches what seals evidence, while there is a network. Where it does not come, a lock says that it could not seal. */
  async readyForEvidence(): Promise<void> {
    this.#vault ??= this.#parts.startVault();
    try {
      await this.#vault.readyRecords();
    } catch {
      // Asked again with the next desk.
    }
  }

  /** Notes what is being typed into a form, so that a lock seals it with the rest. Empty: nothing any more. */
  setDraft(form: string, text: string): void {
    keepDraft(this.#memory, form, text);
    this.#watch();
  }

  /** What was being typed into a form, before a lock or a step back. */
  draft(form: string): string | undefined {
    return this.#memory.drafts.get(form);
  }

  /** Whether a lock kept evidence that no desk has taken yet. */
  get holdsRecord(): boolean {
    return this.#memory.record !== undefined;
  }

  /** Hands over, once, the evidence that a lock kept. */
  takeRecord(): EvidenceRecord | undefined {
    const { record } = this.#memory;
    this.#memory.record = undefined;
    return record;
  }

  /** Forgets keys and plain text now. Unsent work is kept sealed where there is a code to open it again. */
  async lock(): Promise<void> {
    if (!holdsAnything(this.#memory) || this.#memory.hiding) return;
    this.#locking = this.#lock(this.#memory);
    await this.#locking;
  }

  async #lock(memory: SessionMemory): Promise<void> {
    const vault = this.#vault;
    const { under18, unsaved } = this.#view;
    // Before the view changes: the desk of evidence forgets with it.
    const unkept = this.#unkept() ?? memory.record;
    const drafts = [...memory.drafts];
    // What is on the screen goes at once; sealing may have to wait for the keys.
    memory.hiding = true;
    this.#changed();
    let kept: string | undefined;
    let keptRecord: string | undefined;
    if (vault !== undefined && memory.code !== 'none' && unsaved) {
      try {
        const sealing = await vault.seal(await unsentOf({ vault, memory, parts: this.#parts }));
        kept = sealing.ok ? sealing.sealed : undefined;
      } catch {
        // No memory, or the vault ended meanwhile: then it is forgotten, which is the safer side.
      }
    }
    if (vault !== undefined && memory.code !== 'none' && typeof unkept === 'object') {
      try {
        keptRecord = await vault.sealRecord(unkept);
      } catch {
        // As above.
      }
    }
    let keptDrafts: string | undefined;
    if (vault !== undefined && memory.code !== 'none' && drafts.length > 0) {
      try {
        keptDrafts = await vault.sealText(JSON.stringify(drafts));
      } catch {
        // As above.
      }
    }
    if (memory !== this.#memory) return;
    const locked =
      memory.case !== undefined || [kept, keptRecord, keptDrafts].some((sealed) => sealed !== undefined);
    const lostDrafts = drafts.length > 0 && keptDrafts === undefined;
    const lost = (unsaved && kept === undefined) || (lostDrafts && memory.code === 'none');
    this.#forget();
    Object.assign(this.#memory, {
      kept,
      keptRecord,
      keptDrafts,
      under18,
      locked,
      lost,
      lostProof: !lost && ((unkept !== undefined && keptRecord === undefined) || lostDrafts),
    } satisfies Partial<SessionMemory>);
    this.#changed();
  }

  /** Forgets everything, at once and without waiting for anything. */
  wipe(): void {
    this.#forget();
    this.#changed();
  }

  #forget(): void {
    this.#vault?.dispose();
    this.#vault = undefined;
    this.#next?.vault.dispose();
    this.#next = undefined;
    this.#clock.rest();
    empty(this.#memory);
    this.#memory = emptyMemory();
  }

  #changed(): void {
    this.#view = viewOf(this.#memory);
    this.#watch();
    for (const listener of [...this.#listeners]) listener(this.#view);
  }

  #watch(): void {
    if (!holdsAnything(this.#memory) || this.#memory.hiding) this.#clock.rest();
    else this.#clock.watch(this.#memory.lockWarning);
  }

  /** Runs one piece of work at a time; everything that it changes is told when it ends. */
  async #guarded<T>(what: Busy['what'], run: (work: Work) => Promise<T>): Promise<T | Refused> {
    // Who types the code while a lock still seals waits for it.
    if (this.#memory.hiding) await this.#locking;
    // Keeping evidence and asking go on by themselves: who presses something meanwhile waits for them and is not sent away.
    while (goesOnByItself(this.#memory.busy?.what, what)) {
      this.#waiting += 1;
      try {
        await this.#work;
      } finally {
        this.#waiting -= 1;
      }
    }
    const memory = this.#memory;
    if (memory.busy !== undefined) return { ok: false, reason: 'busy' };
    // A person asked for it, except where a page asks again by itself.
    if (what !== 'asking' && what !== 'evidence') this.#clock.touch();
    const alive = () => {
      if (memory !== this.#memory) throw new VaultGone('stopped');
    };
    const progress = (done: number, of: number) => {
      alive();
      memory.busy = { what, done, of };
      this.#changed();
    };
    this.#vault ??= this.#parts.startVault();
    memory.busy = { what, done: 0, of: 0 };
    let ended = () => {};
    this.#work = new Promise((resolve) => {
      ended = resolve;
    });
    const isInTheWay = () => this.#waiting > 0;
    this.#changed();
    try {
      const answer = await run({
        parts: this.#parts,
        vault: this.#vault,
        memory,
        alive,
        progress,
        isInTheWay,
      });
      alive();
      return answer;
    } catch (error) {
      if (!(error instanceof VaultGone)) throw error;
      return { ok: false, reason: error.reason };
    } finally {
      if (memory === this.#memory) {
        memory.busy = undefined;
        this.#changed();
      }
      ended();
    }
  }
}

/** Whether work that runs gives way to work that is wanted. One asking does not wait for another. */
function goesOnByItself(running: Busy['what'] | undefined, wanted: Busy['what']): boolean {
  return running === 'evidence' || (running === 'asking' && wanted !== 'asking');
}

/** A visit that has not begun. */
export function createSession(parts: SessionParts): PortalSession {
  return new PortalSession(parts);
}
