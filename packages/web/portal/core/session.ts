/**
 * A visit to the portal: threads with helpers, recovery and watches upon its case (`session-case.ts`), what is put into it
 * (`session-draft.ts`), and when each may happen (`session-core.ts`: its states, the lock, one piece of work at a time).
 * @module
 */

import type { WireHelper } from '@reclaim/casework/wire-thread';
import type { EntryWords } from '@reclaim/vault/messages/entry';
import type { Party } from '@reclaim/vault/messages/party';
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
import { CaseSession } from './session-case.ts';
import type { Done, Refused } from './session-state.ts';
import type { SessionParts } from './session-work.ts';
import type { CallWords, ShownShare } from './vault-desk-threads.ts';

/** One visit. Made by `createSession`. */
export class PortalSession extends CaseSession {
  /** Who can be written to. */
  helpers(): Promise<Helpers> {
    return this.guarded<Helpers>('helping', askHelpers);
  }

  /** Begins a thread with a helper and says the first words. */
  startThread(helper: WireHelper, text: string): Promise<Done> {
    return this.guarded<Done>('helping', (work) => startThread(work, helper, text));
  }

  /** Reads every thread of the case. */
  readThreads(): Promise<Done> {
    return this.guarded<Done>('asking', readThreads);
  }

  /** Notes that a thread was read to its end; saved with what is saved next. */
  markRead(id: string): void {
    markRead({ memory: this.memory }, id);
    this.changed();
  }

  /** Says something in a thread. */
  say(id: string, words: EntryWords): Promise<Done> {
    return this.guarded<Done>('helping', (work) => say(work, id, words));
  }

  /** Opens items to the helper of a thread until a moment (milliseconds). */
  share(id: string, items: readonly ItemToOpen[], until: number): Promise<Done> {
    return this.guarded<Done>('helping', (work) => share(work, id, items, until));
  }

  /** Ends a share now. */
  endShare(id: string, name: string): Promise<Done> {
    return this.guarded<Done>('helping', (work) => endShare(work, id, name));
  }

  /** Gives a thread to another helper, or to a new key of the same. */
  moveThread(id: string, helper: WireHelper): Promise<Done> {
    return this.guarded<Done>('helping', (work) => moveThread(work, id, helper));
  }

  /** Ends a thread and what is open in it; what was written stays readable. */
  closeThread(id: string): Promise<Done> {
    return this.guarded<Done>('helping', (work) => closeThread(work, id));
  }

  /** Erases a thread for both sides. */
  eraseThread(id: string): Promise<Done> {
    return this.guarded<Done>('helping', (work) => eraseThread(work, id));
  }

  /** Five words of a helper's key, to be compared aloud; nothing where the key has not the form. */
  async keyWords(party: WireHelper['party']): Promise<readonly string[]> {
    this.vault ??= this.parts.startVault();
    try {
      return await this.vault.keyWords(party as Party);
    } catch {
      return [];
    }
  }

  /** Sets recovery up and answers the three shares, which are nowhere else. */
  setUpRecovery(): Promise<SharesMade> {
    return this.guarded<SharesMade>('recovering', setUpRecovery);
  }

  /** Whether anybody asked for the recovery of this case. */
  watchRecovery(): Promise<Done> {
    return this.guarded<Done>('asking', watchRecovery);
  }

  /** Stops a request for recovery that stands. */
  cancelRecovery(): Promise<Done> {
    return this.guarded<Done>('recovering', cancelRecovery);
  }

  /** Takes recovery back for good. */
  endRecovery(): Promise<Done> {
    return this.guarded<Done>('recovering', endRecovery);
  }

  /** Who of this node's helpline may open a part. */
  askPartHelpers(): Promise<PartHelpers> {
    return this.guarded<PartHelpers>('asking', askPartHelpers);
  }

  /** Gives the helpline's part to this node's helpline, sealed to `helpers`. */
  giveLinePart(shares: readonly ShownShare[], helpers: readonly WireHelper[]): Promise<Done> {
    return this.guarded<Done>('recovering', (work) => giveLinePart(work, shares, helpers));
  }

  /** The words that call for the part at the helpline, from a typed part; no case need be open. */
  callForPart(typed: string): Promise<CallWords | Refused> {
    return this.guarded<CallWords>('recovering', (work) => callForPart(work, typed));
  }

  /** Asks for a recovery with two typed shares, or all three; no case need be open. */
  askRecovery(typed: readonly string[]): Promise<RecoveryAsked> {
    return this.guarded<RecoveryAsked>('recovering', (work) => askRecovery(work, typed));
  }

  /** Whether the node watches addresses, and what it tells a site of itself. */
  watchOffer(): Promise<Offer> {
    return this.guarded<Offer>('asking', askOffer);
  }

  /** Has a link of the case watched for these pictures. */
  startWatch(link: string, pictures: readonly string[]): Promise<Done> {
    return this.guarded<Done>('watching', (work) => startWatch(work, link, pictures));
  }

  /** Asks how each watch stands. */
  readWatches(): Promise<Done> {
    return this.guarded<Done>('asking', readWatches);
  }

  /** Ends the watch of a link; the node erases it. */
  endWatch(link: string): Promise<Done> {
    return this.guarded<Done>('watching', (work) => endWatch(work, link));
  }
}

/** A visit that has not begun. */
export function createSession(parts: SessionParts): PortalSession {
  return new PortalSession(parts);
}
