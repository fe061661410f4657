import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, beforeEach, type TestContext, test } from 'node:test';
import type { StaffId } from '@reclaim/casework/id';
import { PERMISSIONS, type Permission } from '@reclaim/casework/wire-staff';
import {
  checkLink,
  drawStaffId,
  INVITATION_MS,
  invite,
  linkSha256,
  makeSetupLink,
  patchStaff,
  registerStaff,
  SETUP_MS,
} from './staff.ts';
import {
  addPasskey,
  beginSession,
  endSession,
  findPasskey,
  findSession,
  IDLE_MS,
  recover,
  renewRecoveryCodes,
  SESSION_MS,
  signIn,
} from './staff-credentials.ts';
import { freshStore } from './store.fixture.ts';

const clock = { now: 1_900_000_000_000 };
const { store, end } = await freshStore({ now: () => clock.now });
after(end);

beforeEach(async (t) => {
  // A hook outside any suite runs before the tests of every other file of the process as well.
  if ((t as TestContext).filePath !== import.meta.filename) return;
  for (const table of ['staff_session', 'recovery_code', 'passkey', 'staff_link', 'staff'] as const) {
    await store.db.deleteFrom(table).execute();
  }
});

let made = 0;
async function register(token: string, pseudonym = `member ${made++}`) {
  const passkey = {
    credentialId: randomBytes(16).toString('base64url'),
    publicKey: randomBytes(32),
    counter: 0,
    transports: ['internal'],
  };
  const draft = { id: drawStaffId(), linkSha256: linkSha256(token), pseudonym, passkey };
  return { ...(await registerStaff(store, draft)), passkey, id: draft.id };
}

async function firstMember() {
  const come = await register((await makeSetupLink(store))!.token);
  assert.ok(come.ok);
  return come;
}

async function member(by: StaffId, permissions: readonly Permission[]) {
  const come = await register((await invite(store, by, permissions))!.token);
  assert.ok(come.ok);
  return come;
}

test('the first administrator may everything, and there is no second first', async () => {
  const older = (await makeSetupLink(store))!;
  const first = await firstMember();
  assert.ok(first.ok);
  assert.deepEqual(first.registered.staff.permissions, PERMISSIONS);
  assert.equal(await makeSetupLink(store), undefined);
  assert.equal(await checkLink(store, older.token, 'later'), 'link-expired');
});

test('a link is good once, until its hour, and for as long as its maker could make it', async () => {
  const setup = (await makeSetupLink(store))!;
  clock.now += SETUP_MS;
  assert.equal((await register(setup.token)).ok, false);
  const first = await firstMember();
  const once = (await invite(store, first.id, ['review']))!;
  assert.equal(await checkLink(store, once.token, 'somebody'), 'good');
  assert.equal((await register(once.token)).ok, true);
  assert.equal((await register(once.token)).ok, false);
  const old = (await invite(store, first.id, ['review']))!;
  clock.now += INVITATION_MS;
  assert.equal((await register(old.token)).ok, false);

  const helper = await member(first.id, ['people', 'review']);
  const theirs = (await invite(store, helper.id, ['review']))!;
  await patchStaff(store, first.id, helper.id, { disabled: true });
  assert.equal((await register(theirs.token)).ok, false);
});

test('a pseudonym is taken once', async () => {
  const first = await firstMember();
  const link = (await invite(store, first.id, ['review']))!;
  assert.ok(first.ok);
  assert.equal(await checkLink(store, link.token, first.registered.staff.pseudonym), 'pseudonym-taken');
  assert.equal((await register(link.token, first.registered.staff.pseudonym)).ok, false);
  assert.equal((await register(link.token)).ok, true, 'and the link is not used up by it');
});

