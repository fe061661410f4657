/**
 * What stands where there is nothing yet: says that this is as it should be, and what one could do.
 * @module
 */

import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

/** An empty state. */
export function EmptyState(props: {
  readonly title: string;
  readonly words?: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <div class="empty">
      <Icon name="empty" />
      <h2>{props.title}</h2>
      {props.words !== undefined && <p class="quiet-text">{props.words}</p>}
      {props.children}
    </div>
  );
}
