import assert from 'node:assert/strict';
import test from 'node:test';
import { parsePdqHash, parsePipeline } from '@reclaim/fingerprint/signal';
import { MAX_CASE_WATCHES } from '@reclaim/vault/case-watch';
import { codeOf, world } from './session-world.fixture.ts';

const LINK = 'https://photos.example/post/7';
const pdq = {
  kind: 'pdq',
  value: parsePdqHash('0f'.repeat(32)),
  quality: 100,
  pipeline: parsePipeline('test-1'),
} as const;

/** A visit whose case holds two pictures and a link. */
async function opened() {
  const around = world();
  const session = around.visit();
  session.setUnder18('no');
  session.addPicture({ label: 'One', pdq });
  session.addPicture({ label: 'Two', pdq: { ...pdq, value: parsePdqHash('f0'.repeat(32)) } });
  session.keepLinks([LINK]);
  const code = await codeOf(session);
  assert.ok((await session.send()).ok);
  const pictures = session.view.signals.map(({ picture }) => picture);
  return { ...around, session, code, pictures };
}

test('a watch is begun for the pictures that were chosen, and its capability is in the case before the node hears of it', async () => {
  const { node, session, visit, code, pictures } = await opened();
  node.seen.length = 0;
  assert.deepEqual(await session.startWatch(LINK, pictures.slice(0, 1)), { ok: true });
  const paths = node.seen.map(({ path }) => path).filter((path) => path !== '/v1/challenges');
  assert.deepEqual(paths, ['/v1/cases/save', '/v1/watches']);
  const [kept] = [...node.watches.values()];
  assert.equal(kept?.address, LINK);
  assert.equal(kept?.signals.length, 1);
  // Nothing of the case goes with it.
  const sent = JSON.parse(node.seen.at(-1)!.body);
  assert.deepEqual(Object.keys(sent).toSorted(), ['address', 'capability', 'proof', 'signals', 'under18']);
  assert.equal(session.view.watches[0]?.known.kind, 'known');
  // Begun twice it is one; another device reads it.
  assert.deepEqual(await session.startWatch(LINK, pictures), { ok: true });
  assert.equal(node.watches.size, 1);
  const other = visit();
  assert.ok((await other.open(code)).ok);
  assert.deepEqual(
    other.view.watches.map(({ link, known }) => [link, known.kind]),
    [[LINK, 'unasked']],
  );
  assert.ok((await other.readWatches()).ok);
  assert.equal(other.view.watches[0]?.known.kind, 'known');
});

test('where the node refuses, or its answer is lost, the case forgets the watch and nothing goes on', async () => {
  const { node, session, visit, code, pictures } = await opened();
  node.trouble.set('/v1/watches', Response.json({ type: '/problems/watch-full' }, { status: 409 }));
  const full = await session.startWatch(LINK, pictures);
  assert.deepEqual([full.ok, !full.ok && full.reason], [false, 'watch-full']);
  node.trouble.set('/v1/watches', 'answer-lost');
  const lost = await session.startWatch(LINK, pictures);
  assert.deepEqual([lost.ok, !lost.ok && lost.reason], [false, 'offline']);
  assert.equal(node.watches.size, 0, 'what had begun was ended');
  assert.deepEqual(session.view.watches, []);
  const other = visit();
  assert.ok((await other.open(code)).ok);
  assert.deepEqual(other.view.watches, []);
});

test('a watch that is ended is erased at the node and gone from the case; taking everything back ends all of them', async () => {
  const { node, session, visit, code, pictures } = await opened();
  const second = 'https://photos.example/post/8';
  session.keepLinks([second]);
  for (const link of [LINK, second]) assert.ok((await session.startWatch(link, pictures)).ok);
  assert.deepEqual(await session.endWatch(LINK), { ok: true });
  assert.deepEqual(
    [...node.watches.values()].map(({ address }) => address),
    [second],
  );
  const other = visit();
  assert.ok((await other.open(code)).ok);
  assert.deepEqual(
    other.view.watches.map(({ link }) => link),
    [second],
  );
  // One that the node has no more says so.
  node.watches.clear();
  await session.readWatches();
  assert.equal(session.view.watches[0]?.known.kind, 'gone');
  assert.ok((await other.withdrawAll()).ok);
  const { capability } = JSON.parse(node.seen.findLast(({ path }) => path === '/v1/watches/delete')!.body);
  assert.match(capability, /^[\w-]{43}$/);
  assert.equal(node.cases.size, 0);
});

test('S40: nobody under 18, and no visit without a case or a picture, begins a watch', async () => {
  const { node, session, pictures } = await opened();
  assert.deepEqual(await session.startWatch(LINK, []), { ok: false, reason: 'nothing-to-send' });
  for (const answer of ['yes', 'not-sure'] as const) {
    session.setUnder18(answer);
    assert.deepEqual(await session.startWatch(LINK, pictures), { ok: false, reason: 'under-18' });
  }
  const fresh = world(node).visit();
  assert.deepEqual(await fresh.startWatch(LINK, pictures), { ok: false, reason: 'not-open' });
  assert.equal(node.watches.size, 0);
});

test('a case watches twenty addresses', async () => {
  const { session, pictures } = await opened();
  for (let at = 0; at < MAX_CASE_WATCHES; at++)
    assert.ok((await session.startWatch(`https://photos.example/${at}`, pictures)).ok);
  const more = await session.startWatch(LINK, pictures);
  assert.deepEqual(more, { ok: false, reason: 'too-many' });
});
