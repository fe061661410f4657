import assert from 'node:assert/strict';
import test from 'node:test';
import { type Bench, benchWith } from './bench.ts';
import { Problem } from './problem.ts';
import { World } from './terminal.fixture.ts';

const measured: Bench = async ({ report }) => {
  report('warming up');
  return [
    { id: 'hash-512', value: 0.384, unit: 'ms' },
    { id: 'hash-512', value: 6.04, unit: 'ms', peer: 'pdq-c++' },
  ];
};

const command = benchWith(
  new Map([
    ['hash', async () => measured],
    ['match', async () => measured],
  ]),
  () => new Date(Date.UTC(2026, 0, 2)),
);

test('--json prints the document of a benchmark, without the name of the host', async () => {
  await using world = await World.make();
  const { io, told } = world.terminal();
  assert.equal(await command.run(['hash', '--json'], io), 0);
  const { machine, ...rest } = JSON.parse(told.stdout);
  assert.deepEqual(rest, {
    bench: 'hash',
    at: '2026-01-02T00:00:00.000Z',
    figures: [
      { id: 'hash-512', value: 0.384, unit: 'ms' },
      { id: 'hash-512', value: 6.04, unit: 'ms', peer: 'pdq-c++' },
    ],
  });
  assert.deepEqual(Object.keys(machine), ['cpu', 'cores', 'memoryGiB', 'os', 'arch', 'node']);
  assert.equal(told.stderr, '');
});

test('figures are shown in columns, peers by name, progress on a terminal alone', async () => {
  await using world = await World.make();
  const { io, told } = world.terminal({ isTTY: true });
  assert.equal(await command.run(['hash'], io), 0);
  assert.match(told.stdout, /^ {2}hash-512 {2}0\.384 ms$/m);
  assert.match(told.stdout, /^ {2}hash-512 {3}6\.04 ms {2}\(pdq-c\+\+\)$/m);
  assert.match(told.stderr, /warming up/);
});

test('an unknown benchmark lists the known and suggests the nearest', async () => {
  await using world = await World.make();
  const { io } = world.terminal();
  await assert.rejects(command.run(['hahs'], io), (error) => {
    assert.ok(error instanceof Problem);
    assert.match(error.message, /known are: hash, match; did you mean "hash"\?/);
    return true;
  });
  await assert.rejects(command.run([], io), Problem);
  await assert.rejects(command.run(['hash', 'match'], io), Problem);
});

test('--size reaches the benchmark, and figures show what they were measured with', async () => {
  await using world = await World.make();
  const { io, told } = world.terminal();
  const sized = benchWith(
    new Map([
      [
        'match',
        async (): Promise<Bench> =>
          async ({ size }) => [
            {
              id: 'match.recall',
              value: 100,
              unit: '%',
              size: size ?? 0,
              kind: 'uniform',
              peer: 'other 1.2',
            },
          ],
      ],
    ]),
    () => new Date(0),
  );
  assert.equal(await sized.run(['match', '--size', '5000'], io), 0);
  assert.match(told.stdout, /^ {2}match\.recall {2}100 % {2}\(5000, uniform, other 1\.2\)$/m);
  for (const size of ['0', '16000001', 'many', '1e6']) {
    await assert.rejects(sized.run(['match', '--size', size], io), Problem);
  }
});

test('--part reaches the benchmark that can be made in parts, and nothing else', async () => {
  await using world = await World.make();
  const { io } = world.terminal();
  const seen: unknown[] = [];
  const parted: Bench = async ({ part }) => {
    seen.push(part);
    return [];
  };
  const benches = benchWith(
    new Map([
      ['altered', async () => parted],
      ['hash', async () => parted],
    ]),
    () => new Date(0),
  );
  assert.equal(await benches.run(['altered', '--part', '2/8'], io), 0);
  assert.deepEqual(seen, [{ index: 2, of: 8 }]);
  for (const part of ['0/8', '9/8', '8', '1/2/3', 'a/b'])
    await assert.rejects(benches.run(['altered', '--part', part], io), Problem);
  await assert.rejects(benches.run(['hash', '--part', '1/2'], io), Problem);
});

test('--half reaches the benchmark of altered copies alone, and another word is refused', async () => {
  await using world = await World.make();
  const { io } = world.terminal();
  const seen: unknown[] = [];
  const halved: Bench = async ({ half }) => {
    seen.push(half);
    return [];
  };
  const benches = benchWith(
    new Map([
      ['altered', async () => halved],
      ['hash', async () => halved],
    ]),
    () => new Date(0),
  );
  assert.equal(await benches.run(['altered', '--half', 'strangers'], io), 0);
  assert.equal(await benches.run(['altered'], io), 0);
  assert.deepEqual(seen, ['strangers', undefined]);
  await assert.rejects(benches.run(['altered', '--half', 'both'], io), Problem);
  await assert.rejects(benches.run(['hash', '--half', 'copies'], io), Problem);
});

test('--kind and --alone reach the benchmark, and another kind is refused by name', async () => {
  await using world = await World.make();
  const { io } = world.terminal();
  const asked: unknown[] = [];
  const noting = benchWith(
    new Map([
      [
        'match',
        async (): Promise<Bench> =>
          async ({ kind, alone }) => {
            asked.push([kind, alone]);
            return [];
          },
      ],
    ]),
    () => new Date(0),
  );
  assert.equal(await noting.run(['match'], io), 0);
  assert.equal(await noting.run(['match', '--kind', 'image-like', '--alone'], io), 0);
  assert.deepEqual(asked, [
    [undefined, false],
    ['image-like', true],
  ]);
  await assert.rejects(noting.run(['match', '--kind', 'images'], io), /uniform, image-like/);
});
