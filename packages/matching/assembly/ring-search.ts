/**
 * How the ring kernel searches.
 *
 * `ring` takes one band after the other and in it one query after the other, in an order that the caller gives: for each
 * bucket within reach of the query it writes the addresses of its lines to one list, and for those of equal reach a *run*
 * that says whose they are. When the list is long enough, `flush` works it off in two passes: the first reads one byte of
 * each line, the second compares. WebAssembly has no prefetch: it is the processor that overlaps the loads of a pass
 * because none waits for another, and it does so the farther ahead the shorter the pass is, hence a flat list. The lines that
 * keep something are gone through again by `expand`, which writes *candidates*, and these are looked at by `verify`, once
 * there are many or all is done, in passes for the same reason.
 *
 * Longer than the house's 300 lines: the passes hand lists to each other, and a reader has to see both ends of each.
 * @module
 */

import { type Code, get, I32, type Local, set } from '../../raster/assembly/assembler.ts';
import {
  bandAfter,
  CANDIDATE,
  ENTRIES,
  FOOTER,
  LINE,
  number,
  parameter,
  ROW_BITS,
  RUN,
  setParameter,
  threeBytesAt,
  V128,
} from './ring-desk.ts';
import {
  call,
  either,
  I64,
  i8x16,
  i16x8,
  i32,
  i32x4,
  i64,
  loopWhile,
  type Routine,
  raise,
  routine,
  select,
  v128,
  when,
} from './ring-instructions.ts';

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
 * verify(p, to): looks at the candidates up to the address `to`, and counts as hits those within the threshold, each in the
 * first band, counted from band 0, that lets it pass: so each row is a hit once, however many bands find it. The row of an
 * entry that was taken out is greater than all, and one that another thread is just overwriting may be any.
 */
export function verify(): Routine {
  return routine(
    'verify',
    ['p', 'to'],
    {
      ...{ at: I32, query: I32, band: I32, row: I32, signal: I32, apart: I32, j: I32 },
      ...{ more: I32, sum: I32, two: I32, three: I32, count: I32, hitAt: I32, touched: I32 },
    },
    (v) => {
      const { p, at, query, band, row, signal, j, sum } = v;
      const bandApart = (by: number): Code =>
        differing(
          i32.load16(i32.add(get(signal), bandAfter(j, by))),
          i32.load16(i32.add(get(query), bandAfter(j, by))),
        );
      const each = (...body: readonly Code[]): Code => [
        ...set(at, parameter('candidates', p)),
        ...loopWhile(
          i32.less(get(at), get(v.to)),
          set(row, i32.load(get(at))),
          ...body,
          raise(at, CANDIDATE),
        ),
      ];
      const read: Code = i32.store(get(at), i32.and(i32.load(get(row)), number(ROW_BITS)));
      const exists = i32.less(get(row), parameter('rowCount', p));
      const touch: Code = [
        ...set(signal, i32.shiftLeft(select(get(row), number(0), exists), number(5))),
        ...set(v.touched, i32.add(get(v.touched), i32.load8(i32.add(parameter('rows', p), get(signal))))),
      ];
      const compare: Code = [
        ...set(signal, i32.add(parameter('rows', p), i32.shiftLeft(get(row), number(5)))),
        ...set(query, i32.load(get(at), 4)),
        ...set(v.apart, distance(signal, query)),
        ...when(
          i32.atMost(get(v.apart), parameter('threshold', p)),
          set(band, i32.load(get(at), 8)),
          set(v.more, number(1)),
          set(j, number(0)),
          loopWhile(
            i32.and(get(v.more), i32.atMost(get(j), get(band))),
            set(sum, bandApart(0)),
            set(v.more, i32.atMost(get(sum), parameter('one', p))),
            set(sum, i32.add(get(sum), bandApart(1))),
            set(v.more, i32.and(get(v.more), i32.atMost(get(sum), get(v.two)))),
            set(sum, i32.add(get(sum), bandApart(2))),
            set(v.more, i32.isZero(i32.and(get(v.more), i32.atMost(get(sum), get(v.three))))),
            raise(j, 1),
          ),
          // The first band that lets it pass is this one.
          when(
            i32.and(i32.isZero(get(v.more)), i32.equal(get(j), i32.add(get(band), number(1)))),
            hit(p, v.count, query, get(row), v.apart, v.hitAt),
          ),
        ),
      ];
      return [
        ...set(v.two, parameter('two', p)),
        ...set(v.three, parameter('three', p)),
        ...set(v.count, parameter('hitCount', p)),
        ...each(read),
        ...each(touch),
        ...each(when(exists, compare)),
        ...setParameter('hitCount', p, get(v.count)),
        // Written so that no compiler takes the touching for idle.
        ...setParameter('sink', p, get(v.touched)),
      ];
    },
  );
}

