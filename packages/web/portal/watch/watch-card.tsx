/**
 * The card of watching on the page of one link: how the watch stands, or the way to begin one. "It is back" leads to the notice.
 * @module
 */

import { useEffect } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { whenFree } from '../threads/when-free.ts';
import { troubleWords } from '../trouble.ts';
import { useTask, useVisit } from '../visit.ts';
import { StopWatch, WatchSentences, WatchTag } from './watch-state.tsx';
import { useWatchWords } from './watch-words.ts';

/** The card of `link`; `onBack` marks it as back and goes to the notice. */
export function WatchCard({ link, onBack }: { readonly link: string; readonly onBack: () => void }) {
  const visit = useVisit();
  const { view, desk, step, go } = visit;
  const say = useWatchWords();
  const task = useTask();
  const watch = view?.watches.find((each) => each.link === link);
  const unasked = watch?.known.kind === 'unasked';
  useEffect(() => {
    if (!unasked) return;
    task.run(async () => {
      const answer = await (await whenFree(await desk.session())).readWatches();
      return answer.ok ? undefined : troubleWords(visit, answer);
    });
  }, [unasked]);
  if (say === undefined) return null;
  const back = watch?.known.kind === 'known' && watch.known.watch.standing === 'back';
  return (
    <section class="card stack tight" aria-label={say.list.title}>
      <div class="row between">
        <h2 class="small-heading">{say.list.title}</h2>
        {watch !== undefined && <WatchTag say={say} watch={watch} />}
      </div>
      {watch !== undefined && <WatchSentences say={say} watch={watch} />}
      {task.trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{task.trouble}</p>
        </NoticeBox>
      )}
      <div class="actions">
        {back && <Button onPress={onBack}>{say.again}</Button>}
        {watch === undefined && (
          <Button kind="quiet" onPress={() => step({ kind: 'go', to: 'watch', picked: link })}>
            {say.begin.title}
          </Button>
        )}
        {(view?.watches.length ?? 0) > 0 && (
          <Button kind="plain" onPress={() => go('watches')}>
            {say.list.title}
          </Button>
        )}
      </div>
      {watch !== undefined && <StopWatch say={say} link={link} />}
    </section>
  );
}
