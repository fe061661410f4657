/**
 * One line of the custody log: who did what to which items, when, and what state everything was in afterwards.
 *
 * The list of actions is closed. A look at an original demands a reason, and so do handing over and deleting.
 *
 * `state` is the SHA-256 of the canonical list of all items' digests (`stateDigest`): it binds the entry to what was
 * there, without saying what it was.
 * @module
 */

import { canonicalBytes, canonicalJson, type Json } from '../package/canonical-json.ts';
import { sha256Hex } from '../package/file-digest.ts';

/** Everything that can be done, in the words of the log. */
export const CUSTODY_ACTIONS = Object.freeze([
  'created',
  'captured',
  'imported',
  'sealed',
  'stamped',
  'viewed-shielded',
  'viewed-original',
  'exported',
  'shared-with',
  'verified',
  'superseded',
  'deletion-scheduled',
  'erased',
] as const);

/** One of them. */
export type CustodyAction = (typeof CUSTODY_ACTIONS)[number];

/** Actions that say for what, to whom or why. */
export const REASONED: ReadonlySet<CustodyAction> = new Set([
  'viewed-original',
  'shared-with',
  'deletion-scheduled',
]);

/** Who acts: what they are to the case, and a name that means nothing outside of it. */
export type CustodyActor = {
  readonly role: 'owner' | 'helper' | 'representative' | 'program';
  /** 1 to 40 of letters, digits, space and `.-`. */
  readonly pseudonym: string;
};

/** Characters of a reason, at most. */
export const MAX_REASON = 400;

/** Items that one entry can name. */
export const MAX_NAMED = 500;

/** An entry before it is signed. Digests are 64 lower-case hex digits; `at` is ISO 8601 in UTC with milliseconds. */
export type CustodyDraft = {
  readonly seq: number;
  readonly prev: string;
  readonly at: string;
  readonly actor: CustodyActor;
  readonly action: CustodyAction;
  readonly items: readonly string[];
  readonly reason: string | null;
  readonly state: string;
};

/** A signed entry. */
export type CustodyEntry = CustodyDraft & { readonly signature: string };

/** What stands before the first entry: SHA-256 of `reclaim custody 1`. */
export const BEFORE_FIRST = sha256Hex(new TextEncoder().encode('reclaim custody 1'));

const FIELDS = ['seq', 'prev', 'at', 'actor', 'action', 'items', 'reason', 'state', 'signature'];
const HEX64 = /^[0-9a-f]{64}$/;
const ITEM = /^[0-9a-f]{16}$/;

/** The line of an entry: canonical JSON. */
export function custodyLine(entry: CustodyEntry): string {
  return canonicalJson(entry as unknown as Json);
}

/** What the signature is over: the canonical JSON of the entry without it. */
export function signedText(entry: CustodyDraft | CustodyEntry): string {
  const { seq, prev, at, actor, action, items, reason, state } = entry;
  return canonicalJson({ seq, prev, at, actor, action, items, reason, state });
}

/** The digest that the next entry names: SHA-256 of the line, signature and all. */
export function entryDigest(entry: CustodyEntry): string {
  return sha256Hex(canonicalBytes(entry as unknown as Json));
}

/** The digest of a state: SHA-256 of the canonical list of `[id, digest]`, by id. */
export function stateDigest(items: ReadonlyMap<string, string>): string {
  const pairs = [...items].sort(([a], [b]) => (a < b ? -1 : 1));
  return sha256Hex(canonicalBytes(pairs as unknown as Json));
}

/**
 * Checks an entry, whoever made it.
 * @throws {TypeError} naming the field that has not the form; never what stood there
 */
export function parseCustodyEntry(value: unknown): CustodyEntry {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('custody entry: expected an object');
  const fields = value as Record<string, unknown>;
  for (const name of Object.keys(fields))
    if (!FIELDS.includes(name)) throw new TypeError('custody entry: expected no other field');
  const { seq, prev, at, action, items, reason, state, signature } = fields;
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 0)
    throw new TypeError('custody entry: expected seq');
  if (typeof prev !== 'string' || !HEX64.test(prev)) throw new TypeError('custody entry: expected prev');
  if (typeof state !== 'string' || !HEX64.test(state)) throw new TypeError('custody entry: expected state');
  if (typeof signature !== 'string' || !/^[0-9a-f]{128}$/.test(signature))
    throw new TypeError('custody entry: expected signature');
  if (typeof at !== 'string' || !isInstant(at)) throw new TypeError('custody entry: expected at');
  if (!CUSTODY_ACTIONS.includes(action as CustodyAction))
    throw new TypeError('custody entry: expected an action of the list');
  if (!Array.isArray(items) || items.length > MAX_NAMED || !items.every((id) => ITEM.test(String(id))))
    throw new TypeError('custody entry: expected items');
  const reasoned = REASONED.has(action as CustodyAction);
  if (reason !== null && (typeof reason !== 'string' || reason.length > MAX_REASON || !reason.isWellFormed()))
    throw new TypeError('custody entry: expected a reason or null');
  if (reasoned && (reason === null || String(reason).trim() === ''))
    throw new TypeError('custody entry: expected a reason for this action');
  return {
    seq,
    prev,
    at,
    actor: parseActor(fields['actor']),
    action: action as CustodyAction,
    items: items as readonly string[],
    reason: reason as string | null,
    state,
    signature,
  };
}

/** Whether a text is a moment in UTC as JavaScript writes it, with milliseconds. */
export function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && new Date(text).toJSON() === text;
}

function parseActor(value: unknown): CustodyActor {
  const { role, pseudonym, ...more } = (value ?? {}) as Record<string, unknown>;
  if (Object.keys(more).length > 0) throw new TypeError('custody entry: expected an actor');
  if (role !== 'owner' && role !== 'helper' && role !== 'representative' && role !== 'program')
    throw new TypeError('custody entry: expected the actor’s role');
  if (typeof pseudonym !== 'string' || !/^[\p{L}\p{N} .-]{1,40}$/u.test(pseudonym))
    throw new TypeError('custody entry: expected the actor’s pseudonym');
  return { role, pseudonym };
}
