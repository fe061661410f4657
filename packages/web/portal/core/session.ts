/**
 * A visit to the portal, in memory only: no storage of the browser is touched, and leaving leaves nothing behind.
 *
 * States and what leads from one to the next:
 *
 *     empty ──addPicture, setNotes, setAnswer, makeCode──▶ draft ──send──▶ open
 *     empty, draft, locked ──open──▶ open          (a draft's pictures come along, unsent)
 *     draft, open ──lock (or 10 idle minutes)──▶ locked    (unsent work is kept, sealed to the case's own recipient)
 *     draft without a code ──lock──▶ empty         (there is no key to seal it with: it is gone)
 *     open ──withdrawAll──▶ withdrawn
 *     any ──wipe──▶ empty                          (at once; what is still going on ends as `stopped`)
 *
 * The node is never told which signals belong together beyond the moment of sending: each is asked for and withdrawn by
 * its own capability, one after another, in a random order, with short pauses.
 *
 * What may happen twice: a request whose answer was lost. `send` repeats the very same capabilities, and where the node
 * says that there is a case under this code it opens that and lays what is missing upon it; `save` lays its changes upon
 * whatever the node holds. So nothing is banked twice and nothing is lost between two tabs.
 * @module
 */

import type { Kept, Proof } from '@reclaim/casework/wire-case';
import type { PdqSignal, Sha256Signal, Signal } from '@reclaim/fingerprint/signal';
import {
  type CaseDocument,
  type CaseSignal,
  EMPTY_CASE,
  MAX_ANSWER,
  MAX_LABEL,
  MAX_NOTES,
  MAX_SIGNALS,
} from '@reclaim/vault/case-document';
import { applyChanges, type CaseChanges, hasChanges, NO_CHANGES } from './case-changes.ts';
import type { ApiResult, NodeApi } from './node-api.ts';
import type {
  Busy,
  CodeMade,
  Done,
  Opened,
  PictureView,
  ReceiptView,
  Refused,
  Sent,
  SessionView,
  SignalView,
  Under18,
  Withdrawn,
} from './session-state.ts';
import { type Vault, VaultGone } from './vault-client.ts';
import type { CodeCheck, OwnedCapability } from './vault-desk.ts';

/** Milliseconds without a key or a touch after which the session locks. */
export const IDLE_MS = 10 * 60_000;

/** Milliseconds before the lock at which `lockWarning` begins. */
export const WARNING_MS = 2 * 60_000;

/** How often a saving that met another one is laid anew upon the other's result. */
const SAVE_TRIES = 4;

const DAY_MS = 86_400_000;

/** What a session needs of the world; `browserParts` in `browser-session.ts` has the real ones. */
export type SessionParts = {
  readonly api: NodeApi;
  readonly startVault: () => Vault;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Calls back after so many milliseconds; answers what calls it off. */
  readonly after: (ms: number, then: () => void) => () => void;
  /** A number from 0 to 1, for the order and the pauses of asking. */
  readonly random: () => number;
  readonly idleMs?: number;
  /** Longest pause between two questions, in milliseconds. */
  readonly askGapMs?: number;
};

/** A picture to be added: at least one of its signals. */
export type NewPicture = {
  readonly label: string;
  readonly pdq?: PdqSignal;
  readonly sha256?: Sha256Signal;
};

type Sealed = { readonly document: CaseDocument; readonly version: number };

