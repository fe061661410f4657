/**
 * The kernel of the ring index (`src/ring-segment.ts` calls it), in WebAssembly with SIMD.
 *
 * A signal is eight little-endian words of 32 bits after the fixed shuffle; its sixteen *bands* are the halves of these in
 * the order of memory. With a threshold r the cycle lemma gives every signal within reach a band from which on the sums of
 * differing bits over one, two and three bands, the last one's next being the first, are at most ⌊r/16⌋, ⌊2r/16⌋ and
 * ⌊3r/16⌋. For each band the signals stand in *buckets* by its value; three planes side by side hold the next band (A, 16
 * bits), the one after (B, 16 bits) and the row (R, 24 bits).
 *
 * `ring` does the work in *units* of one query and one band, band after band, in three passes that follow each other at
 * a distance of some units: *resolve* reads where the buckets begin and end, *touch* reads one byte of each line of their
 * A planes, *scan* compares. WebAssembly has no prefetch: it is the processor that overlaps the loads of a pass, because
 * none waits for another. What survives A is written to a list of candidates, and B, the row and the signal itself are
 * looked at by `check`, once the list is full or all is scanned, for the same reason.
 *
 * Longer than the house's 600 lines: one kernel, whose passes share their locals and their order.
 * @module
 */

import { type Code, get, I32, type Local, set } from '../../raster/assembly/assembler.ts';
import {
  assembleOver,
  call,
  copy,
  either,
  fill,
  I64,
  i8x16,
  i16x8,
  i32,
  i64,
  loopWhile,
  type Routine,
  raise,
  routine,
  select,
  v128,
  when,
} from './ring-instructions.ts';

/** Type of a vector. */
const V128 = 0x7b;

const number = i32.constant;

/** Bytes of the starts of a band: 65,537 addresses and what fills the line. */
const STARTS_BYTES = 4 * 65_552;

/** The words at the address that most routines take; `src/ring-kernel.ts` has the same list. */
const PARAMETERS = [
  'queries',
  'queriesEnd',
  'units',
  'ahead',
  'flips',
  'flipsEnd',
  'one',
  'two',
  'three',
  'threshold',
  'starts',
  'planes',
  'planesStride',
  'rowPlane',
  'rows',
  'slots',
  'slotsEnd',
  'candidates',
  'candidatesEnd',
  'hits',
  'hitCapacity',
  'hitCount',
  'rowCount',
  'sink',
] as const;

const parameter = (name: (typeof PARAMETERS)[number], base: Local): Code =>
  i32.load(get(base), 4 * PARAMETERS.indexOf(name));
const setParameter = (name: (typeof PARAMETERS)[number], base: Local, value: Code): Code =>
  i32.store(get(base), value, 4 * PARAMETERS.indexOf(name));

/** How many of the flips have at most 0, 1, 2, 3 ones. */
const FLIPS_WITHIN = [1, 17, 137, 697];

/** Bits of a row's number. */
const ROW_BITS = 0xff_ffff;

/** Bytes of a candidate: address in the A plane, query, band, ones of the flip. */
const CANDIDATE = 16;

/** The band `by` places after a local's, cyclic, as an offset in bytes. */
const bandAfter = (band: Local, by: number): Code =>
  i32.shiftLeft(i32.and(i32.add(get(band), number(by)), number(15)), number(1));

/**
 * permute(from, count, table, to): each bit of `count` signals of 32 bytes to its place. The table has, for each half byte
 * (the upper first) and each of its 16 values, the 32 bytes that these bits make.
 */
function permute(): Routine {
  return routine(
    'permute',
    ['from', 'count', 'table', 'to'],
    { end: I32, byte: I32, at: I32, last: I32, a: V128, b: V128 },
    ({ from, count, table, to, end, byte, at, last, a, b }) => {
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
          set(last, i32.add(get(from), number(32))),
          loopWhile(
            i32.less(get(from), get(last)),
            set(byte, i32.load8(get(from))),
            entry(i32.shiftRight(get(byte), number(4)), 0),
            entry(i32.and(get(byte), number(15)), 512),
            raise(table, 1024),
            raise(from, 1),
          ),
          raise(table, -32 * 1024),
          v128.store(get(to), get(a)),
          v128.store(get(to), get(b), 16),
          raise(to, 32),
        ),
      ];
    },
  );
}

