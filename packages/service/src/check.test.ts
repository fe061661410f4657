import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { pdqSignalOf } from '@reclaim/fingerprint/fingerprint';
import { ORIENTATIONS } from '@reclaim/fingerprint/pdq';
import { sha256 } from '@reclaim/fingerprint/sha256';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { pngOf } from '@reclaim/raster/png-file.fixture';
import { testNode } from './node.fixture.ts';

const { node, tokens, tokenFor, ask, end } = await testNode();
after(end);
const reviewing = await tokenFor(['check', 'review']);
const { json: bank } = await ask('POST', '/v1/banks', { token: tokens.bank, json: { name: 'protected' } });

const protectedPicture = landscape(7, 320, 240);
const protectedFile = pngOf(protectedPicture);
const digest = await sha256(protectedFile);
const found = pdqSignalOf(protectedPicture);
assert.ok(found.ok);
const pdq = found.signal;

async function bankSignals(signals: readonly object[]) {
  const { status, json } = await ask('POST', `/v1/banks/${bank.id}/signals`, {
    token: tokens.bank,
    json: { signals },
  });
  assert.equal(status, 201);
  return json as { logPosition: number; signals: { id: string; capability: string }[] };
}

async function check(id: string, signals: readonly object[], token = tokens.check) {
  const { status, json } = await ask('POST', '/v1/check', {
    token,
    json: { items: [{ item: { id }, signals }] },
  });
  assert.equal(status, 200);
  return { ...json.results[0], logPosition: json.logPosition };
}

/** The value with this many of its bits turned over. */
function turned(value: string, bits: number): string {
  const number = BigInt(`0x${value}`) ^ ((1n << BigInt(bits)) - 1n);
  return number.toString(16).padStart(64, '0');
}

test('what is not in the bank passes, and the answer says up to where it looked', async () => {
  const { verdict, jobId, coverage, notes } = await check('free', [pdq]);
  assert.deepEqual([verdict, jobId, coverage, notes], ['pass', undefined, 'full', []]);
});

test('a banked signal is matchable by the very next request, up to 31 bits and no further', async () => {
  const banked = await bankSignals([pdq]);
  const exact = await check('near-0', [pdq]);
  assert.equal(exact.verdict, 'review');
  assert.ok(exact.logPosition >= banked.logPosition);
  assert.equal((await check('near-31', [{ ...pdq, value: turned(pdq.value, 31) }])).verdict, 'review');
  assert.equal((await check('near-32', [{ ...pdq, value: turned(pdq.value, 32) }])).verdict, 'pass');
  await withdraw(banked.signals[0]!.capability);
  assert.equal((await check('after', [pdq])).verdict, 'pass');
});

async function withdraw(capability: string): Promise<void> {
  const { status, text } = await ask('POST', '/v1/withdrawals', { json: { capability } });
  assert.deepEqual([status, text], [204, '']);
}