/** How a lane of differing bits is brought to zero exactly where it has at most so many ones. */
type Limit = 0 | 1 | 2 | 3 | 'any';

const LIMITS: readonly Limit[] = [0, 1, 2, 3, 'any'];

const FOUR = [0, 1, 2, 3] as const;

type Comparing = Record<'line' | 'wanted' | 'limits' | 'x0' | 'x1' | 'x2' | 'x3', Local>;

/** Brings to zero the lanes of a line that are within the limit of what is wanted: in x0 to x3. */
const compare = (v: Comparing, limit: Limit): Code =>
  FOUR.flatMap((k): Code => {
    const x = v[`x${k}`];
    const once = set(x, v128.and(get(x), i16x8.add(get(x), v128.constant(0xff))));
    return [
      ...set(x, v128.xor(v128.load(get(v.line), 16 * k), get(v.wanted))),
      ...(limit === 'any'
        ? set(x, i16x8.subtractSaturated(i16x8.addPairs(i8x16.ones(get(x))), get(v.limits)))
        : Array.from({ length: limit }, () => once).flat()),
    ];
  });

/**
 * scan…(run, from, to, kept, limit): the lines at the addresses `from` to `to` of the list; those with an entry within
 * `limit` bits of the next band of the run's query are kept: written, with the run, from `kept` on, without a branch that
 * could be guessed wrong. Answers where the next goes. Limits up to 3 clear the lowest bit that often; above that, ones are
 * counted.
 */
function scan(limitOf: Limit): Routine {
  return routine(
    `scan${limitOf}`,
    ['run', 'from', 'to', 'kept', 'limit'],
    { line: I32, band: I32, wanted: V128, limits: V128, x0: V128, x1: V128, x2: V128, x3: V128 },
    (v) => [
      ...set(v.band, i32.load(get(v.run), 8)),
      ...set(v.wanted, i16x8.loadSplat(i32.add(i32.load(get(v.run), 4), bandAfter(v.band, 1)))),
      ...set(v.limits, i16x8.splat(get(v.limit))),
      ...loopWhile(
        i32.less(get(v.from), get(v.to)),
        set(v.line, i32.load(get(v.from))),
        compare(v, limitOf),
        i32.store(get(v.kept), get(v.line)),
        i32.store(get(v.kept), get(v.run), 4),
        set(
          v.kept,
          i32.add(
            get(v.kept),
            i32.shiftLeft(
              i32.isZero(
                i16x8.allTrue(
                  i16x8.minimum(i16x8.minimum(get(v.x0), get(v.x1)), i16x8.minimum(get(v.x2), get(v.x3))),
                ),
              ),
              number(3),
            ),
          ),
        ),
        raise(v.from, 4),
      ),
    ],
    // The result is what stands in `kept`, the fourth parameter.
    get(3),
  );
}

/** The scans, one for each kind of limit. */
export const scans = (): readonly Routine[] => LIMITS.map(scan);

/**
 * expand(p, to, candidate): the entries of the lines that were kept up to the address `to`, as candidates from `candidate`
 * on. Answers where the next candidate goes. An entry behind the last of its line is none.
 */
