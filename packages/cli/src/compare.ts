/**
 * `reclaim compare`: how near two pictures are. Files and hashes, in any mixture; nothing leaves this machine.
 *
 * Of a file all eight orientations are compared, so mirrored and turned copies are found (design: computed on the
 * side that asks, so of one side only). Of a hash alone there is only the one it was made in: turning needs the
 * picture.
 * @module
 */

import { MAX_DISTANCE_BITS, ORIENTATIONS } from '@reclaim/fingerprint/pdq';
import { hammingDistance, isSignalHex, signalBytes } from '@reclaim/fingerprint/signal';
import { answerTo, type Command, parseArguments, shownName } from './command.ts';
import { readInput } from './input-file.ts';
import { oddityInWords, type PictureSignals, pictureSignals, reasonInWords } from './picture.ts';
import { Problem } from './problem.ts';
import type { ExitStatus, Terminal } from './terminal.ts';

const HELP = `reclaim compare A B [--json]

How near two pictures are. A and B are files, or hashes of 64 hex digits
(write ./NAME for a file with such a name; "-" is standard input).

Prints the PDQ distance in bits (0 to 256; up to ${MAX_DISTANCE_BITS} is a match), in which
orientation they are nearest, and whether the bytes are the same. Orientations
are known of files only: between two hashes a mirrored copy is not found.

  --json  one document: { match, distanceBits, thresholdBits, orientation,
          sameBytes }; distanceBits and orientation are null where only the
          bytes could be compared, sameBytes where it cannot be told

Exit status: 0 a match, 1 no match, 2 they cannot be compared, or bad use.
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
  if (first === '-' && second === '-') throw new Problem('standard input ("-") can be read only once');
  const a = await readSide(io, first);
  const b = await readSide(io, second);
  const answer = answerTo(io, options.json === true);
  for (const side of [a, b]) {
    if (side.kind !== 'file') continue;
    for (const oddity of side.signals.oddities) answer.complain(`${side.shown}: ${oddityInWords(oddity)}`);
  }

  const sameBytes = compareBytes(a, b);
  const nearest = comparePictures(a, b);
  if (nearest === undefined && sameBytes !== true) throw new Problem(whyNot(a, b));
  const match = sameBytes === true || (nearest !== undefined && nearest.distanceBits <= MAX_DISTANCE_BITS);

  answer.line(match ? 'match' : 'no match');
  if (nearest === undefined) answer.line('  distance     not known: there is no PDQ hash to compare');
  else {
    answer.line(`  distance     ${nearest.distanceBits} bits of 256 (a match up to ${MAX_DISTANCE_BITS})`);
    const asked = a.kind === 'file' || b.kind === 'file';
    answer.line(
      `  orientation  ${asked ? nearest.orientation : 'original (of two hashes no other is known)'}`,
    );
  }
  answer.line(`  same bytes   ${sameBytes === undefined ? 'not known' : sameBytes ? 'yes' : 'no'}`);
  answer.document({
    match,
    distanceBits: nearest?.distanceBits ?? null,
    thresholdBits: MAX_DISTANCE_BITS,
    orientation: nearest?.orientation ?? null,
    sameBytes: sameBytes ?? null,
  });
  return match ? 0 : 1;
}

async function readSide(io: Terminal, word: string): Promise<Side> {
  const value = word.toLowerCase();
  if (isSignalHex(value)) return { kind: 'hash', value };
  const shown = shownName(word);
  try {
    const bytes = await readInput(io, word);
    if (bytes.length === 0) throw new Problem(reasonInWords('empty'));
    return { kind: 'file', shown, signals: await pictureSignals(bytes, 'oriented') };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem(`${shown}: ${error.message}`, { cause: error });
  }
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
