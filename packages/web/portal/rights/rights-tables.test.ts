/**
 * The rights that the portal carries against the whole rows: to a person both show the same, and what is withheld is not even in
 * the file that a phone loads.
 * @module
 */

import assert from 'node:assert/strict';
import test from 'node:test';
import { parseDay } from '@reclaim/law/day';
import { type Audience, showCell, showRight, showSourced } from '@reclaim/law/right/display';
import { PERSON_CLOCKS } from '@reclaim/law/right/person-clock-rows';
import { POLICE_ASK, POLICE_WARNINGS } from '@reclaim/law/right/police';
import { REMEDIES } from '@reclaim/law/right/remedy';
import { REPORTING } from '@reclaim/law/right/reporting';
import { type Cell, DEEDS, type Right } from '@reclaim/law/right/right';
import { RIGHTS } from '@reclaim/law/right/rights-rows';
import { SELF_RISKS } from '@reclaim/law/right/self-risk-rows';
import { cutModule } from '../../cut-module.fixture.ts';
import { rightsTables } from '../../rights-tables.ts';

const DAY = parseDay('2026-11-26');
const PERSON: Audience = { kind: 'person', minor: false, confirmed: new Set() };

async function cut<Row>(file: string, name: string): Promise<readonly Row[]> {
  return (await import(cutModule(rightsTables(), file)))[name];
}

/** What a person sees of a row: the cells that are shown, and the source where any is. */
function seen(row: Right) {
  const shown = showRight(row, PERSON, DAY);
  if (shown.kind === 'nothing') return { id: row.id, cells: [] };
  const cells = shown.cells.filter((each) => each.state === 'shown');
  return { id: row.id, cells, ...(cells.length === 0 ? {} : { statute: shown.statute, read: shown.read }) };
}

test('every law shows a person the same from both tables, and none is missing from the count', async () => {
  const rows = await cut<Right>('right/rights-rows.ts', 'RIGHTS');
  assert.deepEqual(rows.map(seen), RIGHTS.map(seen));
  assert.deepEqual(
    rows.map(({ id, jurisdiction, type, lastChecked }) => [id, jurisdiction, type, lastChecked]),
    RIGHTS.map(({ id, jurisdiction, type, lastChecked }) => [id, jurisdiction, type, lastChecked]),
  );
  for (const [at, row] of rows.entries()) {
    const whole = RIGHTS[at]!;
    const told = showCell(whole.whoText, '', PERSON).state === 'shown';
    assert.equal(row.who, told ? whole.who : 'unknown', row.id);
    for (const [deed] of DEEDS.entries()) assert.equal(row.coversMarks[deed]?.length, 1, row.id);
  }
});

test('orders, claims, places to report and what is said of names are the same from both tables', async () => {
  const remedies = await cut<(typeof REMEDIES)[number]>('right/remedy.ts', 'REMEDIES');
  const asks = (all: typeof REMEDIES) =>
    all.flatMap(({ id, places, ask, read }) => {
      const shown = showSourced(id, ask, read, PERSON);
      return shown === undefined ? [] : [{ ...shown, places }];
    });
  assert.deepEqual(asks(remedies), asks(REMEDIES));
  const reporting = await cut<(typeof REPORTING)[number]>('right/reporting.ts', 'REPORTING');
  const tells = (all: typeof REPORTING) =>
    all.flatMap(({ id, places, report, anonymityText, read }) => {
      const shown = [showSourced(id, report, read, PERSON), showSourced(id, anonymityText, read, PERSON)];
      return shown.every((each) => each === undefined) ? [] : [{ id, places, shown }];
    });
  assert.deepEqual(tells(reporting), tells(REPORTING));
});

test('times, risks and what the police ask are the same from both tables as far as they are shown', async () => {
  const isShown = (cell: Cell) => showCell(cell, '', PERSON).state === 'shown';
  assert.deepEqual(
    await cut('right/person-clock-rows.ts', 'PERSON_CLOCKS'),
    PERSON_CLOCKS.filter((each) => isShown(each.lost)),
  );
  assert.deepEqual(
    await cut('right/self-risk-rows.ts', 'SELF_RISKS'),
    SELF_RISKS.filter((each) => each.read !== ''),
  );
  assert.deepEqual(await cut('right/police.ts', 'POLICE_ASK'), POLICE_ASK.filter(isShown));
  assert.deepEqual(
    await cut('right/police.ts', 'POLICE_WARNINGS'),
    POLICE_WARNINGS.filter((each) => isShown(each.text) && each.read !== ''),
  );
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
