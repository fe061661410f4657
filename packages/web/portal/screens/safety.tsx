/**
 * The page about traces, before the first sensitive one: what leaving quickly does and what it does not do.
 * @module
 */

import { Button } from '../../ui/button.tsx';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import { useHeader, useVisit } from '../visit.ts';

/** History, private windows, spyware, and the way out. */
export function Safety() {
  const { words, go } = useVisit();
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={words.safety.title} lead={words.safety.lead} {...useHeader()} />
      </div>
      <ol class="timeline">
        <li>{words.safety.history}</li>
        <li>{words.safety.privateWindow}</li>
        <li>{words.safety.spyware}</li>
      </ol>
      <NoticeBox kind="good">
        <p>{words.safety.pictures}</p>
        <p>{words.safety.keys}</p>
      </NoticeBox>
      <div class="actions">
        <Button onPress={() => go('age')}>{words.safety.goOn}</Button>
      </div>
    </div>
  );
}
