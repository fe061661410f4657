import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { findPersonalData, LINT_LIMIT, type PersonalDataKind } from './personal-data.ts';

/** What the linter says of a text: each kind with the words it marks. */
function lint(text: string): readonly string[] {
  return findPersonalData(text).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);
}

const NAMED: readonly (readonly [text: string, ...found: string[]])[] = [
  ['Write to rosa.example@mail.example now.', 'email: rosa.example@mail.example'],
  ['Write to rosa (at) mail (dot) example please', 'email: rosa (at) mail (dot) example'],
  ['Write to rosa[at]mail.example', 'email: rosa[at]mail.example'],
  ['rosa at mail dot com', 'email: rosa at mail dot com'],
  ['ｒｏｓａ＠ｍａｉｌ．ｅｘａｍｐｌｅ', 'email: ｒｏｓａ＠ｍａｉｌ．ｅｘａｍｐｌｅ'],
  ['ro\u200bsa@ma\u200bil.example', 'email: ro\u200bsa@ma\u200bil.example'],
  ['see https://video.example/@rosa_example today', 'profile-link: https://video.example/@rosa_example'],
  ['see https://www.instagram.com/rosa.example.', 'profile-link: https://www.instagram.com/rosa.example'],
  ['see t.me/rosaexample', 'profile-link: t.me/rosaexample'],
  ['from linkedin.com/in/rosa-example', 'profile-link: linkedin.com/in/rosa-example'],
  ['see https://photos.example/p/17', 'link: https://photos.example/p/17'],
  ['see photos.org', 'link: photos.org'],
  ['see hxxps://photos.example/p/17', 'link: hxxps://photos.example/p/17'],
  ['posted by @rosa_example, twice', 'handle: @rosa_example'],
  ['posted by u/rosa_example', 'handle: u/rosa_example'],
  ['call +34 600 123 456', 'phone: +34 600 123 456'],
  ['call 0171 234 5678 90', 'phone: 0171 234 5678 90'],
  ['call (555) 123-4567', 'phone: (555) 123-4567'],
  ['phone: 555 1234', 'phone: 555 1234'],
  ['٠٦٠٠١٢٣٤٥٦', 'phone: ٠٦٠٠١٢٣٤٥٦'],
  ['account 12345678901234567', 'number: 12345678901234567'],
  ['born on 3 May 2009', 'date-of-birth: 3 May 2009'],
  ['nacida el 12 de mayo de 2010', 'date-of-birth: 12 de mayo de 2010'],
  ['she (1994-05-03) asked', 'date-of-birth: 1994-05-03'],
  ['ES91 2100 0418 4502 0005 1332', 'iban: ES91 2100 0418 4502 0005 1332'],
  ['de89370400440532013000', 'iban: de89370400440532013000'],
  ['4111 1111 1111 1111', 'card: 4111 1111 1111 1111'],
  ['078-05-1120', 'id-number: 078-05-1120'],
  ['DNI 12345678Z', 'id-number: 12345678Z'],
  ['from 203.0.113.7 last night', 'ip-address: 203.0.113.7'],
  ['from 2001:db8:0:1::7 last night', 'ip-address: 2001:db8:0:1::7'],
  ['at 40.41678, -3.70379', 'position: 40.41678, -3.70379'],
  ['lives at 12 Example Street', 'street: 12 Example Street'],
  ['vive en calle Ejemplo 12', 'street: calle Ejemplo 12'],
  ['shows Ms Rosa Example', 'titled-name: Ms Rosa Example'],
  ['she is called Rosa Example there', 'titled-name: Rosa Example'],
  ['se llama Rosa', 'titled-name: Rosa'],
  ['d41d8cd98f00b204e9800998ecf8427e', 'hash: d41d8cd98f00b204e9800998ecf8427e'],
  ['@rosa and rosa@mail.example', 'handle: @rosa', 'email: rosa@mail.example'],
];

test('personal data is named by its kind and by where it stands', () => {
  for (const [text, ...found] of NAMED) assert.deepEqual(lint(text), found, text);
});

const CLEAN = [
  'The picture shows a person in an intimate state and was shared without that person’s consent.',
  'Regulation (EU) 2022/2065, Art. 17(3)(d); Directive (EU) 2024/1385 Art. 5; 47 U.S.C. 223a(a)(3).',
  'Código Penal 197.7; Strafgesetzbuch §201a; Code pénal 226-1, 226-2, 226-2-1 §1; Pub. L. 119-12, 139 Stat. 55.',
  'It was posted on 2026-11-20 at 14:30 and removed on 21 November 2026, within 48 hours.',
  'The comparison agreed in 2 of 2 signals; the second copy is 1080 by 1350 pixels, 240 KB.',
  'No name, address or account of anybody else is needed to understand this decision.',
  'Se publicó el 20 de noviembre de 2026 sin el consentimiento de la persona mostrada. Artículo 16, apartado 2.',
  'You may object within 6 months; it costs nothing. 1. First. 2. Second. 3. Third.',
  'Look at it again: at least the picture is the same, dot by dot.',
];

test('words that a statement needs are left alone', () => {
  for (const text of CLEAN) assert.deepEqual(lint(text), [], text);
});

test('a text that is only made of one kind of sign takes no longer than another', () => {
  // Not a measurement: a pattern that backtracks without bound would not end within the runner's own limit.
  for (const sign of [
    '@',
    '.',
    '1',
    ' ',
    'a',
    '(',
    '-',
    '/',
    'a.',
    '1 ',
    '@a',
    'http://',
    'Mr A ',
    'born ',
    '٠',
  ]) {
    findPersonalData(sign.repeat(Math.floor(LINT_LIMIT / sign.length)));
  }
});

const PLANTED: readonly (readonly [PersonalDataKind, string])[] = [
  ['email', 'rosa.example@mail.example'],
  ['phone', '+34 600 123 456'],
  ['handle', '@rosa_example'],
  ['profile-link', 'https://x.com/rosa_example'],
  ['iban', 'ES91 2100 0418 4502 0005 1332'],
  ['date-of-birth', '1994-05-03'],
];

test('what is planted anywhere in clean words is found there, and its range lies in the text', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...CLEAN),
      fc.constantFrom(...PLANTED),
      fc.constantFrom(...CLEAN),
      (before, [kind, planted], after) => {
        const text = `${before} ${planted} ${after}`;
        const [found, ...more] = findPersonalData(text);
        assert.equal(found?.kind, kind);
        assert.equal(found.start, before.length + 1);
        // A word too many may be marked at the end, never one too few.
        assert.ok(found.end >= before.length + 1 + planted.length);
        assert.deepEqual(more, []);
      },
    ),
    { numRuns: 120 },
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      for (const { start, end } of findPersonalData(text))
        assert.ok(start >= 0 && start < end && end <= text.length);
    }),
    { numRuns: 150 },
  );
});
