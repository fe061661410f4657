/**
 * What every visit to the portal does, in memory only: no storage of the browser is touched, and leaving leaves nothing behind.
 *
 * States and what leads from one to the next:
 *
 *     empty ──addPicture, setNotes, setAnswer, makeCode──▶ draft ──send──▶ open
 *     empty, draft, locked ──open──▶ open          (a draft's pictures come along, unsent)
 *     draft, open ──lock (or 10 idle minutes)──▶ locked    (unsent work is kept, sealed to the case's own recipient; so is
 *                                                          evidence that the node has not, and what is being typed)
 *     draft without a code ──lock──▶ empty         (there is no key to seal it with: it is gone)
 *     open ──withdrawAll──▶ withdrawn
 *     any ──wipe──▶ empty                          (at once; what is still going on ends as `stopped`)
 *
 * Memory: `session-memory.ts`; idle lock: `idle-clock.ts`, `kept-work.ts`; the node: `case-sending.ts`, `case-opening.ts`,
 * `case-asking.ts`. Here is when each may happen: one piece of work at a time, and none that outlives a wipe.
 * @module
 */

import type { EvidenceRecord } from '@reclaim/vault/evidence/evidence-record';
import { IdleClock } from './idle-clock.ts';
import { unsentOf } from './kept-work.ts';
import { empty, emptyMemory, holdsAnything, type SessionMemory, viewOf } from './session-memory.ts';
import type { Busy, Refused, SessionView } from './session-state.ts';
import type { SessionParts, Work } from './session-work.ts';
import { type Vault, VaultGone } from './vault-client.ts';

/** A record with changes that the node has not: the record, `too-long` where it has outgrown its room, or nothing. */
export type UnkeptRecord = EvidenceRecord | 'too-long' | undefined;

/** The memory of a visit, its lock, and one piece of work at a time. */
export class SessionCore {
  protected readonly parts: SessionParts;
  protected readonly listeners = new Set<(view: SessionView) => void>();
  protected readonly clock: IdleClock;
  /** Another one whenever everything is forgotten: work that began before ends without touching what is now. */
  protected memory: SessionMemory = emptyMemory();
  protected vault: Vault | undefined;
  protected current: SessionView;
  protected locking: Promise<void> = Promise.resolve();
  /** The end of the work at hand. */
  protected turn: Promise<void> = Promise.resolve();
  /** How many presses wait for work that goes on by itself. */
  protected waiting = 0;
  protected unkept: () => UnkeptRecord = () => undefined;
  /** Another code that was drawn for the open case, with its own keys. */
  protected next: { readonly vault: Vault; checked: boolean } | undefined;

  constructor(parts: SessionParts) {
    this.parts = parts;
    this.clock = new IdleClock(
      parts,
      () => {
        this.memory.lockWarning = true;
        this.changed();
      },
      () => void this.lock(),
    );
    this.current = viewOf(this.memory);
  }

  /** The visit as it is now; the same object until something changes. */
  get view(): SessionView {
    return this.current;
  }

