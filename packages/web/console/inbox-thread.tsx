/**
 * One thread of a helper: what the person opened, what was said, the answer, a day to look again, handing over, and closing.
 * @module
 */

import type { WireHelper } from '@reclaim/casework/wire-thread';
import type { EntryWords } from '@reclaim/vault/messages/entry';
import { useEffect, useId, useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { dayWords } from '../ui/language.ts';
import { NoticeBox } from '../ui/notice-box.tsx';
import { sayTrouble, useConsole } from './console-context.ts';
import { type HelperClient, keepHead, keptHeads } from './helper-client.ts';
import type { HelperRequest, HelperThread } from './helper-desk.ts';
import { InboxShares } from './inbox-shares.tsx';

/** How often words that met somebody else's are signed anew behind them. */
const TRIES = 4;

/** The thread. */
export function InboxThread(props: {
  readonly thread: string;
  readonly desk: HelperClient;
  readonly mine: readonly string[];
  readonly onLeave: () => void;
}) {
  const { api, say, language, me } = useConsole();
  const { thread, desk } = props;
  const [seen, setSeen] = useState<HelperThread>();
  const [everybody, setEverybody] = useState<readonly WireHelper[]>([]);
  const colleagues = everybody.filter(({ id, open }) => open && id !== me.id);
  const [text, setText] = useState('');
  const [day, setDay] = useState('');
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const dayId = useId();

  const read = async () => {
    const answer = await api.readHelperThread(thread);
    if (!answer.ok) {
      setTrouble(sayTrouble(say, answer.trouble));
      return undefined;
    }
    const known = await desk.read(answer.value, keptHeads(me.id)[thread]);
    setSeen(known);
    if (known.damage === undefined && known.head !== undefined)
      keepHead(me.id, thread, known.head, props.mine);
    return { wire: answer.value, known };
  };
  const append = async (
    make: (wire: NonNullable<Awaited<ReturnType<typeof read>>>['wire']) => Promise<HelperRequest>,
  ) => {
    for (let tries = 1; tries <= TRIES; tries++) {
      const now = await read();
      if (now === undefined) return false;
      const request = now.known.damage === undefined ? await make(now.wire) : undefined;
      if (request === undefined) {
        setTrouble(say('inbox.damagedStop'));
        return false;
      }
      const answer = await api.appendHelperThread(request);
      if (answer.ok) return true;
      if (answer.trouble.kind !== 'refused-version') {
        setTrouble(sayTrouble(say, answer.trouble));
        return false;
      }
    }
    return false;
  };
  const act = async (work: () => Promise<boolean>, after: () => void = () => undefined) => {
    if (busy) return;
    setBusy(true);
    setTrouble(undefined);
    const done = await work().catch(() => false);
    if (done) after();
    setBusy(false);
  };
  const say_ = (words: EntryWords, after?: () => void) =>
    act(async () => {
      const done = await append((wire) => desk.write(wire, words, Date.now()));
      if (done) await read();
      return done;
    }, after);
  useEffect(() => {
    void act(async () => {
      const now = await read();
      // Taken over a moment ago: from here on the helper before reads nothing.
      if (now?.known.awaitsRekey === true) {
        await append((wire) => desk.rekey(wire, Date.now()));
        await read();
      }
      const helpers = await api.helpers();
      if (helpers.ok) setEverybody(helpers.value.helpers);
      return true;
    });
  }, []);
  const open = seen !== undefined && seen.damage === undefined && !seen.closed;
  return (
    <section class="stack loose">
      <div class="actions">
        <Button kind="plain" onPress={props.onLeave}>
          <Icon name="back" class="back-arrow" />
          {say('inbox.back')}
        </Button>
      </div>
      <p role="status">{busy ? say('loading') : ''}</p>
      {trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{trouble}</p>
        </NoticeBox>
      )}
      {seen?.damage !== undefined && (
        <NoticeBox
          kind="attention"
          title={
            seen.damage.reason === 'ring' ? say('inbox.noRing') : say('inbox.damaged', { at: seen.damage.at })
          }
        />
      )}
      {seen !== undefined && (
        <InboxShares
          // A look is an entry: where nothing can be written any more nothing can be looked at.
          shares={seen.damage === undefined && !seen.closed ? seen.shares : []}
          thread={thread}
          desk={desk}
          colleagues={everybody}
          busy={busy}
          act={(work) =>
            void act(async () => {
              const said = await work();
              if (said !== undefined) setTrouble(said);
              return said === undefined;
            })
          }
          look={async (look, reason) => {
            const done = await append((wire) =>
              desk.write(wire, { kind: 'looked', ...look, reason }, Date.now()),
            );
            return done ? (await read())?.wire : undefined;
          }}
          refresh={read}
        />
      )}
      <ol class="plain stack">
        {seen?.entries.map((entry) => (
          <li key={entry.seq} class={entry.kind === 'text' ? 'card stack tight' : 'stack tight'}>
            <p class="quiet-text">
              {entry.byPerson ? say('inbox.person') : entry.mine ? say('inbox.you') : say('inbox.colleague')}{' '}
              · {dayWords(language, entry.at)}
            </p>
            {/* Set apart is what somebody wrote; what happened is the console's own sentence. */}
            <p class={entry.kind === 'text' ? 'said' : ''} dir="auto">
              {entry.kind === 'text'
                ? entry.text
                : entry.kind === 'contact'
                  ? say('inbox.contact', { way: entry.way })
                  : entry.kind === 'follow-up'
                    ? say('inbox.followUp', { day: dayWords(language, entry.day), note: entry.note })
                    : entry.kind === 'looked'
                      ? say(`inbox.looked.${entry.part}`, { reason: entry.reason })
                      : say(`inbox.event.${entry.kind}`)}
            </p>
          </li>
        ))}
      </ol>
      {open && (
        <>
          <form
            class="stack"
            autocomplete="off"
            onSubmit={(event) => {
              event.preventDefault();
              if (text.trim() !== '') void say_({ kind: 'text', text: text.trim() }, () => setText(''));
            }}
          >
            <Field label={say('inbox.answer')} rows={4} maxLength={4_000} value={text} onInput={setText} />
            <div class="actions">
              <Button sends busy={busy}>
                {say('inbox.send')}
              </Button>
            </div>
          </form>
          <section class="card stack">
            <h3>{say('inbox.lookAgain')}</h3>
            {seen.followUps.map((each) => (
              <div key={each.seq} class="row between">
                <span>{say('inbox.followUp', { day: dayWords(language, each.day), note: each.note })}</span>
                <Button kind="quiet" busy={busy} onPress={() => void say_({ kind: 'done', of: each.seq })}>
                  {say('inbox.done')}
                </Button>
              </div>
            ))}
            <div class="field">
              <label for={dayId}>{say('inbox.day')}</label>
              <input
                id={dayId}
                class="input"
                type="date"
                autocomplete="off"
                value={day}
                onInput={(event) => setDay(event.currentTarget.value)}
              />
            </div>
            <Field label={say('inbox.note')} maxLength={200} value={note} onInput={setNote} />
            <div class="actions">
              <Button
                kind="quiet"
                busy={busy}
                off={day === ''}
                onPress={() =>
                  void say_({ kind: 'follow-up', day, who: 'helper', note: note.trim() }, () => {
                    setDay('');
                    setNote('');
                  })
                }
              >
                {say('inbox.setDay')}
              </Button>
            </div>
          </section>
          <details class="details">
            <summary>{say('inbox.close')}</summary>
            <p>{say('inbox.closeNote')}</p>
            <div class="actions">
              <Button kind="quiet" busy={busy} onPress={() => void say_({ kind: 'close' })}>
                {say('inbox.closeYes')}
              </Button>
            </div>
          </details>
          {colleagues.length > 0 && (
            <details class="details">
              <summary>{say('inbox.handOver')}</summary>
              <p>{say('inbox.handOverNote')}</p>
              <div class="actions">
                {colleagues.map((colleague) => (
                  <Button
                    key={colleague.id}
                    kind="quiet"
                    busy={busy}
                    onPress={() =>
                      void act(
                        () => append((wire) => desk.handOver(wire, colleague, Date.now())),
                        props.onLeave,
                      )
                    }
                  >
                    {say('inbox.handTo', { name: colleague.name })}
                  </Button>
                ))}
              </div>
            </details>
          )}
        </>
      )}
    </section>
  );
}
