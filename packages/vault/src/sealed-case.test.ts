import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { EMPTY_NOTICE } from '@reclaim/casework/takedown/takedown-record';
import { parsePdqHash, parsePipeline, parseSha256 } from '@reclaim/fingerprint/signal';
import { base64urlnopad } from '@scure/base';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import fc from 'fast-check';
import { type Capability, capabilitySha256, drawCapability, parseCapability } from './capability.ts';
import {
  type CaseDocument,
  type CaseSignal,
  EMPTY_CASE,
  MAX_COPIES,
  MAX_SIGNALS,
  parseCase,
  readCase,
} from './case-document.ts';
import { parseEntryDigest, parseThreadId } from './messages/entry.ts';
import { drawReceiptCode } from './receipt-code.ts';
import { type CaseKey, type CaseRecipient, deriveReceiptKeys } from './receipt-keys.ts';
import { CASE_SIZES, MAX_RECIPIENTS, MAX_SEALED_LENGTH, openCase, sealCase } from './sealed-case.ts';
import { drawAgeIdentity } from './sealing/age-key.ts';

const keys = await deriveReceiptKeys(drawReceiptCode(randomBytes(12)), {
  memoryKiB: 64,
  passes: 1,
  lanes: 1,
});

function caseSignal(n: number): CaseSignal {
  const capability = drawCapability(new Uint8Array(32).fill(n));
  const base = { label: 'صورة 1 ñ', picture: `p-${n}`, bankedAt: 86_400_000 * 20_000, capability };
  return n % 2 === 0
    ? { ...base, kind: 'pdq' }
    : {
        ...base,
        kind: 'pdq',
        signal: {
          kind: 'pdq',
          value: parsePdqHash('5a'.repeat(32)),
          quality: 100,
          pipeline: parsePipeline('reclaim-pdq-1'),
        },
      };
}

const full: CaseDocument = {
  version: 3,
  signals: [
    caseSignal(1),
    caseSignal(2),
    { ...caseSignal(4), kind: 'sha256', signal: { kind: 'sha256', value: parseSha256('c3'.repeat(32)) } },
  ],
  answers: { door: 'happening', country: 'es' },
  notes: 'first line\nsecond "line" 🙂',
  takedowns: [
    {
      link: 'https://social.example/صورة?a=1',
      events: [
        { type: 'added', track: 'host', at: 1_795_165_200_000 },
        {
          type: 'sent',
          track: 'host',
          at: 1_795_165_300_000,
          channel: 'x-tida',
          regimes: ['us-tida'],
          complete: ['us-tida'],
          pins: { 'US-TIDA-REMOVE': '2026-05-19' },
          proof: 'receipt',
          number: 'N-1',
          contact: true,
          text: 't-1',
        },
        { type: 'escalated', track: 'host', at: 1_795_165_400_000, office: 'ftc' },
      ],
    },
  ],
  sentTexts: [
    { id: 't-1', at: 1_795_165_300_000, language: 'en', subject: 'Request', body: 'Please remove\nاحذف' },
  ],
  notice: {
    ...EMPTY_NOTICE,
    standing: 'depicted',
    country: 'US',
    declarations: [{ id: 'good-faith', version: '1', atMs: 1_795_165_200_000 }],
    signature: { kind: 'typed', text: 'A. Person', pseudonym: false },
  },
  threads: [
    {
      id: parseThreadId('7a'.repeat(32)),
      secret: drawCapability(new Uint8Array(32).fill(9)),
      identity: drawAgeIdentity(new Uint8Array(32).fill(9)),
      helper: { id: `stf_${'0'.repeat(32)}`, name: 'Amal' },
      beganAt: 86_400_000 * 20_000,
      head: { seq: 3, digest: parseEntryDigest('7b'.repeat(32)) },
      read: 2,
      shares: [{ share: 's-1', items: ['notes'], until: 86_400_000 * 20_030 }],
    },
  ],
  recovery: { cancel: drawCapability(new Uint8Array(32).fill(8)), madeAt: 86_400_000 * 20_000 },
  copies: '{"a list":"of marked copies"}',
};

async function sealed(document: CaseDocument, recipients: readonly CaseRecipient[] = [keys.recipient]) {
  const sealing = await sealCase(document, recipients);
  assert.ok(sealing.ok);
  return sealing.sealed;
}

test('a case opens as it was sealed', async () => {
  for (const document of [EMPTY_CASE, full])
    assert.deepEqual(await openCase(await sealed(document), keys.caseKey), { ok: true, document });
});

