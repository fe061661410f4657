/**
 * Joins the parts of a run of `reclaim bench altered --part I/N --json` to the figures of the whole, and prints the tables of
 * docs/benchmarks.md.
 *
 *     node bench/join-altered.ts FILE... [--json]
 *
 * Shares are counts over sizes, so those of the parts add up exactly; bounds are made anew from the counts. Medians and means
 * of times and correlations are means of the parts', weighed by size: near, not exact, and said so by `kind`.
 * @module
 */

import { readFileSync } from 'node:fs';
import { upperBound } from '../packages/cli/src/bench-altered-strangers.ts';
import type { Figure } from '../packages/cli/src/bench-figure.ts';

type Run = {
  readonly bench: string;
  readonly at: string;
  readonly machine: object;
  readonly figures: readonly Figure[];
};

const files = process.argv.slice(2).filter((word) => word !== '--json');
const runs = files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as Run);
if (runs.length === 0 || runs.some(({ bench }) => bench !== 'altered'))
  throw new Error('join: expected documents of reclaim bench altered --json');

const groups = Map.groupBy(
  runs.flatMap(({ figures }) => figures),
  ({ id, kind, peer }) => JSON.stringify([id, kind, peer]),
);
const counts = new Map<string, number>();
const joined = [...groups.values()].map((parts): Figure => {
  const size = parts.reduce((sum, part) => sum + (part.size ?? 0), 0);
  const value = parts.reduce((sum, part) => sum + part.value * (part.size ?? 0), 0) / size;
  const [first] = parts;
  if (first!.id === 'altered.false_matches') counts.set(first!.kind!, Math.round((value / 100) * size));
  return { ...first!, value, size };
});
const whole = joined.map((figure) =>
  figure.id === 'altered.false_matches_bound'
    ? { ...figure, value: 100 * upperBound(counts.get(figure.kind!) ?? 0, figure.size!) }
    : figure,
);

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ ...runs[0]!, figures: whole }, undefined, 1));
} else {
  const shownOf = (id: string, peer?: string, kind?: string) => {
    const found = whole.find(
      (each) =>
        each.id === id &&
        (peer === undefined ? each.peer === undefined : each.peer?.startsWith(peer)) &&
        (kind === undefined || each.kind === kind),
    );
    return found === undefined ? '–' : found.value.toFixed(id.startsWith('altered.mean') ? 1 : 0);
  };
  const attacks = [
    ...new Set(whole.flatMap(({ id }) => /^altered\.([a-z0-9-]+)\.shared_pct$/.exec(id)?.[1] ?? [])),
  ];
  console.log(
    '| attack | plain PDQ | shared path | sealed path | pdqhash | imagehash |\n|---|---|---|---|---|---|',
  );
  for (const attack of attacks) {
    const id = `altered.${attack}`;
    const cells = [`${id}.plain_pct`, `${id}.shared_pct`, `${id}.sealed_pct`].map((each) => shownOf(each));
    const peers = ['pdqhash', 'imagehash'].map((peer) => shownOf(`${id}.shared_pct`, peer));
    console.log(`| \`${attack}\` | ${[...cells, ...peers].join(' | ')} |`);
  }
  for (const kind of ['photographs', 'portraits', 'low-texture']) {
    const cells = ['plain_pct', 'shared_pct', 'sealed_pct'].map((each) =>
      shownOf(`altered.mean_${each}`, undefined, kind),
    );
    const peers = ['pdqhash', 'imagehash'].map((peer) => shownOf('altered.mean_shared_pct', peer, kind));
    const size = whole.find((each) => each.id === 'altered.mean_shared_pct' && each.kind === kind)?.size;
    console.log(`| **mean**, ${size} ${kind} | ${[...cells, ...peers].join(' | ')} |`);
  }
  for (const { id, value, unit, size, kind } of whole)
    if (!/^altered\.([a-z0-9-]+\.|mean)/.test(id))
      console.log(id, value.toPrecision(3), unit, size, kind ?? '');
}
