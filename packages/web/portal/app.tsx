/**
 * The portal: one address, one page, one screen at a time, with the way out above it and the emergency box below.
 * @module
 */

import type { ParsedPaste } from '@reclaim/law/link/link';
import type { FunctionComponent } from 'preact';
import { useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { ExitControl } from '../ui/exit-control.tsx';
import { directionOf, type Language } from '../ui/language.ts';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { NoticeBox } from '../ui/notice-box.tsx';
import { loadWords, type Words } from '../ui/words/words.ts';
import type { EvidenceView } from './core/evidence-state.ts';
import type { SessionView } from './core/session-state.ts';
import { createDesk, type Desk } from './desk.ts';
import { guessCountry } from './directory.ts';
import { EmergencyBox } from './emergency-box.tsx';
import { beginJourney, type Screen, walk } from './journey.ts';
import { lazyScreen } from './lazy-screen.tsx';
import { NO_PICKS, pick } from './picks.ts';
import { Age } from './screens/age.tsx';
import { Code, TypeBack } from './screens/code.tsx';
import { Crop } from './screens/crop.tsx';
import { Kept } from './screens/kept.tsx';
import { Leaves } from './screens/leaves.tsx';
import { LinkNotice, LinkOne, LinkPlan, Links } from './screens/links.tsx';
import { Mine } from './screens/mine.tsx';
import { Minor } from './screens/minor.tsx';
import { Needs } from './screens/needs.tsx';
import { Open } from './screens/open.tsx';
import { Protect } from './screens/protect.tsx';
import { Blackmail, Evidence, Helper, Prepare } from './screens/reading.tsx';
import { Safety } from './screens/safety.tsx';
import { Start } from './screens/start.tsx';
import { Status } from './screens/status.tsx';
import { Talk } from './screens/talk.tsx';
import { NewCode, Recover, Recovery, ThreadOne, Threads } from './screens/threads.tsx';
import { Erased, Withdraw } from './screens/withdraw.tsx';
import { type Last, type Visit, VisitContext } from './visit.ts';

const SCREEN: Readonly<Record<Screen, FunctionComponent>> = {
  start: Start,
  safety: Safety,
  age: Age,
  minor: Minor,
  needs: Needs,
  protect: Protect,
  crop: Crop,
  leaves: Leaves,
  code: Code,
  typeback: TypeBack,
  kept: Kept,
  open: Open,
  status: Status,
  withdraw: Withdraw,
  erased: Erased,
  links: Links,
  plan: LinkPlan,
  notice: LinkNotice,
  link: LinkOne,
  evidence: Evidence,
  copies: lazyScreen(async () => (await import('./copies/copies-hub.tsx')).CopiesHub),
  marking: lazyScreen(async () => (await import('./copies/marking.tsx')).Marking),
  tracing: lazyScreen(async () => (await import('./copies/tracing.tsx')).Tracing),
  mine: Mine,
  talk: Talk,
  threads: Threads,
  thread: ThreadOne,
  recovery: Recovery,
  newcode: NewCode,
  history: lazyScreen(async () => (await import('./history/history.tsx')).History),
  recover: Recover,
  blackmail: Blackmail,
  helper: Helper,
  prepare: Prepare,
  // Loaded when somebody keeps proof: the first page stays light.
  proof: lazyScreen(async () => (await import('./evidence/proof-list.tsx')).Proof),
  proofadd: lazyScreen(async () => (await import('./evidence/proof-add.tsx')).ProofAdd),
  prooflook: lazyScreen(async () => (await import('./evidence/proof-look.tsx')).ProofLook),
  proofopen: lazyScreen(async () => (await import('./evidence/proof-open.tsx')).ProofOpen),
  proofpackage: lazyScreen(async () => (await import('./evidence/proof-package.tsx')).ProofPackage),
  // With the rows of every country's law: fetched by those who ask for them.
  rights: lazyScreen(async () => (await import('./rights/rights.tsx')).Rights),
  watch: lazyScreen(async () => (await import('./watch/watch.tsx')).Watch),
  watches: lazyScreen(async () => (await import('./watch/watches.tsx')).Watches),
  guides: lazyScreen(async () => (await import('./guides/guides.tsx')).Guides),
  guide: lazyScreen(async () => (await import('./guides/guide.tsx')).GuideOne),
};

/** The portal, beginning in a language whose words are there. `onDesk` hears of the desk, so that leaving can clear it. */
export function App(props: {
  readonly language: Language;
  readonly words: Words;
  readonly onDesk: (desk: Desk) => void;
}) {
  const [{ language, words }, setTongue] = useState({ language: props.language, words: props.words });
  const wantedLanguage = useRef(props.language);
  const [journey, step] = useReducer(walk, undefined, () => beginJourney(guessCountry(navigator.languages)));
  const [picks, onPick] = useReducer(pick, NO_PICKS);
  const [view, setView] = useState<SessionView>();
  const [evidence, setEvidence] = useState<EvidenceView>();
  const [last, setLast] = useState<Last>();
  const [pasted, setPasted] = useState<ParsedPaste>();
  const [now] = useState(() => Date.now());
  const desk = useMemo(() => createDesk(onPick, setView, setEvidence), []);
  useEffect(() => props.onDesk(desk), [desk, props.onDesk]);

  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = directionOf(language);
    document.title = words.frame.title;
  }, [language, words]);

  useEffect(() => {
    // Not `scroll`: the warning itself moves a page that is scrolled down, and would put the lock off for ever.
    const events = ['keydown', 'pointerdown', 'wheel', 'touchmove'] as const;
    for (const event of events) document.addEventListener(event, desk.touch, { passive: true });
    return () => {
      for (const event of events) document.removeEventListener(event, desk.touch);
    };
  }, [desk]);

  const locked = view?.kind === 'locked';
  const over = locked || view?.kind === 'withdrawn';
  const lost = view?.lost === true;
  useEffect(() => {
    if (over || lost) setPasted(undefined);
    if (lost) step({ kind: 'locked', to: 'start' });
    else if (locked) step({ kind: 'locked', to: 'open' });
  }, [locked, over, lost]);

  const visit: Visit = {
    words,
    language,
    journey,
    step,
    go: (to) => step({ kind: 'go', to }),
    picks,
    desk,
    view,
    evidence,
    last,
    setLast,
    pasted,
    setPasted,
    now,
  };
  const Shown = SCREEN[journey.screen];
  return (
    <VisitContext.Provider value={visit}>
      {/* biome-ignore lint/a11y/useValidAnchor: it is a link to the content; only the address must not change */}
      <a class="skip-link" href="#content" onClick={skip}>
        {words.frame.skip}
      </a>
      <header class="top">
        <div class="inside">
          <ExitControl
            words={{
              leave: words.exit.leave,
              hint: words.exit.hint,
              pressTwoMore: words.exit.two,
              pressOneMore: words.exit.one,
              timedOut: words.exit.timedOut,
            }}
          />
          <LanguageSwitch
            label={words.frame.language}
            language={language}
            onChange={(next) => {
              wantedLanguage.current = next;
              loadWords(next).then(
                // Words that come late must not put back a language that was left again meanwhile.
                (loaded) => wantedLanguage.current === next && setTongue({ language: next, words: loaded }),
                // Without the network the language stays as it is; nothing is lost by that.
                () => setTongue((now) => ({ ...now })),
              );
            }}
          />
        </div>
      </header>
      <main id="content" class="page" tabIndex={-1}>
        {view?.lockWarning === true && (
          <NoticeBox kind="attention" live>
            <p>{view.code === 'none' ? words.frame.lockLoses : words.frame.lockSoon}</p>
            {view.code !== 'none' && evidence?.files === true && <p>{words.frame.lockFiles}</p>}
          </NoticeBox>
        )}
        {view?.elsewhere === true && journey.screen !== 'open' && (
          <NoticeBox kind="attention" live>
            <p>{words.frame.elsewhere}</p>
            <Button kind="quiet" onPress={() => step({ kind: 'go', to: 'open' })}>
              {words.frame.openNew}
            </Button>
          </NoticeBox>
        )}
        <Shown key={journey.screen} />
      </main>
      <footer class="foot no-print">
        <div class="inside">
          <EmergencyBox />
          <p>
            <a
              href={language === 'en' ? '/help' : `/help/${language}`}
              target="_blank"
              rel="noreferrer noopener"
            >
              {words.frame.help}
              <span class="visually-hidden"> ({words.frame.newTab})</span>
            </a>
          </p>
        </div>
      </footer>
    </VisitContext.Provider>
  );
}

/** Moves to the content without a fragment in the address: the address never changes. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}
