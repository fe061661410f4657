import assert from 'node:assert/strict';
import test from 'node:test';
import { isRejected } from '../channel/rejected-address.ts';
import { parseDay } from '../day.ts';
import { EXISTING_SYSTEMS } from './existing-system.ts';
import { GUIDES, WITHDRAWN_SERVICES } from './expired.ts';
import { type ServiceSeeker, servicesFor, showService } from './service.ts';
import { SERVICES } from './services.ts';

const TODAY = parseDay('2026-11-22');

const ids = (seeker: ServiceSeeker, day = TODAY): readonly string[] =>
  servicesFor(SERVICES, seeker, day).map((each) => each.service.id);

test('no service of the research is missing, and none is there twice', () => {
  assert.equal(SERVICES.length, SERVICE_COUNT);
  assert.equal(new Set(SERVICES.map((each) => each.id)).size, SERVICES.length);
  assert.equal(EXISTING_SYSTEMS.length, 21);
});

/** As counted in the research. */
const SERVICE_COUNT = 43;

test('every service has a source, a date or the word undated, a place and a name', () => {
  for (const each of SERVICES) {
    assert.ok(each.source.length > 3 && each.name.length > 2 && each.places.length > 0, each.id);
    assert.match(each.sourceDate, /^(undated|20\d\d(-\d\d(-\d\d)?)?)$/, each.id);
    for (const place of each.places) assert.match(place, /^(world|[A-Z]{2}(-[A-Z]+)?)$/, each.id);
    for (const url of each.urls) assert.ok(!/^https?:/.test(url) && !isRejected(url), each.id);
    for (const phone of each.phones) assert.match(phone, /^[0-9A-Z ()+/-]{3,}$/, each.id);
  }
});

test('no telephone from a third party is ever shown', () => {
  const third = SERVICES.filter((each) => each.confidence === 'C');
  assert.ok(
    third.some((each) => each.phones.length > 0),
    'there are such rows to withhold',
  );
  for (const each of third) {
    const shown = showService(each, TODAY);
    assert.deepEqual(shown.phones, []);
    assert.deepEqual(shown.service.phones, []);
    assert.equal(shown.service.contact, '');
    assert.equal(shown.state, 'to-confirm');
  }
});

test('rows expire after 180 days', () => {
  const row = SERVICES.find((each) => each.confidence === 'A')!;
  assert.equal(showService(row, parseDay('2027-04-30')).state, 'fresh');
  assert.equal(showService(row, parseDay('2027-05-01')).state, 'expired');
});

test('services of the place come before those of the world', () => {
  const found = servicesFor(SERVICES, { place: 'GB', minor: false }, TODAY).map((each) => each.service);
  assert.equal(found[0]!.places[0], 'GB');
  assert.ok(found.some((each) => each.id === 'stopncii-org'));
  assert.ok(found.some((each) => each.id === 'revenge-porn-helpline'));
  assert.ok(!found.some((each) => each.places.includes('US')));
});

test('a minor is led to services for minors and never to one for adults only', () => {
  const found = ids({ place: 'GB', minor: true });
  assert.ok(found.includes('report-remove') && found.includes('ncmec-take-it-down'));
  assert.ok(!found.includes('stopncii-org') && !found.includes('revenge-porn-helpline'));
  assert.equal(found[0], 'report-remove');
});

test('an adult is not led to a service only for minors, and unknown age keeps both', () => {
  assert.ok(!ids({ place: 'GB', minor: false }).includes('report-remove'));
  const both = ids({ place: 'GB', minor: 'unknown' });
  assert.ok(both.includes('report-remove') && both.includes('revenge-porn-helpline'));
});

test('British Columbia has its own service and that of Canada', () => {
  const found = ids({ place: 'CA-BC', minor: 'unknown' });
  assert.ok(found.includes('intimate-images-protection-service') && found.includes('cybertip-ca'));
});

test('where the place is unknown only services for the whole world are offered', () => {
  for (const each of servicesFor(SERVICES, { place: 'unknown', minor: 'unknown' }, TODAY)) {
    assert.deepEqual(each.service.places, ['world']);
  }
});

test('what is over is on no list', () => {
  for (const each of WITHDRAWN_SERVICES) assert.ok(!SERVICES.some((row) => row.name === each.name));
  assert.equal(GUIDES.length, 4);
});
