/**
 * Visits on a node in memory, with a clock that a test moves: what the tests of a session share.
 * @module
 */

import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { type FakeNode, fakeNode } from './case-node.fixture.ts';
import { createSession, type PortalSession } from './session.ts';
import { type Vault, VaultGone } from './vault-client.ts';
import { createVaultDesk } from './vault-desk.ts';

const SMALL = { memoryKiB: 64, passes: 1, lanes: 1 };

type Timer = { at: number; then: () => void };

/** A clock that a test moves, and visits that share it. */
export function world(node: FakeNode = fakeNode()) {
  let now = Date.UTC(2030, 4, 5, 6, 7, 8);
  const timers = new Set<Timer>();
  const startVault = (): Vault => {
    const desk = createVaultDesk((bytes) => webcrypto.getRandomValues(bytes), SMALL);
    let gone = false;
    const guarded = Object.fromEntries(
      Object.entries(desk).map(([name, ask]) => [
        name,
        async (...args: readonly unknown[]) => {
          if (gone) throw new VaultGone('stopped');
          const answer = await (ask as (...given: readonly unknown[]) => Promise<unknown>)(...args);
          if (gone) throw new VaultGone('stopped');
          return answer;
        },
      ]),
    );
    return {
      ...guarded,
      dispose: () => {
        gone = true;
      },
    } as unknown as Vault;
  };
  const visit = () =>
    createSession({
      api: node.api,
      startVault,
      now: () => now,
      after: (ms, then) => {
        // A pause between questions is not what these tests wait for.
        if (ms === 0) queueMicrotask(then);
        const timer = { at: now + ms, then };
        if (ms > 0) timers.add(timer);
        return () => timers.delete(timer);
      },
      random: () => webcrypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32,
      askGapMs: 0,
    });
  const pass = async (ms: number) => {
    const end = now + ms;
    for (;;) {
      const [next] = [...timers].filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      timers.delete(next);
      now = Math.max(now, next.at);
      next.then();
      for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
    }
    now = end;
  };
  return { node, visit, pass, sleep: (ms: number) => (now += ms) };
}

/** The view once it is of this kind: sealing what is unsent takes turns of other threads. */
export function become(session: PortalSession, kind: PortalSession['view']['kind']): Promise<void> {
  return new Promise((resolve) => {
    if (session.view.kind === kind) resolve();
    const end = session.subscribe((view) => {
      if (view.kind !== kind) return;
      end();
      resolve();
    });
  });
}

/** Makes the code of a visit, types it back, and answers it. */
export async function codeOf(session: PortalSession): Promise<string> {
  const made = await session.makeCode();
  assert.ok(made.ok);
  const typed = made.words.join(' ');
  assert.deepEqual(await session.checkCode(typed), { ok: true });
  return typed;
}
