/**
 * The doors in the browsers that people in danger use beside Chromium: Firefox, its private windows, Firefox as Tor
 * Browser hardens it, and WebKit, Safari's engine. Each walks from the first page to the withdrawal, and out by the exit.
 *
 * `node tools/other-browsers.ts` runs it, in the browsers that are installed; in `npm test` it is left out, for it takes
 * minutes. With `PICTURES=DIR` in the environment every screen is kept there to be looked at.
 * @module
 */

import assert from 'node:assert/strict';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { signalsOfFile } from '@reclaim/decode/signals-of-file';
import { hammingDistance, signalBytes } from '@reclaim/fingerprint/signal';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { readWhole } from '@reclaim/vault/package/file-digest';
import { fullWish } from '@reclaim/vault/package/package.fixture';
import { buildPackage, packagePieces } from '@reclaim/vault/package/package-build';
import { en as consoleWords } from '@reclaim/web/console/words/en';
import { en as noticeWords } from '@reclaim/web/notice/words/en';
import { heicOf } from '@reclaim/web/portal/core/heic.fixture';
import { ar } from '@reclaim/web/ui/words/ar';
import sharp from 'sharp';
import type { Driver } from './driver.fixture.ts';
import type { Firefox } from './firefox.fixture.ts';
import { OTHER_BROWSERS, type OtherPage, otherPage } from './other-browser.fixture.ts';
import { type PortalNode, portalNode, words } from './portal-walk.fixture.ts';

/** Greatest distance of a browser's fingerprint from Node's, in bits of 256. */
const NEAR_BITS = 4;

const SHIFT = '\uE008';
const wanted = process.env['OTHER_BROWSERS'];
const pictures = process.env['PICTURES'];

let served: PortalNode;
let folder = '';
/** Files of the kinds that phones and screens write, with what Node finds in them. */
let files: readonly { readonly file: string; readonly hash: string }[] = [];

before(async () => {
  if (wanted === undefined) return;
  served = await portalNode();
  folder = mkdtempSync(path.join(tmpdir(), 'reclaim-others-'));
  files = await writeFiles();
});
after(async () => {
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
  await served?.end();
});

async function writeFiles() {
  const raw = ({ width, height, channels, data } = landscape(11, 640, 430)) =>
    sharp(data, { raw: { width, height, channels } });
  const alpha = raw(landscape(31, 500, 500)).ensureAlpha(0.7);
  const kinds: Readonly<Record<string, () => Promise<Buffer>>> = {
    'phone.jpg': () => raw().jpeg({ quality: 85 }).toBuffer(),
    'turned.jpg': () =>
      raw(landscape(12, 640, 430))
        .jpeg({ quality: 90 })
        .withMetadata({ orientation: 6 })
        .toBuffer(),
    'wide.jpg': () =>
      raw(landscape(21, 600, 500))
        .withIccProfile('p3')
        .jpeg({ quality: 92 })
        .toBuffer(),
    'screen.png': () =>
      raw(landscape(13, 700, 400))
        .png()
        .toBuffer(),
    'clear.png': () => alpha.png().toBuffer(),
    'chat.webp': () =>
      raw(landscape(14, 640, 430))
        .webp({ quality: 80 })
        .toBuffer(),
    'new.avif': () =>
      raw(landscape(15, 640, 430))
        .avif({ quality: 60, effort: 1 })
        .toBuffer(),
  };
  const made = [];
  for (const [name, make] of Object.entries(kinds)) {
    const bytes = await make();
    const { pdq } = await signalsOfFile(new Uint8Array(bytes));
    assert.ok(pdq.ok, name);
    const file = path.join(folder, name);
    writeFileSync(file, bytes);
    made.push({ file, hash: pdq.signal.value });
  }
  // HEIC is not decoded by Node's side here: its picture is.
  const scene = landscape(61, 320, 240);
  const { pdq } = await signalsOfFile(new Uint8Array(await raw(scene).png().toBuffer()));
  assert.ok(pdq.ok);
  writeFileSync(path.join(folder, 'phone.heic'), heicOf(scene, 0));
  return [...made, { file: path.join(folder, 'phone.heic'), hash: pdq.signal.value }];
}

/** Why a browser is left out, if it is. */
function leftOut(name: string, missing: string | undefined): string | false {
  if (wanted === undefined) return 'left out: node tools/other-browsers.ts walks in other browsers';
  if (missing !== undefined) return `left out: ${missing}`;
  return !new RegExp(wanted, 'i').test(name) && 'left out: another browser was asked for';
}

