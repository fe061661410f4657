import assert from 'node:assert/strict';
import test from 'node:test';
import { parseDay } from '../day.ts';
import { SURENESS } from '../source.ts';
import { limitWords } from './due.ts';
import { NOTICE_FORMS } from './element.ts';
import { ELEMENTS } from './element-row.ts';
import { pinnedVersion, pinVersions, type Rule, versionOn } from './rule.ts';
import { RULES, ruleById } from './rules.ts';

/** The deadline rules that were researched, by id: none may go missing. */
const EXPECTED =
  'US-TIDA-REMOVE US-TIDA-COPIES UK-OSA-IIC IN-INTIMATE IN-ACK IN-GRIEVANCE IN-ORDER AU-IMG-PROVIDER AU-IMG-USER AU-IMG-HOST AU-ABUSE EU-DSA-ACK EU-DSA-DECIDE EU-DSA-TF EU-DSA-SOR EU-DSA-COMPLAINT-OPEN EU-DSA-TDB EU-DSA-CRIME EU-DSA-ORDER EU-VAW US-CA-CONFIRM US-CA-UPDATE US-CA-DECIDE US-CA-BLOCK US-UT US-DMCA-REMOVE US-DMCA-PUTBACK US-2258A US-2258A-HOLD UK-NCA KR-22-5 IT-GARANTE';

test('no deadline rule is missing and none is there twice', () => {
  assert.deepEqual(RULES.map((rule) => rule.id).sort(), EXPECTED.split(' ').sort());
});

test('every version of every rule has a citation, a reading, and dates or the word unknown', () => {
  for (const rule of RULES) {
    assert.ok(rule.versions.length > 0, rule.id);
    for (const version of rule.versions) {
      assert.ok(version.source.cite.length > 5, rule.id);
      assert.ok(SURENESS.includes(version.source.sureness), rule.id);
      parseDay(version.source.lastChecked);
      if (version.from !== 'unknown') parseDay(version.from);
      assert.equal(version.from === 'unknown', version.fromSureness === 'unknown', rule.id);
      assert.ok(limitWords(version.limit).length > 0, rule.id);
    }
    assert.equal(new Set(rule.versions.map((each) => each.version)).size, rule.versions.length, rule.id);
  }
});

test('versions of a rule follow each other without overlap', () => {
  for (const { id, versions } of RULES) {
    versions.slice(1).forEach((version, at) => {
      const before = versions[at]!;
      assert.ok(before.to !== null && version.from !== 'unknown' && before.to <= version.from, id);
    });
  }
});

test('every element has a citation and belongs to a regime that says how it takes notices', () => {
  for (const element of ELEMENTS) {
    assert.ok(element.cite.length > 5, element.id);
    assert.ok(
      NOTICE_FORMS.some((form) => form.regime === element.regime),
      element.regime,
    );
  }
  const keys = ELEMENTS.map((element) => `${element.regime}/${element.id}`);
  assert.equal(new Set(keys).size, keys.length);
});

test('India: 24 hours until 2026-02-19, 2 hours from 2026-02-20', () => {
  const rule = ruleById('IN-INTIMATE');
  assert.equal(limitWords(versionOn(rule, parseDay('2026-02-19')).version.limit), '24 hours');
  assert.equal(limitWords(versionOn(rule, parseDay('2026-02-20')).version.limit), '2 hours');
  assert.equal(versionOn(rule, parseDay('2020-01-01')).kind, 'before-in-force');
});

test('a changed rule keeps its old version, and a case keeps what it was opened under', () => {
  const pins = pinVersions(RULES, parseDay('2026-02-01'));
  assert.equal(pins['IN-INTIMATE'], '2021-02-25');
  assert.equal(limitWords(pinnedVersion(ruleById('IN-INTIMATE'), pins)!.limit), '24 hours');
  assert.equal(pins['US-TIDA-REMOVE'], undefined, 'not in force yet on that day');
  const rule = ruleById('US-TIDA-REMOVE');
  const changed: Rule = {
    ...rule,
    versions: [
      { ...rule.versions[0]!, to: parseDay('2028-01-01') },
      {
        ...rule.versions[0]!,
        version: '2028-01-01',
        from: parseDay('2028-01-01'),
        limit: { kind: 'hours', count: 24 },
      },
    ],
  };
  const kept = pinVersions([changed], parseDay('2027-06-01'));
  assert.equal(limitWords(pinnedVersion(changed, kept)!.limit), '48 hours');
  assert.equal(limitWords(versionOn(changed, parseDay('2028-06-01')).version.limit), '24 hours');
  assert.equal(pinnedVersion(rule, { constructor: 'x' }), undefined);
});

test('a rule that ended and has no successor is no longer in force', () => {
  const rule = ruleById('US-CA-CONFIRM');
  const ended: Rule = { ...rule, versions: [{ ...rule.versions[0]!, to: parseDay('2027-01-01') }] };
  assert.equal(versionOn(ended, parseDay('2027-01-01')).kind, 'no-longer-in-force');
  assert.equal(versionOn(ended, parseDay('2026-12-31')).kind, 'in-force');
});
