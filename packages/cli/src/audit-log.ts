/**
 * Verifying a log of events from its first record to its last, wherever it is kept.
 *
 * What it proves: no record was changed, dropped or put in another order *since somebody noted the head*. Without a
 * head noted earlier it proves that the log agrees with itself, no more: who holds the database could write all of it
 * anew.
 *
 * A log is not trusted: it may state a head that it does not reach, and records may be of any form that JSON allows.
 * @module
 */

import { type ChainHead, type ChainRecord, EMPTY_HEAD, verifyChain } from '@reclaim/casework/event-chain';

/** Where the log on this machine is kept: a data directory, or the database by its address instead. */
export type LogPlace = {
  readonly dataDir: string;
  readonly databaseUrl?: string;
  readonly storeKeyText?: string;
};

/**
 * Records in order. `wrongValues`: the places whose values, not erased yet, do not fit their commitments; absent where
 * values cannot be seen.
 */
export type LogPage = {
  readonly records: readonly ChainRecord[];
  readonly wrongValues?: readonly number[];
};

/** A log that can be read from its beginning. */
export type AuditLog = {
  /** The records from the first on; ends after the last. */
  readonly pages: () => AsyncIterable<LogPage>;
  /** Where the log itself says that the records of `pages` end; asked after them. */
  readonly head: () => ChainHead;
  /** Lets go of it. */
  readonly close: () => Promise<void>;
};

/**
 * What is wrong, and where. `sequence`, `link` and `hash` are those of the chain; `value`: a value that its commitment
 * does not fit; `head`: the log ends otherwise than it states; `rewritten`: another record stands where the noted head
 * was; `truncated`: the log ends before the noted head.
 */
export type LogFault = {
  readonly kind: 'sequence' | 'link' | 'hash' | 'value' | 'head' | 'rewritten' | 'truncated';
  readonly seq: number;
};

/** The outcome: `records` verified, the head they reach, whether values were held against their commitments. */
export type LogVerdict = {
  readonly records: number;
  readonly head: ChainHead;
  readonly valuesSeen: boolean;
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
  let valuesSeen = false;
  const verdict = (fault: LogFault | null): LogVerdict => ({ records: head.seq, head, valuesSeen, fault });
  const isRewritten = () => noted?.seq === head.seq && noted.hash !== head.hash;
  if (isRewritten()) return verdict({ kind: 'rewritten', seq: 0 });

  for await (const { records, wrongValues } of log.pages()) {
    for (const record of records) {
      const step = await verifyChain(head, [record]);
      if (!step.ok) return verdict(step.fault);
      head = step.head;
      if (isRewritten()) return verdict({ kind: 'rewritten', seq: head.seq });
    }
    const [wrong] = wrongValues ?? [];
    if (wrong !== undefined) return verdict({ kind: 'value', seq: wrong });
    valuesSeen ||= wrongValues !== undefined;
    onCount(head.seq);
  }

  // Records cut off at the end leave a chain that is whole: only what the log says of its own end gives it away.
  const stated = log.head();
  if (stated.seq !== head.seq || stated.hash !== head.hash) return verdict({ kind: 'head', seq: head.seq });
  if (noted !== undefined && noted.seq > head.seq) return verdict({ kind: 'truncated', seq: head.seq });
  return verdict(null);
}
