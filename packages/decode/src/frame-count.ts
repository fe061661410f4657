/**
 * How many frames or pages a file holds, counted by walking its container without decoding anything.
 *
 * Two reasons. Decoders look at every frame before the first can be had, and cannot be stopped meanwhile: libwebp takes
 * quadratic time (a 5 MB file of 100,000 tiny frames ran past 5 s, one of a million blocked a thread for good), libnsgif
 * 250 bytes of memory a frame (60 MB of file: 1 GB), libtiff 7 µs a page. And they do not count what browsers play
 * although it stands beside the still: animated PNG, AVIF sequences.
 *
 * Standards: GIF89a (sections 17–26), WebP container (RFC 9649, section 2.7), PNG third edition (`acTL`), TIFF 6.0
 * (section 2) and BigTIFF, AVIF (`avis` brand). Whoever breaks off or loses the thread has the frames counted so far.
 * @module
 */

import { isoBrands, latin1, type PictureFormat } from './picture-format.ts';

/** The frames of a file of this format, at least 1; counting ends beyond `atMost`, and costs at most one walk. */
export function countFrames(bytes: Uint8Array, format: PictureFormat, atMost: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Math.max(1, walk(bytes, view, format, atMost));
}

function walk(bytes: Uint8Array, view: DataView, format: PictureFormat, atMost: number): number {
  switch (format) {
    case 'gif':
      return gifFrames(bytes, atMost);
    case 'webp':
      return webpFrames(bytes, view, atMost);
    case 'tiff':
      return tiffPages(bytes, view, atMost);
    case 'png':
      return pngFrames(bytes, view);
    case 'avif':
      // The length of a sequence lies deep in its `moov`; 2 says "more than the still".
      return isoBrands(bytes).includes('avis') ? 2 : 1;
    case 'jpeg':
      return 1;
    default:
      return format satisfies never;
  }
}

function gifFrames(bytes: Uint8Array, atMost: number): number {
  const tableBytes = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  const pastSubBlocks = (from: number): number => {
    let at = from;
    while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] ?? 0);
    return at + 1;
  };
  let frames = 0;
  let at = 13 + tableBytes(bytes[10] ?? 0);
  while (at < bytes.length && frames <= atMost) {
    if (bytes[at] === 0x2c) {
      frames += 1;
      at = pastSubBlocks(at + 11 + tableBytes(bytes[at + 9] ?? 0));
    } else if (bytes[at] === 0x21) {
      at = pastSubBlocks(at + 2);
    } else {
      break;
    }
  }
  return frames;
}

function webpFrames(bytes: Uint8Array, view: DataView, atMost: number): number {
  let frames = 0;
  for (let at = 12; at + 8 <= bytes.length && frames <= atMost; ) {
    if (latin1(bytes, at, at + 4) === 'ANMF') frames += 1;
    const size = view.getUint32(at + 4, true);
    at += 8 + size + (size & 1);
  }
  return frames;
}

function pngFrames(bytes: Uint8Array, view: DataView): number {
  // Chunks: length, type, data, checksum. `acTL` stands before the first `IDAT`, else it is no animation.
  for (let at = 8; at + 16 <= bytes.length; at += 12 + view.getUint32(at)) {
    const type = latin1(bytes, at + 4, at + 8);
    // A still with an `acTL` of one frame may yet play another picture than its `IDAT`: count both.
    if (type === 'acTL') return 1 + view.getUint32(at + 8);
    if (type === 'IDAT') return 1;
  }
  return 1;
}

function tiffPages(bytes: Uint8Array, view: DataView, atMost: number): number {
  const little = bytes[0] === 0x49;
  const big = view.getUint16(2, little) === 43;
  const entry = big ? 20 : 12;
  /** A file offset; infinity where the file has ended. */
  const offsetAt = (at: number): number => {
    if (at + (big ? 8 : 4) > bytes.length) return Number.POSITIVE_INFINITY;
    return big ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little);
  };
  // A chain that bites its tail never ends; it passes `atMost` and is refused as such.
  let pages = 0;
  for (let at = offsetAt(big ? 8 : 4); at > 0 && at + 8 <= bytes.length && pages <= atMost; ) {
    pages += 1;
    const entries = big ? Number(view.getBigUint64(at, little)) : view.getUint16(at, little);
    at = offsetAt(at + (big ? 8 : 2) + entries * entry);
  }
  return pages;
}
