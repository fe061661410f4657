/**
 * The tables that the portal carries against the whole ones: the same plans, the same completeness, the same clocks; and what
 * the built pages weigh. Sizes are of the files as they were built, compressed by gzip at its strongest.
 * @module
 */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import { channelsFor } from '@reclaim/law/channel/channel-order';
import { parseDay } from '@reclaim/law/day';
import { ELEMENTS } from '@reclaim/law/duty/element-row';
import { LINK_EXAMPLES } from '@reclaim/law/link/link-examples.fixture';
import { PATTERNS } from '@reclaim/law/link/patterns';
import { NOTICE_REGIMES } from '@reclaim/law/notice/sentences';
import { lawTables, type portalChannels, portalRules } from '../law-tables.ts';

const DAY = parseDay('2026-11-26');
const ASSETS = path.join(import.meta.dirname, '../dist/assets');

/** A cut table, as a page would have it. */
async function tableOf(file: string): Promise<Readonly<Record<string, unknown>>> {
  const code = lawTables().get(file);
  assert.ok(code !== undefined, file);
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}

test('every channel that is offered for any example of a link is in the cut table, with what the screens read', async () => {
  const cut = (await tableOf('channel/channels.ts'))['CHANNELS'] as ReturnType<typeof portalChannels>;
  const read = [
    'id',
    'platforms',
    'kinds',
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
    cut.map(({ regime, id, part, need, exceptChild }) => ({ regime, id, part, need, exceptChild })),
    ELEMENTS.filter((each) => regimes.includes(each.regime)).map(
      ({ regime, id, part, need, exceptChild }) => ({
        regime,
        id,
        part,
        need,
        exceptChild,
      }),
    ),
  );
  const rules = (await tableOf('duty/rules.ts'))['RULES'] as ReturnType<typeof portalRules>;
  assert.deepEqual(JSON.parse(JSON.stringify(rules)), JSON.parse(JSON.stringify(portalRules())));
  for (const rule of rules)
    for (const { limit } of rule.versions) assert.notEqual(limit.kind, 'business-days', rule.id);
});

const built = existsSync(ASSETS) ? readdirSync(ASSETS).filter((name) => name.endsWith('.js')) : [];
const size = (pattern: RegExp) =>
  built
    .filter((name) => pattern.test(name))
    .reduce((sum, name) => sum + gzipSync(readFileSync(path.join(ASSETS, name)), { level: 9 }).length, 0);

for (const language of ['en', 'es', 'ar']) {
  test(`the law that the portal loads from pasted links to a notice is under 30 kB compressed in ${language}`, () => {
    assert.ok(built.length > 0, 'expected built pages: npm run setup -- --tests');
    const law = size(/^law-[\w-]{8}\.js$/);
    const words = size(new RegExp(`^law-${language}-[\\w-]{8}\\.js$`));
    assert.ok(law > 10_000 && words > 1_000, 'expected the chunks of the law');
    assert.ok(law + words < 30_000, `${law} and ${words} bytes`);
    // What is written when something is due comes later, and only then.
    const follow =
      size(/^law-follow-[\w-]{8}\.js$/) + size(new RegExp(`^law-follow-${language}-[\\w-]{8}\\.js$`));
    assert.ok(follow > 500 && follow < 3_500, `${follow} bytes`);
  });
}
