import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, test } from 'node:test';
import { checkRecord } from '@reclaim/law/statement/record-check';
import { recordsAfter } from '@reclaim/store/event-log';
import { beginSession } from '@reclaim/store/staff-credentials';
import { forgetOldStatements } from '@reclaim/store/statements';
import { testNode } from './node.fixture.ts';
import { headersOf, type Member, makeFirstMember, makeMember } from './staff.fixture.ts';

let clock = Date.UTC(2026, 10, 20, 10);
const { node, tokens, ask, logged, end } = await testNode({ now: () => clock });
after(end);
const first = await makeFirstMember(node.store);
const rowan = await makeMember(node.store, first, ['review']);
const linden = await makeMember(node.store, first, ['review', 'lead']);
const willow = await makeMember(node.store, first, ['audit']);

const as = async (who: Member, method: string, path: string, json?: object) => {
  const headers = headersOf(await beginSession(node.store, who.staff.id));
  return ask(method, path, { headers, ...(json === undefined ? {} : { json }) });
};

const STATEMENT = {
  finding: 'authentic',
  ground: { kind: 'law', cite: 'Código Penal 197.7' },
  language: 'es',
};
const FACTS = 'The picture is the same as a protected one, and a person looked at both.';
let items = 0;

/** A reported item, decided with a statement. */
async function decided(ruling: object, statement: object | undefined, facts = FACTS) {
  const item = { id: `accounted-${++items}` };
  const report = await ask('POST', '/v1/reports', {
    token: tokens.report,
    json: { item, reason: 'intimate-without-consent' },
  });
  const id: string = report.json.jobId;
  assert.equal((await as(rowan, 'POST', `/v1/jobs/${id}/claim`, {})).status, 200);
  const body = { ruling, facts, ...(statement === undefined ? {} : { statement }) };
  return { id, item, answer: await as(rowan, 'POST', `/v1/jobs/${id}/decide`, body) };
}
const REMOVE = { outcome: 'remove', ground: 'intimate-image-law' };

test('a removal with a statement: the platform reads it, and its record is one that the database takes', async () => {
  const { id, answer } = await decided(REMOVE, STATEMENT);
  assert.equal(answer.status, 200);
  const { status, json } = await ask('GET', `/v1/jobs/${id}/statement`, { token: tokens.check });
  assert.equal(status, 200);
  assert.equal(json.language, 'es');
  assert.match(json.text, /Retiramos un contenido que usted publicó\..*20 de noviembre de 2026/s);
  assert.match(json.text, /Actuamos después de un aviso\. The picture is the same/);
  assert.deepEqual(
    json.sections.map(({ part }: { part: string }) => part),
    ['restriction', 'facts', 'automation', 'ground', 'redress'],
  );
  assert.equal(checkRecord(json.record).ok, true);
  assert.equal(json.record.puid, answer.json.decision.id);
  assert.equal(json.record.source_type, 'SOURCE_TYPE_OTHER_NOTIFICATION');
  assert.equal(json.record.automated_detection, 'No');
});

test('personal data in the facts: nothing is decided, and the place is named without the words', async () => {
  const { id, answer } = await decided(
    REMOVE,
    STATEMENT,
    'Asked for by rosa.planted@mail.example in a letter.',
  );
  assert.equal(answer.status, 422);
  assert.equal(answer.json.type, '/problems/statement-faults');
  assert.deepEqual(answer.json.invalid, [{ pointer: '/facts', rule: 'personal-data' }]);
  assert.doesNotMatch(answer.text, /planted/);
  assert.equal((await as(rowan, 'GET', `/v1/jobs/${id}`)).json.state, 'claimed');
  assert.equal((await ask('GET', `/v1/jobs/${id}/statement`, { token: tokens.check })).status, 404);
  assert.doesNotMatch(logged.join('\n'), /planted/);
});

test('a day that the calendar does not have, and an item from the future, are refused by place', async () => {
  for (const [contentDay, rule] of [
    ['2026-02-30', 'not-a-day'],
    ['2026-11-21', 'applied-before-content'],
    ['1999-01-01', 'day-out-of-range'],
  ] as const) {
    const { answer } = await decided(REMOVE, { ...STATEMENT, contentDay });
    assert.deepEqual(
      [answer.status, answer.json.invalid],
      [422, [{ pointer: '/statement/contentDay', rule }]],
    );
  }
});

