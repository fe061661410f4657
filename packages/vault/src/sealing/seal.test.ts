import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import test from 'node:test';
import { base64urlnopad } from '@scure/base';
import fc from 'fast-check';
import { EMPTY_CASE } from '../case-document.ts';
import { drawReceiptCode } from '../receipt-code.ts';
import { deriveReceiptKeys } from '../receipt-keys.ts';
import { sealCase } from '../sealed-case.ts';
import {
  type AgeRecipient,
  drawAgeIdentity,
  type Identity,
  parseAgeIdentity,
  parseAgeRecipient,
  readRecipient,
  recipientOf,
} from './age-key.ts';
import { openWithProgram, sealWithProgram } from './age-program.fixture.ts';
import { openBytes, openStream, SealBroken } from './open.ts';
import { resealStream } from './reseal.ts';
import { sealBytes, sealedSize, sealStream } from './seal.ts';

const CHUNK = 65_536;
const SEALED_CHUNK = CHUNK + 16;
const identity = drawAgeIdentity(randomBytes(32));
const recipient = await recipientOf(identity);
const helper = drawAgeIdentity(randomBytes(32));
const helperRecipient = await recipientOf(helper);
const stranger = drawAgeIdentity(randomBytes(32));

const someBytes = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) & 0xff);
const streamOf = (bytes: Uint8Array, piece = 10_000) => {
  let at = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, at + piece));
      at += piece;
    },
  });
};
const collect = async (stream: ReadableStream<Uint8Array>) =>
  new Uint8Array(await new Response(stream as never).arrayBuffer());
const payloadStart = (sealed: Uint8Array) => {
  const text = Buffer.from(sealed).toString('latin1');
  return text.indexOf('\n', text.indexOf('\n---') + 1) + 1 + 16;
};

test('each recipient opens what was sealed to several, and nobody else does', async () => {
  for (const length of [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK]) {
    const plain = someBytes(length);
    const sealed = await collect(await sealStream(streamOf(plain), [recipient, helperRecipient]));
    assert.equal(sealed.length, sealedSize(length, 2));
    for (const each of [identity, helper]) {
      const opened = await openBytes(sealed, [stranger, each]);
      assert.ok(opened.ok);
      assert.deepEqual(opened.plain, plain);
    }
    assert.deepEqual(await openBytes(sealed, [stranger]), { ok: false, reason: 'not-for-this-key' });
    assert.deepEqual(await openBytes(sealed, []), { ok: false, reason: 'not-for-this-key' });
  }
});

test('the plain age program opens what we sealed, and we open what it sealed', async () => {
  for (const length of [0, 5, CHUNK, 2 * CHUNK + 7]) {
    const plain = someBytes(length);
    const ours = await sealBytes(plain, [recipient, helperRecipient]);
    for (const each of [identity, helper]) assert.deepEqual(openWithProgram(ours, each), plain);
    const theirs = await openBytes(sealWithProgram(plain, [recipient, helperRecipient]), [helper]);
    assert.ok(theirs.ok);
    assert.deepEqual(theirs.plain, plain);
  }
});

test('the plain age program opens a whole case with the key of its code', async () => {
  const keys = await deriveReceiptKeys(drawReceiptCode(randomBytes(12)), {
    memoryKiB: 64,
    passes: 1,
    lanes: 1,
  });
  const sealing = await sealCase({ ...EMPTY_CASE, notes: 'ñ, صورة' }, [keys.recipient]);
  assert.ok(sealing.ok);
  const opened = openWithProgram(base64urlnopad.decode(sealing.sealed), keys.caseKey);
  assert.equal(JSON.parse(Buffer.from(opened).toString()).notes, 'ñ, صورة');
});

test('a stream that ends early, at any place, is never taken for a whole one', async () => {
  const sealed = await sealBytes(someBytes(2 * CHUNK + 100), [recipient]);
  const start = payloadStart(sealed);
  const at = [0, 1, 10, start - 20, start - 1, start, start + 1];
  for (const chunk of [1, 2]) at.push(start + chunk * SEALED_CHUNK, start + chunk * SEALED_CHUNK + 5);
  at.push(sealed.length - 1);
  for (const cut of at) {
    const opened = await openBytes(sealed.subarray(0, cut), [identity], { sealedBytes: sealed.length });
    assert.equal(opened.ok, false);
    assert.equal(!opened.ok && opened.reason, cut === 0 ? 'foreign-format' : 'truncated', `cut at ${cut}`);
  }
  // Without the size a cut at a chunk's edge is still told from a change; one inside a chunk is not.
  const edge = await openBytes(sealed.subarray(0, start + SEALED_CHUNK), [identity]);
  assert.deepEqual(edge, { ok: false, reason: 'truncated', chunk: 0 });
  const inside = await openBytes(sealed.subarray(0, start + SEALED_CHUNK + 90), [identity]);
  assert.deepEqual(inside, { ok: false, reason: 'changed', chunk: 1 });
});

