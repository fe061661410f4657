import assert from 'node:assert/strict';
import test from 'node:test';
import { en, findingSentence } from './finding-words.ts';
import { ar } from './finding-words-ar.ts';
import { es } from './finding-words-es.ts';

test('every finding has a sentence of its own in each language, that names the file, the item and the line', () => {
  for (const words of [en, es, ar]) {
    assert.deepEqual(Object.keys(words), Object.keys(en));
    const sentences = Object.values(words);
    assert.equal(new Set(sentences).size, sentences.length);
    const about = { path: 'custody.jsonl', item: '00112233445566aa', number: 7 } as const;
    const said = findingSentence({ level: 'damage', kind: 'custody-moved', ...about }, words);
    for (const part of [about.path, about.item, '7', words['custody-moved']])
      assert.ok(said.includes(part), said);
  }
  assert.equal(
    findingSentence({ level: 'warning', kind: 'stamp-clock', number: 61 }),
    '61 minutes: the device’s clock and the authority’s differ',
  );
});
