/**
 * Ids: a prefix that says what the thing is, and 128 random bits in lower-case hex.
 *
 * Random and never counted or time-ordered: an id tells neither how many there are nor when it was made, so that a
 * signal's id cannot be joined to a person's visit.
 * @module
 */

import type { Brand } from '@reclaim/fingerprint/brand';

/** The prefix of each kind of id. */
export const ID_PREFIX = Object.freeze({
  bank: 'bnk',
  signal: 'sig',
  job: 'job',
  decision: 'dec',
  key: 'key',
  staff: 'stf',
  notice: 'ntc',
  complaint: 'cpl',
  misuse: 'msu',
} as const);

/** What an id can name. */
export type IdKind = keyof typeof ID_PREFIX;

/** A bank's id, `bnk_` and 32 hex digits. */
export type BankId = Brand<string, 'BankId'>;
/** A banked signal's id, `sig_` and 32 hex digits. */
export type SignalId = Brand<string, 'SignalId'>;
/** A job's id, `job_` and 32 hex digits. */
export type JobId = Brand<string, 'JobId'>;
/** A decision's id, `dec_` and 32 hex digits. */
export type DecisionId = Brand<string, 'DecisionId'>;
/** An API key's id, `key_` and 32 hex digits; public, unlike the key's secret. */
export type KeyId = Brand<string, 'KeyId'>;

/** A staff member's id, `stf_` and 32 hex digits: the pseudonym under which they act. */
export type StaffId = Brand<string, 'StaffId'>;
/** The id under which misuse by one account or sender is counted, `msu_` and 32 hex digits. */
export type MisuseId = Brand<string, 'MisuseId'>;
/** A notice's id, `ntc_` and 32 hex digits. */
export type NoticeId = Brand<string, 'NoticeId'>;
/** A complaint's id, `cpl_` and 32 hex digits. */
export type ComplaintId = Brand<string, 'ComplaintId'>;
/** Who can act on jobs and banks: a program's key or a person of the staff. */
export type ActorId = KeyId | StaffId;

/** The brand of each kind. */
export type IdOf = {
  readonly bank: BankId;
  readonly signal: SignalId;
  readonly job: JobId;
  readonly decision: DecisionId;
  readonly key: KeyId;
  readonly staff: StaffId;
  readonly notice: NoticeId;
  readonly complaint: ComplaintId;
  readonly misuse: MisuseId;
};

/** The form of an id of `kind`, for schemas. */
export function idPattern(kind: IdKind): RegExp {
  return new RegExp(`^${ID_PREFIX[kind]}_[0-9a-f]{32}$`);
}

/** @throws {TypeError} unless `text` is an id of that kind */
export function parseId<K extends IdKind>(kind: K, text: string): IdOf[K] {
  if (!idPattern(kind).test(text))
    throw new TypeError(`${kind} id: expected ${ID_PREFIX[kind]}_ and 32 hex digits`);
  return text as unknown as IdOf[K];
}

/**
 * A new id from 16 random bytes, which the caller draws (`crypto.getRandomValues`).
 * @throws {RangeError} unless there are 16
 */
export function makeId<K extends IdKind>(kind: K, random: Uint8Array): IdOf[K] {
  if (random.length !== 16) throw new RangeError(`id: expected 16 random bytes, got ${random.length}`);
  let hex = '';
  for (const byte of random) hex += byte.toString(16).padStart(2, '0');
  return parseId(kind, `${ID_PREFIX[kind]}_${hex}`);
}
