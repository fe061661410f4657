/**
 * The header section of an e-mail (RFC 5322, section 2.2), taken out as it stands: who it says it is from, by which servers
 * it came and when is what a mail proves, and it is read without the body.
 *
 * Nothing else of a mail is parsed: no body, no parts, no attachment, however deep they are nested; no header is decoded or
 * believed. Only the first 64 KiB of a file are looked at. What is no mail, or has a header section beyond the limits, has
 * none; the file itself is kept either way.
 * @module
 */

/** Bytes of a mail that are looked at. */
export const MAIL_HEAD_BYTES = 65_536;

/** Characters of a header section, and its fields, at most. */
export const MAX_HEADERS = 40_000;
/** Fields of a header section, at most. */
export const MAX_HEADER_FIELDS = 500;

/** The media type of a header section by itself (RFC 6522, section 4). */
export const HEADERS_MEDIA_TYPE = 'text/rfc822-headers';

/** How the copy is said to be made. */
export const HEADERS_TRANSFORM = 'header section of the mail (RFC 5322), read as UTF-8';

/** A field's name and its colon: printable ASCII without spaces (RFC 5322, section 2.2; older mails put spaces before it). */
const FIELD = /^[!-9;-~]{1,77}[ \t]*:/;

/**
 * The header section at the beginning of a mail, its lines ended as they are, without the empty line that ends it; or
 * undefined where there is none. `head`: the first bytes of the mail, `whole` whether they are all of it. Never throws.
 */
export function mailHeaders(head: Uint8Array, whole: boolean): string | undefined {
  const text = new TextDecoder('utf-8').decode(head.subarray(0, MAIL_HEAD_BYTES));
  // A mailbox file puts one line of its own before a mail ("From somebody Thu Jan 1 ...").
  let at = text.startsWith('From ') ? text.indexOf('\n') + 1 : 0;
  const start = at;
  let fields = 0;
  while (at < text.length) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end < 0 ? text.length : end).replace(/\r$/, '');
    if (line === '') return fields === 0 ? undefined : taken(text.slice(start, at));
    const folded = line.startsWith(' ') || line.startsWith('\t');
    if (folded ? fields === 0 : !FIELD.test(line)) return undefined;
    if (!folded) fields += 1;
    if (fields > MAX_HEADER_FIELDS || at - start > MAX_HEADERS) return undefined;
    if (end < 0) break;
    at = end + 1;
  }
  // A section by itself, as some programs copy it; one that is cut off in the middle is none.
  return whole && head.length <= MAIL_HEAD_BYTES && fields > 1 ? taken(text.slice(start)) : undefined;
}

function taken(section: string): string | undefined {
  return section.length > MAX_HEADERS || section.includes('\0') ? undefined : section.toWellFormed();
}
