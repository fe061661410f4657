import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import type { Standing } from '@reclaim/client/client';
import { waves } from '@reclaim/client/picture.fixture';
import { BYTES, says, startSite, until, upload } from './photo-board.fixture.ts';

/** How an account stands of which a person decided so; `until` is a day from now. */
function standing(misuse: Standing['misuse'], measure: Standing['measure'] = 'suspension'): Standing {
  const facts = { count: 3, all: 4, gravity: 'Grave <b>words</b>.', intention: 'Meant.' };
  const at = (ms: number) => ms as Standing['since'];
  const now = Date.now();
  const open = measure === 'suspension' ? ({ objection: 'open' } as const) : {};
  return { ...facts, misuse, measure, since: at(now - 1000), until: at(now + 24 * 3_600_000), ...open };
}

test('who is suspended adds no picture, is told why and until when, and objects; a warning stops nobody', async (t) => {
  const { board, node, dataDir } = await startSite(t);
  const first = await upload(board);
  const cookie = first.headers.get('set-cookie')!.split(';')[0]!;
  const account = node.checked[0]!.account!;
  const form = () => {
    const made = new FormData();
    made.set('picture', new Blob([BYTES as Uint8Array<ArrayBuffer>]), 'a.png');
    return made;
  };
  const add = () =>
    fetch(`${board.url}/pictures`, { method: 'POST', body: form(), headers: { cookie }, redirect: 'manual' });
  const page = async (response: Response) => ({ status: response.status, text: await response.text() });

  node.standings.set(account, [standing('illegal-content', 'warning')]);
  assert.equal((await add()).status, 303);
  const warned = await page(await fetch(`${board.url}/pictures/standing`, { headers: { cookie } }));
  assert.match(warned.text, /A warning: Pictures that the law does not allow/);
  assert.doesNotMatch(warned.text, /<form/);

  node.standings.set(account, [standing('illegal-content')]);
  const files = await readdir(join(dataDir, 'pictures'));
  const refused = await page(await add());
  assert.equal(refused.status, 403);
  assert.match(refused.text, /You cannot add pictures until then/);
  assert.match(refused.text, /3 of 4/);
  assert.match(refused.text, /Grave &lt;b&gt;words/);
  assert.deepEqual(await readdir(join(dataDir, 'pictures')), files, 'nothing of the picture is kept');
  assert.equal(node.checked.length, 2);

  // The node is away: what it said last holds, until it is over.
  node.standingCause = 'network';
  assert.equal((await add()).status, 403);
  node.standingCause = undefined;

  // Another browser is not concerned.
  assert.equal((await upload(board)).status, 303);
  const other = await page(await fetch(`${board.url}/pictures/standing`));
  assert.match(other.text, /Nothing is held against this browser/);

  const object = (words: string, misuse = 'illegal-content') =>
    fetch(`${board.url}/pictures/standing`, {
      method: 'POST',
      body: new URLSearchParams({ misuse, words }),
      headers: { cookie },
      redirect: 'manual',
    });
  assert.equal((await object('short')).status, 422);
  assert.equal((await object('It was not me, and I can say why.', 'unfounded-complaints')).status, 409);
  assert.deepEqual(node.objections, []);
  assert.equal((await object('It was not me, and I can say why.')).status, 303);
  assert.deepEqual(node.objections, ['illegal-content It was not me, and I can say why.']);
  const waits = await page(await fetch(`${board.url}/pictures/standing`, { headers: { cookie } }));
  assert.match(waits.text, /Your objection arrived/);
  assert.equal((await object('It was not me, and I say it again.')).status, 409);

  // Lifted by the node: the board follows at once.
  node.standings.delete(account);
  assert.equal((await add()).status, 303);
});

test('who is suspended for complaints without ground sends none, and still adds pictures', async (t) => {
  const { board, node } = await startSite(t);
  node.cause = { verdict: 'review' };
  const held = await upload(board);
  const { id, account } = node.checked[0]!;
  node.say(id, 'withhold');
  await until(says(board, held, 'Your picture is not shown'));
  node.standings.set(account!, [standing('unfounded-complaints')]);
  const complain = () =>
    fetch(`${board.url}${held.headers.get('location')}/complaint`, {
      method: 'POST',
      body: new URLSearchParams({ facts: 'The picture shows a lake and no person.' }),
      redirect: 'manual',
    });
  const refused = await complain();
  assert.equal(refused.status, 403);
  assert.match(await refused.text(), /Your complaints are not taken until then/);
  assert.deepEqual(node.complaints, []);
  const cookie = held.headers.get('set-cookie')!.split(';')[0]!;
  const more = new FormData();
  more.set('picture', new Blob([waves(9) as Uint8Array<ArrayBuffer>]), 'b.png');
  const added = await fetch(`${board.url}/pictures`, {
    method: 'POST',
    body: more,
    headers: { cookie },
    redirect: 'manual',
  });
  assert.equal(added.status, 303);
  node.standings.delete(account!);
  assert.equal((await complain()).status, 303);
});
