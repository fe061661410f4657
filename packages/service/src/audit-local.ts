/**
 * The hash chain read from the database itself, for an auditor who does not trust the service's answers.
 *
 * Erasable values that still stand are checked against their commitments on the way.
 * @module
 */

import { type ChainHead, type ChainRecord, commitment } from '@reclaim/casework/event-chain';
import { chainHead, recordsAfter, valuesBetween } from '@reclaim/store/event-log';
import { Store } from '@reclaim/store/store';
import { AUDIT_PAGE } from './audit-routes.ts';

/** A page of the chain, and the numbers of records whose standing values do not open their commitments. */
export type LocalPage = { readonly records: readonly ChainRecord[]; readonly wrongValues: readonly number[] };

/** The chain of a stopped or running node. `close` it when done. */
export type LocalAudit = {
  readonly head: ChainHead;
  readonly pages: (after?: number) => AsyncGenerator<LocalPage>;
  readonly close: () => Promise<void>;
};

/** Opens the chain below `dataDir`, or of the database by URL. */
export async function localAudit(options: {
  readonly dataDir: string;
  readonly databaseUrl?: string | undefined;
  readonly storeKeyText?: string | undefined;
}): Promise<LocalAudit> {
  const store = await Store.open(options);
  const head = await chainHead(store.db);
  return {
    head,
    close: () => store.close(),
    async *pages(after = 0) {
      for (let seq = after; ; ) {
        const records = await recordsAfter(store.db, seq, AUDIT_PAGE);
        const last = records[records.length - 1];
        if (last === undefined) return;
        yield { records, wrongValues: await wrongValues(store, records) };
        seq = last.seq;
      }
    },
  };
}

async function wrongValues(store: Store, records: readonly ChainRecord[]): Promise<readonly number[]> {
  const bySeq = new Map(records.map((record) => [record.seq, record]));
  const wrong: number[] = [];
  for (const { seq, name, salt, value } of await valuesBetween(
    store.db,
    records[0]!.seq,
    records[records.length - 1]!.seq,
  )) {
    const expected = bySeq.get(seq)?.commitments[name];
    if (expected !== (await commitment(salt, name, value))) wrong.push(seq);
  }
  return wrong;
}