test('chunks in another order, doubled, left out or followed by more are named as such', async () => {
  const sealed = await sealBytes(someBytes(4 * CHUNK + 100), [recipient]);
  const start = payloadStart(sealed);
  const head = sealed.subarray(0, start);
  const chunk = (n: number) => sealed.subarray(start + n * SEALED_CHUNK, start + (n + 1) * SEALED_CHUNK);
  const opening = async (...parts: Uint8Array[]) => openBytes(Buffer.concat([head, ...parts]), [identity]);
  const reordered = (at: number) => ({ ok: false, reason: 'reordered', chunk: at });
  assert.deepEqual(await opening(chunk(0), chunk(2), chunk(1), chunk(3), chunk(4)), reordered(1));
  assert.deepEqual(await opening(chunk(0), chunk(0), chunk(1), chunk(2), chunk(3), chunk(4)), reordered(1));
  assert.deepEqual(await opening(chunk(0), chunk(1), chunk(3), chunk(4)), reordered(2));
  const short = await sealBytes(someBytes(CHUNK), [recipient]);
  assert.deepEqual(await openBytes(Buffer.concat([short, randomBytes(40)]), [identity]), {
    ok: false,
    reason: 'appended',
    chunk: 0,
  });
});

test('one byte changed anywhere keeps the file shut, and says whether header or content', async () => {
  const sealed = await sealBytes(someBytes(CHUNK + 500), [recipient, helperRecipient]);
  const start = payloadStart(sealed);
  await fc.assert(
    fc.asyncProperty(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const changed = Uint8Array.from(sealed);
      changed[at]! ^= by;
      const opened = await openBytes(changed, [identity]);
      assert.equal(opened.ok, false);
      if (opened.ok) return;
      if (at >= start)
        assert.deepEqual(opened, { ok: false, reason: 'changed', chunk: at < start + SEALED_CHUNK ? 0 : 1 });
      else assert.notEqual(opened.reason, 'reordered');
    }),
    { numRuns: 80 },
  );
  // In the nonce before the first chunk nothing opens any more.
  const nonce = Uint8Array.from(sealed);
  nonce[start - 1]! ^= 1;
  assert.deepEqual(await openBytes(nonce, [identity]), { ok: false, reason: 'changed', chunk: 0 });
});

test('what is no age file, or an endless header, is foreign and is not read on', async () => {
  for (const bytes of [
    randomBytes(500),
    Buffer.from('-----BEGIN AGE ENCRYPTED FILE-----\nYWdl'),
    Buffer.from('{}'.repeat(20)),
  ])
    assert.deepEqual(await openBytes(bytes, [identity]), { ok: false, reason: 'foreign-format' });
  let pulled = 0;
  let left = false;
  const endless = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        controller.enqueue(pulled === 0 ? Buffer.from('age-encryption.org/v1\n') : Buffer.alloc(1_000, 0x41));
        pulled += 1;
      },
      cancel: () => {
        left = true;
      },
    },
    { highWaterMark: 0 },
  );
  assert.deepEqual(await openStream(endless, [identity]), { ok: false, reason: 'foreign-format' });
  assert.ok(left);
  assert.ok(pulled < 80);
});

test('sealing keeps a few chunks in memory, however long the source and slow the reader', async () => {
  let given = 0;
  const source = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        given += 1;
        controller.enqueue(new Uint8Array(CHUNK));
      },
    },
    { highWaterMark: 0 },
  );
  const sealed = await sealStream(source, [recipient]);
  const opened = await openStream(sealed, [identity]);
  assert.ok(opened.ok);
  const reader = opened.plain.getReader();
  for (let read = 1; read <= 50; read++) {
    const { value } = await reader.read();
    assert.equal(value?.length, CHUNK);
    assert.ok(given - read <= 10, `read ${read}, given ${given}`);
  }
  await reader.cancel();
});

