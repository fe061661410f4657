/**
 * The tables that the portal carries against the whole ones: the same plans, the same completeness, the same clocks; and what
 * the built pages weigh. Sizes are of the files as they were built, compressed by gzip at its strongest.
 * @module
 */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { channelsFor } from '@reclaim/law/channel/channel-order';
import { KEEP_FIRST } from '@reclaim/law/channel/keep-first';
import { REGULATORS } from '@reclaim/law/channel/regulator';
import { SITE_STEPS } from '@reclaim/law/channel/site-step';
import type { TRAPS } from '@reclaim/law/channel/trap';
import { parseDay } from '@reclaim/law/day';
import { ELEMENTS } from '@reclaim/law/duty/element-row';
import { LINK_EXAMPLES } from '@reclaim/law/link/link-examples.fixture';
import { PATTERNS } from '@reclaim/law/link/patterns';
import { OFFICE_LANGUAGES } from '@reclaim/law/notice/office-sentences';
import { NOTICE_REGIMES } from '@reclaim/law/notice/sentences';
import { PLAN_WORDS_AR } from '@reclaim/law/plan/plan-words-ar';
import { PLAN_WORDS_EN } from '@reclaim/law/plan/plan-words-en';
import { PLAN_WORDS_ES } from '@reclaim/law/plan/plan-words-es';
import { lawTables, type portalChannels, portalRules, SHOWN_STEPS } from '../law-tables.ts';

const DAY = parseDay('2026-11-26');
const ASSETS = path.join(import.meta.dirname, '../dist/assets');

const READER = path.join(import.meta.dirname, 'links/packed-table.ts');

/** A cut table, as a page would have it; the tables that it reads in turn are the cut ones too. */
async function tableOf(file: string): Promise<Readonly<Record<string, unknown>>> {
  return import(moduleOf(file));
}

function moduleOf(file: string): string {
  const code = lawTables().get(file);
  assert.ok(code !== undefined, file);
  const linked = code
    .replaceAll(JSON.stringify(READER), JSON.stringify(pathToFileURL(READER).href))
    .replace(/'\.\.\/([a-z/-]+\.ts)'/g, (_, other: string) => JSON.stringify(moduleOf(other)));
  return `data:text/javascript,${encodeURIComponent(linked)}`;
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
    'seenTitle',
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
    offices.map(({ id, place, addresses, confidence }) => [id, place, addresses, confidence]),
    REGULATORS.filter((each) => each.addresses.length > 0 && each.confidence !== 'K').map(
      ({ id, place, addresses, confidence }) => [id, place, addresses, confidence],
    ),
  );
  const steps = (await tableOf('channel/site-step.ts'))['SITE_STEPS'] as typeof SITE_STEPS;
  assert.deepEqual(
    steps.map(({ id, afterHours }) => [id, afterHours]),
    SITE_STEPS.map(({ id, afterHours }) => [id, afterHours]),
  );
  const keep = (await tableOf('channel/keep-first.ts'))['KEEP_FIRST'] as typeof KEEP_FIRST;
  assert.deepEqual(
    keep.map(({ id, kinds, first }) => [id, kinds, first]),
    KEEP_FIRST.map(({ id, kinds, first }) => [id, kinds, first]),
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
    assert.deepEqual(cut.keep, whole.keep);
    for (const part of ['traps', 'steps', 'offices'] as const) {
      const shown = Object.entries(cut[part]).filter(([, text]) => text !== '');
      assert.ok(shown.length > 5, part);
      for (const [id, text] of shown) assert.equal(text, whole[part][id], id);
    }
    assert.deepEqual(
      SHOWN_STEPS.filter((id) => cut.steps[id] === ''),
      [],
    );
    const traps = (await tableOf('channel/trap.ts'))['TRAPS'] as typeof TRAPS;
    for (const { id } of traps) assert.ok((cut.traps[id] ?? '') !== '', id);
  });
}

const built = existsSync(ASSETS) ? readdirSync(ASSETS).filter((name) => name.endsWith('.js')) : [];
const size = (pattern: RegExp) =>
  built
    .filter((name) => pattern.test(name))
    .reduce((sum, name) => sum + gzipSync(readFileSync(path.join(ASSETS, name)), { level: 9 }).length, 0);

for (const language of ['en', 'es', 'ar']) {
  test(`all law that the portal loads from pasted links to the last complaint is under 30 kB compressed in ${language}, and under 30 KiB with that of an office`, () => {
    assert.ok(built.length > 0, 'expected built pages: npm run setup -- --tests');
    const law = size(/^law-[\w-]{8}\.js$/);
    const words = size(new RegExp(`^law-${language}-[\\w-]{8}\\.js$`));
    assert.ok(law > 10_000 && words > 1_000, 'expected the chunks of the law');
    // The law of an office that is written to in its own language comes on top, for one office.
    const offices = OFFICE_LANGUAGES.map((each) => size(new RegExp(`^law-${each}-[\\w-]{8}\\.js$`)));
    assert.ok(
      offices.every((each) => each > 200),
      `${offices}`,
    );
    assert.ok(law + words < 30_000, `${law} and ${words} bytes`);
    // With it, 30 KiB.
    assert.ok(law + words + Math.max(...offices) < 30_720, `${law}, ${words} and ${offices} bytes`);
    // Nothing of the law stands in another file that these screens load.
    const all = built.filter((name) => /^law-/.test(name)).length;
    assert.equal(all, 1 + 3 + OFFICE_LANGUAGES.length);
  });
}
