/**
 * HEIC files made by code: an HEVC picture (ITU-T H.265) whose every block is I_PCM, that is raw samples, in a HEIF file
 * (ISO/IEC 23008-12). No encoder is needed and nothing is lost but half of the chroma.
 *
 * One slice for each block of 16×16, so that the arithmetic coder starts anew each time: all that it codes is one bin of
 * part_mode, which in its first state takes 240 of the range of 510, pcm_flag, and the end of the slice.
 * @module
 */

import type { Pixels } from '@reclaim/raster/pixels';

/** Side of a coding block. */
const BLOCK = 16;

/** Bits, most significant first. */
class BitWriter {
  readonly #bytes: number[] = [];
  #free = 0;

  bits(value: number, count: number): this {
    for (let at = count - 1; at >= 0; at--) {
      if (this.#free === 0) {
        this.#bytes.push(0);
        this.#free = 8;
      }
      this.#free -= 1;
      const bit = Math.floor(value / 2 ** at) % 2;
      this.#bytes[this.#bytes.length - 1]! |= bit << this.#free;
    }
    return this;
  }

  /** Exp-Golomb codes, H.265 section 9.2. */
  ue(...values: readonly number[]): this {
    for (const value of values) {
      const length = Math.floor(Math.log2(value + 1));
      this.bits(0, length).bits(value + 1, length + 1);
    }
    return this;
  }

  /** Zero bits to the next byte. */
  align(): this {
    this.#free = 0;
    return this;
  }

  /** A stop bit and zero bits. */
  trail(): this {
    return this.bits(1, 1).align();
  }

  bytes(values: Iterable<number>): this {
    for (const value of values) this.bits(value, 8);
    return this;
  }

