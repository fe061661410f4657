/**
 * Two people before an original is shown (S72): the file is sealed to a key that nobody holds whole.
 *
 * The person draws the key of the file and splits it: one half goes to the helper, inside of what is opened to them, the
 * other is sealed to a second person of the same service. Each half alone is 32 random bytes and says nothing of the key.
 *
 *     sealed ──ask (the helper, who says for what)──▶ asked ──agree (the second person)──▶ agreed
 *     asked ──refuse──▶ refused ──ask──▶ asked
 *     any ──its day comes, or the person closes it──▶ gone
 *
 *     key     = half of the helper XOR half of the second person: 32 bytes, an X25519 identity (age-encryption.org/v1)
 *     half    JSON to the second person: whose file it is, the half, and for whom it is meant
 *     ask     signed by the helper (Ed25519, RFC 8032) over "reclaim two-person ask 1\n" ‖ JSON; 128 hex digits ‖ "\n" ‖ JSON
 *     answer  the half again, 64 hex digits, to the helper whom the sealed half names and to nobody else
 *
 * All three are padded with spaces to 2 KiB and sealed as age files. The node keeps them and refuses the pieces of the file
 * until the second person agreed; that neither opens it alone does not rest on the node. What it does not stop: two people
 * who agree in bad faith, and a helper who keeps a copy of what both agreed to open.
 * @module
 */

import { base64urlnopad, hex } from '@scure/base';
import { type AgeIdentity, type AgeRecipient, drawAgeIdentity } from '../sealing/age-key.ts';
import { openBytes } from '../sealing/open.ts';
import { sealBytes } from '../sealing/seal.ts';
import { isSignedBy, parseSignature, sign } from '../sealing/signing.ts';
import { type Party, type PartyKeys, parseParty } from './party.ts';

/** Characters of a helper's reason, at most. */
export const MAX_LOOK_REASON = 200;

/** Characters of a sealed half, ask or answer in base64url, at most. */
export const MAX_SEALED_HALF = 3_200;

/** Which file of which share of which thread. */
export type SharedPlace = { readonly thread: string; readonly share: string; readonly file: string };

/** What a second person holds: the half, whose file it is of, and for whom it is meant. */
export type SecondHalf = SharedPlace & {
  readonly half: string;
  /** The helper who may be given it. */
  readonly for: Party;
};

/** A key that was split: the whole, and its two halves as 64 lower-case hex digits. */
export type SplitKey = { readonly whole: AgeIdentity; readonly first: string; readonly second: string };

const SIZE = 2_048;
const DOMAIN = 'reclaim two-person ask 1\n';
const HEX64 = /^[0-9a-f]{64}$/;

/**
 * A key and its halves of 64 random bytes: the key, and the first half.
 * @throws {RangeError} unless there are 64
 */
export function drawSplitKey(random: Uint8Array): SplitKey {
  if (random.length !== 64)
    throw new RangeError(`two-person: expected 64 random bytes, got ${random.length}`);
  const key = random.subarray(0, 32);
  const first = random.subarray(32);
  const second = key.map((byte, at) => byte ^ first[at]!);
  return { whole: drawAgeIdentity(key), first: hex.encode(first), second: hex.encode(second) };
}

/**
 * The key of two halves. Of halves that do not belong together it is a key that opens nothing.
 * @throws {TypeError} unless both are 64 lower-case hex digits
 */
export function joinHalves(first: string, second: string): AgeIdentity {
  const [one, two] = [bytesOf(first), bytesOf(second)];
  return drawAgeIdentity(one.map((byte, at) => byte ^ two[at]!));
}

/** Seals a half to the second person. */
export function sealHalf(half: SecondHalf, to: AgeRecipient): Promise<string> {
  return seal(JSON.stringify({ version: 1, ...parseHalf({ ...half }) }), to);
}

