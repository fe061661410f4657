/**
 * Back by code, on any device. A wrong code, a deleted case and one that never was have one answer, and it is slow.
 * @module
 */

import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { CodeForm } from '../../ui/code-form.tsx';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import { SlowNote } from '../slow-note.tsx';
import { troubleWords } from '../trouble.ts';
import { useHeader, useTask, useVisit } from '../visit.ts';

/** Reasons of the network or the node. Every other one means: this code opens nothing; which it was is not said. */
const NETWORK = new Set([
  'offline',
  'unavailable',
  'storage-full',
  'busy',
  'limited',
  'bad-answer',
  'no-memory',
  'stopped',
]);

/** The code, typed. */
export function Open() {
  const visit = useVisit();
  const { words, desk, view, go } = visit;
  const [error, setError] = useState<string>();
  const task = useTask();
  const header = useHeader();
  const open = (typed: string) =>
    task.run(async () => {
      const session = await desk.session();
      const answer = await session.open(typed);
      if (answer.ok) {
        // What a lock kept unsent comes back first: otherwise it would wait where nobody sees it.
        go(session.view.pictures.length > 0 ? 'leaves' : 'status');
        return undefined;
      }
      if (NETWORK.has(answer.reason)) return troubleWords(visit, answer);
      setError(words.open.wrong);
      return undefined;
    });
  return (
    <CodeForm
      words={words.open}
      head={
        <>
          <StepHeader title={words.open.title} lead={words.open.lead} {...header} />
          {view?.kind === 'locked' && (
            <NoticeBox kind="info">
              <p>{words.frame.locked}</p>
              {view.lostProof && <p>{words.frame.lostProof}</p>}
            </NoticeBox>
          )}
        </>
      }
      busy={task.busy}
      error={error}
      trouble={task.trouble}
      onInput={() => setError(undefined)}
      onOpen={open}
    >
      <SlowNote busy={task.busy} />
      <details class="details">
        <summary>{words.open.lost}</summary>
        <p>{words.open.lostNote}</p>
        <Button kind="quiet" onPress={() => go('recover')}>
          {words.open.parts}
        </Button>
      </details>
    </CodeForm>
  );
}
