/**
 * The code of a notice: a receipt code like that of a case (`receipt-code.ts`), from which one key follows. The node is
 * sent the key's SHA-256 with the notice, and the key itself when somebody asks by the code; the code never leaves.
 *
 * No slow hash stands here, unlike before a case: the key opens a status and seals nothing, its 90 bits are random, and
 * the node keeps its hash under a key of its own, so that a copy of the database is no place to guess in.
 * @module
 */

import { base64urlnopad } from '@scure/base';
import { sha256OfText } from './capability.ts';
import type { ReceiptCode } from './receipt-code.ts';

/** What follows from the code of a notice: 43 base64url characters. A case's code gives another, should somebody use one for both. */
export async function noticeKey(code: ReceiptCode): Promise<string> {
  const text = new TextEncoder().encode(`reclaim/notice\n${code}`);
  return base64urlnopad.encode(new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', text)));
}

/** What the node is sent with the notice: 64 lower-case hex digits. */
export async function noticeKeySha256(code: ReceiptCode): Promise<string> {
  return sha256OfText(await noticeKey(code));
}
