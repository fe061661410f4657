/**
 * Begins the notice form: takes the item out of the address, picks the language, and makes sure that whatever way the page
 * is left, nothing of it stays.
 * @module
 */

import { render } from 'preact';
import { type Language, pickLanguage } from '../ui/language.ts';
import { wipeOnPageHide } from '../ui/leave.ts';
import { loadWords, type Words } from '../ui/words/words.ts';
import { itemOfFragment } from './item-link.ts';
import { NoticeApp } from './notice-app.tsx';
import { loadNoticeWords, type NoticeWords } from './words/words.ts';

const itemId = itemOfFragment(globalThis.location.hash);
// Before anything is drawn: what stays in the address stays in the history.
if (globalThis.location.hash !== '') history.replaceState(null, '', globalThis.location.pathname);

function begin(language: Language, shared: Words, words: NoticeWords): void {
  const root = document.getElementById('app');
  if (root === null) throw new TypeError('the page has no place to draw in');
  root.replaceChildren();
  render(<NoticeApp language={language} shared={shared} words={words} itemId={itemId} />, root);
}

wipeOnPageHide(window, () => undefined);

const language = pickLanguage(navigator.languages);
Promise.all([loadWords(language), loadNoticeWords(language)]).then(([shared, words]) =>
  begin(language, shared, words),
);
