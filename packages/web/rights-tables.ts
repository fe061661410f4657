/**
 * The rows of rights as the portal carries them: what may be shown to a person, and nothing of what is withheld. The answer of the
 * display rule of the law room is taken here, while building, so that neither a phone loads, nor a reader of the page's code finds,
 * what nobody read in an official text; in the page a cell without text is unconfirmed, and any other may be shown.
 * `portal/law-fixed.test.ts` asks the rule with the whole rows and with these.
 * @module
 */

import { type Audience, CELLS, showCell } from '@reclaim/law/right/display';
import { PERSON_CLOCKS } from '@reclaim/law/right/person-clock-rows';
import { POLICE_ASK, POLICE_READ, POLICE_WARNINGS } from '@reclaim/law/right/police';
import { REMEDIES } from '@reclaim/law/right/remedy';
import { REPORTING } from '@reclaim/law/right/reporting';
import { type Cell, DEEDS, type Right } from '@reclaim/law/right/right';
import { RIGHTS } from '@reclaim/law/right/rights-rows';
import { SELF_RISKS } from '@reclaim/law/right/self-risk-rows';
import { packed } from './pack-table.ts';

/** Nobody in particular: no cell has been confirmed by a lawyer. */
const PERSON: Audience = { kind: 'person', minor: false, confirmed: new Set() };

/** What a person sees of a cell: its text where it may be shown, else nothing. */
function seen(cell: Cell): string {
  const { state, text } = showCell(cell, '', PERSON);
  return state === 'shown' ? text : '';
}

/**
 * A law as the page reads it: of the deeds only whether the law is known to reach them, cells as texts. Of a law with nothing to
 * tell only that it is there, and its source where a time to complain rests on it.
 */
function flat(row: Right, timed: boolean) {
  const covers = DEEDS.map((_, at) => REACH[seen([row.covers[at]!, row.coversMarks[at]!])] ?? '-').join('');
  const whoText = seen(row.whoText);
  const who = whoText === '' ? 'unknown' : row.who;
  const texts = { intent: seen(row.intent), penalty: seen(row.penalty), limit: seen(row.limit) };
  const told = /[yp]/.test(covers) || [whoText, ...Object.values(texts)].some((text) => text !== '');
  const orNothing = (value: string, nothing: string) => (told ? value : nothing);
  return {
    id: timed ? row.id : '',
    jurisdiction: row.jurisdiction,
    type: orNothing(row.type, 'criminal'),
    statute: orNothing(row.statute, ''),
    covers,
    ...texts,
    since: orNothing(seen(row.since), ''),
    who,
    // Where one of the known answers is told the page has its own words for it.
    whoText: who === 'unknown' ? whoText : '+',
    read: timed ? row.read : orNothing(row.read, ''),
    lastChecked: row.lastChecked,
  };
}

const REACH: Readonly<Record<string, string>> = { yes: 'y', part: 'p' };

/** The modules of the rights that are replaced, by the end of their path, as source text. Ids that nothing names are left out. */
export function rightsTables(): ReadonlyMap<string, string> {
  const isShown = (cell: Cell, read: string | undefined) =>
    read !== undefined && read !== '' && seen(cell) !== '';
  const clocks = PERSON_CLOCKS.filter((each) => seen(each.lost) !== '');
  // `law-fixed.ts` takes out of the page's code what reads others.
  if (clocks.some(({ counts }) => counts.length !== 1))
    throw new RangeError('rights: expected one count of each time');
  const named = new Set(clocks.flatMap((each) => each.rights));
  return new Map([
    ['right/display.ts', DISPLAY],
    [
      'right/rights-rows.ts',
      packed(
        'RIGHTS',
        // An id that no other row names is any: its place among the rows.
        RIGHTS.map((row) => flat(row, named.has(row.id))),
      ).replace(/;$/, UNFLAT),
    ],
    [
      'right/remedy.ts',
      packed(
        'REMEDIES',
        REMEDIES.filter((each) => isShown(each.ask, each.read)).map(({ places, ask, read }) => ({
          places,
          ask: seen(ask),
          read,
        })),
      ),
    ],
    [
      'right/reporting.ts',
      packed(
        'REPORTING',
        REPORTING.filter((each) => each.read !== undefined)
          .map(({ places, report, anonymityText, read }) => ({
            places,
            report: seen(report),
            anonymityText: seen(anonymityText),
            read,
          }))
          .filter((each) => each.report !== '' || each.anonymityText !== ''),
      ),
    ],
    [
      'right/person-clock-rows.ts',
      packed(
        'PERSON_CLOCKS',
        clocks.map(({ id: _, join: __, ...clock }) => clock),
      ),
    ],
    // A risk is told of even where it was read in a secondary source (`self-risk.ts`), not where nobody read it.
    [
      'right/self-risk-rows.ts',
      packed(
        'SELF_RISKS',
        SELF_RISKS.filter((each) => each.read !== '').map(({ id: _, ...risk }) => risk),
      ),
    ],
    [
      'right/police.ts',
      `export const POLICE_READ = ${JSON.stringify(POLICE_READ)};
export const POLICE_ASK = ${JSON.stringify(POLICE_ASK.map(seen).filter((text) => text !== ''))};
${packed(
  'POLICE_WARNINGS',
  POLICE_WARNINGS.filter((each) => isShown(each.text, each.read)).map((each) => ({
    ...each,
    text: seen(each.text),
  })),
)}`,
    ],
  ]);
}

/** The display rule over cut rows: what may not be shown is not there, and cells are texts. */
const DISPLAY = `import { addDays } from '../day.ts';
import { DEEDS, RIGHTS_EXPIRE_AFTER_DAYS } from './right.ts';
export const CELLS = ${JSON.stringify(CELLS)};
const show = (text) => ({ state: text ? 'shown' : 'unconfirmed', text });
export const showSourced = (id, text, read, { minor }) => minor || !text ? undefined : { id, text, read };
export const showRight = (row, { minor }, day) => minor || !row.read ? { kind: 'nothing' } : {
  ...row,
  kind: 'row',
  cells: [
    ...DEEDS.map((cell, at) => ({ cell, ...show(row.covers[at] === 'unknown' ? '' : row.covers[at]) })),
    ...CELLS.map((cell) => ({ cell, ...show(row[cell]) })),
  ],
  checkedOn: row.lastChecked,
  expired: day > addDays(row.lastChecked, RIGHTS_EXPIRE_AFTER_DAYS),
};`;

/** Puts a row together again. */
const UNFLAT = `
  .map((row, at) => ({
    ...row,
    id: row.id || at,
    covers: [...row.covers].map((each) => ({ y: 'yes', p: 'part' })[each] ?? 'unknown'),
  }));`;
