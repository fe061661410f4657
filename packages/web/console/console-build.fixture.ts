/**
 * Builds the console alone, by the house's own build file, into a folder that a node can serve.
 * @module
 */

import path from 'node:path';
import { build } from 'vite';
import config from '../vite.config.ts';

/** Builds into `outDir`. */
export async function buildConsole(outDir: string): Promise<void> {
  const page = path.join(import.meta.dirname, 'index.html');
  await build({
    ...config,
    configFile: false,
    logLevel: 'error',
    build: { ...config.build, outDir, rolldownOptions: { input: [page] } },
  });
}
