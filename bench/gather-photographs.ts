/**
 * Gathers large photographs for `reclaim bench watermark` from Debian's wallpaper packages.
 *
 * Usage: node bench/gather-photographs.ts. Needs `apt-get` and `dpkg-deb`; what cannot be had is left out and said. Nothing
 * is committed: JPEG files at quality 97, long side 2,048 at most and 1,400 at least, in bench/.cache/large, which git
 * ignores. Pictures that are drawn, near-blank, or nearly one that is there already are left out: by PDQ quality, by
 * how much fine grain they have (drawn ones have none), and by distance.
 * @module
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { pdq } from '../packages/fingerprint/src/pdq.ts';
import { hammingDistance, signalBytes } from '../packages/fingerprint/src/signal.ts';
import { parsePixels } from '../packages/raster/src/pixels.ts';

const PACKAGES = [
  ...['lomiri-wallpapers-16.04', 'lomiri-wallpapers-20.04', 'ukui-wallpapers', 'mate-backgrounds'],
  ...['plasma-workspace-wallpapers', 'gnome-backgrounds', 'xfdesktop4-data', 'mate-backgrounds'],
  ...['deepin-wallpapers', 'kde-wallpapers-default', 'gcompris-qt-data', 'budgie-backgrounds'],
];

/** Drawn pictures of these packages, by their paths. */
const DRAWN =
  /gnome-backgrounds|\/(abstract|desktop)\/|\/(Autumn|Canopee|Honeywave|Patak|SafeLanding|Shell)\/|Infinite-Sea|backgrounds\/(string|firstgeneration)/;

/** Least long side, least PDQ quality, least mean difference of neighbours at full size, least distance of two. */
const LEAST = { side: 1400, quality: 90, grain: 0.9, bits: 70 } as const;

const cache = path.join(import.meta.dirname, '.cache');
const large = path.join(cache, 'large');
const packed = path.join(cache, 'packed-large');
rmSync(large, { recursive: true, force: true });
for (const folder of [large, packed]) mkdirSync(folder, { recursive: true });

for (const name of new Set(PACKAGES)) {
  const target = path.join(packed, name);
  if (existsSync(target)) continue;
  try {
    execFileSync('apt-get', ['download', name], { cwd: packed, stdio: 'ignore' });
    const deb = readdirSync(packed).find((file) => file.startsWith(`${name}_`) && file.endsWith('.deb'))!;
    execFileSync('dpkg-deb', ['-x', path.join(packed, deb), target], { stdio: 'ignore' });
    rmSync(path.join(packed, deb));
  } catch {
    console.log(`left out: ${name} cannot be had here`);
  }
}

const sources: Record<string, string> = {};
const kept: Uint8Array[] = [];
for (const file of readdirSync(packed, { recursive: true, encoding: 'utf8' }).sort()) {
  if (!/\.(jpe?g|png|webp)$/i.test(file) || DRAWN.test(file)) continue;
  try {
    const whole = sharp(path.join(packed, file), { limitInputPixels: 100_000_000 }).rotate();
    const { width, height } = await whole.metadata();
    if (Math.max(width, height) < LEAST.side) continue;
    const { data, info } = await whole
      .resize(2048, 2048, { fit: 'inside', withoutEnlargement: true })
      .flatten()
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) continue;
    const pixels = parsePixels(new Uint8Array(data), info.width, info.height, 3);
    const { hash, quality } = pdq(pixels);
    const bytes = signalBytes(hash);
    if (quality < LEAST.quality || grainOf(pixels.data, info.width) < LEAST.grain) continue;
    if (kept.some((other) => hammingDistance(other, bytes) < LEAST.bits)) continue;
    kept.push(bytes);
    const name = `${String(kept.length).padStart(3, '0')}.jpg`;
    await sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } })
      .jpeg({ quality: 97, chromaSubsampling: '4:4:4' })
      .toFile(path.join(large, name));
    sources[name] = file.split(path.sep)[0]!;
  } catch {
    // Packages hold broken links and files of other kinds under these names.
  }
}
writeFileSync(path.join(large, 'sources.json'), `${JSON.stringify(sources, undefined, 2)}\n`);
console.log(`${kept.length} photographs`);

/** Mean difference of a sample and its neighbour, green channel, grey levels. */
function grainOf(data: Uint8Array | Uint8ClampedArray, width: number): number {
  let sum = 0;
  let count = 0;
  for (let i = 1; i + 3 < data.length; i += 3 * 7) {
    if (Math.floor(i / 3) % width === width - 1) continue;
    sum += Math.abs(data[i]! - data[i + 3]!);
    count++;
  }
  return sum / count;
}
