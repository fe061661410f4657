/**
 * Prints the figures of `reclaim bench … --json` as the tables of docs/benchmarks.md, and beside each goal of the matching
 * issue whether this run met it.
 *
 *     node bench/table.ts FILE...
 * @module
 */

import { readFileSync } from 'node:fs';

type Figure = {
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: string;
  readonly size?: number;
  readonly kind?: string;
};
type Run = {
  readonly bench: string;
  readonly at: string;
  readonly machine: object;
  readonly figures: Figure[];
};

/** What was asked for: id, size, kind of data (any where it is empty), and the bound. */
const GOALS: readonly (readonly [string, number, string, '<=' | '>=', number])[] = [
  ['match.lookup.p50_us', 1_000_000, 'uniform', '<=', 9],
  ['match.lookup.p50_us', 1_000_000, 'image-like', '<=', 13],
  ['match.lookup.p99_us', 1_000_000, '', '<=', 60],
  ['match.lookup.p50_us', 10_000_000, 'uniform', '<=', 45],
  ['match.batch_1000_ms', 10_000_000, 'uniform', '<=', 40],
  ['match.build_threads_2_s', 10_000_000, 'uniform', '<=', 2.5],
  ['match.bytes_per_signal', 0, '', '<=', 160],
  ['match.threads_2_ratio', 0, '', '>=', 1.7],
  ['match.insert_to_match_p99_ms', 0, '', '<=', 50],
  ['match.recall', 0, '', '>=', 100],
  ['check.p99_ms', 1_000_000, '', '<=', 5],
  ['check.per_second_core', 1_000_000, '', '>=', 5_000],
];

function shown(value: number): string {
  return value >= 1_000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}

for (const file of process.argv.slice(2)) {
  const { bench, at, machine, figures } = JSON.parse(readFileSync(file, 'utf8')) as Run;
  const kinds = [...new Set(figures.map(({ kind = '' }) => kind))];
  const rows = [...new Set(figures.map(({ id, size = 0, peer = '' }) => JSON.stringify([id, size, peer])))];
  console.log(`\n${bench}, ${at}, ${JSON.stringify(machine)}\n`);
  console.log(`| id | signals | peer | ${kinds.join(' | ')} |`);
  console.log(`|---|---|---|${kinds.map(() => '---|').join('')}`);
  for (const row of rows) {
    const [id, size, peer] = JSON.parse(row) as [string, number, string];
    const cells = kinds.map((kind) => {
      const found = figures.find(
        (each) =>
          each.id === id && (each.size ?? 0) === size && (each.peer ?? '') === peer && each.kind === kind,
      );
      return found === undefined ? '' : `${shown(found.value)} ${found.unit}`;
    });
    console.log(`| \`${id}\` | ${size.toLocaleString('en')} | ${peer} | ${cells.join(' | ')} |`);
  }
  for (const [id, size, kind, sign, bound] of GOALS) {
    for (const each of figures) {
      const meant = each.id === id && each.peer === undefined;
      if (!meant || (size !== 0 && each.size !== size) || (kind !== '' && each.kind !== kind)) continue;
      const met = sign === '<=' ? each.value <= bound : each.value >= bound;
      const of = `${id}, ${each.size?.toLocaleString('en')} ${each.kind}`;
      console.log(`${met ? 'met' : 'MISSED'}: ${of}: ${shown(each.value)} (goal ${sign} ${bound})`);
    }
  }
}
