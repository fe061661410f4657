import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { hostileSite } from '../hostile-site.fixture.ts';
import {
  type Fetched,
  type GuardedRules,
  guardedFetch,
  isFetchable,
  MOST_REDIRECTS,
  MOST_WAIT_MS,
} from './guarded-fetch.ts';

const { here, port, asked, end } = await hostileSite({
  '/page': (response) =>
    response
      .writeHead(200, {
        'content-type': 'Text/HTML; Charset="UTF-8"',
        etag: '"one"',
        'last-modified': 'Thu, 26 Nov 2026 10:00:00 GMT',
        'set-cookie': 'trace=1; Path=/',
      })
      .end('page'),
  '/since': (response, _url, request) =>
    request.headers['if-none-match'] === '"one"'
      ? response.writeHead(304).end()
      : response.writeHead(200).end('anew'),
  '/to': (response, url) => response.writeHead(302, { location: url.searchParams.get('to') ?? '' }).end(),
  '/round': (response) => response.writeHead(301, { location: '/round' }).end(),
  '/down': (response, url) => {
    const left = Number(url.searchParams.get('n'));
    const location = left === 0 ? '/page' : `/down?n=${left - 1}`;
    response.writeHead(307, { location }).end();
  },
  '/status': (response, url) => {
    const retryAfter = url.searchParams.get('after');
    response
      .writeHead(Number(url.searchParams.get('of')), retryAfter === null ? {} : { 'retry-after': retryAfter })
      .end('an error page that nobody reads');
  },
  '/gzip': (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('unpacked')),
  '/bomb': (response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(8 * 1024 * 1024))),
  '/torn': (response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('unpacked').subarray(0, 12)),
  '/brotli': (response) => response.writeHead(200, { 'content-encoding': 'br' }).end('bytes'),
  '/drip': (response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write('b'), 20);
    response.on('close', () => clearInterval(drip));
  },
  '/odd-type': (response) => response.writeHead(200, { 'content-type': 'text/html<script>' }).end('x'),
});
after(end);

const base: GuardedRules = {
  userAgent: 'ReclaimMonitor/0.1 (+https://node.example/contact)',
  accept: 'text/html',
  mostBytes: 4 * 1024 * 1024,
  allowed: async () => 'allowed',
  testHosts: [`127.0.0.1:${port}`],
};

/** Why nothing came, with a resolver that answers these addresses and without the allowance of tests. */
async function refused(address: string, answers: readonly string[] = []): Promise<string> {
  const resolve = async () => answers.map((each) => ({ address: each, family: each.includes(':') ? 6 : 4 }));
  const fetched = await guardedFetch(address, { ...base, testHosts: [], resolve, timeMs: 3_000 });
  return fetched.ok ? 'fetched' : fetched.reason;
}

function status(fetched: Fetched): number | string {
  return fetched.ok ? fetched.status : fetched.reason;
}

const INWARD = [
  '127.0.0.1',
  '10.0.0.8',
  '172.16.4.4',
  '192.168.1.1',
  '169.254.169.254',
  '168.63.129.16',
  '100.64.0.1',
  '100.100.100.200',
  '192.0.0.192',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '198.18.0.1',
  '::1',
  '::',
  '::ffff:10.0.0.8',
  '::ffff:7f00:1',
  '::7f00:1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::a00:1',
  '2001:0:1::1',
  '2002:7f00:1::',
  'fd00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fec0::1',
  'ff02::1',
  '100::1',
  '2001:db8::1',
] as const;

test('a page is fetched with nothing of whoever wants it, under the name of the node and how to reach its operator', async () => {
  const fetched = await guardedFetch(`${here}/page#part`, base);
  assert.ok(fetched.ok);
  assert.equal(Buffer.from(fetched.bytes).toString(), 'page');
  assert.deepEqual(
    [fetched.status, fetched.contentType, fetched.charset, fetched.received],
    [200, 'text/html', 'utf-8', 4],
  );
  assert.deepEqual(fetched.validators, { etag: '"one"', modified: 'Thu, 26 Nov 2026 10:00:00 GMT' });
  const { path, headers } = asked.at(-1)!;
  assert.equal(path, '/page');
  assert.equal(headers['user-agent'], base.userAgent);
  assert.deepEqual(Object.keys(headers).toSorted(), [
    'accept',
    'accept-encoding',
    'connection',
    'host',
    'user-agent',
  ]);
  // A cookie that was set is not given back.
  await guardedFetch(`${here}/page`, base);
  assert.equal(asked.at(-1)!.headers.cookie, undefined);
});

