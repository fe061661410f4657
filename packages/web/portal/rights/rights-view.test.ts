import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import { addDays, parseDay } from '@reclaim/law/day';
import { CELLS } from '@reclaim/law/right/display';
import { PERSON_CLOCKS } from '@reclaim/law/right/person-clock-rows';
import { REMEDIES } from '@reclaim/law/right/remedy';
import { REPORTING } from '@reclaim/law/right/reporting';
import { type Cell, coversCell, RIGHTS_CHECKED, RIGHTS_EXPIRE_AFTER_DAYS } from '@reclaim/law/right/right';
import { RIGHTS } from '@reclaim/law/right/rights-rows';
import { SELF_RISKS } from '@reclaim/law/right/self-risk-rows';
import { partsOfCountry, RIGHTS_COUNTRIES, viewRights } from './rights-view.ts';

const TODAY = parseDay('2026-11-26');
const ASSETS = path.join(import.meta.dirname, '../../dist/assets');
const PLACES = [...RIGHTS_COUNTRIES, ...RIGHTS_COUNTRIES.flatMap(partsOfCountry)];
const isOfficial = ([, mark]: Cell) => mark === 'T' || mark === 'A';

test('of every place only what was read in an official text or on the own page of the authority is shown', () => {
  let laws = 0;
  for (const place of PLACES) {
    const view = viewRights(place, false, {}, TODAY);
    for (const law of [...view.offences, ...view.orders, ...view.claims]) {
      laws += 1;
      const row = RIGHTS.find((each) => each.id === law.id)!;
      for (const deed of [...law.yes, ...law.part]) assert.ok(isOfficial(coversCell(row, deed)), law.id);
      for (const { cell, text } of law.texts) {
        assert.ok(isOfficial(row[cell]), `${law.id}.${cell}`);
        assert.equal(text, row[cell][0]);
      }
      if (law.who !== undefined) assert.ok(isOfficial(row.whoText), law.id);
      const told = law.texts.map(({ cell }) => cell as string);
      // What is not shown is named as not confirmed.
      for (const cell of CELLS)
        assert.ok(
          law.unconfirmed.includes(cell) ||
            told.includes(cell) ||
            (cell === 'whoText' && law.who !== undefined),
          `${law.id}.${cell}`,
        );
      assert.ok(law.read !== '' && law.checkedOn === RIGHTS_CHECKED);
    }
    for (const { id } of view.remedies)
      assert.ok(isOfficial(REMEDIES.find((each) => each.id === id)!.ask), id);
    for (const { id } of view.reporting)
      assert.ok(isOfficial(REPORTING.find((each) => each.id === id)!.report), id);
    for (const { id } of view.anonymity)
      assert.ok(isOfficial(REPORTING.find((each) => each.id === id)!.anonymityText), id);
    for (const each of [
      ...view.remedies,
      ...view.reporting,
      ...view.anonymity,
      ...view.police,
      ...view.policeWarnings,
    ])
      assert.ok(each.read !== '', each.id);
    for (const { state, read } of view.clocks) {
      assert.ok(isOfficial(PERSON_CLOCKS.find((each) => each.id === state.clock.id)!.lost));
      assert.ok(read !== '');
    }
    for (const risk of view.risks) assert.ok(risk.read !== '' && risk.text[1] !== 'K', risk.id);
  }
  assert.ok(laws > 40);
});

test('a text that is withheld stands nowhere in what is shown, and a law of which all is withheld is only counted', () => {
  for (const place of RIGHTS_COUNTRIES) {
    const view = viewRights(place, false, {}, TODAY);
    const shown = JSON.stringify([view.offences, view.orders, view.claims, view.remedies, view.reporting]);
    const rows = RIGHTS.filter((each) => each.jurisdiction.slice(0, 2) === place);
    const official = JSON.stringify(rows.flatMap((row) => CELLS.map((cell) => row[cell]).filter(isOfficial)));
    for (const row of rows)
      for (const cell of CELLS) {
        const [text] = row[cell];
        // "any" and the like are parts of other words.
        if (text.length < 8 || isOfficial(row[cell]) || official.includes(text)) continue;
        assert.ok(!shown.includes(JSON.stringify(text)), `${row.id}.${cell}`);
      }
  }
  const france = viewRights('FR', false, {}, TODAY);
  assert.equal(france.withheld, 0);
  const florida = viewRights('US-FL', false, {}, TODAY).offences.map((each) => each.id);
  assert.ok(florida.includes('US-FL-836') && !florida.includes('US-FL-784'), 'of one only its year was read');
  const italy = viewRights('IT', false, {}, TODAY);
  assert.deepEqual(
    [italy.offences.length, italy.withheld, italy.clocks.length, italy.known],
    [0, 2, 0, true],
  );
});

