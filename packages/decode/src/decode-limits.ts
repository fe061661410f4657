/**
 * What a foreign picture may cost before it is refused. Bytes, pixels (width × height of one frame), milliseconds.
 *
 * Two of the numbers are tuned on a measurement (Node 24, sharp 0.35.5 / libvips 8.18.7, one core, idle):
 * the worst format at 100 Mpx is lossy WebP with 24 ms per Mpx on smooth pictures and 64 on noise, so 5 s hold every
 * ordinary picture. AVIF takes 33–40 ms per Mpx on smooth pictures, 90 on a photograph, 115–275 on noise: above 32 Mpx
 * it would pass 3 s on a photograph, hence its own cap. What is slower than that still meets the clock.
 * @module
 */

/** What one decode may cost. Every number is a positive integer. */
export type DecodeLimits = {
  /** Length of the file, in bytes. */
  readonly fileBytes: number;
  /** Width × height that the header may declare, for every format. */
  readonly pixels: number;
  /** The same for AVIF, which decodes tens of times slower than JPEG; the smaller of the two counts. */
  readonly avifPixels: number;
  /** The longer side, in pixels: rows of one pixel decode a thousand times slower than their area suggests. */
  readonly side: number;
  /** Frames or pages, since decoders look at all of them before the first is seen (`frame-count.ts`). */
  readonly frames: number;
  /** From call to answer, waiting for a free decoder included. */
  readonly timeMs: number;
};

/** The limits at every door unless a caller names others: 64 MiB, 100 Mpx (AVIF 32), sides of 65,535, 10,000 frames, 5 s. */
export const DECODE_LIMITS: DecodeLimits = Object.freeze({
  fileBytes: 64 * 1024 * 1024,
  pixels: 100_000_000,
  avifPixels: 32_000_000,
  side: 65_535,
  frames: 10_000,
  timeMs: 5_000,
});

/**
 * `DECODE_LIMITS` with the caller's own numbers in place.
 * @throws {RangeError} for a limit that is not a positive integer
 */
export function parseDecodeLimits(own: Partial<DecodeLimits> = {}): DecodeLimits {
  const limits = { ...DECODE_LIMITS, ...own };
  for (const [name, value] of Object.entries(limits)) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(`decode limits: expected ${name} to be a positive integer`);
    }
  }
  return limits;
}
