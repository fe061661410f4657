/**
 * The wire at its edges: what is refused, what is said of it, and that each schema has a JSON Schema.
 * @module
 */

import assert from 'node:assert/strict';
import test from 'node:test';
import * as z from 'zod/mini';
import { FACTS_MAX, FACTS_MIN } from './decision.ts';
import { POSSIBLE_BITS } from './policy.ts';
import * as wire from './wire.ts';
import { wireDecideRequest } from './wire-decide.ts';

const hex = 'a'.repeat(64);
const id = (prefix: string) => `${prefix}_${'0'.repeat(32)}`;
const pdq = { kind: 'pdq', value: hex, quality: 100, pipeline: 'reclaim-pdq-1' };
const sha256 = { kind: 'sha256', value: hex };
const item = { id: 'photo-1' };
const check = { items: [{ item, signals: [pdq, sha256] }] };
const facts = 'x'.repeat(FACTS_MIN);

/** One good body of each request, by the schema that takes it. */
const REQUESTS: readonly (readonly [z.core.$ZodType, Record<string, unknown>])[] = [
  [wire.wirePdqSignal, pdq],
  [wire.wireSha256Signal, sha256],
  [wire.wireSignal, pdq],
  [wire.wireSignal, sha256],
  [wire.wireQuerySignal, { ...pdq, orientations: Array(8).fill(hex) }],
  [wire.wireQuerySignal, sha256],
  [wire.wireItem, { ...item, previewUrl: 'https://example.org/p/1' }],
  [wire.wireCheckRequest, check],
  [wire.wireBankRequest, { name: 'Bank', kind: 'negative', confidentBits: 31, possibleBits: 45 }],
  [wire.wireBankPatch, { name: 'Bank', enabled: false }],
  [wire.wireBankSignalsRequest, { signals: [pdq, sha256] }],
  [wire.wireSignalCommand, { kind: 'dispute', reason: 'wrong-picture' }],
  [wire.wireSignalCommand, { kind: 'resolve-dispute', outcome: 'confirmed' }],
  [wire.wireSignalCommand, { kind: 'withdraw' }],
  [wire.wireWithdrawal, { capability: 'A'.repeat(43) }],
  [wire.wireReport, { item, reason: 'threat' }],
  [wire.wireRuling, { outcome: 'remove', ground: 'other-law', confirms: [id('sig')] }],
  [wire.wireRuling, { outcome: 'keep', ground: 'not-a-match' }],
  [wire.wireRuling, { outcome: 'refer', ground: 'minor-suspected' }],
  [wire.wireRuling, { outcome: 'duplicate', of: id('job') }],
  [wireDecideRequest, { ruling: { outcome: 'keep', ground: 'not-intimate' }, facts }],
  [wire.wireUndoRequest, { facts }],
  [wire.wireKeyRequest, { name: 'Key', scopes: ['check'], expiresAt: 0 }],
  [wire.wireRotateRequest, { overlapMinutes: 0 }],
];

function accepts(schema: z.core.$ZodType, value: unknown): boolean {
  return z.safeParse(schema, value).success;
}

/** Every path of an object inside `value`, itself included. */
function* objectsIn(
  value: unknown,
  path: readonly (string | number)[] = [],
): Generator<readonly (string | number)[]> {
  if (Array.isArray(value)) for (const [i, each] of value.entries()) yield* objectsIn(each, [...path, i]);
  else if (typeof value === 'object' && value !== null) {
    yield path;
    for (const [key, each] of Object.entries(value)) yield* objectsIn(each, [...path, key]);
  }
}

function changedAt(
  value: unknown,
  path: readonly (string | number)[],
  change: (object: Record<string, unknown>) => void,
): unknown {
  const copy = structuredClone(value);
  let at = copy as Record<string | number, unknown>;
  for (const key of path) at = at[key] as Record<string | number, unknown>;
  change(at);
  return copy;
}

test('each request is taken, and refused once an unknown field stands anywhere in it', () => {
  for (const [schema, good] of REQUESTS) {
    assert.ok(accepts(schema, good), JSON.stringify(good));
    for (const path of objectsIn(good)) {
      const more = changedAt(good, path, (object) => {
        object['previewURL'] = 'https://example.org/p/1';
      });
      assert.ok(!accepts(schema, more), `/${path.join('/')} of ${JSON.stringify(good)}`);
    }
  }
});

test('no request takes something of another type, or a value of another type in any field', () => {
  for (const [schema, good] of REQUESTS) {
    for (const wrong of [undefined, null, 1, 'text', true, [], [good]]) assert.ok(!accepts(schema, wrong));
    for (const path of objectsIn(good)) {
      for (const key of Object.keys(
        path.reduce<unknown>((at, step) => (at as never)[step], good) as object,
      )) {
        for (const wrong of [null, { text: 'x' }, Number.NaN, -0.5]) {
          const changed = changedAt(good, path, (object) => {
            object[key] = wrong;
          });
          assert.ok(!accepts(schema, changed), `${key} of ${JSON.stringify(good)}`);
        }
      }
    }
  }
});