test('what is sent again under its name, the answer lost, is answered as it was; withdrawn, or without a name, it is new', async () => {
  const rows = async () =>
    (await node.store.db.selectFrom('signal').select('id').where('sealed', 'is not', null).execute()).length;
  const before = await rows();
  const send = async (signals: readonly object[], name?: string, token = tokens.bank) => {
    const headers: Record<string, string> = name === undefined ? {} : { 'idempotency-key': name };
    const { status, json } = await ask('POST', `/v1/banks/${bank.id}/signals`, {
      ...{ token, headers, json: { signals } },
    });
    assert.equal(status, 201);
    return json as { logPosition: number; signals: { id: string; capability: string }[] };
  };
  // Two of one value in a request are two persons' perhaps, and stay two when it comes again.
  const signals = [{ kind: 'sha256', value: digest }, pdq, pdq];
  const [one, two] = await Promise.all([send(signals, 'one'), send(signals, 'one')]);
  assert.deepEqual(one, two);
  assert.equal(new Set(one.signals.map(({ id }) => id)).size, 3);
  assert.equal(await rows(), before + 3);
  const longer = await send([...signals, pdq], 'one');
  assert.deepEqual(longer.signals.slice(0, 3), one.signals);
  const others = [
    longer.signals[3]!,
    (await send([pdq], 'one', await tokenFor(['bank']))).signals[0]!,
    (await send([pdq], 'two')).signals[0]!,
    (await send([pdq])).signals[0]!,
    (await send([pdq])).signals[0]!,
  ];
  for (const secret of ['id', 'capability'] as const)
    assert.equal(new Set([...one.signals, ...others].map((each) => each[secret])).size, 8);
  const odd = { token: tokens.bank, headers: { 'idempotency-key': 'two words' }, json: { signals: [pdq] } };
  assert.equal((await ask('POST', `/v1/banks/${bank.id}/signals`, odd)).status, 400);
  await withdraw(one.signals[1]!.capability);
  assert.equal((await check('sent-again', [pdq])).verdict, 'review', 'the others stand');
  const third = (await send(signals, 'one')).signals[1]!;
  assert.ok(![...one.signals, ...others].some(({ id }) => id === third.id));
  assert.notEqual(third.capability, one.signals[1]!.capability);
  for (const { capability } of [one.signals[0]!, one.signals[2]!, ...others, third])
    await withdraw(capability);
  assert.equal(await rows(), before);
  const left = node.store.db.selectFrom('signal').select('id').where('once_tag', 'is not', null);
  assert.equal((await left.execute()).length, 0);
});

test('a withdrawal answers the same for a capability that opens nothing', async () => {
  await withdraw('A'.repeat(43));
});

test('bank, band and signal are shown to a key that reviews, a distance to nobody', async () => {
  const banked = await bankSignals([pdq]);
  const plain = await check('shown-1', [{ ...pdq, value: turned(pdq.value, 9) }]);
  assert.equal(plain.matches, undefined);
  const shown = await check('shown-2', [{ ...pdq, value: turned(pdq.value, 9) }], reviewing);
  assert.deepEqual(shown.matches, [
    {
      bankId: bank.id,
      signalId: banked.signals[0]!.id,
      kind: 'pdq',
      band: 'confident',
      state: 'unconfirmed',
      orientation: 'original',
      window: 'full',
    },
  ]);
  assert.equal(JSON.stringify(shown).includes('istance'), false);
  await withdraw(banked.signals[0]!.capability);
});

test('confirmed and equal bytes block; confirmed and alike only go to review; undone, both go to review', async () => {
  const banked = await bankSignals([{ kind: 'sha256', value: digest }, pdq]);
  const [exact, alike] = banked.signals;
  const first = await check('decide-1', [pdq, { kind: 'sha256', value: digest }]);
  assert.equal(first.verdict, 'review');
  await ask('POST', `/v1/jobs/${first.jobId}/claim`, { token: tokens.review });
  const ruling = { outcome: 'remove', ground: 'terms-intimate-image', confirms: [exact!.id, alike!.id] };
  const decided = await ask('POST', `/v1/jobs/${first.jobId}/decide`, {
    token: tokens.review,
    json: { ruling, facts: 'same picture as the one that its owner protected' },
  });
  assert.equal(decided.status, 200);
  assert.equal((await check('decide-2', [{ kind: 'sha256', value: digest }])).verdict, 'block');
  assert.equal((await check('decide-3', [pdq])).verdict, 'review');
  const undone = await ask('POST', `/v1/jobs/${first.jobId}/undo`, {
    token: tokens.review,
    json: { facts: 'decided in error' },
  });
  assert.equal(undone.status, 200);
  assert.equal((await check('decide-4', [{ kind: 'sha256', value: digest }])).verdict, 'review');
  for (const { capability } of banked.signals) await withdraw(capability);
});

