/**
 * The guard of the doors that need no key: it asks nobody who they are, and makes a flood cost its sender.
 *
 * Proof of work: a challenge bears its end, its difficulty and a MAC under the store's key, so no node has to remember
 * what it gave out, and a challenge of one node is good on another. What was used is remembered until its end. The
 * difficulty rises with the proofs that arrived lately, never with the challenges asked for: asking is free, and would
 * let a stranger make the door slow for everybody.
 *
 * Windows: counts by address, by case and for the whole door. An address is never stored or written to a log: it is
 * cut to its network where it is IPv6 (/64, one household) and hashed under a salt that lives in this process's memory
 * and is thrown away each day (UTC), with all that was counted under it. The same holds for the ids of cases.
 *
 * Everything here is this process's own: n nodes behind one address give n times as much.
 * @module
 */

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { DAY_MS } from '@reclaim/casework/instant';
import type { Challenge, Proof } from '@reclaim/casework/wire-case';
import type { Store } from '@reclaim/store/store';
import { verify } from '@reclaim/vault/proof-of-work';
import type { FastifyInstance } from 'fastify';
import { onceEnded } from './answer-end.ts';
import type { NodeLimits } from './limits.ts';
import { HttpProblem } from './problem.ts';

/** How long a challenge is good, milliseconds. */
export const CHALLENGE_MS = 10 * 60_000;

/** How much harder the puzzle becomes at most: 64 times. */
const MOST_MORE_BITS = 6;

/** Proofs a minute with which the puzzle is as easy as it gets; each doubling beyond makes it twice as hard. */
const CALM_PROOFS = 30;

/** Names that a window remembers; beyond them the oldest is forgotten, since memory must have an end. */
const REMEMBERED = 100_000;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Counts by name, each from its first until `windowMs` later. */
class Window {
  readonly #windowMs: number;
  readonly #counts = new Map<string, { readonly until: number; count: number }>();

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  count(name: string, now: number): number {
    const known = this.#counts.get(name);
    return known === undefined || known.until <= now ? 0 : known.count;
  }

  add(name: string, now: number, much: number): void {
    const known = this.#counts.get(name);
    if (known !== undefined && known.until > now) {
      known.count = Math.max(0, known.count + much);
      return;
    }
    if (much <= 0) return;
    this.#counts.delete(name);
    if (this.#counts.size >= REMEMBERED) {
      for (const oldest of this.#counts.keys()) {
        this.#counts.delete(oldest);
        break;
      }
    }
    this.#counts.set(name, { until: now + this.#windowMs, count: much });
  }

  clear(): void {
    this.#counts.clear();
  }
}

/**
 * An attempt to open a case. It is taken back when it `succeeded`, since only failures count; and where `judge` ends in an
 * error, since then nobody said whether the code was right: a database that is away must not shut a person out for an hour.
 */
export type Attempt = {
  readonly succeeded: () => void;
  /** Waits for what tells whether the code was right. */
  readonly judge: <T>(work: () => Promise<T>) => Promise<T>;
};

/** Guards the anonymous doors of one node. */
export class AnonymousGuard {
  readonly #store: Store;
  readonly #limits: NodeLimits;
  readonly #used = new Map<string, number>();
  readonly #inFlight = new Map<string, number>();
  readonly #proofs = new Window(MINUTE_MS);
  readonly #requests = new Window(MINUTE_MS);
  readonly #writes = new Window(HOUR_MS);
  readonly #notices = new Window(HOUR_MS);
  readonly #watches = new Window(HOUR_MS);
  readonly #failures = new Window(HOUR_MS);
  #salt = randomBytes(32);
  #saltDay = -1;

  constructor(store: Store, limits: NodeLimits) {
    this.#store = store;
    this.#limits = limits;
  }

  /**
   * Lets a request in, before its body is read.
   * @throws {HttpProblem} `too-many-requests` when its address, or the whole door, asked too much this minute; of a door
   *   that is full so many again are let in, from addresses that asked little
   */
  admit(address: string): void {
    const now = this.#store.now();
    const from = this.#name('address', networkOf(address));
    const mine = this.#requests.count(from, now);
    const { doorRequestsPerMinute: most, addressRequestsPerMinute, quietRequestsPerMinute } = this.#limits;
    const full = this.#requests.count('door', now) >= most;
    // Ten addresses that ask as fast as they may would shut everybody else out, at no cost: who asks little has room apart.
    const quiet = mine < quietRequestsPerMinute && this.#requests.count('quiet', now) < most;
    if (mine >= addressRequestsPerMinute || (full && !quiet)) throw new HttpProblem('too-many-requests');
    this.#requests.add(full ? 'quiet' : 'door', now, 1);
    this.#requests.add(from, now, 1);
  }

