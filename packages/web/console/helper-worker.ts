/**
 * The worker around a helper's desk. It holds the key; ending it is how the key is forgotten.
 * @module
 */

import type { HelperAnswer, HelperCall } from './helper-client.ts';
import { createHelperDesk } from './helper-desk.ts';

type Scope = {
  onmessage: ((event: MessageEvent<HelperCall>) => void) | null;
  postMessage: (message: HelperAnswer) => void;
};
const scope = globalThis as unknown as Scope;

const desk = createHelperDesk((bytes) => crypto.getRandomValues(bytes));

// Parts that are fetched later import from the worker's own file, and WebKit runs it a second time for them (seen in WebKitGTK
// 2.50): what answers must stay the first one, which holds the keys.
scope.onmessage ??= async ({ data: { id, name, args } }) => {
  try {
    const ask = desk[name] as (...given: readonly unknown[]) => Promise<unknown>;
    scope.postMessage({ id, ok: true, value: await ask(...args) });
  } catch {
    // What was thrown stays here: it could quote what it was given.
    scope.postMessage({ id, ok: false });
  }
};
