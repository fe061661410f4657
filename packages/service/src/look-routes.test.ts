import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import type { JobId } from '@reclaim/casework/id';
import { LOOKS } from '@reclaim/casework/wire-staff';
import { pngThatClaims } from '@reclaim/decode/hostile-picture.fixture';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { pngOf } from '@reclaim/raster/png-file.fixture';
import { recordsAfter } from '@reclaim/store/event-log';
import { openJob } from '@reclaim/store/jobs';
import { VIEW_ALLOWANCE } from '@reclaim/store/views';
import sharp from 'sharp';
import { LOOK_SIDES } from './look-picture.ts';
import { LOOK_MS, LOOKS_HELD, LookTokens } from './look-tokens.ts';
import { testNode } from './node.fixture.ts';
import { type Member, makeFirstMember, makeMember } from './staff.fixture.ts';

const picture = pngOf(landscape(11, 1700, 850));
let fetched = 0;
const held = new Map<string, () => Promise<void>>();
const platform = createServer((request, response) => {
  fetched++;
  const path = request.url ?? '';
  response.setHeader('content-type', 'image/png');
  void (async () => {
    await held.get(path)?.();
    response.end(BODIES[path] ?? picture);
  })();
});
await new Promise<void>((resolve) => platform.listen(0, '127.0.0.1', resolve));
const { port } = platform.address() as AddressInfo;
const BODIES: Readonly<Record<string, Buffer | string>> = {
  '/script': '<!doctype html><script>alert(1)</script>',
  '/svg': '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
  '/bomb': Buffer.from(pngThatClaims(60_000, 60_000, 1_000)),
  '/nothing': '',
};

const clock = { now: 1_900_000_000_000 };
const { node, tokens, logged, ask, end } = await testNode({
  now: () => clock.now,
  previewHosts: [`127.0.0.1:${port}`],
});
const { store } = node;
const first = await makeFirstMember(store);
const rowan = await makeMember(store, first, ['review']);
after(async () => {
  await end();
  platform.closeAllConnections();
  await new Promise((resolve) => platform.close(resolve));
});

/** A job claimed by `by`, of an item whose preview is at `path` of the platform. */
async function claimed(by: Member, path: string | null = '/planted-path', address?: string): Promise<JobId> {
  const previewUrl = address ?? `http://127.0.0.1:${port}${path}`;
  const { jobId } = await openJob(store, 'system', {
    item: { id: randomBytes(8).toString('hex'), ...(path === null ? {} : { previewUrl }) },
    cause: 'report',
    interim: 'none',
    matches: [],
    contentTag: randomBytes(32),
  });
  assert.equal((await as(by, 'POST', `/v1/jobs/${jobId}/claim`)).status, 200);
  return jobId;
}

const as = (who: Member, method: string, path: string, json?: object) =>
  ask(method, path, { headers: who.headers, ...(json === undefined ? {} : { json }) });
const look = (who: Member, jobId: JobId, rung = 'outline') =>
  as(who, 'POST', `/v1/jobs/${jobId}/look`, { look: rung });

/** Looks, and fetches the picture of the look. */
async function pictureOf(who: Member, jobId: JobId, rung = 'outline') {
  const { json } = await look(who, jobId, rung);
  const answer = await fetch(node.url + json.url, { headers: who.headers });
  return { answer, bytes: Buffer.from(await answer.arrayBuffer()) };
}

test('a look is in the chain before its address is answered; the picture is a JPEG of its rung, once', async () => {
  const jobId = await claimed(rowan);
  for (const rung of LOOKS) {
    const before = fetched;
    const asked = await look(rowan, jobId, rung);
    assert.equal(asked.status, 200);
    assert.match(asked.json.url, /^\/v1\/looks\/[A-Za-z0-9_-]{43}$/);
    assert.equal(asked.json.expiresAt, clock.now + LOOK_MS);
    const last = (await recordsAfter(store.db, 0, 100_000)).at(-1)!;
    assert.equal(last.type, 'view');
    assert.deepEqual(last.data, { by: rowan.staff.id, jobId, look: rung });
    assert.equal(fetched, before, 'nothing was fetched yet');
    const answer = await fetch(node.url + asked.json.url, { headers: rowan.headers });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), 'image/jpeg');
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.equal(answer.headers.get('cross-origin-resource-policy'), 'same-origin');
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    const { format, width, height } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
    assert.deepEqual([format, width, height], ['jpeg', LOOK_SIDES[rung], LOOK_SIDES[rung] / 2]);
    assert.equal((await as(rowan, 'GET', asked.json.url)).status, 404, 'a second time');
  }
});

