/**
 * What happens to a copy on its way, for `reclaim bench watermark`: the attack list of the design, each from the delivered
 * copy (JPEG 95) to the bytes of a leaked file, at quality 90 unless it says otherwise.
 *
 * The taxonomy follows WAVES (An et al., ICML 2024) without its regeneration by models, which no pixel-level mark survives
 * and which the documents name as a limit.
 * @module
 */

import type { Pixels } from '@reclaim/raster/pixels';
import sharp, { type OverlayOptions, type Sharp } from 'sharp';

/** A delivered copy, its size, and the pixels of up to twenty other copies for those who work together. */
export type Delivered = {
  readonly jpeg: Buffer;
  readonly width: number;
  readonly height: number;
  readonly colluders: readonly Pixels[];
  /** 0..1, the same sequence for the same picture. */
  readonly random: () => number;
};

/** An attack. `core` ones are measured on every photograph; `colluders` is how many copies it needs, at least one. */
export type Attack = {
  readonly name: string;
  readonly core?: true;
  readonly colluders?: number;
  readonly leak: (delivered: Delivered) => Promise<Buffer>;
};

const jpeg = (picture: Sharp, quality = 90): Promise<Buffer> => picture.jpeg({ quality }).toBuffer();

/** One step on the delivered copy. */
const once =
  (work: (picture: Sharp, delivered: Delivered) => Sharp, quality = 90) =>
  (delivered: Delivered): Promise<Buffer> =>
    jpeg(work(sharp(delivered.jpeg), delivered), quality);

const scaled = (factor: number) =>
  once((picture, { width, height }) =>
    picture.resize(Math.round(width * factor), Math.round(height * factor), { fit: 'fill' }),
  );

/** Cuts a share of the area away, shape kept, at a random place. */
function cropped(share: number) {
  return once((picture, { width, height, random }) => {
    const side = Math.sqrt(1 - share);
    const [w, h] = [Math.round(width * side), Math.round(height * side)];
    return picture.extract({
      left: Math.floor(random() * (width - w)),
      top: Math.floor(random() * (height - h)),
      width: w,
      height: h,
    });
  });
}

const turned = (degrees: number) => once((picture) => picture.rotate(degrees, { background: '#000000' }));

/** Adds noise that is nearly Gaussian (the sum of three even ones). */
function noisy(deviation: number) {
  return async ({ jpeg: bytes, width, height, random }: Delivered): Promise<Buffer> => {
    const data = await sharp(bytes).raw().toBuffer();
    const clamped = new Uint8ClampedArray(data.length);
    for (let i = 0; i < data.length; i++)
      clamped[i] = data[i]! + deviation * 2 * (random() + random() + random() - 1.5);
    return jpeg(sharp(clamped, { raw: { width, height, channels: 3 } }));
  };
}

/** Mixes the copies of several recipients, sample by sample. */
function together(
  count: number,
  mix: (samples: Float64Array, x: number, y: number) => number,
  side?: number,
  quality = 90,
) {
  return async ({ colluders, width, height }: Delivered): Promise<Buffer> => {
    const few = colluders.slice(0, count);
    const data = new Uint8ClampedArray(width * height * 3);
    const samples = new Float64Array(few.length);
    for (let i = 0; i < data.length; i++) {
      for (let k = 0; k < few.length; k++) samples[k] = few[k]!.data[i]!;
      const at = Math.floor(i / 3);
      data[i] = mix(samples, at % width, Math.floor(at / width));
    }
    const mixed = sharp(data, { raw: { width, height, channels: 3 } });
    return side === undefined
      ? jpeg(mixed, quality)
      : jpeg(mixed.resize(side, side, { fit: 'inside', withoutEnlargement: true }), quality);
  };
}

const mean = (samples: Float64Array): number =>
  samples.reduce((sum, value) => sum + value, 0) / samples.length;