const differing = (a: Code, b: Code): Code => i32.ones(i32.xor(a, b));

/** Ones of the bits in which four words of 64 bits at two addresses differ. */
const distance = (a: Local, b: Local): Code =>
  i32.wrap(
    [0, 8, 16, 24]
      .map((offset) => i64.ones(i64.xor(i64.load(get(a), offset), i64.load(get(b), offset))))
      .reduce((sum, more) => i64.add(sum, more)),
  );

/** Counts a hit, and writes it where there is room: number of the query, row, distance. */
const hit = (p: Local, count: Local, query: Local, row: Code, apart: Local, to: Local): Code => [
  ...when(
    i32.less(get(count), parameter('hitCapacity', p)),
    set(to, i32.add(parameter('hits', p), i32.multiply(get(count), number(12)))),
    i32.store(get(to), i32.shiftRight(i32.subtract(get(query), parameter('queries', p)), number(5))),
    i32.store(get(to), row, 4),
    i32.store(get(to), get(apart), 8),
  ),
  ...raise(count, 1),
];

/**
 * check(p, from, to): looks at the candidates, and counts as hits those within the threshold, each in the first band,
 * counted from band 0, that lets it pass: so each row is a hit once, however many bands find it.
 */
function check(): Routine {
  return routine(
    'check',
    ['p', 'from', 'to'],
    {
      ...{ at: I32, query: I32, band: I32, base: I32, row: I32, signal: I32, apart: I32, j: I32, first: I32 },
      ...{ sum: I32, two: I32, three: I32, count: I32, hitAt: I32 },
    },
    ({ p, from, to, at, query, band, base, row, signal, apart, j, first, sum, two, three, count, hitAt }) => {
      const bandApart = (by: number): Code =>
        differing(
          i32.load16(i32.add(get(signal), bandAfter(j, by))),
          i32.load16(i32.add(get(query), bandAfter(j, by))),
        );
      const verify: Code = [
        ...set(signal, i32.add(parameter('rows', p), i32.shiftLeft(get(row), number(5)))),
        ...set(apart, distance(signal, query)),
        ...when(
          i32.atMost(get(apart), parameter('threshold', p)),
          set(first, number(1)),
          set(j, number(0)),
          loopWhile(
            i32.and(get(first), i32.less(get(j), get(band))),
            set(sum, bandApart(0)),
            set(first, i32.atMost(get(sum), parameter('one', p))),
            set(sum, i32.add(get(sum), bandApart(1))),
            set(first, i32.and(get(first), i32.atMost(get(sum), get(two)))),
            set(sum, i32.add(get(sum), bandApart(2))),
            set(first, i32.isZero(i32.and(get(first), i32.atMost(get(sum), get(three))))),
            raise(j, 1),
          ),
          when(get(first), hit(p, count, query, get(row), apart, hitAt)),
        ),
      ];
      return [
        ...set(two, parameter('two', p)),
        ...set(three, parameter('three', p)),
        ...set(count, parameter('hitCount', p)),
        ...loopWhile(
          i32.less(get(from), get(to)),
          set(at, i32.load(get(from))),
          set(query, i32.load(get(from), 4)),
          set(band, i32.load(get(from), 8)),
          set(base, i32.add(parameter('planes', p), i32.multiply(get(band), parameter('planesStride', p)))),
          set(
            sum,
            i32.add(
              i32.load(get(from), 12),
              i32.add(
                differing(i32.load16(get(at)), i32.load16(i32.add(get(query), bandAfter(band, 1)))),
                differing(
                  // B lies half as far behind A as R does.
                  i32.load16(i32.add(get(at), i32.shiftRight(parameter('rowPlane', p), number(1)))),
                  i32.load16(i32.add(get(query), bandAfter(band, 2))),
                ),
              ),
            ),
          ),
          when(
            i32.atMost(get(sum), get(three)),
            set(row, i32.shiftRight(i32.subtract(get(at), get(base)), number(1))),
            set(
              row,
              i32.add(i32.multiply(get(row), number(3)), i32.add(get(base), parameter('rowPlane', p))),
            ),
            set(row, i32.and(i32.load(get(row)), number(ROW_BITS))),
            // That of a row which was taken out is greater, and one that another thread is just overwriting may be any.
            when(i32.less(get(row), parameter('rowCount', p)), verify),
          ),
          raise(from, CANDIDATE),
        ),
        ...setParameter('hitCount', p, get(count)),
      ];
    },
  );
}

