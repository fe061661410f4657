/**
 * What a report covers: whose, which days, and which rows apply to that kind of provider.
 *
 * Reporting periods: Implementing Regulation (EU) 2024/2835, Art. 2: calendar years since 2026-01-01, half-years for very
 * large services; published within two months of the end; every version public for five years.
 * @module
 */

import type { Day } from '../day.ts';
import type { ObligationProfile } from '../duty/obligation-profile.ts';
import { endOfDay, startOfDay, type Zone } from '../zone.ts';
import type { Restriction } from './report-event.ts';

/** The frame of a report. */
export interface ReportFrame {
  /** The statutory name of the provider. */
  readonly provider: string;
  /** The service that is reported on. */
  readonly service: string;
  /** The first and the last day, both included. */
  readonly from: Day;
  readonly to: Day;
  /** Where days begin. */
  readonly zone: Zone;
  readonly publishedOn: Day;
  /** When the report before this one was published; null for the first. */
  readonly previousOn: Day | null;
  readonly profile: ObligationProfile['id'];
  /** Restrictions that the service could impose; columns of others stay empty, which is not zero. */
  readonly possible: readonly Restriction[];
}

/** The kinds of rows, in the words of Annex I. */
export const APPLICABILITY = {
  all: 'All',
  hosting: 'Only for providers of hosting services, including online platforms',
  platform: 'Only for providers of online platforms',
  'very-large': 'Only for VLOPs',
} as const;

/** Whether rows of the kind are filled in by this provider. */
export function isApplicable(kind: keyof typeof APPLICABILITY, { profile }: ReportFrame): boolean {
  switch (kind) {
    case 'all':
      return true;
    case 'hosting':
      return profile !== 'search';
    case 'platform':
      return profile === 'platform' || profile === 'very-large-platform';
    case 'very-large':
      return profile === 'very-large-platform';
    default:
      return kind satisfies never;
  }
}

/** The period as the sheets write it. */
export function periodText({ from, to }: ReportFrame): string {
  return `${from}/${to}`;
}

/** Whether a moment lies in the period. @throws {RangeError} if the last day is before the first */
export function inPeriod(frame: ReportFrame): (event: { readonly at: number }) => boolean {
  if (frame.to < frame.from) throw new RangeError('report: expected a last day on or after the first');
  const first = startOfDay(frame.from, frame.zone);
  const last = endOfDay(frame.to, frame.zone);
  return ({ at }) => at >= first && at <= last;
}

const HOUR_MS = 3_600_000;

/** The median of durations in hours, to a hundredth; null where there are none (an average of nothing is not zero). */
export function medianHours(durationsMs: readonly number[]): number | null {
  const sorted = durationsMs.toSorted((a, b) => a - b);
  const { length } = sorted;
  if (length === 0) return null;
  const middle = (sorted[Math.floor((length - 1) / 2)]! + sorted[Math.floor(length / 2)]!) / 2;
  return Math.round((middle / HOUR_MS) * 100) / 100;
}

/** The smallest duration that at least `share` of them do not exceed, in hours to a hundredth; null where there are none. */
export function quantileHours(durationsMs: readonly number[], share: number): number | null {
  const sorted = durationsMs.toSorted((a, b) => a - b);
  if (sorted.length === 0) return null;
  return Math.round((sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]! / HOUR_MS) * 100) / 100;
}
