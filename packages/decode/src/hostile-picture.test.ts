import assert from 'node:assert/strict';
import test from 'node:test';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { type DecodeOutcome, type DecodeRefusal, decodeImage } from './decode-image.ts';
import { DECODE_LIMITS } from './decode-limits.ts';
import {
  ENCODERS,
  gifOfTinyFrames,
  pngChunk,
  pngThatClaims,
  testPicture,
  tiffChain,
  webpOfTinyFrames,
} from './hostile-picture.fixture.ts';

const REASONS: readonly DecodeRefusal[] = [
  'empty',
  'not-an-image',
  'unsupported-format',
  'truncated-or-damaged',
  'too-many-bytes',
  'too-many-pixels',
  'too-slow',
];

/** The outcome is one of the closed set and agrees with itself. */
function assertClosed(outcome: DecodeOutcome): void {
  if (!outcome.ok) {
    assert.ok(REASONS.includes(outcome.reason), outcome.reason);
    return;
  }
  const { pixels, orientation, pages, damaged } = outcome;
  assert.equal(pixels.channels, 3);
  assert.equal(pixels.data.length, pixels.width * pixels.height * 3);
  assert.ok(pixels.width * pixels.height <= DECODE_LIMITS.pixels);
  assert.ok(Number.isInteger(orientation) && orientation >= 1 && orientation <= 8);
  assert.ok(Number.isInteger(pages) && pages >= 1);
  assert.equal(typeof damaged, 'boolean');
}

async function reasonOf(bytes: Uint8Array, limits = {}): Promise<DecodeRefusal | 'picture'> {
  const outcome = await decodeImage(bytes, { limits });
  return outcome.ok ? 'picture' : outcome.reason;
}

test('no bytes, noise and text are refused for what they are', async () => {
  assert.equal(await reasonOf(new Uint8Array(0)), 'empty');
  assert.equal(await reasonOf(new Uint8Array(5000)), 'not-an-image');
  assert.equal(await reasonOf(Buffer.from('only words, and no picture at all')), 'not-an-image');
  assert.equal(await reasonOf(new Uint8Array(101), { fileBytes: 100 }), 'too-many-bytes');
});

test('SVG, HTML and PDF are refused, and a picture with one of them inside is read as the picture', async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect/></svg>');
  assert.equal(await reasonOf(svg), 'unsupported-format');
  assert.equal(await reasonOf(Buffer.from('%PDF-1.4\n%%EOF')), 'unsupported-format');
  const gif = await testPicture().gif().toBuffer();
  for (const tail of [svg, Buffer.from('<script>0</script>'), Buffer.from('%PDF-1.4\n%%EOF')]) {
    const outcome = await decodeImage(Buffer.concat([gif, tail]));
    assert.ok(outcome.ok && outcome.format === 'gif');
  }
  assert.equal(await reasonOf(Buffer.concat([svg, gif])), 'unsupported-format');
});

test('loaders outside the list are shut for the whole process', async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect/></svg>');
  await assert.rejects(sharp(svg).metadata());
});

test('files cut anywhere give a picture marked as damaged or a clear refusal, never a clean bill', async () => {
  const tolerated = new Set<string>();
  for (const format of ENCODERS) {
    const file = await testPicture().toFormat(format).toBuffer();
    for (let part = 1; part < 16; part++) {
      const outcome = await decodeImage(file.subarray(0, Math.floor((file.length * part) / 16)));
      assertClosed(outcome);
      if (outcome.ok) {
        assert.equal(outcome.damaged, true, `${format} cut at ${part}/16`);
        tolerated.add(format);
      } else {
        assert.ok(['truncated-or-damaged', 'unsupported-format', 'not-an-image'].includes(outcome.reason));
      }
    }
  }
  assert.ok(tolerated.has('jpeg') && tolerated.has('png'), 'browsers show these, so we must see them too');
});

test('the part of a cut JPEG that is there is decoded', async () => {
  const whole = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#c03010' } })
    .jpeg({ quality: 90 })
    .toBuffer();
  const outcome = await decodeImage(whole.subarray(0, whole.length - 8));
  assert.ok(outcome.ok && outcome.damaged);
  const [red = 0, green = 255] = outcome.pixels.data;
  assert.ok(red > 180 && green < 60);
});

test('flipped bytes anywhere leave the outcome closed', async () => {
  const files = await Promise.all(ENCODERS.map((format) => testPicture().toFormat(format).toBuffer()));
  await fc.assert(
    fc.asyncProperty(
      fc.nat(files.length - 1),
      fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), {
        minLength: 1,
        maxLength: 8,
      }),
      async (which, flips) => {
        const bytes = Buffer.from(files[which] ?? []);
        for (const [where, value] of flips) bytes[Math.floor(where * (bytes.length - 1))] = value;
        assertClosed(await decodeImage(bytes));
      },
    ),
    { numRuns: 150 },
  );
});

