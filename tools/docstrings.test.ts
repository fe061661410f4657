/**
 * Everything that is exported says what it is, and the counter that claims so can tell.
 * @module
 */

import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';
import { docstringsBelow, docstringsOf } from './docstrings.ts';

const HEAD = '/**\n * A file.\n * @module\n */\n\n';

test('every exported thing has a docstring and every file a head', () => {
  const read = docstringsBelow(path.join(import.meta.dirname, '..'));
  assert.ok(read.size > 0, 'expected source files');
  const missing = [...read].flatMap(([file, found]) =>
    found.undocumented.map(({ line, name }) => `${file}:${line} ${name}`),
  );
  assert.deepEqual(missing, []);
});

test('a planted export without a docstring is found, whatever its kind', () => {
  for (const planted of [
    'export const planted = 1;',
    'export function planted(): void {}',
    'export async function planted(): Promise<void> {}',
    'export function* planted(): Generator<number> {}',
    'export async function* planted(): AsyncGenerator<number> {}',
    'export class planted {}',
    'export abstract class planted {}',
    'export type planted = string;',
    'export interface planted {}',
    'export default function planted(): void {}',
  ]) {
    const found = docstringsOf(`${HEAD}/** Described. */\nexport const described = 1;\n${planted}\n`);
    assert.equal(found.exports, 2, planted);
    assert.deepEqual(found.undocumented, [{ line: 8, name: 'planted' }], planted);
  }
});

test('a described export is not reported, with a blank line between or with overloads', () => {
  const source = `${HEAD}/** One. */\nexport const one = 1;\n/** Two. */\n\nexport function two(x: string): void;\nexport function two(x: number): void;\n`;
  assert.deepEqual(docstringsOf(source), { exports: 2, undocumented: [] });
});

test('the head of a file is no docstring for its first export, and a line comment is none at all', () => {
  assert.deepEqual(docstringsOf(`${HEAD}export const first = 1;\n`).undocumented, [
    { line: 6, name: 'first' },
  ]);
  assert.deepEqual(docstringsOf(`${HEAD}// said\nexport const first = 1;\n`).undocumented, [
    { line: 7, name: 'first' },
  ]);
});

test('a file without a head is reported, also below an interpreter line', () => {
  assert.deepEqual(docstringsOf('const inner = 1;\n').undocumented, [{ line: 1, name: 'head' }]);
  assert.deepEqual(docstringsOf('/** Not a head. */\nexport const one = 1;\n').undocumented, [
    { line: 1, name: 'head' },
  ]);
  assert.deepEqual(docstringsOf(`#!/usr/bin/env node\n${HEAD}`).undocumented, []);
});