test('what can turn against the person is told for Nigeria, Kenya and India, to be read first', () => {
  for (const place of ['NG', 'KE', 'IN']) {
    const view = viewRights(place, false, {}, TODAY);
    assert.ok(view.riskFirst && view.risks.length > 0, place);
  }
  assert.deepEqual(viewRights('FR', false, {}, TODAY).risks, []);
  for (const risk of SELF_RISKS) assert.equal(risk.read === '', risk.text[1] === 'K', risk.id);
});

test('S40: a minor is shown no law, no time and no risk', () => {
  for (const place of ['DE', 'NG', 'US-CA']) {
    const { offences, orders, claims, remedies, reporting, anonymity, clocks, risks } = viewRights(
      place,
      true,
      {},
      TODAY,
    );
    assert.deepEqual(
      [offences, orders, claims, remedies, reporting, anonymity, clocks, risks].map((each) => each.length),
      [0, 0, 0, 0, 0, 0, 0, 0],
    );
  }
});

test('a country of which nothing was read is not known, and no other law stands in for it', () => {
  for (const place of ['HK', 'world']) {
    const view = viewRights(place, false, {}, TODAY);
    assert.ok(!view.known);
    assert.deepEqual(
      [
        view.offences,
        view.orders,
        view.claims,
        view.clocks,
        view.reporting,
        view.remedies,
        view.risks,
      ].flat(),
      [],
    );
    assert.ok(view.police.length > 0);
  }
});

test('the German three months run from the day the offender is known, and a law past its 180 days says so', () => {
  const events = { act: parseDay('2026-10-01'), awareness: parseDay('2026-10-02') };
  const [waiting] = viewRights('DE', false, events, TODAY).clocks;
  assert.equal(waiting?.state.kind, 'not-started');
  const known = { ...events, 'offender-known': parseDay('2026-11-01') };
  const [running] = viewRights('DE', false, known, TODAY).clocks;
  assert.ok(running?.state.kind === 'running');
  assert.equal(running.state.bestBefore, '2027-01-31');
  const late = addDays(RIGHTS_CHECKED, RIGHTS_EXPIRE_AFTER_DAYS + 1);
  assert.ok(viewRights('DE', false, {}, late).offences.every((each) => each.expired));
  assert.ok(viewRights('DE', false, {}, TODAY).offences.every((each) => !each.expired));
  assert.deepEqual(
    [late, TODAY].map((day) => viewRights('NZ', false, {}, day).expired),
    [true, false],
  );
});

test('police of one country are spoken of there only', () => {
  const warnings = (place: string) =>
    viewRights(place, false, {}, TODAY)
      .policeWarnings.map((each) => each.text)
      .join(' ');
  assert.match(warnings('GB-EW'), /United Kingdom/);
  assert.doesNotMatch(warnings('DE'), /United Kingdom|Japan/);
});

test('the portal fetches the rows with that screen alone, both under 12 kB compressed', () => {
  assert.ok(existsSync(ASSETS), 'expected built pages: npm run setup -- --tests');
  const files = readdirSync(ASSETS).filter((name) => name.endsWith('.js'));
  const text = (name: string) => readFileSync(path.join(ASSETS, name), 'utf8');
  const screen = files.filter((name) => /^(?:law-)?rights-[\w-]{8}\.js$/.test(name));
  const holding = screen.filter((name) => text(name).includes('Kunsturhebergesetz'));
  assert.deepEqual(
    holding,
    screen.filter((name) => name.startsWith('law-')),
  );
  const size = screen.reduce((sum, name) => sum + gzipSync(text(name), { level: 9 }).length, 0);
  assert.ok(size > 5_000 && size < 12_000, `${size} bytes`);
  // What the first page loads: the files that it names, and what those import at once.
  const page = readFileSync(path.join(ASSETS, '../portal/index.html'), 'utf8');
  const first = files.filter((name) => page.includes(name));
  assert.ok(first.length > 0);
  for (let at = 0; at < first.length; at++)
    for (const [, name] of text(first[at]!).matchAll(/(?:from|import)\s*["'`]\.\/([\w-]+\.js)["'`]/g))
      if (!first.includes(name!)) first.push(name!);
  assert.deepEqual(
    first.filter((name) => screen.includes(name)),
    [],
  );
});
