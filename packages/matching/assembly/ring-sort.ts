/**
 * How the ring kernel shuffles signals and sorts them into buckets.
 *
 * The key of a bucket is the upper bits of a band. A band's rows, three bytes each, stand in the order of the keys without
 * gaps; its lines hold the next band's bits in the same order, and every bucket begins a line of its own.
 * @module
 */

import { type Code, get, I32, type Local, set } from '../../raster/assembly/assembler.ts';
import {
  bandAfter,
  ENTRIES,
  FOOTER,
  LINE,
  laneOf,
  lineOf,
  number,
  ROW_BITS,
  threeBytesAt,
  V128,
} from './ring-desk.ts';
import {
  fill,
  i32,
  loopWhile,
  type Routine,
  raise,
  routine,
  select,
  v128,
  when,
} from './ring-instructions.ts';

/**
 * permute(from, count, table, to): each bit of `count` signals of 32 bytes to its place. The table has, for each half byte
 * (the upper first) and each of its 16 values, the 32 bytes that these bits make.
 */
export function permute(): Routine {
  return routine(
    'permute',
    ['from', 'count', 'table', 'to'],
    { end: I32, byte: I32, at: I32, a: V128, b: V128 },
    ({ from, count, table, to, end, byte, at, a, b }) => {
      const entry = (half: Code, offset: number): Code => [
        ...set(at, i32.add(get(table), i32.shiftLeft(half, number(5)))),
        ...set(a, v128.xor(get(a), v128.load(get(at), offset))),
        ...set(b, v128.xor(get(b), v128.load(get(at), offset + 16))),
      ];
      return [
        ...set(end, i32.add(get(from), i32.shiftLeft(get(count), number(5)))),
        ...loopWhile(
          i32.less(get(from), get(end)),
          set(a, v128.constant(0)),
          set(b, v128.constant(0)),
          Array.from({ length: 32 }, (_, i) => [
            ...set(byte, i32.load8(get(from), i)),
            ...entry(i32.shiftRight(get(byte), number(4)), 1024 * i),
            ...entry(i32.and(get(byte), number(15)), 1024 * i + 512),
          ]).flat(),
          v128.store(get(to), get(a)),
          v128.store(get(to), get(b), 16),
          raise(from, 32),
          raise(to, 32),
        ),
      ];
    },
  );
}

type Laying = Record<'line' | 'rank' | 'left' | 'some', Local>;

/** Lays the lines of one bucket with `left` entries, from `line` and place `rank` on: zeros, and their last words. */
const lay = ({ line, rank, left, some }: Laying): Code =>
  loopWhile(
    get(left),
    [0, 16, 32, 48].flatMap((offset) => v128.store(get(line), v128.constant(0), offset)),
    set(some, select(get(left), number(ENTRIES), i32.less(get(left), number(ENTRIES)))),
    i32.store(get(line), i32.or(get(rank), i32.shiftLeft(get(some), number(24))), FOOTER),
    set(rank, i32.add(get(rank), get(some))),
    set(left, i32.subtract(get(left), get(some))),
    raise(line, LINE),
  );

type Entering = Record<'cursor' | 'entry' | 'rowAt' | 'rowPlane', Local>;

/** Enters `bits` and `row` where the word at `cursor` points, and moves that on, over the last words of lines. */
const enter = ({ cursor, entry, rowAt, rowPlane }: Entering, bits: Code, row: Code): Code => [
  ...set(entry, i32.load(get(cursor))),
  ...i32.store16(get(entry), bits),
  ...set(
    rowAt,
    threeBytesAt(
      get(rowPlane),
      i32.add(i32.and(i32.load(lineOf(get(entry)), FOOTER), number(ROW_BITS)), laneOf(get(entry))),
    ),
  ),
  ...i32.store16(get(rowAt), row),
  ...i32.store8(get(rowAt), i32.shiftRight(row, number(16)), 2),
  ...raise(entry, 2),
  ...i32.store(
    get(cursor),
    i32.add(
      get(entry),
      i32.shiftLeft(i32.equal(i32.and(get(entry), number(LINE - 1)), number(FOOTER)), number(2)),
    ),
  ),
];

/**
 * sort(rows, count, band, starts, startsEnd, rowPlane, line, shift): counting sort of one band straight from the rows, into
 * lines from `line` on. Answers where they end. Right for few rows; with many, it writes all over memory, and `coarse`,
 * `part` and `settle` sort by the upper byte first.
 */
