/**
 * What a ring index holds, in arrays: for who writes it down or makes another index of it.
 * @module
 */

import { ascends, orderOfIds } from './id-order.ts';
import { listLivingRows, livingWords, ROWS_BETWEEN_PAUSES, type RowSource } from './living-rows.ts';
import { WORDS } from './signal-words.ts';

/** What an index holds, in arrays. */
export type RingContents = {
  /** The first id of each row, ascending. */
  readonly ids: Uint32Array;
  /** The rows: eight words each, shuffled. */
  readonly rows: Uint32Array<ArrayBuffer>;
  /** Pairs of a row and one more id that bears it. */
  readonly more: Uint32Array;
};

/**
 * Copies what lives in the sources, with pauses. What is added to or removed from them in a pause may be in the copy or
 * not; an id is never with a signal that was not its own.
 */
export function* copyingContents(sources: readonly RowSource[]): Generator<undefined, RingContents> {
  const living = yield* listLivingRows(sources);
  const most = living.ids.length;
  const ids = new Uint32Array(most);
  const rows = new Uint32Array(WORDS * most);
  const more: number[] = [];
  let count = 0;
  for (let i = 0; i < most; i++) {
    if (i % ROWS_BETWEEN_PAUSES === ROWS_BETWEEN_PAUSES - 1) yield;
    const source = living.sources[living.sourceOf[i]!]!;
    const row = living.rowOf[i]!;
    // It died since it was listed, or its first id left it.
    if (!source.isAlive(row)) continue;
    let first: number | undefined;
    source.forEachId(row, (id) => {
      if (first === undefined) first = id;
      else more.push(count, id);
    });
    ids[count] = first!;
    rows.set(livingWords(living, i), count * WORDS);
    count += 1;
  }
  const copied = {
    ids: ids.subarray(0, count),
    rows: rows.subarray(0, count * WORDS),
    more: Uint32Array.from(more),
  };
  return ascends(copied.ids) ? copied : ordered(copied);
}

function ordered({ ids, rows, more }: RingContents): RingContents {
  const order = orderOfIds(ids);
  const placeOf = new Uint32Array(ids.length);
  for (const [place, row] of order.entries()) placeOf[row] = place;
  const sorted = new Uint32Array(rows.length);
  for (const [place, row] of order.entries())
    sorted.set(rows.subarray(row * WORDS, (row + 1) * WORDS), place * WORDS);
  rows.fill(0);
  return {
    ids: Uint32Array.from(order, (row) => ids[row]!),
    rows: sorted,
    more: more.map((value, i) => (i % 2 === 0 ? placeOf[value]! : value)),
  };
}
