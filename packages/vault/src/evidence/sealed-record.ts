/**
 * Sealing and opening a record: its JSON, padded, as an age file (age-encryption.org/v1), which the plain program `age`
 * opens too. And what names it where it is kept: a capability that follows from the case's key, so that a code that opens
 * the case finds the record, and the node cannot tell of which case a record is.
 *
 * Padding: spaces after the JSON, to 32 KiB, 128 KiB, 512 KiB or 1 MiB. What the length tells is one of four sizes.
 * @module
 */

import { base64urlnopad, bech32 } from '@scure/base';
import { Decrypter, Encrypter } from 'age-encryption';
import { type Capability, drawCapability } from '../capability.ts';
import type { CaseKey, CaseRecipient } from '../receipt-keys.ts';
import { type EvidenceRecord, type RecordReading, readRecord } from './evidence-record.ts';

/** Sizes of the padded record, in bytes. */
export const RECORD_SIZES: readonly number[] = Object.freeze([32_768, 131_072, 524_288, 1_048_576]);

/** Characters of a sealed record in base64url, at most. */
export const MAX_SEALED_RECORD = 1_402_000;

const DOMAIN = 'reclaim evidence 1';

/** The capability under which the record of a case is kept. */
export async function recordCapability(caseKey: CaseKey): Promise<Capability> {
  const { bytes: scalar } = bech32.decodeToBytes(caseKey.toLowerCase());
  const root = await globalThis.crypto.subtle.importKey('raw', new Uint8Array(scalar), 'HKDF', false, [
    'deriveBits',
  ]);
  scalar.fill(0);
  const info = new TextEncoder().encode(`${DOMAIN} record`);
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info };
  return drawCapability(new Uint8Array(await globalThis.crypto.subtle.deriveBits(hkdf, root, 256)));
}

/**
 * Seals a record; `undefined` where it is longer than the greatest size.
 * @throws {TypeError} (as a rejection) for a recipient that is none
 */
export async function sealRecord(
  record: EvidenceRecord,
  recipients: readonly CaseRecipient[],
): Promise<string | undefined> {
  const plain = new TextEncoder().encode(JSON.stringify(record));
  const size = RECORD_SIZES.find((bytes) => plain.length <= bytes);
  if (size === undefined) return undefined;
  const padded = new Uint8Array(size).fill(0x20);
  padded.set(plain);
  plain.fill(0);
  const encrypter = new Encrypter();
  try {
    for (const recipient of recipients) encrypter.addRecipient(recipient);
  } catch {
    throw new TypeError('sealed record: expected age recipients');
  }
  const sealed = base64urlnopad.encode(await encrypter.encrypt(padded));
  padded.fill(0);
  return sealed;
}

/** Opens a sealed record. Never throws for what the text is. */
export async function openRecord(
  sealed: string,
  key: CaseKey,
): Promise<RecordReading | { readonly ok: false; readonly reason: 'unreadable' }> {
  if (sealed.length > MAX_SEALED_RECORD) return { ok: false, reason: 'unreadable' };
  try {
    const decrypter = new Decrypter();
    decrypter.addIdentity(key);
    const plain = await decrypter.decrypt(base64urlnopad.decode(sealed));
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain);
    plain.fill(0);
    return readRecord(text);
  } catch {
    return { ok: false, reason: 'unreadable' };
  }
}
