/**
 * Writes the guides that need no script, `packages/web/help/guides*.html`, from the same words as the portal's. Run it after
 * a word changed:
 *
 *     node tools/guide-pages.ts
 *
 * @module
 */

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { directionOf, fill, type Language } from '../packages/web/ui/language.ts';
import { ar } from '../packages/web/ui/words/ar.ts';
import { en } from '../packages/web/ui/words/en.ts';
import { es } from '../packages/web/ui/words/es.ts';
import { ar as arGuides } from '../packages/web/ui/words/guides/ar.ts';
import { en as enGuides } from '../packages/web/ui/words/guides/en.ts';
import { es as esGuides } from '../packages/web/ui/words/guides/es.ts';
import type { GuideWords } from '../packages/web/ui/words/guides/words.ts';
import type { Words } from '../packages/web/ui/words/words.ts';

/** Where the pages are. */
export const HELP_PAGES = path.join(import.meta.dirname, '../packages/web/help');

const LANGUAGES: readonly (readonly [Language, string, Words, GuideWords])[] = [
  ['en', 'English', en, enGuides],
  ['es', 'Español', es, esGuides],
  ['ar', 'العربية', ar, arGuides],
];

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const paragraph = (text: string) => `        <p>${escaped(text)}</p>`;
const quote = (text: string) => `        <blockquote>${escaped(text)}</blockquote>`;
const points = (texts: readonly string[]) =>
  ['        <ul>', ...texts.map((text) => `          <li>${escaped(text)}</li>`), '        </ul>'].join('\n');
const section = (id: string, level: 2 | 3, title: string, parts: readonly string[]) =>
  [
    `      <section class="stack tight"${id === '' ? '' : ` id="${id}"`}>`,
    `        <h${level}>${escaped(title)}</h${level}>`,
    ...parts,
    '      </section>',
  ].join('\n');

/** The page's name on disk; on the site it stands at `/help/` and this without its ending. */
function pageName(language: Language): string {
  return language === 'en' ? 'guides.html' : `guides-${language}.html`;
}

function body(words: Words, say: GuideWords): string {
  const { accounts, sharing, received, calm } = say;
  const source = (text: string) =>
    `        <p class="small quiet-text"><bdi>${escaped(fill(say.source, { source: text }))}</bdi></p>`;
  return [
    section('accounts', 2, accounts.title, [
      paragraph(accounts.lead),
      `        <p><strong>${escaped(accounts.close)}</strong> ${escaped(accounts.slowly)} ${escaped(accounts.first)}</p>`,
    ]),
    ...Object.values(accounts.steps).map((step) =>
      section('', 3, step.title, [paragraph(step.text), paragraph(`${say.seen}: ${step.seen}`)]),
    ),
    section('sharing', 2, sharing.title, [
      paragraph(sharing.lead),
      points([sharing.free, sharing.one, sharing.end, sharing.each]),
      paragraph(sharing.young),
      source(sharing.source),
    ]),
    section('', 3, sharing.no, [paragraph(sharing.noNote), quote(sharing.noShort), quote(sharing.noAgain)]),
    section('', 3, sharing.share, [points([sharing.face, sharing.marked, sharing.vanish])]),
    section('', 3, sharing.back, [
      paragraph(sharing.backNote),
      quote(sharing.backText),
      paragraph(sharing.after),
    ]),
    section('received', 2, received.title, [
      paragraph(received.lead),
      points([received.pass, received.keep]),
      paragraph(received.say),
      quote(received.sayText),
      points([received.report, received.tell]),
    ]),
    section('', 3, received.youngTitle, [paragraph(received.young)]),
    section('', 3, received.passed, [paragraph(received.passedText)]),
    section('calm', 2, calm.title, [
      paragraph(`${words.frame.notFault} ${calm.lead}`),
      points([calm.feet, calm.room, calm.look, calm.time, calm.day]),
      paragraph(calm.one),
      quote(calm.oneText),
      paragraph(calm.more),
      paragraph(words.danger.selfHarm),
      source(calm.source),
    ]),
    section('', 2, words.danger.title, [paragraph(words.danger.unknown)]),
  ].join('\n');
}

/** The pages, each with its name and its text. */
export function guidePages(): readonly { readonly name: string; readonly text: string }[] {
  // The head of the first page of help, so that the way out and the styles are the same.
  const pattern = readFileSync(path.join(HELP_PAGES, 'index.html'), 'utf8');
  return LANGUAGES.map(([language, , words, say]) => {
    const others = LANGUAGES.filter(([other]) => other !== language).map(([other, name]) => {
      const address = `/help/${pageName(other).replace('.html', '')}`;
      return `          <a href="${address}" lang="${other}" hreflang="${other}">${name}</a>`;
    });
    const text = pattern
      .replace('<html lang="en" dir="ltr">', `<html lang="${language}" dir="${directionOf(language)}">`)
      .replace(/<title>.*<\/title>/, `<title>${escaped(words.frame.title)}</title>`)
      .replace('Skip to the content', escaped(words.frame.skip))
      .replace('>Leave now<', `>${escaped(words.exit.leave)}<`)
      .replace(
        /( aria-label="[^"]*">\n)[\s\S]*?(\n\s*<\/nav>)/,
        (_, open: string, close: string) => `${open}${others.join('\n')}${close}`,
      )
      .replace(
        /(<main[^>]*>\n)[\s\S]*(\n\s*<\/main>)/,
        (_, open: string, close: string) =>
          `${open}${[
            '      <div class="stack">',
            `        <h1>${escaped(say.title)}</h1>`,
            `        <p class="lead">${escaped(say.note)}</p>`,
            '      </div>',
            body(words, say),
            `      <p><a href="/help${language === 'en' ? '' : `/${language}`}">${escaped(words.frame.back)}</a></p>`,
          ].join('\n')}${close}`,
      );
    return { name: pageName(language), text };
  });
}

if (process.argv[1] === import.meta.filename)
  for (const { name, text } of guidePages()) writeFileSync(path.join(HELP_PAGES, name), text);
