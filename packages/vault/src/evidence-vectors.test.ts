import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { hex } from '@scure/base';
import { BEFORE_FIRST, entryDigest, parseCustodyEntry, stateDigest } from './custody/custody-entry.ts';
import { verifyCustody } from './custody/custody-log.ts';
import { keyFingerprint, recordSigner } from './custody/record-signer.ts';
import { recordCapability } from './evidence/sealed-record.ts';
import { drawSubject, readSubject, subjectBytes, subjectImprint } from './timestamp/stamp-subject.ts';
import { timestampQuery } from './timestamp/timestamp-query.ts';

const document = readFileSync(path.join(import.meta.dirname, '../../../docs/vault.md'), 'utf8');

/** The vector of a name: the block that opens with ```json NAME. */
// biome-ignore lint/suspicious/noExplicitAny: each test knows the shape of its own block
function vector(name: string): any {
  const block = new RegExp(`^\`\`\`json ${name}\\n([\\s\\S]*?)\\n\`\`\`$`, 'm').exec(document)?.[1];
  assert.ok(block, `docs/vault.md has a block named ${name}`);
  return JSON.parse(block);
}

test('the custody log of the document verifies, and its digests and key follow from its seed', () => {
  const { seed, publicKey, fingerprint, before, items, state, lines, digests } = vector('custody-log');
  assert.equal(recordSigner(hex.decode(seed)).publicKey, publicKey);
  assert.equal(keyFingerprint(publicKey), fingerprint);
  assert.equal(BEFORE_FIRST, before);
  assert.equal(stateDigest(new Map(items)), state);
  const text = lines.map((line: string) => `${line}\n`).join('');
  const claim = { entries: 3, head: digests[2], keys: [{ publicKey, from: 0 }] };
  assert.deepEqual(verifyCustody(text, claim).faults, []);
  assert.deepEqual(
    lines.map((line: string) => entryDigest(parseCustodyEntry(JSON.parse(line)))),
    digests,
  );
});

test('the stamp of the document has its subject, its imprint and its question', () => {
  const { digest, random, subject, imprint, nonce, query } = vector('stamp');
  const drawn = drawSubject('custody', digest, hex.decode(random));
  assert.equal(new TextDecoder().decode(subjectBytes(drawn)), subject);
  assert.deepEqual(readSubject(subject), drawn);
  assert.equal(subjectImprint(drawn), imprint);
  assert.equal(hex.encode(timestampQuery(imprint, hex.decode(nonce))), query);
});

test('the record of the document’s case is kept under the capability that follows from its key', async () => {
  const { caseKey, capability } = vector('record-capability');
  assert.equal(await recordCapability(caseKey), capability);
});
