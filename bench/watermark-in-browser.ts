/**
 * What a marked copy and a trace cost in a worker of Chromium, at 12 megapixels, and whether Node comes to the same digits.
 *
 * Usage: node bench/watermark-in-browser.ts [--json]. Needs Chromium (CHROMIUM or PATH). The pictures are drawn, nothing is
 * fetched. Two measurements, medians of three:
 *
 * - `watermark.mark_s`, `watermark.trace_s`, `watermark.prepare_s`: the functions of `packages/watermark` in a worker, pixels
 *   to pixels, 1,000 candidates (`prepare`: what an original costs once).
 * - `watermark.portal_mark_s`, `watermark.portal_trace_s`: the portal's own worker as it is built, from files to files: a
 *   JPEG of 12 megapixels is read, copies are written as JPEG (per copy), and a copy as a file is traced (in all).
 *
 * Ends with status 1 where Node's copy, residual or score differ from the browser's in a single digit.
 * @module
 */

import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { availableParallelism, cpus } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { landscape } from '../packages/raster/src/landscape.fixture.ts';
import { chromiumPath } from '../test/portal-walk.fixture.ts';
import { measure, type WorkerAnswer } from './watermark-worker.ts';

const [WIDTH, HEIGHT, ROUNDS] = [4000, 3000, 3];
const WEB = path.join(import.meta.dirname, '../packages/web');

/** The builder of the pages, which is a package of theirs. */
type Builder = { readonly build: (options: object) => Promise<unknown> };

/** What a page has and Node's types do not know. */
type PageScope = {
  readonly Worker: new (
    url: string,
    options: { readonly type: 'module' },
  ) => {
    onmessage: (event: { readonly data: unknown }) => void;
    onerror: (event: { readonly message: string }) => void;
    readonly postMessage: (message: unknown) => void;
    readonly terminate: () => void;
  };
};

/** The two workers as files of a site. */
async function bundled(): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const vite = createRequire(path.join(WEB, 'package.json')).resolve('vite');
  const { build } = (await import(pathToFileURL(vite).href)) as Builder;
  const made = await build({
    configFile: false,
    root: WEB,
    logLevel: 'error',
    worker: { format: 'es' },
    build: {
      write: false,
      rolldownOptions: {
        input: {
          functions: path.join(import.meta.dirname, 'watermark-worker-entry.ts'),
          portal: path.join(WEB, 'portal/core/copies-worker.ts'),
        },
        output: { entryFileNames: '[name].js' },
      },
    },
  });
  const files = new Map<string, string | Uint8Array>();
  for (const { output } of [made].flat() as {
    output: { fileName: string; code?: string; source?: string | Uint8Array }[];
  }[])
    for (const { fileName, code, source } of output) files.set(`/${fileName}`, code ?? source ?? '');
  return files;
}

const jpeg = await sharp(new Uint8Array(landscape(77, WIDTH, HEIGHT).data), {
  raw: { width: WIDTH, height: HEIGHT, channels: 3 },
})
  .jpeg({ quality: 92 })
  .toBuffer();
const files = new Map<string, string | Uint8Array>([...(await bundled()), ['/original.jpg', jpeg]]);
const server = createServer((request, response) => {
  const found = files.get(request.url ?? '');
  const kind = request.url?.endsWith('.js') === true ? 'text/javascript' : 'text/html';
  response.setHeader('content-type', kind);
  response.end(found ?? '<!doctype html><title>bench</title>');
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({
  executablePath: chromiumPath(),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const functions = await page.evaluate(
    ([width, height, rounds]) =>
      new Promise<WorkerAnswer>((resolve, reject) => {
        const { Worker } = globalThis as unknown as PageScope;
        const worker = new Worker('/functions.js', { type: 'module' });
        worker.onmessage = ({ data }) => resolve(data as WorkerAnswer);
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.postMessage([width, height, rounds]);
      }),
    [WIDTH, HEIGHT, ROUNDS] as const,
  );
  const portal = await page.evaluate(async (rounds) => {
    type Said = { kind: 'phase'; phase: string } | { kind: 'done'; outcome: Record<string, unknown> };
    const { Worker } = globalThis as unknown as PageScope;
    const original = await (await fetch('/original.jpg')).blob();
    /** One task in a worker of its own: what came of it, its seconds, and when each copy was begun. */
    const ask = (task: object) =>
      new Promise<{ outcome: Record<string, unknown>; seconds: number; begun: number[] }>(
        (resolve, reject) => {
          const worker = new Worker('/portal.js', { type: 'module' });
          const start = performance.now();
          const begun: number[] = [];
          worker.onerror = ({ message }) => reject(new Error(message));
          worker.onmessage = (event) => {
            const data = event.data as Said;
            if (data.kind === 'phase') {
              if (data.phase === 'copies') begun.push(performance.now());
              return;
            }
            worker.terminate();
            resolve({ outcome: data.outcome, seconds: (performance.now() - start) / 1000, begun });
          };
          worker.postMessage(task);
        },
      );
    const mark: number[] = [];
    const trace: number[] = [];
    const names = ['one', 'two', 'three', 'four'];
    for (let round = 0; round < rounds; round++) {
      const made = await ask({ kind: 'mark', original, names, registry: undefined });
      if (made.outcome['kind'] !== 'marked') throw new Error('bench: the portal made no copies');
      mark.push((made.begun.at(-1)! - made.begun[0]!) / 1000 / (names.length - 1));
      const copies = made.outcome['copies'] as { name: string; blob: Blob }[];
      const registry = made.outcome['registry'] as string;
      const traced = await ask({
        kind: 'trace',
        original,
        registry,
        suspects: [copies[2]!.blob],
      });
      const [found] = (traced.outcome['pictures'] ?? []) as { kind: string }[];
      if (found?.kind !== 'match') throw new Error('bench: the portal did not trace its own copy');
      trace.push(traced.seconds);
    }
    return { mark, trace };
  }, ROUNDS);
  const here = await measure(WIDTH, HEIGHT, 0);
  const same = here.copy === functions.copy && here.row === functions.row && here.score === functions.score;
  const kind = '12 MP, Chromium worker';
  const figures = [
    ['watermark.mark_s', functions.mark],
    ['watermark.trace_s', functions.trace],
    ['watermark.prepare_s', functions.prepare],
    ['watermark.portal_mark_s', portal.mark],
    ['watermark.portal_trace_s', portal.trace],
  ].map(([id, values]) => ({ id, value: median(values as readonly number[]), unit: 's', kind }));
  const at = new Date().toISOString();
  const machine = { cpu: cpus()[0]?.model.trim(), cores: availableParallelism(), browser: browser.version() };
  if (process.argv.includes('--json'))
    console.log(
      JSON.stringify({ bench: 'watermark-in-browser', at, machine, figures, sameInNode: same }, undefined, 2),
    );
  else {
    for (const { id, value } of figures) console.log(`${String(id).padEnd(26)} ${value.toFixed(2)} s`);
    console.log(same ? 'Node comes to the same digits' : 'Node comes to OTHER digits');
  }
  if (!same) process.exitCode = 1;
} finally {
  await browser.close();
  server.close();
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
