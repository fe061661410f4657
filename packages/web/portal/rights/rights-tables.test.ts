/**
 * The rights that the portal carries: every law is counted, and what is withheld is not even in the file that a phone loads. That
 * the page says the same from both tables, of every place, is in `portal/law-fixed.test.ts`.
 * @module
 */

import assert from 'node:assert/strict';
import test from 'node:test';
import { type Audience, showCell } from '@reclaim/law/right/display';
import { PERSON_CLOCKS } from '@reclaim/law/right/person-clock-rows';
import { POLICE_ASK, POLICE_WARNINGS } from '@reclaim/law/right/police';
import { REMEDIES } from '@reclaim/law/right/remedy';
import { REPORTING } from '@reclaim/law/right/reporting';
import type { Cell, Right } from '@reclaim/law/right/right';
import { RIGHTS } from '@reclaim/law/right/rights-rows';
import { cutModule } from '../../cut-module.fixture.ts';
import { rightsTables } from '../../rights-tables.ts';

const PERSON: Audience = { kind: 'person', minor: false, confirmed: new Set() };

async function cut<Row>(file: string, name: string): Promise<readonly Row[]> {
  return (await import(cutModule(rightsTables(), file)))[name];
}

test('every law is there for the count, and has its place and its day', async () => {
  const rows = await cut<Right>('right/rights-rows.ts', 'RIGHTS');
  assert.deepEqual(
    rows.map(({ jurisdiction, lastChecked }) => [jurisdiction, lastChecked]),
    RIGHTS.map(({ jurisdiction, lastChecked }) => [jurisdiction, lastChecked]),
  );
  const clocks = await cut<(typeof PERSON_CLOCKS)[number]>('right/person-clock-rows.ts', 'PERSON_CLOCKS');
  assert.ok(clocks.length > 1);
  for (const id of clocks.flatMap((each) => each.rights))
    assert.equal(rows.find((row) => row.id === id)?.read, RIGHTS.find((row) => row.id === id)?.read, id);
});

test('no text that is withheld is in what a phone loads', () => {
  const files = [...rightsTables().values()].join('\n');
  const cells: readonly Cell[] = [
    ...RIGHTS.flatMap(({ intent, penalty, whoText, limit, since }) => [
      intent,
      penalty,
      whoText,
      limit,
      since,
    ]),
    ...REMEDIES.map((each) => each.ask),
    ...PERSON_CLOCKS.map((each) => each.lost),
    ...POLICE_ASK,
    ...POLICE_WARNINGS.map((each) => each.text),
    ...REPORTING.flatMap((each) => [each.report, each.anonymityText]),
  ];
  const shownSomewhere = cells
    .filter((cell) => showCell(cell, '', PERSON).state === 'shown')
    .map(([text]) => text);
  let withheld = 0;
  for (const [text] of cells.filter((cell) => showCell(cell, '', PERSON).state !== 'shown')) {
    // Short words stand in many texts, and some are part of what is shown of another law.
    if (text.length < 20 || shownSomewhere.some((each) => each.includes(text))) continue;
    withheld += 1;
    assert.ok(!files.includes(text), text);
  }
  assert.ok(withheld > 40);
});
