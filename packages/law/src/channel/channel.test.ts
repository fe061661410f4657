import assert from 'node:assert/strict';
import test from 'node:test';
import { parseDay } from '../day.ts';
import { PATTERNS } from '../link/patterns.ts';
import { CHANNELS_CHECKED, standingOf } from './channel.ts';
import { type ChannelFacts, channelsFor, warningOf } from './channel-order.ts';
import { SOURCES } from './channel-source.ts';
import { CHANNELS, channelById } from './channels.ts';
import { LISTED, NOT_LISTED_WHERE_SEEN, PARTNER_ROUTES } from './hash-programme.ts';
import { KEEP_FIRST } from './keep-first.ts';
import { keepFirst } from './keep-for.ts';
import { NAME_ROUTES } from './name-seen.ts';
import { REGULATORS } from './regulator.ts';
import { isRejected, REJECTED_ADDRESSES } from './rejected-address.ts';
import { TRAPS } from './trap.ts';
import { trapsOf } from './traps-of.ts';
import { ALL_SITE_STEPS, unknownSiteSteps } from './unknown-site.ts';

const TODAY = parseDay('2026-11-22');
const FACTS: ChannelFacts = {
  platform: 'x',
  country: 'US',
  minor: false,
  hasAccount: true,
  madeByPerson: true,
  partner: false,
};

const ids = (facts: Partial<ChannelFacts>): string =>
  channelsFor({ ...FACTS, ...facts }, TODAY)
    .map((each) => each.channel.id)
    .join(' ');

test('every channel has a source, a date or the word undated, a confidence and a day of checking', () => {
  for (const each of CHANNELS) {
    assert.ok(each.sources.length > 0, each.id);
    for (const code of each.sources) assert.ok(SOURCES[code].cite.length > 5, each.id);
    assert.match(each.sourceDate, /^(undated|20\d\d(-\d\d(-\d\d)?)?)$/);
    assert.equal(each.lastChecked, CHANNELS_CHECKED);
    if (each.confidence === 'K') assert.equal(standingOf(each, TODAY), 'withheld', each.id);
  }
  for (const each of [...TRAPS, ...NAME_ROUTES, ...REGULATORS, ...PARTNER_ROUTES, ...LISTED])
    assert.ok(each.sources.length > 0);
});

test('every platform that a channel names is one that a link can show', () => {
  const platforms = new Set(PATTERNS.map((row) => row[0].replace(' ?', '')));
  for (const each of CHANNELS)
    for (const platform of each.platforms) assert.ok(platforms.has(platform), platform);
});

test('no address is one of the rejected ones, and no address carries a scheme', () => {
  for (const each of [...CHANNELS, ...REGULATORS]) {
    for (const address of each.addresses) {
      assert.equal(isRejected(address), false, each.id);
      assert.ok(!/^https?:/.test(address) && !/\s/.test(address), each.id);
    }
  }
  assert.equal(REJECTED_ADDRESSES.length, 11);
  assert.equal(isRejected('https://www.OnlyFans.com/contact/'), true);
});

test('nobody has opened an address yet, so no row is called checked', () => {
  for (const each of CHANNELS) assert.notEqual(standingOf(each, TODAY), 'checked', each.id);
  const seen = { ...channelById('x-tida'), seenTitle: 'a title' };
  assert.equal(standingOf(seen, TODAY), 'checked');
  assert.equal(standingOf(seen, parseDay('2027-06-01')), 'expired');
  assert.equal(standingOf(channelById('kick'), TODAY), 'address-unknown');
});

test('the form of the law comes before every other, and copyright last with its warning', () => {
  assert.equal(ids({}), 'x-tida x-global x-dmca');
  const offered = channelsFor(FACTS, TODAY);
  assert.equal(offered.at(-1)!.warning, 'copyright');
  assert.equal(ids({ madeByPerson: 'unknown' }), 'x-tida x-global');
  assert.equal(ids({ country: 'IN', madeByPerson: false }), 'x-tida x-india x-global');
});

