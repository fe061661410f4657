/**
 * Chromium for the walks through the console: where it is, pages that must not say anything on their console, and
 * pictures that are landscapes made by code.
 * @module
 */

import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { type Browser, chromium, type Page } from 'playwright-core';
import { jpegOf } from '../tools/altered-copies.ts';

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

/** What axe finds on the page as it is, in light and in dark, as sentences: rule and place. */
export async function axeFindings(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    found.push(
      ...violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target }) => `${id} at ${target.join(' ')}, ${colorScheme}`),
      ),
    );
  }
  return found;
}

/** A landscape made by code; another seed is another one. JPEG bytes. */
export function landscapeFile(seed: number): Promise<Buffer> {
  return jpegOf(landscape(seed, 800, 600), 82);
}
