/**
 * Story: somebody keeps proof at their own pace, in a real browser before a real node and a real authority: adds a link, a
 * picture and messages, keeps them with a code, comes back on another device, makes a package, and has it checked by
 * programs that are not ours. What the node holds says nothing of it; what is taken back is gone.
 * @module
 */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { findPlanted } from '@reclaim/store/planted.fixture';
import {
  type ListeningAuthority,
  listeningAuthority,
} from '@reclaim/vault/timestamp/authority-server.fixture';
import { fill } from '@reclaim/web/ui/language';
import { ar } from '@reclaim/web/ui/words/evidence/ar';
import { en as say } from '@reclaim/web/ui/words/evidence/en';
import { es } from '@reclaim/web/ui/words/evidence/es';
import type { Page } from 'playwright-core';
import { axeFindings } from './axe.fixture.ts';
import { plantedWith } from './database-dump.fixture.ts';
import { landscape } from './portal-landscape.fixture.ts';
import { type PortalWalk, portalWalk, press, walkToNeeds, words } from './portal-walk.fixture.ts';

let walk: PortalWalk;
let authority: ListeningAuthority;
before(async () => {
  authority = await listeningAuthority('Local Root');
  walk = await portalWalk({
    timestampAuthorities: [{ id: 'local', name: 'Local', url: authority.url, roots: authority.rootPem }],
  });
});
after(async () => {
  await walk.end();
  await authority.end();
});

const heading = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

/** What is planted, and must stand nowhere with the node: words, a link, names. */
const PLANTED = {
  link: 'https://planted-host.example/p/4711',
  handle: '@planted.handle',
  message: 'planted message: send it or I post it',
  note: 'planted note about the street',
  file: 'planted-name.jpg',
} as const;

async function walkToProof(page: Page): Promise<void> {
  await walkToNeeds(page);
  await press(page, words.needs.evidence);
  await press(page, words.evidence.begin);
  await heading(page, say.list.title);
}

async function add(page: Page, kind: keyof typeof say.kinds, fill: () => Promise<void>): Promise<void> {
  await press(page, say.list.add);
  await press(page, say.kinds[kind]);
  await heading(page, say.kinds[kind]);
  await fill();
  await page.getByRole('button', { name: say.add.keep, exact: true }).click();
  await heading(page, say.list.title);
}

async function addThree(page: Page, picture: Buffer): Promise<void> {
  await add(page, 'link', async () => {
    await page.getByLabel(say.add.link).fill(PLANTED.link);
    await page.getByText(say.add.more).click();
    await page.getByLabel(say.add.handle).fill(PLANTED.handle);
    await page.getByLabel(say.add.notes).fill(PLANTED.note);
  });
  await add(page, 'screenshot', async () => {
    const file = { name: PLANTED.file, mimeType: 'image/jpeg', buffer: picture };
    await page.locator('input[type=file]').setInputFiles([file]);
    await page.getByText(PLANTED.file).waitFor();
  });
  await add(page, 'message-export', async () => {
    await page.getByLabel(say.add.text).fill(PLANTED.message);
  });
}

async function download(page: Page): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: say.package.save }).click(),
  ]);
  return { name: saved.suggestedFilename(), bytes: readFileSync(await saved.path()) };
}

