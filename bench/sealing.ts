/**
 * Sealing and opening in Chromium: how fast, and whether memory stays flat, beside the program `age` on the same file.
 *
 * Usage: node bench/sealing.ts [MIB] (2048 where nothing is said). A file of that size lies on the disk (sparse: what is read
 * of it is zeros, which costs the sealing the same), is chosen in a page as a person would choose a film, and is sealed as
 * the portal's worker does, its stream thrown away; then a quarter of it is sealed again and opened on the way. The heap is asked for by
 * the page each 200 ms, after nothing but what the engine collects by itself. Prints the document of docs/benchmarks.md.
 * @module
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { arch, cpus, platform, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { bundleScript } from '../packages/web/verify/bundle-script.ts';
import { chromiumPath } from '../test/portal-walk.fixture.ts';

const mib = Number(process.argv[2] ?? 2_048);
const folder = mkdtempSync(path.join(tmpdir(), 'reclaim-bench-'));

/** What runs in the page: the two functions of the vault, and a key of its own. */
const ENTRY = `
import { sealStream } from '${path.join(import.meta.dirname, '../packages/vault/src/sealing/seal.ts')}';
import { openStream } from '${path.join(import.meta.dirname, '../packages/vault/src/sealing/open.ts')}';
import { drawAgeIdentity, recipientOf } from '${path.join(import.meta.dirname, '../packages/vault/src/sealing/age-key.ts')}';
const identity = drawAgeIdentity(crypto.getRandomValues(new Uint8Array(32)));
async function drain(stream) {
  let bytes = 0;
  for (const reader = stream.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) return bytes;
    bytes += value.length;
  }
}
window.measure = async (opening) => {
  const whole = document.querySelector('input').files[0];
  const file = opening ? whole.slice(0, whole.size / 4) : whole;
  let peak = 0;
  const timer = setInterval(() => { peak = Math.max(peak, performance.memory.usedJSHeapSize); }, 200);
  const begun = performance.now();
  const sealed = await sealStream(file.stream(), [await recipientOf(identity)]);
  const opened = opening ? await openStream(sealed, [identity]) : undefined;
  const bytes = await drain(opening ? opened.plain : sealed);
  clearInterval(timer);
  return { seconds: (performance.now() - begun) / 1000, bytes, peak };
};
`;

async function script(): Promise<string> {
  const entry = path.join(folder, 'entry.js');
  writeFileSync(entry, ENTRY);
  return bundleScript(entry, ['chrome120']);
}

type Measured = { readonly seconds: number; readonly bytes: number; readonly peak: number };

try {
  const film = path.join(folder, 'film');
  writeFileSync(film, '');
  truncateSync(film, mib * 1_048_576);
  const code = await script();
  const server = http.createServer((request, response) => {
    response.setHeader('content-type', request.url === '/a.js' ? 'text/javascript' : 'text/html');
    response.end(
      request.url === '/a.js'
        ? code
        : '<!doctype html><title>a</title><input type=file><script src=/a.js></script>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    // Otherwise the page is told of its heap in coarse steps.
    args: ['--enable-precise-memory-info', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.locator('input').setInputFiles(film);
  const run = (opening: boolean) =>
    page.evaluate(
      (also) => (globalThis as never as { measure: (o: boolean) => Promise<Measured> }).measure(also),
      opening,
    );
  const sealing = await run(false);
  const both = await run(true);
  if (both.bytes !== (mib / 4) * 1_048_576) throw new Error('bench: what was opened is not what was sealed');
  const version = browser.version();
  await browser.close();
  server.close();

  let peer: number | undefined;
  try {
    execFileSync('age-keygen', ['-o', path.join(folder, 'key')], { stdio: ['ignore', 'ignore', 'pipe'] });
    const recipient = execFileSync('age-keygen', ['-y', path.join(folder, 'key')], {
      encoding: 'utf8',
    }).trim();
    const begun = performance.now();
    execFileSync('age', ['-r', recipient, '-o', '/dev/null', film], { stdio: 'ignore' });
    peer = (performance.now() - begun) / 1000;
  } catch {
    console.error('bench: the program age is absent or did not do it; ours alone was measured');
  }
  const rate = (seconds: number, of = mib) => Number(((of * 1.048576) / seconds).toFixed(1));
  const figures = [
    { id: 'sealing.seal.mb_per_s', value: rate(sealing.seconds), unit: 'MB/s', size: mib },
    ...(peer === undefined
      ? []
      : [{ id: 'sealing.seal.mb_per_s', value: rate(peer), unit: 'MB/s', size: mib, peer: 'age' }]),
    { id: 'sealing.seal_and_open.mb_per_s', value: rate(both.seconds, mib / 4), unit: 'MB/s', size: mib / 4 },
    {
      id: 'sealing.heap_peak_mb',
      value: Math.round(Math.max(sealing.peak, both.peak) / 1e6),
      unit: 'MB',
      size: mib,
    },
  ];
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    gib: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()}`,
    browser: `Chromium ${version}`,
  };
  console.log(JSON.stringify({ bench: 'sealing', at: new Date().toISOString(), machine, figures }, null, 1));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
