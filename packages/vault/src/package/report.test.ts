import assert from 'node:assert/strict';
import test from 'node:test';
import type { EvidenceItem } from '../evidence/evidence-item.ts';
import { fullWish } from './package.fixture.ts';
import { packageWords } from './package-words.ts';
import { reportHtml, reportSections } from './report.ts';

const wish = await fullWish();
const [screenshot] = wish.record.items;

/** The row of the report that says how the clocks stood, for a device that was so far behind. */
function clockRow(clockOffsetMs: number | null, language = 'en'): unknown {
  assert.ok(screenshot !== undefined && screenshot.kind !== 'hand-over');
  const endedAt = '2030-04-05T10:00:00.000Z';
  const capture = { ...screenshot.capture, startedAt: endedAt, endedAt, clockOffsetMs };
  const item: EvidenceItem = { ...screenshot, capture };
  const facts = {
    record: wish.record,
    items: [{ digest: '', item, stored: [] }],
    wish: { ...wish, language },
  };
  const name = { en: 'Clock against the server', es: 'Reloj frente al servidor' }[language];
  assert.ok(reportHtml(facts).includes('<h1>'));
  return reportSections(facts)
    .flatMap(({ rows }) => rows)
    .find(([title]) => title === name)?.[1];
}

test('a clock an hour off is said in the report, with the time by the other clock', () => {
  assert.equal(
    clockRow(3_600_000),
    'The device’s clock was 01:00:00 behind the service’s. By the service’s clock it was captured at 2030-04-05T11:00:00.000Z.',
  );
  assert.equal(
    clockRow(-3_661_400),
    'The device’s clock was 01:01:01 ahead of the service’s. By the service’s clock it was captured at 2030-04-05T08:58:58.600Z.',
  );
  assert.equal(clockRow(-900), 'The device’s clock was within a minute of the service’s (1 s).');
  assert.equal(clockRow(null), undefined);
  assert.match(String(clockRow(8.64e15)), /captured at \?\.$/);
});

test('every value of a closed list has its words in each language, and no report shows the bare value', () => {
  const names = Object.keys(packageWords('en').value);
  for (const language of ['en', 'es', 'ar']) {
    const { value } = packageWords(language);
    assert.deepEqual(Object.keys(value), names);
    const items = wish.record.items.map((item) => ({ digest: '', item, stored: [] }));
    const rows = reportSections({ record: wish.record, items, wish: { ...wish, language } }).flatMap(
      (section) => section.rows,
    );
    for (const [name, shown] of rows) {
      assert.ok(name !== undefined);
      assert.ok(shown === undefined || !String(shown).includes('undefined'), name);
    }
    const flat = rows.map(([, shown]) => String(shown)).join('\n');
    for (const bare of ['file-chosen', 'owner, owner', 'not-sure', 'private-chat'])
      assert.ok(!flat.includes(bare), `${language}: ${bare}`);
  }
});
