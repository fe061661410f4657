/**
 * Where files are chosen or dropped, and a row a file with its progress. States of a row: waiting, working (0 to 1),
 * done, stopped (with what happened and what to do). Nothing here reads a file.
 * @module
 */

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

/** The area. It is one file input over the whole of it: keyboard and screen reader meet a plain file button. */
export function FileDrop(props: {
  readonly label: string;
  readonly hint: string;
  readonly accept: string;
  /** Whether one file is all that is wanted. */
  readonly single?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}) {
  const [over, setOver] = useState(false);
  return (
    <div class={over ? 'file-drop over' : 'file-drop'}>
      <input
        type="file"
        multiple={props.single !== true}
        accept={props.accept}
        aria-label={props.label}
        autocomplete="off"
        onDragEnter={() => setOver(true)}
        onDragLeave={() => setOver(false)}
        onDrop={() => setOver(false)}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // The same file chosen again must count as a choice: after a stop that is how one goes on.
          event.currentTarget.value = '';
          if (files.length > 0) props.onFiles(files);
        }}
      />
      <span class="button" aria-hidden="true">
        {props.label}
      </span>
      <p class="quiet-text">{props.hint}</p>
    </div>
  );
}

/** One file: what it is called on this screen, what is happening to it, and what can be done. */
export function FileRow(props: {
  readonly name: string;
  readonly state: string;
  /** 0 to 1 while working; absent otherwise. */
  readonly progress?: number | undefined;
  readonly children?: ComponentChildren;
}) {
  return (
    <li class="file-row">
      <div>
        <strong>{props.name}</strong>
        <p class="quiet-text">{props.state}</p>
      </div>
      <div class="actions">{props.children}</div>
      {props.progress !== undefined && (
        <progress max={1} value={props.progress} aria-label={`${props.name}: ${props.state}`} />
      )}
    </li>
  );
}
