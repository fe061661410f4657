/**
 * Screens drawn around a picture: a phone's and a desktop's, as screenshots of them would come. For tests and benchmarks.
 *
 * Everything on them is rectangles, discs and strokes like text, in random places; no font, no brand, no real page.
 * @module
 */

import { type Pixels, parsePixels } from '@reclaim/raster/pixels';
import sharp from 'sharp';

/** Numbers in 0..1, as `seededRandom` gives them. */
export type Random = () => number;

/** A colour, samples 0..255. */
export type Rgb = readonly [number, number, number];

/** A place in pixels, from the top left corner. */
export type Place = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** A whole number in `low..high`, both included. */
export function whole(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

/** An RGB picture of one colour that can be drawn on. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;

  constructor(width: number, height: number, colour: Rgb) {
    this.width = width;
    this.height = height;
    this.data = new Uint8Array(width * height * 3);
    this.fill({ x: 0, y: 0, width, height }, colour);
  }

  /** A rectangle; what lies outside is cut off. */
  fill({ x, y, width, height }: Place, [red, green, blue]: Rgb): void {
    const [left, right] = [Math.max(0, x), Math.min(this.width, x + width)];
    for (let row = Math.max(0, y); row < Math.min(this.height, y + height); row++)
      for (let column = left, at = (row * this.width + left) * 3; column < right; column++, at += 3) {
        this.data[at] = red;
        this.data[at + 1] = green;
        this.data[at + 2] = blue;
      }
  }

  /** A disc around the middle of `place`. */
  disc({ x, y, width }: Place, colour: Rgb): void {
    const radius = width / 2;
    for (let row = 0; row < width; row++) {
      const half = Math.round(Math.sqrt(Math.max(0, radius * radius - (row - radius) ** 2)));
      this.fill({ x: Math.round(x + radius - half), y: y + row, width: 2 * half, height: 1 }, colour);
    }
  }

  /** Lines of strokes with gaps, like text of `size` pixels. */
  text(place: Place, size: number, colour: Rgb, random: Random): void {
    const stroke = Math.max(1, Math.round(size / 8));
    for (let y = place.y; y + size <= place.y + place.height; y += Math.round(1.5 * size)) {
      // Lines of a paragraph end where they like.
      const end = place.x + place.width * (0.6 + 0.4 * random());
      for (let x = place.x; x < end; ) {
        const letters = whole(random, 2, 9);
        for (let i = 0; i < letters && x < end; i++, x += Math.round(size * 0.55)) {
          const tall = Math.round(size * (0.55 + 0.45 * random()));
          this.fill({ x, y: y + size - tall, width: stroke, height: tall }, colour);
          const bar = {
            x,
            y: y + size - Math.round(tall * random()),
            width: Math.round(size * 0.4),
            height: stroke,
          };
          this.fill(bar, colour);
        }
        x += Math.round(size * 0.4);
      }
    }
  }

  /** The picture at its own size with its corner at (x, y). */
  paste({ width, height, data }: Pixels, x: number, y: number): void {
    for (let row = Math.max(0, -y); row < Math.min(height, this.height - y); row++) {
      const from = Math.max(0, -x);
      const to = Math.min(width, this.width - x);
      if (to <= from) return;
      this.data.set(
        data.subarray((row * width + from) * 3, (row * width + to) * 3),
        ((y + row) * this.width + x + from) * 3,
      );
    }
  }

  /** What was drawn. */
  pixels(): Pixels {
    return parsePixels(this.data, this.width, this.height, 3);
  }
}

/** The RGB picture at another size, by libvips' resampling (Lanczos 3), as programs mostly do. */
export async function resized(pixels: Pixels, width: number, height: number): Promise<Pixels> {
  const raw = { width: pixels.width, height: pixels.height, channels: 3 as const };
  const [wide, tall] = [Math.max(1, Math.round(width)), Math.max(1, Math.round(height))];
  const data = await sharp(pixels.data, { raw }).resize(wide, tall, { fit: 'fill' }).raw().toBuffer();
  return parsePixels(new Uint8Array(data), wide, tall, 3);
}

const INK: Rgb = [24, 24, 28];
const PAPER: Rgb = [246, 246, 248];

