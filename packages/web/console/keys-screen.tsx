/**
 * Keys: what machines sign in with. A token is shown once; replacing leaves the old one a day, ending leaves it nothing.
 * @module
 */

import { SCOPES, type Scope, type WireKey } from '@reclaim/casework/wire';
import { useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { CheckField, Field } from '../ui/field.tsx';
import { instantWords } from '../ui/since-clock.tsx';
import type { Asked, Trouble } from './api.ts';
import { Answered, ScreenHead, ShownOnce, TroubleBox, useAsked } from './asked.tsx';
import { useConsole } from './console-context.ts';

/** How long a replaced key goes on, minutes. */
const OVERLAP_MINUTES = 1_440;

type Asking = { readonly kind: 'make' } | { readonly kind: 'rotate' | 'revoke'; readonly key: WireKey };

/** The screen. */
export function KeysScreen() {
  const { api, say, language } = useConsole();
  const [answer, again] = useAsked(api.keys);
  const [asking, setAsking] = useState<Asking>();
  const now = Date.now();
  return (
    <div class="screen stack loose">
      <ScreenHead title={say('keys.title')} lead={say('keys.lead')}>
        <Button onPress={() => setAsking({ kind: 'make' })}>{say('keys.make')}</Button>
      </ScreenHead>
      <Answered answer={answer} again={again}>
        {({ keys }) =>
          keys.length === 0 ? (
            <EmptyState title={say('keys.empty')} />
          ) : (
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">{say('keys.name')}</th>
                  <th scope="col">{say('keys.scopes')}</th>
                  <th scope="col">{say('keys.made')}</th>
                  <th scope="col">{say('keys.state')}</th>
                  <th scope="col">
                    <span class="visually-hidden">{say('people.change')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {keys.map((key) => {
                  const ended = key.revokedAt !== undefined || (key.expiresAt ?? now + 1) <= now;
                  return (
                    <tr key={key.id}>
                      <td data-label={say('keys.name')}>{key.name}</td>
                      <td data-label={say('keys.scopes')}>
                        {key.scopes.map((scope) => say(`scope.${scope}`)).join(', ')}
                      </td>
                      <td data-label={say('keys.made')} class="moment">
                        {instantWords(key.createdAt, language)}
                      </td>
                      <td data-label={say('keys.state')}>
                        <span class={ended ? 'tag' : 'tag good'}>
                          {ended
                            ? say('keys.revoked')
                            : key.expiresAt === undefined
                              ? say('keys.live')
                              : say('keys.until', { time: instantWords(key.expiresAt, language) })}
                        </span>
                      </td>
                      <td>
                        {!ended && (
                          <span class="row">
                            <Button
                              kind="plain"
                              label={`${say('keys.rotate')}: ${key.name}`}
                              onPress={() => setAsking({ kind: 'rotate', key })}
                            >
                              {say('keys.rotate')}
                            </Button>
                            <Button
                              kind="plain"
                              label={`${say('keys.revoke')}: ${key.name}`}
                              onPress={() => setAsking({ kind: 'revoke', key })}
                            >
                              {say('keys.revoke')}
                            </Button>
                          </span>
                        )}
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          )
        }
      </Answered>
      {asking !== undefined && (
        <KeyDialog
          asking={asking}
          onClose={() => {
            setAsking(undefined);
            again();
          }}
        />
      )}
    </div>
  );
}

function KeyDialog({ asking, onClose }: { readonly asking: Asking; readonly onClose: () => void }) {
  const { api, say } = useConsole();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly Scope[]>(['check']);
  const [token, setToken] = useState<string>();
  const [trouble, setTrouble] = useState<Trouble>();
  // Pressed twice it would make a second key, and the first one's token would be seen by nobody.
  const [busy, setBusy] = useState(false);
  const fits = name.trim().length >= 1 && scopes.length > 0;
  const title =
    asking.kind === 'make' ? say('keys.make') : `${say(`keys.${asking.kind}`)}: ${asking.key.name}`;

  const run = async (): Promise<void> => {
    if (asking.kind === 'revoke') {
      const ended = await api.revokeKey(asking.key.id);
      if (ended.ok) onClose();
      else setTrouble(ended.trouble);
      return;
    }
    const made: Asked<{ token: string }> =
      asking.kind === 'make'
        ? await api.makeKey(name.trim(), scopes)
        : await api.rotateKey(asking.key.id, OVERLAP_MINUTES);
    if (made.ok) setToken(made.value.token);
    else setTrouble(made.trouble);
  };

  return (
    <Dialog title={title} onClose={onClose}>
      <div class="stack">
        {trouble !== undefined && <TroubleBox trouble={trouble} />}
        {token !== undefined ? (
          <>
            <ShownOnce secret={token} label={say('keys.token')} lead={say('keys.tokenLead')} />
            <div class="actions">
              <Button onPress={onClose}>{say('close')}</Button>
            </div>
          </>
        ) : (
          <>
            {asking.kind === 'make' ? (
              <>
                <Field
                  label={say('keys.name')}
                  hint={say('keys.nameShape')}
                  value={name}
                  onInput={setName}
                  maxLength={80}
                />
                <fieldset>
                  <legend class="legend">{say('keys.scopes')}</legend>
                  <div class="bits">
                    {SCOPES.map((scope) => (
                      <CheckField
                        key={scope}
                        label={say(`scope.${scope}`)}
                        checked={scopes.includes(scope)}
                        onChange={(on) =>
                          setScopes(SCOPES.filter((each) => (each === scope ? on : scopes.includes(each))))
                        }
                      />
                    ))}
                  </div>
                </fieldset>
              </>
            ) : (
              <p>{say(asking.kind === 'rotate' ? 'keys.rotateLead' : 'keys.revokeLead')}</p>
            )}
            <div class="actions">
              <Button
                kind={asking.kind === 'revoke' ? 'danger' : 'primary'}
                off={asking.kind === 'make' && !fits}
                busy={busy}
                onPress={async () => {
                  setBusy(true);
                  await run();
                  setBusy(false);
                }}
              >
                {say(
                  asking.kind === 'make'
                    ? 'keys.makeThis'
                    : asking.kind === 'rotate'
                      ? 'keys.rotateThis'
                      : 'keys.revokeThis',
                )}
              </Button>
              <Button kind="quiet" onPress={onClose}>
                {say('cancel')}
              </Button>
            </div>
          </>
        )}
      </div>
    </Dialog>
  );
}
