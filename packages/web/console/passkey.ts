/**
 * The browser's half of a passkey ceremony (W3C Web Authentication Level 3), around the node's two steps.
 *
 * Whatever ends a ceremony in the browser (cancelled, timed out, no authenticator) is one kind of trouble, `passkey`:
 * the browser tells the reviewer more than we could.
 * @module
 */

import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';
import type { Api, Asked, CeremonyAnswer } from './api.ts';

const NOT_USED = { ok: false, trouble: { kind: 'passkey', status: 0 } } as const;

type FinishedBy<Step extends keyof Api> = Awaited<ReturnType<Extract<Api[Step], (...a: never) => unknown>>>;

/** Makes a passkey for the holder of a one-time link. */
export async function registerByLink(
  api: Api,
  token: string,
  pseudonym: string,
): Promise<FinishedBy<'registerFinish'>> {
  return make(await api.registerStart(token, pseudonym), api.registerFinish);
}

/** Makes one more passkey for whoever is signed in. */
export async function addPasskey(api: Api): Promise<FinishedBy<'passkeyFinish'>> {
  return make(await api.passkeyStart(), api.passkeyFinish);
}

async function make<T>(
  begun: Awaited<ReturnType<Api['registerStart']>>,
  finish: (answer: CeremonyAnswer) => Promise<Asked<T>>,
): Promise<Asked<T>> {
  if (!begun.ok) return begun;
  const { ceremony, options } = begun.value;
  const response = await startRegistration({
    optionsJSON: options as unknown as PublicKeyCredentialCreationOptionsJSON,
  }).catch(() => undefined);
  return response === undefined ? NOT_USED : finish({ ceremony, response });
}

/** Signs in with a passkey that the browser knows. */
export async function signInByPasskey(api: Api): Promise<FinishedBy<'signInFinish'>> {
  const begun = await api.signInStart();
  if (!begun.ok) return begun;
  const { ceremony, options } = begun.value;
  const response = await startAuthentication({
    optionsJSON: options as unknown as PublicKeyCredentialRequestOptionsJSON,
  }).catch(() => undefined);
  return response === undefined ? NOT_USED : api.signInFinish({ ceremony, response });
}
