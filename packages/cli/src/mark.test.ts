import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { landscape, seededRandom } from '@reclaim/raster/landscape.fixture';
import { type Pixels, parsePixels } from '@reclaim/raster/pixels';
import { emptyPlane } from '@reclaim/raster/plane';
import { pngOf } from '@reclaim/raster/png-file.fixture';
import { resizePlane } from '@reclaim/raster/resample';
import { localAuthority } from '@reclaim/vault/timestamp/authority.fixture';
import { frameOf } from '@reclaim/watermark/canonical';
import { codeKey, orderKey, orderOf } from '@reclaim/watermark/code';
import { markCopy } from '@reclaim/watermark/mark';
import { newRegistry, registryText, withEntry } from '@reclaim/watermark/registry';
import sharp from 'sharp';
import { claim } from './claim.ts';
import { keptExif } from './kept-exif.ts';
import { blank } from './picture.fixture.ts';
import { run } from './run.ts';
import { documentOf, World } from './terminal.fixture.ts';

const NAMES = 'Ada\nBen\n\n# a remark\nCleo\n';

const originals = new Map<number, Promise<World>>();
after(async () => {
  for (const world of originals.values()) await (await world)[Symbol.asyncDispose]();
});

/** A world with an original and three marked copies of it: another folder each time, marked once for each seed. */
async function marked(seed = 41): Promise<{ readonly world: World; readonly copy: (n: number) => Buffer }> {
  const made = originals.get(seed) ?? marking(seed);
  originals.set(seed, made);
  const world = await World.make();
  await cp((await made).cwd, world.cwd, { recursive: true });
  return { world, copy: (n) => readFileSync(join(world.cwd, 'copies', `copy-0${n}.png`)) };
}

async function marking(seed: number): Promise<World> {
  const world = await World.make();
  await world.put('original.png', pngOf(landscape(seed, 560, 420)));
  await world.put('people.txt', NAMES);
  const ran = await world.run([
    'mark',
    'original.png',
    '--recipients',
    'people.txt',
    '--out',
    'copies',
    '--json',
  ]);
  assert.equal(ran.status, 0, ran.stderr);
  const { copies } = documentOf(ran) as { copies: { file: string; name: string; psnrDb: number }[] };
  assert.deepEqual(
    copies.map(({ file, name }) => [file, name]),
    [
      ['copy-01.png', 'Ada'],
      ['copy-02.png', 'Ben'],
      ['copy-03.png', 'Cleo'],
    ],
  );
  for (const { psnrDb } of copies) assert.ok(psnrDb >= 47.95, String(psnrDb));
  return world;
}

const trace = (world: World, ...more: readonly string[]) =>
  world.run(['trace', 'original.png', ...more, '--registry', 'copies-registry.json']);

test('of three copies the one that leaked is found, after a crop, a smaller size and JPEG', async () => {
  const { world, copy } = await marked();
  await using _ = world;
  const leaked = await sharp(copy(2))
    .extract({ left: 40, top: 30, width: 460, height: 350 })
    .resize(400)
    .jpeg({ quality: 60 })
    .toBuffer();
  await world.put('leaked.jpg', leaked);
  const ran = await trace(world, 'leaked.jpg', '--names');
  assert.equal(ran.status, 0, ran.stderr);
  assert.match(
    ran.stdout,
    /^leaked\.jpg: match\n {2}It derives from the copy prepared for Ben on \d{4}-\d\d-\d\d\./,
  );
  assert.doesNotMatch(ran.stdout, /Ada|Cleo|%|leaked it/);
  assert.match(ran.stdout, /does not show who published it/);
  assert.match(ran.stdout, /No probability is given/, 'nobody has witnessed the registry');
});

test('a name is shown only to who asks for it, after a question about safety; JSON holds none either', async () => {
  const { world, copy } = await marked();
  await using _ = world;
  await world.put('leaked.png', copy(3));
  const first = await trace(world, 'leaked.png');
  assert.equal(first.status, 0);
  assert.match(first.stdout, /Is it safe for you to know it now\?/);
  assert.doesNotMatch(first.stdout, /Ada|Ben|Cleo/);
  const machine = await trace(world, 'leaked.png', '--json');
  assert.doesNotMatch(machine.stdout, /Ada|Ben|Cleo/);
  const [result] = documentOf(machine)['results'] as Record<string, unknown>[];
  assert.equal(result!['outcome'], 'match');
  assert.equal(result!['bound'], null);
});

