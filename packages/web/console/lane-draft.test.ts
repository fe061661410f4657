import assert from 'node:assert/strict';
import test from 'node:test';
import { ANNOTATIONS, CLASSES, INCIDENTS } from '@reclaim/casework/minor-lane';
import type { WireMinorLane } from '@reclaim/casework/wire-minor';
import { sayIn } from './console-context.ts';
import { fixtureId, fixtureJob } from './job.fixture.ts';
import { draftLines, draftText } from './lane-draft.ts';
import { en } from './words/en.ts';
import { es } from './words/es.ts';

const lane: WireMinorLane = {
  state: 'locked',
  lockedAt: Date.UTC(2026, 10, 20, 10) as never,
  lockedBy: fixtureId('stf', 2) as never,
  holdUntil: Date.UTC(2027, 10, 21, 10) as never,
  holdBasis: '18 U.S.C. 2258A(h)',
  reports: [],
  views: 2,
};

test('the draft says what is known, names what is to be found out, and holds no link and no picture', () => {
  const job = fixtureJob(7, { state: 'decided' });
  const say = sayIn(en);
  const finding = {
    incident: 'possession-production-distribution',
    class: 'B2',
    annotations: ['generative-ai'],
  } as const;
  const text = draftText(say, draftLines(say, job, lane, finding));
  for (const part of [
    'B2',
    '2026-11-20 10:00 UTC',
    '18 U.S.C. 2258A(h): 2027-11-21 10:00 UTC',
    job.id,
    job.item!.id,
    'made or altered by machine',
    'EXIF',
    'addresses, ports and times of uploads',
  ]) {
    assert.ok(text.includes(part), part);
  }
  assert.match(text, /Viewed by a person of the provider: yes/);
  assert.match(
    draftText(say, draftLines(say, job, { ...lane, views: 0 }, finding)),
    /Viewed by a person of the provider: no/,
  );
  assert.doesNotMatch(text, /https?:|\/v1\//);
});

test('every finding has its words in both languages', () => {
  const job = fixtureJob(7, { state: 'decided' });
  for (const words of [en, es]) {
    const say = sayIn(words);
    for (const incident of INCIDENTS) {
      for (const each of [...CLASSES, 'not-classified'] as const) {
        const lines = draftLines(say, job, lane, { incident, class: each, annotations: ANNOTATIONS });
        assert.ok(lines.every(({ name, value }) => name !== '' && value !== ''));
      }
    }
  }
});
