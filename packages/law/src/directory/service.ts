/**
 * The directory of support services: a row each, and what of it may be shown.
 *
 * A wrong number reaches a person at the worst moment, so a telephone from a third party is never shown, rows expire after 180
 * days, and every row says on which day it was checked. No row was compared with the live page yet; the day is that of the
 * research. An operator may replace a row by their own.
 * @module
 */

import { addDays, type Day, parseDay } from '../day.ts';

/** The day on which the rows were last compared with their sources: November 2026, day unknown, the month's first. */
export const SERVICES_CHECKED: Day = parseDay('2026-11-01');

/** How long a row is believed, in days. */
export const SERVICES_EXPIRE_AFTER_DAYS = 180;

/** A service. */
export interface Service {
  readonly id: string;
  readonly name: string;
  /** ISO 3166 codes, or `world`. */
  readonly places: readonly string[];
  /** Whom it serves, in words; empty where its source does not say. */
  readonly serves: string;
  /** Whether it is for people under 18: `only`, `yes` beside others, `no`, or not known. */
  readonly under18: 'only' | 'yes' | 'no' | 'unknown';
  /** Without scheme, as seen. */
  readonly urls: readonly string[];
  readonly phones: readonly string[];
  readonly mails: readonly string[];
  /** How to reach it in words, where there is more than a number. */
  readonly contact: string;
  readonly hours: string;
  /** BCP 47; empty where its source does not say. */
  readonly languages: readonly string[];
  readonly note: string;
  /** `A` its own page, `B` government or press naming it, `C` a third party. */
  readonly confidence: 'A' | 'B' | 'C';
  readonly source: string;
  readonly sourceDate: string;
  readonly lastChecked: Day;
}

/** What is shown of a row on a day. */
export interface ShownService {
  readonly service: Service;
  /** Telephones that may be shown: none from a third party. */
  readonly phones: readonly string[];
  readonly state: 'fresh' | 'expired' | 'to-confirm';
}

type Needed = 'id' | 'name' | 'places' | 'under18' | 'confidence' | 'source' | 'sourceDate';

/** A row as it is written down. */
export function service(fields: Pick<Service, Needed> & Partial<Service>): Service {
  return {
    serves: '',
    urls: [],
    phones: [],
    mails: [],
    contact: '',
    hours: '',
    languages: [],
    note: '',
    lastChecked: SERVICES_CHECKED,
    ...fields,
  };
}

/** What may be shown of the row on the day. */
export function showService(row: Service, today: Day): ShownService {
  const expired = today > addDays(row.lastChecked, SERVICES_EXPIRE_AFTER_DAYS);
  return {
    service: row.confidence === 'C' ? { ...row, phones: [], contact: '' } : row,
    phones: row.confidence === 'C' ? [] : row.phones,
    state: expired ? 'expired' : row.confidence === 'C' ? 'to-confirm' : 'fresh',
  };
}

/** Of whom services are looked for. */
export interface ServiceSeeker {
  /** ISO 3166 code of the country, or of a part. */
  readonly place: string | 'unknown';
  readonly minor: boolean | 'unknown';
}

/**
 * The services for a person, those of the place first and those of the whole world after; expired ones last. For a minor those
 * that are only for minors come first and those for adults only are left out; where age is not known, both are kept.
 */
export function servicesFor(
  rows: readonly Service[],
  seeker: ServiceSeeker,
  today: Day,
): readonly ShownService[] {
  const fits = rows.filter((row) => {
    const near = row.places.some((place) => place === 'world' || isRelated(place, seeker.place));
    if (!near) return false;
    if (seeker.minor === true) return row.under18 !== 'no';
    return seeker.minor === 'unknown' || row.under18 !== 'only';
  });
  const rank = (row: Service, state: ShownService['state']): number =>
    (state === 'expired' ? 8 : 0) +
    (seeker.minor === true && row.under18 !== 'only' ? 4 : 0) +
    (row.places.includes('world') ? 2 : 0) +
    (state === 'to-confirm' ? 1 : 0);
  return fits
    .map((row) => showService(row, today))
    .sort((a, b) => rank(a.service, a.state) - rank(b.service, b.state));
}

function isRelated(own: string, place: string): boolean {
  return own === place || own.startsWith(`${place}-`) || place.startsWith(`${own}-`);
}
