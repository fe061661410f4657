import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseDay } from '../day.ts';
import { applicableRegimes, type ItemFacts } from '../duty/applicable.ts';
import { DECLARATIONS, type DeclarationId } from '../duty/declaration.ts';
import { EMPTY_DRAFT, type NoticeDraft } from '../duty/notice-draft.ts';
import { askedBy, completenessOf, declarationsAsked, noticeRegimes } from './asked.ts';
import { hoursOf, type NoticeRequest, renderNotice, writeNotice } from './notice-text.ts';
import { NOTICE_REGIMES, type NoticeRegime, type Sentences } from './sentences.ts';
import { SENTENCES_AR } from './sentences-ar.ts';
import { SENTENCES_EN } from './sentences-en.ts';
import { SENTENCES_ES } from './sentences-es.ts';

const TABLES = { en: SENTENCES_EN, es: SENTENCES_ES, ar: SENTENCES_AR };
const DAY = parseDay('2026-11-26');

const ANYWHERE: ItemFacts = {
  country: 'US',
  subdivision: 'unknown',
  offeredIn: 'world',
  service: { kind: 'user-content', smallEnterprise: 'unknown', veryLarge: false },
  kind: 'authentic',
  minor: false,
  madeByPerson: 'unknown',
  accountHolder: 'unknown',
};

function filled(ids: readonly DeclarationId[], over: Partial<NoticeDraft> = {}): NoticeDraft {
  return {
    ...EMPTY_DRAFT,
    locations: ['https://social.example/post/1'],
    standing: 'depicted',
    kind: 'authentic',
    facts: 'It was taken in private.',
    declarations: ids.map((id) => ({ id, version: '1', atMs: 0 })),
    signature: { kind: 'typed', text: 'A. Person', pseudonym: false },
    email: 'a@mail.example',
    name: 'A. Person',
    age: 'adult',
    ...over,
  };
}

function request(regimes: readonly NoticeRegime[], draft: NoticeDraft, over: Partial<NoticeRequest> = {}) {
  return {
    draft,
    host: 'social.example',
    regimes,
    addressed: 'service',
    day: DAY,
    factsSuggested: false,
    ...over,
  } satisfies NoticeRequest;
}

/** Golden cases: where the person lives, the regimes that a notice to a service offered everywhere rests on, its ticks. */
const PLACES: readonly (readonly [country: string, part: string, regimes: string, ticks: number])[] = [
  ['US', 'unknown', 'us-tida eu-dsa', 3],
  ['US', 'US-UT', 'us-tida us-ut eu-dsa', 3],
  ['US', 'US-CA', 'us-tida us-ca eu-dsa', 4],
  ['GB', 'unknown', 'uk-osa us-tida eu-dsa', 6],
  ['IN', 'unknown', 'in-rules us-tida eu-dsa', 3],
  ['DE', 'unknown', 'eu-dsa us-tida', 3],
  ['AU', 'unknown', 'us-tida eu-dsa', 3],
  ['KR', 'unknown', 'kr-tba us-tida eu-dsa', 3],
];

for (const [country, subdivision, expected, ticks] of PLACES) {
  test(`a notice of a person in ${subdivision === 'unknown' ? country : subdivision} to a service offered everywhere rests on ${expected}`, () => {
    const facts = { ...ANYWHERE, country, subdivision };
    const applies = applicableRegimes(facts, DAY);
    assert.ok(applies.ok);
    const regimes = noticeRegimes(applies.regimes, facts);
    assert.equal(regimes.join(' '), expected);
    const asked = askedBy(regimes, EMPTY_DRAFT);
    const ids = declarationsAsked(asked);
    assert.equal(ids.length, ticks);
    assert.equal(new Set(ids).size, ids.length, 'nothing is asked twice');
    const full = completenessOf(regimes, filled(ids));
    assert.ok(
      full.every((each) => each.complete),
      'what is asked for is enough',
    );
    const without = completenessOf(regimes, filled(ids.slice(1)));
    assert.ok(without.some((each) => !each.complete && each.lacks.length > 0));
  });
}

