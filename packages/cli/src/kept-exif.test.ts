import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import sharp from 'sharp';
import { isEmpty, keptExif } from './kept-exif.ts';

const exifOf = async (ifds: Parameters<ReturnType<typeof sharp>['withExif']>[0]): Promise<Uint8Array> => {
  const file = await sharp({ create: { width: 20, height: 20, channels: 3, background: '#3a7' } })
    .withExif(ifds)
    .jpeg()
    .toBuffer();
  return (await sharp(file).metadata()).exif!;
};

test('place, camera and date are read, and nothing else of it', async () => {
  const kept = keptExif(
    await exifOf({
      IFD0: {
        Make: 'Planted Maker',
        Artist: 'Somebody',
        Copyright: 'Somebody',
        DateTime: '2026:11:01 10:00:00',
      },
      IFD2: { DateTimeOriginal: '2026:10:31 09:00:00', UserComment: 'words' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 7/1' },
    }),
  );
  assert.deepEqual(kept, {
    IFD0: { Make: 'Planted Maker', DateTime: '2026:11:01 10:00:00' },
    IFD2: { DateTimeOriginal: '2026:10:31 09:00:00' },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 7/1' },
  });
});

test('whatever the bytes are, it answers, and of junk with nothing', async () => {
  assert.ok(isEmpty(keptExif(new Uint8Array(0))));
  const good = await exifOf({ IFD0: { Make: 'Maker' }, IFD3: { GPSLatitude: '1/1 2/1 3/1' } });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(good.length - 1), fc.nat(255), (junk, at, byte) => {
      keptExif(junk);
      const bent = Uint8Array.from(good);
      bent[at] = byte;
      keptExif(bent);
      keptExif(good.subarray(0, at));
    }),
  );
});
