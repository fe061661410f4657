/**
 * Nothing that was researched may go missing: the notice elements, counted against the table that they were read from.
 * (The deadline rules are counted in `rules.test.ts`.)
 * @module
 */

import assert from 'node:assert/strict';
import test from 'node:test';
import { parseDay } from '../day.ts';
import { SURENESS } from '../source.ts';
import { NOTICE_FORMS } from './element.ts';
import { ELEMENTS } from './element-row.ts';
import { REGIME_ROWS } from './regime.ts';
import type { RegimeId } from './rule.ts';
import { RULES } from './rules.ts';

/** What was asked about each regime that has a notice, and the elements that answer it; `–` where the law asks nothing. */
const ASKED: Readonly<Record<string, Readonly<Partial<Record<RegimeId, string>>>>> = {
  signature: {
    'us-tida': 'signature',
    'uk-osa': '–',
    'eu-dsa': '–',
    'us-dmca': 'signature',
    'au-osa': '–',
    'in-rules': '–',
    'us-ca': '–',
  },
  'where the content is': {
    'us-tida': 'location',
    'uk-osa': 'location',
    'eu-dsa': 'exact-link',
    'us-dmca': 'location',
    'au-osa': 'location',
    'in-rules': 'location',
    'us-ca': 'location',
  },
  'good faith, truth, accuracy': {
    'us-tida': 'good-faith',
    'uk-osa': 'good-faith truth',
    'eu-dsa': 'bona-fide accuracy',
    'us-dmca': 'good-faith accuracy authority',
    'au-osa': '–',
    'in-rules': '–',
    'us-ca': '–',
  },
  'why it is illegal': {
    'us-tida': 'facts not-consensual',
    'uk-osa': 'declared-content',
    'eu-dsa': 'explanation',
    'us-dmca': 'work',
    'au-osa': 'not-consensual',
    'in-rules': 'facts',
    'us-ca': '–',
  },
  standing: {
    'us-tida': 'standing',
    'uk-osa': 'standing declared-standing',
    'eu-dsa': '–',
    'us-dmca': '–',
    'au-osa': 'standing',
    'in-rules': 'standing',
    'us-ca': 'resident',
  },
  contact: {
    'us-tida': 'contact',
    'uk-osa': 'contact',
    'eu-dsa': 'name-and-email',
    'us-dmca': 'contact',
    'au-osa': '–',
    'in-rules': '–',
    'us-ca': 'contact',
  },
};

test('every notice element that was researched is a row, and no row is without its place in the research', () => {
  const regimes: readonly RegimeId[] = [
    'us-tida',
    'uk-osa',
    'eu-dsa',
    'us-dmca',
    'au-osa',
    'in-rules',
    'us-ca',
  ];
  for (const regime of regimes) {
    const expected = Object.values(ASKED).flatMap((row) =>
      row[regime]!.split(' ').filter((id) => id !== '–'),
    );
    const rows = ELEMENTS.filter((each) => each.regime === regime).map(({ id }) => id);
    assert.deepEqual([...rows].sort(), [...new Set(expected)].sort(), regime);
  }
  // Utah repeats the federal elements under its own section.
  const of = (regime: RegimeId) => ELEMENTS.filter((each) => each.regime === regime).map(({ id }) => id);
  assert.deepEqual(of('us-ut'), of('us-tida'));
  assert.equal(ELEMENTS.length, 42);
});

test('how a notice is taken, who may send it, and what follows a false one is said for each regime with a notice', () => {
  const said = NOTICE_FORMS.map(({ regime, falseNotice }) => `${regime}: ${falseNotice}`);
  assert.deepEqual(said, [
    'us-tida: ',
    'us-ut: ',
    'uk-osa: declared to be true',
    'eu-dsa: suspension of processing, Art. 23',
    'us-dmca: damages for misrepresentation, 17 U.S.C. 512(f)',
    'au-osa: ',
    'in-rules: ',
    'us-ca: ',
  ]);
  for (const { form, who } of NOTICE_FORMS) assert.ok(form.length > 5 && who.length > 5);
});

test('no row of a duty is without a citation, a reading, and the day on which it was last checked', () => {
  const rows: readonly { readonly cite: string; readonly lastChecked: string; readonly sureness?: string }[] =
    [...REGIME_ROWS, ...ELEMENTS, ...RULES.flatMap(({ versions }) => versions.map(({ source }) => source))];
  assert.ok(rows.length > 80);
  for (const { cite, lastChecked, sureness } of rows) {
    assert.match(cite, /[A-Za-z].*\d/, 'expected a citation with a number to look up');
    assert.ok(parseDay(lastChecked) >= parseDay('2026-11-01'));
    if (sureness !== undefined) assert.ok((SURENESS as readonly string[]).includes(sureness));
  }
});