test('only http and https, only the ports 80 and 443, no name or password, no onion', async () => {
  for (const address of [
    'ftp://photos.example/p',
    'file:///etc/passwd',
    'data:text/html,x',
    'javascript:alert(1)',
    'gopher://photos.example/',
    'http://photos.example:8080/',
    'https://photos.example:22/',
    'http://photos.example:6379/',
    'https://user:word@photos.example/',
    'https://user@photos.example/',
    'http://abcdefghij.onion/',
    'http://abcdefghij.onion./',
    'nonsense',
    '',
  ]) {
    assert.equal(await refused(address, ['93.184.215.14']), 'address', address);
    assert.equal(isFetchable(address), false, address);
  }
  for (const address of [
    'http://photos.example/',
    'https://photos.example:443/',
    'http://photos.example:443/',
  ])
    assert.equal(isFetchable(address), true, address);
});

test('an address of this machine, its networks or its cloud is not gone to, however it is written', async () => {
  const before = asked.length;
  for (const address of INWARD) {
    const host = address.includes(':') ? `[${address}]` : address;
    assert.equal(await refused(`http://${host}/`), 'address', host);
  }
  for (const host of [
    '127.1',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '017700000001',
    '0xa9fea9fe',
    '2852039166',
    '0251.0376.0251.0376',
    '[::ffff:127.0.0.1]',
    '[::ffff:169.254.169.254]',
    '[0:0:0:0:0:ffff:7f00:0001]',
    '１２７.０.０.１',
  ])
    assert.equal(await refused(`http://${host}/`), 'address', host);
  assert.equal(asked.length, before);
});

test('a name that leads inwards, even with one of its addresses, is not gone to', async () => {
  const before = asked.length;
  for (const inward of INWARD) {
    assert.equal(await refused('http://photos.example/', [inward]), 'address', inward);
    assert.equal(await refused('https://photos.example/', ['93.184.215.14', inward]), 'address', inward);
  }
  for (const host of ['localhost', 'localhost.', 'intranet', 'metadata'])
    assert.equal(await refused(`http://${host}/`, ['127.0.0.1']), 'address', host);
  assert.equal(await refused('http://photos.example/', []), 'unreachable');
  assert.equal(await refused('http://photos.example/', ['no address']), 'address');
  assert.equal(asked.length, before);
});

test('DNS rebinding: a name is resolved once for each address, and the connection goes to what was judged', async () => {
  let questions = 0;
  const resolve = async () => {
    questions++;
    // A second question would be answered with an address where nothing listens.
    return [{ address: questions === 1 ? '127.0.0.1' : '127.255.255.254', family: 4 }];
  };
  const testHosts = [`photos.example:${port}`];
  const fetched = await guardedFetch(`http://photos.example:${port}/page`, { ...base, resolve, testHosts });
  assert.equal(status(fetched), 200);
  assert.equal(questions, 1);
  assert.equal(asked.at(-1)!.headers.host, `photos.example:${port}`);
});

test('every redirect is judged as the first address was: a 302 to the metadata address, or to any other, ends it', async () => {
  for (const to of [
    'http://169.254.169.254/latest/meta-data/',
    'http://[::ffff:127.0.0.1]/',
    'http://[fd00:ec2::254]/',
    'http://2130706433/',
    'http://photos.example:8080/',
    'http://user:word@photos.example/',
    'file:///etc/passwd',
    'ftp://photos.example/',
    '//10.0.0.8/',
  ]) {
    const before = asked.length;
    const fetched = await guardedFetch(`${here}/to?to=${encodeURIComponent(to)}`, base);
    assert.deepEqual(fetched, { ok: false, reason: 'address' }, to);
    assert.equal(asked.length, before + 1);
  }
  // And a name that leads inwards.
  const resolve = async () => [{ address: '169.254.169.254', family: 4 }];
  const to = encodeURIComponent('http://photos.example/');
  assert.deepEqual(await guardedFetch(`${here}/to?to=${to}`, { ...base, resolve }), {
    ok: false,
    reason: 'address',
  });
});