test('a case of the first version opens with nothing to take down in it', async () => {
  const first = JSON.stringify({
    version: 1,
    signals: full.signals,
    answers: full.answers,
    notes: full.notes,
  });
  const reading = readCase(first);
  const { recovery: _, copies: __, ...withoutRecovery } = full;
  assert.deepEqual(reading, {
    ok: true,
    document: { ...withoutRecovery, takedowns: [], sentTexts: [], notice: EMPTY_NOTICE, threads: [] },
  });
  assert.equal(readCase(first.replace('"notes"', '"takedowns":[],"notes"')).ok, false);
  const later = readCase(first.replace('"version":1', '"version":4'));
  assert.deepEqual(later, { ok: false, reason: 'newer' });
});

test('a case of the second version opens with no sent text and no list of copies in it, and may have none', () => {
  const { sentTexts, copies: _, ...rest } = full;
  const takedowns = full.takedowns.map(({ link, events }) => ({
    link,
    events: events.map((event) => {
      const { text: __, ...old } = event as typeof event & { text?: string };
      return old;
    }),
  }));
  const second = { ...rest, takedowns, version: 2 };
  const reading = readCase(JSON.stringify(second));
  assert.deepEqual(reading, { ok: true, document: { ...second, version: 3, sentTexts: [] } });
  assert.equal(readCase(JSON.stringify({ ...second, sentTexts })).ok, false);
  assert.equal(readCase(JSON.stringify({ ...second, copies: 'a list' })).ok, false);
});

test('an ordinary age program opens a case with the key of the code and reads JSON', async () => {
  const file = base64urlnopad.decode(await sealed(full));
  assert.match(Buffer.from(file).toString('latin1'), /^age-encryption\.org\/v1\n-> X25519 /);
  const age = new Decrypter();
  age.addIdentity(keys.caseKey);
  assert.deepEqual(JSON.parse(await age.decrypt(file, 'text')), full);
});

test('the length of a sealed case tells one of four sizes and nothing finer', async () => {
  const lengths = new Set<number>();
  for (let notes = 0; notes <= 8_000; notes += 500)
    lengths.add((await sealed({ ...EMPTY_CASE, notes: 'x'.repeat(notes) })).length);
  assert.equal(lengths.size, 2);
  const signals = Array.from({ length: MAX_SIGNALS }, (_, n) => caseSignal(2 * n + 1));
  const most = { ...EMPTY_CASE, signals, notes: '🙂'.repeat(4_000) };
  const length = (await sealed(most, Array<CaseRecipient>(MAX_RECIPIENTS).fill(keys.recipient))).length;
  assert.ok(length <= MAX_SEALED_LENGTH);
  assert.ok(base64urlnopad.decode(await sealed(most)).length > CASE_SIZES[2]!);
});

test('a case too long to be kept says so', async () => {
  const takedowns = Array.from({ length: 200 }, (_, n) => ({
    link: `https://a.example/${n}${'a'.repeat(1_900)}`,
    events: [],
  }));
  assert.deepEqual(await sealCase({ ...EMPTY_CASE, takedowns }, [keys.recipient]), {
    ok: false,
    reason: 'too-long',
  });
});

test('a case opens for each recipient it was sealed to and for no other', async () => {
  const friend = (await generateX25519Identity()) as CaseKey;
  const stranger = (await generateX25519Identity()) as CaseKey;
  const text = await sealed(full, [keys.recipient, (await identityToRecipient(friend)) as CaseRecipient]);
  assert.ok((await openCase(text, keys.caseKey)).ok);
  assert.ok((await openCase(text, friend)).ok);
  assert.deepEqual(await openCase(text, stranger), { ok: false, reason: 'unreadable' });
});

test('a case that was changed anywhere stays shut', async () => {
  const file = base64urlnopad.decode(await sealed(full));
  await fc.assert(
    fc.asyncProperty(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const changed = Uint8Array.from(file);
      changed[at]! ^= by;
      assert.deepEqual(await openCase(base64urlnopad.encode(changed), keys.caseKey), {
        ok: false,
        reason: 'unreadable',
      });
    }),
    { numRuns: 80 },
  );
  for (const cut of [0, 1, 100, file.length - 1])
    assert.equal((await openCase(base64urlnopad.encode(file.subarray(0, cut)), keys.caseKey)).ok, false);
});

test('what is no case at all stays shut without an error', async () => {
  const refused = { ok: false, reason: 'unreadable' };
  for (const text of ['', 'AAAA', 'not base64!', 'é', 'A'.repeat(MAX_SEALED_LENGTH + 1)])
    assert.deepEqual(await openCase(text, keys.caseKey), refused);
  await fc.assert(
    fc.asyncProperty(fc.string(), async (text) => {
      assert.deepEqual(await openCase(text, keys.caseKey), refused);
    }),
    { numRuns: 30 },
  );
});

