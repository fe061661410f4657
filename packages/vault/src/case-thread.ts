/**
 * What a case remembers of its threads with helpers and of its recovery: the secrets that prove and open them, how far the
 * person has read, and what is open to whom until when. Part of the case document (`case-document.ts`), read as strictly.
 *
 * A thread's keys are drawn for that thread alone. So a case whose code is changed keeps its threads, and two threads of
 * one case have nothing in common that the node could see.
 * @module
 */

import { type Capability, parseCapability } from './capability.ts';
import {
  type EntryDigest,
  NO_ENTRY,
  parseEntryDigest,
  parseThreadId,
  type ThreadId,
} from './messages/entry.ts';
import { type AgeIdentity, parseAgeIdentity } from './sealing/age-key.ts';

/** Threads in a case, at most. */
export const MAX_CASE_THREADS = 8;

/** Something that is open to the helper of a thread until a day. */
export type CaseShare = {
  /** Its name at the node: 1 to 40 of `a-z 0-9 -`, random. */
  readonly share: string;
  /** The ids of what is open. */
  readonly items: readonly string[];
  /** The first moment without it, in milliseconds. */
  readonly until: number;
};

/** A thread of the case. */
export type CaseThread = {
  readonly id: ThreadId;
  /** Proves to the node that the thread may be read and written. */
  readonly secret: Capability;
  /** The person's party in this thread alone. */
  readonly identity: AgeIdentity;
  /** Whom it was begun with, by the node's id of them and the name that was shown. */
  readonly helper: { readonly id: string; readonly name: string };
  /** The day it was begun (UTC), as its first millisecond. */
  readonly beganAt: number;
  /** The last entry that this case saw; entry 0 before the first. */
  readonly head: { readonly seq: number; readonly digest: EntryDigest };
  /** The last entry that the person read. */
  readonly read: number;
  readonly shares: readonly CaseShare[];
};

/** The recovery of the case: what sees and stops it, and the day it was set up (UTC), as its first millisecond. */
export type CaseRecovery = { readonly cancel: Capability; readonly madeAt: number };

/** The head of a thread of which nothing was seen. */
export const NO_HEAD: CaseThread['head'] = Object.freeze({ seq: 0, digest: NO_ENTRY });

/** @throws {TypeError} unless `value` is a list of threads, each once */
export function parseCaseThreads(value: unknown): readonly CaseThread[] {
  if (!Array.isArray(value) || value.length > MAX_CASE_THREADS)
    throw new TypeError(`case: expected at most ${MAX_CASE_THREADS} threads`);
  const threads = value.map(parseCaseThread);
  if (new Set(threads.map(({ id }) => id)).size !== threads.length)
    throw new TypeError('case: expected every thread once');
  return threads;
}

/** @throws {TypeError} unless `value` is a recovery */
export function parseCaseRecovery(value: unknown): CaseRecovery {
  const fields = fieldsOf(value, ['cancel', 'madeAt']);
  return { cancel: parseCapability(String(fields['cancel'])), madeAt: dayOf(fields['madeAt']) };
}

function parseCaseThread(value: unknown): CaseThread {
  const names = ['id', 'secret', 'identity', 'helper', 'beganAt', 'head', 'read', 'shares'];
  const fields = fieldsOf(value, names);
  const helper = fieldsOf(fields['helper'], ['id', 'name']);
  const head = fieldsOf(fields['head'], ['seq', 'digest']);
  const { shares } = fields;
  if (!/^stf_[0-9a-f]{32}$/.test(String(helper['id']))) throw new TypeError('case thread: expected a helper');
  if (!Array.isArray(shares) || shares.length > 20)
    throw new TypeError('case thread: expected at most 20 shares');
  return {
    id: parseThreadId(String(fields['id'])),
    secret: parseCapability(String(fields['secret'])),
    identity: parseAgeIdentity(String(fields['identity'])),
    helper: { id: String(helper['id']), name: textOf(helper['name'], 80) },
    beganAt: dayOf(fields['beganAt']),
    head: { seq: countOf(head['seq'], 500), digest: parseEntryDigest(String(head['digest'])) },
    read: countOf(fields['read'], 500),
    shares: shares.map((share) => {
      const { share: name, items, until } = fieldsOf(share, ['share', 'items', 'until']);
      if (typeof name !== 'string' || !/^[a-z0-9-]{1,40}$/.test(name))
        throw new TypeError('case thread: expected a share');
      if (!Array.isArray(items) || items.length > 100) throw new TypeError('case thread: expected items');
      return { share: name, items: items.map((item) => textOf(item, 100)), until: countOf(until, 8.64e15) };
    }),
  };
}

function fieldsOf(value: unknown, names: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('case thread: expected an object');
  const keys = Object.keys(value);
  if (keys.length !== names.length || !names.every((name) => Object.hasOwn(value, name)))
    throw new TypeError('case thread: expected its fields and no other');
  return value as Readonly<Record<string, unknown>>;
}

function textOf(value: unknown, most: number): string {
  if (typeof value !== 'string' || value.length > most || !value.isWellFormed())
    throw new TypeError(`case thread: expected well-formed text of at most ${most} characters`);
  return value;
}

function countOf(value: unknown, most: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || value > most)
    throw new TypeError('case thread: expected a count');
  return value;
}

function dayOf(value: unknown): number {
  const day = countOf(value, 8.64e15);
  if (day % 86_400_000 !== 0) throw new TypeError('case thread: expected the start of a day');
  return day;
}