test('five redirects are followed and six are not, and each is asked about before it is gone to', async () => {
  const seen: string[] = [];
  const allowed = async (url: URL) => {
    seen.push(url.pathname + url.search);
    return 'allowed' as const;
  };
  const fetched = await guardedFetch(`${here}/down?n=${MOST_REDIRECTS - 1}`, { ...base, allowed });
  assert.ok(fetched.ok);
  assert.equal(fetched.url.pathname, '/page');
  assert.equal(seen.length, MOST_REDIRECTS + 1);
  assert.equal(status(await guardedFetch(`${here}/down?n=${MOST_REDIRECTS}`, base)), 'redirects');
  assert.equal(status(await guardedFetch(`${here}/round`, base)), 'redirects');
  const before = asked.length;
  const refusing: GuardedRules = {
    ...base,
    allowed: async (url) => (url.pathname === '/page' ? 'disallowed' : 'allowed'),
  };
  assert.equal(status(await guardedFetch(`${here}/down?n=0`, refusing)), 'disallowed');
  assert.equal(asked.length, before + 1);
  const unknown: GuardedRules = { ...base, allowed: async () => 'unreachable' };
  assert.equal(status(await guardedFetch(`${here}/page`, unknown)), 'unreachable');
});

test('a gzip bomb, an unknown coding, a torn one, and a body longer than its limit are refused', async () => {
  const plain = await guardedFetch(`${here}/gzip`, base);
  assert.ok(plain.ok);
  assert.equal(Buffer.from(plain.bytes).toString(), 'unpacked');
  assert.notEqual(plain.received, plain.bytes.length);
  // By its length, and, where that would be allowed, by how much came of how little.
  assert.equal(status(await guardedFetch(`${here}/bomb`, base)), 'too-large');
  assert.equal(status(await guardedFetch(`${here}/bomb`, { ...base, mostBytes: 2 ** 30 })), 'too-large');
  assert.equal(status(await guardedFetch(`${here}/torn`, base)), 'unreachable');
  assert.equal(status(await guardedFetch(`${here}/brotli`, base)), 'coded');
  assert.equal(status(await guardedFetch(`${here}/promised`, base)), 'too-large');
  assert.equal(status(await guardedFetch(`${here}/endless`, base)), 'too-large');
});

test('an answer that drips, stalls, never comes, breaks or changes the protocol is left', async () => {
  assert.equal(status(await guardedFetch(`${here}/drip`, { ...base, timeMs: 200 })), 'too-slow');
  for (const path of ['/stall', '/silent'])
    assert.equal(status(await guardedFetch(here + path, { ...base, silenceMs: 100 })), 'too-slow', path);
  assert.equal(status(await guardedFetch(`${here}/broken`, base)), 'unreachable');
  assert.equal(status(await guardedFetch(`${here}/upgrade`, base)), 'unreachable');
  const never = () => new Promise<never>(() => undefined);
  const slow = { ...base, resolve: never, timeMs: 50 };
  assert.equal(status(await guardedFetch('http://photos.example/', slow)), 'too-slow');
  const stop = AbortSignal.abort();
  assert.equal(status(await guardedFetch(`${here}/page`, { ...base, stop })), 'unreachable');
});

test('an answer as before has no body, and the page of an error is not read', async () => {
  const since = { etag: '"one"', modified: '' };
  const same = await guardedFetch(`${here}/since`, { ...base, since });
  assert.ok(same.ok);
  assert.deepEqual([same.status, same.bytes.length], [304, 0]);
  assert.equal(asked.at(-1)!.headers['if-modified-since'], undefined);
  const gone = await guardedFetch(`${here}/status?of=404`, base);
  assert.ok(gone.ok);
  assert.deepEqual([gone.status, gone.bytes.length, gone.received], [404, 0, 0]);
});

test('Retry-After is read in seconds and as a date, and believed for a day at most', async () => {
  const wait = async (text: string) => {
    const fetched = await guardedFetch(`${here}/status?of=429&after=${encodeURIComponent(text)}`, base);
    assert.ok(fetched.ok);
    return fetched.waitMs;
  };
  assert.equal(await wait('120'), 120_000);
  assert.equal(await wait('999999999'), MOST_WAIT_MS);
  assert.equal(await wait('soon'), 0);
  assert.equal(await wait('-5'), 0);
  const far = await wait('Fri, 01 Jan 2100 00:00:00 GMT');
  assert.equal(far, MOST_WAIT_MS);
});

test('a content type that is none is not kept', async () => {
  const fetched = await guardedFetch(`${here}/odd-type`, base);
  assert.ok(fetched.ok);
  assert.equal(fetched.contentType, '');
});
