import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { makeFolder } from './make-folder.ts';

test('a folder is made with those above it, and the first that was made is told', () => {
  const root = mkdtempSync(join(tmpdir(), 'reclaim-folder-'));
  try {
    assert.equal(makeFolder(join(root, 'a', 'b', 'c'), 0o700), join(root, 'a'));
    assert.equal(statSync(join(root, 'a', 'b', 'c')).mode & 0o777, 0o700);
    assert.equal(makeFolder(join(root, 'a', 'b', 'c')), undefined);
    assert.equal(makeFolder(join(root, 'a', 'd')), join(root, 'a', 'd'));
    writeFileSync(join(root, 'file'), '');
    assert.throws(() => makeFolder(join(root, 'file')), { code: 'EEXIST' });
    assert.throws(() => makeFolder(join(root, 'file', 'below')), { code: 'ENOTDIR' });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

test('a file system that makes no folders ends in an error, and not never', {
  skip: !existsSync('/proc/self'),
}, () => {
  assert.throws(() => makeFolder('/proc/reclaim-nowhere'), { code: 'ENOENT' });
  assert.throws(() => makeFolder('/proc/reclaim-nowhere/below'), { code: 'ENOENT' });
});
