/**
 * A helper's inbox: their key, who wrote, and one thread at a time. The node's administrators see none of it.
 *
 * States: *no key here* (make one, or bring the file) → *locked* (passphrase) → *open*. Leaving the screen forgets the key.
 * @module
 */

import type { WireInbox } from '@reclaim/casework/wire-thread';
import type { Party } from '@reclaim/vault/messages/party';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { CheckField } from '../ui/field.tsx';
import { dayWords } from '../ui/language.ts';
import { NoticeBox } from '../ui/notice-box.tsx';
import { ScreenHead } from './asked.tsx';
import { sayTrouble, useConsole } from './console-context.ts';
import { type HelperClient, startHelper } from './helper-client.ts';
import { InboxAsks } from './inbox-asks.tsx';
import { InboxDoor } from './inbox-door.tsx';
import { InboxParts } from './inbox-parts.tsx';
import { InboxThread } from './inbox-thread.tsx';

/** The screen. */
export function InboxScreen() {
  const { api, say, language, toast, me } = useConsole();
  const helper = useRef<HelperClient | undefined>(undefined);
  const [party, setParty] = useState<Party>();
  const [words, setWords] = useState<readonly string[]>([]);
  const [inbox, setInbox] = useState<WireInbox>();
  const [picked, setPicked] = useState<string>();
  const [trouble, setTrouble] = useState<string>();
  const desk = (): HelperClient => {
    helper.current ??= startHelper();
    return helper.current;
  };
  useEffect(() => () => helper.current?.end(), []);
  const asked = useRef(0);
  const load = async () => {
    const turn = ++asked.current;
    const answer = await api.inbox();
    // An answer that was overtaken by a later one knows less.
    if (turn !== asked.current) return;
    if (answer.ok) setInbox(answer.value);
    setTrouble(answer.ok ? undefined : sayTrouble(say, answer.trouble));
  };
  useEffect(() => void load(), []);
  const publish = async (key: Party, open: boolean) => {
    const answer = await api.putHelperKey({ party: key, open });
    if (!answer.ok) return setTrouble(sayTrouble(say, answer.trouble));
    toast(say('inbox.published'));
    await load();
  };
  const unlocked = async (key: Party, fresh: boolean) => {
    setParty(key);
    setWords(await desk().keyWords(key));
    if (fresh) await publish(key, true);
  };
  const published = inbox?.key;
  const same =
    party !== undefined &&
    published?.party.recipient === party.recipient &&
    published.party.verifyKey === party.verifyKey;
  return (
    <div class="screen stack loose">
      <ScreenHead title={say('inbox.title')} lead={say('inbox.lead')} />
      {trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{trouble}</p>
        </NoticeBox>
      )}
      {party === undefined ? (
        inbox !== undefined && <InboxDoor desk={desk} published={published !== undefined} onOpen={unlocked} />
      ) : (
        <>
          <section class="card stack tight">
            <h2>{say('inbox.key')}</h2>
            <p class="mono" translate={false}>
              {words.join(' ')}
            </p>
            <p class="quiet-text">{say('inbox.keyNote')}</p>
            {!same && (
              <NoticeBox kind="attention" title={say('inbox.otherKey')}>
                <Button kind="quiet" onPress={() => void publish(party, true)}>
                  {say('inbox.useKey')}
                </Button>
              </NoticeBox>
            )}
            {same && (
              <CheckField
                label={say('inbox.open')}
                hint={say('inbox.openHint')}
                checked={published?.open === true}
                onChange={(open) => void publish(party, open)}
              />
            )}
          </section>
          {picked === undefined && me.permissions.includes('originals') && <InboxAsks desk={desk()} />}
          {picked === undefined && me.permissions.includes('recovery') && <InboxParts desk={desk()} />}
          {picked === undefined ? (
            <section class="stack" aria-labelledby="inbox-threads">
              <h2 id="inbox-threads">{say('inbox.threads')}</h2>
              {inbox?.threads.length === 0 && (
                <EmptyState title={say('inbox.none')} words={say('inbox.noneNext')} />
              )}
              <ul class="plain stack">
                {inbox?.threads.map(({ thread, count, day }) => (
                  <li key={thread} class="card row between">
                    <span>
                      {say('inbox.one', { name: thread.slice(0, 6), n: count, day: dayWords(language, day) })}
                    </span>
                    <Button kind="quiet" onPress={() => setPicked(thread)}>
                      {say('inbox.read', { name: thread.slice(0, 6) })}
                    </Button>
                  </li>
                ))}
              </ul>
              <div class="actions">
                <Button kind="plain" onPress={() => void load()}>
                  {say('inbox.again')}
                </Button>
              </div>
            </section>
          ) : (
            <InboxThread
              key={picked}
              thread={picked}
              desk={desk()}
              mine={(inbox?.threads ?? []).map((each) => each.thread)}
              onLeave={() => {
                setPicked(undefined);
                void load();
              }}
            />
          )}
        </>
      )}
    </div>
  );
}
