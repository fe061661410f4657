/**
 * What a verification finds, and how it is noted.
 * @module
 */

import type { CustodyReading } from '../custody/custody-log.ts';
import type { TokenFault } from '../timestamp/timestamp-token.ts';
import type { Manifest } from './manifest.ts';
import type { ZipFault } from './zip-reading.ts';

/** Something that was found. */
export type Finding = {
  readonly level: 'damage' | 'warning' | 'note';
  readonly kind: FindingKind;
  /** The file it is about. */
  readonly path?: string;
  /** The item it is about. */
  readonly item?: string;
  /** A line of the custody log (from 1), or minutes of a clock. */
  readonly number?: number;
};

/** What can be found, in the words of a program. */
export type FindingKind =
  | `archive-${ZipFault['kind']}`
  | 'missing-file'
  | 'changed-file'
  | 'unexpected-file'
  | 'bad-path'
  | 'manifest-unreadable'
  | 'signature-unreadable'
  | 'signature-wrong'
  | 'item-changed'
  | 'count-wrong'
  | `custody-${CustodyReading['faults'][number]['kind']}`
  | 'custody-state'
  | `stamp-${TokenFault}`
  | 'stamp-subject'
  | 'stamp-unrelated'
  | 'stamp-pending'
  | 'stamp-untrusted'
  | 'stamp-unknown-root'
  | 'stamp-clock'
  | 'manifest-not-stamped'
  | 'sums-unreadable'
  | 'sums-wrong'
  | 'file-left-out'
  | 'pdf-outside';

/** A stamp that is good. */
export type VerifiedStamp = {
  readonly name: string;
  readonly authority: string;
  readonly signer: string;
  readonly at: string;
  /** SHA-256 of the root's certificate. */
  readonly root: string;
  readonly trusted: boolean;
  readonly items: readonly string[];
};

/** What a verification answers. `ok`: no damage. */
export type Verification = {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  /** SHA-256 of the manifest, where it could be read. */
  readonly digest?: string;
  readonly manifest?: Manifest;
  readonly stamps: readonly VerifiedStamp[];
};

/** Notes a finding. */
export type Note = (
  level: Finding['level'],
  kind: FindingKind,
  about?: { readonly path?: string; readonly item?: string; readonly number?: number },
) => void;
