import assert from 'node:assert/strict';
import test from 'node:test';
import { namesIn } from './names.ts';

test('names are read a line each, without what nobody sees', () => {
  assert.deepEqual(namesIn(' Ada \r\n\nBen\u202e\n\tCléo\n'), { ok: true, names: ['Ada', 'Ben', 'Cléo'] });
});

test('what cannot be told apart, is nothing, or is too much is refused with its reason', () => {
  assert.deepEqual(namesIn(' \n\n'), { ok: false, reason: 'none' });
  assert.deepEqual(namesIn('Ada\nAda '), { ok: false, reason: 'twice' });
  // The same letter as one sign and as two.
  assert.deepEqual(namesIn('Cl\u00e9o\nCle\u0301o'), { ok: false, reason: 'twice' });
  // What looks the same on a screen: other spaces, capitals, a letter of another width, a mark that nobody sees.
  for (const text of ['Ada B\nAda\u00a0B', 'Ada\nADA', 'Ada\n\uff21da', 'Ada\nA\u034fda'])
    assert.deepEqual(namesIn(text), { ok: false, reason: 'twice' });
  assert.deepEqual(namesIn('x'.repeat(121)), { ok: false, reason: 'long' });
  assert.deepEqual(namesIn(Array.from({ length: 201 }, (_, i) => `n${i}`).join('\n')), {
    ok: false,
    reason: 'many',
  });
});
