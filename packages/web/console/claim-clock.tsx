/**
 * How long the claim on a job still stands, with its renewal. Minutes while there is time, seconds in the last two.
 * @module
 */

import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { useConsole, useNow } from './console-context.ts';

/** From when on the clock says that it runs out, milliseconds. */
const SOON_MS = 120_000;

/** The clock. */
export function ClaimClock({ until, onRenew }: { readonly until: number; readonly onRenew: () => void }) {
  const { say, language } = useConsole();
  const left = Math.max(0, until - useNow(1_000));
  const soon = left < SOON_MS;
  const unit = soon ? 'second' : 'minute';
  const amount = soon ? Math.ceil(left / 1_000) : Math.floor(left / 60_000);
  const time = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(amount);
  return (
    <div class={`claim ${soon ? 'soon' : ''}`}>
      <span class={`clock ${soon ? 'soon' : 'calm'}`}>
        <Icon name={soon ? 'attention' : 'clock'} />
        {left === 0 ? say('claim.lapsed') : say(soon ? 'claim.soon' : 'claim.until', { time })}
      </span>
      <Button kind="plain" onPress={onRenew}>
        {left === 0 ? say('claim.again') : say('claim.renew')}
      </Button>
    </div>
  );
}
