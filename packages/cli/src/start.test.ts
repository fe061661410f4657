import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { Problem } from './problem.ts';
import { type NodeStarter, type RunningNode, startWith } from './start.ts';
import { World } from './terminal.fixture.ts';
import type { Environment } from './terminal.ts';

/** A starter that remembers what it was given; `ready` and `stopped` let a test decide when. */
function scriptedStarter(node: Partial<RunningNode> = {}) {
  const given: Parameters<NodeStarter>[0][] = [];
  let stops = 0;
  const starter: NodeStarter = async (options) => {
    given.push(options);
    return {
      url: 'http://localhost:8080',
      stop: async () => {
        stops += 1;
      },
      ...node,
    };
  };
  return { start: startWith(async () => starter), given, stops: () => stops };
}

async function runUntilReady(
  world: World,
  scripted: ReturnType<typeof scriptedStarter>,
  argv: readonly string[],
  env: Environment = {},
) {
  const { io, told, askToStop, listeners } = world.terminal({ env });
  const running = scripted.start.run(argv, io);
  while (!told.stdout.includes('Ctrl+C stops')) await new Promise((resolve) => setImmediate(resolve));
  askToStop();
  const status = await running;
  return { status, told, listeners: listeners() };
}

test('start says where it answers and how long it took, and stops cleanly when asked', async () => {
  await using world = await World.make();
  const scripted = scriptedStarter();
  const ran = await runUntilReady(world, scripted, []);
  assert.equal(ran.status, 0);
  assert.match(ran.told.stdout, /^Reclaim is ready, after \d+\.\d s\.$/m);
  assert.match(ran.told.stdout, /service {4}http:\/\/localhost:8080$/m);
  assert.ok(ran.told.stdout.includes(join(world.cwd, '.data')));
  assert.doesNotMatch(ran.told.stdout, /first key/);
  assert.equal(scripted.stops(), 1);
  assert.equal(ran.listeners, 0);
});

test('with --json it is one document, the first key in it, and nothing else', async () => {
  await using world = await World.make();
  const scripted = scriptedStarter({ firstKey: 'rk_first' });
  const { io, told, askToStop } = world.terminal({ env: {} });
  const running = scripted.start.run(['--json'], io);
  while (!told.stdout.endsWith('}\n')) await new Promise((resolve) => setImmediate(resolve));
  askToStop();
  assert.equal(await running, 0);
  const { readySeconds, ...said } = JSON.parse(told.stdout) as Record<string, unknown>;
  assert.equal(typeof readySeconds, 'number');
  assert.deepEqual(said, {
    url: 'http://localhost:8080',
    interface: 'http://localhost:8080/openapi.json',
    data: join(world.cwd, '.data'),
    firstKey: 'rk_first',
    setupLink: null,
  });
});

test('the first key is shown with where to keep it', async () => {
  await using world = await World.make();
  const ran = await runUntilReady(world, scriptedStarter({ firstKey: 'rk_first' }), []);
  assert.match(ran.told.stdout, /^ {2}rk_first$/m);
  assert.match(ran.told.stdout, /its only showing[^\n]*\bpassword manager/);
});

