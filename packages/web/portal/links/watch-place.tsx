/**
 * Where watching stands among the links: a card on the page of one, a note in the summary. Its part is fetched when one is shown.
 * @module
 */

import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { plural } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import type { WatchWords } from '../../ui/words/watch/words.ts';
import { whenFree } from '../threads/when-free.ts';
import { useVisit } from '../visit.ts';
import { backWatches } from '../watch/back.ts';

type Card = typeof import('../watch/watch-card.tsx');

/** The card of a link, once its part is there; without the network the page stands without it. */
export function WatchPlace(props: Parameters<Card['WatchCard']>[0]) {
  const [part, setPart] = useState<Card>();
  useEffect(() => {
    import('../watch/watch-card.tsx').then(setPart, () => undefined);
  }, []);
  return part === undefined ? null : <part.WatchCard {...props} />;
}

/** Where something is back, and the way to all watched addresses; nothing where no address is watched. */
export function WatchesNote() {
  const { view, desk, go, language } = useVisit();
  const [say, setSay] = useState<WatchWords>();
  const watches = view?.watches ?? [];
  const any = watches.length > 0;
  useEffect(() => {
    if (!any) return;
    import('../../ui/words/watch/words.ts')
      .then(({ loadWatchWords }) => loadWatchWords(language))
      .then(setSay, () => undefined);
  }, [any, language]);
  useEffect(() => {
    if (!any) return;
    // Asked quietly: what cannot be had now is asked for on the page of the watches, which says so.
    const read = async () => {
      const session = await desk.session();
      // Others wait for their turn on this screen too.
      for (let tries = 0; tries < 5; tries++) {
        const answer = await (await whenFree(session)).readWatches();
        if (answer.ok || answer.reason !== 'busy') return;
      }
    };
    read().catch(() => undefined);
  }, [any]);
  if (!any || say === undefined) return null;
  const back = backWatches(watches).length;
  return (
    <>
      {back > 0 && <NoticeBox kind="attention" title={plural(language, say.list.back, back)} live />}
      <div class="actions">
        <Button kind="quiet" onPress={() => go('watches')}>
          {say.list.title}
        </Button>
      </div>
    </>
  );
}
