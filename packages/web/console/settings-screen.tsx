/**
 * One's own settings: where a look starts, and the language. They live in this tab's memory and nowhere else.
 * @module
 */

import { useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { SelectField } from '../ui/field.tsx';
import { ScreenHead } from './asked.tsx';
import { useConsole } from './console-context.ts';
import { ConsoleLanguageSwitch } from './door.tsx';
import { HelpSheet } from './help-sheet.tsx';

/** The screen. */
export function SettingsScreen() {
  const { say, me, language, setLanguage, firstRung, setFirstRung } = useConsole();
  const [help, setHelp] = useState(false);
  return (
    <div class="screen stack loose">
      <ScreenHead title={say('settings.title')} lead={say('settings.lead')} />
      <section class="card stack">
        <SelectField
          label={say('settings.look')}
          value={firstRung}
          options={(['outline', 'blurred'] as const).map((each) => [each, say(`rung.${each}`)] as const)}
          onChange={setFirstRung}
        />
        <p class="quiet-text">{say('settings.lookHint')}</p>
      </section>
      <section class="card stack">
        <p class="legend">{say('language')}</p>
        <ConsoleLanguageSwitch say={say} language={language} setLanguage={setLanguage} />
        <div class="actions">
          <Button kind="quiet" onPress={() => setHelp(true)}>
            {say('help.title')}
          </Button>
        </div>
        {help && <HelpSheet say={say} onClose={() => setHelp(false)} />}
      </section>
      <section class="card stack tight">
        <h2>{say('settings.you')}</h2>
        <p>{say('signedInAs', { name: me.pseudonym })}</p>
        <p class="quiet-text">
          {say('settings.may')}: {me.permissions.map((bit) => say(`permission.${bit}`)).join(' · ')}
        </p>
      </section>
    </div>
  );
}
