/**
 * Banks: what uploads are compared with, and a switch for each. Signals themselves are never shown: nobody needs a
 * value to decide, and who sees it could leak it.
 * @module
 */

import type { WireBank } from '@reclaim/casework/wire';
import { useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import type { Trouble } from './api.ts';
import { Answered, ScreenHead, TroubleBox, useAsked } from './asked.tsx';
import { useConsole } from './console-context.ts';
import { LocalFeaturesPanel } from './local-features-panel.tsx';

/** The screen. */
export function BankScreen() {
  const { api, say, me, language } = useConsole();
  const [answer, again] = useAsked(api.banks);
  const [trouble, setTrouble] = useState<Trouble>();
  const [closing, setClosing] = useState<WireBank>();
  const mayChange = me.permissions.includes('bank');
  const numbers = new Intl.NumberFormat(language);
  const turn = (bank: WireBank, enabled: boolean) =>
    void api.switchBank(bank.id, enabled).then((changed) => {
      setClosing(undefined);
      setTrouble(changed.ok ? undefined : changed.trouble);
      again();
    });
  return (
    <div class="screen stack loose">
      <ScreenHead title={say('bank.title')} lead={say('bank.lead')} />
      {trouble !== undefined && <TroubleBox trouble={trouble} />}
      <Answered answer={answer} again={again}>
        {({ banks }) =>
          banks.length === 0 ? (
            <EmptyState title={say('bank.empty')} words={say('bank.emptyNext')} />
          ) : (
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">{say('bank.name')}</th>
                  <th scope="col">{say('bank.kind')}</th>
                  <th scope="col">{say('bank.signals')}</th>
                  <th scope="col">{say('bank.bits')}</th>
                  <th scope="col">{say('bank.state')}</th>
                  {mayChange && (
                    <th scope="col">
                      <span class="visually-hidden">{say('people.change')}</span>
                    </th>
                  )}
                </tr>
              </thead>
              <tbody>
                {banks.map((bank) => (
                  <tr key={bank.id}>
                    <td data-label={say('bank.name')}>{bank.name}</td>
                    <td data-label={say('bank.kind')}>{say(`bank.${bank.kind}`)}</td>
                    <td data-label={say('bank.signals')}>{numbers.format(bank.signals)}</td>
                    <td data-label={say('bank.bits')}>
                      {bank.confidentBits} / {bank.possibleBits}
                    </td>
                    <td data-label={say('bank.state')}>
                      <span class={bank.enabled ? 'tag good' : 'tag attention'}>
                        {say(bank.enabled ? 'bank.on' : 'bank.off')}
                      </span>
                    </td>
                    {mayChange && (
                      <td>
                        <Button
                          kind="plain"
                          label={`${say(bank.enabled ? 'bank.switchOff' : 'bank.switchOn')}: ${bank.name}`}
                          onPress={() => (bank.enabled ? setClosing(bank) : turn(bank, true))}
                        >
                          {say(bank.enabled ? 'bank.switchOff' : 'bank.switchOn')}
                        </Button>
                      </td>
                    )}
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Answered>
      {me.permissions.includes('lead') && <LocalFeaturesPanel />}
      {closing !== undefined && (
        <Dialog title={say('bank.switchOff')} onClose={() => setClosing(undefined)}>
          <div class="stack">
            <p>{say('bank.offLead', { name: closing.name, n: numbers.format(closing.signals) })}</p>
            <div class="actions">
              <Button kind="danger" onPress={() => turn(closing, false)}>
                {say('bank.switchOff')}
              </Button>
              <Button kind="quiet" onPress={() => setClosing(undefined)}>
                {say('cancel')}
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </div>
  );
}
