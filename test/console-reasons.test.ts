import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { checkRecord } from '@reclaim/law/statement/record-check';
import { type TestNode, testNode } from '@reclaim/service/node.fixture';
import { type Member, makeFirstMember, makeMember } from '@reclaim/service/staff.fixture';
import { solve } from '@reclaim/vault/proof-of-work';
import { buildConsole } from '@reclaim/web/console/console-build.fixture';
import type { Browser, Page } from 'playwright-core';
import { axeFindingsInAll } from './axe.fixture.ts';
import { listenToPage, startChromium } from './console-browser.fixture.ts';

// Reasons with a removal, and the report, before a real node: what a lead sets, what a reviewer reads and sends, what the
// platform gets, and what is counted.

let webDir: string;
let browser: Browser;
let node: TestNode;
let first: Member;
let lead: Member;
let reviewer: Member;

test.before(async () => {
  webDir = mkdtempSync(path.join(tmpdir(), 'reclaim-console-'));
  await buildConsole(webDir);
  node = await testNode({ webDir, limits: { proofBits: 4 } });
  first = await makeFirstMember(node.node.store);
  lead = await makeMember(node.node.store, first, ['review', 'lead']);
  reviewer = await makeMember(node.node.store, first, ['review']);
  browser = await startChromium();
});

test.after(async () => {
  await browser?.close();
  await node?.end();
  rmSync(webDir, { recursive: true, force: true });
});

async function as(who: Member, width: number, run: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    locale: 'en',
    acceptDownloads: true,
  });
  const [name, value] = who.headers.cookie.split('=') as [string, string];
  await context.addCookies([{ name, value, url: node.node.url }]);
  try {
    const page = await context.newPage();
    const said = listenToPage(page);
    await page.goto(`${node.node.url}/console`);
    await run(page);
    assert.deepEqual(said, []);
    // Nothing goes over the edge of the window.
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
  } finally {
    await context.close();
  }
}

async function reported(id: string): Promise<string> {
  const { json } = await node.ask('POST', '/v1/reports', {
    token: node.tokens.report,
    json: { item: { id }, reason: 'intimate-without-consent' },
  });
  return json.jobId;
}

test('a lead sets the law once; from then on the usual removal is three keys, with a statement', async () => {
  const before = await reported('reasons-0');
  await as(reviewer, 1440, async (page) => {
    await page.getByText('reasons-0').click();
    await page.getByText('Intimate image, against the law').waitFor();
    await page.keyboard.press('1');
    await page.getByText('No statement is written.').waitFor();
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    await page.locator('#decided-title').waitFor();
  });
  assert.equal(
    (await node.ask('GET', `/v1/jobs/${before}/statement`, { token: node.tokens.check })).status,
    404,
  );

  await as(lead, 360, async (page) => {
    await page.getByRole('navigation').getByText('Reports', { exact: true }).click();
    await page.getByLabel('Name of the provider').fill('Example Platform Ltd');
    await page.getByLabel('Name of the service').fill('Example');
    await page.getByLabel('The law that removals usually rest on').fill('Código Penal 197.7');
    await page.getByLabel('Language of statements').selectOption('es');
    await page.getByRole('button', { name: 'Keep this' }).click();
    await page.getByText('Kept. Statements use it from now on.').waitFor();
    assert.deepEqual(await axeFindingsInAll(page, ['es']), []);
  });

  const id = await reported('reasons-1');
  await as(reviewer, 1440, async (page) => {
    await page.getByText('reasons-1').click();
    await page.getByText('Intimate image, against the law').waitFor();
    await page.keyboard.press('1');
    await page.keyboard.press('1');
    await page.locator('.statement-sheet[lang="es"]').getByText('Código Penal 197.7').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('#decided-title').waitFor();
  });
  const { status, json } = await node.ask('GET', `/v1/jobs/${id}/statement`, { token: node.tokens.check });
  assert.equal(status, 200);
  assert.equal(json.record.illegal_content_legal_ground, 'Código Penal 197.7');
  assert.equal(checkRecord(json.record).ok, true);
});

