/**
 * The command palette: type, arrow to one, enter. A combobox over a list, in a dialog.
 * @module
 */

import { useId, useState } from 'preact/hooks';
import { Dialog } from './dialog.tsx';
import { type Command, findCommands } from './palette-search.ts';

/** The palette over `commands`. It closes itself before a command runs. */
export function CommandPalette(props: {
  readonly commands: readonly (Command & { readonly run: () => void })[];
  readonly words: { readonly title: string; readonly placeholder: string; readonly none: string };
  readonly onClose: () => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const found = findCommands(props.commands, typed);
  const current = found[Math.min(at, found.length - 1)];
  const choose = (command: (typeof found)[number] | undefined) => {
    if (command === undefined) return;
    props.onClose();
    command.run();
  };
  const move = (by: number) => setAt(found.length === 0 ? 0 : (at + by + found.length) % found.length);
  return (
    <Dialog title={props.words.title} hideTitle class="palette" onClose={props.onClose}>
      <input
        class="input"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        aria-label={props.words.title}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={current === undefined ? undefined : `${id}-${current.id}`}
        placeholder={props.words.placeholder}
        value={typed}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') move(1);
          else if (event.key === 'ArrowUp') move(-1);
          else if (event.key === 'Enter') choose(current);
          else return;
          event.preventDefault();
        }}
      />
      <div role="listbox" id={`${id}-list`} aria-label={props.words.title}>
        {found.map((command) => (
          // The input keeps the focus and hears the keys, as the pattern of a combobox wants it.
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above handles the keys
          <div
            key={command.id}
            id={`${id}-${command.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={command === current}
            onClick={() => choose(command)}
          >
            <span>{command.words}</span>
            {command.keys !== undefined && <kbd>{command.keys}</kbd>}
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <p class="quiet-text empty" role="status">
          {props.words.none}
        </p>
      )}
    </Dialog>
  );
}
