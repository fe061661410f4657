import assert from 'node:assert/strict';
import test from 'node:test';
import { waves } from './picture.fixture.ts';
import { shownMediaType } from './picture-media-type.ts';

test('a picture’s type comes from its bytes, and a type that browsers do not show is none', () => {
  assert.equal(shownMediaType(waves(1, 8)), 'image/png');
  assert.equal(shownMediaType(Buffer.from('ffd8ffe000104a464946', 'hex')), 'image/jpeg');
  assert.equal(shownMediaType(Buffer.from('GIF89a and more')), 'image/gif');
  for (const other of [
    'II*\0 a TIFF',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '<html>',
    '',
    '%PDF-1.7',
  ]) {
    assert.equal(shownMediaType(Buffer.from(other)), undefined);
  }
});
