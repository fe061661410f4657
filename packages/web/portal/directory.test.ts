import assert from 'node:assert/strict';
import test from 'node:test';
import {
  COUNTRIES,
  EMERGENCY,
  guessCountry,
  isShown,
  SERVICES,
  SHOWN_DAYS,
  servicesFor,
} from './directory.ts';

test('every row has a source, a day, a way to reach it, and an address over https', () => {
  const ids = new Set<string>();
  for (const row of SERVICES) {
    assert.ok(row.source.length > 2, row.id);
    assert.ok(Number.isFinite(Date.parse(row.noted)), row.id);
    assert.ok(row.url !== undefined || row.phone !== undefined, row.id);
    assert.match(row.url ?? 'https://', /^https:\/\//, row.id);
    assert.ok(row.confidence === 'A' || row.confidence === 'B', row.id);
    assert.ok(!ids.has(row.id), row.id);
    ids.add(row.id);
  }
});

test('every country that can be chosen has a row, and no row is for a country that cannot', () => {
  const named = new Set(SERVICES.map((row) => row.country).filter((country) => country !== 'world'));
  assert.deepEqual([...named].sort(), [...COUNTRIES].sort());
  for (const country of Object.keys(EMERGENCY)) assert.ok((COUNTRIES as readonly string[]).includes(country));
});

test('a row is hidden once it is older than its time, and counted', () => {
  const day = 86_400_000;
  const noted = Date.parse(SERVICES[0]!.noted);
  assert.equal(isShown(SERVICES[0]!, noted + (SHOWN_DAYS - 1) * day), true);
  assert.equal(isShown(SERVICES[0]!, noted + SHOWN_DAYS * day), false);
  const late = servicesFor('GB', noted + 400 * day);
  assert.equal(late.shown.length, 0);
  assert.ok(late.old > 0);
});

test("a country's own rows come before those of the world", () => {
  const { shown } = servicesFor('GB', Date.parse('2026-11-02'));
  assert.equal(shown[0]?.country, 'GB');
  assert.equal(shown.at(-1)?.country, 'world');
  assert.equal(guessCountry(['en-GB', 'en']), 'GB');
  assert.equal(guessCountry(['ar']), 'world');
});
