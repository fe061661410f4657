/**
 * Sends outcomes to webhooks, signed as Standard Webhooks 1.0.0 has it (standardwebhooks.com, symmetric scheme v1).
 *
 *     webhook-id: the outcome's position          the same at every repetition: what a receiver tells repeats by
 *     webhook-timestamp: seconds since 1970       of this very sending: what a receiver tells replays by
 *     webhook-signature: v1,base64(HMAC-SHA-256(secret, id "." timestamp "." body))
 *
 * The body bears ids, an effect and the ground of a removal: nobody's words, and nothing of who reported or who decided.
 * 2xx within ten seconds is yes; 410 ends the endpoint; everything else, a redirect first of all, is no. The answer's
 * body is not read. A log line has the endpoint's id and host, never its address.
 *
 * Life: *sending* (a look every half second) → *stopping* (a delivery under way is broken off and counts as not made:
 * it will be sent again by whoever comes next) → gone.
 * @module
 */

import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Store } from '@reclaim/store/store';
import { type Delivery, type DeliveryAnswer, deliverNext } from '@reclaim/store/webhooks';
import { lookupWithin, reachOf } from './public-address.ts';

/** How long an endpoint may take to answer, milliseconds. */
const ANSWER_MS = 10_000;

/** Endpoints that one node delivers to at the same moment: each holds a database connection. */
const AT_ONCE = 3;

/** What sending needs. */
export type SenderOptions = {
  readonly log: (line: string) => void;
  /** `host:port` of private addresses that may be sent to all the same. */
  readonly hosts: readonly string[];
  readonly everyMs?: number;
  readonly answerMs?: number;
};

/** `v1,…` over what is sent. */
export function signWebhook(secret: Uint8Array, id: string, timestamp: number, body: string): string {
  return `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** The secret as an administrator gets it, once: `whsec_` and base64. */
export function webhookSecretText(secret: Uint8Array): string {
  return `whsec_${Buffer.from(secret).toString('base64')}`;
}

/** The body of a delivery. */
export function webhookBody({ at, outcome }: Pick<Delivery, 'at' | 'outcome'>): string {
  const { position, jobId, itemId, effect, ground } = outcome;
  return JSON.stringify({
    id: position,
    type: 'outcome',
    at,
    data: { jobId, itemId, effect, ...(ground === undefined ? {} : { ground }) },
  });
}

/** Starts sending; `stop` ends it and waits for what is under way. */
export function startWebhookSender(
  store: Store,
  options: SenderOptions,
): { readonly stop: () => Promise<void> } {
  const { log, hosts, everyMs = 500, answerMs = ANSWER_MS } = options;
  const end = new AbortController();
  const send = (delivery: Delivery) => post(delivery, store.now(), hosts, answerMs, end.signal);

  const follow = async (): Promise<void> => {
    while (!end.signal.aborted) {
      const turn = await deliverNext(store, send);
      if (turn.kind === 'idle') return;
      if (turn.disabled) {
        const why = turn.kind === 'gone' ? 'it answered 410 Gone' : 'a day of failures';
        log(`webhook ${turn.webhookId} to ${turn.host} is disabled: ${why}`);
      }
    }
  };

  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  const schedule = (): void => {
    timer = setTimeout(() => {
      running = Promise.allSettled(Array.from({ length: AT_ONCE }, follow)).then((done) => {
        if (end.signal.aborted) return;
        for (const each of done) {
          if (each.status === 'rejected')
            log(`webhooks: ${(each.reason as { code?: string }).code ?? 'error'}`);
        }
        schedule();
      });
    }, everyMs);
  };
  schedule();

  return {
    stop: async () => {
      end.abort();
      clearTimeout(timer);
      await running;
    },
  };
}

function post(
  delivery: Delivery,
  now: number,
  hosts: readonly string[],
  answerMs: number,
  stop: AbortSignal,
): Promise<DeliveryAnswer> {
  const { url, secret, outcome } = delivery;
  const message = { url, secret, id: String(outcome.position), body: webhookBody(delivery) };
  return postSigned(message, now, hosts, answerMs, stop);
}

/** What is sent where; `secret` signs, where there is one. */
export type SignedMessage = {
  readonly url: string;
  readonly secret: Uint8Array | undefined;
  readonly id: string;
  readonly body: string;
};

/** One request to an address that somebody named. Rejects only when `stop` aborts. */
export function postSigned(
  { url: address, secret, id, body }: SignedMessage,
  now: number,
  hosts: readonly string[],
  answerMs: number,
  stop: AbortSignal,
): Promise<DeliveryAnswer> {
  return new Promise((resolve, reject) => {
    stop.throwIfAborted();
    // Asked anew each time: the operator may have taken a private address back.
    const known = reachOf(address, hosts);
    if (known === undefined) return resolve('failed');
    const { url, reach } = known;
    const timestamp = Math.floor(now / 1000);
    const clock = AbortSignal.timeout(answerMs);
    const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = open(
      url,
      {
        method: 'POST',
        agent: false,
        lookup: lookupWithin(reach),
        signal: AbortSignal.any([stop, clock]),
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'reclaim',
          'webhook-id': id,
          'webhook-timestamp': String(timestamp),
          ...(secret === undefined ? {} : { 'webhook-signature': signWebhook(secret, id, timestamp, body) }),
        },
      },
      (response) => {
        const { statusCode = 0 } = response;
        response.destroy();
        if (statusCode === 410) resolve('gone');
        else resolve(statusCode >= 200 && statusCode < 300 ? 'taken' : 'failed');
      },
    );
    request.on('error', (error) => {
      if (stop.aborted) reject(error);
      else resolve('failed');
    });
    // An answer that wants to change the protocol (101) ends without an error and without a response. Waited for, it would
    // hold a transaction open for good, and with it every delivery, every compaction, and the end of this process.
    request.on('close', () => resolve('failed'));
    request.end(body);
  });
}
