/**
 * Verifying the node's hash chain in the browser, page by page, with `casework`'s own code: what the node says of its log
 * is not believed but computed.
 * @module
 */

import { type ChainFault, type ChainHead, EMPTY_HEAD, verifyChain } from '@reclaim/casework/event-chain';
import type { Asked, Trouble } from './api.ts';

/** A record as the wire brings it. */
export type LogRecord = {
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
  readonly type: string;
  readonly data: Record<string, unknown>;
  readonly commitments: Record<string, string>;
  readonly prev: string;
  readonly hash: string;
};

/** A page of the log: what follows a position, and the head that the node claims. */
export type LogPage = { readonly records: readonly LogRecord[]; readonly head: ChainHead };

/** What came of a walk. `short`: the node claims a head that its records do not reach. */
export type WalkResult =
  | { readonly kind: 'sound'; readonly head: ChainHead }
  | { readonly kind: 'fault'; readonly fault: ChainFault }
  | { readonly kind: 'short'; readonly head: ChainHead }
  | { readonly kind: 'trouble'; readonly trouble: Trouble };

/**
 * Walks the chain from its beginning to the head that the first answer named; what is appended meanwhile is left for
 * the next walk, or a busy node's walk would never end.
 * @param progress called after every page with the records verified and the records there are
 */
export async function walkChain(
  ask: (after: number) => Promise<Asked<LogPage>>,
  progress: (done: number, all: number) => void,
): Promise<WalkResult> {
  let head: ChainHead = EMPTY_HEAD;
  let goal: ChainHead | undefined;
  for (;;) {
    const answer = await ask(head.seq);
    if (!answer.ok) return { kind: 'trouble', trouble: answer.trouble };
    goal ??= answer.value.head;
    const { seq: end } = goal;
    const records = answer.value.records.filter(({ seq }) => seq <= end);
    // The wire's JSON is what the chain hashes; a value that the chain cannot know fails there as a changed record.
    const verified = await verifyChain(head, records as unknown as Parameters<typeof verifyChain>[1]);
    if (!verified.ok) return { kind: 'fault', fault: verified.fault };
    head = verified.head;
    progress(head.seq, goal.seq);
    if (head.seq === goal.seq) {
      return head.hash === goal.hash
        ? { kind: 'sound', head }
        : { kind: 'fault', fault: { kind: 'hash', seq: head.seq } };
    }
    if (records.length === 0) return { kind: 'short', head };
  }
}