test('a token of another session, a late one and an invented one open nothing', async () => {
  const linden = await makeMember(store, first, ['review', 'lead', 'minor-lane']);
  const jobId = await claimed(rowan);
  const before = fetched;
  const { json } = await look(rowan, jobId);
  assert.equal((await as(linden, 'GET', json.url)).status, 404);
  assert.equal((await as(rowan, 'GET', json.url)).status, 404, 'spent by whoever showed it');
  const late = await look(rowan, jobId);
  clock.now += LOOK_MS;
  assert.equal((await as(rowan, 'GET', late.json.url)).status, 404);
  for (const token of ['A'.repeat(43), 'x', '%00', '..%2f']) {
    assert.equal((await as(rowan, 'GET', `/v1/looks/${token}`)).status, 404, token);
  }
  assert.equal(fetched, before);
});

test('a look that comes when all places are taken is not spent: its address is good a moment later', async () => {
  const gate = Promise.withResolvers<void>();
  held.set('/busy', () => gate.promise);
  const before = fetched;
  const looks = await Promise.all(
    Array.from({ length: 5 }, async () => (await look(rowan, await claimed(rowan, '/busy'))).json.url),
  );
  const running = looks.slice(0, 4).map((url) => as(rowan, 'GET', url));
  while (fetched < before + 4) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal((await as(rowan, 'GET', looks[4])).status, 503);
  gate.resolve();
  assert.deepEqual(
    (await Promise.all(running)).map(({ status }) => status),
    [200, 200, 200, 200],
  );
  assert.equal((await as(rowan, 'GET', looks[4])).status, 200);
  held.delete('/busy');
});

test('no key looks, whatever its scopes, and nobody without the permission', async () => {
  const jobId = await claimed(rowan);
  const auditor = await makeMember(store, first, ['audit', 'people', 'keys', 'bank']);
  const { json } = await look(rowan, jobId);
  for (const [method, path, body] of [
    ['POST', `/v1/jobs/${jobId}/look`, { look: 'full' }],
    ['GET', json.url, undefined],
    ['POST', `/v1/jobs/${jobId}/look-end`, { seconds: 1 }],
    ['GET', '/v1/views', undefined],
  ] as const) {
    assert.equal((await ask(method, path, { token: tokens.review, json: body })).status, 403, path);
    assert.equal((await as(auditor, method, path, body)).status, 403, path);
    assert.equal((await ask(method, path, { json: body })).status, 401, path);
  }
});

test('who looks has claimed the job, and there is a preview', async () => {
  const linden = await makeMember(store, first, ['review', 'lead']);
  const jobId = await claimed(rowan);
  const other = await look(linden, jobId);
  assert.equal(other.status, 409);
  assert.equal(other.json.type, '/problems/refused-claimed-by-another');
  await as(rowan, 'POST', `/v1/jobs/${jobId}/release`);
  assert.equal((await look(rowan, jobId)).json.type, '/problems/refused-not-claimed');
  const bare = await look(rowan, await claimed(rowan, null));
  assert.deepEqual([bare.status, bare.json.type], [409, '/problems/no-preview']);
  assert.equal((await look(rowan, `job_${'0'.repeat(32)}` as JobId)).status, 404);
});

test('a ruling that comes between asking and showing covers the picture, even while it is fetched', async () => {
  const lane = await makeMember(store, first, ['review', 'lead', 'minor-lane']);
  const ruling = { outcome: 'refer', ground: 'minor-suspected' };
  const lock = (jobId: JobId) =>
    as(lane, 'POST', `/v1/jobs/${jobId}/decide`, { ruling, facts: 'Looks younger than eighteen.' });
  const jobId = await claimed(lane);
  const { json } = await look(lane, jobId);
  const before = fetched;
  const locked = await lock(jobId);
  assert.equal(locked.status, 200);
  assert.equal(locked.json.item.previewUrl, undefined);
  const covered = await as(lane, 'GET', json.url);
  assert.deepEqual([covered.status, covered.json.type], [409, '/problems/refused-blackout']);
  assert.equal(fetched, before, 'not even fetched');
  assert.equal((await look(lane, jobId)).json.type, '/problems/refused-blackout');

  const slow = await claimed(lane, '/slow');
  held.set('/slow', async () => void (await lock(slow)));
  const during = await pictureOf(lane, slow);
  assert.equal(during.answer.status, 409);
  assert.match(during.bytes.toString(), /refused-blackout/);
});

