/**
 * The exit control: a plain link to the exit (so it works before and without scripts) that leaves at once when scripts
 * run, and Shift three times from anywhere. Dots show the presses, a status tells them.
 * @module
 */

import { useEffect, useRef, useState } from 'preact/hooks';
import { countExitKey, EXIT_PRESSES, EXIT_WINDOW_MS, type ExitKeyEvent, NO_PRESSES } from './exit-keys.ts';
import { EXIT_PATH, leave } from './leave.ts';

/** The words of this part; `pressMore` is one sentence for each number of presses that are left (2, 1). */
export type ExitWords = {
  readonly leave: string;
  readonly hint: string;
  readonly pressTwoMore: string;
  readonly pressOneMore: string;
  readonly timedOut: string;
};

/** The control. One a page: it listens to the keyboard of the whole page. */
export function ExitControl({ words }: { readonly words: ExitWords }) {
  const keys = useRef(NO_PRESSES);
  const [presses, setPresses] = useState(0);
  const [told, setTold] = useState<'' | 'two' | 'one' | 'timed-out'>('');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hear = (event: ExitKeyEvent) => {
      const before = keys.current.presses;
      keys.current = countExitKey(keys.current, event);
      const now = keys.current.presses;
      if (now === before) return;
      clearTimeout(timer);
      setPresses(now);
      if (now >= EXIT_PRESSES) return leave(document);
      setTold(now === 1 ? 'two' : now === 2 ? 'one' : event.kind === 'wait' ? 'timed-out' : '');
      if (now > 0)
        timer = setTimeout(() => hear({ kind: 'wait', at: performance.now() }), EXIT_WINDOW_MS + 50);
    };
    const down = (event: KeyboardEvent) =>
      hear({ kind: 'down', key: event.key, repeat: event.repeat, at: performance.now() });
    const up = (event: KeyboardEvent) => hear({ kind: 'up', key: event.key, at: performance.now() });
    // In the capturing phase: no field and no part of the page can keep the keys for itself.
    document.addEventListener('keydown', down, true);
    document.addEventListener('keyup', up, true);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('keydown', down, true);
      document.removeEventListener('keyup', up, true);
    };
  }, []);
  const sentence = { '': '', two: words.pressTwoMore, one: words.pressOneMore, 'timed-out': words.timedOut };
  return (
    <div class="exit">
      <a
        class="button"
        href={EXIT_PATH}
        rel="noreferrer nofollow"
        title={words.hint}
        onClick={(event) => {
          event.preventDefault();
          leave(document);
        }}
      >
        {words.leave}
      </a>
      {presses > 0 && (
        <span class="dots" aria-hidden="true">
          {Array.from({ length: EXIT_PRESSES }, (_, at) => (
            <span key={at} class={at < presses ? 'dot on' : 'dot'} />
          ))}
        </span>
      )}
      <span class="visually-hidden" role="status">
        {sentence[told]}
      </span>
    </div>
  );
}
