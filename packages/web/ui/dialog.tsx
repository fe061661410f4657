/**
 * A dialog over the page, for the console. The portal has none: a modal dialog makes everything under it unreachable,
 * and there the way out must be reachable at every moment.
 * @module
 */

import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

/** A dialog that is open as long as it stands in the page. Escape and its own buttons close it through `onClose`. */
export function Dialog(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly hideTitle?: boolean;
  readonly class?: string;
  readonly children: ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    if (element !== null && !element.open) element.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={props.class === undefined ? 'dialog' : `dialog ${props.class}`}
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
    >
      <h2 id={title} class={props.hideTitle === true ? 'visually-hidden' : undefined}>
        {props.title}
      </h2>
      {props.children}
    </dialog>
  );
}
