import assert from 'node:assert/strict';
import test from 'node:test';
import { FILE_PIECE_BYTES, MAX_FILE_PIECES } from '@reclaim/casework/wire-thread';
import { sealedSize } from '@reclaim/vault/sealing/seal';
import { MAX_OPENED_BYTES } from './evidence-opening.ts';

test('a file of the size that the page promises fits the pieces that a node takes, and no piece is promised away', () => {
  const pieces = (bytes: number) => Math.ceil(sealedSize(bytes, 1) / FILE_PIECE_BYTES);
  assert.ok(pieces(MAX_OPENED_BYTES) <= MAX_FILE_PIECES);
  assert.ok(pieces(MAX_OPENED_BYTES + 1_048_576) > MAX_FILE_PIECES);
});
