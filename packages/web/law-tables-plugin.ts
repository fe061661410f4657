/**
 * Gives the portal its own copy of the law while the pages are built, with the cut tables in it (`law-tables.ts`); the notice form
 * and the console keep the whole rows. A module that the portal reaches bears `?portal` at the end of its name, and so does what
 * it imports in turn.
 * @module
 */

import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { lawTables } from './law-tables.ts';

/** Rooms whose modules are copied: the law, and the part of casework that reads it for a person. */
const COPIED = /packages\/(?:law\/src|casework\/src\/takedown)\/.+\.ts$/;
const MARK = '?portal';

/** The plugin. */
export function cutLaw(): Plugin {
  const tables = lawTables();
  return {
    name: 'law-tables',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (importer === undefined) return null;
      if (!importer.endsWith(MARK) && !/packages\/web\/portal\/links\//.test(importer)) return null;
      const from = importer.endsWith(MARK) ? importer.slice(0, -MARK.length) : importer;
      const found = await this.resolve(source, from, { ...options, skipSelf: true });
      if (found === null || !COPIED.test(found.id)) return found;
      return { ...found, id: `${found.id}${MARK}` };
    },
    load(id) {
      if (!id.endsWith(MARK)) return null;
      const file = id.slice(0, -MARK.length);
      const cut = tables.get(/packages\/law\/src\/(.+)$/.exec(file)?.[1] ?? '');
      return cut === undefined
        ? { code: readFileSync(file, 'utf8'), moduleType: 'ts' }
        : { code: cut, moduleType: 'js' };
    },
  };
}

/**
 * The chunk of a module: the portal's law has chunks of its own, so that its size can be told
 * (`portal/law-tables.test.ts`): what everybody needs, the texts of each language, and what is written when something is due.
 */
export function lawChunk(id: string): string | null {
  const file = /packages\/law\/src\/(.+)\.ts\?portal$/.exec(id)?.[1];
  if (file === undefined) return null;
  const language = /-(es|ar)$/.exec(file)?.[1] ?? (file === 'plan/plan-words-en' ? 'en' : undefined);
  const follow = /^(?:notice\/follow-|plan\/office-for$)/.test(file);
  return ['law', follow ? 'follow' : undefined, language].filter((part) => part !== undefined).join('-');
}