/** A screenshot of a phone that shows the picture in a feed or a viewer, and where in it the picture lies. */
export async function phoneScreen(
  picture: Pixels,
  random: Random,
): Promise<{ readonly pixels: Pixels; readonly place: Place }> {
  const [width, height] = [1080, whole(random, 1920, 2340)];
  const dark = random() < 0.5;
  const ground: Rgb = dark ? [whole(random, 0, 30), whole(random, 0, 30), whole(random, 0, 32)] : [...PAPER];
  const ink = dark ? PAPER : INK;
  const bar: Rgb = dark ? [18, 18, 20] : [232, 232, 236];
  const screen = new Canvas(width, height, ground);
  const margin = random() < 0.5 ? 0 : whole(random, 12, 90);
  const [statusBar, appBar, navigation] = [
    whole(random, 60, 100),
    whole(random, 110, 170),
    whole(random, 90, 150),
  ];
  screen.fill({ x: 0, y: 0, width, height: statusBar }, bar);
  screen.text({ x: 40, y: 24, width: 130, height: 40 }, 30, ink, random);
  screen.text({ x: width - 220, y: 24, width: 190, height: 40 }, 30, ink, random);
  screen.fill({ x: 0, y: statusBar, width, height: appBar }, bar);
  screen.text({ x: 140, y: statusBar + 40, width: 420, height: 60 }, 46, ink, random);
  screen.fill({ x: 0, y: height - navigation, width, height: navigation }, bar);
  for (let i = 0; i < 4; i++)
    screen.disc({ x: 120 + 240 * i, y: height - navigation + 25, width: 50, height: 50 }, ink);

  const room = height - statusBar - appBar - navigation;
  const scale = Math.min((width - 2 * margin) / picture.width, (0.95 * room) / picture.height);
  const small = await resized(picture, picture.width * scale, picture.height * scale);
  const place = {
    x: Math.floor((width - small.width) / 2),
    y: statusBar + appBar + whole(random, 0, Math.max(0, room - small.height)),
    width: small.width,
    height: small.height,
  };
  const above = place.y - statusBar - appBar;
  if (above > 130) {
    screen.disc({ x: 40, y: place.y - 110, width: 90, height: 90 }, [whole(random, 60, 220), 120, 150]);
    screen.text({ x: 160, y: place.y - 95, width: 400, height: 70 }, 34, ink, random);
  }
  const below = height - navigation - place.y - place.height;
  if (below > 80)
    screen.text(
      { x: 40, y: place.y + place.height + 30, width: 960, height: Math.min(260, below - 40) },
      36,
      ink,
      random,
    );
  screen.paste(small, place.x, place.y);
  return { pixels: screen.pixels(), place };
}

/** A screenshot of a page on a desktop, with the picture at 45 to 80 % of it, and blocks and text around. */
export async function desktopScreen(
  picture: Pixels,
  random: Random,
): Promise<{ readonly pixels: Pixels; readonly place: Place }> {
  const [width, height] = [1440, 900];
  const dark = random() < 0.3;
  const ground: Rgb = dark ? [28, 28, 32] : [250, 250, 250];
  const ink = dark ? PAPER : INK;
  const screen = new Canvas(width, height, ground);
  screen.fill({ x: 0, y: 0, width, height: 74 }, dark ? [44, 44, 50] : [222, 224, 230]);
  screen.text({ x: 200, y: 26, width: 700, height: 30 }, 20, ink, random);
  const share = 0.45 + 0.35 * random();
  const scale = Math.min((share * width) / picture.width, (share * height) / picture.height);
  const small = await resized(picture, picture.width * scale, picture.height * scale);
  const place = {
    x: whole(random, 20, width - small.width - 20),
    y: whole(random, 84, Math.max(84, height - small.height - 10)),
    width: small.width,
    height: small.height,
  };
  for (let i = whole(random, 3, 9); i > 0; i--) {
    const block = {
      x: whole(random, 0, width - 100),
      y: whole(random, 80, height - 60),
      width: whole(random, 80, 420),
      height: whole(random, 40, 300),
    };
    screen.fill(block, [whole(random, 40, 240), whole(random, 40, 240), whole(random, 40, 240)]);
  }
  for (let i = whole(random, 2, 6); i > 0; i--)
    screen.text(
      { x: whole(random, 10, width - 400), y: whole(random, 90, height - 100), width: 360, height: 120 },
      whole(random, 13, 22),
      ink,
      random,
    );
  screen.paste(small, place.x, place.y);
  return { pixels: screen.pixels(), place };
}