const CHECK = 1;

/** How a lane of differing bits is brought to zero exactly where it has at most so many ones. */
type Limit = 0 | 1 | 2 | 3 | 'any';

/**
 * scan…(p, from, to, query, band, ones, limit, candidate): the buckets in the slots `from` to `to`, for entries whose A is
 * within `limit` bits of the query's; the four vectors of 32 entries at once. Answers where the next candidate goes.
 *
 * A bucket ends where it ends, and what lies behind is not in the cache: so vectors that would reach over the end are
 * drawn back, and entries that were seen by the vector before are passed over. Limits up to 3 clear the lowest bit that
 * often; above that, ones are counted.
 */
function scan(limitOf: Limit): Routine {
  const four = [0, 1, 2, 3] as const;
  return routine(
    `scan${limitOf}`,
    ['p', 'from', 'to', 'query', 'band', 'ones', 'limit', 'candidate'],
    {
      ...{ begin: I32, end: I32, last: I32, mask: I32, at: I32, a0: I32, a1: I32, a2: I32, a3: I32 },
      ...{ wanted: V128, limits: V128, x0: V128, x1: V128, x2: V128, x3: V128 },
    },
    (v) => {
      const a = (k: 0 | 1 | 2 | 3): Local => v[`a${k}`];
      const x = (k: 0 | 1 | 2 | 3): Local => v[`x${k}`];
      const clear = (k: 0 | 1 | 2 | 3): Code =>
        limitOf === 'any'
          ? set(x(k), i16x8.subtractSaturated(i16x8.addPairs(i8x16.ones(get(x(k)))), get(v.limits)))
          : Array.from({ length: limitOf }, () =>
              set(x(k), v128.and(get(x(k)), i16x8.add(get(x(k)), v128.constant(0xff)))),
            ).flat();
      const begins = (k: number): Code => (k === 0 ? get(v.begin) : i32.add(get(v.begin), number(16 * k)));
      const compare = (k: 0 | 1 | 2 | 3): Code => [
        ...set(a(k), begins(k)),
        ...set(a(k), select(get(a(k)), get(v.last), i32.less(get(a(k)), get(v.last)))),
        ...set(x(k), v128.xor(v128.load(get(a(k))), get(v.wanted))),
        ...clear(k),
      ];
      const note = (k: 0 | 1 | 2 | 3): Code => [
        ...set(v.mask, i16x8.bitmask(i16x8.equal(get(x(k)), v128.constant(0)))),
        ...loopWhile(
          get(v.mask),
          set(v.at, i32.add(get(a(k)), i32.shiftLeft(i32.trailingZeros(get(v.mask)), number(1)))),
          set(v.mask, i32.and(get(v.mask), i32.subtract(get(v.mask), number(1)))),
          when(
            i32.and(i32.atLeast(get(v.at), begins(k)), i32.less(get(v.at), get(v.end))),
            when(
              i32.equal(get(v.candidate), parameter('candidatesEnd', v.p)),
              call(CHECK, get(v.p), parameter('candidates', v.p), get(v.candidate)),
              set(v.candidate, parameter('candidates', v.p)),
            ),
            i32.store(get(v.candidate), get(v.at)),
            i32.store(get(v.candidate), get(v.query), 4),
            i32.store(get(v.candidate), get(v.band), 8),
            i32.store(get(v.candidate), get(v.ones), 12),
            raise(v.candidate, CANDIDATE),
          ),
        ),
      ];
      return [
        ...set(v.wanted, i16x8.loadSplat(i32.add(get(v.query), bandAfter(v.band, 1)))),
        ...set(v.limits, i16x8.splat(get(v.limit))),
        ...loopWhile(
          i32.less(get(v.from), get(v.to)),
          set(v.begin, i32.load(get(v.from))),
          set(v.end, i32.load(get(v.from), 4)),
          set(v.last, i32.subtract(get(v.end), number(16))),
          loopWhile(
            i32.less(get(v.begin), get(v.end)),
            four.flatMap(compare),
            when(
              i32.isZero(
                i16x8.allTrue(
                  i16x8.minimum(i16x8.minimum(get(v.x0), get(v.x1)), i16x8.minimum(get(v.x2), get(v.x3))),
                ),
              ),
              four.flatMap(note),
            ),
            raise(v.begin, 64),
          ),
          raise(v.from, 8),
        ),
      ];
    },
    // The result is what stands in `candidate`, the eighth parameter.
    get(7),
  );
}

