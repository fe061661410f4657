/**
 * Start: three doors, the way back by code, a human to call.
 * @module
 */

import { Button } from '../../ui/button.tsx';
import { ChoiceList } from '../../ui/choice-list.tsx';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import { ServiceList } from '../service-list.tsx';
import { useHeader, useVisit } from '../visit.ts';

/** The first screen. */
export function Start() {
  const { words, view, go } = useVisit();
  const header = useHeader();
  return (
    <div class="stack loose">
      <div class="stack">
        {view?.lost === true && (
          <NoticeBox kind="info" live>
            <p>{words.frame.lost}</p>
          </NoticeBox>
        )}
        <p class="not-your-fault">{words.frame.notFault}</p>
        <StepHeader title={words.start.title} lead={words.start.lead} focus={header.focus} />
      </div>
      <ChoiceList
        label={words.start.doors}
        choices={[
          { value: 'safety', name: words.start.now, note: words.start.nowNote },
          { value: 'prepare', name: words.start.prepare, note: words.start.prepareNote },
          { value: 'helper', name: words.start.helping, note: words.start.helpingNote },
        ]}
        onChoose={go}
      />
      <div class="actions">
        <Button kind="quiet" onPress={() => go('open')}>
          {words.start.haveCode}
        </Button>
        <Button kind="plain" onPress={() => go('blackmail')}>
          {words.start.blackmail}
        </Button>
      </div>
      <section class="stack" aria-labelledby="human">
        <h2 id="human">{words.start.human}</h2>
        <p class="quiet-text">{words.start.humanNote}</p>
        <ServiceList most={2} fits={(each) => each.does === 'line' || each.country === 'world'} />
        <div class="actions">
          <Button kind="plain" onPress={() => go('talk')}>
            {words.start.all}
          </Button>
        </div>
      </section>
    </div>
  );
}
