/**
 * How it stands: nothing to do today, then each fingerprint with who acts next, then what can be changed. Each signal is
 * asked for by its own capability, one after the other.
 * @module
 */

import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Field } from '../../ui/field.tsx';
import { plural } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import type { Words } from '../../ui/words/words.ts';
import type { SignalView } from '../core/session-state.ts';
import { wantsPerson } from '../threads/today.ts';
import { troubleWords } from '../trouble.ts';
import { useHeader, useTask, useVisit } from '../visit.ts';
import { backWatches } from '../watch/back.ts';
import { LinkSummary } from './links.tsx';
import { ThreadSummary } from './threads.tsx';

/** What one picture's signals are at: the perceptual one's receipt, since it is the one that finds changed copies. */
function standing(signals: readonly SignalView[]): {
  readonly state: keyof Words['status']['states'];
  readonly held: number;
  readonly removed: number;
} {
  const receipt = (signals.find((each) => each.kind === 'pdq') ?? signals[0])?.receipt;
  switch (receipt?.kind) {
    case 'answered':
      return receipt.receipt;
    case 'gone':
      return { state: 'gone', held: 0, removed: 0 };
    default:
      return { state: 'unknown', held: 0, removed: 0 };
  }
}

function PictureCard(props: {
  readonly signals: readonly SignalView[];
  readonly busy: boolean;
  readonly onWithdraw: () => void;
}) {
  const { words, language } = useVisit();
  const label = props.signals[0]?.label ?? '';
  const { state, held, removed } = standing(props.signals);
  const live = state === 'unconfirmed' || state === 'confirmed' || state === 'disputed';
  return (
    <li class="card stack tight">
      <div class="row between">
        <h3>{label}</h3>
        <span class={state === 'disputed' ? 'tag attention' : live ? 'tag good' : 'tag'}>
          {words.status.states[state]}
        </span>
      </div>
      <p>{words.status.next[state]}</p>
      {live && (
        <p class="quiet-text tabular">
          {held === 0
            ? words.status.nothingHeld
            : `${plural(language, words.status.held, held)}. ${plural(language, words.status.removed, removed)}.`}
        </p>
      )}
      <div class="actions">
        <Button
          kind="plain"
          busy={props.busy}
          label={`${words.status.withdrawOne}: ${label}`}
          onPress={props.onWithdraw}
        >
          {words.status.withdrawOne}
        </Button>
      </div>
    </li>
  );
}

/** The case. */
export function Status() {
  const visit = useVisit();
  const { words, view, desk, go, step, now } = visit;
  // Asking goes on by itself, for seconds where there are many pictures: what is pressed meanwhile is a task of its own.
  const asking = useTask();
  const task = useTask();
  const [saved, setSaved] = useState(false);
  const ask = () =>
    asking.run(async () => {
      const answer = await (await desk.session()).ask();
      return answer.ok ? undefined : troubleWords(visit, answer);
    });
  useEffect(ask, []);
  // The summary below says what.
  const wanted =
    view !== undefined &&
    (wantsPerson(view, new Date(now).toISOString().slice(0, 10)) || backWatches(view.watches).length > 0);
  const pictures = [...Map.groupBy(view?.signals ?? [], (each) => each.picture)];
  const followed = (view?.takedowns.length ?? 0) > 0;
  const withdrawOne = (picture: string) =>
    task.run(async () => {
      const answer = await (await desk.session()).withdrawPicture(picture);
      return answer.ok ? undefined : troubleWords(visit, answer);
    });
  const save = () =>
    task.run(async () => {
      const session = await desk.session();
      const answer = await session.save();
      if (!answer.ok) return troubleWords(visit, answer);
      // Not of what was typed while it was saved.
      setSaved(!session.view.unsaved);
      return undefined;
    });
  const trouble = task.trouble ?? asking.trouble;
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={words.status.title} {...useHeader()} />
        {!wanted && ((view?.signals.length ?? 0) > 0 || !followed) && (
          <NoticeBox kind="good" title={followed ? words.status.todayPictures : words.status.today}>
            <p>{words.status.todayNote}</p>
          </NoticeBox>
        )}
        <p class="not-your-fault">{words.frame.notFault}</p>
        <p role="status">{asking.busy ? words.status.asking : ''}</p>
        {trouble !== undefined && (
          <NoticeBox kind="attention" live>
            <p>{trouble}</p>
          </NoticeBox>
        )}
      </div>
      <ThreadSummary />
      {followed && <LinkSummary />}
      <section class="stack" aria-labelledby="each">
        <h2 id="each">{words.status.each}</h2>
        {pictures.length === 0 ? (
          <EmptyState title={words.status.none} words={words.status.noneNote} />
        ) : (
          <ul class="plain stack">
            {pictures.map(([picture, signals]) => (
              <PictureCard
                key={picture}
                signals={signals}
                busy={task.busy}
                onWithdraw={() => withdrawOne(picture)}
              />
            ))}
          </ul>
        )}
        <div class="actions">
          <Button kind="quiet" busy={asking.busy} onPress={ask}>
            {words.status.ask}
          </Button>
          <Button kind="quiet" onPress={() => go('proof')}>
            {words.needs.evidence}
          </Button>
          <Button kind="quiet" onPress={() => go('copies')}>
            {words.needs.copies}
          </Button>
          <Button kind="quiet" onPress={() => go('protect')}>
            {words.status.add}
          </Button>
          <Button kind="quiet" onPress={() => go('links')}>
            {words.status.addLinks}
          </Button>
        </div>
      </section>
      <section class="stack">
        <Field
          label={words.status.notes}
          hint={words.status.notesHint}
          rows={4}
          maxLength={4000}
          value={view?.notes ?? ''}
          onInput={(notes) => {
            setSaved(false);
            void desk.session().then((session) => session.setNotes(notes));
          }}
        />
        <div class="actions">
          <Button kind="quiet" busy={task.busy} onPress={save}>
            {words.status.saveNotes}
          </Button>
          <span role="status">{saved ? words.status.saved : ''}</span>
        </div>
      </section>
      <hr />
      <div class="actions">
        <Button
          kind="quiet"
          onPress={() => {
            desk.clear();
            visit.setPasted(undefined);
            step({ kind: 'home' });
          }}
        >
          {words.status.lock}
        </Button>
        <Button kind="danger" onPress={() => go('withdraw')}>
          {words.status.withdraw}
        </Button>
      </div>
    </div>
  );
}