test('a source that breaks off in the middle of sealing breaks the sealing, and a reader that leaves ends the source', async () => {
  let sent = 0;
  const breaking = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1;
      if (sent > 3) controller.error(new Error('network'));
      else controller.enqueue(new Uint8Array(CHUNK));
    },
  });
  await assert.rejects(collect(await sealStream(breaking, [recipient])), /network/);
  let left = false;
  const watched = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(CHUNK)),
    cancel: () => {
      left = true;
    },
  });
  const reader = (await sealStream(watched, [recipient])).getReader();
  await reader.read();
  await reader.cancel();
  // It passes through the pipes turn by turn.
  while (!left) await new Promise((go) => setTimeout(go));
});

test('re-sealing changes who can open and nothing else, with another file key', async () => {
  const plain = someBytes(2 * CHUNK + 9);
  const before = await sealBytes(plain, [recipient, helperRecipient]);
  const outcome = await resealStream(streamOf(before), [identity], [recipient]);
  assert.ok(outcome.ok);
  const after = await collect(outcome.sealed);
  assert.deepEqual(await openBytes(after, [helper]), { ok: false, reason: 'not-for-this-key' });
  const opened = await openBytes(after, [identity]);
  assert.ok(opened.ok);
  assert.deepEqual(opened.plain, plain);
  // The old header with the new payload opens for nobody: the file key is another.
  const mixed = Buffer.concat([
    before.subarray(0, payloadStart(before) - 16),
    after.subarray(payloadStart(after) - 16),
  ]);
  assert.equal((await openBytes(mixed, [helper])).ok, false);
  // A file that breaks off while it is re-sealed gives no whole new one.
  const broken = await resealStream(streamOf(before.subarray(0, before.length - 9)), [identity], [recipient]);
  assert.ok(broken.ok);
  await assert.rejects(collect(broken.sealed), SealBroken);
  const foreign = await resealStream(streamOf(before), [stranger], [recipient]);
  assert.deepEqual(foreign, { ok: false, reason: 'not-for-this-key' });
});

test('recipients are read as people paste them, and a secret key among them is named', async () => {
  assert.deepEqual(readRecipient(`  ${recipient.toUpperCase()}\n`), { ok: true, recipient });
  assert.equal(parseAgeRecipient(recipient), recipient);
  assert.equal(parseAgeIdentity(identity), identity);
  const reasonOf = (text: string) => {
    const reading = readRecipient(text);
    return reading.ok ? 'ok' : reading.reason;
  };
  assert.equal(reasonOf(''), 'empty');
  assert.equal(reasonOf(identity), 'secret-key');
  assert.equal(reasonOf('age1pq1qqqq'), 'other-kind');
  assert.equal(reasonOf(recipient.slice(0, -1)), 'not-a-recipient');
  assert.equal(
    reasonOf(`${recipient.slice(0, -1)}${recipient.endsWith('q') ? 'p' : 'q'}`),
    'not-a-recipient',
  );
  fc.assert(
    fc.property(fc.string(), (text) => assert.notEqual(reasonOf(text), 'ok')),
    { numRuns: 100 },
  );
  for (const wrong of ['nonsense', identity.toLowerCase(), recipient])
    assert.throws(
      () => parseAgeIdentity(wrong),
      (error: Error) => !error.message.includes(wrong),
    );
  assert.throws(() => drawAgeIdentity(new Uint8Array(31)), RangeError);
});

test('recipients that cannot be sealed to are refused before anything is sealed, and are not repeated', async () => {
  const refuses = (recipients: readonly unknown[]) =>
    sealBytes(new Uint8Array(1), recipients as AgeRecipient[]);
  await assert.rejects(refuses([]), RangeError);
  await assert.rejects(refuses([recipient, recipient]), RangeError);
  await assert.rejects(refuses(Array.from({ length: 13 }, (_, n) => `${recipient}${n}`)), RangeError);
  for (const wrong of ['age1nonsense', identity])
    await assert.rejects(
      refuses([wrong]),
      (error: Error) => error instanceof TypeError && !error.message.includes(wrong),
    );
  await assert.rejects(openBytes(await refuses([recipient]), ['nonsense' as Identity]), TypeError);
});

test('what is sealed twice is never the same, and its digest is that of what was read', async () => {
  const plain = someBytes(70_000);
  const [one, two] = [await sealBytes(plain, [recipient]), await sealBytes(plain, [recipient])];
  assert.notDeepEqual(one, two);
  const opened = await openBytes(one, [identity]);
  assert.ok(opened.ok);
  const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  assert.equal(digest(opened.plain), digest(plain));
});