test('with a witness there is a probability; a stamp of another authority or another registry is refused', async () => {
  const { world, copy } = await marked();
  await using _ = world;
  await world.put('leaked.png', copy(1));
  const authority = localAuthority('Test Time');
  const stranger = localAuthority('Some Other Time');
  try {
    const question = readFileSync(join(world.cwd, 'copies-registry-1.tsq'));
    await world.put('answer.tsr', authority.answer(question));
    await world.put('roots.pem', authority.rootPem);
    await world.put('strangers.pem', stranger.rootPem);
    const stamp = ['--stamp', 'answer.tsr', '--trust'];
    const ran = await trace(world, 'leaked.png', '--names', ...stamp, 'roots.pem', '--bundle', 'bundle.json');
    assert.equal(ran.status, 0, ran.stderr);
    // Never a certainty beyond the cipher behind the signs, however high the score is.
    assert.match(
      ran.stdout.replace(/\s+/g, ' '),
      /below 10\^-38; .* witnessed the marks at \d{4}-.* counts only if the picture first appeared after/,
    );
    const other = await trace(world, 'leaked.png', ...stamp, 'strangers.pem');
    assert.equal(other.status, 2);
    assert.match(other.stderr, /not among those you trust/);
    const { world: elsewhere } = await marked(42);
    await using __ = elsewhere;
    await elsewhere.put('leaked.png', copy(1));
    await elsewhere.put('answer.tsr', authority.answer(question));
    await elsewhere.put('roots.pem', authority.rootPem);
    const foreign = await trace(elsewhere, 'leaked.png', ...stamp, 'roots.pem');
    assert.equal(foreign.status, 2);
    assert.match(foreign.stderr, /of something else than this entry/);

    // A third party, with the bundle alone.
    const text = readFileSync(join(world.cwd, 'bundle.json'), 'utf8');
    // Not in `row`: three given letters stand in most base64 of its length by chance.
    const { row, ...told } = JSON.parse(text) as { readonly row: string };
    assert.match(row, /^[A-Za-z0-9+/]+=*$/);
    assert.doesNotMatch(JSON.stringify(told), /"Ben|"Cleo/);
    const checked = await world.run(['trace', '--check', 'bundle.json']);
    assert.equal(checked.status, 0);
    assert.match(checked.stdout, /^holds: [\s\S]*copy {7}Ada/);
    assert.match(checked.stdout, /no witness is known/, 'without roots nobody is believed');
    const believed = await world.run(['trace', '--check', 'bundle.json', '--trust', 'roots.pem']);
    assert.match(believed.stdout, /witness {4}\d{4}-.*bound 10\^-38\n.*first appeared after/);
    writeFileSync(join(world.cwd, 'bent.json'), text.replace('"score":', '"score":1'));
    const bent = await world.run(['trace', '--check', 'bent.json', '--json']);
    assert.equal(bent.status, 1);
    assert.deepEqual(documentOf(bent), { ok: false, fault: 'score-differs' });
  } finally {
    authority.close();
    stranger.close();
  }
});

/**
 * A world with three registered copies whose codes are the same in each run, and pictures of Ben's that are so small and
 * noisy that none tells anything alone: with codes drawn anew, a score of five might be one of six the next time.
 */
async function worldOfWeakPictures(files: readonly string[]): Promise<World> {
  const world = await World.make();
  const pixels = landscape(41, 560, 420);
  const file = pngOf(pixels, '', 0);
  const original = createHash('sha256').update(file).digest();
  const framed = frameOf(pixels);
  assert.ok(framed.ok);
  const { frame } = framed;
  const secret = new Uint8Array(32).fill(21);
  const digits = (value: number, bytes: number) => value.toString(16).padStart(2, '0').repeat(bytes);
  const registry = withEntry(newRegistry(secret), {
    at: '2026-11-01T10:00:00Z',
    original: original.toString('hex'),
    frame: [frame.width, frame.height],
    copies: ['Ada', 'Ben', 'Cleo'].map((name, at) => ({
      recipient: digits(at + 1, 16),
      name,
      salt: digits(at + 1, 32),
      file: digits(at + 1, 32),
      strength: 0.5,
      psnrDb: 48,
    })),
  });
  const order = orderOf(orderKey(secret, original), frame.strength.length);
  const bens = markCopy(pixels, frame, codeKey(secret, original, new Uint8Array(16).fill(2)), order);
  await world.put('original.png', file);
  await world.put('copies-registry.json', registryText(registry));
  await world.put('whole.png', pngOf(bens.pixels));
  for (const [at, name] of files.entries()) await world.put(name, pngOf(weakened(bens.pixels, at + 1)));
  return world;
}

