import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import { endOfDay, startOfDay } from '../zone.ts';
import { type Cell, csvText, type Table } from './csv.ts';
import { FRAME, streams } from './report.fixture.ts';
import { makeReport, missingTexts, QUALITATIVE, reportFiles, type SheetName } from './report.ts';
import { type EventOf, RESTRICTIONS, type ReportEvent } from './report-event.ts';

const FIRST = startOfDay(FRAME.from, FRAME.zone);
const LAST = endOfDay(FRAME.to, FRAME.zone);
const within = ({ at }: { readonly at: number }) => at >= FIRST && at <= LAST;

function sheetsOf(events: readonly ReportEvent[], frame = FRAME): Readonly<Record<SheetName, Table>> {
  const report = makeReport(events, frame, {});
  assert.ok(report.ok, JSON.stringify(report));
  return report.sheets;
}

/** The cell of a row in a named column. */
function cell(table: Table, row: (row: readonly Cell[]) => boolean, column: string): Cell {
  const found = table.rows.filter(row);
  assert.equal(found.length, 1, column);
  const at = table.header.indexOf(column);
  assert.ok(at >= 0, column);
  return found[0]![at]!;
}

const isTotal = (row: readonly Cell[]) => row[3] === 'TOTAL' && (row[5] === 'TOTAL' || row.length !== 20);

/** Every column of counts of a sheet that is broken down by category, and every block of rows. */
function addsUp(
  table: Table,
  columns: readonly string[],
  blocks: readonly Cell[],
  scopeAt: number | null,
): void {
  for (const scope of blocks) {
    const rows = table.rows.filter((row) => scopeAt === null || row[scopeAt] === scope);
    for (const column of columns) {
      const at = table.header.indexOf(column);
      assert.ok(at >= 0, column);
      const value = (row: readonly Cell[]): number => row[at] as number;
      const categories = rows.filter((row) => String(row[3]).startsWith('STATEMENT_'));
      assert.equal(
        value(rows[0]!),
        categories.reduce((sum, row) => sum + value(row), 0),
        column,
      );
      // Below each category its sub-categories: they add up to it (Annex II, part I, section 7).
      for (const category of categories) {
        const from = rows.indexOf(category);
        let below = 0;
        let any = false;
        for (let i = from + 1; i < rows.length && String(rows[i]![3]).startsWith('KEYWORD_'); i++) {
          below += value(rows[i]!);
          any = true;
        }
        if (any) assert.equal(below, value(category), `${category[3]} ${column}`);
      }
    }
  }
}

