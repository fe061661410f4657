/**
 * What the portal's copies of the functions answer against the whole ones: plans, offices, clocks, links, what a notice lacks, and
 * the page of rights of every place. The copies leave out what the portal never asks (`law-fixed.ts`); of what it does ask, nothing
 * may come out otherwise.
 * @module
 */

import assert from 'node:assert/strict';
import test from 'node:test';
import { parseDay } from '@reclaim/law/day';
import type { ClockEvent } from '@reclaim/law/duty/clock';
import * as wholeClock from '@reclaim/law/duty/clock';
import type { NoticeDraft } from '@reclaim/law/duty/notice-draft';
import { EMPTY_DRAFT } from '@reclaim/law/duty/notice-draft';
import type { EventKind, Rule } from '@reclaim/law/duty/rule';
import { pinVersions } from '@reclaim/law/duty/rule';
import { ruleById } from '@reclaim/law/duty/rules';
import * as wholeLink from '@reclaim/law/link/link';
import { LINK_EXAMPLES } from '@reclaim/law/link/link-examples.fixture';
import * as wholeAsked from '@reclaim/law/notice/asked';
import { NOTICE_REGIMES } from '@reclaim/law/notice/sentences';
import * as wholePlan from '@reclaim/law/plan/link-plan';
import * as wholeOffice from '@reclaim/law/plan/office-for';
import type { PlanWords } from '@reclaim/law/plan/plan-words';
import { PLAN_WORDS_EN } from '@reclaim/law/plan/plan-words-en';
import { RIGHTS } from '@reclaim/law/right/rights-rows';
import { parseZone } from '@reclaim/law/zone';
import fc from 'fast-check';
import { FIXED_FILES, fixedIn } from '../law-fixed.ts';
import { portalLaw } from '../portal-law.fixture.ts';
import * as wholeRights from './rights/rights-view.ts';

type ClockRoom = typeof wholeClock;
type PlanRoom = typeof wholePlan;

const DAY = parseDay('2026-11-26');
const COUNTRIES = ['US', 'GB', 'IN', 'KR', 'ES', 'AU', 'unknown'] as const;
const KINDS = ['authentic', 'forgery', 'threatened'] as const;

/** What a screen shows of a plan. Rows of texts by what they say: their ids differ. */
function seenOf(plan: wholePlan.LinkPlan, words: PlanWords) {
  const way = ({ channel, traps, ...rest }: wholePlan.Way) => ({
    ...rest,
    channel: channel === null ? null : [channel.id, channel.addresses, channel.choose, channel.confidence],
    traps: traps.map((each) => words.traps[each.id]),
  });
  return {
    ...plan,
    ways: plan.ways.map(way),
    engines: plan.engines.map((each) => ({ engine: each.engine, way: way(each.way) })),
    steps: plan.steps.map(({ id, afterHours }) => ({ id, afterHours })),
    offices: plan.offices.map(({ id, addresses }) => ({ id, addresses })),
  };
}

test('every example of a link is read, planned and led to the same offices by the copies', async () => {
  const link = await portalLaw<typeof wholeLink>('link/link.ts');
  const plan = await portalLaw<PlanRoom>('plan/link-plan.ts');
  const words = (await portalLaw<{ PLAN_WORDS_EN: PlanWords }>('plan/plan-words-en.ts')).PLAN_WORDS_EN;
  let planned = 0;
  const kinds = new Map<string, wholeLink.Target>();
  for (const [text] of LINK_EXAMPLES) {
    const whole = wholeLink.parseLink(text);
    const bare =
      whole.ok === false
        ? whole
        : { ...whole, targets: whole.targets.map(({ note: _, ...target }) => target) };
    assert.deepEqual(link.parseLink(text), bare, text);
    if (whole.ok) for (const each of whole.targets) kinds.set(`${each.platform} ${each.kind}`, each);
  }
  for (const target of kinds.values())
    for (const country of COUNTRIES)
      for (const subdivision of country === 'US' ? ['US-CA', 'US-UT', 'unknown'] : ['unknown'])
        for (const kind of KINDS)
          for (const minor of kind === 'authentic' ? [false, true] : [false]) {
            const facts = { country, subdivision, kind, minor, madeByPerson: kind === 'authentic' } as const;
            const [cut, whole] = [plan.planLink(target, facts, DAY), wholePlan.planLink(target, facts, DAY)];
            assert.ok(cut.ok && whole.ok);
            assert.deepEqual(seenOf(cut.plan, words), seenOf(whole.plan, PLAN_WORDS_EN), target.platform);
            planned += 1;
          }
  assert.ok(planned > 3_000, `${planned}`);
  const wrong = {
    country: 'DE',
    subdivision: 'US-CA',
    kind: 'forgery',
    minor: false,
    madeByPerson: false,
  } as const;
  const [target] = kinds.values();
  assert.equal(plan.planLink(target!, wrong, DAY).ok, false);
});

test('a complaint goes to the same offices by the copies', async () => {
  const { officesFor } = await portalLaw<typeof wholeOffice>('plan/office-for.ts');
  for (const country of [...COUNTRIES, 'IT', 'FR', 'CA'])
    for (const subdivision of ['unknown', 'CA-BC', 'US-CA'])
      for (const regime of NOTICE_REGIMES) {
        const ids = (of: typeof officesFor) => of([regime], { country, subdivision }).map((each) => each.id);
        assert.deepEqual(ids(officesFor), ids(wholeOffice.officesFor), `${regime} ${country}`);
      }
});

