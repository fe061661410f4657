/**
 * The portal's fingerprint in a real browser against the service's decoder: the same file must hash alike on both sides,
 * or a protected picture would not be found. The portal's core is built by itself, under the policy of the real pages.
 * @module
 */

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { after, before } from 'node:test';
import { signalsOfFile } from '@reclaim/decode/signals-of-file';
import { hammingDistance, signalBytes } from '@reclaim/fingerprint/signal';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { turnOfExif, turnPixels } from '@reclaim/raster/orientation';
import type { Pixels } from '@reclaim/raster/pixels';
import { buildCore } from '@reclaim/web/portal/core/core-build.fixture';
import type { FingerprintOutcome } from '@reclaim/web/portal/core/fingerprint-task';
import { heicOf } from '@reclaim/web/portal/core/heic.fixture';
import type { Browser, Page } from 'playwright-core';
import sharp, { type Sharp } from 'sharp';
import { startChromium } from './console-browser.fixture.ts';
import { PATIENCE_MS } from './portal-walk.fixture.ts';

/** Greatest distance of the two sides, in bits of 256. */
const NEAR_BITS = 4;

/** What the real pages say of themselves (setup recipes, section 4). */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types reclaim",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

type Run = {
  readonly outcome: FingerprintOutcome;
  readonly phases: readonly string[];
};

let folder = '';
let server: Server;
let browser: Browser;
let page: Page;
const asked: string[] = [];
const files = new Map<string, Uint8Array>();
const troubles: string[] = [];

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'reclaim-portal-hash-'));
  const dist = await buildCore(folder);
  server = createServer((request, response) => {
    const at = new URL(request.url ?? '/', 'http://localhost').pathname;
    asked.push(at);
    const held = files.get(at);
    const name = at === '/' ? '/index.html' : at;
    try {
      const body = held ?? readFileSync(path.join(dist, path.normalize(name)));
      response.writeHead(200, {
        ...HEADERS,
        'content-type': TYPES[path.extname(name)] ?? 'application/octet-stream',
      });
      response.end(body);
    } catch {
      response.writeHead(404, HEADERS).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await startChromium();
  page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('favicon')) troubles.push(message.text());
  });
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
  await page.waitForFunction(() => 'portal' in globalThis);
});

after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

/** Fingerprints a file in the browser; the bytes reach the page as a person's file would: as a Blob. */
async function inBrowser(file: Uint8Array, options: { exact?: boolean; crop?: object } = {}): Promise<Run> {
  files.set('/picture', file);
  await page.evaluate(async () => {
    const blob = await (await fetch('/picture')).blob();
    Object.assign(globalThis, { blob });
  });
  return page.evaluate(async (given) => {
    type Given = {
      blob: Blob;
      portal: {
        fingerprinter: { fingerprint: (file: Blob, options: object) => Promise<FingerprintOutcome> };
      };
    };
    const { blob, portal } = globalThis as unknown as Given;
    const phases: string[] = [];
    const outcome = await portal.fingerprinter.fingerprint(blob, {
      exact: false,
      ...given,
      onPhase: (phase: string) => phases.push(phase),
    });
    return { outcome, phases };
  }, options);
}

async function assertNear(file: Uint8Array, what: string): Promise<void> {
  const server = await signalsOfFile(new Uint8Array(file));
  const { outcome } = await inBrowser(file);
  assert.ok(server.pdq.ok, what);
  assert.ok(outcome.ok, `${what}: ${outcome.ok || outcome.reason}`);
  const bits = hammingDistance(signalBytes(server.pdq.signal.value), signalBytes(outcome.pdq.value));
  assert.ok(bits <= NEAR_BITS, `${what}: ${bits} bits apart`);
  assert.equal(outcome.pdq.pipeline, server.pdq.signal.pipeline);
}

function raw(pixels: Pixels): Sharp {
  const { width, height, channels, data } = pixels;
  return sharp(data, { raw: { width, height, channels } });
}

const scene = landscape(11, 640, 430);

