/**
 * Event streams at random, whole ones: every end has its beginning, every category is one of its sheet.
 * @module
 */

import fc from 'fast-check';
import { parseDay } from '../day.ts';
import { CATEGORIES } from '../statement/category.ts';
import { parseZone } from '../zone.ts';
import type { ReportFrame } from './period.ts';
import { COMPLAINTS_ABOUT, isOnSheet, RESTRICTIONS, type ReportEvent } from './report-event.ts';

/** The frame that the tests report in. */
export const FRAME: ReportFrame = {
  provider: 'Example Platform Ltd',
  service: 'Example',
  from: parseDay('2026-01-01'),
  to: parseDay('2026-12-31'),
  zone: parseZone('Europe/Berlin'),
  publishedOn: parseDay('2027-02-01'),
  previousOn: null,
  profile: 'platform',
  possible: RESTRICTIONS,
};

// A year before and after the period, so that some of everything lies outside.
const moment = fc.integer({ min: Date.parse('2025-06-01'), max: Date.parse('2027-06-01') });
const later = fc.integer({ min: 0, max: 90 * 86_400_000 });
const filed = (sheet: 3 | 4 | 5 | 6) =>
  fc.constantFrom(...CATEGORIES.filter(({ id }) => isOnSheet(id, sheet))).chain(({ id, specifications }) =>
    fc.record({
      category: fc.constant(id),
      specification: fc.option(
        fc.constantFrom(...specifications.map((each) => each.id), 'KEYWORD_OTHER' as const),
        {
          nil: null,
        },
      ),
    }),
  );
const outcome = fc.constantFrom('upheld', 'partially-reversed', 'reversed', 'omitted');

/** One matter: what began and, perhaps, how it ended. */
const matter = (id: string): fc.Arbitrary<readonly ReportEvent[]> =>
  fc.oneof(
    fc
      .tuple(
        moment,
        filed(3),
        fc.constantFrom('AT', 'ES', 'SE'),
        fc.constantFrom('against-content', 'information'),
        fc.integer({ min: 1, max: 20 }),
        fc.option(later),
        fc.option(later),
      )
      .map(([at, file, memberState, act, items, confirmed, done]) => [
        { kind: 'order-received' as const, id, at, memberState, act: act as 'information', items, ...file },
        ...(confirmed === null ? [] : [{ kind: 'order-confirmed' as const, id, at: at + confirmed }]),
        ...(done === null ? [] : [{ kind: 'order-carried-out' as const, id, at: at + done }]),
      ]),
    fc
      .tuple(
        moment,
        filed(4),
        fc.boolean(),
        fc.integer({ min: 1, max: 20 }),
        fc.option(
          fc.tuple(later, fc.constantFrom('law', 'terms', 'none'), fc.constantFrom('no', 'partly', 'fully')),
        ),
      )
      .map(([at, file, trustedFlagger, items, end]) => [
        { kind: 'notice-received' as const, id, at, trustedFlagger, items, ...file },
        ...(end === null
          ? []
          : [
              {
                kind: 'notice-decided' as const,
                id,
                at: at + end[0],
                action: end[1] as 'law',
                processed: end[2] as 'no',
              },
            ]),
      ]),
    fc
      .tuple(
        fc
          .constantFrom('law', 'terms')
          .chain((ground) => fc.tuple(fc.constant(ground), filed(ground === 'law' ? 5 : 6))),
        moment,
        fc.constantFrom('order', 'notice', 'own-initiative'),
        fc.subarray([...RESTRICTIONS], { minLength: 1 }),
        fc.boolean(),
        fc.constantFrom('no', 'partly', 'fully'),
      )
      .map(([[ground, file], at, cause, restrictions, automatedDetection, automatedDecision]) => [
        {
          kind: 'measure-taken' as const,
          id,
          at,
          cause: cause as 'notice',
          ground: ground as 'law',
          restrictions,
          automatedDetection,
          automatedDecision: automatedDecision as 'no',
          ...file,
        },
      ]),
    fc
      .tuple(moment, fc.constantFrom(...COMPLAINTS_ABOUT), fc.option(fc.tuple(later, outcome, fc.nat(2))))
      .map(([at, about, end]) => [
        { kind: 'complaint-received' as const, id, at, about },
        ...(end === null
          ? []
          : [
              {
                kind: 'complaint-answered' as const,
                id,
                at: at + end[0],
                outcome: end[1] as 'upheld',
                imposed: end[2],
              },
            ]),
      ]),
    fc.tuple(moment, fc.option(fc.tuple(later, outcome, fc.option(fc.boolean())))).map(([at, end]) => [
      { kind: 'dispute-received' as const, id, at },
      ...(end === null
        ? []
        : [
            {
              kind: 'dispute-ended' as const,
              id,
              at: at + end[0],
              outcome: end[1] as 'upheld',
              implemented: end[2],
            },
          ]),
    ]),
    fc
      .tuple(moment, fc.constantFrom('illegal-content', 'unfounded-notices', 'unfounded-complaints'))
      .map(([at, because]) => [
        { kind: 'suspended' as const, id, at, because: because as 'illegal-content' },
      ]),
    fc
      .tuple(
        moment,
        fc.constantFrom('own-initiative', 'notice', 'trusted-flagger'),
        fc.boolean(),
        fc.boolean(),
      )
      .map(([at, scope, said, right]) => [
        {
          kind: 'quality-checked' as const,
          id,
          at,
          scope: scope as 'notice',
          said: said ? ('restrict' as const) : ('leave' as const),
          right: right ? ('restrict' as const) : ('leave' as const),
        },
      ]),
  );

/** Streams of up to 40 matters, in any order. */
export const streams: fc.Arbitrary<readonly ReportEvent[]> = fc
  .nat(40)
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => matter(`m${at}`))))
  .chain((matters) => fc.shuffledSubarray(matters.flat(), { minLength: matters.flat().length }));