async function inBrowser(
  start: () => Promise<Driver>,
  name: string,
  run: (page: OtherPage, look: (screen: string) => Promise<void>) => Promise<void>,
) {
  const driver = await start();
  const page = otherPage(driver);
  const look = async (screen: string) => {
    if (pictures === undefined) return;
    writeFileSync(
      path.join(pictures, `${name}-${screen}.png`.toLowerCase().replace(/[^a-z0-9.]+/g, '-')),
      await driver.look(),
    );
  };
  try {
    await driver.size(390, 800);
    await run(page, look);
  } catch (error) {
    await look(`stopped-${process.hrtime.bigint()}`).catch(() => undefined);
    const text = await page.ask(() => `${location.href}: ${document.body.innerText}`).catch(String);
    console.log(`    stopped at ${text.slice(0, 2_000)}`);
    throw error;
  } finally {
    await driver.end();
  }
}

async function walkToProtect(page: OtherPage) {
  await page.press(words.start.now);
  await page.heading(words.safety.title);
  await page.press(words.safety.goOn);
  await page.heading(words.age.title);
  await page.press(words.age.no);
  await page.heading(words.needs.title);
  await page.press(words.needs.protect);
  await page.heading(words.protect.title);
}

/** The fingerprints that the page shows, as 64 hex digits each, read from their squares. */
function hashesOn(page: OtherPage) {
  return page.until('fingerprints that are drawn', () => {
    const drawn = [...document.querySelectorAll('.hash-picture path')].map((each) => {
      const bits = new Array<number>(256).fill(0);
      for (const [, x, y] of (each.getAttribute('d') ?? '').matchAll(/M(\d+) (\d+)/g))
        bits[Number(y) * 16 + Number(x)] = 1;
      return Array.from({ length: 64 }, (_, at) =>
        Number.parseInt(bits.slice(4 * at, 4 * at + 4).join(''), 2).toString(16),
      ).join('');
    });
    return drawn.length > 0 ? drawn : undefined;
  });
}

/** Where the page stands, and whether anything of ours is on it. */
function traces(page: OtherPage) {
  return page.ask(() => ({
    url: location.href,
    ours: document.querySelector('main, .exit, #app') !== null,
    text: `${document.title} ${document.documentElement.textContent ?? ''}`,
  }));
}

const LEAVE: Readonly<Record<string, (page: OtherPage) => Promise<void>>> = {
  'the button': (page) => page.press(words.exit.leave),
  Shift: (page) => page.driver.keys([SHIFT, SHIFT, SHIFT]),
};

