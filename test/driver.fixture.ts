/**
 * What the walks in browsers other than Chromium ask of one: go, ask the page, press, type, choose files, Back, look.
 * `firefox.fixture.ts` and `webkit.fixture.ts` do it, each by the standard that its browser speaks.
 * @module
 */

/** What a driver does. */
export type Driver = {
  /** The browser's own name and version. */
  readonly version: string;
  readonly go: (url: string) => Promise<void>;
  /** Runs the source of a function in the page and answers its value, by way of JSON; promises are awaited. */
  readonly ask: (source: string) => Promise<unknown>;
  /** A press of the pointer at a place of the window, in CSS pixels. */
  readonly pressAt: (x: number, y: number) => Promise<void>;
  /** Keys one after another: characters, or the WebDriver code points of others. */
  readonly keys: (keys: readonly string[]) => Promise<void>;
  readonly choose: (selector: string, files: readonly string[]) => Promise<void>;
  /** One step in the history, as the browser's own buttons take it. */
  readonly step: (by: -1 | 1) => Promise<void>;
  /** A PNG of the window. */
  readonly look: () => Promise<Buffer>;
  readonly size: (width: number, height: number) => Promise<void>;
  /** What the browser's console complained of, where it tells; breaches of the policy among it. */
  readonly complaints: readonly string[];
  readonly end: () => Promise<void>;
};

/** How long one step may take, in milliseconds: without a compiler, keys from a code take minutes. */
export const STEP_MS = 300_000;

/** How long a browser may take to answer its driver, in milliseconds. */
export const ANSWER_MS = 30_000;

/** What `look` answers, asked until it is something; an error that names what was waited for where it does not come. */
export async function until<T>(
  what: string,
  ms: number,
  look: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (Date.now() > end) throw new Error(`waited ${ms / 1000} s in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
