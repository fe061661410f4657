/**
 * A helper's key as a file: their age identity, locked with a passphrase (age-encryption.org/v1, scrypt recipient), in
 * ASCII armour. `age --decrypt` opens it anywhere, so a helper is not bound to one browser or to us.
 *
 * scrypt takes some hundred milliseconds and its memory: it belongs in a worker.
 * @module
 */

import { armor, Decrypter, Encrypter } from 'age-encryption';
import { type AgeIdentity, parseAgeIdentity } from '../sealing/age-key.ts';

/** Base-2 logarithm of scrypt's N for every real file: 64 MiB with r = 8. */
export const HELPER_FILE_WORK = 16;

/** Characters of a passphrase, at least. */
export const MIN_PASSPHRASE = 12;

/** Characters of a file, at most. */
export const MAX_HELPER_FILE = 4_000;

/**
 * Locks an identity. `work` is for tests alone.
 * @throws {RangeError} (as a rejection) for a passphrase that is too short
 */
export async function lockHelperKey(
  identity: AgeIdentity,
  passphrase: string,
  work: number = HELPER_FILE_WORK,
): Promise<string> {
  const phrase = passphrase.normalize('NFC');
  if (phrase.length < MIN_PASSPHRASE)
    throw new RangeError(`passphrase: expected at least ${MIN_PASSPHRASE} characters`);
  const encrypter = new Encrypter();
  encrypter.setPassphrase(phrase);
  encrypter.setScryptWorkFactor(work);
  return armor.encode(await encrypter.encrypt(`${identity}\n`));
}

/**
 * Unlocks a file. `undefined` for a wrong passphrase, a changed file and one that is none alike. `age-keygen` files are
 * taken too: lines that begin with `#` are left out.
 */
export async function unlockHelperKey(file: string, passphrase: string): Promise<AgeIdentity | undefined> {
  if (file.length > MAX_HELPER_FILE) return undefined;
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase.normalize('NFC'));
  try {
    const text = await decrypter.decrypt(armor.decode(file.trim()), 'text');
    const line = text.split('\n').find((each) => each.trim() !== '' && !each.startsWith('#'));
    return parseAgeIdentity((line ?? '').trim());
  } catch {
    return undefined;
  }
}
