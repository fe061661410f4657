/**
 * The way back from a lost code: a choice with its warning, three parts shown one after another and nowhere else, and from
 * then on how it stands, with the stop.
 * @module
 */

import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { CheckField } from '../../ui/field.tsx';
import { dayWords, fill, plural } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import type { ShownShare } from '../core/vault-desk-threads.ts';
import { troubleWords } from '../trouble.ts';
import { useHeader, useTask, useVisit } from '../visit.ts';
import { Parts } from './parts.tsx';
import { useThreadWords } from './thread-words.ts';
import { whenFree } from './when-free.ts';

/** The screen. */
export function RecoveryScreen() {
  const visit = useVisit();
  const { view, desk, language } = visit;
  const say = useThreadWords().recovery;
  const task = useTask();
  const [agreed, setAgreed] = useState(false);
  const [shares, setShares] = useState<readonly ShownShare[]>();
  const [told, setTold] = useState('');
  useEffect(() => {
    task.run(async () => {
      const answer = await (await whenFree(await desk.session())).watchRecovery();
      return answer.ok ? undefined : troubleWords(visit, answer);
    });
  }, []);
  const header = useHeader();
  const make = () =>
    task.run(async () => {
      setTold('');
      const made = await (await desk.session()).setUpRecovery();
      if (!made.ok) return troubleWords(visit, made);
      setShares(made.shares);
      return undefined;
    });
  const act = (work: 'cancelRecovery' | 'endRecovery', words: string) =>
    task.run(async () => {
      const answer = await (await desk.session())[work]();
      if (!answer.ok) return troubleWords(visit, answer);
      setTold(words);
      return undefined;
    });
  // Shares that were shown go with a lock or a way out: this screen is not there any more then.
  if (shares !== undefined && view?.kind === 'open')
    return <Parts shares={shares} onDone={() => setShares(undefined)} />;
  const watched = view?.recovery.kind === 'watched' ? view.recovery.watched : undefined;
  const madeAt = view?.recoveryMadeAt;
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={say.title} lead={say.lead} {...header} />
        {task.trouble !== undefined && (
          <NoticeBox kind="attention" live>
            <p>{task.trouble}</p>
          </NoticeBox>
        )}
        <p role="status">{told}</p>
      </div>
      {madeAt !== undefined && (
        <section class="stack">
          <h2>{fill(say.set, { day: dayWords(language, madeAt) })}</h2>
          {view?.recovery.kind === 'gone' && <NoticeBox kind="attention" title={say.gone} />}
          {watched?.standing === 'quiet' && !watched.givenOut && <NoticeBox kind="good" title={say.quiet} />}
          {watched !== undefined && watched.standing !== 'quiet' && (
            <NoticeBox
              kind="attention"
              title={fill(watched.standing === 'waiting' ? say.waiting : say.ready, {
                day: dayWords(language, watched.dueAt ?? visit.now),
              })}
            >
              <Button busy={task.busy} onPress={() => act('cancelRecovery', say.stopped)}>
                {say.stop}
              </Button>
            </NoticeBox>
          )}
          {watched?.givenOut === true && <NoticeBox kind="attention" title={say.givenOut} />}
          {watched !== undefined && watched.asked > 0 && (
            <p>{plural(language, say.askedTimes, watched.asked)}</p>
          )}
          {watched?.part !== undefined &&
            (watched.part.day === undefined ? (
              <p>{say.line.kept}</p>
            ) : (
              <NoticeBox
                kind="attention"
                title={fill(say.line.fetched, { day: dayWords(language, watched.part.day) })}
              >
                <p>{say.line.fetchedNote}</p>
              </NoticeBox>
            ))}
          <div class="actions">
            <Button kind="quiet" busy={task.busy} onPress={() => act('endRecovery', say.ended)}>
              {say.end}
            </Button>
          </div>
        </section>
      )}
      <section class="stack">
        <p>{say.choice}</p>
        <NoticeBox kind="attention" title={say.warn}>
          <p>{say.warnNote}</p>
        </NoticeBox>
        <p>{say.wait}</p>
        <p>{say.limit}</p>
        <CheckField label={say.understand} checked={agreed} onChange={setAgreed} />
        <div class="actions">
          <Button busy={task.busy} off={!agreed} onPress={make}>
            {task.busy ? say.making : madeAt === undefined ? say.make : say.anew}
          </Button>
        </div>
      </section>
    </div>
  );
}
