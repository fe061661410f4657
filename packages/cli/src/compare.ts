/**
 * `reclaim compare`: whether two are the same picture, an altered copy, or unrelated. Files and hashes, in any mixture;
 * nothing leaves this machine.
 *
 * Of two files the pictures themselves are compared (`registration`): a crop, a screenshot or a collage is found, and how
 * it was altered is told. Where they show too little to be laid over each other, and wherever a hash stands for a file,
 * the fingerprint alone answers.
 *
 * Of a file all eight orientations are compared, so mirrored and turned copies are found (design: computed on the
 * side that asks, so of one side only). Of a hash alone there is only the one it was made in: turning needs the
 * picture.
 * @module
 */

import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { MAX_DISTANCE_BITS, ORIENTATIONS } from '@reclaim/fingerprint/pdq';
import { hammingDistance, isSignalHex, signalBytes } from '@reclaim/fingerprint/signal';
import { lumaPlane } from '@reclaim/raster/plane';
import { type Alteration, alterationOf, isWhole } from '@reclaim/registration/alteration';
import { findCopy } from '@reclaim/registration/find-copy';
import { LIKENESS_OF_WHOLE } from '@reclaim/registration/register';
import { answerTo, type Command, expectOneStdin, parseArguments, shownName } from './command.ts';
import { readInput } from './input-file.ts';
import { oddityInWords, type PictureSignals, pictureSignals, reasonInWords } from './picture.ts';
import { Problem } from './problem.ts';
import type { ExitStatus, Terminal } from './terminal.ts';

const HELP = `reclaim compare A B [--json]

Whether B is the same picture as A, an altered copy of it, or unrelated.
A and B are files, or hashes of 64 hex digits (write ./NAME for a file with
such a name; "-" is standard input).

Of two files it tells how the copy was altered: mirrored, turned, at which
scale, stretched, how much of A it shows, how much of B is A, perspective.
Beside it stands the PDQ distance in bits (0 to 256; up to ${MAX_DISTANCE_BITS} is a match) and
in which orientation it is nearest. Of a hash alone only the distance is known,
and between two hashes a mirrored copy is not found.

  --json  one document: { kind, match, alteration, agreement, votes,
          distanceBits, thresholdBits, orientation, sameBytes }; kind is
          same-bytes, same-picture, altered-copy or unrelated; null where it
          cannot be told

Exit status: 0 the same or a copy, 1 unrelated, 2 they cannot be compared, or
bad use.
`;

/** The command. */
export const compare: Command = { help: HELP, run: runCompare };

type Side =
  | { readonly kind: 'hash'; readonly value: string }
  | { readonly kind: 'file'; readonly shown: string; readonly signals: PictureSignals };

type Nearest = { readonly distanceBits: number; readonly orientation: (typeof ORIENTATIONS)[number] };

async function runCompare(argv: readonly string[], io: Terminal): Promise<ExitStatus> {
  const { options, words } = parseArguments(argv, { json: 'boolean' });
  const [first, second, ...more] = words;
  if (first === undefined || second === undefined || more.length > 0) {
    throw new Problem('compare expects two files or hashes; see reclaim compare --help');
  }
  expectOneStdin(first, second);
  const a = await readSide(io, first);
  const b = await readSide(io, second);
  const answer = answerTo(io, options.json === true);
  for (const side of [a, b]) {
    if (side.kind !== 'file') continue;
    for (const oddity of side.signals.oddities) answer.complain(`${side.shown}: ${oddityInWords(oddity)}`);
  }

  const sameBytes = compareBytes(a, b);
  // A hash that is the SHA-256 of the file is no PDQ hash: a distance to it would be one to noise.
  const isExact = sameBytes === true && (a.kind === 'hash' || b.kind === 'hash');
  const nearest = isExact ? undefined : comparePictures(a, b);
  const copy = sameBytes === true ? undefined : lookForCopy(a, b);
  const kind = kindOf(sameBytes, nearest, copy);
  if (kind === undefined) throw new Problem(whyNot(a, b));

  answer.line(KIND_IN_WORDS[kind]);
  for (const line of copy === undefined ? [] : alterationInWords(copy.alteration)) answer.line(`  ${line}`);
  if (copy !== undefined && differs(copy)) answer.line('  differs      part of it is covered, or drawn over');
  if (isExact) answer.line('  distance     not asked: the hash is the SHA-256 of the file');
  else if (nearest === undefined) answer.line('  distance     not known: there is no PDQ hash to compare');
  else {
    answer.line(`  distance     ${nearest.distanceBits} bits of 256 (a match up to ${MAX_DISTANCE_BITS})`);
    const asked = a.kind === 'file' || b.kind === 'file';
    answer.line(
      `  orientation  ${asked ? nearest.orientation : 'original (of two hashes no other is known)'}`,
    );
  }
  answer.line(`  same bytes   ${sameBytes === undefined ? 'not known' : sameBytes ? 'yes' : 'no'}`);
  answer.document({
    kind,
    match: kind !== 'unrelated',
    alteration: copy?.alteration ?? null,
    agreement: copy === undefined ? null : Math.round(copy.agreement * 1000) / 1000,
    votes: copy?.votes ?? null,
    distanceBits: nearest?.distanceBits ?? null,
    thresholdBits: MAX_DISTANCE_BITS,
    orientation: nearest?.orientation ?? null,
    sameBytes: sameBytes ?? null,
  });
  return kind === 'unrelated' ? 1 : 0;
}

/** What two inputs are to each other. */
type Kind = 'same-bytes' | 'same-picture' | 'altered-copy' | 'unrelated';

