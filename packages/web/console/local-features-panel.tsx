/**
 * The switch of the sealed path: off -> proposed by one -> on by another -> off by anybody. For leads.
 *
 * It says what is kept before anybody agrees to it. Whoever proposed sees no button to confirm: the server would refuse it.
 * @module
 */

import { MOST_RETENTION_DAYS, type WireLocalFeatures } from '@reclaim/casework/wire-local-features';
import { useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import type { Asked, Trouble } from './api.ts';
import { Answered, TroubleBox, useAsked } from './asked.tsx';
import { useConsole } from './console-context.ts';

/** The panel. */
export function LocalFeaturesPanel() {
  const { api, say, me, language } = useConsole();
  const [answer, again] = useAsked(api.localFeatures);
  const [trouble, setTrouble] = useState<Trouble>();
  const [days, setDays] = useState('90');
  const numbers = new Intl.NumberFormat(language);
  const turn = (asked: Promise<Asked<WireLocalFeatures>>) =>
    void asked.then((came) => {
      setTrouble(came.ok ? undefined : came.trouble);
      again();
    });
  const retentionDays = Number(days);
  const wrong = !(
    Number.isInteger(retentionDays) &&
    retentionDays >= 1 &&
    retentionDays <= MOST_RETENTION_DAYS
  );
  return (
    <section class="card stack">
      <h2>{say('local.title')}</h2>
      <p>{say('local.lead')}</p>
      <p class="quiet-text">{say('local.cost')}</p>
      {trouble !== undefined && <TroubleBox trouble={trouble} />}
      <Answered answer={answer} again={again}>
        {(now) => (
          <div class="stack">
            <p role="status">
              <span class={now.state === 'on' ? 'tag attention' : 'tag'}>{say(`local.${now.state}`)}</span>
            </p>
            {now.state !== 'off' && (
              <p>
                {say('local.kept', { n: numbers.format(now.kept), days: numbers.format(now.retentionDays) })}
              </p>
            )}
            {now.state === 'off' && (
              <Field
                label={say('local.days')}
                hint={say('local.daysHint')}
                value={days}
                onInput={setDays}
                inputMode="numeric"
                {...(wrong ? { error: say('local.daysWrong') } : {})}
              />
            )}
            {now.state === 'proposed' && now.proposedBy === me.id && <p>{say('local.waits')}</p>}
            <div class="actions">
              {now.state === 'off' && (
                <Button off={wrong} onPress={() => turn(api.proposeLocalFeatures(retentionDays))}>
                  {say('local.propose')}
                </Button>
              )}
              {now.state === 'proposed' && now.proposedBy !== me.id && (
                <Button onPress={() => turn(api.confirmLocalFeatures())}>{say('local.confirm')}</Button>
              )}
              {now.state !== 'off' && (
                <Button
                  kind={now.state === 'on' ? 'danger' : 'quiet'}
                  onPress={() => turn(api.switchLocalFeaturesOff())}
                >
                  {say(now.state === 'on' ? 'local.switchOff' : 'local.takeBack')}
                </Button>
              )}
            </div>
          </div>
        )}
      </Answered>
    </section>
  );
}
