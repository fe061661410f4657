import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { bytesOf } from '@reclaim/vault/package/package.fixture';
import { drawAgeIdentity, recipientOf } from '@reclaim/vault/sealing/age-key';
import { openWithProgram } from '@reclaim/vault/sealing/age-program.fixture';
import { sealedSize } from '@reclaim/vault/sealing/seal';
import { documentOf, World } from './terminal.fixture.ts';

const DESCRIPTION = {
  language: 'es',
  zone: 'Europe/Madrid',
  jurisdictions: ['ES'],
  to: 'Police, station 4',
  items: [
    {
      kind: 'screenshot',
      files: [{ role: 'original', path: 'a.png' }],
      source: 'https://photos.example/1',
      handle: '@x',
      shownTime: '3 Jan, 14:02',
    },
    { kind: 'link', source: 'https://board.example/2', notes: 'a caption' },
    { kind: 'hand-over', age: 'not-sure', link: 'https://other.example/3' },
  ],
};

async function world(description: unknown = DESCRIPTION): Promise<World> {
  const here = await World.make();
  await here.put('a.png', bytesOf('picture', 5_000));
  await here.put('d.json', typeof description === 'string' ? description : JSON.stringify(description));
  return here;
}

test('a package is made from files on this machine, and verifies', async () => {
  await using here = await world();
  const made = await here.run(['evidence', 'pack', 'd.json', '--out', 'p.zip', '--json']);
  assert.equal(made.status, 0, made.stderr);
  const document = documentOf(made);
  assert.equal(document['stamped'], false);
  const verified = documentOf(await here.run(['verify', 'p.zip', '--json']));
  assert.deepEqual([verified['ok'], verified['digest']], [true, document['digest']]);
  const kinds = (verified['items'] as readonly { readonly kind: string }[]).map(({ kind }) => kind);
  assert.deepEqual(kinds, ['screenshot', 'link', 'hand-over']);
  assert.equal((verified['package'] as { readonly to: string }).to, 'Police, station 4');
  assert.deepEqual((await readdir(here.cwd)).sort(), ['a.png', 'd.json', 'p.zip']);
});

test('pictures stay out where that is asked, and the package goes by its own name', async () => {
  await using here = await world();
  const made = await here.run(['evidence', 'pack', 'd.json', '--leave-pictures']);
  assert.equal(made.status, 0, made.stderr);
  const [name] = (await readdir(here.cwd)).filter((each) => /^case-[0-9a-f]{8}-\d{8}\.zip$/.test(each));
  assert.ok(name !== undefined);
  const ran = await here.run(['verify', name]);
  assert.equal(ran.status, 0);
  assert.match(ran.stdout, /note {5}item [0-9a-f]{16}: a file was left out on purpose/);
});

test('a file of what may show somebody under 18 is refused and not opened', async () => {
  const files = [{ path: '/no/such/file.png' }];
  for (const item of [
    { kind: 'hand-over', age: 'under-18', link: 'https://x.example/', files },
    { kind: 'screenshot', age: 'under-18', files },
    { kind: 'hand-over', age: 'under-18', link: 'https://x.example/', notes: 'x' },
  ]) {
    await using here = await world({ items: [item] });
    const ran = await here.run(['evidence', 'pack', 'd.json']);
    assert.equal(ran.status, 2);
    assert.match(ran.stderr, /item 1/);
    assert.doesNotMatch(ran.stderr, /no such file/);
  }
});

test('a description that has not the form names the item and the field, and leaves nothing behind', async () => {
  for (const [description, sentence] of [
    ['not json', /is not JSON/],
    [{}, /expects a list of items/],
    [{ items: [], more: 1 }, /expects only/],
    [
      { to: 'x'.repeat(201), items: [{ kind: 'note', notes: 'x' }] },
      /^reclaim: to expects a text of 1 to 200/,
    ],
    [{ items: [{ kind: 'film' }] }, /item 1: expected kind to have its form/],
    [
      {
        items: [
          { kind: 'note', notes: 'x' },
          { kind: 'note', views: 'many' },
        ],
      },
      /item 2: expected views/,
    ],
    [
      { items: [{ kind: 'screenshot', files: [{ path: 'none.png' }] }] },
      /item 1, none.png: there is no such file/,
    ],
  ] as const) {
    await using here = await world(description);
    const ran = await here.run(['evidence', 'pack', 'd.json', '--out', 'p.zip']);
    assert.equal(ran.status, 2);
    assert.match(ran.stderr, sentence);
    assert.deepEqual((await readdir(here.cwd)).sort(), ['a.png', 'd.json']);
  }
});

test('pictures go in sealed to named recipients, the plain age program opens them, and the package verifies', async () => {
  await using here = await world();
  const identity = drawAgeIdentity(bytesOf('identity', 32));
  const recipient = await recipientOf(identity);
  const made = await here.run(['evidence', 'pack', 'd.json', '--out', 'p.zip', '--seal-to', recipient]);
  assert.equal(made.status, 0, made.stderr);
  const ran = await here.run(['verify', 'p.zip']);
  assert.equal(ran.status, 0, ran.stdout);
  const bytes = await readFile(join(here.cwd, 'p.zip'));
  const start = bytes.indexOf('age-encryption.org/v1');
  assert.ok(start > 0 && !bytes.includes(Buffer.from(bytesOf('picture', 5_000).subarray(0, 40))));
  const sealed = bytes.subarray(start, start + sealedSize(5_000, 1));
  assert.deepEqual(openWithProgram(sealed, identity), bytesOf('picture', 5_000));
  assert.deepEqual((await readdir(here.cwd)).sort(), ['a.png', 'd.json', 'p.zip']);
  const wrong = await here.run(['evidence', 'pack', 'd.json', '--seal-to', 'age1nonsense']);
  assert.equal(wrong.status, 2);
  assert.doesNotMatch(wrong.stderr, /nonsense/);
});
