/**
 * The rows of rights as the portal carries them: what may be shown to a person, and nothing of what is withheld. The display rule
 * of the law room stays in the page as it is; here its answer is taken before, so that neither a phone loads, nor a reader of the
 * page's code finds, what nobody read in an official text. `portal/law-tables.test.ts` asks both tables for every place.
 * @module
 */

import { type Audience, showCell } from '@reclaim/law/right/display';
import { PERSON_CLOCKS } from '@reclaim/law/right/person-clock';
import { REMEDIES } from '@reclaim/law/right/remedy';
import { REPORTING } from '@reclaim/law/right/reporting';
import { type Cell, DEEDS, type Mark, type Right } from '@reclaim/law/right/right';
import { RIGHTS } from '@reclaim/law/right/rights-rows';
import { packed, READER } from './pack-table.ts';

/** Nobody in particular: no cell has been confirmed by a lawyer. */
const PERSON: Audience = { kind: 'person', minor: false, confirmed: new Set() };

/** The cell if it may be shown; else one that says only that it may not. */
function shown(cell: Cell): Cell {
  return showCell(cell, '', PERSON).state === 'shown' ? cell : ['', '?'];
}

function shownRight(row: Right): Right {
  const deeds = DEEDS.map((_, at) => shown([row.covers[at]!, row.coversMarks[at]!]));
  const whoText = shown(row.whoText);
  const cells = { intent: shown(row.intent), penalty: shown(row.penalty), limit: shown(row.limit) };
  const since = shown(row.since);
  const nothing = [...deeds, ...Object.values(cells), whoText, since].every(([text]) => text === '');
  // Of a row with nothing to show only that it is there is told, and its source where a time to complain rests on it.
  const timed = PERSON_CLOCKS.some((each) => each.rights.includes(row.id) && shown(each.lost)[0] !== '');
  return {
    ...row,
    ...cells,
    statute: nothing ? '' : row.statute,
    covers: deeds.map(([text]) => (text === '' ? 'unknown' : text)) as unknown as Right['covers'],
    coversMarks: deeds.map(([, mark]) => mark) as unknown as Right['coversMarks'],
    coversNote: '',
    maxMonths: null,
    who: whoText[0] === '' ? 'unknown' : row.who,
    whoText,
    since,
    read: nothing && !timed ? '' : row.read,
  };
}

/** The modules of the rights that are replaced, by the end of their path, as source text. */
export function rightsTables(): ReadonlyMap<string, string> {
  const here = (code: string) => code.replace(JSON.stringify(READER), JSON.stringify(`${READER}?rights`));
  return new Map([
    ['right/rights-rows.ts', here(packed('RIGHTS', RIGHTS.map(shownRight).map(flat)).replace(/;$/, UNFLAT))],
    [
      'right/remedy.ts',
      here(
        packed(
          'REMEDIES',
          REMEDIES.filter((each) => each.read !== undefined && shown(each.ask)[0] !== ''),
        ),
      ),
    ],
    [
      'right/reporting.ts',
      here(
        packed(
          'REPORTING',
          REPORTING.filter((each) => each.read !== undefined)
            .map((each) => ({
              ...each,
              report: shown(each.report),
              anonymity: 'unknown',
              anonymityText: shown(each.anonymityText),
            }))
            .filter((each) => each.report[0] !== '' || each.anonymityText[0] !== ''),
        ),
      ),
    ],
  ]);
}

/** A mark for each deed in one word, and one for each text: the row in cells that are texts. */
function flat({ covers, coversMarks, intent, penalty, whoText, limit, since, ...row }: Right) {
  const marks: readonly Mark[] = [...coversMarks, intent[1], penalty[1], whoText[1], limit[1], since[1]];
  return {
    ...row,
    covers,
    marks: `m${marks.join('')}`,
    intent: intent[0],
    penalty: penalty[0],
    whoText: whoText[0],
    limit: limit[0],
    since: since[0],
  };
}

/** Puts a row together again. */
const UNFLAT = `
  .map(({ marks, ...row }) => {
    const of = [...marks.slice(1)];
    const cells = ['intent', 'penalty', 'whoText', 'limit', 'since'];
    return {
      ...row,
      coversMarks: of.slice(0, 5),
      ...Object.fromEntries(cells.map((name, at) => [name, [row[name], of[5 + at]]])),
    };
  });`;
