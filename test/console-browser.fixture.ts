/**
 * Chromium for the walks through the console: where it is, pages that must not say anything on their console, and
 * pictures that are landscapes made by code.
 * @module
 */

import { landscape } from '@reclaim/raster/landscape.fixture';
import { type Browser, chromium, type Page } from 'playwright-core';
import { jpegOf } from '../tools/altered-copies.ts';
import { chromiumPath, PATIENCE_MS } from './portal-walk.fixture.ts';

/** Starts Chromium. @throws {Error} that names the package when there is none */
export async function startChromium(): Promise<Browser> {
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: chromiumPath(), args });
}

/**
 * Words that a page said on its console or threw; a walk ends by asserting that there are none. The page is given time for
 * each step: the machine may do other work too.
 */
export function listenToPage(page: Page): string[] {
  page.setDefaultTimeout(PATIENCE_MS);
  const said: string[] = [];
  page.on('pageerror', (error) => said.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) said.push(message.text());
  });
  return said;
}

/** A landscape made by code; another seed is another one. JPEG bytes. */
export function landscapeFile(seed: number): Promise<Buffer> {
  return jpegOf(landscape(seed, 800, 600), 82);
}
