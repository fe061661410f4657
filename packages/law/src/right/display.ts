/**
 * What of a row may be shown, and to whom. The rule is a function, so that no screen can forget it.
 *
 * To the person: a cell read in an official text or on the authority's own page is *shown*; one read in a secondary source is
 * shown once a lawyer confirmed that cell, else *withheld*; general knowledge is withheld; what was not found says
 * "unconfirmed". To a helper or reviewer nothing is withheld and everything is *marked* with how it was read. A row without a
 * source is never shown to anybody, an expired one only with a word about it, and no row where the person is a minor.
 * @module
 */

import { addDays, type Day } from '../day.ts';
import { mayShow, SURENESS_WORDS } from '../source.ts';
import {
  type Cell,
  coversCell,
  DEEDS,
  type Deed,
  MARKS,
  RIGHTS_EXPIRE_AFTER_DAYS,
  type Right,
} from './right.ts';

/** The cells of a row that hold text, beside the deeds it covers. */
export const CELLS = ['intent', 'penalty', 'whoText', 'limit', 'since'] as const;

/** One of them. */
export type CellName = (typeof CELLS)[number];

/** For whom. */
export interface Audience {
  readonly kind: 'person' | 'helper' | 'reviewer';
  /** Whether the person is or was under 18 in the picture, or may be. */
  readonly minor: boolean;
  /** Cells that a lawyer confirmed, each as `ROW-ID.cell`. */
  readonly confirmed: ReadonlySet<string>;
}

/** What is shown of one cell. */
export interface ShownCell {
  readonly cell: CellName | Deed;
  readonly state: 'shown' | 'marked' | 'unconfirmed' | 'withheld';
  /** Empty where it is withheld. */
  readonly text: string;
  /** How it was read; empty where it is withheld. */
  readonly mark: string;
}

/** What is shown of a row, or why nothing is. */
export type ShownRow =
  | {
      readonly kind: 'row';
      readonly id: string;
      readonly statute: string;
      readonly cells: readonly ShownCell[];
      readonly read: string;
      readonly checkedOn: Day;
      readonly expired: boolean;
    }
  | { readonly kind: 'nothing'; readonly reason: 'minor' | 'no-source' };

/** What the audience may see of the row on the day. */
export function showRight(row: Right, audience: Audience, day: Day): ShownRow {
  if (audience.minor) return { kind: 'nothing', reason: 'minor' };
  if (row.read.trim() === '') return { kind: 'nothing', reason: 'no-source' };
  return {
    kind: 'row',
    id: row.id,
    statute: row.statute,
    cells: [
      ...DEEDS.map((deed) => ({
        cell: deed,
        ...showCell(coversCell(row, deed), `${row.id}.${deed}`, audience),
      })),
      ...CELLS.map((cell) => ({ cell, ...showCell(row[cell], `${row.id}.${cell}`, audience) })),
    ],
    read: row.read,
    checkedOn: row.lastChecked,
    expired: day > addDays(row.lastChecked, RIGHTS_EXPIRE_AFTER_DAYS),
  };
}

/** A text that may be shown, with where it was read. */
export interface Sourced {
  readonly id: string;
  readonly text: string;
  readonly read: string;
}

/** The text if the audience may see it as it stands and it has a source; undefined where it is withheld, marked or unknown. */
export function showSourced(
  id: string,
  cell: Cell,
  read: string | undefined,
  audience: Audience,
): Sourced | undefined {
  if (audience.minor || read === undefined || read.trim() === '') return undefined;
  return showCell(cell, id, audience).state === 'shown' ? { id, text: cell[0], read } : undefined;
}

/** What the audience may see of a text; `key` names it among the cells that a lawyer confirmed. */
export function showCell(cell: Cell, key: string, audience: Audience): Omit<ShownCell, 'cell'> {
  const [text, mark] = cell;
  const sureness = MARKS[mark];
  const words = SURENESS_WORDS[sureness];
  if (mark === '?' || text === '') return { state: 'unconfirmed', text: '', mark: SURENESS_WORDS.unknown };
  if (mayShow(sureness, audience.confirmed.has(key))) return { state: 'shown', text, mark: words };
  if (audience.kind === 'person') return { state: 'withheld', text: '', mark: '' };
  return { state: 'marked', text, mark: words };
}
