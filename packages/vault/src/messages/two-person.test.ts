import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { base64urlnopad } from '@scure/base';
import fc from 'fast-check';
import { drawAgeIdentity, recipientOf } from '../sealing/age-key.ts';
import { openWithProgram } from '../sealing/age-program.fixture.ts';
import { openBytes } from '../sealing/open.ts';
import { sealBytes } from '../sealing/seal.ts';
import { sign } from '../sealing/signing.ts';
import { partyKeys, publicParty } from './party.ts';
import {
  drawSplitKey,
  joinHalves,
  MAX_LOOK_REASON,
  MAX_SEALED_HALF,
  openAnswer,
  openAsk,
  openHalf,
  type SecondHalf,
  sealAnswer,
  sealAsk,
  sealHalf,
} from './two-person.ts';

const draw = () => partyKeys(drawAgeIdentity(randomBytes(32)));
const [amal, bea, cleo] = await Promise.all([draw(), draw(), draw()]);
const place = { thread: 'ab'.repeat(32), share: 's-1', file: 'f-1' };
const half: SecondHalf = { ...place, half: '01'.repeat(32), for: publicParty(amal) };

test('S72: two halves open what was sealed to their key, in any order, and each alone opens nothing', async () => {
  const { whole, first, second } = drawSplitKey(randomBytes(64));
  const sealed = await sealBytes(new Uint8Array([7, 8, 9]), [await recipientOf(whole)]);
  for (const key of [joinHalves(first, second), joinHalves(second, first)]) {
    const opened = await openBytes(sealed, [key]);
    assert.ok(opened.ok && opened.plain[1] === 8);
    assert.deepEqual(openWithProgram(sealed, key), new Uint8Array([7, 8, 9]));
  }
  const zeros = '0'.repeat(64);
  for (const one of [first, second])
    for (const other of [zeros, one, drawSplitKey(randomBytes(64)).first])
      assert.equal((await openBytes(sealed, [joinHalves(one, other)])).ok, false);
});

test('either half fits every key there is, so one of them says nothing of the key', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      (key, mine) => {
        // For every key there is exactly one other half: what is held could belong to any of them.
        const { second } = drawSplitKey(Uint8Array.from([...key, ...mine]));
        const first = Buffer.from(mine).toString('hex');
        assert.equal(joinHalves(first, second), drawAgeIdentity(key));
      },
    ),
    { numRuns: 50 },
  );
});

test('a second person reads their half and the question, and nobody else reads either', async () => {
  const sealed = await sealHalf(half, bea.recipient);
  assert.deepEqual(await openHalf(sealed, bea.identity), half);
  const ask = await sealAsk(place, 'to find the account', amal, bea.recipient);
  assert.equal(await openAsk(ask, bea.identity, half), 'to find the account');
  for (const other of [amal, cleo]) {
    assert.equal(await openHalf(sealed, other.identity), undefined);
    assert.equal(await openAsk(ask, other.identity, half), undefined);
  }
  assert.equal(sealed.length, ask.length);
});

test('a question by somebody else, or about another file, is none', async () => {
  const foreign = await sealAsk(place, 'let me see', cleo, bea.recipient);
  assert.equal(await openAsk(foreign, bea.identity, half), undefined);
  const elsewhere = await sealAsk({ ...place, file: 'f-2' }, 'let me see', amal, bea.recipient);
  assert.equal(await openAsk(elsewhere, bea.identity, half), undefined);
  await assert.rejects(sealAsk(place, '  ', amal, bea.recipient), TypeError);
  await assert.rejects(sealAsk(place, 'x'.repeat(MAX_LOOK_REASON + 1), amal, bea.recipient), TypeError);
  // The longest reason there can be, in signs that JSON writes as six, still fits.
  const longest = '\u0001'.repeat(MAX_LOOK_REASON);
  const sealed = await sealAsk(place, longest, amal, bea.recipient);
  assert.ok(sealed.length <= MAX_SEALED_HALF);
  assert.equal(await openAsk(sealed, bea.identity, half), longest);
});

