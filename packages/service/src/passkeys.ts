/**
 * The node's half of passkey ceremonies (W3C Web Authentication Level 3).
 *
 * A ceremony is begun, kept in memory for five minutes, and ends with the first answer that names it, good or bad. Of
 * what can be wrong with an answer (another origin, another challenge, no user verification, a counter that went back,
 * a signature that does not fit) the caller learns nothing: it was not good. Ceremonies are this process's own; behind
 * several nodes a browser must come back to the node where it began.
 * @module
 */

import { randomBytes } from 'node:crypto';
import type { StaffId } from '@reclaim/casework/id';
import { findPasskey, type NewPasskey } from '@reclaim/store/staff-credentials';
import type { Store } from '@reclaim/store/store';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';

/** How long a ceremony waits for its answer, milliseconds. */
export const CEREMONY_MS = 5 * 60_000;

/** Ceremonies that wait at most; beyond them the oldest is dropped, since beginning one costs a stranger nothing. */
const WAITING = 20_000;

/**
 * EdDSA, ES256 and RS256 (RFC 9053, RFC 8812), named so that the library does not ask the runtime for more: what it
 * would find is experimental.
 */
const ALGORITHMS = [-8, -7, -257];

/** What a registration is for: somebody new with a link, or one more passkey of somebody who is in. */
export type Registration =
  | {
      readonly kind: 'newcomer';
      readonly staffId: StaffId;
      readonly pseudonym: string;
      readonly linkSha256: Buffer;
    }
  | { readonly kind: 'member'; readonly sessionId: string };

type Waiting = Registration | { readonly kind: 'sign-in' };

/** A ceremony that has begun: its name, and the options for the browser. */
export type Begun = { readonly ceremony: string; readonly options: Record<string, unknown> };

/** Ceremonies of one node. */
export class Passkeys {
  readonly #store: Store;
  readonly #origin: () => string;
  readonly #waiting = new Map<
    string,
    { readonly what: Waiting; readonly challenge: string; readonly until: number }
  >();

  constructor(store: Store, origin: () => string) {
    this.#store = store;
    this.#origin = origin;
  }

  /** Begins a registration; the browser makes no second passkey on a device that has one of `known`. */
  async beginRegistration(
    what: Registration,
    member: { readonly staffId: StaffId; readonly pseudonym: string },
    known: readonly { readonly credentialId: string; readonly transports: readonly string[] }[],
  ): Promise<Begun> {
    const options = await generateRegistrationOptions({
      rpName: 'Reclaim',
      rpID: this.#host(),
      userName: member.pseudonym,
      userDisplayName: member.pseudonym,
      userID: new Uint8Array(handleOf(member.staffId)),
      timeout: CEREMONY_MS,
      attestationType: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      supportedAlgorithmIDs: ALGORITHMS,
      excludeCredentials: known.map(({ credentialId, transports }) => ({
        id: credentialId,
        transports: [...transports],
      })),
    });
    return this.#begin(what, options.challenge, options);
  }

  /** Begins a sign-in: any passkey that the browser has for this host will do. */
  async beginSignIn(): Promise<Begun> {
    const options = await generateAuthenticationOptions({
      rpID: this.#host(),
      timeout: CEREMONY_MS,
      userVerification: 'required',
    });
    return this.#begin({ kind: 'sign-in' }, options.challenge, options);
  }

  /** Ends a registration of this kind; `undefined` for whatever is not good. */
  async finishRegistration<Kind extends Registration['kind']>(
    kind: Kind,
    ceremony: string,
    response: object,
  ): Promise<
    { readonly what: Extract<Registration, { kind: Kind }>; readonly passkey: NewPasskey } | undefined
  > {
    const begun = this.#take(ceremony);
    if (begun === undefined || begun.what.kind !== kind) return undefined;
    const verified = await verifyRegistrationResponse({
      // The library reads what it was given as unknown, whatever its type says, and throws.
      response: response as Parameters<typeof verifyRegistrationResponse>[0]['response'],
      expectedChallenge: begun.challenge,
      expectedOrigin: this.#origin(),
      expectedRPID: this.#host(),
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }).catch(() => undefined);
    if (verified?.verified !== true) return undefined;
    const { id, publicKey, counter, transports } = verified.registrationInfo.credential;
    const passkey = { credentialId: id, publicKey, counter, transports: transportsOf(transports) };
    return { what: begun.what as Extract<Registration, { kind: Kind }>, passkey };
  }

  /** Ends a sign-in: whose passkey it was, and its counter now; `undefined` for whatever is not good. */
  async finishSignIn(
    ceremony: string,
    response: object,
  ): Promise<
    | { readonly passkey: NonNullable<Awaited<ReturnType<typeof findPasskey>>>; readonly counter: number }
    | undefined
  > {
    const begun = this.#take(ceremony);
    const { id, response: said } = response as { readonly id?: unknown; readonly response?: unknown };
    if (begun?.what.kind !== 'sign-in' || typeof id !== 'string' || id.length > 1_400) return undefined;
    const passkey = await findPasskey(this.#store, id);
    if (passkey === undefined) return undefined;
    // The authenticator says whose it thinks the passkey is; where it differs from us, one of us is mistaken.
    const { userHandle } = (said ?? {}) as { readonly userHandle?: unknown };
    if (userHandle !== handleOf(passkey.staff.id).toString('base64url')) return undefined;
    const verified = await verifyAuthenticationResponse({
      response: response as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
      expectedChallenge: begun.challenge,
      expectedOrigin: this.#origin(),
      expectedRPID: this.#host(),
      requireUserVerification: true,
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(passkey.publicKey),
        counter: passkey.counter,
      },
    }).catch(() => undefined);
    if (verified?.verified !== true) return undefined;
    return { passkey, counter: verified.authenticationInfo.newCounter };
  }

  #host(): string {
    return new URL(this.#origin()).hostname;
  }

  #begin(what: Waiting, challenge: string, options: object): Begun {
    if (this.#waiting.size >= WAITING) {
      for (const oldest of this.#waiting.keys()) {
        this.#waiting.delete(oldest);
        break;
      }
    }
    const ceremony = randomBytes(32).toString('base64url');
    this.#waiting.set(ceremony, { what, challenge, until: this.#store.now() + CEREMONY_MS });
    return { ceremony, options: { ...options } };
  }

  #take(ceremony: string): { readonly what: Waiting; readonly challenge: string } | undefined {
    const begun = this.#waiting.get(ceremony);
    this.#waiting.delete(ceremony);
    return begun === undefined || begun.until <= this.#store.now() ? undefined : begun;
  }
}

/** The user handle: the random part of the id, nothing of a person. */
function handleOf(staffId: StaffId): Buffer {
  return Buffer.from(staffId.slice(staffId.indexOf('_') + 1), 'hex');
}

/** What the browser says of how to reach the authenticator; said by nobody who can be trusted, so kept small. */
function transportsOf(said: unknown): readonly string[] {
  if (!Array.isArray(said)) return [];
  return said.filter((each) => typeof each === 'string' && /^[a-z-]{1,20}$/.test(each)).slice(0, 8);
}
