/**
 * The files of the stamps in a package: for each what was stamped, the answers as they came, the certificates in them and
 * the root, as text that `openssl ts -verify` takes.
 * @module
 */

import { base64 } from '@scure/base';
import type { EvidenceRecord, StampAnswer } from '../evidence/evidence-record.ts';
import { certificatePem } from '../timestamp/pem.ts';
import { subjectBytes } from '../timestamp/stamp-subject.ts';
import { readToken } from '../timestamp/timestamp-token.ts';
import { sha256Hex } from './file-digest.ts';
import { type Manifest, stampPaths } from './manifest.ts';

/** The files of a record's stamps, and what the manifest says of each; those without an answer too. */
export async function stampFiles(record: EvidenceRecord): Promise<{
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly stated: Manifest['stamps'];
}> {
  const files = new Map<string, Uint8Array>();
  const stated: Manifest['stamps'][number][] = [];
  for (const [at, { subject, items, requestedAt, answers }] of record.stamps.entries()) {
    const name = String(at + 1).padStart(4, '0');
    const bytes = subjectBytes(subject);
    for (const [path, content] of await answerFiles(name, bytes, answers)) files.set(path, content);
    stated.push({
      name,
      subjectSha256: sha256Hex(bytes),
      items: [...items],
      requestedAt,
      state: answers.length === 0 ? 'pending' : 'stamped',
      authorities: answers.map(({ authority }) => authority),
    });
  }
  return { files, stated };
}

/** The files of one stamp. */
export async function answerFiles(
  name: string,
  subject: Uint8Array,
  answers: readonly StampAnswer[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>([[stampPaths(name).subject, subject]]);
  for (const { authority, reply, root } of answers) {
    const paths = stampPaths(name, authority);
    const bytes = base64.decode(reply);
    const rootDer = base64.decode(root);
    const token = await readToken(bytes, { data: subject, roots: [rootDer] });
    const chain = token.ok ? token.certificates.map(certificatePem).join('') : '';
    files.set(paths.reply, bytes);
    files.set(paths.chain, new TextEncoder().encode(chain));
    files.set(paths.root, new TextEncoder().encode(certificatePem(rootDer)));
  }
  return files;
}
