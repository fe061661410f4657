/**
 * The notice form: one address, one page; the age first, then the form, then the receipt. The way out stands above it.
 * @module
 */

import { type PlatformFacts, UNSAID_PLATFORM } from '@reclaim/casework/notice-terms';
import type { NoticeStatus, Receipt } from '@reclaim/casework/wire-notice';
import { parseZone } from '@reclaim/law/zone';
import type { ReceiptCode } from '@reclaim/vault/receipt-code';
import type { FunctionComponent } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ExitControl } from '../ui/exit-control.tsx';
import { directionOf, type Language } from '../ui/language.ts';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { loadWords, type Words } from '../ui/words/words.ts';
import { type Answers, noAnswers } from './answers.ts';
import { makeNoticeApi } from './notice-api.ts';
import { NoticeContext, type NoticeVisit, type Screen } from './notice-context.ts';
import { Age } from './screens/age.tsx';
import { AddForm, Form } from './screens/form.tsx';
import { Minor } from './screens/minor.tsx';
import { ReceiptScreen } from './screens/receipt.tsx';
import { CodeScreen, StatusScreen } from './screens/status.tsx';
import { loadNoticeWords, type NoticeWords } from './words/words.ts';

const SCREEN: Readonly<Record<Screen, FunctionComponent>> = {
  age: Age,
  minor: Minor,
  form: Form,
  add: AddForm,
  receipt: ReceiptScreen,
  code: CodeScreen,
  status: StatusScreen,
};

/** The form. `itemId` is what the platform's link handed over. */
export function NoticeApp(props: {
  readonly language: Language;
  readonly shared: Words;
  readonly words: NoticeWords;
  readonly itemId: string | undefined;
}) {
  const [tongue, setTongue] = useState({
    language: props.language,
    shared: props.shared,
    words: props.words,
  });
  const { language, shared, words } = tongue;
  const wantedLanguage = useRef(language);
  const [{ screen, moved }, setScreen] = useState<{ screen: Screen; moved: boolean }>({
    screen: 'age',
    moved: false,
  });
  const [answers, setAnswers] = useState<Answers>(() => noAnswers(props.itemId));
  const [platform, setPlatform] = useState<PlatformFacts>(UNSAID_PLATFORM);
  const [code, setCode] = useState<ReceiptCode>();
  const [receipt, setReceipt] = useState<Receipt>();
  const [status, setStatus] = useState<NoticeStatus>();
  const api = useMemo(() => makeNoticeApi(), []);

  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = directionOf(language);
    document.title = shared.frame.title;
  }, [language, shared]);

  useEffect(() => {
    let over = false;
    // Without it the form works as for a platform of which nothing was said; the node judges by its own facts.
    void api.form().then((said) => {
      if (over || !said.ok) return;
      const { zone, service, offeredIn } = said.value;
      setPlatform({ zone: parseZone(zone), service, offeredIn });
    });
    return () => {
      over = true;
    };
  }, [api]);

  const visit: NoticeVisit = {
    language,
    words,
    frame: shared.frame,
    api,
    platform,
    answers,
    answer: (more) => setAnswers((before) => ({ ...before, ...more })),
    moved,
    go: (to) => setScreen({ screen: to, moved: true }),
    code,
    setCode,
    receipt,
    setReceipt,
    status,
    setStatus,
  };
  const Shown = SCREEN[screen];
  const wide = screen === 'form' || screen === 'add';
  return (
    <NoticeContext.Provider value={visit}>
      {/* biome-ignore lint/a11y/useValidAnchor: it is a link to the content; only the address must not change */}
      <a class="skip-link" href="#content" onClick={skip}>
        {shared.frame.skip}
      </a>
      <header class="top">
        <div class="inside">
          <ExitControl
            words={{
              leave: shared.exit.leave,
              hint: shared.exit.hint,
              pressTwoMore: shared.exit.two,
              pressOneMore: shared.exit.one,
              timedOut: shared.exit.timedOut,
            }}
          />
          <LanguageSwitch
            label={shared.frame.language}
            language={language}
            onChange={(next) => {
              wantedLanguage.current = next;
              Promise.all([loadWords(next), loadNoticeWords(next)]).then(
                ([loaded, noticeWords]) =>
                  // Words that come late must not put back a language that was left again meanwhile.
                  wantedLanguage.current === next &&
                  setTongue({ language: next, shared: loaded, words: noticeWords }),
                // Without the network the language stays as it is; nothing is lost by that.
                () => setTongue((now) => ({ ...now })),
              );
            }}
          />
        </div>
      </header>
      <main id="content" class={wide ? 'page notice-page' : 'page'} tabIndex={-1}>
        <Shown key={screen} />
      </main>
      <footer class="foot no-print">
        <div class="inside">
          <section class="stack" aria-labelledby="danger">
            <h2 id="danger">{shared.danger.title}</h2>
            <p>{shared.danger.unknown}</p>
            <p class="quiet-text">{shared.danger.selfHarm}</p>
          </section>
          <p>
            <a
              href={language === 'en' ? '/help' : `/help/${language}`}
              target="_blank"
              rel="noreferrer noopener"
            >
              {shared.frame.help}
              <span class="visually-hidden"> ({shared.frame.newTab})</span>
            </a>
          </p>
        </div>
      </footer>
    </NoticeContext.Provider>
  );
}

/** Moves to the content without a fragment in the address: the address never changes. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}
