/**
 * The code, shown before anything is sent; and the step after it, where it is typed back. Leaving either step sends
 * nothing and loses nothing: the same code stands there again.
 * @module
 */

import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { fill } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { ReceiptCode } from '../../ui/receipt-code.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import { SlowNote } from '../slow-note.tsx';
import { troubleWords } from '../trouble.ts';
import { useHeader, useTask, useVisit } from '../visit.ts';

type Shown = { readonly words: readonly string[]; readonly digits: readonly string[] };

/** Here is your code. */
export function Code() {
  const visit = useVisit();
  const { words, desk, go } = visit;
  const [code, setCode] = useState<Shown>();
  const [digits, setDigits] = useState(false);
  const task = useTask();
  const make = () =>
    task.run(async () => {
      const answer = await desk.code();
      if (!answer.ok) return troubleWords(visit, answer);
      setCode(answer);
      return undefined;
    });
  useEffect(make, []);
  const header = useHeader();
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={words.code.title} lead={words.code.lead} {...header} save={undefined} />
      </div>
      {code === undefined ? (
        <p role="status">{task.busy ? words.code.making : ''}</p>
      ) : (
        <>
          <ReceiptCode
            groups={digits ? code.digits : code.words}
            words={{ ...words.code, label: digits ? words.code.digits : words.code.words }}
          />
          <div class="actions">
            <Button onPress={() => go('typeback')}>{words.code.wrote}</Button>
            <Button kind="plain" onPress={() => setDigits(!digits)}>
              {digits ? words.code.showWords : words.code.showDigits}
            </Button>
          </div>
        </>
      )}
      {task.trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{task.trouble}</p>
          <Button kind="quiet" onPress={make}>
            {words.frame.goOn}
          </Button>
        </NoticeBox>
      )}
    </div>
  );
}

/** Type it once; then, and only then, the fingerprints go. */
export function TypeBack() {
  const visit = useVisit();
  const { words, desk, step, go, setLast, view } = visit;
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string>();
  const task = useTask();
  const send = () =>
    task.run(async () => {
      const session = await desk.session();
      const checked = await session.checkCode(typed);
      if (!checked.ok) {
        setError(
          'at' in checked
            ? fill(words.typeback.different, { at: checked.at + 1 })
            : words.typeback.differentAny,
        );
        return undefined;
      }
      const sent = await session.send();
      if (!sent.ok) return troubleWords(visit, sent);
      setLast({ kind: 'sent', signals: sent.signals });
      desk.clearPictures();
      go('kept');
      return undefined;
    });
  return (
    <form
      class="stack loose"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="stack">
        <StepHeader title={words.typeback.title} lead={words.typeback.lead} {...useHeader()} />
        <Field
          label={words.typeback.label}
          hint={words.typeback.hint}
          error={error}
          mono
          maxLength={200}
          value={typed}
          onInput={(value) => {
            setTyped(value);
            setError(undefined);
          }}
        />
      </div>
      <SlowNote busy={task.busy} />
      <div class="actions">
        <Button sends busy={task.busy}>
          {task.busy
            ? words.typeback.sending
            : (view?.pictures.length ?? 0) > 0
              ? words.typeback.send
              : words.typeback.sendCase}
        </Button>
        <Button kind="plain" onPress={() => step({ kind: 'back' })}>
          {words.typeback.show}
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
