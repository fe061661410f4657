/**
 * The 31 everyday alterations that `reclaim bench altered` is measured with, and tests draw from.
 *
 * Each takes an RGB picture and random numbers, and gives the altered copy's pixels; where a file would have been written
 * on the way, it is written (JPEG) and read again. Places, sizes and colours are random each time. Shares: a crop of p %
 * takes away p % of the area and keeps the shape unless it says otherwise; a sticker of p % covers p % of the area.
 * @module
 */

import { type Turn, turnPixels } from '@reclaim/raster/orientation';
import { type Pixels, parsePixels } from '@reclaim/raster/pixels';
import sharp, { type Sharp } from 'sharp';
import {
  Canvas,
  desktopScreen,
  phoneScreen,
  type Random,
  type Rgb,
  resized,
  whole,
} from './drawn-screen.fixture.ts';

/** A picture to an altered copy of it. Both are RGB. `other` is what a collage shows beside it; patches of colour without it. */
export type Attack = (picture: Pixels, random: Random, other?: Pixels) => Promise<Pixels>;

function opened({ width, height, data }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

async function read(image: Sharp): Promise<Pixels> {
  const { data, info } = await image
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return parsePixels(new Uint8Array(data), info.width, info.height, info.channels);
}

async function jpeg(picture: Pixels, quality: number): Promise<Pixels> {
  return read(sharp(await opened(picture).jpeg({ quality }).toBuffer()));
}

/** Scaled so that the longer side has `side` pixels, never up. */
async function fitted(picture: Pixels, side: number): Promise<Pixels> {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  return resized(picture, picture.width * scale, picture.height * scale);
}

async function social(picture: Pixels, side: number, quality: number): Promise<Pixels> {
  return jpeg(await fitted(picture, side), quality);
}

/** A part of the picture, in pixels. */
export function cutPixels(picture: Pixels, x: number, y: number, width: number, height: number): Pixels {
  const { channels, data } = picture;
  const part = new Uint8Array(width * height * channels);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * picture.width + x) * channels;
    part.set(data.subarray(from, from + width * channels), row * width * channels);
  }
  return parsePixels(part, width, height, channels);
}

/** `wide` and `tall` are shares of the sides that stay. */
function crop(wide: (random: Random) => number, tall?: (random: Random) => number): Attack {
  return async (picture, random) => {
    const across = wide(random);
    const width = Math.max(8, Math.round(picture.width * across));
    const height = Math.max(8, Math.round(picture.height * (tall?.(random) ?? across)));
    const [x, y] = [whole(random, 0, picture.width - width), whole(random, 0, picture.height - height)];
    return jpeg(cutPixels(picture, x, y, width, height), 85);
  };
}

async function square(picture: Pixels, random: Random): Promise<Pixels> {
  const side = Math.min(picture.width, picture.height);
  const [x, y] = [whole(random, 0, picture.width - side), whole(random, 0, picture.height - side)];
  return jpeg(cutPixels(picture, x, y, side, side), 85);
}

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];
const plain = (random: Random): Rgb => (random() < 0.5 ? BLACK : WHITE);

/** Half of the copies keep the whole picture on a grown canvas, half are cut to the largest rectangle inside. */
function rotate(degrees: number): Attack {
  return async (picture, random) => {
    const angle = random() < 0.5 ? degrees : -degrees;
    const [red, green, blue] = plain(random);
    const grown = await read(opened(picture).rotate(angle, { background: { r: red, g: green, b: blue } }));
    if (random() < 0.5) return jpeg(grown, 85);
    const { width, height } = inscribed(picture.width, picture.height, (degrees * Math.PI) / 180);
    const [x, y] = [Math.floor((grown.width - width) / 2), Math.floor((grown.height - height) / 2)];
    return jpeg(cutPixels(grown, Math.max(0, x), Math.max(0, y), width, height), 85);
  };
}

/** The largest upright rectangle of the same shape inside a rectangle that was turned. */
function inscribed(width: number, height: number, angle: number): { width: number; height: number } {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const scale = Math.min(width / (width * cos + height * sin), height / (width * sin + height * cos));
  return { width: Math.floor(width * scale) - 2, height: Math.floor(height * scale) - 2 };
}

