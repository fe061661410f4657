/**
 * Helpers: what was written so far, and whom one can write to. Nobody is asked why, nor for a name (S25); nothing is sent
 * anywhere but here (S15).
 * @module
 */

import type { WireHelper } from '@reclaim/casework/wire-thread';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Field } from '../../ui/field.tsx';
import { fill, plural } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import type { ThreadView } from '../core/session-state.ts';
import { troubleWords } from '../trouble.ts';
import { useHeader, useTask, useVisit } from '../visit.ts';
import { KeyWords } from './key-words.tsx';
import { useThreadWords } from './thread-words.ts';
import { useDraft } from './use-draft.ts';
import { whenFree } from './when-free.ts';

/** The list. */
export function ThreadList() {
  const visit = useVisit();
  const { view, desk, step, go } = visit;
  const say = useThreadWords();
  const task = useTask();
  const [chosen, setChosen] = useState<WireHelper>();
  useEffect(() => {
    task.run(async () => {
      const session = await whenFree(await desk.session());
      const helpers = await session.helpers();
      if (!helpers.ok) return troubleWords(visit, helpers);
      const read = await session.readThreads();
      return read.ok ? undefined : troubleWords(visit, read);
    });
  }, []);
  const helpers = view?.helpers;
  const threads = view?.threads ?? [];
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={say.list.title} lead={say.list.lead} {...useHeader()} />
        {task.trouble !== undefined && (
          <NoticeBox kind="attention" live>
            <p>{task.trouble}</p>
          </NoticeBox>
        )}
      </div>
      {threads.length > 0 && (
        <section class="stack" aria-labelledby="yours">
          <h2 id="yours">{say.list.yours}</h2>
          <ul class="plain stack">
            {threads.map((thread) => (
              <ThreadCard
                key={thread.id}
                thread={thread}
                onOpen={() => step({ kind: 'go', to: 'thread', picked: thread.id })}
              />
            ))}
          </ul>
        </section>
      )}
      {chosen !== undefined ? (
        <Begin helper={chosen} onDone={(id) => step({ kind: 'go', to: 'thread', picked: id })} />
      ) : (
        <section class="stack" aria-labelledby="choose">
          <h2 id="choose">{say.list.choose}</h2>
          {helpers === undefined ? (
            <p role="status">{task.busy ? visit.words.frame.loading : ''}</p>
          ) : helpers.length === 0 ? (
            <>
              <EmptyState title={say.list.nobody} words={say.list.nobodyNote} />
              <div class="actions">
                <Button kind="quiet" onPress={() => go('talk')}>
                  {say.list.talk}
                </Button>
              </div>
            </>
          ) : (
            <ul class="plain stack">
              {helpers.map((helper) => (
                <li key={helper.id} class="card stack tight">
                  <h3>
                    <bdi>{helper.name}</bdi>
                  </h3>
                  {helper.open ? (
                    <>
                      <KeyWords helper={helper} />
                      <div class="actions">
                        <Button kind="quiet" onPress={() => setChosen(helper)}>
                          {fill(say.list.pick, { name: helper.name })}
                        </Button>
                      </div>
                    </>
                  ) : (
                    <p class="quiet-text">{fill(say.list.away, { name: helper.name })}</p>
                  )}
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
    </div>
  );
}

function ThreadCard({ thread, onOpen }: { readonly thread: ThreadView; readonly onOpen: () => void }) {
  const { language } = useVisit();
  const say = useThreadWords();
  const { known, helper, unread } = thread;
  const news =
    known.kind === 'gone'
      ? say.list.gone
      : known.kind === 'read' && !known.opened.ok
        ? fill(say.list.damaged, { at: known.opened.at })
        : unread > 0
          ? plural(language, say.summary.unread, unread)
          : say.list.quiet;
  return (
    <li class="card stack tight">
      <h3>
        <bdi>{fill(say.list.with, { name: helper.name })}</bdi>
      </h3>
      <p>{news}</p>
      <div class="actions">
        <Button kind="quiet" onPress={onOpen}>
          {fill(say.list.open, { name: helper.name })}
        </Button>
      </div>
    </li>
  );
}

function Begin({ helper, onDone }: { readonly helper: WireHelper; readonly onDone: (id: string) => void }) {
  const visit = useVisit();
  const { desk } = visit;
  const say = useThreadWords();
  const task = useTask();
  const [text, setText] = useDraft(`message-to-${helper.id}`);
  const begin = () =>
    task.run(async () => {
      if (text.trim() === '') return undefined;
      const session = await desk.session();
      const answer = await session.startThread(helper, text.trim());
      if (!answer.ok) return troubleWords(visit, answer);
      setText('');
      const id = session.view.threads.at(-1)?.id;
      if (id !== undefined) onDone(id);
      return undefined;
    });
  return (
    <form
      class="stack"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        begin();
      }}
    >
      <h2>
        <bdi>{fill(say.list.pick, { name: helper.name })}</bdi>
      </h2>
      <Field
        label={say.list.first}
        hint={say.list.firstHint}
        rows={6}
        maxLength={4_000}
        value={text}
        onInput={setText}
      />
      <p>{say.list.reach}</p>
      <p>{say.list.quietly}</p>
      <div class="actions">
        <Button sends busy={task.busy}>
          {task.busy ? say.list.sending : fill(say.list.begin, { name: helper.name })}
        </Button>
      </div>
      {task.trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{task.trouble}</p>
        </NoticeBox>
      )}
    </form>
  );
}
