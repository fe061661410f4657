/**
 * Every screen of the portal that can be met without a second visit, one after another, in each language: for looks at all of
 * them, by axe or by a person.
 * @module
 */

import type { Language } from '@reclaim/web/ui/language';
import { ar } from '@reclaim/web/ui/words/ar';
import { en } from '@reclaim/web/ui/words/en';
import { es } from '@reclaim/web/ui/words/es';
import { ar as arLinks } from '@reclaim/web/ui/words/links/ar';
import { en as enLinks } from '@reclaim/web/ui/words/links/en';
import { es as esLinks } from '@reclaim/web/ui/words/links/es';
import type { LinkWords } from '@reclaim/web/ui/words/links/words';
import type { Words } from '@reclaim/web/ui/words/words';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { press } from './portal-walk.fixture.ts';

/** The languages of the portal, with their words. */
export const LOCALES: readonly (readonly [Language, Words, LinkWords])[] = [
  ['en', en, enLinks],
  ['es', es, esLinks],
  ['ar', ar, arLinks],
];

/** A picture with enough in it: noise of large grains. */
async function grains(): Promise<Buffer> {
  const data = Buffer.from(
    Array.from({ length: 24 * 24 * 3 }, (_, at) => (at * 7919 + ((at * at) % 251) * 31) % 256),
  );
  return sharp(data, { raw: { width: 24, height: 24, channels: 3 } })
    .resize(600, 600, { kernel: 'cubic' })
    .png()
    .toBuffer();
}

/** Walks through every screen that can be met without a second visit, and says each one's name when it stands. */
export async function everyScreen(
  page: Page,
  w: Words,
  say: LinkWords,
  look: (screen: string) => Promise<void>,
): Promise<void> {
  const at = async (screen: string, title: string) => {
    await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
    await look(screen);
  };
  const to = async (button: string, screen: string, title: string) => {
    await press(page, button);
    await at(screen, title);
  };
  const back = () => press(page, w.frame.back);
  await at('start', w.start.title);
  await to(w.start.haveCode, 'open', w.open.title);
  await page.getByLabel(w.open.label).fill('one two');
  await press(page, w.open.open);
  await page.getByRole('alert').waitFor();
  await look('open, with an error');
  await back();
  await to(w.start.blackmail, 'blackmail', w.blackmail.title);
  await back();
  await to(w.start.helping, 'helper', w.helper.title);
  await back();
  await to(w.start.prepare, 'prepare', w.prepare.title);
  await back();
  await to(w.start.now, 'safety', w.safety.title);
  await to(w.safety.goOn, 'age', w.age.title);
  await to(w.age.notSure, 'minor', w.minor.title);
  await press(page, w.minor.change);
  await to(w.age.no, 'needs', w.needs.title);
  await to(w.needs.links, 'links', say.paste.title);
  await page.getByLabel(say.paste.label).fill('https://x.com/a/status/1 https://unlisted.example/b');
  await to(say.paste.plan, 'plan', say.plan.title);
  await to(`${say.plan.write}: unlisted.example`, 'notice, asking', say.ask.kindTitle);
  await press(page, say.ask.authentic);
  await at('notice', `${say.ask.title}: unlisted.example`);
  await back();
  await back();
  await back();
  await to(w.needs.evidence, 'evidence', w.evidence.title);
  await back();
  await to(w.needs.mine, 'mine, empty', w.mine.title);
  for (const label of [w.mine.mine, w.mine.suspect])
    await page
      .getByLabel(label)
      .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: await grains() });
  await press(page, w.mine.compare);
  await page.getByRole('heading', { name: w.mine.same }).waitFor();
  await look('mine, answered');
  await back();
  await to(w.needs.copies, 'copies', w.copies.title);
  await back();
  await to(w.needs.talk, 'talk', w.talk.title);
  await back();
  await to(w.needs.protect, 'protect, empty', w.protect.title);
  await page.locator('input[type=file]').setInputFiles([
    { name: 'a.png', mimeType: 'image/png', buffer: await grains() },
    { name: 'b.png', mimeType: 'image/png', buffer: Buffer.from('no picture') },
  ]);
  await page.getByText(w.protect.done).waitFor();
  await page.getByText(w.protect.refusals['not-an-image']).waitFor();
  await look('protect, full');
  await to(w.protect.crop, 'crop', w.crop.title);
  await back();
  await to(w.protect.see, 'leaves', w.leaves.title);
  await press(page, w.leaves.agree);
  await page.locator('.code-words').waitFor();
  const code = (await page.locator('.code-words .group').allTextContents()).join(' ');
  await look('code');
  await to(w.code.wrote, 'typeback', w.typeback.title);
  await page.getByLabel(w.typeback.label).fill(code);
  await to(w.typeback.send, 'kept', w.kept.title);
  await to(w.kept.status, 'status', w.status.title);
  await page.getByText(w.status.states.unconfirmed, { exact: true }).waitFor();
  await look('status, asked');
  await to(w.status.withdraw, 'withdraw', w.withdraw.title);
  await to(w.withdraw.yes, 'erased', w.erased.title);
}
