/**
 * Passkeys in a walk: a virtual authenticator (WebAuthn Level 3, section 11; Chrome DevTools Protocol) that is always
 * willing, and the console as the first administrator comes into it.
 * @module
 */

import { en } from '@reclaim/web/console/words/en';
import type { Page } from 'playwright-core';
import { type PortalWalk, press } from './portal-walk.fixture.ts';

/** An authenticator of a page. */
export type VirtualAuthenticator = {
  /** Puts another, empty one in its place; answers how many passkeys that one has. */
  readonly replace: () => Promise<() => Promise<number>>;
};

/** Gives the page an authenticator. */
export async function addAuthenticator(page: Page): Promise<VirtualAuthenticator> {
  const devtools = await page.context().newCDPSession(page);
  const add = () =>
    devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await add();
  return {
    replace: async () => {
      await devtools.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
      const other = await add();
      return async () => (await devtools.send('WebAuthn.getCredentials', other)).credentials.length;
    },
  };
}

/** The console of the walk's node, signed in by the link of its first start: an administrator, who may do everything. */
export async function openConsole(walk: PortalWalk): Promise<Page> {
  const { page } = await walk.open({}, '/help');
  await addAuthenticator(page);
  const link = walk.node.node.setupLink;
  if (link === undefined) throw new Error('expected a node without staff, which gives a setup link');
  await page.goto(link);
  await page.getByLabel(en['setup.pseudonym']).fill('Rowan');
  await press(page, en['setup.make']);
  await page.getByLabel(en['setup.kept']).check();
  await press(page, en['setup.done']);
  return page;
}
