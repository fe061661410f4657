/**
 * Begins the portal: picks the language, draws the page over what stood there without scripts, and makes sure that
 * whatever way the page is left, nothing of it stays.
 * @module
 */

import { render } from 'preact';
import { type Language, pickLanguage } from '../ui/language.ts';
import { wipeOnPageHide } from '../ui/leave.ts';
import { loadWords, type Words } from '../ui/words/words.ts';
import { App } from './app.tsx';
import type { Desk } from './desk.ts';

let desk: Desk | undefined;

function begin(language: Language, words: Words): void {
  const root = document.getElementById('app');
  if (root === null) throw new TypeError('the page has no place to draw in');
  root.replaceChildren();
  render(
    <App
      language={language}
      words={words}
      onDesk={(made) => {
        desk = made;
      }}
    />,
    root,
  );
}

wipeOnPageHide(window, () => desk?.clear());

const language = pickLanguage(navigator.languages);
loadWords(language).then((words) => begin(language, words));
