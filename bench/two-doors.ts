/**
 * What the two doors feel like, in the system's Chromium: the console with ten thousand open jobs, the portal with a
 * photograph of 12 megapixels.
 *
 * Usage: node bench/two-doors.ts [--json]. Every interaction of the console is measured from the event to the end of the
 * frame that follows it, and told as its median and its worst. The portal's fingerprint is measured from the choice of the
 * file to the moment at which it stands, with the longest task of the page's thread meanwhile (Chromium tells those of 50 ms
 * and more; 0 is none), and the code from the press to the moment at which it can be read. There is no peer to compare with.
 * @module
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { landscape } from '../packages/raster/src/landscape.fixture.ts';
import { buildConsole } from '../packages/web/console/console-build.fixture.ts';
import { fixtureJob } from '../packages/web/console/job.fixture.ts';
import { startChromium } from '../test/console-browser.fixture.ts';
import { fakeNode } from '../test/console-node.fixture.ts';
import { portalWalk, press, walkToProtect, words } from '../test/portal-walk.fixture.ts';
import { jpegOf } from '../tools/altered-copies.ts';

const JOBS = 10_000;
const RUNS = 5;

type Figure = { readonly id: string; readonly value: number; readonly worst: number; readonly unit: 'ms' };

const figures: Figure[] = [];

function tell(id: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  figures.push({
    id,
    value: Math.round(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN),
    worst: Math.round(sorted.at(-1) ?? Number.NaN),
    unit: 'ms',
  });
}

// What runs in a page is text: this file is checked as Node's, which knows no document.
const LISTEN = `(() => {
  globalThis.marks = [];
  const seen = ({ timeStamp }) =>
    requestAnimationFrame(() => setTimeout(() => marks.push(performance.now() - timeStamp)));
  for (const kind of ['keydown', 'input', 'click']) addEventListener(kind, seen, { capture: true });
})()`;
const TAKE = `new Promise((resolve) => setTimeout(() => resolve(marks.splice(0)), 100))`;
const SCROLL = `(async () => {
  const list = document.getElementById('queue-list');
  const start = performance.now();
  list.scrollTop = Math.random() * list.scrollHeight;
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return performance.now() - start;
})()`;

async function benchConsole(): Promise<void> {
  const webDir = mkdtempSync(path.join(tmpdir(), 'reclaim-bench-'));
  const browser = await startChromium();
  const jobs = Array.from({ length: JOBS }, (_, n) =>
    fixtureJob(n, { interim: 'held', item: { id: `photo-${n}`, previewUrl: 'http://localhost:1/x' } }),
  );
  try {
    await buildConsole(webDir);
    const fake = await fakeNode(webDir, jobs, await jpegOf(landscape(2, 800, 600), 82));
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en' });
    await page.goto(`${fake.url}/console`);
    await page.getByText(`Jobs: ${JOBS}`).waitFor({ timeout: 120_000 });
    await page.evaluate(LISTEN);
    const timed = async (id: string, acts: () => Promise<void>) => {
      await page.evaluate(TAKE);
      await acts();
      tell(`console.${id}`, (await page.evaluate(TAKE)) as number[]);
    };
    const keys = async (...pressed: readonly string[]) => {
      for (const key of pressed) await page.keyboard.press(key);
    };
    await timed('move', () => keys(...Array.from({ length: 40 }, (_, n) => (n < 20 ? 'j' : 'k'))));
    await timed('search', async () => {
      await page.keyboard.press('/');
      await keys(...'photo-77');
      await page.keyboard.press('Escape');
    });
    const scrolls: number[] = [];
    for (let n = 0; n < 20; n++) scrolls.push(Number(await page.evaluate(SCROLL)));
    tell('console.scroll', scrolls);
    await benchDecisions(page);
    await timed('palette', async () => {
      for (let n = 0; n < RUNS; n++) {
        await keys('Control+k');
        await page.locator('dialog[open] input').waitFor();
        await keys(...'people', 'Enter');
        await page.locator('dialog[open]').waitFor({ state: 'detached' });
      }
    });
    await timed('screen', async () => {
      for (const name of ['People', 'Keys', 'Bank', 'Log', 'Reports', 'Settings', 'Queue'])
        await page.getByRole('navigation').getByText(name, { exact: true }).click();
    });
    await fake.end();
  } finally {
    await browser.close();
    rmSync(webDir, { recursive: true, force: true });
  }
}

/** Opens, looks, chooses, decides, undoes and goes on, each timed over several jobs. */
async function benchDecisions(page: Page): Promise<void> {
  const marks: Record<'open' | 'look' | 'choose' | 'decide' | 'undo' | 'next', number[]> = {
    open: [],
    look: [],
    choose: [],
    decide: [],
    undo: [],
    next: [],
  };
  const each = async (into: keyof typeof marks, act: () => Promise<void>, stands: string) => {
    await page.evaluate(TAKE);
    await act();
    await page.locator(stands).first().waitFor();
    marks[into].push(...((await page.evaluate(TAKE)) as number[]));
  };
  for (let n = 0; n < RUNS; n++) {
    await each('open', () => page.keyboard.press('Enter'), '#decide-title');
    await each('look', () => page.keyboard.down(' '), 'img.shown');
    await page.keyboard.up(' ');
    await each('choose', () => page.keyboard.press('1'), '#facts, textarea');
    await page.keyboard.press('1');
    await each('decide', () => page.keyboard.press('Enter'), '#decided-title');
    await each('undo', () => page.keyboard.press('u'), '.claim');
    await page.keyboard.press('Escape');
    await page.locator('.claim').waitFor({ state: 'detached' });
    await each('next', () => page.keyboard.press('n'), '.queue-row');
    await page.keyboard.press('Escape');
  }
  for (const [id, times] of Object.entries(marks)) tell(`console.${id}`, times);
}

