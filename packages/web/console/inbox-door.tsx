/**
 * The door of the inbox: a helper's key is made here, brought as a file, or unlocked. The passphrase goes to the worker and
 * nowhere else.
 * @module
 */

import { MIN_PASSPHRASE } from '@reclaim/vault/messages/helper-file';
import type { Party } from '@reclaim/vault/messages/party';
import { useId, useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { NoticeBox } from '../ui/notice-box.tsx';
import { useConsole } from './console-context.ts';
import { type HelperClient, keepFile, keptFile } from './helper-client.ts';

/** The door. `published`: the node has a public key of this helper. */
export function InboxDoor(props: {
  readonly desk: () => HelperClient;
  readonly published: boolean;
  readonly onOpen: (party: Party, fresh: boolean) => Promise<void>;
}) {
  const { say, me } = useConsole();
  const [file, setFile] = useState(() => keptFile(me.id));
  const [made, setMade] = useState<string>();
  const [phrase, setPhrase] = useState('');
  const [again, setAgain] = useState('');
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const fileId = useId();
  const work = async (what: () => Promise<void>) => {
    setBusy(true);
    setError(undefined);
    await what().catch(() => setError(say('inbox.noWorker')));
    setBusy(false);
  };
  const unlock = () =>
    work(async () => {
      const party = file === undefined ? undefined : await props.desk().unlock(file, phrase);
      if (party === undefined) return setError(say('inbox.wrongPhrase'));
      if (file !== undefined) keepFile(me.id, file);
      await props.onOpen(party, false);
    });
  const make = () =>
    work(async () => {
      if (phrase.length < MIN_PASSPHRASE) return setError(say('inbox.shortPhrase', { n: MIN_PASSPHRASE }));
      if (phrase !== again) return setError(say('inbox.otherPhrase'));
      const { file: locked, party } = await props.desk().make(phrase);
      keepFile(me.id, locked);
      setMade(locked);
      await props.onOpen(party, true);
    });
  const known = file !== undefined && made === undefined;
  return (
    <form
      class="card stack"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void (known ? unlock() : make());
      }}
    >
      <h2>{known ? say('inbox.unlockTitle') : say('inbox.makeTitle')}</h2>
      <p>{known ? say('inbox.unlockNote') : say('inbox.makeNote')}</p>
      {!known && props.published && (
        <NoticeBox kind="attention" title={say('inbox.elsewhere')}>
          <p>{say('inbox.elsewhereNote')}</p>
        </NoticeBox>
      )}
      <Secret label={say('inbox.phrase')} value={phrase} onInput={setPhrase} />
      {!known && <Secret label={say('inbox.phraseAgain')} value={again} onInput={setAgain} />}
      {error !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{error}</p>
        </NoticeBox>
      )}
      <div class="actions">
        <Button sends busy={busy}>
          {known ? say('inbox.unlock') : say('inbox.make')}
        </Button>
      </div>
      <div class="field">
        <label for={fileId}>{say('inbox.bring')}</label>
        <input
          id={fileId}
          class="input"
          type="file"
          onChange={(event) => {
            const [chosen] = event.currentTarget.files ?? [];
            if (chosen !== undefined && chosen.size < 10_000)
              void chosen.text().then((text) => {
                setMade(undefined);
                setFile(text);
              });
          }}
        />
      </div>
      {known && (
        <div class="actions">
          <a
            class="button quiet"
            download="key.age"
            href={`data:application/octet-stream,${encodeURIComponent(file)}`}
          >
            {say('inbox.saveFile')}
          </a>
          <Button kind="plain" onPress={() => setFile(undefined)}>
            {say('inbox.makeNew')}
          </Button>
        </div>
      )}
    </form>
  );
}

/** A field whose text is not shown; the browser is told not to keep it. */
function Secret(props: {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <input
        id={id}
        class="input"
        type="password"
        autocomplete="off"
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
    </div>
  );
}