test('of more matches than are told the strongest decide, every bank is named, and what nobody looked at is asked about', async () => {
  const many = Array.from({ length: 70 }, (_, i) => {
    const value = (BigInt(`0x${pdq.value}`) ^ (1n << BigInt(i))).toString(16).padStart(64, '0');
    return { ...pdq, value };
  });
  const file = { kind: 'sha256', value: await sha256(new TextEncoder().encode('of many matches')) };
  const banked = [...(await bankSignals(many.slice(0, 40))).signals];
  banked.push(...(await bankSignals(many.slice(40))).signals);
  const { json: other } = await ask('POST', '/v1/banks', { token: tokens.bank, json: { name: 'the other' } });
  const far = { signals: [{ ...pdq, value: turned(pdq.value, 25) }] };
  const last = (await ask('POST', `/v1/banks/${other.id}/signals`, { token: tokens.bank, json: far })).json;
  const seen = await check('many-1', [pdq, file], reviewing);
  const banksOf = ({ matches }: { matches: { bankId: string }[] }) =>
    new Set(matches.map(({ bankId }) => bankId));
  assert.deepEqual([seen.verdict, seen.truncated, seen.matches.length], ['review', true, 64]);
  assert.deepEqual(banksOf(seen), new Set([bank.id, other.id]));
  const { json: job } = await ask('GET', `/v1/jobs/${seen.jobId}`, { token: tokens.review });
  assert.deepEqual([job.truncated, job.matches.length, banksOf(job)], [true, 64, banksOf(seen)]);

  // A reviewer finds that the content is none of these, the ones that were not told as well; then one more is protected,
  // further off than all of them.
  await ask('POST', `/v1/jobs/${seen.jobId}/claim`, { token: tokens.review });
  const json = { ruling: { outcome: 'keep', ground: 'not-a-match' }, facts: 'another picture' };
  assert.equal(
    (await ask('POST', `/v1/jobs/${seen.jobId}/decide`, { token: tokens.review, json })).status,
    200,
  );
  assert.equal((await check('many-2', [pdq, file])).verdict, 'pass');
  const one = await bankSignals([{ ...pdq, value: turned(pdq.value, 30) }]);
  assert.equal((await check('many-3', [pdq, file])).verdict, 'review');
  for (const { capability } of [...banked, ...last.signals, ...one.signals]) await withdraw(capability);
});

test('a disputed signal never blocks', async () => {
  const [signal] = (await bankSignals([{ kind: 'sha256', value: digest }])).signals;
  const path = `/v1/signals/${signal!.id}/commands`;
  const disputed = await ask('POST', path, {
    token: tokens.review,
    json: { kind: 'dispute', reason: 'not-intimate' },
  });
  assert.equal(disputed.json.state, 'disputed');
  assert.equal((await check('disputed', [{ kind: 'sha256', value: digest }])).verdict, 'review');
  await withdraw(signal!.capability);
});

test('a bank that is switched off matches nothing, and matches again when it is on', async () => {
  const [signal] = (await bankSignals([pdq])).signals;
  const set = (enabled: boolean) =>
    ask('PATCH', `/v1/banks/${bank.id}`, { token: tokens.bank, json: { enabled } });
  await set(false);
  assert.equal((await check('off', [pdq])).verdict, 'pass');
  await set(true);
  assert.equal((await check('on', [pdq])).verdict, 'review');
  await withdraw(signal!.capability);
});

test('a negative bank silences a perceptual match and not equal bytes', async () => {
  const banked = await bankSignals([pdq, { kind: 'sha256', value: digest }]);
  const { json: memes } = await ask('POST', '/v1/banks', {
    token: tokens.bank,
    json: { name: 'memes', kind: 'negative' },
  });
  await ask('POST', `/v1/banks/${memes.id}/signals`, { token: tokens.bank, json: { signals: [pdq] } });
  assert.equal((await check('meme', [pdq])).verdict, 'pass');
  assert.equal((await check('meme-exact', [pdq, { kind: 'sha256', value: digest }])).verdict, 'review');
  await ask('PATCH', `/v1/banks/${memes.id}`, { token: tokens.bank, json: { enabled: false } });
  for (const { capability } of banked.signals) await withdraw(capability);
});

/** A window of an upload, its hash this many bits from the banked one. */
function windowOf(bits: number, more: object = {}): object {
  const [value, mirror] = [turned(pdq.value, bits), turned(pdq.value, 128)];
  return { kind: 'window', window: 'rectangle', value, mirror, quality: 80, ...more };
}

