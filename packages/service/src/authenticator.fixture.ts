/**
 * An authenticator in software, as far as the node can tell: ES256 keys, `none` attestation (W3C Web Authentication
 * Level 3, sections 6.1, 6.5 and 8.7), a counter that a test may turn back.
 * @module
 */

import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** What a test makes an answer say; the rest is as a browser on the node's own page says it. */
export type Twist = {
  readonly origin?: string;
  readonly host?: string;
  readonly userVerified?: boolean;
  readonly challenge?: string;
  readonly userHandle?: string;
};

/** One authenticator with one passkey. */
export class SoftAuthenticator {
  readonly #origin: string;
  readonly #keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
  readonly #id = randomBytes(16);
  #userHandle = '';
  /** Signatures so far. */
  counter = 1;

  constructor(origin: string) {
    this.#origin = origin;
    this.#keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  }

  /** Answers `navigator.credentials.create()` for the options of a ceremony. */
  register(given: object, twist: Twist = {}): object {
    const options = given as { readonly challenge: string; readonly user: { readonly id: string } };
    this.#userHandle = options.user.id;
    const { x, y } = this.#keys.publicKey.export({ format: 'jwk' });
    const cose = cborMap([
      [cborInt(1), cborInt(2)],
      [cborInt(3), cborInt(-7)],
      [cborInt(-1), cborInt(1)],
      [cborInt(-2), cborBytes(Buffer.from(x!, 'base64url'))],
      [cborInt(-3), cborBytes(Buffer.from(y!, 'base64url'))],
    ]);
    const length = Buffer.from([0, this.#id.length]);
    const attested = Buffer.concat([Buffer.alloc(16), length, this.#id, cose]);
    const attestationObject = cborMap([
      [cborText('fmt'), cborText('none')],
      [cborText('attStmt'), cborMap([])],
      [cborText('authData'), cborBytes(Buffer.concat([this.#data(0x40, twist), attested]))],
    ]);
    const clientDataJSON = this.#clientData('webauthn.create', options.challenge, twist);
    return this.#credential({ clientDataJSON, attestationObject, transports: ['internal'] });
  }

  /** Answers `navigator.credentials.get()`. */
  signIn(given: object, twist: Twist = {}): object {
    const options = given as { readonly challenge: string };
    this.counter++;
    const authenticatorData = this.#data(0, twist);
    const clientDataJSON = this.#clientData('webauthn.get', options.challenge, twist);
    const signed = Buffer.concat([authenticatorData, createHash('sha256').update(clientDataJSON).digest()]);
    return this.#credential({
      clientDataJSON,
      authenticatorData,
      signature: sign('sha256', signed, this.#keys.privateKey),
      userHandle: Buffer.from(twist.userHandle ?? this.#userHandle, 'base64url'),
    });
  }

  #data(more: number, { host = new URL(this.#origin).hostname, userVerified = true }: Twist): Buffer {
    const flags = 0x01 | (userVerified ? 0x04 : 0) | more;
    const rest = Buffer.alloc(5);
    rest.writeUInt8(flags, 0);
    rest.writeUInt32BE(this.counter, 1);
    return Buffer.concat([createHash('sha256').update(host).digest(), rest]);
  }

  #clientData(type: string, challenge: string, twist: Twist): Buffer {
    const said = { type, challenge: twist.challenge ?? challenge, origin: twist.origin ?? this.#origin };
    return Buffer.from(JSON.stringify({ ...said, crossOrigin: false }));
  }

  #credential(parts: Readonly<Record<string, Buffer | readonly string[]>>): object {
    const id = this.#id.toString('base64url');
    const response = Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [
        name,
        Buffer.isBuffer(part) ? part.toString('base64url') : part,
      ]),
    );
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  }
}

// The little of CBOR (RFC 8949) that an attestation needs.

function cborHead(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 255]);
}

function cborInt(value: number): Buffer {
  return value < 0 ? cborHead(1, -1 - value) : cborHead(0, value);
}

function cborBytes(bytes: Buffer): Buffer {
  return Buffer.concat([cborHead(2, bytes.length), bytes]);
}

function cborText(text: string): Buffer {
  return Buffer.concat([cborHead(3, text.length), Buffer.from(text)]);
}

function cborMap(pairs: readonly (readonly [Buffer, Buffer])[]): Buffer {
  return Buffer.concat([cborHead(5, pairs.length), ...pairs.flat()]);
}
