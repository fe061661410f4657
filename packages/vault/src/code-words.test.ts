import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { placeOfWord, WORD_COUNT, wordAt, wordsNear } from './code-words.ts';

const words = Array.from({ length: WORD_COUNT }, (_, place) => wordAt(place));

test('the list is the one that every code was written with', () => {
  const digest = createHash('sha256').update(words.join('\n')).digest('hex');
  assert.equal(digest, '0de14e3652abefc26d1bb27630c1debd8abe826bcab0e6259e0a0c03d1ae4337');
  assert.equal(new Set(words).size, 16_384);
  for (const [place, word] of words.entries()) {
    assert.match(word, /^([bdfgklmnprst][aeiou]){3}$/);
    assert.equal(placeOfWord(word), place);
  }
  assert.deepEqual(words, words.toSorted());
});

test('no slip of one letter and no swap of two consonants or two vowels makes another word', () => {
  for (const word of words) {
    for (let at = 0; at < 6; at++) {
      for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
        const slip = word.slice(0, at) + letter + word.slice(at + 1);
        if (slip !== word) assert.equal(placeOfWord(slip), undefined);
      }
      if (at > 3) continue;
      const swapped = [...word];
      [swapped[at], swapped[at + 2]] = [word[at + 2]!, word[at]!];
      if (swapped.join('') !== word) assert.equal(placeOfWord(swapped.join('')), undefined);
    }
  }
});

test('the word that was meant is among the words near a slip', () => {
  for (let place = 0; place < WORD_COUNT; place += 97) {
    const word = wordAt(place);
    const slips = [
      `x${word.slice(1)}`,
      word.slice(0, 5),
      `${word.slice(0, 3)}${word.slice(4)}`,
      `${word}e`,
      `${word[1]}${word[0]}${word.slice(2)}`,
    ];
    for (const slip of slips) assert.ok(wordsNear(slip).includes(word));
  }
  assert.deepEqual(wordsNear(wordAt(7)), [wordAt(7)]);
  assert.deepEqual(wordsNear('zzzzzz'), []);
  assert.deepEqual(wordsNear('a'.repeat(100_000)), []);
});

test('a number without a word is the caller’s error', () => {
  for (const place of [-1, WORD_COUNT, 0.5, Number.NaN]) assert.throws(() => wordAt(place), RangeError);
});
