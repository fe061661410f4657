/**
 * Banked signals: putting them in, moving them through their states, taking them out so that nothing is left.
 *
 * A signal row names no case. Its withdrawal capability is 32 bytes that only its owner holds, and of a person's signal drew; the row has the
 * SHA-256 of it. On withdrawal and expiry the sealed value and the capability's hash are emptied in the same
 * transaction, and an erasure is noted as pending until compaction has rewritten the files.
 *
 * What a platform banks may be sent again, where the answer was lost. Its capability therefore follows from its id under the
 * store's key, and who names a request is answered with what stands of it when it comes again. Who has the store's key could
 * draw that capability, and can do more than that: it unseals the value.
 * @module
 */

import { createHash, randomBytes } from 'node:crypto';
import {
  type BankedSignal,
  decideSignal,
  evolveSignal,
  isLive,
  NO_SIGNAL,
  type SignalCommand,
  type SignalEvent,
  type SignalState,
} from '@reclaim/casework/banked-signal';
import { type BankId, makeId, type SignalId } from '@reclaim/casework/id';
import { coarseDay, type UtcMs } from '@reclaim/casework/instant';
import type { Refusal } from '@reclaim/casework/refusal';
import type { WireBankedSignal } from '@reclaim/casework/wire';
import { type Signal, signalBytes } from '@reclaim/fingerprint/signal';
import type { Transaction } from 'kysely';
import { noteErasure } from './erasure.ts';
import { type Actor, appendEvents, draftOf, eraseValues, lockChain, notifyBankChange } from './event-log.ts';
import { lapseJobsIn } from './job-lapse.ts';
import { eraseFeaturesOfSignal } from './local-feature-erasure.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** A signal just banked: its id and the secret that withdraws it. */
export type NewSignal = { readonly id: SignalId; readonly capability: string };

/** The outcome of banking: the signals in the order given, and the position of the last change. */
export type Banked =
  | { readonly ok: true; readonly position: number; readonly signals: readonly NewSignal[] }
  | { readonly ok: false; readonly reason: 'not-found' };

/** The outcome of a command on a signal. */
export type SignalOutcome =
  | { readonly ok: true; readonly state: SignalState; readonly position: number }
  | { readonly ok: false; readonly reason: Refusal };

/** SHA-256 of a capability's text (its 43 characters, not the bytes that they stand for). */
export function capabilityHash(capability: string): Buffer {
  return createHash('sha256').update(capability).digest();
}

/** A signal to be banked, with the SHA-256 of the capability that withdraws it. */
export type SignalDraft = {
  readonly signal: Signal;
  readonly capabilitySha256: Uint8Array;
  /** Its id, where that was drawn already. */
  readonly id?: SignalId;
  /** By what it is known when it is sent again. */
  readonly onceTag?: Buffer;
};

/**
 * Banks 1..64 signals in one transaction, unconfirmed, with capabilities drawn here. `expiresAt` is when they expire
 * unless confirmed. With `once`, a signal that this actor banked here with the same `once`, and that stands, is not banked
 * again: the answer is its id and capability. Without it every call banks anew: two persons may have the same picture
 * protected, and neither's withdrawal may end what protects the other.
 */
export async function bankSignals(
  store: Store,
  actor: Actor,
  bankId: BankId,
  signals: readonly Signal[],
  { expiresAt, once }: { readonly expiresAt?: UtcMs; readonly once?: string } = {},
): Promise<Banked> {
  return store.transaction(async (trx): Promise<Banked> => {
    const bank = await trx.selectFrom('bank').select('id').where('id', '=', bankId).executeTakeFirst();
    if (bank === undefined) return { ok: false, reason: 'not-found' };
    // Two that are sent at once: the second waits here, and finds what the first banked.
    await lockChain(trx);
    const seen = new Map<string, number>();
    const tags = signals.map(({ kind, value }) => {
      // Two of one value in a request are two, and the second of them is the second when they are sent again.
      const nth = seen.get(`${kind} ${value}`) ?? 0;
      seen.set(`${kind} ${value}`, nth + 1);
      const apart = once ?? randomBytes(16).toString('hex');
      return store.key.tag(Buffer.from(JSON.stringify(['once', actor, bankId, kind, value, apart, nth])));
    });
    const standing = once === undefined ? new Map() : await standingSignals(trx, tags);
    const drafts = new Map<string, SignalDraft & { readonly id: SignalId }>();
    for (const [i, signal] of signals.entries()) {
      const name = tags[i]!.toString('hex');
      if (standing.has(name)) continue;
      const id = makeId('signal', randomBytes(16));
      const capabilitySha256 = capabilityHash(capabilityOf(store, id));
      drafts.set(name, {
        signal,
        id,
        capabilitySha256,
        ...(once === undefined ? {} : { onceTag: tags[i]! }),
      });
    }
    const fresh = [...drafts.values()];
    const banked =
      fresh.length === 0 ? undefined : await bankSignalsIn(store, trx, actor, bankId, fresh, expiresAt);
    const positions = [...standing.values()].map(({ position }) => position);
    return {
      ok: true,
      position: banked?.position ?? Math.max(...positions),
      signals: tags.map((tag) => {
        const name = tag.toString('hex');
        const id = standing.get(name)?.id ?? drafts.get(name)!.id;
        return { id, capability: capabilityOf(store, id) };
      }),
    };
  });
}

