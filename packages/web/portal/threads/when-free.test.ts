import assert from 'node:assert/strict';
import test from 'node:test';
import { createSession } from '../core/session.ts';
import type { SessionParts } from '../core/session-work.ts';
import { askedWhenFree } from './when-free.ts';

/** A visit whose only work is a code that is drawn as long as the test wants. */
function drawing() {
  const drawn: (() => void)[] = [];
  const shown = { words: ['one'], digits: ['1'] };
  const draw = () => new Promise((resolve) => drawn.push(() => resolve(shown)));
  const session = createSession({
    api: {},
    startVault: () => ({ draw, dispose: () => undefined }),
    now: () => 0,
    after: () => () => undefined,
    random: () => 0,
  } as unknown as SessionParts);
  return { session, drawn };
}

test('what asks by itself waits for what was pressed, and asks again where a press came first', async () => {
  const { session, drawn } = drawing();
  const first = session.makeCode();
  let second: Promise<unknown> | undefined;
  const asked: string[] = [];
  const answer = askedWhenFree(session, async () => {
    // Somebody presses in the very moment in which the visit is free.
    second ??= session.makeCode();
    asked.push(session.view.busy?.what ?? 'free');
    if (session.view.busy !== undefined) return { ok: false, reason: 'busy' };
    return { ok: true };
  });
  assert.deepEqual(asked, [], 'not while something goes on');
  drawn[0]!();
  await first;
  while (asked.length === 0) await new Promise(setImmediate);
  drawn[1]!();
  assert.deepEqual(await answer, { ok: true });
  await second;
  assert.deepEqual(asked, ['keys', 'free']);
});

test('a node that is busy by itself is not asked again and again', async () => {
  const { session } = drawing();
  let asked = 0;
  const answer = await askedWhenFree(session, async () => {
    asked += 1;
    return { ok: false, reason: 'busy' };
  });
  assert.deepEqual(answer, { ok: false, reason: 'busy' });
  assert.equal(asked, 1);
});