  /**
   * Has every write at a door without a key take a place of its address while it is in flight, before its body is read: a
   * body that is sent slowly is held in memory, and requests a minute alone would let one address fill it.
   */
  install(server: FastifyInstance): void {
    server.addHook('onRequest', (request, reply, done) => {
      const writes = request.method !== 'GET' && request.method !== 'HEAD';
      if (!writes || request.routeOptions.config.scopes !== 'public') return done();
      const name = this.#name('address', networkOf(request.ip));
      const running = this.#inFlight.get(name) ?? 0;
      if (running >= this.#limits.addressRequestsInFlight) return done(new HttpProblem('too-many-requests'));
      this.#inFlight.set(name, running + 1);
      onceEnded(reply, () => {
        const left = (this.#inFlight.get(name) ?? 1) - 1;
        if (left > 0) this.#inFlight.set(name, left);
        else this.#inFlight.delete(name);
      });
      done();
    });
  }

  /** A new challenge, as hard as the present load asks for. */
  challenge(): Challenge {
    const now = this.#store.now();
    const load = Math.floor(Math.log2(Math.max(1, this.#proofs.count('door', now) / CALM_PROOFS)));
    const bits = this.#limits.proofBits + Math.min(MOST_MORE_BITS, load);
    const body = `${(now + CHALLENGE_MS).toString(36)}.${bits}.${randomBytes(16).toString('base64url')}`;
    return { challenge: `${body}.${this.#mac(body)}`, bits };
  }

  /**
   * Takes a proof, once.
   * @throws {HttpProblem} `refused-proof` for a challenge that is not ours, too old or used, and for a wrong nonce
   */
  async takeProof(proof: Proof): Promise<void> {
    const now = this.#store.now();
    const [until = '', bits = '', random = '', mac = '', ...more] = proof.challenge.split('.');
    const expected = Buffer.from(this.#mac(`${until}.${bits}.${random}`));
    const given = Buffer.from(mac);
    const ours = more.length === 0 && given.length === expected.length && timingSafeEqual(given, expected);
    if (!ours || Number.parseInt(until, 36) <= now || this.#used.has(random)) {
      throw new HttpProblem('refused-proof');
    }
    if (!(await verify(proof.challenge, proof.nonce, Number(bits)))) throw new HttpProblem('refused-proof');
    // Looked at again: another request may have brought the same proof while this one was verified.
    if (this.#used.has(random)) throw new HttpProblem('refused-proof');
    this.#forgetEnded(now);
    if (this.#used.size >= REMEMBERED) throw new HttpProblem('too-many-requests');
    this.#used.set(random, Number.parseInt(until, 36));
    this.#proofs.add('door', now, 1);
  }

  /**
   * Makes room for a case or for signals.
   * @throws {HttpProblem} `door-full` when this address, or the whole door, brought enough for this hour
   */
  takeWrite(address: string, cases: number, signals: number): void {
    const now = this.#store.now();
    const from = this.#name('address', networkOf(address));
    const { doorCasesPerHour, doorSignalsPerHour, addressCasesPerHour } = this.#limits;
    if (
      this.#writes.count('cases', now) + cases > doorCasesPerHour ||
      this.#writes.count('signals', now) + signals > doorSignalsPerHour ||
      this.#writes.count(from, now) + cases > addressCasesPerHour
    ) {
      throw new HttpProblem('door-full');
    }
    this.#writes.add('cases', now, cases);
    this.#writes.add('signals', now, signals);
    this.#writes.add(from, now, cases);
  }

  /**
   * Makes room for a notice.
   * @throws {HttpProblem} `door-full` when this address, or the whole door, brought enough for this hour
   */
  takeNotice(address: string): void {
    const now = this.#store.now();
    const from = this.#name('address', networkOf(address));
    const { doorNoticesPerHour, addressNoticesPerHour } = this.#limits;
    if (
      this.#notices.count('door', now) >= doorNoticesPerHour ||
      this.#notices.count(from, now) >= addressNoticesPerHour
    ) {
      throw new HttpProblem('door-full');
    }
    this.#notices.add('door', now, 1);
    this.#notices.add(from, now, 1);
  }

  /**
   * Makes room for a watch.
   * @throws {HttpProblem} `door-full` when this address, or the whole door, brought enough for this hour
   */
  takeWatch(address: string): void {
    const now = this.#store.now();
    const from = this.#name('address', networkOf(address));
    const { doorWatchesPerHour, addressWatchesPerHour } = this.#limits;
    if (
      this.#watches.count('door', now) >= doorWatchesPerHour ||
      this.#watches.count(from, now) >= addressWatchesPerHour
    ) {
      throw new HttpProblem('door-full');
    }
    this.#watches.add('door', now, 1);
    this.#watches.add(from, now, 1);
  }

  /**
   * Begins an attempt to open a case. It counts before the answer is known: a hundred at once are a hundred.
   * @throws {HttpProblem} `too-many-attempts` after too many failures for this case or from this address within an hour,
   *   whether the case exists or not, and for the right key too
   */
  attempt(lookupId: string, address: string): Attempt {
    const now = this.#store.now();
    const names = [this.#name('case', lookupId), this.#name('address', networkOf(address))];
    const most = this.#limits.failedOpeningsPerHour;
    if (names.some((name) => this.#failures.count(name, now) >= most)) {
      throw new HttpProblem('too-many-attempts');
    }
    for (const name of names) this.#failures.add(name, now, 1);
    const succeeded = () => names.forEach((name) => void this.#failures.add(name, now, -1));
    const judge = async <T>(work: () => Promise<T>): Promise<T> => {
      try {
        return await work();
      } catch (error) {
        succeeded();
        throw error;
      }
    };
    return { succeeded, judge };
  }

  #mac(body: string): string {
    return this.#store.key.tag(Buffer.from(`proof-of-work:${body}`)).toString('base64url');
  }

  #name(kind: 'address' | 'case', value: string): string {
    const day = Math.floor(this.#store.now() / DAY_MS);
    if (day !== this.#saltDay) {
      this.#saltDay = day;
      this.#salt = randomBytes(32);
      const all = [this.#requests, this.#writes, this.#notices, this.#watches, this.#failures];
      for (const window of all) window.clear();
    }
    return createHmac('sha256', this.#salt).update(`${kind}:${value}`).digest('base64url').slice(0, 22);
  }

  /** Challenges end in about the order in which they were used; one that outlives its place is met at the next turn. */
  #forgetEnded(now: number): void {
    for (const [random, until] of this.#used) {
      if (until > now) return;
      this.#used.delete(random);
    }
  }
}

/** The network that an address is counted by: IPv4 whole, IPv6 its first 64 bits, one written as the other as IPv4. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const plain = address.replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
