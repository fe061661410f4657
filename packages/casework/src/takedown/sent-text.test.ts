import assert from 'node:assert/strict';
import test from 'node:test';
import {
  hasRoomFor,
  MAX_SENT_TEXT,
  MAX_SENT_TEXTS,
  MAX_SENT_TEXTS_TOGETHER,
  parseSentTexts,
  type SentText,
} from './sent-text.ts';

const TEXT: SentText = { id: 't-1', at: 1_700_000_000_000, language: 'en', subject: 'A', body: 'B' };

test('texts are read back as they were kept', () => {
  const texts = [TEXT, { ...TEXT, id: 't-2', language: 'es', body: 'Línea\n\nالعربية' }];
  assert.deepEqual(parseSentTexts(JSON.parse(JSON.stringify(texts))), texts);
  assert.deepEqual(parseSentTexts([]), []);
});

test('a damaged text refuses the whole list, and the refusal repeats nothing of it', () => {
  const planted = 'planted-secret';
  for (const bad of [
    { ...TEXT, id: planted.toUpperCase() },
    { ...TEXT, at: -1 },
    { ...TEXT, at: 1.5 },
    { ...TEXT, language: planted },
    { ...TEXT, body: `${planted}\ud800` },
    { ...TEXT, body: 7 },
    { ...TEXT, more: planted },
    { id: 't-1' },
    planted,
    null,
  ]) {
    assert.throws(
      () => parseSentTexts([bad]),
      (error: unknown) => error instanceof TypeError && !error.message.includes(planted),
    );
  }
  assert.throws(() => parseSentTexts([TEXT, TEXT]), TypeError);
  assert.throws(() => parseSentTexts({}), TypeError);
});

test('the room ends at the length of one, at the number, and at the length of all together', () => {
  const long = (id: string, length: number): SentText => ({
    ...TEXT,
    id,
    subject: '',
    body: 'x'.repeat(length),
  });
  assert.ok(hasRoomFor([], long('a', MAX_SENT_TEXT)));
  assert.ok(!hasRoomFor([], long('a', MAX_SENT_TEXT + 1)));
  const many = Array.from({ length: MAX_SENT_TEXTS }, (_, at) => long(`t-${at}`, 1));
  assert.ok(hasRoomFor(many.slice(1), TEXT));
  assert.ok(!hasRoomFor(many, TEXT));
  const full = Array.from({ length: MAX_SENT_TEXTS_TOGETHER / MAX_SENT_TEXT }, (_, at) =>
    long(`t-${at}`, MAX_SENT_TEXT),
  );
  assert.equal(parseSentTexts(full).length, 5);
  assert.ok(!hasRoomFor(full, TEXT));
  assert.throws(() => parseSentTexts([...full, TEXT]), TypeError);
});
