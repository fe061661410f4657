/**
 * The client of `reclaim bench check`: HTTP/1.1 (RFC 9112) over plain sockets, each with one request in flight, written as
 * bytes that were put together before, and of the answers no more read than their status and length.
 *
 * A client that does what clients do (`node:http`) takes longer for a request than the node for its answer, and then it is
 * the client that is measured. While it asks it never sleeps: to wake a sleeping core costs whoever writes to it, which
 * would be charged to the node, and a node whose clients are elsewhere does not pay it. So it wants a core of its own.
 * @module
 */

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** One answer: milliseconds from the writing of the request to the last byte, and whether the text was looked for and found. */
export type BenchAnswer = { readonly ms: number; readonly passed: boolean };

/** Connections to one node. */
export class BenchClient {
  readonly #lines: readonly BenchLine[];

  private constructor(lines: readonly BenchLine[]) {
    this.#lines = lines;
  }

  /** Opens so many connections. */
  static async open(url: string, connections: number): Promise<BenchClient> {
    const { hostname, port } = new URL(url);
    const lines = Array.from({ length: connections }, async () => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      await once(socket, 'connect');
      return new BenchLine(socket);
    });
    return new BenchClient(await Promise.all(lines));
  }

  /**
   * Sends `count` requests, taking `requests` in turn, one in flight on each connection; an answer for each, in their order.
   * @throws {Error} (as a rejection) for an answer whose status is not 200, and where a connection ends
   */
  async askAll(requests: readonly Buffer[], count: number, passed: string): Promise<readonly BenchAnswer[]> {
    const answers: BenchAnswer[] = [];
    let next = 0;
    let asking = true;
    const awake = () => {
      if (asking) setImmediate(awake);
    };
    awake();
    const ask = async (line: BenchLine) => {
      while (next < count) {
        const at = next++;
        const begun = performance.now();
        const text = await line.ask(requests[at % requests.length]!);
        answers[at] = { ms: performance.now() - begun, passed: text.includes(passed) };
      }
    };
    try {
      await Promise.all(this.#lines.map(ask));
    } finally {
      asking = false;
    }
    return answers;
  }

  /** Ends all connections. */
  close(): void {
    for (const line of this.#lines) line.close();
  }
}

/** A request as it is written: `POST` with JSON. */
export function benchRequest(url: string, token: string, body: string): Buffer {
  const { host, pathname } = new URL(url);
  return Buffer.from(
    `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${token}\r\n` +
      `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

const END_OF_HEAD = '\r\n\r\n';

/** One connection. */
class BenchLine {
  readonly #socket: Socket;
  #read = '';
  #waiting: { readonly resolve: (text: string) => void; readonly reject: (error: Error) => void } | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    // Answers here are ASCII, so that characters are bytes.
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => this.#take(chunk));
    socket.on('error', () => this.#fail('bench: a connection broke'));
    socket.on('close', () => this.#fail('bench: the node closed a connection'));
  }

  ask(request: Buffer): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) {
        reject(new Error('bench: the node closed a connection'));
        return;
      }
      this.#waiting = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(chunk: string): void {
    this.#read = this.#read === '' ? chunk : this.#read + chunk;
    const head = this.#read.indexOf(END_OF_HEAD);
    if (head < 0) return;
    const status = this.#read.slice(9, 12);
    const length = /\r\ncontent-length: (\d+)/i.exec(this.#read)?.[1];
    if (status !== '200' || length === undefined) {
      this.#fail(`bench: the node answered ${status}`);
      return;
    }
    const from = head + END_OF_HEAD.length;
    if (this.#read.length < from + Number(length)) return;
    const text = this.#read.slice(from);
    this.#read = '';
    this.#waiting?.resolve(text);
    this.#waiting = undefined;
  }

  #fail(reason: string): void {
    this.#waiting?.reject(new Error(reason));
    this.#waiting = undefined;
  }
}
