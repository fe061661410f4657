import assert from 'node:assert/strict';
import test from 'node:test';
import { PERMISSIONS, type Permission, ROLES } from './wire-staff.ts';

const offered: readonly (readonly Permission[])[] = Object.values(ROLES);

test('every permission is part of a role that the console offers, but for the lane for minors, which is given by name', () => {
  assert.deepEqual(
    PERMISSIONS.filter((each) => !offered.some((bits) => bits.includes(each))),
    ['minor-lane'],
  );
});

test('S72: no role that opens originals as one of two may invite the other one', () => {
  const withOriginals = offered.filter((bits) => bits.includes('originals'));
  assert.equal(withOriginals.length, 1);
  for (const bits of withOriginals) assert.ok(!bits.includes('people'));
});
