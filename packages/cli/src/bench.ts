/**
 * `reclaim bench`: runs a benchmark of the house here and now. Nothing is read from an earlier run.
 *
 * With `--json` the document is `{ bench, at, machine, figures: [{ id, value, unit, peer?, size?, kind? }] }`; the ids are
 * listed in docs/benchmarks.md and stay. `machine` says what a number cannot be compared without; it names no host and no user.
 * @module
 */

import { availableParallelism, cpus, totalmem } from 'node:os';
import type { Figure } from './bench-figure.ts';
import { MATCH_DATA_KINDS, type MatchDataKind } from './bench-match-data.ts';
import { answerTo, type Command, parseArguments, parseWhole } from './command.ts';
import { nearestWord } from './nearest-word.ts';
import { Problem } from './problem.ts';
import { Progress } from './progress.ts';
import { type ExitStatus, printable, type Terminal } from './terminal.ts';

/** What the benchmark of altered copies can be limited to. */
const HALVES = ['copies', 'strangers'] as const;

/** Runs one benchmark; `report` hears what it does at the moment. */
export type Bench = (options: {
  readonly report: (doing: string) => void;
  /** How many things to measure with, where it was said. */
  readonly size?: number;
  /** Which part of a long run to make, counted from 1, where it can be made in parts. */
  readonly part?: { readonly index: number; readonly of: number };
  /** Which half to measure, where it was said. */
  readonly half?: (typeof HALVES)[number];
  /** The one kind of data to measure with, where it was said. */
  readonly kind?: MatchDataKind;
  /** Whether to leave the peers out. */
  readonly alone?: boolean;
}) => Promise<readonly Figure[]>;

/** Benchmarks by name, each loaded when asked for. */
export type Benches = ReadonlyMap<string, () => Promise<Bench>>;

const BENCHES: Benches = new Map([
  ['hash', async (): Promise<Bench> => (await import('./bench-hash.ts')).benchHash],
  ['altered', async (): Promise<Bench> => (await import('./bench-altered.ts')).benchAltered],
  ['match', async (): Promise<Bench> => (await import('./bench-match.ts')).benchMatch],
  ['watermark', async (): Promise<Bench> => (await import('./bench-watermark.ts')).benchWatermark],
  ['check', async (): Promise<Bench> => (await import('./bench-check.ts')).benchCheck],
]);

/** The command, with the benchmarks of this house. */
export const bench: Command = benchWith(BENCHES, () => new Date());

/** The command over any benchmarks. `now` gives the time that the document bears. */
export function benchWith(benches: Benches, now: () => Date): Command {
  return { help: helpFor(benches), run: (argv, io) => runBench(argv, io, benches, now) };
}

function helpFor(benches: Benches): string {
  return `reclaim bench NAME [--size N] [--kind KIND] [--alone] [--part I/N]
              [--half HALF] [--json]

Measures here and now. NAME is one of: ${[...benches.keys()].join(', ')}.
Peers that are installed here are measured in the same run.

  --size  how many things to measure with, 1 to 16000000
          (match, check: signals, 1000000 unless said; watermark: pictures, 40;
          altered: strangers, 400, and a tenth as many photographs)
  --part  altered alone: part I of N of a long run, to be joined by
          bench/join-altered.ts
  --half  altered alone: copies (what is found) or strangers (what is taken
          for a protected picture); both unless said
  --kind  match, check: one kind of data, uniform or image-like; both unless
          said
  --alone match: without the peers, which take minutes among ten million
  --json  one document: { bench, at, machine, figures:
          [{ id, value, unit, peer?, size?, kind? }] }

Exit status: 0 measured, 2 it could not be, or bad use.
`;
}

