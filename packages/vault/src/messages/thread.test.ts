import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { base64urlnopad } from '@scure/base';
import fc from 'fast-check';
import { type AgeIdentity, drawAgeIdentity, recipientOf } from '../sealing/age-key.ts';
import { openWithProgram } from '../sealing/age-program.fixture.ts';
import { sealBytes } from '../sealing/seal.ts';
import {
  type Entry,
  type EntryWords,
  padEntry,
  parseEntry,
  parseThreadId,
  readEntry,
  signEntry,
} from './entry.ts';
import { MAX_RING_KEYS, openRing, sealRing } from './keyring.ts';
import { keyWords, type PartyKeys, parseParty, partyKeys, publicParty } from './party.ts';
import { beginThread, readThread, type SealedEntry, type Thread, writeEntry } from './thread.ts';

const NOW = Date.UTC(2027, 3, 5, 9);
const person = await partyKeys(drawAgeIdentity(randomBytes(32)));
const amal = await partyKeys(drawAgeIdentity(randomBytes(32)));
const bea = await partyKeys(drawAgeIdentity(randomBytes(32)));
const stranger = await partyKeys(drawAgeIdentity(randomBytes(32)));
const drawThread = () => parseThreadId(randomBytes(32).toString('hex'));
const drawKey = () => drawAgeIdentity(randomBytes(32));

/** A thread under way, with what the node would hold. */
async function begun() {
  const id = drawThread();
  const keys: AgeIdentity[] = [drawKey()];
  const rows: SealedEntry[] = [];
  const { head: _, ...first } = await beginThread(id, person, publicParty(amal), keys[0]!, NOW);
  rows.push(first);
  const read = async (self = person, role: 'person' | 'helper' = 'person', ring = keys) =>
    readThread(rows, ring, { id, self: publicParty(self), role });
  const now = async (): Promise<Thread> => {
    const reading = await read();
    assert.ok(reading.ok, JSON.stringify(reading));
    return reading.thread;
  };
  const say = async (self: PartyKeys, words: EntryWords) => {
    const { head: __, ...row } = await writeEntry(await now(), self, keys, words, NOW + rows.length);
    rows.push(row);
  };
  return { id, keys, rows, read, now, say };
}

const spoken = async () => {
  const thread = await begun();
  for (const [self, text] of [
    [person, 'one'],
    [amal, 'two'],
    [person, 'three'],
    [amal, 'four'],
  ] as const)
    await thread.say(self, { kind: 'text', text });
  return thread;
};

test('both sides read one thread, in order, with who said what', async () => {
  const { read } = await spoken();
  for (const [self, role] of [
    [person, 'person'],
    [amal, 'helper'],
  ] as const) {
    const reading = await read(self, role);
    assert.ok(reading.ok);
    const said = reading.thread.entries.flatMap((entry) => (entry.kind === 'text' ? [entry.text] : []));
    assert.deepEqual(said, ['one', 'two', 'three', 'four']);
    assert.equal(reading.thread.entries[2]?.by, amal.verifyKey);
    assert.equal(reading.thread.head.seq, 5);
  }
});

test('the node can read nothing: no word of an entry is in what it holds, and lengths come in three sizes', async () => {
  const { rows, say } = await begun();
  await say(person, { kind: 'text', text: 'a word of mine: quercus' });
  await say(person, { kind: 'text', text: 'x' });
  const held = rows.map(({ sealed }) => Buffer.from(base64urlnopad.decode(sealed)).toString('latin1')).join();
  assert.ok(!held.includes('quercus') && !held.includes(person.verifyKey) && !held.includes(amal.recipient));
  assert.equal(rows[1]!.sealed.length, rows[2]!.sealed.length);
});

