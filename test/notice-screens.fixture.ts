/**
 * Every screen of the notice form, one after another, in a language: for looks at all of them, by axe or by a person.
 * @module
 */

import type { TestNode } from '@reclaim/service/node.fixture';
import type { NoticeWords } from '@reclaim/web/notice/words/words';
import type { Words } from '@reclaim/web/ui/words/words';
import type { Page } from 'playwright-core';
import { press } from './portal-walk.fixture.ts';

/**
 * Walks from the first screen to the answer to a complaint's sending, and says each screen's name when it stands. The node
 * decides on the way; its queue is to be empty before.
 */
export async function everyNoticeScreen(
  page: Page,
  shared: Words,
  w: NoticeWords,
  node: TestNode,
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
  const back = () => press(page, shared.frame.back);
  await at('age', w.age.title);
  await to(w.age.haveCode, 'code', w.code.title);
  await page.getByLabel(w.code.label).fill('one two');
  await press(page, w.code.open);
  await page.locator('[aria-invalid=true]').waitFor();
  await look('code, with an error');
  await back();
  await to(w.age.notSure, 'minor', w.minor.title);
  await to(w.minor.goOn, 'form, of a minor', w.form.title);
  await back();
  await back();
  await to(w.age.no, 'form, empty', w.form.title);
  await press(page, w.form.send);
  await page.getByText(w.form.noPlace).waitFor();
  await look('form, with an error');
  // Another one in each language: what is decided of a link holds for the next notice of it.
  const language = await page.locator('html').getAttribute('lang');
  await page
    .getByLabel(w.form.places)
    .fill(`https://site.example/${language}/a-long-address/with/no/place/to/break`);
  await page.getByLabel(w.form.standing, { exact: true }).selectOption('authorised');
  await page.getByLabel(w.form.authority).fill('They asked me to.');
  await page.getByLabel(w.form.facts).fill('It was taken at home, and never to be shared.');
  for (const box of await page.locator('.ticks input').all()) await box.check();
  await page.getByLabel(w.form.signature).fill('A. Person');
  await page.getByLabel(w.form.email).fill('somebody@mail.example');
  await page.getByLabel(w.form.country).selectOption('US');
  await look('form, full');
  await to(w.form.send, 'receipt', w.receipt.title);
  await to(w.receipt.see, 'status, open', w.status.title);
  await to(w.receipt.add, 'add', w.receipt.add);
  await back();
  await decideFirst(node);
  await press(page, w.status.again);
  await page.getByText(w.status.removed).waitFor();
  await look('status, decided');
  await page.getByLabel(w.status.complaint).fill('It was decided, and it is still there.');
  await press(page, w.status.send);
  await page.getByText(w.status.waiting.split('{')[0]!).waitFor();
  await look('status, complained of');
}

/** Takes the first waiting job down, as a reviewer who works by key. */
async function decideFirst({ ask, tokens }: TestNode): Promise<void> {
  const token = tokens.review;
  const { json } = await ask('GET', '/v1/jobs?limit=200', { token });
  const id = json.jobs.find(({ state }: { state: string }) => state === 'queued')?.id;
  await ask('POST', `/v1/jobs/${id}/claim`, { token });
  const ruling = { outcome: 'remove', ground: 'intimate-image-law' };
  const decided = await ask('POST', `/v1/jobs/${id}/decide`, {
    token,
    json: { ruling, facts: 'A person looked at it, and it is so.' },
  });
  if (decided.status !== 200) throw new Error(`expected a decision, got ${decided.text}`);
}
