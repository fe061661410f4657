import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { NO_ACCOUNTABILITY } from '@reclaim/casework/wire-statement';
import { buildConsole } from '@reclaim/web/console/console-build.fixture';
import { fixtureId, fixtureJob, fixtureMatch } from '@reclaim/web/console/job.fixture';
import { REFRESH_MS } from '@reclaim/web/console/use-queue';
import type { Browser, Page } from 'playwright-core';
import { landscapeFile, listenToPage, startChromium } from './console-browser.fixture.ts';
import { type FakeNode, fakeNode } from './console-node.fixture.ts';

/** Open jobs in the long queue. How fast it answers is told by bench/two-doors.ts. */
const MANY = 10_000;

let webDir: string;
let browser: Browser;
let picture: Buffer;

test.before(async () => {
  webDir = mkdtempSync(path.join(tmpdir(), 'reclaim-console-'));
  await buildConsole(webDir);
  browser = await startChromium();
  picture = await landscapeFile(2);
});

test.after(async () => {
  await browser?.close();
  rmSync(webDir, { recursive: true, force: true });
});

/** Jobs with an address to look at; those in `parts` differ. */
function jobsOf(count: number, parts: Readonly<Record<number, Record<string, unknown>>> = {}) {
  return Array.from({ length: count }, (_, n) =>
    fixtureJob(n, {
      interim: 'held',
      item: { id: `photo-${n}`, previewUrl: 'http://localhost:1/x' },
      ...parts[n],
    }),
  );
}

async function withConsole(
  jobs: ReturnType<typeof jobsOf>,
  run: (page: Page, fake: FakeNode) => Promise<void>,
  clock: 'its own' | 'moved by the test' = 'its own',
): Promise<void> {
  const fake = await fakeNode(webDir, jobs, picture);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en' });
  try {
    const page = await context.newPage();
    const said = listenToPage(page);
    if (clock === 'moved by the test') await page.clock.install();
    await page.goto(`${fake.url}/console`);
    await page.waitForSelector('#queue-list .queue-row');
    await run(page, fake);
    assert.deepEqual(
      said.filter((words) => !/409|404/.test(words)),
      [],
    );
  } finally {
    await context.close();
    await fake.end();
  }
}

/** What a reviewer may take seconds over must not depend on how many seconds the machine takes: no time goes by from here on. */
const stopTime = (page: Page) => page.clock.setFixedTime(Date.now());

const marked = (page: Page) =>
  page.locator('[role="option"][aria-selected="true"] .queue-item').textContent();

test('S73: rows bear words and shapes and no picture, and ten thousand jobs draw no more rows than are seen', async () => {
  await withConsole(jobsOf(MANY), async (page) => {
    await page.getByText(`Jobs: ${MANY}`).waitFor();
    assert.ok((await page.locator('.queue-row').count()) < 60);
    assert.equal(await page.locator('#queue-list img, #queue-list canvas').count(), 0);
    assert.equal(await page.locator('.queue-row').first().getAttribute('aria-setsize'), String(MANY));
    for (let i = 0; i < 20; i++) await page.keyboard.press('j');
    assert.equal(await marked(page), 'photo-20');
    await page.keyboard.press('/');
    await page.keyboard.type('photo-77');
    assert.equal(await marked(page), 'photo-77');
    await page.keyboard.press('Escape');
    const list = page.locator('#queue-list');
    await list.evaluate((each) => {
      each.scrollTop = each.scrollHeight / 2;
    });
    await page.getByText('photo-5000', { exact: true }).waitFor();
    assert.ok((await page.locator('.queue-row').count()) < 60);
  });
});

test('the list refreshes under the reviewer without the mark or the row under the eye moving', async () => {
  await withConsole(
    jobsOf(300),
    async (page, fake) => {
      await page.getByText('Jobs: 300').waitFor();
      for (let i = 0; i < 40; i++) await page.keyboard.press('j');
      assert.equal(await marked(page), 'photo-40');
      const place = () =>
        page
          .locator('[role="option"][aria-selected="true"]')
          .boundingBox()
          .then((box) => box?.y ?? -1);
      const before = await place();
      // Ten jobs above are decided by others meanwhile.
      for (let n = 0; n < 10; n++) fake.jobs.set(fixtureId('job', n), fixtureJob(n, { state: 'closed' }));
      await page.clock.fastForward(REFRESH_MS + 1_000);
      await page.getByText('Jobs: 290').waitFor();
      assert.equal(await marked(page), 'photo-40');
      assert.ok(Math.abs((await place()) - before) < 1);
    },
    'moved by the test',
  );
});

