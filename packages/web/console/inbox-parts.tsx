/**
 * The helpline's part of a recovery, for somebody who says its three words: fetched with a cause, opened by the helper's own
 * key, read out, and gone from the screen. Each fetching is in the log, and in the case that it is of.
 * @module
 */

import { PART_CAUSES, type PartCause } from '@reclaim/casework/wire-recovery';
import { readCall } from '@reclaim/vault/recovery/line-part';
import { useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Field, SelectField } from '../ui/field.tsx';
import { NoticeBox } from '../ui/notice-box.tsx';
import { sayTrouble, useConsole } from './console-context.ts';
import type { HelperClient } from './helper-client.ts';
import type { ShownPart } from './helper-desk.ts';

/** The form, and the part while it is read out. */
export function InboxParts({ desk }: { readonly desk: HelperClient }) {
  const { api, say } = useConsole();
  const [typed, setTyped] = useState('');
  const [cause, setCause] = useState<PartCause | ''>('');
  const [error, setError] = useState<string>();
  const [trouble, setTrouble] = useState<string>();
  const [part, setPart] = useState<ShownPart>();
  const [busy, setBusy] = useState(false);
  const fetchPart = async () => {
    const call = readCall(typed);
    if (!call.ok) {
      const { reason } = call;
      return setError(
        reason === 'count'
          ? say('inbox.part.count')
          : call.suggestions.length > 0 && call.suggestions.length < 5
            ? say('inbox.part.near', { at: call.at + 1, words: call.suggestions.join(', ') })
            : say('inbox.part.slip', { at: call.at + 1 }),
      );
    }
    if (cause === '') return setTrouble(say('inbox.part.noCause'));
    const answer = await api.fetchPart(call.call, cause);
    if (!answer.ok) {
      const { kind } = answer.trouble;
      if (kind === 'not-found') return setTrouble(say('inbox.part.none'));
      if (kind === 'parts-used-up') return setTrouble(say('inbox.part.usedUp'));
      return setTrouble(sayTrouble(say, answer.trouble));
    }
    const opened = await desk.openPart(answer.value.sealed).catch(() => undefined);
    if (opened === undefined) return setTrouble(say('inbox.part.otherKey'));
    setTyped('');
    setCause('');
    setPart(opened);
  };
  const press = async () => {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    setTrouble(undefined);
    await fetchPart();
    setBusy(false);
  };
  return (
    <section class="stack" aria-labelledby="inbox-parts">
      <h2 id="inbox-parts">{say('inbox.part.title')}</h2>
      {part === undefined ? (
        <form
          class="card stack"
          autocomplete="off"
          onSubmit={(event) => {
            event.preventDefault();
            void press();
          }}
        >
          <p>{say('inbox.part.note')}</p>
          <Field
            label={say('inbox.part.call')}
            hint={say('inbox.part.callHint')}
            error={error}
            mono
            maxLength={80}
            value={typed}
            onInput={(value) => {
              setTyped(value);
              setError(undefined);
            }}
          />
          <SelectField
            label={say('inbox.part.cause')}
            value={cause}
            options={[
              ['', say('inbox.part.choose')],
              ...PART_CAUSES.map((each) => [each, say(`inbox.part.${each}`)] as const),
            ]}
            onChange={setCause}
          />
          {trouble !== undefined && (
            <NoticeBox kind="attention" live>
              <p>{trouble}</p>
            </NoticeBox>
          )}
          <div class="actions">
            <Button sends kind="quiet" busy={busy}>
              {say('inbox.part.open')}
            </Button>
          </div>
        </form>
      ) : (
        <div class="card stack">
          <p>{say('inbox.part.read')}</p>
          <ol class="code-words" translate={false} lang="en" dir="ltr">
            {part.words.map((word, at) => (
              <li key={`${at} ${word}`}>
                <span class="place">{at + 1}</span>
                <span class="group">{word}</span>
              </li>
            ))}
          </ol>
          <p>{say('inbox.part.digits')}</p>
          <p class="mono" translate={false} dir="ltr">
            {part.digits.join(' ')}
          </p>
          <div class="actions">
            <Button onPress={() => setPart(undefined)}>{say('inbox.part.done')}</Button>
          </div>
        </div>
      )}
    </section>
  );
}
