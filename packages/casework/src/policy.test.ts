/**
 * The policy's table, row by row and then over everything that can be asked of it.
 * @module
 */

import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { SIGNAL_STATES } from './banked-signal.ts';
import { BANDS, judgeMatch, judgeUpload, type PolicyMatch, type Verdict } from './policy.ts';

const EITHER = [false, true];

/** Everything that can be said of one match. An exact match is one of bytes; a near one is one of pictures. */
function* everything(): Generator<{ match: PolicyMatch; agreed: boolean; negative: boolean }> {
  for (const state of SIGNAL_STATES)
    for (const band of BANDS)
      for (const judged of EITHER)
        for (const negative of EITHER)
          for (const agreed of EITHER)
            for (const family of ['pdq', 'sha256'] as const)
              for (const windowed of EITHER)
                yield { match: { family, band, state, judged, windowed }, agreed, negative };
}

/** Asserts `verdict` and `row` for each case of the whole space that `rows` selects; there must be some. */
function assertRow(
  number: number,
  verdict: Verdict,
  selects: (match: PolicyMatch, agreed: boolean, negative: boolean) => boolean,
): void {
  let cases = 0;
  for (const { match, agreed, negative } of everything()) {
    if (!selects(match, agreed, negative)) continue;
    cases++;
    const told = JSON.stringify({ match, agreed, negative });
    assert.deepEqual(judgeMatch(match, agreed, negative), { verdict, row: number }, told);
  }
  assert.ok(cases > 0, `row ${number} selects nothing`);
}

const bytesEqual = (match: PolicyMatch) =>
  match.band === 'exact' && match.family === 'sha256' && !match.windowed;
const confident = (match: PolicyMatch) =>
  !match.windowed && (match.band === 'confident' || (match.band === 'exact' && match.family === 'pdq'));
const possible = (match: PolicyMatch) => match.band === 'possible' || match.windowed;

test('row 1: no live match passes, whatever was judged or is in a negative bank', () => {
  assertRow(1, 'pass', ({ state }) => state === 'withdrawn' || state === 'expired');
  for (const negative of EITHER) assert.equal(judgeUpload({ matches: [], negative }), 'pass');
});

test('row 2: a confirmed signal with equal bytes is blocked, whatever else is said', () => {
  assertRow(2, 'block', (match) => match.state === 'confirmed' && bytesEqual(match));
});

test('row 3: a confirmed, confident match is blocked where another family agrees', () => {
  assertRow(
    3,
    'block',
    (match, agreed, negative) =>
      match.state === 'confirmed' && confident(match) && agreed && !match.judged && !negative,
  );
});

test('row 4: a confirmed, confident match alone is reviewed', () => {
  assertRow(
    4,
    'review',
    (match, agreed, negative) =>
      match.state === 'confirmed' && confident(match) && !agreed && !match.judged && !negative,
  );
});

test('row 5: a confirmed, possible match or one by a window is reviewed, even where another family agrees', () => {
  assertRow(
    5,
    'review',
    (match, _, negative) => match.state === 'confirmed' && possible(match) && !match.judged && !negative,
  );
});

test('row 6: an unconfirmed signal with equal bytes is reviewed, also against a negative bank', () => {
  assertRow(6, 'review', (match) => match.state === 'unconfirmed' && bytesEqual(match) && !match.judged);
});

test('row 7: any other unconfirmed match is reviewed', () => {
  assertRow(
    7,
    'review',
    (match, _, negative) => match.state === 'unconfirmed' && !bytesEqual(match) && !match.judged && !negative,
  );
});

test('row 8: a disputed match is reviewed; a negative bank does not silence equal bytes', () => {
  assertRow(
    8,
    'review',
    (match, _, negative) => match.state === 'disputed' && !match.judged && (!negative || bytesEqual(match)),
  );
});

test('row 9: what a reviewer found to be another picture passes, unless row 2 speaks', () => {
  assertRow(
    9,
    'pass',
    (match) =>
      match.judged &&
      match.state !== 'withdrawn' &&
      match.state !== 'expired' &&
      !(match.state === 'confirmed' && bytesEqual(match)),
  );
});

test('row 10: a negative bank silences perceptual matches', () => {
  assertRow(
    10,
    'pass',
    (match, _, negative) =>
      negative &&
      !match.judged &&
      !bytesEqual(match) &&
      match.state !== 'withdrawn' &&
      match.state !== 'expired',
  );
});

test('every case that can be asked belongs to a row, and each row answers one verdict', () => {
  const verdicts = new Map<number, Set<Verdict>>();
  let cases = 0;
  for (const { match, agreed, negative } of everything()) {
    const { row, verdict } = judgeMatch(match, agreed, negative);
    verdicts.set(row, (verdicts.get(row) ?? new Set()).add(verdict));
    cases++;
  }
  assert.equal(cases, 5 * 3 * 2 * 2 * 2 * 2 * 2);
  assert.deepEqual(
    [...verdicts].sort(([a], [b]) => a - b).map(([row, said]) => [row, ...said]),
    [
      [1, 'pass'],
      [2, 'block'],
      [3, 'block'],
      [4, 'review'],
      [5, 'review'],
      [6, 'review'],
      [7, 'review'],
      [8, 'review'],
      [9, 'pass'],
      [10, 'pass'],
    ],
  );
});

