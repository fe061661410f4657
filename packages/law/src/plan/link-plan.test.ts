import assert from 'node:assert/strict';
import test from 'node:test';
import { CHANNELS } from '../channel/channels.ts';
import { parseDay } from '../day.ts';
import { parsePaste } from '../link/link.ts';
import { LINK_EXAMPLES } from '../link/link-examples.fixture.ts';
import { type LinkPlan, type PlanFacts, planLink, planPaste } from './link-plan.ts';
import { officesFor } from './office-for.ts';
import { linksPerNotice } from './platform-facts.ts';

const DAY = parseDay('2026-11-26');
const US: PlanFacts = {
  country: 'US',
  subdivision: 'unknown',
  kind: 'authentic',
  minor: false,
  madeByPerson: 'unknown',
};

function plansOf(link: string, facts: PlanFacts = US): readonly LinkPlan[] {
  const planned = planPaste(parsePaste(link), facts, DAY);
  assert.ok(planned.ok);
  return planned.groups.map((each) => each.plan);
}

function planOf(link: string, facts: PlanFacts = US): LinkPlan {
  return plansOf(link, facts)[0]!;
}

const ids = (plan: LinkPlan) => plan.ways.map((way) => way.channel?.id ?? 'own-route').join(' ');

/** Golden cases: a link, who pastes it, the ways in order, what the first rests on, its hours. */
const CASES: readonly (readonly [
  link: string,
  facts: Partial<PlanFacts>,
  ways: string,
  regimes: string,
  hours: number | null,
])[] = [
  ['https://x.com/a/status/1', {}, 'x-tida x-global', 'us-tida eu-dsa', 48],
  ['https://x.com/a/status/1', { madeByPerson: true }, 'x-tida x-global x-dmca', 'us-tida eu-dsa', 48],
  ['https://x.com/a/status/1', { country: 'IN' }, 'x-tida x-india x-global', 'in-rules us-tida eu-dsa', 2],
  // Enacted and not known to be in force: named in the notice, and no hours of it are promised.
  ['https://x.com/a/status/1', { country: 'GB' }, 'x-tida x-global', 'uk-osa us-tida eu-dsa', 48],
  [
    'https://www.instagram.com/p/EXAMPLE0000/',
    {},
    'meta-ncii instagram-inapp meta-direct',
    'us-tida eu-dsa',
    48,
  ],
  ['https://discord.com/channels/1/2/3', { country: 'FR' }, 'discord-general', 'eu-dsa us-tida', 48],
  ['https://www.dropbox.com/s/example/a.jpg', { country: 'DE' }, 'dropbox', 'eu-dsa', null],
  ['https://forum.unlisted.example/a', { country: 'DE' }, 'own-route', 'eu-dsa', null],
  ['https://forum.unlisted.example/a', {}, 'own-route', 'us-tida', null],
  ['https://www.xvideos.com/video10000001/slug', {}, 'xvideos', 'us-tida eu-dsa', 48],
  ['https://bucket.s3.amazonaws.com/a.jpg', { country: 'ES' }, 'aws', 'eu-dsa', null],
  [
    'https://www.google.com/search?q=example',
    {},
    'google-all google-explicit google-fake google-form google-form2',
    '',
    null,
  ],
  ['https://x.com/a/status/1', { kind: 'threatened' }, 'x-tida x-global', 'eu-dsa', null],
];

for (const [link, facts, ways, regimes, hours] of CASES) {
  test(`${new URL(link).hostname} for ${JSON.stringify(facts)}: ${ways}, resting on ${regimes || 'its own rules'}`, () => {
    const plan = planOf(link, { ...US, ...facts });
    assert.equal(ids(plan), ways);
    assert.equal(plan.ways[0]?.regimes.join(' '), regimes);
    assert.equal(plan.ways[0]?.hours, hours);
  });
}

test('every one of the examples has a plan that begins somewhere, or says what to do first', () => {
  for (const [link] of LINK_EXAMPLES) {
    for (const country of ['US', 'GB', 'IN', 'ES', 'unknown']) {
      for (const plan of plansOf(link, { ...US, country })) {
        const begins = plan.ways.length > 0 || plan.first.length > 0 || plan.platform === 'signal';
        assert.ok(begins, `${plan.platform} ${plan.kind}`);
      }
    }
  }
});

test('copyright is never first, never for who did not make the picture, and always warns', () => {
  for (const [link] of LINK_EXAMPLES) {
    for (const madeByPerson of [true, false, 'unknown'] as const) {
      for (const plan of plansOf(link, { ...US, madeByPerson })) {
        const at = plan.ways.findIndex((way) => way.addressed === 'copyright-agent');
        if (at < 0) continue;
        assert.equal(madeByPerson, true);
        assert.ok(plan.ways.slice(at).every((way) => way.warning === 'copyright'));
        assert.deepEqual(plan.ways[at]?.regimes, ['us-dmca']);
      }
    }
  }
});

test('a legal form always comes before a report in an app', () => {
  for (const [link] of LINK_EXAMPLES) {
    for (const plan of plansOf(link)) {
      const effects = plan.ways.map((way) => way.channel?.effect);
      if (effects.includes('legal-form') && effects.includes('in-app')) {
        assert.ok(effects.indexOf('legal-form') < effects.indexOf('in-app'), plan.platform);
      }
    }
  }
});

