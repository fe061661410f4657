/**
 * Three words to say to the helpline that keeps a part: computed from a typed part, on the device.
 * @module
 */

import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { troubleWords } from '../trouble.ts';
import { useTask, useVisit } from '../visit.ts';
import { partTrouble } from './part-trouble.ts';
import { useThreadWords } from './thread-words.ts';

/** Folded, below the fields for two parts. */
export function CallPart() {
  const visit = useVisit();
  const say = useThreadWords().recover;
  const task = useTask();
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string>();
  const [call, setCall] = useState<readonly string[]>();
  const show = () =>
    task.run(async () => {
      setError(undefined);
      setCall(undefined);
      const answer = await (await visit.desk.session()).callForPart(typed);
      if (answer.ok) {
        setCall(answer.words);
        return undefined;
      }
      const trouble = partTrouble(say, answer);
      setError(trouble?.words);
      return trouble === undefined ? troubleWords(visit, answer) : undefined;
    });
  return (
    <details class="details">
      <summary>{say.call.title}</summary>
      <form
        class="stack"
        autocomplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          show();
        }}
      >
        <p>{say.call.note}</p>
        <Field
          label={say.call.part}
          hint={say.hint}
          error={error}
          mono
          rows={4}
          maxLength={600}
          value={typed}
          onInput={(value) => {
            setTyped(value);
            setError(undefined);
            setCall(undefined);
          }}
        />
        <div class="actions">
          <Button kind="quiet" sends busy={task.busy}>
            {say.call.show}
          </Button>
        </div>
        {call !== undefined && (
          <NoticeBox kind="info" title={say.call.words} live>
            <p class="mono" translate={false} lang="en" dir="ltr">
              {call.join(' ')}
            </p>
            <p>{say.call.next}</p>
          </NoticeBox>
        )}
        {task.trouble !== undefined && (
          <NoticeBox kind="attention" live>
            <p>{task.trouble}</p>
          </NoticeBox>
        )}
      </form>
    </details>
  );
}