test('portal and service hash JPEG, PNG, WebP, AVIF and GIF within 4 bits', async () => {
  await assertNear(await raw(scene).jpeg({ quality: 85 }).toBuffer(), 'JPEG 4:2:0');
  await assertNear(await raw(scene).jpeg({ quality: 90, progressive: true }).toBuffer(), 'progressive JPEG');
  await assertNear(await raw(scene).png().toBuffer(), 'PNG');
  await assertNear(await raw(scene).webp({ quality: 80 }).toBuffer(), 'WebP');
  await assertNear(await raw(scene).webp({ lossless: true }).toBuffer(), 'lossless WebP');
  await assertNear(await raw(scene).avif({ quality: 60, effort: 1 }).toBuffer(), 'AVIF');
  await assertNear(await raw(scene).gif().toBuffer(), 'GIF');
  await assertNear(await raw(scene).greyscale().jpeg().toBuffer(), 'grey JPEG');
});

test('portal and service hash every EXIF orientation within 4 bits, and as the upright picture', async () => {
  const upright = await signalsOfFile(new Uint8Array(await raw(scene).jpeg({ quality: 90 }).toBuffer()));
  assert.ok(upright.pdq.ok);
  const back = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6 } as const;
  for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8] as const) {
    const stored = turnPixels(scene, turnOfExif(back[orientation]));
    const file = await raw(stored).jpeg({ quality: 90 }).withMetadata({ orientation }).toBuffer();
    await assertNear(file, `orientation ${orientation}`);
    const { outcome } = await inBrowser(file);
    assert.ok(outcome.ok);
    assert.deepEqual([outcome.width, outcome.height], [640, 430]);
    const bits = hammingDistance(signalBytes(outcome.pdq.value), signalBytes(upright.pdq.signal.value));
    // JPEG blocks lie otherwise in a turned picture, which moves some bits by itself.
    assert.ok(bits <= 12, `orientation ${orientation}: ${bits} bits from the upright file`);
  }
});

test('portal and service hash Display-P3 within 4 bits', async () => {
  const vivid = landscape(21, 600, 500);
  await assertNear(await raw(vivid).withIccProfile('p3').jpeg({ quality: 92 }).toBuffer(), 'P3 JPEG');
  await assertNear(await raw(vivid).withIccProfile('p3').png().toBuffer(), 'P3 PNG');
  await assertNear(await raw(vivid).withIccProfile('p3').webp({ quality: 90 }).toBuffer(), 'P3 WebP');
});

test('portal and service hash transparent pictures within 4 bits', async () => {
  const { width, height, data } = landscape(31, 500, 500);
  const rgba = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    rgba.set(data.subarray(3 * i, 3 * i + 3), 4 * i);
    const x = i % width;
    const y = (i - x) / width;
    rgba[4 * i + 3] = Math.max(0, Math.min(255, Math.round(700 - 2 * Math.hypot(x - 250, y - 250))));
  }
  const picture: Pixels = { width, height, channels: 4, data: rgba };
  await assertNear(await raw(picture).png().toBuffer(), 'PNG with alpha');
  await assertNear(await raw(picture).webp({ lossless: true, exact: true }).toBuffer(), 'WebP with alpha');
  await assertNear(await raw(picture).webp({ quality: 90 }).toBuffer(), 'lossy WebP with alpha');
});

test('an HEIC, whose decoder is fetched when the first one comes, hashes as the service hashes its picture', async () => {
  const picture = landscape(61, 320, 240);
  assert.ok(!asked.some((at) => at.includes('libheif')));
  for (const [quarterTurns, turn] of (['original', 'rot90', 'rot180', 'rot270'] as const).entries()) {
    const { outcome, phases } = await inBrowser(heicOf(picture, quarterTurns as 0 | 1 | 2 | 3));
    const shown = turnPixels(picture, turn);
    const server = await signalsOfFile(new Uint8Array(await raw(shown).png().toBuffer()));
    assert.ok(server.pdq.ok);
    assert.ok(outcome.ok, `${turn}: ${outcome.ok || outcome.reason}`);
    assert.deepEqual([outcome.width, outcome.height], [shown.width, shown.height]);
    assert.deepEqual(phases, ['reading', 'decoder', 'decoding', 'measuring']);
    const bits = hammingDistance(signalBytes(server.pdq.signal.value), signalBytes(outcome.pdq.value));
    assert.ok(bits <= NEAR_BITS, `${turn}: ${bits} bits apart`);
  }
  assert.ok(asked.some((at) => at.includes('libheif')));
});

