/**
 * What just happened, with a way to take it back. A toast stays until it is closed or its owner takes it away: an undo
 * that runs off while somebody reads it is not one.
 * @module
 */

import { Button } from './button.tsx';

/** One message; `undo` is absent where there is nothing to take back. */
export type Toast = { readonly id: string; readonly words: string; readonly undo?: () => void };

/** The toasts, announced politely. */
export function Toasts(props: {
  readonly toasts: readonly Toast[];
  readonly words: { readonly undo: string; readonly close: string };
  readonly onClose: (id: string) => void;
}) {
  return (
    <div class="toasts" role="status">
      {props.toasts.map((toast) => (
        <div class="toast" key={toast.id}>
          <span>{toast.words}</span>
          {toast.undo !== undefined && (
            <Button
              kind="plain"
              onPress={() => {
                toast.undo?.();
                props.onClose(toast.id);
              }}
            >
              {props.words.undo}
            </Button>
          )}
          <Button kind="plain" onPress={() => props.onClose(toast.id)}>
            {props.words.close}
          </Button>
        </div>
      ))}
    </div>
  );
}
