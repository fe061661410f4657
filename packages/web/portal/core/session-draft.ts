/**
 * What a person puts into a visit before anything of it is sent: pictures, answers, links, texts. All of it is in memory.
 * @module
 */

import type { SentText } from '@reclaim/casework/takedown/sent-text';
import type { TakedownEvent } from '@reclaim/casework/takedown/takedown';
import type { KeptNotice } from '@reclaim/casework/takedown/takedown-record';
import { MAX_LABEL } from '@reclaim/vault/case-document';
import { SessionCore } from './session-core.ts';
import {
  addPicture,
  dropSentText,
  forgetLink,
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
  shortened,
} from './session-memory.ts';
import type { Under18 } from './session-state.ts';

/** A visit with what was put into it. */
export class DraftSession extends SessionCore {
  /** Sets the answer to the age question. Anything but `no` forgets the pictures that are not sent. */
  setUnder18(answer: Exclude<Under18, 'unasked'>): void {
    this.memory.under18 = answer;
    if (answer !== 'no') {
      this.memory.pictures = [];
      this.memory.owned.clear();
      this.memory.record = undefined;
      this.memory.keptRecord = undefined;
      this.memory.drafts.clear();
      this.memory.keptDrafts = undefined;
      const { copies: _, ...changes } = this.memory.changes;
      this.memory.changes = changes;
    }
    this.changed();
  }

  /** Adds a picture to what will be sent. */
  addPicture(picture: NewPicture): ReturnType<typeof addPicture> {
    const added = addPicture(this.memory, picture, this.parts.random());
    if (added.ok) this.changed();
    return added;
  }

  /** Takes a picture back that was not sent. */
  removePicture(id: string): void {
    removePicture(this.memory, id);
    this.changed();
  }

  /** Names a picture that was not sent; 80 characters are kept. */
  setLabel(id: string, label: string): void {
    this.memory.pictures = this.memory.pictures.map((picture) =>
      picture.id === id ? { ...picture, label: shortened(label, MAX_LABEL) } : picture,
    );
    this.changed();
  }

  /**
   * Keeps an answer for the case; 400 characters are kept.
   * @throws {TypeError} unless `name` is 1 to 40 of `a-z 0-9 -`
   */
  setAnswer(name: string, value: string): void {
    keepAnswer(this.memory, name, value);
    this.changed();
  }

  /** Keeps the notes for the case; 8,000 characters are kept. */
  setNotes(text: string): void {
    keepNotes(this.memory, text);
    this.changed();
  }

  /** Puts links on the list; those that are there stay as they are. Answers how many are new. */
  keepLinks(links: readonly string[]): number {
    const fresh = keepLinks(this.memory, links, this.parts.now());
    this.changed();
    return fresh;
  }

  /** Adds what happened to a link of the list. */
  keepEvent(link: string, event: TakedownEvent): void {
    keepEvent(this.memory, link, event);
    this.changed();
  }

  /** Takes a link off the list, with all that happened to it. */
  forgetLink(link: string): void {
    forgetLink(this.memory, link);
    this.changed();
  }

  /** Keeps a notice as it was sent and answers its id; nothing where the case has no room for it. */
  keepSentText(text: Omit<SentText, 'id'>): string | undefined {
    const id = keepSentText(this.memory, text);
    this.changed();
    return id;
  }

  /** Takes a sent text out of the case. */
  dropSentText(id: string): void {
    dropSentText(this.memory, id);
    this.changed();
  }

  /** Puts a sent text back that was taken out here. */
  restoreSentText(text: SentText): void {
    restoreSentText(this.memory, text);
    this.changed();
  }

  /** Keeps what was answered for all notices. */
  setNotice(notice: Partial<KeptNotice>): void {
    keepNotice(this.memory, notice);
    this.changed();
  }

  /** Keeps the list of marked copies for the case; `false`, and nothing is kept, where it is too long. */
  keepCopies(list: string): boolean {
    const kept = keepCopies(this.memory, list);
    if (kept) this.changed();
    return kept;
  }

  /** Notes what is being typed into a form, so that a lock seals it with the rest. Empty: nothing any more. */
  setDraft(form: string, text: string): void {
    keepDraft(this.memory, form, text);
    this.watchIdle();
  }

  /** What was being typed into a form, before a lock or a step back. Nothing from the moment a lock begins, though it still seals. */
  draft(form: string): string | undefined {
    return this.memory.hiding ? undefined : this.memory.drafts.get(form);
  }
}
