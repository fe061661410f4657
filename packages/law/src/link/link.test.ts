import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseLink, parsePaste, readPaste, type Target } from './link.ts';
import { LINK_EXAMPLES, LOOK_ALIKES, RECOGNISED } from './link-examples.fixture.ts';
import { hostMatches } from './pattern.ts';
import { PATTERNS } from './patterns.ts';

/** The outermost row that a link was recognised by, before anything was unwrapped. */
function outer(link: string): string {
  const parsed = parseLink(link);
  assert.ok(parsed.ok);
  const [first] = parsed.targets;
  return `${first?.platform} ${first?.kind}`;
}

function targets(link: string): readonly string[] {
  const parsed = parseLink(link);
  return parsed.ok ? parsed.targets.map((each: Target) => `${each.platform} ${each.link}`) : [parsed.reason];
}

test('the table has 176 rows and 183 examples, and every row has one', () => {
  assert.equal(PATTERNS.length, 176);
  assert.equal(LINK_EXAMPLES.length, 183);
  const shown = new Set(LINK_EXAMPLES.map(([, platform, kind]) => `${platform} ${kind}`));
  for (const [platform, , , kind] of PATTERNS)
    assert.ok(shown.has(`${platform.replace(' ?', '')} ${kind}`), platform);
});

for (const [link, platform, kind] of LINK_EXAMPLES) {
  if (kind === 'redirect') continue;
  test(`${platform}: a ${kind} is recognised: ${link.slice(8, 60)}`, () => {
    assert.equal(outer(link), `${platform} ${kind}`);
  });
}

test('each redirect leads to what is inside', () => {
  const redirects = LINK_EXAMPLES.filter(([, , kind]) => kind === 'redirect');
  assert.equal(redirects.length, 5);
  for (const [link] of redirects) assert.deepEqual(targets(link), ['unknown-site https://example.org/a']);
});

test('look-alikes of platforms stay unknown sites', () => {
  for (const link of LOOK_ALIKES) assert.equal(outer(link), 'unknown-site page', 'a look-alike');
});

test('capitals, mobile hosts and language hosts are recognised', () => {
  for (const [link, platform] of RECOGNISED) assert.ok(outer(link).startsWith(`${platform} `));
});

test('a link inside an archive is a second target, and a result page shows both addresses', () => {
  assert.deepEqual(targets('https://web.archive.org/web/20300101000000/https://x.com/a/status/1'), [
    'wayback https://web.archive.org/web/20300101000000/https://x.com/a/status/1',
    'x https://x.com/a/status/1',
  ]);
  assert.deepEqual(
    targets(
      'https://www.google.com/imgres?imgurl=https://example.org/a.jpg&imgrefurl=https://example.org/a',
    ).slice(1),
    ['unknown-site https://example.org/a', 'image-file https://example.org/a.jpg'],
  );
});

test('translations, AMP copies and Yahoo results lead to the page itself', () => {
  assert.deepEqual(targets('https://my--site-example-org.translate.goog/a?_x_tr_sl=de&b=1'), [
    'unknown-site https://my-site.example.org/a?b=1',
  ]);
  assert.deepEqual(targets('https://www.google.com/amp/s/example.org/a'), [
    'unknown-site https://example.org/a',
  ]);
  assert.deepEqual(targets('https://example-org.cdn.ampproject.org/c/s/example.org/a'), [
    'unknown-site https://example.org/a',
  ]);
  assert.deepEqual(targets('https://r.search.yahoo.com/_ylt=x/RU=https%3a%2f%2fexample.org%2fa/RK=2'), [
    'unknown-site https://example.org/a',
  ]);
});

test('wrappers are opened three deep and no deeper', () => {
  const wrap = (inner: string) => `https://l.facebook.com/l.php?u=${encodeURIComponent(inner)}`;
  const deep = (count: number): string => (count === 0 ? 'https://example.org/a' : wrap(deep(count - 1)));
  assert.deepEqual(targets(deep(3)), ['unknown-site https://example.org/a']);
  assert.ok(targets(deep(4))[0]!.startsWith('wrapper '));
});

test('links without scheme, in brackets, with invisible marks and with a password are read', () => {
  assert.deepEqual(targets('instagram.com/p/EXAMPLE0000'), ['instagram https://instagram.com/p/EXAMPLE0000']);
  assert.equal(outer('<https://x.com/a/status/1>,'), 'x post');
  assert.equal(outer('\u202ehttps://x\u200b.com/a/status/1'), 'x post');
  assert.equal(outer('https://x.com:443@example.org/a/status/1'), 'unknown-site page');
  assert.equal(outer('https://user:secret@x.com/a/status/1'), 'x post');
  assert.equal(outer('https://x.com./a/status/1'), 'x post');
});

