/**
 * The chain against everybody who would like to change it, and the commitments against guesses.
 * @module
 */

import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  type ChainBody,
  type ChainJson,
  type ChainRecord,
  canonicalJson,
  chainRecord,
  commitment,
  EMPTY_HEAD,
  GENESIS,
  verifyChain,
} from './event-chain.ts';

function body(seq: number): ChainBody {
  return {
    seq,
    at: 1_800_000_000_000 + seq,
    actor: `key_${String(seq).padStart(32, '0')}`,
    type: 'job-decided',
    data: { jobId: 'job_1', decision: { ruling: { outcome: 'keep', ground: 'not-a-match' }, seen: [1, 2] } },
    commitments: { facts: 'ab'.repeat(32) },
  };
}

async function chain(length: number): Promise<ChainRecord[]> {
  const records: ChainRecord[] = [];
  for (let seq = 1; seq <= length; seq++)
    records.push(await chainRecord(records.at(-1)?.hash ?? GENESIS, body(seq)));
  return records;
}

function replaced(records: readonly ChainRecord[], seq: number, record: unknown): ChainRecord[] {
  return records.map((each) => (each.seq === seq ? (record as ChainRecord) : each));
}

// ---------------------------------------------------------------------------------------------------- canonical JSON

test('RFC 8785, section 3.2.3: keys are sorted by UTF-16 code units', () => {
  // The example of the RFC: U+1F600 is a surrogate pair (D83D DE00), which sorts before U+FB33.
  const value = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\u{1f600}': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  };
  assert.deepEqual(Object.values(JSON.parse(canonicalJson(value)) as object).length, 7);
  assert.deepEqual(
    [...canonicalJson(value).matchAll(/:"([^"]*)"/g)].map((found) => found[1]),
    [
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ],
  );
});

test('RFC 8785, section 3.2.2.2: strings are escaped as little as JSON allows', () => {
  assert.equal(
    canonicalJson({ string: '\u20ac$\u000f\nA\'B"\\\\"/', literals: [null, true, false] }),
    '{"literals":[null,true,false],"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
  assert.equal(
    canonicalJson('\b\t\n\f\r\u0000\u001f\u007f\u2028'),
    '"\\b\\t\\n\\f\\r\\u0000\\u001f\u007f\u2028"',
  );
});

test('RFC 8785, appendix B: zero has no sign, and integers are written out', () => {
  assert.equal(canonicalJson(-0), '0');
  assert.equal(canonicalJson(9_007_199_254_740_991), '9007199254740991');
  assert.equal(canonicalJson(-9_007_199_254_740_991), '-9007199254740991');
});

test('empty things, members left out and keys that look like numbers or like the prototype', () => {
  assert.equal(canonicalJson({}), '{}');
  assert.equal(canonicalJson([]), '[]');
  assert.equal(canonicalJson({ b: undefined, a: 1 }), '{"a":1}');
  assert.equal(canonicalJson({ 10: 1, 9: 2, a: 3 }), '{"10":1,"9":2,"a":3}');
  assert.equal(canonicalJson(JSON.parse('{"z":1,"__proto__":2}') as ChainJson), '{"__proto__":2,"z":1}');
});

test('a number that is no safe integer is refused, wherever it stands', () => {
  for (const number of [0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY]) {
    for (const value of [number, [number], { a: { b: number } }]) {
      assert.throws(() => canonicalJson(value), TypeError);
    }
  }
});

test('a lone surrogate is refused in a value and in a key, and is not repeated in the error', () => {
  for (const value of ['private\ud800', ['private\udc00'], { a: 'private\ud83d' }, { 'private\ud800': 1 }]) {
    assert.throws(
      () => canonicalJson(value),
      (error) => error instanceof TypeError && !error.message.includes('private'),
    );
  }
  assert.equal(canonicalJson('\u{1f600}'), '"\u{1f600}"');
});

test('what is not JSON at all is refused', () => {
  const sparse: ChainJson[] = [];
  sparse[1] = 1;
  assert.throws(() => canonicalJson(sparse), TypeError);
  for (const value of [undefined, 1n, Symbol('x'), () => 1]) {
    assert.throws(() => canonicalJson([value] as unknown as ChainJson), TypeError);
    assert.throws(() => canonicalJson(value as unknown as ChainJson), TypeError);
  }
});

test('canonical text parses back to the same value and is the same for any order of keys', () => {
  const json = fc.letrec<{ value: ChainJson }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 2 },
      fc.string({ unit: 'binary' }),
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.string({ unit: 'binary' }), tie('value'), { maxKeys: 4 }),
    ) as fc.Arbitrary<ChainJson>,
  })).value;
  const turned = (value: ChainJson): ChainJson => {
    if (Array.isArray(value)) return value.map(turned);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, each]) => [key, turned(each as ChainJson)]),
    );
  };
  fc.assert(
    fc.property(json, (value) => {
      const text = canonicalJson(value);
      assert.equal(canonicalJson(JSON.parse(text) as ChainJson), text);
      assert.equal(canonicalJson(turned(value)), text);
      assert.equal(JSON.stringify(JSON.parse(text)).length, text.length);
    }),
  );
});

