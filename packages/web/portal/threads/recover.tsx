/**
 * Back with two parts: asked for once, waited for seven days, asked for again, and then the code. Nothing that is typed
 * here is kept; who comes back types it again.
 * @module
 */

import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { dayWords, fill } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { ReceiptCode } from '../../ui/receipt-code.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import type { RecoveryAsked } from '../core/case-recovery.ts';
import { troubleWords } from '../trouble.ts';
import { useHeader, useTask, useVisit } from '../visit.ts';
import { CallPart } from './call-part.tsx';
import { partTrouble } from './part-trouble.ts';
import { useThreadWords } from './thread-words.ts';

const LABELS = ['one', 'two', 'third'] as const;

/** The screen. */
export function RecoverScreen() {
  const visit = useVisit();
  const { desk, go, language, words } = visit;
  const all = useThreadWords();
  const say = all.recover;
  const task = useTask();
  // Two; a third field comes where it would say which of the two is the odd one.
  const [typed, setTyped] = useState<readonly string[]>(['', '']);
  const [wrong, setWrong] = useState<{ readonly which: number; readonly words: string }>();
  const [answer, setAnswer] = useState<Extract<RecoveryAsked, { ok: true }>>();
  const header = useHeader();
  const ask = () =>
    task.run(async () => {
      setWrong(undefined);
      const given = typed.filter((each, at) => at < 2 || each.trim() !== '');
      const asked = await (await desk.session()).askRecovery(given);
      if (asked.ok) {
        setAnswer(asked);
        return undefined;
      }
      const trouble = partTrouble(say, asked);
      const twoOnly = given.length === 2 && trouble?.third === true;
      setWrong(twoOnly ? { which: 1, words: `${trouble.words} ${say.which}` } : trouble);
      if (twoOnly) setTyped([typed[0] ?? '', typed[1] ?? '', typed[2] ?? '']);
      return trouble === undefined ? troubleWords(visit, asked) : undefined;
    });
  if (answer?.kind === 'open')
    return (
      <div class="stack loose">
        <StepHeader title={say.code} lead={say.codeNote} {...header} />
        <ReceiptCode groups={answer.words} words={{ ...words.code, label: words.code.words }} />
        <div class="actions">
          <Button onPress={() => go('open')}>{say.open}</Button>
        </div>
      </div>
    );
  return (
    <div class="stack loose">
      <form
        class="stack loose"
        autocomplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <div class="stack">
          <StepHeader title={say.title} lead={say.lead} {...header} />
          {typed.map((each, at) => (
            <Field
              key={LABELS[at]}
              label={say[LABELS[at] ?? 'third']}
              hint={say.hint}
              error={wrong?.which === at ? wrong.words : undefined}
              mono
              rows={4}
              maxLength={600}
              value={each}
              onInput={(value) => {
                setTyped(typed.with(at, value));
                setWrong(undefined);
              }}
            />
          ))}
        </div>
        <div class="actions">
          <Button sends busy={task.busy}>
            {say.ask}
          </Button>
        </div>
        <p role="status">{task.busy ? say.asking : ''}</p>
        {answer?.kind === 'waiting' && (
          <NoticeBox kind="good" title={fill(say.waiting, { day: dayWords(language, answer.dueAt) })} live>
            <p>{say.waitingNote}</p>
          </NoticeBox>
        )}
        {task.trouble !== undefined && (
          <NoticeBox kind="attention" live>
            <p>{task.trouble}</p>
          </NoticeBox>
        )}
      </form>
      <CallPart />
    </div>
  );
}
