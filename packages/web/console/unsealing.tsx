/**
 * Who gave a notice, with four eyes: a lead asks and says what for, another lead agrees, and the first reads for an hour. For
 * leads alone.
 * @module
 */

import type { Notifier, WireNotice } from '@reclaim/casework/wire-notice';
import { Fragment } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import type { Asked, Trouble } from './api.ts';
import { TroubleBox } from './asked.tsx';
import { useConsole } from './console-context.ts';
import { isReason } from './decision-draft.ts';
import type { WordName } from './words/en.ts';

/** The seal of one notice. `changed` reads the notices again. */
export function Unsealing(props: { readonly notice: WireNotice; readonly changed: () => void }) {
  const { notice } = props;
  const { api, say, me, language, toast } = useConsole();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [known, setKnown] = useState<Notifier>();
  const [trouble, setTrouble] = useState<Trouble>();
  if (!me.permissions.includes('lead')) return null;
  if (known !== undefined) return <Known notifier={known} />;
  const step = (asked: Promise<Asked<unknown>>, done: WordName) =>
    void asked.then((answer) => {
      setTrouble(answer.ok ? undefined : answer.trouble);
      if (!answer.ok) return;
      setAsking(false);
      setReason('');
      toast(say(done));
      props.changed();
    });
  const wish = notice.unsealing;
  const until = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <div class="stack tight">
      {trouble !== undefined && <TroubleBox trouble={trouble} />}
      {wish !== undefined && (
        <p class="quiet-text small">
          {say(wish.agreed ? 'unseal.agreed' : 'unseal.asked', { time: until.format(wish.until) })}
        </p>
      )}
      {wish !== undefined && wish.askedBy !== me.id && (
        <p class="said" dir="auto">
          {wish.reason}
        </p>
      )}
      {asking ? (
        <form
          class="stack tight"
          onSubmit={(event) => {
            event.preventDefault();
            if (isReason(reason)) step(api.askUnsealing(notice.id, reason.trim()), 'unseal.sent');
          }}
        >
          <Field
            label={say('unseal.reason')}
            hint={say('unseal.hint')}
            value={reason}
            onInput={setReason}
            maxLength={1_000}
          />
          <div class="actions">
            <Button sends kind="quiet" off={!isReason(reason)}>
              {say('unseal.send')}
            </Button>
            <Button kind="plain" onPress={() => setAsking(false)}>
              {say('cancel')}
            </Button>
          </div>
        </form>
      ) : (
        <div class="actions">
          {wish === undefined && (
            <Button kind="plain" onPress={() => setAsking(true)}>
              {say('unseal.open')}
            </Button>
          )}
          {wish !== undefined && !wish.agreed && wish.askedBy !== me.id && (
            <Button kind="quiet" onPress={() => step(api.agreeUnsealing(notice.id), 'unseal.agreeDone')}>
              {say('unseal.agree')}
            </Button>
          )}
          {wish?.agreed === true && wish.askedBy === me.id && (
            <Button
              kind="quiet"
              onPress={async () => {
                const answer = await api.notifier(notice.id);
                if (answer.ok) setKnown(answer.value);
                else setTrouble(answer.trouble);
              }}
            >
              {say('unseal.show')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function Known({ notifier }: { readonly notifier: Notifier }) {
  const { say } = useConsole();
  const rows: readonly (readonly [WordName, string])[] = [
    ['unseal.name', notifier.name],
    ['unseal.email', notifier.email],
    ['unseal.other', notifier.otherContact],
    ['unseal.signature', notifier.signature?.text ?? ''],
  ];
  return (
    <dl class="facts">
      {rows.map(([word, value]) => (
        <Fragment key={word}>
          <dt>{say(word)}</dt>
          <dd>
            {value === '' ? <span class="quiet-text">{say('unseal.nothing')}</span> : <bdi>{value}</bdi>}
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}