test('block is never answered without a confirmed signal and equal bytes or the agreement of another family', () => {
  for (const { match, agreed, negative } of everything()) {
    if (judgeMatch(match, agreed, negative).verdict !== 'block') continue;
    assert.equal(match.state, 'confirmed');
    assert.ok(bytesEqual(match) || (agreed && !possible(match) && !match.judged && !negative));
  }
});

const pdq: PolicyMatch = {
  family: 'pdq',
  band: 'confident',
  state: 'confirmed',
  judged: false,
  windowed: false,
};
const bytes: PolicyMatch = { ...pdq, family: 'sha256', band: 'exact' };

test('any number of PDQ matches alone, at distance 0 too, is reviewed and never blocked', () => {
  const matches = [pdq, { ...pdq, band: 'exact' as const }, { ...pdq, band: 'possible' as const }];
  assert.equal(judgeUpload({ matches, negative: false }), 'review');
  assert.equal(judgeUpload({ matches: [matches[1]!, matches[1]!], negative: false }), 'review');
});

test('another family agrees only if it is itself confirmed, near and not found wrong', () => {
  // A second family that could be near without being equal: only agreement can block here.
  const other: PolicyMatch = { ...bytes, band: 'confident' };
  const judge = (second: PolicyMatch) => judgeUpload({ matches: [pdq, second], negative: false });
  assert.equal(judge(other), 'block');
  assert.equal(judge({ ...other, state: 'unconfirmed' }), 'review');
  assert.equal(judge({ ...other, state: 'disputed' }), 'review');
  assert.equal(judge({ ...other, state: 'withdrawn' }), 'review');
  assert.equal(judge({ ...other, band: 'possible' }), 'review');
  assert.equal(judge({ ...other, judged: true }), 'review');
});

test('a window agrees with nothing and blocks nothing, however near it is', () => {
  const window: PolicyMatch = { ...pdq, band: 'exact', windowed: true };
  const other: PolicyMatch = { ...bytes, band: 'confident' };
  assert.equal(judgeUpload({ matches: [window, window], negative: false }), 'review');
  assert.equal(judgeUpload({ matches: [window, other], negative: false }), 'review');
  assert.equal(judgeUpload({ matches: [window], negative: true }), 'pass');
});

test('the strictest match decides, in whatever order they come', () => {
  const passes: PolicyMatch = { ...pdq, judged: true };
  const reviewed: PolicyMatch = { ...pdq, state: 'unconfirmed' };
  const judge = (...matches: readonly PolicyMatch[]) => judgeUpload({ matches, negative: false });
  assert.equal(judge(passes), 'pass');
  for (const pair of [[passes, reviewed] as const, [reviewed, passes] as const]) {
    assert.equal(judge(...pair), 'review');
  }
  for (const several of [[passes, reviewed, bytes] as const, [bytes, passes, reviewed] as const]) {
    assert.equal(judge(...several), 'block');
  }
});

const anyMatch: fc.Arbitrary<PolicyMatch> = fc.record({
  family: fc.constantFrom('pdq' as const, 'sha256' as const),
  band: fc.constantFrom(...BANDS),
  state: fc.constantFrom(...SIGNAL_STATES),
  judged: fc.boolean(),
  windowed: fc.boolean(),
});

test('an upload is blocked only where a confirmed signal has equal bytes or two families stand behind it', () => {
  fc.assert(
    fc.property(fc.array(anyMatch, { maxLength: 6 }), fc.boolean(), (matches, negative) => {
      const verdict = judgeUpload({ matches, negative });
      if (verdict !== 'block') return;
      const confirmed = matches.filter((match) => match.state === 'confirmed');
      const near = confirmed.filter((match) => !possible(match) && !match.judged);
      assert.ok(confirmed.some(bytesEqual) || new Set(near.map((match) => match.family)).size > 1);
    }),
  );
});

test('neither the order of matches nor a repeated one changes the verdict, and a further one never softens it', () => {
  const rank = (verdict: Verdict) => ['pass', 'review', 'block'].indexOf(verdict);
  fc.assert(
    fc.property(fc.array(anyMatch, { maxLength: 5 }), anyMatch, fc.boolean(), (matches, more, negative) => {
      const verdict = judgeUpload({ matches, negative });
      assert.equal(judgeUpload({ matches: matches.toReversed(), negative }), verdict);
      assert.equal(judgeUpload({ matches: [...matches, ...matches], negative }), verdict);
      assert.ok(rank(judgeUpload({ matches: [...matches, more], negative })) >= rank(verdict));
    }),
  );
});