test('random bytes behind any signature leave the outcome closed', async () => {
  const heads = await Promise.all(
    ENCODERS.map(async (format) => (await testPicture().toFormat(format).toBuffer()).subarray(0, 40)),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.nat(heads.length - 1),
      fc.nat(40),
      fc.uint8Array({ maxLength: 400 }),
      async (which, keep, tail) => {
        assertClosed(await decodeImage(Buffer.concat([heads[which]?.subarray(0, keep) ?? tail, tail])));
      },
    ),
    { numRuns: 150 },
  );
});

test('a header that claims too much is refused before anything is inflated', async () => {
  assert.equal(await reasonOf(pngThatClaims(20_000, 15_000, 100)), 'too-many-pixels');
  assert.equal(await reasonOf(pngThatClaims(99_999_999, 1, 100)), 'too-many-pixels');
  assert.equal(await reasonOf(pngThatClaims(1, 99_999_999, 100)), 'too-many-pixels');
  assert.equal(await reasonOf(pngThatClaims(0xffff_ffff, 0xffff_ffff, 100)), 'truncated-or-damaged');
  assert.equal(await reasonOf(pngThatClaims(0, 0, 100)), 'truncated-or-damaged');
  assert.equal(await reasonOf(pngThatClaims(101, 100, 102 * 100), { pixels: 10_000 }), 'too-many-pixels');
  assert.equal(await reasonOf(pngThatClaims(100, 100, 101 * 100), { pixels: 10_000 }), 'picture');
});

test('a real bomb, 4 MB of picture in 4 kB, is refused by a smaller limit and read inside the ordinary one', async () => {
  const bomb = pngThatClaims(2000, 2000, 2001 * 2000);
  assert.ok(bomb.length < 8000);
  assert.equal(await reasonOf(bomb, { pixels: 1_000_000 }), 'too-many-pixels');
  assert.equal(await reasonOf(bomb), 'picture');
});

test('a compressed chunk that inflates without end does not stop the picture from being judged', async () => {
  const png = Buffer.from(pngThatClaims(4, 4, 20));
  const inflating = Buffer.concat([
    Buffer.from('bomb\0\0'),
    deflateSync(Buffer.alloc(30_000_000), { level: 9 }),
  ]);
  for (const type of ['zTXt', 'iCCP']) {
    assertClosed(
      await decodeImage(Buffer.concat([png.subarray(0, 33), pngChunk(type, inflating), png.subarray(33)])),
    );
  }
});

test('AVIF has a smaller cap, and a side may not be endless', async () => {
  const avif = await testPicture().avif().toBuffer();
  assert.equal(await reasonOf(avif, { avifPixels: 24 * 16 - 1 }), 'too-many-pixels');
  assert.equal(await reasonOf(avif, { avifPixels: 24 * 16 }), 'picture');
  const png = await testPicture().png().toBuffer();
  assert.equal(await reasonOf(png, { avifPixels: 1 }), 'picture');
  assert.equal(await reasonOf(png, { side: 23 }), 'too-many-pixels');
});

test('a GIF that claims a huge screen is answered within the limits', async () => {
  for (const side of [1, 9_000, 65_535]) assertClosed(await decodeImage(gifOfTinyFrames(side, side, 1)));
});

test('files of countless frames are refused before a decoder walks them', async () => {
  assert.equal(await reasonOf(gifOfTinyFrames(4, 4, 10_001)), 'too-many-pixels');
  assert.equal(await reasonOf(await webpOfTinyFrames(10_001)), 'too-many-pixels');
  assert.equal(await reasonOf(tiffChain(10_001, false)), 'too-many-pixels');
  assert.equal(await reasonOf(tiffChain(2, true)), 'too-many-pixels');
  const few = await decodeImage(await webpOfTinyFrames(40));
  assert.ok(few.ok && few.pages === 40);
});

test('an AVIF brand around something else is no AVIF', async () => {
  const avif = await testPicture().avif().toBuffer();
  const at = avif.indexOf('av01');
  const claims = Buffer.from(avif);
  claims.write('hvc1', at, 'latin1');
  const outcome = await decodeImage(claims);
  assert.equal(outcome.ok, false);
});

test('a decode that outlives its time is answered as too slow', async () => {
  const noise = new Uint8Array(1_200_000).map((_, i) => (i * 2654435761) >>> 24);
  const slow = await sharp(noise, { raw: { width: 800, height: 500, channels: 3 } })
    .avif({ effort: 0, quality: 90 })
    .toBuffer();
  assert.equal(await reasonOf(slow, { timeMs: 1 }), 'too-slow');
});
