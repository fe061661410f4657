/**
 * Another way to reach the person, asked for only where they open this part, and sent only after they said that it is safe
 * to be reached there (S15). Anything but yes sends and keeps nothing.
 * @module
 */

import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import type { Done } from '../core/session-state.ts';
import { useVisit } from '../visit.ts';
import { useThreadWords } from './thread-words.ts';

/** The question. */
export function Reach(props: {
  readonly id: string;
  readonly busy: boolean;
  readonly run: (work: () => Promise<Done>, after?: () => void) => void;
}) {
  const { desk } = useVisit();
  const say = useThreadWords();
  const [way, setWay] = useState('');
  const [safe, setSafe] = useState<'yes' | 'no'>();
  return (
    <details class="details">
      <summary>{say.one.reachTitle}</summary>
      <div class="stack">
        <p>{say.one.reachLead}</p>
        <Field label={say.one.reachWay} maxLength={200} value={way} onInput={setWay} />
        <fieldset class="plain-set">
          <legend>{say.one.reachSafe}</legend>
          <div class="actions">
            <Button kind="quiet" pressed={safe === 'yes'} onPress={() => setSafe('yes')}>
              {say.one.reachYes}
            </Button>
            <Button
              kind="quiet"
              pressed={safe === 'no'}
              onPress={() => {
                setSafe('no');
                setWay('');
              }}
            >
              {say.one.reachNo}
            </Button>
          </div>
        </fieldset>
        {safe === 'no' && <p role="status">{say.one.reachNever}</p>}
        {safe === 'yes' && (
          <div class="actions">
            <Button
              busy={props.busy}
              off={way.trim() === ''}
              onPress={() =>
                props.run(
                  async () =>
                    (await desk.session()).say(props.id, { kind: 'contact', way: way.trim(), safe: 'yes' }),
                  () => {
                    setWay('');
                    setSafe(undefined);
                  },
                )
              }
            >
              {say.one.reachSend}
            </Button>
          </div>
        )}
      </div>
    </details>
  );
}