test('personal data is named as it is typed and cannot be sent; what is chosen is read before and told after', async () => {
  const id = await reported('reasons-2');
  await as(reviewer, 360, async (page) => {
    await page.getByText('reasons-2').click();
    await page.getByRole('button', { name: 'Intimate image, against the law' }).click();
    const facts = page.getByLabel('Reason in plain facts');
    await facts.fill('Asked for by rosa@mail.example in a letter.');
    await page.getByText('This could lead to a person: e-mail address (rosa@mail.example)').waitFor();
    const send = page.getByRole('button', { name: /^Decide:/ });
    assert.equal(await send.isDisabled(), true);
    await page.keyboard.press('Control+Enter');
    assert.equal(
      (await node.ask('GET', `/v1/jobs/${id}`, { token: node.tokens.review })).json.state,
      'claimed',
    );

    await facts.fill('A person looked: it is made by a machine, and shows somebody who did not agree.');
    await page.getByText('Change what it says').click();
    await page.getByLabel('What was found').selectOption('deepfake');
    await page.getByLabel('It is violence against women').check();
    await page.getByLabel('Language of the uploader').selectOption('en');
    await page.getByText('It was made or altered by technology', { exact: false }).waitFor();
    assert.deepEqual(await axeFindingsInAll(page, ['es']), []);
    const read = await page.locator('.statement-sheet').innerText();
    await send.click();
    await page.locator('#decided-title').waitFor();
    const { json } = await node.ask('GET', `/v1/jobs/${id}/statement`, { token: node.tokens.check });
    const words = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
    assert.equal(words(json.text), words(read));
    assert.deepEqual(json.record.category_specification, [
      'KEYWORD_NON_CONSENSUAL_MATERIAL_DEEPFAKE_AGAINST_WOMEN',
    ]);
  });
});

test('the report of a period is drawn, its sheets and the records are saved, and an empty period is no error', async () => {
  await as(lead, 1440, async (page) => {
    await page.getByRole('navigation').getByText('Reports', { exact: true }).click();
    // Of this week, whatever day it is: what is offered in January is the year before.
    const since = new Date(Date.now() - 7 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel('First day').fill(since);
    await page.getByLabel('Last day').fill(new Date().toISOString().slice(0, 10));
    await page.getByRole('button', { name: 'Draw the report' }).click();
    await page.getByText('Texts of sheet 11 that are missing: 6').waitFor();
    assert.equal(await page.locator('.files li').count(), 10);
    assert.deepEqual(await axeFindingsInAll(page, ['es']), []);
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save 5_own_initiative_illegal.csv' }).click();
    const file = await coming;
    assert.match(file.suggestedFilename(), /^\d{4}-\d\d-\d\d_.*_5_own_initiative_illegal\.csv$/);
    assert.ok(file.suggestedFilename().startsWith(since));
    const total = readFileSync(await file.path(), 'utf8')
      .split('\r\n')[1]!
      .split(',');
    // Three removals by law so far: one without a statement, two with.
    assert.deepEqual([total[1], total[3], total[5]], ['Example', 'TOTAL', '3']);

    const lines = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the records of statements' }).click();
    const records = readFileSync(await (await lines).path(), 'utf8')
      .trimEnd()
      .split('\n');
    assert.equal(records.length, 2);
    for (const line of records) assert.equal(checkRecord(JSON.parse(line)).ok, true);

    await page.getByLabel('First day').fill('2020-01-02');
    await page.getByLabel('Last day').fill('2020-01-01');
    await page.getByText('The last day is not before the first.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Draw the report' }).isDisabled(), true);
  });
  await as(reviewer, 1440, async (page) => {
    await page.getByRole('navigation').waitFor();
    assert.equal(await page.getByRole('navigation').getByText('Reports', { exact: true }).count(), 0);
  });
});

async function proof() {
  const { json } = await node.ask('POST', '/v1/challenges', { json: {} });
  return { challenge: json.challenge, nonce: await solve(json.challenge, json.bits) };
}

/** A notice by somebody else than the person shown. */
async function noticed(id: string): Promise<string> {
  const code = randomBytes(32).toString('base64url');
  const { status } = await node.ask('POST', '/v1/notices', {
    json: {
      proof: await proof(),
      codeSha256: createHash('sha256').update(code).digest('hex'),
      age: 'adult',
      item: { id },
      standing: 'other',
      facts: 'It should not stand there.',
      notifier: { name: '', email: 'sender@example.org' },
    },
  });
  assert.equal(status, 201);
  return code;
}
const staffAsks = (who: Member, path: string, json: object) =>
  node.ask('POST', path, { headers: who.headers, json });
