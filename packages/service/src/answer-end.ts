/**
 * When an answer has ended: sent, or nobody is there any more to send it to. What a request took (a place among so many at
 * once) is given back then.
 *
 * Two things that Node does not say by itself. Whoever went away before anybody listened is gone without a further word: a
 * guard that asked the database first comes too late for `close`. And of several requests on one connection (RFC 9112
 * section 9.3.2) only the first has an answer that knows of the connection, so the connection itself is listened to as well.
 * @module
 */

import type { FastifyReply } from 'fastify';

/** More than one key may have in flight, each with two places. */
const MOST_LISTENERS = 64;

/** Calls `done` once, when the answer has ended; at once where it has. */
export function onceEnded({ raw, request }: FastifyReply, done: () => void): void {
  const { socket } = request.raw;
  if (raw.destroyed || socket.destroyed) {
    done();
    return;
  }
  const end = (): void => {
    raw.off('close', end);
    socket.off('close', end);
    done();
  };
  raw.once('close', end);
  // Many requests on one connection are no leak, which Node would warn of from the eleventh listener on.
  if (socket.getMaxListeners() < MOST_LISTENERS) socket.setMaxListeners(MOST_LISTENERS);
  socket.once('close', end);
}