test('what a request sends is never repeated in what is said of it', () => {
  const secret = 'private-words-7f3a';
  let issues = 0;
  for (const [schema, good] of REQUESTS) {
    for (const path of objectsIn(good)) {
      const keys = Object.keys(path.reduce<unknown>((at, step) => (at as never)[step], good) as object);
      for (const key of keys) {
        for (const wrong of [`${secret}\u0000${'x'.repeat(6000)}`, [secret], { [secret]: secret }]) {
          const changed = changedAt(good, path, (object) => {
            object[key] = wrong;
          });
          const parsed = z.safeParse(schema, changed);
          assert.ok(!parsed.success, `${key} of ${JSON.stringify(good)}`);
          for (const issue of flat(parsed.error.issues)) {
            issues++;
            // Names of unknown fields stand in `keys` alone, which the HTTP rim drops with everything but path and code.
            const { keys: _, ...said } = issue as z.core.$ZodIssueUnrecognizedKeys;
            if (issue.code !== 'unrecognized_keys')
              assert.ok(!JSON.stringify(said).includes(secret), issue.code);
            assert.ok(!issue.path.includes(secret));
          }
        }
      }
    }
  }
  assert.ok(issues > 100);
});

/** Issues with those inside unions. */
function flat(issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  return issues.flatMap((issue) =>
    issue.code === 'invalid_union' ? [issue, ...issue.errors.flatMap((each) => flat(each))] : [issue],
  );
}

type Edge = readonly [
  string,
  z.core.$ZodType,
  (value: never) => unknown,
  readonly unknown[],
  readonly unknown[],
];

const EDGES: readonly Edge[] = [
  ['quality', wire.wirePdqSignal, (quality: number) => ({ ...pdq, quality }), [0, 100], [-1, 101, 0.5]],
  [
    'pipeline',
    wire.wirePdqSignal,
    (pipeline: string) => ({ ...pdq, pipeline }),
    ['a', 'a'.repeat(40)],
    ['', 'a'.repeat(41), 'A', 'a b', 'a\n'],
  ],
  [
    'a hash',
    wire.wireSha256Signal,
    (value: string) => ({ ...sha256, value }),
    [hex, '0123456789abcdef'.repeat(4)],
    ['', hex.slice(1), `${hex}a`, hex.toUpperCase(), `${hex}\n`, `g${hex.slice(1)}`],
  ],
  [
    'orientations',
    wire.wireQuerySignal,
    (length: number) => ({ ...pdq, orientations: Array(length).fill(hex) }),
    [8],
    [0, 1, 7, 9],
  ],
  [
    'an item’s id',
    wire.wireItem,
    (text: string) => ({ id: text }),
    ['!', '~'.repeat(128), '../../etc'],
    ['', '~'.repeat(129), 'a b', 'a\n', '\u007f', 'ä', '\u202e'],
  ],
  [
    'a preview',
    wire.wireItem,
    (previewUrl: string) => ({ ...item, previewUrl }),
    ['https://a', 'http://a/b?c', `https://${'a'.repeat(2040)}`],
    [
      '',
      'https://',
      `https://${'a'.repeat(2041)}`,
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///a',
      '//a',
      ' https://a',
      'https://a b',
      'HTTPS://a',
      'https://a\n',
    ],
  ],
  [
    'items',
    wire.wireCheckRequest,
    (n: number) => ({ items: Array(n).fill(check.items[0]) }),
    [1, 64],
    [0, 65],
  ],
  [
    'signals of an item',
    wire.wireCheckRequest,
    (n: number) => ({ items: [{ item, signals: Array(n).fill(sha256) }] }),
    [1, 4],
    [0, 5],
  ],
  [
    'signals',
    wire.wireBankSignalsRequest,
    (n: number) => ({ signals: Array(n).fill(pdq) }),
    [1, 64],
    [0, 65],
  ],
  [
    'a name',
    wire.wireBankRequest,
    (name: string) => ({ name }),
    ['a', 'ä \u{1f600}', 'x'.repeat(80)],
    ['', 'x'.repeat(81), 'a\nb', '\u0000', '\u0085', '\ud800'],
  ],
  [
    'confident bits',
    wire.wireBankRequest,
    (n: number) => ({ name: 'a', confidentBits: n }),
    [0, 31],
    [-1, 32],
  ],
  [
    'possible bits',
    wire.wireBankPatch,
    (n: number) => ({ possibleBits: n }),
    [0, POSSIBLE_BITS],
    [-1, POSSIBLE_BITS + 1],
  ],
  [
    'a capability',
    wire.wireWithdrawal,
    (capability: string) => ({ capability }),
    ['A'.repeat(43), `${'-_'.repeat(21)}a`],
    ['', 'A'.repeat(42), 'A'.repeat(44), `${'A'.repeat(42)}=`, `${'A'.repeat(43)}\n`],
  ],
  [
    'facts',
    wire.wireUndoRequest,
    (text: string) => ({ facts: text }),
    ['x'.repeat(FACTS_MIN), 'x'.repeat(FACTS_MAX), 'two\nlines of words', '\u{1f600}'.repeat(10)],
    ['', 'x'.repeat(FACTS_MIN - 1), 'x'.repeat(FACTS_MAX + 1), 'a NUL \u0000 inside', 'a surrogate \udfff'],
  ],
  [
    'signals to confirm',
    wire.wireRuling,
    (n: number) => ({ outcome: 'remove', ground: 'other-law', confirms: Array(n).fill(id('sig')) }),
    [0, 64],
    [65],
  ],
  [
    'scopes',
    wire.wireKeyRequest,
    (n: number) => ({ name: 'a', scopes: Array(n).fill('check') }),
    [1, 6],
    [0, 7],
  ],
  [
    'a time',
    wire.wireInstant,
    (ms: number) => ms,
    [0, 8.64e15],
    [-1, 0.5, 8.64e15 + 1, Number.POSITIVE_INFINITY, '0'],
  ],
  ['an overlap', wire.wireRotateRequest, (n: number) => ({ overlapMinutes: n }), [0, 10_080], [-1, 10_081]],
];