/** The capability of a signal that was banked here: 43 characters of base64url. */
function capabilityOf(store: Store, id: SignalId): string {
  return store.key.tag(Buffer.from(`capability:${id}`)).toString('base64url');
}

/** What stands of signals that were sent before, by their tags in hex, each with the change that brought it. */
async function standingSignals(
  trx: Transaction<Tables>,
  tags: readonly Buffer[],
): Promise<ReadonlyMap<string, { readonly id: SignalId; readonly position: number }>> {
  const rows = await trx
    .selectFrom('signal')
    .innerJoin('bank_change', 'bank_change.signal_num', 'signal.num')
    .select(({ fn }) => ['signal.id', 'once_tag', fn.min('position').as('position')])
    .where('once_tag', 'in', [...tags])
    .groupBy(['signal.id', 'once_tag'])
    .execute();
  return new Map(rows.map(({ id, once_tag, position }) => [once_tag!.toString('hex'), { id, position }]));
}

/**
 * The same inside the caller's transaction, with capabilities that whoever owns the signals drew. At least one draft,
 * the bank exists, and no capability is in use.
 */
export async function bankSignalsIn(
  store: Store,
  trx: Transaction<Tables>,
  actor: Actor,
  bankId: BankId,
  drafts: readonly SignalDraft[],
  expiresAt?: UtcMs,
): Promise<{ readonly position: number; readonly ids: readonly SignalId[] }> {
  const now = store.now();
  const made = drafts.map((draft) => {
    const id = draft.id ?? makeId('signal', randomBytes(16));
    const decided = decideSignal(NO_SIGNAL, {
      kind: 'bank',
      signalId: id,
      bankId,
      ...(expiresAt === undefined ? {} : { expiresAt }),
    });
    if (!decided.ok) throw new Error('signals: a new signal was refused');
    return { ...draft, id, events: decided.events };
  });
  const events = made.flatMap(({ id, events }) => events.map((event) => draftOf(id, event)));
  const positions = await appendEvents(trx, now, actor, events);
  const rows = await trx
    .insertInto('signal')
    .values(
      made.map(({ id, signal, capabilitySha256, onceTag }) => ({
        id,
        bank_id: bankId,
        kind: signal.kind,
        state: 'unconfirmed' as const,
        sealed: store.key.seal(signalBytes(signal.value), id),
        quality: signal.kind === 'pdq' ? signal.quality : null,
        pipeline: signal.kind === 'pdq' ? signal.pipeline : null,
        capability_sha256: Buffer.from(capabilitySha256),
        confirmed_by: null,
        disputed_from: null,
        day: coarseDay(now),
        expires_at: expiresAt ?? null,
        once_tag: onceTag ?? null,
      })),
    )
    .returning(['id', 'num'])
    .execute();
  const numOf = new Map(rows.map(({ id, num }) => [id, num]));
  await trx
    .insertInto('bank_change')
    .values(made.map(({ id }, i) => ({ position: positions[i]!, bank_id: null, signal_num: numOf.get(id)! })))
    .execute();
  await notifyBankChange(trx);
  return { position: positions[positions.length - 1]!, ids: made.map(({ id }) => id) };
}

/** Carries out a command on one signal. */
export async function commandSignal(
  store: Store,
  actor: Actor,
  command: SignalCommand,
): Promise<SignalOutcome> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    return commandSignalIn(store, trx, actor, command);
  });
}

