/**
 * Makes the page that verifies: its script bundled into one text and put inside, with the digest that its own policy
 * demands. Vite offers the address of the result as `virtual:verify-page`.
 * @module
 */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';
import { bundleScript } from './bundle-script.ts';

const NAME = 'virtual:verify-page';
const RESOLVED = `\0${NAME}`;

/** The plugin. */
export function verifyPage(target: string[]): Plugin {
  return {
    name: 'reclaim-verify-page',
    resolveId: (id) => (id === NAME ? RESOLVED : undefined),
    async load(id) {
      if (id !== RESOLVED) return undefined;
      const source = await pageText(target);
      const file = this.emitFile({ type: 'asset', name: 'verify.html', source });
      return `export default import.meta.ROLLUP_FILE_URL_${file};`;
    },
  };
}

async function pageText(target: string[]): Promise<string> {
  const here = import.meta.dirname;
  const code = await bundleScript(path.join(here, 'verify-page.ts'), target);
  // Inside of an element, only these could end it or change how it is read (HTML §4.12.1.3).
  const script = code.trim().replace(/<(?=\/script|script|!--)/gi, '\\x3c');
  const digest = createHash('sha256').update(script).digest('base64');
  return readFileSync(path.join(here, 'verify.html'), 'utf8')
    .replace('SCRIPT_SHA256', () => digest)
    .replace('SCRIPT_TEXT', () => script);
}