// ------------------------------------------------------------------------------------------------------------- chain

test('the hash of a record is the SHA-256 of its canonical text, computed here by hand', async () => {
  const record = await chainRecord(GENESIS, body(1));
  const text =
    `{"actor":"key_00000000000000000000000000000001","at":1800000000001,"commitments":{"facts":"${'ab'.repeat(32)}"},` +
    `"data":{"decision":{"ruling":{"ground":"not-a-match","outcome":"keep"},"seen":[1,2]},"jobId":"job_1"},` +
    `"prev":"${'0'.repeat(64)}","seq":1,"type":"job-decided","v":1}`;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  assert.equal(record.hash, Buffer.from(digest).toString('hex'));
});

test('an honest chain verifies, also after a trip through JSON, in parts, and when it is empty', async () => {
  const records = await chain(6);
  const head = { seq: 6, hash: records[5]!.hash };
  assert.deepEqual(await verifyChain(EMPTY_HEAD, records), { ok: true, head });
  assert.deepEqual(await verifyChain(EMPTY_HEAD, JSON.parse(JSON.stringify(records))), { ok: true, head });
  assert.deepEqual(await verifyChain(EMPTY_HEAD, []), { ok: true, head: EMPTY_HEAD });
  const first = await verifyChain(EMPTY_HEAD, records.slice(0, 2));
  assert.ok(first.ok);
  assert.deepEqual(await verifyChain(first.head, records.slice(2)), { ok: true, head });
});

test('a change of any field of any record is found at that record', async () => {
  const records = await chain(4);
  const changes: readonly (readonly [
    string,
    (record: ChainRecord) => unknown,
    'sequence' | 'link' | 'hash',
  ])[] = [
    ['seq', (record) => ({ ...record, seq: record.seq + 100 }), 'sequence'],
    ['prev', (record) => ({ ...record, prev: 'f'.repeat(64) }), 'link'],
    ['at', (record) => ({ ...record, at: record.at + 1 }), 'hash'],
    ['actor', (record) => ({ ...record, actor: 'key_another' }), 'hash'],
    ['type', (record) => ({ ...record, type: 'job-undone' }), 'hash'],
    ['data', (record) => ({ ...record, data: {} }), 'hash'],
    ['data, deep inside', (record) => ({ ...record, data: { ...record.data, jobId: 'job_2' } }), 'hash'],
    ['data, added to', (record) => ({ ...record, data: { ...record.data, more: null } }), 'hash'],
    ['data, no JSON', (record) => ({ ...record, data: { jobId: 0.5 } }), 'hash'],
    ['data, no text', (record) => ({ ...record, data: { jobId: '\ud800' } }), 'hash'],
    ['data, missing', ({ data: _, ...record }) => record, 'hash'],
    ['commitments', (record) => ({ ...record, commitments: { facts: 'cd'.repeat(32) } }), 'hash'],
    ['commitments, none', (record) => ({ ...record, commitments: {} }), 'hash'],
    ['hash', (record) => ({ ...record, hash: 'f'.repeat(64) }), 'hash'],
  ];
  for (const record of records) {
    for (const [what, change, kind] of changes) {
      const found = await verifyChain(EMPTY_HEAD, replaced(records, record.seq, change(record)));
      assert.deepEqual(found, { ok: false, fault: { kind, seq: record.seq } }, `${what} of ${record.seq}`);
    }
  }
});

