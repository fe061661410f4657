import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { SCOPES, type Scope } from '@reclaim/casework/wire';
import { PERMISSIONS, type Permission, ROLES, SCOPES_OF } from '@reclaim/casework/wire-staff';
import { makeKey, revokeKey } from '@reclaim/store/keys';
import { beginSession, recover } from '@reclaim/store/staff-credentials';
import { testNode } from './node.fixture.ts';
import { headersOf, makeFirstMember, makeMember, type SessionHeaders } from './staff.fixture.ts';

const { node, tokens, logged, ask, end } = await testNode();
after(end);

const first = await makeFirstMember(node.store);
/** Somebody with each permission alone, and somebody with each role that the console offers. */
const members = await Promise.all(
  [
    ...PERMISSIONS.map((each): readonly [string, readonly Permission[]] => [each, [each]]),
    ...Object.entries(ROLES).map(([role, bits]) => [`the role ${role}`, bits] as const),
  ].map(async ([who, bits]) => [who, bits, await makeMember(node.store, first, bits)] as const),
);

/** What opens a route to persons alone: these permissions; or `session`, any session; or `any`, also a recovered one. */
type ForPersons = { readonly persons: readonly Permission[] | 'session' | 'any' };

/** Every route and what opens it; compared below with what the node itself publishes. */
const ROUTES: Readonly<Record<string, readonly Scope[] | 'public' | ForPersons>> = {
  'POST /v1/check': ['check'],
  'GET /v1/outcomes': ['check'],
  'GET /v1/content': ['check'],
  'POST /v1/content': ['check'],
  'POST /v1/content/forget': ['check'],
  'POST /v1/reports': ['report'],
  'GET /v1/banks': ['bank', 'review'],
  'POST /v1/banks': ['bank'],
  'PATCH /v1/banks/{id}': ['bank'],
  'POST /v1/banks/{id}/signals': ['bank'],
  'GET /v1/signals/{id}': ['bank', 'review'],
  'POST /v1/signals/{id}/commands': ['review'],
  'POST /v1/withdrawals': 'public',
  'POST /v1/challenges': 'public',
  'POST /v1/cases': 'public',
  'POST /v1/cases/open': 'public',
  'POST /v1/cases/save': 'public',
  'POST /v1/cases/delete': 'public',
  'POST /v1/cases/move': 'public',
  'POST /v1/signal-receipts': 'public',
  'GET /v1/notice-form': 'public',
  'POST /v1/notices': 'public',
  'POST /v1/notices/status': 'public',
  'POST /v1/notices/supplement': 'public',
  'POST /v1/notices/complaint': 'public',
  'POST /v1/notices/withdrawal': 'public',
  'POST /v1/notices/objection': 'public',
  'POST /v1/jobs/{id}/misuse': { persons: ['review', 'lead'] },
  'GET /v1/misuse': { persons: ['lead'] },
  'POST /v1/misuse/{id}/warn': { persons: ['lead'] },
  'POST /v1/misuse/{id}/suspend': { persons: ['lead'] },
  'POST /v1/misuse/{id}/lift': { persons: ['lead'] },
  'POST /v1/misuse/{id}/uphold': { persons: ['lead'] },
  'POST /v1/accounts/standing': ['check', 'report'],
  'POST /v1/accounts/objection': ['report'],
  'POST /v1/notices/{id}/unsealing': { persons: ['lead'] },
  'POST /v1/notices/{id}/unsealing/agree': { persons: ['lead'] },
  'POST /v1/notices/{id}/notifier': { persons: ['lead'] },
  'GET /v1/jobs/{id}/notices': { persons: ['review', 'lead', 'minor-lane'] },
  'GET /v1/jobs/{id}/statement': ['check', 'review'],
  'GET /v1/jobs/{id}/minor-lane': { persons: ['minor-lane'] },
  'POST /v1/jobs/{id}/minor-report': { persons: ['minor-lane'] },
  'GET /v1/statements': { persons: ['lead', 'audit'] },
  'POST /v1/transparency-reports': { persons: ['lead', 'audit'] },
  'GET /v1/publications': 'public',
  'POST /v1/publications': { persons: ['lead'] },
  'GET /v1/accountability': ['review', 'audit'],
  'PUT /v1/accountability': { persons: ['lead'] },
  'POST /v1/jobs/{id}/acts': ['review'],
  'POST /v1/jobs/{id}/answer-complaint': { persons: ['review', 'lead', 'minor-lane'] },
  'POST /v1/previews': ['report', 'check'],
  'POST /v1/complaints': ['report'],
  'GET /v1/complaints/{id}': ['report'],
  'POST /v1/evidence/save': 'public',
  'POST /v1/evidence/open': 'public',
  'POST /v1/evidence/delete': 'public',
  'POST /v1/watches/offer': 'public',
  'POST /v1/watches': 'public',
  'POST /v1/watches/read': 'public',
  'POST /v1/watches/delete': 'public',
  'POST /v1/timestamps/authorities': 'public',
  'POST /v1/timestamps': 'public',
  'POST /v1/recoveries': 'public',
  'POST /v1/recoveries/ask': 'public',
  'POST /v1/recoveries/part': 'public',
  'POST /v1/recoveries/watch': 'public',
  'POST /v1/recoveries/cancel': 'public',
  'POST /v1/recoveries/delete': 'public',
  'POST /v1/helpers/list': 'public',
  'POST /v1/threads': 'public',
  'POST /v1/threads/read': 'public',
  'POST /v1/threads/append': 'public',
  'POST /v1/threads/share': 'public',
  'POST /v1/threads/piece': 'public',
  'POST /v1/threads/unshare': 'public',
  'POST /v1/threads/delete': 'public',
  'PUT /v1/helper/key': { persons: ['helper'] },
  'DELETE /v1/helper/key': { persons: ['helper'] },
  'GET /v1/helper/threads': { persons: ['helper'] },
  'POST /v1/helper/threads/read': { persons: ['helper'] },
  'POST /v1/helper/threads/append': { persons: ['helper'] },
  'POST /v1/helper/threads/piece': { persons: ['helper'] },
  'POST /v1/helper/recovery-parts/fetch': { persons: ['recovery'] },
  'POST /v1/helper/originals/ask': { persons: ['originals'] },
  'GET /v1/helper/originals': { persons: ['originals'] },
  'POST /v1/helper/originals/answer': { persons: ['originals'] },
  'GET /v1/jobs': ['review'],
  'GET /v1/jobs/{id}': ['review'],
  'POST /v1/jobs/{id}/claim': ['review'],
  'POST /v1/jobs/{id}/notices/{notice}/applies': { persons: ['review', 'lead', 'minor-lane'] },
  'POST /v1/jobs/{id}/hold': { persons: ['review', 'lead'] },
  'POST /v1/jobs/{id}/release': ['review'],
  'POST /v1/jobs/{id}/decide': ['review'],
  'POST /v1/jobs/{id}/undo': ['review'],
  'POST /v1/jobs/{id}/look': { persons: ['review'] },
  'POST /v1/jobs/{id}/look-end': { persons: ['review'] },
  'GET /v1/looks/{token}': { persons: ['review'] },
  'GET /v1/views': { persons: ['review'] },
  'GET /v1/keys': ['admin'],
  'POST /v1/keys': ['admin'],
  'POST /v1/keys/{id}/rotate': ['admin'],
  'POST /v1/keys/{id}/revoke': ['admin'],
  'POST /v1/staff/register/start': 'public',
  'POST /v1/staff/register/finish': 'public',
  'POST /v1/staff/sign-in/start': 'public',
  'POST /v1/staff/sign-in/finish': 'public',
  'POST /v1/staff/recover': 'public',
  'GET /v1/local-features': { persons: ['lead'] },
  'POST /v1/local-features/propose': { persons: ['lead'] },
  'POST /v1/local-features/confirm': { persons: ['lead'] },
  'POST /v1/local-features/off': { persons: ['lead'] },
  'GET /v1/staff/me': { persons: 'any' },
  'POST /v1/staff/sign-out': { persons: 'any' },
  'POST /v1/staff/passkeys/start': { persons: 'any' },
  'POST /v1/staff/passkeys/finish': { persons: 'any' },
  'POST /v1/staff/recovery-codes': { persons: 'session' },
  'POST /v1/staff/invitations': { persons: ['people'] },
  'GET /v1/staff': { persons: ['people'] },
  'PATCH /v1/staff/{id}': { persons: ['people'] },
  'GET /v1/webhooks': ['admin'],
  'POST /v1/webhooks': ['admin'],
  'DELETE /v1/webhooks/{id}': ['admin'],
  'GET /v1/exchanges': ['admin'],
  'POST /v1/exchanges': ['admin'],
  'PATCH /v1/exchanges/{id}': ['admin'],
  'DELETE /v1/exchanges/{id}': ['admin'],
  'GET /v1/audit': ['audit'],
  'GET /health': 'public',
  'GET /ready': 'public',
};

