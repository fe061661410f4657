import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import test from 'node:test';
import { promisify } from 'node:util';
import { compilesWebAssembly } from './bare-browser.ts';
import { solve } from './proof-of-work.ts';
import { drawReceiptCode } from './receipt-code.ts';
import { deriveReceiptKeys } from './receipt-keys.ts';

/**
 * What the two slow steps give, as JSON, in a process of its own that loses its WebAssembly once everything is loaded
 * (Node strips types by it). A browser without it from the start is walked in test/portal-bare.test.ts.
 */
const SLOW_STEPS = `
  const at = (file) => new URL(file, ${JSON.stringify(import.meta.url)});
  const { compilesWebAssembly } = await import(at('./bare-browser.ts'));
  const { solve } = await import(at('./proof-of-work.ts'));
  const { drawReceiptCode } = await import(at('./receipt-code.ts'));
  const { deriveReceiptKeys } = await import(at('./receipt-keys.ts'));
  delete globalThis.WebAssembly;
  const code = drawReceiptCode(Uint8Array.from({ length: 12 }, (_, i) => 200 - i));
  const keys = await deriveReceiptKeys(code, { memoryKiB: 64, passes: 2, lanes: 1 });
  process.stdout.write(JSON.stringify([compilesWebAssembly(), keys, await solve('bare.browser', 11)]));
`;

test('S64: without WebAssembly a code has the same keys, and a puzzle the same solution', async () => {
  assert.equal(compilesWebAssembly(), true);
  const code = drawReceiptCode(Uint8Array.from({ length: 12 }, (_, i) => 200 - i));
  const keys = await deriveReceiptKeys(code, { memoryKiB: 64, passes: 2, lanes: 1 });
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', SLOW_STEPS],
    { timeout: 120_000 },
  );
  assert.deepEqual(JSON.parse(stdout), [false, keys, await solve('bare.browser', 11)]);
});

test('where a policy forbids to compile, WebAssembly counts as absent', (t) => {
  const { WebAssembly } = globalThis as unknown as {
    readonly WebAssembly: { readonly Module: () => object };
  };
  t.mock.method(WebAssembly, 'Module', () => {
    throw new Error('blocked by the policy');
  });
  assert.equal(compilesWebAssembly(), false);
});
