/**
 * `reclaim hash`: the signals of images. The files never leave this machine, and nothing is kept.
 *
 * A file that cannot be read or decoded does not stop the others: it is said, and the status is 2 at the end. A picture
 * too small, blank or poor in detail is no error: it has a SHA-256 and no PDQ hash.
 * @module
 */

import { answerTo, type Command, counted, expectOneStdin, parseArguments, shownName } from './command.ts';
import { readInput } from './input-file.ts';
import {
  oddityInWords,
  type PicturePdq,
  type PictureSignals,
  pictureSignals,
  reasonInWords,
} from './picture.ts';
import { Problem } from './problem.ts';
import { Progress } from './progress.ts';
import type { ExitStatus, Terminal } from './terminal.ts';

const HELP = `reclaim hash FILE... [--reference] [--json]

The signals of images: the PDQ hash with its quality, and the SHA-256 of the
file. The files stay here; "-" reads standard input.

  --reference  decode as PDQ's reference programs do (EXIF orientation and
               colour profile ignored), to compare with published hashes; such
               hashes are shown whatever their quality and must not be banked
  --json       one document: { files: [{ file, ok, sha256, pdq, oddities }] };
               with ok false: { file, ok, sha256?, reason, sentence }

A signal is confidential: who has the hash can look for the picture.

Exit status: 0 all files hashed, 2 a file could not be read or decoded, or bad
use.
`;

/** The command. */
export const hash: Command = { help: HELP, run: runHash };

type FileAnswer =
  | {
      readonly file: string;
      readonly ok: true;
      readonly sha256: string;
      readonly pdq: PicturePdq;
      readonly oddities: PictureSignals['oddities'];
    }
  | {
      readonly file: string;
      readonly ok: false;
      readonly sha256?: string;
      readonly reason: string;
      readonly sentence: string;
    };

async function runHash(argv: readonly string[], io: Terminal): Promise<ExitStatus> {
  const { options, words } = parseArguments(argv, { json: 'boolean', reference: 'boolean' });
  if (words.length === 0) throw new Problem('hash expects at least one file; see reclaim hash --help');
  expectOneStdin(...words);
  const answer = answerTo(io, options.json === true);
  const mode = options.reference ? 'reference' : 'oriented';
  const files: FileAnswer[] = [];
  using progress = new Progress(io);
  for (const name of words) {
    if (words.length > 1) progress.show(`hashing ${files.length + 1} of ${counted(words.length, 'file')}`);
    const file = await hashFile(io, name, mode);
    files.push(file);
    progress.clear();
    const shown = shownName(name);
    if (file.ok || file.sha256 !== undefined) {
      answer.line(shown);
      if (file.ok) answer.line(`  pdq     ${pdqLine(file.pdq)}`);
      answer.line(`  sha256  ${file.sha256}`);
    }
    if (file.ok) for (const oddity of file.oddities) answer.line(`  note    ${oddityInWords(oddity)}`);
    else answer.complain(`${shown}: ${file.sentence}`);
  }
  answer.document({ files });
  return files.every(({ ok }) => ok) ? 0 : 2;
}

async function hashFile(io: Terminal, name: string, mode: 'oriented' | 'reference'): Promise<FileAnswer> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await readInput(io, name);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { file: name, ok: false, reason: 'not-read', sentence: error.message };
  }
  const { sha256, pdq, oddities } = await pictureSignals(bytes, mode);
  if (pdq.kind === 'not-decoded') {
    const { reason } = pdq;
    // Every empty file has the digest of an empty file: banked, it would match them all.
    const digest = reason === 'empty' ? {} : { sha256 };
    return { file: name, ok: false, ...digest, reason, sentence: reasonInWords(reason) };
  }
  return { file: name, ok: true, sha256, pdq, oddities };
}

function pdqLine(pdq: PicturePdq): string {
  return pdq.kind === 'hash'
    ? `${pdq.value}  quality ${pdq.quality}`
    : `none: ${reasonInWords(pdq.reason)}${pdq.reason === 'low-quality' ? `, here ${pdq.quality}` : ''}`;
}
