/**
 * Taking everything back: one press leads here, a second does it. Then the receipt of the erasure.
 * @module
 */

import { Button } from '../../ui/button.tsx';
import { dayWords, fill, plural } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import { useHeader, useTask, useVisit } from '../visit.ts';

/** The second press. */
export function Withdraw() {
  const { words, desk, step, go, setLast } = useVisit();
  const task = useTask();
  const withdraw = () =>
    task.run(async () => {
      const answer = await (await desk.session()).withdrawAll();
      if (!answer.ok) return words.withdraw.partly;
      setLast({
        kind: 'withdrawn',
        count: answer.withdrawn,
        at: answer.at,
        threads: answer.threads,
        recovery: answer.recovery,
      });
      desk.clearPictures();
      go('erased');
      return undefined;
    });
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={words.withdraw.title} lead={words.withdraw.lead} {...useHeader()} />
        <p>{words.withdraw.not}</p>
      </div>
      <div class="actions">
        <Button kind="danger" busy={task.busy} onPress={withdraw}>
          {task.busy ? words.withdraw.working : words.withdraw.yes}
        </Button>
        <Button kind="quiet" onPress={() => step({ kind: 'back' })}>
          {words.withdraw.no}
        </Button>
      </div>
      {task.trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{task.trouble}</p>
        </NoticeBox>
      )}
    </div>
  );
}

/** The receipt. */
export function Erased() {
  const { words, language, last, step } = useVisit();
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={words.erased.title} lead={words.erased.lead} {...useHeader()} />
      </div>
      <div class="card stack">
        <p>{plural(language, words.erased.count, last?.kind === 'withdrawn' ? last.count : 0)}</p>
        {last?.kind === 'withdrawn' && last.threads > 0 && (
          <p>{plural(language, words.erased.threads, last.threads)}</p>
        )}
        {last?.kind === 'withdrawn' && last.recovery && <p>{words.erased.recovery}</p>}
        <p>{words.erased.case}</p>
        {last?.kind === 'withdrawn' && <p>{fill(words.erased.when, { day: dayWords(language, last.at) })}</p>}
      </div>
      <p class="quiet-text no-print">{words.erased.keep}</p>
      <div class="actions">
        <Button kind="quiet" onPress={() => globalThis.print()}>
          {words.erased.print}
        </Button>
        <Button kind="plain" onPress={() => step({ kind: 'home' })}>
          {words.frame.home}
        </Button>
      </div>
    </div>
  );
}
