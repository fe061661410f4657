import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { PERMISSIONS, type Permission } from '@reclaim/casework/wire-staff';
import { INVITATION_MS, SETUP_MS } from '@reclaim/store/staff';
import { IDLE_MS } from '@reclaim/store/staff-credentials';
import { SoftAuthenticator, type Twist } from './authenticator.fixture.ts';
import { type Answer, testNode } from './node.fixture.ts';
import { CEREMONY_MS } from './passkeys.ts';
import { headersOf, type Member, makeFirstMember, makeMember } from './staff.fixture.ts';

// It goes on only where a test says so: the setup link is good for an hour, and other files' tests may come first.
let clock = Date.UTC(2027, 4, 4, 9, 30);
const { node, ask, tokens, tokenFor, end } = await testNode({ now: () => clock });
after(end);

const { setupLink } = node;
assert.ok(setupLink !== undefined);
const setupToken = /^http:\/\/localhost:\d+\/console#setup=([A-Za-z0-9_-]{43})$/.exec(setupLink)![1]!;

const rowan = new SoftAuthenticator(node.url);
let codes: readonly string[] = [];
/** With every permission, and signed in anew by each test that needs it. */
let first: Member;

/** Moves the node's clock for the rest of a test and back again. */
async function later(ms: number, run: () => Promise<void>): Promise<void> {
  clock += ms;
  try {
    await run();
  } finally {
    clock -= ms;
  }
}

const post = (path: string, json: object, headers: Readonly<Record<string, string>> = {}) =>
  ask('POST', `/v1/staff/${path}`, { json, headers });

/** What the node put into the browser. */
function cookieOf({ headers }: Answer): string {
  return headers.getSetCookie()[0] ?? '';
}

function headersFrom(answer: Answer) {
  return headersOf(/^reclaim_staff=([A-Za-z0-9_-]{43});/.exec(cookieOf(answer))![1]!);
}

async function registerBy(token: string, pseudonym: string, device: SoftAuthenticator, twist?: Twist) {
  const begun = await post('register/start', { token, pseudonym });
  if (begun.status !== 200) return begun;
  const { ceremony, options } = begun.json;
  return post('register/finish', { ceremony, response: device.register(options, twist) });
}

async function signInBy(device: SoftAuthenticator, twist?: Twist) {
  const { json } = await post('sign-in/start', {});
  const { ceremony, options } = json;
  return post('sign-in/finish', { ceremony, response: device.signIn(options, twist) });
}

function assertFailed(answer: Answer): void {
  assert.deepEqual([answer.status, answer.json.type], [401, '/problems/sign-in-failed']);
  assert.equal(cookieOf(answer), '');
}

test('a registration is refused for another origin, host or challenge, and without user verification', async () => {
  for (const twist of [
    { origin: 'https://elsewhere.example' },
    { host: 'elsewhere.example' },
    { challenge: 'AAAA' },
    { userVerified: false },
  ]) {
    assertFailed(await registerBy(setupToken, 'Rowan', rowan, twist));
  }
  const begun = await post('register/start', { token: setupToken, pseudonym: 'Rowan' });
  for (const response of [{}, { id: 1 }, { id: 'AAAA', rawId: 'AAAA', type: 'public-key', response: [] }]) {
    assertFailed(await post('register/finish', { ceremony: begun.json.ceremony, response }));
  }
});

test('an answer that was not good uses its ceremony up', async () => {
  const begun = await post('register/start', { token: setupToken, pseudonym: 'Rowan' });
  const { ceremony, options } = begun.json;
  assertFailed(await post('register/finish', { ceremony, response: {} }));
  assertFailed(await post('register/finish', { ceremony, response: rowan.register(options) }));
});

test('a ceremony ends after five minutes', async () => {
  const begun = await post('register/start', { token: setupToken, pseudonym: 'Rowan' });
  const { ceremony, options } = begun.json;
  await later(CEREMONY_MS, async () => {
    assertFailed(await post('register/finish', { ceremony, response: rowan.register(options) }));
  });
});

test('the setup link ends after an hour', async () => {
  await later(SETUP_MS, async () => {
    const answer = await registerBy(setupToken, 'Rowan', rowan);
    assert.deepEqual([answer.status, answer.json.type], [410, '/problems/link-expired']);
  });
});

