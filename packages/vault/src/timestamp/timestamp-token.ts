/**
 * The answer of a timestamping authority (RFC 3161 §2.4.2), held against what was asked: that it says yes, that it is of
 * these bytes, that its signature is good, that its signer may do nothing but stamp (§2.3), and that a chain leads from
 * the signer to a root, valid at the time that it states.
 *
 * Whether that root is to be trusted is another question, which no package can answer about itself: whoever verifies
 * brings a list of roots.
 *
 * Reading ASN.1 and CMS is pkijs's work; the bytes are foreign, so their size is limited before and every error inside
 * is one answer: `unreadable`.
 * @module
 */

import { hex } from '@scure/base';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { sha256Hex } from '../package/file-digest.ts';
import { MAX_REPLY_BYTES } from './timestamp-query.ts';

/**
 * Why an answer is no good. `unreadable`: not an answer, or not of the form. `refused`: the authority said no.
 * `other-bytes`: it is about something else. `other-nonce`: an answer to another question. `signature`: not signed by the
 * certificate that it names. `not-an-authority`: signed by a certificate that is not for stamping. `chain`: no chain to
 * any of the roots, or one that was not valid at that time.
 */
export type TokenFault =
  | 'unreadable'
  | 'refused'
  | 'other-bytes'
  | 'other-nonce'
  | 'signature'
  | 'not-an-authority'
  | 'chain';

/** A good token. `at`: ISO 8601 in UTC. `root`: SHA-256 of the root's DER. `certificates`: those in the token, in DER. */
export type TokenReading =
  | {
      readonly ok: true;
      readonly at: string;
      readonly serial: string;
      readonly signer: string;
      readonly root: string;
      readonly certificates: readonly Uint8Array<ArrayBuffer>[];
    }
  | { readonly ok: false; readonly fault: TokenFault };

/** What an answer is held against. */
export type TokenQuestion = {
  /** The bytes that were stamped. */
  readonly data: Uint8Array;
  /** Roots in DER. */
  readonly roots: readonly Uint8Array[];
  /** The nonce of the question, where it is still known. */
  readonly nonce?: Uint8Array;
};

const SHA256 = '2.16.840.1.101.3.4.2.1';
const TST_INFO = '1.2.840.113549.1.9.16.1.4';
const EXTENDED_KEY_USAGE = '2.5.29.37';
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const COMMON_NAME = '2.5.4.3';

/** Holds an answer against a question. Never throws for what the answer is. */
export async function readToken(reply: Uint8Array, question: TokenQuestion): Promise<TokenReading> {
  const refuse = (fault: TokenFault) => ({ ok: false, fault }) as const;
  if (reply.length === 0 || reply.length > MAX_REPLY_BYTES) return refuse('unreadable');
  try {
    const answer = new pkijs.TimeStampResp({ schema: parseAll(reply) });
    if (answer.status.status > 1) return refuse('refused');
    if (answer.timeStampToken === undefined) return refuse('unreadable');
    const signed = new pkijs.SignedData({ schema: answer.timeStampToken.content });
    if (signed.encapContentInfo.eContentType !== TST_INFO) return refuse('unreadable');
    const content = signed.encapContentInfo.eContent?.getValue();
    if (content === undefined) return refuse('unreadable');
    const info = new pkijs.TSTInfo({ schema: parseAll(new Uint8Array(content)) });
    const { hashAlgorithm, hashedMessage } = info.messageImprint;
    const imprint = hex.encode(new Uint8Array(hashedMessage.getValue()));
    if (hashAlgorithm.algorithmId !== SHA256 || imprint !== sha256Hex(question.data))
      return refuse('other-bytes');
    if (question.nonce !== undefined && !sameNonce(info.nonce, question.nonce)) return refuse('other-nonce');
    const certificates = (signed.certificates ?? []).filter((each) => each instanceof pkijs.Certificate);
    const roots = question.roots.map((der) => new pkijs.Certificate({ schema: parseAll(der) }));
    return await verifySigned(signed, certificates, roots, info, question.data);
  } catch {
    return refuse('unreadable');
  }
}