const KIND_IN_WORDS: Readonly<Record<Kind, string>> = {
  'same-bytes': 'the same file',
  'same-picture': 'the same picture',
  'altered-copy': 'an altered copy',
  unrelated: 'unrelated',
};

type Copy = { readonly alteration: Alteration; readonly agreement: number; readonly votes: number };

/** The second file as a copy of the first; undefined where it is none, or where one of the two is no picture. */
function lookForCopy(a: Side, b: Side): Copy | undefined {
  if (a.kind !== 'file' || b.kind !== 'file') return undefined;
  if (a.signals.pixels === undefined || b.signals.pixels === undefined) return undefined;
  const found = findCopy(lumaPlane(a.signals.pixels), lumaPlane(b.signals.pixels));
  if (found.kind === 'none') return undefined;
  const { agreement, votes } = found;
  return { alteration: alterationOf(found.map, a.signals.pixels, b.signals.pixels), agreement, votes };
}

function differs({ agreement }: Copy): boolean {
  return agreement < LIKENESS_OF_WHOLE;
}

/** The answer; undefined where nothing could be compared. */
function kindOf(
  sameBytes: boolean | undefined,
  nearest: Nearest | undefined,
  copy: Copy | undefined,
): Kind | undefined {
  if (sameBytes === true) return 'same-bytes';
  if (copy !== undefined) return isWhole(copy.alteration) && !differs(copy) ? 'same-picture' : 'altered-copy';
  if (nearest === undefined) return undefined;
  if (nearest.distanceBits > MAX_DISTANCE_BITS) return 'unrelated';
  return nearest.orientation === 'original' ? 'same-picture' : 'altered-copy';
}

/** What was altered, a line each; nothing for a whole picture of the same size. */
function alterationInWords(alteration: Alteration): readonly string[] {
  const { mirrored, turnDegrees, scale, aspect, shown, covers, perspective } = alteration;
  const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;
  return [
    ...(mirrored ? ['mirrored     left and right are changed'] : []),
    ...(turnDegrees === 0
      ? []
      : [
          `turned       ${Math.abs(turnDegrees)} degrees ${turnDegrees > 0 ? 'clockwise' : 'counter-clockwise'}`,
        ]),
    ...(scale === 1 ? [] : [`scale        ${scale}`]),
    ...(aspect === 1 ? [] : [`stretched    ${aspect} times as wide for its height`]),
    ...(shown === 1 ? [] : [`shows        ${percent(shown)} of the first picture`]),
    ...(covers === 1 ? [] : [`the rest     ${percent(1 - covers)} of the second is something else`]),
    ...(perspective === 0
      ? []
      : [`perspective  moves points by up to ${percent(perspective)} of the diagonal`]),
  ];
}

async function readSide(io: Terminal, word: string): Promise<Side> {
  const value = word.toLowerCase();
  if (isSignalHex(value)) return { kind: 'hash', value };
  const shown = shownName(word);
  // Not repeated in the message: most of a hash tells as much as the whole.
  if (/^[0-9a-f]{32,}$/i.test(word) && !(await exists(io, word)))
    throw new Problem('a long word of hex digits is neither a file here nor a hash: a hash has 64 of them');
  try {
    const bytes = await readInput(io, word);
    if (bytes.length === 0) throw new Problem(reasonInWords('empty'));
    return { kind: 'file', shown, signals: await pictureSignals(bytes, 'oriented') };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem(`${shown}: ${error.message}`, { cause: error });
  }
}

async function exists(io: Terminal, name: string): Promise<boolean> {
  return access(resolve(io.cwd, name)).then(
    () => true,
    () => false,
  );
}

/** Whether the bytes are the same; undefined where a hash leaves it open (it may be a PDQ hash). */
function compareBytes(a: Side, b: Side): boolean | undefined {
  if (a.kind === 'file' && b.kind === 'file') return a.signals.sha256 === b.signals.sha256;
  if (a.kind === 'hash' && b.kind === 'hash') return undefined;
  const file = a.kind === 'file' ? a : b;
  const hash = a.kind === 'hash' ? a : b;
  // A hash that is not the file's SHA-256 may be a PDQ hash, so a "no" would be a guess.
  return file.kind === 'file' && hash.kind === 'hash' && file.signals.sha256 === hash.value
    ? true
    : undefined;
}

function comparePictures(a: Side, b: Side): Nearest | undefined {
  // The side that is turned is a file, if there is one: the other stands upright, as a banked hash does.
  const turned = a.kind === 'file' ? a : b;
  const upright = turned === a ? b : a;
  const asked = turned.kind === 'file' ? turned.signals.orientations() : [turned.value];
  const banked = upright.kind === 'hash' ? upright.value : pdqValue(upright.signals);
  if (banked === undefined) return undefined;
  const bankedBytes = signalBytes(banked);
  let nearest: Nearest | undefined;
  asked.forEach((value, at) => {
    const distanceBits = hammingDistance(signalBytes(value), bankedBytes);
    if (nearest === undefined || distanceBits < nearest.distanceBits) {
      nearest = { distanceBits, orientation: ORIENTATIONS[at]! };
    }
  });
  return nearest;
}

function pdqValue({ pdq }: PictureSignals): string | undefined {
  return pdq.kind === 'hash' ? pdq.value : undefined;
}

/** Why there is no answer: the first file without a PDQ hash, and its reason. */
function whyNot(a: Side, b: Side): string {
  for (const side of [a, b]) {
    if (side.kind === 'file' && side.signals.pdq.kind !== 'hash') {
      const why = reasonInWords(side.signals.pdq.reason);
      return `${side.shown} has no PDQ hash to compare: ${why}; and the bytes are not known to be the same`;
    }
  }
  return 'these two cannot be compared';
}