test('S16, S28, S30: from the first page to a package that sha256sum, openssl and reclaim verify accept, and nothing of it with the node', async () => {
  const { page, asked, complaints } = await walk.open({ acceptDownloads: true });
  await walkToProof(page);
  await page.getByText(say.list.none).waitFor();
  const picture = await landscape(11);
  await addThree(page, picture);
  // Clocks that agree are not spoken of.
  assert.equal(await page.getByText(say.clock.note).count(), 0);
  await page.waitForFunction(() => document.querySelectorAll('main li.card').length === 3);
  // S30, S73: the list shows no picture, covered or not.
  assert.equal(await page.locator('main img').count(), 0);
  await page.getByText(say.list.allStamped).waitFor();
  assert.equal(authority.asked.length, 3);

  // A look at the original asks for what it is; the covered copy is blurred; nothing is shown before a hold.
  await page.getByRole('button', { name: new RegExp(`^${say.list.open}: ${say.kinds.screenshot}`) }).click();
  await heading(page, say.kinds.screenshot);
  const covered = page.getByRole('button', { name: say.look.covered });
  await covered.waitFor();
  assert.equal(await page.locator('main img').count(), 0);
  await covered.focus();
  await page.keyboard.down('Space');
  await page.locator('main img.shown').waitFor();
  await page.keyboard.up('Space');
  assert.equal(await page.locator('main img').count(), 0);
  assert.equal(await page.getByRole('button', { name: say.look.reveal }).count(), 0);
  await page.getByLabel(say.look.reason).fill('to read the account');
  await press(page, say.look.reveal);
  await page.getByRole('button', { name: say.look.original }).waitFor();
  await press(page, words.frame.back);

  // Kept with a code.
  await press(page, say.list.keep);
  await heading(page, words.code.title);
  await page.locator('.code-words .group').first().waitFor();
  const code = (await page.locator('.code-words .group').allTextContents()).join(' ');
  await press(page, words.code.wrote);
  await page.getByLabel(words.typeback.label).fill(code);
  await press(page, words.typeback.sendCase);
  await heading(page, words.kept.title);
  await press(page, words.kept.status);
  await heading(page, words.status.title);
  await press(page, words.needs.evidence);
  await page.getByText(say.list.kept).waitFor();
  await page.waitForFunction(() => document.querySelectorAll('main li.card').length === 3);

  // Nothing of it left the device in the clear, and nothing lies with the node in any form.
  assert.equal((await walk.node.node.store.db.selectFrom('evidence_record').selectAll().execute()).length, 1);
  const planted = { ...PLANTED, piece: picture.subarray(100, 140), code };
  const sent = asked.map(({ url, body }) => ({ where: url, bytes: Buffer.from(body ?? '') }));
  assert.ok(sent.some(({ bytes }) => bytes.length > 10_000));
  assert.deepEqual(findPlanted(sent, planted), [], 'something of it left the device');
  assert.deepEqual(await plantedWith(walk.node, planted), [], 'something of it lies with the node');

  // The package, with its picture, handed over with a tick of one's own.
  await press(page, say.list.make);
  await heading(page, say.package.title);
  await page.getByLabel(say.package.pictures).selectOption('open');
  await page.getByLabel(say.package.hand).check();
  await press(page, say.package.make);
  await page.getByText(say.package.needConsent).waitFor();
  await page.getByLabel(say.package.to).fill('Police, station 4');
  await page.getByLabel(say.package.consent).check();
  await press(page, say.package.make);
  await heading(page, say.package.done);
  assert.ok(await page.getByText(say.package.stamped).isVisible());
  const saved = await download(page);
  // S16: a name that says nothing.
  assert.match(saved.name, /^case-[0-9a-f]{8}-\d{8}\.zip$/);
  assert.deepEqual(complaints, []);
  await page.context().close();

  const folder = mkdtempSync(path.join(tmpdir(), 'reclaim-evidence-'));
  try {
    writeFileSync(path.join(folder, saved.name), saved.bytes);
    writeFileSync(path.join(folder, 'root.pem'), authority.rootPem);
    const run = (cwd: string, program: string, ...args: readonly string[]) =>
      execFileSync(program, [...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    run(folder, 'unzip', '-q', saved.name, '-d', 'there');
    const there = path.join(folder, 'there');
    assert.doesNotMatch(run(there, 'sha256sum', '-c', 'SHA256SUMS'), /FAILED/);
    const replies = readdirSync(path.join(there, 'timestamps')).filter((name) => name.endsWith('.tsr'));
    assert.equal(replies.length, 4);
    for (const reply of replies) {
      const base = `timestamps/${reply.slice(0, -4)}`;
      const [name] = reply.split('-');
      const chain = ['-untrusted', `${base}-chain.pem`, '-CAfile', `${base}-root.pem`];
      const data = ['-data', `timestamps/${name}.json`, '-in', `${base}.tsr`];
      assert.match(run(there, 'openssl', 'ts', '-verify', ...data, ...chain), /Verification: OK/);
    }
    const main = path.join(import.meta.dirname, '../packages/cli/src/main.ts');
    const said = run(folder, process.execPath, main, 'verify', saved.name, '--trust', 'root.pem', '--json');
    const document = JSON.parse(said) as { ok: boolean; package: { to: string }; stamps: readonly unknown[] };
    assert.deepEqual(
      [document.ok, document.package.to, document.stamps.length],
      [true, 'Police, station 4', 4],
    );
    assert.equal(readFileSync(path.join(there, 'report.pdf')).subarray(0, 5).toString(), '%PDF-');
    const custody = readFileSync(path.join(there, 'custody.jsonl'), 'utf8');
    for (const action of [
      'created',
      'captured',
      'stamped',
      'viewed-shielded',
      'viewed-original',
      'shared-with',
    ])
      assert.ok(custody.includes(`"action":"${action}"`), action);
    assert.ok(custody.includes('to read the account'));
    const [original] = readdirSync(path.join(there, 'items'))
      .flatMap((item) =>
        readdirSync(path.join(there, 'items', item)).map((name) => path.join(there, 'items', item, name)),
      )
      .filter((name) => name.endsWith('original.jpg'));
    assert.ok(readFileSync(original!).equals(picture), 'the original is exactly as it was');

    await checkOffline(folder, saved);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  await comeBack(code, picture);
});

/** The page inside of the package, from a disk and without a network, names a changed byte by its item. */
async function checkOffline(
  folder: string,
  saved: { readonly name: string; readonly bytes: Buffer },
): Promise<void> {
  // Not from the portal's page: what that one still fetches would be refused, and be complained of here.
  const { page, asked, complaints } = await walk.open({}, 'about:blank');
  await page.context().setOffline(true);
  await page.goto(pathToFileURL(path.join(folder, 'there/verify.html')).href);
  const status = page.locator('#status');
  await page.locator('#package').setInputFiles(path.join(folder, saved.name));
  await page.getByText('It verifies: nothing was changed.').waitFor();
  await page.locator('#trust').setInputFiles(path.join(folder, 'root.pem'));
  await page.getByText('trusted').first().waitFor();
  assert.equal(await status.textContent(), 'It verifies: nothing was changed.');
  const changed = Buffer.from(saved.bytes);
  const at = changed.indexOf(Buffer.from(PLANTED.message));
  changed[at]! ^= 1;
  writeFileSync(path.join(folder, 'changed.zip'), changed);
  await page.locator('#package').setInputFiles(path.join(folder, 'changed.zip'));
  await page.getByText(/It does not verify/).waitFor();
  await page.getByText(/original\.txt, item [0-9a-f]{16}: the file is not the one that was put in/).waitFor();
  // In the portal's languages, switched on the page, with what was found said again in each.
  for (const [language, direction, found] of [
    ['es', 'ltr', /original\.txt, elemento [0-9a-f]{16}: el fichero no es el que se metió/],
    ['ar', 'rtl', /الملف ليس الذي وُضع/],
    ['en', 'ltr', /the file is not the one that was put in/],
  ] as const) {
    await page.locator('#language').selectOption(language);
    await page.getByText(found).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.dir), direction);
    assert.deepEqual(await axeFindings(page), []);
    const shots = process.env['EVIDENCE_SHOTS'];
    if (shots !== undefined)
      await page.screenshot({ path: path.join(shots, `verify-${language}.png`), fullPage: true });
  }
  assert.ok(asked.length > 0);
  assert.ok(asked.every(({ url }) => url.startsWith('file:') || url.startsWith('blob:')));
  assert.deepEqual(complaints, []);
  await page.context().close();
}

/** A package of one thing, its picture sealed to the case: the plain `age` opens it with the exported key, and verifies as ever. */
async function checkSealed(page: Page, picture: Buffer): Promise<void> {
  await press(page, say.list.make);
  await heading(page, say.package.title);
  await page.getByText(say.package.choose).click();
  for (const kind of ['link', 'message-export'] as const)
    await page.getByLabel(new RegExp(`^${say.kinds[kind]}`)).uncheck();
  await page.getByText('1 thing goes in.').waitFor();
  await page.getByLabel(say.package.pictures).selectOption('sealed');
  await page.getByText(say.package.keyTitle).click();
  await press(page, say.package.keyMake);
  const [key] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: say.package.keySave }).click(),
  ]);
  await press(page, say.package.make);
  await heading(page, say.package.done);
  const saved = await download(page);
  const folder = mkdtempSync(path.join(tmpdir(), 'reclaim-sealed-'));
  try {
    writeFileSync(path.join(folder, saved.name), saved.bytes);
    writeFileSync(path.join(folder, 'key.txt'), readFileSync(await key.path()));
    execFileSync('unzip', ['-q', saved.name, '-d', 'there'], { cwd: folder });
    const items = readdirSync(path.join(folder, 'there/items'));
    assert.equal(items.length, 1);
    const sealed = path.join(folder, 'there/items', items[0]!, 'original.jpg.age');
    assert.ok(!readFileSync(sealed).includes(picture.subarray(100, 140)));
    const opened = execFileSync('age', ['--decrypt', '--identity', 'key.txt', sealed], { cwd: folder });
    assert.ok(opened.equals(picture), 'age opens what was sealed, exactly as it was');
    const main = path.join(import.meta.dirname, '../packages/cli/src/main.ts');
    const args = [main, 'verify', saved.name, '--json'];
    const said = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    assert.equal((JSON.parse(said) as { ok: boolean }).ok, true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  await press(page, words.frame.back);
  await heading(page, say.list.title);
}

/** On another device: the list is there, the picture is not until it is shown again; then everything is taken back. */
async function comeBack(code: string, picture: Buffer): Promise<void> {
  const { page } = await walk.open({ acceptDownloads: true });
  await press(page, words.start.haveCode);
  await page.getByLabel(words.open.label).fill(code);
  await press(page, words.open.open);
  await heading(page, words.status.title);
  await press(page, words.needs.evidence);
  if ((await page.getByRole('heading', { level: 1, name: words.safety.title }).count()) > 0)
    await press(page, words.safety.goOn);
  if ((await page.getByRole('heading', { level: 1, name: words.age.title }).count()) > 0) {
    await press(page, words.age.no);
    await press(page, words.needs.evidence);
    await press(page, words.evidence.begin);
  }
  await heading(page, say.list.title);
  await page.waitForFunction(() => document.querySelectorAll('main li.card').length === 3);
  await page.getByText(say.list.missing).waitFor();
  await page.locator('input[type=file]').setInputFiles([
    { name: 'another-name.jpg', mimeType: 'image/jpeg', buffer: picture },
    { name: 'unrelated.jpg', mimeType: 'image/jpeg', buffer: await landscape(12) },
  ]);
  await page.getByText('1 file is here again.').waitFor();
  await checkSealed(page, picture);
  // One thing is erased, with a second press.
  await page.getByRole('button', { name: new RegExp(`^${say.list.open}: ${say.kinds.link}`) }).click();
  await heading(page, say.kinds.link);
  await press(page, say.look.erase);
  await press(page, say.look.eraseYes);
  await heading(page, say.list.title);
  await page.waitForFunction(() => document.querySelectorAll('main li.card').length === 2);
  await page.getByText(say.list.kept).waitFor();
  // S28: everything, in one action.
  await press(page, words.kept.status);
  await press(page, words.status.withdraw);
  await press(page, words.withdraw.yes);
  await heading(page, words.erased.title);
  assert.deepEqual(await walk.node.node.store.db.selectFrom('evidence_record').selectAll().execute(), []);
  await page.context().close();
}

test('a mail has its header lines beside it, in the item and in the package, byte for byte and by a sum of their own', async () => {
  const { page, complaints } = await walk.open({ acceptDownloads: true });
  const headers = [
    'Received: from relay.example by in.example; Thu, 1 Jan 2026 10:00:00 +0000',
    'From: Someone <someone@mail.example>',
    'Subject: =?utf-8?q?planted?=',
    '\tsubject',
    '',
  ].join('\r\n');
  await walkToProof(page);
  await add(page, 'email', async () => {
    const buffer = Buffer.from(`${headers}\r\nsend it or I post it`);
    const file = { name: 'mail.eml', mimeType: 'message/rfc822', buffer };
    await page.locator('input[type=file]').setInputFiles([file]);
    await page.getByText(fill(say.add.chosen, { name: 'mail.eml' })).waitFor();
  });
  await page.getByRole('button', { name: new RegExp(`^${say.list.open}: ${say.kinds.email}`) }).click();
  await heading(page, say.kinds.email);
  const sum = createHash('sha256').update(headers).digest('hex');
  await page.getByText(say.look.headers).waitFor();
  await page.getByText(sum).waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await press(page, words.frame.back);
  await press(page, say.list.make);
  await heading(page, say.package.title);
  await press(page, say.package.make);
  await heading(page, say.package.done);
  const saved = await download(page);
  const folder = mkdtempSync(path.join(tmpdir(), 'reclaim-evidence-'));
  try {
    const file = path.join(folder, saved.name);
    writeFileSync(file, saved.bytes);
    const names = execFileSync('unzip', ['-Z1', file], { encoding: 'utf8' }).split('\n');
    const of = (pattern: RegExp) => names.filter((name) => pattern.test(name));
    assert.equal(of(/headers/).length, 1, names.join());
    const kept = execFileSync('unzip', ['-p', file, ...of(/headers/)]);
    assert.equal(kept.toString('latin1'), headers);
    const sums = execFileSync('unzip', ['-p', file, 'SHA256SUMS'], { encoding: 'utf8' });
    assert.ok(sums.includes(sum));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('S40: where someone may be under 18 only a link can be written down, and no place for a file is in the page', async () => {
  const { page } = await walk.open({ acceptDownloads: true });
  await press(page, words.start.now);
  await press(page, words.safety.goOn);
  await press(page, words.age.notSure);
  await press(page, words.needs.evidence);
  await press(page, words.evidence.begin);
  await heading(page, say.list.title);
  assert.equal(await page.locator('input[type=file]').count(), 0);
  await press(page, say.list.add);
  await heading(page, say.kinds['hand-over']);
  assert.equal(await page.locator('input[type=file]').count(), 0);
  await page.getByLabel(say.add.link).fill(PLANTED.link);
  await page.getByRole('button', { name: say.add.keep, exact: true }).click();
  await heading(page, say.list.title);
  await press(page, say.list.make);
  await press(page, say.package.make);
  await heading(page, say.package.done);
  const { bytes } = await download(page);
  assert.ok(bytes.includes('"kind":"hand-over"'));
  assert.ok(!/items\/[0-9a-f]{16}\//.test(bytes.toString('latin1')));
  await page.context().close();
});

test('a stamp that does not come stays pending, is said, and comes when it is asked for again', async () => {
  authority.failure = 'down';
  const { page } = await walk.open();
  await walkToProof(page);
  const before = authority.asked.length;
  await add(page, 'note', async () => {
    await page.getByLabel(say.kinds.note).fill('a note');
  });
  while (authority.asked.length === before) await new Promise((resolve) => setTimeout(resolve, 100));
  await page.getByText('1 time stamp has not come yet').waitFor();
  authority.failure = undefined;
  await press(page, say.list.askAgain);
  await page.getByText(say.list.allStamped).waitFor();
  await page.context().close();
});

for (const [locale, spoken] of [
  ['en', say],
  ['es', es],
  ['ar', ar],
] as const) {
  test(`S60, S61: axe finds nothing on the screens of evidence in ${locale}, and nothing is wider than 320 px`, async () => {
    const { page, complaints } = await walk.open({
      locale,
      viewport: { width: 320, height: 640 },
      reducedMotion: 'reduce',
    });
    const look = async (name: string) => {
      assert.deepEqual(await axeFindings(page), [], name);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(wide, false, `${name} is wider than the screen`);
      const shots = process.env['EVIDENCE_SHOTS'];
      if (shots !== undefined) {
        await page.screenshot({ path: path.join(shots, `${locale}-${name}.png`), fullPage: true });
        await page.emulateMedia({ colorScheme: 'dark' });
        await page.screenshot({ path: path.join(shots, `${locale}-${name}-dark.png`), fullPage: true });
        await page.emulateMedia({ colorScheme: 'light' });
      }
    };
    // A clock that is an hour off: the walk goes on with it to the package.
    await page.evaluate(() => {
      const now = Date.now;
      Date.now = () => now() + 3_600_000;
    });
    // By place and not by words: the words are another language's.
    await page.locator('.choice').first().click();
    await page.locator('main .actions .button').first().click();
    await page.locator('.choice').first().click();
    await page.locator('.choice').nth(2).click();
    await page.locator('main .actions .button').first().click();
    await heading(page, spoken.list.title);
    await look('empty');
    await press(page, spoken.list.add);
    await heading(page, spoken.add.choose);
    await page.getByText(spoken.clock.note).waitFor();
    const hour = new Intl.NumberFormat(locale, { style: 'unit', unit: 'hour', unitDisplay: 'long' }).format(
      1,
    );
    await page.getByText(spoken.clock.ahead.replace('{time}', hour)).waitFor();
    await look('choose');
    await press(page, spoken.kinds.screenshot);
    await heading(page, spoken.kinds.screenshot);
    await page.getByText(spoken.clock.note).waitFor();
    const file = { name: 'a.jpg', mimeType: 'image/jpeg', buffer: await landscape(11) };
    await page.locator('input[type=file]').setInputFiles([file]);
    await look('form');
    await page.getByText(spoken.add.more).click();
    await page.getByLabel(spoken.add.link).fill(`https://long.example/${'a'.repeat(300)}`);
    await look('form-more');
    await page.getByRole('button', { name: spoken.add.keep, exact: true }).click();
    await heading(page, spoken.list.title);
    await page.locator('main li.card').waitFor();
    await look('list');
    await page.locator('main li.card .button').first().click();
    await heading(page, spoken.kinds.screenshot);
    await look('item');
    await press(page, spoken.look.erase);
    await look('erase');
    await page.getByRole('button', { name: spoken.look.eraseNo }).click();
    await page.locator('header ~ main button').first().click();
    await heading(page, spoken.list.title);
    await press(page, spoken.list.make);
    await heading(page, spoken.package.title);
    await page.getByLabel(spoken.package.hand).check();
    await look('package');
    await page.getByLabel(spoken.package.hand).uncheck();
    await press(page, spoken.package.make);
    await heading(page, spoken.package.done);
    await look('made');
    assert.deepEqual(complaints, []);
    await page.context().close();
  });
}
