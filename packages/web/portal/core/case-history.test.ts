import assert from 'node:assert/strict';
import test from 'node:test';
import { UTC } from '@reclaim/law/zone';
import { parseThreadId } from '@reclaim/vault/messages/entry';
import { comingOf, historyOf } from './case-history.ts';
import type { SessionView, ThreadView } from './session-state.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2027, 4, 4, 9);

const quiet: Pick<SessionView, 'signals' | 'takedowns' | 'threads' | 'recovery' | 'recoveryMadeAt'> = {
  signals: [],
  takedowns: [],
  threads: [],
  recovery: { kind: 'unasked' },
  recoveryMadeAt: undefined,
};

const party = { recipient: 'age1', verifyKey: 'ab' } as never;
function thread(more: Partial<ThreadView>): ThreadView {
  return {
    id: 't',
    helper: { id: 'stf', name: 'Amal' },
    shares: [],
    unread: 0,
    began: true,
    known: { kind: 'unasked' },
    ...more,
  };
}
const entry = (seq: number, at: number, words: object, mine = true) =>
  ({
    version: 1,
    thread: parseThreadId('0'.repeat(64)),
    seq,
    prev: '',
    at,
    by: 'ab',
    mine,
    ...words,
  }) as never;
const read = (entries: readonly never[], followUps: readonly never[] = []): ThreadView['known'] => ({
  kind: 'read',
  helper: 'stf',
  opened: { ok: true, entries, head: {} as never, helper: party, followUps, closed: false },
});

test('an empty case has nothing that comes and nothing that happened', () => {
  assert.deepEqual(comingOf(quiet, NOW, UTC), []);
  assert.deepEqual(historyOf(quiet, undefined), []);
});

test('pictures, links, messages and the way back stand in one list, the latest first, and a picture once', () => {
  const signal = {
    kind: 'pdq',
    picture: 'p',
    label: 'one',
    bankedAt: NOW - 9 * DAY,
    receipt: { kind: 'unasked' },
  };
  const rows = historyOf(
    {
      ...quiet,
      signals: [signal, { ...signal, kind: 'sha256' }] as never,
      takedowns: [
        { link: 'https://a.example/1', events: [{ type: 'added', track: 'host', at: NOW - 3 * DAY }] },
      ] as never,
      threads: [
        thread({ known: read([entry(2, NOW - DAY, { kind: 'text', text: 'secret words' }, false)]) }),
      ],
      recoveryMadeAt: NOW - 2 * DAY,
    },
    undefined,
  );
  assert.deepEqual(
    rows.map(({ what }) => what.of),
    ['message', 'recovery', 'link', 'picture'],
  );
  // Whoever looks along reads no message.
  assert.ok(!JSON.stringify(rows).includes('secret words'));
});

test('what waits for the person stands first, and a day of theirs waits for nobody before it comes', () => {
  const look = (day: string, who: string) => entry(3, NOW, { kind: 'follow-up', day, who, note: '' });
  const view = {
    ...quiet,
    takedowns: [
      { link: 'https://a.example/1', events: [{ type: 'added', track: 'host', at: NOW - 3 * DAY }] },
    ] as never,
    threads: [
      thread({
        unread: 2,
        shares: [
          { share: 's-1', items: ['notes'], until: NOW + 5 * DAY },
          { share: 's-0', items: ['notes'], until: NOW - DAY },
        ],
        known: read(
          [],
          [look('2027-05-20', 'person'), look('2027-05-01', 'person'), look('2027-05-10', 'helper')],
        ),
      }),
    ],
    recovery: {
      kind: 'watched',
      watched: { standing: 'waiting', asked: 1, givenOut: false, dueAt: NOW + DAY },
    } as never,
  };
  const coming = comingOf(view, NOW, UTC);
  assert.deepEqual(
    coming.map(({ who, what }) => `${who} ${what.of}`),
    [
      'person unread',
      'person link',
      'person look',
      'person asked',
      'nobody share',
      'helper look',
      'nobody look',
    ],
  );
});
