/**
 * After a recovery code: the session can do one thing, add a passkey, and then everything that its owner may.
 * @module
 */

import type { WireStaff } from '@reclaim/casework/wire-staff';
import { useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { NoticeBox } from '../ui/notice-box.tsx';
import type { Trouble } from './api.ts';
import { sayTrouble } from './console-context.ts';
import { Door, type DoorProps } from './door.tsx';
import { addPasskey } from './passkey.ts';

/** The screen. `onDone` hears who is in once the passkey is made; `onLeave` that they would rather not. */
export function RecoveredScreen(
  props: DoorProps & { readonly onDone: (me: WireStaff) => void; readonly onLeave: () => void },
) {
  const { api, say } = props;
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();

  const make = async () => {
    setBusy(true);
    setTrouble(undefined);
    const answer = await addPasskey(api);
    setBusy(false);
    if (answer.ok) props.onDone(answer.value);
    else setTrouble(answer.trouble);
  };

  return (
    <Door {...props} title={say('recovered.title')}>
      <p class="lead">{say('recovered.lead')}</p>
      {trouble !== undefined && (
        <NoticeBox kind="attention" title={say('error.title')} live>
          <p>{sayTrouble(say, trouble)}</p>
        </NoticeBox>
      )}
      <div class="actions">
        <Button busy={busy} onPress={() => void make()}>
          {say('setup.make')}
        </Button>
        <Button kind="plain" onPress={() => void api.signOut().then(props.onLeave)}>
          {say('signOut')}
        </Button>
      </div>
    </Door>
  );
}
