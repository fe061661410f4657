import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { hexToBytes } from '@noble/hashes/utils.js';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { BUNDLE_FORMAT, bundleOf, checkBundle, LIMITS } from './bundle.ts';
import { frameOf } from './canonical.ts';
import { codeKey, orderKey, orderOf } from './code.ts';
import { markCopy } from './mark.ts';
import { newRegistry, type RegistryCopy, withEntry } from './registry.ts';
import { traceFeatures, traceSuspect } from './trace.ts';

const hex = (text: string, bytes = 32) =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .slice(0, 2 * bytes);
const pixels = landscape(31, 400, 300);
const made = frameOf(pixels);
assert.ok(made.ok);
const { frame } = made;
const names = ['Ada', 'Ben', 'Cleo'];
const copies: readonly RegistryCopy[] = names.map((name) => ({
  recipient: hex(name, 16),
  name,
  salt: hex(`salt ${name}`),
  file: hex(`file ${name}`),
  strength: 1,
  psnrDb: 48,
}));
const registry = withEntry(newRegistry(new Uint8Array(32).fill(8)), {
  at: '2026-11-01T10:00:00Z',
  original: hex('original'),
  frame: [frame.width, frame.height],
  copies,
});
const secret = hexToBytes(registry.secret);
const original = hexToBytes(hex('original'));
const order = orderOf(orderKey(secret, original), frame.strength.length);
const keyOf = (copy: RegistryCopy) => codeKey(secret, original, hexToBytes(copy.recipient));
const bens = markCopy(pixels, frame, keyOf(copies[1]!), order);
const outcome = traceSuspect(
  { frame, features: traceFeatures(frame), order },
  bens.pixels,
  copies.map((copy) => ({ recipient: copy.recipient, key: keyOf(copy), strength: bens.strength })),
);
assert.equal(outcome.kind, 'match');
const bundle = bundleOf(registry, 0, {
  recipient: outcome.copies[0]!.recipient,
  score: outcome.copies[0]!.score,
  trials: outcome.trials,
  row: outcome.row,
  suspect: hex('suspect'),
});

test('a third party finds the score, the line and the bound again, and no other name', () => {
  const text = JSON.stringify(bundle);
  const found = checkBundle(JSON.parse(text));
  assert.ok(found.ok);
  assert.equal(found.name, 'Ben');
  assert.equal(found.digest, registry.entries[0]!.digest);
  assert.equal(found.original, hex('original'));
  assert.equal(found.suspect, hex('suspect'));
  assert.ok(found.score > 30 && found.logBound < Math.log(1e-6));
  for (const word of ['Ada', 'Cleo', registry.secret, hex('Ada', 16), hex('Cleo', 16)])
    assert.ok(!text.includes(word));
  assert.deepEqual(bundle.limits, LIMITS);
});

test('each part that is changed is named', () => {
  const fault = (change: object) => {
    const found = checkBundle({ ...bundle, ...change });
    return found.ok ? 'good' : found.fault;
  };
  assert.equal(fault({}), 'good');
  assert.equal(fault({ format: 'another' }), 'not-a-bundle');
  assert.equal(fault({ more: 1 }), 'not-a-bundle');
  assert.equal(fault({ line: '{}' }), 'line-malformed');
  assert.equal(fault({ copy: { ...bundle.copy, name: 'Ada' } }), 'copy-not-in-line');
  assert.equal(fault({ copy: { ...bundle.copy, key: hex('chosen later') } }), 'copy-not-in-line');
  assert.equal(
    fault({ line: bundle.line.replace('2026-11-01', '2026-10-01') }),
    'good',
    'the witness finds this',
  );
  assert.equal(fault({ row: bundle.row.slice(8) }), 'row-length');
  assert.equal(fault({ row: `AAAA${bundle.row.slice(4)}` }), 'score-differs');
  assert.equal(fault({ score: bundle.score + 1 }), 'score-differs');
  assert.equal(fault({ trials: 2 }), 'too-few-trials');
  assert.equal(
    fault({ trials: Number.MAX_SAFE_INTEGER }),
    'good',
    'more trials raise the threshold, and it still holds',
  );
  assert.equal(checkBundle(undefined).ok, false);
  assert.equal(BUNDLE_FORMAT, bundle.format);
});