test('a window matches up to 24 bits and says so; its mirror too; one of low quality matches nothing', async () => {
  const [signal] = (await bankSignals([pdq])).signals;
  const shown = await check('window-24', [windowOf(24)], reviewing);
  assert.equal(shown.verdict, 'review');
  assert.deepEqual(
    shown.matches.map(({ window, band, orientation }: Record<string, string>) => [window, band, orientation]),
    [['rectangle', 'possible', 'original']],
  );
  const { json: job } = await ask('GET', `/v1/jobs/${shown.jobId}`, { token: tokens.review });
  assert.deepEqual(
    job.matches.map(({ window }: { window: string }) => window),
    ['rectangle'],
  );
  assert.equal((await check('window-25', [windowOf(25)])).verdict, 'pass');
  assert.equal((await check('window-49', [windowOf(0, { quality: 49 })])).verdict, 'pass');
  const mirrored = windowOf(128, { window: 'trim', mirror: turned(pdq.value, 3) });
  const mirror = await check('window-mirror', [mirrored], reviewing);
  assert.deepEqual(
    mirror.matches.map(({ window, orientation }: Record<string, string>) => [window, orientation]),
    [['trim', 'flipY']],
  );
  await withdraw(signal!.capability);
});

test('of the whole picture and a window the whole is told, and a bank with a stricter threshold keeps it', async () => {
  const [signal] = (await bankSignals([pdq])).signals;
  const both = await check('window-both', [pdq, windowOf(0)], reviewing);
  assert.deepEqual(
    both.matches.map(({ window }: { window: string }) => window),
    ['full'],
  );
  const path = `/v1/banks/${bank.id}`;
  await ask('PATCH', path, { token: tokens.bank, json: { confidentBits: 10 } });
  assert.equal((await check('window-strict', [windowOf(11)])).verdict, 'pass');
  await ask('PATCH', path, { token: tokens.bank, json: { confidentBits: 31 } });
  await withdraw(signal!.capability);
});

test('a confirmed signal found by a window is reviewed and never blocked, whatever else agrees', async () => {
  const other = await sha256(new TextEncoder().encode('another file'));
  const banked = await bankSignals([{ kind: 'sha256', value: other }, pdq]);
  const first = await check('window-confirm', [windowOf(0)]);
  await ask('POST', `/v1/jobs/${first.jobId}/claim`, { token: tokens.review });
  const confirms = [banked.signals[1]!.id];
  const decided = await ask('POST', `/v1/jobs/${first.jobId}/decide`, {
    token: tokens.review,
    json: {
      ruling: { outcome: 'remove', ground: 'terms-intimate-image', confirms },
      facts: 'the protected picture within a screenshot',
    },
  });
  assert.equal(decided.status, 200);
  assert.equal((await check('window-again', [windowOf(0)])).verdict, 'review');
  for (const { capability } of banked.signals) await withdraw(capability);
});

test('a window that a negative bank knows finds nothing and silences nothing else', async () => {
  const [signal] = (await bankSignals([pdq])).signals;
  const { json: memes } = await ask('POST', '/v1/banks', {
    token: tokens.bank,
    json: { name: 'memes by window', kind: 'negative' },
  });
  const know = (bits: number) =>
    ask('POST', `/v1/banks/${memes.id}/signals`, {
      token: tokens.bank,
      json: { signals: [{ ...pdq, value: turned(pdq.value, bits) }] },
    });
  const picture = windowOf(2, { mirror: turned(pdq.value, 200) });
  const meme = windowOf(100, { mirror: turned(pdq.value, 200) });
  await know(100);
  assert.equal((await check('window-beside', [meme, picture])).verdict, 'review');
  await know(5);
  assert.equal((await check('window-meme', [meme, picture])).verdict, 'pass');
  await ask('PATCH', `/v1/banks/${memes.id}`, { token: tokens.bank, json: { enabled: false } });
  assert.equal((await check('window-off', [meme, picture])).verdict, 'review');
  await withdraw(signal!.capability);
});

test('more than four signals of the whole picture, or more than 72 windows, are refused', async () => {
  const send = (signals: readonly object[]) =>
    ask('POST', '/v1/check', { token: tokens.check, json: { items: [{ item: { id: 'many' }, signals }] } });
  assert.equal((await send(Array(5).fill(pdq))).status, 400);
  assert.equal((await send([pdq, ...Array(72).fill(windowOf(100))])).status, 200);
  assert.equal((await send(Array(77).fill(windowOf(100)))).status, 400);
});

