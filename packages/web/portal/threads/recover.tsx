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
import type { ThreadWords } from '../../ui/words/threads/words.ts';
import type { RecoveryAsked } from '../core/case-recovery.ts';
import { troubleWords } from '../trouble.ts';
import { useHeader, useTask, useVisit } from '../visit.ts';
import { useThreadWords } from './thread-words.ts';

type Refusal = Extract<RecoveryAsked, { ok: false }>;

/** What to say of typed parts, and beside which of them; `undefined` where it is not about the parts. */
export function partTrouble(
  say: ThreadWords['recover'],
  refusal: Refusal,
): { readonly which: 0 | 1; readonly words: string } | undefined {
  const which = 'which' in refusal ? refusal.which : 1;
  switch (refusal.reason) {
    case 'empty':
      return { which, words: say.empty };
    case 'unknown-word':
      return { which, words: fill(say.slip, { at: refusal.at + 1 }) };
    case 'too-few':
      return { which, words: 'count' in refusal ? fill(say.count, { n: refusal.count }) : say.empty };
    case 'too-many':
      return 'count' in refusal ? { which, words: fill(say.count, { n: refusal.count }) } : undefined;
    case 'does-not-add-up':
      return { which, words: say.sum };
    case 'newer':
      return 'which' in refusal ? { which, words: say.newer } : undefined;
    case 'same-share':
      return { which: 1, words: say.same };
    case 'other-set':
      return { which: 1, words: say.otherSet };
    case 'does-not-fit':
      return { which: 1, words: say.damaged };
    case 'not-found':
      return { which: 1, words: say.none };
    default:
      return undefined;
  }
}

/** The screen. */
export function RecoverScreen() {
  const visit = useVisit();
  const { desk, go, language, words } = visit;
  const all = useThreadWords();
  const say = all.recover;
  const task = useTask();
  const [typed, setTyped] = useState<readonly [string, string]>(['', '']);
  const [wrong, setWrong] = useState<{ readonly which: 0 | 1; readonly words: string }>();
  const [answer, setAnswer] = useState<Extract<RecoveryAsked, { ok: true }>>();
  const header = useHeader();
  const ask = () =>
    task.run(async () => {
      setWrong(undefined);
      const asked = await (await desk.session()).askRecovery(typed);
      if (asked.ok) {
        setAnswer(asked);
        return undefined;
      }
      const trouble = partTrouble(say, asked);
      setWrong(trouble);
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
        {([0, 1] as const).map((at) => (
          <Field
            key={at}
            label={at === 0 ? say.one : say.two}
            hint={say.hint}
            error={wrong?.which === at ? wrong.words : undefined}
            mono
            rows={4}
            maxLength={600}
            value={typed[at]}
            onInput={(value) => {
              setTyped(at === 0 ? [value, typed[1]] : [typed[0], value]);
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
  );
}
