/**
 * What was typed into the form for one thing of proof and is not added yet. A lock seals it and it comes back with the code;
 * of a file only the name: its bytes are the device's.
 * @module
 */

/** What stands in the form. */
export type Begun = {
  readonly text: string;
  readonly link: string;
  readonly handle: string;
  readonly shown: string;
  readonly answers: string;
  readonly notes: string;
  /** The name of the chosen file, or nothing. */
  readonly file: string;
};

/** What was kept of a form, from its JSON; `undefined` where nothing was, or where it is of another version of the page. */
export function readBegun(kept: string | undefined): Begun | undefined {
  if (kept === undefined) return undefined;
  try {
    const value = JSON.parse(kept) as Record<string, unknown>;
    const text = (name: keyof Begun) => (typeof value[name] === 'string' ? value[name] : '');
    return {
      text: text('text'),
      link: text('link'),
      handle: text('handle'),
      shown: text('shown'),
      answers: text('answers'),
      notes: text('notes'),
      file: text('file'),
    };
  } catch {
    return undefined;
  }
}