const LIMITS: readonly Limit[] = [0, 1, 2, 3, 'any'];
const SCANS = CHECK + 1;

/** ring(p): every unit; see the head of this file. */
function ring(): Routine {
  return routine(
    'ring',
    ['p'],
    {
      ...{ step: I32, steps: I32, units: I32, ahead: I32, queries: I32, queriesEnd: I32, flips: I32 },
      ...{ flipsEnd: I32, starts: I32, slotsEnd: I32, slotBytes: I32, rQuery: I32, rBand: I32, rSlot: I32 },
      ...{ tSlot: I32, sQuery: I32, sBand: I32, sSlot: I32, value: I32, flip: I32, bandStarts: I32 },
      ...{ begin: I32, end: I32, last: I32, sum: I32, candidate: I32, one: I32, limit: I32 },
    },
    (v) => {
      const wrapSlot = (slot: Local): Code =>
        when(i32.equal(get(slot), get(v.slotsEnd)), set(slot, parameter('slots', v.p)));
      const nextUnit = (query: Local, band: Local): Code => [
        ...raise(query, 32),
        ...when(i32.equal(get(query), get(v.queriesEnd)), set(query, get(v.queries)), raise(band, 1)),
      ];
      const resolve: Code = [
        ...set(v.value, i32.load16(i32.add(get(v.rQuery), i32.shiftLeft(get(v.rBand), number(1))))),
        ...set(v.bandStarts, i32.add(get(v.starts), i32.multiply(get(v.rBand), number(STARTS_BYTES)))),
        ...set(v.flip, get(v.flips)),
        ...loopWhile(
          i32.less(get(v.flip), get(v.flipsEnd)),
          i64.store(
            get(v.rSlot),
            i64.load(
              i32.add(
                get(v.bandStarts),
                i32.shiftLeft(i32.xor(get(v.value), i32.load16(get(v.flip))), number(2)),
              ),
            ),
          ),
          raise(v.rSlot, 8),
          raise(v.flip, 2),
        ),
        ...wrapSlot(v.rSlot),
        ...nextUnit(v.rQuery, v.rBand),
      ];
      const touch: Code = [
        ...set(v.last, i32.add(get(v.tSlot), get(v.slotBytes))),
        ...loopWhile(
          i32.less(get(v.tSlot), get(v.last)),
          set(v.begin, i32.load(get(v.tSlot))),
          set(v.end, i32.load(get(v.tSlot), 4)),
          set(
            v.sum,
            i32.add(
              get(v.sum),
              i32.add(i32.load8(get(v.begin)), i32.load8(i32.subtract(get(v.end), number(1)))),
            ),
          ),
          raise(v.begin, 64),
          loopWhile(
            i32.less(get(v.begin), get(v.end)),
            set(v.sum, i32.add(get(v.sum), i32.load8(get(v.begin)))),
            raise(v.begin, 64),
          ),
          raise(v.tSlot, 8),
        ),
        ...wrapSlot(v.tSlot),
      ];
      const scanGroup = (ones: number): Code => {
        const from = ones === 0 ? 0 : 8 * FLIPS_WITHIN[ones - 1]!;
        const scanBy = (place: number): Code =>
          call(
            SCANS + place,
            get(v.p),
            i32.add(get(v.sSlot), number(from)),
            i32.add(get(v.sSlot), number(8 * FLIPS_WITHIN[ones]!)),
            get(v.sQuery),
            get(v.sBand),
            number(ones),
            get(v.limit),
            get(v.candidate),
          );
        const choose = (place: number): Code =>
          place === LIMITS.length - 1
            ? scanBy(place)
            : either(i32.equal(get(v.limit), number(place)), scanBy(place), choose(place + 1));
        return when(
          i32.atLeast(get(v.one), number(ones)),
          set(v.limit, i32.subtract(parameter('two', v.p), number(ones))),
          set(v.candidate, choose(0)),
        );
      };
      const scanUnit: Code = [
        ...[0, 1, 2, 3].flatMap(scanGroup),
        ...set(v.sSlot, i32.add(get(v.sSlot), get(v.slotBytes))),
        ...wrapSlot(v.sSlot),
        ...nextUnit(v.sQuery, v.sBand),
      ];
      const same = [
        'units',
        'ahead',
        'queries',
        'queriesEnd',
        'flips',
        'flipsEnd',
        'starts',
        'slotsEnd',
      ] as const;
      return [
        ...[...same, 'one' as const].flatMap((name) => set(v[name], parameter(name, v.p))),
        ...set(v.slotBytes, i32.shiftLeft(i32.subtract(get(v.flipsEnd), get(v.flips)), number(2))),
        ...[v.rQuery, v.sQuery].flatMap((query) => set(query, get(v.queries))),
        ...[v.rSlot, v.tSlot, v.sSlot].flatMap((slot) => set(slot, parameter('slots', v.p))),
        ...set(v.candidate, parameter('candidates', v.p)),
        ...set(v.steps, i32.add(get(v.units), i32.shiftLeft(get(v.ahead), number(1)))),
        ...loopWhile(
          i32.less(get(v.step), get(v.steps)),
          when(i32.less(get(v.step), get(v.units)), resolve),
          // Below zero is far above: the comparison is of unsigned numbers.
          when(i32.less(i32.subtract(get(v.step), get(v.ahead)), get(v.units)), touch),
          when(
            i32.less(i32.subtract(i32.subtract(get(v.step), get(v.ahead)), get(v.ahead)), get(v.units)),
            scanUnit,
          ),
          raise(v.step, 1),
        ),
        ...call(CHECK, get(v.p), parameter('candidates', v.p), get(v.candidate)),
        // Written so that no compiler takes the touching for idle.
        ...setParameter('sink', v.p, get(v.sum)),
      ];
    },
  );
}