test('every hold is answered with the same bytes but for the ids, whatever it is held for and however it was asked', async () => {
  const banked = await bankSignals([{ kind: 'sha256', value: digest }, pdq]);
  const equal = { kind: 'sha256', value: digest };
  const orientations = Array.from({ length: 8 }, (_, i) =>
    i === 5 ? pdq.value : turned(pdq.value, 100 + i),
  );
  const stranger = { ...pdq, value: turned(pdq.value, 90) };
  const asked: readonly (readonly object[])[] = [
    [stranger, equal],
    [pdq],
    [{ ...pdq, value: turned(pdq.value, 31) }],
    [{ ...pdq, value: orientations[0], orientations }],
    [stranger, windowOf(3)],
    // Behind a byte order mark: read by the general parser and the schema.
    [pdq],
  ];
  const answers: string[] = [];
  for (const [i, signals] of asked.entries()) {
    const text = JSON.stringify({ items: [{ item: { id: `alike-${i}` }, signals }] });
    const answer = await ask('POST', '/v1/check', {
      token: tokens.check,
      headers: { 'content-type': 'application/json' },
      body: i === asked.length - 1 ? `\ufeff${text}` : text,
    });
    assert.equal(answer.json.results[0].verdict, 'review');
    const headers = [...answer.headers].filter(([name]) => name !== 'date');
    const known = answer.text.replace(answer.json.results[0].jobId, 'job').replace(`alike-${i}`, 'item');
    answers.push(JSON.stringify([answer.status, headers, known]));
  }
  assert.deepEqual(answers, Array(asked.length).fill(answers[0]));
  for (const { capability } of banked.signals) await withdraw(capability);
});

test('items that pass and items that are held come back in their order, and one that was kept among them', async () => {
  const banked = await bankSignals([pdq]);
  const stranger = { ...pdq, value: turned(pdq.value, 120) };
  const items = [
    { item: { id: 'order-0' }, signals: [stranger] },
    { item: { id: 'order-1' }, signals: [pdq] },
    { item: { id: 'order-2', keepDays: 3 }, signals: [stranger] },
    { item: { id: 'order-3' }, signals: [{ ...stranger, quality: 10 }] },
    { item: { id: 'order-4' }, signals: [{ kind: 'sha256', value: digest }] },
  ];
  const { json } = await ask('POST', '/v1/check', { token: tokens.check, json: { items } });
  assert.deepEqual(
    json.results.map(({ itemId, verdict, coverage, notes, jobId, keptUntil }: Record<string, unknown>) => [
      ...[itemId, verdict, coverage, notes, jobId !== undefined, keptUntil !== undefined],
    ]),
    [
      ['order-0', 'pass', 'full', [], false, false],
      ['order-1', 'review', 'full', [], true, false],
      ['order-2', 'pass', 'full', [], false, true],
      ['order-3', 'pass', 'exact-only', ['low-quality'], false, false],
      ['order-4', 'pass', 'exact-only', ['no-pdq'], false, false],
    ],
  );
  for (const { capability } of banked.signals) await withdraw(capability);
});

test('of two hashes of one upload the orientation that is told is that within its own hash', async () => {
  const banked = await bankSignals([pdq]);
  const far = (bits: number) => ({ ...pdq, value: turned(pdq.value, bits) });
  const turns = Array.from({ length: 8 }, (_, i) => turned(pdq.value, i === 3 ? 2 : 100 + i));
  const orientationOf = async (id: string, signals: readonly object[]) =>
    (await check(id, signals, reviewing)).matches.map(
      (match: Record<string, string>) => match['orientation'],
    );
  assert.deepEqual(await orientationOf('two-1', [far(120), pdq]), ['original']);
  const turnedOne = { ...pdq, value: turns[0], orientations: turns };
  assert.deepEqual(await orientationOf('two-2', [far(120), turnedOne]), [ORIENTATIONS[3]]);
  assert.deepEqual(await orientationOf('two-3', [turnedOne, far(120)]), [ORIENTATIONS[3]]);
  for (const { capability } of banked.signals) await withdraw(capability);
});

