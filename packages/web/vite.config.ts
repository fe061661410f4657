/**
 * Builds the doors into `dist/`: the portal at `/`, the console at `/console`, the notice form at `/notice`, and the pages of help that need no
 * script at `/help`. Everything else is a hashed file below `/assets/` that never changes.
 *
 * Nothing is inlined as a `data:` address and nothing is evaluated: the pages run under `default-src 'none'`.
 * @module
 */

import { existsSync, globSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vite';
import { cutLaw, lawChunk } from './law-tables-plugin.ts';
import { verifyPage } from './verify/build-verify-page.ts';

const ROOT = import.meta.dirname;

/** What stands for the curves of recipients that nothing here takes. */
const OTHER_KINDS = path.join(ROOT, 'portal/core/age-other-kinds.ts');

/** Every page: the doors, and each page of help. Its place in the folder is its place on the site. */
const pages = [
  'portal/index.html',
  'console/index.html',
  'notice/index.html',
  ...globSync('help/**/*.html', { cwd: ROOT }),
].filter((page) => existsSync(path.join(ROOT, page)));

/** The oldest browsers that the pages are made for. */
const TARGET = ['chrome119', 'firefox121', 'safari17.4'];

export default defineConfig({
  root: ROOT,
  base: '/',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [cutLaw(), verifyPage(TARGET)],
  worker: { format: 'es' },
  // Only `age-encryption` asks for these, for kinds of recipients that we refuse.
  resolve: {
    alias: [
      { find: '@noble/post-quantum/hybrid.js', replacement: OTHER_KINDS },
      { find: '@noble/curves/nist.js', replacement: OTHER_KINDS },
    ],
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: TARGET,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: pages.map((page) => path.join(ROOT, page)),
      output: {
        codeSplitting: {
          groups: [
            // In this order, since a group takes what its modules import along unless another has it already.
            ...(['law-base', 'law'] as const).map((name, at) => ({
              name,
              test: (id: string) => lawChunk(id) === name,
              priority: 4 - at,
            })),
            { name: lawChunk, priority: 1 },
          ],
        },
      },
    },
  },
});
