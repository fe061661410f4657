/**
 * Reads every sentence of every language: banned words, required ones, promises, and how hard it is to read.
 * @module
 */

import assert from 'node:assert/strict';
import test from 'node:test';
import { ar as noticeAr } from '../../notice/words/ar.ts';
import { en as noticeEn } from '../../notice/words/en.ts';
import { es as noticeEs } from '../../notice/words/es.ts';
import { ar } from './ar.ts';
import { ar as copiesAr } from './copies/ar.ts';
import { en as copiesEn } from './copies/en.ts';
import { es as copiesEs } from './copies/es.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { ar as evidenceAr } from './evidence/ar.ts';
import { en as evidenceEn } from './evidence/en.ts';
import { es as evidenceEs } from './evidence/es.ts';
import { ar as guidesAr } from './guides/ar.ts';
import { en as guidesEn } from './guides/en.ts';
import { es as guidesEs } from './guides/es.ts';
import { ar as historyAr } from './history/ar.ts';
import { en as historyEn } from './history/en.ts';
import { es as historyEs } from './history/es.ts';
import { ar as linksAr } from './links/ar.ts';
import { en as linksEn } from './links/en.ts';
import { es as linksEs } from './links/es.ts';
import { ar as rightsAr } from './rights/ar.ts';
import { en as rightsEn } from './rights/en.ts';
import { es as rightsEs } from './rights/es.ts';
import { ar as threadsAr } from './threads/ar.ts';
import { en as threadsEn } from './threads/en.ts';
import { es as threadsEs } from './threads/es.ts';
import { ar as watchAr } from './watch/ar.ts';
import { en as watchEn } from './watch/en.ts';
import { es as watchEs } from './watch/es.ts';
import type { Words } from './words.ts';

const LOCALES: Readonly<Record<string, Words>> = { en, es, ar };

/** Every table that a person reads: the portal's, and that of the notice form. */
const TABLES: readonly (readonly [door: string, locale: string, words: object, english: object])[] = [
  ...Object.entries(LOCALES).map(([locale, words]) => ['portal', locale, words, en] as const),
  ['notice', 'en', noticeEn, noticeEn],
  ['notice', 'es', noticeEs, noticeEn],
  ['notice', 'ar', noticeAr, noticeEn],
  ['copies', 'en', copiesEn, copiesEn],
  ['copies', 'es', copiesEs, copiesEn],
  ['copies', 'ar', copiesAr, copiesEn],
  ['evidence', 'en', evidenceEn, evidenceEn],
  ['evidence', 'es', evidenceEs, evidenceEn],
  ['evidence', 'ar', evidenceAr, evidenceEn],
  ['guides', 'en', guidesEn, guidesEn],
  ['guides', 'es', guidesEs, guidesEn],
  ['guides', 'ar', guidesAr, guidesEn],
  ['history', 'en', historyEn, historyEn],
  ['history', 'es', historyEs, historyEn],
  ['history', 'ar', historyAr, historyEn],
  ['links', 'en', linksEn, linksEn],
  ['links', 'es', linksEs, linksEn],
  ['links', 'ar', linksAr, linksEn],
  ['rights', 'en', rightsEn, rightsEn],
  ['rights', 'es', rightsEs, rightsEn],
  ['rights', 'ar', rightsAr, rightsEn],
  ['threads', 'en', threadsEn, threadsEn],
  ['threads', 'es', threadsEs, threadsEn],
  ['threads', 'ar', threadsAr, threadsEn],
  ['watch', 'en', watchEn, watchEn],
  ['watch', 'es', watchEs, watchEn],
  ['watch', 'ar', watchAr, watchEn],
];

/** S50: words that must not stand in the interface, with their like in the other languages. */
const BANNED: Readonly<Record<string, RegExp>> = {
  en: /revenge porn|child porn|\bvictims?\b|leaked nudes|\balleged|\bwhy\b|should have|\bfail(ed|ure)?\b|invalid|unfortunately|^ok$|^submit$|\bsurvivors?\b/i,
  es: /porno vengativo|venganza|pornograf[ií]a infantil|\bv[ií]ctimas?\b|presunt|por qu[eé] (no )?(lo |la )?(hic|env|mand)|deber[ií]as haber|\bfall[oó]\b|inv[aá]lid|lamentablemente|^enviar$|^aceptar$|^ok$/i,
  ar: /إباحية|ضحية|ضحايا|انتقام|لماذا|كان عليك|كان يجب|فشل|غير صالح|للأسف|^موافق$|^إرسال$/,
};

/** S51: promises that nobody can keep. */
const PROMISES: Readonly<Record<string, RegExp>> = {
  en: /guarantee|all over the internet|permanent|forever|everywhere|completely safe|100 ?%/i,
  es: /garanti|todo internet|permanente|para siempre|en todas partes|100 ?%/i,
  ar: /نضمن|مضمون|كل الإنترنت|إلى الأبد|دائم|نهائي|100 ?%/,
};