/** One visit. Made by `createSession`. */
export class PortalSession {
  readonly #parts: SessionParts;
  readonly #listeners = new Set<(view: SessionView) => void>();
  /** Rises whenever everything is forgotten: work that began before ends without touching what is now. */
  #epoch = 0;
  #vault: Vault | undefined;
  #view: SessionView;
  #under18: Under18 = 'unasked';
  #pictures: readonly PictureView[] = [];
  #code: SessionView['code'] = 'none';
  #changes: CaseChanges = NO_CHANGES;
  #case: Sealed | undefined;
  #receipts = new Map<string, ReceiptView>();
  /** The capabilities drawn for pictures not sent yet, by picture and kind: a repeated sending repeats them. */
  #owned = new Map<string, OwnedCapability>();
  /** Unsent work of a locked session, sealed. */
  #kept: string | undefined;
  #locked = false;
  /** While a lock seals what is unsent, the view shows nothing any more. */
  #hiding = false;
  #locking: Promise<void> = Promise.resolve();
  #withdrawn = false;
  #busy: Busy | undefined;
  #lastTouch: number;
  #lockWarning = false;
  #callOff: () => void = () => {};

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#lastTouch = parts.now();
    this.#view = this.#look();
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
    const now = this.#parts.now();
    if (this.#holds() && now - this.#lastTouch >= this.#idleMs()) {
      void this.lock();
      return;
    }
    this.#lastTouch = now;
    if (this.#lockWarning) {
      this.#lockWarning = false;
      this.#changed();
    } else this.#watch();
  }

  /** Sets the answer to the age question. Anything but `no` forgets the pictures that are not sent. */
  setUnder18(answer: Exclude<Under18, 'unasked'>): void {
    this.#under18 = answer;
    if (answer !== 'no') {
      this.#pictures = [];
      this.#owned.clear();
    }
    this.#changed();
  }

  /** Adds a picture to what will be sent. */
  addPicture(
    picture: NewPicture,
  ): { readonly ok: true; readonly id: string } | Refused<'under-18' | 'too-many' | 'nothing-to-send'> {
    if (this.#under18 !== 'no') return { ok: false, reason: 'under-18' };
    const fresh = [picture.pdq, picture.sha256].filter((signal) => signal !== undefined);
    if (fresh.length === 0) return { ok: false, reason: 'nothing-to-send' };
    const waiting = this.#pictures.flatMap(signalsOfPicture);
    const there = this.#document().signals.length;
    if (there + waiting.length + fresh.length > MAX_SIGNALS) return { ok: false, reason: 'too-many' };
    const id = `p-${Math.floor(this.#parts.random() * 2 ** 48).toString(16)}-${this.#pictures.length}`;
    this.#pictures = [...this.#pictures, { ...picture, id, label: shortened(picture.label, MAX_LABEL) }];
    this.#withdrawn = false;
    this.#changed();
    return { ok: true, id };
  }

  /** Takes a picture back that was not sent. */
  removePicture(id: string): void {
    this.#pictures = this.#pictures.filter((picture) => picture.id !== id);
    for (const kind of ['pdq', 'sha256']) this.#owned.delete(`${id} ${kind}`);
    this.#changed();
  }

  /** Names a picture that was not sent; 80 characters are kept. */
  setLabel(id: string, label: string): void {
    this.#pictures = this.#pictures.map((picture) =>
      picture.id === id ? { ...picture, label: shortened(label, MAX_LABEL) } : picture,
    );
    this.#changed();
  }

  /**
   * Keeps an answer for the case; 400 characters are kept.
   * @throws {TypeError} unless `name` is 1 to 40 of `a-z 0-9 -`
   */
  setAnswer(name: string, value: string): void {
    if (!/^[a-z0-9-]{1,40}$/.test(name)) throw new TypeError('answer: expected a name of a-z 0-9 -');
    const answers = { ...this.#changes.answers, [name]: shortened(value, MAX_ANSWER) };
    this.#changes = { ...this.#changes, answers };
    this.#changed();
  }

  /** Keeps the notes for the case; 8,000 characters are kept. */
  setNotes(text: string): void {
    const before = this.#changes.notes?.before ?? this.#case?.document.notes ?? '';
    this.#changes = { ...this.#changes, notes: { before, now: shortened(text, MAX_NOTES) } };
    this.#changed();
  }

  /** Makes a new code to be shown. Its keys are made meanwhile. */
  makeCode(): Promise<CodeMade> {
    return this.#guarded<CodeMade>('keys', async (vault) => {
      if (this.#case !== undefined) return { ok: false, reason: 'already-open' };
      const shown = await vault.draw();
      this.#code = 'shown';
      return { ok: true, ...shown };
    });
  }

  /** Whether the typed code is the one that was shown. Only then is anything sent. */
  async checkCode(typed: string): Promise<CodeCheck | Refused> {
    if (this.#code === 'none') return { ok: false, reason: 'code-not-checked' };
    return this.#guarded('keys', async (vault) => {
      const check = await vault.check(typed);
      if (check.ok) this.#code = 'checked';
      return check;
    });
  }

  /** Sends the pictures as a new case. */
  send(): Promise<Sent> {
    return this.#guarded<Sent>('sending', async (vault, alive) => {
      if (this.#under18 !== 'no') return { ok: false, reason: 'under-18' };
      if (this.#case !== undefined) return this.#save(vault, alive);
      if (this.#code !== 'checked') return { ok: false, reason: 'code-not-checked' };
      if (this.#pictures.length === 0) return { ok: false, reason: 'nothing-to-send' };
      const names = await vault.names();
      const { signals, owned } = await this.#prepare(vault);
      const document = applyChanges(EMPTY_CASE, { ...this.#changes, added: signals });
      const sealing = await vault.seal(document);
      if (!sealing.ok) return sealing;
      const kept = await this.#proved(vault, alive, (proof) =>
        this.#parts.api.newCase({
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
        const read = await this.#read(vault, alive);
        if (!read.ok) return read;
        this.#case = read;
        return this.#save(vault, alive);
      }
      if (!kept.ok) return kept;
      return this.#settle(vault, alive, document, signals, kept.value);
    });
  }

  /** Opens the case of a typed code. A wrong code, a lost case and a deleted one are all `not-found`. */
  open(typed: string): Promise<Opened> {
    return this.#guarded<Opened>('opening', async (vault, alive) => {
      if (this.#case !== undefined) return { ok: false, reason: 'already-open' };
      const entered = await vault.enter(typed);
      if (!entered.ok) return entered;
      // The vault has the typed code now: nothing may be sent under it as if it were the one that was shown.
      this.#code = 'none';
      const read = await this.#read(vault, alive);
      alive();
      // A session that was locked before its first sending has no case yet; what was kept opens with its code.
      const kept = this.#kept === undefined ? undefined : await vault.unseal(this.#kept);
      alive();
      if (!read.ok && !(read.reason === 'not-found' && kept?.ok)) return read;
      this.#case = read.ok ? { document: read.document, version: read.version } : undefined;
      this.#code = 'checked';
      this.#receipts.clear();
      this.#withdrawn = false;
      if (kept?.ok) {
        await this.#restore(vault, kept.document);
        alive();
      }
      return { ok: true };
    });
  }

  /** Asks for each signal of the case apart. The view fills as the answers come; the first refusal of the net ends it. */
  ask(): Promise<Done> {
    return this.#guarded<Done>('asking', async (_, alive) => {
      const { signals } = this.#document();
      if (this.#case === undefined) return { ok: false, reason: 'not-open' };
      let done = 0;
      for (const { capability } of shuffled(signals, this.#parts.random)) {
        if (done > 0) await this.#pause();
        const answer = await this.#parts.api.askSignal(capability);
        alive();
        const at = this.#parts.now();
        const view: ReceiptView = answer.ok
          ? { kind: 'answered', receipt: answer.value, at }
          : answer.reason === 'not-found'
            ? { kind: 'gone', at }
            : { kind: 'unknown', reason: answer.reason };
        this.#receipts.set(capability, view);
        done += 1;
        this.#progress(done, signals.length);
        if (!answer.ok && (answer.reason === 'offline' || answer.reason === 'limited')) return answer;
      }
      return { ok: true };
    });
  }

  /** Saves what changed: new pictures (which are banked), answers and notes. */
  save(): Promise<Sent> {
    return this.#guarded<Sent>('saving', (vault, alive) => this.#save(vault, alive));
  }

  /** Withdraws the signals of one picture, and takes them out of the case. */
  withdrawPicture(picture: string): Promise<Withdrawn> {
    return this.#withdraw((signal) => signal.picture === picture, false);
  }

  /** Withdraws every signal, each by its capability, and then deletes the case. */
  withdrawAll(): Promise<Withdrawn> {
    return this.#withdraw(() => true, true);
  }

  /** Forgets keys and plain text now. Unsent work is kept sealed where there is a code to open it again. */
  async lock(): Promise<void> {
    if (!this.#holds() || this.#hiding) return;
    this.#locking = this.#lock();
    await this.#locking;
  }

  async #lock(): Promise<void> {
    const vault = this.#vault;
    const epoch = this.#epoch;
    const { under18, unsaved } = this.#view;
    // What is on the screen goes at once; sealing may have to wait for the keys.
    this.#hiding = true;
    this.#changed();
    let kept: string | undefined;
    if (vault !== undefined && this.#code !== 'none' && unsaved) {
      try {
        const sealing = await vault.seal(await this.#unsent(vault));
        kept = sealing.ok ? sealing.sealed : undefined;
      } catch {
        // No memory, or the vault ended meanwhile: then it is forgotten, which is the safer side.
      }
    }
    if (epoch !== this.#epoch) return;
    const returns = this.#case !== undefined || kept !== undefined;
    this.#forget();
    this.#kept = kept;
    this.#under18 = under18;
    this.#locked = returns;
    this.#changed();
  }

  /** Forgets everything, at once and without waiting for anything. */
  wipe(): void {
    this.#forget();
    this.#changed();
  }

  #forget(): void {
    this.#epoch += 1;
    this.#vault?.dispose();
    this.#vault = undefined;
    this.#callOff();
    this.#under18 = 'unasked';
    this.#pictures = [];
    this.#code = 'none';
    this.#changes = NO_CHANGES;
    this.#case = undefined;
    this.#receipts.clear();
    this.#owned.clear();
    this.#kept = undefined;
    this.#withdrawn = false;
    this.#busy = undefined;
    this.#lockWarning = false;
    this.#locked = false;
    this.#hiding = false;
  }

  /** Whether there is anything that a lock would hide. */
  #holds(): boolean {
    return this.#case !== undefined || this.#code !== 'none' || this.#draft();
  }

  #draft(): boolean {
    return this.#pictures.length > 0 || hasChanges(this.#changes);
  }

  #document(): CaseDocument {
    return this.#case?.document ?? EMPTY_CASE;
  }

  #idleMs(): number {
    return this.#parts.idleMs ?? IDLE_MS;
  }

  #look(): SessionView {
    const document = applyChanges(this.#document(), this.#changes);
    const kind = this.#case
      ? 'open'
      : this.#locked
        ? 'locked'
        : this.#withdrawn
          ? 'withdrawn'
          : this.#holds()
            ? 'draft'
            : 'empty';
    const signals = this.#document().signals.map(({ capability, ...signal }): SignalView => {
      return { ...signal, receipt: this.#receipts.get(capability) ?? { kind: 'unasked' } };
    });
    const hidden = { kind: 'locked', pictures: [], signals: [], answers: {}, notes: '' } as const;
    return Object.freeze({
      kind,
      under18: this.#under18,
      pictures: this.#pictures,
      signals,
      answers: document.answers,
      notes: document.notes,
      code: this.#code,
      busy: this.#busy,
      unsaved: this.#draft(),
      lockWarning: this.#lockWarning,
      ...(this.#hiding ? hidden : {}),
    });
  }

  #changed(): void {
    this.#view = this.#look();
    this.#watch();
    for (const listener of [...this.#listeners]) listener(this.#view);
  }

  /** One timer: to the warning, or from the warning to the lock. */
  #watch(): void {
    this.#callOff();
    this.#callOff = () => {};
    if (!this.#holds() || this.#hiding) return;
    const idle = this.#parts.now() - this.#lastTouch;
    const warningAt = this.#idleMs() - Math.min(WARNING_MS, this.#idleMs() / 2);
    const wait = (this.#lockWarning ? this.#idleMs() : warningAt) - idle;
    this.#callOff = this.#parts.after(Math.max(0, wait), () => {
      if (this.#parts.now() - this.#lastTouch >= this.#idleMs()) {
        void this.lock();
        return;
      }
      this.#lockWarning = true;
      this.#changed();
    });
  }

  #progress(done: number, of: number): void {
    if (this.#busy === undefined) return;
    this.#busy = { ...this.#busy, done, of };
    this.#changed();
  }

  #pause(): Promise<void> {
    const gap = this.#parts.askGapMs ?? 400;
    return new Promise((resolve) => {
      this.#parts.after(Math.round(this.#parts.random() * gap), resolve);
    });
  }

  /**
   * Runs one piece of work at a time. `alive` is called after each wait: it ends the work where everything was forgotten
   * meanwhile.
   */
  async #guarded<T>(
    what: Busy['what'],
    work: (vault: Vault, alive: () => void) => Promise<T>,
  ): Promise<T | Refused> {
    // Who types the code while a lock still seals waits for it.
    if (this.#hiding) await this.#locking;
    if (this.#busy !== undefined) return { ok: false, reason: 'busy' };
    // A person asked for it, except where a page asks again by itself.
    if (what !== 'asking') this.#lastTouch = this.#parts.now();
    const epoch = this.#epoch;
    const alive = () => {
      if (epoch !== this.#epoch) throw new VaultGone('stopped');
    };
    this.#vault ??= this.#parts.startVault();
    this.#busy = { what, done: 0, of: 0 };
    this.#changed();
    try {
      const answer = await work(this.#vault, alive);
      alive();
      return answer;
    } catch (error) {
      if (!(error instanceof VaultGone)) throw error;
      return { ok: false, reason: error.reason };
    } finally {
      if (epoch === this.#epoch) {
        this.#busy = undefined;
        this.#changed();
      }
    }
  }

  /** A request with a fresh proof of work; a proof that the node finds too old is made once more. */
  async #proved<T>(
    vault: Vault,
    alive: () => void,
    request: (proof: Proof) => Promise<ApiResult<T>>,
  ): Promise<ApiResult<T>> {
    for (let again = true; ; again = false) {
      const puzzle = await this.#parts.api.challenge();
      alive();
      if (!puzzle.ok) return puzzle;
      const { challenge, bits } = puzzle.value;
      const nonce = await vault.solve(challenge, bits);
      alive();
      const answer = await request({ challenge, nonce });
      alive();
      if (answer.ok || answer.reason !== 'proof' || !again) return answer;
    }
  }

  /** The case as the node holds it now. */
  async #read(vault: Vault, alive: () => void): Promise<({ readonly ok: true } & Sealed) | Refused> {
    const { lookupId, authKey } = await vault.names();
    const answer = await this.#proved(vault, alive, (proof) =>
      this.#parts.api.openCase({ proof, lookupId, authKey }),
    );
    if (!answer.ok) return answer;
    const opening = await vault.unseal(answer.value.sealed);
    alive();
    if (!opening.ok) return { ok: false, reason: opening.reason === 'newer' ? 'newer' : 'unreadable' };
    return { ok: true, document: opening.document, version: answer.value.version };
  }

  /** The signals of the pictures that wait, with their capabilities; drawn once, whatever happens to the sending. */
  async #prepare(vault: Vault) {
    const bankedAt = Math.floor(this.#parts.now() / DAY_MS) * DAY_MS;
    const drafts = this.#pictures.flatMap((picture) =>
      signalsOfPicture(picture).map((signal) => ({ picture, signal, name: `${picture.id} ${signal.kind}` })),
    );
    const missing = drafts.filter(({ name }) => !this.#owned.has(name));
    const drawn = await vault.own(missing.length);
    for (const [at, { name }] of missing.entries()) {
      const capability = drawn[at];
      if (capability !== undefined) this.#owned.set(name, capability);
    }
    const signals: CaseSignal[] = [];
    const owned: { signal: Signal; capabilitySha256: string }[] = [];
    for (const { picture, signal, name } of drafts) {
      const own = this.#owned.get(name);
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
  async #save(vault: Vault, alive: () => void): Promise<Sent> {
    if (this.#case === undefined) return { ok: false, reason: 'not-open' };
    if (this.#pictures.length > 0 && this.#under18 !== 'no') return { ok: false, reason: 'under-18' };
    const { signals, owned } = await this.#prepare(vault);
    const names = await vault.names();
    for (let tries = 1; ; tries++) {
      const { document: base, version }: Sealed = this.#case;
      const document = applyChanges(base, { ...this.#changes, added: signals });
      if (document.signals.length > MAX_SIGNALS) return { ok: false, reason: 'too-many' };
      const there = new Set(base.signals.map(({ capability }) => capability));
      const fresh = owned.filter((_, at) => !there.has(signals[at]!.capability));
      const sealing = await vault.seal(document);
      if (!sealing.ok) return sealing;
      const kept = await this.#proved(vault, alive, (proof) =>
        this.#parts.api.saveCase({
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
        const settled = await this.#settle(vault, alive, document, sent, kept.value);
        if (!settled.ok) return settled;
        const before = signals.filter(({ capability }) => there.has(capability));
        const again = before.map(({ picture, kind }) => ({ picture, kind, result: 'sent-before' as const }));
        return { ok: true, signals: [...again, ...settled.signals] };
      }
      if (kept.reason !== 'version' || tries === SAVE_TRIES) return kept;
      const read = await this.#read(vault, alive);
      if (!read.ok) return read;
      this.#case = { document: read.document, version: read.version };
    }
  }

  /** Takes over what the node kept. Signals that it did not bank are taken out of the case again. */
  async #settle(
    vault: Vault,
    alive: () => void,
    document: CaseDocument,
    sent: readonly CaseSignal[],
    kept: Kept,
  ): Promise<Sent> {
    if (kept.signals.length !== sent.length) return { ok: false, reason: 'bad-answer' };
    const results = sent.map(({ picture, kind }, at) => ({ picture, kind, result: kept.signals[at]! }));
    this.#case = { document, version: kept.version };
    this.#pictures = [];
    this.#owned.clear();
    const refused = sent.filter((_, at) => kept.signals[at] !== 'banked').map(({ capability }) => capability);
    this.#changes = { ...NO_CHANGES, withdrawn: new Set(refused) };
    // Should this saving not succeed, the next one takes them out.
    if (refused.length > 0) await this.#save(vault, alive);
    return { ok: true, signals: results };
  }

  #withdraw(which: (signal: CaseSignal) => boolean, all: boolean): Promise<Withdrawn> {
    let done = 0;
    let of = 0;
    const attempt = this.#guarded<Withdrawn>('withdrawing', async (vault, alive) => {
      if (this.#case === undefined) return { ok: false, reason: 'not-open', withdrawn: 0, of: 0 };
      // What another tab or device added since must be withdrawn too.
      const read = await this.#read(vault, alive);
      if (read.ok) this.#case = { document: read.document, version: read.version };
      else if (read.reason !== 'not-found') return { ...read, withdrawn: 0, of: 0 };
      const signals = this.#document().signals.filter(which);
      of = signals.length;
      for (const { capability } of shuffled(signals, this.#parts.random)) {
        if (done > 0) await this.#pause();
        alive();
        const answer = await this.#parts.api.withdraw(capability);
        alive();
        // What is not there any more is withdrawn.
        if (!answer.ok && answer.reason !== 'not-found') return { ...answer, withdrawn: done, of };
        this.#receipts.set(capability, { kind: 'gone', at: this.#parts.now() });
        done += 1;
        this.#progress(done, of);
      }
      if (all) {
        const { lookupId, authKey } = await vault.names();
        const deleted = await this.#parts.api.deleteCase({ lookupId, authKey });
        alive();
        if (!deleted.ok && deleted.reason !== 'not-found') return { ...deleted, withdrawn: done, of };
      } else {
        const withdrawn = new Set([
          ...this.#changes.withdrawn,
          ...signals.map(({ capability }) => capability),
        ]);
        this.#changes = { ...this.#changes, withdrawn };
        const saved = await this.#save(vault, alive);
        if (!saved.ok) return { ...saved, withdrawn: done, of };
      }
      return { ok: true, withdrawn: done, caseDeleted: all, at: this.#parts.now() };
    });
    return attempt.then((answer) => {
      if (!answer.ok) return { ...answer, withdrawn: done, of };
      if (all) {
        this.#forget();
        this.#withdrawn = true;
        this.#changed();
      }
      return answer;
    });
  }

  /** Unsent work as a document of its own: new signals, changed answers, and the notes where they changed. */
  async #unsent(vault: Vault): Promise<CaseDocument> {
    const { signals } = await this.#prepare(vault);
    const { notes, answers } = this.#changes;
    return {
      ...EMPTY_CASE,
      signals,
      answers: notes === undefined ? answers : { ...answers, [NOTES_CHANGED]: 'yes' },
      notes: notes?.now ?? '',
    };
  }

  /** Puts unsent work back, with the capabilities that an unanswered sending may already have used. */
  async #restore(vault: Vault, { signals, answers, notes }: CaseDocument): Promise<void> {
    const owned = await vault.reown(signals.map(({ capability }) => capability));
    const { [NOTES_CHANGED]: changed, ...others } = answers;
    const before = this.#document().notes;
    this.#changes = {
      ...NO_CHANGES,
      answers: others,
      ...(changed === undefined ? {} : { notes: { before, now: notes } }),
    };
    const pictures = new Map<string, PictureView>();
    for (const [at, { picture, label, kind, signal }] of signals.entries()) {
      if (signal === undefined) continue;
      this.#owned.set(`${picture} ${kind}`, owned[at]!);
      const before = pictures.get(picture) ?? { id: picture, label };
      pictures.set(
        picture,
        signal.kind === 'pdq' ? { ...before, pdq: signal } : { ...before, sha256: signal },
      );
    }
    this.#pictures = [...pictures.values(), ...this.#pictures];
    this.#kept = undefined;
    this.#locked = false;
  }
}

/** The name under which a locked session remembers that the notes were changed; no question has it. */
const NOTES_CHANGED = '-notes-changed';

/** A visit that has not begun. */
export function createSession(parts: SessionParts): PortalSession {
  return new PortalSession(parts);
}

function signalsOfPicture({ pdq, sha256 }: NewPicture): readonly Signal[] {
  return [...(pdq ? [pdq] : []), ...(sha256 ? [sha256] : [])];
}

function shortened(text: string, most: number): string {
  return text.slice(0, most).toWellFormed();
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  const order = [...items];
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return order;
}
