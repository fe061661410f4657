/**
 * The bundle: what a third party needs to check a match without the picture, the secret or any other recipient's name.
 *
 * It holds the entry's public line (salted digests), the one copy's opening (salt, code key, recipient, file, name), the
 * residual in the secret order, and the score. Who checks it computes: the leaf is in the line; the line's digest is the
 * one that a witness stamped; the signs follow from the code key; the score follows from signs and residual; threshold and
 * bound follow from the number of trials. The order hides where in the picture a value lies, so the residual says how
 * strong its values are and nothing of what is to be seen.
 *
 * What it does not prove: that the residual is that of the suspect. For that somebody must see the original and the
 * suspect, and trace again; the bundle names both by their SHA-256. And a dishonest owner could have published the
 * recipient's copy herself. `LIMITS` is part of every bundle.
 * @module
 */

import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import * as z from 'zod/mini';
import { codeKey } from './code.ts';
import {
  LINE_FORMAT,
  leafOf,
  lineDigest,
  lineOf,
  REGISTRY_LIMITS,
  type Registry,
  registeredAt,
  registeredFrame,
  registeredName,
  registeredStamp,
} from './registry.ts';
import { type CountedRow, logBound, scoreOf, thresholdFor } from './score.ts';
import { looksFor, MOST_SUSPECTS } from './together.ts';

/** The format of a bundle. */
export const BUNDLE_FORMAT = 'reclaim trace bundle 1';

/** What a bundle does not show, in words that stand in it. */
export const LIMITS: readonly string[] = Object.freeze([
  'It shows which file the picture derives from. It does not show who published it, or how it left anybody’s device.',
  'It does not prove that the residual is that of the suspect: for that, trace again with both files.',
  'Whoever holds the original and the secret can make the copy of any recipient.',
  'Without a witness who stamped the line before the picture appeared, the codes could have been chosen afterwards.',
]);