export function expand(verifyAt: number): Routine {
  return routine(
    'expand',
    ['p', 'to', 'candidate'],
    {
      ...{ at: I32, line: I32, run: I32, query: I32, band: I32, mask: I32, lane: I32, footer: I32 },
      ...{ rowPlane: I32 },
      ...{ wanted: V128, limits: V128, x0: V128, x1: V128, x2: V128, x3: V128 },
    },
    (v) => {
      const zeros = (k: 0 | 1 | 2 | 3): Code => i16x8.equal(get(v[`x${k}`]), v128.constant(0));
      const rowAt = threeBytesAt(
        get(v.rowPlane),
        i32.add(i32.and(get(v.footer), number(ROW_BITS)), get(v.lane)),
      );
      const note: Code = [
        ...set(v.lane, i32.trailingZeros(get(v.mask))),
        ...set(v.mask, i32.and(get(v.mask), i32.subtract(get(v.mask), number(1)))),
        ...i32.store(
          get(v.candidate),
          select(
            rowAt,
            parameter('nowhere', v.p),
            i32.less(get(v.lane), i32.shiftRight(get(v.footer), number(24))),
          ),
        ),
        ...i32.store(get(v.candidate), get(v.query), 4),
        ...i32.store(get(v.candidate), get(v.band), 8),
        ...raise(v.candidate, CANDIDATE),
      ];
      return [
        ...set(v.at, parameter('kept', v.p)),
        ...loopWhile(
          i32.less(get(v.at), get(v.to)),
          set(v.line, i32.load(get(v.at))),
          set(v.run, i32.load(get(v.at), 4)),
          set(v.query, i32.load(get(v.run), 4)),
          set(v.band, i32.load(get(v.run), 8)),
          set(v.wanted, i16x8.loadSplat(i32.add(get(v.query), bandAfter(v.band, 1)))),
          set(v.limits, i16x8.splat(i32.load(get(v.run), 12))),
          compare(v, 'any'),
          set(v.footer, i32.load(get(v.line), FOOTER)),
          set(
            v.mask,
            i32.and(
              i32.or(
                i8x16.bitmask(i8x16.narrow(zeros(0), zeros(1))),
                i32.shiftLeft(i8x16.bitmask(i8x16.narrow(zeros(2), zeros(3))), number(16)),
              ),
              // The last word is no entries.
              number(2 ** ENTRIES - 1),
            ),
          ),
          set(
            v.rowPlane,
            i32.load(i32.add(parameter('rowPlanes', v.p), i32.shiftLeft(get(v.band), number(2)))),
          ),
          loopWhile(get(v.mask), note),
          when(
            i32.atLeast(get(v.candidate), parameter('candidatesFull', v.p)),
            call(verifyAt, get(v.p), get(v.candidate)),
            set(v.candidate, parameter('candidates', v.p)),
          ),
          raise(v.at, 8),
        ),
      ];
    },
    // The result is what stands in `candidate`, the third parameter.
    get(2),
  );
}

/**
 * flush(p, linesTo, runsTo): works the list off; `expandAt` and `scansAt` are the places of `expand` and the first scan in
 * the module.
 */
export function flush(expandAt: number, scansAt: number): Routine {
  return routine(
    'flush',
    ['p', 'linesTo', 'runsTo'],
    { at: I32, to: I32, sum: I32, run: I32, limit: I32, kept: I32 },
    (v) => {
      const touch = (offset: number): Code =>
        set(v.sum, i32.add(get(v.sum), i32.load8(i32.load(get(v.at), offset))));
      const scanBy = (place: number): Code =>
        call(scansAt + place, get(v.run), get(v.at), get(v.to), get(v.kept), get(v.limit));
      const choose = (place: number): Code =>
        place === LIMITS.length - 1
          ? scanBy(place)
          : either(i32.equal(get(v.limit), number(place)), scanBy(place), choose(place + 1));
      return [
        ...set(v.at, parameter('lines', v.p)),
        // Up to three behind the last: addresses all the same, of the line behind or of an earlier list.
        ...loopWhile(i32.less(get(v.at), get(v.linesTo)), [0, 4, 8, 12].flatMap(touch), raise(v.at, 16)),
        ...setParameter('sink', v.p, get(v.sum)),
        ...set(v.at, parameter('lines', v.p)),
        ...set(v.kept, parameter('kept', v.p)),
        ...set(v.run, parameter('runs', v.p)),
        ...loopWhile(
          i32.less(get(v.run), get(v.runsTo)),
          set(v.to, i32.load(get(v.run))),
          set(v.limit, i32.load(get(v.run), 12)),
          set(v.kept, choose(0)),
          set(v.at, get(v.to)),
          raise(v.run, RUN),
        ),
        ...setParameter('candidate', v.p, call(expandAt, get(v.p), get(v.kept), parameter('candidate', v.p))),
      ];
    },
  );
}

