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

/** Screens that get the copies. */
const SCREENS = /packages\/web\/portal\/(?:links|rights)\//;

/** The plugin. */
export function cutLaw(): Plugin {
  const tables = new Map([...lawTables(), ...rightsTables()]);
  return {
    name: 'law-tables',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (importer === undefined) return null;
      if (!importer.endsWith(MARK) && !SCREENS.test(importer)) return null;
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

/** What both the way to a notice and the page of rights stand on. */
const BASE = /^(?:day|source)$/;

/**
 * The chunk of a module: the portal's law has chunks of its own, so that its size can be told (`portal/law-tables.test.ts`). Which
 * of them a person loads depends on the screen and on the language alone, never on a place, a platform or an office: the name of a
 * file that is fetched, and its size on the line, would tell (docs/decisions/0012).
 *
 * `law-…` are the rows, the functions over them and the sentences of notices; `links` reads what was pasted, and `advice-…` are the
 * hints beside a plan in a language: words of the interface that stand with their rows.
 */
export function lawChunk(id: string): string | null {
  if (/\/portal\/links\/packed-(?:table|sentences)\.ts$/.test(id)) return 'law-base';
  const file = /packages\/law\/src\/(.+)\.ts\?portal$/.exec(id)?.[1];
  if (file === undefined) return null;
  if (BASE.test(file)) return 'law-base';
  if (file.startsWith('right/')) return 'law-rights';
  if (file.startsWith('link/')) return 'links';
  const language = /-([a-z]{2})$/.exec(file)?.[1];
  if (file.startsWith('plan/plan-words-')) return `advice-${language}`;
  if (file.startsWith('notice/office-sentences-')) return 'law-offices';
  return language === 'es' || language === 'ar' ? `law-${language}` : 'law';
}
