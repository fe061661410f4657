/**
 * Days on which somebody looks again: set by either side, done by either. Nobody is reminded from outside (S15).
 * @module
 */

import type { Entry } from '@reclaim/vault/messages/entry';
import { useId, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { dayWords, fill } from '../../ui/language.ts';
import type { Done } from '../core/session-state.ts';
import { useVisit } from '../visit.ts';
import { useThreadWords } from './thread-words.ts';

/** The days of a thread. */
export function LookAgain(props: {
  readonly followUps: readonly Extract<Entry, { kind: 'follow-up' }>[];
  readonly id: string;
  readonly busy: boolean;
  readonly run: (work: () => Promise<Done>, after?: () => void) => void;
}) {
  const { desk, language, now } = useVisit();
  const say = useThreadWords();
  const [day, setDay] = useState('');
  const field = useId();
  const today = new Date(now).toISOString().slice(0, 10);
  return (
    <section class="stack" aria-labelledby={`${field}-title`}>
      <h2 id={`${field}-title`}>{say.one.again}</h2>
      {props.followUps.length > 0 && (
        <ul class="plain stack tight">
          {props.followUps.map((each) => (
            <li key={each.seq} class="row between">
              <span>
                {fill(each.who === 'person' ? say.one.lookYou : say.one.lookHelper, {
                  day: dayWords(language, each.day),
                })}
              </span>
              {each.who === 'person' && (
                <Button
                  kind="plain"
                  busy={props.busy}
                  onPress={() =>
                    props.run(async () =>
                      (await desk.session()).say(props.id, { kind: 'done', of: each.seq }),
                    )
                  }
                >
                  {say.one.doneIt}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <div class="field">
        <label for={field}>{say.one.againDay}</label>
        <p class="hint" id={`${field}-hint`}>
          {say.one.againHint}
        </p>
        <input
          id={field}
          class="input"
          type="date"
          autocomplete="off"
          min={today}
          value={day}
          aria-describedby={`${field}-hint`}
          onInput={(event) => setDay(event.currentTarget.value)}
        />
      </div>
      <div class="actions">
        <Button
          kind="quiet"
          busy={props.busy}
          off={day === ''}
          onPress={() =>
            props.run(
              async () =>
                (await desk.session()).say(props.id, { kind: 'follow-up', day, who: 'person', note: '' }),
              () => setDay(''),
            )
          }
        >
          {say.one.againSet}
        </Button>
      </div>
    </section>
  );
}