async function verifySigned(
  signed: pkijs.SignedData,
  certificates: readonly pkijs.Certificate[],
  roots: readonly pkijs.Certificate[],
  info: pkijs.TSTInfo,
  data: Uint8Array,
): Promise<TokenReading> {
  const refuse = (fault: TokenFault) => ({ ok: false, fault }) as const;
  const verify = (checkChain: boolean) =>
    signed
      .verify({
        signer: 0,
        data: Uint8Array.from(data).buffer,
        trustedCerts: [...roots],
        checkDate: info.genTime,
        checkChain,
        extendedMode: true,
      })
      .catch(() => ({ signatureVerified: false, signerCertificate: null, certificatePath: [] }));
  // One signer: RFC 3161 §2.4.2 allows no more.
  if (signed.signerInfos.length !== 1) return refuse('unreadable');
  const bare = await verify(false);
  const signer = bare.signerCertificate;
  if (bare.signatureVerified !== true || !(signer instanceof pkijs.Certificate)) return refuse('signature');
  if (!mayStamp(signer)) return refuse('not-an-authority');
  if (!(await namesItsCertificate(signed, signer))) return refuse('signature');
  if (roots.length === 0) return refuse('chain');
  const chained = await verify(true);
  const top = chained.certificatePath?.at(-1);
  if (chained.signatureVerified !== true || top === undefined) return refuse('chain');
  const rootDers = new Set(roots.map(derOf).map(sha256Hex));
  const root = sha256Hex(derOf(top));
  if (!rootDers.has(root)) return refuse('chain');
  return {
    ok: true,
    at: info.genTime.toISOString(),
    serial: hex.encode(new Uint8Array(info.serialNumber.valueBlock.valueHexView)),
    signer: nameOf(signer),
    root,
    certificates: certificates.map(derOf),
  };
}

/** RFC 3161 §2.3: the extension is critical and names stamping and nothing else. */
function mayStamp(certificate: pkijs.Certificate): boolean {
  const usage = certificate.extensions?.find(({ extnID }) => extnID === EXTENDED_KEY_USAGE);
  const purposes = (usage?.parsedValue as pkijs.ExtKeyUsage | undefined)?.keyPurposes ?? [];
  return usage?.critical === true && purposes.length === 1 && purposes[0] === TIME_STAMPING;
}

/**
 * ESSCertIDv2 or ESSCertID (RFC 5816, RFC 2634 §5.4.1): the signed attributes name the certificate, so that another one
 * with the same key cannot be put in its place.
 */
async function namesItsCertificate(signed: pkijs.SignedData, signer: pkijs.Certificate): Promise<boolean> {
  const der = derOf(signer);
  const sha1 = new Uint8Array(await globalThis.crypto.subtle.digest('SHA-1', der));
  const wanted = [sha256Hex(der), hex.encode(sha1)];
  for (const { type, values } of signed.signerInfos[0]?.signedAttrs?.attributes ?? []) {
    if (type !== '1.2.840.113549.1.9.16.2.47' && type !== '1.2.840.113549.1.9.16.2.12') continue;
    const text = hex.encode(new Uint8Array((values[0] as asn1js.Sequence).toBER(false)));
    if (wanted.some((digest) => text.includes(digest))) return true;
  }
  return false;
}

function parseAll(bytes: Uint8Array): asn1js.AsnType {
  const { offset, result } = asn1js.fromBER(Uint8Array.from(bytes).buffer);
  if (offset !== bytes.length) throw new TypeError('timestamp token: expected nothing behind the answer');
  return result;
}

function sameNonce(found: asn1js.Integer | undefined, asked: Uint8Array): boolean {
  if (found === undefined) return false;
  const first = (asked[0]! & 0x3f) | 0x40;
  const wanted = hex.encode(Uint8Array.of(first, ...asked.subarray(1)));
  return hex.encode(new Uint8Array(found.valueBlock.valueHexView)) === wanted;
}

function derOf(certificate: pkijs.Certificate): Uint8Array<ArrayBuffer> {
  return new Uint8Array(certificate.toSchema(true).toBER(false));
}

function nameOf(certificate: pkijs.Certificate): string {
  const { typesAndValues } = certificate.subject;
  const name = typesAndValues.find(({ type }) => type === COMMON_NAME) ?? typesAndValues[0];
  const text: unknown = name?.value.valueBlock.value;
  // A name of the authority's own choosing: one plain line of it.
  return typeof text === 'string' ? text.replace(/[^\p{L}\p{N} .,'()-]/gu, '').slice(0, 120) : '';
}