test('a bracket that belongs to the link stays, one around it goes', () => {
  assert.deepEqual(targets('(https://example.org/a_(b))'), ['unknown-site https://example.org/a_(b)']);
  assert.deepEqual(targets('https://example.org/a).'), ['unknown-site https://example.org/a']);
});

test('a password in a link goes no further', () => {
  assert.deepEqual(targets('https://user:secret@x.com/a/status/1'), ['x https://x.com/a/status/1']);
});

test('a host in another script is not the one it resembles, and says so', () => {
  const parsed = parseLink('https://х.com/a/status/1');
  assert.ok(parsed.ok);
  assert.equal(parsed.targets[0]!.platform, 'unknown-site');
  assert.equal(parsed.targets[0]!.otherScript, true);
});

test('what is no public web address is refused with a reason', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['', 'empty'],
    ['   ', 'empty'],
    ['\u200b', 'empty'],
    ['hello', 'not-a-link'],
    ['IMG_1234.jpg', 'not-a-link'],
    ['person@example.org', 'not-a-link'],
    ['https:///', 'not-a-link'],
    ['https://', 'not-a-link'],
    ['javascript:alert(1)', 'not-web'],
    ['data:image/png;base64,AAAA', 'not-web'],
    ['file:///home/a.jpg', 'not-web'],
    ['ftp://example.org/a', 'not-web'],
    ['http://localhost/a', 'not-public'],
    ['http://127.0.0.1/a', 'not-public'],
    ['http://2130706433/a', 'not-public'],
    ['http://[::1]/a', 'not-public'],
    ['http://192.168.0.1/a', 'not-public'],
    [`https://example.org/${'a'.repeat(9000)}`, 'too-long'],
  ];
  for (const [text, reason] of cases) assert.deepEqual(parseLink(text), { ok: false, reason }, reason);
});

test('nothing that is pasted makes the parser throw, and a refusal repeats none of it', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.webUrl({ withQueryParameters: true, withFragments: true }),
      ),
      (text) => {
        const parsed = parseLink(text);
        if (!parsed.ok) assert.deepEqual(Object.keys(parsed), ['ok', 'reason']);
        else assert.ok(parsed.targets.length > 0);
      },
    ),
    { numRuns: 300 },
  );
});

test('10,000 links of a paste are read, duplicates fall together, and more are cut off', () => {
  const many = Array.from(
    { length: 10_050 },
    (_, at) => `https://x.com/a/status/${at % 5000}?s=20&t=abc`,
  ).join('\n');
  const parsed = parsePaste(many);
  assert.equal(parsed.links.length, 5000);
  assert.equal(parsed.duplicates, 5000);
  assert.equal(parsed.cut, true);
});

test('tracking parameters and mobile hosts make no second link, the moment in a video does', () => {
  const parsed = parsePaste(
    'https://www.instagram.com/p/EXAMPLE0000/?igsh=abc https://instagram.com/p/EXAMPLE0000 https://www.youtube.com/watch?v=EXAMPLE0000&t=1 https://m.youtube.com/watch?v=EXAMPLE0000&t=2 rubbish',
  );
  assert.equal(parsed.links.length, 3);
  assert.equal(parsed.duplicates, 1);
  assert.deepEqual(parsed.refused, [{ index: 4, reason: 'not-a-link' }]);
});

test('the key of a MEGA link keeps what comes after the hash, since it is another file without it', () => {
  const parsed = parsePaste('https://mega.nz/folder/EXAMPLE0#ONE https://mega.nz/folder/EXAMPLE0#TWO');
  assert.equal(parsed.links.length, 2);
});

test('hosts match by whole labels, and a country suffix only where one is asked for', () => {
  assert.equal(hostMatches('mobile.x.com', 'x.com'), true);
  assert.equal(hostMatches('notx.com', 'x.com'), false);
  assert.equal(hostMatches('x.com.evil.example', 'x.com'), false);
  assert.equal(hostMatches('a.blogspot.co.uk', 'blogspot.*'), true);
  assert.equal(hostMatches('a.blogspot.de', 'blogspot.*'), true);
  assert.equal(hostMatches('a.notblogspot.de', 'blogspot.*'), false);
  assert.equal(hostMatches('a.blogspot.evil.example', 'blogspot.*'), false);
});

test('a paste read in slices is the paste read at once', () => {
  const text = Array.from({ length: 1_000 }, (_, at) =>
    at % 7 === 0 ? 'word' : `https://a${at % 90}.example/p`,
  ).join(' ');
  const reading = readPaste(text, 300);
  const steps: number[] = [];
  for (let step = reading.next(); ; step = reading.next()) {
    if (step.done === true) {
      assert.deepEqual(step.value, parsePaste(text));
      break;
    }
    steps.push(step.value);
  }
  assert.deepEqual(steps, [300, 600, 900]);
});