function sentencesOf(table: object, path = ''): readonly (readonly [string, string])[] {
  return Object.entries(table).flatMap(([name, value]) =>
    typeof value === 'string' ? [[`${path}${name}`, value] as const] : sentencesOf(value, `${path}${name}.`),
  );
}

for (const [door, locale, words, pattern] of TABLES) {
  const sentences = sentencesOf(words);

  test(`S50: ${door}, ${locale} has none of the banned words`, () => {
    for (const [name, sentence] of sentences) assert.doesNotMatch(sentence, BANNED[locale]!, name);
  });

  test(`S51: ${door}, ${locale} promises nothing that cannot be kept`, () => {
    for (const [name, sentence] of sentences) assert.doesNotMatch(sentence, PROMISES[locale]!, name);
  });

  test(`${door}, ${locale} says something everywhere, with the values of the English sentence and no others`, () => {
    const english = new Map(sentencesOf(pattern));
    for (const [name, sentence] of sentences) {
      assert.ok(sentence.trim().length > 0, name);
      const known =
        english.get(name) ?? english.get(name.replace(/\.(zero|one|two|few|many)$/, '.other')) ?? '';
      const values = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, value]) => value).sort();
      const wanted = values(known);
      for (const value of values(sentence)) assert.ok(wanted.includes(value), `${name} names ${value}`);
      if (!/\.(zero|one|two)$/.test(name)) assert.deepEqual(values(sentence), wanted, name);
    }
    for (const name of english.keys()) {
      assert.ok(
        sentences.some(([each]) => each === name),
        `${name} is missing`,
      );
    }
  });

  test(`${door}, ${locale} has every plural form that the language counts with`, () => {
    const categories = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    const look = (table: object, path: string): void => {
      for (const [name, value] of Object.entries(table)) {
        if (typeof value !== 'object') continue;
        if (
          'other' in value &&
          'one' in value &&
          typeof value.one === 'string' &&
          /\{n\}|صور|بصم|رفع|أزيل|إدخال/.test(String(value.other))
        ) {
          for (const category of categories) assert.ok(category in value, `${path}${name}.${category}`);
        } else look(value, `${path}${name}.`);
      }
    };
    look(words, '');
  });
}

test('S51: "This is not your fault." stands in each language', () => {
  assert.equal(en.frame.notFault, 'This is not your fault.');
  assert.match(es.frame.notFault, /culpa/);
  assert.match(ar.frame.notFault, /ذنبك/);
});

test('S52: what is promised on sending comes with its reach, with where it does not reach, and with a wider road', () => {
  for (const words of Object.values(LOCALES)) {
    assert.ok(words.leaves.reach.length > 40);
    assert.ok(words.leaves.not.length > 40);
    assert.match(words.leaves.wider, /StopNCII/);
  }
});

test('S53: each state of a fingerprint says what comes next', () => {
  for (const words of Object.values(LOCALES)) {
    assert.deepEqual(Object.keys(words.status.next).sort(), Object.keys(words.status.states).sort());
  }
  for (const state of ['unconfirmed', 'confirmed', 'disputed'] as const) {
    assert.match(en.status.next[state], /service|person/);
  }
  assert.match(en.status.next.withdrawn, /24 hours/);
});

/** Syllables, counted roughly as the readability formulas do: groups of vowels, a final silent e left out. */
function syllables(word: string): number {
  const groups = word
    .toLowerCase()
    .replace(/e$/, '')
    .match(/[aeiouy]+/g);
  return Math.max(1, groups?.length ?? 0);
}

/** The sentences of a screen, one after another; `value` stands for what is put in. Labels of a few words are left out. */
function textOf(table: object, value: string): string {
  return sentencesOf(table)
    .map(([, sentence]) => sentence.replace(/\{\w+\}/g, value))
    .filter((sentence) => sentence.split(' ').length > 3)
    .map((sentence) => (/[.?!]$/.test(sentence) ? sentence : `${sentence}.`))
    .join(' ');
}