/** Half the size, under noise of 55 grey levels. */
function weakened({ width, height, data }: Pixels, seed: number): Pixels {
  const random = seededRandom(seed);
  const small = new Uint8ClampedArray(280 * 210 * 3);
  for (let channel = 0; channel < 3; channel++) {
    const plane = emptyPlane(width, height);
    for (let i = 0; i < plane.data.length; i++) plane.data[i] = data[3 * i + channel]!;
    for (const [i, value] of resizePlane(plane, 280, 210).data.entries())
      small[3 * i + channel] = value + 110 * (random() + random() + random() - 1.5);
  }
  return parsePixels(small, 280, 210, 3);
}

test('several pictures of which none tells anything are added up; the bundle of it counts and names all of them', async () => {
  const files = ['one.png', 'two.png', 'three.png', 'four.png'];
  await using world = await worldOfWeakPictures(files);
  const ran = await trace(world, ...files, '--names', '--bundle', 'bundle.json');
  assert.equal(ran.status, 0, ran.stdout);
  assert.equal(ran.stdout.match(/cannot tell/g)?.length, 4);
  assert.match(
    ran.stdout,
    /4 of them together: match[\s\S]*At least one of them derives from the copy prepared for Ben/,
  );
  assert.doesNotMatch(ran.stdout, /Ada|Cleo/);
  const checked = await world.run(['trace', '--check', 'bundle.json']);
  assert.equal(checked.status, 0, checked.stdout);
  assert.equal(checked.stdout.match(/sha256/g)?.length, 6, 'the original, four suspects and the line');
  assert.match(checked.stdout, /does not say which/);
  const json = documentOf(await trace(world, ...files, '--json'));
  const { together } = json as { together: { files: string[]; trials: number; copies: object[] } };
  assert.deepEqual(together.files, files);
  assert.equal(together.trials, 21, 'three copies, looked at in four pictures and in the three sums of them');
  assert.deepEqual(together.copies.map(Object.keys), [['score']], 'no name without --names');
  // With two matches of their own there is no one bundle.
  const two = await trace(world, 'whole.png', 'whole.png', '--bundle', 'two.json');
  assert.equal(two.status, 2);
  assert.match(two.stderr, /there are several/);
});

test('the unmarked original, an unrelated picture, a blank and a tiny one name nobody, each with its reason', async () => {
  const { world } = await marked();
  await using _ = world;
  await world.put('unrelated.png', pngOf(landscape(900, 560, 420)));
  await world.put('blank.png', pngOf(blank(300, 300)));
  await world.put('tiny.png', pngOf(landscape(41, 20, 20)));
  const ran = await trace(
    world,
    'original.png',
    'unrelated.png',
    'blank.png',
    'tiny.png',
    '--names',
    '--json',
  );
  assert.equal(ran.status, 1);
  const results = documentOf(ran)['results'] as { outcome: string; reason?: string }[];
  assert.deepEqual(
    results.map(({ outcome, reason }) => `${outcome} ${reason ?? ''}`.trim()),
    ['no-match', 'cannot-tell no-fit', 'cannot-tell no-detail', 'cannot-tell too-small'],
  );
  assert.doesNotMatch(ran.stdout, /Ada|Ben|Cleo/);
});

test('a registry that was changed, another owner’s, and a file cut short each end in a sentence', async () => {
  const { world, copy } = await marked();
  await using _ = world;
  await world.put('leaked.png', copy(2));
  const file = join(world.cwd, 'copies-registry.json');
  const text = readFileSync(file, 'utf8');
  const fails = async (content: string, sentence: RegExp) => {
    writeFileSync(file, content);
    const ran = await trace(world, 'leaked.png', '--names');
    assert.equal(ran.status, 2);
    assert.match(ran.stderr, sentence);
    assert.equal(ran.stdout, '');
  };
  await fails(text.replace('"Ben"', '"Dan"'), /was changed after it was written.*\(entry 1\)/);
  await fails(text.slice(0, -20), /this is not a registry/);
  writeFileSync(file, text);
  const { world: theirs } = await marked(43);
  await using __ = theirs;
  await theirs.put('leaked.png', copy(2));
  const mixed = await world.run([
    'trace',
    'original.png',
    'leaked.png',
    '--registry',
    join(theirs.cwd, 'copies-registry.json'),
  ]);
  assert.equal(mixed.status, 2);
  assert.match(mixed.stderr, /no entry of the registry is of this file/);
  await world.put('cut.png', copy(2).subarray(0, 3000));
  const cut = await trace(world, 'cut.png');
  assert.equal(cut.status, 1, 'what is left of a file is looked at, and tells nothing');
  assert.match(cut.stdout, /cannot tell|no match/);
});

