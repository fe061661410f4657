/**
 * Plane projective maps: nine numbers, row-major, that take a point of one picture to one of another.
 *
 * (x, y) goes to ((h0·x + h1·y + h2)/w, (h3·x + h4·y + h5)/w) with w = h6·x + h7·y + h8 (Hartley and Zisserman, "Multiple
 * View Geometry", 2.3). Points are in samples of the planes, sample centres at halves. Similarities and affine maps are
 * those with h6 = h7 = 0; h8 is 1.
 * @module
 */

/** Nine numbers, row-major. */
export type Homography = Float64Array<ArrayBuffer>;

/** The map that moves nothing. */
export function identity(): Homography {
  return Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
}

/** Stretches by `across` and `down`, then moves by (x, y). */
export function scaling(across: number, down: number, x = 0, y = 0): Homography {
  return Float64Array.of(across, 0, x, 0, down, y, 0, 0, 1);
}

/** The mirror image of a picture of `width` samples: left and right changed. It is its own inverse. */
export function mirroring(width: number): Homography {
  return scaling(-1, 1, width, 0);
}

/** The map that does `first` and then `then`. */
export function compose(then: Homography, first: Homography): Homography {
  const product = new Float64Array(9);
  for (let row = 0; row < 3; row++)
    for (let column = 0; column < 3; column++)
      product[3 * row + column] =
        then[3 * row]! * first[column]! +
        then[3 * row + 1]! * first[3 + column]! +
        then[3 * row + 2]! * first[6 + column]!;
  return normalised(product);
}

/** The way back; undefined where there is none. */
export function inverse(h: Homography): Homography | undefined {
  const [a, b, c, d, e, f, g, i, j] = h as unknown as readonly [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const back = Float64Array.of(
    e * j - f * i,
    c * i - b * j,
    b * f - c * e,
    f * g - d * j,
    a * j - c * g,
    c * d - a * f,
    d * i - e * g,
    b * g - a * i,
    a * e - b * d,
  );
  const determinant = a * back[0]! + b * back[3]! + c * back[6]!;
  if (!(Math.abs(determinant) > 1e-30) || Math.abs(back[8]!) < 1e-30) return undefined;
  return normalised(back);
}

/** Where (x, y) goes. NaN or infinite on the map's horizon. */
export function apply(h: Homography, x: number, y: number): readonly [number, number] {
  const w = h[6]! * x + h[7]! * y + h[8]!;
  return [(h[0]! * x + h[1]! * y + h[2]!) / w, (h[3]! * x + h[4]! * y + h[5]!) / w];
}

/** The map's derivative at (x, y): dx′/dx, dx′/dy, dy′/dx, dy′/dy. */
export function derivative(h: Homography, x: number, y: number): readonly [number, number, number, number] {
  const w = h[6]! * x + h[7]! * y + h[8]!;
  const [u, v] = apply(h, x, y);
  return [(h[0]! - u * h[6]!) / w, (h[1]! - u * h[7]!) / w, (h[3]! - v * h[6]!) / w, (h[4]! - v * h[7]!) / w];
}

/** Whether orientation is reversed at (x, y): a mirrored copy. */
export function isMirroring(h: Homography, x: number, y: number): boolean {
  const [a, b, c, d] = derivative(h, x, y);
  return a * d - b * c < 0;
}

/** Samples there for one sample here, at (x, y): the square root of the area that one covers. */
export function scaleAt(h: Homography, x: number, y: number): number {
  const [a, b, c, d] = derivative(h, x, y);
  return Math.sqrt(Math.abs(a * d - b * c));
}

/**
 * Whether a picture could have been altered so: all of a `width` × `height` picture on one side of the horizon, not
 * folded, not squeezed to a line (at most 1 to 4 anywhere), not more than 40 times larger or smaller.
 */
export function isPlausible(h: Homography, width: number, height: number): boolean {
  let sign = 0;
  const scales: number[] = [];
  for (const [x, y] of [
    [0, 0],
    [width, 0],
    [0, height],
    [width, height],
    [width / 2, height / 2],
  ] as const) {
    const w = h[6]! * x + h[7]! * y + h[8]!;
    if (!(w > 1e-6)) return false;
    const [a, b, c, d] = derivative(h, x, y);
    const area = a * d - b * c;
    if (!Number.isFinite(area) || area === 0) return false;
    if (sign !== 0 && Math.sign(area) !== sign) return false;
    sign = Math.sign(area);
    // Singular values s ≥ t: s² + t² is the sum of squares, s·t the area. So s/t ≤ 4 means (s² + t²)/(s·t) ≤ 4.25.
    if ((a * a + b * b + c * c + d * d) / Math.abs(area) > 4.25) return false;
    scales.push(Math.sqrt(Math.abs(area)));
  }
  const [least, greatest] = [Math.min(...scales), Math.max(...scales)];
  return least > 1 / 40 && greatest < 40 && greatest / least < 4;
}

function normalised(h: Homography): Homography {
  const w = h[8]!;
  return h.map((value) => value / w);
}
