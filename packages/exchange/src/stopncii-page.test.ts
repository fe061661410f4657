import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { readFeedPage } from './stopncii-page.ts';
import { FROM_THE_START, feedQuestion } from './stopncii-question.ts';

const A = 'f0'.repeat(32);
const B = '3c'.repeat(32);

const record = (more: object = {}) => ({
  lastModtimestamp: 100,
  signalType: 'ImagePDQ',
  hashValue: A,
  hashStatus: 'Active',
  caseNumbers: { '1': 'Active' },
  ...more,
});

const page = (hashRecords: readonly unknown[], more: object = {}): string =>
  JSON.stringify({
    count: hashRecords.length,
    nextPageToken: null,
    nextSetTimestamp: 100,
    hasMoreRecords: false,
    hashRecords,
    ...more,
  });

function read(text: string) {
  const answer = readFeedPage(text);
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.page;
}

test('records stand or do not by their status, in either spelling of its name', () => {
  const statuses = ['Unknown', 'Received', 'Active', 'Withdrawn', 'Deleted', 'StopNCIICaseStatus.Withdrawn'];
  const live = statuses.map((hashStatus) => read(page([record({ hashStatus })])).records[0]!.live);
  assert.deepEqual(live, [true, true, true, false, false, false]);
  const spelt = read(
    page([record({ signalType: 'StopNCIISignalType.ImagePDQ', hashValue: A.toUpperCase() })]),
  );
  assert.equal(spelt.records[0]!.value, A);
});

test('of one value the last word counts', () => {
  const words = [record(), record({ hashValue: B }), record({ hashStatus: 'Withdrawn' })];
  assert.deepEqual(
    read(page(words)).records.map(({ value, live }) => [value, live]),
    [
      [B, true],
      [A, false],
    ],
  );
});

test('feedback is counted by organisation', () => {
  const said = (source: string, feedbackValue: string) => ({ source, feedbackValue, tags: [] });
  const CSPFeedbacks = [
    said('a', 'Blocked'),
    said('a', 'Blocked'),
    said('b', 'Blocked'),
    said('c', 'NotBlocked'),
  ];
  const [only] = read(page([record({ CSPFeedbacks })])).records;
  assert.deepEqual([only!.blocked, only!.notBlocked], [2, 1]);
});

test('a record that is wrong is counted by its reason and stops nothing', () => {
  const { records, refused } = read(
    page([
      record({ hashValue: undefined }),
      record({ lastModtimestamp: '100' }),
      record({ hashStatus: 'Gone' }),
      record({ signalType: 'VideoMD5', hashValue: 'a'.repeat(32) }),
      record({ hashValue: 'a'.repeat(32) }),
      record({ hashValue: '0'.repeat(64) }),
      null,
      record({ hashValue: B }),
    ]),
  );
  assert.deepEqual(refused, { malformed: 4, 'other-type': 1, 'not-hex': 1, unbalanced: 1 });
  assert.deepEqual(
    records.map(({ value }) => value),
    [B],
  );
});

test('what is taken back is taken back although it should never have been banked', () => {
  const { records } = read(page([record({ hashValue: '0'.repeat(64), hashStatus: 'Deleted' })]));
  assert.equal(records[0]!.live, false);
});

test('what is taken back is taken back whatever is wrong with the rest of its record', () => {
  for (const wrong of [
    { lastModtimestamp: undefined },
    { lastModtimestamp: '100' },
    { CSPFeedbacks: 'none' },
    { CSPFeedbacks: [{ source: 'a' }] },
  ]) {
    const { records, refused } = read(page([record({ ...wrong, hashStatus: 'Withdrawn' })]));
    assert.deepEqual(records, [{ value: A, live: false, blocked: 0, notBlocked: 0 }]);
    assert.equal(refused.malformed, 0);
    assert.equal(
      read(page([record(wrong)])).refused.malformed,
      1,
      'what stands is banked as a whole or not at all',
    );
  }
});

test('a page of the most records is read, and its last one too', () => {
  const most = Array.from({ length: 20_000 }, (_, at) => (at === 19_999 ? record() : null));
  assert.equal(read(page(most)).records.length, 1);
  assert.equal(read(page([], { hasMoreRecords: true, nextPageToken: 'more' })).token, 'more');
  assert.equal(read(page([], { nextPageToken: 'more' })).token, undefined);
});

test('a page whose frame is wrong is refused whole', () => {
  assert.deepEqual(readFeedPage('<html>'), { ok: false, reason: 'not-json' });
  for (const wrong of [
    { nextSetTimestamp: -1 },
    { nextSetTimestamp: 1.5 },
    { hasMoreRecords: 'no' },
    { hashRecords: {} },
  ]) {
    assert.deepEqual(readFeedPage(page([record()], wrong)), { ok: false, reason: 'not-a-page' });
  }
  assert.deepEqual(readFeedPage(page([], { hasMoreRecords: true })), { ok: false, reason: 'no-progress' });
  const many = Array.from({ length: 20_001 }, () => null);
  assert.deepEqual(readFeedPage(page(many)), { ok: false, reason: 'too-many-records' });
});

test('no text makes the reader fail, and what it gives is whole', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.json(),
    fc
      .array(
        fc.oneof(fc.jsonValue(), fc.record({ signalType: fc.constant('ImagePDQ'), hashValue: fc.string() })),
      )
      .map((records) => page(records)),
  );
  fc.assert(
    fc.property(anything, (text) => {
      const answer = readFeedPage(text);
      if (!answer.ok) return;
      for (const { value } of answer.page.records) assert.match(value, /^[0-9a-f]{64}$/);
    }),
  );
});

test('the question bears the keys as headers, and nothing of them in the address', () => {
  const access = { baseUrl: 'https://feed.example/v1/', functionKey: 'one', subscriptionKey: 'two' };
  const { url, headers } = feedQuestion(access, FROM_THE_START, 'a b&c');
  assert.equal(
    url,
    'https://feed.example/v1/FetchHashes?startTimestamp=10&pageSize=800&nextPageToken=a+b%26c',
  );
  assert.deepEqual(headers, { 'x-functions-key': 'one', 'ocp-apim-subscription-key': 'two' });
});
