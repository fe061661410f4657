/**
 * The rows of rights as the portal carries them: what may be shown to a person, and nothing of what is withheld. The display rule
 * of the law room stays in the page as it is; here its answer is taken before, so that neither a phone loads, nor a reader of the
 * page's code finds, what nobody read in an official text. `portal/law-tables.test.ts` asks both tables for every place.
 * @module
 */

import { type Audience, showCell } from '@reclaim/law/right/display';
import { PERSON_CLOCKS } from '@reclaim/law/right/person-clock-rows';
import { POLICE_ASK, POLICE_READ, POLICE_WARNINGS } from '@reclaim/law/right/police';
import { REMEDIES } from '@reclaim/law/right/remedy';
import { REPORTING } from '@reclaim/law/right/reporting';
import { type Cell, type Covers, DEEDS, type Mark, type Right } from '@reclaim/law/right/right';
import { RIGHTS } from '@reclaim/law/right/rights-rows';
import { SELF_RISKS } from '@reclaim/law/right/self-risk-rows';
import { packed } from './pack-table.ts';

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
  const isShown = (cell: Cell, read: string | undefined) =>
    read !== undefined && read !== '' && shown(cell)[0] !== '';
  return new Map([
    ['right/rights-rows.ts', packed('RIGHTS', RIGHTS.map(shownRight).map(flat)).replace(/;$/, UNFLAT)],
    [
      'right/remedy.ts',
      packed(
        'REMEDIES',
        REMEDIES.filter((each) => isShown(each.ask, each.read)),
      ),
    ],
    [
      'right/reporting.ts',
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
    ],
    [
      'right/person-clock-rows.ts',
      packed(
        'PERSON_CLOCKS',
        PERSON_CLOCKS.filter((each) => shown(each.lost)[0] !== ''),
      ),
    ],
    // A risk is told of even where it was read in a secondary source (`self-risk.ts`), not where nobody read it.
    [
      'right/self-risk-rows.ts',
      packed(
        'SELF_RISKS',
        SELF_RISKS.filter((each) => each.read !== ''),
      ),
    ],
    [
      'right/police.ts',
      `export const POLICE_READ = ${JSON.stringify(POLICE_READ)};
export const POLICE_ASK = ${JSON.stringify(POLICE_ASK.filter((each) => shown(each)[0] !== ''))};
${packed(
  'POLICE_WARNINGS',
  POLICE_WARNINGS.filter((each) => isShown(each.text, each.read)),
)}`,
    ],
  ]);
}

const REACH: Readonly<Record<Covers, string>> = {
  yes: 'y',
  part: 'p',
  no: '0',
  'not-mentioned': 'n',
  unknown: '?',
  'not-subject': '-',
};

/**
 * The row in cells that are texts: a letter for each deed, and of the marks only those that do not follow. What is shown was read in
 * an official text unless `own` names it, by its place among deeds and cells: then on the authority's own page.
 */
function flat({ covers, coversMarks, intent, penalty, whoText, limit, since, ...row }: Right) {
  const cells = [intent, penalty, whoText, limit, since];
  const marks: readonly Mark[] = [...coversMarks, ...cells.map(([, mark]) => mark)];
  const texts = [...covers.map((each) => (each === 'unknown' ? '' : each)), ...cells.map(([text]) => text)];
  for (const [at, mark] of marks.entries())
    if ((mark === '?') !== (texts[at] === '') || !['T', 'A', '?'].includes(mark))
      throw new RangeError(`rights: expected ${row.id} to hold what is shown, and its mark`);
  return {
    ...row,
    covers: `=${covers.map((each) => REACH[each]).join('')}`,
    own: `=${marks.flatMap((mark, at) => (mark === 'A' ? [at] : [])).join('')}`,
    intent: intent[0],
    penalty: penalty[0],
    whoText: whoText[0],
    limit: limit[0],
    since: since[0],
  };
}

/** Puts a row together again. */
const UNFLAT = `
  .map(({ covers, own, ...row }) => {
    const mark = (text, at) => (text === '' || text === '?' ? '?' : own.includes(at) ? 'A' : 'T');
    const deeds = [...covers.slice(1)];
    return {
      ...row,
      covers: deeds.map((each) => ({ y: 'yes', p: 'part', 0: 'no', n: 'not-mentioned', '-': 'not-subject' })[each] ?? 'unknown'),
      coversMarks: deeds.map(mark),
      ...Object.fromEntries(
        ['intent', 'penalty', 'whoText', 'limit', 'since'].map((name, at) => [name, [row[name], mark(row[name], at + 5)]]),
      ),
    };
  });`;
