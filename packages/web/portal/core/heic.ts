/**
 * HEIC (ISO/IEC 23008-12) by libheif compiled to WebAssembly, fetched from this origin when the first such file comes:
 * most browsers cannot read what iPhones write. Rotation and mirroring (`irot`, `imir`) are applied by libheif; EXIF's
 * orientation is not, as the standard asks. Display-P3 is brought to sRGB by `display-p3.ts`.
 *
 * libheif and libde265 are LGPL-3.0 and stay files of their own.
 * @module
 */

import type { Pixels } from '@reclaim/raster/pixels';
import makeLibheif from 'libheif-js/libheif-wasm/libheif.js';
import wasmUrl from 'libheif-js/libheif-wasm/libheif.wasm?url';
import { displayP3ToSrgb } from './display-p3.ts';

/** Pixels, or why there are none. */
export type HeicOutcome =
  | { readonly ok: true; readonly pixels: Pixels }
  | { readonly ok: false; readonly reason: 'damaged' | 'too-many-pixels' | 'decoder-unavailable' };

/** The part of libheif-js that is used here; its own types name a thousand functions and few of their meanings. */
type HeifImage = {
  readonly get_width: () => number;
  readonly get_height: () => number;
  readonly is_primary: () => boolean;
  readonly display: (target: ImageData, done: (target: ImageData | null) => void) => void;
  readonly free: () => void;
};
type Libheif = {
  readonly HeifDecoder: new () => { readonly decode: (bytes: Uint8Array) => readonly HeifImage[] };
};

let library: Promise<Libheif> | undefined;

async function load(): Promise<Libheif> {
  const answer = await fetch(wasmUrl, {
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    redirect: 'error',
  });
  if (!answer.ok) throw new TypeError('heic: the decoder could not be fetched');
  const wasmBinary = await answer.arrayBuffer();
  const make = makeLibheif as unknown as (options: {
    wasmBinary: ArrayBuffer;
    print: () => void;
    printErr: () => void;
    onRuntimeInitialized: () => void;
  }) => Libheif;
  // It tells its troubles to the console otherwise, and they may quote the file.
  return await new Promise<Libheif>((resolve) => {
    const made: Libheif = make({
      wasmBinary,
      print: () => {},
      printErr: () => {},
      onRuntimeInitialized: () => queueMicrotask(() => resolve(made)),
    });
    if ('HeifDecoder' in made && (made as { calledRun?: boolean }).calledRun) resolve(made);
  });
}

/** The primary picture of the file, upright, in sRGB, RGBA. Never throws for what the bytes are. */
export async function decodeHeic(bytes: Uint8Array<ArrayBuffer>, maxPixels: number): Promise<HeicOutcome> {
  library ??= load();
  let heif: Libheif;
  try {
    heif = await library;
  } catch {
    // The network was gone: the next file tries again.
    library = undefined;
    return { ok: false, reason: 'decoder-unavailable' };
  }
  const images = new heif.HeifDecoder().decode(bytes);
  try {
    const image = images.find((one) => one.is_primary()) ?? images[0];
    if (image === undefined) return { ok: false, reason: 'damaged' };
    const width = image.get_width();
    const height = image.get_height();
    if (width < 1 || height < 1) return { ok: false, reason: 'damaged' };
    if (width * height > maxPixels) return { ok: false, reason: 'too-many-pixels' };
    // Without settings: Firefox takes none, and refused every file for them.
    const target = new ImageData(width, height);
    const shown = await new Promise<ImageData | null>((resolve) => image.display(target, resolve));
    if (shown === null) return { ok: false, reason: 'damaged' };
    if (isDisplayP3(bytes)) displayP3ToSrgb(target.data);
    return { ok: true, pixels: { width, height, channels: 4, data: target.data } };
  } finally {
    for (const image of images) image.free();
  }
}

/** Whether the file's colours are Display-P3: an ICC profile of that name, or nclx primaries 12 (ITU-T H.273). */
function isDisplayP3(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 65_536);
  let text = '';
  for (const byte of head) text += String.fromCharCode(byte);
  return text.includes('colrnclx\0\x0c') || text.replaceAll('\0', '').includes('Display P3');
}
