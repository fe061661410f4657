/**
 * One module and all that it imports as one script without imports, for a page that stands alone.
 * @module
 */

import { build } from 'vite';

/** The text of the script. `target`: the browsers, as Vite names them. */
export async function bundleScript(entry: string, target: string[]): Promise<string> {
  const bundled = await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: { write: false, target, lib: { entry, formats: ['iife'], name: 'page' } },
  });
  const [output] = Array.isArray(bundled) ? bundled : [bundled];
  const chunk = 'output' in output! ? output.output.find((each) => each.type === 'chunk') : undefined;
  if (chunk === undefined) throw new Error('page: expected one script');
  return chunk.code;
}
