/**
 * The few signs of both doors, as lines in the colour of the text around them. They never stand alone: a word is always
 * beside them, so they are hidden from screen readers.
 * @module
 */

/** The signs there are. */
export type IconName = 'arrow' | 'back' | 'info' | 'attention' | 'danger' | 'good' | 'clock' | 'empty';

const LINES: Readonly<Record<IconName, string>> = {
  arrow: 'M5 12h14M13 6l6 6-6 6',
  back: 'M19 12H5M11 6l-6 6 6 6',
  info: 'M12 11v6M12 7.5v.5M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0',
  attention: 'M12 4L2.5 20h19zM12 10v5M12 17.5v.5',
  danger: 'M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 7v6M12 16.5v.5',
  good: 'M4 12.5l5 5L20 6.5',
  clock: 'M12 7v5l3.5 2M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0',
  empty: 'M4 7h16v12H4zM4 7l3-3h10l3 3M9 12h6',
};

/** One sign, 24 units square; its size comes from the stylesheet. */
export function Icon({ name, class: names }: { readonly name: IconName; readonly class?: string }) {
  return (
    <svg
      class={names}
      viewBox="0 0 24 24"
      width="24"
      height="24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={LINES[name]} />
    </svg>
  );
}