test('an entry left out, doubled, moved or put elsewhere is named with its place', async () => {
  const one = await spoken();
  const two = await spoken();
  const reading = async (rows: readonly SealedEntry[], keys = one.keys) => {
    const read = await readThread(rows, keys, { id: one.id, self: publicParty(person), role: 'person' });
    return read.ok ? 'ok' : `${read.reason} ${read.at}`;
  };
  const renumbered = (rows: readonly SealedEntry[]) => rows.map((row, at) => ({ ...row, seq: at + 1 }));
  const { rows } = one;
  assert.equal(await reading(rows), 'ok');
  assert.equal(await reading([]), 'missing 1');
  assert.equal(await reading(rows.toSpliced(2, 1)), 'missing 3');
  assert.equal(await reading(renumbered(rows.toSpliced(2, 1))), 'broken-chain 3');
  assert.equal(await reading(renumbered(rows.toSpliced(2, 0, rows[1]!))), 'broken-chain 3');
  assert.equal(await reading(renumbered([rows[0]!, rows[2]!, rows[1]!, ...rows.slice(3)])), 'broken-chain 2');
  assert.equal(await reading(renumbered(rows.slice(1))), 'broken-chain 1');
  assert.equal(await reading(rows.with(3, { ...two.rows[3]!, seq: 4 })), 'unreadable 4');
  assert.equal(await reading(two.rows, two.keys), 'foreign-thread 1');
  assert.equal(await reading(rows.with(2, { ...rows[2]!, epoch: 1 })), 'foreign-key 3');
  assert.equal(await reading(rows, [drawKey()]), 'unreadable 1');
});

test('an end that was cut off or rewritten is found by whoever saw it before', async () => {
  const { id, rows, keys, now } = await spoken();
  const known = (await now()).head;
  const reading = async (given: readonly SealedEntry[]) =>
    readThread(given, keys, { id, self: publicParty(person), role: 'person', known });
  assert.ok((await reading(rows)).ok);
  const cut = await reading(rows.slice(0, 3));
  assert.ok(!cut.ok && cut.reason === 'cut' && cut.at === 4 && cut.upTo?.head.seq === 3);
  // A helper who wrote another fourth answer in place of the one that was read.
  const before = await readThread(rows.slice(0, 4), keys, { id, self: publicParty(amal), role: 'helper' });
  assert.ok(before.ok);
  const { head: _, ...other } = await writeEntry(
    before.thread,
    amal,
    keys,
    { kind: 'text', text: 'never' },
    NOW,
  );
  const rewritten = await reading([...rows.slice(0, 4), other]);
  assert.ok(!rewritten.ok && rewritten.reason === 'rewritten' && rewritten.at === 5);
});

test('one byte changed in any entry is named with its place', async () => {
  const { id, rows, keys } = await spoken();
  await fc.assert(
    fc.asyncProperty(fc.nat(4), fc.nat(2_000), fc.integer({ min: 1, max: 255 }), async (which, where, by) => {
      const bytes = base64urlnopad.decode(rows[which]!.sealed);
      bytes[where % bytes.length]! ^= by;
      const changed = rows.with(which, { ...rows[which]!, sealed: base64urlnopad.encode(bytes) });
      const reading = await readThread(changed, keys, { id, self: publicParty(person), role: 'person' });
      assert.ok(!reading.ok && reading.reason === 'unreadable' && reading.at === which + 1);
    }),
    { numRuns: 60 },
  );
});

test('who has the thread’s key but is no party of it can add nothing', async () => {
  const { rows, keys, now, read } = await spoken();
  const { head: _, ...forged } = await writeEntry(
    await now(),
    stranger,
    keys,
    { kind: 'text', text: 'x' },
    NOW,
  );
  rows.push(forged);
  const reading = await read();
  assert.ok(!reading.ok && reading.reason === 'foreign-writer' && reading.at === 6);
  // Nor in the name of somebody else: the signature is not theirs.
  const thread = reading.upTo!;
  const signed = await signEntry(
    {
      version: 1,
      thread: thread.id,
      seq: 6,
      prev: thread.head.digest,
      at: NOW,
      by: amal.verifyKey,
      kind: 'text',
      text: 'x',
    },
    stranger.signingKey,
  );
  const sealed = base64urlnopad.encode(await sealBytes(padEntry(signed), [await recipientOf(keys[0]!)]));
  rows[5] = { seq: 6, epoch: 0, sealed };
  const again = await read();
  assert.ok(!again.ok && again.reason === 'signature' && again.at === 6);
});

