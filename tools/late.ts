/**
 * Loaded before the tests where `RECLAIM_LATE` is set: every answer that a test waits for comes late, by up to so many
 * milliseconds, each by another time; and pages run on a processor so many times slower as `RECLAIM_SLOW` says. A busy machine
 * does this now and then to one test in thousands; here it happens to all of them, so that who looks for a test that counts
 * on speed finds it at once.
 *
 *     RECLAIM_LATE=30 npm test -- GLOB
 *     RECLAIM_LATE=30 RECLAIM_SLOW=4 npm test -- 'test/portal-*.test.ts'
 *
 * Late are: the Web Crypto API, files, timers and the requests of `fetch`. Immediates keep their order: that one is promised,
 * and Playwright counts on it.
 * @module
 */

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { chromium, type Page } from 'playwright-core';

const late = Number(process.env['RECLAIM_LATE'] ?? '0');
const slow = Number(process.env['RECLAIM_SLOW'] ?? '1');
const soon = globalThis.setTimeout;

function wait(): Promise<void> {
  return new Promise((resolve) => {
    soon(resolve, Math.random() * late);
  });
}

type Call = (this: unknown, ...given: unknown[]) => unknown;

/** Has each named function answer late, if it answers with a promise. */
function delay(owner: object, names: readonly string[]): void {
  for (const name of names) {
    const held = Object.getOwnPropertyDescriptor(owner, name);
    const call = held?.value as Call | undefined;
    if (typeof call !== 'function' || held?.configurable === false) continue;
    const delayed: Call = function (...given) {
      const answer = call.apply(this, given);
      if (!(answer instanceof Promise)) return answer;
      return answer.then(
        async (value: unknown) => {
          await wait();
          return value;
        },
        async (error: unknown) => {
          await wait();
          throw error;
        },
      );
    };
    Object.defineProperty(owner, name, { ...held, value: delayed });
  }
}

if (late > 0) {
  delay(
    Object.getPrototypeOf(globalThis.crypto.subtle) as object,
    Object.getOwnPropertyNames(Object.getPrototypeOf(globalThis.crypto.subtle)),
  );
  delay(
    fs.promises,
    Object.keys(fs.promises).filter((name) => name !== 'constants' && name !== 'watch'),
  );
  delay(globalThis, ['fetch']);
  const after = globalThis.setTimeout;
  globalThis.setTimeout = Object.assign(
    (then: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) =>
      after(then, ms > 0 ? ms + Math.random() * late : ms, ...given),
    after,
  ) as typeof globalThis.setTimeout;
  syncBuiltinESMExports();
}

if (slow > 1) {
  const launch = chromium.launch.bind(chromium);
  chromium.launch = async (options) => {
    const browser = await launch(options);
    const open = browser.newContext.bind(browser);
    browser.newContext = async (like) => {
      const context = await open(like);
      const brake = async (page: Page) => {
        try {
          const cdp = await context.newCDPSession(page);
          await cdp.send('Emulation.setCPUThrottlingRate', { rate: slow });
        } catch {
          // A page that is closed already needs no brake.
        }
      };
      context.on('page', (page) => void brake(page));
      return context;
    };
    return browser;
  };
}
