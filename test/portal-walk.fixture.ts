/**
 * A browser before the portal of a real node: what the walks of the person's door share. Every page is watched: what it
 * asks for, and what its console and its policy complain of.
 * @module
 */

import { existsSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { NodeOptions } from '@reclaim/service/node';
import { type TestNode, testNode } from '@reclaim/service/node.fixture';
import { en } from '@reclaim/web/ui/words/en';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** The words of the walks. */
export const words = en;

/** Where the system's Chromium stands. */
export function chromiumPath(): string {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const found = [
    process.env['CHROMIUM'],
    ...(process.env['PATH'] ?? '')
      .split(path.delimiter)
      .flatMap((folder) => names.map((name) => path.join(folder, name))),
  ].find((file) => file !== undefined && file !== '' && existsSync(file));
  if (found === undefined) throw new Error('no Chromium in CHROMIUM or PATH: npm run setup');
  return found;
}

/** How long a step of a walk may take on a machine that does other work too, in milliseconds: a hundred times what it takes. */
export const PATIENCE_MS = 120_000;

/** A page of the portal and what was seen of it. */
export type WatchedPage = {
  readonly page: Page;
  /** Every address that was asked for. */
  readonly asked: readonly { readonly url: string; readonly method: string; readonly body: string | null }[];
  /** Errors of the console, uncaught ones and breaches of the policy. */
  readonly complaints: readonly string[];
};

/** A node with a neutral page for its exit. */
export type PortalNode = {
  readonly node: TestNode;
  readonly url: string;
  /** The neutral page that the exit leads to: a server of another host, and what it was told. */
  readonly neutral: { readonly url: string; readonly referrers: readonly (string | undefined)[] };
  readonly end: () => Promise<void>;
};

/** A node, a browser, and pages on them. */
export type PortalWalk = PortalNode & {
  /** A watched page at `at`: a path of the node, or a whole address. */
  readonly open: (options?: BrowserContextOptions, at?: string) => Promise<WatchedPage>;
};

/** Starts a node whose exit leads to a neutral page. */
export async function portalNode(options: Partial<NodeOptions> = {}): Promise<PortalNode> {
  const referrers: (string | undefined)[] = [];
  const outside = http.createServer((request, response) => {
    if (request.url === '/') referrers.push(request.headers.referer);
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><html lang="en"><title>Weather</title><h1>Weather</h1>');
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  const exitUrl = `http://127.0.0.1:${(outside.address() as AddressInfo).port}/`;
  const node = await testNode({ exitUrl, ...options });
  return {
    node,
    url: node.node.url.replace('127.0.0.1', 'localhost'),
    neutral: { url: exitUrl, referrers },
    end: async () => {
      await node.end();
      outside.closeAllConnections();
      outside.close();
    },
  };
}

/** Starts both; `options` are the node's, `flags` the browser's. */
export async function portalWalk(
  options: Partial<NodeOptions> = {},
  flags: readonly string[] = [],
): Promise<PortalWalk> {
  const served = await portalNode(options);
  let browser: Browser;
  try {
    browser = await chromium.launch({
      executablePath: chromiumPath(),
      // S04 is about what comes back from the back/forward cache: it must be on, as it is for everybody.
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...flags],
    });
  } catch (error) {
    await served.end();
    throw error;
  }
  return {
    ...served,
    open: async (like = {}, at = '/') => {
      const context = await browser.newContext({ locale: 'en-GB', ...like });
      context.setDefaultTimeout(PATIENCE_MS);
      const page = await context.newPage();
      const asked: { url: string; method: string; body: string | null }[] = [];
      const complaints: string[] = [];
      page.on('request', (request) =>
        asked.push({ url: request.url(), method: request.method(), body: request.postData() }),
      );
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(new URL(at, served.url).href);
      return { page, asked, complaints };
    },
    end: async () => {
      await browser.close();
      await served.end();
    },
  };
}

/** Presses the button of these words. */
export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: false }).first().click();
}

/**
 * Whether a code stands in a text: two of its words or more. One alone may stand there by chance, in the middle of another word
 * ("o-rigina-l", "famili-es").
 */
export function holdsCode(text: string, code: string): boolean {
  return [...new Set(code.split(' '))].filter((word) => text.includes(word)).length > 1;
}

/** Walks from the first page to the choice of help, as an adult. */
export async function walkToNeeds(page: Page): Promise<void> {
  await press(page, words.start.now);
  await press(page, words.safety.goOn);
  await press(page, words.age.no);
  await page.getByRole('heading', { level: 1, name: words.needs.title }).waitFor();
}

/** Walks on to where pictures are chosen. */
export async function walkToProtect(page: Page): Promise<void> {
  await walkToNeeds(page);
  await press(page, words.needs.protect);
  await page.getByRole('heading', { level: 1, name: words.protect.title }).waitFor();
}
