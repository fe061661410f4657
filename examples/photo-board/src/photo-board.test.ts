import assert from 'node:assert/strict';
import { open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { waves } from '@reclaim/client/picture.fixture';
import type { BoardClient } from './door.ts';
import type { BoardEvent } from './photo.ts';
import {
  BYTES,
  type Cause,
  FakeNode,
  JOB,
  makeFolder,
  ownPage,
  type Result,
  says,
  startSite,
  until,
  upload,
} from './photo-board.fixture.ts';
import { type PhotoBoard, startPhotoBoard } from './photo-board.ts';
import { PhotoStore } from './photo-store.ts';

test('a browser is one account to the node, another browser another, and neither is the token in its cookie', async (t) => {
  const { board, node } = await startSite(t);
  const send = (cookie: string) => {
    const form = new FormData();
    form.set('picture', new Blob([waves(node.checked.length + 2) as Uint8Array<ArrayBuffer>]), 'a.png');
    const headers = cookie === '' ? {} : { cookie };
    return fetch(`${board.url}/pictures`, { method: 'POST', body: form, redirect: 'manual', headers });
  };
  const first = await send('');
  const cookie = first.headers.get('set-cookie') ?? '';
  assert.match(
    cookie,
    /^board=[A-Za-z0-9_-]{22}; Path=\/pictures; Max-Age=31536000; HttpOnly; SameSite=Strict$/,
  );
  const token = cookie.slice(6, 28);
  assert.equal((await send(`other=1; board=${token}`)).headers.get('set-cookie'), null);
  await send('');
  await send('board=not a token of ours');
  const accounts = node.checked.map(({ account }) => account ?? '');
  assert.equal(accounts[0], accounts[1]);
  assert.equal(new Set(accounts).size, 3);
  for (const each of accounts) assert.match(each, /^u_[0-9a-f]{32}$/);
  assert.ok(accounts.every((each) => !each.includes(token)));
});

/** The raw bytes of a reply, status line and headers included, but for the clock. */
function rawReply(board: PhotoBoard, path: string, body?: { type: string; bytes: Buffer }): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      board.url + path,
      {
        method: body === undefined ? 'GET' : 'POST',
        headers: body && { 'content-type': body.type },
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => {
          const headers = response.rawHeaders.map((text, at) =>
            response.rawHeaders[at - 1] === 'Date' ? '' : text,
          );
          resolve(
            `${response.statusCode} ${response.statusMessage}\n${headers.join('\n')}\n\n${Buffer.concat(chunks)}`,
          );
        });
      },
    );
    request.on('error', reject);
    request.end(body?.bytes);
  });
}

const MATCH: NonNullable<Result['matches']>[number] = {
  bankId: `bnk_${'0'.repeat(32)}` as never,
  signalId: `sig_${'0'.repeat(32)}` as never,
  kind: 'pdq',
  band: 'confident',
  state: 'confirmed',
  orientation: 'original',
  window: 'full',
};

const HOLDS: Readonly<Record<string, Cause>> = {
  review: { verdict: 'review' },
  'review with its job': { verdict: 'review', jobId: JOB },
  block: { verdict: 'block' },
  exact: { verdict: 'block', jobId: JOB, matches: [{ ...MATCH, kind: 'sha256', band: 'exact' }] },
  confident: { verdict: 'review', jobId: JOB, matches: [MATCH] },
  possible: { verdict: 'review', matches: [{ ...MATCH, band: 'possible', state: 'unconfirmed' }] },
  'exact only': { verdict: 'review', coverage: 'exact-only', notes: ['low-quality'] },
  'node away': 'network',
  'node slow': 'timeout',
  'node busy': 'too-busy',
  'node full': 'storage-full',
  'key refused': 'unauthorized',
  'answer absurd': 'bad-answer',
};

