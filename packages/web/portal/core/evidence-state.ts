/**
 * What the screens see of evidence, and what they may ask for. Plain frozen values; a new one after each change.
 * @module
 */

import type { EvidenceItem, FILE_ROLES } from '@reclaim/vault/evidence/evidence-item';
import type { Told } from '@reclaim/vault/evidence/new-item';
import type { Refused } from './session-state.ts';

/** An item as the list shows it. */
export type EvidenceItemView = {
  readonly item: EvidenceItem;
  /** Whether the bytes of all its files are in this page. */
  readonly here: boolean;
  /** Whether there is a covered copy to look at, in this page. */
  readonly coverable: boolean;
  readonly stamp: 'pending' | 'stamped';
  /** The earliest time that an authority put to it (ISO 8601). */
  readonly stampedAt: string | undefined;
};

/** Evidence as it is now. */
export type EvidenceView = {
  readonly items: readonly EvidenceItemView[];
  /** `none`: no case is open, it is in this page only. `unsaved`: something is not kept yet. `kept`: all of it is. */
  readonly keeping: 'none' | 'unsaved' | 'kept';
  readonly pending: number;
  /** Whether files are in this page that are kept nowhere else of it: after a lock the person shows them again. */
  readonly files: boolean;
  /** How many authorities this service asks; `undefined` until it was asked. */
  readonly authorities: number | undefined;
  /** The node's clock minus the device's, in milliseconds; `undefined` while no answer has told it. */
  readonly clockOffsetMs: number | undefined;
  readonly busy: 'adding' | 'stamping' | 'saving' | 'exporting' | undefined;
  /** Packages that were made, latest last. */
  readonly exports: readonly { readonly at: string; readonly to: string | null; readonly digest: string }[];
};

/** A file or a text that is of a new item. */
export type NewFile = {
  readonly role: (typeof FILE_ROLES)[number];
  readonly content: File | { readonly text: string; readonly name: string; readonly mediaType: string };
};

/** A new item: what the person said of it, and its files. */
export type NewEvidence = { readonly told: Omit<Told, 'files'>; readonly files: readonly NewFile[] };

/** Why something was not done. `cannot-read`: the file went away while it was read. */
export type EvidenceRefusal =
  | 'under-18'
  | 'too-many'
  | 'too-long'
  | 'known-file'
  | 'cannot-read'
  | 'bad-field'
  | 'empty'
  | 'gone';

/** What a step answers. */
export type EvidenceDone = { readonly ok: true } | Refused<EvidenceRefusal> | Refused;

/** A package to be saved on the device. */
export type MadePackage = {
  readonly ok: true;
  readonly name: string;
  readonly blob: Blob;
  readonly digest: string;
  readonly stamped: boolean;
  readonly leftOut: number;
};