test('a minor is no finding of a statement, and what is let stand has none', async () => {
  const minor = await decided(REMOVE, { ...STATEMENT, finding: 'minor' });
  assert.equal(minor.answer.status, 400);
  const kept = await decided({ outcome: 'keep', ground: 'not-intimate' }, STATEMENT);
  assert.equal(kept.answer.status, 200);
  assert.equal((await ask('GET', `/v1/jobs/${kept.id}/statement`, { token: tokens.check })).status, 404);
});

test('an undone decision takes its statement back; the record stays in the period in which it was made', async () => {
  const { id, answer } = await decided(REMOVE, STATEMENT);
  const puid = answer.json.decision.id;
  assert.equal(
    (await as(rowan, 'POST', `/v1/jobs/${id}/undo`, { facts: 'It was the wrong picture after all.' })).status,
    200,
  );
  assert.equal((await ask('GET', `/v1/jobs/${id}/statement`, { token: tokens.check })).status, 404);
  const lines = await as(linden, 'GET', '/v1/statements?from=2026-11-20&to=2026-11-20');
  assert.match(lines.headers.get('content-type') ?? '', /^application\/x-ndjson/);
  assert.ok(lines.text.split('\n').some((line) => line.includes(puid)));
  for (const line of lines.text.trimEnd().split('\n')) assert.equal(checkRecord(JSON.parse(line)).ok, true);
  const empty = await as(linden, 'GET', '/v1/statements?from=2026-11-21&to=2026-11-21');
  assert.deepEqual([empty.status, empty.text], [200, '']);
});

test('what is ruled later to perhaps show a minor keeps no statement', async () => {
  const { id, answer } = await decided(REMOVE, STATEMENT);
  assert.equal(answer.status, 200);
  const undo = { facts: 'It has to be looked at by the lane.' };
  assert.equal((await as(rowan, 'POST', `/v1/jobs/${id}/undo`, undo)).status, 200);
  assert.equal((await as(rowan, 'POST', `/v1/jobs/${id}/claim`, {})).status, 200);
  const minor = {
    ruling: { outcome: 'refer', ground: 'minor-suspected' },
    facts: 'A minor may be shown here.',
  };
  assert.equal((await as(rowan, 'POST', `/v1/jobs/${id}/decide`, minor)).status, 200);
  const left = await node.store.db
    .selectFrom('statement')
    .selectAll()
    .where('job_id', '=', id as never)
    .execute();
  assert.deepEqual(left, []);
});

test('the report of the year counts what the log holds, and is itself in the log', async () => {
  const notes = (
    await decided(
      { outcome: 'remove', ground: 'terms-intimate-image' },
      {
        ...STATEMENT,
        ground: { kind: 'terms', clause: 'Section 4', alsoIllegal: true },
        finding: 'deepfake',
        againstWomen: true,
      },
    )
  ).answer.status;
  assert.equal(notes, 200);
  assert.equal(
    (
      await as(linden, 'PUT', '/v1/accountability', {
        provider: 'Example Platform Ltd',
        service: 'Example',
        language: 'en',
        lawCite: '',
        lawUrl: '',
        termsClause: '',
        termsUrl: '',
      })
    ).status,
    200,
  );
  const drawn = await as(willow, 'POST', '/v1/transparency-reports', {
    from: '2026-01-01',
    to: '2026-12-31',
    texts: { 'automated-means': 'Fingerprints of uploads are compared with those of protected pictures.' },
  });
  assert.equal(drawn.status, 200);
  const files = new Map<string, string>(
    drawn.json.files.map(({ name, text }: { name: string; text: string }) => [name, text]),
  );
  assert.equal(files.size, 10);
  assert.equal(drawn.json.missingTexts.length, 5);
  const total = (name: string) => files.get(name)!.split('\r\n')[1]!.split(',');
  // Three removals by law (two were undone later: they were taken) and one by terms; none after a notice.
  assert.deepEqual(total('5_own_initiative_illegal.csv').slice(1, 9), [
    'Example',
    '2026-01-01/2026-12-31',
    'TOTAL',
    '',
    '3',
    '0',
    '3',
    '0',
  ]);
  assert.equal(total('6_own_initiative_TC.csv')[5], '1');
  const row = files
    .get('6_own_initiative_TC.csv')!
    .split('\r\n')
    .find((line) => line.includes('DEEPFAKE_AGAINST_WOMEN'));
  assert.equal(row!.split(',')[5], '1');
  assert.match(files.get('1_summary.csv')!, /Name of the service provider,Example Platform Ltd\r\n/);

  const records = await recordsAfter(node.store.db, 0, 10_000);
  const noted = records.findLast(({ type }) => type === 'report-drawn')!;
  const hashes = (noted.data as { files: Record<string, string> }).files;
  for (const [name, text] of files) {
    assert.equal(hashes[name], createHash('sha256').update(text).digest('hex'), name);
  }
});

