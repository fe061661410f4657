/**
 * How often the portal's proposed crop of a phone screenshot gives the hash of the original picture.
 *
 * Usage: node bench/proposed-crop.ts [PICTURES] [FOLDER]. Photographs that bench/gather-pictures.ts has gathered (landscapes
 * are drawn where there are none) are put into drawn phone screens, saved as JPEG at quality 85, and cropped as the portal
 * proposes without a person's help. Counted are those within 31 bits of the original's hash, those for which nothing is
 * proposed, and photographs that are taken for screenshots although they are none.
 * @module
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { cutPixels } from '../packages/decode/src/altered-copy.fixture.ts';
import { decodeImage } from '../packages/decode/src/decode-image.ts';
import { phoneScreen } from '../packages/decode/src/drawn-screen.fixture.ts';
import { jpegOf } from '../packages/decode/src/picture-file.fixture.ts';
import { MAX_DISTANCE_BITS, pdq } from '../packages/fingerprint/src/pdq.ts';
import { hammingDistance, signalBytes } from '../packages/fingerprint/src/signal.ts';
import { landscape, seededRandom } from '../packages/raster/src/landscape.fixture.ts';
import type { Pixels } from '../packages/raster/src/pixels.ts';
import { clampRect, proposeCrop, smallLuma } from '../packages/web/portal/core/crop.ts';

const count = Number(process.argv[2] ?? 100);
const folder = path.join(
  process.argv[3] ?? path.join(import.meta.dirname, '.cache', 'pictures'),
  'photographs',
);

async function read(file: Uint8Array): Promise<Pixels> {
  const decoded = await decodeImage(file);
  if (!decoded.ok) throw new Error(`bench: a picture cannot be read (${decoded.reason})`);
  return decoded.pixels;
}

const names = existsSync(folder) ? readdirSync(folder).sort() : [];
const tally = { pictures: 0, found: 0, none: 0, wrong: 0, photographsCropped: 0 };
for (let i = 0; i < count; i++) {
  const name = names[Math.floor((i * names.length) / count)];
  const original =
    name === undefined
      ? landscape(i, 1024, 768)
      : await read(new Uint8Array(readFileSync(path.join(folder, name))));
  const shot = await read(await jpegOf((await phoneScreen(original, seededRandom(i))).pixels, 85));
  tally.pictures++;
  if (proposeCrop(smallLuma(original)).kind !== 'none') tally.photographsCropped++;
  const proposed = proposeCrop(smallLuma(shot));
  if (proposed.kind === 'none') {
    tally.none++;
    continue;
  }
  const { x, y, width, height } = clampRect(proposed.rect, shot.width, shot.height);
  const [own, cropped] = [original, cutPixels(shot, x, y, width, height)].map((p) =>
    signalBytes(pdq(p).hash),
  );
  if (hammingDistance(own!, cropped!) <= MAX_DISTANCE_BITS) tally.found++;
  else tally.wrong++;
}
console.log(JSON.stringify({ kind: names.length > 0 ? 'photographs' : 'landscapes', ...tally }));
