/**
 * All watched addresses (S33): how many, at which site, how each stands and what to do. What was found is never shown, and the
 * addresses stay hidden: the site's name is enough to know which one it is.
 * @module
 */

import { useEffect } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { plural } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import type { WatchWords } from '../../ui/words/watch/words.ts';
import { whenFree } from '../threads/when-free.ts';
import { troubleWords } from '../trouble.ts';
import { useHeader, useTask, useVisit } from '../visit.ts';
import { backWatches } from './back.ts';
import { StopWatch, WatchSentences, WatchTag } from './watch-state.tsx';
import { siteOf, useWatchWords } from './watch-words.ts';

/** The screen. */
export function Watches() {
  const { words } = useVisit();
  const say = useWatchWords();
  return say === undefined ? <p role="status">{words.frame.loading}</p> : <List say={say} />;
}

function List({ say }: { readonly say: WatchWords }) {
  const visit = useVisit();
  const { view, desk, step, language } = visit;
  const header = useHeader();
  const task = useTask();
  useEffect(() => {
    task.run(async () => {
      const answer = await (await whenFree(await desk.session())).readWatches();
      return answer.ok ? undefined : troubleWords(visit, answer);
    });
  }, []);
  const watches = view?.watches ?? [];
  const back = backWatches(watches);
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={say.list.title} lead={say.list.lead} {...header} />
        {task.trouble !== undefined && (
          <NoticeBox kind="attention" live>
            <p>{task.trouble}</p>
          </NoticeBox>
        )}
        {watches.length > 0 && <p role="status">{plural(language, say.list.count, watches.length)}</p>}
        {back.length > 0 && (
          <NoticeBox kind="attention" title={plural(language, say.list.back, back.length)} />
        )}
      </div>
      {watches.length === 0 ? (
        <EmptyState title={say.list.none} words={say.list.noneNote} />
      ) : (
        <ul class="plain stack">
          {watches.map((watch) => (
            <li key={`${watch.link} ${watch.begunAt}`} class="card stack tight">
              <div class="row between">
                <h2 class="small-heading">
                  <bdi dir="ltr">{siteOf(watch.link)}</bdi>
                </h2>
                <WatchTag say={say} watch={watch} />
              </div>
              <WatchSentences say={say} watch={watch} />
              <div class="actions">
                <Button
                  kind="quiet"
                  label={`${say.list.open}: ${siteOf(watch.link)}`}
                  onPress={() => step({ kind: 'go', to: 'link', picked: watch.link })}
                >
                  {say.list.open}
                </Button>
              </div>
              <StopWatch say={say} link={watch.link} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
