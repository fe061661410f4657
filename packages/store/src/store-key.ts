/**
 * The store's key: what seals signal values at rest and tags judged contents.
 *
 * 32 random bytes, in the file `store.key` of the data directory (mode 0600) or in the environment variable
 * RECLAIM_STORE_KEY (base64url), never in the database: who steals a dump has no hash to invert. Values are sealed by
 * AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce and the signal's id as associated data, so that a sealed
 * value cannot be moved to another row. Layout: nonce (12) || ciphertext || tag (16).
 * Keys are derived by HKDF-SHA-256 (RFC 5869), one per use, and one for each sealed file.
 * @module
 */

import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { link, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from './make-folder.ts';

/** Seals and opens signal values, and tags contents. */
export type StoreKey = {
  /** Sealed `value`, bound to `context` (the signal's id). */
  readonly seal: (value: Uint8Array, context: string) => Buffer;
  /** The value again. @throws {Error} when it was sealed by another key, for another context, or was changed */
  readonly unseal: (sealed: Uint8Array, context: string) => Buffer;
  /** HMAC-SHA-256 of `value`: equal contents have equal tags, and nobody without the key can test a guess. */
  readonly tag: (value: Uint8Array) => Buffer;
  /** The key of one sealed file (`sealed-file.ts`), 32 bytes, from its salt. */
  readonly fileKey: (salt: Uint8Array) => Buffer;
};

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * The key made of 32 secret bytes.
 * @throws {RangeError} for another length
 */
export function storeKey(secret: Uint8Array): StoreKey {
  if (secret.length !== KEY_BYTES) throw new RangeError(`store key: expected 32 bytes, got ${secret.length}`);
  const derive = (use: string) =>
    Buffer.from(hkdfSync('sha256', secret, new Uint8Array(), `reclaim/${use}`, 32));
  const sealing = derive('signal-seal');
  const tagging = derive('content-tag');
  return {
    seal(value, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(Buffer.from(context));
      return Buffer.concat([nonce, cipher.update(value), cipher.final(), cipher.getAuthTag()]);
    },
    unseal(sealed, context) {
      const nonce = sealed.subarray(0, NONCE_BYTES);
      const body = sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', sealing, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(context)).setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
      return Buffer.concat([decipher.update(body), decipher.final()]);
    },
    tag: (value) => createHmac('sha256', tagging).update(value).digest(),
    fileKey: (salt) => Buffer.from(hkdfSync('sha256', secret, salt, 'reclaim/sealed-file', 32)),
  };
}

/**
 * Reads RECLAIM_STORE_KEY's form.
 * @throws {TypeError} unless it is 32 bytes in base64url
 */
export function parseStoreKey(text: string): StoreKey {
  if (!/^[A-Za-z0-9_-]{43}$/.test(text)) {
    throw new TypeError('RECLAIM_STORE_KEY: expected 43 characters of base64url (32 bytes)');
  }
  return storeKey(Buffer.from(text, 'base64url'));
}

/**
 * The key in `dataDir/store.key`, made on the first start. Written beside and linked into place, so that two
 * processes that start at once end with one key, and a crash never leaves half of one.
 */
export async function openStoreKey(dataDir: string): Promise<StoreKey> {
  makeFolder(dataDir);
  const path = join(dataDir, 'store.key');
  try {
    return storeKey(await readFile(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(randomBytes(KEY_BYTES));
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
  return storeKey(await readFile(path));
}