test('whatever the cause of a hold, the reply and the uploader’s page are the same to the byte', async (t) => {
  const boundary = 'x'.repeat(30);
  const form = Buffer.concat([
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="picture"; filename="a.png"\r\ncontent-type: image/png\r\n\r\n`,
    ),
    BYTES,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const replies = new Set<string>();
  const pages = new Set<string>();
  for (const [name, cause] of Object.entries(HOLDS)) {
    // The same random bytes for each board, so that even the uploader's address is the same.
    let drawn = 0;
    const random = (bytes: number) => new Uint8Array(bytes).fill(++drawn);
    const { board, node } = await startSite(t, { random, intervalMs: 60_000 });
    node.cause = cause;
    const raw = await rawReply(board, '/pictures', {
      type: `multipart/form-data; boundary=${boundary}`,
      bytes: form,
    });
    replies.add(raw);
    const location = /\n(\/mine\/[A-Za-z0-9_-]{22})\n/.exec(raw)?.[1];
    assert.ok(location, name);
    pages.add(await rawReply(board, location));
    assert.equal(node.checked.length, 1, name);
    assert.doesNotMatch(await (await fetch(board.url)).text(), /<img/, name);
  }
  assert.equal(replies.size, 1);
  assert.equal(pages.size, 1);
  assert.match([...replies][0]!, /^303 /);
  assert.match([...pages][0]!, /Your picture waits/);
});

test('the page of a picture that waits says nothing of it, not even its own words', async (t) => {
  const { board, node } = await startSite(t);
  node.cause = { verdict: 'review' };
  const one = await upload(board, waves(1), 'words of one');
  const two = await upload(board, waves(2), 'others');
  assert.equal(await ownPage(board, one), await ownPage(board, two));
});

test('a picture that passes is on the wall, with its bytes as they came and nothing that runs', async (t) => {
  const { board } = await startSite(t);
  const reply = await upload(board, BYTES, 'A calm sea');
  assert.equal(reply.status, 303);
  assert.match(await ownPage(board, reply), /Your picture is on the board/);
  const wall = await fetch(board.url);
  const text = await wall.text();
  assert.match(text, /A calm sea/);
  assert.doesNotMatch(text, /<script|style=|onload|javascript:/i);
  const policy = wall.headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe|script-src/);
  const source = /src="([^"]+)"/.exec(text)?.[1];
  const file = await fetch(board.url + source);
  assert.equal(file.headers.get('content-type'), 'image/png');
  assert.equal(file.headers.get('x-content-type-options'), 'nosniff');
  assert.match(file.headers.get('content-security-policy') ?? '', /sandbox/);
  assert.deepEqual(Buffer.from(await file.arrayBuffer()), Buffer.from(BYTES));
  const etag = file.headers.get('etag')!;
  assert.equal((await fetch(board.url + source, { headers: { 'if-none-match': etag } })).status, 304);
});

test('words of an uploader never become HTML', async (t) => {
  const { board } = await startSite(t);
  const nasty = `"><img src=x onerror=alert(1)><script>alert('x')</script>&lt;`;
  await upload(board, BYTES, nasty);
  const wall = await (await fetch(board.url)).text();
  const path = /href="(\/pictures\/[^"]+)"/.exec(wall)![1]!;
  for (const page of [wall, await (await fetch(board.url + path)).text()]) {
    assert.doesNotMatch(page, /<script|<img src=x/);
    assert.match(page, /&quot;&gt;&lt;img src=x onerror=alert\(1\)&gt;/);
  }
});

test('what is not taken is said in words, leaves no file and is on no wall', async (t) => {
  const { board, dataDir, node } = await startSite(t);
  const whole = waves(3);
  const cases: readonly (readonly [Uint8Array, number, RegExp])[] = [
    [Buffer.from('hello'), 422, /Save it as JPEG or PNG/],
    [new Uint8Array(0), 422, /No file arrived/],
    [whole.subarray(0, 90), 422, /breaks off/],
    [new Uint8Array(64 * 1024 * 1024 + 1), 413, /larger than 64 MiB/],
  ];
  for (const [bytes, status, words] of cases) {
    const reply = await upload(board, bytes);
    assert.equal(reply.status, status);
    assert.match(await reply.text(), words);
  }
  const long = await upload(board, whole, 'x'.repeat(201));
  assert.equal(long.status, 422);
  assert.match(await long.text(), /longer than 200/);
  assert.equal(
    (await fetch(`${board.url}/pictures`, { method: 'POST', body: new URLSearchParams() })).status,
    422,
  );
  assert.deepEqual(await readdir(join(dataDir, 'pictures')), []);
  assert.equal(node.checked.length, 0);
});

