import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { gzipSync } from 'node:zlib';

const ASSETS = path.join(import.meta.dirname, '../../dist/assets');

const compressed = (files: readonly string[]) =>
  files.reduce((sum, file) => sum + gzipSync(readFileSync(path.join(ASSETS, file))).length, 0);

test('what the portal loads to seal is under 60 KB compressed, and waits until it is needed', () => {
  // Built by the set-up that runs before every test.
  assert.ok(existsSync(ASSETS), 'expected the built pages: node tools/setup.mjs');
  const built = readdirSync(ASSETS).filter((file) => file.endsWith('.js'));
  const [worker = '', ...more] = built.filter((file) => file.startsWith('vault-worker-'));
  assert.ok(worker !== '' && more.length === 0);
  const text = readFileSync(path.join(ASSETS, worker), 'utf8');
  const named = built.filter((file) => file !== worker && text.includes(file));
  // Messages and recovery come when they are first asked for; the key derivation counts with the sealing.
  const threads = named.filter((file) => file.startsWith('vault-desk-threads-'));
  assert.equal(threads.length, 1);
  // So does the record of evidence.
  const records = named.filter((file) => file.startsWith('sealed-record-'));
  assert.equal(records.length, 1);
  const later = [...threads, ...records];
  const sealing = [worker, ...named.filter((file) => !later.includes(file))];
  assert.ok(compressed(sealing) < 60_000, `sealing: ${compressed(sealing)} bytes in ${sealing.length} files`);
  assert.ok(compressed(records) < 20_000, `evidence: ${compressed(records)} bytes`);
  assert.ok(compressed(threads) < 20_000, `messages and recovery: ${compressed(threads)} bytes`);
  const page = readFileSync(path.join(ASSETS, '../portal/index.html'), 'utf8');
  assert.ok(!page.includes('vault-worker') && !page.includes('vault-desk'));
});
