/**
 * A list of signals in a text file, one a line: `<signal_type> <value>`, or the value alone where the type is said
 * beside the file. The format `local_file` of python-threatexchange 1.2.16, in which operators of HMA keep their own
 * lists.
 *
 * A file is foreign bytes. Each line is judged by itself; what is refused is told by the number of its line and a closed
 * reason, never by what stood there.
 * @module
 */

import { type NotBankable, whyNotBankable } from '@reclaim/casework/bankable';
import {
  isSignalHex,
  type Pipeline,
  parsePdqHash,
  parsePipeline,
  parseSha256,
  type Signal,
  type SignalKind,
} from '@reclaim/fingerprint/signal';

/**
 * Why a line gives no signal: it is not a type and a value; its type is one that no bank here holds; its value is not 64
 * hex digits; or the bank's own gate refuses it.
 */
export type LineRefusal = 'not-a-line' | 'other-type' | 'not-hex' | NotBankable;

/** A signal and the line where it stands, from 1. */
export type FileSignal = { readonly line: number; readonly signal: Signal };

/** What was read. */
export type SignalFile = {
  /** In the order of the file, each value once. */
  readonly signals: readonly FileSignal[];
  readonly refused: readonly { readonly line: number; readonly reason: LineRefusal }[];
  /** Lines that repeat an earlier signal. */
  readonly repeated: number;
};

/** A line longer than this is no signal; it is not looked at further. */
const LONGEST_LINE = 200;

/**
 * The field's names of types and the family that each is of. A SHA-256 of a video's file is one of a file. MD5 is not
 * taken: whoever wants can make two files of one MD5 (RFC 6151), and a bank's exact match may block.
 */
const TYPES: ReadonlyMap<string, SignalKind> = new Map<string, SignalKind>([
  ['pdq', 'pdq'],
  ['sha256', 'sha256'],
  ['video_sha256', 'sha256'],
]);

/** What is said to have made a hash of which a file says nothing. */
const UNSAID = parsePipeline('signal-file');

/**
 * Reads `text`. `typed` is the family of lines that are a value alone; without it each line names its type.
 *
 * A file tells no quality. It is taken as 100: whoever put the hash into a list judged it, and the gate's other rule, the
 * balance of its bits, still stands.
 */
export function readSignalFile(text: string, typed?: SignalKind, pipeline: Pipeline = UNSAID): SignalFile {
  const signals: FileSignal[] = [];
  const refused: { line: number; reason: LineRefusal }[] = [];
  const seen = new Set<string>();
  let repeated = 0;
  let line = 0;
  for (const written of linesOf(text)) {
    line++;
    const words = written.trim();
    if (words === '') continue;
    const read = readLine(words, typed, pipeline);
    if (typeof read === 'string') {
      refused.push({ line, reason: read });
      continue;
    }
    const name = `${read.kind}:${read.value}`;
    if (seen.has(name)) {
      repeated++;
      continue;
    }
    seen.add(name);
    signals.push({ line, signal: read });
  }
  return { signals, refused, repeated };
}

/** The lines one by one: a list of millions is not copied as a whole. The mark that some editors put first is no text. */
function* linesOf(text: string): Generator<string> {
  let from = text.startsWith('\ufeff') ? 1 : 0;
  while (from < text.length) {
    const end = text.indexOf('\n', from);
    const to = end === -1 ? text.length : end;
    yield to - from > LONGEST_LINE ? '?' : text.slice(from, to);
    from = to + 1;
  }
}

function readLine(words: string, typed: SignalKind | undefined, pipeline: Pipeline): Signal | LineRefusal {
  let kind = typed;
  let value = words;
  const parted = /^(\S+)[ \t]+(\S+)$/.exec(words);
  if (parted !== null) {
    kind = TYPES.get(parted[1]!.toLowerCase());
    value = parted[2]!;
    if (kind === undefined) return 'other-type';
  }
  if (kind === undefined || /\s/.test(value)) return 'not-a-line';
  const hex = value.toLowerCase();
  if (!isSignalHex(hex)) return 'not-hex';
  const signal: Signal =
    kind === 'pdq'
      ? { kind, value: parsePdqHash(hex), quality: 100, pipeline }
      : { kind, value: parseSha256(hex) };
  return whyNotBankable(signal) ?? signal;
}
