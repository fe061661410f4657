import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { RELAY_LIMITS, relayReports } from './relay-report.ts';

const FACTS = { byPersonShown: true, hostileOwner: false };

test('every link is in exactly one report, of its own host, and no report is too long', () => {
  const links = fc.array(
    fc.record({
      host: fc.constantFrom('a.example', 'b.example'),
      link: fc.nat(900).map((n) => `https://x.example/${n}`),
    }),
    { maxLength: 900 },
  );
  fc.assert(
    fc.property(links, (given) => {
      const reports = relayReports(given, FACTS);
      const sent = reports.flatMap((each) => each.links.map((link) => `${each.host} ${link}`));
      assert.equal(new Set(sent).size, sent.length);
      assert.deepEqual(new Set(sent), new Set(given.map((each) => `${each.host} ${each.link}`)));
      for (const each of reports) assert.ok(each.links.length > 0 && each.links.length <= RELAY_LIMITS.links);
    }),
    { numRuns: 30 },
  );
});

test('nobody is told a name, and a hostile owner is told nothing', () => {
  const links = [{ host: 'a.example', link: 'https://a.example/1' }];
  assert.deepEqual(relayReports(links, FACTS)[0], {
    host: 'a.example',
    links: ['https://a.example/1'],
    hostNotification: 'send-anon',
    ownerNotification: 'send-anon',
    subjectRepresentation: true,
  });
  assert.equal(relayReports(links, { ...FACTS, hostileOwner: true })[0]!.ownerNotification, 'none');
  assert.deepEqual(relayReports([], FACTS), []);
});
