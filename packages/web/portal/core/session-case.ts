/**
 * The case of a visit: its codes, sent, opened, asked, saved, withdrawn, and the evidence that goes with its keys.
 * @module
 */

import type { EvidenceRecord } from '@reclaim/vault/evidence/evidence-record';
import { type Asked, askSignals, type WithdrawalCount, withdrawSignals } from './case-asking.ts';
import { moveCase } from './case-moving.ts';
import { openCase } from './case-opening.ts';
import { saveCase, sendCase } from './case-sending.ts';
import { DraftSession } from './session-draft.ts';
import type { CodeMade, Done, Opened, Refused, Sent, Withdrawn } from './session-state.ts';
import { pause, type Work } from './session-work.ts';
import type { CodeCheck } from './vault-desk.ts';

/** A visit with a case. */
export class CaseSession extends DraftSession {
  /** Makes a new code to be shown. Its keys are made meanwhile. */
  makeCode(): Promise<CodeMade> {
    return this.guarded<CodeMade>('keys', async ({ vault, memory }) => {
      if (memory.case !== undefined) return { ok: false, reason: 'already-open' };
      const shown = await vault.draw();
      memory.code = 'shown';
      return { ok: true, ...shown };
    });
  }

  /** Whether the typed code is the one that was shown. Only then is anything sent. */
  async checkCode(typed: string): Promise<CodeCheck | Refused> {
    if (this.memory.code === 'none') return { ok: false, reason: 'code-not-checked' };
    return this.guarded('keys', async ({ vault, memory }) => {
      const check = await vault.check(typed);
      if (check.ok) memory.code = 'checked';
      return check;
    });
  }

  /** Sends the pictures as a new case. */
  send(): Promise<Sent> {
    return this.guarded('sending', sendCase);
  }

  /** Makes another code for the open case, to be shown. Its keys are made meanwhile, in a vault of their own. */
  makeNextCode(): Promise<CodeMade> {
    return this.guarded<CodeMade>('keys', async ({ memory, alive }) => {
      if (memory.case === undefined) return { ok: false, reason: 'not-open' };
      this.next?.vault.dispose();
      const vault = this.parts.startVault();
      this.next = { vault, checked: false };
      const shown = await vault.draw();
      alive();
      return { ok: true, ...shown };
    });
  }

  /** Whether the typed code is the other one that was shown. Only then is anything moved to it. */
  async checkNextCode(typed: string): Promise<CodeCheck | Refused> {
    const next = this.next;
    if (next === undefined) return { ok: false, reason: 'code-not-checked' };
    return this.guarded('keys', async () => {
      const check = await next.vault.check(typed);
      next.checked = check.ok;
      return check;
    });
  }

  /** Puts the open case under the other code. The old one leads to nothing from then on. */
  changeCode(): Promise<Done> {
    return this.guarded<Done>('saving', async (work) => {
      const next = this.next;
      if (next?.checked !== true) return { ok: false, reason: 'code-not-checked' };
      const seed = globalThis.crypto.getRandomValues(new Uint8Array(32));
      const moved = await moveCase(work, next.vault, seed);
      work.alive();
      if (!moved.ok) return moved;
      this.vault = next.vault;
      this.next = undefined;
      work.vault.dispose();
      return moved;
    });
  }

  /** Opens the case of a typed code. A wrong code, a lost case and a deleted one are all `not-found`. */
  open(typed: string): Promise<Opened> {
    return this.guarded('opening', (work) => openCase(work, typed));
  }

  /**
   * Asks for each signal of the case apart. The view fills as the answers come; the first refusal of the net ends it. Where
   * it gives way to what a person presses, it goes on afterwards with what is left.
   */
  async ask(): Promise<Done> {
    const asked = new Set<string>();
    const memory = this.memory;
    for (;;) {
      const answer = await this.guarded<Asked>('asking', (work) => askSignals(work, asked));
      if (!answer.ok) return answer;
      if (!answer.gaveWay) return { ok: true };
      do {
        await this.turn;
        await pause(this.parts);
      } while (this.memory.busy !== undefined);
      // What was pressed may have been the end of it.
      if (memory !== this.memory) return { ok: false, reason: 'stopped' };
    }
  }

  /** Saves what changed: new pictures (which are banked), answers and notes. */
  save(): Promise<Sent> {
    return this.guarded('saving', saveCase);
  }

  /** Withdraws the signals of one picture, and takes them out of the case. */
  async withdrawPicture(picture: string): Promise<Withdrawn> {
    const count: WithdrawalCount = { done: 0, of: 0 };
    const answer = await this.guarded<Withdrawn>('withdrawing', (work) =>
      withdrawSignals(work, (signal) => signal.picture === picture, false, count),
    );
    return answer.ok ? answer : { ...answer, withdrawn: count.done, of: count.of };
  }

  /** Withdraws every signal, each by its capability, and then deletes the case. */
  async withdrawAll(): Promise<Withdrawn> {
    const count: WithdrawalCount = { done: 0, of: 0 };
    const answer = await this.guarded<Withdrawn>('withdrawing', (work) =>
      withdrawSignals(work, () => true, true, count),
    );
    if (!answer.ok) return { ...answer, withdrawn: count.done, of: count.of };
    this.forget();
    this.memory.withdrawn = true;
    this.changed();
    return answer;
  }

  /** Runs work of the evidence desk that needs the keys of the open case, as one piece of work like any other. */
  withRecord<T>(run: (work: Work) => Promise<T | Refused>): Promise<T | Refused> {
    return this.guarded<T | Refused>('evidence', async (work) =>
      work.memory.case === undefined ? { ok: false, reason: 'not-open' } : run(work),
    );
  }

  /** Fetches what seals evidence, while there is a network. Where it does not come, a lock says that it could not seal. */
  async readyForEvidence(): Promise<void> {
    this.vault ??= this.parts.startVault();
    try {
      await this.vault.readyRecords();
    } catch {
      // Asked again with the next desk.
    }
  }

  /** Whether a lock kept evidence that no desk has taken yet. */
  get holdsRecord(): boolean {
    return this.memory.record !== undefined;
  }

  /** Hands over, once, the evidence that a lock kept. */
  takeRecord(): EvidenceRecord | undefined {
    const { record } = this.memory;
    this.memory.record = undefined;
    return record;
  }
}
