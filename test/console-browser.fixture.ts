/**
 * Chromium for the walks through the console: where it is, pages that must not say anything on their console, and
 * pictures that are landscapes made by code.
 * @module
 */

import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Starts Chromium. @throws {Error} that names the package when there is none */
export async function startChromium(): Promise<Browser> {
  const executablePath = [process.env['CHROMIUM'], ...PLACES].find(
    (place) => place !== undefined && existsSync(place),
  );
  if (executablePath === undefined) throw new Error('no Chromium: install the package "chromium"');
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args });
}

/** Words that a page said on its console or threw; a walk ends by asserting that there are none. */
export function listenToPage(page: Page): string[] {
  const said: string[] = [];
  page.on('pageerror', (error) => said.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) said.push(message.text());
  });
  return said;
}

/** What axe finds on the page as it is, as sentences: rule and place. */
export async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(' ')}`));
}

/** A landscape of hills under a sky, drawn by code; `seed` moves the hills. JPEG bytes. */
export async function landscape(seed: number): Promise<Buffer> {
  const hill = (n: number, base: number, fill: string) => {
    const points = Array.from({ length: 41 }, (_, i) => {
      const y = base + 60 * Math.sin(i / (3 + n) + seed * (n + 1)) + 25 * Math.sin(i / 1.7 + seed + n);
      return `${i * 20},${y.toFixed(1)}`;
    });
    return `<polygon points="0,600 ${points.join(' ')} 800,600" fill="${fill}"/>`;
  };
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600">
    <defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="#7fb2d9"/><stop offset="1" stop-color="#f6e3c2"/></linearGradient></defs>
    <rect width="800" height="600" fill="url(#sky)"/><circle cx="${140 + ((seed * 97) % 500)}" cy="120" r="46" fill="#fff3d0"/>
    ${hill(2, 330, '#7f9f8d')}${hill(1, 410, '#5d8268')}${hill(0, 490, '#38583f')}</svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 82 }).toBuffer();
}
