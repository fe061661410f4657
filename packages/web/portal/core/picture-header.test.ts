import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type PictureHeader, readHeader } from './picture-header.ts';

const latin1 = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));

function box(name: string, ...content: readonly Uint8Array[]): Uint8Array {
  const length = content.reduce((sum, part) => sum + part.length, 8);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(length);
  head.write(name, 4, 'latin1');
  return Uint8Array.from(Buffer.concat([head, ...content]));
}

function ispe(width: number, height: number): Uint8Array {
  const body = Buffer.alloc(12);
  body.writeUInt32BE(width, 4);
  body.writeUInt32BE(height, 8);
  return box('ispe', body);
}

function iso(brand: string, ...sizes: readonly (readonly [number, number])[]): Uint8Array {
  const properties = box('iprp', box('ipco', ...sizes.map(([width, height]) => ispe(width, height))));
  const ftyp = box('ftyp', latin1(`${brand}\0\0\0\0mif1`));
  return Uint8Array.from(Buffer.concat([ftyp, box('meta', new Uint8Array(4), properties)]));
}

function jpeg(...segments: readonly string[]): Uint8Array {
  return latin1(`\xff\xd8${segments.join('')}\xff\xc0\x00\x11\x08\x0b\xb8\x0f\xa0\x03`);
}

function size(header: PictureHeader) {
  assert.ok(header.ok);
  return header.size && [header.size.width, header.size.height];
}

test('the size of a JPEG is that of its frame and not of the thumbnail inside it', () => {
  const thumbnail = '\xff\xd8\xff\xc0\x00\x11\x08\x00\x10\x00\x10\x03';
  const app1 = `\xff\xe1\x00${String.fromCharCode(2 + thumbnail.length)}${thumbnail}`;
  const header = readHeader(jpeg('\xff\xe0\x00\x04ab', app1, '\xff\xff'));
  assert.deepEqual(size(header), [4000, 3000]);
});

test('the size of an HEIC or AVIF is the largest, the grid and not its tiles', () => {
  const heic = readHeader(iso('heic', [512, 512], [20_000, 15_000], [320, 240]));
  assert.ok(heic.ok && heic.format === 'heic');
  assert.deepEqual(size(heic), [20_000, 15_000]);
  const avif = readHeader(iso('avif', [12, 34]));
  assert.ok(avif.ok && avif.format === 'avif');
  assert.deepEqual(size(avif), [12, 34]);
  assert.deepEqual(readHeader(iso('isom', [1, 1])), { ok: false, reason: 'unsupported-format' });
});

test('a file is told by its content alone', () => {
  const reasons: readonly [string, string][] = [
    ['', 'empty'],
    ['hello', 'not-an-image'],
    ['\0\0\0\0', 'not-an-image'],
    ['BM______', 'unsupported-format'],
    ['%PDF-1.4', 'unsupported-format'],
    ['PK\x03\x04zip', 'unsupported-format'],
    ['RIFF\0\0\0\0AVI ', 'unsupported-format'],
    ['\xef\xbb\xbf <svg xmlns="x">', 'unsupported-format'],
    ['<!DOCTYPE html>', 'unsupported-format'],
  ];
  for (const [text, reason] of reasons) assert.deepEqual(readHeader(latin1(text)), { ok: false, reason });
});

test('whatever follows a signature, the answer comes and its size is whole pixels or none', () => {
  const starts = [
    '\xff\xd8\xff',
    '\x89PNG\r\n\x1a\n',
    'GIF89a',
    'RIFF\0\0\0\0WEBPVP8 ',
    'RIFF\0\0\0\0WEBPVP8L',
    'RIFF\0\0\0\0WEBPVP8X',
    '\0\0\0\x14ftypheic\0\0\0\0mif1',
    '\0\0\0\x14ftypavif\0\0\0\0mif1\0\0\0\x40meta\0\0\0\0\0\0\0\x30iprp\0\0\0\x20ipco',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 120 }), (start, rest) => {
      const header = readHeader(Uint8Array.from([...latin1(start), ...rest]));
      assert.ok(header.ok);
      if (header.size === undefined) return;
      for (const side of Object.values(header.size)) assert.ok(Number.isInteger(side) && side > 0);
    }),
    { numRuns: 500 },
  );
});
