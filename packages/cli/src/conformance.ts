/**
 * `reclaim conformance pdq`: our PDQ hashes against published ones, bit for bit, decoded as the reference decodes.
 *
 * The list is a CSV file with the header `file,pdq`: a name inside the folder, and 64 hex digits. Names lead nowhere
 * else: a list from a stranger must not make us open files outside the folder.
 * @module
 */

import { isAbsolute, join, normalize, sep } from 'node:path';
import { hammingDistance, isSignalHex, signalBytes } from '@reclaim/fingerprint/signal';
import { answerTo, type Command, counted, parseArguments, shownName } from './command.ts';
import { readInput } from './input-file.ts';
import { pictureSignals, reasonInWords } from './picture.ts';
import { Problem } from './problem.ts';
import { Progress } from './progress.ts';
import { type ExitStatus, printable, type Terminal } from './terminal.ts';

const HELP = `reclaim conformance pdq DIR EXPECTED.csv [--json]

Compares our PDQ hashes with published ones. EXPECTED.csv has the header
"file,pdq" and a line for each file in DIR. The files are decoded as PDQ's
reference programs do (orientation and colour profile ignored).

  --json  one document: { equal, total, files: [{ file, equal, distanceBits,
          quality, problem }] }

Exit status: 0 every hash is equal, 1 one is not, 2 a file could not be read
or decoded, or bad use.
`;

/** The command. */
export const conformance: Command = { help: HELP, run: runConformance };

/** A list of expected hashes is small; a million lines have 100 MB. */
const MAX_LIST_BYTES = 64 * 1024 * 1024;

/** One line of the list. */
export type ExpectedHash = { readonly file: string; readonly pdq: string };

type FileResult = {
  readonly file: string;
  readonly equal: boolean;
  readonly distanceBits: number | null;
  readonly quality: number | null;
  readonly problem: string | null;
};

async function runConformance(argv: readonly string[], io: Terminal): Promise<ExitStatus> {
  const { options, words } = parseArguments(argv, { json: 'boolean' });
  const [kind, dir, list, ...more] = words;
  if (kind !== undefined && kind !== 'pdq') {
    throw new Problem('conformance knows only pdq so far: pdq DIR EXPECTED.csv');
  }
  if (kind === undefined || dir === undefined || list === undefined || more.length > 0) {
    throw new Problem('conformance expects: pdq DIR EXPECTED.csv; see reclaim conformance --help');
  }
  const expected = await readExpected(io, list);
  const answer = answerTo(io, options.json === true);
  const width = Math.max(4, ...expected.map(({ file }) => printable(file).length));
  answer.line(`${'file'.padEnd(width)}  distance  quality`);
  const files: FileResult[] = [];
  using progress = new Progress(io);
  for (const one of expected) {
    progress.show(`comparing ${files.length + 1} of ${expected.length}`);
    const result = await compareOne(io, dir, one);
    files.push(result);
    progress.clear();
    const shown = printable(one.file).padEnd(width);
    if (result.problem !== null) answer.line(`${shown}  ${result.problem}`);
    else
      answer.line(
        `${shown}  ${String(result.distanceBits).padStart(8)}  ${String(result.quality).padStart(7)}`,
      );
  }
  const equal = files.filter((file) => file.equal).length;
  answer.line(`${equal} of ${expected.length} equal`);
  answer.document({ equal, total: expected.length, files });
  const unread = files.filter((file) => file.problem !== null).length;
  if (unread > 0) {
    answer.complain(`${counted(unread, 'file')} could not be compared`);
    return 2;
  }
  return equal === expected.length ? 0 : 1;
}

async function readExpected(io: Terminal, list: string): Promise<readonly ExpectedHash[]> {
  try {
    const bytes = await readInput(io, list, MAX_LIST_BYTES);
    return parseExpected(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    const why =
      error instanceof Problem
        ? error.message
        : error instanceof TypeError
          ? 'this is not text in UTF-8'
          : undefined;
    if (why === undefined) throw error;
    throw new Problem(`${shownName(list)}: ${why}`, { cause: error });
  }
}

/**
 * The lines of a list of expected hashes. Fields are not quoted: none of the published lists needs it.
 * @throws {Problem} naming the line, for a wrong header, a line of another form, a name that leads out of the folder,
 *   or a list without lines
 */
export function parseExpected(text: string): readonly ExpectedHash[] {
  const [header, ...lines] = text.split(/\r?\n/);
  if (header?.trim().toLowerCase() !== 'file,pdq') {
    throw new Problem('the first line is expected to be "file,pdq"');
  }
  const expected: ExpectedHash[] = [];
  lines.forEach((line, index) => {
    if (line.trim() === '') return;
    const comma = line.lastIndexOf(',');
    const file = line.slice(0, Math.max(0, comma));
    const pdq = line
      .slice(comma + 1)
      .trim()
      .toLowerCase();
    if (file === '' || !isSignalHex(pdq)) {
      throw new Problem(`line ${index + 2} is expected to be a file, a comma and 64 hex digits`);
    }
    if (isAbsolute(file) || normalize(file).split(sep)[0] === '..' || file.includes('\0')) {
      throw new Problem(`line ${index + 2} is expected to name a file inside the folder`);
    }
    expected.push({ file, pdq });
  });
  // "0 of 0 equal" would be a yes to a question that was not asked.
  if (expected.length === 0) throw new Problem('at least one line with a file and its hash is expected');
  return expected;
}

async function compareOne(io: Terminal, dir: string, { file, pdq }: ExpectedHash): Promise<FileResult> {
  const fail = (problem: string): FileResult => ({
    file,
    equal: false,
    distanceBits: null,
    quality: null,
    problem,
  });
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await readInput(io, join(dir, file));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return fail(error.message);
  }
  const { pdq: found } = await pictureSignals(bytes, 'reference');
  if (found.kind !== 'hash') return fail(reasonInWords(found.reason));
  const distanceBits = hammingDistance(signalBytes(found.value), signalBytes(pdq));
  return { file, equal: distanceBits === 0, distanceBits, quality: found.quality, problem: null };
}