/** A sticker: a disc or a block of one colour with a drawing on it, covering this share of the area. */
function sticker(share: number): Attack {
  return async (picture, random) => {
    const canvas = drawnOn(picture);
    const aspect = 0.7 + 0.7 * random();
    const area = share * picture.width * picture.height;
    const width = Math.min(picture.width, Math.round(Math.sqrt(area * aspect)));
    const height = Math.min(picture.height, Math.round(area / width));
    const [x, y] = [whole(random, 0, picture.width - width), whole(random, 0, picture.height - height)];
    const colour: Rgb = [whole(random, 0, 255), whole(random, 0, 255), whole(random, 0, 255)];
    canvas.fill({ x, y, width, height }, colour);
    const inner = {
      x: x + Math.round(width * 0.2),
      y: y + Math.round(height * 0.2),
      width: Math.round(width * 0.6),
      height: Math.round(height * 0.6),
    };
    canvas.text(inner, Math.max(6, Math.round(height / 5)), plain(random), random);
    return jpeg(canvas.pixels(), 85);
  };
}

function drawnOn(picture: Pixels): Canvas {
  const canvas = new Canvas(picture.width, picture.height, BLACK);
  canvas.paste(picture, 0, 0);
  return canvas;
}

async function overlaidText(picture: Pixels, random: Random): Promise<Pixels> {
  const canvas = drawnOn(picture);
  const size = Math.round(picture.height * (0.06 + 0.05 * random()));
  const lines = whole(random, 1, 2);
  const height = Math.round(1.5 * size * lines);
  const place = {
    x: Math.round(picture.width * 0.08 * random()),
    y: whole(random, 0, Math.max(0, picture.height - height)),
    width: Math.round(picture.width * 0.85),
    height,
  };
  canvas.text(place, size, plain(random), random);
  return jpeg(canvas.pixels(), 85);
}

/** Bars of one colour with a caption above the picture, below it, or both. */
async function memeBars(picture: Pixels, random: Random): Promise<Pixels> {
  const ground = plain(random);
  const ink: Rgb = ground === BLACK ? WHITE : BLACK;
  const places = random();
  const bar = () => Math.round(picture.height * (0.1 + 0.15 * random()));
  const top = places < 0.7 ? bar() : 0;
  const bottom = places > 0.35 ? bar() : 0;
  const canvas = new Canvas(picture.width, picture.height + top + bottom, ground);
  canvas.paste(picture, 0, top);
  const caption = (y: number, height: number) => {
    const size = Math.round(height * (0.3 + 0.25 * random()));
    const place = {
      x: Math.round(picture.width * 0.06),
      y: y + Math.round((height - size) / 2),
      width: Math.round(picture.width * 0.88),
      height: size,
    };
    if (height > 0) canvas.text(place, size, ink, random);
  };
  caption(0, top);
  caption(top + picture.height, bottom);
  return jpeg(canvas.pixels(), 85);
}

/** Onto a canvas of another shape, bars of one colour on two sides. */
async function letterbox(picture: Pixels, random: Random): Promise<Pixels> {
  const { width, height } = shapeAround(picture, random);
  const canvas = new Canvas(
    width,
    height,
    random() < 0.7 ? plain(random) : [whole(random, 0, 255), 128, whole(random, 0, 255)],
  );
  canvas.paste(picture, Math.floor((width - picture.width) / 2), Math.floor((height - picture.height) / 2));
  return jpeg(canvas.pixels(), 85);
}

/** The same with the picture itself, blurred and stretched, in place of the bars. */
async function blurredFill(picture: Pixels, random: Random): Promise<Pixels> {
  const { width, height } = shapeAround(picture, random);
  const scale = Math.max(width / picture.width, height / picture.height);
  const large = await resized(picture, Math.ceil(picture.width * scale), Math.ceil(picture.height * scale));
  const [x, y] = [Math.floor((large.width - width) / 2), Math.floor((large.height - height) / 2)];
  const blurred = await read(
    opened(cutPixels(large, x, y, width, height)).blur(
      Math.max(4, Math.max(width, height) / (30 + 30 * random())),
    ),
  );
  const canvas = drawnOn(blurred);
  canvas.paste(picture, Math.floor((width - picture.width) / 2), Math.floor((height - picture.height) / 2));
  return jpeg(canvas.pixels(), 85);
}

/** A canvas of one of the usual shapes, at least a tenth longer than the picture on one side. */
function shapeAround({ width, height }: Pixels, random: Random): { width: number; height: number } {
  const shapes = [1, 4 / 5, 9 / 16, 16 / 9, 4 / 3, 3 / 4].filter(
    (each) => Math.abs(Math.log((each * height) / width)) > 0.1,
  );
  const shape = shapes[whole(random, 0, shapes.length - 1)]!;
  return shape * height > width
    ? { width: Math.round(shape * height), height }
    : { width, height: Math.round(width / shape) };
}