test('for every platform the order holds: legal form, then in the app, copyright last', () => {
  for (const platform of new Set(CHANNELS.flatMap((each) => each.platforms))) {
    const effects = channelsFor({ ...FACTS, platform }, TODAY).map((each) => each.channel.effect);
    const place = (effect: string) => effects.indexOf(effect as (typeof effects)[number]);
    if (effects.includes('in-app')) assert.ok(effects.lastIndexOf('legal-form') < place('in-app'), platform);
    if (effects.includes('copyright'))
      assert.ok(
        place('copyright') + effects.filter((each) => each === 'copyright').length === effects.length,
        platform,
      );
    assert.ok(
      !effects.includes('partner') && !effects.includes('child') && !effects.includes('none'),
      platform,
    );
  }
});

test('Discord offers its legal form to people in the United States only', () => {
  assert.ok(ids({ platform: 'discord' }).startsWith('discord-tida'));
  assert.equal(ids({ platform: 'discord', country: 'FR' }), 'discord-general');
});

test('a picture of a minor opens only the child channel', () => {
  assert.equal(ids({ platform: 'telegram', minor: true }), 'telegram-minor');
  assert.equal(ids({ minor: true }), '');
});

test('a report inside the app is not offered without an account', () => {
  assert.ok(!ids({ platform: 'facebook', hasAccount: false }).includes('facebook-inapp'));
  assert.ok(ids({ platform: 'facebook' }).includes('facebook-inapp'));
});

test('a route that tells the name warns before the name is typed', () => {
  assert.equal(warningOf(channelById('vimeo-privacy')), 'name-is-told');
  assert.equal(warningOf(channelById('cloudflare-ncsei')), 'name-is-told');
  assert.equal(warningOf(channelById('discord-tida')), 'none');
});

test('traps reach their channels, and every one has a place', () => {
  assert.ok(trapsOf(channelById('snapchat-inapp')).some((each) => each.text.includes('ignored')));
  const known = new Set([
    'all',
    ...CHANNELS.map((each) => each.id),
    ...PATTERNS.map((row) => row[0].replace(' ?', '')),
  ]);
  for (const each of TRAPS) for (const at of each.at) assert.ok(known.has(at), at);
});

test('an unknown site has thirteen steps, and a hostile one is never written to', () => {
  assert.equal(ALL_SITE_STEPS.length, 13);
  const usual = unknownSiteSteps({ minor: false, hostile: false, madeForAbuse: false, country: 'FR' });
  assert.deepEqual(
    usual.map((each) => each.number),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13],
  );
  const hostile = unknownSiteSteps({ minor: false, hostile: true, madeForAbuse: true, country: 'FR' });
  assert.deepEqual(
    hostile.map((each) => each.number),
    [1, 2, 3, 4, 7, 8, 9, 10, 11, 12, 13],
  );
  assert.ok(hostile.filter((each) => each.number >= 7).every((each) => each.withSupport));
  assert.equal(hostile.find((each) => each.id === 'host')!.afterHours, 0);
});

test('for a minor the steps end with the question of age', () => {
  const steps = unknownSiteSteps({ minor: true, hostile: false, madeForAbuse: true, country: 'FR' });
  assert.deepEqual(
    steps.map((each) => each.id),
    ['read-link', 'age'],
  );
});

test('what vanishes is kept first', () => {
  assert.equal(keepFirst('story')[0]!.first, true);
  assert.equal(keepFirst('message')[0]!.first, true);
  assert.equal(KEEP_FIRST.length, 9);
});

test('the other tables are whole', () => {
  assert.equal(NAME_ROUTES.length, 8);
  assert.equal(REGULATORS.length, 15);
  assert.equal(PARTNER_ROUTES.length, 5);
  assert.equal(LISTED.filter((each) => each.programme === 'stopncii').length, 11);
  assert.equal(LISTED.filter((each) => each.programme === 'take-it-down').length, 10);
  assert.equal(NOT_LISTED_WHERE_SEEN.length, 7);
});
