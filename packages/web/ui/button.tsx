/**
 * A button. Its words are a verb that says the result. States: ready; busy (keeps its words, announces itself, ignores
 * presses); off. Kinds: primary (one a screen), quiet, plain (looks like a link), danger (takes something away).
 * @module
 */

import type { ComponentChildren } from 'preact';

/** How a button looks. */
export type ButtonKind = 'primary' | 'quiet' | 'plain' | 'danger';

/** A button; `busy` ones stay focusable, so that a keyboard does not lose its place. */
export function Button(props: {
  readonly kind?: ButtonKind;
  readonly onPress?: () => void;
  readonly busy?: boolean;
  readonly off?: boolean;
  /** Sends the form that it stands in. */
  readonly sends?: boolean;
  readonly label?: string;
  readonly pressed?: boolean;
  readonly id?: string;
  readonly children: ComponentChildren;
}) {
  const kind = props.kind ?? 'primary';
  return (
    <button
      id={props.id}
      type={props.sends === true ? 'submit' : 'button'}
      class={kind === 'primary' ? 'button' : `button ${kind}`}
      disabled={props.off === true}
      aria-disabled={props.busy === true ? 'true' : undefined}
      aria-busy={props.busy === true ? 'true' : undefined}
      aria-label={props.label}
      aria-pressed={props.pressed}
      onClick={(event) => {
        if (props.busy === true) event.preventDefault();
        else props.onPress?.();
      }}
    >
      {props.children}
      {props.busy === true && <span class="busy-dots" aria-hidden="true" />}
    </button>
  );
}
