import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';

const PAGE = new URL('../../../docs/platform.md', import.meta.url);

test('everything that docs/platform.md imports from this room is there', async () => {
  const page = await readFile(PAGE, 'utf8');
  const imports = [...page.matchAll(/import \{ ([^}]+) \} from '@reclaim\/client\/([a-z-]+)'/g)];
  assert.ok(imports.length >= 7);
  for (const [, names = '', file] of imports) {
    const room: Record<string, unknown> = await import(`./${file}.ts`);
    for (const name of names.split(', ')) assert.equal(typeof room[name], 'function', `${file}: ${name}`);
  }
});

test('docs/platform.md shows the reply to a hold as it is', async () => {
  const { HOLD_REPLY } = await import('./hold-reply.ts');
  const page = await readFile(PAGE, 'utf8');
  assert.ok(page.includes(`\`${HOLD_REPLY.status} ${HOLD_REPLY.body}\``));
});
