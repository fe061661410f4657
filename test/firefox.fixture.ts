/**
 * Firefox by WebDriver BiDi (W3C), which it speaks itself on `--remote-debugging-port`: no driver beside it is needed.
 * @module
 */

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Driver } from './driver.fixture.ts';
import { ANSWER_MS, STEP_MS, until } from './driver.fixture.ts';

/** Preferences: what a profile of its own is set to. */
export type Preferences = Readonly<Record<string, boolean | number | string>>;

/** Firefox, and what only it can: allow a site to read canvases, as a person does who answers its question with yes. */
export type Firefox = Driver & { readonly allowCanvas: (origin: string) => Promise<void> };

/** Quiet: nothing of its own is fetched, asked or shown. Nothing that is set here touches how a page is kept or drawn. */
const QUIET: Preferences = {
  'remote.prefs.recommended': false,
  'app.update.enabled': false,
  'app.normandy.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'browser.newtabpage.enabled': false,
  'browser.region.network.url': '',
  'browser.safebrowsing.update.enabled': false,
  'captivedetect.canonicalURL': '',
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.systemAddon.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  // Files by their path, which only a driver has: a person chooses them in the browser's own dialog.
  'dom.file.createInChild': true,
  'services.settings.server': 'data:,none',
  'signon.autofillForms': false,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
  'intl.accept_languages': 'en-GB, en',
};

type Answer = {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
} & {
  readonly error?: string;
  readonly message?: string;
};

/** Starts Firefox, without a window, on a profile of its own. */
export async function startFirefox(program: string, preferences: Preferences): Promise<Firefox> {
  const profile = mkdtempSync(path.join(tmpdir(), 'reclaim-firefox-'));
  const lines = Object.entries({ ...QUIET, ...preferences }).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(path.join(profile, 'user.js'), lines.join('\n'));
  const process = spawn(
    program,
    [
      '--headless',
      '--no-remote',
      '--remote-allow-system-access',
      '--remote-debugging-port',
      '0',
      '--profile',
      profile,
    ],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...globalThis.process.env, MOZ_CRASHREPORTER_DISABLE: '1' },
    },
  );
  let said = '';
  process.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-20_000);
  });
  const stop = async () => {
    const ended = new Promise((resolve) => process.once('exit', resolve));
    if (process.exitCode === null && process.kill('SIGKILL')) await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  };
  try {
    const port = await until('the remote port of Firefox', STEP_MS, () => {
      if (process.exitCode !== null) throw new Error(`Firefox ended: ${said}`);
      return /WebDriver BiDi listening on (ws:\S+)/.exec(said)?.[1];
    });
    return await connect(`${port}/session`, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function connect(address: string, stop: () => Promise<void>): Promise<Firefox> {
  const socket = new WebSocket(address);
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error('the remote port of Firefox does not answer'));
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  const complaints: string[] = [];
  socket.onmessage = ({ data }) => {
    const answer: Answer = JSON.parse(String(data));
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
    else if (answer.method === 'log.entryAdded') {
      const { level, text } = answer.params as { level: string; text: string | null };
      if (level === 'error') complaints.push(text ?? '');
    }
  };
  let count = 0;
  const send = async (method: string, params: object = {}): Promise<unknown> => {
    count += 1;
    const id = count;
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    // A page that goes away in the middle may never answer.
    const late = setTimeout(
      () => reject(new Error(`${method}: no answer within ${ANSWER_MS / 1000} s`)),
      ANSWER_MS,
    );
    waiting.set(id, resolve);
    socket.send(JSON.stringify({ id, method, params }));
    const answer = await promise.finally(() => clearTimeout(late));
    waiting.delete(id);
    if (answer.error !== undefined) throw new Error(`${method}: ${answer.error}: ${answer.message}`);
    return answer.result;
  };
  const { capabilities } = (await send('session.new', { capabilities: {} })) as {
    capabilities: { browserName: string; browserVersion: string };
  };
  await send('session.subscribe', { events: ['log.entryAdded'] });
  const contextOf = async (scope: object) => {
    const { contexts } = (await send('browsingContext.getTree', scope)) as {
      contexts: { context: string }[];
    };
    return contexts[0]!.context;
  };
  const context = await contextOf({});
  const run = async (target: string, functionDeclaration: string): Promise<unknown> => {
    const answer = (await send('script.callFunction', {
      functionDeclaration,
      target: { context: target },
      awaitPromise: true,
      userActivation: false,
    })) as { type: string; result?: { value?: unknown }; exceptionDetails?: { text: string } };
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails?.text);
    return answer.result?.value;
  };
  const act = (type: string, id: string, actions: readonly object[]) =>
    send('input.performActions', { context, actions: [{ type, id, actions }] });
  return {
    version: `${capabilities.browserName} ${capabilities.browserVersion}`,
    complaints,
    go: async (url) => {
      // It does not say when a page stands that follows one out of the back/forward cache: so the page is asked.
      await send('browsingContext.navigate', { context, url, wait: 'none' });
      await until(`a page at ${url}`, STEP_MS, async () => {
        const stands = `() => location.href === ${JSON.stringify(url)} && document.readyState === 'complete'`;
        return (await run(context, stands).catch(() => false)) === true || undefined;
      });
    },
    ask: async (source) =>
      JSON.parse(String(await run(context, `async () => JSON.stringify((await (${source})()) ?? null)`))),
    pressAt: async (x, y) => {
      await act('pointer', 'pointer', [
        { type: 'pointerMove', x: Math.round(x), y: Math.round(y) },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ]);
    },
    keys: async (keys) => {
      await act(
        'key',
        'keys',
        keys.flatMap((value) => [
          { type: 'keyDown', value },
          { type: 'keyUp', value },
        ]),
      );
    },
    choose: async (selector, files) => {
      const { nodes } = (await send('browsingContext.locateNodes', {
        context,
        locator: { type: 'css', value: selector },
      })) as { nodes: { sharedId: string }[] };
      await send('input.setFiles', { context, element: { sharedId: nodes[0]!.sharedId }, files });
    },
    step: async (delta) => {
      // Nobody waits for the answer: the page that would give it goes. Past the end of the history there is nothing to go to.
      void send('browsingContext.traverseHistory', { context, delta }).catch(() => undefined);
      await pause(50);
    },
    look: async () => {
      const { data } = (await send('browsingContext.captureScreenshot', { context })) as { data: string };
      return Buffer.from(data, 'base64');
    },
    size: async (width, height) => {
      await send('browsingContext.setViewport', { context, viewport: { width, height } });
    },
    allowCanvas: async (origin) => {
      await run(
        await contextOf({ 'moz:scope': 'chrome' }),
        `() => { const { perms, scriptSecurityManager } = Services; const of = scriptSecurityManager.createContentPrincipalFromOrigin(${JSON.stringify(origin)}); perms.addFromPrincipal(of, 'canvas', perms.ALLOW_ACTION); }`,
      );
    },
    end: async () => {
      socket.close();
      await stop();
    },
  };
}
