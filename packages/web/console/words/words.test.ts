import assert from 'node:assert/strict';
import test from 'node:test';
import { CHOICE_KEYS } from '../decision-draft.ts';
import { en, type WordName } from './en.ts';
import { es } from './es.ts';
import { pickConsoleLanguage } from './words.ts';

const names = Object.keys(en) as WordName[];
const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted();

test('every sentence has the same holes in every language', () => {
  for (const name of names) assert.deepEqual(holes(es[name]), holes(en[name]), name);
});

test('S50: the words that harm stand nowhere in the console', () => {
  const banned =
    /revenge porn|child porn|victim|leaked nudes|alleged|\bwhy\b|should have|\bfailed\b|invalid user|guarantee|víctima|porno|desnudos filtrados|supuest[oa]|por qué|garantiza/i;
  for (const words of [en, es]) {
    for (const name of names) assert.doesNotMatch(words[name], banned, name);
  }
});

test('every choice has three offered reasons that the node would take', () => {
  for (const choice of [...Object.values(CHOICE_KEYS), 'minor-suspected' as const]) {
    for (const index of [0, 1, 2] as const) {
      for (const words of [en, es]) assert.ok(words[`facts.${choice}.${index}`].length >= 10);
    }
  }
});

test('the browser’s first language that the console speaks is taken, else English', () => {
  assert.equal(pickConsoleLanguage(['es-MX', 'en']), 'es');
  assert.equal(pickConsoleLanguage(['de', 'en-GB', 'es']), 'en');
  assert.equal(pickConsoleLanguage(['ar']), 'en');
});
