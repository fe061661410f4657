/**
 * People: who works here and what each may do, as permission bits; invitations by a link that works once.
 * @module
 */

import { PERMISSIONS, type Permission, ROLES, type WireStaff } from '@reclaim/casework/wire-staff';
import { useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { CheckField, SelectField } from '../ui/field.tsx';
import { instantWords } from '../ui/since-clock.tsx';
import type { Trouble } from './api.ts';
import { Answered, ScreenHead, ShownOnce, TroubleBox, useAsked } from './asked.tsx';
import { useConsole } from './console-context.ts';
import { setupLink } from './setup-link.ts';

type Role = keyof typeof ROLES;
const ROLE_NAMES = Object.keys(ROLES) as readonly Role[];

/** The screen. */
export function PeopleScreen() {
  const { api, say, me, language } = useConsole();
  const [answer, again] = useAsked(api.staff);
  const [inviting, setInviting] = useState(false);
  const [changing, setChanging] = useState<WireStaff>();
  return (
    <div class="screen stack loose">
      <ScreenHead title={say('people.title')} lead={say('people.lead')}>
        <Button onPress={() => setInviting(true)}>{say('people.invite')}</Button>
      </ScreenHead>
      <Answered answer={answer} again={again}>
        {({ staff }) => (
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{say('people.name')}</th>
                <th scope="col">{say('people.may')}</th>
                <th scope="col">{say('people.since')}</th>
                <th scope="col">{say('people.state')}</th>
                <th scope="col">
                  <span class="visually-hidden">{say('people.change')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {staff.map((each) => (
                <tr key={each.id}>
                  <td data-label={say('people.name')}>
                    <span>
                      {each.pseudonym}
                      {each.id === me.id && <span class="quiet-text"> ({say('people.you')})</span>}
                    </span>
                  </td>
                  <td data-label={say('people.may')}>
                    {each.permissions.map((bit) => say(`permission.${bit}`)).join(' · ')}
                  </td>
                  <td data-label={say('people.since')} class="moment">
                    {instantWords(each.createdAt, language)}
                  </td>
                  <td data-label={say('people.state')}>
                    <span class={each.disabledAt === undefined ? 'tag good' : 'tag'}>
                      {say(each.disabledAt === undefined ? 'people.active' : 'people.disabled')}
                    </span>
                  </td>
                  <td>
                    {each.id !== me.id && (
                      <Button
                        kind="plain"
                        label={`${say('people.change')}: ${each.pseudonym}`}
                        onPress={() => setChanging(each)}
                      >
                        {say('people.change')}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Answered>
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
      {changing !== undefined && (
        <ChangeDialog
          staff={changing}
          onClose={() => setChanging(undefined)}
          onChanged={() => {
            setChanging(undefined);
            again();
          }}
        />
      )}
    </div>
  );
}

/** Ticks for each permission; those that one lacks cannot be given. */
function Bits(props: {
  readonly bits: readonly Permission[];
  readonly onChange: (bits: readonly Permission[]) => void;
}) {
  const { say } = useConsole();
  return (
    <div class="bits">
      {PERMISSIONS.map((bit) => (
        <CheckField
          key={bit}
          label={say(`permission.${bit}`)}
          checked={props.bits.includes(bit)}
          onChange={(on) =>
            props.onChange(PERMISSIONS.filter((each) => (each === bit ? on : props.bits.includes(each))))
          }
        />
      ))}
    </div>
  );
}

function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const { api, say, language } = useConsole();
  const [bits, setBits] = useState<readonly Permission[]>(ROLES.reviewer);
  const [made, setMade] = useState<{ readonly token: string; readonly expiresAt: number }>();
  const [trouble, setTrouble] = useState<Trouble>();
  const [busy, setBusy] = useState(false);
  const role = ROLE_NAMES.find((each) => sameBits(ROLES[each], bits)) ?? 'own';
  return (
    <Dialog title={say('people.invite')} onClose={onClose}>
      <div class="stack">
        {trouble !== undefined && <TroubleBox trouble={trouble} />}
        {made === undefined ? (
          <>
            <p>{say('people.inviteLead')}</p>
            <SelectField
              label={say('people.role')}
              value={role}
              options={[...ROLE_NAMES, 'own' as const].map((each) => [each, say(`role.${each}`)] as const)}
              onChange={(each) => each !== 'own' && setBits(ROLES[each])}
            />
            <Bits bits={bits} onChange={setBits} />
            <div class="actions">
              <Button
                off={bits.length === 0}
                busy={busy}
                onPress={async () => {
                  setBusy(true);
                  const answer = await api.invite(bits);
                  setBusy(false);
                  if (answer.ok) setMade(answer.value);
                  else setTrouble(answer.trouble);
                }}
              >
                {say('people.makeLink')}
              </Button>
              <Button kind="quiet" onPress={onClose}>
                {say('cancel')}
              </Button>
            </div>
          </>
        ) : (
          <>
            <ShownOnce
              secret={setupLink(globalThis.location.origin, made.token)}
              label={say('people.link')}
              lead={say('people.linkLead', { time: instantWords(made.expiresAt, language) })}
            />
            <div class="actions">
              <Button onPress={onClose}>{say('close')}</Button>
            </div>
          </>
        )}
      </div>
    </Dialog>
  );
}

function ChangeDialog(props: {
  readonly staff: WireStaff;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}) {
  const { api, say } = useConsole();
  const { staff } = props;
  const [bits, setBits] = useState<readonly Permission[]>(staff.permissions);
  const [trouble, setTrouble] = useState<Trouble>();
  const change = (patch: { permissions?: readonly Permission[]; disabled?: boolean }) =>
    void api.changeStaff(staff.id, patch).then((answer) => {
      if (answer.ok) props.onChanged();
      else setTrouble(answer.trouble);
    });
  return (
    <Dialog title={staff.pseudonym} onClose={props.onClose}>
      <div class="stack">
        {trouble !== undefined && <TroubleBox trouble={trouble} />}
        <Bits bits={bits} onChange={setBits} />
        <div class="actions">
          <Button onPress={() => change({ permissions: bits })}>{say('people.save')}</Button>
          <Button kind="danger" onPress={() => change({ disabled: staff.disabledAt === undefined })}>
            {say(staff.disabledAt === undefined ? 'people.disable' : 'people.enable')}
          </Button>
          <Button kind="quiet" onPress={props.onClose}>
            {say('cancel')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function sameBits(a: readonly Permission[], b: readonly Permission[]): boolean {
  return a.length === b.length && a.every((bit) => b.includes(bit));
}
