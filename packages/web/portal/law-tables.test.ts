/**
 * The tables that the portal carries against the whole ones: the same rows, the same sentences. What functions make of them is in
 * `law-fixed.test.ts`, and what the built pages weigh in `packages/service/src/law-weight.test.ts`.
 * @module
 */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { channelsFor } from '@reclaim/law/channel/channel-order';
import { KEEP_FIRST } from '@reclaim/law/channel/keep-first';
import { REGULATORS } from '@reclaim/law/channel/regulator';
import { SITE_STEPS } from '@reclaim/law/channel/site-step';
import { TRAPS } from '@reclaim/law/channel/trap';
import { parseDay } from '@reclaim/law/day';
import { ELEMENTS } from '@reclaim/law/duty/element-row';
import { RULES } from '@reclaim/law/duty/rules';
import { LINK_EXAMPLES } from '@reclaim/law/link/link-examples.fixture';
import { PATTERNS } from '@reclaim/law/link/patterns';
import { FOLLOW_AR } from '@reclaim/law/notice/follow-sentences-ar';
import { FOLLOW_EN } from '@reclaim/law/notice/follow-sentences-en';
import { FOLLOW_ES } from '@reclaim/law/notice/follow-sentences-es';
import { HOURS_RULE } from '@reclaim/law/notice/notice-text';
import { OFFICE_DE } from '@reclaim/law/notice/office-sentences-de';
import { OFFICE_FR } from '@reclaim/law/notice/office-sentences-fr';
import { OFFICE_IT } from '@reclaim/law/notice/office-sentences-it';
import { OFFICE_KO } from '@reclaim/law/notice/office-sentences-ko';
import { NOTICE_REGIMES } from '@reclaim/law/notice/sentences';
import { SENTENCES_AR } from '@reclaim/law/notice/sentences-ar';
import { SENTENCES_EN } from '@reclaim/law/notice/sentences-en';
import { SENTENCES_ES } from '@reclaim/law/notice/sentences-es';
import { PLAN_WORDS_AR } from '@reclaim/law/plan/plan-words-ar';
import { PLAN_WORDS_EN } from '@reclaim/law/plan/plan-words-en';
import { PLAN_WORDS_ES } from '@reclaim/law/plan/plan-words-es';
import fc from 'fast-check';
import { cutModule } from '../cut-module.fixture.ts';
import { lawTables, type portalChannels, portalRules, SHOWN_STEPS } from '../law-tables.ts';

const DAY = parseDay('2026-11-26');
const ASSETS = path.join(import.meta.dirname, '../dist/assets');

/** A cut table, as a page would have it; the tables that it reads in turn are the cut ones too. */
async function tableOf(file: string): Promise<Readonly<Record<string, unknown>>> {
  return import(cutModule(lawTables(), file));
}

test('every channel that is offered for any example of a link is in the cut table, with what the screens read', async () => {
  const cut = (await tableOf('channel/channels.ts'))['CHANNELS'] as ReturnType<typeof portalChannels>;
  const read = [
    'id',
    'platforms',
    'effect',
    'addresses',
    'choose',
    'account',
    'representative',
    'nameSeenBy',
    'onlyFor',
    'confidence',
    'lastChecked',
  ] as const;
  let offered = 0;
  for (const [, platform] of LINK_EXAMPLES) {
    for (const country of ['US', 'GB', 'IN', 'DE', 'AU', 'unknown']) {
      for (const minor of [false, true]) {
        const facts = {
          platform,
          country,
          minor,
          hasAccount: 'unknown',
          madeByPerson: true,
          partner: false,
        } as const;
        for (const { channel } of channelsFor(facts, DAY)) {
          offered += 1;
          const found = cut.find((each) => each.id === channel.id);
          assert.ok(found !== undefined, channel.id);
          for (const name of read) assert.deepEqual(found[name], channel[name], `${channel.id} ${name}`);
          assert.equal(found.kinds.includes('mail'), channel.kinds.includes('mail'), channel.id);
        }
      }
    }
  }
  assert.ok(offered > 500);
});

test('the shapes of links are all there, without their notes', async () => {
  const cut = (await tableOf('link/patterns.ts'))['PATTERNS'] as typeof PATTERNS;
  assert.deepEqual(
    cut.map(([platform, hosts, expression, kind]) => [platform, hosts, String(expression), kind]),
    PATTERNS.map(([platform, hosts, expression, kind]) => [platform, hosts, String(expression), kind]),
  );
});

