import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import test from 'node:test';
import type { Outcome } from '@reclaim/client/client';
import { waves } from '@reclaim/client/picture.fixture';
import { JOB, makeFolder, ownPage, says, startSite, until, upload } from './photo-board.fixture.ts';
import { type PhotoBoard, startPhotoBoard } from './photo-board.ts';

const HOOK_KEY = Buffer.alloc(32, 3);
const HOOK_SECRET = `whsec_${HOOK_KEY.toString('base64')}`;

/** A node's call, signed; whatever is in `more` replaces a header. */
function callHook(board: PhotoBoard, outcome: Outcome, more: Record<string, string> = {}): Promise<Response> {
  const { position, jobId, itemId, effect, ground } = outcome;
  const said = { id: position, type: 'outcome', at: 1, data: { jobId, itemId, effect, ground } };
  const body = JSON.stringify(said);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const mac = createHmac('sha256', HOOK_KEY).update(`${position}.${timestamp}.${body}`).digest('base64');
  const headers = {
    'content-type': 'application/json',
    'webhook-id': String(position),
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${mac}`,
    ...more,
  };
  return fetch(`${board.url}/hooks/reclaim`, { method: 'POST', headers, body });
}

test('a webhook publishes, removes with the rule that was applied, and restores, all at once', async (t) => {
  const { board, node } = await startSite(t, { hookSecret: HOOK_SECRET, intervalMs: 60_000 });
  node.cause = { verdict: 'review', jobId: JOB };
  const reply = await upload(board);
  const { id } = node.checked[0]!;
  const shows = async (words: string) => assert.ok((await ownPage(board, reply)).includes(words), words);
  const tell = async (effect: Outcome['effect'], ground?: Outcome['ground']) => {
    const { status } = await callHook(board, node.say(id, effect, ground));
    assert.equal(status, 204);
  };
  await shows('Your picture waits');
  await tell('withhold', 'terms-intimate-image');
  await shows('Your picture is not shown');
  await shows('The rules of this board do not allow intimate pictures');
  await tell('hold');
  await shows('Your picture waits');
  assert.doesNotMatch(await ownPage(board, reply), /rules of this board/);
  await tell('publish');
  await shows('Your picture is on the board');
  await tell('withhold');
  await shows('Your picture is not shown');
  assert.doesNotMatch(await ownPage(board, reply), /rules of this board|The law/);
});

test('a webhook that is replayed, forged, stale or of another picture changes nothing', async (t) => {
  const { board, node } = await startSite(t, { hookSecret: HOOK_SECRET, intervalMs: 60_000 });
  node.cause = { verdict: 'review', jobId: JOB };
  const reply = await upload(board);
  const { id } = node.checked[0]!;
  const early = node.say(id, 'publish');
  const late = node.say(id, 'withhold', 'other-law');
  for (const outcome of [early, late]) assert.equal((await callHook(board, outcome)).status, 204);
  assert.equal((await callHook(board, early)).status, 204, 'a repetition is taken');
  assert.ok((await ownPage(board, reply)).includes('Your picture is not shown'), 'and does nothing');
  const next = node.say(id, 'publish');
  for (const more of [
    { 'webhook-signature': 'v1,AAAA' },
    { 'webhook-id': '99' },
    { 'webhook-timestamp': '1' },
    { 'content-type': 'text/plain' },
  ]) {
    const { status } = await callHook(board, next, more);
    assert.ok(status >= 400 && status < 500, String(status));
  }
  assert.equal((await callHook(board, { ...next, itemId: 'nobody' })).status, 204);
  assert.ok((await ownPage(board, reply)).includes('Your picture is not shown'));
});

test('what no webhook told is learnt by asking, also after a later one arrived and the board restarted', async (t) => {
  const dataDir = await makeFolder(t);
  const { board, node } = await startSite(t, { dataDir, hookSecret: HOOK_SECRET, intervalMs: 60_000 });
  node.cause = { verdict: 'review', jobId: JOB };
  const missed = await upload(board);
  const told = await upload(board, waves(2));
  node.say(node.checked[0]!.id, 'publish');
  assert.equal((await callHook(board, node.say(node.checked[1]!.id, 'publish'))).status, 204);
  assert.ok((await ownPage(board, told)).includes('Your picture is on the board'));
  assert.ok((await ownPage(board, missed)).includes('Your picture waits'));
  await board.stop();
  const again = await startPhotoBoard({ client: node.client, dataDir, port: 0, intervalMs: 5 });
  t.after(() => again.stop());
  await until(says(again, missed, 'Your picture is on the board'));
  assert.ok((await ownPage(again, told)).includes('Your picture is on the board'));
});

test('without a secret there is no place for webhooks', async (t) => {
  const { board, node } = await startSite(t);
  assert.equal((await callHook(board, node.say('x', 'publish'))).status, 404);
  await assert.rejects(startSite(t, { hookSecret: 'nonsense' }), TypeError);
});