for (const [what, schema, make, inside, outside] of EDGES) {
  test(`${what}: the limits are inside, what is one beyond is not`, () => {
    for (const value of inside) assert.ok(accepts(schema, make(value as never)), JSON.stringify(value));
    for (const value of outside) assert.ok(!accepts(schema, make(value as never)), JSON.stringify(value));
  });
}

test('what a request leaves out becomes what the description says', () => {
  assert.deepEqual(z.parse(wire.wireBankRequest, { name: 'a' }), {
    name: 'a',
    kind: 'positive',
    confidentBits: 31,
    possibleBits: 31,
  });
  assert.deepEqual(z.parse(wire.wireRotateRequest, {}), { overlapMinutes: 1440 });
  assert.deepEqual(z.parse(wire.wireRuling, { outcome: 'remove', ground: 'other-law' }), {
    outcome: 'remove',
    ground: 'other-law',
    confirms: [],
  });
});

test('an id of one kind is not taken for another', () => {
  const schemas = {
    bnk: wire.wireBankId,
    sig: wire.wireSignalId,
    job: wire.wireJobId,
    dec: wire.wireDecisionId,
    key: wire.wireKeyId,
  };
  for (const [prefix, schema] of Object.entries(schemas)) {
    for (const other of Object.keys(schemas)) assert.equal(accepts(schema, id(other)), other === prefix);
  }
});

test('a ruling has exactly the ground of its own outcome', () => {
  assert.ok(!accepts(wire.wireRuling, { outcome: 'keep', ground: 'other-law' }));
  assert.ok(!accepts(wire.wireRuling, { outcome: 'remove', ground: 'not-a-match' }));
  assert.ok(!accepts(wire.wireRuling, { outcome: 'refer', ground: 'not-a-match' }));
  assert.ok(!accepts(wire.wireRuling, { outcome: 'duplicate', ground: 'other-law', of: id('job') }));
  assert.ok(!accepts(wire.wireRuling, { outcome: 'duplicate' }));
});

/** Every exported schema, by its name. */
const SCHEMAS: readonly (readonly [string, z.core.$ZodType])[] = Object.entries(wire)
  .filter(([name]) => name.startsWith('wire'))
  .map(([name, schema]) => [name, schema as z.core.$ZodType]);

test('each exported schema has a JSON Schema, as it is sent and as it is answered', () => {
  assert.ok(SCHEMAS.length > 30);
  for (const [name, schema] of SCHEMAS) {
    for (const io of ['input', 'output'] as const) {
      const json = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'throw' });
      assert.ok('type' in json || 'anyOf' in json || 'oneOf' in json, name);
      for (const pattern of patternsIn(json)) new RegExp(pattern, 'u');
    }
  }
});

test('the JSON Schema of each request refuses unknown fields, bounds every list and every text', () => {
  const requests = new Set(REQUESTS.map(([schema]) => schema));
  for (const [name, schema] of SCHEMAS) {
    if (!requests.has(schema)) continue;
    for (const part of partsOf(z.toJSONSchema(schema, { io: 'input' }))) {
      if (part['type'] === 'object') assert.equal(part['additionalProperties'], false, name);
      if (part['type'] === 'array') assert.equal(typeof part['maxItems'], 'number', name);
      const bounded = ['maxLength', 'pattern', 'enum', 'const'].some((key) => key in part);
      if (part['type'] === 'string') assert.ok(bounded, name);
      if (part['type'] === 'integer') assert.ok('minimum' in part && 'maximum' in part, name);
    }
  }
});

/** Every object inside a JSON Schema. */
function* partsOf(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Record<string, unknown>;
  for (const each of Object.values(value)) yield* partsOf(each);
}

function patternsIn(json: unknown): readonly string[] {
  return [...partsOf(json)].flatMap(({ pattern }) => (typeof pattern === 'string' ? [pattern] : []));
}
