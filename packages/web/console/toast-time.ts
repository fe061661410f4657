/**
 * How long a decision can be taken back with one key.
 * @module
 */

/** How long a message that can be taken back stands out, milliseconds. Afterwards the card still takes it back. */
export const TOAST_MS = 10_000;