test('a held picture is seen by its preview address alone, until that ends or a decision falls', async (t) => {
  let clock = 1_000_000;
  const { board, node } = await startSite(t, { now: () => clock, previewTtlMs: 1000 });
  node.cause = { verdict: 'review' };
  const reply = await upload(board);
  const { id, previewUrl = '' } = node.checked[0]!;
  assert.ok(previewUrl.startsWith(`${board.url}/preview/${id}/`));
  assert.equal((await fetch(`${board.url}/pictures/${id}`)).status, 404);
  assert.equal((await fetch(`${board.url}/pictures/${id}/file`)).status, 404);

  const preview = await fetch(previewUrl);
  assert.equal(preview.status, 200);
  assert.equal(preview.headers.get('cache-control'), 'no-store');
  assert.deepEqual(Buffer.from(await preview.arrayBuffer()), Buffer.from(BYTES));
  const forged = previewUrl.replace(/.{5}$/, 'AAAAA');
  assert.equal((await fetch(forged)).status, 404);
  assert.equal((await fetch(previewUrl.replace(id, 'A'.repeat(22)))).status, 404);

  clock += 1000;
  assert.equal((await fetch(previewUrl)).status, 404);
  clock -= 1000;
  assert.equal((await fetch(previewUrl)).status, 200);
  node.say(id, 'withhold');
  await until(says(board, reply, 'Your picture is not shown'));
  assert.equal((await fetch(previewUrl)).status, 404);
});

test('decisions are followed: shown, taken down, and back to waiting when one is undone', async (t) => {
  const { board, node } = await startSite(t);
  node.cause = { verdict: 'review' };
  const reply = await upload(board);
  const { id } = node.checked[0]!;
  const shown = async () => (await fetch(`${board.url}/pictures/${id}/file`)).status;
  for (const [effect, words, status] of [
    ['unchanged', 'Your picture waits', 404],
    ['publish', 'Your picture is on the board', 200],
    ['withhold', 'Your picture is not shown', 404],
    ['hold', 'Your picture waits', 404],
    ['publish', 'Your picture is on the board', 200],
  ] as const) {
    node.say(id, effect);
    await until(says(board, reply, words));
    assert.equal(await shown(), status);
  }
  node.say('somebody-elses-item', 'withhold');
  assert.equal(await shown(), 200);
});

test('a picture that nobody was asked about is asked about again, and then shown', async (t) => {
  const { board, node } = await startSite(t, { intervalMs: 60_000 });
  node.cause = 'network';
  const reply = await upload(board);
  assert.match(await ownPage(board, reply), /Your picture waits/);
  await board.retry();
  assert.match(await ownPage(board, reply), /Your picture waits/);
  node.cause = {};
  await board.retry();
  assert.match(await ownPage(board, reply), /Your picture is on the board/);
  assert.equal(new Set(node.checked.map(({ id }) => id)).size, 1);
  await board.retry();
  assert.equal(node.checked.length, 3);
});

/** Has the next writing of such a line fail, as on a disk that is full. Answers whether it was tried. */
function failOnce(t: TestContext, type: BoardEvent['type']): () => boolean {
  const { record } = PhotoStore.prototype;
  let failed = false;
  t.mock.method(PhotoStore.prototype, 'record', function (this: PhotoStore, event: BoardEvent) {
    if (failed || event.type !== type) return record.call(this, event);
    failed = true;
    return Promise.reject(Object.assign(new Error('planted'), { code: 'ENOSPC' }));
  });
  return () => failed;
}

test('a removal that could not be written down is carried out as soon as there is room', async (t) => {
  const { board, node } = await startSite(t);
  const reply = await upload(board);
  await until(says(board, reply, 'is on the board'));
  const tried = failOnce(t, 'outcome');
  node.say(node.checked[0]!.id, 'withhold');
  await until(async () => tried());
  await until(says(board, reply, 'is not shown'));
});

