import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { pdqSignalOf } from '@reclaim/fingerprint/fingerprint';
import { pdqOrientations, REFERENCE_PIPELINE } from '@reclaim/fingerprint/pdq';
import { hammingDistance, type PdqHash, signalBytes } from '@reclaim/fingerprint/signal';
import { landscape } from '@reclaim/raster/landscape.fixture';
import type { Pixels } from '@reclaim/raster/pixels';
import sharp from 'sharp';
import { signalsOfFile } from './signals-of-file.ts';

const SCENE = landscape(3, 320, 240);

function picture({ width, height, channels, data }: Pixels) {
  return sharp(data, { raw: { width, height, channels } });
}

async function pdqOf(file: Uint8Array, mode: 'oriented' | 'reference' = 'oriented') {
  const { pdq } = await signalsOfFile(file, { mode });
  assert.ok(pdq.ok, `expected a PDQ, got ${pdq.ok || pdq.reason}`);
  return pdq;
}

function apart(a: PdqHash, b: PdqHash): number {
  return hammingDistance(signalBytes(a), signalBytes(b));
}

test('a lossless file has the signals of its pixels and the digest of its bytes', async () => {
  const file = await picture(SCENE).png().toBuffer();
  const expected = pdqSignalOf(SCENE);
  assert.ok(expected.ok);
  const { sha256, pdq, decoded } = await signalsOfFile(file);
  assert.deepEqual(sha256, { kind: 'sha256', value: createHash('sha256').update(file).digest('hex') });
  assert.ok(pdq.ok && decoded.ok);
  assert.deepEqual(pdq.signal, expected.signal);
  assert.deepEqual(pdq.orientations, pdqOrientations(SCENE).hashes);
  assert.equal(pdq.orientations.length, 8);
  assert.equal(pdq.orientations[0], pdq.signal.value);
});

test('one picture in many files is one signal within a few bits', async () => {
  const plain = (await pdqOf(await picture(SCENE).png().toBuffer())).signal.value;
  const files = {
    jpeg: picture(SCENE).jpeg({ quality: 85 }),
    progressive: picture(SCENE).jpeg({ quality: 85, progressive: true }),
    webp: picture(SCENE).webp({ quality: 85 }),
    avif: picture(SCENE).avif({ quality: 70, effort: 0 }),
    gif: picture(SCENE).gif(),
    tiff: picture(SCENE).tiff({ compression: 'lzw' }),
    palette: picture(SCENE).png({ palette: true }),
    'Display-P3': picture(SCENE).withIccProfile('p3').png(),
    '16 bits': picture(SCENE).toColourspace('rgb16').png(),
    '16 bits, Display-P3': picture(SCENE).toColourspace('rgb16').withIccProfile('p3').png(),
    'opaque alpha': picture(SCENE).ensureAlpha().png(),
  };
  for (const [name, file] of Object.entries(files)) {
    const distance = apart(plain, (await pdqOf(await file.toBuffer())).signal.value);
    assert.ok(distance <= 10, `${name}: ${distance} bits`);
  }
});

test('a file turned by EXIF alone has the signal of the upright picture; reference mode does not turn it', async () => {
  const upright = (await pdqOf(await picture(SCENE).png().toBuffer())).signal.value;
  // Orientation 8 is shown a quarter turn counter-clockwise, so the samples are stored a quarter turn clockwise.
  const turned = await picture(SCENE).rotate(90).png().withMetadata({ orientation: 8 }).toBuffer();
  assert.equal((await pdqOf(turned)).signal.value, upright);
  const reference = await pdqOf(turned, 'reference');
  assert.ok(apart(reference.signal.value, upright) > 60);
  assert.equal(reference.signal.pipeline, REFERENCE_PIPELINE);
  assert.ok(
    reference.orientations.some((hash) => apart(hash, upright) === 0),
    'a turn of it is the upright one',
  );
});

test('transparency gives the signal that fingerprint gives to the same picture with alpha', async () => {
  const data = new Uint8Array(SCENE.width * SCENE.height * 4);
  for (let i = 0; i < SCENE.width * SCENE.height; i++) {
    data.set(SCENE.data.subarray(3 * i, 3 * i + 3), 4 * i);
    data[4 * i + 3] = Math.min(255, (i % SCENE.width) + 40);
  }
  const veiled: Pixels = { width: SCENE.width, height: SCENE.height, channels: 4, data };
  const own = pdqSignalOf(veiled);
  assert.ok(own.ok);
  const { signal } = await pdqOf(await picture(veiled).png().toBuffer());
  assert.ok(apart(signal.value, own.signal.value) <= 2);
});

test('most of a JPEG is still the picture, and the file says that it is damaged', async () => {
  const whole = await picture(landscape(1, 320, 240))
    .jpeg({ quality: 90 })
    .toBuffer();
  const { decoded, pdq } = await signalsOfFile(whole.subarray(0, Math.floor(whole.length * 0.97)));
  assert.ok(decoded.ok && decoded.damaged && pdq.ok);
  assert.ok(apart(pdq.signal.value, (await pdqOf(whole)).signal.value) <= 31);
});

test('a file without a picture has a digest and the decoder’s reason; no bytes have neither', async () => {
  const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1');
  const foreign = await signalsOfFile(heic);
  assert.equal(foreign.sha256?.value, createHash('sha256').update(heic).digest('hex'));
  assert.deepEqual(foreign.pdq, { ok: false, reason: 'unsupported-format' });
  const none = await signalsOfFile(new Uint8Array(0));
  assert.equal(none.sha256, undefined);
  assert.deepEqual(none.pdq, { ok: false, reason: 'empty' });
});

test('a picture with nothing in it, or too small, has no PDQ and says why', async () => {
  const plain = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#777' } })
    .png()
    .toBuffer();
  assert.deepEqual((await signalsOfFile(plain)).pdq, { ok: false, reason: 'blank' });
  const dot = await picture(SCENE).resize(4, 4).png().toBuffer();
  assert.deepEqual((await signalsOfFile(dot)).pdq, { ok: false, reason: 'too-small' });
});

test('bytes in shared memory are read', async () => {
  const file = await picture(SCENE).png().toBuffer();
  const shared = new Uint8Array(new SharedArrayBuffer(file.length));
  shared.set(file);
  const { sha256, pdq } = await signalsOfFile(shared);
  assert.equal(sha256?.value, createHash('sha256').update(file).digest('hex'));
  assert.ok(pdq.ok);
});