test('the totals of every sheet equal the events, and sub-categories add up to their categories', () => {
  fc.assert(
    fc.property(streams, (events) => {
      const of = <K extends ReportEvent['kind']>(kind: K): EventOf<K>[] =>
        events.filter((event): event is EventOf<K> => event.kind === kind);
      const here = <K extends ReportEvent['kind']>(kind: K): EventOf<K>[] => of(kind).filter(within);
      const sheets = sheetsOf(events);

      const orders = sheets['3_member_states_orders'];
      const against = here('order-received').filter(({ act }) => act === 'against-content');
      const states = [...new Set(orders.rows.map((row) => row[5]!))];
      assert.equal(
        cell(orders, isTotal, 'Number of orders to act against illegal content received'),
        against.length,
      );
      assert.equal(
        cell(orders, isTotal, 'Number of orders to provide information'),
        here('order-received').length - against.length,
      );
      const orderCounts = orders.header.slice(6, 8);
      addsUp(orders, [...orderCounts, orders.header[10]!], states, 5);
      const totals = orders.rows.filter((row) => row[3] === 'TOTAL');
      for (const at of [6, 7, 10]) {
        const parts = totals.filter((row) => row[5] !== 'TOTAL');
        assert.equal(
          totals[0]![at],
          parts.reduce((sum, row) => sum + (row[at] as number), 0),
        );
      }

      const notices = sheets['4_notices'];
      const received = here('notice-received');
      const acted = here('notice-decided').filter(({ action }) => action !== 'none');
      assert.equal(cell(notices, isTotal, 'Number of notices received '), received.length);
      assert.equal(
        cell(notices, isTotal, 'Number of notices received from Trusted flaggers'),
        received.filter(({ trustedFlagger }) => trustedFlagger).length,
      );
      assert.equal(
        cell(
          notices,
          isTotal,
          'Number of specific items of information included in the total number of notices',
        ),
        received.reduce((sum, { items }) => sum + items, 0),
      );
      assert.equal(
        (cell(notices, isTotal, 'Number of actions taken on the basis of the law') as number) +
          (cell(
            notices,
            isTotal,
            'Number of actions taken on the basis of the terms and conditions of the service',
          ) as number),
        acted.length,
      );
      addsUp(notices, [...notices.header.slice(5, 9), ...notices.header.slice(11, 15)], [null], null);

      const own = here('measure-taken').filter(({ cause }) => cause === 'own-initiative');
      const measured = (['5_own_initiative_illegal', '6_own_initiative_TC'] as const).map((name) => {
        const table = sheets[name];
        addsUp(table, table.header.slice(5, 21), [null], null);
        const mine = own.filter(({ ground }) => (ground === 'law') === name.startsWith('5'));
        RESTRICTIONS.forEach((each, at) => {
          assert.equal(
            table.rows[0]![7 + at],
            mine.filter(({ restrictions }) => restrictions.includes(each)).length,
          );
        });
        return cell(table, isTotal, "Number of measures taken at the provider's own initiative ") as number;
      });
      assert.equal(measured[0]! + measured[1]!, own.length);

      const complaints = sheets['7_appeals_and_recidivism'];
      const first = (scope: string) => complaints.rows.find((row) => row[5] === scope)![6];
      assert.equal(first('Total number'), here('complaint-received').length);
      const answered = here('complaint-answered');
      for (const [scope, outcome] of [
        ['Decisions upheld', 'upheld'],
        ['Decisions partially reversed', 'partially-reversed'],
        ['Decisions reversed', 'reversed'],
        ['Decision omitted', 'omitted'],
      ])
        assert.equal(first(scope!), answered.filter((each) => each.outcome === outcome).length, scope);
      const about = complaints.rows.filter(
        (row) => String(row[4]).startsWith('Complaint regarding') && row[5] === 'Total number',
      );
      assert.equal(about.length, 6);
      assert.equal(
        about.reduce((sum, row) => sum + (row[6] as number), 0),
        here('complaint-received').length,
      );
      const suspensions = complaints.rows.filter(
        (row) => row[3] === 'Suspensions imposed on repeated offenders',
      );
      assert.equal(
        suspensions.reduce((sum, row) => sum + (row[6] as number), 0),
        here('suspended').length,
      );

      const automation = sheets['8_automated_means'];
      const automated = (scope: string, sole: string) =>
        automation.rows.find((row) => row[5] === scope && String(row[4]).includes(sole))![6];
      const decisions = here('measure-taken').map(({ automatedDecision }) => automatedDecision);
      assert.equal(
        automated('Total number', 'solely taken'),
        decisions.filter((each) => each === 'fully').length,
      );
      assert.equal(automated('Total number', 'not taken'), decisions.filter((each) => each === 'no').length);
      const processed = here('notice-decided').map((each) => each.processed);
      assert.equal(
        automated('NAM Total', 'solely processed'),
        processed.filter((each) => each === 'fully').length,
      );
    }),
    { numRuns: 60 },
  );
});

test('the sheets have the size and the header of the templates of Annex I', () => {
  const sheets = sheetsOf([]);
  // The last column: SHA-256 of the header's names, joined by line feeds, as the Commission's CSV templates have them.
  const sizes = Object.entries(sheets).map(([name, { header, rows }]) => {
    const names = createHash('sha256').update(header.join('\n')).digest('hex').slice(0, 16);
    return [name, header.length, rows.length, names];
  });
  assert.deepEqual(sizes, [
    ['1_summary', 4, 5, '6309a9ed92456c65'],
    ['2_categories_names', 4, 100, 'e4764a67e2ba03ed'],
    ['3_member_states_orders', 20, 91, 'da8531a31c701994'],
    ['4_notices', 25, 91, 'c52dc1e484566b2d'],
    ['5_own_initiative_illegal', 37, 90, '6ed7a245ff4ba67f'],
    ['6_own_initiative_TC', 37, 98, '56fe89a1611a05f6'],
    ['7_appeals_and_recidivism', 8, 47, '66ae87ee103f9fc3'],
    ['8_automated_means', 8, 140, '66ae87ee103f9fc3'],
    ['11_qualitative', 5, 11, '51e0595f03eb0ede'],
  ]);
  for (const { text } of reportFiles(sheets)) assert.match(text, /^[^\n]*\r\n/);
});

const DAY = 86_400_000;
const AT = Date.parse('2026-05-04T10:00:00Z');
const NCII = {
  category: 'STATEMENT_CATEGORY_CYBER_VIOLENCE',
  specification: 'KEYWORD_NON_CONSENSUAL_IMAGE_SHARING',
} as const;

