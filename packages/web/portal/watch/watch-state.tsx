/**
 * How one watch stands, in words (S33): where, whether, since when, and what to do. Never a picture, and no address.
 * @module
 */

import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { fill, plural } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import type { WatchWords } from '../../ui/words/watch/words.ts';
import type { WatchView } from '../core/session-state.ts';
import { troubleWords } from '../trouble.ts';
import { useTask, useVisit } from '../visit.ts';
import { momentOf, siteOf } from './watch-words.ts';

/** The tag of a watch: its standing in a word. */
export function WatchTag({ say, watch }: { readonly say: WatchWords; readonly watch: WatchView }) {
  if (watch.known.kind !== 'known') return null;
  const { standing } = watch.known.watch;
  return <span class={standing === 'removed' ? 'tag good' : 'tag'}>{say.states[standing]}</span>;
}

/** The sentences of a watch. */
export function WatchSentences({ say, watch }: { readonly say: WatchWords; readonly watch: WatchView }) {
  const { language, words } = useVisit();
  const { known } = watch;
  if (known.kind === 'unasked') return <p role="status">{words.frame.loading}</p>;
  if (known.kind === 'gone') return <p>{say.gone}</p>;
  const { standing, page, last, looks, nextAt } = known.watch;
  return (
    <>
      <p>{say.todo[standing]}</p>
      {page !== 'not-looked' && (
        <p>
          {say.pages[page]}
          {last?.blockedBy !== undefined && ` ${say.blocked[last.blockedBy]}`}
          {last?.found !== undefined && ` ${say.found[last.found.by]}`}
        </p>
      )}
      <p class="quiet-text">
        {plural(language, say.looks, looks)}
        {last !== null && ` · ${fill(say.last, { when: momentOf(language, last.at) })}`}
        {nextAt !== null && ` · ${fill(say.next, { when: momentOf(language, nextAt) })}`}
      </p>
      {nextAt === null && <p>{say.ended}</p>}
    </>
  );
}

/** Stops a watch in two taps: the first asks, the second does it and the node erases the address. */
export function StopWatch({ say, link }: { readonly say: WatchWords; readonly link: string }) {
  const visit = useVisit();
  const task = useTask();
  const [asked, setAsked] = useState(false);
  const site = siteOf(link);
  const stop = () =>
    task.run(async () => {
      const answer = await (await visit.desk.session()).endWatch(link);
      return answer.ok ? undefined : troubleWords(visit, answer);
    });
  return (
    <>
      <div class="actions">
        {asked ? (
          <>
            <Button kind="danger" label={`${say.stopSure}: ${site}`} busy={task.busy} onPress={stop}>
              {say.stopSure}
            </Button>
            <Button kind="quiet" label={`${say.keep}: ${site}`} onPress={() => setAsked(false)}>
              {say.keep}
            </Button>
          </>
        ) : (
          <Button kind="quiet" label={`${say.stop}: ${site}`} onPress={() => setAsked(true)}>
            {say.stop}
          </Button>
        )}
      </div>
      {task.trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{task.trouble}</p>
        </NoticeBox>
      )}
    </>
  );
}