/** look(p, from, to): every row `from` to `to` (exclusive) beside every query, without buckets. */
function look(): Routine {
  return routine(
    'look',
    ['p', 'from', 'to'],
    {
      ...{ query: I32, queriesEnd: I32, row: I32, end: I32, apart: I32, count: I32, hitAt: I32, most: I32 },
      ...{ q0: I64, q1: I64 },
    },
    ({ p, from, to, query, queriesEnd, row, end, apart, count, hitAt, most, q0, q1 }) => {
      const near = (q: Local, offset: number): Code => i64.ones(i64.xor(get(q), i64.load(get(row), offset)));
      const rowNumber = i32.shiftRight(i32.subtract(get(row), parameter('rows', p)), number(5));
      return [
        ...set(query, parameter('queries', p)),
        ...set(queriesEnd, parameter('queriesEnd', p)),
        ...set(most, parameter('threshold', p)),
        ...set(count, parameter('hitCount', p)),
        ...set(end, i32.add(parameter('rows', p), i32.shiftLeft(get(to), number(5)))),
        ...loopWhile(
          i32.less(get(query), get(queriesEnd)),
          set(q0, i64.load(get(query))),
          set(q1, i64.load(get(query), 8)),
          set(row, i32.add(parameter('rows', p), i32.shiftLeft(get(from), number(5)))),
          loopWhile(
            i32.less(get(row), get(end)),
            // Half of a stranger differs in 64 bits on average: most rows end here.
            when(
              i32.atMost(i32.wrap(i64.add(near(q0, 0), near(q1, 8))), get(most)),
              set(apart, distance(row, query)),
              when(i32.atMost(get(apart), get(most)), hit(p, count, query, rowNumber, apart, hitAt)),
            ),
            raise(row, 32),
          ),
          raise(query, 32),
        ),
        ...setParameter('hitCount', p, get(count)),
      ];
    },
  );
}