async function runBench(
  argv: readonly string[],
  io: Terminal,
  benches: Benches,
  now: () => Date,
): Promise<ExitStatus> {
  const { options, words } = parseArguments(argv, {
    json: 'boolean',
    size: 'string',
    part: 'string',
    half: 'string',
    kind: 'string',
    alone: 'boolean',
  });
  const [name, ...more] = words;
  const known = [...benches.keys()];
  if (name === undefined || more.length > 0) {
    throw new Problem(`bench expects one name, of: ${known.join(', ')}`);
  }
  const load = benches.get(name);
  if (load === undefined) {
    const nearest = nearestWord(name, known);
    const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
    throw new Problem(`there is no such benchmark; known are: ${known.join(', ')}${hint}`);
  }
  const size = options.size === undefined ? {} : { size: parseWhole(options.size, '--size', 1, 16_000_000) };
  if (options.part !== undefined && name !== 'altered')
    throw new Problem('--part goes with the benchmark "altered" alone');
  const part = options.part === undefined ? {} : { part: parsePart(options.part) };
  if (options.half !== undefined && name !== 'altered')
    throw new Problem('--half goes with the benchmark "altered" alone');
  const half = HALVES.find((each) => each === options.half);
  if (options.half !== undefined && half === undefined)
    throw new Problem(`--half expects one of: ${HALVES.join(', ')}`);
  const kind = MATCH_DATA_KINDS.find((each) => each === options.kind);
  if (options.kind !== undefined && kind === undefined) {
    throw new Problem(`--kind expects one of: ${MATCH_DATA_KINDS.join(', ')}`);
  }
  const only = { ...size, ...(kind === undefined ? {} : { kind }), alone: options.alone === true };
  const at = now().toISOString();
  let figures: readonly Figure[];
  {
    using progress = new Progress(io);
    figures = await (await load())({
      ...only,
      ...part,
      ...(half === undefined ? {} : { half }),
      report: (doing) => progress.show(printable(doing)),
    });
  }
  const answer = answerTo(io, options.json === true);
  answer.line(`${name}, ${machineInWords()}`);
  for (const line of table(figures)) answer.line(`  ${line}`);
  answer.document({ bench: name, at, machine: machine(), figures });
  return 0;
}

/** "2/8". @throws {Problem} for anything else */
function parsePart(text: string): { readonly index: number; readonly of: number } {
  const [index, of, ...more] = text.split('/');
  if (index === undefined || of === undefined || more.length > 0)
    throw new Problem('--part expects I/N, such as 2/8');
  const parts = parseWhole(of, '--part', 1, 1_000);
  return { index: parseWhole(index, '--part', 1, parts), of: parts };
}

/** What the numbers depend on. `memoryGiB` is the machine's whole memory, rounded. */
function machine() {
  const [first] = cpus();
  return {
    cpu: first?.model.trim() || 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    os: process.platform,
    arch: process.arch,
    node: process.versions.node,
  } as const;
}

function machineInWords(): string {
  const { cpu, cores, memoryGiB, os, arch, node } = machine();
  return `${printable(cpu)}, ${cores} cores, ${memoryGiB} GiB, ${os} ${arch}, Node ${node}`;
}

/** The figures in columns. */
function table(figures: readonly Figure[]): readonly string[] {
  const rows = figures.map(({ id, value, unit, peer, size, kind }) => {
    const of = [size, kind, peer].filter((word) => word !== undefined);
    return [id, shownNumber(value), unit, of.length === 0 ? '' : `(${of.join(', ')})`];
  });
  const width = (column: number) => Math.max(0, ...rows.map((row) => row[column]!.length));
  return rows.map(([id, value, unit, peer]) =>
    `${id!.padEnd(width(0))}  ${value!.padStart(width(1))} ${unit!.padEnd(width(2))}  ${peer}`.trimEnd(),
  );
}

/** Three significant digits: more would promise a precision that no benchmark has. */
function shownNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return Math.abs(value) >= 1000 || Number.isInteger(value)
    ? String(Math.round(value))
    : value.toPrecision(3);
}