  done(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}

/** The arithmetic encoder (H.265 section 9.3.5) from its start to a terminating bin, after at most one likely bin. */
function terminated(to: BitWriter, likelyBinFirst: boolean): void {
  let low = 0;
  let range = 510;
  let first = true;
  let outstanding = 0;
  const put = (bit: number) => {
    if (first) first = false;
    else to.bits(bit, 1);
    for (; outstanding > 0; outstanding--) to.bits(1 - bit, 1);
  };
  if (likelyBinFirst) range -= 240;
  range -= 2;
  low += range;
  range = 2;
  for (; range < 256; range *= 2, low *= 2) {
    if (low >= 512) {
      low -= 512;
      put(1);
    } else if (low < 256) put(0);
    else {
      low -= 256;
      outstanding += 1;
    }
  }
  put((low >> 9) & 1);
  to.bits(((low >> 7) & 3) | 1, 2);
}

/** A NAL unit: header, and emulation prevention where two zero bytes meet a small one. */
function nal(type: number, payload: Uint8Array): Uint8Array {
  const bytes = [type << 1, 1];
  let zeros = 0;
  for (const byte of payload) {
    if (zeros >= 2 && byte <= 3) {
      bytes.push(3);
      zeros = 0;
    }
    bytes.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Uint8Array.from(bytes);
}

/** Main profile, level 3.1. */
function profile(to: BitWriter): BitWriter {
  return to.bits(1, 8).bits(0x60000000, 32).bits(0b1001, 4).bits(0, 44).bits(93, 8);
}

function parameterSets(width: number, height: number): readonly (readonly [number, Uint8Array])[] {
  const vps = profile(new BitWriter().bits(0, 4).bits(3, 2).bits(0, 6).bits(0, 3).bits(1, 1).bits(0xffff, 16))
    .bits(1, 1)
    .ue(0, 0, 0)
    .bits(0, 6)
    .ue(0)
    .bits(0, 2)
    .trail();
  const sps = profile(new BitWriter().bits(0, 4).bits(0, 3).bits(1, 1))
    .ue(0, 1, width, height)
    .bits(0, 1)
    .ue(0, 0, 0)
    .bits(1, 1)
    .ue(0, 0, 0)
    // Blocks of 16, transforms of 4 to 16; then no scaling lists, AMP or SAO; PCM of 8 bits in blocks of 16, unfiltered.
    .ue(1, 0, 0, 2, 0, 0)
    .bits(0b0001, 4)
    .bits(0x77, 8)
    .ue(1, 0)
    .bits(1, 1)
    .ue(0)
    .bits(0, 5)
    .trail();
  const pps = new BitWriter()
    .ue(0, 0)
    .bits(0, 7)
    .ue(0, 0, 0)
    .bits(0, 3)
    .ue(0, 0)
    // No offsets, weights, bypass, tiles, wavefronts or filters across slices; deblocking off.
    .bits(0, 7)
    .bits(0b101, 3)
    .bits(0, 2)
    .ue(0)
    .bits(0, 2)
    .trail();
  return [
    [32, nal(32, vps.done())],
    [33, nal(33, sps.done())],
    [34, nal(34, pps.done())],
  ];
}

/** One block as a slice of its own; `address` of `count` blocks. */
function slice(address: number, count: number, samples: Iterable<number>): Uint8Array {
  const writer = new BitWriter()
    .bits(address === 0 ? 1 : 0, 1)
    .bits(0, 1)
    .ue(0);
  if (address > 0) writer.bits(address, Math.ceil(Math.log2(count)));
  writer.ue(2, 0).trail();
  terminated(writer, true);
  writer.align().bytes(samples);
  terminated(writer, false);
  return nal(19, writer.align().done());
}

/** The picture's samples block by block: 256 of luma, then 64 and 64 of chroma (BT.601, full range). */
function* blocksOf({ width, height, channels, data }: Pixels): Generator<number[]> {
  const at = (x: number, y: number, channel: number) => data[(y * width + x) * channels + channel]!;
  const mix = (x: number, y: number, red: number, green: number, blue: number) =>
    red * at(x, y, 0) + green * at(x, y, 1) + blue * at(x, y, 2);
  const byte = (value: number) => Math.max(0, Math.min(255, Math.round(value)));
  for (let top = 0; top < height; top += BLOCK) {
    for (let left = 0; left < width; left += BLOCK) {
      const block: number[] = [];
      for (let y = top; y < top + BLOCK; y++)
        for (let x = left; x < left + BLOCK; x++) block.push(byte(mix(x, y, 0.299, 0.587, 0.114)));
      for (const [red, green, blue] of [
        [-0.168736, -0.331264, 0.5],
        [0.5, -0.418688, -0.081312],
      ] as const)
        for (let y = top; y < top + BLOCK; y += 2)
          for (let x = left; x < left + BLOCK; x += 2) block.push(byte(128 + mix(x, y, red, green, blue)));
      yield block;
    }
  }
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

function words(...values: readonly number[]): Uint8Array {
  return join(...values.map((value) => new BitWriter().bits(value, 32).done()));
}

function box(name: string, ...content: readonly Uint8Array[]): Uint8Array {
  const body = join(...content);
  return join(words(body.length + 8), Buffer.from(name, 'latin1'), body);
}

/**
 * An HEIC file of the picture, to be shown turned by `quarterTurns` (counter-clockwise, the `irot` box).
 * @throws {RangeError} unless both sides are multiples of 16
 */
export function heicOf(picture: Pixels, quarterTurns: 0 | 1 | 2 | 3 = 0): Uint8Array<ArrayBuffer> {
  const { width, height } = picture;
  if (width % BLOCK !== 0 || height % BLOCK !== 0)
    throw new RangeError('heic: expected sides of whole blocks');
  const count = (width / BLOCK) * (height / BLOCK);
  const slices = [...blocksOf(picture)].map((block, address) => slice(address, count, block));
  const coded = join(...slices.flatMap((unit) => [words(unit.length), unit]));

  const hvcC = new BitWriter()
    .bits(1, 8)
    .bits(1, 8)
    .bits(0x60000000, 32)
    .bits(0b1001, 4)
    .bits(0, 44)
    .bits(93, 8);
  // Reserved bits and zeros, 4:2:0, 8 bits, one temporal layer, lengths of four bytes, three arrays.
  hvcC
    .bits(0xf000, 16)
    .bits(0xfc, 8)
    .bits(0xfd, 8)
    .bits(0xf8, 8)
    .bits(0xf8, 8)
    .bits(0, 16)
    .bits(0b00001111, 8);
  hvcC.bits(3, 8);
  for (const [type, unit] of parameterSets(width, height))
    hvcC
      .bits(0x80 | type, 8)
      .bits(1, 16)
      .bits(unit.length, 16)
      .bytes(unit);

  const properties = box(
    'ipco',
    box('hvcC', hvcC.done()),
    box('ispe', words(0, width, height)),
    box(
      'colr',
      Buffer.from('nclx'),
      new BitWriter().bits(1, 16).bits(13, 16).bits(6, 16).bits(0x80, 8).done(),
    ),
    box('irot', Uint8Array.of(quarterTurns)),
  );
  const ipma = box('ipma', words(0, 1), Uint8Array.of(0, 1, 4, 0x81, 2, 3, 0x84));
  const ftyp = box('ftyp', Buffer.from('heic'), words(0), Buffer.from('mif1heic'));
  const meta = (offset: number) =>
    box(
      'meta',
      words(0),
      box('hdlr', words(0, 0), Buffer.from('pict'), words(0, 0, 0), Uint8Array.of(0)),
      box('pitm', words(0), Uint8Array.of(0, 1)),
      box('iloc', words(0), Uint8Array.of(0x44, 0, 0, 1, 0, 1, 0, 0, 0, 1), words(offset, coded.length)),
      box(
        'iinf',
        words(0),
        Uint8Array.of(0, 1),
        box('infe', words(0x02000000), Uint8Array.of(0, 1, 0, 0), Buffer.from('hvc1\0')),
      ),
      box('iprp', properties, ipma),
    );
  const offset = ftyp.length + meta(0).length + 8;
  return Uint8Array.from(join(ftyp, meta(offset), box('mdat', coded)));
}
