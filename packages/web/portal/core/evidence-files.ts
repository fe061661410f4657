/**
 * The files of a new item: each is hashed, and where it is a picture its covered copy is made and hashed too, before
 * anything of the item is kept.
 * @module
 */

import { type ItemFile, MAX_FILE_BYTES } from '@reclaim/vault/evidence/evidence-item';
import {
  HEADERS_MEDIA_TYPE,
  HEADERS_TRANSFORM,
  MAIL_HEAD_BYTES,
  mailHeaders,
} from '@reclaim/vault/evidence/mail-headers';
import { textDigest } from '@reclaim/vault/evidence/record-changes';
import { blobSource, digestSource } from '@reclaim/vault/package/file-digest';
import type { NewFile } from './evidence-state.ts';
import { SHIELD_TRANSFORM, shieldedCopy } from './shielded-copy.ts';

/**
 * Reads a file or a text; `undefined` where there is nothing in it. Short texts are added to `texts`, files by their
 * SHA-256 to `bytes`. Rejects where the file went away while it was read.
 */
export async function readNewFile(
  { role, content }: NewFile,
  texts: string[],
  bytes: Map<string, Blob>,
): Promise<readonly ItemFile[] | undefined> {
  if (!(content instanceof File)) {
    const text = content.text.toWellFormed();
    if (text.trim() === '') return undefined;
    texts.push(text);
    const length = new TextEncoder().encode(text).length;
    const { name, mediaType } = content;
    const sha256 = textDigest(text);
    return [{ role, name, mediaType, bytes: length, sha256, sha512: null, derivedFrom: null }];
  }
  if (content.size === 0 || content.size > MAX_FILE_BYTES) return undefined;
  const { sha256 } = await digestSource(blobSource(content), breathe);
  bytes.set(sha256, content);
  const original: ItemFile = {
    role,
    name:
      content.name
        .replace(/\p{Cc}/gu, ' ')
        .slice(0, 200)
        .toWellFormed() || 'file',
    mediaType: /^[a-z0-9.+-]+\/[a-z0-9.+-]+$/.test(content.type) ? content.type : 'application/octet-stream',
    bytes: content.size,
    sha256,
    sha512: null,
    derivedFrom: null,
  };
  const covered = original.mediaType.startsWith('image/') ? await shieldedCopy(content) : undefined;
  if (covered === undefined) return [original];
  const digest = await digestSource(blobSource(covered));
  bytes.set(digest.sha256, covered);
  return [
    original,
    {
      role: 'shielded',
      name: 'covered.png',
      mediaType: 'image/png',
      bytes: covered.size,
      sha256: digest.sha256,
      sha512: null,
      derivedFrom: { sha256, transform: SHIELD_TRANSFORM },
    },
  ];
}

/**
 * The header lines of a mail as a file of their own, beside the mail that was read into `made`; of a text that is nothing but
 * header lines the role is changed instead. `made` as it is where there are none.
 */
export async function withMailHeaders(
  { content }: NewFile,
  made: readonly ItemFile[],
  texts: string[],
): Promise<readonly ItemFile[]> {
  const [mail] = made;
  if (mail === undefined) return made;
  const all = content instanceof File ? content : new Blob([content.text.toWellFormed()]);
  const head = new Uint8Array(await all.slice(0, MAIL_HEAD_BYTES).arrayBuffer());
  const headers = mailHeaders(head, all.size <= MAIL_HEAD_BYTES);
  if (headers === undefined) return made;
  const sha256 = textDigest(headers);
  if (sha256 === mail.sha256) return content instanceof File ? made : [{ ...mail, role: 'headers' }];
  texts.push(headers);
  return [
    ...made,
    {
      role: 'headers',
      name: 'headers.txt',
      mediaType: HEADERS_MEDIA_TYPE,
      bytes: new TextEncoder().encode(headers).length,
      sha256,
      sha512: null,
      derivedFrom: { sha256: mail.sha256, transform: HEADERS_TRANSFORM },
    },
  ];
}

/** Lets the page do something else between two pieces of a large file. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