const hex = (bytes: number) => z.string().check(z.regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`)));

const bundleShape = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  line: z.string().check(z.maxLength(2_000_000)),
  // One more than an entry may bear: the one that came beside the registry.
  stamps: z.array(registeredStamp).check(z.maxLength(REGISTRY_LIMITS.stamps + 1)),
  copy: z.strictObject({
    recipient: hex(16),
    name: registeredName,
    salt: hex(32),
    file: hex(32),
    key: hex(32),
  }),
  suspect: hex(32),
  also: z.optional(z.array(hex(32)).check(z.minLength(1), z.maxLength(MOST_SUSPECTS - 1))),
  trials: z.int().check(z.gte(1)),
  score: z.number(),
  row: z.string().check(z.maxLength(2_000_000), z.regex(/^[A-Za-z0-9+/]*={0,2}$/)),
  limits: z.array(z.string().check(z.maxLength(1000))).check(z.maxLength(20)),
});

/**
 * A bundle. `row` is base64 of the counted residual, little-endian 16-bit; `suspect` the SHA-256 of its file. With `also` the
 * residual is the sum over that many further files, and what is shown is that at least one of all derives from the copy.
 */
export type Bundle = Readonly<z.infer<typeof bundleShape>>;

/** Why a bundle does not hold. */
export type BundleFault =
  | 'not-a-bundle'
  | 'line-malformed'
  | 'copy-not-in-line'
  | 'row-length'
  | 'score-differs'
  | 'below-threshold'
  | 'too-few-trials';

/** What a good bundle says. `digest` is what a witness must have stamped; `stamps` are for the caller to verify. */
export type BundleFindings = {
  readonly ok: true;
  readonly digest: string;
  readonly at: string;
  readonly original: string;
  readonly suspect: string;
  /** Further suspects whose residuals were added to it. */
  readonly also: readonly string[];
  readonly name: string;
  readonly score: number;
  readonly threshold: number;
  readonly logBound: number;
  readonly stamps: Bundle['stamps'];
};

/**
 * The bundle of a match.
 * @throws {RangeError} for an entry or a recipient that the registry does not have
 */
export function bundleOf(
  registry: Registry,
  seq: number,
  match: {
    readonly recipient: string;
    readonly score: number;
    readonly trials: number;
    readonly row: CountedRow;
    readonly suspect: string;
    readonly also?: readonly string[];
  },
): Bundle {
  const entry = registry.entries[seq];
  const copy = entry?.copies.find(({ recipient }) => recipient === match.recipient);
  if (entry === undefined || copy === undefined)
    throw new RangeError('bundle: expected an entry and a copy of the registry');
  const key = codeKey(hexToBytes(registry.secret), hexToBytes(entry.original), hexToBytes(copy.recipient));
  const { recipient, name, salt, file } = copy;
  return {
    format: BUNDLE_FORMAT,
    line: lineOf(registry.secret, entry),
    stamps: [...entry.stamps],
    copy: { recipient, name, salt, file, key: bytesToHex(key) },
    suspect: match.suspect,
    ...(match.also === undefined || match.also.length === 0 ? {} : { also: [...match.also] }),
    trials: match.trials,
    score: match.score,
    row: rowText(match.row),
    limits: [...LIMITS],
  };
}

/** Checks a bundle, offline and without the picture. The stamps are not looked into: `vault` does that. */
export function checkBundle(
  value: unknown,
): BundleFindings | { readonly ok: false; readonly fault: BundleFault } {
  const read = bundleShape.safeParse(value);
  if (!read.success) return { ok: false, fault: 'not-a-bundle' };
  const { line, copy, trials, score, suspect, also = [], stamps } = read.data;
  const said = parseLine(line);
  if (said === undefined) return { ok: false, fault: 'line-malformed' };
  const key = hexToBytes(copy.key);
  if (!said.copies.includes(leafOf({ ...copy, key }))) return { ok: false, fault: 'copy-not-in-line' };
  // Fewer trials than there were looks at all copies would make the threshold lower than it was.
  if (trials < said.copies.length * looksFor(1 + also.length)) return { ok: false, fault: 'too-few-trials' };
  const row = rowOf(read.data.row);
  if (row === undefined || row.length !== carriersOf(said.frame)) return { ok: false, fault: 'row-length' };
  const again = scoreOf(row, key);
  if (Math.abs(again - score) > 1e-9) return { ok: false, fault: 'score-differs' };
  const threshold = thresholdFor(trials);
  if (again < threshold) return { ok: false, fault: 'below-threshold' };
  return {
    ok: true,
    digest: lineDigest(line),
    at: said.at,
    original: said.original,
    suspect,
    also,
    name: copy.name,
    score: again,
    threshold,
    logBound: logBound(again, trials),
    stamps,
  };
}

const lineShape = z.strictObject({
  format: z.literal(LINE_FORMAT),
  seq: z.int().check(z.gte(0)),
  prev: hex(32),
  at: registeredAt,
  original: hex(32),
  frame: registeredFrame,
  order: hex(32),
  copies: z.array(hex(32)).check(z.minLength(1), z.maxLength(REGISTRY_LIMITS.copies)),
});

function parseLine(line: string): z.infer<typeof lineShape> | undefined {
  try {
    const read = lineShape.safeParse(JSON.parse(line));
    // One line has one text. With a key twice, or with room between, what a witness stamped could be read in two ways.
    return read.success && JSON.stringify(read.data) === line ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** Carriers of a frame: three bands at each of the levels 2, 3 and 4. */
function carriersOf([width, height]: readonly [number, number]): number {
  return [2, 3, 4].reduce((sum, level) => sum + 3 * (width >> level) * (height >> level), 0);
}

function rowText(row: CountedRow): string {
  const bytes = new Uint8Array(2 * row.length);
  const view = new DataView(bytes.buffer);
  row.forEach((value, i) => {
    view.setInt16(2 * i, value, true);
  });
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000)
    text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}

function rowOf(text: string): CountedRow | undefined {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    if (bytes.length % 2 !== 0) return undefined;
    const view = new DataView(bytes.buffer);
    return Int16Array.from({ length: bytes.length / 2 }, (_, i) => view.getInt16(2 * i, true));
  } catch {
    return undefined;
  }
}
