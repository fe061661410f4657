/**
 * The language switch: a plain list of what each language calls itself. Changing it keeps the step one is on and what
 * was typed.
 * @module
 */

import { SelectField } from './field.tsx';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from './language.ts';

/** The switch. `label` names it in the present language. */
export function LanguageSwitch(props: {
  readonly label: string;
  readonly language: Language;
  readonly onChange: (language: Language) => void;
}) {
  return (
    <SelectField
      label={props.label}
      hideLabel
      value={props.language}
      options={LANGUAGES.map((each) => [each, LANGUAGE_NAMES[each]] as const)}
      onChange={props.onChange}
    />
  );
}