test('a bundle of several pictures that were added up says which, and counts the looks at each and at all', () => {
  const [copy] = outcome.copies;
  const match = { recipient: copy!.recipient, score: copy!.score, row: outcome.row, suspect: hex('suspect') };
  const also = [hex('second'), hex('third')];
  const found = checkBundle(
    JSON.parse(JSON.stringify(bundleOf(registry, 0, { ...match, trials: 15, also }))),
  );
  assert.ok(found.ok);
  assert.deepEqual(found.also, also);
  const few = checkBundle(bundleOf(registry, 0, { ...match, trials: 14, also }));
  assert.equal(few.ok ? 'good' : few.fault, 'too-few-trials');
  assert.equal(checkBundle({ ...bundle, also: [] }).ok, false);
  assert.equal(checkBundle({ ...bundle, also: ['no digest'] }).ok, false);
});

test('a line that can be read in two ways is no line, whoever has stamped it', () => {
  const fault = (line: string) => {
    assert.notEqual(line, bundle.line);
    const found = checkBundle({ ...bundle, line });
    return found.ok ? 'good' : found.fault;
  };
  // A reader of one kind takes the first date, another the last; the digest is of both.
  assert.equal(fault(bundle.line.replace('"at":', '"at":"2020-01-01T00:00:00Z","at":')), 'line-malformed');
  assert.equal(fault(bundle.line.replace('{', '{ ')), 'line-malformed');
  assert.equal(fault(bundle.line.replace('{', '{"__proto__":{"copies":[]},')), 'line-malformed');
  assert.equal(fault(bundle.line.replace('"frame":[', '"frame":[-')), 'line-malformed');
  assert.equal(fault(bundle.line.replace('2026-11-01', '2026-02-30')), 'line-malformed');
  assert.equal(fault(`${'['.repeat(50_000)}${']'.repeat(50_000)}`), 'line-malformed');
});

test('a bundle that would keep its reader busy, or whose name has no bytes of its own, is none', () => {
  const stamps = Array.from({ length: 18 }, () => ({ authority: 'A', token: 'MAA=' }));
  for (const change of [
    { stamps },
    { limits: Array.from({ length: 21 }, () => 'x') },
    { copy: { ...bundle.copy, name: '\ud800' } },
    { copy: { ...bundle.copy, name: '' } },
    JSON.parse('{"__proto__":{"score":900}}'),
    { score: Number.POSITIVE_INFINITY },
    { trials: 0 },
  ])
    assert.deepEqual(
      checkBundle(Object.hasOwn(change, '__proto__') ? withOwnProto(change) : { ...bundle, ...change }),
      { ok: false, fault: 'not-a-bundle' },
      JSON.stringify(change).slice(0, 80),
    );
});

/** The bundle with a key of its own that is named `__proto__`, as JSON can have it. */
function withOwnProto(change: object): object {
  return Object.defineProperties({ ...bundle }, Object.getOwnPropertyDescriptors(change));
}

test('a residual in the secret order does not show the picture: neighbours in it have nothing in common', () => {
  const plain = traceSuspect(
    { frame, features: traceFeatures(frame), order: Uint32Array.from(order.keys()) },
    bens.pixels,
    copies.map((copy) => ({ recipient: copy.recipient, key: keyOf(copy), strength: bens.strength })),
  );
  // Out of order nobody is named: the signs lie elsewhere.
  assert.notEqual(plain.kind, 'match');
  const size = outcome.row.map(Math.abs);
  const mean = size.reduce((sum, value) => sum + value, 0) / size.length;
  let together = 0;
  let alone = 0;
  for (let i = 1; i < size.length; i++) {
    together += (size[i]! - mean) * (size[i - 1]! - mean);
    alone += (size[i]! - mean) ** 2;
  }
  // Six deviations of the correlation of independent neighbours.
  assert.ok(Math.abs(together / alone) < 6 / Math.sqrt(size.length));
});

test('no bundle is made of an entry or a recipient that is not there', () => {
  const match = { recipient: hex('Nobody', 16), score: 9, trials: 3, row: outcome.row, suspect: hex('s') };
  assert.throws(() => bundleOf(registry, 0, match), RangeError);
  assert.throws(() => bundleOf(registry, 1, { ...match, recipient: copies[0]!.recipient }), RangeError);
});