async function decided(jobId: string, ruling: object): Promise<void> {
  await staffAsks(reviewer, `/v1/jobs/${jobId}/claim`, {});
  const { status } = await staffAsks(reviewer, `/v1/jobs/${jobId}/decide`, {
    ruling,
    facts: 'As the card has it.',
  });
  assert.equal(status, 200);
}
const KEEP = { outcome: 'keep', ground: 'notice-invalid' };
async function jobOf(itemId: string): Promise<string> {
  const { id } = await node.node.store.db
    .selectFrom('job')
    .select('id')
    .where('item_id', '=', itemId)
    .executeTakeFirstOrThrow();
  return id;
}

test('a complaint is answered with a removal and its statement; an uploader’s complaint has a card without any notice', async () => {
  const code = await noticed('answered-1');
  await decided(await jobOf('answered-1'), KEEP);
  const sent = await node.ask('POST', '/v1/notices/complaint', {
    json: { proof: await proof(), code, facts: 'Look again, it is she.' },
  });
  assert.equal(sent.status, 202);
  await as(lead, 360, async (page) => {
    await page.getByRole('button', { name: 'Complaints' }).click();
    await page.getByText('answered-1').click();
    await page.getByText('Look again, it is she.').waitFor();
    await page
      .getByLabel('Answer', { exact: true })
      .selectOption({ label: 'Intimate image, against the law' });
    await page.getByText('The item comes down. Whoever put it there reads the reasons below.').waitFor();
    await page
      .getByLabel('Reason in plain facts')
      .fill('It is the person who complains, and she did not agree.');
    await page.locator('.statement-sheet').getByText('Código Penal 197.7').waitFor();
    assert.deepEqual(await axeFindingsInAll(page, ['es']), []);
    await page.getByRole('button', { name: 'Send the answer' }).click();
    await page.getByText('Answered: reversed').waitFor();
  });
  const id = await jobOf('answered-1');
  const { json } = await node.ask('GET', `/v1/jobs/${id}/statement`, { token: node.tokens.check });
  assert.equal(json.record.illegal_content_legal_ground, 'Código Penal 197.7');

  const upload = await reported('answered-2');
  await decided(upload, { outcome: 'remove', ground: 'terms-intimate-image' });
  await node.ask('POST', '/v1/complaints', {
    token: node.tokens.report,
    json: { item: { id: 'answered-2' }, facts: 'It is mine, give it back.' },
  });
  await as(lead, 1440, async (page) => {
    await page.getByRole('button', { name: 'Complaints' }).click();
    await page.getByText('answered-2').click();
    await page.getByText('It is mine, give it back.').waitFor();
    await page.getByLabel('Reason in plain facts').fill('Nothing new is said in it.');
    await page.getByRole('button', { name: 'Send the answer' }).click();
    await page.getByText('Answered: the decision stands').waitFor();
  });
});

test('the misuse ladder in the console: a reviewer counts, a lead warns with the facts, and the sender reads them', async () => {
  const codes: string[] = [];
  for (const n of [1, 2, 3]) {
    codes.push(await noticed(`misused-${n}`));
    await decided(await jobOf(`misused-${n}`), KEEP);
  }
  await as(reviewer, 360, async (page) => {
    for (const n of [1, 2, 3]) {
      await page.getByRole('button', { name: 'Decided' }).click();
      await page.getByText(`misused-${n}`).click();
      await page.getByRole('button', { name: 'Count this notice as unfounded' }).click();
      const send = page.getByRole('button', { name: 'Count it' });
      assert.equal(await send.isDisabled(), true);
      await page.getByLabel('Anybody sees at once that it is so').check();
      if (n === 1) assert.deepEqual(await axeFindingsInAll(page, ['es']), []);
      await send.click();
      await page.getByRole('main').getByText('Counted.').waitFor();
      await page.getByRole('button', { name: 'Back to the queue' }).click();
    }
  });
  await as(lead, 360, async (page) => {
    await page.getByRole('navigation').getByText('Misuse', { exact: true }).click();
    await page.getByText('3 manifest of 4 in all, in 180 days').waitFor();
    await page.getByRole('button', { name: 'Warn', exact: true }).click();
    await page.getByLabel('Gravity').fill('Three lawful pictures were reported.');
    await page.getByLabel('Intention').fill('The same words each time, after each answer.');
    assert.deepEqual(await axeFindingsInAll(page, ['es']), []);
    await page.getByRole('button', { name: 'Send the warning' }).click();
    await page.getByText(/the warning stands until/).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Suspend', exact: true }).count(), 0);
    await page.getByRole('button', { name: 'Take the warning back' }).waitFor();
    assert.deepEqual(await axeFindingsInAll(page, ['es']), []);
  });
  const { json } = await node.ask('POST', '/v1/notices/status', { json: { code: codes[0] } });
  assert.deepEqual(
    json.standings.map((each: { measure: string; gravity: string }) => [each.measure, each.gravity]),
    [['warning', 'Three lawful pictures were reported.']],
  );
});

