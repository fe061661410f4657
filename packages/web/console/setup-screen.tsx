/**
 * Setting up by a one-time link: a pseudonym, a passkey, and recovery codes that are shown once. The codes stay on the
 * screen until their owner says that they are kept.
 * @module
 */

import { type WireStaff, wireRegistrationStart } from '@reclaim/casework/wire-staff';
import { useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { NoticeBox } from '../ui/notice-box.tsx';
import type { Trouble } from './api.ts';
import { sayTrouble } from './console-context.ts';
import { Door, type DoorProps } from './door.tsx';
import { registerByLink } from './passkey.ts';

/** The screen for the holder of `token`. */
export function SetupScreen(
  props: DoorProps & { readonly token: string; readonly onDone: (me: WireStaff) => void },
) {
  const { api, say, token } = props;
  const [pseudonym, setPseudonym] = useState('');
  const [shape, setShape] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const [made, setMade] = useState<{ readonly staff: WireStaff; readonly codes: readonly string[] }>();

  const make = async () => {
    const name = pseudonym.trim();
    const fits = wireRegistrationStart.safeParse({ token, pseudonym: name }).success;
    setShape(!fits);
    if (!fits) return;
    setBusy(true);
    setTrouble(undefined);
    const answer = await registerByLink(api, token, name);
    setBusy(false);
    if (answer.ok) setMade({ staff: answer.value.staff, codes: answer.value.recoveryCodes });
    else setTrouble(answer.trouble);
  };

  if (made !== undefined) {
    return (
      <Door {...props} title={say('setup.codes')}>
        <RecoveryCodes {...props} codes={made.codes} onKept={() => props.onDone(made.staff)} />
      </Door>
    );
  }
  return (
    <Door {...props} title={say('setup.title')}>
      <p class="lead">{say('setup.lead')}</p>
      {trouble !== undefined && (
        <NoticeBox kind="attention" title={say('error.title')} live>
          <p>{[401, 404, 410].includes(trouble.status) ? say('setup.expired') : sayTrouble(say, trouble)}</p>
        </NoticeBox>
      )}
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void make();
        }}
      >
        <Field
          label={say('setup.pseudonym')}
          hint={shape ? undefined : say('setup.pseudonymHint')}
          error={shape ? say('setup.pseudonymHint') : undefined}
          value={pseudonym}
          onInput={setPseudonym}
          maxLength={40}
        />
        <div class="actions">
          <Button sends busy={busy}>
            {say('setup.make')}
          </Button>
        </div>
      </form>
    </Door>
  );
}

function RecoveryCodes(
  props: DoorProps & { readonly codes: readonly string[]; readonly onKept: () => void },
) {
  const { say, codes } = props;
  const [kept, setKept] = useState(false);
  const [copied, setCopied] = useState(false);
  return (
    <div class="stack">
      <p class="lead">{say('setup.codesLead')}</p>
      <div class="code-card">
        <ol class="recovery-codes mono" aria-label={say('setup.codes')}>
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ol>
        <div class="actions">
          <Button
            kind="quiet"
            onPress={() => {
              void navigator.clipboard.writeText(codes.join('\n')).then(() => setCopied(true));
            }}
          >
            {copied ? say('copied') : say('copy')}
          </Button>
          <Button kind="quiet" onPress={() => globalThis.print()}>
            {say('print')}
          </Button>
        </div>
      </div>
      <label class="check">
        <input
          type="checkbox"
          autocomplete="off"
          checked={kept}
          onChange={(event) => setKept(event.currentTarget.checked)}
        />
        <span>{say('setup.kept')}</span>
      </label>
      <div class="actions">
        <Button off={!kept} onPress={props.onKept}>
          {say('setup.done')}
        </Button>
      </div>
    </div>
  );
}
