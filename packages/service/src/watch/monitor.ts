/**
 * The monitor: looks at the addresses of watches when their time has come (design, step 6). Off unless the operator names a contact.
 *
 * A turn takes what is due, one after the other from the database, so that several nodes share the work; a few looks go on at once,
 * never two at one host (`watch_host`), and each host is left alone for a while after a look, longer where it asks for that. A look
 * that a stopping node breaks off is made again when its lease ends. What a look learns goes into the sealed row of its watch and
 * nowhere else: no line of the log, no event, no metric says that it was made.
 * @module
 */

import type { Look } from '@reclaim/casework/watch';
import { evolveWatch } from '@reclaim/casework/watch';
import type { Store } from '@reclaim/store/store';
import { claimDueWatch, type DueWatch, settleLook } from '@reclaim/store/watches';
import type { Resolve } from '../preview-fetch.ts';
import { type LookParts, lookAt, type Sight } from './look.ts';
import { ROBOTS_NAME, Robots } from './robots.ts';

/** What an operator says to switch the monitor on. */
export type MonitorOptions = {
  /** A page of the operator, https, that a site's owner can turn to: it stands in the name of who asks. */
  readonly contact: string;
  /** `false` where another node on this database makes the looks, in a network of its own: this one only takes watches. */
  readonly looks?: boolean | undefined;
  /** For tests alone: `host:port` of servers of the test itself. No setting of an operator leads here. */
  readonly testHosts?: readonly string[] | undefined;
  /** For tests alone: in place of the system's resolver. */
  readonly resolve?: Resolve | undefined;
};

/** How long a host is left alone after a look, milliseconds. */
export const HOST_DELAY_MS = 30_000;

/** The wait before each further request of one look: this, and as much again by chance, milliseconds. */
export const PAUSE_MS = 500;

/** The longest that one look may take, milliseconds: well within its lease. */
export const LOOK_MS = 300_000;

/** Looks that go on at once on one node: each holds one picture, and takes a decoder from the upload check. */
export const LOOKS_AT_ONCE = 2;

/** How often a node asks for what is due, milliseconds. */
export const TURN_MS = 20_000;

/** Watches that one turn passes over or takes; the rest is the next turn's. */
const MOST_A_TURN = 200;

const VERSION = '0.1';

/** Makes the looks of one node. */
export class Monitor {
  readonly #store: Store;
  readonly #options: MonitorOptions;
  readonly #robots: Robots;
  readonly #ending = new AbortController();

  /** @throws {TypeError} unless the contact is an https address of printable ASCII without name or password */
  constructor(store: Store, options: MonitorOptions) {
    this.#store = store;
    this.#options = { ...options, contact: parseContact(options.contact) };
    this.#robots = new Robots(() => store.now());
  }

  /** Whether this node makes looks, or leaves them to another one. */
  get looks(): boolean {
    return this.#options.looks !== false;
  }

  /** For tests alone: the test's own servers. */
  get testHosts(): readonly string[] | undefined {
    return this.#options.testHosts;
  }

  /** What a site reads as the name of who asks (RFC 9110 section 10.1.5). */
  get userAgent(): string {
    return `${ROBOTS_NAME}/${VERSION} (+${this.#options.contact})`;
  }

  /** Makes the looks that are due; answers how many. */
  async lookDue(): Promise<number> {
    let made = 0;
    let taken = 0;
    const worker = async (): Promise<void> => {
      while (taken < MOST_A_TURN && !this.#ending.signal.aborted) {
        taken += 1;
        const claim = await claimDueWatch(this.#store, HOST_DELAY_MS, Math.random());
        if (claim.kind === 'none') return;
        if (claim.kind === 'passed') continue;
        await this.#look(claim.due);
        made += 1;
      }
    };
    const ended = await Promise.allSettled(Array.from({ length: LOOKS_AT_ONCE }, worker));
    for (const each of ended) if (each.status === 'rejected') throw each.reason;
    return made;
  }

  /** Ends looks under way; what they saw is not kept. */
  stop(): void {
    this.#ending.abort();
  }

  async #look(due: DueWatch): Promise<void> {
    const seen = await lookAt(due.address, due.signals, due.sight as Sight | undefined, this.#parts());
    // A look that was broken off by us says nothing of the address.
    if (this.#ending.signal.aborted) return;
    const { result, status, bytes, contentType, sight, waitMs } = seen;
    const look: Look = { at: this.#store.now(), result, status, bytes, contentType };
    const watch = evolveWatch(due.watch, look);
    await settleLook(this.#store, due, { watch, sight, waitMs }, Math.random());
  }

  #parts(): LookParts {
    const { testHosts, resolve } = this.#options;
    const stop = AbortSignal.any([this.#ending.signal, AbortSignal.timeout(LOOK_MS)]);
    const how = { userAgent: this.userAgent, stop, testHosts, resolve };
    const pauseMs = testHosts === undefined ? PAUSE_MS : 0;
    return {
      ...how,
      robots: (url) => this.#robots.leave(url, how),
      pause: () => new Promise((resolved) => setTimeout(resolved, pauseMs * (1 + Math.random()))),
    };
  }
}

/** A header must not be broken out of, and who reads it must find somebody. */
function parseContact(text: string): string {
  const url = URL.parse(text);
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '')
    throw new TypeError('monitor: expected a contact that begins with https://');
  if (url.href.length > 300) throw new TypeError('monitor: expected a contact of at most 300 characters');
  return url.href;
}
