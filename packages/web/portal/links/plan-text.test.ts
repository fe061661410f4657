import assert from 'node:assert/strict';
import test from 'node:test';
import { type TrackState, tracksOf } from '@reclaim/casework/takedown/takedown';
import { EMPTY_NOTICE, type TakedownRecord } from '@reclaim/casework/takedown/takedown-record';
import { parseDay } from '@reclaim/law/day';
import { parsePaste } from '@reclaim/law/link/link';
import { PLAN_WORDS_EN } from '@reclaim/law/plan/plan-words-en';
import { parseZone, UTC } from '@reclaim/law/zone';
import { en as say } from '../../ui/words/links/en.ts';
import { type ListedGroup, type ListedLink, linksToAsk, listLinks, planFacts } from './link-list.ts';
import { planText } from './plan-text.ts';

const DAY = parseDay('2026-11-26');
const NOW = Date.UTC(2026, 10, 26, 12);
const SENT: TakedownRecord['events'][number] = {
  type: 'sent',
  track: 'host',
  at: NOW - 86_400_000,
  channel: 'x-tida',
  regimes: ['us-tida'],
  complete: ['us-tida'],
  pins: {},
  proof: 'receipt',
  number: '',
  contact: true,
};

function groupsOf(paste: string, records: readonly TakedownRecord[], minor = false): readonly ListedGroup[] {
  const list = listLinks(parsePaste(paste), records, planFacts(EMPTY_NOTICE, 'US', minor), DAY);
  assert.ok(list.ok);
  return list.groups;
}

const textOf = (groups: readonly ListedGroup[], minor = false, zone = UTC) =>
  planText({
    say,
    planWords: PLAN_WORDS_EN,
    language: 'en',
    groups,
    minor,
    nowMs: NOW,
    zone,
    engineName: (engine) => engine,
  });

test('the printed plan holds every place, link, way, time and state, and the engines once', () => {
  const added = { type: 'added', track: 'host', at: NOW - 2 * 86_400_000 } as const;
  const text = textOf(
    groupsOf('https://forum.unlisted.example/a https://x.com/a/status/1 https://x.com/a/status/2', [
      { link: 'https://x.com/a/status/1', events: [added, SENT] },
    ]),
  );
  assert.match(text, /^Your plan · November 26, 2026\n/);
  assert.match(text, /x\.com · 2 links · post\nThey have 48 hours from when it arrives\.\n1\. help\.x\.com/);
  assert.match(
    text,
    / {2}- https:\/\/x\.com\/a\/status\/1 · Asked\n {4}The place has to act by Nov 27, 2026/,
  );
  assert.match(text, / {2}- https:\/\/x\.com\/a\/status\/2\n/);
  assert.match(text, /forum\.unlisted\.example · 1 link · page/);
  assert.equal(text.split('google-search').length, 2);
  assert.doesNotMatch(text, /undefined|\{n\}/);
});

test('the day and the moments of the printed plan are those of the zone that it is made for, whatever the machine’s is', () => {
  const groups = groupsOf('https://x.com/a/status/1', [
    { link: 'https://x.com/a/status/1', events: [{ type: 'added', track: 'host', at: SENT.at - 1 }, SENT] },
  ]);
  assert.match(textOf(groups, false, UTC), /^Your plan · November 26, 2026\n[\s\S]*by Nov 27, 2026, 12:00/);
  assert.match(
    textOf(groups, false, parseZone('Pacific/Apia')),
    /^Your plan · November 27, 2026\n[\s\S]*by Nov 28, 2026, 1:00/,
  );
});

test('with somebody under 18 the printed plan names no search engine and no office', () => {
  const text = textOf(groupsOf('https://x.com/a/status/1', [], true), true);
  assert.match(text, /child safety/);
  assert.doesNotMatch(text, /google|Search engines|48 hours/);
});

test('a notice is about what nobody asked for yet or what came back, then about what was asked for, never about what is gone', () => {
  const link = (n: number, state: TrackState | undefined): ListedLink => {
    const [target] = parsePaste(`https://x.com/a/status/${n}`).links;
    const begun = tracksOf([{ type: 'added', track: 'host', at: 1 }]);
    return { target: target!, tracks: state === undefined ? [] : begun.map((each) => ({ ...each, state })) };
  };
  const ask = (...states: (TrackState | undefined)[]) =>
    linksToAsk(
      states.map((state, n) => link(n, state)),
      'host',
    ).map((each) => each.tracks[0]?.state);
  assert.deepEqual(ask(undefined, 'sent', 'reappeared', 'removed', 'open'), [
    undefined,
    'reappeared',
    'open',
  ]);
  assert.deepEqual(ask('sent', 'removed', 'refused', 'dropped'), ['sent', 'refused']);
  assert.deepEqual(ask('removed', 'not-there'), ['removed', 'not-there']);
});