test('a record whose hash was computed anew is found at the next one, or at the noted head', async () => {
  const records = await chain(4);
  const forged = await chainRecord(records[1]!.prev, { ...body(2), type: 'job-undone' });
  const found = await verifyChain(EMPTY_HEAD, replaced(records, 2, forged));
  assert.deepEqual(found, { ok: false, fault: { kind: 'link', seq: 3 } });
  // Of the last record nothing follows: that is what noting the head is for.
  const last = await chainRecord(records[3]!.prev, { ...body(4), type: 'job-undone' });
  const whole = await verifyChain(EMPTY_HEAD, replaced(records, 4, last));
  assert.ok(whole.ok);
  assert.notEqual(whole.head.hash, records[3]!.hash);
});

test('a dropped, a doubled, a moved and a foreign record are found where they are', async () => {
  const [one, two, three, four] = (await chain(4)) as [ChainRecord, ChainRecord, ChainRecord, ChainRecord];
  const fault = async (...records: readonly ChainRecord[]) => {
    const verified = await verifyChain(EMPTY_HEAD, records);
    return verified.ok ? undefined : verified.fault;
  };
  assert.deepEqual(await fault(two, three, four), { kind: 'sequence', seq: 1 });
  assert.deepEqual(await fault(one, three, four), { kind: 'sequence', seq: 2 });
  assert.deepEqual(await fault(one, two, two, three), { kind: 'sequence', seq: 3 });
  assert.deepEqual(await fault(one, three, two, four), { kind: 'sequence', seq: 2 });
  const foreign = await chainRecord('e'.repeat(64), body(3));
  assert.deepEqual(await fault(one, two, foreign, four), { kind: 'link', seq: 3 });
  assert.equal(await fault(one, two), undefined, 'a shorter chain is an honest one: its head tells');
});

test('a body with a prev, a hash or a version of its own does not replace the chain’s', async () => {
  const honest = await chainRecord(GENESIS, body(1));
  const loaded = { ...body(1), prev: 'f'.repeat(64), hash: 'f'.repeat(64), v: 2 } as ChainBody;
  assert.deepEqual(await chainRecord(GENESIS, loaded), honest);
});

// ------------------------------------------------------------------------------------------------------- commitments

test('a commitment opens with its own salt, name and value only', async () => {
  const salt = new Uint8Array(32).fill(7);
  const sealed = await commitment(salt, 'facts', 'It is the picture.');
  const text = Buffer.concat([salt, Buffer.from('facts\0It is the picture.')]);
  assert.equal(sealed, Buffer.from(await crypto.subtle.digest('SHA-256', text)).toString('hex'));
  assert.equal(await commitment(salt.slice(), 'facts', 'It is the picture.'), sealed);
  const otherSalt = salt.with(31, 8);
  assert.notEqual(await commitment(otherSalt, 'facts', 'It is the picture.'), sealed);
  assert.notEqual(await commitment(salt, 'item', 'It is the picture.'), sealed);
  assert.notEqual(await commitment(salt, 'facts', 'It is the picture'), sealed);
});

test('the border between name and value cannot be moved', async () => {
  const salt = new Uint8Array(32);
  assert.notEqual(await commitment(salt, 'a', 'bc'), await commitment(salt, 'ab', 'c'));
  assert.notEqual(await commitment(salt, 'a', '\0c'), await commitment(salt, 'a', 'c'));
  await assert.rejects(commitment(salt, 'a\0b', 'c'), TypeError);
});

test('a salt of another length and text that has no UTF-8 are refused without repeating it', async () => {
  for (const length of [0, 16, 31, 33])
    await assert.rejects(commitment(new Uint8Array(length), 'a', 'b'), RangeError);
  const salt = new Uint8Array(32);
  for (const [name, value] of [
    ['facts', 'private\ud800'],
    ['private\udfff', 'b'],
  ] as const) {
    await assert.rejects(
      commitment(salt, name, value),
      (error) => error instanceof TypeError && !error.message.includes('private'),
    );
  }
});