test('what somebody else sealed to the case is read strictly', async () => {
  const seal = async (plain: string | Uint8Array) => {
    const age = new Encrypter();
    age.addRecipient(keys.recipient);
    return base64urlnopad.encode(await age.encrypt(plain));
  };
  const malformed = { ok: false, reason: 'malformed' };
  for (const plain of ['', 'null', '[]', '{"version":0}', '\ufeff{}', `${JSON.stringify(full)} x`])
    assert.deepEqual(await openCase(await seal(plain), keys.caseKey), malformed, plain);
  assert.deepEqual(await openCase(await seal(Uint8Array.of(0x22, 0xff, 0x22)), keys.caseKey), {
    ok: false,
    reason: 'unreadable',
  });
  assert.deepEqual(await openCase(await seal('{"version":4,"anything":[]}'), keys.caseKey), {
    ok: false,
    reason: 'newer',
  });
});

test('a document with a field unknown, missing, too long or of another kind is refused as a whole', () => {
  const [signal] = full.signals;
  const wrong: unknown[] = [
    { ...full, more: 1 },
    { ...full, notes: undefined },
    { ...full, notes: 'x'.repeat(8_001) },
    { ...full, notes: '\ud800' },
    { ...full, version: '1' },
    { ...full, answers: { UPPER: 'x' } },
    { ...full, answers: [] },
    { ...full, signals: [signal, signal] },
    { ...full, signals: Array.from({ length: 33 }, (_, n) => caseSignal(n)) },
    { ...full, signals: [{ ...signal, kind: 'sha256' }] },
    { ...full, signals: [{ ...signal, bankedAt: 1 }] },
    { ...full, signals: [{ ...signal, bankedAt: -86_400_000 }] },
    { ...full, signals: [{ ...signal, capability: 'short' }] },
    { ...full, signals: [{ ...signal, label: 'x'.repeat(81) }] },
    { ...full, signals: [{ ...signal, picture: 'Ünïcode' }] },
    { ...full, signals: [{ ...signal, signal: { ...signal!.signal, quality: 101 } }] },
    { ...full, signals: [{ ...signal, signal: { ...signal!.signal, value: 'zz' } }] },
    { ...full, signals: [{ ...signal, case: 'x' }] },
    { ...full, takedowns: [{ link: 'javascript:0', events: [] }] },
    { ...full, takedowns: undefined },
    { ...full, notice: { ...full.notice, country: 'Spain' } },
    { ...full, notice: { ...full.notice, more: 1 } },
    { ...full, threads: [full.threads[0], full.threads[0]] },
    { ...full, threads: [{ ...full.threads[0], more: 1 }] },
    { ...full, threads: [{ ...full.threads[0], identity: 'AGE-SECRET-KEY-1X' }] },
    { ...full, threads: [{ ...full.threads[0], helper: { id: 'x', name: 'Amal' } }] },
    { ...full, threads: [{ ...full.threads[0], beganAt: 5 }] },
    { ...full, recovery: { ...full.recovery, madeAt: -1 } },
    { ...full, copies: ['a list'] },
    { ...full, copies: 'x'.repeat(MAX_COPIES + 1) },
  ];
  for (const value of wrong) {
    assert.throws(() => parseCase(value), TypeError);
    assert.deepEqual(readCase(JSON.stringify(value)).ok, false);
  }
  assert.deepEqual(parseCase(full), full);
  const hostile = readCase('{"version":1,"signals":[],"answers":{"__proto__":"x"},"notes":""}');
  assert.equal(hostile.ok, false);
});

test('keys, recipients and capabilities of another form are the caller’s error and are not repeated', async () => {
  await assert.rejects(openCase('AAAA', 'SECRET-nonsense' as CaseKey), (error: Error) => {
    return error instanceof TypeError && !error.message.includes('nonsense');
  });
  await assert.rejects(sealCase(full, ['age1nonsense' as CaseRecipient]), (error: Error) => {
    return error instanceof TypeError && !error.message.includes('nonsense');
  });
  await assert.rejects(sealCase(full, []), RangeError);
  assert.throws(() => drawCapability(new Uint8Array(31)), RangeError);
  assert.throws(
    () => parseCapability('nonsense'),
    (error: Error) => !error.message.includes('nonsense'),
  );
});

test('the node keeps the SHA-256 of a capability’s characters', async () => {
  const zero: Capability = drawCapability(new Uint8Array(32));
  assert.equal(zero, 'A'.repeat(43));
  assert.equal(
    await capabilitySha256(zero),
    '0f007385b6f9d4b7eeb2748605afe1a984a0a3bfa3f014d09e2a784ce9e5cd1a',
  );
});
