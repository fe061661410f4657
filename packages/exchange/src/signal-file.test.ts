import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { readSignalFile } from './signal-file.ts';

/** 128 ones: what a hash of a photograph has. */
const BALANCED = 'f0'.repeat(32);
const OTHER = '3c'.repeat(32);
const SHA = 'ab'.repeat(32);

test('a list in the format local_file is read line by line, in any case of letters, each value once', () => {
  const text = `\ufeffpdq ${BALANCED}\r\n\nPDQ ${OTHER.toUpperCase()}\nsha256 ${SHA}\nvideo_sha256\t${SHA}\npdq ${BALANCED}`;
  const { signals, refused, repeated } = readSignalFile(text);
  assert.deepEqual(
    signals.map(({ line, signal }) => [line, signal.kind, signal.value]),
    [
      [1, 'pdq', BALANCED],
      [3, 'pdq', OTHER],
      [4, 'sha256', SHA],
    ],
  );
  assert.deepEqual(refused, []);
  assert.equal(repeated, 2);
});

test('with a type said beside the file a value stands alone', () => {
  const { signals, refused } = readSignalFile(`${SHA}\nsha256 ${OTHER}\npdq ${BALANCED}\n`, 'sha256');
  assert.deepEqual(
    signals.map(({ signal }) => signal.kind),
    ['sha256', 'sha256', 'pdq'],
  );
  assert.deepEqual(refused, []);
});

test('what gives no signal is told by its line and a reason, and stops nothing', () => {
  const lines = [
    BALANCED,
    `video_md5 ${'a'.repeat(32)}`,
    `pdq ${'a'.repeat(63)}`,
    `pdq ${'0'.repeat(64)}`,
    `pdq ${BALANCED} and more`,
    'x'.repeat(100_000),
    `pdq ${OTHER}`,
  ];
  const { signals, refused } = readSignalFile(lines.join('\n'));
  assert.deepEqual(refused, [
    { line: 1, reason: 'not-a-line' },
    { line: 2, reason: 'other-type' },
    { line: 3, reason: 'not-hex' },
    { line: 4, reason: 'unbalanced' },
    { line: 5, reason: 'not-a-line' },
    { line: 6, reason: 'not-a-line' },
  ]);
  assert.deepEqual(
    signals.map(({ line }) => line),
    [7],
  );
});

test('no text makes the reader fail, and each line with something is a signal, a repetition or a refusal', () => {
  const piece = fc.oneof(
    fc.constantFrom('pdq ', 'sha256 ', '\n', '\r\n', ' ', '\ufeff', BALANCED, OTHER, SHA),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }),
      fc.constantFrom(undefined, 'pdq' as const),
      (parts, typed) => {
        const text = parts.join('');
        const { signals, refused, repeated } = readSignalFile(text, typed);
        const told = text
          .replace(/^\ufeff/, '')
          .split('\n')
          .filter((line) => line.trim() !== '').length;
        assert.equal(signals.length + refused.length + repeated, told);
      },
    ),
  );
});
