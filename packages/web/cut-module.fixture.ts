/**
 * A cut table of the law as a page would have it, for tests: the source text that the build puts in the place of a module, with
 * what it imports, linked so that Node can import it.
 * @module
 */

import assert from 'node:assert/strict';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { SENTENCE_READER } from './law-sentences.ts';
import { READER } from './pack-table.ts';

const LAW = path.join(import.meta.dirname, '../law/src');

/** The address to import: a `data:` URL. What the module imports in turn is the cut one where there is one. */
export function cutModule(tables: ReadonlyMap<string, string>, file: string): string {
  const code = tables.get(file);
  assert.ok(code !== undefined, file);
  const linked = code
    .replaceAll(JSON.stringify(READER), JSON.stringify(pathToFileURL(READER).href))
    .replaceAll(JSON.stringify(SENTENCE_READER), JSON.stringify(pathToFileURL(SENTENCE_READER).href))
    .replace(/from '(\.\.?\/[a-z/-]+\.ts)'/g, (_, other: string) => {
      const name = path.join(path.dirname(file), other);
      const to = tables.has(name) ? cutModule(tables, name) : pathToFileURL(path.join(LAW, name)).href;
      return `from ${JSON.stringify(to)}`;
    });
  return `data:text/javascript,${encodeURIComponent(linked)}`;
}