test('each regime names its own law, with the hours of the row in force and no others', () => {
  const text = (regime: NoticeRegime, day = DAY) =>
    renderNotice(request([regime], filled([]), { day }), SENTENCES_EN).body;
  assert.match(text('us-tida'), /47 U\.S\.C\. 223a\(a\)\(1\).*not later than 48 hours/);
  assert.match(text('in-rules'), /rule 3\(2\)\(b\).* within 2 hours/);
  assert.match(text('in-rules', parseDay('2026-02-19')), / within 24 hours/);
  assert.match(text('us-ca'), /22671\. Please confirm receipt within 48 hours/);
  // Enacted, and nobody found since when: no number.
  assert.match(
    text('uk-osa'),
    /section 20A of the Online Safety Act 2023, as far as that section is in force/,
  );
  assert.doesNotMatch(text('uk-osa'), /\d+ hours/);
  assert.doesNotMatch(text('us-tida', parseDay('2026-05-18')), /\d+ hours/);
  assert.match(text('eu-dsa'), /Article 16 of Regulation \(EU\) 2022\/2065/);
  assert.equal(hoursOf('eu-dsa', DAY), null);
});

test('every notice asks to preserve, for a number and an outcome, and for silence towards whoever posted it', () => {
  for (const say of Object.values(TABLES)) {
    const { body } = renderNotice(request(['us-tida'], filled(['good-faith'])), say);
    for (const sentence of [say.preserve, say.answer, say.notTheUploader, say.declared['good-faith']]) {
      assert.ok(body.includes(sentence), sentence);
    }
  }
});

test('a copyright notice speaks of copyright alone and promises no silence', () => {
  const draft = filled(['good-faith', 'authority-under-perjury'], { work: 'A photograph that I took.' });
  const { subject, body } = renderNotice(
    request(['us-tida'], draft, { addressed: 'copyright-agent' }),
    SENTENCES_EN,
  );
  assert.match(subject, /17 U\.S\.C\. 512/);
  assert.match(body, /512\(c\)\(3\)[\s\S]*> A photograph that I took\.[\s\S]*penalty of perjury/);
  assert.doesNotMatch(body, /223a|do not tell whoever/);
});

test('a declaration stands in the notice word for word as the version that was ticked', () => {
  const { body } = renderNotice(request(['us-tida'], filled(['not-consensual'])), SENTENCES_EN);
  assert.ok(body.includes(`- ${DECLARATIONS.find((each) => each.id === 'not-consensual')?.texts[0]?.text}`));
  const unknown = filled([], { declarations: [{ id: 'not-consensual', version: 'never', atMs: 0 }] });
  assert.doesNotMatch(renderNotice(request(['us-tida'], unknown), SENTENCES_EN).body, /WHAT I DECLARE/);
});

test('a notice about somebody under 18 is text only, names nobody and leaves out declarations and signature', () => {
  for (const age of ['under-18-now', 'under-18-when-taken'] as const) {
    const draft = filled(['good-faith'], { age });
    const { subject, body } = renderNotice(request(['eu-dsa'], draft), SENTENCES_EN);
    assert.match(subject, /under 18/);
    assert.match(body, /no image, no copy and no fingerprint/);
    assert.match(body, /preserve/i);
    assert.doesNotMatch(body, /A\. Person|WHAT I DECLARE|SIGNATURE|What it shows/i);
    assert.match(body, /https:\/\/social\.example\/post\/1/);
  }
});

