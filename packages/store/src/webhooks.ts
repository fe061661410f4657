/**
 * Webhooks: endpoints that follow the outcome log by a cursor of their own (docs/decisions/0004).
 *
 * An endpoint's life
 *   following  takes the outcome after its cursor, one at a time and in order; the cursor moves when it said yes
 *   failing    it did not: tried again after a pause that doubles, up to an hour, for a day
 *   disabled   a day of failures, or it answered 410 Gone; it stays listed until an administrator deletes it
 *
 * Whoever delivers holds the lock of the endpoint's row meanwhile, and others skip it: two nodes never send to one
 * endpoint at once, and a node that dies lets go by dying. A delivery whose answer was lost is sent again: at least
 * once, in order. The address and the secret are sealed under the store's key; the host stands in the open.
 * @module
 */

import { randomBytes } from 'node:crypto';
import { DAY_MS, parseUtcMs, type UtcMs } from '@reclaim/casework/instant';
import type { WireWebhook } from '@reclaim/casework/wire-staff';
import { type Selectable, sql } from 'kysely';
import { noteErasure } from './erasure.ts';
import { type Actor, appendEvents } from './event-log.ts';
import { type Outcome, outcomeOf } from './outcomes.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** The form of a webhook's id. */
export const WEBHOOK_ID = /^whk_[0-9a-f]{32}$/;

/** How long an endpoint may fail before it is disabled. */
export const WEBHOOK_PATIENCE_MS = DAY_MS;

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60 * 60_000;

/** One delivery: where to, signed with what, and what happened at which time. */
export type Delivery = {
  readonly webhookId: string;
  readonly url: string;
  /** 32 bytes. */
  readonly secret: Buffer;
  readonly at: UtcMs;
  readonly outcome: Outcome;
};

/** What an endpoint said: taken, not now, or that it is gone for good. */
export type DeliveryAnswer = 'taken' | 'failed' | 'gone';

/** What came of a turn; `disabled` says that this was the last try. */
export type Turn =
  | { readonly kind: 'idle' }
  | {
      readonly kind: DeliveryAnswer;
      readonly webhookId: string;
      readonly host: string;
      readonly disabled: boolean;
    };

function wireOf(row: Selectable<Tables['webhook']>): WireWebhook {
  const { id, host, position, failing_since, disabled_at } = row;
  return {
    id,
    host,
    position,
    ...(failing_since === null ? {} : { failingSince: parseUtcMs(failing_since) }),
    ...(disabled_at === null ? {} : { disabledAt: parseUtcMs(disabled_at) }),
  };
}

/**
 * Makes an endpoint that is told of what happens from now on. `url` was checked by the caller.
 * @returns it with its secret, 32 bytes, which is not answered again
 */
export async function makeWebhook(
  store: Store,
  actor: Actor,
  url: URL,
): Promise<{ readonly webhook: WireWebhook; readonly secret: Buffer }> {
  const id = `whk_${randomBytes(16).toString('hex')}`;
  const secret = randomBytes(32);
  return store.transaction(async (trx) => {
    const [position] = await appendEvents(trx, store.now(), actor, [
      { type: 'webhook-made', subject: id, data: { webhookId: id } },
    ]);
    const row = await trx
      .insertInto('webhook')
      .values({
        id,
        host: url.host,
        sealed_url: store.key.seal(Buffer.from(url.href), `webhook-url:${id}`),
        sealed_secret: store.key.seal(secret, `webhook-secret:${id}`),
        position: position!,
        failing_since: null,
        next_at: store.now(),
        disabled_at: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return { webhook: wireOf(row), secret };
  });
}

/** Every endpoint, by id. */
export async function listWebhooks(store: Store): Promise<readonly WireWebhook[]> {
  return (await store.db.selectFrom('webhook').selectAll().orderBy('id').execute()).map(wireOf);
}

/** Deletes an endpoint with its address and its secret. Answers whether there was one. */
export async function deleteWebhook(store: Store, actor: Actor, id: string): Promise<boolean> {
  return store.transaction(async (trx) => {
    // The row before the chain, against the custom: a delivery may hold the row for seconds, and nobody may hold the
    // chain that long. A delivery never takes the chain, so the two cannot wait for each other.
    const deleted = await trx.deleteFrom('webhook').where('id', '=', id).returning('id').execute();
    if (deleted.length === 0) return false;
    await appendEvents(trx, store.now(), actor, [
      { type: 'webhook-deleted', subject: id, data: { webhookId: id } },
    ]);
    await noteErasure(store, trx);
    return true;
  });
}

/** The pause after `failures` failures in a row, milliseconds; `random` 0..1 spreads endpoints of one host. */
export function webhookPauseMs(failures: number, random: number): number {
  const whole = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures - 1, 30));
  return Math.ceil(whole * (0.5 + random / 2));
}

/**
 * Delivers the next outcome of one endpoint that has any due and that nobody else is delivering to.
 * @throws whatever `send` throws: then nothing is changed, and the delivery is due as before
 */
export async function deliverNext(
  store: Store,
  send: (delivery: Delivery) => Promise<DeliveryAnswer>,
  random: () => number = Math.random,
): Promise<Turn> {
  return store.transaction(async (trx): Promise<Turn> => {
    const row = await trx
      .selectFrom('webhook')
      .selectAll()
      .where('disabled_at', 'is', null)
      .where('next_at', '<=', store.now())
      .where(sql<boolean>`exists (select 1 from outcome o where o.position > webhook.position)`)
      .orderBy('next_at')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (row === undefined) return { kind: 'idle' };
    const { id, host } = row;
    const next = await trx
      .selectFrom('outcome')
      .innerJoin('event', 'event.seq', 'outcome.position')
      .selectAll('outcome')
      .select('event.at')
      .where('position', '>', row.position)
      .orderBy('position')
      .limit(1)
      .executeTakeFirst();
    if (next === undefined) return { kind: 'idle' };
    const kind = await send({
      webhookId: id,
      url: store.key.unseal(row.sealed_url, `webhook-url:${id}`).toString(),
      secret: store.key.unseal(row.sealed_secret, `webhook-secret:${id}`),
      at: parseUtcMs(next.at),
      outcome: outcomeOf(next),
    });
    const now = store.now();
    if (kind === 'taken') {
      await trx
        .updateTable('webhook')
        .set({ position: next.position, failing_since: null, failures: 0, next_at: now })
        .where('id', '=', id)
        .execute();
      return { kind, webhookId: id, host, disabled: false };
    }
    const failures = row.failures + 1;
    const since = row.failing_since ?? now;
    const disabled = kind === 'gone' || now - since >= WEBHOOK_PATIENCE_MS;
    await trx
      .updateTable('webhook')
      .set({
        failing_since: since,
        failures,
        next_at: now + webhookPauseMs(failures, random()),
        disabled_at: disabled ? now : null,
      })
      .where('id', '=', id)
      .execute();
    return { kind, webhookId: id, host, disabled };
  });
}
