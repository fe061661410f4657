/**
 * The law as the portal has it, for tests: every module of the law room, cut and fixed as the build does it, in a folder of its own
 * from which Node imports them; and the view of rights beside it, reading those.
 * @module
 */

import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { fixedIn } from './law-fixed.ts';
import { lawTables } from './law-tables.ts';
import { rightsTables } from './rights-tables.ts';

const LAW = path.join(import.meta.dirname, '../law/src');
const VIEW = path.join(import.meta.dirname, 'portal/rights/rights-view.ts');

let folder: string | undefined;

/** A module of the portal's law by its path in the law room, or `rights-view.ts`. */
export async function portalLaw<Module>(file: string): Promise<Module> {
  folder ??= made();
  return import(pathToFileURL(path.join(folder, file)).href);
}

function made(): string {
  const at = mkdtempSync(path.join(tmpdir(), 'reclaim-portal-law-'));
  process.once('exit', () => rmSync(at, { recursive: true, force: true }));
  const tables = new Map([...lawTables(), ...rightsTables()]);
  for (const file of globSync('**/*.ts', { cwd: LAW })) {
    if (/\.(?:test|fixture)\.ts$/.test(file)) continue;
    const name = file.split(path.sep).join('/');
    mkdirSync(path.join(at, path.dirname(file)), { recursive: true });
    writeFileSync(
      path.join(at, file),
      tables.get(name) ?? fixedIn(name, readFileSync(path.join(LAW, file), 'utf8')),
    );
  }
  const view = readFileSync(VIEW, 'utf8').replace(/'@reclaim\/law\/([^']+)'/g, "'./$1.ts'");
  writeFileSync(path.join(at, 'rights-view.ts'), view);
  writeFileSync(path.join(at, 'package.json'), '{ "type": "module" }');
  return at;
}
