/**
 * What the page of rights shows of a place on a day: the rows of the law room through its display rule, in the order of the page.
 * Pure, so that a test can say of every place that nothing withheld comes through.
 *
 * A law of which no cell may be shown is counted and not named. Of a law that is shown, each cell that may not be is named as not
 * confirmed: silence would read as "no".
 * @module
 */

import { addDays, type Day } from '@reclaim/law/day';
import {
  type Audience,
  CELLS,
  type CellName,
  type Sourced,
  showRight,
  showSourced,
} from '@reclaim/law/right/display';
import {
  type PersonClockState,
  type PersonEvents,
  personClocksOf,
  showPersonClocks,
} from '@reclaim/law/right/person-clock';
import { POLICE_ASK, POLICE_READ, POLICE_WARNINGS } from '@reclaim/law/right/police';
import { REMEDIES } from '@reclaim/law/right/remedy';
import { REPORTING } from '@reclaim/law/right/reporting';
import {
  covers,
  DEEDS,
  type Deed,
  RIGHTS_CHECKED,
  RIGHTS_EXPIRE_AFTER_DAYS,
  type Right,
  type WhoComplains,
} from '@reclaim/law/right/right';
import { rightById, rightsOf } from '@reclaim/law/right/rights';
import { RIGHTS } from '@reclaim/law/right/rights-rows';
import { RISK_NOTICE_FIRST, risksToTell, type SelfRisk } from '@reclaim/law/right/self-risk';

/** A law as it is shown. */
export interface ShownLaw {
  readonly id: string;
  readonly jurisdiction: string;
  readonly statute: string;
  /** Deeds that the law reaches, wholly or in part. */
  readonly yes: readonly Deed[];
  readonly part: readonly Deed[];
  /** Deeds of which it is not known. */
  readonly unknown: readonly Deed[];
  /** Who may complain; undefined where that is not confirmed. */
  readonly who: Exclude<WhoComplains, 'unknown'> | undefined;
  readonly texts: readonly { readonly cell: CellName; readonly text: string }[];
  readonly unconfirmed: readonly CellName[];
  readonly read: string;
  readonly checkedOn: Day;
  readonly expired: boolean;
}

/** A time to complain, with where it was read. */
export interface ShownClock {
  readonly state: PersonClockState;
  readonly read: string;
}

/** The page. */
export interface RightsView {
  /** False where no law of the place was collected: then nothing is said of it. */
  readonly known: boolean;
  readonly risks: readonly SelfRisk[];
  /** Whether the risks are of the kind that has to be read before anything is reported. */
  readonly riskFirst: boolean;
  readonly offences: readonly ShownLaw[];
  readonly clocks: readonly ShownClock[];
  /** Orders of an office. */
  readonly orders: readonly ShownLaw[];
  /** Civil claims. */
  readonly claims: readonly ShownLaw[];
  readonly remedies: readonly Sourced[];
  readonly reporting: readonly Sourced[];
  readonly anonymity: readonly Sourced[];
  readonly police: readonly Sourced[];
  readonly policeWarnings: readonly Sourced[];
  /** Whether the rows were last compared with their sources too long ago to be relied on. */
  readonly expired: boolean;
  /** How many laws were collected of which nothing may be shown yet. */
  readonly withheld: number;
}

/** Every country of which laws were collected, ISO 3166. */
export const RIGHTS_COUNTRIES: readonly string[] = [
  ...new Set(RIGHTS.map((each) => each.jurisdiction.slice(0, 2))),
].sort();

/** The parts of a country that have laws of their own among the rows. */
export function partsOfCountry(country: string): readonly string[] {
  return [...new Set(rightsOf(country).map((each) => each.jurisdiction))].filter((each) => each !== country);
}

