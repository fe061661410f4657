/**
 * Verifying a log of events from its first record to its last, wherever it is kept.
 *
 * What it proves: no record was changed, dropped or put in another order *since somebody noted the head*. Without a
 * head noted earlier it proves that the log agrees with itself, no more: who holds the database could write all of it
 * anew.
 *
 * A log is not trusted: it may state a head that it does not reach, and hold records that have no canonical form.
 * @module
 */

import {
  type ChainHead,
  type ChainRecord,
  commitment,
  EMPTY_HEAD,
  verifyChain,
} from '@reclaim/casework/event-chain';

/** Where the log on this machine is kept: a data directory, or the database by its address instead. */
export type LogPlace = { readonly dataDir: string; readonly databaseUrl?: string };

/** An erasable value that still stands, with the salt (32 bytes) of its commitment. */
export type StandingValue = {
  readonly seq: number;
  readonly name: string;
  readonly salt: Uint8Array;
  readonly value: string;
};

/** A log that can be read from its beginning. */
export type AuditLog = {
  /** The records in order, from the first, in pages; ends after the last. */
  readonly pages: () => AsyncIterable<readonly ChainRecord[]>;
  /** The head as the log itself states it; asked after the pages. */
  readonly head: () => Promise<ChainHead>;
  /** The erasable values that still stand of the records `from`..`to`; absent where they cannot be seen. */
  readonly values?: (from: number, to: number) => Promise<readonly StandingValue[]>;
  /** Lets go of it. */
  readonly close: () => Promise<void>;
};

/**
 * What is wrong, and where. `sequence`, `link` and `hash` are those of the chain; `unreadable`: a record that has no
 * canonical form; `value`: a value that its commitment does not fit; `head`: the log ends otherwise than it states;
 * `rewritten`: another record stands where the noted head was; `truncated`: the log ends before the noted head.
 */
export type LogFault = {
  readonly kind: 'sequence' | 'link' | 'hash' | 'unreadable' | 'value' | 'head' | 'rewritten' | 'truncated';
  readonly seq: number;
};

/** The outcome: `records` verified and the head they reach, `values` held against commitments (null: none seen). */
export type LogVerdict = {
  readonly records: number;
  readonly head: ChainHead;
  readonly values: number | null;
  readonly fault: LogFault | null;
};

/**
 * Verifies `log` from its first record on, through the head `noted` earlier, if any. Stops at the first fault.
 * `onCount` hears now and then how many records are verified.
 */
export async function verifyLog(
  log: AuditLog,
  noted: ChainHead | undefined,
  onCount: (count: number) => void,
): Promise<LogVerdict> {
  let head = EMPTY_HEAD;
  let values = log.values === undefined ? null : 0;
  const failed = (fault: LogFault): LogVerdict => ({ records: head.seq, head, values, fault });
  /** The hash at each place of the last page: a head may be stated that was read a moment before its records. */
  let lastPage = new Map<number, string>([[head.seq, head.hash]]);
  if (noted?.seq === head.seq && noted.hash !== head.hash) return failed({ kind: 'rewritten', seq: 0 });

  for await (const page of log.pages()) {
    if (page.length === 0) continue;
    const from = head.seq + 1;
    lastPage = new Map([[head.seq, head.hash]]);
    for (const record of page) {
      const step = await verifyRecord(head, record);
      if (!step.ok) return failed(step.fault);
      head = step.head;
      lastPage.set(head.seq, head.hash);
      if (noted?.seq === head.seq && noted.hash !== head.hash) {
        return failed({ kind: 'rewritten', seq: head.seq });
      }
    }
    if (log.values !== undefined) {
      const standing = await log.values(from, head.seq);
      const misfit = await firstMisfit(page, standing);
      if (misfit !== undefined) return failed({ kind: 'value', seq: misfit });
      values = (values ?? 0) + standing.length;
    }
    onCount(head.seq);
  }

  // A log that goes on growing may state a later head than the last page reached; how much later, nobody can tell
  // from a log that hides its end, so what `pages` did not reach is a fault of `pages`.
  const stated = await log.head();
  const statedFits = stated.seq > head.seq || lastPage.get(stated.seq) === stated.hash;
  if (!statedFits) return failed({ kind: 'head', seq: stated.seq });
  if (noted !== undefined && noted.seq > head.seq) return failed({ kind: 'truncated', seq: head.seq });
  return { records: head.seq, head, values, fault: null };
}

async function verifyRecord(
  head: ChainHead,
  record: ChainRecord,
): Promise<
  { readonly ok: true; readonly head: ChainHead } | { readonly ok: false; readonly fault: LogFault }
> {
  try {
    return await verifyChain(head, [record]);
  } catch {
    // A fraction, a lone surrogate or nesting without end: no record of ours, and no reason to stop without a word.
    return { ok: false, fault: { kind: 'unreadable', seq: head.seq + 1 } };
  }
}

/** The place of the first value that is not what its record committed to, or that no record of `page` speaks of. */
async function firstMisfit(
  page: readonly ChainRecord[],
  standing: readonly StandingValue[],
): Promise<number | undefined> {
  const commitments = new Map(page.map((record) => [record.seq, record.commitments]));
  for (const { seq, name, salt, value } of standing) {
    const committed = commitments.get(seq);
    if (committed === undefined || !Object.hasOwn(committed, name)) return seq;
    if ((await commitment(salt, name, value)) !== committed[name]) return seq;
  }
  return undefined;
}
