/**
 * The console's beginning and end: who is signed in, in which language, and which of sign-in, setup or the frame stands.
 *
 * Nothing is stored: language and preferences hold until the tab is closed; the session is the node's cookie.
 * @module
 */

import type { WireStaff } from '@reclaim/casework/wire-staff';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { makeApi } from './api.ts';
import { sayIn } from './console-context.ts';
import { Frame } from './frame.tsx';
import type { FirstRung } from './looking.ts';
import { RecoveredScreen } from './recovered-screen.tsx';
import { SetupScreen } from './setup-screen.tsx';
import { SignInScreen } from './sign-in-screen.tsx';
import { type ConsoleLanguage, FIRST_WORDS, loadConsoleWords, pickConsoleLanguage } from './words/words.ts';

type Stage =
  | { readonly kind: 'asking' }
  | { readonly kind: 'setup'; readonly token: string }
  | { readonly kind: 'sign-in'; readonly ended: boolean; readonly linkBroken: boolean }
  | { readonly kind: 'recovered' }
  | { readonly kind: 'in'; readonly me: WireStaff };

/** The whole console. `link` is there when the address bore a setup link; its token is missing when that was broken. */
export function App({ link }: { readonly link: { readonly token: string | undefined } | undefined }) {
  const [stage, setStage] = useState<Stage>(() => {
    if (link?.token !== undefined) return { kind: 'setup', token: link.token };
    return link === undefined ? { kind: 'asking' } : { kind: 'sign-in', ended: false, linkBroken: true };
  });
  const [language, setLanguage] = useState<ConsoleLanguage>(() => pickConsoleLanguage(navigator.languages));
  const [words, setWords] = useState(FIRST_WORDS);
  const [firstRung, setFirstRung] = useState<FirstRung>('outline');
  const api = useMemo(
    () =>
      makeApi(
        (path, init) => fetch(path, init),
        // Only who was in can be thrown out; a sign-in that is refused says so itself.
        () =>
          setStage((now) =>
            now.kind === 'in' || now.kind === 'recovered'
              ? { kind: 'sign-in', ended: true, linkBroken: false }
              : now,
          ),
      ),
    [],
  );
  const say = useMemo(() => sayIn(words), [words]);

  useEffect(() => {
    let over = false;
    void loadConsoleWords(language).then((loaded) => {
      if (over) return;
      setWords(loaded);
      document.documentElement.lang = language;
      document.title = loaded.title;
    });
    return () => {
      over = true;
    };
  }, [language]);

  useEffect(() => {
    if (stage.kind !== 'asking') return;
    void api.me().then((answer) => {
      setStage(
        answer.ok
          ? entered(answer.value, answer.value.recovered === true)
          : { kind: 'sign-in', ended: false, linkBroken: false },
      );
    });
  }, [api, stage.kind]);

  const door = { api, say, language, setLanguage };
  switch (stage.kind) {
    case 'asking':
      return (
        <main class="page">
          <p role="status">{say('loading')}</p>
        </main>
      );
    case 'setup':
      return <SetupScreen {...door} token={stage.token} onDone={(me) => setStage({ kind: 'in', me })} />;
    case 'sign-in':
      return (
        <SignInScreen
          {...door}
          ended={stage.ended}
          linkBroken={stage.linkBroken}
          onDone={(me, recovered) => setStage(entered(me, recovered))}
        />
      );
    case 'recovered':
      return (
        <RecoveredScreen
          {...door}
          onDone={(me) => setStage({ kind: 'in', me })}
          onLeave={() => setStage({ kind: 'sign-in', ended: false, linkBroken: false })}
        />
      );
    case 'in':
      return (
        <Frame
          {...door}
          me={stage.me}
          firstRung={firstRung}
          setFirstRung={setFirstRung}
          onSignedOut={() => setStage({ kind: 'sign-in', ended: false, linkBroken: false })}
        />
      );
    default: {
      const never: never = stage;
      return never;
    }
  }
}

function entered(me: WireStaff, recovered: boolean): Stage {
  return recovered ? { kind: 'recovered' } : { kind: 'in', me };
}
