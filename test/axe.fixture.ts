/**
 * What axe finds on a page (axe-core, WCAG 2.2 A and AA and its best practices), in light and in dark.
 *
 * A look at a screen is the dearest thing that a walk does, and there are hundreds. So axe comes once into each document,
 * runs where the page is (our pages have no frames, which is what a run in a page of its own would be for), and in dark is
 * asked about colours alone: the theme changes nothing else.
 * @module
 */

import { AxeBuilder } from '@axe-core/playwright';
import type { Page, Request } from 'playwright-core';

/** The rules that a change of colours can break. */
const RULES_OF_COLOUR = ['color-contrast', 'link-in-text-block'];

/** From here on the switch of languages stands in the head of every door, in pixels. */
const WIDE = 1024;

/** What to leave out of a look. */
export type AxeLook = {
  /** Only as the page is, where the other theme was seen already. */
  readonly asItIs?: boolean;
  /** For forced colours, which are the person's own and are not seen by axe. */
  readonly withoutColours?: boolean;
};

/**
 * What axe finds on the page, as sentences: rule, place and theme; none is good. The page is light afterwards, and still
 * has reduced motion: a colour on its way to the other theme is no colour of either.
 */
export async function axeFindings(page: Page, look: AxeLook = {}): Promise<string[]> {
  if (look.asItIs) return findingsOf(page, look, 'as it is');
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const found = await findingsOf(page, look, 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  found.push(...(await findingsOf(page, look, 'dark')));
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}

/**
 * The same in other languages too, in which the page is put where it stands: its own switch loses nothing of what was
 * reached. It is in its first language afterwards.
 */
export async function axeFindingsInAll(page: Page, others: readonly string[]): Promise<string[]> {
  const own = await page.evaluate(() => document.documentElement.lang);
  const found = await axeFindings(page);
  const fetching = new Set<Request>();
  const begun = (request: Request) => request.resourceType() === 'script' && fetching.add(request);
  const ended = (request: Request) => fetching.delete(request);
  page.on('request', begun).on('requestfinished', ended).on('requestfailed', ended);
  for (const language of [...others, own]) {
    const before = await page.locator('main').first().innerText();
    const size = page.viewportSize();
    // On a narrow screen the console keeps the switch among its settings.
    if (size !== null && size.width < WIDE) await page.setViewportSize({ ...size, width: WIDE });
    await page
      .locator('select')
      .filter({ has: page.locator('option', { hasText: 'español' }) })
      .first()
      .selectOption(language);
    if (size !== null && size.width < WIDE) await page.setViewportSize(size);
    await page.locator(`html[lang="${language}"]`).waitFor({ state: 'attached' });
    await page.waitForFunction((text) => document.querySelector('main')?.innerText !== text, before);
    // A screen's own words come after those of the page: asked for when the language stands, drawn when they are there.
    do await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
    while (fetching.size > 0);
    if (language === own) continue;
    for (const each of await axeFindings(page)) found.push(`${each}, ${language}`);
  }
  page.off('request', begun).off('requestfinished', ended).off('requestfailed', ended);
  return found;
}

async function findingsOf(page: Page, look: AxeLook, theme: string): Promise<string[]> {
  assertNoFrames(page);
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  const builder = new AxeBuilder({ page, ...(isThere ? { axeSource: ';' } : {}) }).setLegacyMode();
  const rules = look.withoutColours
    ? { rules: Object.fromEntries(RULES_OF_COLOUR.map((rule) => [rule, { enabled: false }])) }
    : {};
  const only =
    theme === 'dark' ? { runOnly: { type: 'rule', values: RULES_OF_COLOUR } as const } : ({} as const);
  const { violations } = await builder.options({ resultTypes: ['violations'], ...rules, ...only }).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id} at ${target.join(' ')}, ${theme}`),
  );
}

function assertNoFrames(page: Page): void {
  if (page.frames().length > 1) throw new Error('expected a page without frames: axe looks at one document');
}