/** Equal cells, the whole picture in one of them, other pictures or drawings made of it in the rest; gap 0 or 8 pixels. */
function collage(columns: number, rows: number): Attack {
  return async (picture, random, other) => {
    const gap = random() < 0.5 ? 0 : 8;
    const [width, height] = [Math.round(picture.width / 2), Math.round(picture.height / 2)];
    const small = await resized(picture, width, height);
    const canvas = new Canvas(
      columns * width + (columns + 1) * gap,
      rows * height + (rows + 1) * gap,
      plain(random),
    );
    const chosen = whole(random, 0, columns * rows - 1);
    for (let cell = 0; cell < columns * rows; cell++) {
      const [x, y] = [
        gap + (cell % columns) * (width + gap),
        gap + Math.floor(cell / columns) * (height + gap),
      ];
      canvas.paste(cell === chosen ? small : await stranger(width, height, random, other), x, y);
    }
    return jpeg(canvas.pixels(), 85);
  };
}

/** Another picture, or smooth patches of colour with grain, drawn small and enlarged. */
async function stranger(width: number, height: number, random: Random, other?: Pixels): Promise<Pixels> {
  if (other !== undefined) return resized(other, width, height);
  const [columns, rows] = [whole(random, 4, 9), whole(random, 4, 9)];
  const seed = parsePixels(
    Uint8Array.from({ length: columns * rows * 3 }, () => whole(random, 0, 255)),
    columns,
    rows,
    3,
  );
  return resized(seed, width, height);
}

/** Each corner is moved inwards by up to 3 % of the sides; outside lies black or white. */
async function perspective(picture: Pixels, random: Random): Promise<Pixels> {
  const { width, height } = picture;
  const off = () => 0.03 * random();
  const corners = [
    [off() * width, off() * height],
    [(1 - off()) * width, off() * height],
    [(1 - off()) * width, (1 - off()) * height],
    [off() * width, (1 - off()) * height],
  ] as const;
  return jpeg(warped(picture, corners, plain(random)), 85);
}

type Point = readonly [number, number];

/** The picture drawn into a quadrangle (top left, top right, bottom right, bottom left) on a ground of one colour. */
export function warped(
  picture: Pixels,
  [a, b, c, d]: readonly [Point, Point, Point, Point],
  ground: Rgb,
): Pixels {
  const { width, height, data } = picture;
  // The square's projection onto the quadrangle (Heckbert 1989, section 2.2.3), then its inverse by adjugate.
  const [sx, sy] = [a[0] - b[0] + c[0] - d[0], a[1] - b[1] + c[1] - d[1]];
  const [dx1, dx2, dy1, dy2] = [b[0] - c[0], d[0] - c[0], b[1] - c[1], d[1] - c[1]];
  const det = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / det;
  const h = (dx1 * sy - sx * dy1) / det;
  const m = [
    b[0] - a[0] + g * b[0],
    d[0] - a[0] + h * d[0],
    a[0],
    b[1] - a[1] + g * b[1],
    d[1] - a[1] + h * d[1],
    a[1],
    g,
    h,
    1,
  ];
  const inverse = [
    m[4]! * m[8]! - m[5]! * m[7]!,
    m[2]! * m[7]! - m[1]! * m[8]!,
    m[1]! * m[5]! - m[2]! * m[4]!,
    m[5]! * m[6]! - m[3]! * m[8]!,
    m[0]! * m[8]! - m[2]! * m[6]!,
    m[2]! * m[3]! - m[0]! * m[5]!,
    m[3]! * m[7]! - m[4]! * m[6]!,
    m[1]! * m[6]! - m[0]! * m[7]!,
    m[0]! * m[4]! - m[1]! * m[3]!,
  ];
  const canvas = new Canvas(width, height, ground);
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x++, to += 3) {
      const [px, py] = [x + 0.5, y + 0.5];
      const w = inverse[6]! * px + inverse[7]! * py + inverse[8]!;
      const u = ((inverse[0]! * px + inverse[1]! * py + inverse[2]!) / w) * width - 0.5;
      const v = ((inverse[3]! * px + inverse[4]! * py + inverse[5]!) / w) * height - 0.5;
      if (u < -0.5 || v < -0.5 || u > width - 0.5 || v > height - 0.5) continue;
      const [x0, y0] = [
        Math.min(width - 2, Math.max(0, Math.floor(u))),
        Math.min(height - 2, Math.max(0, Math.floor(v))),
      ];
      const [fx, fy] = [Math.min(1, Math.max(0, u - x0)), Math.min(1, Math.max(0, v - y0))];
      const at = (y0 * width + x0) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const upper = data[at + channel]! * (1 - fx) + data[at + 3 + channel]! * fx;
        const lower = data[at + 3 * width + channel]! * (1 - fx) + data[at + 3 * width + 3 + channel]! * fx;
        canvas.data[to + channel] = Math.round(upper * (1 - fy) + lower * fy);
      }
    }
  return canvas.pixels();
}

