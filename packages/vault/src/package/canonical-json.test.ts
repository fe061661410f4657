import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { canonicalJson, type Json, readCanonical } from './canonical-json.ts';

test('RFC 8785 §3.2.2: the example is written as the standard writes it', () => {
  const value = JSON.parse(
    '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
  ) as Json;
  assert.equal(
    canonicalJson(value),
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

test('RFC 8785 §3.2.3: members are sorted by UTF-16 code units', () => {
  const value = JSON.parse(
    '{"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control","\\u00f6":"Latin Small Letter O With Diaeresis"}',
  ) as Record<string, Json>;
  assert.deepEqual(Object.values(JSON.parse(canonicalJson(value)) as Record<string, string>).slice(1), [
    'Carriage Return',
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ]);
  assert.ok(canonicalJson(value).startsWith('{"\\r":"Carriage Return","1":"One","\u0080"'));
});

test('RFC 8785 appendix B: numbers', () => {
  for (const [hex, text] of [
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['44b52d02c7e14af6', '1e+23'],
    ['41b3de4355555555', '333333333.3333333'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ] as const) {
    assert.equal(canonicalJson(Buffer.from(hex, 'hex').readDoubleBE()), text);
  }
});

test('what JSON cannot hold is refused', () => {
  const deep = Array.from({ length: 40 }).reduce<Json>((inner) => [inner], 1);
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '\ud800', undefined, deep, { a: undefined }])
    assert.throws(() => canonicalJson(value as Json), TypeError);
});

test('a text is canonical in one form only', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const known = JSON.parse(JSON.stringify(value)) as Json;
      const text = canonicalJson(known);
      assert.deepEqual(readCanonical(text), known);
      assert.equal(readCanonical(` ${text}`), undefined);
    }),
    { numRuns: 200 },
  );
  for (const text of ['{"b":1,"a":2}', '{"a":1,"a":2}', '1.0', '"\\u0041"', '', '{', '[1, 2]'])
    assert.equal(readCanonical(text), undefined, text);
});
