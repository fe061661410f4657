import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { base64urlnopad } from '@scure/base';
import fc from 'fast-check';
import { placeOfWord } from '../code-words.ts';
import { drawAgeIdentity, recipientOf } from '../sealing/age-key.ts';
import { openWithProgram } from '../sealing/age-program.fixture.ts';
import { sealBytes } from '../sealing/seal.ts';
import { callOf, MAX_SEALED_PART, openLinePart, readCall, sealLinePart } from './line-part.ts';
import { shareWords } from './share-paper.ts';
import { drawRecovery } from './shares.ts';

const draw = async () => (await drawRecovery(randomBytes(50))).shares;
const drawHelpers = (count: number) => Array.from({ length: count }, () => drawAgeIdentity(randomBytes(32)));

test('each helper to whom it was sealed opens the helpline’s part, the plain age program too, and nobody else', async () => {
  const [, , line] = await draw();
  const helpers = drawHelpers(12);
  const sealed = await sealLinePart(line, await Promise.all(helpers.map(recipientOf)));
  assert.ok(sealed.length <= MAX_SEALED_PART, `${sealed.length}`);
  for (const helper of helpers) assert.deepEqual(await openLinePart(sealed, helper), line);
  const plain = Buffer.from(openWithProgram(base64urlnopad.decode(sealed), helpers[7]!)).toString();
  assert.equal(plain, `reclaim recovery part 1\n${shareWords(line).join(' ')}\n`);
  assert.equal(await openLinePart(sealed, drawHelpers(1)[0]!), undefined);
  await assert.rejects(sealLinePart(line, []), RangeError);
  const tooMany = await Promise.all(drawHelpers(13).map(recipientOf));
  await assert.rejects(sealLinePart(line, tooMany), RangeError);
});

test('what is not a part of ours, was changed or is too long opens as nothing', async () => {
  const [, , line] = await draw();
  const [helper] = drawHelpers(1);
  const to = [await recipientOf(helper!)];
  const sealed = await sealLinePart(line, to);
  const bytes = base64urlnopad.decode(sealed);
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const changed = Uint8Array.from(bytes);
      changed[at]! ^= by;
      assert.equal(await openLinePart(base64urlnopad.encode(changed), helper!), undefined);
    }),
    { numRuns: 40 },
  );
  for (const text of ['', 'reclaim recovery part 1\nbabopa\n', shareWords(line).join(' ')]) {
    const foreign = base64urlnopad.encode(await sealBytes(new TextEncoder().encode(text), to));
    assert.equal(await openLinePart(foreign, helper!), undefined);
  }
  for (const wrong of ['', 'no base64!', 'A'.repeat(MAX_SEALED_PART + 1), sealed.slice(0, -9)])
    assert.equal(await openLinePart(wrong, helper!), undefined);
});

test('a part has three words that call for the helpline’s, the same each time, and another part has others', async () => {
  const [own, friend, line] = await draw();
  const calls = await Promise.all([own, friend, line].map(callOf));
  assert.equal(new Set(calls).size, 3);
  for (const call of calls) {
    const words = call.split(' ');
    assert.equal(words.length, 3);
    assert.ok(words.every((word) => placeOfWord(word) !== undefined));
    for (const typed of [call, call.toUpperCase(), ` ${words.join(',\n')} `])
      assert.deepEqual(readCall(typed), { ok: true, call });
  }
  assert.equal(await callOf({ ...own, y: own.y.slice(), check: own.check.slice() }), calls[0]);
});

test('a slip in the three words is found, and the word that was meant is named', () => {
  const call = 'gopide gofenu mapeda';
  assert.deepEqual(readCall('gopide gofenu'), { ok: false, reason: 'count', count: 2 });
  assert.deepEqual(readCall(''), { ok: false, reason: 'count', count: 0 });
  const slip = readCall('gopide gofenx mapeda');
  assert.ok(!slip.ok && slip.reason === 'unknown-word' && slip.at === 1);
  assert.ok(slip.suggestions.includes('gofenu'));
  assert.deepEqual(readCall(call), { ok: true, call });
  fc.assert(fc.property(fc.string(), (text) => assert.ok(text === call || !readCall(text).ok)));
});
