/**
 * The custody log: entries that are only ever added, each naming the digest of the one before it and signed.
 *
 * What may follow what, for the log:
 *   The first entry is *created*, names no item, and comes once.
 *   Every other entry names the items that it is about.
 *
 * and for each item:
 *   An item comes into being by *captured* (taken here) or *imported* (made elsewhere and brought here), once.
 *   From then on it can be *sealed* (its digest fixed and put away), *stamped*, *viewed-shielded*, *viewed-original* (with
 *   a reason), *exported*, *shared-with* (with whom and for what), *verified*, any number of times and in any order.
 *   *superseded* names two items, the old one first and the new one, which came into being before: the old one stays.
 *   *deletion-scheduled* (with a reason) may be followed by anything, since a person may still need it till then.
 *   *erased* is the end: no entry names the item again.
 *
 * What the chain stops: a changed entry (its signature, and the digest that the next one names), a missing or moved one
 * (the numbers), a log cut at its end (the manifest names the last digest and the count). What it cannot stop: whoever
 * holds the key can begin another log; the timestamps are what shows when each was there.
 * @module
 */

import { readCanonical } from '../package/canonical-json.ts';
import {
  BEFORE_FIRST,
  type CustodyAction,
  type CustodyActor,
  type CustodyEntry,
  custodyLine,
  entryDigest,
  parseCustodyEntry,
  signedText,
} from './custody-entry.ts';
import { isSignedBy, keyAt, type RecordKey, type RecordSigner } from './record-signer.ts';

/** Milliseconds by which an entry may be earlier than the one before it without a word. */
const CLOCK_MS = 10 * 60_000;

/** Entries in a log, at most. */
export const MAX_CUSTODY_ENTRIES = 5_000;

/** Why an entry may not follow. */
export type CustodyRefusal =
  | 'not-begun'
  | 'begun'
  | 'names-no-item'
  | 'known-item'
  | 'unknown-item'
  | 'erased-item'
  | 'wrong-pair'
  | 'full';

/** What an item has come to. */
type ItemStanding = 'there' | 'deletion-scheduled' | 'erased';

/** What the log has come to: the items that it knows. */
export type CustodyState = { readonly begun: boolean; readonly items: ReadonlyMap<string, ItemStanding> };

/** Before the first entry. */
export const NO_CUSTODY: CustodyState = Object.freeze({ begun: false, items: new Map() });

/** Whether an action on these items may come next, and what comes of it. */
export function afterAction(
  { begun, items }: CustodyState,
  action: CustodyAction,
  named: readonly string[],
):
  | { readonly ok: true; readonly state: CustodyState }
  | { readonly ok: false; readonly reason: CustodyRefusal } {
  const refuse = (reason: CustodyRefusal) => ({ ok: false, reason }) as const;
  if (action === 'created') {
    if (begun) return refuse('begun');
    return named.length === 0 ? { ok: true, state: { begun: true, items } } : refuse('unknown-item');
  }
  if (!begun) return refuse('not-begun');
  if (named.length === 0) return refuse('names-no-item');
  const next = new Map(items);
  if (new Set(named).size !== named.length) return refuse('known-item');
  if (action === 'superseded' && named.length !== 2) return refuse('wrong-pair');
  for (const id of named) {
    const standing = items.get(id);
    if (standing === 'erased') return refuse('erased-item');
    if (action === 'captured' || action === 'imported') {
      if (standing !== undefined) return refuse('known-item');
      next.set(id, 'there');
      continue;
    }
    if (standing === undefined) return refuse('unknown-item');
    if (action === 'erased' || action === 'deletion-scheduled') next.set(id, action);
  }
  return { ok: true, state: { begun, items: next } };
}

/** What an entry says beside its place in the chain. */
export type CustodyDeed = {
  readonly at: string;
  readonly actor: CustodyActor;
  readonly action: CustodyAction;
  readonly items: readonly string[];
  readonly reason?: string;
  readonly state: string;
};

/** The log with one more entry, or why there is none. */
export type Appended =
  | { readonly ok: true; readonly log: readonly CustodyEntry[] }
  | { readonly ok: false; readonly reason: CustodyRefusal };

/**
 * Adds one entry.
 * @throws {TypeError} for a deed whose fields have not the form, and where an action that demands a reason has none
 */
