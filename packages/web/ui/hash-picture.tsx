/**
 * A 256-bit signal as a picture: 16 by 16 squares, one a bit. It shows that what leaves is not the photo; the same
 * signal always gives the same squares.
 * @module
 */

/** Draws `hex` (64 hex digits, the highest bit first); `label` is what a screen reader says. */
export function HashPicture(props: { readonly hex: string; readonly label: string }) {
  let path = '';
  for (let digit = 0; digit < props.hex.length; digit++) {
    const nibble = Number.parseInt(props.hex.charAt(digit), 16);
    for (let bit = 0; bit < 4; bit++) {
      if ((nibble >> (3 - bit)) & 1) {
        const at = digit * 4 + bit;
        path += `M${at % 16} ${Math.floor(at / 16)}h1v1h-1z`;
      }
    }
  }
  return (
    <svg
      class="hash-picture"
      viewBox="0 0 16 16"
      role="img"
      aria-label={props.label}
      shape-rendering="crispEdges"
    >
      <path d={path} fill="currentColor" />
    </svg>
  );
}