test('a picture whose file is lost keeps no other waiting', async (t) => {
  const { board, node, dataDir } = await startSite(t);
  node.cause = 'network';
  await upload(board);
  const lost = node.checked[0]!.id;
  await rm(join(dataDir, 'pictures', lost));
  const reply = await upload(board, waves(2));
  node.cause = {};
  await until(says(board, reply, 'is on the board'));
});

test('an upload whose answer could not be written down waits like any other, and is shown later', async (t) => {
  const { board } = await startSite(t);
  const tried = failOnce(t, 'verdict');
  const reply = await upload(board);
  assert.equal(tried(), true);
  assert.equal(reply.status, 303, 'its uploader has the page that tells what becomes of it');
  await until(says(board, reply, 'is on the board'));
});

test('an upload that the disk does not take leaves nothing there', async (t) => {
  const { board, dataDir } = await startSite(t);
  const probe = await open(join(dataDir, 'journal.jsonl'));
  const handles = Object.getPrototypeOf(probe);
  await probe.close();
  const full = t.mock.method(handles, 'sync', () => Promise.reject(new Error('planted')), { times: 1 });
  assert.equal((await upload(board)).status, 500);
  assert.equal(full.mock.callCount(), 1);
  const tried = failOnce(t, 'taken');
  assert.equal((await upload(board)).status, 500);
  assert.equal(tried(), true);
  assert.deepEqual(await readdir(join(dataDir, 'pictures')), []);
});

test('while a picture waits its preview is renewed before it ends, and no later verdict shows it', async (t) => {
  let clock = 1_000_000;
  const { board, node } = await startSite(t, { now: () => clock, previewTtlMs: 1000, intervalMs: 60_000 });
  node.cause = { verdict: 'review' };
  await upload(board);
  await board.retry();
  assert.equal(node.checked.length, 1);
  clock += 500;
  await board.retry();
  await board.retry();
  assert.equal(node.checked.length, 2);
  const [first, second] = node.checked;
  assert.equal(first!.id, second!.id);
  clock += 600;
  assert.equal((await fetch(first!.previewUrl!)).status, 404);
  assert.equal((await fetch(second!.previewUrl!)).status, 200);
  // Even where the signal is gone by now: a job is open, and only its decision shows the picture.
  node.cause = { verdict: 'pass' };
  await board.retry();
  assert.equal(node.checked.length, 3);
  assert.equal((await fetch(`${board.url}/pictures/${first!.id}/file`)).status, 404);
});

test('a picture whose decision was undone is given a new preview', async (t) => {
  const { board, node } = await startSite(t);
  node.cause = { verdict: 'review' };
  const reply = await upload(board);
  const { id } = node.checked[0]!;
  node.say(id, 'withhold');
  await until(says(board, reply, 'Your picture is not shown'));
  assert.equal(node.checked.length, 1);
  node.say(id, 'hold');
  await until(async () => node.checked.length === 2);
  assert.equal((await fetch(node.checked[1]!.previewUrl!)).status, 200);
});

test('of a picture that somebody gave notice of the node is told where to see it, again before that ends', async (t) => {
  let clock = 1_000_000;
  const { board, node } = await startSite(t, { now: () => clock, previewTtlMs: 60_000 });
  await upload(board);
  const { id } = node.checked[0]!;
  node.say(id, 'noticed');
  await until(async () => node.previews.length === 1);
  assert.equal(node.previews[0]!.id, id);
  assert.equal((await fetch(node.previews[0]!.previewUrl)).status, 200);
  assert.equal(node.previews[0]!.location, `${board.url}/pictures/${node.previews[0]!.id}`);
  await board.retry();
  assert.equal(node.previews.length, 1);
  clock += 31_000;
  await board.retry();
  assert.equal(node.previews.length, 2);
  const { position } = node.say(id, 'publish');
  await until(async () => node.followed >= position);
  clock += 60_000;
  await board.retry();
  assert.equal(node.previews.length, 2, 'something was decided');
});

