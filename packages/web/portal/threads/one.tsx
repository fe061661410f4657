/**
 * The messages with one helper: what was said, the answer, a day to look again, what is open to the helper, another way to
 * be reached, another helper, and the end.
 * @module
 */

import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Field } from '../../ui/field.tsx';
import { fill } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import type { Done, Refused, ThreadView } from '../core/session-state.ts';
import { troubleWords } from '../trouble.ts';
import { useHeader, useTask, useVisit } from '../visit.ts';
import { EntryLine } from './entry-line.tsx';
import { KeyWords } from './key-words.tsx';
import { LookAgain } from './look-again.tsx';
import { Reach } from './reach.tsx';
import { OpenToHelper } from './share.tsx';
import { useThreadWords } from './thread-words.ts';
import { useDraft } from './use-draft.ts';
import { whenFree } from './when-free.ts';

/** One thread. */
export function OneThread() {
  const visit = useVisit();
  const { view, desk, journey, language, words } = visit;
  const say = useThreadWords();
  const task = useTask();
  const thread = view?.threads.find((each) => each.id === journey.picked);
  const id = thread?.id;
  useEffect(() => {
    task.run(async () => {
      const session = await whenFree(await desk.session());
      const helpers = await session.helpers();
      const read = await session.readThreads();
      if (id !== undefined) session.markRead(id);
      const refused = [helpers, read].find((each): each is Refused => !each.ok);
      return refused === undefined ? undefined : troubleWords(visit, refused);
    });
  }, [id]);
  const [text, setText] = useDraft(`message-in-${id ?? ''}`);
  const run = (work: () => Promise<Done>, after: () => void = () => undefined) =>
    task.run(async () => {
      const answer = await work();
      if (!answer.ok) return troubleWords(visit, answer);
      after();
      return undefined;
    });
  const header = useHeader();
  if (thread === undefined || id === undefined)
    return (
      <div class="stack">
        <StepHeader title={say.list.yours} {...header} />
        <EmptyState title={say.one.empty} words={say.list.gone} />
      </div>
    );
  const { known } = thread;
  const entries = known.kind === 'read' ? known.opened.entries : [];
  const good = known.kind === 'read' && known.opened.ok;
  const open = known.kind === 'read' && known.opened.ok && !known.opened.closed;
  const send = () => {
    if (text.trim() === '') return;
    run(
      async () => (await desk.session()).say(id, { kind: 'text', text: text.trim() }),
      () => setText(''),
    );
  };
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader
          title={fill(say.one.title, { name: thread.helper.name })}
          lead={say.one.lead}
          {...header}
        />
        <p role="status">{task.busy ? words.frame.loading : ''}</p>
        {known.kind === 'gone' && <NoticeBox kind="info" title={say.list.gone} />}
        {known.kind === 'read' && !known.opened.ok && (
          <NoticeBox kind="attention" title={fill(say.list.damaged, { at: known.opened.at })} />
        )}
        {good && <NewKey thread={thread} busy={task.busy} onMove={(work) => run(work)} />}
      </div>
      {entries.length === 0 ? (
        known.kind === 'read' && <EmptyState title={say.one.empty} words={say.list.quiet} />
      ) : (
        <ol class="plain stack">
          {entries.map((entry) => (
            <EntryLine key={entry.seq} say={say.one} language={language} entry={entry} entries={entries} />
          ))}
        </ol>
      )}
      {open && (
        <form
          class="stack"
          autocomplete="off"
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          <Field label={say.one.say} rows={4} maxLength={4_000} value={text} onInput={setText} />
          <div class="actions">
            <Button sends busy={task.busy}>
              {task.busy ? say.list.sending : say.one.send}
            </Button>
          </div>
        </form>
      )}
      {task.trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{task.trouble}</p>
        </NoticeBox>
      )}
      {open && known.kind === 'read' && known.opened.ok && (
        <>
          <OpenToHelper thread={thread} busy={task.busy} run={run} />
          <LookAgain followUps={known.opened.followUps} id={id} busy={task.busy} run={run} />
          <Reach id={id} busy={task.busy} run={run} />
        </>
      )}
      <Endings thread={thread} movable={open} busy={task.busy} run={run} />
    </div>
  );
}

type Run = (work: () => Promise<Done>, after?: () => void) => void;

/** The helper's public key is not the one that the thread is with: a new device, or somebody in between. */
function NewKey(props: {
  readonly thread: ThreadView;
  readonly busy: boolean;
  readonly onMove: (work: () => Promise<Done>) => void;
}) {
  const { view, desk } = useVisit();
  const say = useThreadWords();
  const { thread } = props;
  const listed = view?.helpers?.find(({ id }) => id === thread.helper.id);
  if (thread.known.kind !== 'read' || !thread.known.opened.ok || listed === undefined) return null;
  const { helper: party } = thread.known.opened;
  if (party.recipient === listed.party.recipient && party.verifyKey === listed.party.verifyKey) return null;
  return (
    <NoticeBox kind="attention" title={fill(say.one.newKey, { name: listed.name })}>
      <p>{say.one.newKeyNote}</p>
      <KeyWords helper={listed} />
      <Button
        kind="quiet"
        busy={props.busy}
        onPress={() => props.onMove(async () => (await desk.session()).moveThread(thread.id, listed))}
      >
        {say.one.goOn}
      </Button>
    </NoticeBox>
  );
}

function Endings(props: {
  readonly thread: ThreadView;
  readonly movable: boolean;
  readonly busy: boolean;
  readonly run: Run;
}) {
  const { view, desk, go } = useVisit();
  const say = useThreadWords();
  const [sure, setSure] = useState(false);
  const { thread } = props;
  const others = (view?.helpers ?? []).filter(({ id, open }) => open && id !== thread.helper.id);
  return (
    <section class="stack">
      {props.movable && others.length > 0 && (
        <details class="details">
          <summary>{say.one.move}</summary>
          <p>{say.one.moveNote}</p>
          <div class="actions">
            {others.map((helper) => (
              <Button
                key={helper.id}
                kind="quiet"
                busy={props.busy}
                onPress={() => props.run(async () => (await desk.session()).moveThread(thread.id, helper))}
              >
                {fill(say.one.moveTo, { name: helper.name })}
              </Button>
            ))}
          </div>
        </details>
      )}
      {props.movable && (
        <details class="details">
          <summary>{say.one.close}</summary>
          <p>{say.one.closeNote}</p>
          <div class="actions">
            <Button
              kind="quiet"
              busy={props.busy}
              onPress={() => props.run(async () => (await desk.session()).closeThread(thread.id))}
            >
              {say.one.closeYes}
            </Button>
          </div>
        </details>
      )}
      <div class="actions">
        {sure ? (
          <>
            <p>{say.one.eraseNote}</p>
            <Button
              kind="danger"
              busy={props.busy}
              onPress={() =>
                props.run(
                  async () => (await desk.session()).eraseThread(thread.id),
                  () => go('threads'),
                )
              }
            >
              {say.one.eraseYes}
            </Button>
            <Button kind="quiet" onPress={() => setSure(false)}>
              {say.one.keep}
            </Button>
          </>
        ) : (
          <Button kind="plain" onPress={() => setSure(true)}>
            {say.one.erase}
          </Button>
        )}
      </div>
    </section>
  );
}
