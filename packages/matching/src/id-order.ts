/**
 * The order of many ids.
 * @module
 */

/** Ids that are placed between two pauses: about a millisecond. */
const BETWEEN_PAUSES = 65_536;

/**
 * The places of `ids` from the smallest id to the largest: `ids[order[0]]` is the smallest. Equal ids keep their order.
 * A radix sort, eleven bits at a time: some ten nanoseconds an id, and nothing at all where they ascend already. It yields
 * now and then, for who wants to let others work.
 */
export function* orderingOfIds(ids: Uint32Array): Generator<undefined, Uint32Array> {
  let order = new Uint32Array(ids.length);
  // Not by `from`, which calls a function for each: among ten million that is longer than sorting a band of them.
  for (let place = 0; place < order.length; place++) order[place] = place;
  if (ascends(ids)) return order;
  let other = new Uint32Array(ids.length);
  const counts = new Uint32Array(2048);
  for (const shift of [0, 11, 22]) {
    yield;
    counts.fill(0);
    for (let i = 0; i < ids.length; i++) counts[(ids[i]! >>> shift) & 2047]! += 1;
    let sum = 0;
    for (let digit = 0; digit < counts.length; digit++) {
      const here = counts[digit]!;
      counts[digit] = sum;
      sum += here;
    }
    for (let from = 0; from < ids.length; from += BETWEEN_PAUSES) {
      yield;
      placeByDigit(ids, order.subarray(from, from + BETWEEN_PAUSES), other, counts, shift);
    }
    [order, other] = [other, order];
  }
  return order;
}

function placeByDigit(
  ids: Uint32Array,
  places: Uint32Array,
  into: Uint32Array,
  counts: Uint32Array,
  shift: number,
): void {
  for (let i = 0; i < places.length; i++) {
    const place = places[i]!;
    const digit = (ids[place]! >>> shift) & 2047;
    into[counts[digit]!] = place;
    counts[digit]! += 1;
  }
}

/** The same without pauses. */
export function orderOfIds(ids: Uint32Array): Uint32Array {
  return finished(orderingOfIds(ids));
}

/** Drives a generator to its end, without pauses. */
export function finished<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value as T;
  }
}

/** Whether each id is greater than the one before. */
export function ascends(ids: Uint32Array): boolean {
  for (let i = 1; i < ids.length; i++) if (ids[i]! <= ids[i - 1]!) return false;
  return true;
}