test('every picture has a link to the notice form, with its id in the fragment and nothing else', async (t) => {
  const noticeUrl = 'https://node.example/notice';
  const { board, node } = await startSite(t, { noticeUrl });
  await upload(board);
  const { id } = node.checked[0]!;
  for (const path of ['/', `/pictures/${id}`]) {
    const text = await (await fetch(board.url + path)).text();
    assert.ok(text.includes(`href="${noticeUrl}#item=${id}"`), path);
  }
});

test('an uploader whose picture was taken down complains from their own page, and nothing of it is kept here', async (t) => {
  const { board, node, dataDir } = await startSite(t);
  const reply = await upload(board);
  const mine = reply.headers.get('location')!;
  const { id } = node.checked[0]!;
  const send = (facts: string, at = mine) =>
    fetch(`${board.url}${at}/complaint`, {
      method: 'POST',
      body: new URLSearchParams({ facts }),
      redirect: 'manual',
    });
  assert.equal((await send('Planted words of mine.')).status, 404, 'before anything was decided');
  node.say(id, 'withhold', 'terms-intimate-image');
  await until(says(board, reply, 'Your picture is not shown'));
  assert.equal((await send('short')).status, 422);
  node.complaintCause = 'network';
  assert.equal((await send('Planted words of mine.')).status, 503);
  node.complaintCause = 'refused-already-exists';
  const refused = await send('Planted words of mine.');
  assert.equal(refused.status, 409);
  assert.equal((await refused.text()).includes('Planted'), false);
  node.complaintCause = undefined;
  assert.equal((await send('Planted words of mine.')).headers.get('location'), '/complained');
  assert.deepEqual(node.complaints, [`${id} Planted words of mine.`]);
  assert.equal((await readFile(join(dataDir, 'journal.jsonl'), 'utf8')).includes('Planted'), false);
  assert.equal((await send('Planted words of mine.', `/mine/${'A'.repeat(22)}`)).status, 404);
});

test('a report is passed on once, thanked for alike, and sent later when the node is away', async (t) => {
  const { board, node } = await startSite(t, { intervalMs: 60_000 });
  await upload(board);
  const { id } = node.checked[0]!;
  const report = (reason: string, picture = id, headers = {}) =>
    fetch(`${board.url}/pictures/${picture}/report`, {
      method: 'POST',
      body: new URLSearchParams({ reason }),
      redirect: 'manual',
      headers,
    });
  const first = await report('threat');
  const second = await report('threat');
  for (const reply of [first, second]) {
    assert.equal(reply.status, 303);
    assert.equal(reply.headers.get('location'), '/reported');
  }
  assert.deepEqual(node.reports, [`${id} threat`]);

  node.reportCause = 'network';
  assert.equal((await report('minor-suspected')).headers.get('location'), '/reported');
  assert.equal(node.reports.length, 1);
  node.reportCause = undefined;
  await board.retry();
  assert.deepEqual(node.reports, [`${id} threat`, `${id} minor-suspected`]);

  assert.equal((await report('a made-up reason')).headers.get('location'), `/pictures/${id}#report`);
  assert.equal((await report('other', 'A'.repeat(22))).status, 404);
  assert.equal((await report('other', id, { 'sec-fetch-site': 'cross-site' })).status, 403);
  assert.equal(node.reports.length, 2);
});

