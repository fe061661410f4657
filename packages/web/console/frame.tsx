/**
 * The console's frame: the screens' names on top, one screen below, keys everywhere, the palette, the help sheet and the
 * messages. A screen that one's permissions do not open is not offered; the node refuses it in any case.
 * @module
 */

import type { Permission, WireStaff } from '@reclaim/casework/wire-staff';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { CommandPalette } from '../ui/command-palette.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { type Toast, Toasts } from '../ui/toast.tsx';
import { BankScreen } from './bank-screen.tsx';
import { type Console, ConsoleContext } from './console-context.ts';
import { ConsoleLanguageSwitch, type DoorProps } from './door.tsx';
import { HelpSheet } from './help-sheet.tsx';
import { InboxScreen } from './inbox-screen.tsx';
import { type Command, commandOf, type KeyContext, SCREENS, type Screen } from './keys.ts';
import { KeysScreen } from './keys-screen.tsx';
import { LogScreen } from './log-screen.tsx';
import type { FirstRung } from './looking.ts';
import { MisuseScreen } from './misuse-screen.tsx';
import { paletteCommands } from './palette.ts';
import { PeopleScreen } from './people-screen.tsx';
import { QueueScreen } from './queue-screen.tsx';
import { ReportsScreen } from './reports-screen.tsx';
import { SettingsScreen } from './settings-screen.tsx';
import { TOAST_MS } from './toast-time.ts';

/** Which permissions open a screen; none for one's own settings. */
const OPENED_BY: Readonly<Record<Screen, readonly Permission[]>> = {
  queue: ['review', 'lead', 'minor-lane'],
  inbox: ['helper'],
  people: ['people'],
  keys: ['keys'],
  bank: ['bank', 'review', 'lead', 'minor-lane'],
  log: ['audit'],
  misuse: ['lead'],
  reports: ['lead', 'audit'],
  settings: [],
};

/** The screens that a set of permissions opens. */
export function screensFor(permissions: readonly Permission[]): readonly Screen[] {
  return SCREENS.filter((screen) => {
    const any = OPENED_BY[screen];
    return any.length === 0 || any.some((each) => permissions.includes(each));
  });
}

/** The frame around whoever is signed in. */
export function Frame(
  props: DoorProps & {
    readonly me: WireStaff;
    readonly firstRung: FirstRung;
    readonly setFirstRung: (rung: FirstRung) => void;
    readonly onSignedOut: () => void;
  },
) {
  const { api, say, me, language, setLanguage, firstRung, setFirstRung, onSignedOut } = props;
  const screens = useMemo(() => screensFor(me.permissions), [me]);
  const [screen, setScreen] = useState<Screen>(screens[0] ?? 'settings');
  const [sheet, setSheet] = useState<'none' | 'help' | 'palette'>('none');
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const listener = useRef<{ take: (command: Command) => void; card: () => KeyContext['card'] } | undefined>(
    undefined,
  );

  const toast = useCallback((words: string, undo?: () => void) => {
    const id = crypto.randomUUID();
    setToasts([undo === undefined ? { id, words } : { id, words, undo }]);
    setTimeout(() => setToasts((now) => now.filter((each) => each.id !== id)), TOAST_MS);
  }, []);
  const listen = useCallback<Console['listen']>((take, card) => {
    const mine = { take, card };
    listener.current = mine;
    return () => {
      if (listener.current === mine) listener.current = undefined;
    };
  }, []);
  const run = useCallback(
    (command: Command) => {
      switch (command.kind) {
        case 'go':
          setScreen(command.screen);
          break;
        case 'help':
        case 'palette':
          setSheet(command.kind);
          break;
        case 'sign-out':
          void api.signOut().then(onSignedOut);
          break;
        default:
          listener.current?.take(command);
      }
    },
    [api, onSignedOut],
  );

  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      // A dialog over the page has its own keys.
      if (document.querySelector('dialog[open]') !== null) return;
      const card = listener.current?.card() ?? 'none';
      const command = commandOf(event, { screen, focus: focusOf(event.target), card });
      if (command === undefined || (event.repeat && command.kind !== 'move')) return;
      event.preventDefault();
      run(command);
    };
    globalThis.addEventListener('keydown', pressed);
    return () => globalThis.removeEventListener('keydown', pressed);
  }, [run, screen]);

  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a narrow page the names are in a line that scrolls.
    nav.current
      ?.querySelector('[aria-current="page"]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [screen]);

  const shared = useMemo<Console>(
    () => ({ api, me, say, language, setLanguage, firstRung, setFirstRung, toast, listen }),
    [api, me, say, language, setLanguage, firstRung, setFirstRung, toast, listen],
  );
  return (
    <ConsoleContext.Provider value={shared}>
      <a class="skip-link" href="#content">
        {say('skip')}
      </a>
      <div class="console">
        <header class="console-top no-print">
          <nav aria-label={say('nav')} ref={nav}>
            {screens.map((each) => (
              <button
                key={each}
                type="button"
                class="nav-item"
                aria-current={each === screen ? 'page' : undefined}
                onClick={() => run({ kind: 'go', screen: each })}
              >
                {say(`screen.${each}`)}
              </button>
            ))}
          </nav>
          <div class="console-side">
            <Button kind="plain" onPress={() => setSheet('help')}>
              {say('keysHint')}
            </Button>
            <ConsoleLanguageSwitch say={say} language={language} setLanguage={setLanguage} />
            <Button kind="quiet" onPress={() => run({ kind: 'sign-out' })}>
              {say('signOut')}
            </Button>
          </div>
        </header>
        <main id="content" class="console-main" tabIndex={-1}>
          {me.permissions.length === 0 && (
            <EmptyState title={say('noScreens')} words={say('noScreensNext')} />
          )}
          <ScreenOf screen={screen} />
        </main>
      </div>
      <Toasts
        toasts={toasts}
        words={{ undo: say('toast.undo'), close: say('close') }}
        onClose={(id) => setToasts((now) => now.filter((each) => each.id !== id))}
      />
      {sheet === 'help' && <HelpSheet say={say} onClose={() => setSheet('none')} />}
      {sheet === 'palette' && (
        <CommandPalette
          commands={paletteCommands(say, screens, screen, listener.current?.card() ?? 'none').map((each) => ({
            ...each,
            run: () => run(each.command),
          }))}
          words={{
            title: say('palette.title'),
            placeholder: say('palette.placeholder'),
            none: say('palette.none'),
          }}
          onClose={() => setSheet('none')}
        />
      )}
    </ConsoleContext.Provider>
  );
}

function ScreenOf({ screen }: { readonly screen: Screen }) {
  switch (screen) {
    case 'queue':
      return <QueueScreen />;
    case 'inbox':
      return <InboxScreen />;
    case 'people':
      return <PeopleScreen />;
    case 'keys':
      return <KeysScreen />;
    case 'bank':
      return <BankScreen />;
    case 'log':
      return <LogScreen />;
    case 'misuse':
      return <MisuseScreen />;
    case 'reports':
      return <ReportsScreen />;
    case 'settings':
      return <SettingsScreen />;
    default: {
      const never: never = screen;
      return never;
    }
  }
}

/** Where a key press falls: a field takes letters, a control takes Enter. */
function focusOf(target: EventTarget | null): KeyContext['focus'] {
  if (!(target instanceof HTMLElement)) return 'page';
  if (target instanceof HTMLInputElement && ['checkbox', 'radio'].includes(target.type)) return 'control';
  if (target.isContentEditable || target.matches('input, textarea, select')) return 'field';
  return target.matches('button, a, summary') ? 'control' : 'page';
}