test('a clock runs and is passed at the same moment by the copies, whatever happened', async () => {
  const { readClock, earliestDue } = await portalLaw<ClockRoom>('duty/clock.ts');
  const { RULES } = await portalLaw<{ RULES: readonly Rule[] }>('duty/rules.ts');
  const zone = parseZone('America/New_York');
  const HOUR = 3_600_000;
  const base = Date.UTC(2026, 1, 1);
  const kinds = fc.constantFrom<EventKind>(
    'notice-received',
    'receipt-confirmed',
    'removed',
    'decision-told',
  );
  const proof = fc.constantFrom(null, { kind: 'own-statement', record: 'r' } as const);
  const event: fc.Arbitrary<ClockEvent> = fc.record({
    kind: kinds,
    atMs: fc.integer({ min: 0, max: 600 }).map((hours) => base + hours * HOUR),
    proof,
  });
  const counted: Record<string, number> = {};
  fc.assert(
    fc.property(
      fc.constantFrom(...RULES),
      fc.array(event, { maxLength: 5 }),
      fc.integer({ min: 0, max: 6_000 }),
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
      (rule, events, hours, noticeComplete, hasContact, pinned) => {
        const whole = ruleById(rule.id);
        const input = {
          events,
          noticeComplete,
          hasContact,
          nowMs: base + hours * HOUR,
          platformZone: zone,
          pins: pinned ? pinVersions([whole], parseDay('2026-02-10')) : undefined,
        };
        const said = (clock: wholeClock.Clock) =>
          clock.kind === 'running' || clock.kind === 'breached'
            ? [
                clock.kind,
                clock.dueMs,
                clock.kind === 'breached' ? clock.lateMs : 0,
                clock.version.source.cite,
              ]
            : [];
        const [cut, full] = [readClock(rule, input), wholeClock.readClock(whole, input)];
        counted[full.kind] = (counted[full.kind] ?? 0) + 1;
        assert.deepEqual(said(cut), said(full), rule.id);
        assert.equal(earliestDue([cut])?.rule.id, wholeClock.earliestDue([full])?.rule.id);
      },
    ),
    { numRuns: 3_000 },
  );
  for (const kind of ['running', 'breached', 'met', 'not-started'])
    assert.ok((counted[kind] ?? 0) > 30, kind);
});

test('a notice lacks the same by the copies', async () => {
  const cut = await portalLaw<typeof wholeAsked>('notice/asked.ts');
  const text = fc.constantFrom('', ' ', 'words', 'a@b.example', 'https://example.org/a');
  const draft: fc.Arbitrary<NoticeDraft> = fc.record({
    locations: fc.array(text, { maxLength: 2 }),
    standing: fc.constantFrom('depicted', 'authorised', 'parent', 'other', 'not-said'),
    authorityBasis: text,
    kind: fc.constantFrom('authentic', 'forgery', 'threatened', 'not-said'),
    facts: text,
    work: text,
    declarations: fc.constantFrom(
      [],
      [{ id: 'good-faith', version: '1', atMs: 0 } as const],
      [{ id: 'not-consensual', version: '0', atMs: 0 } as const],
    ),
    signature: fc.constantFrom(null, { kind: 'typed', text: 'A', pseudonym: true } as const),
    name: text,
    email: text,
    otherContact: text,
    age: fc.constantFrom('adult', 'under-18-now', 'not-said'),
  });
  fc.assert(
    fc.property(draft, fc.subarray([...NOTICE_REGIMES]), (drawn, regimes) => {
      for (const each of [drawn, EMPTY_DRAFT]) {
        assert.deepEqual(cut.completenessOf(regimes, each), wholeAsked.completenessOf(regimes, each));
        assert.deepEqual(cut.askedBy(regimes, each), wholeAsked.askedBy(regimes, each));
      }
    }),
    { numRuns: 300 },
  );
});

test('the page of rights says the same of every place by the copies, to an adult and to a minor', async () => {
  const cut = await portalLaw<typeof wholeRights>('rights-view.ts');
  const places = [...new Set(RIGHTS.flatMap(({ jurisdiction: at }) => [at, at.slice(0, 2)])), 'XX'];
  const days = [undefined, parseDay('2026-07-01'), parseDay('2026-11-20')];
  /** All but ids, which nobody sees, and what the whole rows of a clock hold beside what is shown. */
  const said = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value, (name, each) => (/^(?:id|rights|join|words)$/.test(name) ? undefined : each)),
    );
  assert.deepEqual(cut.RIGHTS_COUNTRIES, wholeRights.RIGHTS_COUNTRIES);
  let laws = 0;
  for (const place of places) {
    assert.deepEqual(cut.partsOfCountry(place), wholeRights.partsOfCountry(place));
    for (const minor of [false, true])
      for (const act of days)
        for (const known of days)
          for (const today of [DAY, parseDay('2027-06-01')]) {
            const events = { act, awareness: known, 'offender-known': known };
            const [here, there] = [cut, wholeRights].map((room) =>
              room.viewRights(place, minor, events, today),
            );
            assert.deepEqual(said(here), said(there), place);
            laws += there!.offences.length;
          }
  }
  assert.ok(places.length > 30 && laws > 500, `${places.length} ${laws}`);
});

test('a function of the law that reads otherwise stops the build', () => {
  assert.ok(FIXED_FILES.length > 10);
  for (const file of FIXED_FILES) assert.throws(() => fixedIn(file, 'export const other = 1;'), RangeError);
  assert.equal(fixedIn('notice/sentences.ts', 'as it is'), 'as it is');
});
