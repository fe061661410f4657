import assert from 'node:assert/strict';
import test from 'node:test';
import { REGIME_ROWS, regimeById } from './regime.ts';
import { REGIMES } from './regime-order.ts';
import { RULES } from './rules.ts';

test('every regime of a rule has one row with a citation, and every row has rules', () => {
  assert.deepEqual(REGIME_ROWS.map((row) => row.id).sort(), [...REGIMES].sort());
  for (const rule of RULES) assert.equal(regimeById(rule.regime).id, rule.regime);
  for (const row of REGIME_ROWS) {
    assert.ok(row.cite.length > 5 && row.title.length > 5, row.id);
    assert.ok(
      RULES.some((rule) => rule.regime === row.id),
      row.id,
    );
  }
});

test('only the United Kingdom reaches copies that are substantially the same, and the United States identical ones', () => {
  const reach = (copies: string) => REGIME_ROWS.filter((row) => row.copies === copies).map((row) => row.id);
  assert.deepEqual(reach('substantially-the-same'), ['uk-osa']);
  assert.deepEqual(reach('identical'), ['us-tida', 'us-ut']);
});

test('a regime whose start nobody could date says so among its open points', () => {
  for (const rule of RULES.filter((each) => each.versions.some((version) => version.from === 'unknown'))) {
    assert.ok(regimeById(rule.regime).open.length > 0, rule.id);
  }
});
