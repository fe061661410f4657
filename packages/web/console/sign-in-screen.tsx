/**
 * Signing in: with a passkey, or with a recovery code that works once. There is no password to be guessed or phished.
 * @module
 */

import { type WireStaff, wireRecovery } from '@reclaim/casework/wire-staff';
import { useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { NoticeBox } from '../ui/notice-box.tsx';
import type { Asked, Trouble } from './api.ts';
import { sayTrouble } from './console-context.ts';
import { Door, type DoorProps } from './door.tsx';
import { signInByPasskey } from './passkey.ts';

/** The screen. `onDone` hears who is in, and whether a recovery code let them in. */
export function SignInScreen(
  props: DoorProps & {
    readonly ended: boolean;
    readonly linkBroken: boolean;
    readonly onDone: (me: WireStaff, recovered: boolean) => void;
  },
) {
  const { api, say } = props;
  const [way, setWay] = useState<'passkey' | 'code'>('passkey');
  const [busy, setBusy] = useState(false);
  const [code, setCode] = useState('');
  const [shape, setShape] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();

  const run = async (recovered: boolean, step: () => Promise<Asked<WireStaff>>) => {
    setBusy(true);
    setTrouble(undefined);
    const answer = await step();
    setBusy(false);
    if (answer.ok) props.onDone(answer.value, recovered);
    else setTrouble(answer.trouble);
  };
  const recover = () => {
    // Codes are copied from paper: spaces, capitals and missing hyphens are the writer's, not a wrong code.
    const letters = code.toLowerCase().replace(/[^a-z0-9]/g, '');
    const parsed = wireRecovery.safeParse({ code: letters.match(/.{1,4}/g)?.join('-') ?? '' });
    setShape(!parsed.success);
    if (parsed.success) void run(true, () => api.recover(parsed.data.code));
  };
  // One sentence for a wrong, a used and a disabled one: which it was is nobody's business here.
  const refused = [401, 403, 404].includes(trouble?.status ?? 0);
  const turn = (next: 'passkey' | 'code') => {
    setWay(next);
    setTrouble(undefined);
  };

  return (
    <Door {...props} title={say('signIn.title')}>
      {props.linkBroken && (
        <NoticeBox kind="attention" live>
          <p>{say('signIn.linkBroken')}</p>
        </NoticeBox>
      )}
      {props.ended && (
        <NoticeBox kind="info" live>
          <p>{say('signIn.ended')}</p>
        </NoticeBox>
      )}
      {trouble !== undefined && (
        <NoticeBox kind="attention" title={say('error.title')} live>
          <p>
            {refused ? say(way === 'code' ? 'signIn.noCode' : 'signIn.noPasskey') : sayTrouble(say, trouble)}
          </p>
        </NoticeBox>
      )}
      {way === 'passkey' ? (
        <div class="stack">
          <p class="lead">{say('signIn.lead')}</p>
          <div class="actions">
            <Button busy={busy} onPress={() => void run(false, () => signInByPasskey(api))}>
              {say('signIn.passkey')}
            </Button>
            <Button kind="plain" onPress={() => turn('code')}>
              {say('signIn.recover')}
            </Button>
          </div>
        </div>
      ) : (
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            recover();
          }}
        >
          <Field
            label={say('signIn.code')}
            hint={say('signIn.codeHint')}
            error={shape ? say('signIn.codeShape') : undefined}
            value={code}
            onInput={setCode}
            mono
            maxLength={40}
          />
          <div class="actions">
            <Button sends busy={busy}>
              {say('signIn.useCode')}
            </Button>
            <Button kind="plain" onPress={() => turn('passkey')}>
              {say('signIn.toPasskey')}
            </Button>
          </div>
        </form>
      )}
    </Door>
  );
}