test('two notices on one item are two notices, and an action is counted where it was taken', () => {
  const sheets = sheetsOf([
    { kind: 'notice-received', id: 'n1', at: AT, trustedFlagger: false, items: 1, ...NCII },
    { kind: 'notice-received', id: 'n2', at: AT, trustedFlagger: true, items: 3, ...NCII },
    { kind: 'notice-received', id: 'n3', at: AT, trustedFlagger: false, items: 1, ...NCII },
    { kind: 'notice-decided', id: 'n1', at: AT + 2 * 3_600_000, action: 'law', processed: 'no' },
    { kind: 'notice-decided', id: 'n2', at: AT + 5 * 3_600_000, action: 'terms', processed: 'partly' },
    // Not to act: in no median.
    { kind: 'notice-decided', id: 'n3', at: AT + 100 * 3_600_000, action: 'none', processed: 'no' },
    {
      kind: 'notice-received',
      id: 'old',
      at: Date.parse('2025-12-31T22:30:00Z'),
      trustedFlagger: false,
      items: 1,
      ...NCII,
    },
    {
      kind: 'notice-decided',
      id: 'old',
      at: Date.parse('2025-12-31T23:30:00Z'),
      action: 'law',
      processed: 'no',
    },
  ]);
  const row = sheets['4_notices'].rows.find((each) => each[3] === 'KEYWORD_NON_CONSENSUAL_IMAGE_SHARING')!;
  // Received before midnight in Berlin, decided after it: in this year's actions, not in its notices.
  assert.deepEqual(row.slice(5, 15), [3, 1, 5, 3, 2, 5, 2, 0, 1, 1]);
});

test('zero says possible but none, an empty cell says that it does not apply', () => {
  const total = (events: readonly ReportEvent[], frame = FRAME) =>
    sheetsOf(events, frame)['5_own_initiative_illegal'].rows[0]!.slice(5, 21);
  assert.deepEqual(total([]), Array(16).fill(0));
  const only = { ...FRAME, possible: ['removed', 'disabled'] as const };
  assert.deepEqual(total([], only), [0, 0, 0, 0, ...Array(12).fill(null)]);
  const hosting = sheetsOf([], { ...FRAME, profile: 'hosting' });
  assert.equal(hosting['4_notices'].rows[0]![5], 0);
  assert.equal(hosting['4_notices'].rows[0]![6], null, 'trusted flaggers are for online platforms');
  assert.equal(hosting['7_appeals_and_recidivism'].rows[1]![6], null);
  assert.equal(hosting['4_notices'].rows[0]![9], null, 'no median of nothing');
});

test('accuracy, precision and recall come from items that a person checked, and are empty without them', () => {
  const checked = (said: 'restrict' | 'leave', right: 'restrict' | 'leave', n: number): ReportEvent[] =>
    Array.from({ length: n }, (_, at) => ({
      kind: 'quality-checked',
      id: `${said}${right}${at}`,
      at: AT,
      scope: 'own-initiative',
      said,
      right,
    }));
  const value = (events: readonly ReportEvent[], name: string) =>
    sheetsOf(events)['8_automated_means'].rows.find((row) => String(row[4]).endsWith(name))!;
  const events = [
    ...checked('restrict', 'restrict', 8),
    ...checked('restrict', 'leave', 2),
    ...checked('leave', 'restrict', 1),
    ...checked('leave', 'leave', 9),
  ];
  assert.equal(value(events, 'Accuracy')[6], 0.85);
  assert.equal(value(events, 'Precision')[6], 0.8);
  assert.equal(value(events, 'Recall')[6], 0.8889);
  assert.equal(value(events, 'Recall')[7], 'From 20 items checked by a person');
  assert.equal(value([], 'Precision')[6], null);
  assert.equal(value(checked('restrict', 'restrict', 1), 'Recall')[6], 1);
});

test('what nobody said whether it was automated is in neither figure, and its number stands beside', () => {
  const measure = (id: string, automatedDecision: 'no' | 'fully' | 'undeclared'): ReportEvent => ({
    kind: 'measure-taken',
    id,
    at: AT,
    cause: 'own-initiative',
    ground: 'law',
    category: 'STATEMENT_CATEGORY_CYBER_VIOLENCE',
    specification: 'KEYWORD_NON_CONSENSUAL_IMAGE_SHARING',
    restrictions: ['removed'],
    automatedDetection: true,
    automatedDecision,
  });
  const events = [measure('m1', 'no'), measure('m2', 'undeclared'), measure('m3', 'undeclared')];
  const { rows } = sheetsOf(events)['8_automated_means'];
  const total = rows.filter((row) => row[5] === 'Total number' && String(row[4]).startsWith('Number'));
  const beside = 'Of 2 more nobody said how far they were automated';
  assert.deepEqual(
    total.map((row) => [row[6], row[7]]),
    [
      [0, beside],
      [1, beside],
    ],
  );
});

