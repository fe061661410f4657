/**
 * Landscapes that nobody photographed: test pictures with the statistics of photographs, made from a seed.
 *
 * Sky with a gradient, sun and clouds; ridges at several depths that fade into the air; below them water with
 * reflections, patchwork fields or meadow; trees in front; a camera held a little askew, its exposure and its grain.
 * Every seed draws its own horizon, palette and composition, so that two seeds are as far apart as two photographs
 * (PDQ distances: landscape.test.ts in `fingerprint` holds the measure). The scene is laid out in units of the
 * picture's height: the same seed at another size is the same scene, sampled anew.
 *
 * Pictures are RGB. The same seed and size give the same bytes in every run.
 * @module
 */

import { type Pixels, parsePixels } from './pixels.ts';

type Rgb = readonly [number, number, number];

/** Numbers in 0..1 from a seed (mulberry32, public domain, by Tommy Ettinger): plenty for scenery, no more. */
export function seededRandom(seed: number): () => number {
  let state = (Math.imul(seed | 0, 0x9e3779b1) ^ 0x5bd1e995) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Palettes: zenith, horizon, far land, near land, water, cloud. Each is shifted at random before use. */
const PALETTES: readonly (readonly [Rgb, Rgb, Rgb, Rgb, Rgb, Rgb])[] = [
  [
    [52, 104, 178],
    [188, 212, 232],
    [120, 146, 168],
    [74, 98, 44],
    [60, 104, 136],
    [246, 246, 244],
  ],
  [
    [38, 44, 92],
    [240, 150, 92],
    [112, 84, 104],
    [44, 38, 34],
    [120, 84, 88],
    [250, 190, 150],
  ],
  [
    [112, 128, 142],
    [196, 202, 204],
    [132, 142, 146],
    [70, 80, 66],
    [98, 112, 118],
    [222, 224, 226],
  ],
  [
    [20, 60, 120],
    [150, 190, 214],
    [150, 130, 110],
    [168, 130, 78],
    [40, 110, 130],
    [255, 250, 240],
  ],
  [
    [16, 20, 48],
    [70, 84, 130],
    [40, 48, 76],
    [18, 22, 28],
    [34, 44, 80],
    [110, 120, 156],
  ],
  [
    [90, 150, 200],
    [250, 232, 190],
    [140, 160, 130],
    [150, 140, 52],
    [100, 150, 150],
    [255, 246, 226],
  ],
  [
    [150, 170, 190],
    [226, 232, 240],
    [188, 198, 212],
    [228, 232, 238],
    [110, 134, 156],
    [250, 250, 252],
  ],
];

const LATTICE = 256;

/** Smooth noise in −1..1 over a lattice of unit cells that repeats after 256. */
class Noise {
  readonly #lattice: Float32Array;

  constructor(random: () => number) {
    this.#lattice = Float32Array.from({ length: LATTICE * LATTICE }, () => 2 * random() - 1);
  }

  at(x: number, y: number): number {
    const x0 = Math.floor(x);
    const y0 = Math.floor(y);
    let u = x - x0;
    let v = y - y0;
    u = u * u * (3 - 2 * u);
    v = v * v * (3 - 2 * v);
    const left = x0 & 255;
    const right = (x0 + 1) & 255;
    const top = (y0 & 255) << 8;
    const bottom = ((y0 + 1) & 255) << 8;
    const lattice = this.#lattice;
    const a = lattice[top | left]!;
    const b = lattice[bottom | left]!;
    const upper = a + (lattice[top | right]! - a) * u;
    return upper + (b + (lattice[bottom | right]! - b) * u - upper) * v;
  }

  /** Octaves of `at`, each twice as fine and `fall` as strong. */
  fractal(x: number, y: number, octaves: number, fall: number): number {
    let sum = 0;
    let strength = 1;
    for (let i = 0; i < octaves; i++) {
      sum += strength * this.at(x, y);
      strength *= fall;
      // Shifted a little, so that the lattices of the octaves do not meet in one point.
      x = 2 * x + 17.3;
      y = 2 * y + 9.1;
    }
    return sum;
  }
}

type Ridge = {
  /** Skyline for each column, in rows of the picture, before tilt. */
  readonly line: Float64Array;
  readonly depth: number;
  readonly colour: Rgb;
  readonly grain: number;
};

type Tree = {
  readonly x: number;
  readonly foot: number;
  readonly height: number;
  readonly spread: number;
  readonly colour: Rgb;
  readonly conifer: boolean;
};

/**
 * The landscape of `seed`, RGB, `width` × `height` pixels. About 200 ns a pixel.
 * @throws {RangeError} for a side that is not a positive integer
 */
export function landscape(seed: number, width: number, height: number): Pixels {
  const random = seededRandom(seed);
  const between = (low: number, high: number) => low + (high - low) * random();
  const noise = new Noise(random);
  const aspect = width / height;

  const shift: Rgb = [between(-24, 24), between(-24, 24), between(-24, 24)];
  const exposure = between(0.78, 1.18);
  const [zenith, haze, far, near, deep, cloudWhite] = PALETTES[Math.floor(random() * PALETTES.length)]!.map(
    (colour): Rgb => [
      (colour[0] + shift[0]) * exposure,
      (colour[1] + shift[1]) * exposure,
      (colour[2] + shift[2]) * exposure,
    ],
  ) as [Rgb, Rgb, Rgb, Rgb, Rgb, Rgb];

  const horizon = between(0.22, 0.72);
  const tilt = between(-0.12, 0.12);
  const sun = { x: between(-0.1, 1.1) * aspect, y: between(0.02, horizon), size: between(0.015, 0.06) };
  const glow = between(0.2, 0.9);
  const cloudCover = between(-0.45, 0.4);
  const cloudScale = between(1.6, 5.5);
  const cloudStretch = between(1, 3.2);
  const cloudFrom = between(0, 200);

  const ridges: Ridge[] = [];
  const ridgeCount = 2 + Math.floor(random() * 4);
  for (let i = 0; i < ridgeCount; i++) {
    const depth = (i + 1) / ridgeCount;
    const base = horizon + (i === 0 ? 0 : (depth - 0.3) * between(0.02, 0.3));
    const rise = between(0.05, 0.3) * (1.15 - 0.6 * depth);
    const scale = between(1.2, 5);
    const from = between(0, 200);
    const rough = between(0.35, 0.58);
    const line = new Float64Array(width);
    for (let x = 0; x < width; x++) {
      const along = x / height;
      line[x] = base - rise * (noise.fractal(along * scale + from, from * 0.7, 7, rough) * 0.7 + 0.25);
    }
    ridges.push({
      line,
      depth,
      colour: mix(far, near, depth * between(0.5, 0.95)),
      grain: between(14, 44) * (0.4 + 0.6 * depth),
    });
  }

  // What lies below the horizon.
  const ground = random();
  const water = ground < 0.35;
  const fields = !water && ground < 0.7;
  const shore = Math.min(0.94, horizon + between(0.06, 0.3));
  const fieldTurn = between(-1.2, 1.2);
  const fieldSize = between(0.7, 2.2);
  const furrow = between(5, 16);
  const groundScale = between(2, 9);
  const groundGrain = between(26, 64);

  const trees: Tree[] = [];
  const treeCount = Math.floor(between(0, 9));
  for (let i = 0; i < treeCount; i++) {
    const tall = between(0.08, 0.55) * (random() < 0.3 ? 1.5 : 1);
    trees.push({
      x: between(-0.05, 1.05) * aspect,
      // Trees stand on land.
      foot: water ? between(horizon, shore) : horizon + between(0.1, 0.55),
      height: tall,
      spread: tall * between(0.18, 0.5),
      colour: mix(near, [22, 34, 20], between(0.35, 0.85)),
      conifer: random() < 0.4,
    });
  }
  trees.sort((a, b) => b.foot - a.foot);

  const data = new Uint8Array(width * height * 3);
  const unit = 1 / height;
  for (let py = 0, at = 0; py < height; py++) {
    for (let px = 0; px < width; px++, at += 3) {
      const x = (px + 0.5) * unit;
      // The camera's tilt moves everything down along x.
      const y = (py + 0.5) * unit + tilt * (x - aspect / 2);
      let red: number;
      let green: number;
      let blue: number;

      const tree = treeAt(trees, noise, x, y);
      if (tree !== undefined) {
        const leaf = noise.fractal(x * 34, y * 34, 3, 0.6) * 38;
        red = tree[0] + leaf;
        green = tree[1] + leaf * 1.15;
        blue = tree[2] + leaf * 0.7;
      } else {
        let ridge: Ridge | undefined;
        for (let i = ridges.length - 1; i >= 0; i--)
          if (y > ridges[i]!.line[px]!) {
            ridge = ridges[i];
            break;
          }
        if (ridge === undefined) {
          // Sky. Clouds lie flatter towards the horizon.
          const up = Math.max(0, Math.min(1, y / horizon));
          const toSun = (x - sun.x) * (x - sun.x) + (y - sun.y) * (y - sun.y);
          const shine = (glow * 0.05) / (0.05 + toSun * 4);
          const cloud =
            noise.fractal(
              x * cloudScale + cloudFrom,
              y * cloudScale * cloudStretch * (0.6 + up) + cloudFrom,
              5,
              0.55,
            ) + cloudCover;
          const cover = cloud <= 0 ? 0 : cloud > 0.7 ? 1 : cloud / 0.7;
          const lit = 1 - 0.24 * cover * cover;
          const disc = toSun < sun.size * sun.size ? 90 * (1 - cover) : 0;
          red = sky(zenith[0], haze[0], cloudWhite[0], up, cover, lit) + 120 * shine + disc;
          green = sky(zenith[1], haze[1], cloudWhite[1], up, cover, lit) + 96 * shine + disc;
          blue = sky(zenith[2], haze[2], cloudWhite[2], up, cover, lit) + 50 * shine + disc;
        } else if (ridge.depth < 1 || y < shore) {
          // Slopes: lit from the side by the noise's own relief, hazier with distance.
          const relief =
            noise.fractal(x * 11 + ridge.depth * 40, y * 16 + ridge.depth * 23, 4, 0.62) * ridge.grain;
          red = ridge.colour[0] + relief;
          green = ridge.colour[1] + relief;
          blue = ridge.colour[2] + relief * 0.8;
        } else {
          // The ground goes away from us: a row stands for ever more of it.
          const away = 1 / (y - shore + 0.12);
          if (water) {
            const wave = noise.fractal(x * 5 + 60, away * 7, 4, 0.6);
            const mirror = Math.max(0, Math.min(1, (2 * shore - y) / horizon));
            const glint = wave > 0.55 ? (wave - 0.55) * 220 * glow : 0;
            const dark = 1 - 0.35 * noise.at(x * 3 + 11, mirror * 4 + 5);
            red =
              (deep[0] * 0.55 + (zenith[0] + (haze[0] - zenith[0]) * mirror) * 0.4) * dark +
              wave * 34 +
              glint;
            green =
              (deep[1] * 0.55 + (zenith[1] + (haze[1] - zenith[1]) * mirror) * 0.4) * dark +
              wave * 34 +
              glint;
            blue =
              (deep[2] * 0.55 + (zenith[2] + (haze[2] - zenith[2]) * mirror) * 0.4) * dark +
              wave * 32 +
              glint;
          } else {
            const gx = (x - aspect / 2) * away * fieldSize;
            const gy = away * fieldSize * 2;
            const u = gx + gy * fieldTurn + 0.25 * noise.at(gx, gy);
            const v = gy - gx * fieldTurn;
            let tone = noise.fractal(gx * groundScale * 0.35, gy * groundScale * 0.35, 4, 0.66) * groundGrain;
            let warm = 0;
            if (fields) {
              const patch = noise.at(Math.floor(u) * 7.31 + 0.5, Math.floor(v) * 5.77 + 0.5);
              const rows = (u * furrow) % 1;
              tone += patch * 70 + (Math.abs(rows) < 0.5 ? 9 : -9);
              warm = noise.at(Math.floor(v) * 3.37 + 0.5, Math.floor(u) * 4.19 + 0.5) * 42;
            }
            red = near[0] + tone + warm;
            green = near[1] + tone;
            blue = near[2] + tone * 0.6 - warm * 0.4;
          }
        }
      }
      // The sensor's grain: the same at a pixel whatever the channel, as after a camera's own noise filter.
      const grain = noise.at(px * 0.91 + 3, py * 0.87 + 5) * 4;
      data[at] = sample(red + grain);
      data[at + 1] = sample(green + grain);
      data[at + 2] = sample(blue + grain);
    }
  }
  return parsePixels(data, width, height, 3);
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}

function sky(top: number, low: number, white: number, up: number, cover: number, lit: number): number {
  const clear = top + (low - top) * up;
  return clear + (white * lit - clear) * cover;
}

function sample(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : Math.round(value);
}

/** Colour of the foremost tree at a point, if there is one. */
function treeAt(trees: readonly Tree[], noise: Noise, x: number, y: number): Rgb | undefined {
  for (const tree of trees) {
    const dx = (x - tree.x) / tree.spread;
    if (dx < -1.2 || dx > 1.2) continue;
    const up = (tree.foot - y) / tree.height;
    if (up < 0 || up > 1.15) continue;
    if (up < 0.35 && Math.abs(dx) < 0.07) return TRUNK;
    const edge = 0.28 * noise.fractal(x * 14 + tree.x * 31, y * 14, 3, 0.6);
    const inside = tree.conifer
      ? Math.abs(dx) < (1 - up) * 0.7 + edge * 0.6 && up > 0.12
      : dx * dx + (up - 0.65) * (up - 0.65) * 8 < 0.8 + edge * 1.6;
    if (inside) return tree.colour;
  }
  return undefined;
}

const TRUNK: Rgb = [52, 40, 32];
