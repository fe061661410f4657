/**
 * Story: somebody makes marked copies before they send a picture; one gets out, cut, smaller and compressed; on the same
 * device it is told which one it is. Before a real node and a real time authority, in a real browser. And what does not
 * work out says so, and names nobody.
 * @module
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { landscape } from '@reclaim/raster/landscape.fixture';
import {
  type ListeningAuthority,
  listeningAuthority,
} from '@reclaim/vault/timestamp/authority-server.fixture';
import { checkBundle } from '@reclaim/watermark/bundle';
import { ar } from '@reclaim/web/ui/words/copies/ar';
import { en as say } from '@reclaim/web/ui/words/copies/en';
import { es } from '@reclaim/web/ui/words/copies/es';
import { en as evidence } from '@reclaim/web/ui/words/evidence/en';
import type { Download, Page } from 'playwright-core';
import sharp from 'sharp';
import { axeFindings, axeFindingsInAll } from './axe.fixture.ts';
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

const NAMES = ['Ada of the choir', 'Ozymandra', 'Çiçek'] as const;
const ORIGINAL = landscape(61, 900, 675);

const heading = (page: Page, name: string, level = 1) =>
  page.getByRole('heading', { level, name, exact: true }).waitFor();

async function jpegOf(pixels: typeof ORIGINAL, quality = 92): Promise<Buffer> {
  const { width, height, data } = pixels;
  return sharp(data, { raw: { width, height, channels: 3 } })
    .withExif({ IFD0: { Artist: 'Planted Artist' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
    .jpeg({ quality })
    .toBuffer();
}

async function choose(
  page: Page,
  label: string,
  buffers: Buffer | readonly Buffer[],
  name = 'a.jpg',
): Promise<void> {
  const mimeType = name.endsWith('.json') ? 'application/json' : 'image/jpeg';
  const files = [buffers].flat().map((buffer) => ({ name, mimeType, buffer }));
  await page.getByLabel(label, { exact: true }).setInputFiles(files);
}

async function saved(page: Page, link: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const waiting = page.waitForEvent('download');
  await page.getByRole('link', { name: link, exact: true }).click();
  const download: Download = await waiting;
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

async function walkTo(page: Page, choice: string, title: string): Promise<void> {
  await walkToNeeds(page);
  await press(page, words.needs.copies);
  await heading(page, words.copies.title);
  await press(page, choice);
  await heading(page, title);
}

test('S16, S30, S60: of three copies the one that got out is told on the device, its name only on request; and it joins the proof', async () => {
  const { page, asked, complaints } = await walk.open({
    viewport: { width: 360, height: 740 },
    acceptDownloads: true,
    reducedMotion: 'reduce',
  });
  const original = await jpegOf(ORIGINAL);
  await walkTo(page, say.hub.make, say.make.title);
  assert.deepEqual(await axeFindings(page), []);
  await choose(page, say.make.original, original, 'IMG_planted.jpg');
  await page.getByLabel(say.make.names).fill(`${NAMES[0]}\n${NAMES[0]}`);
  await press(page, say.make.go);
  await page.getByText(say.make.namesTwice).waitFor();
  await page.getByLabel(say.make.names).fill(NAMES.join('\n'));
  await press(page, say.make.go);
  await heading(page, say.make.done);
  await page.getByText(say.make.witnessed).waitFor();
  assert.deepEqual(await axeFindings(page), []);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  const list = await saved(page, say.make.list);
  assert.equal(list.name, 'list.json');
  const copies = [];
  for (const at of [1, 2, 3]) copies.push(await saved(page, `Save copy-0${at}.jpg`));
  const zip = await saved(page, say.make.all);
  assert.equal(zip.name, 'copies.zip');
  assert.ok(!zip.bytes.includes(NAMES[1]) && zip.bytes.includes('copy-03.jpg'));
  for (const { name, bytes } of copies) {
    assert.match(name, /^copy-0\d\.jpg$/);
    const { exif, width } = await sharp(bytes).metadata();
    assert.equal(exif, undefined);
    assert.equal(width, 900);
    assert.ok(!bytes.includes('Planted'));
  }

  // The second copy gets out: cut, smaller, JPEG at quality 50.
  const leaked = await sharp(copies[1]!.bytes)
    .extract({ left: 90, top: 60, width: 700, height: 520 })
    .resize(560)
    .jpeg({ quality: 50 })
    .toBuffer();
  await press(page, words.frame.back);
  await heading(page, words.copies.title);
  await press(page, say.hub.trace);
  await heading(page, say.trace.title);
  await choose(page, say.trace.original, original);
  await choose(page, say.trace.list, list.bytes, 'list.json');
  // Two at once: the one that got out, and another picture.
  await choose(page, say.trace.suspect, [leaked, await jpegOf(landscape(777, 640, 480))]);
  await page.getByText(say.trace.chosenMany.other.replace('{n}', '2')).waitFor();
  await press(page, say.trace.go);
  await heading(page, say.trace.match, 2);
  await page.getByText('Picture 1 of 2').waitFor();
  await heading(page, say.trace.cannot, 2);
  for (const name of NAMES)
    assert.equal(await page.getByText(name).count(), 0, 'no name before it is asked for');
  await page.getByText(say.trace.notShown).waitFor();
  await page.getByText(/The chance that some other picture .* is below 1 in 10\^\d{2,}\./).waitFor();
  await page.getByText(say.trace.beforeSafe).waitFor();
  assert.deepEqual(await axeFindingsInAll(page, ['es', 'ar']), []);
  const result = await saved(page, say.trace.forOthers);
  assert.equal(result.name, 'result.json');
  const checked = checkBundle(JSON.parse(result.bytes.toString()));
  assert.ok(checked.ok && checked.name === NAMES[1] && checked.stamps.length === 1);
  assert.ok(!result.bytes.includes(NAMES[0]) && !result.bytes.includes(NAMES[2]));
  await press(page, say.trace.show);
  await page.getByText(`The picture comes from the copy that you made for ${NAMES[1]} on`).waitFor();
  assert.equal(await page.getByText(NAMES[0]).count(), 0);
  // S30: both pictures are covered, and shown only while held.
  assert.equal(await page.locator('main img').count(), 0);
  const covered = page.getByRole('button', { name: say.trace.drawing });
  await covered.focus();
  await page.keyboard.down(' ');
  await page.getByAltText(say.trace.drawingText).waitFor();
  await page.keyboard.up(' ');
  assert.equal(await page.locator('main img').count(), 0);
  await press(page, say.trace.proof);
  await page.getByText(say.trace.proofKept).waitFor();

  // What crossed: puzzles, and a SHA-256 for each time stamp. No name, no picture, no list, no digest of the picture.
  const bodies = asked.map(({ body }) => body ?? '').filter((body) => body !== '');
  assert.ok(bodies.length > 0 && bodies.every((body) => body.length < 600));
  for (const word of [...NAMES, 'copy-0', 'planted', 'secret', checked.original])
    for (const body of bodies) assert.ok(!body.includes(word), word);
  await press(page, words.frame.back);
  await press(page, words.frame.back);
  await press(page, words.needs.evidence);
  await press(page, words.evidence.begin);
  await heading(page, evidence.list.title);
  await page.getByText(evidence.kinds.note, { exact: true }).first().waitFor();
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('S16: the list can be kept sealed with the code: another device finds it there, traces with it, and goes on from it', async () => {
  const { page, asked, complaints } = await walk.open({ acceptDownloads: true });
  await walkTo(page, say.hub.make, say.make.title);
  const original = await jpegOf(ORIGINAL);
  await choose(page, say.make.original, original);
  await page.getByLabel(say.make.names).fill('Quillfeather\nOzymandra');
  await press(page, say.make.go);
  await page.getByText(say.make.witnessed).waitFor();
  const second = (await saved(page, 'Save copy-02.jpg')).bytes;
  await press(page, say.make.keep);
  await page.getByText(say.make.keepWaits).waitFor();
  await press(page, words.frame.save);
  await heading(page, words.code.title);
  await page.locator('.code-words .group').first().waitFor();
  const code = (await page.locator('.code-words .group').allTextContents()).join(' ');
  await press(page, words.code.wrote);
  await page.getByLabel(words.typeback.label).fill(code);
  await press(page, words.typeback.sendCase);
  await heading(page, words.kept.title);
  const crossed = asked.map(({ body }) => body ?? '').join('\n');
  assert.doesNotMatch(crossed, /Quillfeather|Ozymandra/);
  assert.deepEqual(complaints, []);
  await page.context().close();

  const { page: other } = await walk.open({ acceptDownloads: true });
  await press(other, words.start.haveCode);
  await other.getByLabel(words.open.label).fill(code);
  await press(other, words.open.open);
  await heading(other, words.status.title);
  await press(other, words.needs.copies);
  await press(other, say.hub.trace);
  await press(other, words.safety.goOn);
  await press(other, words.age.no);
  await press(other, words.needs.copies);
  await press(other, say.hub.trace);
  await other.getByText(say.trace.listInCase).waitFor();
  await choose(other, say.trace.original, original);
  await choose(other, say.trace.suspect, second);
  await press(other, say.trace.go);
  await heading(other, say.trace.match, 2);
  await press(other, say.trace.show);
  await other.getByText('that you made for Ozymandra on').waitFor();
  // More copies go on from that list, and the case keeps both sharings.
  await press(other, words.frame.back);
  await press(other, say.hub.make);
  await choose(other, say.make.original, original);
  await other.getByLabel(say.make.names).fill('Vesper');
  await press(other, say.make.go);
  await other.getByText(say.make.witnessed).waitFor();
  const list = (await saved(other, say.make.list)).bytes.toString();
  for (const name of ['Quillfeather', 'Ozymandra', 'Vesper']) assert.ok(list.includes(name));
  await press(other, say.make.keep);
  await other.getByText(say.make.kept).waitFor();
  await other.context().close();
});

test('a changed list, another picture, the picture itself and a plain one name nobody, each with its reason', async () => {
  const { page, complaints } = await walk.open({ acceptDownloads: true });
  await walkTo(page, say.hub.make, say.make.title);
  const original = await jpegOf(ORIGINAL);
  await choose(page, say.make.original, original);
  await page.getByLabel(say.make.names).fill('Quillfeather\nOzymandra');
  await press(page, say.make.go);
  await page.getByText(say.make.witnessed).waitFor();
  const list = (await saved(page, say.make.list)).bytes;
  await press(page, words.frame.back);
  await press(page, say.hub.trace);
  const ask = async (parts: { original?: Buffer; list?: Buffer; suspect: Buffer }, sentence: string) => {
    await choose(page, say.trace.original, parts.original ?? original);
    await choose(page, say.trace.list, parts.list ?? list, 'list.json');
    await choose(page, say.trace.suspect, parts.suspect);
    await press(page, say.trace.go);
    await page.getByText(sentence).waitFor();
    for (const name of ['Quillfeather', 'Ozymandra']) assert.equal(await page.getByText(name).count(), 0);
  };
  const other = await jpegOf(landscape(777, 640, 480));
  await ask({ suspect: other }, say.trace.reasons['no-fit']);
  await page.getByText(say.trace.cannotNote).waitFor();
  await ask({ suspect: original }, say.trace.noMatch);
  const changed = Buffer.from(list.toString().replace('"Ozymandra"', '"Somebody"'));
  await ask({ list: changed, suspect: other }, say.stopped['registry-changed']);
  await ask({ list: Buffer.from('{}'), suspect: other }, say.stopped['not-a-registry']);
  await ask({ original: other, suspect: original }, say.stopped['not-registered']);
  await ask({ suspect: Buffer.from('no picture') }, words.protect.refusals['not-an-image']);
  const plain = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#888' } })
    .jpeg()
    .toBuffer();
  await ask({ suspect: plain }, say.trace.reasons['no-detail']);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('S40: with another answer about age there is no way to marked copies; S63: the screens stand in each language', async () => {
  const { page } = await walk.open();
  await press(page, words.start.now);
  await press(page, words.safety.goOn);
  await press(page, words.age.notSure);
  await page.getByRole('heading', { level: 1, name: words.minor.title }).waitFor();
  assert.equal(await page.getByRole('button', { name: words.needs.copies }).count(), 0);
  await page.context().close();
  for (const [locale, theirs] of [
    ['es', es],
    ['ar', ar],
  ] as const) {
    const other = await walk.open({ locale, viewport: { width: 320, height: 640 }, reducedMotion: 'reduce' });
    const { en: _, ...w } = await import('@reclaim/web/ui/words/words').then(async ({ loadWords }) => ({
      en: undefined,
      ...(await loadWords(locale)),
    }));
    await press(other.page, w.start.now);
    await press(other.page, w.safety.goOn);
    await press(other.page, w.age.no);
    await press(other.page, w.needs.copies);
    await press(other.page, theirs.hub.make);
    await heading(other.page, theirs.make.title);
    assert.deepEqual(await axeFindings(other.page), []);
    assert.equal(await other.page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    await press(other.page, w.frame.back);
    await press(other.page, theirs.hub.trace);
    await heading(other.page, theirs.trace.title);
    assert.deepEqual(await axeFindings(other.page), []);
    await other.page.context().close();
  }
});
