import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VERDICTS } from '@reclaim/casework/policy';
import { COVERAGE_NOTES, COVERAGES, wireCheckRequest, wireCheckResponse } from '@reclaim/casework/wire';
import { WINDOW_KINDS } from '@reclaim/fingerprint/windows';
import fc from 'fast-check';
import { serializerCompiler } from 'fastify-type-provider-zod';
import * as z from 'zod/mini';
import { answerSerializer } from './check-answer.ts';
import { readReadyCheck, readReadyText } from './ready-check.ts';
import { uploadQueryOf } from './upload-query.ts';

/** Requests that are drawn; about a fifth of them are taken. */
const RUNS = 1_000;

const hex = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));
/** Values that are nearly 64 lower-case hex digits. */
const nearlyHex = fc.oneof(
  hex.map((text) => text.toUpperCase()),
  hex.map((text) => text.slice(1)),
  hex.map((text) => `${text}0`),
  fc
    .tuple(hex, fc.constantFrom('g', '/', ':', '`', ' ', 'é', '\u0130', '😀', '\u0000'))
    .map(([text, odd]) => odd + text.slice(odd.length)),
  hex.map((text) => [text]),
  fc.constantFrom(null, 7, '', {}),
);
const quality = fc.oneof(
  { weight: 60, arbitrary: fc.integer({ min: 0, max: 100 }) },
  fc.constantFrom(-1, 101, 1.5, '50', null),
);
const value = fc.oneof({ weight: 400, arbitrary: hex }, nearlyHex);
const pipeline = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom('reclaim-pdq-1', 'a', '0.9+b') },
  fc.constantFrom('', 'A', 'x'.repeat(41), 1),
);
const orientations = value.chain((first) =>
  fc
    .oneof(
      { weight: 40, arbitrary: fc.array(value, { minLength: 7, maxLength: 7 }) },
      fc.array(value, { maxLength: 9 }),
    )
    .map((rest) => [first, ...rest]),
);
const sha256 = fc.record({ kind: fc.constant('sha256'), value });
const pdq = fc.oneof(
  fc.record({ kind: fc.constant('pdq'), value, quality, pipeline }),
  fc
    .record({ kind: fc.constant('pdq'), value, quality, pipeline, orientations })
    .chain((signal) =>
      fc.boolean().map((same) => (same ? { ...signal, value: signal.orientations[0] } : signal)),
    ),
);
const window = fc.record({
  kind: fc.constant('window'),
  window: fc.oneof(
    { weight: 60, arbitrary: fc.constantFrom<unknown>(...WINDOW_KINDS) },
    fc.constantFrom('full', 1),
  ),
  value,
  mirror: value,
  quality,
});
const signals = fc.oneof(
  { weight: 9, arbitrary: fc.array(fc.oneof(sha256, pdq, window), { minLength: 1, maxLength: 5 }) },
  fc.array(fc.oneof(sha256, pdq), { maxLength: 6 }),
  hex.map((text) =>
    Array.from({ length: 77 }, () => ({
      kind: 'window',
      window: WINDOW_KINDS[0],
      value: text,
      mirror: text,
      quality: 60,
    })),
  ),
);
const item = fc.oneof(
  { weight: 3, arbitrary: fc.record({ id: fc.constantFrom('a', 'p/1"\\', '~'.repeat(128)) }) },
  fc.record(
    {
      id: fc.constantFrom<unknown>('b', '', 'a b', 'é', 'x'.repeat(129), 1),
      previewUrl: fc.constantFrom('https://example.org/p', 'ftp://example.org/'),
      account: fc.constantFrom('acc-1', ' '),
      keepDays: fc.constantFrom(1, 366, 367, 0.5),
    },
    { requiredKeys: ['id'] },
  ),
);
const request = fc.record({ items: fc.array(fc.record({ item, signals }), { maxLength: 3 }) });

/** The same with one field more, less, or called otherwise, somewhere. */
const disturbed = fc
  .tuple(request, fc.nat(), fc.constantFrom('more', 'proto', 'less', 'renamed', 'list'))
  .map(([whole, seed, how]) => {
    const copy = structuredClone(whole) as unknown;
    const places: Record<string, unknown>[] = [];
    const walk = (at: unknown) => {
      if (typeof at !== 'object' || at === null) return;
      if (!Array.isArray(at)) places.push(at as Record<string, unknown>);
      Object.values(at).forEach(walk);
    };
    walk(copy);
    const place = places[seed % places.length]!;
    const names = Object.keys(place);
    const name = names[seed % names.length];
    if (how === 'more') place['more'] = 1;
    if (how === 'proto')
      Object.defineProperty(place, '__proto__', { value: { kind: 'sha256' }, enumerable: true });
    if (how === 'renamed' && name !== undefined) place['other'] = place[name];
    if (how === 'list' && name !== undefined) place[name] = [place[name]];
    if ((how === 'less' || how === 'renamed') && name !== undefined) delete place[name];
    return copy;
  });

test('what is read without the schema is what the schema takes, to the byte, and it leaves nothing that the schema takes', () => {
  let taken = 0;
  let refused = 0;
  fc.assert(
    fc.property(fc.oneof({ weight: 3, arbitrary: request }, disturbed), (drawn) => {
      const text = JSON.stringify(drawn);
      const value: unknown = JSON.parse(text);
      const bySchema = z.safeParse(wireCheckRequest, value);
      const ready = readReadyText(text);
      assert.equal(ready !== undefined, bySchema.success);
      if (ready === undefined || !bySchema.success) {
        refused++;
        return;
      }
      taken++;
      assert.deepEqual(
        ready.uploads.map((upload) => ({ item: upload.item, signals: upload.signals })),
        bySchema.data.items,
      );
      for (const [i, { query }] of ready.uploads.entries()) {
        assert.deepEqual(query, uploadQueryOf(bySchema.data.items[i]!.signals));
      }
    }),
    { numRuns: RUNS },
  );
  assert.ok(taken > RUNS / 10 && refused > RUNS / 10, `${taken} taken, ${refused} refused`);
});

test('anything else that JSON can hold is left to the schema', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.equal(readReadyCheck(value) !== undefined, z.safeParse(wireCheckRequest, value).success);
    }),
  );
  for (const text of ['', '{', 'null', '[]', '{"items":[]}', '{"items":{"length":1}}'])
    assert.equal(readReadyText(text), undefined);
});

test('an answer is written as its schema writes it, and without matches that nobody asked for', () => {
  const bySchema = serializerCompiler({ schema: wireCheckResponse, method: 'POST', url: '/v1/check' });
  const write = answerSerializer(bySchema);
  const result = fc.record(
    {
      keptUntil: fc.integer({ min: 0, max: 8.64e15 }),
      coverage: fc.constantFrom(...COVERAGES),
      itemId: fc.stringMatching(/^[\x21-\x7e]{1,128}$/),
      notes: fc.array(fc.constantFrom(...COVERAGE_NOTES), { maxLength: 3 }),
      jobId: fc
        .uint8Array({ minLength: 16, maxLength: 16 })
        .map((id) => `job_${Buffer.from(id).toString('hex')}`),
      verdict: fc.constantFrom(...VERDICTS),
      distance: fc.nat(),
    },
    { requiredKeys: ['itemId', 'verdict', 'coverage', 'notes'] },
  );
  const answer = fc.record({
    results: fc.array(result, { maxLength: 4 }),
    logPosition: fc.nat(),
    more: fc.nat(),
  });
  fc.assert(
    fc.property(answer, (drawn) => {
      assert.equal(write(drawn), bySchema(drawn));
      assert.equal(write(drawn).includes('distance'), false);
    }),
  );
});
