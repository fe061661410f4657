import assert from 'node:assert/strict';
import test from 'node:test';
import { clockWords, readClock, SOON_MS } from './clock-state.ts';
import { dayWords, directionOf, fill, pickLanguage, plural } from './language.ts';
import { findCommands } from './palette-search.ts';

const HOUR = 3_600_000;

test('a clock counts in hours up to three days and never rounds a deadline up', () => {
  assert.deepEqual(readClock(31.9 * HOUR, 0), { state: 'calm', amount: 31, unit: 'hour' });
  assert.deepEqual(readClock(1.5 * HOUR, 0), { state: 'soon', amount: 90, unit: 'minute' });
  assert.deepEqual(readClock(100 * HOUR, 0), { state: 'calm', amount: 4, unit: 'day' });
  assert.equal(readClock(SOON_MS, 0).state, 'calm');
  assert.equal(readClock(SOON_MS - 1, 0).state, 'soon');
  assert.equal(readClock(0, 1).state, 'past');
  assert.equal(clockWords(readClock(31 * HOUR, 0), 'en'), 'in 31 hours');
});

test('a sentence is filled by name, and a missing value is an error, not a hole', () => {
  assert.equal(fill('{a} and {b}', { a: 1, b: 'two' }), '1 and two');
  assert.throws(() => fill('{a}', {}), RangeError);
});

test('plural forms follow the language', () => {
  const arabic = {
    zero: '٠',
    one: 'واحدة',
    two: 'اثنتان',
    few: '{n} صور',
    many: '{n} صورة',
    other: '{n} صورة',
  };
  assert.equal(plural('ar', arabic, 2), 'اثنتان');
  assert.match(plural('ar', arabic, 5), /صور$/);
  assert.equal(plural('en', { one: '{n} picture', other: '{n} pictures' }, 1), '1 picture');
  assert.equal(plural('es', { one: '{n} foto', other: '{n} fotos' }, 3), '3 fotos');
});

test('the first language of the browser that has words is taken', () => {
  assert.equal(pickLanguage(['fr-FR', 'es-MX', 'en']), 'es');
  assert.equal(pickLanguage(['AR-EG']), 'ar');
  assert.equal(pickLanguage([]), 'en');
  assert.equal(directionOf('ar'), 'rtl');
  assert.match(dayWords('en', '2026-11-22'), /November 22, 2026/);
});

test('commands are found by parts of their words, whatever the accents', () => {
  const commands = [
    { id: 'a', words: 'Open the queue' },
    { id: 'b', words: 'Queue: next job' },
    { id: 'c', words: 'Sesión' },
  ];
  assert.deepEqual(
    findCommands(commands, 'queue').map(({ id }) => id),
    ['b', 'a'],
  );
  assert.deepEqual(
    findCommands(commands, 'sesion').map(({ id }) => id),
    ['c'],
  );
  assert.equal(findCommands(commands, 'zzz').length, 0);
});