test('a board that starts again goes on where it was, with a cut last line and a file without one', async (t) => {
  const dataDir = await makeFolder(t);
  const first = await startSite(t, { dataDir });
  first.node.cause = { verdict: 'review' };
  const held = await upload(first.board, waves(1), 'to be held');
  first.node.cause = {};
  await upload(first.board, waves(2), 'to be shown');
  first.node.cause = 'network';
  const unasked = await upload(first.board, waves(3), 'not asked about');
  const heldId = first.node.checked[0]!.id;
  first.node.say(heldId, 'withhold');
  await until(says(first.board, held, 'Your picture is not shown'));
  await first.board.stop();

  const journal = join(dataDir, 'journal.jsonl');
  const lines = await readFile(journal, 'utf8');
  const token = held.headers.get('location')!.slice('/mine/'.length);
  assert.ok(!lines.includes(token), 'the uploader’s address is not in the journal');
  await writeFile(journal, `${lines}{"type":"verdict","id":"${heldId}","verdict":"publ`);
  await writeFile(join(dataDir, 'pictures', 'A'.repeat(22)), 'left by a crash');

  const asked: number[] = [];
  const node = new FakeNode();
  const client: BoardClient = {
    ...node.client,
    outcomes: async (after, options) => {
      asked.push(after);
      return node.client.outcomes(after, options);
    },
  };
  const board = await startPhotoBoard({ client, dataDir, port: 0, intervalMs: 5 });
  t.after(() => board.stop());
  assert.equal(asked[0], 1);
  assert.match(await ownPage(board, held), /Your picture is not shown/);
  await until(says(board, unasked, 'Your picture is on the board'));
  const wall = await (await fetch(board.url)).text();
  // With spaces: the pictures' names are random letters.
  assert.match(wall, /to be shown/);
  assert.match(wall, /not asked about/);
  assert.doesNotMatch(wall, /to be held/);
  assert.equal((await readdir(join(dataDir, 'pictures'))).length, 3);
  assert.equal((await readFile(journal, 'utf8')).includes('"publ\n'), false);
});

test('a wall of many pictures is turned over page by page, and odd pages do no harm', async (t) => {
  const { board } = await startSite(t);
  assert.match(await (await fetch(board.url)).text(), /no pictures here yet/);
  const small = waves(4, 16);
  for (let n = 0; n < 25; n++) await upload(board, small, `number ${n}.`);
  const newest = await (await fetch(board.url)).text();
  assert.match(newest, /number 24\./);
  assert.doesNotMatch(newest, /number 0\./);
  assert.match(newest, /href="\/\?page=2"/);
  assert.match(await (await fetch(`${board.url}/?page=2`)).text(), /number 0\./);
  for (const odd of ['-1', '0', '1e9', 'x', '9', '1.5', '<script>']) {
    const response = await fetch(`${board.url}/?page=${encodeURIComponent(odd)}`);
    assert.equal(response.status, 200);
    assert.doesNotMatch(await response.text(), /<script/);
  }
});

test('addresses that nobody was given lead nowhere', async (t) => {
  const { board } = await startSite(t);
  for (const path of [
    '/mine/short',
    `/mine/${'A'.repeat(22)}`,
    '/pictures/..%2f..%2fjournal.jsonl/file',
    '/pictures/__proto__',
    '/preview/x/y',
    '/journal.jsonl',
  ]) {
    const response = await fetch(board.url + path);
    assert.equal(response.status, 404);
    assert.match(await response.text(), /nothing at this address/);
  }
});

test('what is published the node keeps, by its public address; again when it ends, and not what is taken down', async (t) => {
  let clock = Date.UTC(2027, 0, 1);
  const { board, node, dataDir } = await startSite(t, {
    now: () => clock,
    keepDays: 10,
    intervalMs: 600_000,
  });
  node.keptUntil = clock + 10 * 24 * 3_600_000;
  node.keepCause = 'unavailable';
  const reply = await upload(board);
  assert.ok((await ownPage(board, reply)).includes('on the board'));
  assert.equal(node.kept.length, 0);
  node.keepCause = undefined;
  await board.retry();
  await board.retry();
  const { id } = node.checked[0]!;
  assert.deepEqual(node.kept, [{ id, previewUrl: `${board.url}/pictures/${id}/file` }]);
  assert.match(await readFile(join(dataDir, 'journal.jsonl'), 'utf8'), /"type":"kept"/);

  clock += 6 * 24 * 3_600_000;
  node.keptUntil = clock + 10 * 24 * 3_600_000;
  await board.retry();
  assert.equal(node.kept.length, 2);
  node.say(id, 'withhold');
  await board.stop();
  const again = await startPhotoBoard({
    ...{ client: node.client, dataDir, port: 0, intervalMs: 5, keepDays: 10, now: () => clock },
  });
  t.after(() => again.stop());
  await until(async () => (await ownPage(again, reply)).includes('not shown'));
  await again.retry();
  assert.equal(node.kept.length, 2);
  node.say(id, 'publish');
  await until(async () => node.kept.length === 3);
});
