/**
 * Finds exported things without a docstring and files without a head: what a newcomer would have to guess.
 *
 *     node tools/docstrings.ts    lists them as `file:line name` and the share that is documented
 *
 * It reads lines, not syntax: an export is a line that begins with `export`, a docstring is a block comment whose end
 * stands on the last non-blank line above it, a head is a docstring with the tag for modules as the file's first
 * comment (below the interpreter line of an executable). The formatter puts each of these on lines of their own.
 * @module
 */

import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** An exported thing, or a file (`name` is then `head`), that nobody described. `line` counts from 1. */
export type Undocumented = { readonly line: number; readonly name: string };

/** What one file exports, and what of it lacks words. */
export type Docstrings = { readonly exports: number; readonly undocumented: readonly Undocumented[] };

const EXPORT =
  /^export (?:declare )?(?:default )?(?:async )?(?:abstract )?(?:function\*?|const|let|class|type|interface) ?(?:\* ?)?([\w$]+|[{[])?/;

/** Reads one source text. Overloads after the first need no docstring of their own. */
export function docstringsOf(source: string): Docstrings {
  const lines = source.split('\n');
  const undocumented: Undocumented[] = [];
  const body = source.replace(/^#!.*\n/, '').trimStart();
  const head = /^\/\*\*[\s\S]*?\*\//.exec(body)?.[0] ?? '';
  if (!head.includes('@module')) undocumented.push({ line: 1, name: 'head' });
  const seen = new Set<string>();
  let exports = 0;
  for (const [index, line] of lines.entries()) {
    const found = EXPORT.exec(line);
    if (found === null) continue;
    const name = found[1] ?? 'default';
    if (/\bfunction\b/.test(line) && seen.has(name)) continue;
    seen.add(name);
    exports++;
    let above = index - 1;
    while (above >= 0 && lines[above]?.trim() === '') above--;
    const described = lines[above]?.trimEnd().endsWith('*/') === true && !isHead(lines, above);
    if (!described) undocumented.push({ line: index + 1, name });
  }
  return { exports, undocumented };
}

/** Whether the comment that ends on `line` is the head of the file: it speaks of the file, not of the first export. */
function isHead(lines: readonly string[], line: number): boolean {
  for (let at = line; at >= 0; at--) {
    if (lines[at]?.includes('@module') === true) return true;
    if (lines[at]?.trimStart().startsWith('/**') === true) return false;
  }
  return false;
}

/** Reads every source file of the rooms and examples below `root`, tests and fixtures left out. */
export function docstringsBelow(root: string): ReadonlyMap<string, Docstrings> {
  const files = globSync(['packages/*/src/**/*.{ts,tsx}', 'examples/*/src/**/*.{ts,tsx}'], { cwd: root });
  const read = new Map<string, Docstrings>();
  for (const file of files.sort()) {
    if (/\.(test|fixture)\.tsx?$/.test(file) || file.split(path.sep).includes('node_modules')) continue;
    read.set(file, docstringsOf(readFileSync(path.join(root, file), 'utf8')));
  }
  return read;
}

if (import.meta.main) {
  let exports = 0;
  let missing = 0;
  for (const [file, found] of docstringsBelow(path.join(import.meta.dirname, '..'))) {
    exports += found.exports;
    missing += found.undocumented.filter((each) => each.name !== 'head').length;
    for (const { line, name } of found.undocumented) console.log(`${file}:${line} ${name}`);
  }
  console.log(`${exports - missing} of ${exports} exported things are described`);
}
