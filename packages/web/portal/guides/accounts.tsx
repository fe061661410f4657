/**
 * The guide to safe accounts. One question comes first, since for who lives with the person that looks into their phone the
 * same steps can be the dangerous ones: then what others may notice stands first and a line to call is shown, and nothing is
 * hidden. What is ticked is forgotten with the screen.
 * @module
 */

import { useState } from 'preact/hooks';
import { ChoiceList } from '../../ui/choice-list.tsx';
import { CheckField } from '../../ui/field.tsx';
import { fill } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import type { GuideWords } from '../../ui/words/guides/words.ts';
import { useVisit } from '../visit.ts';
import { Lines } from './lines.tsx';
import { Source } from './source.tsx';

type Close = 'yes' | 'no' | 'not-sure';

/** The guide. */
export function Accounts({ say }: { readonly say: GuideWords }) {
  const { language } = useVisit();
  const [close, setClose] = useState<Close>();
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  const { accounts } = say;
  const steps = Object.entries(accounts.steps);
  const number = new Intl.NumberFormat(language);
  const tick = (name: string, on: boolean) => {
    const next = new Set(done);
    if (on) next.add(name);
    else next.delete(name);
    setDone(next);
  };
  if (close === undefined)
    return (
      <section class="stack" aria-labelledby="close">
        <h2 id="close">{accounts.close}</h2>
        <ChoiceList<Close>
          label={accounts.close}
          choices={[
            { value: 'yes', name: accounts.yes },
            { value: 'not-sure', name: accounts.notSure },
            { value: 'no', name: accounts.no },
          ]}
          onChoose={setClose}
        />
      </section>
    );
  return (
    <>
      {close !== 'no' && (
        <section class="stack">
          <NoticeBox kind="attention" live>
            <p>{accounts.slowly}</p>
            <p>{accounts.first}</p>
          </NoticeBox>
          <Lines fits={(each) => each.does === 'line'} />
        </section>
      )}
      <p role="status">
        {fill(say.progress, { n: number.format(done.size), all: number.format(steps.length) })}
      </p>
      <ol class="plain stack">
        {steps.map(([name, step]) => (
          <li key={name} class="card stack tight">
            <h2>{step.title}</h2>
            <p>{step.text}</p>
            <p class={close === 'no' ? 'quiet-text' : undefined}>
              <strong>{say.seen}:</strong> {step.seen}
            </p>
            <CheckField
              label={`${say.done}: ${step.title}`}
              checked={done.has(name)}
              onChange={(on) => tick(name, on)}
            />
          </li>
        ))}
      </ol>
      <Source say={say} source={accounts.source} />
    </>
  );
}