test('the SHA-256 is made only where it was asked for, and is the service’s', async () => {
  const file = await raw(scene).png().toBuffer();
  const without = await inBrowser(file);
  assert.ok(without.outcome.ok && without.outcome.sha256 === undefined);
  const { outcome } = await inBrowser(file, { exact: true });
  assert.ok(outcome.ok);
  assert.deepEqual(outcome.sha256, (await signalsOfFile(new Uint8Array(file))).sha256);
});

test('a crop of a screenshot hashes as the photo in it', async () => {
  const photo = landscape(41, 720, 540);
  const shot = await sharp({ create: { width: 720, height: 1560, channels: 3, background: '#000' } })
    .composite([{ input: await raw(photo).png().toBuffer(), left: 0, top: 470 }])
    .png()
    .toBuffer();
  const { outcome } = await inBrowser(shot);
  assert.ok(outcome.ok && outcome.crop.kind === 'screenshot');
  const cropped = await inBrowser(shot, { crop: outcome.crop.rect });
  const alone = await inBrowser(await raw(photo).png().toBuffer());
  assert.ok(cropped.outcome.ok && alone.outcome.ok);
  const bits = (a: FingerprintOutcome & { ok: true }, b: FingerprintOutcome & { ok: true }) =>
    hammingDistance(signalBytes(a.pdq.value), signalBytes(b.pdq.value));
  assert.ok(bits(cropped.outcome, alone.outcome) <= NEAR_BITS);
  assert.ok(bits(outcome, alone.outcome) > 31);
});

test('S65: a 12-megapixel photo is fingerprinted in a worker, with progress', async () => {
  const file = await raw(landscape(51, 4000, 3000))
    .jpeg({ quality: 88 })
    .toBuffer();
  await assertNear(file, '12 MP');
  const { outcome, phases } = await inBrowser(file);
  assert.ok(outcome.ok && outcome.width === 4000);
  assert.deepEqual(phases, ['reading', 'decoding', 'measuring']);
  assert.ok(page.workers().some((worker) => worker.url().includes('fingerprint-worker')));
});

test('a file that is not what it says, or too large, gets a reason before anything is decoded', async () => {
  const refused = async (file: Uint8Array, reason: string) => {
    const { outcome } = await inBrowser(file);
    assert.ok(!outcome.ok);
    assert.equal(outcome.reason, reason);
  };
  await refused(new Uint8Array(0), 'empty');
  await refused(Buffer.from('not a picture at all'), 'not-an-image');
  await refused(
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    'unsupported-format',
  );
  await refused(Buffer.from('%PDF-1.7 '), 'unsupported-format');
  const png = await raw(scene).png().toBuffer();
  const huge = Buffer.from(png);
  huge.writeUInt32BE(20_000, 16);
  huge.writeUInt32BE(15_000, 20);
  await refused(huge, 'too-many-pixels');
  await refused(png.subarray(0, 60), 'damaged');
  await refused(new Uint8Array(64 * 1024 * 1024 + 1), 'too-many-bytes');
  await refused(
    await sharp({ create: { width: 300, height: 300, channels: 3, background: '#888' } })
      .png()
      .toBuffer(),
    'blank',
  );
  await refused(
    await raw(landscape(1, 4, 4))
      .png()
      .toBuffer(),
    'too-small',
  );
  const heic = Buffer.concat([
    Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'),
    Buffer.alloc(100),
  ]);
  await refused(heic, 'damaged');
});

test('S12: nothing was asked of another host, and no page error was seen', () => {
  const unknown = asked.filter((at) => !/^\/($|picture$|favicon\.ico$|assets\/[\w.-]+$)/.test(at));
  assert.deepEqual(unknown, []);
  assert.deepEqual(
    troubles.filter((text) => !text.includes('404')),
    [],
  );
});