test('the first administrator registers by the link of the start, with a cookie that scripts cannot read', async () => {
  const begun = await post('register/start', { token: setupToken, pseudonym: 'Rowan' });
  const { options } = begun.json;
  assert.equal(options.rp.id, 'localhost');
  assert.equal(options.authenticatorSelection.residentKey, 'required');
  assert.equal(options.authenticatorSelection.userVerification, 'required');

  const answer = await registerBy(setupToken, 'Rowan', rowan);
  assert.equal(answer.status, 201);
  assert.equal(answer.json.staff.pseudonym, 'Rowan');
  assert.deepEqual(answer.json.staff.permissions, PERMISSIONS);
  assert.equal(new Set(answer.json.recoveryCodes).size, 10);
  codes = answer.json.recoveryCodes;
  assert.match(cookieOf(answer), /^reclaim_staff=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  const me = await ask('GET', '/v1/staff/me', { headers: headersFrom(answer) });
  assert.deepEqual([me.status, me.json], [200, answer.json.staff]);
});

test('a link is good once', async () => {
  const answer = await registerBy(setupToken, 'Linden', new SoftAuthenticator(node.url));
  assert.deepEqual([answer.status, answer.json.type], [410, '/problems/link-expired']);
});

test('a passkey signs in, once for each ceremony', async () => {
  const begun = await post('sign-in/start', {});
  const { ceremony, options } = begun.json;
  assert.deepEqual([options.rpId, options.userVerification], ['localhost', 'required']);
  const response = rowan.signIn(options);
  const answer = await post('sign-in/finish', { ceremony, response });
  assert.deepEqual([answer.status, answer.json.pseudonym], [200, 'Rowan']);
  first = { staff: answer.json, recoveryCodes: codes, headers: headersFrom(answer) };
  assertFailed(await post('sign-in/finish', { ceremony, response }));
  const again = await post('sign-in/start', {});
  assertFailed(await post('sign-in/finish', { ceremony: again.json.ceremony, response }));
});

test('whatever is wrong with a sign-in has one answer', async () => {
  const stranger = new SoftAuthenticator(node.url);
  const answers = [
    await signInBy(stranger),
    await signInBy(rowan, { origin: 'https://elsewhere.example' }),
    await signInBy(rowan, { host: 'elsewhere.example' }),
    await signInBy(rowan, { challenge: 'AAAA' }),
    await signInBy(rowan, { userVerified: false }),
    await signInBy(rowan, { userHandle: 'AAAA' }),
    await post('sign-in/finish', { ceremony: 'A'.repeat(43), response: {} }),
    await post('recover', { code: 'aaaa-aaaa-aaaa-aaaa-aaaa' }),
  ];
  for (const answer of answers) {
    assertFailed(answer);
    assert.equal(answer.text, answers[0]!.text);
  }
  assert.equal((await signInBy(rowan)).status, 200);
});

test('a ceremony of one kind does not end as another', async () => {
  const begun = await post('passkeys/start', {}, first.headers);
  assert.equal(begun.status, 200);
  assert.equal(begun.json.options.excludeCredentials.length, 1);
  const { ceremony, options } = begun.json;
  const response = new SoftAuthenticator(node.url).register(options);
  assertFailed(await post('register/finish', { ceremony, response }));
});

test('a counter that went back is refused: the authenticator may have been copied', async () => {
  assert.equal((await signInBy(rowan)).status, 200);
  const { counter } = rowan;
  rowan.counter = counter - 2;
  assertFailed(await signInBy(rowan));
  rowan.counter = counter;
  assert.equal((await signInBy(rowan)).status, 200);
});

test('a recovery code is good once, and its session can only add a passkey until it has', async () => {
  const answer = await post('recover', { code: codes[0]! });
  assert.deepEqual([answer.status, answer.json.pseudonym], [200, 'Rowan']);
  assertFailed(await post('recover', { code: codes[0]! }));

  const headers = headersFrom(answer);
  for (const path of ['/v1/staff', '/v1/jobs', '/v1/keys', '/v1/audit']) {
    assert.equal((await ask('GET', path, { headers })).status, 403, path);
  }
  assert.equal((await post('recovery-codes', {}, headers)).status, 403);
  const me = () => ask('GET', '/v1/staff/me', { headers });
  assert.deepEqual((await me()).json.recovered, true);

  const device = new SoftAuthenticator(node.url);
  const begun = await post('passkeys/start', {}, headers);
  const response = device.register(begun.json.options);
  const answered = { ceremony: begun.json.ceremony, response };
  // Begun by one session, it does not end in another of the same person.
  assertFailed(await post('passkeys/finish', answered, first.headers));
  const { json } = await post('passkeys/start', {}, headers);
  const again = { ceremony: json.ceremony, response: device.register(json.options) };
  const added = await post('passkeys/finish', again, headers);
  assert.equal(added.status, 200);
  assert.equal('recovered' in (await me()).json, false);
  assert.equal((await ask('GET', '/v1/staff', { headers })).status, 200);
  assert.equal((await signInBy(device)).status, 200);
});

test('a passkey that is known is not added again', async () => {
  const begun = await post('passkeys/start', {}, first.headers);
  const device = new SoftAuthenticator(node.url);
  const add = async () => {
    const { json } = await post('passkeys/start', {}, first.headers);
    return post(
      'passkeys/finish',
      { ceremony: json.ceremony, response: device.register(json.options) },
      first.headers,
    );
  };
  assert.equal(begun.status, 200);
  assert.equal((await add()).status, 200);
  assert.deepEqual((await add()).json.type, '/problems/passkey-refused');
});

test('new recovery codes end the old ones', async () => {
  const renewed = await post('recovery-codes', {}, first.headers);
  assert.deepEqual([renewed.status, renewed.json.recoveryCodes.length], [201, 10]);
  assertFailed(await post('recover', { code: codes[1]! }));
  assert.equal((await post('recover', { code: renewed.json.recoveryCodes[0] })).status, 200);
});

test('signing out ends the session and takes the cookie away', async () => {
  const headers = headersFrom(await signInBy(rowan));
  const out = await post('sign-out', {}, headers);
  assert.equal(out.status, 204);
  assert.match(cookieOf(out), /^reclaim_staff=; .*Expires=Thu, 01 Jan 1970/);
  assert.equal((await ask('GET', '/v1/staff/me', { headers })).status, 401);
});

test('a session ends after an hour without a request', async () => {
  const headers = headersFrom(await signInBy(rowan));
  await later(IDLE_MS, async () => {
    assert.equal((await ask('GET', '/v1/staff/me', { headers })).status, 401);
  });
});

test('no page of another site changes anything with the cookie that it sends along', async () => {
  const { cookie } = first.headers;
  const asked = { permissions: ['review'] };
  const from = (headers: Readonly<Record<string, string>>) =>
    post('invitations', asked, { cookie, ...headers }).then(({ status }) => status);
  for (const site of ['cross-site', 'same-site', 'none']) {
    assert.equal(await from({ 'sec-fetch-site': site }), 403, site);
    // An `Origin` that looks right does not outweigh what the browser says.
    assert.equal(await from({ 'sec-fetch-site': site, origin: node.url }), 403, site);
  }
  assert.equal(await from({}), 403);
  assert.equal(await from({ origin: 'https://elsewhere.example' }), 403);
  assert.equal(await from({ origin: 'null' }), 403);
  assert.equal(await from({ origin: node.url }), 201);
  assert.equal(await from({ 'sec-fetch-site': 'same-origin' }), 201);
  const signIn = await post('sign-in/start', {}, { 'sec-fetch-site': 'cross-site' });
  assert.equal(signIn.status, 403);
});

test('a key in the header counts, whatever the cookie says', async () => {
  const { headers } = first;
  assert.equal((await ask('GET', '/v1/jobs', { headers })).status, 200);
  assert.equal((await ask('GET', '/v1/jobs', { headers, token: tokens.check })).status, 403);
  assert.equal((await ask('GET', '/v1/jobs', { headers, token: 'nonsense' })).status, 401);
  assert.equal((await ask('GET', '/v1/staff/me', { headers, token: tokens.admin })).status, 403);
});

test('an invitation gives what its giver has, once, and ends after a day', async () => {
  const lead = await makeMember(node.store, first, ['people', 'review']);
  const invite = (permissions: readonly Permission[]) => post('invitations', { permissions }, lead.headers);
  assert.equal((await invite(['bank'])).status, 403);
  const { status, json } = await invite(['review']);
  assert.equal(status, 201);
  await later(INVITATION_MS, async () => {
    const late = await registerBy(json.token, 'Alder', new SoftAuthenticator(node.url));
    assert.equal(late.status, 410);
  });
  const taken = await registerBy(json.token, 'Rowan', new SoftAuthenticator(node.url));
  assert.deepEqual([taken.status, taken.json.type], [409, '/problems/pseudonym-taken']);
  const come = await registerBy(json.token, 'Alder', new SoftAuthenticator(node.url));
  assert.deepEqual([come.status, come.json.staff.permissions], [201, ['review']]);
  const everybody = await ask('GET', '/v1/staff', { headers: lead.headers });
  const names = everybody.json.staff.map(({ pseudonym }: { pseudonym: string }) => pseudonym);
  assert.ok(names.includes('Rowan') && names.includes('Alder'));
});

test('nobody raises themselves, and a change ends the sessions of whom it touches', async () => {
  const lead = await makeMember(node.store, first, ['people', 'review']);
  const other = await makeMember(node.store, first, ['review']);
  const change = (id: string, json: object) =>
    ask('PATCH', `/v1/staff/${id}`, { json, headers: lead.headers });
  assert.equal((await change(lead.staff.id, { permissions: ['people', 'review', 'keys'] })).status, 403);
  assert.equal((await change(other.staff.id, { permissions: ['keys'] })).status, 403);
  assert.equal((await change(`stf_${'0'.repeat(32)}`, { disabled: true })).status, 404);
  assert.equal((await ask('GET', '/v1/staff/me', { headers: other.headers })).status, 200);
  const disabled = await change(other.staff.id, { disabled: true });
  assert.equal(disabled.status, 200);
  assert.ok(disabled.json.disabledAt > 0);
  assert.equal((await ask('GET', '/v1/staff/me', { headers: other.headers })).status, 401);
});

test('somebody who has keys makes none that opens to them what they were not given', async () => {
  const keeper = await makeMember(node.store, first, ['keys']);
  const make = (scopes: readonly string[]) =>
    ask('POST', '/v1/keys', { headers: keeper.headers, json: { name: 'made', scopes } });
  assert.equal((await make(['admin'])).status, 201);
  assert.equal((await make(['check', 'report'])).status, 201);
  for (const scope of ['review', 'bank', 'audit']) {
    assert.equal((await make(['admin', scope])).status, 403, scope);
  }
  const { json } = await ask('GET', '/v1/keys', { headers: keeper.headers });
  await tokenFor(['review']);
  const rotate = (name: string) => {
    const { id } = json.keys.find((key: { name: string }) => key.name === name);
    return ask('POST', `/v1/keys/${id}/rotate`, { headers: keeper.headers, json: { overlapMinutes: 1 } });
  };
  assert.equal((await rotate('review')).status, 403);
  assert.equal((await rotate('check')).status, 201);
});

test('a reviewer with a session works on jobs under their own name', async () => {
  const reviewer = await makeMember(node.store, first, ['review']);
  const report = { item: { id: 'by-session' }, reason: 'intimate-without-consent' };
  const { json } = await ask('POST', '/v1/reports', { token: tokens.report, json: report });
  const claimed = await ask('POST', `/v1/jobs/${json.jobId}/claim`, { headers: reviewer.headers });
  assert.equal(claimed.status, 200);
  assert.equal(claimed.json.claimedBy, reviewer.staff.id);
});

test('of those who manage people one is always left', async () => {
  const own = await testNode();
  try {
    const alone = await makeFirstMember(own.node.store);
    const { headers } = alone;
    for (const json of [{ disabled: true }, { permissions: ['review'] }]) {
      const refused = await own.ask('PATCH', `/v1/staff/${alone.staff.id}`, { json, headers });
      assert.deepEqual([refused.status, refused.json.type], [409, '/problems/last-people']);
    }
  } finally {
    await own.end();
  }
});

test('under https the cookie is for this host alone, and ceremonies are bound to the public address', async () => {
  const own = await testNode({ publicUrl: 'https://reclaim.example' });
  try {
    assert.ok(own.node.setupLink?.startsWith('https://reclaim.example/console#setup='));
    const token = own.node.setupLink!.slice(-43);
    const device = new SoftAuthenticator('https://reclaim.example');
    const begun = await own.ask('POST', '/v1/staff/register/start', { json: { token, pseudonym: 'Rowan' } });
    const { ceremony, options } = begun.json;
    assert.equal(options.rp.id, 'reclaim.example');
    const json = { ceremony, response: device.register(options) };
    const answer = await own.ask('POST', '/v1/staff/register/finish', { json });
    assert.match(
      cookieOf(answer),
      /^__Host-reclaim_staff=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    const cookie = cookieOf(answer).split(';')[0]!;
    const me = (sent: string) => own.ask('GET', '/v1/staff/me', { headers: { cookie: sent } });
    assert.equal((await me(cookie)).status, 200);
    // What a neighbour on the domain could have planted is not looked at.
    assert.equal((await me(cookie.replace('__Host-', ''))).status, 401);
  } finally {
    await own.end();
  }
});
