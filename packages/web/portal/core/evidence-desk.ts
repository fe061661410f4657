/**
 * The desk of evidence: what a person adds, at their own pace, in the memory of this page.
 *
 * States of what it holds: *none* (no case is open: it is in this page and nowhere else) → *unsaved* → *kept* (the record
 * lies sealed with the node). A lock seals what is unsaved with the rest of the session's unsent work, and the next desk
 * takes it up again. Files of pictures never leave the page but into a package that the person saves; after a
 * lock or a new visit they are shown the file again, and are known by their SHA-256.
 *
 * Each change is a function of a record, so that a saving that met another tab's is laid upon its result. Stamps are of one
 * chain: laid upon another they are asked for anew.
 * @module
 */

import { type AdultItem, filesOf, type ItemFile } from '@reclaim/vault/evidence/evidence-item';
import type { EvidenceRecord } from '@reclaim/vault/evidence/evidence-record';
import { newItem, newMinorItem } from '@reclaim/vault/evidence/new-item';
import {
  addItem,
  beginRecord,
  type Changed,
  eraseItem,
  type Hand,
  keepAnswer,
  noteDeed,
} from '@reclaim/vault/evidence/record-changes';
import { layTail } from '@reclaim/vault/evidence/record-tail';
import { blobSource, digestSource } from '@reclaim/vault/package/file-digest';
import { breathe, readNewFile, withMailHeaders } from './evidence-files.ts';
import { type HeldRecord, readHeld, saveHeld } from './evidence-keeping.ts';
import { enterLook, isEntered, looksOf } from './evidence-opening.ts';
import { askStamps, type KnownAuthority, knownAuthorities, type StampWorld } from './evidence-stamps.ts';
import type { EvidenceDone, EvidenceView, NewEvidence } from './evidence-state.ts';
import { evidenceView } from './evidence-view.ts';
import type { PortalSession } from './session.ts';
import type { UnkeptRecord } from './session-core.ts';

/** What the desk needs of the world. */
export type EvidenceParts = StampWorld & {
  readonly session: () => Promise<PortalSession>;
  readonly now: () => number;
  readonly browser: string | undefined;
  readonly viewport: string | undefined;
  readonly version: string;
  readonly onView: (view: EvidenceView) => void;
};

/** A change that is not kept yet. */
type Change = (record: EvidenceRecord) => Changed;

/** How long an item waits for the node's clock, in milliseconds. */
const CLOCK_WAIT_MS = 2_000;

const OWNER = { role: 'owner', pseudonym: 'owner' } as const;

/** The desk. */
export class EvidenceDesk {
  readonly #parts: EvidenceParts;
  readonly #files = new Map<string, Blob>();
  #held: HeldRecord | undefined;
  #first: EvidenceRecord | undefined;
  #changes: readonly Change[] = [];
  #record: EvidenceRecord | undefined;
  #authorities: readonly KnownAuthority[] | undefined;
  #busy: EvidenceView['busy'];
  #open = false;
  #loaded = false;
  #stamping: Promise<void> | undefined;
  #keeping: Promise<void> = Promise.resolve();
  #cleared = false;

  constructor(parts: EvidenceParts) {
    this.#parts = parts;
  }

  /** The record as it is now, for a package; `undefined` where nothing was added. */
  get record(): EvidenceRecord | undefined {
    return this.#record;
  }

  /** The bytes of a file by its SHA-256, where they are in this page. */
  file(sha256: string): Blob | undefined {
    return this.#files.get(sha256);
  }

  /** Files sealed to the open case, by the SHA-256 of what they were; none where no case is open. */
  async sealed(
    digests: readonly string[],
  ): Promise<ReadonlyMap<string, Blob> | Extract<EvidenceDone, { ok: false }>> {
    const session = await this.#parts.session();
    const sealed = new Map<string, Blob>();
    for (const sha256 of digests) {
      const file = this.#files.get(sha256);
      if (file === undefined) continue;
      const one = await session.withRecord(async ({ vault, alive }) => {
        const blob = await vault.sealFileToCase(file);
        alive();
        return { ok: true as const, blob };
      });
      if (!one.ok) return one;
      sealed.set(sha256, one.blob);
    }
    return sealed;
  }

  /** The key of the open case as a file, for the program `age`. */
  async keyFile(): Promise<string | undefined> {
    const session = await this.#parts.session();
    const made = await session.withRecord(async ({ vault }) => ({
      ok: true as const,
      text: await vault.keyFile(),
    }));
    return made.ok ? made.text : undefined;
  }

