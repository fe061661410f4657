/**
 * A receipt code, grouped for copying by hand: seen at once, read aloud by a screen reader only when asked (others may
 * be in the room), copied, printed. Typing it back is a `Field` on the next step.
 * @module
 */

import { useState } from 'preact/hooks';
import { Button } from './button.tsx';

/** The words of this part. */
export type ReceiptCodeWords = {
  readonly label: string;
  readonly read: string;
  readonly stopReading: string;
  readonly copy: string;
  readonly copied: string;
  readonly notCopied: string;
  readonly print: string;
};

/** A code of `groups` (words, or groups of digits). */
export function ReceiptCode(props: { readonly groups: readonly string[]; readonly words: ReceiptCodeWords }) {
  const [aloud, setAloud] = useState(false);
  const [told, setTold] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.groups.join(' '));
      setTold(props.words.copied);
    } catch {
      setTold(props.words.notCopied);
    }
  };
  return (
    <div class="code-card">
      <p class="legend">{props.words.label}</p>
      <ol class="code-words" aria-hidden={aloud ? undefined : 'true'} translate={false} lang="en">
        {props.groups.map((group, at) => (
          <li key={`${at} ${group}`}>
            <span class="place">{at + 1}</span>
            <span class="group">{group}</span>
          </li>
        ))}
      </ol>
      <div class="actions">
        <Button kind="quiet" onPress={copy}>
          {props.words.copy}
        </Button>
        <Button kind="quiet" onPress={() => globalThis.print()}>
          {props.words.print}
        </Button>
        <Button kind="plain" pressed={aloud} onPress={() => setAloud(!aloud)}>
          {aloud ? props.words.stopReading : props.words.read}
        </Button>
      </div>
      <p role="status" class="quiet-text" hidden={told === ''}>
        {told}
      </p>
    </div>
  );
}
