/**
 * What a node knows of each signal beside its value: id, bank, kind and state, by the index's number. In typed arrays, 21
 * bytes a number: as objects, ten million signals would not fit the heap.
 *
 * Numbers come from one counter of the database and are never given twice.
 * @module
 */

import { SIGNAL_STATES, type SignalState } from '@reclaim/casework/banked-signal';
import { type BankId, ID_PREFIX, type SignalId } from '@reclaim/casework/id';
import { SIGNAL_KINDS, type SignalKind } from '@reclaim/fingerprint/signal';

/** A signal without its value. */
export type DirectoryEntry = {
  readonly id: SignalId;
  readonly bankId: BankId;
  readonly kind: SignalKind;
  readonly state: SignalState;
};

/** How many signals of one bank, kind and state there are, and the sum of their numbers. */
export type DirectorySums = ReadonlyMap<string, { readonly count: number; readonly sum: number }>;

const ID_BYTES = 16;

/** Bytes of an entry as it is written: number (u32), place of its bank (u32), kind and state (u8 each), id; little-endian. */
const RECORD_BYTES = 4 + 4 + 2 + ID_BYTES;

/** Entries between two pauses. */
const BETWEEN_PAUSES = 16_384;

/** The name of a bank, kind and state among sums. */
export function sumName(bankId: BankId, kind: SignalKind, state: SignalState): string {
  return `${bankId} ${kind} ${state}`;
}

/** Signals by number. */
export class SignalDirectory {
  #ids = new Uint8Array(1024 * ID_BYTES);
  #banks = new Uint32Array(1024);
  /** 0 for none, else one more than the kind's and state's places. */
  #kinds = new Uint8Array(1024);
  readonly #bankIds: BankId[] = [];
  readonly #placeOfBank = new Map<BankId, number>();
  #size = 0;

  /** How many there are. */
  get size(): number {
    return this.#size;
  }

  /** The signal of this number. */
  get(num: number): DirectoryEntry | undefined {
    const packed = this.#kinds[num] ?? 0;
    if (packed === 0) return undefined;
    const id = Buffer.from(this.#ids.buffer, num * ID_BYTES, ID_BYTES).toString('hex');
    return {
      id: `${ID_PREFIX.signal}_${id}` as SignalId,
      bankId: this.#bankIds[this.#banks[num]!]!,
      kind: kindOf(packed),
      state: stateOf(packed),
    };
  }

  /** The kind of the signal of this number. */
  kindOf(num: number): SignalKind | undefined {
    const packed = this.#kinds[num] ?? 0;
    return packed === 0 ? undefined : kindOf(packed);
  }

  /** The bank of the signal of this number, which must be there. */
  bankOf(num: number): BankId {
    return this.#bankIds[this.#banks[num]!]!;
  }

  /** Puts a signal under its number, in place of what was there. */
  set(num: number, { id, bankId, kind, state }: DirectoryEntry): void {
    this.#reserve(num);
    if (this.#kinds[num] === 0) this.#size += 1;
    Buffer.from(this.#ids.buffer).write(id.slice(ID_PREFIX.signal.length + 1), num * ID_BYTES, 'hex');
    this.#banks[num] = this.#placeOf(bankId);
    this.#kinds[num] = 1 + SIGNAL_KINDS.indexOf(kind) + SIGNAL_KINDS.length * SIGNAL_STATES.indexOf(state);
  }

  /** Takes a signal out. */
  delete(num: number): void {
    if ((this.#kinds[num] ?? 0) === 0) return;
    this.#size -= 1;
    this.#kinds[num] = 0;
    this.#ids.fill(0, num * ID_BYTES, (num + 1) * ID_BYTES);
  }

  #placeOf(bankId: BankId): number {
    const known = this.#placeOfBank.get(bankId);
    if (known !== undefined) return known;
    this.#placeOfBank.set(bankId, this.#bankIds.length);
    return this.#bankIds.push(bankId) - 1;
  }

  #reserve(num: number): void {
    if (num < this.#kinds.length) return;
    const length = Math.max(num + 1, 2 * this.#kinds.length);
    const ids = new Uint8Array(length * ID_BYTES);
    ids.set(this.#ids);
    this.#ids = ids;
    const banks = new Uint32Array(length);
    banks.set(this.#banks);
    this.#banks = banks;
    const kinds = new Uint8Array(length);
    kinds.set(this.#kinds);
    this.#kinds = kinds;
  }

  /** Counts and sums of numbers, to be compared with the database's. */
  sums(): DirectorySums {
    const sums = new Map<string, { count: number; sum: number }>();
    for (let num = 0; num < this.#kinds.length; num++) {
      const packed = this.#kinds[num]!;
      if (packed === 0) continue;
      const name = sumName(this.bankOf(num), kindOf(packed), stateOf(packed));
      const known = sums.get(name);
      if (known === undefined) sums.set(name, { count: 1, sum: num });
      else {
        known.count += 1;
        known.sum += num;
      }
    }
    return sums;
  }

  /** The banks, by the places that records name. */
  get bankIds(): readonly BankId[] {
    return this.#bankIds;
  }

  /** All entries as bytes, with pauses; what changes in a pause may be there as it was or as it is. */
  *records(): Generator<Uint8Array | undefined> {
    for (let from = 0; from < this.#kinds.length; from += BETWEEN_PAUSES) {
      if (from > 0) yield undefined;
      const to = Math.min(this.#kinds.length, from + BETWEEN_PAUSES);
      const bytes = Buffer.alloc((to - from) * RECORD_BYTES);
      let at = 0;
      for (let num = from; num < to; num++) {
        if (this.#kinds[num] === 0) continue;
        bytes.writeUInt32LE(num, at);
        bytes.writeUInt32LE(this.#banks[num]!, at + 4);
        bytes[at + 8] = this.#kinds[num]!;
        bytes.set(this.#ids.subarray(num * ID_BYTES, (num + 1) * ID_BYTES), at + 10);
        at += RECORD_BYTES;
      }
      if (at > 0) yield bytes.subarray(0, at);
    }
  }

  /** A directory of records, in chunks of any length. `undefined` where they are not what `records` wrote. */
  static async of(
    bankIds: () => readonly BankId[],
    chunks: AsyncIterable<Uint8Array>,
  ): Promise<SignalDirectory | undefined> {
    const directory = new SignalDirectory();
    let rest = Buffer.alloc(0);
    for await (const chunk of chunks) {
      const bytes = Buffer.concat([rest, chunk]);
      const whole = bytes.length - (bytes.length % RECORD_BYTES);
      for (let at = 0; at < whole; at += RECORD_BYTES) {
        const packed = bytes[at + 8]!;
        const bankId = bankIds()[bytes.readUInt32LE(at + 4)];
        const known = packed > 0 && packed <= SIGNAL_KINDS.length * SIGNAL_STATES.length;
        if (bankId === undefined || !known) return undefined;
        const id = `${ID_PREFIX.signal}_${bytes.toString('hex', at + 10, at + RECORD_BYTES)}` as SignalId;
        directory.set(bytes.readUInt32LE(at), { id, bankId, kind: kindOf(packed), state: stateOf(packed) });
      }
      rest = bytes.subarray(whole);
    }
    return rest.length === 0 ? directory : undefined;
  }
}

function kindOf(packed: number): SignalKind {
  return SIGNAL_KINDS[(packed - 1) % SIGNAL_KINDS.length]!;
}

function stateOf(packed: number): SignalState {
  return SIGNAL_STATES[Math.floor((packed - 1) / SIGNAL_KINDS.length)]!;
}
