import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { MAIL_HEAD_BYTES, MAX_HEADER_FIELDS, MAX_HEADERS, mailHeaders } from './mail-headers.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const of = (text: string, whole = true) => mailHeaders(bytes(text), whole);

const SECTION = [
  'Received: from mx.example (mx.example [192.0.2.7])',
  '\tby in.example with ESMTPS; Thu, 1 Jan 2026 10:00:00 +0000',
  'From: =?utf-8?Q?Some=20One?= <someone@mail.example>',
  'Subject: send it or I post it',
  'Message-ID: <1@mail.example>',
  '',
].join('\r\n');

test('the header section of a mail is taken as it stands, folded lines, encoded words and line ends with it', () => {
  assert.equal(of(`${SECTION}\r\nthe body: with a colon\r\n\r\nmore`), SECTION);
  const unix = SECTION.replaceAll('\r\n', '\n');
  assert.equal(of(`${unix}\nthe body`), unix);
  assert.equal(of(`From someone Thu Jan  1 10:00:00 2026\n${unix}\nthe body`), unix);
  assert.equal(of(`\ufeff${unix}\nthe body`), unix);
  // Copied without a body, and not the beginning of something that goes on.
  assert.equal(of(SECTION), SECTION);
  assert.equal(of(SECTION, false), undefined);
});

test('what is no mail has no header section', () => {
  for (const text of [
    '',
    '\r\n\r\n',
    'Hello, this is a chat.',
    'hello: just one line',
    ' folded: first\nFrom: a\n\nbody',
    'From: a\nno colon here\n\nbody',
    '{"json": true}',
    'PK\u0003\u0004: a zip\n\n',
    `${'x'.repeat(90)}: too long a name\n\nbody`,
  ])
    assert.equal(of(text), undefined, text.slice(0, 20));
  assert.equal(of('From: a\nTo: \0b\n\nbody'), undefined);
});

test('a hostile mail is looked at to its limits and no further', () => {
  assert.equal(of(`${'a: b\n'.repeat(MAX_HEADER_FIELDS)}\nbody`)?.length, 5 * MAX_HEADER_FIELDS);
  assert.equal(of(`${'a: b\n'.repeat(MAX_HEADER_FIELDS + 1)}\nbody`), undefined);
  assert.equal(of(`a: b\n${' folded\n'.repeat(MAX_HEADERS / 8)}\nbody`), undefined);
  assert.equal(of(`a: ${'x'.repeat(2 * MAIL_HEAD_BYTES)}`), undefined);
  // A mail in a mail in a mail, and parts without an end, are body: none of it is opened.
  const nested = `Content-Type: message/rfc822\r\n\r\n`.repeat(5_000);
  assert.equal(of(nested), 'Content-Type: message/rfc822\r\n');
});

test('whatever bytes it is given, it answers a piece of their beginning or nothing', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom('From: a', '\r\n', '\n', '\t', ' ', ':', '\n\n', 'From x\n', 'A-b: c\n', '\u{1f600}'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.boolean(), (pieces, whole) => {
      const text = pieces.join('');
      const found = of(text, whole);
      if (found === undefined) return;
      assert.ok(found.length > 0 && found.length <= MAX_HEADERS);
      assert.ok(new TextDecoder().decode(bytes(text)).includes(found));
      assert.ok(!/\n\r?\n/.test(found));
    }),
    { numRuns: 300 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
      mailHeaders(noise, true);
    }),
  );
});
