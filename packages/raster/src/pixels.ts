/**
 * Decoded pictures as plain planes of numbers: what every pure room works on, in a browser and in Node.
 *
 * Row-major, channels interleaved, one byte a sample (0..255), no padding between rows.
 * @module
 */

/** Channels of a picture: 1 = grey, 3 = RGB, 4 = RGBA (alpha not premultiplied; see each reader for what it does with it). */
export type Channels = 1 | 3 | 4;

/** A decoded picture. `data.length` is exactly `width * height * channels`. */
export type Pixels = {
  readonly width: number;
  readonly height: number;
  readonly channels: Channels;
  readonly data: Uint8Array | Uint8ClampedArray;
};

/**
 * Makes `Pixels` after checking that the numbers agree.
 * @throws {RangeError} for a side that is not a positive integer, or for data of another length
 * @throws {TypeError} for channels other than 1, 3, 4, or data that is not bytes
 */
export function parsePixels(
  data: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
  channels: number,
): Pixels {
  if (!(data instanceof Uint8Array || data instanceof Uint8ClampedArray)) {
    throw new TypeError('pixels: expected data as Uint8Array or Uint8ClampedArray');
  }
  if (!Number.isSafeInteger(width) || width < 1)
    throw new RangeError(`pixels: expected width >= 1, got ${width}`);
  if (!Number.isSafeInteger(height) || height < 1)
    throw new RangeError(`pixels: expected height >= 1, got ${height}`);
  if (channels !== 1 && channels !== 3 && channels !== 4) {
    throw new TypeError(`pixels: expected 1, 3 or 4 channels, got ${channels}`);
  }
  const expected = width * height * channels;
  if (data.length !== expected) {
    throw new RangeError(
      `pixels: expected ${expected} bytes for ${width}x${height}x${channels}, got ${data.length}`,
    );
  }
  return { width, height, channels, data };
}