test('signals of low quality, unbalanced or unknown form are not banked, and the answer names their place', async () => {
  const refused = await ask('POST', `/v1/banks/${bank.id}/signals`, {
    token: tokens.bank,
    json: { signals: [pdq, { ...pdq, quality: 49 }, { ...pdq, value: '0'.repeat(64) }] },
  });
  assert.equal(refused.status, 422);
  assert.deepEqual(refused.json.invalid, [
    { pointer: '/signals/1', rule: 'low-quality' },
    { pointer: '/signals/2', rule: 'unbalanced' },
  ]);
});

test('signals of another length, case or alphabet are refused with their place, and none is looked up or echoed', async () => {
  const [{ value }, orientations] = [pdq, Array.from({ length: 8 }, () => pdq.value as string)];
  const wrong = [
    value.slice(1),
    `${value}0`,
    value.toUpperCase().replace(/[0-9]/g, 'A'),
    `${value.slice(1)}g`,
    '',
  ];
  for (const bad of wrong) {
    const turnedWrong = orientations.map((each, i) => (i === 5 ? bad : each));
    for (const [signals, pointer] of [
      [[{ ...pdq, value: bad }], '/items/0/signals/0/value'],
      [[{ ...pdq, orientations: turnedWrong }], '/items/0/signals/0/orientations/5'],
      [[{ kind: 'sha256', value: bad }], '/items/0/signals/0/value'],
    ] as const) {
      const { status, json, text } = await ask('POST', '/v1/check', {
        token: tokens.check,
        json: { items: [{ item: { id: 'bad' }, signals }] },
      });
      assert.equal(status, 400);
      assert.ok(json.invalid.some((each: { pointer: string }) => each.pointer === pointer));
      assert.ok(bad === '' || !text.includes(bad));
    }
  }
});

test('a picture sent as bytes, as multipart and as signals gets the same verdict', async () => {
  const banked = await bankSignals([pdq]);
  const raw = await ask('POST', '/v1/check', {
    token: tokens.check,
    headers: {
      'content-type': 'image/png',
      'reclaim-item-id': 'raw-1',
      'reclaim-preview-url': 'https://board.example/1',
    },
    body: protectedFile,
  });
  assert.deepEqual(
    [raw.status, raw.json.results[0].verdict, raw.json.results[0].coverage],
    [200, 'review', 'full'],
  );
  const form = new FormData();
  form.append('item', JSON.stringify({ id: 'form-1' }));
  form.append('file', new Blob([protectedFile]), 'a.png');
  form.append('item', JSON.stringify({ id: 'form-2' }));
  form.append('file', new Blob([pngOf(landscape(8, 320, 240))]), 'b.png');
  const many = await ask('POST', '/v1/check', { token: tokens.check, body: form });
  assert.deepEqual(
    many.json.results.map(({ itemId, verdict }: { itemId: string; verdict: string }) => [itemId, verdict]),
    [
      ['form-1', 'review'],
      ['form-2', 'pass'],
    ],
  );
  const { json: job } = await ask('GET', `/v1/jobs/${raw.json.results[0].jobId}`, { token: tokens.review });
  assert.deepEqual(job.item, { id: 'raw-1' }, 'no key reads where the picture is: looks are logged');
  await withdraw(banked.signals[0]!.capability);
});

test('multipart without an item, with a wrong one, or with a file missing is refused', async () => {
  const file = new Blob([protectedFile]);
  const forms: readonly (readonly [string, string | Blob][])[] = [
    [['file', file]],
    [
      ['item', '{"id":'],
      ['file', file],
    ],
    [
      ['item', '{"id":"a b"}'],
      ['file', file],
    ],
    [['item', '{"id":"a"}']],
    [],
  ];
  for (const parts of forms) {
    const form = new FormData();
    for (const [name, value] of parts) form.append(name, value);
    const { status } = await ask('POST', '/v1/check', { token: tokens.check, body: form });
    assert.equal(status, 400);
  }
});

