/**
 * What a helper is asked as the second person: to open an original to the helper whom the person chose, or not. They see
 * who asks and for what, and never the picture.
 * @module
 */

import { useEffect, useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { NoticeBox } from '../ui/notice-box.tsx';
import { sayTrouble, useConsole } from './console-context.ts';
import type { HelperClient } from './helper-client.ts';
import type { ShownAsk } from './helper-desk.ts';

/** The questions; nothing where there are none. */
export function InboxAsks({ desk }: { readonly desk: HelperClient }) {
  const { api, say, toast } = useConsole();
  const [asks, setAsks] = useState<readonly ShownAsk[]>([]);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const load = async () => {
    const answer = await api.originalsAsked();
    if (answer.ok) setAsks(await desk.readAsks(answer.value.asks));
    setTrouble(answer.ok ? undefined : sayTrouble(say, answer.trouble));
  };
  useEffect(() => void load().catch(() => undefined), []);
  const answer = async (shown: ShownAsk, agree: boolean) => {
    if (busy) return;
    setBusy(true);
    const { thread, share, file } = shown.ask;
    const half = agree ? await desk.agree(shown.ask).catch(() => undefined) : undefined;
    if (agree && half === undefined) setTrouble(say('inbox.ask.foreign'));
    else {
      const done = await api.answerOriginal({ thread, share, file }, half);
      if (done.ok) toast(say(agree ? 'inbox.ask.agreed' : 'inbox.ask.refused'));
      await load();
      if (!done.ok) setTrouble(sayTrouble(say, done.trouble));
    }
    setBusy(false);
  };
  return (
    <section class="stack" aria-labelledby="inbox-asks">
      <div class="row between">
        <h2 id="inbox-asks">{say('inbox.ask.title')}</h2>
        <Button kind="plain" onPress={() => void load()}>
          {say('inbox.ask.again')}
        </Button>
      </div>
      {trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{trouble}</p>
        </NoticeBox>
      )}
      {asks.length === 0 ? (
        <p class="quiet-text">{say('inbox.ask.none')}</p>
      ) : (
        <ul class="plain stack">
          {asks.map((shown) => (
            <li key={`${shown.ask.thread} ${shown.ask.file}`} class="card stack tight">
              <p>{say('inbox.ask.one', { name: shown.ask.by.name })}</p>
              {shown.reason === undefined ? (
                <p>{say('inbox.ask.foreign')}</p>
              ) : (
                <p class="said" dir="auto">
                  {shown.reason}
                </p>
              )}
              <div class="actions">
                {shown.reason !== undefined && (
                  <Button kind="quiet" busy={busy} onPress={() => void answer(shown, true)}>
                    {say('inbox.ask.agree')}
                  </Button>
                )}
                <Button kind="quiet" busy={busy} onPress={() => void answer(shown, false)}>
                  {say('inbox.ask.refuse')}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
