/**
 * What of helpers and the way back wants something today, for the case's screen: each line says who acts next and by when.
 * @module
 */

import { useEffect } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { dayWords, fill, plural } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { useTask, useVisit } from '../visit.ts';
import { useThreadWords } from './thread-words.ts';
import { followUpsOf, wantsPerson } from './today.ts';
import { askedWhenFree } from './when-free.ts';

/** How it stands. */
export function Summary() {
  const { view, desk, go, language, now } = useVisit();
  const say = useThreadWords();
  const task = useTask();
  // One after the other, and quietly: what does not come is asked for again on its own screen.
  useEffect(() => {
    task.run(async () => {
      const session = await desk.session();
      await askedWhenFree(session, (free) => free.watchRecovery());
      if (session.view.threads.length > 0) await askedWhenFree(session, (free) => free.readThreads());
      return undefined;
    });
  }, []);
  if (view === undefined) return null;
  const unread = view.threads.reduce((sum, each) => sum + each.unread, 0);
  const watched = view.recovery.kind === 'watched' ? view.recovery.watched : undefined;
  const [next] = followUpsOf(view.threads);
  const day = new Date(now).toISOString().slice(0, 10);
  const calm = !wantsPerson(view, day);
  return (
    <section class="stack" aria-labelledby="helpers">
      <h2 id="helpers">{say.summary.title}</h2>
      {watched !== undefined && watched.standing !== 'quiet' && (
        <NoticeBox kind="attention" title={say.summary.asked}>
          <p>{fill(say.summary.askedNote, { day: dayWords(language, watched.dueAt ?? now) })}</p>
          <Button kind="quiet" onPress={() => go('recovery')}>
            {say.recovery.stop}
          </Button>
        </NoticeBox>
      )}
      {watched?.givenOut === true && (
        <NoticeBox kind="attention" title={say.summary.givenOut}>
          <p>{say.recovery.givenOut}</p>
        </NoticeBox>
      )}
      {unread > 0 && <NoticeBox kind="info" title={plural(language, say.summary.unread, unread)} />}
      {next !== undefined && (
        <p>
          {fill(next.who === 'person' ? say.summary.look : say.summary.helperLooks, {
            day: dayWords(language, next.day),
          })}
        </p>
      )}
      {calm && <p>{say.summary.nothingNote}</p>}
      <div class="actions">
        <Button kind="quiet" onPress={() => go('threads')}>
          {view.threads.length > 0 ? say.summary.read : say.summary.write}
        </Button>
        <Button kind="quiet" onPress={() => go('history')}>
          {say.summary.history}
        </Button>
        <Button kind="quiet" onPress={() => go('recovery')}>
          {say.summary.recovery}
        </Button>
        <Button kind="quiet" onPress={() => go('newcode')}>
          {say.summary.newCode}
        </Button>
      </div>
    </section>
  );
}