test('the elements of every regime of a notice are all there, and the rules count no business days', async () => {
  const cut = (await tableOf('duty/element-row.ts'))['ELEMENTS'] as typeof ELEMENTS;
  const regimes: readonly string[] = NOTICE_REGIMES;
  assert.deepEqual(
    cut.map(({ regime, part, need, exceptChild }) => ({ regime, part, need, exceptChild })),
    ELEMENTS.filter((each) => regimes.includes(each.regime)).map(({ regime, part, need, exceptChild }) => ({
      regime,
      part,
      need,
      exceptChild,
    })),
  );
  const rules = (await tableOf('duty/rules.ts'))['RULES'] as ReturnType<typeof portalRules>;
  assert.deepEqual(JSON.parse(JSON.stringify(rules)), JSON.parse(JSON.stringify(portalRules())));
  for (const rule of rules)
    for (const { limit } of rule.versions) assert.notEqual(limit.kind, 'business-days', rule.id);
});

test('offices, steps and what to keep come through the packing as they are in the rows', async () => {
  const offices = (await tableOf('channel/regulator.ts'))['REGULATORS'] as typeof REGULATORS;
  assert.deepEqual(
    offices.map(({ id, place, addresses }) => [id, place, addresses]),
    REGULATORS.filter((each) => each.addresses.length > 0 && each.confidence !== 'K').map(
      ({ id, place, addresses }) => [id, place, addresses],
    ),
  );
  const steps = (await tableOf('channel/site-step.ts'))['SITE_STEPS'] as typeof SITE_STEPS;
  assert.deepEqual(
    steps.map(({ id, afterHours }) => [id, afterHours]),
    SITE_STEPS.map(({ id, afterHours }) => [id, afterHours]),
  );
  const keep = (await tableOf('channel/keep-first.ts'))['KEEP_FIRST'] as typeof KEEP_FIRST;
  assert.deepEqual(
    keep.map(({ kinds, first }) => [kinds, first]),
    KEEP_FIRST.map(({ kinds, first }) => [kinds, first]),
  );
});

for (const [language, whole] of [
  ['en', PLAN_WORDS_EN],
  ['es', PLAN_WORDS_ES],
  ['ar', PLAN_WORDS_AR],
] as const) {
  test(`each text beside a plan stands at its row in ${language}`, async () => {
    const name = `PLAN_WORDS_${language.toUpperCase()}`;
    const cut = (await tableOf(`plan/plan-words-${language}.ts`))[name] as typeof whole;
    assert.deepEqual(cut.keepAlways, whole.keepAlways);
    const keep = (await tableOf('channel/keep-first.ts'))['KEEP_FIRST'] as typeof KEEP_FIRST;
    assert.deepEqual(
      keep.map(({ id }) => cut.keep[id]),
      KEEP_FIRST.map(({ id }) => whole.keep[id]),
    );
    for (const part of ['steps', 'offices'] as const) {
      const shown = Object.entries(cut[part]).filter(([, text]) => text !== '');
      assert.ok(shown.length > 5, part);
      for (const [id, text] of shown) assert.equal(text, whole[part][id], id);
    }
    assert.deepEqual(
      SHOWN_STEPS.filter((id) => cut.steps[id] === ''),
      [],
    );
    // A trap is known by where it is told and stands in the order of the rows; which are left out is told of nowhere.
    const traps = (await tableOf('channel/trap.ts'))['TRAPS'] as typeof TRAPS;
    const told = TRAPS.filter((each) => traps.some((trap) => String(trap.at) === String(each.at)));
    assert.deepEqual(
      traps.map(({ id, at }) => [cut.traps[id], at]),
      told.map(({ id, at }) => [whole.traps[id], at]),
    );
    assert.ok(traps.length > 25, `${traps.length}`);
  });
}

