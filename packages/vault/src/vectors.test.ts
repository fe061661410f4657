import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { base64urlnopad, hex } from '@scure/base';
import { capabilitySha256, drawCapability } from './capability.ts';
import { type Entry, padEntry, parseThreadId, readEntry, signEntry } from './messages/entry.ts';
import { unlockHelperKey } from './messages/helper-file.ts';
import { openRing } from './messages/keyring.ts';
import { keyWords, partyKeys } from './messages/party.ts';
import { openShared, sealShared } from './messages/shared-items.ts';
import { readThread } from './messages/thread.ts';
import {
  drawSplitKey,
  joinHalves,
  openAnswer,
  openAsk,
  openHalf,
  sealAnswer,
  sealAsk,
  sealHalf,
} from './messages/two-person.ts';
import { drawReceiptCode, parseReceiptCode, receiptDigits } from './receipt-code.ts';
import { deriveReceiptKeys } from './receipt-keys.ts';
import { callOf, openLinePart, sealLinePart } from './recovery/line-part.ts';
import { openEnvelope, recoveryKeys, sealEnvelope } from './recovery/recovery-keys.ts';
import { readShare, shareDigits, shareWords } from './recovery/share-paper.ts';
import { combineShares, drawRecovery } from './recovery/shares.ts';
import { drawAgeIdentity, parseAgeIdentity, recipientOf } from './sealing/age-key.ts';
import { openWithProgram } from './sealing/age-program.fixture.ts';
import { openBytes } from './sealing/open.ts';

const document = readFileSync(path.join(import.meta.dirname, '../../../docs/vault.md'), 'utf8');

