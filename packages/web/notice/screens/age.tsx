/**
 * The first screen: the age question, which decides the road. Nothing is asked before it.
 * @module
 */

import { Button } from '../../ui/button.tsx';
import { ChoiceList } from '../../ui/choice-list.tsx';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import { useNotice } from '../notice-context.ts';

/** Was anyone under 18? */
export function Age() {
  const { words, answers, answer, go, moved } = useNotice();
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={words.age.title} lead={words.age.lead} focus={moved} />
        {answers.itemId !== undefined && (
          <NoticeBox kind="info">
            <p>{words.age.item}</p>
          </NoticeBox>
        )}
      </div>
      <div class="stack">
        <h2>{words.age.question}</h2>
        <ChoiceList
          label={words.age.question}
          choices={[
            { value: 'adult', name: words.age.no },
            { value: 'under-18-when-taken', name: words.age.yes },
            { value: 'not-sure', name: words.age.notSure },
          ]}
          onChoose={(age) => {
            answer({ age });
            go(age === 'adult' ? 'form' : 'minor');
          }}
        />
      </div>
      <div class="actions">
        <Button kind="plain" onPress={() => go('code')}>
          {words.age.haveCode}
        </Button>
      </div>
      <p class="quiet-text">{words.age.reach}</p>
    </div>
  );
}
