/**
 * The portal's core built by itself, as the real pages are built, for tests that run it in a browser.
 * @module
 */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';

const CORE = import.meta.dirname;
const PACKAGES = path.join(CORE, '../../..');

/** What a page's script finds in `globalThis.portal`. */
const SCRIPT = `
import { createFingerprinter } from ${JSON.stringify(path.join(CORE, 'fingerprint.ts'))};
import { browserParts } from ${JSON.stringify(path.join(CORE, 'browser-session.ts'))};
globalThis.portal = { fingerprinter: createFingerprinter(), parts: browserParts() };
`;

/** Builds a page around the core into `folder`; answers the folder to be served. */
export async function buildCore(folder: string): Promise<string> {
  const page = '<!doctype html><title>.</title><script type="module" src="./page.ts"></script>';
  writeFileSync(path.join(folder, 'index.html'), page);
  writeFileSync(path.join(folder, 'page.ts'), SCRIPT);
  const outDir = path.join(folder, 'dist');
  await build({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    base: '/',
    worker: { format: 'es' },
    // The page lies outside of the workspace, where the rooms' names lead nowhere.
    resolve: { alias: [{ find: /^@reclaim\/([a-z]+)\/(.*)$/, replacement: `${PACKAGES}/$1/src/$2.ts` }] },
    build: {
      outDir,
      target: ['chrome111', 'firefox114', 'safari16.4'],
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
  });
  return outDir;
}