test('the median of complaints runs until the decision is told, and leaves out those without one', () => {
  const events: ReportEvent[] = [
    { kind: 'complaint-received', id: 'c1', at: AT, about: 'visibility' },
    { kind: 'complaint-answered', id: 'c1', at: AT + 4 * DAY, outcome: 'reversed', imposed: 0 },
    { kind: 'complaint-received', id: 'c2', at: AT, about: 'no-action' },
    { kind: 'complaint-answered', id: 'c2', at: AT + 2 * DAY, outcome: 'upheld', imposed: 1 },
    { kind: 'complaint-received', id: 'c3', at: AT, about: 'visibility' },
    { kind: 'complaint-answered', id: 'c3', at: AT + DAY, outcome: 'omitted', imposed: 0 },
  ];
  const rows = sheetsOf(events)['7_appeals_and_recidivism'].rows;
  assert.deepEqual(
    rows.slice(0, 7).map((row) => row[6]),
    [3, 1, 0, 1, 72, 1, 1],
  );
});

test('events that cannot be counted are refused with the place and the reason', () => {
  const report = makeReport(
    [
      { kind: 'notice-received', id: 'n1', at: AT, trustedFlagger: false, items: 0, ...NCII },
      { kind: 'notice-decided', id: 'n2', at: AT, action: 'law', processed: 'no' },
      { kind: 'suspended', id: 's1', at: AT, because: 'unfounded-notices' },
      { kind: 'suspended', id: 's1', at: AT, because: 'unfounded-notices' },
      { kind: 'complaint-received', id: 'c1', at: AT, about: 'visibility' },
      { kind: 'complaint-answered', id: 'c1', at: AT - 1, outcome: 'upheld', imposed: 0 },
      {
        kind: 'notice-received',
        id: 'n3',
        at: AT,
        trustedFlagger: false,
        items: 1,
        category: 'STATEMENT_CATEGORY_OTHER_VIOLATION_TC',
        specification: null,
      },
      { kind: 'suspended', id: 's2', at: Number.NaN, because: 'unfounded-notices' },
    ],
    FRAME,
    {},
  );
  assert.deepEqual(report.ok ? [] : report.faults, [
    { kind: 'event', index: 0, fault: 'not-a-count' },
    { kind: 'event', index: 1, fault: 'without-beginning' },
    { kind: 'event', index: 3, fault: 'twice' },
    { kind: 'event', index: 5, fault: 'ends-before-it-begins' },
    { kind: 'event', index: 6, fault: 'category-not-on-sheet' },
    { kind: 'event', index: 7, fault: 'not-a-moment' },
  ]);
  assert.throws(() => makeReport([], { ...FRAME, to: FRAME.from, from: FRAME.to }, {}), RangeError);
});

test('texts of sheet 11 are held to their length and to personal data, and missing ones are named', () => {
  assert.equal(missingTexts(FRAME, {}).length, 6);
  assert.equal(missingTexts({ ...FRAME, profile: 'very-large-platform' }, {}).length, QUALITATIVE.length);
  const refused = makeReport([], FRAME, {
    accuracy: 'a'.repeat(5001),
    purposes: ' ',
    safeguards: 'ask rosa@mail.example',
  });
  assert.deepEqual(
    refused.ok ? [] : refused.faults.map((each) => (each.kind === 'text' ? `${each.id} ${each.fault}` : '')),
    ['accuracy too-long', 'purposes empty', 'safeguards personal-data'],
  );
  const taken = makeReport([], FRAME, { accuracy: 'See https://service.example/methods, "one, two".' });
  assert.ok(taken.ok);
  const [file] = reportFiles(taken.sheets).filter(({ name }) => name === '11_qualitative.csv');
  assert.match(file!.text, /"See https:\/\/service\.example\/methods, ""one, two""\."\r\n/);
});

test('CSV: quotes, commas, line ends and empty cells as RFC 4180 has them', () => {
  assert.equal(
    csvText({
      header: ['a', 'b'],
      rows: [
        ['x,y', 'say "no"'],
        ['two\r\nlines', null],
        [0, 0.5],
        ['á\0', '\ud800'],
      ],
    }),
    'a,b\r\n"x,y","say ""no"""\r\n"two\r\nlines",\r\n0,0.5\r\ná,\ufffd\r\n',
  );
  assert.throws(() => csvText({ header: ['a'], rows: [['x', 'y']] }), RangeError);
  assert.throws(() => csvText({ header: ['a'], rows: [[Number.NaN]] }), RangeError);
});