for (const [language, sentences, follow] of [
  ['en', SENTENCES_EN, FOLLOW_EN],
  ['es', SENTENCES_ES, FOLLOW_ES],
  ['ar', SENTENCES_AR, FOLLOW_AR],
] as const) {
  test(`packed sentences say in ${language} what the table says, whatever is filled in`, async () => {
    const packedIn = async (file: string, name: string) =>
      (await tableOf(`notice/${file}-${language}.ts`))[`${name}_${language.toUpperCase()}`] as object;
    const argumentsOf = (path: string): fc.Arbitrary<readonly unknown[]> => {
      const [regime, kind, voice] = [
        fc.constantFrom(...NOTICE_REGIMES),
        fc.constantFrom('authentic', 'forgery', 'threatened', 'not-said'),
        fc.constantFrom('self', 'for-another'),
      ];
      if (path === 'ask') return fc.constantFrom(...hoursOfRegimes());
      if (path === 'subject')
        return fc.tuple(fc.oneof(regime, fc.constantFrom('none', 'index', 'copyright')));
      if (path === 'what' || path === 'suggested') return fc.tuple(kind, voice);
      if (path === 'noConsent') return fc.tuple(voice);
      if (path === 'who')
        return fc.tuple(fc.constantFrom('depicted', 'authorised', 'parent', 'other', 'not-said'));
      if (path === 'reminder.waiting') return fc.tuple(fc.nat(400));
      const text = fc.oneof(fc.string(), fc.constantFrom('$1', '$2$3', '$&', '~', 'نص'));
      return fc.tuple(text, text, text);
    };
    const whole = { ...saidBy(sentences), ...saidBy(follow) };
    const cut = {
      ...saidBy(await packedIn('sentences', 'SENTENCES')),
      ...saidBy(await packedIn('follow-sentences', 'FOLLOW')),
    };
    assert.deepEqual(Object.keys(cut).sort(), Object.keys(whole).sort());
    for (const [path, said] of Object.entries(whole)) {
      const other = cut[path];
      if (typeof said !== 'function') assert.equal(other, said, path);
      else
        fc.assert(
          fc.property(argumentsOf(path), (args) => {
            assert.equal((other as typeof said)(...args), said(...args), path);
          }),
        );
    }
  });
}

test('packed sentences of an office say what its table says', async () => {
  for (const office of [OFFICE_DE, OFFICE_FR, OFFICE_IT, OFFICE_KO]) {
    const name = `OFFICE_${office.language.toUpperCase()}`;
    const cut = saidBy((await tableOf(`notice/office-sentences-${office.language}.ts`))[name] as object);
    const said = (table: typeof cut) =>
      Object.entries(table)
        .map(([path, each]) => [path, typeof each === 'function' ? each('$2', 'b', 'c $1') : each])
        .sort();
    assert.deepEqual(said(cut), said(saidBy(office)));
  }
});

test('a sentence that was not packed is refused, not left out', async () => {
  const cut = (await tableOf('notice/sentences-en.ts'))['SENTENCES_EN'] as typeof SENTENCES_EN;
  assert.throws(() => cut.ask('us-tida', 47), RangeError);
});

/** Every sentence of a table by its path. */
function saidBy(
  table: object,
  under = '',
): Readonly<Record<string, unknown | ((...args: unknown[]) => string)>> {
  return Object.fromEntries(
    Object.entries(table).flatMap(([name, value]) =>
      typeof value === 'object' && value !== null
        ? Object.entries(saidBy(value, `${under}${name}.`))
        : [[`${under}${name}`, value]],
    ),
  );
}

/** What `ask` can be asked: each regime without a number, and with the hours of each version of the rule that it names. */
function hoursOfRegimes(): readonly (readonly [string, number | null])[] {
  return NOTICE_REGIMES.flatMap((regime) => [
    [regime, null] as const,
    ...RULES.filter((each) => each.id === HOURS_RULE[regime])
      .flatMap((each) => each.versions)
      .flatMap(({ limit }) => (limit.kind === 'hours' ? [[regime, limit.count] as const] : [])),
  ]);
}

const built = existsSync(ASSETS) ? readdirSync(ASSETS).filter((name) => name.endsWith('.js')) : [];

/** What the built chunk of a name imports at once. */
function importsOf(name: string): readonly string[] {
  const files = built.filter((each) => new RegExp(`^${name}-[\\w-]{8}\\.js$`).test(each));
  assert.equal(files.length, 1, `expected one built chunk ${name}: npm run setup -- --tests`);
  const code = readFileSync(path.join(ASSETS, files[0]!), 'utf8');
  return [...code.matchAll(/(?:from|import)\s*["'`]\.\/([\w-]+)-[\w-]{8}\.js["'`]/g)].map(([, to]) => to!);
}

test('which file of the law is fetched hangs on the screen and the language alone', () => {
  const names = built
    .map((name) => /^((?:law|links|advice)\b.*)-[\w-]{8}\.js$/.exec(name)?.[1])
    .filter((name) => name !== undefined);
  assert.deepEqual(names.sort(), ['law', 'law-ar', 'law-base', 'law-en', 'law-es', 'law-rights']);
  // No language brings another's words along, and the page of rights nothing of the way to a notice.
  for (const name of names)
    for (const to of importsOf(name))
      assert.ok(['law', 'law-base', 'rolldown-runtime'].includes(to), `${name} imports ${to}`);
  assert.deepEqual(importsOf('law-rights'), ['law-base']);
});
