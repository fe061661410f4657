import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hostileSite } from './hostile-site.fixture.ts';
import { fetchPreview, type PreviewRules } from './preview-fetch.ts';

const { here, port, asked, end } = await hostileSite({
  '/picture': (response) => response.end('bytes'),
  '/moved': (response) => response.writeHead(302, { location: '/picture' }).end(),
  '/partial': (response) => response.writeHead(206).end('bytes'),
  '/gone': (response) => response.writeHead(404).end('bytes'),
  '/coded': (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('bytes'),
});
after(end);

const named: PreviewRules = { hosts: [`127.0.0.1:${port}`], mostBytes: 100_000 };

/** The reason why nothing came of an address, with a resolver that answers these addresses. */
async function refused(address: string, answers: readonly string[] = [], hosts: readonly string[] = []) {
  const resolve = async () => answers.map((each) => ({ address: each, family: each.includes(':') ? 6 : 4 }));
  const preview = await fetchPreview(address, { hosts, resolve, timeMs: 2_000 });
  return preview.ok ? 'fetched' : preview.reason;
}

test('a named host answers its bytes, and is told nothing of whoever looks', async () => {
  const preview = await fetchPreview(`${here}/picture?token=1`, named);
  assert.ok(preview.ok);
  assert.equal(Buffer.from(preview.bytes).toString(), 'bytes');
  const { path, headers } = asked.at(-1)!;
  assert.equal(path, '/picture?token=1');
  assert.deepEqual(Object.keys(headers).toSorted(), ['accept', 'accept-encoding', 'connection', 'host']);
});

test('an address of this machine or its networks is not gone to, however it is written', async () => {
  const before = asked.length;
  for (const host of [
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '0.0.0.0',
    '0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[fe80::1]',
    '[fd00::1]',
    '[ff02::1]',
    '10.0.0.8',
    '172.16.4.4',
    '192.168.1.1',
    '169.254.169.254',
    '0xa9fea9fe',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
  ]) {
    assert.equal(await refused(`http://${host}:${port}/picture`), 'address', host);
  }
  assert.equal(asked.length, before);
});

test('a name that leads inwards, even with one of its addresses, is not gone to', async () => {
  const before = asked.length;
  const address = `http://photos.example:${port}/picture`;
  for (const inward of ['127.0.0.1', '10.0.0.8', '169.254.169.254', '::1', 'fd00::1', '::ffff:10.0.0.8']) {
    assert.equal(await refused(address, [inward]), 'address', inward);
    assert.equal(await refused(address, ['93.184.215.14', inward]), 'address', inward);
  }
  assert.equal(await refused(`http://localhost:${port}/picture`, ['127.0.0.1']), 'address');
  assert.equal(await refused(address, ['not an address']), 'address');
  assert.equal(await refused(address, []), 'unreachable');
  assert.equal(asked.length, before);
});

test('a name is resolved once, and the connection goes to what was judged', async () => {
  let questions = 0;
  const resolve = async () => {
    questions++;
    // A second question would be answered with an address where nothing listens.
    return [{ address: questions === 1 ? '127.0.0.1' : '127.255.255.254', family: 4 }];
  };
  const rules = { hosts: [`photos.example:${port}`], resolve };
  const preview = await fetchPreview(`http://photos.example:${port}/picture`, rules);
  assert.equal(preview.ok, true);
  assert.equal(questions, 1);
  assert.equal(asked.at(-1)!.headers.host, `photos.example:${port}`);
});

test('where a name has several addresses, one that does not answer is passed over', async () => {
  const resolve = async () => [
    { address: '::1', family: 6 },
    { address: '127.0.0.1', family: 4 },
  ];
  const rules = { hosts: [`photos.example:${port}`], resolve };
  assert.equal((await fetchPreview(`http://photos.example:${port}/picture`, rules)).ok, true);
});

test('a named host is named with its port: its neighbours are not', async () => {
  assert.equal(await refused(`http://127.0.0.1:${port + 1}/`, [], named.hosts), 'address');
  assert.equal(await refused('http://127.0.0.1/', [], named.hosts), 'address');
  assert.equal(await refused('http://127.0.0.1/', [], ['127.0.0.1:443']), 'address');
});

test('only http and https, and no name or password', async () => {
  for (const address of [
    'ftp://photos.example/p',
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    'javascript:alert(1)',
    `http://user:word@127.0.0.1:${port}/picture`,
    'nonsense',
    '',
  ]) {
    assert.equal(await refused(address, ['93.184.215.14'], named.hosts), 'address', address);
  }
});

test('no redirect is followed, and nothing but 200 is an answer', async () => {
  for (const path of ['/moved', '/partial', '/gone']) {
    const before = asked.length;
    assert.deepEqual(await fetchPreview(here + path, named), { ok: false, reason: 'status' }, path);
    assert.equal(asked.length, before + 1);
  }
});

test('an answer that is packed, too long, too slow, broken or none at all is refused', async () => {
  const reasons = {
    '/coded': 'coded',
    '/promised': 'too-large',
    '/endless': 'too-large',
    '/broken': 'unreachable',
    '/upgrade': 'unreachable',
  };
  for (const [path, reason] of Object.entries(reasons)) {
    assert.deepEqual(await fetchPreview(here + path, named), { ok: false, reason }, path);
  }
  for (const path of ['/stall', '/silent']) {
    const preview = await fetchPreview(here + path, { ...named, timeMs: 50 });
    assert.deepEqual(preview, { ok: false, reason: 'too-slow' }, path);
  }
  const never = () => new Promise<never>(() => undefined);
  const preview = await fetchPreview('http://photos.example/', { hosts: [], resolve: never, timeMs: 50 });
  assert.deepEqual(preview, { ok: false, reason: 'too-slow' });
});
