import assert from 'node:assert/strict';
import test from 'node:test';
import { REGIMES } from '@reclaim/law/duty/regime-order';
import { RULES } from '@reclaim/law/duty/rules';
import { documentOf, World } from './terminal.fixture.ts';

test('law list names every regime and every duty, with what nobody could confirm', async () => {
  await using world = await World.make();
  const ran = await world.run(['law', 'list']);
  assert.equal(ran.status, 0);
  for (const id of REGIMES) assert.match(ran.stdout, new RegExp(`^${id} `, 'm'));
  for (const { id } of RULES) assert.match(ran.stdout, new RegExp(`^ {2}${id} `, 'm'));
  assert.match(ran.stdout, /UK-OSA-IIC +48 hours; since unconfirmed/);
  assert.match(ran.stdout, /UK-NCA +unconfirmed; since 2026-04-07/);
  const { regimes } = documentOf(await world.run(['law', 'list', '--json']));
  assert.equal((regimes as readonly unknown[]).length, REGIMES.length);
});

test('law show prints the page of a regime, and its rows with --json', async () => {
  await using world = await World.make();
  const ran = await world.run(['law', 'show', 'us-tida']);
  assert.equal(ran.status, 0);
  assert.match(ran.stdout, /^# TAKE IT DOWN Act/);
  assert.match(ran.stdout, /\*\*Open:\*\*/);
  const document = documentOf(await world.run(['law', 'show', 'US-TIDA', '--json']));
  assert.equal(document['id'], 'us-tida');
  assert.equal((document['elements'] as readonly unknown[]).length, 7);
  const wrong = await world.run(['law', 'show', 'us-tdia']);
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /did you mean us-tida\?/);
});

const CLOCKS: readonly (readonly [said: string, argv: readonly string[], status: number, out: RegExp])[] = [
  [
    'a running clock',
    [
      'us-tida-remove',
      'notice-received=2026-11-20T10:00-05:00',
      '--now',
      '2026-11-21T10:00-05:00',
      '--zone',
      'America/New_York',
    ],
    0,
    /US-TIDA-REMOVE: running[\s\S]*due +2026-11-22 10:00 \(24 h 0 min left\)/,
  ],
  [
    'a breach',
    [
      'in-intimate',
      'notice-received=2026-11-22T15:30+05:30',
      '--now',
      '2026-11-22T18:00+05:30',
      '--zone',
      'Asia/Kolkata',
    ],
    1,
    /IN-INTIMATE: breached[\s\S]*\(30 min late\)/,
  ],
  [
    'met late is late',
    [
      'in-intimate',
      'notice-received=2026-11-22T10:00Z',
      'removed=2026-11-22T13:00Z',
      '--now',
      '2026-11-23T10:00Z',
    ],
    1,
    /met, late/,
  ],
  [
    'an incomplete notice',
    ['us-tida', 'notice-received=2026-11-20T10:00Z', '--incomplete', '--now', '2027-01-01T00:00Z'],
    0,
    /not started: the notice lacks an element/,
  ],
  [
    'nothing to confirm to',
    ['eu-dsa-ack', 'notice-received=2026-11-20T10:00Z', '--no-contact', '--now', '2027-01-01T00:00Z'],
    0,
    /no electronic contact/,
  ],
  [
    'unconfirmed law',
    ['uk-osa', 'notice-received=2026-11-20T10:00Z', '--now', '2027-01-01T00:00Z'],
    0,
    /unconfirmed: no clock is running/,
  ],
  [
    'a whole regime',
    ['in-rules', 'notice-received=2026-11-20T10:00Z', '--now', '2026-11-20T10:30Z'],
    0,
    /earliest: IN-INTIMATE/,
  ],
];

test('law clocks says of each clock what the rows say: a table', async () => {
  await using world = await World.make();
  for (const [said, argv, status, out] of CLOCKS) {
    const ran = await world.run(['law', 'clocks', ...argv]);
    assert.equal(ran.stderr, '', said);
    assert.match(ran.stdout, out, said);
    assert.equal(ran.status, status, said);
  }
  const { earliest, clocks } = documentOf(await world.run(['law', 'clocks', ...CLOCKS[0]![1], '--json']));
  assert.equal(earliest, 'US-TIDA-REMOVE');
  assert.equal((clocks as readonly { readonly minutesLeft: number }[])[0]!.minutesLeft, 24 * 60);
});

