/**
 * Gives the portal its own copy of the law while the pages are built, with the cut tables in it (`law-tables.ts`); the notice form
 * and the console keep the whole rows. A module that the portal reaches bears `?portal` at the end of its name, and so does what
 * it imports in turn.
 * @module
 */

import { readFileSync } from 'node:fs';
import type { Plugin, Rolldown } from 'vite';
import { fixedIn } from './law-fixed.ts';
import { lawTables } from './law-tables.ts';
import { rightsTables } from './rights-tables.ts';

/** Rooms whose modules are copied: the law, and the part of casework that reads it for a person. */
const COPIED = /packages\/(?:law\/src|casework\/src\/takedown)\/.+\.ts$/;
const MARK = '?portal';
const LAW = /packages\/law\/src\/(.+)\.ts\?portal$/;

/** What gets the copies. */
const PORTAL = /packages\/web\/portal\//;

/** The plugin. */
export function cutLaw(): Plugin {
  const tables = new Map([...lawTables(), ...rightsTables()]);
  return {
    name: 'law-tables',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (importer === undefined) return null;
      if (!importer.endsWith(MARK) && !PORTAL.test(importer)) return null;
      const from = importer.endsWith(MARK) ? importer.slice(0, -MARK.length) : importer;
      const found = await this.resolve(source, from, { ...options, skipSelf: true });
      if (found === null || !COPIED.test(found.id)) return found;
      return { ...found, id: `${found.id}${MARK}` };
    },
    load(id) {
      if (!id.endsWith(MARK)) return null;
      const file = id.slice(0, -MARK.length);
      const name = /packages\/law\/src\/(.+)$/.exec(file)?.[1] ?? '';
      const cut = tables.get(name);
      return cut === undefined
        ? { code: withoutMessages(fixedIn(name, readFileSync(file, 'utf8'))), moduleType: 'ts' }
        : { code: cut, moduleType: 'js' };
    },
    generateBundle(_, bundle) {
      requireAllWeighed(bundle);
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

/** What the way to a notice and the page of rights both stand on. */
const BASE = /^(?:day|source)$/;

/**
 * The chunk of a module: the portal's law has chunks of its own, so that its size can be told (`packages/service/src/law-weight.test.ts`). Which
 * of them a person loads depends on the screen and on the language alone, never on a place, a platform or an office: the name of a
 * file that is fetched, and its size on the line, would tell (docs/decisions/0012).
 */
export function lawChunk(id: string): string | null {
  if (/\/portal\/links\/packed-(?:table|sentences)\.ts$/.test(id)) return 'law-base';
  const file = LAW.exec(id)?.[1];
  if (file === undefined) return null;
  if (BASE.test(file)) return 'law-base';
  if (file.startsWith('right/')) return 'law-rights';
  const language = /(?:\/|-follow-)?(?:plan-words|sentences)-([a-z]{2})$/.exec(file)?.[1];
  if (file.startsWith('plan/plan-words-')) return `law-${language}`;
  return language === 'es' || language === 'ar' ? `law-${language}` : 'law';
}

/** Refuses a build in which the portal can load law outside of the chunks that are weighed, or rows that nobody cut. */
function requireAllWeighed(bundle: Rolldown.OutputBundle): void {
  const chunks = new Map(
    Object.values(bundle).flatMap((each) => (each.type === 'chunk' ? [[each.fileName, each] as const] : [])),
  );
  // The console is built alone too, for its walks: there is no portal to weigh.
  const entries = [...chunks.values()].filter((each) => each.isEntry);
  if (entries.length === 1 && entries[0]?.facadeModuleId?.endsWith('/console/index.html')) return;
  const reached = new Set<string>();
  const open = [...chunks.values()]
    .filter((each) => each.facadeModuleId?.endsWith('/portal/index.html'))
    .map((each) => each.fileName);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const chunk = chunks.get(name);
    if (chunk === undefined || reached.has(name)) continue;
    reached.add(name);
    open.push(...chunk.imports, ...chunk.dynamicImports);
    for (const [id, { renderedLength }] of Object.entries(chunk.modules)) {
      if (renderedLength > 0 && /packages\/law\/src\//.test(id) && lawChunk(id) !== chunk.name)
        throw new Error(`law-tables: expected ${id} in a chunk of the law, found it in ${chunk.name}`);
    }
  }
  if (reached.size < 10) throw new Error('law-tables: expected the chunks of the portal');
}