test('the lane for minors in the console: the hold with its date, a draft without a look, a number; a lock by another is taken back', async () => {
  const dark = async (id: string): Promise<void> => {
    await decided(await reported(id), { outcome: 'refer', ground: 'minor-suspected' });
  };
  await dark('dark-1');
  await dark('dark-2');
  const lane = await makeMember(node.node.store, first, ['review', 'minor-lane']);
  const openDark = async (page: Page, id: string) => {
    await page.getByRole('button', { name: 'Decided' }).click();
    await page.getByText(id).click();
    await page.getByText('The lane for minors').waitFor();
  };
  await as(lane, 360, async (page) => {
    await openDark(page, 'dark-1');
    await page.getByText('18 U.S.C. 2258A(h)').waitFor();
    await page.getByRole('button', { name: 'Draft a report' }).click();
    await page.getByLabel('Class of the industry').selectOption('B2');
    const draft = page.locator('.lane-draft');
    await draft.getByText('Class of the industry: B2').waitFor();
    assert.match(await draft.innerText(), /Viewed by a person of the provider: no/);
    const send = page.getByRole('button', { name: 'It is reported: write it down' });
    assert.equal(await send.isDisabled(), true);
    await page.getByLabel('The authority’s number of the report').fill('CT-1');
    assert.deepEqual(await axeFindingsInAll(page, ['es']), []);
    await send.click();
    await page.getByText('reported', { exact: true }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'It is not so' }).count(), 0);
  });
  await as(lane, 1440, async (page) => {
    await openDark(page, 'dark-2');
    await page.getByRole('button', { name: 'It is not so' }).click();
    await page.getByLabel('Reason in plain facts').fill('It is a landscape; the link was wrong.');
    await page.getByRole('button', { name: 'Take the lock back' }).click();
    await page.locator('#decide-title').waitFor();
  });
  await as(reviewer, 1440, async (page) => {
    await page.getByRole('button', { name: 'Decided' }).click();
    await page.locator('.queue-row').first().waitFor();
    assert.equal(await page.getByText('dark-1').count(), 0, 'the item is for the lane alone');
  });
});

test('who gave a notice in the console: one lead asks, another agrees, the first reads; an item is held meanwhile', async () => {
  await noticed('sealed-1');
  const other = await makeMember(node.node.store, first, ['review', 'lead']);
  await as(lead, 360, async (page) => {
    await page.getByText('sealed-1').click();
    await page.getByRole('button', { name: 'Hold it until it is decided' }).click();
    await page.locator('dd').getByText('Held back meanwhile').waitFor();
    await page.getByRole('button', { name: 'Who gave this notice?' }).click();
    await page.getByLabel('What do you need it for?').fill('The police asked by an order.');
    await page.getByRole('button', { name: 'Ask another lead' }).click();
    await page.getByText(/another has to agree by/).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Agree' }).count(), 0);
    await page.getByRole('button', { name: 'Back to the queue' }).click();
  });
  await as(other, 1440, async (page) => {
    await page.getByText('sealed-1').click();
    await page.getByText('The police asked by an order.').waitFor();
    await page.getByRole('button', { name: 'Agree' }).click();
    await page.getByText(/Two leads agreed/).waitFor();
    assert.equal(await page.getByText('sender@example.org').count(), 0);
  });
  await as(lead, 1440, async (page) => {
    await page.getByText('sealed-1').click();
    await page.getByRole('button', { name: 'Show me; it goes to the log' }).click();
    await page.getByText('sender@example.org').waitFor();
  });
});
