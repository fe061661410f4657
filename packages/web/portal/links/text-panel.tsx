/**
 * A text to be sent: read, copied, saved as a file of a neutral name, or taken to the mail program. What is in it stands in no
 * address: a mail opens empty, and the text is pasted. Beside it the same in the person's language, marked as read by no lawyer.
 * @module
 */

import type { NoticeText } from '@reclaim/law/notice/notice-text';
import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { fill } from '../../ui/language.ts';
import { useLinks } from './link-context.ts';

/** The text and its translation; `mail` is where it can be written to, if by mail. */
export function TextPanel(props: {
  readonly text: NoticeText;
  readonly translation: NoticeText | null;
  readonly mail: string | undefined;
}) {
  const { say } = useLinks();
  const { text, translation, mail } = props;
  const [done, setDone] = useState('');
  const whole = `${text.subject}\n\n${text.body}`;
  const copy = () => {
    const copied = navigator.clipboard?.writeText(whole) ?? Promise.reject(new TypeError('no clipboard'));
    copied.then(
      () => setDone(say.ask.copied),
      () => setDone(say.ask.notCopied),
    );
  };
  return (
    <div class="stack">
      <p class="quiet-text">{say.ask.textNote}</p>
      <p>
        <strong>{say.ask.subject}:</strong>{' '}
        <bdi lang={text.language} dir={text.language === 'ar' ? 'rtl' : 'ltr'}>
          {text.subject}
        </bdi>
      </p>
      <Letter text={text.body} language={text.language} />
      <div class="actions">
        <Button onPress={copy}>{say.ask.copy}</Button>
        <Button kind="quiet" onPress={() => saveText(whole)}>
          {say.ask.saveText}
        </Button>
        {mail !== undefined && (
          <a class="button quiet" href={`mailto:${mail}`}>
            <bdi>{fill(say.ask.write, { mail })}</bdi>
          </a>
        )}
        <span role="status">{done}</span>
      </div>
      {translation !== null && (
        <details class="details">
          <summary>{say.ask.translation}</summary>
          <p class="quiet-text">{say.ask.translationNote}</p>
          <Letter
            text={`${translation.subject}

${translation.body}`}
            language={translation.language}
          />
        </details>
      )}
    </div>
  );
}

/** The letter as it is, in its own direction; a keyboard can scroll it. */
export function Letter({ text, language }: { readonly text: string; readonly language: string }) {
  const dir = language === 'ar' ? 'rtl' : 'ltr';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <pre class="letter" lang={language} dir={dir} tabIndex={0}>
      {text}
    </pre>
  );
}

/** Saves a text under a name that tells nothing (S16). */
export function saveText(text: string, name = 'text.txt', type = 'text/plain'): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