/** The half that a second person holds, or undefined for one of somebody else or none of ours. */
export async function openHalf(sealed: string, identity: AgeIdentity): Promise<SecondHalf | undefined> {
  const text = await open(sealed, identity);
  if (text === undefined) return undefined;
  try {
    const { version, ...half } = JSON.parse(text) as Record<string, unknown>;
    return version === 1 ? parseHalf(half) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The helper's question to the second person, signed and sealed to them.
 * @throws {TypeError} (as a rejection) for a reason that is empty or longer than 200 characters
 */
export async function sealAsk(
  place: SharedPlace,
  reason: string,
  by: PartyKeys,
  to: AgeRecipient,
): Promise<string> {
  const { thread, share, file } = place;
  const body = JSON.stringify({ version: 1, thread, share, file, reason: parseReason(reason) });
  return seal(`${sign(new TextEncoder().encode(DOMAIN + body), by.signingKey)}\n${body}`, to);
}

/**
 * For what a helper asks. Undefined where it is of somebody else, not signed by `half.for`, or of another file: a second
 * person is never shown a question that the person's own helper did not ask of this very file.
 */
export async function openAsk(
  sealed: string,
  identity: AgeIdentity,
  half: SecondHalf,
): Promise<string | undefined> {
  const text = await open(sealed, identity);
  if (text === undefined || text[128] !== '\n') return undefined;
  try {
    const body = text.slice(129);
    const signature = parseSignature(text.slice(0, 128));
    if (!isSignedBy(new TextEncoder().encode(DOMAIN + body), signature, half.for.verifyKey)) return undefined;
    const { version, thread, share, file, reason } = JSON.parse(body) as Record<string, unknown>;
    const here = thread === half.thread && share === half.share && file === half.file;
    return version === 1 && here ? parseReason(reason) : undefined;
  } catch {
    return undefined;
  }
}

/** The half on its way to the helper for whom it is meant: whoever else asked, it is sealed to nobody else. */
export function sealAnswer(half: SecondHalf): Promise<string> {
  return seal(half.half, half.for.recipient);
}

/** The half that the second person gave, or undefined for one of somebody else or none of ours. */
export async function openAnswer(sealed: string, identity: AgeIdentity): Promise<string | undefined> {
  const text = await open(sealed, identity);
  return text !== undefined && HEX64.test(text) ? text : undefined;
}

function parseHalf(value: Record<string, unknown>): SecondHalf {
  const { thread, share, file, half, for: meant, ...more } = value;
  if (Object.keys(more).length > 0) throw new TypeError('two-person: unknown field');
  if (typeof thread !== 'string' || !HEX64.test(thread)) throw new TypeError('two-person: expected thread');
  return {
    thread,
    share: nameOf(share),
    file: nameOf(file),
    half: hex.encode(bytesOf(half)),
    for: parseParty(meant),
  };
}

function nameOf(value: unknown): string {
  if (typeof value !== 'string' || !/^[a-z0-9-]{1,40}$/.test(value))
    throw new TypeError('two-person: expected a name of a-z 0-9 -');
  return value;
}

function bytesOf(half: unknown): Uint8Array {
  if (typeof half !== 'string' || !HEX64.test(half))
    throw new TypeError('two-person: expected 64 lower-case hex digits');
  return hex.decode(half);
}

function parseReason(value: unknown): string {
  if (
    typeof value !== 'string' ||
    value.trim() === '' ||
    value.length > MAX_LOOK_REASON ||
    !value.isWellFormed()
  )
    throw new TypeError(`two-person: expected a reason of at most ${MAX_LOOK_REASON} characters`);
  return value;
}

async function seal(text: string, to: AgeRecipient): Promise<string> {
  const plain = new TextEncoder().encode(text);
  if (plain.length > SIZE) throw new TypeError(`two-person: expected at most ${SIZE} bytes`);
  const padded = new Uint8Array(SIZE).fill(0x20);
  padded.set(plain);
  plain.fill(0);
  const sealed = base64urlnopad.encode(await sealBytes(padded, [to]));
  padded.fill(0);
  return sealed;
}

async function open(sealed: string, identity: AgeIdentity): Promise<string | undefined> {
  if (sealed.length > MAX_SEALED_HALF || !/^[A-Za-z0-9_-]+$/.test(sealed)) return undefined;
  try {
    const opened = await openBytes(base64urlnopad.decode(sealed), [identity]);
    if (!opened.ok || opened.plain.length !== SIZE) return undefined;
    return new TextDecoder('utf-8', { fatal: true }).decode(opened.plain).replace(/ +$/, '');
  } catch {
    return undefined;
  }
}
