/**
 * What happened and what comes next, in order. A filled mark is done, an open one is still to come, and the words say
 * it too.
 * @module
 */

import type { ComponentChildren } from 'preact';

/** One entry. */
export type TimelineEntry = {
  readonly id: string;
  readonly done: boolean;
  readonly title: string;
  readonly body?: ComponentChildren;
};

/** The entries, oldest first. */
export function Timeline({ entries }: { readonly entries: readonly TimelineEntry[] }) {
  return (
    <ol class="timeline">
      {entries.map((entry) => (
        <li key={entry.id} class={entry.done ? 'done' : undefined}>
          <strong>{entry.title}</strong>
          {entry.body !== undefined && <div>{entry.body}</div>}
        </li>
      ))}
    </ol>
  );
}
