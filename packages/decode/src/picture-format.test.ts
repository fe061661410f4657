import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { ENCODERS, testPicture } from './hostile-picture.fixture.ts';
import { sniffPicture } from './picture-format.ts';

const text = (value: string) => Buffer.from(value, 'latin1');

test('each format that the room reads is told by its own encoder’s bytes', async () => {
  for (const format of ENCODERS) {
    assert.deepEqual(sniffPicture(await testPicture().toFormat(format).toBuffer()), {
      kind: 'readable',
      format,
    });
  }
});

test('an AVIF that puts another brand first is still an AVIF, and HEIC, film and truncated boxes are not', () => {
  const box = (...brands: string[]) => {
    const [major = '', ...others] = brands;
    const bytes = text(`\0\0\0\0ftyp${major}\0\0\0\0${others.join('')}`);
    bytes.writeUInt32BE(bytes.length, 0);
    return bytes;
  };
  assert.equal(sniffPicture(box('mif1', 'miaf', 'avif')).kind, 'readable');
  assert.equal(sniffPicture(box('avis', 'mif1')).kind, 'readable');
  assert.equal(sniffPicture(box('heic', 'mif1', 'heix')).kind, 'unsupported');
  assert.equal(sniffPicture(box('isom', 'mp42')).kind, 'unsupported');
  assert.equal(sniffPicture(box('mif1', 'avif').subarray(0, 11)).kind, 'unknown');
});

test('documents, vector pictures and formats without a loader are refused by name of kind', () => {
  for (const opening of [
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '  \n<?xml version="1.0"?><svg/>',
    '\xef\xbb\xbf<!DOCTYPE html>',
    '<html><script>',
    '<!-- comment --><svg/>',
    '%PDF-1.7',
    '%!PS-Adobe',
    'BM\0\0\0\0',
    '\0\0\x01\0\x01\0',
    '8BPS\0\x01',
    '\0\0\0\x0cJXL \r\n\x87\n',
    '\xff\x0a\0\0',
    'P6\n1 1\n255\n',
    'RIFF\0\0\0\0AVI ',
  ]) {
    assert.deepEqual(sniffPicture(text(opening)), { kind: 'unsupported' }, JSON.stringify(opening));
  }
});

test('any bytes get an answer of the closed set', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      assert.ok(['readable', 'unsupported', 'unknown'].includes(sniffPicture(bytes).kind));
    }),
    { numRuns: 300 },
  );
});
