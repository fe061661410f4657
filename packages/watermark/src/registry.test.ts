import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import { codeKey } from './code.ts';
import {
  leafOf,
  lineDigest,
  lineOf,
  newRegistry,
  parseRegistry,
  REGISTRY_LIMITS,
  type Registry,
  type RegistryCopy,
  registryText,
  withEntry,
  withStamp,
} from './registry.ts';

const hex = (text: string, bytes = 32) =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .slice(0, 2 * bytes);
const copyFor = (name: string): RegistryCopy => ({
  recipient: hex(`recipient ${name}`, 16),
  name,
  salt: hex(`salt ${name}`),
  file: hex(`file ${name}`),
  strength: 0.5,
  psnrDb: 48,
});

function example(): Registry {
  const empty = newRegistry(new Uint8Array(32).fill(5));
  const first = withEntry(empty, {
    at: '2026-11-01T10:00:00Z',
    original: hex('one'),
    frame: [1024, 768],
    copies: ['Ada', 'Ben', 'Åsa'].map(copyFor),
  });
  return withEntry(first, {
    at: '2026-11-02T10:00:00.500Z',
    original: hex('two'),
    frame: [512, 512],
    copies: [copyFor('Cleo')],
  });
}

test('what is written is read again, and is whole', () => {
  const registry = example();
  const read = parseRegistry(registryText(registry));
  assert.ok(read.ok);
  assert.deepEqual(read.registry, registry);
  assert.equal(registry.entries[1]!.prev, registry.entries[0]!.digest);
});

test('a line names nobody: no name, no secret, no key, no recipient, no file', () => {
  const registry = example();
  const line = lineOf(registry.secret, registry.entries[0]!);
  for (const copy of registry.entries[0]!.copies)
    for (const word of [copy.name, copy.recipient, copy.salt, copy.file, registry.secret])
      assert.ok(!line.includes(word), word);
  assert.equal(lineDigest(line), createHash('sha256').update(line).digest('hex'));
  assert.equal(JSON.parse(line).copies.length, 3);
});

test('a leaf is the SHA-256 that the head of the file describes, by another implementation', () => {
  const registry = example();
  const copy = registry.entries[0]!.copies[2]!;
  const bytes = (text: string) => Buffer.from(text, 'hex');
  const key = codeKey(bytes(registry.secret), bytes(hex('one')), bytes(copy.recipient));
  const byHand = createHash('sha256')
    .update('reclaim mark 1 copy\0')
    .update(bytes(copy.salt))
    .update(createHash('sha256').update(key).digest())
    .update(bytes(copy.recipient))
    .update(bytes(copy.file))
    .update('Åsa')
    .digest('hex');
  assert.equal(leafOf({ ...copy, key }), byHand);
  assert.equal(JSON.parse(lineOf(registry.secret, registry.entries[0]!)).copies[2], byHand);
});

test('every change afterwards is refused, with the entry it is in', () => {
  const registry = example();
  const changed = (change: (copy: ReturnType<typeof mutable>) => void) => {
    const other = mutable(registry);
    change(other);
    const read = parseRegistry(JSON.stringify(other));
    return read.ok ? 'read' : 'seq' in read ? `${read.reason} ${read.seq}` : read.reason;
  };
  assert.equal(
    changed((r) => (r.entries[0].copies[1].name = 'Someone Else')),
    'entry-changed 0',
  );
  assert.equal(
    changed((r) => (r.entries[0].at = '2026-10-01T10:00:00Z')),
    'entry-changed 0',
  );
  assert.equal(
    changed((r) => (r.entries[1].original = hex('three'))),
    'entry-changed 1',
  );
  assert.equal(
    changed((r) => (r.entries[1].copies[0].file = hex('x'))),
    'entry-changed 1',
  );
  assert.equal(
    changed((r) => r.entries[0].copies.pop()),
    'entry-changed 0',
  );
  assert.equal(
    changed((r) => r.entries[0].copies.reverse()),
    'entry-changed 0',
  );
  assert.equal(
    changed((r) => (r.secret = hex('another'))),
    'entry-changed 0',
  );
  assert.equal(
    changed((r) => r.entries.shift()),
    'chain-broken 0',
  );
  assert.equal(
    changed((r) => r.entries.reverse()),
    'chain-broken 0',
  );
  assert.equal(
    changed((r) => (r.entries[1].prev = hex('x'))),
    'chain-broken 1',
  );
  assert.equal(
    changed((r) => (r.entries[1].digest = hex('x'))),
    'entry-changed 1',
  );
  assert.equal(
    changed((r) => (r.more = 1)),
    'not-a-registry',
  );
  assert.equal(
    changed(() => undefined),
    'read',
  );
});

