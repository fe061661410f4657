import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import * as asn1js from 'asn1js';
import fc from 'fast-check';
import * as pkijs from 'pkijs';
import { localAuthority } from './authority.fixture.ts';
import { certificatePem } from './pem.ts';
import { drawSubject, readSubject, subjectBytes, subjectImprint } from './stamp-subject.ts';
import { timestampQuery } from './timestamp-query.ts';
import { readToken } from './timestamp-token.ts';

const authority = localAuthority('Test Root');
const other = localAuthority('Another Root');
const wrong = localAuthority('No Stamps', 'not-for-stamping');
test.after(() => [authority, other, wrong].forEach((each) => void each.close()));

function contentOf(given: Uint8Array): Uint8Array {
  const answer = new pkijs.TimeStampResp({ schema: asn1js.fromBER(Uint8Array.from(given).buffer).result });
  const signed = new pkijs.SignedData({ schema: answer.timeStampToken!.content });
  return new Uint8Array(signed.encapContentInfo.eContent!.getValue());
}

const subject = drawSubject('custody', 'ab'.repeat(32), randomBytes(32));
const data = subjectBytes(subject);
const nonce = randomBytes(8);
const asked = Date.now();
const reply = authority.answer(timestampQuery(subjectImprint(subject), nonce));
const answered = Date.now();

test('a token of the authority is of these bytes, of this question, and chains to its root', async () => {
  const reading = await readToken(reply, { data, roots: [authority.root], nonce });
  assert.ok(reading.ok, JSON.stringify(reading));
  assert.equal(reading.signer, 'Test Root stamps');
  // The authority counts whole seconds. Compared with when it was asked, not with now: other tests may have come between.
  const at = Date.parse(reading.at);
  assert.ok(at > asked - 1000 && at <= answered);
  assert.ok(reading.certificates.length >= 1);
});

test('openssl takes our question, and verifies the token with the text that was stamped', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'reclaim-token-'));
  try {
    writeFileSync(path.join(folder, 'data'), data);
    writeFileSync(path.join(folder, 'reply.tsr'), reply);
    writeFileSync(path.join(folder, 'root.pem'), certificatePem(authority.root));
    const said = execFileSync(
      'openssl',
      ['ts', '-verify', '-data', 'data', '-in', 'reply.tsr', '-CAfile', 'root.pem'],
      { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    );
    assert.match(said, /Verification: OK/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('what is wrong with a token is named', async () => {
  const faultOf = async (given: Uint8Array, question: Parameters<typeof readToken>[1]) => {
    const reading = await readToken(given, question);
    return reading.ok ? 'good' : reading.fault;
  };
  const roots = [authority.root];
  const elsewhere = subjectBytes(drawSubject('custody', 'cd'.repeat(32), randomBytes(32)));
  assert.equal(await faultOf(reply, { data: elsewhere, roots }), 'other-bytes');
  assert.equal(await faultOf(reply, { data, roots, nonce: randomBytes(8) }), 'other-nonce');
  assert.equal(await faultOf(reply, { data, roots: [other.root] }), 'chain');
  assert.equal(await faultOf(reply, { data, roots: [] }), 'chain');
  const content = contentOf(reply);
  const again = authority.signAgain(content);
  assert.equal(await faultOf(again, { data, roots }), 'good');
  const odd = wrong.signAgain(content);
  assert.equal(await faultOf(odd, { data, roots: [wrong.root] }), 'not-an-authority');
  assert.equal(await faultOf(new Uint8Array(0), { data, roots }), 'unreadable');
  assert.equal(await faultOf(new Uint8Array(70_000), { data, roots }), 'unreadable');
  assert.equal(await faultOf(Uint8Array.of(...reply, 0), { data, roots }), 'unreadable');
});

test('a token with any byte changed is good no longer, or says the very same', async () => {
  const before = await readToken(reply, { data, roots: [authority.root] });
  assert.ok(before.ok);
  await fc.assert(
    fc.asyncProperty(fc.nat(reply.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const changed = Uint8Array.from(reply);
      changed[at]! ^= by;
      const after = await readToken(changed, { data, roots: [authority.root] });
      // A byte that no signature covers may be another form of the same; the time and the signer never are.
      if (after.ok)
        assert.deepEqual([after.at, after.signer, after.root], [before.at, before.signer, before.root]);
    }),
    { numRuns: 150 },
  );
});

test('what is no token at all is unreadable and throws nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 400 }), async (bytes) => {
      assert.deepEqual(await readToken(bytes, { data, roots: [] }), { ok: false, fault: 'unreadable' });
    }),
    { numRuns: 200 },
  );
});

test('two stampings of one digest have nothing in common for who sees them pass', () => {
  const again = drawSubject('custody', 'ab'.repeat(32), randomBytes(32));
  assert.notEqual(subjectImprint(again), subjectImprint(subject));
  assert.deepEqual(readSubject(new TextDecoder().decode(data)), subject);
  assert.equal(readSubject('{}'), undefined);
  assert.equal(readSubject(`${new TextDecoder().decode(data)} `), undefined);
});
