import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { lawPages } from '../packages/law/src/page/regime-page.ts';
import { LAW_PAGES } from './law-pages.ts';

test('the pages of docs/law are what the rows give', () => {
  const pages = lawPages();
  const stale = pages.filter(({ name, text }) => {
    try {
      return readFileSync(path.join(LAW_PAGES, name), 'utf8') !== text;
    } catch {
      return true;
    }
  });
  assert.deepEqual(
    stale.map(({ name }) => name),
    [],
    'a row of packages/law changed: run `node tools/law-pages.ts` and look at what it changed',
  );
  assert.deepEqual(readdirSync(LAW_PAGES).sort(), pages.map(({ name }) => name).sort());
});