test('the link for the first administrator is shown below the first key, while there is no staff', async () => {
  await using world = await World.make();
  const setupLink = `http://localhost:8080/console#setup=${'A'.repeat(43)}`;
  const ran = await runUntilReady(world, scriptedStarter({ firstKey: 'rk_first', setupLink }), []);
  const lines = ran.told.stdout.split('\n');
  assert.ok(lines.indexOf(`  ${setupLink}`) > lines.indexOf('  rk_first'));
  assert.match(ran.told.stdout, /^The console's first administrator: open this link within an hour\.$/m);
  const later = await runUntilReady(world, scriptedStarter(), []);
  assert.doesNotMatch(later.told.stdout, /administrator/);
});

test('the settings of a service that others reach come from the environment', async () => {
  await using world = await World.make();
  const scripted = scriptedStarter();
  await runUntilReady(world, scripted, [], {
    RECLAIM_PUBLIC_URL: 'https://reclaim.example',
    RECLAIM_EXIT_URL: 'https://weather.example/',
    RECLAIM_PREVIEW_HOSTS: 'minio:9000, [fd00::1]:80',
    RECLAIM_WEBHOOK_HOSTS: '10.0.0.7:8443',
    RECLAIM_TRUST_PROXY: '1',
    RECLAIM_MONITOR_CONTACT: 'https://reclaim.example/contact',
    RECLAIM_MONITOR_LOOKS: 'elsewhere',
    RECLAIM_ALERT_URL: 'https://pager.example/hook',
    RECLAIM_ALERT_SECRET: `whsec_${Buffer.alloc(32, 1).toString('base64')}`,
  });
  const { publicUrl, exitUrl, previewHosts, webhookHosts, trustProxy, monitor, alertUrl, alertSecret } =
    scripted.given[0]!;
  assert.deepEqual(
    { publicUrl, exitUrl, previewHosts, webhookHosts, trustProxy, monitor, alertUrl, alertSecret },
    {
      alertUrl: 'https://pager.example/hook',
      alertSecret: Buffer.alloc(32, 1),
      publicUrl: 'https://reclaim.example',
      exitUrl: 'https://weather.example/',
      previewHosts: ['minio:9000', '[fd00::1]:80'],
      webhookHosts: ['10.0.0.7:8443'],
      trustProxy: 1,
      monitor: { contact: 'https://reclaim.example/contact', looks: false },
    },
  );
  await runUntilReady(world, scripted, [], { RECLAIM_PUBLIC_URL: '', RECLAIM_TRUST_PROXY: '' });
  for (const name of ['publicUrl', 'trustProxy', 'monitor']) assert.equal(name in scripted.given[1]!, false);
});

test('a setting that cannot be meant is refused before anything is started, and not repeated', async () => {
  await using world = await World.make();
  const scripted = scriptedStarter();
  const settings: readonly (readonly [Environment, RegExp])[] = [
    [{ RECLAIM_TRUST_PROXY: 'planted' }, /^RECLAIM_TRUST_PROXY expects a whole number/],
    [{ RECLAIM_PREVIEW_HOSTS: 'planted' }, /^RECLAIM_PREVIEW_HOSTS expects host:port/],
    [{ RECLAIM_PREVIEW_HOSTS: 'minio:9000,' }, /^RECLAIM_PREVIEW_HOSTS expects host:port/],
    [{ RECLAIM_WEBHOOK_HOSTS: 'https://planted:1' }, /^RECLAIM_WEBHOOK_HOSTS expects host:port/],
    [{ RECLAIM_PLATFORM_ZONE: 'planted' }, /^RECLAIM_PLATFORM_ZONE expects an IANA time zone/],
    [{ RECLAIM_PLATFORM_KIND: 'planted' }, /^RECLAIM_PLATFORM_KIND expects one of user-content/],
    [{ RECLAIM_PLATFORM_SIZE: 'planted' }, /^RECLAIM_PLATFORM_SIZE expects one of small/],
    [
      { RECLAIM_MONITOR_CONTACT: 'https://a.example', RECLAIM_MONITOR_LOOKS: 'planted' },
      /^RECLAIM_MONITOR_LOOKS expects here or elsewhere/,
    ],
    [{ RECLAIM_OFFERED_IN: 'DE,planted' }, /^RECLAIM_OFFERED_IN expects world, or countries/],
    [{ RECLAIM_CALIFORNIA_HOLD: 'planted' }, /^RECLAIM_CALIFORNIA_HOLD expects yes or no/],
    [{ RECLAIM_ALERT_URL: 'planted' }, /^RECLAIM_ALERT_URL expects an address/],
    [{ RECLAIM_ALERT_SECRET: 'whsec_planted' }, /^RECLAIM_ALERT_SECRET expects whsec_ and at least/],
  ];
  for (const [env, sentence] of settings) {
    await assert.rejects(scripted.start.run([], world.terminal({ env }).io), (thrown) => {
      assert.ok(thrown instanceof Problem);
      assert.match(thrown.message, sentence);
      assert.doesNotMatch(thrown.message, /planted/);
      return true;
    });
  }
  assert.equal(scripted.given.length, 0);
});

test('what the platform is comes from the environment, and is left unsaid where nothing is said', async () => {
  await using world = await World.make();
  const scripted = scriptedStarter();
  await runUntilReady(world, scripted, []);
  await runUntilReady(world, scripted, [], {
    RECLAIM_PLATFORM_ZONE: 'Europe/Berlin',
    RECLAIM_PLATFORM_SIZE: 'small',
    RECLAIM_OFFERED_IN: 'DE, AT',
  });
  assert.equal('platform' in scripted.given[0]!, false);
  assert.deepEqual(scripted.given[1]!.platform, {
    zone: 'Europe/Berlin',
    service: { kind: 'user-content', smallEnterprise: true, veryLarge: false },
    offeredIn: ['DE', 'AT'],
  });
});

test('port and data directory come from the arguments, then the environment, then the defaults', async () => {
  await using world = await World.make();
  const scripted = scriptedStarter();
  await runUntilReady(world, scripted, []);
  await runUntilReady(world, scripted, [], { RECLAIM_DATA: 'elsewhere' });
  await runUntilReady(world, scripted, ['--port', '9', '--data', 'named'], { RECLAIM_DATA: 'elsewhere' });
  assert.deepEqual(
    scripted.given.map(({ port, dataDir }) => [port, dataDir]),
    [
      [8080, join(world.cwd, '.data')],
      [8080, join(world.cwd, 'elsewhere')],
      [9, join(world.cwd, 'named')],
    ],
  );
});

test('it listens on this machine only, unless an address is named', async () => {
  await using world = await World.make();
  const scripted = scriptedStarter();
  await runUntilReady(world, scripted, []);
  await runUntilReady(world, scripted, [], { RECLAIM_HOST: '0.0.0.0' });
  await runUntilReady(world, scripted, ['--host', '::1'], { RECLAIM_HOST: '0.0.0.0' });
  assert.deepEqual(
    scripted.given.map(({ host }) => host),
    [undefined, '0.0.0.0', '::1'],
  );
});

test('the address of a database and the store key are passed on and never shown', async () => {
  await using world = await World.make();
  const scripted = scriptedStarter();
  const env = { DATABASE_URL: 'postgres://u:hush@db/x', RECLAIM_STORE_KEY: 'hush-hush' };
  const ran = await runUntilReady(world, scripted, [], env);
  assert.equal(scripted.given[0]!.databaseUrl, env.DATABASE_URL);
  assert.equal(scripted.given[0]!.storeKeyText, env.RECLAIM_STORE_KEY);
  assert.doesNotMatch(ran.told.stdout + ran.told.stderr, /hush/);
});

test('a request to stop while it starts is kept until it can be followed', async () => {
  await using world = await World.make();
  const gate = Promise.withResolvers<void>();
  let stopped = false;
  const slow = startWith(async () => async () => {
    await gate.promise;
    return {
      url: 'http://localhost:1',
      firstKey: 'rk_first',
      stop: async () => {
        stopped = true;
      },
    };
  });
  const { io, told, askToStop } = world.terminal();
  const running = slow.run([], io);
  askToStop();
  gate.resolve();
  assert.equal(await running, 0);
  assert.ok(stopped);
  // The database has the key by now and will not show it again.
  assert.match(told.stdout, /rk_first/);
});

test('the second request to stop abandons', async () => {
  await using world = await World.make();
  const gate = Promise.withResolvers<void>();
  const stuck = scriptedStarter({ stop: () => gate.promise });
  const { io, askToStop, abandoned } = world.terminal();
  const running = stuck.start.run([], io);
  askToStop();
  assert.equal(abandoned(), false);
  askToStop();
  assert.equal(abandoned(), true);
  gate.resolve();
  assert.equal(await running, 0);
});

test('what an operator can mend is a sentence with the way out', async () => {
  await using world = await World.make();
  const failing = (error: unknown) =>
    startWith(async () => async () => {
      throw error;
    });
  const coded = (code: string, more: object = {}) =>
    Object.assign(new Error('at 10.0.0.7'), { code, ...more });
  const cases: readonly (readonly [unknown, RegExp])[] = [
    [coded('EADDRINUSE'), /port 8080 is in use.*--port/],
    [new Error('wrapped', { cause: coded('EADDRINUSE') }), /port 8080 is in use/],
    [coded('EACCES', { syscall: 'listen' }), /port 8080 may not be used by this account/],
    [coded('EACCES', { syscall: 'mkdir' }), /data directory may not be written to/],
    [coded('ENOENT', { syscall: 'mkdir' }), /data directory cannot be made there/],
    [coded('ECONNREFUSED'), /DATABASE_URL/],
    [new AggregateError([coded('ECONNREFUSED')]), /DATABASE_URL/],
    [coded('28P01'), /DATABASE_URL/],
    [coded('ENOSPC'), /disk .* is full/],
    [new TypeError('publicUrl: expected https://'), /^RECLAIM_PUBLIC_URL: expected https:\/\/$/],
    [new TypeError('exitUrl: expected an address'), /^RECLAIM_EXIT_URL: expected an address$/],
    [new Error('store: put the right store.key there.'), /^put the right store\.key there$/],
    [Object.assign(new Error('Make room.'), { name: 'EmbeddedError' }), /^Make room\.$/],
  ];
  for (const [error, sentence] of cases) {
    const { io, listeners } = world.terminal();
    await assert.rejects(failing(error).run([], io), (thrown) => {
      assert.ok(thrown instanceof Problem);
      assert.match(thrown.message, sentence);
      assert.doesNotMatch(thrown.message, /10\.0\.0\.7/);
      return true;
    });
    assert.equal(listeners(), 0);
  }
  const fault = new TypeError('a fault of ours');
  fault.cause = fault;
  await assert.rejects(failing(fault).run([], world.terminal().io), fault);
});

test('a bad port and needless words are refused before anything is started', async () => {
  await using world = await World.make();
  const scripted = scriptedStarter();
  for (const argv of [['--port', '70000'], ['--port', 'http'], ['--port'], ['now']]) {
    await assert.rejects(scripted.start.run(argv, world.terminal().io), Problem);
  }
  assert.equal(scripted.given.length, 0);
});