/** The page of a place (ISO 3166 code of a country or a part). A minor, or who may be one, is shown nothing. */
export function viewRights(place: string, minor: boolean, events: PersonEvents, today: Day): RightsView {
  const audience: Audience = { kind: 'person', minor, confirmed: new Set() };
  const rows = rightsOf(place);
  const laws = rows.flatMap((row) => showLaw(row, audience, today));
  const of = (type: Right['type']) => laws.filter((each) => each.row.type === type).map((each) => each.law);
  const near = (places: readonly string[]) =>
    places.some((each) => each === place || each.startsWith(`${place}-`) || place.startsWith(`${each}-`));
  const reporting = REPORTING.filter((each) => near(each.places));
  const risks = minor ? [] : risksToTell(place);
  return {
    known: rows.length > 0,
    risks,
    riskFirst: risks.length > 0 && RISK_NOTICE_FIRST.includes(place.slice(0, 2)),
    offences: of('criminal'),
    clocks: minor ? [] : clocksOf(place, audience, events, today),
    orders: of('administrative'),
    claims: of('civil'),
    remedies: sourced(
      REMEDIES.filter((each) => near(each.places)).map((each) =>
        showSourced(each.id, each.ask, each.read, audience),
      ),
    ),
    reporting: sourced(reporting.map((each) => showSourced(each.id, each.report, each.read, audience))),
    anonymity: sourced(
      reporting.map((each) => showSourced(each.id, each.anonymityText, each.read, audience)),
    ),
    police: sourced(POLICE_ASK.map((cell, at) => showSourced(`POLICE-${at}`, cell, POLICE_READ, audience))),
    policeWarnings: sourced(
      POLICE_WARNINGS.filter((each) => each.places.length === 0 || near(each.places)).map((each, at) =>
        showSourced(`POLICE-WARNING-${at}`, each.text, each.read, audience),
      ),
    ),
    expired: today > addDays(RIGHTS_CHECKED, RIGHTS_EXPIRE_AFTER_DAYS),
    withheld: rows.length - laws.length,
  };
}

function sourced(found: readonly (Sourced | undefined)[]): readonly Sourced[] {
  return found.filter((each) => each !== undefined);
}

function showLaw(
  row: Right,
  audience: Audience,
  today: Day,
): readonly { readonly row: Right; readonly law: ShownLaw }[] {
  const shown = showRight(row, audience, today);
  if (shown.kind === 'nothing') return [];
  const seen = new Map(shown.cells.map((each) => [each.cell, each]));
  const isShown = (cell: CellName | Deed) => seen.get(cell)?.state === 'shown';
  const reach = (value: 'yes' | 'part') =>
    DEEDS.filter((deed) => isShown(deed) && covers(row, deed) === value);
  const yes = reach('yes');
  const part = reach('part');
  const who = isShown('whoText') && row.who !== 'unknown' ? row.who : undefined;
  // Who may complain is said in the words of the page where it is one of the known answers.
  const texts = CELLS.filter((cell) => isShown(cell) && (cell !== 'whoText' || who === undefined)).map(
    (cell) => ({
      cell,
      text: seen.get(cell)!.text,
    }),
  );
  // Where of a law only its age was read, there is nothing to tell of it: a card of unknowns would read as "no".
  if (yes.length + part.length === 0 && who === undefined && texts.every(({ cell }) => cell === 'since'))
    return [];
  const law: ShownLaw = {
    id: shown.id,
    jurisdiction: row.jurisdiction,
    statute: shown.statute,
    yes,
    part,
    unknown: DEEDS.filter((deed) => !yes.includes(deed) && !part.includes(deed)),
    who,
    texts,
    unconfirmed: CELLS.filter((cell) => !isShown(cell)),
    read: shown.read,
    checkedOn: shown.checkedOn,
    expired: shown.expired,
  };
  return [{ row, law }];
}

function clocksOf(
  place: string,
  audience: Audience,
  events: PersonEvents,
  today: Day,
): readonly ShownClock[] {
  const { clocks } = showPersonClocks(personClocksOf(place, events, today), audience);
  return clocks.flatMap((state) => {
    const read = [...new Set(state.clock.rights.map((id) => rightById(id).read))].join('; ');
    return read === '' ? [] : [{ state, read }];
  });
}
