/**
 * A right of the person as a row: an offence or a civil claim, what it covers, what it demands, what it threatens, who may
 * complain and by when. Every cell carries how it was read, because one row mixes statute, press and memory.
 *
 * This is not legal advice; no row has been seen by a lawyer. Rows expire after 180 days: in the fourteen months before they
 * were written the law changed in nine of the places. If the person is or was under 18 in the picture no row is shown.
 * @module
 */

import { type Day, parseDay } from '../day.ts';
import type { Sureness } from '../source.ts';

/** The day on which the rows were last compared with their sources: November 2026, day unknown, the month's first. */
export const RIGHTS_CHECKED: Day = parseDay('2026-11-01');

/** How long a row is believed, in days. */
export const RIGHTS_EXPIRE_AFTER_DAYS = 180;

/** How a cell was read: `T` official text, `A` the authority's own page, `2` secondary, `K` general knowledge, `?` not found. */
export type Mark = 'T' | 'A' | '2' | 'K' | '?';

/** The marks as degrees of sureness. */
export const MARKS: Readonly<Record<Mark, Sureness>> = {
  T: 'official-text',
  A: 'own-page',
  2: 'secondary',
  K: 'general-knowledge',
  '?': 'unknown',
};

/** A text and how it was read. Where a text mixes readings, the mark is the least sure of them. */
export type Cell = readonly [text: string, mark: Mark];

/**
 * Whether the law reaches something. `not-mentioned` is what a text read in part leaves: to a person it is *unknown*, until
 * somebody read the whole statute. `not-subject`: the row is about something else.
 */
export type Covers = 'yes' | 'part' | 'no' | 'not-mentioned' | 'unknown' | 'not-subject';

/** What can be done with a picture. */
export type Deed = 'share' | 'threat' | 'synthetic' | 'create' | 'possess';

/** The deeds, in the order in which the rows hold them. */
export const DEEDS: readonly Deed[] = ['share', 'threat', 'synthetic', 'create', 'possess'];

/** Who may set a prosecution or a claim in motion. */
export type WhoComplains = 'anyone' | 'victim-only' | 'victim-or-public-interest' | 'unknown';

/** A right. */
export interface Right {
  readonly id: string;
  /** ISO 3166 code of the country or part; `GB-EW` and `GB-SCT` within the United Kingdom. */
  readonly jurisdiction: string;
  readonly type: 'criminal' | 'civil' | 'administrative';
  readonly statute: string;
  /** In the order of `DEEDS`. */
  readonly covers: readonly [Covers, Covers, Covers, Covers, Covers];
  /** How each was read; `?` where it is unknown. */
  readonly coversMarks: readonly [Mark, Mark, Mark, Mark, Mark];
  /** What the five words leave out; empty for nothing. */
  readonly coversNote: string;
  readonly intent: Cell;
  readonly penalty: Cell;
  /** The highest term of imprisonment in months; null for none or unknown. */
  readonly maxMonths: number | null;
  readonly who: WhoComplains;
  readonly whoText: Cell;
  readonly limit: Cell;
  readonly since: Cell;
  /** Where it was read, and of when that text is. */
  readonly read: string;
  readonly lastChecked: Day;
}

/** A row as it is written down: a cell without text is unknown, and every row was checked on the same day. */
export function right(fields: Omit<Right, 'lastChecked'>): Right {
  return { ...fields, lastChecked: RIGHTS_CHECKED };
}

/** The deed's coverage as a cell, so that the display rule holds for it. */
export function coversCell(row: Right, deed: Deed): Cell {
  const at = DEEDS.indexOf(deed);
  return [row.covers[at]!, row.coversMarks[at]!];
}

/** Whether the law reaches the deed, as far as a person may be told: what the text did not mention is not known. */
export function covers(row: Right, deed: Deed): 'yes' | 'part' | 'no' | 'unknown' {
  const value = row.covers[DEEDS.indexOf(deed)]!;
  return value === 'yes' || value === 'part' || value === 'no' ? value : 'unknown';
}
