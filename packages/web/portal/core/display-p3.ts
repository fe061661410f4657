/**
 * Display-P3 samples to sRGB ones: both have the same transfer curve (IEC 61966-2-1), so it is one matrix in linear light
 * (CSS Color 4, section 17, "lin_P3_to_XYZ" and "XYZ_to_lin_sRGB" multiplied), and what lies outside of sRGB is cut off, as
 * a browser's canvas does. Arithmetic, and not a canvas: Firefox has no `ImageData` of another colour space.
 * @module
 */

const R = [1.2249401762805598, -0.2249401762805598] as const;
const G = [-0.0420569547096881, 1.0420569547096881] as const;
const B = [-0.0196375545903344, -0.0786360455506319, 1.0982736001409663] as const;

/** Linear light of each sample. */
const LINEAR = Float64Array.from({ length: 256 }, (_, sample) => {
  const value = sample / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** Linear light in steps, to samples: fine enough that every sample comes back as itself. */
const STEPS = 16_383;
const SAMPLES = Uint8ClampedArray.from({ length: STEPS + 1 }, (_, step) => {
  const light = step / STEPS;
  return 255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055);
});

/** Brings RGBA samples from Display-P3 to sRGB, in place; alpha stays. */
export function displayP3ToSrgb(samples: Uint8ClampedArray): void {
  for (let at = 0; at + 3 < samples.length; at += 4) {
    const r = LINEAR[samples[at]!]!;
    const g = LINEAR[samples[at + 1]!]!;
    const b = LINEAR[samples[at + 2]!]!;
    samples[at] = sampleOf(R[0] * r + R[1] * g);
    samples[at + 1] = sampleOf(G[0] * r + G[1] * g);
    samples[at + 2] = sampleOf(B[0] * r + B[1] * g + B[2] * b);
  }
}

function sampleOf(light: number): number {
  return SAMPLES[Math.round(STEPS * Math.min(1, Math.max(0, light)))]!;
}