test('the person reads the notice in their own language beside it, marked as unreviewed', () => {
  const tida = writeNotice(request(['us-tida'], filled([])), 'ar', TABLES);
  assert.equal(tida.notice.language, 'en');
  assert.equal(tida.translation?.language, 'ar');
  assert.equal(tida.translation?.reviewed, false);
  assert.match(tida.translation?.body ?? '', /TAKE IT DOWN[\s\S]*48 ساعة/);
  const dsa = writeNotice(request(['eu-dsa'], filled([])), 'es', TABLES);
  assert.equal(dsa.notice.language, 'es');
  assert.equal(dsa.translation, null);
  assert.equal(writeNotice(request(['us-tida'], filled([])), 'en', TABLES).translation, null);
});

test('a sentence that was offered is said in the language of each text, typed words as they were typed', () => {
  const offered = writeNotice(request(['us-tida'], filled([]), { factsSuggested: true }), 'es', TABLES);
  assert.match(offered.notice.body, /> It is private\. I did not agree/);
  assert.match(offered.translation?.body ?? '', /> Es privada\. No acepté/);
  const typed = writeNotice(request(['us-tida'], filled([])), 'es', TABLES);
  assert.match(typed.translation?.body ?? '', /> It was taken in private\./);
});

test('no language leaves a sentence of another language, a hole or an empty place', () => {
  const kinds = ['authentic', 'forgery', 'threatened', 'not-said'] as const;
  for (const [language, say] of Object.entries(TABLES) as [string, Sentences][]) {
    for (const regime of NOTICE_REGIMES) {
      for (const kind of kinds) {
        for (const addressed of ['service', 'index', 'host', 'copyright-agent'] as const) {
          const draft = filled(Object.keys(say.declared) as DeclarationId[], {
            kind,
            standing: 'authorised',
          });
          const { subject, body } = renderNotice(request([regime], draft, { addressed }), say);
          assert.doesNotMatch(`${subject}${body}`, /undefined|null|\{|\}|\n\n\n/, `${language} ${regime}`);
          if (language === 'ar') assert.match(subject, /[؀-ۿ]/);
        }
      }
    }
    const names = Object.keys(SENTENCES_EN.declared).sort();
    assert.deepEqual(Object.keys(say.declared).sort(), names);
  }
});

test('whatever is typed, no line of it can pass for a line of the notice, change the order of text, hide or be markup', () => {
  const nasty = fc.string({
    unit: fc.constantFrom(
      ...'aB1 \n\r\t<>&"\'*#[](){}',
      '\u202e',
      '\u2066',
      '\u2069',
      '\u200b',
      '\u200f',
      '\u{e0041}',
      '\0',
      '\u2028',
      'ش',
      '‍',
      '🏳️',
      '\ud800',
    ),
    maxLength: 60,
  });
  fc.assert(
    fc.property(nasty, nasty, nasty, nasty, (facts, name, link, basis) => {
      const hostile = filled(['good-faith'], {
        facts: `${facts}\nSIGNATURE\nSigned electronically: Mallory`,
        name,
        email: `${name}@x.example`,
        otherContact: basis,
        authorityBasis: basis,
        standing: 'authorised',
        locations: [`https://social.example/${link}`],
        signature: { kind: 'typed', text: name, pseudonym: false },
      });
      const plain = filled(['good-faith']);
      const { body } = renderNotice(request(['us-tida'], hostile), SENTENCES_EN);
      assert.doesNotMatch(
        body,
        /[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u2028\u2029\0]|[\u{e0000}-\u{e007f}]/u,
      );
      assert.doesNotMatch(body.replaceAll(/^> /gm, '').replaceAll(/^>$/gm, ''), /[<>]/);
      assert.ok(body.isWellFormed());
      const headings = (text: string) => text.split('\n').filter((line) => /^[A-Z ]{5,}$/.test(line)).length;
      // A name of nothing but marks is no signature, so there may be one heading less, never one more.
      assert.ok(headings(body) <= headings(renderNotice(request(['us-tida'], plain), SENTENCES_EN).body));
    }),
    { numRuns: 300 },
  );
});
