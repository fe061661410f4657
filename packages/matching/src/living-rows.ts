/**
 * The living rows of several sources in one order: what a merge writes.
 *
 * Listing millions takes a while, so it can pause: the generator here yields now and then, and whoever drives them may let others work before going on. Meanwhile rows may die,
 * which leaves zeros in their places; the driver takes those out afterwards.
 * @module
 */

import { orderingOfIds } from './id-order.ts';

/** Rows with ids, sealed or not. */
export type RowSource = {
  readonly length: number;
  readonly dead: number;
  readonly isAlive: (row: number) => boolean;
  readonly forEachId: (row: number, each: (id: number) => void) => void;
  readonly wordsOf: (row: number) => Uint32Array;
};

/** Rows between two pauses: a millisecond or so. */
export const ROWS_BETWEEN_PAUSES = 8_192;

/** How many rows of a source are alive. */
export function livingIn(source: RowSource): number {
  return source.length - source.dead;
}

/** Living rows, in the order of their first ids. */
export type LivingRows = {
  readonly sources: readonly RowSource[];
  /** The first id of each, ascending. */
  readonly ids: Uint32Array;
  /** For each, which of the sources, and its row there. */
  readonly sourceOf: Uint8Array;
  readonly rowOf: Uint32Array;
};

/** The most sources at once. */
export const MOST_SOURCES = 256;

/** Lists the living rows of at most `MOST_SOURCES` sources. */
export function* listLivingRows(sources: readonly RowSource[]): Generator<undefined, LivingRows> {
  const most = sources.reduce((sum, source) => sum + livingIn(source), 0);
  const ids = new Uint32Array(most);
  const sourceOf = new Uint8Array(most);
  const rowOf = new Uint32Array(most);
  let count = 0;
  for (const [number, source] of sources.entries()) {
    for (let row = 0; row < source.length; row++) {
      if (row % ROWS_BETWEEN_PAUSES === ROWS_BETWEEN_PAUSES - 1) yield;
      if (!source.isAlive(row)) continue;
      ids[count] = firstIdOf(source, row);
      sourceOf[count] = number;
      rowOf[count] = row;
      count += 1;
    }
  }
  const order = yield* orderingOfIds(ids.subarray(0, count));
  const listed = {
    sources,
    ids: new Uint32Array(count),
    sourceOf: new Uint8Array(count),
    rowOf: new Uint32Array(count),
  };
  for (let i = 0; i < count; i++) {
    if (i % ROWS_BETWEEN_PAUSES === ROWS_BETWEEN_PAUSES - 1) yield;
    const place = order[i]!;
    listed.ids[i] = ids[place]!;
    listed.sourceOf[i] = sourceOf[place]!;
    listed.rowOf[i] = rowOf[place]!;
  }
  return listed;
}

/** The words of a listed row. */
export function livingWords(living: LivingRows, i: number): Uint32Array {
  return living.sources[living.sourceOf[i]!]!.wordsOf(living.rowOf[i]!);
}

/** Calls `each` with the ids of a listed row but its first. */
export function forEachMoreId(living: LivingRows, i: number, each: (id: number) => void): void {
  living.sources[living.sourceOf[i]!]!.forEachId(living.rowOf[i]!, (id) => {
    if (id !== living.ids[i]) each(id);
  });
}

function firstIdOf(source: RowSource, row: number): number {
  let first: number | undefined;
  source.forEachId(row, (id) => {
    first ??= id;
  });
  return first!;
}
