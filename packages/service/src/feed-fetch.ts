/**
 * Asking a feed: one GET, its text, or why there is none. The address was given by an administrator and is taken for an
 * attempt to reach into the operator's own network all the same (`public-address.ts`): judged anew each time, where the
 * connection is made. No redirect is followed: it would take the keys in the headers somewhere else. Nothing of the
 * address, the keys or the answer is ever in a reason.
 * @module
 */

import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { FeedFault } from '@reclaim/casework/wire-exchange';
import type { FeedQuestion } from '@reclaim/exchange/stopncii-question';
import { lookupWithin, reachOf } from './public-address.ts';

/** The longest page, bytes: 20,000 records with their feedback stay below. */
export const PAGE_BYTES = 32 * 1024 * 1024;

/** From the question to the last byte, milliseconds. */
const PAGE_MS = 60_000;

/** What came of a question. */
export type FeedAnswer =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly fault: FeedFault };

/** Asks. Rejects only when `stop` aborts. */
export async function askFeed(
  question: FeedQuestion,
  hosts: readonly string[],
  stop: AbortSignal,
  mostBytes: number = PAGE_BYTES,
): Promise<FeedAnswer> {
  stop.throwIfAborted();
  const known = reachOf(question.url, hosts);
  if (known === undefined) return { ok: false, fault: 'address' };
  const { url, reach } = known;
  let response: IncomingMessage | undefined;
  try {
    response = await new Promise<IncomingMessage>((resolve, reject) => {
      const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
      const request = open(
        url,
        {
          method: 'GET',
          agent: false,
          lookup: lookupWithin(reach),
          signal: AbortSignal.any([stop, AbortSignal.timeout(PAGE_MS)]),
          headers: { ...question.headers, accept: 'application/json', 'accept-encoding': 'identity' },
        },
        (answer) => {
          // An error that nobody hears would end the process.
          answer.on('error', () => undefined);
          resolve(answer);
        },
      );
      request.on('error', reject);
      // An answer that wants to change the protocol (101) ends without an error and without a response.
      request.on('close', () => reject(new Error('feed: no answer')));
      request.end();
    });
    const { statusCode = 0, headers } = response;
    if (statusCode === 401 || statusCode === 403) return { ok: false, fault: 'refused' };
    // A coding would make much of little before anything was counted.
    if (statusCode !== 200 || (headers['content-encoding'] ?? 'identity') !== 'identity')
      return { ok: false, fault: 'status' };
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > mostBytes) return { ok: false, fault: 'too-large' };
      chunks.push(chunk);
    }
    return { ok: true, text: Buffer.concat(chunks, length).toString() };
  } catch {
    stop.throwIfAborted();
    return { ok: false, fault: 'unreachable' };
  } finally {
    response?.destroy();
  }
}