test('each side says only what is its own to say, and after the close nobody says anything', async () => {
  const refusedAt = async (self: PartyKeys, words: EntryWords) => {
    const { say, read } = await begun();
    await say(self, words);
    const reading = await read();
    return reading.ok ? 'ok' : reading.reason;
  };
  const share = { kind: 'share', grant: 'g-1', items: 2, until: NOW + 1 } as const;
  assert.equal(await refusedAt(person, share), 'ok');
  assert.equal(await refusedAt(amal, share), 'not-allowed');
  assert.equal(await refusedAt(amal, { kind: 'contact', way: 'x', safe: 'yes' }), 'not-allowed');
  assert.equal(await refusedAt(amal, { kind: 'done', of: 1 }), 'not-allowed');
  assert.equal(
    await refusedAt(person, {
      kind: 'begin',
      person: publicParty(person),
      helper: publicParty(amal),
      key: amal.recipient,
    }),
    'not-allowed',
  );
  const { say, read } = await begun();
  await say(amal, { kind: 'close' });
  const closed = await read();
  assert.ok(closed.ok && closed.thread.closed);
  await say(person, { kind: 'text', text: 'x' });
  const reading = await read();
  assert.ok(!reading.ok && reading.reason === 'not-allowed' && reading.at === 3);
});

test('days to look again stand in order until somebody says that they are done', async () => {
  const { say, now } = await begun();
  await say(amal, { kind: 'follow-up', day: '2027-05-02', who: 'helper', note: 'ask the host again' });
  await say(person, { kind: 'follow-up', day: '2027-04-20', who: 'person', note: '' });
  assert.deepEqual(
    (await now()).followUps.map(({ day }) => day),
    ['2027-04-20', '2027-05-02'],
  );
  await say(amal, { kind: 'done', of: 3 });
  assert.deepEqual(
    (await now()).followUps.map(({ day }) => day),
    ['2027-05-02'],
  );
});

test('a hand-over gives the whole thread to the next helper, and its new key shuts the one before out', async () => {
  const { id, keys, rows, say, read, now } = await spoken();
  await say(amal, { kind: 'hand-over', to: publicParty(bea) });
  const ring = await openRing(await sealRing(keys, bea.recipient), bea.identity);
  assert.deepEqual(ring, keys);
  const taken = await readThread(rows, ring!, { id, self: publicParty(bea), role: 'helper' });
  assert.ok(taken.ok && taken.thread.awaitsRekey);
  const before = [...keys];
  keys.push(drawKey());
  await say(bea, { kind: 'rekey', key: await recipientOf(keys[1]!) });
  await say(person, { kind: 'text', text: 'after' });
  const thread = await now();
  assert.equal(thread.epoch, 1);
  assert.ok(!thread.awaitsRekey);
  assert.equal(rows.at(-1)?.epoch, 1);
  // With the old ring the thread ends where the key changed.
  const old = await read(amal, 'helper', before);
  assert.ok(!old.ok && old.reason === 'foreign-key' && old.at === 7);
  await say(amal, { kind: 'text', text: 'still here' });
  const reading = await read();
  assert.ok(!reading.ok && reading.reason === 'foreign-writer' && reading.at === 9);
});

test('a ring with a key that no entry announced, or of somebody else, is refused', async () => {
  const { id, keys, rows, say } = await spoken();
  keys.push(drawKey());
  await say(person, { kind: 'rekey', key: await recipientOf(keys[1]!) });
  const slipped = [keys[0]!, drawKey()];
  const reading = await readThread(rows, slipped, { id, self: publicParty(person), role: 'person' });
  assert.ok(!reading.ok && reading.reason === 'foreign-key' && reading.at === 6);
  const sealed = await sealRing(keys, person.recipient);
  assert.equal(await openRing(sealed, stranger.identity), undefined);
  for (const wrong of ['', 'AAAA', 'é', sealed.slice(1), 'A'.repeat(10_000)])
    assert.equal(await openRing(wrong, person.identity), undefined);
  await assert.rejects(sealRing([], person.recipient), RangeError);
  await assert.rejects(
    sealRing(Array<AgeIdentity>(MAX_RING_KEYS + 1).fill(keys[0]!), person.recipient),
    RangeError,
  );
});

test('a thread in which one is not the side that one takes oneself for is refused', async () => {
  const { id, keys, rows } = await spoken();
  // The node plays a person who wrote to this person as if they were a helper.
  const reading = await readThread(rows, keys, { id, self: publicParty(amal), role: 'person' });
  assert.ok(!reading.ok && reading.reason === 'foreign-thread');
});

