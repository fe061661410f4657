import assert from 'node:assert/strict';
import test from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { type DecodedImage, decodeImage } from './decode-image.ts';
import { ENCODERS, TEST_HEIGHT, TEST_WIDTH, testPicture, testPixels } from './hostile-picture.fixture.ts';

async function decoded(...args: Parameters<typeof decodeImage>): Promise<DecodedImage> {
  const outcome = await decodeImage(...args);
  assert.ok(outcome.ok, `expected a picture, got ${outcome.ok || outcome.reason}`);
  return outcome;
}

/** The greatest difference between two planes of samples. */
function worst(a: ArrayLike<number>, b: ArrayLike<number>): number {
  assert.equal(a.length, b.length);
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs((a[i] ?? 0) - (b[i] ?? 0)));
  return most;
}

/** How the picture has to be stored so that EXIF orientation `orientation` shows it upright: TIFF 6.0, tag 274. */
function storedFor(orientation: number): Sharp {
  const swaps = orientation >= 5;
  const width = swaps ? TEST_HEIGHT : TEST_WIDTH;
  const height = swaps ? TEST_WIDTH : TEST_HEIGHT;
  const upright = testPixels();
  const data = new Uint8Array(upright.length);
  for (let y = 0; y < TEST_HEIGHT; y++) {
    for (let x = 0; x < TEST_WIDTH; x++) {
      // Orientation names where the stored row 0 and column 0 are: 6 = row 0 is the right side, column 0 the top.
      const right = TEST_WIDTH - 1 - x;
      const below = TEST_HEIGHT - 1 - y;
      const [column, row] = [
        [x, y],
        [right, y],
        [right, below],
        [x, below],
        [y, x],
        [y, right],
        [below, right],
        [below, x],
      ][orientation - 1] as [number, number];
      for (let c = 0; c < 3; c++) {
        data[(row * width + column) * 3 + c] = upright[(y * TEST_WIDTH + x) * 3 + c] ?? 0;
      }
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

test('each format comes out as RGB of the right size, undamaged, one page', async () => {
  for (const format of ENCODERS) {
    const file = await testPicture().toFormat(format, { quality: 100 }).toBuffer();
    const outcome = await decoded(file);
    assert.equal(outcome.format, format);
    assert.deepEqual(
      [outcome.pixels.width, outcome.pixels.height, outcome.pixels.channels],
      [TEST_WIDTH, TEST_HEIGHT, 3],
    );
    assert.deepEqual([outcome.orientation, outcome.pages, outcome.damaged], [1, 1, false]);
  }
});

test('lossless files give the very samples', async () => {
  for (const file of [
    await testPicture().png().toBuffer(),
    await testPicture().webp({ lossless: true }).toBuffer(),
    await testPicture().tiff({ compression: 'lzw' }).toBuffer(),
  ]) {
    assert.equal(worst((await decoded(file)).pixels.data, testPixels()), 0);
  }
});

test('all eight EXIF orientations give the same upright pixels, and reference mode leaves them as stored', async () => {
  for (let orientation = 1; orientation <= 8; orientation++) {
    const stored = storedFor(orientation);
    const raw = await stored.clone().raw().toBuffer();
    for (const file of [
      await stored.clone().png().withMetadata({ orientation }).toBuffer(),
      await stored.clone().tiff({ compression: 'lzw' }).withMetadata({ orientation }).toBuffer(),
    ]) {
      const upright = await decoded(file);
      assert.equal(upright.orientation, orientation);
      assert.deepEqual([upright.pixels.width, upright.pixels.height], [TEST_WIDTH, TEST_HEIGHT]);
      assert.equal(worst(upright.pixels.data, testPixels()), 0, `orientation ${orientation}`);
      assert.equal(worst((await decoded(file, { mode: 'reference' })).pixels.data, raw), 0);
    }
    const jpeg = await stored
      .clone()
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      .withMetadata({ orientation })
      .toBuffer();
    assert.ok(
      worst((await decoded(jpeg)).pixels.data, testPixels()) <= 8,
      `JPEG, orientation ${orientation}`,
    );
  }
});

test('an EXIF orientation that is garbage means "as stored"', async () => {
  const jpeg = await testPicture().jpeg({ quality: 100 }).withMetadata({ orientation: 6 }).toBuffer();
  const tag = Buffer.from([0x12, 0x01]);
  let at = jpeg.indexOf(tag);
  let little = true;
  if (at < 0) {
    at = jpeg.indexOf(Buffer.from([0x01, 0x12]));
    little = false;
  }
  assert.ok(at > 0);
  for (const garbage of [0, 9, 255, 65535]) {
    const file = Buffer.from(jpeg);
    if (little) file.writeUInt16LE(garbage, at + 8);
    else file.writeUInt16BE(garbage, at + 8);
    const outcome = await decoded(file);
    assert.equal(outcome.orientation, 1, `stated ${garbage}`);
    assert.equal(outcome.pixels.width, TEST_WIDTH);
  }
});

test('colours come home to sRGB from Display-P3 and from 16 bits, with and without a profile', async () => {
  for (const file of [
    await testPicture().withIccProfile('p3').png().toBuffer(),
    await testPicture().withIccProfile('srgb').png().toBuffer(),
    await testPicture().toColourspace('rgb16').png().toBuffer(),
    await testPicture().toColourspace('rgb16').withIccProfile('srgb').png().toBuffer(),
    await testPicture().toColourspace('rgb16').withIccProfile('p3').png().toBuffer(),
  ]) {
    assert.ok(worst((await decoded(file)).pixels.data, testPixels()) <= 6);
  }
});

test('reference mode does not manage colour', async () => {
  const file = await testPicture().withIccProfile('p3').png().toBuffer();
  const managed = await decoded(file);
  const asStored = await decoded(file, { mode: 'reference' });
  assert.ok(worst(managed.pixels.data, asStored.pixels.data) > 8);
});

test('CMYK, with a profile or without, becomes sRGB of about the same colours', async () => {
  // Not exact: the way into the inks and back goes through two gamuts. Inks taken for light would be far off.
  const soft = sharp({
    create: { width: 8, height: 8, channels: 3, background: { r: 150, g: 120, b: 100 } },
  });
  for (const inks of [
    soft.clone().toColourspace('cmyk').withIccProfile('cmyk'),
    soft.clone().toColourspace('cmyk'),
  ]) {
    const file = await inks.jpeg({ quality: 100 }).toBuffer();
    assert.equal((await sharp(file).metadata()).channels, 4, 'the fixture is CMYK');
    const { pixels } = await decoded(file);
    assert.equal(pixels.channels, 3);
    assert.ok(worst(pixels.data.subarray(0, 3), [150, 120, 100]) <= 20);
  }
});

test('a palette is expanded to its colours', async () => {
  const file = await sharp({
    create: { width: 8, height: 8, channels: 3, background: { r: 200, g: 60, b: 40 } },
  })
    .png({ palette: true, colours: 4 })
    .toBuffer();
  assert.equal(file[25], 3, 'the fixture has a palette');
  for (const mode of ['oriented', 'reference'] as const) {
    assert.ok(worst((await decoded(file, { mode })).pixels.data.subarray(0, 3), [200, 60, 40]) <= 2);
  }
});

test('grey, with or without alpha, comes out as three equal samples', async () => {
  const grey = Uint8Array.from({ length: 64 }, (_, i) => i * 4);
  const plain = await sharp(grey, { raw: { width: 8, height: 8, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer();
  assert.equal(plain[25], 0, 'the fixture is grey');
  const { pixels } = await decoded(plain);
  assert.equal(pixels.channels, 3);
  assert.equal(
    worst(
      pixels.data,
      Uint8Array.from({ length: 192 }, (_, i) => grey[Math.floor(i / 3)] ?? 0),
    ),
    0,
  );
});

test('transparent pixels are laid over white; reference mode drops alpha and sees what lies beneath', async () => {
  const rgba = Uint8Array.from([200, 10, 10, 0, 200, 10, 10, 255, 200, 10, 10, 128, 0, 0, 0, 64]);
  for (const format of ['png', 'webp', 'tiff'] as const) {
    const options = format === 'webp' ? { lossless: true, exact: true } : { compression: 'lzw' };
    const file = await sharp(rgba, { raw: { width: 4, height: 1, channels: 4 } })
      .toFormat(format, format === 'png' ? {} : options)
      .toBuffer();
    const seen = await decoded(file);
    assert.ok(
      worst(seen.pixels.data, [255, 255, 255, 200, 10, 10, 227, 132, 132, 191, 191, 191]) <= 1,
      format,
    );
    const beneath = await decoded(file, { mode: 'reference' });
    assert.equal(worst(beneath.pixels.data, [200, 10, 10, 200, 10, 10, 200, 10, 10, 0, 0, 0]), 0, format);
  }
});

test('of an animation the first frame is taken and the frames are told', async () => {
  const frames = await Promise.all(
    [20, 120, 220].map((level) =>
      sharp({ create: { width: 8, height: 6, channels: 3, background: { r: level, g: level, b: level } } })
        .png()
        .toBuffer(),
    ),
  );
  const joined = sharp(frames, { join: { animated: true } });
  for (const file of [
    await joined.clone().gif().toBuffer(),
    await joined.clone().webp({ lossless: true }).toBuffer(),
  ]) {
    const outcome = await decoded(file);
    assert.equal(outcome.pages, 3);
    assert.deepEqual([outcome.pixels.width, outcome.pixels.height], [8, 6]);
    assert.ok(worst(outcome.pixels.data.subarray(0, 3), [20, 20, 20]) <= 2);
  }
});

test('the content decides, and a view into a larger buffer is read in its own bounds', async () => {
  const png = await testPicture().png().toBuffer();
  const roomy = new Uint8Array(png.length + 200).fill(0xff);
  roomy.set(png, 100);
  const outcome = await decoded(roomy.subarray(100, 100 + png.length));
  assert.equal(outcome.format, 'png');
  assert.equal(worst(outcome.pixels.data, testPixels()), 0);
});

test('what is no byte array, and limits that are no limits, are errors of the caller', async () => {
  await assert.rejects(decodeImage('text' as unknown as Uint8Array), TypeError);
  for (const limits of [{ pixels: 0 }, { timeMs: -1 }, { fileBytes: 1.5 }, { frames: Number.NaN }]) {
    await assert.rejects(decodeImage(new Uint8Array(1), { limits }), RangeError);
  }
});
