/**
 * A notice: information, attention, danger or good news, told by a sign, a word and an edge, never by colour alone.
 * @module
 */

import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

/** What kind of news it is. */
export type NoticeKind = 'info' | 'attention' | 'danger' | 'good';

/** A notice. `live` ones are announced when they appear. */
export function NoticeBox(props: {
  readonly kind: NoticeKind;
  readonly title?: string;
  readonly live?: boolean;
  readonly children?: ComponentChildren;
}) {
  return (
    <div class={`notice ${props.kind}`} role={props.live === true ? 'status' : undefined}>
      <Icon name={props.kind} />
      <div class="body">
        {props.title !== undefined && <p class="title">{props.title}</p>}
        {props.children}
      </div>
    </div>
  );
}
