/**
 * Receiving a node's webhooks: is this call the node's, fresh, and not a repetition?
 *
 * Standard Webhooks 1.0.0, symmetric scheme v1: base64 of HMAC-SHA-256 over `webhook-id.webhook-timestamp.body`, under the
 * secret behind `whsec_`. The body must be the bytes as they came: parsed and written again they are other bytes.
 *
 * Freshness: five minutes either way (the specification's own tolerance), so a call that somebody recorded is worth
 * nothing later. Within them the id tells: `replayMemory`, or a cursor of your own, since ids are positions in one log.
 * The node repeats a delivery whose answer it did not hear, with the same id: answer it with 2xx and do nothing.
 * @module
 */

import { createHmac, timingSafeEqual } from 'node:crypto';
import { wireOutcomePage } from '@reclaim/casework/wire';
import type { Outcome } from './client.ts';

/** How far a call's own time may be from ours, milliseconds. */
export const WEBHOOK_TOLERANCE_MS = 5 * 60_000;

/** Headers as Node, Express and Fastify have them, or those of a web `Request`. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** What a node said, or why the call is not to be believed. Answer every refusal alike, with 400 or 401. */
export type VerifiedWebhook =
  | { readonly ok: true; readonly id: string; readonly at: number; readonly outcome: Outcome }
  | { readonly ok: false; readonly reason: 'missing-header' | 'wrong-signature' | 'stale' | 'malformed' };

/** The form of a secret: `whsec_` and base64 of 24 to 64 bytes. */
const SECRET = /^whsec_([A-Za-z0-9+/]{32,86}={0,2})$/;

/** @throws {TypeError} unless `text` is a webhook's secret; the message never holds it */
export function parseWebhookSecret(text: string): Buffer {
  const encoded = SECRET.exec(text)?.[1];
  if (encoded === undefined) throw new TypeError('webhook secret: expected whsec_ and base64');
  return Buffer.from(encoded, 'base64');
}

function headerOf(headers: WebhookHeaders, name: string): string | undefined {
  const value = headers instanceof Headers ? (headers.get(name) ?? undefined) : headers[name];
  return typeof value === 'string' ? value : undefined;
}

/**
 * Verifies one call.
 * @param headers with lower-case names, as Node has them
 * @param body as it came: bytes, or their text
 * @param secret as the node answered it, `whsec_…`
 * @param now milliseconds since 1970
 * @throws {TypeError} for a secret of another form: a mistake in configuration, which no caller can cause
 */
export function verifyWebhook(
  headers: WebhookHeaders,
  body: Uint8Array | string,
  secret: string,
  now: number,
): VerifiedWebhook {
  const key = parseWebhookSecret(secret);
  const id = headerOf(headers, 'webhook-id');
  const timestamp = headerOf(headers, 'webhook-timestamp');
  const signatures = headerOf(headers, 'webhook-signature');
  if (id === undefined || timestamp === undefined || signatures === undefined) {
    return { ok: false, reason: 'missing-header' };
  }
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
  // Several stand there while a secret is changed over; every one is compared, so that time tells nothing.
  let genuine = false;
  for (const each of signatures.split(' ').slice(0, 8)) {
    if (!each.startsWith('v1,')) continue;
    const given = Buffer.from(each.slice(3), 'base64');
    if (given.length === expected.length && timingSafeEqual(given, expected)) genuine = true;
  }
  if (!genuine) return { ok: false, reason: 'wrong-signature' };
  const sentAt = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1000 : Number.NaN;
  if (!(Math.abs(now - sentAt) <= WEBHOOK_TOLERANCE_MS)) return { ok: false, reason: 'stale' };
  const said = outcomeOf(typeof body === 'string' ? body : Buffer.from(body).toString('utf8'));
  if (said === undefined || String(said.outcome.position) !== id) return { ok: false, reason: 'malformed' };
  return { ok: true, id, ...said };
}

function outcomeOf(text: string): { readonly at: number; readonly outcome: Outcome } | undefined {
  let body: {
    readonly id?: unknown;
    readonly type?: unknown;
    readonly at?: unknown;
    readonly data?: unknown;
  };
  try {
    body = JSON.parse(text) ?? {};
  } catch {
    return undefined;
  }
  if (body.type !== 'outcome' || typeof body.at !== 'number' || typeof body.data !== 'object')
    return undefined;
  const outcome = { position: body.id, ...body.data };
  const page = wireOutcomePage.safeParse({ outcomes: [outcome], position: 0 });
  if (!page.success) return undefined;
  return { at: body.at, outcome: page.data.outcomes[0]! };
}

/** Ids that were acted on, for as long as a recorded call could still be fresh. */
export type ReplayMemory = {
  /** Whether this id was acted on lately. */
  readonly knows: (id: string, now: number) => boolean;
  /** Remembers an id once it was acted on: remembered before, a failure would make the node's next try go nowhere. */
  readonly add: (id: string, now: number) => void;
};

/** A memory of ids in this process, of `most` ids at most (10,000 unless said otherwise). */
export function replayMemory(most = 10_000): ReplayMemory {
  const ends = new Map<string, number>();
  return {
    knows: (id, now) => (ends.get(id) ?? Number.NEGATIVE_INFINITY) > now,
    add: (id, now) => {
      for (const [known, until] of ends) {
        if (until > now && ends.size < most) break;
        ends.delete(known);
      }
      // A call dated five minutes ahead is fresh for ten.
      ends.set(id, now + 2 * WEBHOOK_TOLERANCE_MS);
    },
  };
}