/** A view from the side: the corners move inwards by up to `share` of the sides, then blur, noise and quality 70. */
function fromTheSide(share: number) {
  return async ({ jpeg: bytes, width, height, random }: Delivered): Promise<Buffer> => {
    const data = await sharp(bytes).raw().toBuffer();
    const inset = () => share * random();
    const corners = [
      [inset() * width, inset() * height],
      [width * (1 - inset()), inset() * height],
      [width * (1 - inset()), height * (1 - inset())],
      [inset() * width, height * (1 - inset())],
    ] as const;
    const bent = new Uint8ClampedArray(data.length);
    // The leaked frame is bilinear in the corners' projective map: from (u, v) in the unit square to the copy (Heckbert 1989).
    const map = squareToQuad(corners);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const [sx, sy] = map((x + 0.5) / width, (y + 0.5) / height);
        const fx = Math.min(width - 1.001, Math.max(0, sx - 0.5));
        const fy = Math.min(height - 1.001, Math.max(0, sy - 0.5));
        const [ix, iy] = [Math.floor(fx), Math.floor(fy)];
        const [ax, ay] = [fx - ix, fy - iy];
        for (let c = 0; c < 3; c++) {
          const at = (iy * width + ix) * 3 + c;
          const top = data[at]! * (1 - ax) + data[at + 3]! * ax;
          const bottom = data[at + 3 * width]! * (1 - ax) + data[at + 3 * width + 3]! * ax;
          bent[(y * width + x) * 3 + c] =
            top * (1 - ay) + bottom * ay + 5 * 2 * (random() + random() + random() - 1.5);
        }
      }
    return jpeg(sharp(bent, { raw: { width, height, channels: 3 } }).blur(0.8), 70);
  };
}

function squareToQuad(
  corners: readonly (readonly [number, number])[],
): (u: number, v: number) => readonly [number, number] {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = corners as readonly [
    readonly [number, number],
    readonly [number, number],
    readonly [number, number],
    readonly [number, number],
  ];
  const [dx1, dx2, dx3] = [x1 - x2, x3 - x2, x0 - x1 + x2 - x3];
  const [dy1, dy2, dy3] = [y1 - y2, y3 - y2, y0 - y1 + y2 - y3];
  const det = dx1 * dy2 - dx2 * dy1;
  const g = (dx3 * dy2 - dx2 * dy3) / det;
  const h = (dx1 * dy3 - dx3 * dy1) / det;
  const [a, b, c] = [x1 - x0 + g * x1, x3 - x0 + h * x3, x0];
  const [d, e, f] = [y1 - y0 + g * y1, y3 - y0 + h * y3, y0];
  return (u, v) => {
    const w = g * u + h * v + 1;
    return [(a * u + b * v + c) / w, (d * u + e * v + f) / w];
  };
}

/** A plain block to lay over a picture. No SVG: where foreign files are decoded in the same process, its reader is shut off. */
function block(left: number, top: number, width: number, height: number, background: string): OverlayOptions {
  return { input: { create: { width, height, channels: 3, background } }, left, top };
}

/** A phone's screen with the picture across it: bars, words and lines above and below. */
async function screenshot({ jpeg: bytes, width, height }: Delivered): Promise<Buffer> {
  const shown = Math.round((height / width) * 1080);
  const screen = Math.max(1920, shown + 500);
  const bars = [
    block(0, 0, 1080, 70, '#111111'),
    block(0, screen - 120, 1080, 120, '#111111'),
    ...Array.from({ length: 5 }, (_, i) => block(40, 110 + 26 * i, 300 + 97 * i, 12, '#777777')),
    block(56, shown + 296, 68, 68, '#3399cc'),
  ];
  const picture = await sharp(bytes).resize(1080).toBuffer();
  const whole = await sharp({ create: { width: 1080, height: screen, channels: 3, background: '#fafafa' } })
    .composite([...bars, { input: picture, left: 0, top: 270 }])
    .png()
    .toBuffer();
  return jpeg(sharp(whole).resize(900), 80);
}

async function social({ jpeg: bytes }: Delivered): Promise<Buffer> {
  const first = await jpeg(sharp(bytes).resize(1080, 1080, { fit: 'inside', withoutEnlargement: true }), 70);
  return jpeg(sharp(first), 70);
}

async function hardChain({ jpeg: bytes, random }: Delivered): Promise<Buffer> {
  const first = await jpeg(sharp(bytes).resize(1080, 1080, { fit: 'inside', withoutEnlargement: true }), 60);
  const { width, height } = await sharp(first).metadata();
  const [w, h] = [Math.round(width * Math.sqrt(0.75)), Math.round(height * Math.sqrt(0.75))];
  const cut = await sharp(first)
    .extract({
      left: Math.floor(random() * (width - w)),
      top: Math.floor(random() * (height - h)),
      width: w,
      height: h,
    })
    .flop()
    .toBuffer();
  return jpeg(sharp(cut).resize(720, 720, { fit: 'inside', withoutEnlargement: true }), 50);
}

function sticker(share: number) {
  return async ({ jpeg: bytes, width, height, random }: Delivered): Promise<Buffer> => {
    const side = Math.sqrt(share);
    const [w, h] = [Math.round(width * side), Math.round(height * side)];
    const left = Math.floor(random() * (width - w));
    const top = Math.floor(random() * (height - h));
    const at = (x: number, y: number, across: number, down: number, colour: string) =>
      block(
        left + Math.round(x * w),
        top + Math.round(y * h),
        Math.round(across * w),
        Math.round(down * h),
        colour,
      );
    return jpeg(
      sharp(bytes).composite([
        at(0, 0, 1, 1, '#ffd23f'),
        at(0.12, 0.25, 0.3, 0.5, '#dd3333'),
        at(0.5, 0.33, 0.33, 0.13, '#222222'),
      ]),
    );
  };
}