const TURNED: readonly Turn[] = ['rot90', 'rot180', 'rot270'];

async function tone(picture: Pixels, random: Random): Promise<Pixels> {
  const gamma = 0.7 + 0.6 * random();
  const gain = 0.75 + 0.5 * random();
  const lift = 40 * (random() - 0.5);
  const table = Uint8Array.from({ length: 256 }, (_, level) =>
    Math.min(255, Math.max(0, Math.round(255 * (level / 255) ** gamma * gain + lift))),
  );
  return jpeg({ ...picture, data: picture.data.map((level) => table[level]!) }, 85);
}

/** Sepia, grey or strong colours, with darker corners: what "filters" do. */
async function filter(picture: Pixels, random: Random): Promise<Pixels> {
  const kind = random();
  const { width, height } = picture;
  const image = opened(picture);
  const toned =
    kind < 0.34
      ? image.modulate({ saturation: 0 })
      : kind < 0.67
        ? image.modulate({ saturation: 1.6, hue: whole(random, -20, 20) })
        : image.recomb([
            [0.393, 0.769, 0.189],
            [0.349, 0.686, 0.168],
            [0.272, 0.534, 0.131],
          ]);
  const { data } = await read(toned);
  const shaded = data.map((level, at) => {
    const pixel = Math.floor(at / 3);
    const dx = (pixel % width) / width - 0.5;
    const dy = Math.floor(pixel / width) / height - 0.5;
    return Math.round(level * (1 - 0.5 * (dx * dx + dy * dy)));
  });
  return jpeg({ ...picture, data: shaded }, 85);
}

/** All 31 by their ids, in the order of the table in docs/benchmarks.md. */
export const ATTACKS: Readonly<Record<string, Attack>> = Object.freeze({
  'jpeg-30': (picture) => jpeg(picture, 30),
  'thumbnail-320': (picture) => social(picture, 320, 80),
  'thumbnail-160': (picture) => social(picture, 160, 80),
  tone,
  filter,
  aspect: async (picture, random) =>
    jpeg(
      await (random() < 0.5
        ? resized(picture, picture.width * 0.8, picture.height)
        : resized(picture, picture.width, picture.height * 0.8)),
      85,
    ),
  social: async (picture) => social(await social(picture, 1080, 70), 1080, 70),
  mirror: async (picture, random) => jpeg(turnPixels(picture, random() < 0.5 ? 'flipX' : 'flipY'), 85),
  turn: async (picture, random) => jpeg(turnPixels(picture, TURNED[whole(random, 0, 2)]!), 85),
  'crop-5': crop(() => Math.sqrt(0.95)),
  'crop-10': crop(() => Math.sqrt(0.9)),
  'crop-25': crop(() => Math.sqrt(0.75)),
  'crop-50': crop(() => Math.sqrt(0.5)),
  'crop-25-free': crop(
    (random) => 0.75 + 0.2 * random(),
    (random) => 0.75 + 0.2 * random(),
  ),
  'crop-square': square,
  'rotate-2': rotate(2),
  'rotate-5': rotate(5),
  'rotate-10': rotate(10),
  'sticker-10': sticker(0.1),
  'sticker-30': sticker(0.3),
  text: overlaidText,
  'meme-bars': memeBars,
  letterbox,
  'blurred-fill': blurredFill,
  'phone-screenshot': async (picture, random) => jpeg((await phoneScreen(picture, random)).pixels, 85),
  'desktop-screenshot': async (picture, random) => jpeg((await desktopScreen(picture, random)).pixels, 85),
  'collage-2x1': collage(2, 1),
  'collage-2x2': collage(2, 2),
  perspective,
  'screenshot-chain': async (picture, random) => {
    const written = await overlaidText(await fitted(picture, 900), random);
    const boxed = await memeBars(written, random);
    const [x, y] = [whole(random, 0, 10), whole(random, 0, 10)];
    return jpeg(
      cutPixels(boxed, x, y, boxed.width - x - whole(random, 0, 10), boxed.height - y - whole(random, 0, 10)),
      75,
    );
  },
  'hard-chain': async (picture, random) => {
    const first = await social(picture, 1080, 60);
    const cropped = await crop(() => Math.sqrt(0.75))(first, random);
    return social(turnPixels(cropped, 'flipY'), 720, 50);
  },
});