test('two tabs that write the same place are told apart, and the second is laid upon the first', async () => {
  const { keys, rows, now, read } = await spoken();
  const before = await now();
  const one = await writeEntry(before, person, keys, { kind: 'text', text: 'tab one' }, NOW);
  const two = await writeEntry(before, person, keys, { kind: 'text', text: 'tab two' }, NOW);
  assert.equal(one.seq, two.seq);
  rows.push({ seq: one.seq, epoch: one.epoch, sealed: one.sealed });
  // The node refuses the second at the same place; put behind the first as it is, the chain would be broken.
  rows.push({ seq: two.seq + 1, epoch: two.epoch, sealed: two.sealed });
  const broken = await read();
  assert.ok(!broken.ok && broken.reason === 'broken-chain');
  rows.pop();
  const again = await writeEntry(await now(), person, keys, { kind: 'text', text: 'tab two' }, NOW);
  rows.push({ seq: again.seq, epoch: again.epoch, sealed: again.sealed });
  assert.ok((await read()).ok);
});

test('entries are read strictly: unknown kinds, fields and days are refused, a later version is named', async () => {
  const base = {
    version: 1,
    thread: '0'.repeat(64),
    seq: 1,
    prev: '0'.repeat(64),
    at: NOW,
    by: person.verifyKey,
  };
  const good = parseEntry({ ...base, kind: 'text', text: 'ñ صورة 🙂' });
  const wrong: unknown[] = [
    null,
    [],
    { ...base },
    { ...base, kind: 'note', text: 'x' },
    { ...base, kind: 'text', text: '' },
    { ...base, kind: 'text', text: 'x'.repeat(4_001) },
    { ...base, kind: 'text', text: '\ud800' },
    { ...base, kind: 'text', text: 'x', more: 1 },
    { ...base, kind: 'text', text: 'x', seq: 0 },
    { ...base, kind: 'close', version: 2 },
    { ...base, kind: 'follow-up', day: '2027-02-30', who: 'helper', note: '' },
    { ...base, kind: 'follow-up', day: '2027-02-03', who: 'nobody', note: '' },
    { ...base, kind: 'contact', way: 'x', safe: 'no' },
    { ...base, kind: 'share', grant: 'G', items: 1, until: NOW },
    { ...base, kind: 'rekey', key: 'age1x' },
  ];
  for (const value of wrong) assert.throws(() => parseEntry(value), TypeError);
  const signed = await signEntry(good, person.signingKey);
  assert.deepEqual(await readEntry(padEntry(signed)), { ok: true, entry: good, digest: signed.digest });
  const newer = { ...base, version: 2, kind: 'hologram' } as unknown as Entry;
  await assert.rejects(signEntry(newer, person.signingKey), TypeError);
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
      assert.equal((await readEntry(bytes)).ok, false);
    }),
    { numRuns: 100 },
  );
  await assert.rejects(
    signEntry({ ...good, text: '🙂'.repeat(2_001) } as Entry, person.signingKey),
    TypeError,
  );
  assert.ok(
    (await signEntry({ ...good, text: '\u0001'.repeat(2_000) } as Entry, person.signingKey)).bytes.length >
      4_096,
  );
});

test('what follows from a party’s one key is the same everywhere, and its words change with either half', async () => {
  const again = await partyKeys(person.identity);
  assert.deepEqual(again, person);
  const words = await keyWords(person);
  assert.equal(words.length, 5);
  assert.deepEqual(await keyWords(publicParty(person)), words);
  assert.notDeepEqual(await keyWords({ ...publicParty(person), verifyKey: amal.verifyKey }), words);
  assert.notDeepEqual(await keyWords({ ...publicParty(person), recipient: amal.recipient }), words);
  assert.deepEqual(parseParty({ ...publicParty(person) }), publicParty(person));
  for (const wrong of [
    undefined,
    {},
    { ...publicParty(person), name: 'x' },
    { recipient: 'x', verifyKey: 'y' },
  ])
    assert.throws(() => parseParty(wrong), TypeError);
});

test('the plain age program opens an entry with the thread’s key', async () => {
  const { rows, keys } = await spoken();
  const text = Buffer.from(openWithProgram(base64urlnopad.decode(rows[1]!.sealed), keys[0]!)).toString();
  assert.equal(JSON.parse(text.slice(129)).text, 'one');
});