test('nobody gives what they lack, raises themselves, or leaves the house without anybody who manages people', async () => {
  const first = await firstMember();
  const helper = await member(first.id, ['people', 'review']);
  assert.equal(await invite(store, helper.id, ['audit']), undefined);
  assert.equal(await invite(store, (await member(first.id, ['review'])).id, ['review']), undefined);
  const refused = async (by: StaffId, id: StaffId, patch: Parameters<typeof patchStaff>[3]) => {
    const outcome = await patchStaff(store, by, id, patch);
    return outcome.ok ? undefined : outcome.reason;
  };
  const reviewer = await member(first.id, ['review']);
  assert.equal(await refused(helper.id, reviewer.id, { permissions: ['review', 'audit'] }), 'forbidden');
  assert.equal(
    await refused(helper.id, helper.id, { permissions: ['people', 'review', 'lead'] }),
    'forbidden',
  );
  assert.equal(await refused(reviewer.id, reviewer.id, { permissions: ['review'] }), 'forbidden');
  assert.equal(await refused(first.id, drawStaffId(), { disabled: true }), 'not-found');
  // Who was disabled with more than the helper has is not woken by the helper.
  assert.equal(await refused(helper.id, first.id, { disabled: true }), undefined);
  assert.equal(await refused(helper.id, first.id, { disabled: false }), 'forbidden');
  assert.equal(await refused(helper.id, helper.id, { disabled: true }), 'last-people');
  assert.equal(await refused(helper.id, helper.id, { permissions: ['review'] }), 'last-people');
});

test('a session ends with its time, without requests, by signing out, and when its bearer is changed', async () => {
  const first = await firstMember();
  const idle = await beginSession(store, first.id);
  clock.now += IDLE_MS - 1;
  assert.equal((await findSession(store, idle))?.staff.id, first.id);
  clock.now += IDLE_MS;
  assert.equal(await findSession(store, idle), undefined);

  const busy = await beginSession(store, first.id);
  for (let spent = 0; spent < SESSION_MS - IDLE_MS; spent += IDLE_MS - 1000) {
    assert.ok(await findSession(store, busy));
    clock.now += IDLE_MS - 1000;
  }
  clock.now += IDLE_MS;
  assert.equal(await findSession(store, busy), undefined);

  const out = await beginSession(store, first.id);
  await endSession(store, out);
  assert.equal(await findSession(store, out), undefined);

  const reviewer = await member(first.id, ['review', 'lead']);
  const lowered = await beginSession(store, reviewer.id);
  await patchStaff(store, first.id, reviewer.id, { permissions: ['review'] });
  assert.equal(await findSession(store, lowered), undefined);
});

test('no secret is in the database as it is', async () => {
  const first = await firstMember();
  assert.ok(first.ok);
  const secret = await beginSession(store, first.id);
  const link = (await invite(store, first.id, ['review']))!;
  const tables = ['staff_session', 'recovery_code', 'staff_link', 'event', 'event_value'] as const;
  const dump = JSON.stringify(
    await Promise.all(tables.map((table) => store.db.selectFrom(table).selectAll().execute())),
    (_key, value) => (value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value),
  );
  for (const each of [secret, link.token, ...first.registered.recoveryCodes]) {
    assert.equal(dump.includes(each), false);
  }
});

test('a recovery code is good once, begins a session that only adds a passkey, and a new set ends the old', async () => {
  const first = await firstMember();
  assert.ok(first.ok);
  const [code = '', other = ''] = first.registered.recoveryCodes;
  assert.match(code, /^[0-9a-z]{4}(-[0-9a-z]{4}){4}$/);
  assert.equal(new Set(first.registered.recoveryCodes).size, 10);
  const back = (await recover(store, code))!;
  assert.equal(await recover(store, code), undefined);
  const session = (await findSession(store, back.secret))!;
  assert.equal(session.recovered, true);
  const passkey = { credentialId: 'new', publicKey: randomBytes(32), counter: 0, transports: [] };
  assert.equal(await addPasskey(store, session, passkey), true);
  assert.equal(await addPasskey(store, session, passkey), false);
  assert.equal((await findSession(store, back.secret))?.recovered, false);
  const [fresh = ''] = await renewRecoveryCodes(store, first.id);
  assert.equal(await recover(store, other), undefined);
  assert.ok(await recover(store, fresh));
});

test('a disabled member comes in by nothing', async () => {
  const first = await firstMember();
  const reviewer = await member(first.id, ['review']);
  assert.ok(reviewer.ok);
  await patchStaff(store, first.id, reviewer.id, { disabled: true });
  assert.equal(await findPasskey(store, reviewer.passkey.credentialId), undefined);
  assert.equal(await signIn(store, reviewer.passkey, 1), undefined);
  assert.equal(await recover(store, reviewer.registered.recoveryCodes[0]!), undefined);
});

test('of two sign-ins that rest on one counter, one is refused', async () => {
  const first = await firstMember();
  const answers = await Promise.all([signIn(store, first.passkey, 1), signIn(store, first.passkey, 1)]);
  assert.equal(answers.filter((answer) => answer !== undefined).length, 1);
});
