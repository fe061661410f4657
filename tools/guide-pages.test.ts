/**
 * The guides without scripts say what the portal's say.
 * @module
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { ar } from '../packages/web/ui/words/guides/ar.ts';
import { en } from '../packages/web/ui/words/guides/en.ts';
import { es } from '../packages/web/ui/words/guides/es.ts';
import { guidePages, HELP_PAGES } from './guide-pages.ts';

test('the pages of guides are what the words give', () => {
  const stale = guidePages().filter(
    ({ name, text }) => readFileSync(path.join(HELP_PAGES, name), 'utf8') !== text,
  );
  assert.deepEqual(
    stale.map(({ name }) => name),
    [],
    'a word of the guides changed: run `node tools/guide-pages.ts` and look at what it changed',
  );
});

test('every step of the accounts, and what each may show to others, stands in the page of its language, with no script', () => {
  const pages = guidePages();
  for (const [at, say] of [en, es, ar].entries()) {
    const { text } = pages[at]!;
    for (const step of Object.values(say.accounts.steps)) {
      assert.ok(text.includes(`<h3>${step.title}</h3>`), step.title);
      assert.ok(text.includes(step.text) && text.includes(step.seen), step.title);
    }
    assert.ok(
      text.includes(say.sharing.backText) &&
        text.includes(say.received.young) &&
        text.includes(say.calm.more),
    );
    assert.doesNotMatch(text, /<script| on\w+=|\{\w+\}/);
    assert.match(text, /href="\/exit"/);
  }
});