/** The list. */
export const ATTACKS: readonly Attack[] = [
  { name: 'none', core: true, leak: async ({ jpeg: bytes }) => bytes },
  { name: 'jpeg-90', leak: once((picture) => picture, 90) },
  { name: 'jpeg-70', leak: once((picture) => picture, 70) },
  { name: 'jpeg-50', core: true, leak: once((picture) => picture, 50) },
  { name: 'jpeg-30', core: true, leak: once((picture) => picture, 30) },
  { name: 'jpeg-10', leak: once((picture) => picture, 10) },
  { name: 'webp-75', leak: ({ jpeg: bytes }) => sharp(bytes).webp({ quality: 75 }).toBuffer() },
  { name: 'webp-30', leak: ({ jpeg: bytes }) => sharp(bytes).webp({ quality: 30 }).toBuffer() },
  { name: 'resize-50', leak: scaled(0.5) },
  { name: 'resize-25', core: true, leak: scaled(0.25) },
  { name: 'resize-12', leak: scaled(0.125) },
  {
    name: 'aspect-80',
    leak: once((picture, { width, height }) =>
      picture.resize(Math.round(width * 0.8), height, { fit: 'fill' }),
    ),
  },
  { name: 'crop-10', leak: cropped(0.1) },
  { name: 'crop-25', leak: cropped(0.25) },
  { name: 'crop-50', core: true, leak: cropped(0.5) },
  { name: 'crop-75', core: true, leak: cropped(0.75) },
  { name: 'crop-90', leak: cropped(0.9) },
  { name: 'rotate-2', leak: turned(2) },
  { name: 'rotate-10', core: true, leak: turned(10) },
  { name: 'rotate-90', leak: turned(90) },
  { name: 'mirror', leak: once((picture) => picture.flop()) },
  { name: 'brighter-30', leak: once((picture) => picture.linear(1.3, 0)) },
  { name: 'contrast-150', leak: once((picture) => picture.linear(1.5, -64)) },
  { name: 'gamma-180', leak: once((picture) => picture.gamma(1.8, 1)) },
  { name: 'blur-2', leak: once((picture) => picture.blur(2)) },
  { name: 'blur-4', leak: once((picture) => picture.blur(4)) },
  { name: 'median-7', leak: once((picture) => picture.median(7)) },
  { name: 'sharpen', leak: once((picture) => picture.sharpen({ sigma: 1.5 })) },
  { name: 'noise-10', leak: noisy(10) },
  { name: 'noise-25', leak: noisy(25) },
  { name: 'greyscale', leak: once((picture) => picture.greyscale()) },
  {
    name: 'filter',
    leak: once((picture) => picture.modulate({ saturation: 1.4 }).linear([1.15, 1.05, 0.85], [4, 0, -2])),
  },
  { name: 'sticker-30', leak: sticker(0.3) },
  { name: 'screenshot', core: true, leak: screenshot },
  { name: 'social', core: true, leak: social },
  { name: 'hard-chain', core: true, leak: hardChain },
  {
    name: 'thumbnail-320',
    core: true,
    leak: once((picture) => picture.resize(320, 320, { fit: 'inside' }), 60),
  },
  { name: 'perspective-3', core: true, leak: fromTheSide(0.03) },
  { name: 'collude-2', colluders: 2, leak: together(2, mean) },
  { name: 'collude-3', colluders: 3, leak: together(3, mean) },
  { name: 'collude-5', colluders: 5, leak: together(5, mean) },
  { name: 'collude-5-1080-jpeg-50', core: true, colluders: 5, leak: together(5, mean, 1080, 50) },
  { name: 'collude-10', colluders: 10, leak: together(10, mean) },
  { name: 'collude-20', colluders: 20, leak: together(20, mean) },
  { name: 'collude-median-5', colluders: 5, leak: together(5, (samples) => samples.toSorted()[2]!) },
  {
    name: 'collude-minmax-5',
    colluders: 5,
    leak: together(5, (samples) => (Math.min(...samples) + Math.max(...samples)) / 2),
  },
  {
    name: 'collude-mosaic-5',
    colluders: 5,
    leak: together(5, (samples, x, y) => samples[((x >> 4) + 3 * (y >> 4)) % 5]!),
  },
];