test('law clocks refuses what is no regime, no event and no moment, without repeating it', async () => {
  await using world = await World.make();
  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /expects a regime or a duty first/],
    [['notice-received=2026-11-20T10:00Z'], /expects a regime or a duty first/],
    [['us-tidy'], /did you mean us-tida\?/],
    [['us-tida', 'notice-recieved=2026-11-20T10:00Z'], /did you mean notice-received\?/],
    [['us-tida', 'notice-received'], /is written EVENT=TIME/],
    [['us-tida', 'notice-received=2026-11-20T10:00'], /expects a time with its offset/],
    [['us-tida', 'notice-received=2026-02-30T10:00Z'], /expects a time with its offset/],
    [['us-tida', 'notice-received=1850-01-01T10:00Z'], /from 1901 to 2189/],
    [['us-tida', '--zone', 'Mars/Base'], /IANA time zone/],
    [['us-tida', '--now', 'today'], /expects a time with its offset/],
  ];
  for (const [argv, said] of refused) {
    const ran = await world.run(['law', 'clocks', ...argv]);
    assert.equal(ran.status, 2, argv.join(' '));
    assert.match(ran.stderr, said);
    assert.equal(ran.stdout, '');
  }
});

const TICK = (id: string) => ({ id, version: '1', atMs: 1_790_000_000_000 });
const NOTICE = {
  locations: ['https://video.example/w/secret-path'],
  standing: 'depicted',
  kind: 'authentic',
  facts: 'Secret words of a person.',
  declarations: ['not-consensual', 'good-faith', 'accurate-and-complete'].map(TICK),
  signature: { kind: 'typed', text: 'R. Example', pseudonym: false },
  email: 'rosa@mail.example',
  age: 'adult',
};

test('law check-notice says what each regime lacks, and repeats nothing of the notice', async () => {
  await using world = await World.make();
  const file = await world.put('notice.json', JSON.stringify(NOTICE));
  const one = await world.run(['law', 'check-notice', file, '--regime', 'us-tida']);
  assert.deepEqual([one.status, one.stdout], [0, 'us-tida: complete\n']);
  const all = await world.run(['law', 'check-notice', file]);
  assert.equal(all.status, 1);
  assert.match(
    all.stdout,
    /uk-osa: its clock has not started\n {2}lacks +declared: it is intimate image content/,
  );
  assert.match(all.stdout, /eu-dsa: complete\n {2}could add +a name and an e-mail address/);
  for (const ran of [one, all]) assert.doesNotMatch(ran.stdout + ran.stderr, /secret|Example|rosa/i);
  const document = documentOf(
    await world.run(['law', 'check-notice', '-', '--regime', 'us-dmca', '--json'], {
      stdin: Buffer.from(JSON.stringify(NOTICE)),
    }),
  );
  assert.equal(document['complete'], false);
  const [dmca] = document['regimes'] as readonly {
    readonly lacks: readonly { readonly element: string }[];
  }[];
  assert.deepEqual(
    dmca!.lacks.map(({ element }) => element),
    ['work', 'authority'],
  );
});

test('a pseudonym as signature is doubted where a signature is an element', async () => {
  await using world = await World.make();
  const notice = { ...NOTICE, signature: { ...NOTICE.signature, pseudonym: true } };
  const file = await world.put('notice.json', JSON.stringify(notice));
  const ran = await world.run(['law', 'check-notice', file, '--regime', 'us-tida']);
  assert.match(ran.stdout, /a pseudonym as signature may be refused here/);
});

test('what is no notice is refused by field, without its words', async () => {
  await using world = await World.make();
  const refused: readonly (readonly [unknown, RegExp])[] = [
    ['{', /this is not JSON/],
    [[], /a notice is a JSON object/],
    [{ location: ['secret'] }, /has the fields locations, .* and no others/],
    [{ standing: 'secret' }, /standing expects one of depicted/],
    [{ locations: 'secret' }, /locations expects a list/],
    [{ locations: [3] }, /each location expects a text/],
    [{ declarations: [{ id: 'secret' }] }, /declarations expects a list of/],
    [{ signature: { kind: 'secret' } }, /signature expects/],
    [{ facts: 7 }, /facts expects a text/],
  ];
  for (const [given, said] of refused) {
    const file = await world.put('notice.json', typeof given === 'string' ? given : JSON.stringify(given));
    const ran = await world.run(['law', 'check-notice', file]);
    assert.equal(ran.status, 2, JSON.stringify(given));
    assert.match(ran.stderr, said);
    assert.doesNotMatch(ran.stderr, /secret/);
  }
  await world.put('bytes.json', new Uint8Array([0xff, 0xfe]));
  assert.match((await world.run(['law', 'check-notice', 'bytes.json'])).stderr, /not UTF-8/);
  assert.match((await world.run(['law', 'check-notice', 'none.json'])).stderr, /there is no such file/);
  assert.match(
    (await world.run(['law', 'check-notice', 'bytes.json', '--regime', 'uk-nca'])).stderr,
    /no notice of its own/,
  );
  assert.match((await world.run(['law', 'chek-notice'])).stderr, /did you mean "reclaim law check-notice"\?/);
  assert.match((await world.run(['law'])).stderr, /law expects one of list/);
});
