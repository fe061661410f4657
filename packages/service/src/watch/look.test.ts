import assert from 'node:assert/strict';
import { after, beforeEach, type TestContext, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { pngThatClaims } from '@reclaim/decode/hostile-picture.fixture';
import { jpegOf } from '@reclaim/decode/picture-file.fixture';
import { signalsOfFile } from '@reclaim/decode/signals-of-file';
import { signalBytes } from '@reclaim/fingerprint/signal';
import { landscape } from '@reclaim/raster/landscape.fixture';
import sharp from 'sharp';
import type { NamedSignal } from './compare-file.ts';
import type { Leave } from './guarded-fetch.ts';
import { type LookParts, type LookSeen, lookAt, type Sight } from './look.ts';
import { MOST_PICTURES } from './page-pictures.ts';
import { pageOf, startSite } from './site.fixture.ts';

const site = await startSite();
after(site.end);

const mine = await jpegOf(landscape(1, 320, 240), 90);
const copy = await jpegOf(landscape(1, 240, 180), 60);
const others = await Promise.all([2, 3, 4].map((seed) => jpegOf(landscape(seed, 240, 180), 80)));

const { pdq, sha256 } = await signalsOfFile(mine);
assert.ok(pdq.ok && sha256 !== undefined);
const MINE: readonly NamedSignal[] = [
  { kind: 'pdq', bytes: signalBytes(pdq.signal.value) },
  { kind: 'sha256', bytes: signalBytes(sha256.value) },
];

let pauses = 0;
let robots: (url: URL) => Promise<Leave> = async () => 'allowed';
const parts: LookParts = {
  userAgent: 'ReclaimMonitor/0.1 (+https://node.example/contact)',
  robots: (url) => robots(url),
  pause: async () => {
    pauses++;
  },
  testHosts: [site.host],
};

beforeEach((t) => {
  // A hook outside any suite runs before the tests of every other file of the process as well.
  if ((t as TestContext).filePath !== import.meta.filename) return;
  site.pages.clear();
  site.asked.length = 0;
  pauses = 0;
  robots = async () => 'allowed';
  for (const [at, body] of [mine, copy, ...others].entries()) {
    site.pages.set(`/${['mine', 'copy', 'two', 'three', 'four'][at]}.jpg`, { type: 'image/jpeg', body });
  }
});

const look = (before?: Sight, path = '/post'): Promise<LookSeen> =>
  lookAt(site.url + path, MINE, before, parts);
const kind = async (before?: Sight, path?: string) => (await look(before, path)).result.kind;

test('a page that shows a copy is seen to, with how near it is; what is answered holds nothing of what was there', async () => {
  site.pages.set('/post', pageOf('/two.jpg', '/copy.jpg', '/three.jpg'));
  const seen = await look();
  assert.equal(seen.result.kind, 'there');
  assert.ok(seen.result.kind === 'there' && seen.result.by === 'full' && seen.result.distance <= 31);
  assert.deepEqual([seen.status, seen.contentType], [200, 'text/html']);
  assert.equal(seen.sight?.media, `${site.url}/copy.jpg`);
  // The third was not needed any more; a pause stood before each.
  assert.deepEqual(site.asked, ['/post', '/two.jpg', '/copy.jpg']);
  assert.equal(pauses, 2);
  assert.deepEqual(Object.keys(seen).toSorted(), [
    'bytes',
    'contentType',
    'result',
    'sight',
    'status',
    'waitMs',
  ]);
});

test('the same bytes are told apart from a near picture, a part of one is found, and an inline picture is compared', async () => {
  site.pages.set('/post', pageOf('/mine.jpg'));
  assert.deepEqual((await look()).result, { kind: 'there', by: 'exact', distance: 0 });
  site.pages.set('/post', pageOf(`data:image/jpeg;base64,${Buffer.from(copy).toString('base64')}`));
  assert.equal(await kind(), 'there');
  assert.deepEqual(site.asked, ['/post', '/mine.jpg', '/post']);
  const screen = { width: 400, height: 700, channels: 3, background: '#f2f2f2' } as const;
  const shot = await sharp({ create: screen })
    .composite([{ input: Buffer.from(mine), left: 40, top: 180 }])
    .jpeg()
    .toBuffer();
  site.pages.set('/shot.jpg', { body: shot });
  site.pages.set('/post', pageOf('/shot.jpg'));
  const part = (await look()).result;
  assert.ok(part.kind === 'there' && part.by === 'window', JSON.stringify(part));
  // The address of the picture itself.
  assert.deepEqual((await look(undefined, '/mine.jpg')).result, { kind: 'there', by: 'exact', distance: 0 });
});

test('only what the watch names is looked for', async () => {
  site.pages.set('/post', pageOf('/mine.jpg'));
  const one = MINE.filter((each) => each.kind === 'sha256');
  assert.equal((await lookAt(`${site.url}/post`, one, undefined, parts)).result.kind, 'there');
  site.pages.set('/post', pageOf('/copy.jpg'));
  assert.equal((await lookAt(`${site.url}/post`, one, undefined, parts)).result.kind, 'absent');
  assert.equal((await lookAt(`${site.url}/post`, [], undefined, parts)).result.kind, 'absent');
});

test('what a status says: 404 and 410 gone, 451 blocked by law, 401 and 403 blocked, 429 and 5xx unreachable', async () => {
  for (const [status, result] of [
    [404, { kind: 'gone' }],
    [410, { kind: 'gone' }],
    [451, { kind: 'blocked', by: 'law' }],
    [401, { kind: 'blocked', by: 'login' }],
    [403, { kind: 'blocked', by: 'refused' }],
    [429, { kind: 'unreachable' }],
    [500, { kind: 'unreachable' }],
    [503, { kind: 'unreachable' }],
    [204, { kind: 'unclear' }],
  ] as const) {
    site.pages.set('/post', { status, body: status === 204 ? '' : '<img src="/mine.jpg">' });
    assert.deepEqual((await look()).result, result, `${status}`);
  }
  site.pages.set('/post', { status: 503, headers: { 'retry-after': '7200' } });
  assert.equal((await look()).waitMs, 7_200_000);
});

test('a page that leads to a log-in is blocked, and one that leads elsewhere is read there', async () => {
  site.pages.set('/post', { status: 302, headers: { location: '/accounts/login?next=%2Fpost' } });
  site.pages.set('/accounts/login?next=%2Fpost', pageOf());
  assert.deepEqual((await look()).result, { kind: 'blocked', by: 'login' });
  site.pages.set('/post', { status: 301, headers: { location: '/moved' } });
  site.pages.set('/moved', pageOf('/copy.jpg'));
  assert.equal(await kind(), 'there');
});

test('robots.txt is asked for the page and for each picture; a picture that it keeps from us leaves the look unclear', async () => {
  site.pages.set('/post', pageOf('/two.jpg'));
  robots = async () => 'disallowed';
  assert.deepEqual((await look()).result, { kind: 'blocked', by: 'robots' });
  assert.deepEqual(site.asked, []);
  robots = async (url) => (url.pathname === '/two.jpg' ? 'disallowed' : 'allowed');
  assert.equal(await kind(), 'unclear');
  robots = async () => 'unreachable';
  assert.equal(await kind(), 'unreachable');
});

test('absent is said only where every picture that the page names was compared', async () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['all compared', '<img src="/two.jpg"><img src="/missing.jpg">', 'absent'],
    ['no picture at all', '', 'absent'],
    ['one that is no picture', '<img src="/text">', 'absent'],
    ['a drawing, and a page where a picture was', '<img src="/d.svg"><img src="/soft-404">', 'absent'],
    ['a format that is not read', '<img src="/two.jpg"><img src="/photo.heic">', 'unclear'],
    ['a torn one', '<img src="/torn.jpg">', 'unclear'],
    ['one that leads inwards', '<img src="http://127.0.0.1/x.jpg">', 'unclear'],
    ['one that is refused', '<img src="/forbidden.jpg">', 'unclear'],
    ['an image bomb', '<img src="/bomb.png">', 'unclear'],
    [
      'more than a look takes',
      Array.from({ length: MOST_PICTURES + 1 }, (_, at) => `<img src="/missing-${at}.jpg">`).join(''),
      'unclear',
    ],
  ];
  site.pages.set('/d.svg', { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' });
  site.pages.set('/soft-404', pageOf());
  site.pages.set('/text', { type: 'image/jpeg', body: 'words' });
  site.pages.set('/photo.heic', { body: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0heicmif1', 'latin1') });
  site.pages.set('/torn.jpg', { body: Buffer.from('ffd8ffe000104a464946', 'hex') });
  site.pages.set('/forbidden.jpg', { status: 403 });
  const black = deflateSync(Buffer.alloc(1_000_000));
  site.pages.set('/bomb.png', { body: pngThatClaims(30_000, 30_000, black.length) });
  for (const [name, body, result] of cases) {
    site.pages.set('/post', { type: 'text/html', body: `<!doctype html>${body}` });
    assert.equal(await kind(), result, name);
  }
});

test('what is no page and no picture decides nothing, whatever it calls itself', async () => {
  for (const [type, body] of [
    ['application/pdf', '%PDF-1.7'],
    ['text/html', '<html>\0'],
    ['application/json', '{}'],
    ['video/mp4', '\0\0\0\x18ftypisom'],
    ['', 'words'],
  ] as const) {
    site.pages.set('/post', { type, body });
    assert.equal(await kind(), 'unclear', type);
  }
  site.pages.set('/post', { body: '<!DOCTYPE html><img src="/mine.jpg">' });
  assert.equal(await kind(), 'there');
  // A page that says that it is a picture is still not believed.
  site.pages.set('/post', { type: 'image/jpeg', body: '<!doctype html><img src="/mine.jpg">' });
  assert.equal(await kind(), 'unclear');
});

test('another picture at the address that showed it is replaced; the same picture elsewhere on the page is still there', async () => {
  site.pages.set('/post', pageOf('/copy.jpg'));
  const { sight } = await look();
  site.pages.set('/copy.jpg', { body: others[0]! });
  assert.equal(await kind(sight), 'media-replaced');
  site.pages.set('/copy.jpg', { status: 404 });
  assert.equal(await kind(sight), 'absent');
  site.pages.set('/post', pageOf('/copy.jpg', '/mine.jpg'));
  assert.equal(await kind(sight), 'there');
  // A look that saw nothing remembers where it was seen before.
  site.pages.set('/post', pageOf());
  assert.deepEqual((await look(sight)).sight, sight);
  // The address of the picture itself.
  const direct = (await look(undefined, '/mine.jpg')).sight;
  site.pages.set('/mine.jpg', { body: others[1]! });
  assert.equal(await kind(direct, '/mine.jpg'), 'media-replaced');
});

test('where nothing changed, two answers without a body are the same sight; where anything did, the whole page is looked at', async () => {
  let changed = '';
  const conditional = (name: string, body: string | Uint8Array, type: string) =>
    site.pages.set(name, (response, request) => {
      const etag = `"${name}${changed === name ? '-new' : ''}"`;
      if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
      response.writeHead(200, { etag, 'content-type': type }).end(body);
    });
  conditional('/post', '<!doctype html><img src="/two.jpg"><img src="/c.jpg">', 'text/html');
  conditional('/c.jpg', copy, 'image/jpeg');
  const first = await look();
  assert.equal(first.result.kind, 'there');
  site.asked.length = 0;
  const second = await look(first.sight);
  assert.deepEqual(second.result, first.result);
  assert.deepEqual([second.status, second.bytes], [304, 0]);
  assert.deepEqual(site.asked, ['/post', '/c.jpg']);
  // The page as before, the picture not.
  changed = '/c.jpg';
  site.asked.length = 0;
  assert.equal((await look(first.sight)).result.kind, 'there');
  assert.deepEqual(site.asked, ['/post', '/c.jpg', '/post', '/c.jpg']);
  site.pages.set('/c.jpg', { status: 410 });
  assert.equal((await look(first.sight)).result.kind, 'absent');
});

test('a look that runs out of time has not compared the rest', async () => {
  const ending = new AbortController();
  site.pages.set('/post', pageOf('/two.jpg', '/mine.jpg'));
  const stopping = { ...parts, stop: ending.signal, pause: async () => ending.abort() };
  const { result } = await lookAt(`${site.url}/post`, MINE, undefined, stopping);
  assert.equal(result.kind, 'unclear');
});

test('a site that is not there, or that hangs, is unreachable', async () => {
  assert.equal((await lookAt('http://127.0.0.1:1/x', MINE, undefined, parts)).result.kind, 'unreachable');
  site.pages.set('/post', () => undefined);
  const hanging = await lookAt(`${site.url}/post`, MINE, undefined, { ...parts, timeMs: 60 });
  assert.deepEqual([hanging.result.kind, hanging.status], ['unreachable', null]);
});