/** The entry of a row, as written to A, B and R at the address `to` of A. */
const place = (to: Local, base: Local, rowPlane: Local, at: Local, a: Code, b: Code, row: Code): Code => [
  ...i32.store16(get(to), a),
  ...i32.store16(i32.add(get(to), i32.shiftRight(get(rowPlane), number(1))), b),
  ...set(
    at,
    i32.add(
      i32.add(get(base), get(rowPlane)),
      i32.multiply(i32.shiftRight(i32.subtract(get(to), get(base)), number(1)), number(3)),
    ),
  ),
  ...i32.store16(get(at), row),
  ...i32.store8(get(at), i32.shiftRight(row, number(16)), 2),
];

/**
 * sort(rows, count, band, starts, base, rowPlane): counting sort of one band straight from the rows. `starts` and `base`
 * are those of the band. Right for few rows; with many, it writes all over memory, and `coarse`, `part` and `settle` sort
 * by the upper byte first.
 */
function sort(): Routine {
  return routine(
    'sort',
    ['rows', 'count', 'band', 'starts', 'base', 'rowPlane'],
    {
      own: I32,
      next: I32,
      after: I32,
      row: I32,
      signal: I32,
      end: I32,
      at: I32,
      sum: I32,
      here: I32,
      to: I32,
    },
    ({
      rows,
      count,
      band,
      starts,
      base,
      rowPlane,
      own,
      next,
      after,
      row,
      signal,
      end,
      at,
      sum,
      here,
      to,
    }) => {
      const start = i32.add(
        get(starts),
        i32.shiftLeft(i32.load16(i32.add(get(signal), get(own))), number(2)),
      );
      return [
        ...set(own, bandAfter(band, 0)),
        ...set(next, bandAfter(band, 1)),
        ...set(after, bandAfter(band, 2)),
        ...fill(get(starts), number(0), number(STARTS_BYTES)),
        ...set(end, i32.add(get(rows), i32.shiftLeft(get(count), number(5)))),
        ...set(signal, get(rows)),
        ...loopWhile(
          i32.less(get(signal), get(end)),
          set(at, start),
          i32.store(get(at), i32.add(i32.load(get(at)), number(2))),
          raise(signal, 32),
        ),
        ...set(sum, get(base)),
        ...set(at, get(starts)),
        ...set(to, i32.add(get(starts), number(4 * 65_536))),
        ...loopWhile(
          i32.less(get(at), get(to)),
          set(here, i32.load(get(at))),
          i32.store(get(at), get(sum)),
          set(sum, i32.add(get(sum), get(here))),
          raise(at, 4),
        ),
        ...set(signal, get(rows)),
        ...loopWhile(
          i32.less(get(signal), get(end)),
          set(at, start),
          set(to, i32.load(get(at))),
          i32.store(get(at), i32.add(get(to), number(2))),
          place(
            to,
            base,
            rowPlane,
            at,
            i32.load16(i32.add(get(signal), get(next))),
            i32.load16(i32.add(get(signal), get(after))),
            get(row),
          ),
          raise(row, 1),
          raise(signal, 32),
        ),
        // Each start was moved to where the next begins: all of them one place on, and the first anew.
        ...copy(i32.add(get(starts), number(4)), get(starts), number(4 * 65_536)),
        ...i32.store(get(starts), get(base)),
      ];
    },
  );
}

/**
 * coarse(rows, count, counts): for each band, how many rows have each value of its upper byte, times 8 (the bytes of what
 * `part` writes for one). `counts` is 16 × 256 words of zero.
 */
function coarse(): Routine {
  return routine(
    'coarse',
    ['rows', 'count', 'counts'],
    { end: I32, at: I32 },
    ({ rows, count, counts, end, at }) => [
      ...set(end, i32.add(get(rows), i32.shiftLeft(get(count), number(5)))),
      ...loopWhile(
        i32.less(get(rows), get(end)),
        Array.from({ length: 16 }, (_, band) => [
          ...set(at, i32.add(get(counts), i32.shiftLeft(i32.load8(get(rows), 2 * band + 1), number(2)))),
          ...i32.store(get(at), i32.add(i32.load(get(at), 1024 * band), number(8)), 1024 * band),
        ]).flat(),
        raise(rows, 32),
      ),
    ],
  );
}

/**
 * part(rows, count, offset, cursors): the entries of the band at `offset` bytes of each row, which must not be one of the
 * last two, to where the cursor of its upper byte points. An entry is the row (24 bits), the lower byte, A and B.
 */