test('copies carry no metadata, the registry is its owner’s alone, and nothing is overwritten', async () => {
  await using world = await World.make();
  const original = await sharp(landscape(44, 480, 360).data, {
    raw: { width: 480, height: 360, channels: 3 },
  })
    .withExif({ IFD0: { Artist: 'Somebody' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
    .jpeg({ quality: 92 })
    .toBuffer();
  await world.put('original.jpg', original);
  await world.put('people.txt', 'Ada of the choir\n');
  const args = ['mark', 'original.jpg', '--recipients', 'people.txt', '--out', 'copies'];
  const ran = await world.run(args);
  assert.equal(ran.status, 0, ran.stderr);
  assert.match(ran.stdout, /^1 copy in copies:\n {2}copy-01\.jpg/);
  const copy = readFileSync(join(world.cwd, 'copies', 'copy-01.jpg'));
  const { exif, iptc, xmp } = await sharp(copy).metadata();
  assert.deepEqual([exif, iptc, xmp], [undefined, undefined, undefined]);
  assert.ok(!copy.includes('Somebody') && !copy.includes('Ada of'));
  assert.equal(statSync(join(world.cwd, 'copies-registry.json')).mode & 0o077, 0);
  assert.deepEqual(readdirSync(join(world.cwd, 'copies')), ['copy-01.jpg']);
  // Whoever wants place and date in the copies says so, and gets no more than that.
  const kept = ['--recipients', 'people.txt', '--out', 'kept', '--keep-metadata'];
  assert.equal((await world.run(['mark', 'original.jpg', ...kept])).status, 0);
  const withPlace = await sharp(readFileSync(join(world.cwd, 'kept', 'copy-01.jpg'))).metadata();
  assert.deepEqual(keptExif(withPlace.exif!).IFD3, { GPSLatitude: '51/1 30/1 0/1' });
  assert.ok(!withPlace.exif!.includes('Somebody'));
  const again = await world.run(args);
  assert.equal(again.status, 2);
  assert.match(again.stderr, /this folder is not empty/);
  // The same original for one more person later: both sharings can be traced.
  await world.put('more.txt', 'Ben\n');
  const later = ['--recipients', 'more.txt', '--out', 'later', '--registry', 'copies-registry.json'];
  assert.equal((await world.run(['mark', 'original.jpg', ...later])).status, 0);
  const traced = await world.run([
    'trace',
    'original.jpg',
    join('copies', 'copy-01.jpg'),
    join('later', 'copy-01.jpg'),
    '--registry',
    'copies-registry.json',
    '--names',
    '--json',
  ]);
  const results = documentOf(traced)['results'] as { copies: { name: string }[] }[];
  assert.deepEqual(
    results.map(({ copies }) => copies.map(({ name }) => name)),
    [['Ada of the choir'], ['Ben']],
  );
});

test('bad use and bad input are sentences, and leave nothing behind', async () => {
  await using world = await World.make();
  await world.put('original.png', pngOf(landscape(45, 400, 300)));
  await world.put('small.png', pngOf(landscape(45, 400, 120)));
  await world.put('blank.png', pngOf(blank(400, 300)));
  await world.put('people.txt', 'Ada\nAda\n');
  await world.put('nobody.txt', '\n# nobody\n');
  await world.put('one.txt', 'Ada\n');
  const fails = async (argv: readonly string[], sentence: RegExp) => {
    const ran = await world.run(argv);
    assert.equal(ran.status, 2);
    assert.match(ran.stderr, sentence);
    assert.doesNotMatch(ran.stderr, /Ada/);
    assert.equal(existsSync(join(world.cwd, 'out')), false);
  };
  const out = ['--out', 'out'];
  await fails(['mark'], /expects one original/);
  await fails(['mark', 'original.png', ...out], /expects --recipients FILE and --out DIR/);
  await fails(['mark', 'original.png', '--recipients', 'people.txt', ...out], /line 2 repeats line 1/);
  await fails(['mark', 'original.png', '--recipients', 'nobody.txt', ...out], /one name a line/);
  await world.put('alike.txt', 'Ben\n# a remark\nBEN\n');
  await fails(['mark', 'original.png', '--recipients', 'alike.txt', ...out], /line 3 looks like line 1/);
  await world.put('latin1.txt', Uint8Array.of(0x4a, 0xf6, 0x72, 0x67));
  await fails(['mark', 'original.png', '--recipients', 'latin1.txt', ...out], /expected text in UTF-8/);
  await fails(['mark', '-', '--recipients', '-', ...out], /can be read only once/);
  await fails(
    ['mark', 'original.png', '--recipients', 'one.txt', '--out', 'gone/out', '--registry', 'r.json'],
    /gone\/out: there is no such folder/,
  );
  await fails(
    ['mark', 'original.png', '--recipients', 'one.txt', ...out, '--registry', 'gone/r.json'],
    /gone\/r\.json: there is no such folder/,
  );
  await fails(['mark', 'gone.png', '--recipients', 'one.txt', ...out], /there is no such file/);
  await fails(['mark', 'small.png', '--recipients', 'one.txt', ...out], /smaller than 160 pixels/);
  await fails(['mark', 'blank.png', '--recipients', 'one.txt', ...out], /shows too little/);
  await fails(['mark', 'original.png', '--recipients', 'one.txt', ...out, '--db', '20'], /36 to 56/);
  await fails(['mark', 'original.png', '--recipients', 'one.txt', ...out, '--db', '59'], /36 to 56/);
  await fails(['mark', 'original.png', '--recipients', 'one.txt', ...out, '--format', 'gif'], /jpeg or png/);
  await fails(['trace', 'original.png'], /at least one leaked picture/);
  await fails(['trace', 'original.png', 'small.png'], /expects --registry/);
  await fails(['trace', '-', '-', '--registry', 'r.json'], /can be read only once/);
  await fails(['trace', '--check', 'one.txt'], /not a bundle/);
});

test('names that a script writes with joiners are taken, without what nobody sees', async () => {
  await using world = await World.make();
  await world.put('original.png', pngOf(landscape(45, 400, 300)));
  await world.put('people.txt', '\ufeff\u0639\u0644\u06cc\u200c\u0631\u0636\u0627\r\nCl\u00e9o\u202e\tB\r\n');
  const ran = await world.run([
    'mark',
    'original.png',
    '--recipients',
    'people.txt',
    '--out',
    'copies',
    '--json',
  ]);
  const { copies } = documentOf(ran) as { copies: { name: string }[] };
  assert.deepEqual(
    copies.map(({ name }) => name),
    ['\u0639\u0644\u06cc\u0631\u0636\u0627', 'Cl\u00e9o B'],
  );
});

test('a sharing that was added after the leak does not borrow the witness of an earlier one', async () => {
  const { world, copy } = await marked();
  await using _ = world;
  await world.put('dan.txt', 'Dan\n');
  const registry = ['--registry', 'copies-registry.json'];
  const later = await world.run([
    'mark',
    'original.png',
    '--recipients',
    'dan.txt',
    '--out',
    'later',
    ...registry,
  ]);
  assert.equal(later.status, 0, later.stderr);
  // Ben and Dan average their copies: both are found.
  const [bens, dans] = await Promise.all(
    [copy(2), readFileSync(join(world.cwd, 'later', 'copy-01.png'))].map((file) =>
      sharp(file).raw().toBuffer(),
    ),
  );
  const mean = Uint8Array.from(bens!, (value, i) => Math.round((value + dans![i]!) / 2));
  await world.put('leaked.png', pngOf(parsePixels(mean, 560, 420, 3)));
  const authority = localAuthority('Test Time');
  try {
    const stampOf = (seq: number) =>
      Buffer.from(authority.answer(readFileSync(join(world.cwd, `copies-registry-${seq}.tsq`)))).toString(
        'base64',
      );
    const file = join(world.cwd, 'copies-registry.json');
    const text = readFileSync(file, 'utf8');
    const early = stampOf(1);
    const stamped = (tokens: readonly (readonly string[])[]) => {
      const told = JSON.parse(text) as { entries: { stamps: object[] }[] };
      for (const [seq, list] of tokens.entries())
        told.entries[seq]!.stamps = list.map((token) => ({ authority: 'a', token }));
      writeFileSync(file, JSON.stringify(told));
    };
    await world.put('roots.pem', authority.rootPem);
    const bound = async () => {
      const ran = await trace(world, 'leaked.png', '--trust', 'roots.pem', '--json');
      assert.equal(ran.status, 0, ran.stderr);
      const [result] = documentOf(ran)['results'] as { copies: object[]; bound: { at: string } | null }[];
      assert.equal(result!.copies.length, 2);
      return result!.bound;
    };
    stamped([[early], []]);
    assert.equal(await bound(), null, 'one of two has no witness');
    // An authority counts whole seconds: the later stamp is of a later one.
    const first = Date.now();
    while (Date.now() < first + 1100) await new Promise((resolve) => setTimeout(resolve, 50));
    const late = stampOf(2);
    stamped([[early], [late]]);
    const both = await bound();
    stamped([[stampOf(1), early], [late]]);
    const again = await bound();
    assert.ok(both !== null && Date.parse(both.at) >= first - 1000, 'the latest of the two');
    assert.deepEqual(
      again,
      both,
      'a second stamp of an entry takes nothing from the first, and gives nothing',
    );
    // A stamp of other bytes: somebody changed the entry and made its digest anew.
    stamped([[early], [early]]);
    const changed = await trace(world, 'leaked.png', '--names');
    assert.equal(changed.status, 2);
    assert.match(changed.stderr, /entry 2 .*changed after it was stamped; nothing is traced/);
    assert.doesNotMatch(changed.stdout, /Ben|Dan/);
  } finally {
    authority.close();
  }
});

test('while one run holds a registry or a folder another is refused, and takes nothing of it away', async () => {
  await using world = await World.make();
  await world.put('original.png', pngOf(landscape(45, 400, 300)));
  await world.put('one.txt', 'Ada\n');
  const run = (out: string, registry: string) =>
    world.run(['mark', 'original.png', '--recipients', 'one.txt', '--out', out, '--registry', registry]);
  const before = () => readdirSync(world.cwd).filter((name) => !name.endsWith('.lock'));
  const refused = async (held: string) => {
    await using _ = await claim(join(world.cwd, held), held);
    const there = before();
    const ran = await run('copies', 'r.json');
    assert.equal(ran.status, 2);
    assert.match(ran.stderr, new RegExp(`${held}: another reclaim mark works on it; .*delete the file`));
    assert.deepEqual(before(), there);
    assert.ok(existsSync(join(world.cwd, `${held}.lock`)));
  };
  await refused('r.json');
  await refused('copies');
  assert.equal((await run('copies', 'r.json')).status, 0);
  assert.deepEqual(readdirSync(join(world.cwd, 'copies')), ['copy-01.png']);
  // One that was killed leaves its claim: nobody has the number of that process any more.
  const gone = spawnSync(process.execPath, ['--version']);
  writeFileSync(join(world.cwd, 'r.json.lock'), String(gone.pid));
  assert.equal((await run('later', 'r.json')).status, 0);
  assert.deepEqual(
    readdirSync(world.cwd).filter((name) => name.endsWith('.lock')),
    [],
  );
});

test('broken off, it leaves nothing of its own behind and everything else where it was', async () => {
  await using world = await World.make();
  await world.put('original.png', pngOf(landscape(45, 400, 300)));
  // Forty, so that progress is shown at least once among them: it is, every tenth of a second.
  await world.put('people.txt', Array.from({ length: 40 }, (_, n) => `Person ${n}\n`).join(''));
  const before = readdirSync(world.cwd).sort();
  for (const at of [/reading the original/, /copy \d+ of 40/]) {
    const { io, told, askToStop, abandoned, listeners } = world.terminal({ isTTY: true });
    let asked = 0;
    const write = (text: string) => {
      if (at.test(text) && asked++ === 0) askToStop();
      return io.stderr.write(text);
    };
    const watched: typeof io = { ...io, stderr: { write } };
    assert.equal(
      await run(['mark', 'original.png', '--recipients', 'people.txt', '--out', 'out'], watched),
      2,
    );
    assert.equal(asked, 1, String(at));
    assert.match(told.stderr, /stopped; no copy was kept/);
    assert.deepEqual(readdirSync(world.cwd).sort(), before);
    assert.equal(listeners(), 0);
    assert.equal(abandoned(), false, 'a second request would end it at once');
  }
});