test('pictures that say too little are looked up by their bytes alone, and the answer says so', async () => {
  const blank = { width: 64, height: 64, channels: 3, data: new Uint8Array(64 * 64 * 3).fill(200) } as const;
  const tiny = landscape(9, 4, 4);
  for (const [picture, note] of [
    [blank, 'blank'],
    [tiny, 'too-small'],
  ] as const) {
    const { json } = await ask('POST', '/v1/check', {
      token: tokens.check,
      headers: { 'content-type': 'image/png', 'reclaim-item-id': `note-${note}` },
      body: pngOf(picture),
    });
    assert.deepEqual([json.results[0].coverage, json.results[0].notes], ['exact-only', [note]]);
  }
  const low = await check('low', [{ ...pdq, quality: 49 }]);
  assert.deepEqual([low.coverage, low.notes], ['exact-only', ['low-quality']]);
});

test('files that are no pictures, or broken ones, are told apart by type', async () => {
  const send = async (body: Uint8Array<ArrayBuffer>) =>
    (
      await ask('POST', '/v1/check', {
        token: tokens.check,
        headers: { 'content-type': 'image/jpeg', 'reclaim-item-id': 'x' },
        body,
      })
    ).json.type;
  assert.equal(await send(new Uint8Array(0)), '/problems/not-an-image');
  assert.equal(await send(new TextEncoder().encode('just words')), '/problems/not-an-image');
  assert.equal(
    await send(new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>')),
    '/problems/unsupported-format',
  );
  assert.equal(await send(protectedFile.subarray(0, 40)), '/problems/image-damaged');
});

test('what a reviewer let stand passes from then on, for that content', async () => {
  const banked = await bankSignals([pdq]);
  const signals = [
    { ...pdq, value: turned(pdq.value, 20) },
    { kind: 'sha256', value: 'cd'.repeat(32) },
  ];
  const held = await check('stand-1', signals);
  assert.equal(held.verdict, 'review');
  await ask('POST', `/v1/jobs/${held.jobId}/claim`, { token: tokens.review });
  const ruling = { outcome: 'keep', ground: 'not-a-match' };
  const kept = await ask('POST', `/v1/jobs/${held.jobId}/decide`, {
    token: tokens.review,
    json: { ruling, facts: 'another picture' },
  });
  assert.equal(kept.status, 200);
  assert.equal((await check('stand-2', signals)).verdict, 'pass');
  assert.equal(
    (await check('stand-3', [signals[0]!, { kind: 'sha256', value: 'ce'.repeat(32) }])).verdict,
    'review',
  );
  await withdraw(banked.signals[0]!.capability);
});

test('a platform reads what became of its items, page by page', async () => {
  const all = await ask('GET', '/v1/outcomes', { token: tokens.check });
  assert.ok(all.json.outcomes.length >= 3);
  const paged: unknown[] = [];
  for (let after = 0; ; ) {
    const { json } = await ask('GET', `/v1/outcomes?after=${after}&limit=1`, { token: tokens.check });
    if (json.outcomes.length === 0) break;
    paged.push(...json.outcomes);
    after = json.position;
  }
  assert.deepEqual(paged, all.json.outcomes);
});

test('two reviewers: the second cannot claim, and who did not claim cannot decide', async () => {
  const other = await tokenFor(['review']);
  const { json } = await ask('POST', '/v1/reports', {
    token: tokens.report,
    json: { item: { id: 'reported' }, reason: 'intimate-without-consent' },
  });
  const path = `/v1/jobs/${json.jobId}`;
  const early = await ask('POST', `${path}/decide`, {
    token: tokens.review,
    json: { ruling: { outcome: 'keep', ground: 'not-intimate' }, facts: 'a picture of a lake' },
  });
  assert.deepEqual([early.status, early.json.type], [409, '/problems/refused-not-claimed']);
  assert.equal((await ask('POST', `${path}/claim`, { token: tokens.review })).status, 200);
  const second = await ask('POST', `${path}/claim`, { token: other });
  assert.deepEqual([second.status, second.json.type], [409, '/problems/refused-claimed-by-another']);
});
