/**
 * Firefox and WebKit, driven by the standards that they speak themselves: WebDriver BiDi (W3C, Firefox's own remote port) and
 * WebDriver (W3C, the WebKitWebDriver of WebKitGTK). Playwright drives builds of its own, which are not what people have;
 * here it is the browser that the system installs. Only what the walks need: go, ask the page, press, type, choose files,
 * Back, look.
 * @module
 */

import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Driver, STEP_MS, until } from './driver.fixture.ts';
import { startFirefox } from './firefox.fixture.ts';
import { startWebKit } from './webkit.fixture.ts';

/** A browser that may be there. */
export type OtherBrowser = {
  readonly name: string;
  /** What to install where it is missing. */
  readonly missing: string | undefined;
  readonly start: () => Promise<Driver>;
};

/** Where a program stands in PATH. */
export function programPath(...names: readonly string[]): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .flatMap((folder) => names.map((name) => path.join(folder, name)))
    .find((file) => existsSync(file));
}

const firefox = programPath('firefox-esr', 'firefox');
const webkit = programPath('WebKitWebDriver');
const noFirefox = firefox === undefined ? 'Firefox is not installed (Debian: firefox-esr)' : undefined;
const noWebKit =
  webkit === undefined || programPath('Xvfb') === undefined
    ? 'WebKitWebDriver or Xvfb is not installed (Debian: webkit2gtk-driver xvfb)'
    : undefined;

/** What Firefox becomes as Tor Browser's "Safer" sets it: noise for pixels, no WebAssembly, no compiler. */
const SAFER = {
  'privacy.resistFingerprinting': true,
  'javascript.options.wasm': false,
  'javascript.options.ion': false,
  'javascript.options.baselinejit': false,
  'javascript.options.native_regexp': false,
};

/** Firefox as it comes, in private windows, and hardened; and WebKit. */
export const OTHER_BROWSERS: readonly OtherBrowser[] = [
  { name: 'Firefox', missing: noFirefox, start: () => startFirefox(firefox!, {}) },
  {
    name: 'a private window of Firefox',
    missing: noFirefox,
    start: () => startFirefox(firefox!, { 'browser.privatebrowsing.autostart': true }),
  },
  {
    name: 'Firefox as Tor Browser’s Safer sets it',
    missing: noFirefox,
    start: () => startFirefox(firefox!, SAFER),
  },
  { name: 'WebKit', missing: noWebKit, start: () => startWebKit(webkit!) },
];

/** A page of another browser, with the waiting that a walk needs. */
export type OtherPage = {
  readonly driver: Driver;
  /** What a function of the page answers; it sees nothing but its arguments, which cross as JSON. */
  readonly ask: <A extends readonly unknown[], T>(fn: (...args: A) => T, ...args: A) => Promise<Awaited<T>>;
  /** Waits until a function of the page answers something. */
  readonly until: <A extends readonly unknown[], T>(
    what: string,
    fn: (...args: A) => T,
    ...args: A
  ) => Promise<NonNullable<Awaited<T>>>;
  readonly heading: (title: string) => Promise<void>;
  readonly text: (words: string) => Promise<void>;
  /** Presses the first visible button or link of these words, by the pointer. */
  readonly press: (name: string) => Promise<void>;
  /** Types into the field of a label. */
  readonly type: (label: string, text: string) => Promise<void>;
  /** Chooses in the list of a label. */
  readonly select: (label: string, value: string) => Promise<void>;
};

/** Wraps a driver. */
export function otherPage(driver: Driver): OtherPage {
  const ask: OtherPage['ask'] = async (fn, ...args) =>
    (await driver.ask(`async () => (${fn})(...${JSON.stringify(args)})`)) as never;
  const untilPage: OtherPage['until'] = (what, fn, ...args) =>
    // Between two pages there is none that could answer.
    until(what, STEP_MS, async () => (await ask(fn, ...args).catch(() => undefined)) ?? undefined) as never;
  /**
   * Presses what `find` answers the number of among the page's elements. A page may move between the look and the press; then
   * the press met something else, or nothing, and it is done again.
   */
  const pressWhere = async (what: string, find: (name: string) => Element | undefined, name: string) => {
    for (;;) {
      const [x, y] = (await until(
        `${what}: ${name}`,
        STEP_MS,
        async () =>
          (await driver
            .ask(`async () => {
            const found = (${find})(${JSON.stringify(name)});
            if (found === undefined) return;
            found.scrollIntoView({ block: 'center', behavior: 'instant' });
            await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
            const { x, y, width, height } = found.getBoundingClientRect();
            const place = [x + width / 2, y + height / 2];
            if (!found.contains(document.elementFromPoint(...place))) return;
            globalThis.aim = 'taken';
            found.addEventListener('click', () => { globalThis.aim = 'met'; }, { once: true, capture: true });
            return place;
          }`)
            .catch(() => undefined)) ?? undefined,
      )) as readonly [number, number];
      await driver.pressAt(x, y);
      // Without an answer, or with none of our marks, the page is already another.
      const met = await ask(() => (globalThis as { aim?: string }).aim).catch(() => undefined);
      if (met !== 'taken') return;
    }
  };
  return {
    driver,
    ask,
    until: untilPage,
    heading: async (title) => {
      await untilPage(
        `the screen: ${title}`,
        (wanted) => document.querySelector('h1')?.textContent === wanted || undefined,
        title,
      );
    },
    text: async (words) => {
      await untilPage(
        `the words: ${words}`,
        (wanted) => document.body.innerText.includes(wanted) || undefined,
        words,
      );
    },
    press: (name) =>
      pressWhere(
        'a button',
        (wanted) =>
          [...document.querySelectorAll<HTMLElement>('button, a, summary')].find((each) => {
            const named = each.getAttribute('aria-label') ?? each.textContent ?? '';
            const isOff = each.matches(':disabled, [aria-disabled=true]');
            return named.includes(wanted) && each.getClientRects().length > 0 && !isOff;
          }),
        name,
      ),
    type: async (label, text) => {
      await pressWhere(
        'a field',
        (wanted) =>
          [...document.querySelectorAll('label')].find((each) => each.textContent?.trim().startsWith(wanted))
            ?.control ?? undefined,
        label,
      );
      await driver.keys([...text]);
    },
    select: async (label, value) => {
      await untilPage(
        `the list: ${label}`,
        (wanted, chosen) => {
          const of = [...document.querySelectorAll('label')].find((each) =>
            each.textContent?.trim().startsWith(wanted),
          );
          if (!(of?.control instanceof HTMLSelectElement)) return undefined;
          of.control.value = chosen;
          of.control.dispatchEvent(new Event('change', { bubbles: true }));
          return true;
        },
        label,
        value,
      );
    },
  };
}
