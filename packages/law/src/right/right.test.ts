import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseDay } from '../day.ts';
import { type Audience, CELLS, type CellName, showCell, showRight } from './display.ts';
import { PASSED_WORDS, type PersonEvents, personClocksOf, readPersonClock } from './person-clock.ts';
import { PERSON_CLOCKS } from './person-clock-rows.ts';
import { POLICE_ASK, POLICE_WARNINGS } from './police.ts';
import { REMEDIES, REMEDIES_EU } from './remedy.ts';
import { REPORTING } from './reporting.ts';
import { covers, coversCell, MARKS, type Mark } from './right.ts';
import { rightById, rightsOf } from './rights.ts';
import { RIGHTS } from './rights-rows.ts';
import { SELF_RISKS } from './self-risk-rows.ts';

const TODAY = parseDay('2026-11-22');
const PERSON: Audience = { kind: 'person', minor: false, confirmed: new Set() };

/** The laws that were researched, by id: none may go missing. */
const EXPECTED =
  'GB-EW-66B1 GB-EW-66B23 GB-EW-66B4 GB-EW-66EF GB-EW-CPA GB-SCT-2 IE-2 IE-3 US-F-223H US-F-6851 US-CA-647 US-CA-170885 US-CA-170886 US-NY-245 US-NY-52B US-TX-2116 US-TX-21165 US-TX-98B US-FL-784 US-FL-836 CA-162 CA-BC AU-474 AU-OSA75 AU-NSW NZ-22A DE-184K DE-201A DE-KUG33 FR-2262 FR-22621 FR-22681 ES-1977 IT-612T IT-612Q NL-254 BE-4179 SE-46C DK-264D DK-264E PL-191A PT-193 CH-197A JP-2014 KR-14 KR-142 KR-143 TW-319 SG-377BE IN-66E IN-67A IN-77 PK-21 BR-218C MX-199 AR-27736 ZA-16 ZA-18F NG-24 KE-37';

test('no law is missing and none is there twice', () => {
  assert.deepEqual(RIGHTS.map((row) => row.id).sort(), EXPECTED.split(' ').sort());
});

test('every row names a statute and where it was read, and every cell how', () => {
  for (const row of RIGHTS) {
    assert.ok(row.statute.length > 5 && row.read.length > 3, row.id);
    for (const name of CELLS) {
      const [text, mark] = row[name];
      assert.ok(mark in MARKS, row.id);
      assert.equal(text === '', mark === '?', `${row.id}.${name}: unknown, and only unknown, has no text`);
      assert.ok(!/\[|\]|\*\*/.test(text), row.id);
    }
    parseDay(row.lastChecked);
  }
});

test('a person is shown only what was read in an official text or on the own page of the authority', () => {
  for (const row of RIGHTS) {
    const shown = showRight(row, PERSON, TODAY);
    assert.ok(shown.kind === 'row');
    for (const each of shown.cells) {
      if (each.state !== 'shown') assert.equal(each.text, '', row.id);
      const mark: Mark = isCell(each.cell) ? row[each.cell][1] : coversCell(row, each.cell)[1];
      assert.equal(each.state === 'shown', mark === 'T' || mark === 'A', `${row.id}.${each.cell}`);
      assert.notEqual(each.state, 'marked');
    }
  }
});

function isCell(name: string): name is CellName {
  return (CELLS as readonly string[]).includes(name);
}

test('a lawyer lifts a secondary reading and never general knowledge', () => {
  const confirmed: Audience = { ...PERSON, confirmed: new Set(['X.limit']) };
  assert.equal(showCell(['six months', '2'], 'X.limit', confirmed).state, 'shown');
  assert.equal(showCell(['six months', '2'], 'Y.limit', confirmed).state, 'withheld');
  assert.equal(showCell(['six months', 'K'], 'X.limit', confirmed).state, 'withheld');
  assert.deepEqual(showCell(['', '?'], 'X.limit', confirmed), {
    state: 'unconfirmed',
    text: '',
    mark: 'unconfirmed',
  });
});

test('a reviewer sees every cell with how it was read', () => {
  const shown = showRight(rightById('CH-197A'), { ...PERSON, kind: 'reviewer' }, TODAY);
  assert.ok(shown.kind === 'row');
  const limit = shown.cells.find((each) => each.cell === 'limit')!;
  assert.equal(limit.state, 'marked');
  assert.equal(limit.mark, 'not yet read in a text');
});

test('nothing is shown without a source, of a minor, and an expired row says so', () => {
  const row = rightById('DE-KUG33');
  assert.deepEqual(showRight({ ...row, read: ' ' }, PERSON, TODAY), { kind: 'nothing', reason: 'no-source' });
  assert.deepEqual(showRight(row, { ...PERSON, minor: true }, TODAY), { kind: 'nothing', reason: 'minor' });
  const late = showRight(row, PERSON, parseDay('2027-06-01'));
  assert.ok(late.kind === 'row' && late.expired);
});

test('what a text did not mention is unknown to a person, never "no"', () => {
  for (const row of RIGHTS) {
    row.covers.forEach((value) => {
      assert.notEqual(value, 'no', row.id);
    });
  }
  assert.equal(covers(rightById('DE-184K'), 'threat'), 'unknown');
  assert.equal(covers(rightById('GB-EW-66B4'), 'threat'), 'yes');
});

