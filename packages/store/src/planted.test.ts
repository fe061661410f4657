import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { findPlanted, type Planted } from './planted.fixture.ts';

const WORD = 'Straße 7: nothofagus "über" https://host.example/a?b=1';
const encodingsOf = (bytes: Uint8Array, planted: Planted = WORD) =>
  findPlanted([{ where: 'here', bytes }], { it: planted }).map(({ encoding }) => encoding);
const amid = (bytes: Uint8Array) => Buffer.concat([randomBytes(71), bytes, randomBytes(53)]);

/** Each way of writing, made by other means than those of the search. */
const WRITTEN: Readonly<Record<string, Uint8Array>> = {
  'UTF-8': new TextEncoder().encode(WORD),
  'upper UTF-8': new TextEncoder().encode(WORD.toUpperCase()),
  'lower UTF-8': new TextEncoder().encode(WORD.toLowerCase()),
  'UTF-16LE': new Uint8Array(Uint16Array.from(WORD, (sign) => sign.charCodeAt(0)).buffer),
  'UTF-16BE': Uint8Array.from(
    [...WORD].flatMap((sign) => [sign.charCodeAt(0) >> 8, sign.charCodeAt(0) & 255]),
  ),
  'UTF-8, hex': Buffer.from([...new TextEncoder().encode(WORD)].map((byte) => byte.toString(16)).join('')),
  'UTF-8, upper hex': Buffer.from(
    [...new TextEncoder().encode(WORD)].map((byte) => byte.toString(16).toUpperCase()).join(''),
  ),
  'percent-encoded': Buffer.from(`?q=${encodeURIComponent(WORD)}&r`),
  'form-encoded': Buffer.from(new URLSearchParams({ q: WORD }).toString().replaceAll('%7E', '~')),
  JSON: Buffer.from(JSON.stringify({ deep: [WORD] })),
  'JSON in JSON': Buffer.from(JSON.stringify(JSON.stringify({ deep: [WORD] }))),
  'JSON, escapes': Buffer.from(
    JSON.stringify(WORD).replace(
      /[^ -~]/g,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  ),
  'JSON, all upper escapes': Buffer.from(
    [...WORD].map((sign) => `\\u${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`).join(''),
  ),
};

for (const [encoding, bytes] of Object.entries(WRITTEN)) {
  test(`a planted word is found in ${encoding}, amid noise, and behind compression and base64`, () => {
    const found = (place: Uint8Array) => encodingsOf(place);
    assert.ok(found(amid(bytes)).includes(encoding), encoding);
    const behind = {
      gzip: amid(gzipSync(bytes)),
      zlib: amid(deflateSync(bytes)),
      zstd: amid(zstdCompressSync(bytes)).subarray(0, -53),
      deflate: deflateRawSync(bytes),
      brotli: brotliCompressSync(bytes),
      base64: Buffer.from(Buffer.from(bytes).toString('base64url')),
      hex: Buffer.from(Buffer.from(bytes).toString('hex')),
      'base64, gzip': Buffer.from(gzipSync(bytes).toString('base64')),
    };
    for (const [layer, place] of Object.entries(behind))
      assert.ok(found(place).includes(`${layer}, ${encoding}`), `${layer}, ${encoding}`);
  });
}

test('base64 is found wherever the word begins in it and whatever stands around, also in broken lines', () => {
  for (let before = 0; before < 6; before++) {
    for (let after = 0; after < 4; after++) {
      const text = Buffer.concat([randomBytes(before), Buffer.from(WORD), randomBytes(after)]);
      for (const [encoding, form] of [
        ['base64', 'base64'],
        ['base64url', 'base64url'],
      ] as const) {
        const written = `x ${text.toString(form)} y`;
        const wanted = `UTF-8, ${encoding} at ${before % 3}`;
        assert.ok(encodingsOf(Buffer.from(written)).includes(wanted), `${wanted}, ${after} behind`);
        const broken = Buffer.from(written.replace(/.{19}/g, '$&\r\n'));
        assert.ok(encodingsOf(broken).includes(`lines joined, ${wanted}`), `${wanted} in lines`);
      }
      const wide = Buffer.concat([randomBytes(before), Buffer.from(WORD, 'utf16le'), randomBytes(after)]);
      const wanted = `UTF-16LE, base64 at ${before % 3}`;
      assert.ok(encodingsOf(Buffer.from(wide.toString('base64'))).includes(wanted), wanted);
    }
  }
});

test('planted bytes of a file are found as they are, in hex and base64, and compressed', () => {
  const piece = randomBytes(40);
  for (const place of [
    amid(piece),
    Buffer.from(amid(piece).toString('hex')),
    Buffer.from(`{"it":"${amid(piece).toString('base64')}"}`),
    gzipSync(amid(piece)),
    Buffer.from(gzipSync(amid(piece)).toString('base64url')),
  ])
    assert.notDeepEqual(encodingsOf(place, piece), []);
});

test('noise holds nothing that was planted, and what is cut off is still looked into', () => {
  for (let turn = 0; turn < 20; turn++) assert.deepEqual(encodingsOf(randomBytes(30_000)), []);
  const long = gzipSync(Buffer.concat([Buffer.from(WORD), randomBytes(9_000)]));
  assert.ok(encodingsOf(long.subarray(0, 5_000)).includes('gzip, UTF-8'));
  assert.throws(() => encodingsOf(randomBytes(10), 'short'), RangeError);
});
