import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  BEFORE_FIRST,
  CUSTODY_ACTIONS,
  type CustodyAction,
  type CustodyEntry,
  entryDigest,
  parseCustodyEntry,
  REASONED,
  stateDigest,
} from './custody-entry.ts';
import { appendCustody, type CustodyDeed, custodyText, headOf, verifyCustody } from './custody-log.ts';
import { recordSigner } from './record-signer.ts';

const signer = recordSigner(new Uint8Array(32).fill(7));
const keys = [{ publicKey: signer.publicKey, from: 0 }];
const A = 'aaaaaaaaaaaaaaaa';
const B = 'bbbbbbbbbbbbbbbb';

function deed(action: CustodyAction, items: readonly string[], minute: number, reason?: string): CustodyDeed {
  const at = new Date(Date.UTC(2026, 0, 1, 0, minute)).toJSON();
  const state = stateDigest(new Map(items.map((id) => [id, 'ab'.repeat(32)])));
  const actor = { role: 'owner', pseudonym: 'owner' } as const;
  return { at, actor, action, items, state, ...(reason === undefined ? {} : { reason }) };
}

function logOf(deeds: readonly CustodyDeed[]): readonly CustodyEntry[] {
  return deeds.reduce<readonly CustodyEntry[]>((log, each) => {
    const appended = appendCustody(log, each, signer);
    assert.ok(appended.ok, JSON.stringify(appended));
    return appended.log;
  }, []);
}

const log = logOf([
  deed('created', [], 0),
  deed('captured', [A], 1),
  deed('stamped', [A], 2),
  deed('imported', [B], 3),
  deed('viewed-shielded', [A], 4),
  deed('viewed-original', [A], 5, 'to read the name of the account'),
  deed('superseded', [A, B], 6),
  deed('exported', [A, B], 7),
  deed('shared-with', [B], 8, 'to: the police of a town'),
  deed('deletion-scheduled', [A], 9, 'no longer needed'),
  deed('erased', [A], 10),
]);
const claim = { entries: log.length, head: headOf(log), keys };
const lines = custodyText(log).split('\n').slice(0, -1);
const faultsOf = (text: string, claimed = claim) =>
  verifyCustody(text, claimed).faults.map(({ kind, line }) => `${kind} ${line}`);

test('a log that was only added to verifies', () => {
  assert.deepEqual(verifyCustody(custodyText(log), claim), { entries: log, faults: [] });
});

test('the first entries have the digests that the documentation gives', () => {
  // The vector of docs/vault.md: seed of 32 bytes 07, one entry.
  const [first] = logOf([deed('created', [], 0)]);
  assert.equal(BEFORE_FIRST, 'fbfd6732bb60ad76a833d58b1476014b3ff08615a661a1a46a40ac25ec6d250f');
  assert.equal(signer.publicKey, 'ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c');
  assert.equal(entryDigest(first!), 'cd5bfe4b92dc9c3bf6c4494f206c88c06a5f3a018e4e1b9527fca7afc13c1441');
});

test('a look at an original, a handing over and a deletion demand a reason', () => {
  for (const action of REASONED) {
    const before = logOf([deed('created', [], 0), deed('captured', [A], 1)]);
    assert.throws(() => appendCustody(before, deed(action, [A], 2), signer), TypeError);
    assert.throws(() => appendCustody(before, deed(action, [A], 2, '  '), signer), TypeError);
    assert.ok(appendCustody(before, deed(action, [A], 2, 'because'), signer).ok);
  }
});

test('what may not follow is refused', () => {
  const begun = logOf([deed('created', [], 0), deed('captured', [A], 1)]);
  const gone = logOf([deed('created', [], 0), deed('captured', [A], 1), deed('erased', [A], 2)]);
  const reasonOf = (before: readonly CustodyEntry[], next: CustodyDeed) => {
    const appended = appendCustody(before, next, signer);
    return appended.ok ? 'taken' : appended.reason;
  };
  assert.equal(reasonOf([], deed('captured', [A], 0)), 'not-begun');
  assert.equal(reasonOf(begun, deed('created', [], 2)), 'begun');
  assert.equal(reasonOf(begun, deed('sealed', [], 2)), 'names-no-item');
  assert.equal(reasonOf(begun, deed('sealed', [B], 2)), 'unknown-item');
  assert.equal(reasonOf(begun, deed('captured', [A], 2)), 'known-item');
  assert.equal(reasonOf(begun, deed('superseded', [A], 2)), 'wrong-pair');
  for (const action of CUSTODY_ACTIONS.filter((each) => each !== 'created' && each !== 'superseded'))
    assert.equal(reasonOf(gone, deed(action, [A], 3, 'because')), 'erased-item', action);
});

test('each change of the log is named, with the line it is in', () => {
  assert.deepEqual(faultsOf([lines[0], ...lines.slice(2)].join('\n').concat('\n'))[0], 'moved 1');
  const swapped = [...lines];
  [swapped[3], swapped[4]] = [swapped[4]!, swapped[3]!];
  assert.ok(faultsOf(`${swapped.join('\n')}\n`).includes('moved 3'));
  assert.deepEqual(faultsOf(`${lines.slice(0, 5).join('\n')}\n`), ['truncated 5']);
  assert.deepEqual(faultsOf(custodyText(log).slice(0, -1)), ['truncated 10']);
  const changed = [...lines];
  changed[5] = changed[5]!.replace('read the name', 'save the page');
  assert.deepEqual(faultsOf(`${changed.join('\n')}\n`), ['signature 5', 'unlinked 6']);
  assert.deepEqual(faultsOf(custodyText(log), { ...claim, head: 'ab'.repeat(32) }), ['other-head 11']);
  const longer = logOf([deed('created', [], 0), deed('captured', [A], 1)]);
  assert.deepEqual(faultsOf(custodyText(longer), { ...claim, entries: 1 }), ['other-head 2']);
  const stranger = recordSigner(new Uint8Array(32).fill(8)).publicKey;
  assert.equal(faultsOf(custodyText(log), { ...claim, keys: [{ publicKey: stranger, from: 0 }] }).length, 11);
  const back = logOf([deed('created', [], 60), deed('captured', [A], 0)]);
  assert.deepEqual(faultsOf(custodyText(back), { entries: 2, head: headOf(back), keys }), ['backwards 1']);
});

test('a changed byte anywhere in the log is found', () => {
  const bytes = new TextEncoder().encode(custodyText(log));
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
      const changed = Uint8Array.from(bytes);
      changed[at]! ^= by;
      const { faults } = verifyCustody(new TextDecoder().decode(changed), claim);
      assert.ok(faults.length > 0);
    }),
    { numRuns: 150 },
  );
});

test('an entry with a field unknown, missing or of another form is refused', () => {
  const good = log[5]!;
  assert.deepEqual(parseCustodyEntry(good), good);
  const { reason: _, ...without } = good;
  for (const wrong of [
    null,
    [],
    without,
    { ...good, more: 1 },
    { ...good, action: 'deleted' },
    { ...good, at: '2026-02-30T00:00:00.000Z' },
    { ...good, items: ['../../x'] },
    { ...good, actor: { role: 'owner', pseudonym: 'a\nb' } },
    { ...good, signature: 'ab' },
    { ...good, reason: 'x'.repeat(401) },
  ])
    assert.throws(() => parseCustodyEntry(wrong), TypeError);
});