function part(): Routine {
  return routine(
    'part',
    ['rows', 'count', 'offset', 'cursors'],
    { end: I32, row: I32, band: I32, cursor: I32, to: I32 },
    ({ rows, count, offset, cursors, end, row, band, cursor, to }) => [
      ...set(band, i32.add(get(rows), get(offset))),
      ...set(end, i32.add(get(band), i32.shiftLeft(get(count), number(5)))),
      ...loopWhile(
        i32.less(get(band), get(end)),
        set(cursor, i32.add(get(cursors), i32.shiftLeft(i32.load8(get(band), 1), number(2)))),
        set(to, i32.load(get(cursor))),
        i32.store(get(cursor), i32.add(get(to), number(8))),
        i32.store(get(to), i32.or(get(row), i32.shiftLeft(i32.load8(get(band)), number(24)))),
        i32.store(get(to), i32.load(get(band), 2), 4),
        raise(row, 1),
        raise(band, 32),
      ),
    ],
  );
}

/**
 * settle(from, to, starts, place, base, rowPlane, counts): entries of one upper byte, as `part` wrote them, into A from
 * the address `place` on, B and R, and their 256 starts. `counts` is room for 256 words.
 */
function settle(): Routine {
  return routine(
    'settle',
    ['from', 'to', 'starts', 'sum', 'base', 'rowPlane', 'counts'],
    { entry: I32, at: I32, here: I32, end: I32, place: I32 },
    ({ from, to, starts, sum, base, rowPlane, counts, entry, at, here, end, place: into }) => {
      const count = i32.add(get(counts), i32.shiftLeft(i32.load8(get(entry), 3), number(2)));
      return [
        ...fill(get(counts), number(0), number(1024)),
        ...set(entry, get(from)),
        ...loopWhile(
          i32.less(get(entry), get(to)),
          set(at, count),
          i32.store(get(at), i32.add(i32.load(get(at)), number(2))),
          raise(entry, 8),
        ),
        ...set(at, get(counts)),
        ...set(end, i32.add(get(counts), number(1024))),
        ...loopWhile(
          i32.less(get(at), get(end)),
          set(here, i32.load(get(at))),
          i32.store(get(at), get(sum)),
          i32.store(get(starts), get(sum)),
          set(sum, i32.add(get(sum), get(here))),
          raise(at, 4),
          raise(starts, 4),
        ),
        ...set(entry, get(from)),
        ...loopWhile(
          i32.less(get(entry), get(to)),
          set(at, count),
          set(into, i32.load(get(at))),
          i32.store(get(at), i32.add(get(into), number(2))),
          place(
            into,
            base,
            rowPlane,
            at,
            i32.load16(get(entry), 4),
            i32.load16(get(entry), 6),
            i32.and(i32.load(get(entry)), number(ROW_BITS)),
          ),
          raise(entry, 8),
        ),
      ];
    },
  );
}

/** The bytes of the module, over a memory of its own or one that several threads share. */
export function ringKernel(memory: 'plain' | 'shared'): Uint8Array<ArrayBuffer> {
  return assembleOver(memory, [
    permute(),
    check(),
    ...LIMITS.map(scan),
    ring(),
    look(),
    sort(),
    coarse(),
    part(),
    settle(),
  ]);
}

/** The text of `src/ring-kernel-bytes.ts`. */
export function ringKernelSource(): string {
  const literal = (memory: 'plain' | 'shared') => {
    const base64 = btoa(String.fromCharCode(...ringKernel(memory)));
    return (base64.match(/.{1,100}/g) ?? []).map((line) => `  '${line}'`).join(' +\n');
  };
  return `/**
 * The compiled kernel of the ring index. Written by \`node tools/build-wasm.ts\` from \`assembly/ring-kernel.ts\`; do not
 * change it by hand: a test assembles it again and compares.
 * @module
 */

/** The module's bytes in base64 (RFC 4648, section 4), over a memory of its own. */
export const RING_KERNEL_BASE64: string =
${literal('plain')};

/** The same over a memory that several threads share. */
export const RING_KERNEL_SHARED_BASE64: string =
${literal('shared')};
`;
}