test('a text with an address of a person, and a period that ends before it begins, are refused by place', async () => {
  const period = { from: '2026-01-01', to: '2026-12-31' };
  const text = await as(linden, 'POST', '/v1/transparency-reports', {
    ...period,
    texts: { accuracy: 'ask rosa@mail.example' },
  });
  assert.deepEqual(
    [text.status, text.json.invalid],
    [400, [{ pointer: '/texts/accuracy', rule: 'personal-data' }]],
  );
  const turned = await as(linden, 'POST', '/v1/transparency-reports', {
    from: '2026-12-31',
    to: '2026-01-01',
  });
  assert.deepEqual(turned.json.invalid, [{ pointer: '/to', rule: 'not-before-from' }]);
  const day = await as(linden, 'GET', '/v1/statements?from=2026-02-30&to=2026-12-31');
  assert.deepEqual([day.status, day.json.invalid], [400, [{ pointer: '/from', rule: 'day' }]]);
});

test('nothing of a person and no item stands in a statement, and after five years it is gone', async () => {
  const rows = await node.store.db.selectFrom('statement').selectAll().execute();
  assert.ok(rows.length >= 3);
  for (const row of rows) assert.doesNotMatch(JSON.stringify(row), /accounted-|key_|stf_/);
  assert.equal(await forgetOldStatements(node.store), 0);
  clock = Date.UTC(2031, 11, 1);
  // Or the node's own chore was first.
  await forgetOldStatements(node.store);
  assert.equal((await node.store.db.selectFrom('statement').selectAll().execute()).length, 0);
});

test('a statement of what a key decided says what the platform declares, and without that there is none', async () => {
  const item = { id: `accounted-${++items}` };
  const json = { item, reason: 'intimate-without-consent' };
  const { jobId: id } = (await ask('POST', '/v1/reports', { token: tokens.report, json })).json;
  const token = tokens.review;
  assert.equal((await ask('POST', `/v1/jobs/${id}/claim`, { token, json: {} })).status, 200);
  const body = { ruling: REMOVE, facts: FACTS, statement: STATEMENT };
  const refused = await ask('POST', `/v1/jobs/${id}/decide`, { token, json: body });
  assert.equal(refused.status, 422);
  assert.deepEqual(refused.json.invalid, [{ pointer: '/automated', rule: 'missing' }]);
  const declared = { ...body, automated: 'partly' };
  assert.equal((await ask('POST', `/v1/jobs/${id}/decide`, { token, json: declared })).status, 200);
  const { record } = (await ask('GET', `/v1/jobs/${id}/statement`, { token: tokens.check })).json;
  assert.equal(record.automated_decision, 'AUTOMATED_DECISION_PARTIALLY');
});

test('what was published is written down with its digests, a correction names what it corrects, and anybody reads the list', async () => {
  const version = (more: object = {}) => ({
    kind: 'transparency-report',
    title: 'Report of 2026',
    publishedOn: '2027-02-20',
    files: [{ name: '4_notices.csv', sha256: 'a'.repeat(64) }],
    ...more,
  });
  const note = (who: Member, body: object) => as(who, 'POST', '/v1/publications', body);
  assert.equal((await note(rowan, version())).status, 403);
  assert.equal((await note(linden, version({ publishedOn: '2027-02-30' }))).status, 400);
  assert.equal((await note(linden, version({ files: [] }))).status, 400);
  const one = await note(linden, version());
  assert.equal(one.status, 201);
  const other = version({ kind: 'terms', corrects: one.json.id });
  assert.equal((await note(linden, other)).status, 400, 'terms correct no report');
  const two = await note(
    linden,
    version({ publishedOn: '2027-03-01', corrects: one.json.id, note: 'Sheet 4 was wrong.' }),
  );
  const { status, json } = await ask('GET', '/v1/publications');
  assert.equal(status, 200);
  assert.deepEqual(
    json.publications.map((each: { id: string; corrects?: string; correctedBy?: string }) => [
      each.id,
      each.corrects,
      each.correctedBy,
    ]),
    [
      [two.json.id, one.json.id, undefined],
      [one.json.id, undefined, two.json.id],
    ],
  );
  const records = await recordsAfter(node.store.db, 0, 100_000);
  const [noted] = records.filter(({ type }) => type === 'published');
  assert.deepEqual((noted!.data as { files: object }).files, { '4_notices.csv': 'a'.repeat(64) });
});