test('who complains follows the law: only the person in Poland, anyone in England, the public interest in Germany', () => {
  assert.equal(rightById('PL-191A').who, 'victim-only');
  assert.equal(rightById('GB-EW-66B1').who, 'anyone');
  assert.equal(rightById('DE-184K').who, 'victim-or-public-interest');
  assert.equal(rightById('DE-KUG33').who, 'victim-only');
  assert.equal(rightById('FR-2262').who, 'victim-only');
  assert.equal(rightById('FR-22681').who, 'anyone');
  assert.equal(rightById('SE-46C').who, 'unknown');
});

test('the rights of a part are its own and those of its country, not those of another part', () => {
  const california = rightsOf('US-CA').map((row) => row.id);
  assert.ok(
    california.includes('US-CA-647') && california.includes('US-F-6851') && !california.includes('US-NY-245'),
  );
  assert.ok(!rightsOf('GB-EW').some((row) => row.jurisdiction === 'GB-SCT'));
  assert.deepEqual(rightsOf('ZZ'), []);
});

test('the German three months start when the offender is known, not at the post', () => {
  const events: PersonEvents = { act: parseDay('2026-06-01'), awareness: parseDay('2026-06-10') };
  const clock = PERSON_CLOCKS.find((each) => each.id === 'CL-DE')!;
  assert.deepEqual(readPersonClock(clock, events, TODAY), {
    kind: 'not-started',
    clock,
    waitsFor: ['offender-known'],
  });
  const known = readPersonClock(clock, { ...events, 'offender-known': parseDay('2026-11-01') }, TODAY);
  assert.ok(known.kind === 'running');
  assert.equal(known.bestBefore, '2027-01-31');
});

test('New York takes the later, California the earlier of two, and England the making or the evidence', () => {
  const by = (id: string, events: PersonEvents) => {
    const state = readPersonClock(PERSON_CLOCKS.find((each) => each.id === id)!, events, TODAY);
    return state.kind === 'running' || state.kind === 'passed' ? state.bestBefore : state.kind;
  };
  const act = parseDay('2023-01-01');
  const awareness = parseDay('2026-10-01');
  assert.equal(by('CL-US-NY', { act, awareness }), '2027-09-30');
  assert.equal(by('CL-US-NY', { act }), 'not-started');
  assert.equal(by('CL-US-CA', { act, awareness }), '2026-12-31');
  assert.equal(
    by('CL-GB-CR', { act: parseDay('2026-10-01'), evidence: parseDay('2026-10-10') }),
    '2027-04-09',
  );
  assert.equal(by('CL-EVID', {}), 'now');
});

test('a passed time never says "too late"', () => {
  const state = readPersonClock(
    PERSON_CLOCKS.find((each) => each.id === 'CL-GB')!,
    { act: parseDay('2026-01-01') },
    TODAY,
  );
  assert.ok(state.kind === 'passed');
  assert.equal(state.words, PASSED_WORDS);
  assert.ok(!/too late/i.test(PASSED_WORDS));
});

test('a later event never brings an earlier best-before day, and no clock ends before its month', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...PERSON_CLOCKS.filter((each) => each.counts.length > 0)),
      fc.integer({ min: 0, max: 900 }),
      fc.integer({ min: 0, max: 900 }),
      (clock, first, more) => {
        const on = (offset: number): PersonEvents => {
          const day = parseDay(
            new Date(Date.UTC(2026, 0, 1) + offset * 86_400_000).toISOString().slice(0, 10),
          );
          return { act: day, awareness: day, 'offender-known': day, evidence: day };
        };
        const read = (events: PersonEvents) => {
          const state = readPersonClock(clock, events, parseDay('2026-01-01'));
          assert.ok(state.kind === 'running');
          return state.bestBefore;
        };
        assert.ok(read(on(first + more)) >= read(on(first)));
        assert.ok(read(on(first)) > on(first).act!);
      },
    ),
    { numRuns: 80 },
  );
});

test('the shortest time comes first', () => {
  const day = parseDay('2026-11-01');
  const all: PersonEvents = { act: day, awareness: day, 'offender-known': day, evidence: day };
  assert.deepEqual(
    personClocksOf('GB-EW', all, TODAY)
      .map((each) => each.clock.id)
      .slice(0, 2),
    ['CL-EVID', 'CL-GB'],
  );
  assert.deepEqual(
    personClocksOf('IT', all, TODAY).map((each) => each.clock.id),
    ['CL-EVID', 'CL-IT-Q', 'CL-IT-T'],
  );
});

test('clocks, remedies, reporting, police and risks are whole, and name rows that exist', () => {
  assert.equal(PERSON_CLOCKS.length, 18);
  assert.equal(REMEDIES.length, 25);
  assert.equal(REMEDIES_EU.length, 7);
  assert.equal(REPORTING.length, 23);
  assert.equal(POLICE_ASK.length, 7);
  assert.equal(POLICE_WARNINGS.length, 5);
  assert.equal(SELF_RISKS.length, 7);
  for (const clock of PERSON_CLOCKS) for (const id of clock.rights) assert.equal(rightById(id).id, id);
  for (const each of [...REMEDIES, ...REMEDIES_EU]) assert.ok(each.ask[0].length > 3, each.id);
});
