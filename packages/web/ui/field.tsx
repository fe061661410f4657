/**
 * A field: label above, hint below the label, error below the field and tied to it. What was typed stays typed whatever
 * happens. Browsers are told not to remember it (`autocomplete="off"`): otherwise the history gives it back.
 * @module
 */

import { useId } from 'preact/hooks';

/** A line or, with `rows`, a block of text. */
export function Field(props: {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly rows?: number;
  readonly mono?: boolean;
  readonly maxLength?: number;
  readonly inputMode?: 'text' | 'search' | 'numeric';
}) {
  const id = useId();
  const described = [props.hint && `${id}-hint`, props.error && `${id}-error`].filter(Boolean).join(' ');
  const common = {
    id,
    class: props.mono === true ? 'input mono' : 'input',
    value: props.value,
    autocomplete: 'off',
    autocapitalize: 'none' as const,
    spellcheck: false,
    maxLength: props.maxLength,
    'aria-describedby': described === '' ? undefined : described,
    'aria-invalid': props.error === undefined ? undefined : ('true' as const),
  };
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {props.hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
      {props.rows === undefined ? (
        <input
          {...common}
          type="text"
          inputMode={props.inputMode ?? 'text'}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
      ) : (
        <textarea
          {...common}
          rows={props.rows}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
      )}
      {props.error !== undefined && (
        <p class="error" id={`${id}-error`} role="alert">
          {props.error}
        </p>
      )}
    </div>
  );
}

/** A choice of one out of many that are too many to list. */
export function SelectField<Value extends string>(props: {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly value: Value;
  readonly options: readonly (readonly [value: Value, words: string])[];
  readonly onChange: (value: Value) => void;
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id} class={props.hideLabel === true ? 'visually-hidden' : undefined}>
        {props.label}
      </label>
      <select
        id={id}
        class="input"
        autocomplete="off"
        value={props.value}
        onChange={(event) => props.onChange(event.currentTarget.value as Value)}
      >
        {props.options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A yes that is off until somebody switches it on. */
export function CheckField(props: {
  readonly label: string;
  readonly hint?: string | undefined;
  /** The language of the hint, where it is not the page's: a sentence of a law beside its translation. */
  readonly hintLanguage?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <div class="check">
      <input
        id={id}
        type="checkbox"
        autocomplete="off"
        checked={props.checked}
        aria-describedby={props.hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <div>
        <label for={id}>{props.label}</label>
        {props.hint !== undefined && (
          <p
            class="quiet-text"
            id={`${id}-hint`}
            lang={props.hintLanguage}
            dir={props.hintLanguage === undefined ? undefined : 'auto'}
          >
            {props.hint}
          </p>
        )}
      </div>
    </div>
  );
}