const WATCH = `(() => {
  const seen = { longest: 0, start: performance.now(), end: 0 };
  globalThis.seen = seen;
  new PerformanceObserver((list) => {
    for (const { duration, startTime } of list.getEntries())
      if (startTime >= seen.start) seen.longest = Math.max(seen.longest, duration);
  }).observe({ type: 'longtask' });
  document.addEventListener('change', () => { seen.start = performance.now(); });
  new MutationObserver(() => {
    const said = [...document.querySelectorAll('main [role=status]')].some(({ textContent }) => textContent !== '');
    if (seen.end === 0 && said && document.querySelector('main ul progress') === null) seen.end = performance.now();
  }).observe(document, { subtree: true, childList: true, characterData: true });
})()`;

async function benchPortal(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'reclaim-bench-'));
  const file = path.join(folder, 'large.jpg');
  writeFileSync(file, await jpegOf(landscape(51, 4000, 3000), 88));
  const walk = await portalWalk();
  try {
    const totals: number[] = [];
    const longest: number[] = [];
    const keys: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const { page } = await walk.open();
      await walkToProtect(page);
      await page.evaluate(WATCH);
      // As a file of the disk, like a person's: bytes handed over by a test would be decoded on the page's thread.
      await page.locator('input[type=file]').setInputFiles(file);
      await page.getByText(words.protect.done).waitFor();
      const seen = (await page.evaluate('seen')) as { longest: number; start: number; end: number };
      totals.push(seen.end - seen.start);
      longest.push(seen.longest);
      await press(page, words.protect.see);
      const began = performance.now();
      await press(page, words.leaves.agree);
      await page.locator('.code-words .group').first().waitFor();
      keys.push(performance.now() - began);
      await page.context().close();
    }
    tell('portal.fingerprint-12mp', totals);
    tell('portal.longest-task', longest);
    tell('portal.code', keys);
  } finally {
    await walk.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

await benchConsole();
await benchPortal();
const machine = { cpu: cpus()[0]?.model, cores: cpus().length, load: loadavg()[0] };
if (process.argv.includes('--json')) {
  console.log(
    JSON.stringify({ bench: 'two-doors', at: new Date().toISOString(), machine, figures }, null, 2),
  );
} else {
  console.log(`${machine.cores} × ${machine.cpu}, load ${machine.load?.toFixed(1)}; ${JOBS} jobs`);
  for (const { id, value, worst } of figures)
    console.log(`${id.padEnd(28)} ${value} ms, at worst ${worst} ms`);
}
process.exit(0);
