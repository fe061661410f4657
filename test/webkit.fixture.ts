/**
 * WebKit by WebDriver (W3C, 2018), which WebKitGTK's WebKitWebDriver speaks: the engine of Safari, in the small browser that
 * comes with it, on a screen that nobody sees (Xvfb).
 * @module
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import type { Driver } from './driver.fixture.ts';
import { ANSWER_MS, STEP_MS, until } from './driver.fixture.ts';
import { freePort } from './free-port.fixture.ts';

/** WebDriver §12.2: what an element is called in JSON. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** Starts WebKit's driver, a screen and the browser. */
export async function startWebKit(program: string): Promise<Driver> {
  const binary = globSync('/usr/{lib,libexec}/{*/,}webkit2gtk-4*/MiniBrowser')[0];
  if (binary === undefined) throw new Error('expected MiniBrowser beside WebKitWebDriver');
  // `-displayfd`: it takes a screen that is free, and says which.
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1500x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [number] = (await once(screen.stdio[3]!, 'data')) as [Buffer];
  const port = await freePort();
  const driver = spawn(program, [`--port=${port}`], {
    stdio: 'ignore',
    detached: true,
    env: {
      ...process.env,
      DISPLAY: `:${number.toString().trim()}`,
      GDK_BACKEND: 'x11',
      LIBGL_ALWAYS_SOFTWARE: '1',
      LANG: 'C.UTF-8',
      // Its sandbox needs namespaces that a container may not have.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    },
  });
  const stop = () => {
    // Its own group: the browser it began goes with it.
    if (driver.exitCode === null) process.kill(-driver.pid!, 'SIGKILL');
    screen.kill('SIGKILL');
  };
  try {
    return await connect(`http://127.0.0.1:${port}`, binary, stop);
  } catch (error) {
    stop();
    throw error;
  }
}

async function request(url: string, method: string, body?: object): Promise<unknown> {
  // A page that goes away in the middle may never answer.
  const signal = AbortSignal.timeout(ANSWER_MS);
  const answer = await fetch(url, {
    method,
    signal,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { value } = (await answer.json()) as { value: unknown };
  if (!answer.ok) {
    const { error, message } = value as { error: string; message: string };
    throw new Error(`${new URL(url).pathname.replace(/.*\/session\/[^/]*/, '')}: ${error}: ${message}`);
  }
  return value;
}

async function connect(url: string, binary: string, stop: () => void): Promise<Driver> {
  await until('the driver of WebKit', STEP_MS, () => request(`${url}/status`, 'GET').catch(() => undefined));
  const { sessionId, capabilities } = (await request(`${url}/session`, 'POST', {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } } },
  })) as { sessionId: string; capabilities: { browserName: string; browserVersion: string } };
  const of = (path: string, body: object = {}) =>
    request(`${url}/session/${sessionId}/${path}`, 'POST', body);
  const act = async (type: string, id: string, actions: readonly object[]) => {
    await of('actions', { actions: [{ type, id, actions }] });
  };
  return {
    version: `WebKitGTK ${capabilities.browserVersion}`,
    complaints: [],
    go: async (to) => {
      await of('url', { url: to });
    },
    ask: async (source) => {
      const script = `const done = arguments[arguments.length - 1]; Promise.resolve().then(${source}).then((value) => done(JSON.stringify({ value: value ?? null })), (error) => done(JSON.stringify({ error: String(error) })));`;
      const { value, error } = JSON.parse(String(await of('execute/async', { script, args: [] })));
      if (error !== undefined) throw new Error(error);
      return value;
    },
    pressAt: (x, y) =>
      act('pointer', 'pointer', [
        { type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0 },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ]),
    keys: (keys) =>
      act(
        'key',
        'keys',
        keys.flatMap((value) => [
          { type: 'keyDown', value },
          { type: 'keyUp', value },
        ]),
      ),
    choose: async (selector, files) => {
      const found = (await of('element', { using: 'css selector', value: selector })) as Record<
        string,
        string
      >;
      await of(`element/${found[ELEMENT]}/value`, { text: files.join('\n') });
    },
    step: async (by) => {
      await of(by === -1 ? 'back' : 'forward');
    },
    look: async () =>
      Buffer.from((await request(`${url}/session/${sessionId}/screenshot`, 'GET')) as string, 'base64'),
    size: async (width, height) => {
      await of('window/rect', { x: 0, y: 0, width, height });
    },
    end: async () => {
      await request(`${url}/session/${sessionId}`, 'DELETE').catch(() => undefined);
      stop();
    },
  };
}