test('an answer is sealed to the helper whom the person chose, whoever asked', async () => {
  const answer = await sealAnswer(half);
  assert.equal(await openAnswer(answer, amal.identity), half.half);
  assert.equal(await openAnswer(answer, cleo.identity), undefined);
  assert.equal(await openAnswer(answer, bea.identity), undefined);
});

test('what is none of ours is refused without a word of what it was', async () => {
  for (const text of ['', 'AAAA', '!', 'A'.repeat(MAX_SEALED_HALF + 1), await sealAnswer(half)]) {
    assert.equal(await openHalf(text, bea.identity), undefined);
    assert.equal(await openAsk(text, bea.identity, half), undefined);
  }
  await assert.rejects(async () => sealHalf({ ...half, half: 'x' }, bea.recipient), TypeError);
  assert.throws(() => joinHalves('00', '00'), TypeError);
  assert.throws(() => drawSplitKey(new Uint8Array(63)), RangeError);
});

/** Sealed as ours are, whatever is in it. */
async function sealed(plain: string | Uint8Array, to = bea, size = 2_048): Promise<string> {
  const bytes = new Uint8Array(size).fill(0x20);
  bytes.set(typeof plain === 'string' ? new TextEncoder().encode(plain) : plain);
  return base64urlnopad.encode(await sealBytes(bytes, [to.recipient]));
}

test('what was sealed to the right person and is no half, no question or no answer of ours is none', async () => {
  const good = { version: 1, ...half };
  assert.deepEqual(await openHalf(await sealed(JSON.stringify(good)), bea.identity), half);
  const halves: readonly unknown[] = [
    { ...good, version: 2 },
    { ...good, more: 1 },
    { ...good, thread: 'ab' },
    { ...good, thread: ['ab'.repeat(32)] },
    { ...good, share: 'S-1' },
    { ...good, share: 'a'.repeat(41) },
    { ...good, file: '' },
    { ...good, file: 1 },
    { ...good, half: '01' },
    { ...good, half: 'AB'.repeat(32) },
    { ...good, for: undefined },
    { ...good, for: { ...half.for, verifyKey: 'x' } },
    null,
    [],
    'text',
  ];
  for (const each of halves) {
    const text = await sealed(JSON.stringify(each));
    assert.equal(await openHalf(text, bea.identity), undefined, JSON.stringify(each));
  }
  const notText = Uint8Array.of(0x7b, 0xff, 0x7d);
  for (const each of [notText, '', '{', '\n'])
    assert.equal(await openHalf(await sealed(each), bea.identity), undefined);
  assert.equal(await openHalf(await sealed(JSON.stringify(good), bea, 2_047), bea.identity), undefined);

  const answer = '01'.repeat(32);
  assert.equal(await openAnswer(await sealed(answer), bea.identity), answer);
  for (const each of ['', answer.slice(2), `${answer}0`, 'AB'.repeat(32), `${answer}\n`])
    assert.equal(await openAnswer(await sealed(each), bea.identity), undefined, JSON.stringify(each));

  // Signed by the very helper, and yet no question of this form.
  const asking = async (body: string, signature?: string) =>
    sealed(
      `${signature ?? sign(new TextEncoder().encode(`reclaim two-person ask 1\n${body}`), amal.signingKey)}\n${body}`,
    );
  const question = { version: 1, ...place, reason: 'to find the account' };
  assert.equal(await openAsk(await asking(JSON.stringify(question)), bea.identity, half), question.reason);
  for (const each of [
    { ...question, version: 2 },
    { ...question, reason: '' },
    { ...question, reason: 'x'.repeat(MAX_LOOK_REASON + 1) },
    { ...question, reason: '\ud800' },
    { ...question, thread: 'cd'.repeat(32) },
    { ...question, share: 's-2' },
    null,
  ])
    assert.equal(
      await openAsk(await asking(JSON.stringify(each)), bea.identity, half),
      undefined,
      JSON.stringify(each),
    );
  for (const signature of ['', '0'.repeat(128), 'x'.repeat(128)])
    assert.equal(
      await openAsk(await asking(JSON.stringify(question), signature), bea.identity, half),
      undefined,
    );
});
