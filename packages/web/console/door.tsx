/**
 * The page before the console: a narrow column with a language switch, for signing in and setting up.
 * @module
 */

import type { ComponentChildren } from 'preact';
import { SelectField } from '../ui/field.tsx';
import { LANGUAGE_NAMES } from '../ui/language.ts';
import type { Api } from './api.ts';
import type { Say } from './console-context.ts';
import { CONSOLE_LANGUAGES, type ConsoleLanguage } from './words/words.ts';

/** What both pages before the console are given. */
export type DoorProps = {
  readonly api: Api;
  readonly say: Say;
  readonly language: ConsoleLanguage;
  readonly setLanguage: (language: ConsoleLanguage) => void;
};

/** The switch of the console's languages. */
export function ConsoleLanguageSwitch(props: Omit<DoorProps, 'api'>) {
  return (
    <SelectField
      label={props.say('language')}
      hideLabel
      value={props.language}
      options={CONSOLE_LANGUAGES.map((each) => [each, LANGUAGE_NAMES[each]] as const)}
      onChange={props.setLanguage}
    />
  );
}

/** The column. */
export function Door(props: DoorProps & { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <>
      <header class="top">
        <div class="inside">
          <strong>{props.say('title')}</strong>
          <ConsoleLanguageSwitch {...props} />
        </div>
      </header>
      <main class="page door stack loose">
        <h1>{props.title}</h1>
        {props.children}
      </main>
    </>
  );
}