/** ring(p): every query in every band; see the head of this file. */
export function ring(verifyAt: number, flushAt: number): Routine {
  return routine(
    'ring',
    ['p'],
    {
      ...{ band: I32, orderAt: I32, orderEnd: I32, query: I32, value: I32, starts: I32, flip: I32 },
      ...{ flipsEnd: I32, start: I32, begin: I32, end: I32, last: I32, next: I32, line: I32, run: I32 },
      ...{
        linesEnd: I32,
        one: I32,
        left: I32,
        tBand: I32,
        tOrderAt: I32,
        tOrderEnd: I32,
        tStarts: I32,
        sum: I32,
      },
    },
    (v) => {
      const keyOf = (orderAt: Local, band: Local): Code =>
        i32.shiftRight(
          i32.load16(i32.add(i32.load(get(orderAt)), bandAfter(band, 0))),
          parameter('shift', v.p),
        );
      const endRun = (ones: number): Code => [
        ...i32.store(get(v.run), get(v.line)),
        ...i32.store(get(v.run), get(v.query), 4),
        ...i32.store(get(v.run), get(v.band), 8),
        ...i32.store(get(v.run), i32.subtract(parameter('two', v.p), number(ones)), 12),
        ...raise(v.run, RUN),
      ];
      const flushed: Code = [
        ...call(flushAt, get(v.p), get(v.line), get(v.run)),
        ...set(v.line, parameter('lines', v.p)),
        ...set(v.run, parameter('runs', v.p)),
      ];
      /** The addresses of the lines from `begin` to `to`, four at once; what is written behind the last is overwritten. */
      const list = (to: Local): Code => [
        ...set(v.next, i32.add(get(v.line), i32.shiftRight(i32.subtract(get(to), get(v.begin)), number(4)))),
        ...loopWhile(
          i32.less(get(v.begin), get(to)),
          v128.store(
            get(v.line),
            i32x4.add(i32x4.splat(get(v.begin)), v128.words([0, LINE, 2 * LINE, 3 * LINE])),
          ),
          raise(v.begin, 4 * LINE),
          raise(v.line, 16),
        ),
        ...set(v.line, get(v.next)),
      ];
      /** Bytes of lines whose addresses the list has room for, but for the four that are written at once. */
      const room = i32.shiftLeft(
        i32.subtract(i32.subtract(get(v.linesEnd), get(v.line)), number(16)),
        number(4),
      );
      const bucket = (ones: number): Code => [
        ...set(
          v.start,
          i32.add(get(v.starts), i32.shiftLeft(i32.xor(get(v.value), i32.load16(get(v.flip))), number(2))),
        ),
        ...set(v.begin, i32.load(get(v.start))),
        ...set(v.end, i32.load(get(v.start), 4)),
        // A bucket that is longer than what is left of the list goes in pieces.
        ...loopWhile(
          i32.less(room, i32.subtract(get(v.end), get(v.begin))),
          set(v.last, i32.add(get(v.begin), room)),
          list(v.last),
          set(v.begin, get(v.last)),
          endRun(ones),
          flushed,
        ),
        ...list(v.end),
        ...raise(v.flip, 2),
      ];
      const buckets = (ones: 0 | 1 | 2 | 3): Code =>
        when(
          i32.atLeast(get(v.one), number(ones)),
          set(v.flip, parameter(`flips${ones}`, v.p)),
          set(v.flipsEnd, parameter(`flips${(ones + 1) as 1 | 2 | 3 | 4}`, v.p)),
          loopWhile(i32.less(get(v.flip), get(v.flipsEnd)), bucket(ones)),
          endRun(ones),
        );
      const nextUnit = (orderAt: Local, orderEnd: Local, band: Local, starts: Local): Code => [
        ...raise(orderAt, 4),
        ...when(
          i32.equal(get(orderAt), get(orderEnd)),
          raise(band, 1),
          set(starts, i32.add(get(starts), parameter('startsStride', v.p))),
          set(
            orderAt,
            i32.add(parameter('order', v.p), i32.multiply(get(band), parameter('orderStride', v.p))),
          ),
          set(orderEnd, i32.add(get(orderAt), parameter('orderBytes', v.p))),
        ),
      ];
      /** Reads where the buckets of some units begin, before any of that is waited for. */
      const touchStarts: Code = [
        ...set(v.left, parameter('unitsAtOnce', v.p)),
        ...loopWhile(
          i32.and(i32.less(number(0), get(v.left)), i32.less(get(v.tBand), number(16))),
          set(v.value, keyOf(v.tOrderAt, v.tBand)),
          set(v.flip, parameter('flips0', v.p)),
          loopWhile(
            i32.less(get(v.flip), get(v.flipsEnd)),
            set(
              v.sum,
              i32.add(
                get(v.sum),
                i32.load8(
                  i32.add(
                    get(v.tStarts),
                    i32.shiftLeft(i32.xor(get(v.value), i32.load16(get(v.flip))), number(2)),
                  ),
                ),
              ),
            ),
            raise(v.flip, 2),
          ),
          raise(v.left, -1),
          nextUnit(v.tOrderAt, v.tOrderEnd, v.tBand, v.tStarts),
        ),
      ];
      const listUnit: Code = [
        ...set(v.query, i32.load(get(v.orderAt))),
        ...set(v.value, keyOf(v.orderAt, v.band)),
        ...([0, 1, 2, 3] as const).flatMap(buckets),
        ...when(
          i32.or(
            i32.atLeast(get(v.line), parameter('linesFull', v.p)),
            i32.atLeast(get(v.run), parameter('runsFull', v.p)),
          ),
          flushed,
        ),
        ...nextUnit(v.orderAt, v.orderEnd, v.band, v.starts),
      ];
      return [
        ...set(v.line, parameter('lines', v.p)),
        ...set(v.run, parameter('runs', v.p)),
        ...set(v.linesEnd, parameter('linesEnd', v.p)),
        ...set(v.one, parameter('one', v.p)),
        ...[v.starts, v.tStarts].flatMap((starts) => set(starts, parameter('starts', v.p))),
        ...[v.orderAt, v.tOrderAt].flatMap((at) => set(at, parameter('order', v.p))),
        ...[v.orderEnd, v.tOrderEnd].flatMap((end) =>
          set(end, i32.add(get(v.orderAt), parameter('orderBytes', v.p))),
        ),
        ...setParameter('candidate', v.p, parameter('candidates', v.p)),
        ...loopWhile(
          i32.less(get(v.band), number(16)),
          set(v.flipsEnd, parameter('flipsEnd', v.p)),
          touchStarts,
          loopWhile(
            i32.or(i32.less(get(v.band), get(v.tBand)), i32.less(get(v.orderAt), get(v.tOrderAt))),
            listUnit,
          ),
        ),
        ...setParameter('sink', v.p, get(v.sum)),
        ...flushed,
        ...call(verifyAt, get(v.p), parameter('candidate', v.p)),
      ];
    },
  );
}

/** look(p, from, to): every row `from` to `to` (exclusive) beside every query, without buckets. */
export function look(): Routine {
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
