import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';
import { after, test } from 'node:test';
import { scratchDirectory } from '@reclaim/store/embedded-scratch.fixture';
import { testNode } from './node.fixture.ts';
import { encodingFor } from './web-files.ts';

const scratch = scratchDirectory();
const dist = path.join(scratch.path, 'dist');
const written: Readonly<Record<string, string>> = {
  'portal/index.html': '<!doctype html><title>Portal</title>',
  'console/index.html': '<!doctype html><title>Console</title>',
  'help/index.html': '<!doctype html><title>Help</title>',
  'help/es/index.html': '<!doctype html><title>Ayuda</title>',
  'help/phone.html': '<!doctype html><title>Phone</title>',
  'assets/portal-1a2b3c.js': `export const words = "${'word '.repeat(200)}";`,
  'assets/portal-1a2b3c.js.map': '{}',
  'assets/pdq-1a2b3c.wasm': '\0asm',
  'robots.txt': 'User-agent: *\nDisallow: /\n',
};
for (const [name, text] of Object.entries(written)) {
  await mkdir(path.dirname(path.join(dist, name)), { recursive: true });
  await writeFile(path.join(dist, name), text);
}
const { node, ask, end } = await testNode({ webDir: dist, exitUrl: 'https://weather.example/today' });
const bare = await testNode({ webDir: path.join(scratch.path, 'nowhere') });
after(async () => {
  await end();
  await bare.end();
  scratch[Symbol.dispose]();
});

/** Asks with the path as it stands: fetch would resolve `..` itself. */
function raw(method: string, url: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown> }>((resolve, reject) => {
    const asked = request({ port: node.port, host: 'localhost', method, path: url, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers }));
    });
    asked.on('error', reject).end();
  });
}

test('S13: every page bears no-store, no-referrer, isolation, and a policy that opens nothing', async () => {
  for (const [url, title] of [
    ['/', 'Portal'],
    ['/console', 'Console'],
    ['/help', 'Help'],
    ['/help/es', 'Ayuda'],
    ['/help/phone', 'Phone'],
  ] as const) {
    const { status, headers, text } = await ask('GET', url);
    assert.equal(status, 200, url);
    assert.match(text, new RegExp(`<title>${title}`));
    assert.equal(headers.get('content-type'), 'text/html; charset=utf-8');
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
    assert.equal(headers.get('x-frame-options'), 'DENY');
    assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin');
    assert.equal(headers.get('cross-origin-embedder-policy'), 'require-corp');
    assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin');
    assert.equal(headers.get('set-cookie'), null);
    const policy = headers.get('content-security-policy')!;
    for (const rule of [
      "default-src 'none'",
      "frame-ancestors 'none'",
      "form-action 'none'",
      'trusted-types reclaim',
    ]) {
      assert.ok(policy.includes(rule), rule);
    }
    assert.doesNotMatch(policy, /'unsafe-inline'|'unsafe-eval'|https?:/);
    for (const feature of headers.get('permissions-policy')!.split(', ')) {
      assert.match(feature, /=\(\)$|^publickey-credentials-(get|create)=\(self\)$/);
    }
  }
});

test('hashed assets are kept for good, compressed, with the types that a worker needs', async () => {
  const { headers, text } = await ask('GET', '/assets/portal-1a2b3c.js', {
    headers: { 'accept-encoding': 'br, gzip' },
  });
  assert.equal(headers.get('content-type'), 'text/javascript; charset=utf-8');
  assert.equal(headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.equal(headers.get('content-encoding'), 'br');
  assert.equal(text, written['assets/portal-1a2b3c.js']);
  // A worker takes the policy of its own file: without it, its WebAssembly would be refused.
  assert.match(headers.get('content-security-policy') ?? '', /wasm-unsafe-eval/);
  const gzip = await ask('GET', '/assets/portal-1a2b3c.js', { headers: { 'accept-encoding': 'gzip' } });
  assert.equal(gzip.headers.get('content-encoding'), 'gzip');
  assert.equal(gzip.text, text);
  const wasm = await ask('GET', '/assets/pdq-1a2b3c.wasm', { headers: { 'accept-encoding': 'identity' } });
  assert.equal(wasm.headers.get('content-type'), 'application/wasm');
  assert.equal(wasm.headers.get('content-encoding'), null);
});

test('no path leads out of the folder, and source maps are not served', async () => {
  for (const url of [
    '/assets/../portal/index.html',
    '/assets/%2e%2e/portal/index.html',
    '/help/../../package.json',
    '/help/%2e%2e%2fportal%2findex.html',
    '/assets/portal-1a2b3c.js.map',
    '/assets/',
    '/portal/index.html',
  ]) {
    assert.equal((await raw('GET', url)).status, 404, url);
  }
});

test('S07: the way out clears what is here, leads to the page that was configured, and sends no referrer', async () => {
  const { status, headers } = await raw('GET', '/exit');
  assert.equal(status, 303);
  assert.equal(headers['location'], 'https://weather.example/today');
  assert.equal(headers['clear-site-data'], '"cache", "cookies", "storage"');
  assert.equal(headers['referrer-policy'], 'no-referrer');
  assert.equal(headers['cache-control'], 'no-store');
});

test('the beacon of a page that goes away is answered whatever it carries', async () => {
  for (const how of [{}, { body: 'bye' }, { json: {} }, { body: new URLSearchParams({ a: 'b' }) }]) {
    const { status, headers } = await ask('POST', '/exit', how);
    assert.equal(status, 204);
    assert.equal(headers.get('clear-site-data'), '"cache", "cookies", "storage"');
  }
});

test('another site cannot clear this one by a link to the way out', async () => {
  const { status, headers } = await raw('GET', '/exit', { 'sec-fetch-site': 'cross-site' });
  assert.equal(status, 303);
  assert.equal(headers['clear-site-data'], undefined);
});

test('there is always an icon, and it says nothing', async () => {
  for (const one of [ask, bare.ask]) {
    const { status, headers, text } = await one('GET', '/favicon.ico');
    assert.equal(status, 200);
    assert.equal(headers.get('content-type'), 'image/svg+xml');
    assert.doesNotMatch(text, /reclaim/i);
  }
});

test('without built pages the interface works and the page says what to run', async () => {
  for (const url of ['/', '/console', '/help']) {
    const { status, text } = await bare.ask('GET', url);
    assert.equal(status, 200);
    assert.match(text, /npm start/);
  }
  assert.equal((await bare.ask('GET', '/health')).status, 200);
});

test('an encoding that was refused is not sent', () => {
  assert.equal(encodingFor(undefined), 'identity');
  assert.equal(encodingFor('br;q=0, gzip'), 'gzip');
  assert.equal(encodingFor('deflate, GZIP;q=0.5, br;q=1.0'), 'br');
  assert.equal(encodingFor('br;q=0, gzip;q=0.0'), 'identity');
});