/** The vector of a name: the block that opens with ```json NAME. */
// biome-ignore lint/suspicious/noExplicitAny: each test knows the shape of its own block
function vector(name: string): any {
  const block = new RegExp(`^\`\`\`json ${name}\\n([\\s\\S]*?)\\n\`\`\`$`, 'm').exec(document)?.[1];
  assert.ok(block, `docs/vault.md has a block named ${name}`);
  return JSON.parse(block);
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test('the receipt code of the document comes out of its random bytes, and back from words and digits', () => {
  const { random, words, digits } = vector('receipt-code');
  const code = drawReceiptCode(hex.decode(random));
  assert.equal(code, words);
  assert.equal(receiptDigits(code).join(' '), digits);
  for (const typed of [words, digits]) assert.deepEqual(parseReceiptCode(typed), { ok: true, code });
});

test('the keys of the document follow from its code at the real cost', async () => {
  const { code, ...expected } = vector('receipt-keys');
  const parsed = parseReceiptCode(code);
  assert.ok(parsed.ok);
  assert.deepEqual({ ...(await deriveReceiptKeys(parsed.code)) }, expected);
});

test('the capability of the document and its digest come out', async () => {
  const { random, capability, sha256 } = vector('capability');
  assert.equal(drawCapability(hex.decode(random)), capability);
  assert.equal(await capabilitySha256(capability), sha256);
});

test('each identity of the document opens its sealed file, with our code and with the age program', async () => {
  const { recipients, plain, sealed } = vector('sealed-item');
  for (const { random, identity, recipient } of recipients) {
    assert.equal(drawAgeIdentity(hex.decode(random)), identity);
    assert.equal(await recipientOf(identity), recipient);
    const opened = await openBytes(base64urlnopad.decode(sealed), [identity]);
    assert.ok(opened.ok);
    assert.equal(text(opened.plain), plain);
    assert.equal(text(openWithProgram(base64urlnopad.decode(sealed), identity)), plain);
  }
});

test('the shares of the document come out of its random bytes, and any two give its key', async () => {
  const { random, key, shares } = vector('recovery-shares');
  const drawn = await drawRecovery(hex.decode(random));
  assert.equal(hex.encode(drawn.key), key);
  for (const [at, share] of drawn.shares.entries()) {
    const { number, set, y, check, words, digits } = shares[at];
    assert.deepEqual(share, { number, set, y: hex.decode(y), check: hex.decode(check) });
    assert.equal(shareWords(share).join(' '), words);
    assert.equal(shareDigits(share).join(' '), digits);
    for (const typed of [words, digits]) assert.deepEqual(readShare(typed), { ok: true, share });
  }
  const [one, two, three] = drawn.shares;
  for (const pair of [
    [one, two],
    [three, one],
    [two, three],
  ] as const) {
    const combined = await combineShares(pair);
    assert.ok(combined.ok);
    assert.equal(hex.encode(combined.key), key);
  }
});

test('the recovery key of the document opens its envelope, and a fresh one is like it', async () => {
  const { key, code, envelope, ...expected } = vector('recovery-keys');
  const keys = await recoveryKeys(hex.decode(key));
  assert.deepEqual({ ...keys }, expected);
  assert.equal(await openEnvelope(envelope, keys), code);
  const parsed = parseReceiptCode(code);
  assert.ok(parsed.ok);
  assert.equal((await sealEnvelope(parsed.code, keys)).length, envelope.length);
});

test('the helpline’s part of the document opens, and each of the two other parts gives the words that call for it', async () => {
  const { calls, identity, recipient, sealed } = vector('line-part');
  const [own, friend, line] = vector('recovery-shares').shares.map(({ words }: { words: string }) => {
    const outcome = readShare(words);
    assert.ok(outcome.ok);
    return outcome.share;
  });
  assert.deepEqual([await callOf(own), await callOf(friend)], calls);
  assert.equal(await recipientOf(identity), recipient);
  assert.deepEqual(await openLinePart(sealed, identity), line);
  assert.match(text(openWithProgram(base64urlnopad.decode(sealed), identity)), /^reclaim recovery part 1\n/);
  assert.equal((await sealLinePart(line, [recipient])).length, sealed.length);
});

test('the party, the entry and its digest of the document come out', async () => {
  const party = vector('party');
  const keys = await partyKeys(parseAgeIdentity(party.identity));
  const { words, ...expected } = party;
  assert.deepEqual({ ...keys }, expected);
  assert.equal((await keyWords(keys)).join(' '), words);
  const { identity, entry, signed, digest } = vector('entry');
  const { signingKey } = await partyKeys(parseAgeIdentity(identity));
  const made = await signEntry(entry as Entry, signingKey);
  assert.equal(text(made.bytes), signed);
  assert.equal(made.digest, digest);
  assert.deepEqual(await readEntry(padEntry(made)), { ok: true, entry: made.entry, digest });
});

test('the thread of the document reads for both sides, and the ring gives its keys', async () => {
  const { id, person, helper, keys, rows, head } = vector('thread');
  for (const [role, { recipient, verifyKey }] of [
    ['person', person],
    ['helper', helper],
  ] as const) {
    const reading = await readThread(rows, keys, {
      id: parseThreadId(id),
      self: { recipient, verifyKey },
      role,
    });
    assert.ok(reading.ok);
    assert.deepEqual(
      reading.thread.entries.map(({ kind }) => kind),
      ['begin', 'text', 'follow-up'],
    );
    assert.deepEqual(reading.thread.head, head);
  }
  const ring = vector('keyring');
  assert.deepEqual(await openRing(ring.sealed, ring.to), ring.keys);
});

test('the shared items of the document open for both of its parties, and fresh ones are like them', async () => {
  const { person, helper, items, sealed } = vector('shared-items');
  for (const identity of [person, helper]) assert.deepEqual(await openShared(sealed, identity), items);
  assert.equal(JSON.parse(text(openWithProgram(base64urlnopad.decode(sealed), helper))).version, 2);
  const again = await sealShared(items, [await recipientOf(person), await recipientOf(helper)]);
  assert.ok(again.ok);
  assert.equal(again.sealed.length, sealed.length);
});

test('the two halves of the document come out of its random bytes, and open its original together', async () => {
  const it = vector('two-person');
  const { whole, first, second } = drawSplitKey(hex.decode(it.random));
  assert.deepEqual([whole, first, second], [it.key, it.first, it.second]);
  const helper = await partyKeys(parseAgeIdentity(it.helper));
  const other = await partyKeys(parseAgeIdentity(it.secondPerson));
  const half = await openHalf(it.sealedHalf, other.identity);
  assert.deepEqual(half, it.half);
  assert.ok(half);
  assert.equal(await openAsk(it.sealedAsk, other.identity, half), it.reason);
  const answer = await openAnswer(it.sealedAnswer, helper.identity);
  assert.equal(answer, it.second);
  const key = joinHalves(it.first, answer ?? '');
  assert.equal(key, it.key);
  assert.equal(text(openWithProgram(base64urlnopad.decode(it.sealedFile), key)), it.plain);
  for (const fresh of [
    await sealHalf(half, other.recipient),
    await sealAsk(half, it.reason, helper, other.recipient),
    await sealAnswer(half),
  ])
    assert.equal(fresh.length, it.sealedHalf.length);
});

test('the helper’s file of the document opens with its passphrase', async () => {
  const { passphrase, identity, file } = vector('helper-file');
  assert.equal(await unlockHelperKey(file, passphrase), identity);
  assert.equal(await unlockHelperKey(file, `${passphrase}.`), undefined);
});