export function sort(): Routine {
  return routine(
    'sort',
    ['rows', 'count', 'band', 'starts', 'startsEnd', 'rowPlane', 'line', 'shift'],
    {
      ...{ own: I32, next: I32, row: I32, signal: I32, end: I32, at: I32, first: I32 },
      ...{ rank: I32, left: I32, some: I32, cursor: I32, entry: I32, rowAt: I32 },
    },
    (v) => {
      const { signal, end, at, line, row } = v;
      const start = i32.add(
        get(v.starts),
        i32.shiftLeft(i32.shiftRight(i32.load16(i32.add(get(signal), get(v.own))), get(v.shift)), number(2)),
      );
      return [
        ...set(v.own, bandAfter(v.band, 0)),
        ...set(v.next, bandAfter(v.band, 1)),
        ...set(v.first, get(line)),
        ...fill(get(v.starts), number(0), i32.subtract(get(v.startsEnd), get(v.starts))),
        ...set(end, i32.add(get(v.rows), i32.shiftLeft(get(v.count), number(5)))),
        ...set(signal, get(v.rows)),
        ...loopWhile(
          i32.less(get(signal), get(end)),
          set(at, start),
          i32.store(get(at), i32.add(i32.load(get(at)), number(1))),
          raise(signal, 32),
        ),
        ...set(at, get(v.starts)),
        ...loopWhile(
          i32.less(get(at), get(v.startsEnd)),
          set(v.left, i32.load(get(at))),
          i32.store(get(at), get(line)),
          lay(v),
          raise(at, 4),
        ),
        ...set(signal, get(v.rows)),
        ...loopWhile(
          i32.less(get(signal), get(end)),
          set(v.cursor, start),
          enter(v, i32.load16(i32.add(get(signal), get(v.next))), get(row)),
          raise(row, 1),
          raise(signal, 32),
        ),
        // Each start was moved behind its last entry; rounded up, that is where the next bucket begins.
        ...set(at, get(v.startsEnd)),
        ...loopWhile(
          i32.less(get(v.starts), get(at)),
          i32.store(get(at), lineOf(i32.add(i32.load(i32.subtract(get(at), number(4))), number(LINE - 1)))),
          raise(at, -4),
        ),
        ...i32.store(get(v.starts), get(v.first)),
      ];
    },
    // The result is what stands in `line`, the seventh parameter.
    get(6),
  );
}

/**
 * coarse(rows, count, counts): for each of the eight bands that begin at `rows` how many rows have each value of its upper
 * byte. `counts` is 8 × 256 words of zero.
 */
export function coarse(): Routine {
  return routine(
    'coarse',
    ['rows', 'count', 'counts'],
    { end: I32, at: I32 },
    ({ rows, count, counts, end, at }) => [
      ...set(end, i32.add(get(rows), i32.shiftLeft(get(count), number(5)))),
      ...loopWhile(
        i32.less(get(rows), get(end)),
        Array.from({ length: 8 }, (_, band) => [
          ...set(at, i32.add(get(counts), i32.shiftLeft(i32.load8(get(rows), 2 * band + 1), number(2)))),
          ...i32.store(get(at), i32.add(i32.load(get(at), 1024 * band), number(1)), 1024 * band),
        ]).flat(),
        raise(rows, 32),
      ),
    ],
  );
}

/**
 * part(rows, count, offset, next, cursors, first, width): the entries of the band at `offset` bytes of each row, as far as its
 * upper byte is one of the `width` from `first` on, to where the cursor of that byte points. An entry is six bytes: the row
 * (24 bits), the lower byte, the band at `next`.
 */
export function part(): Routine {
  return routine(
    'part',
    ['rows', 'count', 'offset', 'next', 'cursors', 'first', 'width'],
    { end: I32, row: I32, band: I32, upper: I32, cursor: I32, to: I32 },
    ({ rows, count, offset, next, cursors, first, width, end, row, band, upper, cursor, to }) => [
      ...set(band, i32.add(get(rows), get(offset))),
      ...set(next, i32.add(get(rows), get(next))),
      ...set(end, i32.add(get(band), i32.shiftLeft(get(count), number(5)))),
      ...loopWhile(
        i32.less(get(band), get(end)),
        set(upper, i32.load8(get(band), 1)),
        when(
          i32.less(i32.subtract(get(upper), get(first)), get(width)),
          set(cursor, i32.add(get(cursors), i32.shiftLeft(get(upper), number(2)))),
          set(to, i32.load(get(cursor))),
          i32.store(get(cursor), i32.add(get(to), number(6))),
          i32.store(get(to), i32.or(get(row), i32.shiftLeft(i32.load8(get(band)), number(24)))),
          i32.store16(get(to), i32.load16(get(next)), 4),
        ),
        raise(row, 1),
        raise(band, 32),
        raise(next, 32),
      ),
    ],
  );
}

/**
 * settle(from, to, starts, rank, rowPlane, line, shift, counts): entries of one upper byte, as `part` wrote them, into lines
 * from `line` on, and their starts. Answers where the lines end. `counts` is room for 256 words. Lines may overwrite entries
 * of earlier upper bytes, never these.
 */
export function settle(): Routine {
  return routine(
    'settle',
    ['from', 'to', 'starts', 'rank', 'rowPlane', 'line', 'shift', 'counts'],
    { each: I32, at: I32, end: I32, left: I32, some: I32, cursor: I32, entry: I32, rowAt: I32 },
    (v) => {
      const { each, at, end, starts, line } = v;
      const count = i32.add(
        get(v.counts),
        i32.shiftLeft(i32.shiftRight(i32.load8(get(each), 3), get(v.shift)), number(2)),
      );
      return [
        ...set(end, i32.add(get(v.counts), i32.shiftRight(number(1024), get(v.shift)))),
        ...fill(get(v.counts), number(0), number(1024)),
        ...set(each, get(v.from)),
        ...loopWhile(
          i32.less(get(each), get(v.to)),
          set(at, count),
          i32.store(get(at), i32.add(i32.load(get(at)), number(1))),
          raise(each, 6),
        ),
        ...set(at, get(v.counts)),
        ...loopWhile(
          i32.less(get(at), get(end)),
          set(v.left, i32.load(get(at))),
          i32.store(get(at), get(line)),
          i32.store(get(starts), get(line)),
          lay(v),
          raise(at, 4),
          raise(starts, 4),
        ),
        ...set(each, get(v.from)),
        ...loopWhile(
          i32.less(get(each), get(v.to)),
          set(v.cursor, count),
          enter(v, i32.load16(get(each), 4), i32.and(i32.load(get(each)), number(ROW_BITS))),
          raise(each, 6),
        ),
      ];
    },
    // The result is what stands in `line`, the sixth parameter.
    get(5),
  );
}