  /** All files that are in this page. */
  get files(): ReadonlyMap<string, Blob> {
    return this.#files;
  }

  /** Whether something waits to be kept. */
  get unsaved(): boolean {
    return this.#changes.length > 0;
  }

  /** The record with what waits to be kept, for a lock to seal. */
  get unkept(): UnkeptRecord {
    return this.unsaved ? (this.#record ?? 'too-long') : undefined;
  }

  /** Now, as the log writes it. */
  hand(): Hand {
    return { actor: OWNER, at: new Date(this.#parts.now()).toJSON() };
  }

  /** Adds an item: every file is hashed, and covered where it is a picture, before anything of it is kept. */
  async add({ told, files }: NewEvidence): Promise<EvidenceDone> {
    const session = await this.#parts.session();
    // S40: where anyone may have been under 18 no file is read and nothing is hashed, whoever calls.
    if (session.view.under18 !== 'no') return { ok: false, reason: 'under-18' };
    // Begun before the moment that the item names: the log's first entry is its earliest.
    if (this.#record === undefined) this.#begin();
    this.#work('adding');
    try {
      const startedAt = new Date(this.#parts.now()).toJSON();
      const texts: string[] = [];
      const made: ItemFile[] = [];
      const bytes = new Map<string, Blob>();
      for (const file of files) {
        const read = await readNewFile(file, texts, bytes);
        if (read === undefined) return { ok: false, reason: 'empty' };
        const mail = told.kind === 'email' && file.role === 'original';
        made.push(...(mail ? await withMailHeaders(file, read, texts) : read));
      }
      if (new Set(made.map(({ sha256 }) => sha256)).size !== made.length)
        return { ok: false, reason: 'known-file' };
      const clockOffsetMs = await this.compareClocks();
      // Locked or left while the file was read: nothing is begun anew behind it. What was typed is the lock's to keep.
      if (this.#cleared) return { ok: false, reason: 'gone' };
      let item: AdultItem;
      try {
        item = newItem(
          { ...told, files: made },
          {
            random: this.#parts.random(8),
            startedAt,
            endedAt: new Date(this.#parts.now()).toJSON(),
            method: files.some(({ content }) => content instanceof File) ? 'file-chosen' : 'typed',
            software: { name: 'reclaim portal', version: this.#parts.version, buildSha256: null },
            ...(clockOffsetMs === undefined ? {} : { clockOffsetMs }),
            ...(this.#parts.browser === undefined ? {} : { browser: this.#parts.browser }),
            ...(this.#parts.viewport === undefined ? {} : { viewport: this.#parts.viewport }),
          },
        );
      } catch {
        return { ok: false, reason: 'bad-field' };
      }
      const salt = this.#parts.random(32);
      const hand = this.hand();
      const done = this.#change((record) => addItem(record, item, { how: 'captured', texts, salt, hand }));
      if (done.ok) for (const [sha256, blob] of bytes) this.#files.set(sha256, blob);
      // A note of the case's own that there is something to keep: it makes a case, and starts the clock of the lock.
      if (done.ok && session.view.kind !== 'open') session.setAnswer('evidence', 'yes');
      return done;
    } catch {
      return { ok: false, reason: 'cannot-read' };
    } finally {
      this.#rest();
    }
  }

  /**
   * The node's clock minus the device's, in milliseconds: the view has it from then on. Asked for where no answer has told it
   * yet; unknown without the network, and nobody waits for a slow one.
   */
  async compareClocks(): Promise<number | undefined> {
    const { clockOffset } = this.#parts.api;
    if (clockOffset() === undefined)
      await Promise.race([this.authorities(), new Promise((resolve) => setTimeout(resolve, CLOCK_WAIT_MS))]);
    this.#changed();
    return clockOffset();
  }

  /** Adds a link that may lead to somebody under 18: a link, a handle and the time, and nothing else. */
  addMinor(age: 'under-18' | 'not-sure', link: string, handle: string): EvidenceDone {
    if (this.#record === undefined) this.#begin();
    try {
      const hand = this.hand();
      const told = { age, link: link.trim(), ...(handle.trim() === '' ? {} : { handle: handle.trim() }) };
      const item = newMinorItem(told, { random: this.#parts.random(8), at: hand.at });
      const salt = this.#parts.random(32);
      return this.#change((record) => addItem(record, item, { how: 'captured', salt, hand }));
    } catch {
      return { ok: false, reason: 'bad-field' };
    }
  }

  /** Notes a look; of an original with a reason. Answers what is looked at. */
  look(id: string, which: 'shielded' | 'original', reason?: string): Blob | undefined {
    const item = this.#record?.items.find((each) => each.id === id);
    const file = item === undefined ? undefined : filesOf(item).find(({ role }) => role === which);
    const blob = file === undefined ? undefined : this.#files.get(file.sha256);
    if (blob === undefined) return undefined;
    const hand = this.hand();
    const done = this.#change((record) => noteDeed(record, `viewed-${which}`, [id], hand, reason));
    return done.ok ? blob : undefined;
  }

  /** Takes an item out, with its texts and files. */
  erase(id: string): EvidenceDone {
    const item = this.#record?.items.find((each) => each.id === id);
    const hand = this.hand();
    const done = this.#change((record) => eraseItem(record, id, hand));
    if (done.ok && item !== undefined) for (const { sha256 } of filesOf(item)) this.#files.delete(sha256);
    this.#changed();
    return done;
  }

  /** Takes files that the person shows again; answers how many were known by their digest. */
  async provide(files: readonly File[]): Promise<number> {
    const wanted = new Set(this.#record?.items.flatMap((item) => filesOf(item).map(({ sha256 }) => sha256)));
    let known = 0;
    this.#work('adding');
    try {
      for (const file of files) {
        const { sha256 } = await digestSource(blobSource(file), breathe);
        if (!wanted.has(sha256)) continue;
        this.#files.set(sha256, file);
        known++;
      }
    } catch {
      // A file that went away while it was read is one that was not shown.
    } finally {
      this.#rest();
    }
    return known;
  }

  /** Notes that something of an item was opened to somebody: to whom, how far and until when stand in the log. */
  opened(id: string, reason: string): EvidenceDone {
    const hand = this.hand();
    return this.#change((record) => noteDeed(record, 'shared-with', [id], hand, reason));
  }

  /** Enters the looks of helpers that the log has not yet. Answers how many there were. */
  async takeLooks(): Promise<number> {
    const session = await this.#parts.session();
    if (this.#record === undefined || session.view.threads.length === 0) return 0;
    if (session.view.threads.some(({ known }) => known.kind === 'unasked')) await session.readThreads();
    let count = 0;
    for (const look of looksOf(session.view.threads)) {
      if (this.#record === undefined || isEntered(this.#record, look)) continue;
      const hand = this.hand();
      if (this.#change((record) => enterLook(record, look, hand)).ok) count += 1;
    }
    return count;
  }

  /** Enters a package that was made. */
  entered(lay: (record: EvidenceRecord) => Changed): EvidenceDone {
    return this.#change(lay);
  }

  /** Asks for every stamp that is pending. One asking at a time; whoever asks meanwhile waits for the same. */
  stamp(): Promise<void> {
    this.#stamping ??= this.#stampAll().finally(() => {
      this.#stamping = undefined;
      this.#rest();
    });
    return this.#stamping;
  }

  /** The authorities of the node, asked once. */
  async authorities(): Promise<readonly KnownAuthority[]> {
    this.#authorities ??= await knownAuthorities(this.#parts);
    this.#changed();
    return this.#authorities ?? [];
  }

  /** The case lies under another code: its record is read again from there, and what is unsaved is laid upon it. */
  moved(): Promise<EvidenceDone> {
    this.#loaded = false;
    this.#held = undefined;
    return this.load();
  }

  /** Reads what the open case holds, once. */
  load(): Promise<EvidenceDone> {
    const next = this.#keeping.then(() => this.#load());
    this.#keeping = next.then(
      () => undefined,
      () => undefined,
    );
    return next;
  }

  async #load(): Promise<EvidenceDone> {
    const session = await this.#parts.session();
    this.#open = session.view.kind === 'open';
    this.#takeUp(session);
    if (!this.#open || this.#loaded) {
      this.#changed();
      return { ok: true };
    }
    const read = await session.withRecord(readHeld);
    if (!read.ok) return read;
    this.#loaded = true;
    this.#held = read.held;
    this.#settle();
    return { ok: true };
  }

  /** Keeps what is not kept yet with the open case. One saving at a time; whoever asks meanwhile waits for the next. */
  keep(): Promise<EvidenceDone> {
    const next = this.#keeping.then(() => this.#keep());
    this.#keeping = next.then(
      () => undefined,
      () => undefined,
    );
    return next;
  }

  async #keep(): Promise<EvidenceDone> {
    const session = await this.#parts.session();
    this.#open = session.view.kind === 'open';
    this.#takeUp(session);
    if (!this.#open || this.#changes.length === 0) {
      this.#changed();
      return { ok: true };
    }
    if (!this.#loaded) {
      const loaded = await this.#load();
      if (!loaded.ok) return loaded;
    }
    this.#work('saving');
    try {
      const laid = this.#changes;
      const saved = await session.withRecord((work) => saveHeld(work, this.#held, (onto) => this.#lay(onto)));
      if (!saved.ok || this.#cleared) return saved;
      this.#held = saved.held;
      this.#first = undefined;
      this.#changes = this.#changes.filter((change) => !laid.includes(change));
      this.#settle();
      return { ok: true };
    } finally {
      this.#rest();
    }
  }

  /** Takes up what a lock kept, before anything that was added since. */
  #takeUp(session: PortalSession): void {
    const apart = session.takeRecord();
    if (apart === undefined) return;
    // Where the node holds none it goes on as it is, under its own name and key.
    this.#first ??= apart;
    this.#changes = [(onto) => layTail(onto, apart), ...this.#changes];
    this.#settle();
  }

  /** Forgets everything at once. */
  clear(): void {
    this.#cleared = true;
    this.#files.clear();
    this.#held = undefined;
    this.#first = undefined;
    this.#record = undefined;
    this.#changes = [];
    this.#changed();
  }

  async #stampAll(): Promise<void> {
    const authorities = await this.authorities();
    if (authorities.length === 0) return;
    const asked = new Set<string>();
    for (;;) {
      // Looked for anew each time: what was added meanwhile is asked for too.
      const next = this.#record?.stamps.find(
        ({ subject, answers }) => answers.length === 0 && !asked.has(subject.digest),
      );
      if (next === undefined || this.#cleared) return;
      asked.add(next.subject.digest);
      this.#work('stamping');
      const answers = await askStamps(this.#parts, authorities, next.subject);
      for (const answer of answers) {
        const hand = this.hand();
        this.#change((record) => keepAnswer(record, next.subject, answer, hand));
      }
      // Whoever could not be reached now is asked again at the next turn, not in a circle.
      if (answers.length === 0) return;
    }
  }

  /** Lays a change upon the record; what it refuses changes nothing. */
  #change(lay: Change): EvidenceDone {
    const changed = lay(this.#record ?? this.#begin());
    if (!changed.ok) {
      const reason = changed.reason === 'too-many' || changed.reason === 'too-long' ? changed.reason : 'gone';
      return { ok: false, reason };
    }
    this.#record = changed.record;
    this.#changes = [...this.#changes, lay];
    this.#changed();
    return { ok: true };
  }

  #begin(): EvidenceRecord {
    this.#first ??= beginRecord(this.#parts.random(32), this.#parts.random(4), this.hand());
    return this.#first;
  }

  /**
   * The changes laid upon what the node holds. What is refused there is of nothing any more: an item that another tab
   * erased, a stamp of another chain.
   */
  #lay(onto: EvidenceRecord | undefined): EvidenceRecord | undefined {
    let record = onto ?? this.#begin();
    for (const lay of this.#changes) {
      const changed = lay(record);
      if (changed.ok) record = changed.record;
      else if (changed.reason === 'too-long' || changed.reason === 'too-many') return undefined;
    }
    return record;
  }

  #settle(): void {
    this.#record = this.#changes.length === 0 ? this.#held?.record : this.#lay(this.#held?.record);
    this.#changed();
  }

  #work(busy: EvidenceView['busy']): void {
    this.#busy = busy;
    this.#changed();
  }

  #rest(): void {
    this.#busy = undefined;
    this.#changed();
  }

  #changed(): void {
    this.#parts.onView(this.view);
  }

  /** What the screens see. */
  get view(): EvidenceView {
    return evidenceView({
      record: this.#record,
      files: this.#files,
      keeping: !this.#open ? 'none' : this.#changes.length > 0 ? 'unsaved' : 'kept',
      authorities: this.#authorities?.length,
      clockOffsetMs: this.#parts.api.clockOffset(),
      busy: this.#busy,
    });
  }
}
