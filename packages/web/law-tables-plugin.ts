/**
 * Gives the portal its own copy of the law while the pages are built, with the cut tables in it (`law-tables.ts`); the notice form
 * and the console keep the whole rows. A module that the portal reaches bears `?portal` at the end of its name, and so does what
 * it imports in turn.
 * @module
 */

import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { lawTables } from './law-tables.ts';
import { rightsTables } from './rights-tables.ts';

/** Rooms whose modules are copied: the law, and the part of casework that reads it for a person. */
const COPIED = /packages\/(?:law\/src|casework\/src\/takedown)\/.+\.ts$/;
const MARK = '?portal';

/** Rows of rights, for the page of rights alone: that page must not wait for the law of notices, nor the other way round. */
const RIGHTS = /packages\/law\/src\/right\/(?:rights|rights-rows|remedy|reporting)\.ts$/;
const RIGHTS_MARK = '?rights';

/** The plugin. */
export function cutLaw(): Plugin {
  const tables = new Map([...lawTables(), ...rightsTables()]);
  return {
    name: 'law-tables',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (importer === undefined || source.endsWith(RIGHTS_MARK)) return null;
      if (importer.endsWith(RIGHTS_MARK) || /packages\/web\/portal\/rights\//.test(importer)) {
        const from = importer.replace(RIGHTS_MARK, '');
        const found = await this.resolve(source, from, { ...options, skipSelf: true });
        return found === null || !RIGHTS.test(found.id)
          ? found
          : { ...found, id: `${found.id}${RIGHTS_MARK}` };
      }
      if (!importer.endsWith(MARK) && !/packages\/web\/portal\/links\//.test(importer)) return null;
      const from = importer.endsWith(MARK) ? importer.slice(0, -MARK.length) : importer;
      const found = await this.resolve(source, from, { ...options, skipSelf: true });
      if (found === null || !COPIED.test(found.id)) return found;
      return { ...found, id: `${found.id}${MARK}` };
    },
    load(id) {
      const mark = [MARK, RIGHTS_MARK].find((each) => id.endsWith(each));
      if (mark === undefined) return null;
      const file = id.slice(0, -mark.length);
      const cut = tables.get(/packages\/law\/src\/(.+)$/.exec(file)?.[1] ?? '');
      return cut === undefined
        ? { code: withoutMessages(readFileSync(file, 'utf8')), moduleType: 'ts' }
        : { code: cut, moduleType: 'js' };
    },
  };
}

/**
 * A programmer's mistake still throws; what it says is for the console of a developer, and no phone needs to load it. Nor the
 * branch of a switch that is there for the type checker alone.
 */
function withoutMessages(code: string): string {
  return code
    .replace(/(throw new (?:Range|Type)Error)\(\s*(?:'[^'\n]*'|`[^`]*`),?\s*\)/g, '$1()')
    .replace(/\n +default:\n +return [\w.]+ satisfies never;/g, '');
}

/**
 * The chunk of a module: the portal's law has chunks of its own, so that its size can be told
 * (`portal/law-tables.test.ts`): what everybody needs, the texts of each language, and those of an office that is written to in its own.
 */
export function lawChunk(id: string): string | null {
  if (id.endsWith('/portal/links/packed-table.ts')) return 'law';
  const file = /packages\/law\/src\/(.+)\.ts\?portal$/.exec(id)?.[1];
  if (file === undefined) return null;
  const language =
    /-(es|ar|de|fr|it|ko)$/.exec(file)?.[1] ?? (file === 'plan/plan-words-en' ? 'en' : undefined);
  return ['law', language].filter((part) => part !== undefined).join('-');
}
