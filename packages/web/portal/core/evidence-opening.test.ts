import assert from 'node:assert/strict';
import test from 'node:test';
import { FILE_PIECE_BYTES, MAX_FILE_PIECES } from '@reclaim/casework/wire-thread';
import type { EvidenceItem } from '@reclaim/vault/evidence/evidence-item';
import { sealedSize } from '@reclaim/vault/sealing/seal';
import { LANGUAGES } from '../../ui/language.ts';
import { itemText, MAX_OPENED_BYTES } from './evidence-opening.ts';

test('a file of the size that the page promises fits the pieces that a node takes, and no piece is promised away', () => {
  const pieces = (bytes: number) => Math.ceil(sealedSize(bytes, 1) / FILE_PIECE_BYTES);
  assert.ok(pieces(MAX_OPENED_BYTES) <= MAX_FILE_PIECES);
  assert.ok(pieces(MAX_OPENED_BYTES + 1_048_576) > MAX_FILE_PIECES);
});

test('what is opened in words tells when it was captured as a person reads it, in the language of the person, to the second and in UTC', () => {
  const item = {
    kind: 'hand-over',
    link: 'https://unlisted.example/a',
    handle: null,
    at: '2026-02-03T04:05:06.789Z',
  } as unknown as EvidenceItem;
  const names = { link: 'Link', handle: 'Name', shown: 'Shown', captured: 'Captured', notes: 'Notes' };
  assert.equal(
    itemText(item, {}, names, 'en-GB'),
    'Link: https://unlisted.example/a\nCaptured: 3 February 2026 at 04:05:06 UTC',
  );
  for (const language of LANGUAGES)
    assert.doesNotMatch(itemText(item, {}, names, language), /T04:05|\.789/, language);
});