test('under 18 opens only what is made for it: no adult form, no search engine, no office, a text-only notice to the site', () => {
  for (const [link] of LINK_EXAMPLES) {
    for (const plan of plansOf(link, { ...US, country: 'AU', minor: true })) {
      for (const way of plan.ways) {
        assert.ok(way.channel === null || way.channel.effect === 'child', way.channel?.id);
        assert.ok(way.regimes.every((regime) => regime === 'eu-dsa'));
        assert.equal(way.hours, null);
      }
      assert.deepEqual([plan.engines, plan.offices], [[], []]);
      if (plan.steps.length > 0) assert.equal(plan.steps.at(-1)?.id, 'age');
    }
  }
});

test('search engines are asked on the same day: the form for fakes where it is fake, Bing before what shows its results', () => {
  const engines = (kind: PlanFacts['kind']) =>
    planOf('https://x.com/a/status/1', { ...US, kind })
      .engines.map((each) => each.way.channel?.id)
      .join(' ');
  assert.equal(engines('authentic'), 'google-explicit bing-ncii duckduckgo yandex-explicit');
  assert.equal(engines('forgery'), 'google-fake bing-ncii duckduckgo yandex-explicit');
  assert.equal(engines('threatened'), '');
});

test('a short link is opened by the person, an address of a bare file leads to its page, a story is kept first', () => {
  assert.deepEqual(planOf('https://t.co/EXAMPLE00').first, ['open-and-paste-again']);
  assert.deepEqual(planOf('https://pbs.twimg.com/media/EXAMPLE00000000?format=jpg').first, ['find-the-page']);
  assert.deepEqual(planOf('https://www.instagram.com/stories/example.user/3').first, ['keep-first']);
  assert.deepEqual(planOf('https://encrypted-tbn0.gstatic.com/images?q=tbn:EXAMPLE').first, [
    'ask-the-engine',
  ]);
});

test('an archive and what it holds are two plans', () => {
  const plans = plansOf('https://web.archive.org/web/20300101000000/https://x.com/a/status/1');
  assert.deepEqual(
    plans.map((plan) => plan.platform),
    ['wayback', 'x'],
  );
});

test('contradictory and malformed places are refused, whatever the links', () => {
  const paste = parsePaste('https://x.com/a/status/1');
  const refusal = (over: Partial<PlanFacts>) => {
    const planned = planPaste(paste, { ...US, ...over }, DAY);
    return planned.ok ? '' : planned.reason;
  };
  assert.equal(refusal({ country: 'DE', subdivision: 'US-CA' }), 'contradictory-place');
  assert.equal(refusal({ country: 'Germany' }), 'malformed-place');
});

test('offices that act at once are those of the place, and the Union has its own form for results by name', () => {
  assert.equal(planOf('https://x.com/a/status/1', { ...US, country: 'AU' }).offices[0]?.id, 'esafety');
  assert.equal(planOf('https://x.com/a/status/1', { ...US, country: 'IT' }).offices[0]?.id, 'garante');
  assert.deepEqual(planOf('https://x.com/a/status/1').offices, []);
  const german = planLink(
    { platform: 'google-search', kind: 'search_result', guessed: false },
    { ...US, country: 'DE' },
    DAY,
  );
  assert.ok(german.ok && german.plan.ways.some((way) => way.channel?.id === 'google-eu'));
});

test('after a breach the office is that of the regime, and nothing that nobody read is offered', () => {
  const of = (country: string, ...regimes: Parameters<typeof officesFor>[0]) =>
    officesFor(regimes, { country, subdivision: 'unknown' })
      .map((each) => each.id)
      .join(' ');
  assert.equal(of('US', 'us-tida'), 'ftc');
  assert.equal(of('DE', 'us-tida'), 'ftc');
  assert.equal(of('ES', 'us-tida', 'eu-dsa'), 'aepd ftc dsc');
  assert.equal(of('IN', 'in-rules'), 'gac ncrp');
  assert.ok(
    officesFor(['eu-dsa'], { country: 'FR', subdivision: 'unknown' }).every(
      (each) => each.confidence !== 'K',
    ),
  );
});

test('ten thousand links with duplicates make as many plans as they have kinds', () => {
  const links = Array.from({ length: 10_000 }, (_, at) =>
    at % 3 === 0 ? `https://x.com/a/status/${at % 700}` : `https://site${at % 50}.example/p/${at}`,
  );
  const planned = planPaste(parsePaste(links.join('\n')), US, DAY);
  assert.ok(planned.ok);
  assert.equal(planned.groups.length, 51);
  assert.equal(new Set(planned.groups.map((each) => each.plan)).size, 2);
  const kept = planned.groups.reduce((sum, each) => sum + each.targets.length, 0);
  assert.equal(kept + planned.duplicates, 10_000);
  assert.equal(planned.cut, false);
});

test('one notice holds one address where the service says so, and many where a person writes mail', () => {
  const of = (id: string) => linksPerNotice(CHANNELS.find((each) => each.id === id)!);
  assert.deepEqual(['discord-tida', 'x-tida', 'cloudflare-ncsei', 'dropbox'].map(of), [1, 1, 250, 50]);
});
