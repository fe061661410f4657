import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { cleanName, nameLikeness } from './recipient-name.ts';

test('names that nobody can tell apart on a screen are alike, whatever their encoding', () => {
  const alike: readonly (readonly [string, string])[] = [
    ['Cl\u00e9o', 'Cle\u0301o'],
    ['Ada B', 'Ada\u00a0B'],
    ['Ada B', 'Ada  B'],
    ['Ada', 'ADA'],
    ['\uff21da', 'Ada'],
    ['\ufb01n', 'fin'],
    ['Ada', 'A\u034fda'],
    ['Cl\u00e9o', 'Cle\u034f\u0301o'],
    ['Ada', 'Ada\ufe0f'],
    ['Ada', 'Ada\u3164'],
    ['Ada', 'Ada\u2800'],
    ['Ada', 'A\u00adda'],
    ['\u0639\u0644\u06cc\u200c\u0631\u0636\u0627', '\u0639\u0644\u06cc\u0631\u0636\u0627'],
  ];
  for (const [a, b] of alike) assert.equal(nameLikeness(a), nameLikeness(b), JSON.stringify([a, b]));
  const apart: readonly (readonly [string, string])[] = [
    ['Ada', 'Ida'],
    ['Ada B', 'AdaB'],
    ['Jose', 'Jos\u00e9'],
    ['Ada', 'Ada 2'],
  ];
  for (const [a, b] of apart) assert.notEqual(nameLikeness(a), nameLikeness(b), JSON.stringify([a, b]));
});

test('of a line its name is kept, and nothing that a terminal obeys or nobody sees', () => {
  assert.equal(cleanName('\t Ada\u202e of\tthe  choir \r'), 'Ada of the choir');
  assert.equal(cleanName('\ud800\u200b\u2028 '), '');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (line) => {
      const name = cleanName(line);
      assert.equal(cleanName(name), name);
      assert.ok(name.isWellFormed());
    }),
  );
});