/** The same inside the caller's transaction: a decision on a job confirms its signals in one commit. */
export async function commandSignalIn(
  store: Store,
  trx: Transaction<Tables>,
  actor: Actor,
  command: SignalCommand,
): Promise<SignalOutcome> {
  const row = await trx
    .selectFrom('signal')
    .select(['num', 'bank_id', 'state', 'disputed_from', 'confirmed_by', 'expires_at'])
    .where('id', '=', command.signalId)
    .forUpdate()
    .executeTakeFirst();
  const before: BankedSignal =
    row === undefined
      ? NO_SIGNAL
      : {
          kind: row.state,
          bankId: row.bank_id,
          ...(row.disputed_from === null ? {} : { disputedFrom: row.disputed_from }),
          expiresAt: (row.expires_at ?? undefined) as UtcMs | undefined,
        };
  const decided = decideSignal(before, command);
  if (!decided.ok) return decided;
  const after = decided.events.reduce<BankedSignal>(evolveSignal, before);
  if (row === undefined || after.kind === 'none')
    throw new Error('signals: a command made a signal from nothing');
  const position = await appendSignalEvents(store, trx, actor, command.signalId, row.num, decided.events);
  if (isLive(after.kind)) {
    const reviewed = command.kind === 'confirm' && command.basis.kind === 'reviewed-match';
    const basis = reviewed ? command.basis.decisionId : row.confirmed_by;
    await trx
      .updateTable('signal')
      .set({
        state: after.kind,
        // A disputed signal keeps what it rested on; one that is unconfirmed rests on nothing.
        confirmed_by: after.kind === 'unconfirmed' ? null : basis,
        disputed_from: (after.kind === 'disputed' && after.disputedFrom) || null,
      })
      .where('num', '=', row.num)
      .execute();
  } else {
    await eraseSignal(store, trx, row.num, command.signalId, after.kind);
  }
  return { ok: true, state: after.kind, position };
}

async function appendSignalEvents(
  store: Store,
  trx: Transaction<Tables>,
  actor: Actor,
  id: SignalId,
  num: number,
  events: readonly SignalEvent[],
): Promise<number> {
  const drafts = events.map((event) => draftOf(id, event));
  const positions = await appendEvents(trx, store.now(), actor, drafts);
  const position = positions[positions.length - 1]!;
  await trx.insertInto('bank_change').values({ position, bank_id: null, signal_num: num }).execute();
  await notifyBankChange(trx);
  return position;
}

async function eraseSignal(
  store: Store,
  trx: Transaction<Tables>,
  num: number,
  id: SignalId,
  state: SignalState,
): Promise<void> {
  await trx
    .updateTable('signal')
    .set({
      ...{ state, sealed: null, quality: null, pipeline: null, capability_sha256: null, expires_at: null },
      once_tag: null,
    })
    .where('num', '=', num)
    .execute();
  await eraseValues(trx, id);
  await eraseFeaturesOfSignal(trx, id);
  await noteErasure(store, trx);
  await lapseJobsIn(store, trx, id);
}

/** Withdraws the signal that this capability belongs to. Answers its last position, or `undefined` for none. */
export async function withdrawByCapability(store: Store, capability: string): Promise<number | undefined> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const row = await trx
      .selectFrom('signal')
      .select('id')
      .where('capability_sha256', '=', capabilityHash(capability))
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const outcome = await commandSignalIn(store, trx, 'capability', { kind: 'withdraw', signalId: row.id });
    return outcome.ok ? outcome.position : undefined;
  });
}

/** Expires every unconfirmed signal whose time has come, 100 a transaction. Answers how many. */
export async function expireDueSignals(store: Store): Promise<number> {
  let expired = 0;
  for (;;) {
    const batch = await store.transaction(async (trx) => {
      await lockChain(trx);
      const now = store.now();
      const due = await trx
        .selectFrom('signal')
        .select('id')
        .where('state', '=', 'unconfirmed')
        .where('expires_at', '<=', now)
        .limit(100)
        .forUpdate()
        .skipLocked()
        .execute();
      for (const { id } of due)
        await commandSignalIn(store, trx, 'system', { kind: 'expire', signalId: id, now });
      return due.length;
    });
    expired += batch;
    if (batch < 100) return expired;
  }
}

/** One banked signal without its value, or `undefined`. */
export async function findSignal(store: Store, id: SignalId): Promise<WireBankedSignal | undefined> {
  const row = await store.db
    .selectFrom('signal')
    .select(['id', 'bank_id', 'kind', 'state', 'day', 'quality'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { id: signalId, bank_id: bankId, kind, state, day, quality } = row;
  return { id: signalId, bankId, kind, state, day: day as UtcMs, ...(quality === null ? {} : { quality }) };
}
