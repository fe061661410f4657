/**
 * Another code for the open case: shown, typed back, and only then everything is sealed anew and the old one ends. Leaving
 * before that changes nothing.
 * @module
 */

import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { fill } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { ReceiptCode } from '../../ui/receipt-code.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import { SlowNote } from '../slow-note.tsx';
import { troubleWords } from '../trouble.ts';
import { useHeader, useTask, useVisit } from '../visit.ts';
import { useThreadWords } from './thread-words.ts';
import { whenFree } from './when-free.ts';

type Shown = { readonly words: readonly string[]; readonly digits: readonly string[] };

/** The screen, step by step. */
export function NewCodeScreen() {
  const visit = useVisit();
  const { desk, view, go, words: base } = visit;
  const words = useThreadWords().newCode;
  const task = useTask();
  const [code, setCode] = useState<Shown>();
  const [digits, setDigits] = useState(false);
  const [typing, setTyping] = useState(false);
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string>();
  const [done, setDone] = useState<{ readonly recovery: boolean }>();
  const header = useHeader();
  const hadRecovery = view?.recoveryMadeAt !== undefined;
  const make = () =>
    task.run(async () => {
      const made = await (await whenFree(await desk.session())).makeNextCode();
      if (!made.ok) return troubleWords(visit, made);
      setCode(made);
      return undefined;
    });
  const change = () =>
    task.run(async () => {
      const session = await desk.session();
      const checked = await session.checkNextCode(typed);
      if (!checked.ok) {
        setError('at' in checked ? fill(words.different, { at: checked.at + 1 }) : words.differentAny);
        return undefined;
      }
      const changed = await session.changeCode();
      if (!changed.ok) return `${troubleWords(visit, changed)} ${words.stopped}`;
      setCode(undefined);
      setTyped('');
      setDone({ recovery: hadRecovery });
      await desk.codeChanged();
      return undefined;
    });
  const trouble = task.trouble !== undefined && (
    <NoticeBox kind="attention" live>
      <p>{task.trouble}</p>
    </NoticeBox>
  );
  if (done !== undefined)
    return (
      <div class="stack loose">
        <StepHeader title={words.done} lead={words.doneNote} back={undefined} save={undefined} focus />
        {done.recovery && <NoticeBox kind="info" title={words.ended} />}
        <div class="actions">
          <Button onPress={() => go('status')}>{words.status}</Button>
        </div>
      </div>
    );
  if (code === undefined)
    return (
      <div class="stack loose">
        <div class="stack">
          <StepHeader title={words.title} lead={words.lead} {...header} save={undefined} />
          <p>{words.limit}</p>
          {hadRecovery && <p>{words.paper}</p>}
          <p>{words.tabs}</p>
        </div>
        <SlowNote busy={task.busy} />
        <div class="actions">
          <Button busy={task.busy} off={view?.kind !== 'open'} onPress={make}>
            {task.busy ? words.making : words.make}
          </Button>
        </div>
        {trouble}
      </div>
    );
  if (!typing)
    return (
      <div class="stack loose">
        <div class="stack">
          <StepHeader title={words.title} lead={words.once} {...header} save={undefined} />
        </div>
        <ReceiptCode
          groups={digits ? code.digits : code.words}
          words={{ ...base.code, label: digits ? base.code.digits : base.code.words }}
        />
        <div class="actions">
          <Button onPress={() => setTyping(true)}>{words.wrote}</Button>
          <Button kind="plain" onPress={() => setDigits(!digits)}>
            {digits ? base.code.showWords : base.code.showDigits}
          </Button>
        </div>
      </div>
    );
  return (
    <form
      class="stack loose"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        change();
      }}
    >
      <div class="stack">
        <StepHeader title={words.back} lead={words.once} {...header} save={undefined} />
        <Field
          label={words.back}
          hint={words.backHint}
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
          {task.busy ? words.changing : words.change}
        </Button>
        <Button kind="plain" onPress={() => setTyping(false)}>
          {words.show}
        </Button>
      </div>
      {trouble}
    </form>
  );
}
