/**
 * The worker around the vault's desk. It holds the code and the keys; ending it is how they are forgotten.
 * @module
 */

import type { VaultAnswer, VaultCall } from './vault-client.ts';
import { createVaultDesk } from './vault-desk.ts';

type Scope = {
  onmessage: ((event: MessageEvent<VaultCall>) => void) | null;
  postMessage: (message: VaultAnswer) => void;
};
const scope = globalThis as unknown as Scope;

const desk = createVaultDesk((bytes) => crypto.getRandomValues(bytes));

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
