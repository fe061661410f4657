/**
 * One question's answers as large buttons; a press answers and goes on, so that a question costs one tap. An answer may
 * be an address instead, for pages that work without scripts.
 * @module
 */

import { Icon } from './icon.tsx';

/** One answer: its words and, below them, what happens then. */
export type Choice<Value extends string> = {
  readonly value: Value;
  readonly name: string;
  readonly note?: string | undefined;
};

/** The answers to a question. */
export function ChoiceList<Value extends string>(props: {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly onChoose: (value: Value) => void;
}) {
  return (
    <ul class="plain choices" aria-label={props.label}>
      {props.choices.map((choice) => (
        <li key={choice.value}>
          <button type="button" class="choice" onClick={() => props.onChoose(choice.value)}>
            <span>
              <span class="name">{choice.name}</span>
              {choice.note !== undefined && <span class="note">{choice.note}</span>}
            </span>
            <Icon name="arrow" class="go" />
          </button>
        </li>
      ))}
    </ul>
  );
}