// The parsed JSON, to be changed at will.
// biome-ignore lint/suspicious/noExplicitAny: a test breaks what the types hold together
function mutable(registry: Registry): any {
  return JSON.parse(registryText(registry));
}

test('one code under two names is refused, in one entry and in a later one: whoever leaks, both would be named', () => {
  const ada = copyFor('Ada');
  const draft = { at: '2026-11-01T10:00:00Z', original: hex('one'), frame: [1024, 768] } as const;
  const empty = newRegistry(new Uint8Array(32).fill(5));
  const shared = withEntry(empty, { ...draft, copies: [ada] });
  const framed: RegistryCopy = { ...copyFor('Ben'), recipient: ada.recipient };
  const refusal = (registry: Registry) => {
    const read = parseRegistry(registryText(registry));
    return read.ok ? 'read' : `${read.reason} ${'seq' in read ? read.seq : ''}`.trim();
  };
  assert.equal(refusal(withEntry(empty, { ...draft, copies: [ada, framed] })), 'copy-repeated 0');
  assert.equal(refusal(withEntry(shared, { ...draft, copies: [framed] })), 'copy-repeated 1');
  // Of another original the same id leads to another code.
  assert.equal(refusal(withEntry(shared, { ...draft, original: hex('two'), copies: [framed] })), 'read');
});

test('hostile JSON is refused: keys of prototypes, no text, no day, too many stamps, nesting without end', () => {
  const text = registryText(example());
  const refused = (hostile: string) => {
    assert.notEqual(hostile, text);
    assert.deepEqual(parseRegistry(hostile), { ok: false, reason: 'not-a-registry' });
  };
  refused(text.replace('{', '{"__proto__":{"entries":[]},'));
  refused(text.replace('{', '{"constructor":1,'));
  // Two lone surrogates have one leaf: U+FFFD's.
  refused(text.replace('"Ben"', '"\\ud800"'));
  refused(text.replace('2026-11-01T', '2026-02-30T'));
  refused(text.replace('2026-11-01T10', '2026-11-01T25'));
  const stamp = '{"authority":"A","token":"MAA="},';
  refused(text.replace('"stamps": []', `"stamps": [${stamp.repeat(17).slice(0, -1)}]`));
  refused(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  assert.equal(Object.hasOwn(Object.prototype, 'entries'), false);
});

test('whatever a file holds, it is a registry or refused, never an error', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const read = parseRegistry(text);
      assert.equal(read.ok, false);
    }),
    { numRuns: 200 },
  );
  assert.deepEqual(parseRegistry('x'.repeat(REGISTRY_LIMITS.characters + 1)), {
    ok: false,
    reason: 'too-long',
  });
});

test('a stamp can be added and changes no digest; an entry that is not there takes none', () => {
  const registry = example();
  const stamped = withStamp(registry, 1, { authority: 'A time authority', token: 'MAA=' });
  assert.ok(parseRegistry(registryText(stamped)).ok);
  assert.equal(stamped.entries[1]!.digest, registry.entries[1]!.digest);
  assert.throws(() => withStamp(registry, 2, { authority: 'A', token: '' }), RangeError);
});

test('a name that could not be read again is refused when it is written', () => {
  const draft = { at: '2026-11-01T10:00:00Z', original: hex('one'), frame: [1024, 768] } as const;
  const empty = newRegistry(new Uint8Array(32));
  assert.throws(() => withEntry(empty, { ...draft, copies: [{ ...copyFor('x'), name: '' }] }));
  assert.throws(() => withEntry(empty, { ...draft, copies: [] }));
  assert.throws(() => newRegistry(new Uint8Array(31)), /expected 32 random bytes, got 31/);
});