for (const { name, missing, start } of OTHER_BROWSERS) {
  const skip = leftOut(name, missing);
  const hardened = name.includes('Tor');

  test(
    `S04, S07: in ${name}, Back three times after leaving shows no page of ours and no text, with the back/forward cache on`,
    { skip },
    () =>
      inBrowser(start, name, async (page) => {
        console.log(`    ${page.driver.version}`);
        const { driver } = page;
        // The cache is on here: else the rest would prove less than it says.
        await driver.go(served.neutral.url);
        await page.ask(() => Object.assign(globalThis, { mark: 1 }) && undefined);
        await driver.go(`${served.neutral.url}other`);
        await driver.step(-1);
        await page.until('a page out of the cache', () => 'mark' in globalThis || undefined);
        for (const [way, leave] of Object.entries(LEAVE)) {
          // Where it guards against being recognised, Firefox tells pages nothing of the Shift key: the safety page says so.
          if (hardened && way === 'Shift') continue;
          await driver.go(`${served.neutral.url}before`);
          await driver.go(`${served.url}/`);
          await walkToProtect(page);
          await page.press(words.frame.back);
          await page.press(words.needs.evidence);
          const told = served.neutral.referrers.length;
          await leave(page);
          await page.until(
            'the neutral page',
            (url) => location.href === url || undefined,
            served.neutral.url,
          );
          assert.deepEqual(served.neutral.referrers.slice(told), [undefined]);
          await driver.step(-1);
          await page.until(
            'the page before ours',
            (url) => location.href === url || undefined,
            `${served.neutral.url}before`,
          );
          for (const back of [1, 2, 3]) {
            const { url, ours, text } = await traces(page);
            // The browser's own first page, with words and a <main> of its own: no further back is there.
            if (/^about:(home|newtab|privatebrowsing)/.test(url)) break;
            assert.ok(!ours && url !== `${served.url}/`, `${back}: ${url}`);
            assert.doesNotMatch(text, /picture|reclaim|fault/i);
            await driver.step(-1);
          }
        }
      }),
  );

  test(
    `S04: in ${name}, going Back out of the portal empties it, and coming forward begins anew`,
    { skip },
    () =>
      inBrowser(start, name, async (page) => {
        // A page of the same host: after Back to another one WebKit's driver answers no more.
        await page.driver.go(`${served.url}/help`);
        await page.driver.go(`${served.url}/`);
        await page.press(words.start.haveCode);
        await page.type(words.open.label, 'private words');
        await page.until(
          'what was typed',
          () =>
            [...document.querySelectorAll('input')].some(({ value }) => value === 'private words') ||
            undefined,
        );
        await page.driver.step(-1);
        await page.until(
          'the page before',
          (url) => location.href === url || undefined,
          `${served.url}/help`,
        );
        await page.driver.step(1);
        await page.heading(words.start.title);
        const typed = await page.ask(() =>
          [...document.querySelectorAll('input, textarea')]
            .map((each) => (each as HTMLInputElement).value)
            .join(),
        );
        assert.doesNotMatch(typed, /private/);
      }),
  );

  test(
    `S22, S28, S64: in ${name}, pictures are protected as Node would fingerprint them, found again by code and withdrawn`,
    { skip },
    () =>
      inBrowser(start, name, async (page, look) => {
        const { driver } = page;
        await driver.go(`${served.url}/`);
        await page.heading(words.start.title);
        await look('start');
        await walkToProtect(page);
        // HEIC is read by WebAssembly; and without a compiler each fingerprint that is sent takes its time.
        const used = hardened ? files.slice(0, 4) : files;
        if (hardened) {
          // Pixels are noise until the person allows them: no fingerprint is made of it.
          await driver.choose(
            'input[type=file]',
            used.slice(0, 2).map(({ file }) => file),
          );
          await page.text(words.protect.hidden.title);
          await look('hidden');
          assert.equal(await page.ask(() => document.querySelectorAll('.hash-picture').length), 0);
          assert.ok(
            await page.ask(
              (see) =>
                [...document.querySelectorAll('button')]
                  .find(({ textContent }) => textContent?.includes(see))
                  ?.matches(':disabled, [aria-disabled=true]'),
              words.protect.see,
            ),
          );
          await page.press(words.protect.hidden.ask);
          await page.text(words.protect.hidden.asked);
          await look('asked');
          await (driver as Firefox).allowCanvas(served.url);
          await page.press(words.protect.hidden.again);
          await page.until(
            'two fingerprints',
            (done) => document.body.innerText.split(done).length === 3 || undefined,
            words.protect.done,
          );
          await driver.choose(
            'input[type=file]',
            used.slice(2).map(({ file }) => file),
          );
        } else
          await driver.choose(
            'input[type=file]',
            used.map(({ file }) => file),
          );
        await page.until(
          'every fingerprint',
          (done, n) => document.body.innerText.split(done).length === n + 1 || undefined,
          words.protect.done,
          used.length,
        );
        await look('protect');
        await page.press(words.protect.see);
        await page.heading(words.leaves.title);
        const shown = await hashesOn(page);
        const bits = used.map(({ hash }, at) =>
          hammingDistance(signalBytes(hash as never), signalBytes(shown[at] as never)),
        );
        console.log(
          `    bits from Node's fingerprint: ${used.map(({ file }, at) => `${path.basename(file)} ${bits[at]}`).join(', ')}`,
        );
        assert.equal(shown.length, used.length);
        assert.ok(Math.max(...bits) <= NEAR_BITS, String(bits));
        await look('leaves');
        await page.press(words.leaves.agree);
        const code = await page.until(
          'a code',
          () =>
            [...document.querySelectorAll('.code-words .group')]
              .map(({ textContent }) => textContent)
              .join(' ') || undefined,
        );
        await look('code');
        await page.press(words.code.wrote);
        await page.type(words.typeback.label, code);
        await page.press(words.typeback.send);
        await page.heading(words.kept.title);
        await look('kept');
        await driver.go(`${served.url}/help`);
        await driver.go(`${served.url}/`);
        await page.press(words.start.haveCode);
        await page.type(words.open.label, code);
        await page.press(words.open.open);
        await page.heading(words.status.title);
        await page.text(words.status.states.unconfirmed);
        await look('status');
        await page.press(words.status.withdraw);
        await page.heading(words.withdraw.title);
        await page.press(words.withdraw.yes);
        await page.heading(words.erased.title);
        await look('erased');
        assert.deepEqual(driver.complaints, []);
      }),
  );

  test(
    `S01, S63: in ${name}, first page, help, notice form and console stand, the exit under the pointer, and in Arabic from the right`,
    { skip },
    () =>
      inBrowser(start, name, async (page, look) => {
        const { driver } = page;
        const exitIsThere = () =>
          page.until('the exit under the pointer', () => {
            const link = document.querySelector('.exit a');
            const box = link?.getBoundingClientRect();
            const hit = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            return (hit && link?.contains(hit)) || undefined;
          });
        const fits = async (what: string) =>
          assert.ok(
            await page.ask(() => document.documentElement.scrollWidth <= innerWidth),
            `${what} is wider than the window`,
          );
        for (const width of [390, 1280]) {
          await driver.size(width, 800);
          await driver.go(`${served.url}/`);
          await page.heading(words.start.title);
          await exitIsThere();
          await page.ask(() => scrollTo(0, document.documentElement.scrollHeight));
          await exitIsThere();
          await fits('the first page');
          await page.select(words.frame.language, 'ar');
          await page.heading(ar.start.title);
          await page.until('from the right', () => document.documentElement.dir === 'rtl' || undefined);
          await page.ask(() => scrollTo(0, 0));
          await look(`start-ar-${width}`);
          await fits('the first page in Arabic');
          for (const [door, title] of [
            ['help', undefined],
            ['help/ar', undefined],
            ['notice', noticeWords.age.title],
            ['console', consoleWords['signIn.title']],
          ] as const) {
            await driver.go(`${served.url}/${door}`);
            if (title !== undefined) await page.heading(title);
            assert.equal(await page.ask(() => document.querySelectorAll('h1').length), 1, door);
            if (door !== 'console') await exitIsThere();
            await look(`${door}-${width}`);
            await fits(door);
          }
        }
      }),
  );

  test(`S40: in ${name}, a notice is filled in and sent`, { skip }, () =>
    inBrowser(start, name, async (page, look) => {
      const { form, age, receipt } = noticeWords;
      await page.driver.go(`${served.url}/notice`);
      await page.heading(age.title);
      await page.press(age.no);
      await page.heading(form.title);
      await page.type(form.places, 'https://site.example/a');
      await page.type(form.facts, 'It was taken at home.');
      await page.select(form.country, 'US');
      await page.type(form.signature, 'A. Person');
      await page.type(form.email, 'somebody@mail.example');
      await page.ask(() => {
        for (const box of document.querySelectorAll<HTMLInputElement>('.ticks input')) box.click();
      });
      await look('notice-filled');
      await page.press(form.send);
      await page.heading(receipt.title);
      await look('notice-sent');
      assert.deepEqual(page.driver.complaints, []);
    }),
  );

  test(
    `S16: in ${name}, the page inside of a package verifies it from a disk, and names a changed byte`,
    { skip },
    () =>
      inBrowser(start, name, async (page, look) => {
        const built = globSync(
          path.join(import.meta.dirname, '../packages/web/dist/assets/verify-*.html'),
        )[0];
        assert.ok(built !== undefined, 'the pages are built');
        const building = await buildPackage(await fullWish(undefined, { verifyPage: readFileSync(built) }));
        assert.ok(building.ok);
        const bytes = Buffer.concat(
          await Promise.all(
            packagePieces(building).map(async (piece) =>
              piece instanceof Uint8Array ? piece : readWhole(piece),
            ),
          ),
        );
        const file = path.join(folder, `${name.length}.zip`);
        writeFileSync(file, bytes);
        await page.driver.go(pathToFileURL(built).href);
        await page.driver.choose('#package', [file]);
        await page.text('It verifies: nothing was changed.');
        await look('verified');
        const changed = Buffer.from(bytes);
        changed[changed.indexOf('send it or I post it')]! ^= 1;
        // Another name: of the same file chosen again a browser says nothing.
        writeFileSync(`${file}.changed.zip`, changed);
        await page.driver.choose('#package', [`${file}.changed.zip`]);
        await page.text('It does not verify');
        await look('not-verified');
      }),
  );
}