export function appendCustody(
  log: readonly CustodyEntry[],
  deed: CustodyDeed,
  signer: RecordSigner,
): Appended {
  if (log.length >= MAX_CUSTODY_ENTRIES) return { ok: false, reason: 'full' };
  const after = afterAction(stateOf(log), deed.action, deed.items);
  if (!after.ok) return after;
  const last = log.at(-1);
  const draft = {
    seq: log.length,
    prev: last === undefined ? BEFORE_FIRST : entryDigest(last),
    at: deed.at,
    actor: deed.actor,
    action: deed.action,
    items: deed.items,
    reason: deed.reason ?? null,
    state: deed.state,
  };
  const signature = signer.sign('reclaim custody 1', signedText(draft));
  return { ok: true, log: [...log, parseCustodyEntry({ ...draft, signature })] };
}

/** What a log that was checked has come to. */
export function stateOf(log: readonly CustodyEntry[]): CustodyState {
  let state = NO_CUSTODY;
  for (const { action, items } of log) {
    const after = afterAction(state, action, items);
    if (after.ok) state = after.state;
  }
  return state;
}

/** The digest of the log's last entry. */
export function headOf(log: readonly CustodyEntry[]): string {
  const last = log.at(-1);
  return last === undefined ? BEFORE_FIRST : entryDigest(last);
}

/** The log as a file: one canonical line an entry, each ended by a line feed. */
export function custodyText(log: readonly CustodyEntry[]): string {
  return log.map((entry) => `${custodyLine(entry)}\n`).join('');
}

/** What the log must come to: what a manifest says of it. */
export type CustodyClaim = {
  readonly entries: number;
  readonly head: string;
  readonly keys: readonly RecordKey[];
};

/**
 * What is wrong with a log, with the number of the line (from 0). `unreadable`: not a canonical entry. `moved`: the
 * number is not the line's own (an entry is missing, or two changed places). `unlinked`: it does not name the entry before
 * it. `signature`: not signed by the key of its stretch. `not-allowed`: nothing like it may come here. `truncated`: fewer
 * entries than the manifest says. `other-head`: as many, and not these. `backwards`: earlier than the entry before it
 * by more than ten minutes (a clock was changed, or two tabs that wrote apart were joined; no damage by itself).
 */
export type CustodyFault = {
  readonly kind:
    | 'unreadable'
    | 'moved'
    | 'unlinked'
    | 'signature'
    | 'not-allowed'
    | 'truncated'
    | 'other-head'
    | 'backwards';
  readonly line: number;
  readonly items: readonly string[];
};

/** A log as it was read: the entries up to the first that cannot be read, and every fault. */
export type CustodyReading = {
  readonly entries: readonly CustodyEntry[];
  readonly faults: readonly CustodyFault[];
};

/** Reads and verifies a log. Never throws for what the text is. */
export function verifyCustody(text: string, claim: CustodyClaim): CustodyReading {
  const entries: CustodyEntry[] = [];
  const faults: CustodyFault[] = [];
  const note = (kind: CustodyFault['kind'], line: number, items: readonly string[] = []) =>
    faults.push({ kind, line, items });
  const lines = text.split('\n');
  const ended = lines.pop() === '';
  let state = NO_CUSTODY;
  let prev = BEFORE_FIRST;
  for (const [line, each] of lines.slice(0, MAX_CUSTODY_ENTRIES).entries()) {
    const entry = readEntry(each);
    if (entry === undefined) {
      note('unreadable', line);
      break;
    }
    if (entry.seq !== line) note('moved', line, entry.items);
    if (entry.prev !== prev) note('unlinked', line, entry.items);
    const key = keyAt(claim.keys, entry.seq);
    if (
      key === undefined ||
      !isSignedBy(key.publicKey, entry.signature, 'reclaim custody 1', signedText(entry))
    )
      note('signature', line, entry.items);
    const after = afterAction(state, entry.action, entry.items);
    if (after.ok) state = after.state;
    else note('not-allowed', line, entry.items);
    const before = entries.at(-1);
    if (before !== undefined && Date.parse(before.at) - Date.parse(entry.at) > CLOCK_MS)
      note('backwards', line, entry.items);
    prev = entryDigest(entry);
    entries.push(entry);
  }
  if (!ended || entries.length < claim.entries) note('truncated', entries.length);
  // Lines beyond the most that a log has were not read, and so are not vouched for.
  else if (lines.length > claim.entries || prev !== claim.head) note('other-head', entries.length);
  return { entries, faults };
}

function readEntry(line: string): CustodyEntry | undefined {
  try {
    const value = readCanonical(line);
    return value === undefined ? undefined : parseCustodyEntry(value);
  } catch {
    return undefined;
  }
}
