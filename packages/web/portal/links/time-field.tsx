/**
 * A moment, as the device's clock shows it: empty is now.
 * @module
 */

import { useId } from 'preact/hooks';

/** A day and a time. */
export function TimeField(props: {
  readonly label: string;
  readonly value: number | undefined;
  readonly error: string | undefined;
  readonly onChange: (ms: number | undefined) => void;
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <input
        id={id}
        class="input"
        type="datetime-local"
        autocomplete="off"
        value={localText(props.value ?? Date.now())}
        aria-describedby={props.error === undefined ? undefined : `${id}-error`}
        aria-invalid={props.error === undefined ? undefined : 'true'}
        onInput={(event) => {
          const ms = new Date(event.currentTarget.value).getTime();
          props.onChange(Number.isNaN(ms) ? undefined : ms);
        }}
      />
      {props.error !== undefined && (
        <p class="error" id={`${id}-error`} role="alert">
          {props.error}
        </p>
      )}
    </div>
  );
}

/** YYYY-MM-DDTHH:MM in the zone of the device, as the field writes it. */
function localText(ms: number): string {
  const local = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