function pathOf(path: string): string {
  const prefix = path.includes('staff')
    ? 'stf'
    : path.includes('banks')
      ? 'bnk'
      : path.includes('jobs')
        ? 'job'
        : path.includes('keys')
          ? 'key'
          : path.includes('webhooks')
            ? 'whk'
            : path.includes('exchanges')
              ? 'exc'
              : path.includes('notices/')
                ? 'ntc'
                : 'sig';
  return path.replace('{id}', `${prefix}_${'0'.repeat(32)}`).replace('{token}', 'A'.repeat(43));
}

test('the table of this test names every route that the node publishes, and no other', async () => {
  const { json } = await ask('GET', '/openapi.json');
  assert.equal(json.openapi, '3.1.0');
  const published = Object.entries(json.paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  assert.deepEqual(published.toSorted(), Object.keys(ROUTES).toSorted());
});

test('the published document says of every route what opens it, how it is asked, and what it answers', async () => {
  const { json } = await ask('GET', '/openapi.json');
  for (const [route, opener] of Object.entries(ROUTES)) {
    const [method, path] = route.split(' ') as [string, string];
    const { security, responses } = json.paths[path][method.toLowerCase()];
    const names = (scheme: string) =>
      (security as Record<string, string[]>[]).flatMap((each) => each[scheme] ?? []).toSorted();
    const keys = SCOPES.filter((scope) => opener !== 'public' && opensToKey(opener, scope)).toSorted();
    assert.deepEqual(names('key'), keys, route);
    const whoever = opener !== 'public' && 'persons' in opener && typeof opener.persons === 'string';
    const persons = whoever
      ? []
      : PERMISSIONS.filter((each) => opener !== 'public' && opensToSession(opener, [each])).toSorted();
    assert.deepEqual(names('session'), persons, route);
    assert.equal(security.length === 0, opener === 'public', route);
    assert.ok(
      Object.keys(responses).some((status) => status.startsWith('2')),
      `${route}: no good answer`,
    );
    const problem = responses['4XX']?.content;
    if (path.startsWith('/v1/')) assert.deepEqual(Object.keys(problem), ['application/problem+json'], route);
  }
  const { requestBody, parameters } = json.paths['/v1/check'].post;
  assert.deepEqual(Object.keys(requestBody.content), [
    'application/json',
    'application/octet-stream',
    'image/*',
    'multipart/form-data',
  ]);
  assert.equal(requestBody.content['application/json'].schema.properties.items.maxItems, 64);
  assert.ok(parameters.some((each: { name: string }) => each.name === 'reclaim-item-id'));
  assert.deepEqual(Object.keys(json.paths['/v1/looks/{token}'].get.responses['200'].content), ['image/jpeg']);
});

test('docs/api.md names the scope of every route as it is', async () => {
  const text = await readFile(new URL('../../../docs/api.md', import.meta.url), 'utf8');
  for (const [route, scopes] of Object.entries(ROUTES)) {
    const [method, path] = route.split(' ') as [string, string];
    const row = text
      .split('\n')
      .find((line) => line.startsWith('|') && line.includes(method) && lineNames(line, path));
    assert.ok(row !== undefined, `docs/api.md has no row for ${route}`);
    assert.equal(row.split('|')[2]?.trim(), documented(scopes), route);
  }
});

function documented(opener: (typeof ROUTES)[string]): string {
  if (opener === 'public') return 'none';
  if (!('persons' in opener)) return opener.join(' or ');
  return typeof opener.persons === 'string' ? 'session' : `session: ${opener.persons.join(' or ')}`;
}

/** Whether a route opens to a key with one scope. */
function opensToKey(opener: (typeof ROUTES)[string], scope: Scope): boolean {
  return opener === 'public' || (!('persons' in opener) && opener.includes(scope));
}

/** Whether a route opens to a session with these permissions. */
function opensToSession(opener: (typeof ROUTES)[string], bits: readonly Permission[]): boolean {
  if (opener === 'public') return true;
  const opened = 'persons' in opener ? opener.persons : undefined;
  if (typeof opened === 'string') return true;
  return bits.some((bit) =>
    'persons' in opener ? opened?.includes(bit) : SCOPES_OF[bit].some((scope) => opener.includes(scope)),
  );
}

function lineNames(line: string, path: string): boolean {
  const first = line.split('|')[1] ?? '';
  const ending = path.slice(path.lastIndexOf('/'));
  return new RegExp(`${path.replaceAll(/[{}]/g, '\\$&')}[?\`]`).test(first) || first.includes(`…${ending}\``);
}

for (const [route, scopes] of Object.entries(ROUTES)) {
  const [method, path] = route.split(' ') as [string, string];
  const body = method === 'GET' ? {} : { json: {} };

  test(`${route}: each role is let in or kept out as the table says`, async () => {
    for (const scope of SCOPES) {
      const { status } = await ask(method, pathOf(path), { token: tokens[scope], ...body });
      if (opensToKey(scopes, scope)) assert.ok(status !== 401 && status !== 403, `${scope}: ${status}`);
      else assert.equal(status, 403, scope);
    }
  });

  test(`${route}: a session is let in or kept out by its permissions, of each alone and of each role`, async () => {
    // Each asks with a session of its own: one route ends the session that asks.
    const enter = async (headers: SessionHeaders, opens: boolean, who: string) => {
      const { status } = await ask(method, pathOf(path), { ...body, headers });
      if (opens) assert.ok(status !== 401 && status !== 403, `${who}: ${status}`);
      else assert.equal(status, 403, who);
    };
    for (const [who, bits, { staff }] of members) {
      const headers = headersOf(await beginSession(node.store, staff.id));
      await enter(headers, opensToSession(scopes, bits), who);
    }
  });

  if (scopes !== 'public') {
    test(`${route}: a session begun by a recovery code is kept out, but of what adds a passkey`, async () => {
      const { recoveryCodes } = await makeMember(node.store, first);
      const { secret } = (await recover(node.store, recoveryCodes[0]!))!;
      const { status } = await ask(method, pathOf(path), { ...body, headers: headersOf(secret) });
      if ('persons' in scopes && scopes.persons === 'any') assert.ok(status !== 401 && status !== 403);
      else assert.equal(status, 403);
    });

    test(`${route}: without the right cookie a session is none`, async () => {
      const { status } = await ask(method, pathOf(path), { ...body, headers: headersOf('A'.repeat(43)) });
      assert.equal(status, 401);
    });

    if (method !== 'GET') {
      test(`${route}: another site's page changes nothing with a session's cookie`, async () => {
        const { cookie } = headersOf(await beginSession(node.store, first.staff.id));
        for (const headers of [{ cookie }, { cookie, 'sec-fetch-site': 'same-site' }]) {
          assert.equal((await ask(method, pathOf(path), { ...body, headers })).status, 403);
        }
      });
    }

    test(`${route}: without a key, or with a wrong one, the answer is one and the same`, async () => {
      const revoked = await makeKey(node.store, 'system', { name: 'revoked', scopes: [...SCOPES] });
      await revokeKey(node.store, 'system', revoked.key.id);
      const expired = await makeKey(node.store, 'system', {
        name: 'expired',
        scopes: [...SCOPES],
        expiresAt: node.store.now(),
      });
      const wrong = [
        undefined,
        'nonsense',
        `rk_${'0'.repeat(32)}_${'A'.repeat(43)}`,
        `${tokens.admin.slice(0, -43)}${'A'.repeat(43)}`,
        revoked.token,
        expired.token,
      ];
      const answers = await Promise.all(wrong.map((token) => ask(method, pathOf(path), { token, ...body })));
      for (const { status, text } of answers) {
        assert.equal(status, 401);
        assert.equal(text, answers[0]!.text);
      }
    });
  }
}

test('no problem echoes what was sent, and no log line has it', async () => {
  const planted = 'planted-7f3a9c';
  const hash = `${planted.replaceAll(/[^0-9a-f]/g, '')}${'e'.repeat(64)}`.slice(0, 64);
  const item = { id: planted, previewUrl: `https://${planted}.example/` };
  const bodies: readonly [string, string, object][] = [
    [
      'POST',
      '/v1/check',
      { token: tokens.check, body: `{"${planted}": `, headers: { 'content-type': 'application/json' } },
    ],
    [
      'POST',
      '/v1/check',
      { token: tokens.check, json: { items: [{ item, signals: [{ kind: 'pdq', value: hash }] }] } },
    ],
    ['POST', '/v1/check', { token: tokens.check, json: { [planted]: planted } }],
    ['POST', '/v1/check', { token: tokens.check, body: planted, headers: { 'content-type': planted } }],
    [
      'POST',
      '/v1/check',
      {
        token: tokens.check,
        body: planted,
        headers: { 'content-type': 'image/jpeg', 'reclaim-item-id': `${planted} with space` },
      },
    ],
    [
      'POST',
      '/v1/check',
      {
        token: tokens.check,
        body: planted,
        headers: { 'content-type': 'image/jpeg', 'reclaim-item-id': planted },
      },
    ],
    ['POST', '/v1/check', { token: planted, json: {} }],
    ['POST', '/v1/withdrawals', { json: { capability: planted } }],
    ['GET', `/v1/jobs/${planted}`, { token: tokens.review }],
    ['GET', `/v1/jobs?state=${planted}`, { token: tokens.review }],
    ['GET', `/${planted}?${planted}=1`, {}],
    ['POST', '/v1/banks', { token: tokens.bank, json: { name: planted, kind: planted } }],
  ];
  for (const [method, path, how] of bodies) {
    const { status, text, headers } = await ask(method, path, how);
    assert.ok(status >= 400 && status < 500, `${method} answered ${status}`);
    assert.equal(headers.get('content-type')?.split(';')[0], 'application/problem+json');
    assert.equal(text.includes(planted) || text.includes(hash), false, text);
  }
  assert.equal(logged.join('\n').includes(planted), false);
});

test('answers are never cached and never framed', async () => {
  for (const path of ['/health', '/v1/jobs', '/nowhere']) {
    const { headers } = await ask('GET', path);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
  }
});
