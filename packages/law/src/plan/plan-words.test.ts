import assert from 'node:assert/strict';
import test from 'node:test';
import { KEEP_ALWAYS, KEEP_FIRST } from '../channel/keep-first.ts';
import { REGULATORS } from '../channel/regulator.ts';
import { SITE_STEPS } from '../channel/site-step.ts';
import { TRAPS } from '../channel/trap.ts';
import { PLAN_WORDS_AR } from './plan-words-ar.ts';
import { PLAN_WORDS_EN } from './plan-words-en.ts';
import { PLAN_WORDS_ES } from './plan-words-es.ts';

for (const words of [PLAN_WORDS_EN, PLAN_WORDS_ES, PLAN_WORDS_AR]) {
  test(`every trap, step, thing to keep and office has its words in ${words.language}, and no other`, () => {
    const same = (table: Readonly<Record<string, string>>, rows: readonly { readonly id: string }[]) => {
      assert.deepEqual(Object.keys(table).sort(), rows.map((each) => each.id).sort());
      for (const text of Object.values(table)) assert.ok(text.trim().length > 8);
    };
    same(words.traps, TRAPS);
    same(words.steps, SITE_STEPS);
    same(words.keep, KEEP_FIRST);
    same(words.offices, REGULATORS);
    assert.equal(words.keepAlways.length, KEEP_ALWAYS.length);
  });

  test(`what must not be changed by a translation stands in ${words.language}: numbers, addresses, names`, () => {
    const english = PLAN_WORDS_EN;
    const marks = (text: string) =>
      (text.match(/\d+|copyright\.gov[\w/-]*|security\.txt|RDAP/g) ?? []).sort().join();
    for (const table of ['traps', 'steps', 'offices'] as const) {
      for (const [id, text] of Object.entries(english[table])) {
        assert.equal(marks(words[table][id] ?? ''), marks(text), `${table} ${id}`);
      }
    }
  });
}
