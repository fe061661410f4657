/**
 * Names of files inside a package. They are ours, short and plain, so that no program that unpacks one can be led
 * outside of its folder, and so that two names can never mean one file on a disk that ignores case.
 * @module
 */

import type { Brand } from '@reclaim/fingerprint/brand';

/** `a/b.txt`: parts of `A-Z a-z 0-9 . _ -` joined by `/`, none of them beginning with a dot. Made by `parsePackagePath`. */
export type PackagePath = Brand<string, 'PackagePath'>;

/** Characters of a path, at most. */
export const MAX_PATH = 160;

const PART = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/** Names that some system takes for a device, whatever follows the dot. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Whether a text is a path of a package. */
export function isPackagePath(text: string): text is PackagePath {
  if (text.length === 0 || text.length > MAX_PATH) return false;
  return text.split('/').every((part) => PART.test(part) && !part.endsWith('.') && !DEVICE.test(part));
}

/** @throws {TypeError} unless `text` is a path of a package; the text is not repeated */
export function parsePackagePath(text: string): PackagePath {
  if (!isPackagePath(text))
    throw new TypeError('package path: expected plain parts joined by "/", at most 160 characters');
  return text;
}

/**
 * The end of a file's name as a package keeps it: `.png`, `.eml`; `.bin` for what is not 1 to 8 letters and digits. The
 * name itself is not kept as a path: it may say what nobody should read in a list of files.
 */
export function plainExtension(name: string): string {
  const found = /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1];
  return found === undefined ? '.bin' : `.${found.toLowerCase()}`;
}
