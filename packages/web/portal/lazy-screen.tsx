/**
 * A screen whose code is fetched when somebody goes there. Where it cannot be fetched it says so, and the way back is open.
 * @module
 */

import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { NoticeBox } from '../ui/notice-box.tsx';
import { useVisit } from './visit.ts';

/** The screen that `load` fetches. Fetched once; a fetch that came to nothing is tried again on request. */
export function lazyScreen(load: () => Promise<FunctionComponent>): FunctionComponent {
  let known: FunctionComponent | undefined;
  return function LazyScreen() {
    const { words } = useVisit();
    const [Shown, setShown] = useState(() => known);
    const [tries, setTries] = useState(0);
    const [offline, setOffline] = useState(false);
    useEffect(() => {
      if (known !== undefined) return;
      let here = true;
      load().then(
        (screen) => {
          known = screen;
          if (here) setShown(() => screen);
        },
        () => {
          if (here) setOffline(true);
        },
      );
      return () => {
        here = false;
      };
    }, [tries]);
    if (Shown !== undefined) return <Shown />;
    if (!offline) return <p role="status">{words.frame.loading}</p>;
    return (
      <NoticeBox kind="attention" live>
        <p>{words.frame.offline}</p>
        <Button
          kind="quiet"
          onPress={() => {
            setOffline(false);
            setTries(tries + 1);
          }}
        >
          {words.frame.goOn}
        </Button>
      </NoticeBox>
    );
  };
}
