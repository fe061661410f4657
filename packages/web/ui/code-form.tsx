/**
 * A code, typed back: the same at every door that opens something by one. What was typed stays where it was wrong, and which of
 * the reasons it was is not said here.
 * @module
 */

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from './button.tsx';
import { Field } from './field.tsx';
import { NoticeBox } from './notice-box.tsx';

/** The words of this part. */
export type CodeFormWords = {
  readonly label: string;
  readonly hint?: string;
  readonly open: string;
  readonly opening: string;
};

/** The form; `head` stands above the field, `children` below the button. */
export function CodeForm(props: {
  readonly words: CodeFormWords;
  readonly head: ComponentChildren;
  readonly busy: boolean;
  readonly error: string | undefined;
  readonly trouble: string | undefined;
  readonly onInput: () => void;
  readonly onOpen: (typed: string) => void;
  readonly children?: ComponentChildren;
}) {
  const { words, busy, error, trouble } = props;
  const [typed, setTyped] = useState('');
  return (
    <form
      class="stack loose"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        props.onOpen(typed);
      }}
    >
      <div class="stack">
        {props.head}
        <Field
          label={words.label}
          hint={words.hint}
          error={error}
          mono
          maxLength={200}
          value={typed}
          onInput={(value) => {
            setTyped(value);
            props.onInput();
          }}
        />
      </div>
      <div class="actions">
        <Button sends busy={busy}>
          {words.open}
        </Button>
      </div>
      <p role="status">{busy ? words.opening : ''}</p>
      {trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{trouble}</p>
        </NoticeBox>
      )}
      {props.children}
    </form>
  );
}