  /** Calls `listener` after each change; answers what ends that. */
  subscribe(listener: (view: SessionView) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The person is here: puts the lock off, or locks where the time ran out while the device slept. */
  touch(): void {
    if (holdsAnything(this.memory) && this.clock.isOver()) {
      void this.lock();
      return;
    }
    this.clock.touch();
    if (this.memory.lockWarning) {
      this.memory.lockWarning = false;
      this.changed();
    } else this.watchIdle();
  }

  /** Has a lock ask `unkept` for what the desk of evidence holds and the node has not. */
  holdEvidence(unkept: () => UnkeptRecord): void {
    this.unkept = unkept;
  }

  /** Forgets keys and plain text now. Unsent work is kept sealed where there is a code to open it again. A second lock waits for the first. */
  async lock(): Promise<void> {
    if (this.memory.hiding) return this.locking;
    if (!holdsAnything(this.memory)) return;
    this.locking = this.sealAndForget(this.memory);
    await this.locking;
  }

  protected async sealAndForget(memory: SessionMemory): Promise<void> {
    const vault = this.vault;
    const { under18, unsaved } = this.current;
    // Before the view changes: the desk of evidence forgets with it.
    const unkept = this.unkept() ?? memory.record;
    const drafts = [...memory.drafts];
    // What is on the screen goes at once; sealing may have to wait for the keys.
    memory.hiding = true;
    this.changed();
    let kept: string | undefined;
    let keptRecord: string | undefined;
    if (vault !== undefined && memory.code !== 'none' && unsaved) {
      try {
        const sealing = await vault.seal(await unsentOf({ vault, memory, parts: this.parts }));
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
    if (memory !== this.memory) return;
    const locked =
      memory.case !== undefined || [kept, keptRecord, keptDrafts].some((sealed) => sealed !== undefined);
    const lostDrafts = drafts.length > 0 && keptDrafts === undefined;
    const lost = (unsaved && kept === undefined) || (lostDrafts && memory.code === 'none');
    this.forget();
    Object.assign(this.memory, {
      kept,
      keptRecord,
      keptDrafts,
      under18,
      locked,
      lost,
      lostProof: !lost && ((unkept !== undefined && keptRecord === undefined) || lostDrafts),
    } satisfies Partial<SessionMemory>);
    this.changed();
  }

  /** Forgets everything, at once and without waiting for anything. */
  wipe(): void {
    this.forget();
    this.changed();
  }

  protected forget(): void {
    this.vault?.dispose();
    this.vault = undefined;
    this.next?.vault.dispose();
    this.next = undefined;
    this.clock.rest();
    empty(this.memory);
    this.memory = emptyMemory();
  }

  protected changed(): void {
    this.current = viewOf(this.memory);
    this.watchIdle();
    for (const listener of [...this.listeners]) listener(this.current);
  }

  protected watchIdle(): void {
    if (!holdsAnything(this.memory) || this.memory.hiding) this.clock.rest();
    else this.clock.watch(this.memory.lockWarning);
  }

  /** Runs one piece of work at a time; everything that it changes is told when it ends. */
  protected async guarded<T>(what: Busy['what'], run: (work: Work) => Promise<T>): Promise<T | Refused> {
    // Who types the code while a lock still seals waits for it.
    if (this.memory.hiding) await this.locking;
    // Keeping evidence and asking go on by themselves: who presses something meanwhile waits for them and is not sent away.
    while (goesOnByItself(this.memory.busy?.what, what)) {
      this.waiting += 1;
      try {
        await this.turn;
      } finally {
        this.waiting -= 1;
      }
    }
    const memory = this.memory;
    if (memory.busy !== undefined) return { ok: false, reason: 'busy' };
    // A person asked for it, except where a page asks again by itself.
    if (what !== 'asking' && what !== 'evidence') this.clock.touch();
    const alive = () => {
      if (memory !== this.memory) throw new VaultGone('stopped');
    };
    const progress = (done: number, of: number) => {
      alive();
      memory.busy = { what, done, of };
      this.changed();
    };
    this.vault ??= this.parts.startVault();
    memory.busy = { what, done: 0, of: 0 };
    let ended = () => {};
    this.turn = new Promise((resolve) => {
      ended = resolve;
    });
    const isInTheWay = () => this.waiting > 0;
    this.changed();
    try {
      const answer = await run({
        parts: this.parts,
        vault: this.vault,
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
      if (memory === this.memory) {
        memory.busy = undefined;
        this.changed();
      }
      ended();
    }
  }
}

/** Whether work that runs gives way to work that is wanted. One asking does not wait for another. */
function goesOnByItself(running: Busy['what'] | undefined, wanted: Busy['what']): boolean {
  return running === 'evidence' || (running === 'asking' && wanted !== 'asking');
}