test('S51: every English screen reads at grade 8 or below (Flesch–Kincaid)', () => {
  for (const [screen, table] of [
    ...Object.entries(en),
    ...Object.entries(noticeEn),
    ...Object.entries(evidenceEn),
    ...Object.entries(threadsEn),
    ...Object.entries(linksEn),
    ...Object.entries(guidesEn).filter(([, each]) => typeof each === 'object'),
    ['rights', rightsEn] as const,
    ['watch', watchEn] as const,
    ['copies', copiesEn] as const,
    ['history', historyEn] as const,
  ]) {
    const text = textOf(table, 'one');
    const ends = text.match(/[.?!:;](\s|$)/g)?.length ?? 1;
    const all = text.match(/[A-Za-z']+/g) ?? [];
    const grade =
      0.39 * (all.length / ends) + 11.8 * (all.reduce((n, w) => n + syllables(w), 0) / all.length) - 15.59;
    assert.ok(grade <= 8, `${screen}: grade ${grade.toFixed(1)}`);
  }
});

/**
 * Syllables of a Spanish word: one a group of vowels, and one more where two strong vowels meet, or a strong one and a weak
 * one with its accent. The u of que, qui, gue, gui is not heard, nor is an h; a y at the end is an i.
 */
function spanishSyllables(word: string): number {
  const heard = word
    .toLowerCase()
    .replace(/([qg])u(?=[eiéí])/g, '$1')
    .replace(/y$/, 'i')
    .replaceAll('h', '');
  const isStrong = (vowel: string) => !/[iuü]/.test(vowel);
  let count = 0;
  for (const [group] of heard.matchAll(/[aeiouáéíóúü]+/g)) {
    count += 1;
    for (let at = 1; at < group.length; at++)
      if (isStrong(group.charAt(at)) && isStrong(group.charAt(at - 1))) count += 1;
  }
  return Math.max(1, count);
}

test('Spanish syllables are counted as they are spoken', () => {
  const spoken = {
    imagen: 3,
    huella: 2,
    ahora: 3,
    día: 2,
    aéreo: 4,
    ciudad: 2,
    guía: 2,
    quien: 1,
    pingüino: 3,
    ley: 1,
  };
  for (const [word, count] of Object.entries(spoken)) assert.equal(spanishSyllables(word), count, word);
});

/**
 * Perspicuity of Szigriszt-Pazos (1993), 206.835 − 62.3 S/P − P/F with syllables S, words P and sentences F, which corrects
 * Fernández Huerta (1959); read on the INFLESZ scale (Barrio-Cantalejo et al., An. Sist. Sanit. Navar. 31, 2008): 65 and
 * above is "quite easy", what the popular press and the last years of primary school are written in.
 */
test('S51: every Spanish screen is quite easy to read (INFLESZ 65 or above)', () => {
  for (const [screen, table] of [
    ...Object.entries(es),
    ...Object.entries(noticeEs),
    ...Object.entries(evidenceEs),
    ...Object.entries(threadsEs),
    ...Object.entries(linksEs),
    ['rights', rightsEs] as const,
    ['watch', watchEs] as const,
    ['copies', copiesEs] as const,
    ['history', historyEs] as const,
  ]) {
    const text = textOf(table, 'uno');
    const ends = text.match(/[.?!:;](\s|$)/g)?.length ?? 1;
    const all = text.match(/\p{L}+/gu) ?? [];
    if (all.length === 0) continue;
    const spoken = all.reduce((sum, word) => sum + spanishSyllables(word), 0);
    const ease = 206.835 - 62.3 * (spoken / all.length) - all.length / ends;
    assert.ok(ease >= 65, `${screen}: ${ease.toFixed(1)}`);
  }
});

/**
 * For Arabic no formula is accepted that could be counted here: OSMAN (El-Haj and Rayson, LREC 2016) and its like count
 * syllables, which stand in the vowel marks that nobody writes. So what every such formula rests on is held by itself: how
 * many words a sentence has, and how many of them are long (of more than six letters, as in LIX; Björnsson 1968). It says
 * nothing of whether the words are common ones.
 */
test('S51: Arabic sentences are short, and few of their words are long', () => {
  for (const [screen, table] of [
    ...Object.entries(ar),
    ...Object.entries(noticeAr),
    ...Object.entries(evidenceAr),
    ...Object.entries(threadsAr),
    ...Object.entries(linksAr),
    ...Object.entries(guidesAr).filter(([, each]) => typeof each === 'object'),
    ['rights', rightsAr] as const,
    ['watch', watchAr] as const,
    ['copies', copiesAr] as const,
    ['history', historyAr] as const,
  ]) {
    const sentences = textOf(table, 'واحد')
      .split(/[.؟!:؛](?:\s|$)/)
      .map((sentence) => sentence.replace(/[\p{Mn}\u0640]/gu, '').match(/\p{Script=Arabic}+/gu) ?? [])
      .filter((words) => words.length > 0);
    const all = sentences.flat();
    if (all.length === 0) continue;
    const long = all.filter((word) => word.length > 6).length / all.length;
    const mean = all.length / sentences.length;
    assert.ok(mean <= 10, `${screen}: ${mean.toFixed(1)} words a sentence`);
    // On a screen of two dozen words a few are many.
    assert.ok(long <= 0.2 || all.length < 30, `${screen}: ${(100 * long).toFixed(0)} of 100 words are long`);
    for (const words of sentences) assert.ok(words.length <= 25, `${screen}: ${words.join(' ')}`);
  }
});

/** What a fingerprint does not find: a part, a tilted copy, a covered one. */
const NOT_FOUND: Readonly<Record<string, readonly RegExp[]>> = {
  en: [/\bcut\b/, /tilted/, /sticker/, /changed a lot/],
  es: [/recortad/, /inclinad/, /pegatina/, /muy cambiad/],
  ar: [/قص/, /مالت/, /ملصق/, /تغيرت كثيرا/],
};

for (const [locale, words] of Object.entries(LOCALES))
  test(`${locale}: before anything leaves it is said which copies are not found, and what can be guessed`, () => {
    for (const word of NOT_FOUND[locale]!) assert.match(words.leaves.not, word);
    assert.ok(words.leaves.guess.length > 40);
  });