test('what may show a minor is dark to a reviewer and to a key, and only the lane for minors undoes it', async () => {
  const lane = await makeMember(store, first, ['review', 'minor-lane']);
  const jobId = await claimed(rowan);
  const ruling = { outcome: 'refer', ground: 'minor-suspected' };
  const facts = 'Looks younger than eighteen.';
  const path = `/v1/jobs/${jobId}`;
  const open = await as(rowan, 'GET', path);
  assert.equal(open.json.item.previewUrl, `${path}/look`, 'a session is told where to ask, not the address');
  const queue = await ask('GET', '/v1/jobs?state=claimed&limit=200', { token: tokens.review });
  for (const { text } of [await ask('GET', path, { token: tokens.review }), queue]) {
    assert.equal(
      text.includes('previewUrl') || text.includes(`:${port}`),
      false,
      'a key is told nothing of it',
    );
  }
  const decided = await as(rowan, 'POST', `${path}/decide`, { ruling, facts });
  const byKey = await ask('GET', path, { token: tokens.review });
  for (const { json } of [decided, byKey, await as(rowan, 'GET', path)]) {
    assert.deepEqual([json.state, json.item, json.matches], ['decided', undefined, []]);
  }
  for (const answer of [
    await as(rowan, 'POST', `${path}/undo`, { facts }),
    await ask('POST', `${path}/undo`, { token: tokens.review, json: { facts } }),
  ]) {
    assert.deepEqual([answer.status, answer.json.type], [409, '/problems/refused-blackout']);
  }
  const seen = await as(lane, 'GET', path);
  assert.deepEqual(Object.keys(seen.json.item), ['id']);
  const undone = await as(lane, 'POST', `${path}/undo`, { facts });
  assert.deepEqual([undone.status, undone.json.state], [200, 'queued']);
});

test('what is no picture, or leads inwards, is not shown, and no line or answer names where it was', async () => {
  const jobs = [
    ...Object.keys(BODIES).map((path) => claimed(rowan, path)),
    claimed(rowan, '', 'http://169.254.169.254/planted-path'),
    claimed(rowan, '', `http://localhost:${port}/planted-path`),
    claimed(rowan, '', 'http://planted-path.invalid/'),
  ];
  for (const jobId of await Promise.all(jobs)) {
    const { answer, bytes } = await pictureOf(rowan, jobId);
    assert.equal(answer.status, 502);
    assert.match(bytes.toString(), /\/problems\/preview-unavailable/);
    assert.doesNotMatch(bytes.toString(), /planted|127\.0|169\.254|localhost/);
  }
  assert.doesNotMatch(logged.join('\n'), /planted|looks\/[A-Za-z0-9_-]{43}/);
});

test('looks are counted with their seconds, and the allowance stops all but a lead', async () => {
  const reviewer = await makeMember(store, first, ['review']);
  const jobId = await claimed(reviewer);
  for (let i = 0; i < VIEW_ALLOWANCE; i++) assert.equal((await look(reviewer, jobId)).status, 200);
  const over = await look(reviewer, jobId);
  assert.deepEqual([over.status, over.json.type], [429, '/problems/views-used-up']);
  const ended = await as(reviewer, 'POST', `/v1/jobs/${jobId}/look-end`, { seconds: 7 });
  assert.equal(ended.status, 204);
  const { json } = await as(reviewer, 'GET', '/v1/views');
  assert.deepEqual(json, { count: VIEW_ALLOWANCE, seconds: 7, allowance: VIEW_ALLOWANCE });
});

test('tokens are bounded: the oldest is forgotten first, and those that ended before it', () => {
  const held = new LookTokens();
  const grant = { session: 's', jobId: `job_${'0'.repeat(32)}` as JobId, look: 'outline' } as const;
  const now = store.now();
  const made = Array.from({ length: LOOKS_HELD + 1 }, () => held.give(grant, now).token);
  assert.equal(held.take(made[0]!, 's', now), undefined);
  assert.deepEqual(held.take(made[1]!, 's', now)?.look, 'outline');
  assert.ok(held.take(made.at(-1)!, 's', now) !== undefined);
});
