/**
 * A covered picture: an outline and a word. It is shown, in grey, only while a pointer or a key (space, enter) is held
 * on it, and covered again the moment that ends or the focus leaves. Hovering never shows anything. The picture is not
 * in the page while it is covered.
 * @module
 */

import { useEffect, useRef, useState } from 'preact/hooks';

/** A covered picture of `source` (an address of this origin, or a blob's). `onReveal` hears of each look. */
export function CoveredPicture(props: {
  readonly source: string;
  readonly label: string;
  readonly hint: string;
  readonly description: string;
  readonly onReveal?: () => void;
  readonly onCover?: () => void;
}) {
  const [held, setHeld] = useState(false);
  const heldNow = useRef(false);
  const hold = (next: boolean) => {
    if (heldNow.current === next) return;
    heldNow.current = next;
    setHeld(next);
    if (next) props.onReveal?.();
    else props.onCover?.();
  };
  const cover = useRef(() => hold(false));
  cover.current = () => hold(false);
  useEffect(() => {
    // A window that loses the focus never hears the key go up.
    const blurred = () => cover.current();
    globalThis.addEventListener('blur', blurred);
    document.addEventListener('visibilitychange', blurred);
    return () => {
      globalThis.removeEventListener('blur', blurred);
      document.removeEventListener('visibilitychange', blurred);
    };
  }, []);
  const isHoldKey = (key: string) => key === ' ' || key === 'Enter';
  return (
    <button
      type="button"
      class="covered"
      aria-label={`${props.label}. ${props.hint}`}
      aria-pressed={held}
      onPointerDown={(event) => {
        if (event.button === 0) hold(true);
      }}
      onPointerUp={() => hold(false)}
      onPointerLeave={() => hold(false)}
      onPointerCancel={() => hold(false)}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (!isHoldKey(event.key)) return;
        event.preventDefault();
        hold(true);
      }}
      onKeyUp={(event) => {
        if (isHoldKey(event.key)) hold(false);
      }}
      onBlur={() => hold(false)}
    >
      {held ? (
        <img class="shown" src={props.source} alt={props.description} draggable={false} />
      ) : (
        <span>
          <strong>{props.label}</strong>
          <br />
          <span class="quiet-text">{props.hint}</span>
        </span>
      )}
    </button>
  );
}
