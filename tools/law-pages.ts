/**
 * Writes docs/law from the rows of `packages/law`: the index, and one page for each regime. Run it after a row changed:
 *
 *     node tools/law-pages.ts
 *
 * @module
 */

import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { lawPages } from '../packages/law/src/page/regime-page.ts';

/** Where the pages are. */
export const LAW_PAGES = path.join(import.meta.dirname, '../docs/law');

if (process.argv[1] === import.meta.filename) {
  mkdirSync(LAW_PAGES, { recursive: true });
  const pages = lawPages();
  for (const name of readdirSync(LAW_PAGES)) {
    if (name.endsWith('.md') && !pages.some((each) => each.name === name)) rmSync(path.join(LAW_PAGES, name));
  }
  for (const { name, text } of pages) writeFileSync(path.join(LAW_PAGES, name), text);
}