test('a job that is settled without a look says so, and is decided in three keys without one', async () => {
  const matches = [fixtureMatch(7, { kind: 'sha256', band: 'exact', state: 'confirmed' })];
  await withConsole(jobsOf(2, { 0: { matches } }), async (page, fake) => {
    await stopTime(page);
    await page.keyboard.press('Enter');
    await page.getByText('Can be decided without looking').waitFor();
    // Digits choose once the job is the reviewer's: its choices are there then.
    await page.locator('#decide-title').waitFor();
    for (const key of ['1', '1', 'Enter']) await page.keyboard.press(key);
    await page.locator('#decided-title').waitFor();
    assert.equal(fake.asked.filter((each) => each.endsWith('/look')).length, 0);
    assert.equal(fake.jobs.get(fixtureId('job', 0))?.state, 'decided');
    await page.keyboard.press('u');
    await page.locator('.claim').waitFor();
    assert.equal(fake.jobs.get(fixtureId('job', 0))?.state, 'claimed');
  });
});

test('S70: hovering shows nothing; holding shows; letting go, leaving the window and the next job cover', async () => {
  await withConsole(jobsOf(3), async (page, fake) => {
    await stopTime(page);
    await page.keyboard.press('Enter');
    const shown = page.locator('img.shown');
    await page.locator('[data-cover]').hover();
    await page.waitForTimeout(200);
    assert.equal(await shown.count(), 0);
    assert.equal(
      fake.asked.some((each) => each.endsWith('/look')),
      false,
    );

    await page.keyboard.down(' ');
    await shown.waitFor();
    assert.match(await page.locator('.rungs [aria-pressed="true"]').innerText(), /Outline/);
    const filter = await page.evaluate(`getComputedStyle(document.querySelector('img.shown')).filter`);
    assert.equal(filter, 'grayscale(1)');
    await page.keyboard.up(' ');
    await shown.waitFor({ state: 'detached' });

    await page.locator('[data-cover]').scrollIntoViewIfNeeded();
    await page.locator('[data-cover]').hover();
    await page.mouse.down();
    await shown.waitFor();
    await page.evaluate(`dispatchEvent(new Event('blur'))`);
    await shown.waitFor({ state: 'detached' });
    await page.getByText('Covered: you left the window.').waitFor();
    await page.mouse.up();

    await page.keyboard.down(' ');
    await shown.waitFor();
    await page.keyboard.press('n');
    await shown.waitFor({ state: 'detached' });
    await page.keyboard.up(' ');
    // Every picture that came had its view in the log before it.
    const looks = fake.asked
      .filter((each) => /\/look$|\/looks\//.test(each))
      .map((each) => each.includes('/looks/'));
    assert.deepEqual(looks, [false, true, false, true, false, true]);
  });
});

test('S71: views are counted on the card, and past the allowance a break is offered before the next look', async () => {
  await withConsole(jobsOf(2), async (page, fake) => {
    fake.views.count = 39;
    await page.keyboard.press('Enter');
    await page.getByText('Views today: 39 of 40').waitFor();
    await page.keyboard.down(' ');
    await page.locator('img.shown').waitFor();
    await page.keyboard.up(' ');
    await page.getByText('Views today: 40 of 40').waitFor();
    await page.keyboard.press(' ');
    await page.getByText('Time for a break.').waitFor();
    assert.equal(fake.views.count, 40);
    await page.getByRole('button', { name: 'Look all the same' }).click();
    await page.locator('h2').first().focus();
    await page.keyboard.down(' ');
    await page.locator('img.shown').waitFor();
    await page.keyboard.up(' ');
  });
});

test('S70: a look on its way is asked for once, whatever the screen draws meanwhile', async () => {
  await withConsole(jobsOf(2), async (page) => {
    await stopTime(page);
    const pressed = Promise.withResolvers<void>();
    let looks = 0;
    await page.route('**/look', async (route) => {
      looks++;
      await pressed.promise;
      await route.continue();
    });
    await page.keyboard.press('Enter');
    await page.locator('[data-cover]').hover();
    const asked = page.waitForRequest('**/look');
    await page.keyboard.down(' ');
    await asked;
    // A step of the ladder and a key of the frame: each draws the card anew.
    await page.keyboard.press('l');
    await page.keyboard.press('k');
    pressed.resolve();
    await page.locator('img.shown').waitFor();
    await page.keyboard.up(' ');
    await page.locator('img.shown').waitFor({ state: 'detached' });
    assert.equal(looks, 1);
  });
});

test('S71: a look that is asked for before the count of the day has come waits for it, and is stopped by it', async () => {
  await withConsole(jobsOf(2), async (page, fake) => {
    const counted = Promise.withResolvers<void>();
    await page.route('**/v1/views', async (route) => {
      await counted.promise;
      await route.fulfill({ json: { count: 40, seconds: 31, allowance: 40 } });
    });
    await page.keyboard.press('Enter');
    await page.locator('[data-cover]').hover();
    await page.keyboard.down(' ');
    await page.locator('[data-cover]').getByText('Writing the view to the log…').waitFor();
    counted.resolve();
    await page.getByText('Time for a break.').waitFor();
    await page.keyboard.up(' ');
    assert.deepEqual(
      fake.asked.filter((each) => /look/.test(each)),
      [],
    );
  });
});

test('a removal that is sent before the law is known waits for it, and its statement is read first', async () => {
  await withConsole(jobsOf(2), async (page, fake) => {
    const known = Promise.withResolvers<void>();
    await page.route('**/v1/accountability', async (route) => {
      await known.promise;
      await route.fulfill({ json: { ...NO_ACCOUNTABILITY, provider: 'P', service: 'S', lawCite: 'Law 7' } });
    });
    await page.reload();
    await page.locator('#queue-list .queue-row').first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('#decide-title').waitFor();
    for (const key of ['1', '1', 'Enter']) await page.keyboard.press(key);
    await page.locator('.drafting [aria-busy="true"]').waitFor();
    known.resolve();
    await page.locator('.statement-sheet').getByText('Law 7').waitFor();
    await page.locator('.drafting [aria-busy="true"]').waitFor({ state: 'detached' });
    const decided = () => fake.asked.filter((each) => each.endsWith('/decide')).length;
    assert.equal(decided(), 0);
    await page.keyboard.press('Enter');
    await page.locator('#decided-title').waitFor();
    assert.equal(decided(), 1);
  });
});

test('who leaves a job while its decision is on its way keeps the next draft, and hears where it was refused', async () => {
  await withConsole(jobsOf(2), async (page, fake) => {
    const answered = Promise.withResolvers<void>();
    await page.route('**/v1/jobs/*/decide', async (route) => {
      await answered.promise;
      await route.fulfill({ status: 409, json: { type: '/problems/refused-not-claimed', status: 409 } });
    });
    await page.keyboard.press('Enter');
    await page.locator('#decide-title').waitFor();
    const sent = page.waitForRequest('**/decide');
    for (const key of ['1', '1', 'Enter']) await page.keyboard.press(key);
    await sent;
    await page.getByText('photo-1', { exact: true }).click();
    await page.locator('#decide-title').waitFor();
    await page.keyboard.press('4');
    const given = () => fake.asked.filter((each) => each === `POST /v1/jobs/${fixtureId('job', 0)}/release`);
    assert.deepEqual(given(), []);
    const released = page.waitForRequest('**/release');
    answered.resolve();
    await page.locator('.toast').getByText('The decision on photo-0 was not confirmed.').waitFor();
    assert.equal(await page.locator('.drafting').count(), 1);
    assert.equal(await page.locator('.job-card .notice').count(), 0);
    await released;
  });
});

test('a job that another reviewer has is grey and says whose turn it is', async () => {
  const claimed = { state: 'claimed', claimedBy: fixtureId('stf', 2), claimedUntil: Date.now() + 600_000 };
  await withConsole(jobsOf(2, { 0: claimed }), async (page) => {
    await page.keyboard.press('Enter');
    await page.getByText('Another reviewer has this job').waitFor();
    assert.equal(await page.locator('[data-cover]').count(), 0);
    assert.equal(await page.locator('.decide').count(), 0);
    await page.keyboard.press('n');
    await page.locator('.claim').waitFor();
    assert.equal(await marked(page), 'photo-1');
  });
});

test('leaving a job undecided gives it back, and the palette reaches every screen', async () => {
  await withConsole(jobsOf(2), async (page, fake) => {
    await page.keyboard.press('Enter');
    await page.locator('.claim').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.claim').waitFor({ state: 'detached' });
    await assert.doesNotReject(async () => {
      while (fake.jobs.get(fixtureId('job', 0))?.state !== 'queued') await page.waitForTimeout(20);
    });
    for (const name of ['People', 'Keys', 'Bank', 'Log', 'Settings', 'Queue']) {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Go or do' }).fill(name);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name }).waitFor();
    }
  });
});
