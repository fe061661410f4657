import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { REFUSALS } from '@reclaim/casework/refusal';
import { HttpProblem, PROBLEM_KINDS, problemBody } from './problem.ts';

test('docs/api.md names every problem beside its status, and none that there is not', async () => {
  const text = await readFile(new URL('../../../docs/api.md', import.meta.url), 'utf8');
  const [, after = ''] = text.split('## Errors\n');
  const rows = [...after.split('\n## ')[0]!.matchAll(/^\| (\d{3}) \|(.*)\|$/gm)];
  const named = rows.flatMap(([, status, types]) =>
    [...types!.matchAll(/`\/problems\/([a-z-]+)`/g)].map(([, kind]) => `${status} ${kind}`),
  );
  const real = PROBLEM_KINDS.map((kind) => `${problemBody(new HttpProblem(kind)).status} ${kind}`);
  assert.deepEqual(named.sort(), real.sort());
});

test('a refusal of the domain is a problem of its own, but for what is not there', () => {
  for (const refusal of REFUSALS) {
    const { type, status } = problemBody(new HttpProblem(refusal));
    assert.deepEqual(
      [type, status],
      refusal === 'not-found' ? ['/problems/not-found', 404] : [`/problems/refused-${refusal}`, 409],
    );
  }
});
