/**
 * What leaves, before it leaves: the fingerprint of each picture as squares, what stays, how far it reaches, where it
 * does not reach, and where the reach is wider.
 * @module
 */

import { Button } from '../../ui/button.tsx';
import { HashPicture } from '../../ui/hash-picture.tsx';
import { fill } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import { Outside } from '../service-list.tsx';
import { troubleWords } from '../trouble.ts';
import { useHeader, useTask, useVisit } from '../visit.ts';

/** This is all that leaves. */
export function Leaves() {
  const visit = useVisit();
  const { words, desk, view, go, setLast } = visit;
  const task = useTask();
  const ready = view?.code === 'checked';
  // With a code that was typed, now or to open the case, it goes; a new case gets its code first.
  const send = () =>
    task.run(async () => {
      const sent = await (await desk.session()).send();
      if (!sent.ok) return troubleWords(visit, sent);
      setLast({ kind: 'sent', signals: sent.signals });
      desk.clearPictures();
      go('kept');
      return undefined;
    });
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={words.leaves.title} lead={words.leaves.lead} {...useHeader()} />
        <p>{words.leaves.each}</p>
        <details class="details">
          <summary>{words.leaves.guessTitle}</summary>
          <p>{words.leaves.guess}</p>
        </details>
      </div>
      <ul class="plain grid">
        {view?.pictures.map((each) => (
          <li key={each.id} class="card stack tight">
            <strong>{each.label}</strong>
            {each.pdq !== undefined && (
              <HashPicture hex={each.pdq.value} label={fill(words.leaves.picture, { label: each.label })} />
            )}
            {each.sha256 !== undefined && <p>{words.leaves.exactToo}</p>}
          </li>
        ))}
      </ul>
      <div class="stack">
        <p>{words.leaves.alsoSealed}</p>
        <p>{words.leaves.never}</p>
        <p>{words.leaves.withdraw}</p>
      </div>
      <div class="stack">
        <h2>{words.leaves.reachTitle}</h2>
        <p>{words.leaves.reach}</p>
        <h2>{words.leaves.notTitle}</h2>
        <p>{words.leaves.not}</p>
        <h2>{words.leaves.widerTitle}</h2>
        <p>{words.leaves.wider}</p>
        <p>
          <Outside href="https://stopncii.org">{words.leaves.widerLink}</Outside>
        </p>
      </div>
      <div class="actions">
        <Button busy={task.busy} onPress={ready ? send : () => go('code')}>
          {ready ? words.typeback.send : words.leaves.agree}
        </Button>
        <Button kind="quiet" onPress={() => go('protect')}>
          {words.leaves.change}
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
